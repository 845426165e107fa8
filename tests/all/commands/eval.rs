//! The measuring of a ranking.

use serde_json::Value;

use crate::env::Env;

#[test]
fn a_ranking_is_measured() {
    let env = Env::of_corpus();
    let found = &env.lines(["birth registration", "--limit", "1"])[0];
    let own = Env::empty();
    own.write("queries.tsv", b"a\tbirth registration\ten\nb\tnever judged\ten\n");
    let qrels = format!("a\t0\t{}\t#{}\t1\n", found["document"].as_str().expect("an id"), found["ordinal"]);
    own.write("qrels.tsv", qrels.as_bytes());
    let path = |name: &str| own.path(name).to_string_lossy().into_owned();
    let (queries, qrels, run_file) = (path("queries.tsv"), path("qrels.tsv"), path("run.txt"));
    let run = env.pincite(["eval", &queries, &qrels, "--run", &run_file, "--format", "json"]);
    run.assert_code(0);
    let figures: Value = serde_json::from_str(&run.out).expect("one JSON object");
    assert_eq!(figures["all"]["needs"], 1, "{figures}");
    for measure in ["ndcg@10", "mrr@10", "recall@100"] {
        assert_eq!(figures["all"][measure], 1.0, "{figures}");
    }
    let written = std::fs::read_to_string(own.path("run.txt")).expect("a run");
    assert!(written.starts_with("a\tQ0\t"), "{written}");
    assert!(env.pincite(["eval", &queries, &qrels]).out.contains("nDCG@10"));
    // The ranking in the file is worth what it was when it was written; a worse one loses.
    let read: Value =
        serde_json::from_str(&env.pincite(["eval", &queries, &qrels, "--score", &run_file, "--format", "json"]).out)
            .expect("one JSON object");
    assert_eq!(read, figures);
    own.write("other.txt", b"a Q0 elsewhere 1 1 1.0 other\n");
    let compared = env.pincite(["eval", &queries, &qrels, "--score", &path("other.txt"), "--compare", &run_file]);
    compared.assert_code(0);
    assert!(compared.out.contains("lost: 1\n  1.000 to 0.000  a  birth registration\n"), "{}", compared.out);
    let plain = env.pincite(["eval", &queries, &qrels, "--plain", "--compare", &run_file, "--format", "json"]);
    let plain: Value = serde_json::from_str(&plain.out).expect("one JSON object");
    assert_eq!(plain["before"], figures);
    assert_eq!(plain["after"]["all"]["recall@100"], 1.0, "{plain}");
    own.write("bad.txt", b"a Q0 elsewhere 1 1\n");
    env.assert_refused(&["eval", &queries, &qrels, "--score", &path("bad.txt")], 2, &["bad.txt", "line 1"]);
    env.assert_refused(&["eval", "nothing.tsv", &qrels], 2, &["nothing.tsv"]);
    env.assert_refused(&["eval", &qrels], 2, &["QRELS"]);
    own.write("bad.tsv", b"no tab here\n");
    env.assert_refused(&["eval", &path("bad.tsv"), &qrels], 2, &["bad.tsv", "line 1"]);
}
