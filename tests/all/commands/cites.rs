//! References to law, counted and listed.

use super::{OPSC, offset, top_level_keys};
use crate::env::Env;

#[test]
fn references_are_counted() {
    let env = Env::of_corpus();
    let counts = env.pincite(["cites"]);
    counts.assert_code(0);
    assert!(counts.out.contains("CRC-OP-SC"), "{}", counts.out);
    env.assert_refused(&["cites", "CRC/53"], 1, &["nothing cites CRC/53", "pincite cites"]);
    for format in ["text", "json", "csv"] {
        env.pincite(["cites", "CRC", "--format", format]).assert_code(0);
        env.pincite(["cites", "--format", format]).assert_code(0);
    }
}

#[test]
fn references_are_listed_with_the_keys_of_the_contract_in_order() {
    let keys = [
        "document",
        "label",
        "ordinal",
        "quote",
        "start",
        "end",
        "kind",
        "instrument",
        "article",
        "paragraph",
        "sub",
        "implicit",
    ];
    let run = Env::of_corpus().pincite(["cites", "CRC-OP-SC", "--format", "jsonl"]);
    run.assert_code(0);
    assert!(!run.out.is_empty());
    for line in run.out.lines() {
        assert_eq!(top_level_keys(line), keys, "{line}");
    }
}

#[test]
fn references_are_quoted_at_their_place() {
    let env = Env::of_corpus();
    for reference in env.lines(["cites", "CRC-OP-SC"]) {
        assert_eq!(reference["instrument"], "CRC-OP-SC", "{reference}");
        if reference["ordinal"] == 0 {
            continue; // stands in a heading
        }
        let document = reference["document"].as_str().expect("a document");
        let unit = &env.lines(["show", &format!("{document} #{}", reference["ordinal"])])[0];
        let text: Vec<char> = unit["text"].as_str().expect("text").chars().collect();
        let quote: String = text[offset(&reference["start"])..offset(&reference["end"])].iter().collect();
        assert_eq!(reference["quote"], quote.as_str());
    }
    let one = env.lines(["cites", "article", "9", "of", "the", "OPSC"]);
    assert!(one.iter().all(|reference| reference["article"] == "9"), "{one:?}");
}

#[test]
fn passages_that_cite_a_key_are_shown_under_it() {
    let env = Env::of_corpus();
    let passages = env.pincite(["cites", "CRC-OP-SC/9"]);
    let starts: Vec<&str> = passages.out.lines().take(5).collect();
    assert_eq!(starts[0], "2 passages cite CRC-OP-SC/9 (Optional Protocol to the Convention on the Rights…");
    assert!(starts[2].contains("CRC/C/OPSC/LAO/CO/1  heading  CRC-OP-SC/9/1"), "{starts:?}");
    for wanted in ["\n    CRC/C/OPSC/LAO/CO/1, para. 38 (c)\n    cites: CRC-OP-SC/9/4", "compensation for damages"] {
        assert!(passages.out.contains(wanted), "{}", passages.out);
    }
    let cited = env.lines(["children", "--cites", "CRC", "--limit", "50"]);
    assert!(cited.iter().all(|hit| hit["cites"].to_string().contains("CRC")), "{cited:?}");
}

#[test]
fn references_are_filtered_as_hits_are() {
    let env = Env::of_corpus();
    let all = env.lines(["cites", "CRC-OP-SC"]);
    let in_document = |args: &[&str]| -> Vec<String> {
        let found = env.lines([&["cites", "CRC-OP-SC"], args].concat());
        found.iter().map(|reference| reference["document"].as_str().unwrap_or("?").to_owned()).collect()
    };
    let opsc = "treaty-bodies/crc-opsc-concluding-observations-laos-2015";
    for filter in [["--doc", OPSC], ["--body", "CRC"], ["--kind", "concluding-observations"]] {
        let found = in_document(&filter);
        assert!(found.iter().all(|document| document == opsc), "{filter:?}: {found:?}");
        assert!(!found.is_empty() && found.len() < all.len(), "{filter:?}: {} of {}", found.len(), all.len());
    }
    let beside = env.lines(["cites", "CRC-OP-SC", "--cites", "CRC"]);
    assert!(!beside.is_empty() && beside.len() < all.len(), "{} of {}", beside.len(), all.len());
    assert!(beside.iter().all(|reference| reference["instrument"] == "CRC-OP-SC" && all.contains(reference)));
    env.assert_refused(
        &["cites", "CRC-OP-SC", "--year", "1999"],
        1,
        &["nothing cites CRC-OP-SC", "without the filters"],
    );
    env.assert_refused(&["cites", "CRC", "--country", "Loas"], 1, &["perhaps Laos?"]);
}

#[test]
fn a_filter_by_document_keeps_what_its_headings_cite() {
    let env = Env::of_corpus();
    let heading = |args: &[&str]| {
        let found = env.lines([&["cites", "CRC-OP-SC/9"], args].concat());
        found.iter().filter(|reference| reference["ordinal"] == 0).count()
    };
    assert!(heading(&[]) > 0);
    assert_eq!(heading(&["--country", "Laos", "--body", "CRC", "--year", "2015"]), heading(&[]));
    // Also where no paragraph below cites the key.
    for filter in [&[][..], &["--doc", OPSC], &["--country", "LAO"]] {
        let found = env.lines([&["cites", "CRC-OP-SC/6"], filter].concat());
        assert!(!found.is_empty() && found.iter().all(|reference| reference["ordinal"] == 0), "{filter:?}: {found:?}");
    }
    env.assert_refused(&["cites", "CRC-OP-SC/6", "--country", "FRA"], 1, &["nothing cites CRC-OP-SC/6"]);
    let only = env.pincite(["cites", "CRC-OP-SC/6"]);
    assert!(only.out.starts_with("1 heading cites CRC-OP-SC/6"), "{}", only.out);
    assert_eq!(heading(&["--section", "protection"]), 0, "a heading stands under no heading");
}

#[test]
fn references_are_paged_as_hits_are() {
    let env = Env::of_corpus();
    let all = env.lines(["cites", "CRC-OP-SC"]);
    assert_eq!(env.lines(["cites", "CRC-OP-SC", "--limit", "3", "--offset", "2"]), all[2..5]);
    let whole = env.pincite(["cites", "CRC-OP-SC/9"]);
    let page = env.pincite(["cites", "CRC-OP-SC/9", "--limit", "1", "--offset", "2"]);
    page.assert_code(0).assert_says(&["1 more: add --offset 3"]);
    assert!(page.out.starts_with("2 passages cite"), "{}", page.out);
    assert_eq!(page.out.lines().filter(|line| line.trim_start().starts_with("cites: ")).count(), 1, "{}", page.out);
    assert!(whole.out.contains("  heading  ") && !page.out.contains("  heading  "), "{}", page.out);
    let counted = env.pincite(["cites", "--limit", "1"]);
    assert_eq!(counted.out.lines().filter(|line| !line.trim_start().contains(" art. ")).count(), 1, "{}", counted.out);
    env.assert_refused(&["cites", "CRC-OP-SC/9", "--offset", "100"], 1, &["--offset"]);
    env.assert_refused(&["cites", "CRC", "--limit", "0"], 2, &["1 to 100000"]);
}
