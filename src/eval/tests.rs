use super::*;

fn ranked(places: &[&str]) -> Vec<Ranked> {
    let unit = |place: &&str| {
        let (document, place) = place.split_once(' ').unwrap_or((place, "1"));
        let ordinal = place.strip_prefix('#').and_then(|ordinal| ordinal.parse().ok());
        let label = ordinal.is_none().then(|| place.to_owned());
        Ranked { document: document.to_owned(), ordinal: ordinal.or(Some(999)), label, score: 1.0 }
    };
    places.iter().map(unit).collect()
}

/// Checks nDCG@10, MRR@10 and recall@100 of a list, to three places.
fn check(qrels: &str, places: &[&str], expected: [f64; 3]) {
    let judgements = read_judgements(qrels).expect("judgements");
    let needs = read_needs("q\twords").expect("needs");
    let run = run(&needs, &judgements, |_| Ok::<_, ()>(ranked(places))).expect("a run");
    let Measures { ndcg, reciprocal_rank, recall } = run.overall();
    for (found, expected) in [ndcg, reciprocal_rank, recall].into_iter().zip(expected) {
        assert!((found - expected).abs() < 0.001, "{places:?}: {found} instead of {expected}");
    }
}

#[test]
fn measures() {
    check("q 0 a 1 1", &["a 1"], [1.0, 1.0, 1.0]);
    check("q 0 a 1 1", &["b 1", "a 2", "a 1"], [0.5, 1.0 / 3.0, 1.0]);
    check("q 0 a 1 1", &[], [0.0, 0.0, 0.0]);
    // 2/log2(3) + 1/log2(4) over 2/log2(2) + 1/log2(3).
    check("q 0 a 1 2\nq 0 a 2 1\nq 0 a 3 0", &["a 3", "a 1", "a 2"], [0.6697, 0.5, 1.0]);
    check("q\t0\ta\t21(c)\t1", &["a 21 (c)"], [1.0, 1.0, 1.0]);
    check("q\t0\ta b\t#7\t1\nq\t0\tx\t1\t1", &["x #7"], [0.0, 0.0, 0.0]);
    check("q 0 a #7 1", &["a #7"], [1.0, 1.0, 1.0]);
    // The same label twice is one judged place.
    check("q 0 a 1 1\nq 0 a 2 1", &["a 1", "a 1"], [0.6131, 1.0, 0.5]);
}

#[test]
fn reads_or_says_where_not() {
    assert_eq!(read_needs("q1\tbirth\ten\n# comment\n\nq2\tдети\n").expect("needs").len(), 2);
    assert_eq!(read_needs("q1 birth"), Err(EvalError::Need(1)));
    assert_eq!(read_judgements("\nq 0 a 1"), Err(EvalError::Judgement(2)));
    assert_eq!(read_judgements("q 0 a 1 x"), Err(EvalError::Judgement(1)));
}

#[test]
fn runs_are_compared_and_written() {
    let judgements = read_judgements("q1 0 a 1 1\nq2 0 a 2 1\nq3 0 a 3 0").expect("judgements");
    let needs = read_needs("q1\tx\ten\nq2\ty\tru\nq3\tz").expect("needs");
    let before = run(&needs, &judgements, |_| Ok::<_, ()>(ranked(&["a 1"]))).expect("a run");
    let after = run(&needs, &judgements, |_| Ok::<_, ()>(ranked(&["a 2"]))).expect("a run");
    assert_eq!(before.results.len(), 2);
    let changes: Vec<_> = compare(&before, &after).into_iter().map(|change| change.need.id).collect();
    assert_eq!(changes, ["q2", "q1"]);
    assert_eq!(before.groups()["en"].1.ndcg, 1.0);
    assert!(before.trec(&judgements, "t").starts_with("q1\tQ0\ta\t1\t1\t1\tt\n"));
    assert_eq!(before.table().lines().count(), 4);
    let table = comparison(&before, &after);
    assert!(table.contains("\ngained: 1\n  0.000 to 1.000  q2  y\n\nlost: 1\n  1.000 to 0.000  q1  x\n"), "{table}");
    assert!(table.contains("\nen                       1    1.000    0.000"), "{table}");
}

#[test]
fn runs_are_read_back() {
    let judgements = read_judgements("q1\t0\ta b\t21 (c)\t1\nq2\t0\ta\t#7\t1").expect("judgements");
    let needs = read_needs("q1\tx\nq2\ty").expect("needs");
    let asked = run(&needs, &judgements, |need| {
        Ok::<_, ()>(ranked(if need.id == "q1" { &["x 1", "a 1"] } else { &["a #3", "a #7"] }))
    });
    let asked = asked.expect("a run");
    let rankings = read_run(&asked.trec(&judgements, "t")).expect("a run");
    let read = run(&needs, &judgements, |need| Ok::<_, ()>(rankings.of(&need.id))).expect("a run");
    assert_eq!(read.overall(), asked.overall());
    assert_eq!(read.trec(&judgements, "t"), asked.trec(&judgements, "t"));
    // A unit with a label that is judged by its place has that place.
    let unit = Ranked { document: "a".to_owned(), ordinal: Some(7), label: Some("5".to_owned()), score: 1.0 };
    let labelled = run(&needs, &judgements, |_| Ok::<_, ()>(vec![unit.clone()])).expect("a run");
    assert!(labelled.trec(&judgements, "t").contains("q2\tQ0\ta\t#7\t1\t1\tt\n"));
    // The order is that of the ranks.
    let rankings = read_run("q2 Q0 a 21(c) 2 1.0 t\nq2 Q0 a #7 1 2.0 t\n").expect("a run");
    assert_eq!(rankings.of("q2").iter().map(Ranked::place).collect::<Vec<_>>(), ["#7", "21 (c)"]);
    assert!(rankings.of("q1").is_empty());
    for line in ["q1 Q0 a 1 1 1.0", "q1\tQ0\ta\t\t1\t1.0\tt", "q1 Q0 a 1 x 1.0 t", "q1 Q0 a 1 1 x t"] {
        assert_eq!(read_run(&format!("# runs\n{line}")), Err(EvalError::Run(2)), "{line}");
    }
}
