//! Queries and arguments that make no sense, or too much of it.

use crate::env::Env;

#[test]
fn queries_of_every_kind() {
    let env = Env::of_corpus();
    let brackets = "(".repeat(5_000);
    let closed = format!("{}birth{}", "(".repeat(5_000), ")".repeat(5_000));
    for query in [
        "\"",
        "((",
        "*",
        "birth AND",
        "OR",
        "NEAR/",
        "\"birth\"~",
        "doc:",
        "year:abc",
        "~5",
        "\\",
        "\u{0}",
        &brackets,
        &closed,
    ] {
        if query.contains('\0') {
            continue; // no argument can hold it
        }
        let run = env.pincite([query]);
        assert!([0, 1].contains(&run.code), "{query:.20}: {} {}", run.code, run.err);
        for line in run.err.lines() {
            assert!(line.chars().count() < 600, "{line}");
        }
    }
    env.assert_refused(&[""], 2, &["nothing to search for"]);
    env.assert_refused(&["   "], 2, &["nothing to search for"]);
    env.assert_refused(&[], 2, &["nothing to search for"]);
    let run = env.pincite(["-birth", "-registration"]);
    assert!([0, 1].contains(&run.code) && !run.err.is_empty() || run.code == 0, "{}", run.err);
}

#[test]
fn a_megabyte_of_query() {
    // One argument may have 128 KiB on Linux, so the megabyte comes in many.
    let words: Vec<String> = (0..100).map(|number| format!("birth{number} ").repeat(1_200)).collect();
    let run = Env::of_corpus().pincite(&words);
    assert!([0, 1].contains(&run.code), "{} {}", run.code, run.err);
    assert!(run.err.lines().all(|line| line.chars().count() < 600));
}

#[test]
fn bad_values_name_the_argument_and_the_remedy() {
    let env = Env::of_corpus();
    for (args, words) in [
        (&["birth", "--limit", "0"][..], &["--limit", "1 to 100000"][..]),
        (&["birth", "--limit", "-3"], &["--limit", "1 to 100000"]),
        (&["birth", "--offset", "x"], &["--offset", "number"]),
        (&["birth", "--context", "1000"], &["--context", "0 to 100"]),
        (&["birth", "--year", "2019..2015"], &["--year", "2015..2019"]),
        (&["birth", "--year", "soon"], &["--year", "2015.."]),
        (&["birth", "--lang", "english"], &["--lang", "en or ru"]),
        (&["birth", "--kind", "novel"], &["--kind", "concluding-observations"]),
        (&["birth", "--format", "xml"], &["--format", "jsonl"]),
        (&["birth", "--cite-style", "apa"], &["--cite-style", "oscola"]),
        (&["birth", "--cites", "no such treaty at all"], &["--cites", "CRC/7"]),
        (&["cites", "no such treaty at all"], &["KEY", "CRC/7"]),
        (&["birth", "--limt", "5"], &["--limt", "--limit"]),
        (&["birth", "--doc"], &["--doc", "value"]),
        (&["documents", "extra"], &["extra"]),
        (&["completions", "tcsh-like"], &["bash"]),
        (&["birth", "--format", "\u{1b}[2J"], &["--format"]),
    ] {
        env.assert_refused(args, 2, words);
    }
}
