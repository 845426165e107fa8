//! What an index is taught beside its documents, and paragraphs that are like another.

use serde_json::Value;

use crate::env::Env;

/// A report of thirty numbered paragraphs in which one made-up word stands in every third.
fn report(head: &str, word: &str, others: [&str; 10]) -> Vec<u8> {
    let mut text = format!("CRC/C/XYZ/1\n\n{head}\n\n");
    for number in 1..=30 {
        let other = others[number % others.len()];
        let next = others[(number * 7 + number / 10 + 3) % others.len()];
        let told = if number % 3 == 0 { word } else { others[(number + 1) % others.len()] };
        text.push_str(&format!("{number}. {other} {told} {next}.\n\n"));
    }
    text.into_bytes()
}

fn bilingual() -> Env {
    let english = report(
        "Concluding observations on the report of the village",
        "glarvishment",
        ["school", "water", "doctor", "court", "house", "teacher", "village", "mother", "prison", "birth"],
    );
    let russian = report(
        "Заключительные замечания по докладу деревни",
        "кварфиндоль",
        ["школа", "вода", "врач", "суд", "дом", "учитель", "деревня", "мать", "тюрьма", "рождение"],
    );
    Env::with_files(&[("en.txt", &english), ("ru.txt", &russian)])
}

#[test]
fn teaching_leaves_the_documents_as_they_are() {
    let env = bilingual();
    env.write("elsewhere/a.txt", b"1. The glarvishment of rivers is a right.\n");
    env.index(["elsewhere", "--index", "other"]).assert_code(0);
    for args in [["--learn", "--index", "other"], ["--forget", "--index", "other"]] {
        env.index(args).assert_code(0);
        let documents = env.pincite(["documents", "--index", "other", "--format", "jsonl"]).json_lines();
        assert_eq!(documents.len(), 1, "{args:?}");
    }
}

#[test]
fn the_users_own_documents_teach_translations() {
    let env = bilingual();
    env.index([]).assert_code(0);
    let russian = |env: &Env, query: &str| -> Vec<Value> {
        let hits = env.pincite([query, "--format", "jsonl", "--limit", "100"]).json_lines();
        hits.into_iter().filter(|hit| hit["language"] == "ru").collect()
    };
    assert_eq!(russian(&env, "glarvishment").len(), 0, "nobody knows the word yet");
    env.index(["--learn"]).assert_code(0).assert_says(&["learned from 30 paragraphs of 1 document"]);
    assert_eq!(russian(&env, "glarvishment").len(), 10);
    assert_eq!(russian(&env, "кварфиндоль").len(), 10);
    // What was learned outlives a rebuild, and is forgotten when asked.
    env.index(["--rebuild"]).assert_code(0);
    assert_eq!(russian(&env, "glarvishment").len(), 10);
    env.index(["--forget"]).assert_code(0);
    assert_eq!(russian(&env, "glarvishment").len(), 0);
}

#[test]
fn without_twins_there_is_nothing_to_learn() {
    let env = Env::with_files(&[("a.txt", b"1. Every child has a name.\n")]);
    env.index(["--learn"]).assert_code(0).assert_says(&["nothing to learn from", "metadata.toml"]);
}

#[test]
fn translations_of_another_version_are_left_aside_and_said() {
    let env = Env::with_files(&[("a.txt", b"1. Every child has a name.\n")]);
    env.index([]).assert_code(0);
    env.write("index/translations.bin", b"of another version");
    env.pincite(["name"]).assert_code(0).assert_says(&["pincite-index --learn"]);
}

#[test]
fn terms_of_the_user_are_searched_with_the_query() {
    let env = Env::with_files(&[
        ("a.txt", b"1. The barangay council heard the case.\n\n2. Nothing else was said.\n"),
        ("b.txt", "1. Дело слушал суд аксакалов.\n\n2. Больше ничего не сказано.\n".as_bytes()),
    ]);
    env.write("mine.tsv", "barangay council;village court\tсуд аксакалов\n".as_bytes());
    env.index(["--terms", "mine.tsv"]).assert_code(0).assert_says(&["1 term"]);
    for query in ["village court", "barangay council", "суд аксакалов"] {
        let documents: Vec<Value> = env.lines([query]).into_iter().map(|hit| hit["document"].clone()).collect();
        assert!(documents.iter().any(|id| id == "a") && documents.iter().any(|id| id == "b"), "{query}: {documents:?}");
    }
    let alone = env.lines(["barangay council", "--no-cross"]);
    assert!(alone.iter().all(|hit| hit["document"] == "a"), "{alone:?}");
}

#[test]
fn terms_may_be_skos() {
    let env = Env::with_files(&[("a.txt", b"1. A bailiff of the hundred came.\n"), ("b.txt", b"1. Nobody came.\n")]);
    env.write(
        "mine.ttl",
        br#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:1> skos:prefLabel "hundred court"@en ; skos:altLabel "bailiff of the hundred"@en .
"#,
    );
    env.index(["--terms", "mine.ttl"]).assert_code(0);
    assert_eq!(env.lines(["hundred court"])[0]["document"], "a");
}

#[test]
fn terms_that_cannot_be_read_change_nothing() {
    let env = Env::with_files(&[("a.txt", b"1. Every child has a name.\n")]);
    env.write("bad.tsv", b"one,two\nno tab here\nthree\tfour\n");
    env.index(["--terms", "bad.tsv"]).assert_code(2).assert_one_line(&["bad.tsv", "line 1", "tab"]);
    env.index(["--terms", "none.tsv"]).assert_code(2).assert_one_line(&["none.tsv"]);
    assert!(!env.path("index").exists(), "a bad request begins nothing");
}

#[test]
fn a_line_that_is_no_term_does_not_cost_the_others() {
    let env = Env::with_files(&[("a.txt", b"1. A bailiff of the hundred came.\n")]);
    env.write("mine.tsv", b"bailiff of the hundred;hundred court\t\nno tab here\nalone\t\none;two\t\n");
    let run = env.index(["--terms", "mine.tsv"]);
    run.assert_code(4).assert_says(&["mine.tsv: line 2: there is no tab", "line 3: ", "2 terms of yours"]);
    assert_eq!(env.lines(["hundred court"])[0]["document"], "a");
}

#[test]
fn similar_paragraphs_are_found_without_the_one_given() {
    let env = Env::of_corpus();
    let target = ["similar", "CRC/C/OPSC/LAO/CO/1 para 21 (c)"];
    let hits = env.lines(target);
    let place = |hit: &Value| format!("{} {}", hit["symbol"].as_str().unwrap_or("-"), hit["label"]);
    assert_eq!(place(&hits[0]), "CRC/C/OPSC/LAO/CO/1 \"22 (c)\"", "the recommendation that answers the concern");
    assert!(hits.iter().all(|hit| hit["citation"] != "CRC/C/OPSC/LAO/CO/1, para. 21 (c)"), "{hits:?}");
    let ranks: Vec<&Value> = hits.iter().map(|hit| &hit["rank"]).collect();
    assert_eq!(ranks, (1..=10).collect::<Vec<_>>());

    let next = env.lines(target.into_iter().chain(["--offset", "3", "--limit", "2"]));
    assert_eq!(next.iter().map(place).collect::<Vec<_>>(), hits[3..5].iter().map(place).collect::<Vec<_>>());
    let russian = env.lines(target.into_iter().chain(["--lang", "ru"]));
    assert!(russian.iter().all(|hit| hit["language"] == "ru"), "{russian:?}");
    env.assert_refused(&["similar", "CRC/C/OPSC/LAO/CO/1 para 999"], 1, &["run from"]);
}
