//! What a search prints, in every form.

use serde_json::Value;

use super::{OPSC, offset, top_level_keys};
use crate::env::Env;

/// The keys of a hit, in the order of the contract.
const KEYS: [&str; 14] = [
    "rank",
    "score",
    "document",
    "symbol",
    "title",
    "language",
    "section",
    "kind",
    "label",
    "ordinal",
    "text",
    "highlights",
    "cites",
    "citation",
];

#[test]
fn hits_have_the_keys_of_the_contract_in_order() {
    let run = Env::of_corpus().pincite(["birth", "registration", "--format", "jsonl"]);
    run.assert_code(0);
    assert!(!run.out.is_empty());
    for line in run.out.lines() {
        let keys: Vec<&str> = top_level_keys(line);
        assert_eq!(keys, KEYS, "{line}");
    }
}

#[test]
fn highlights_are_scalar_offsets_of_matched_words() {
    for hit in Env::of_corpus().lines(["birth registration"]) {
        let text: Vec<char> = hit["text"].as_str().expect("text").chars().collect();
        let highlights = hit["highlights"].as_array().expect("highlights");
        let mut last = 0;
        for span in highlights {
            let (start, end) = (offset(&span[0]), offset(&span[1]));
            assert!(last <= start && start < end && end <= text.len(), "{span} of {}", text.len());
            let word: String = text[start..end].iter().collect::<String>().to_lowercase();
            assert!(word.starts_with("birth") || word.starts_with("regist") || word.starts_with("born"), "{word}");
            last = end;
        }
    }
}

#[test]
fn ranks_count_over_pages() {
    let env = Env::of_corpus();
    let all = env.lines(["children", "--limit", "6"]);
    let rest = env.lines(["children", "--limit", "3", "--offset", "3"]);
    assert_eq!(all.len(), 6);
    assert_eq!(rest, all[3..]);
    assert_eq!(rest[0]["rank"], 4);
    env.assert_refused(&["children", "--offset", "100000"], 1, &["--offset"]);
}

#[test]
fn one_object_holds_query_total_notes_and_hits() {
    let run = Env::of_corpus().pincite(["birth registration", "--format", "json", "--limit", "2", "--facets"]);
    let answer: Value = serde_json::from_str(&run.out).expect("one JSON object");
    assert_eq!(answer["query"], "birth registration");
    assert!(answer["total"].as_u64() >= Some(2), "{answer}");
    assert!(answer["notes"].is_array());
    assert_eq!(answer["hits"].as_array().map(Vec::len), Some(2));
    assert!(answer["facets"]["documents"][0]["count"].as_u64() >= Some(1), "{answer}");
    let without = Env::of_corpus().pincite(["birth registration", "--format", "json"]);
    assert!(!without.out.contains("\"facets\""));
}

#[test]
fn tables_have_a_header_and_whole_cells() {
    let run = Env::of_corpus().pincite(["birth registration", "--format", "csv", "--limit", "4"]);
    let mut table = csv::Reader::from_reader(run.out.as_bytes());
    assert_eq!(table.headers().expect("a header").iter().collect::<Vec<_>>(), KEYS);
    let rows: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().expect("whole rows");
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0].get(0), Some("1"));
}

#[test]
fn text_shows_place_paragraph_and_citation() {
    let run = Env::of_corpus().pincite(["birth registration", "--limit", "1"]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines[0].ends_with("for “birth registration”") && lines[0].contains("paragraphs"), "{}", run.out);
    assert!(lines[2].starts_with("1. "), "{}", run.out);
    assert!(lines[3].starts_with("    "), "{}", run.out);
    run.assert_says(&["--offset 1"]);
}

#[test]
fn context_shows_the_neighbours() {
    let env = Env::of_corpus();
    let run = env.pincite(["birth registration", "--limit", "1", "--context", "2", "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.out).expect("one JSON object");
    let hit = &answer["hits"][0];
    let ordinal = offset(&hit["ordinal"]);
    let around: Vec<usize> = ["before", "after"]
        .iter()
        .flat_map(|side| hit[side].as_array().cloned().unwrap_or_default())
        .map(|unit| offset(&unit["ordinal"]))
        .collect();
    assert_eq!(around, [ordinal - 2, ordinal - 1, ordinal + 1, ordinal + 2]);
    let lines = env.pincite(["birth registration", "--limit", "1", "--context", "2", "--format", "jsonl"]);
    lines.assert_code(0).assert_says(&["--context is for text and json"]);
    assert_eq!(lines.out.lines().count(), 1);
}

#[test]
fn a_query_finds_paragraphs_in_the_other_language() {
    let env = Env::of_corpus();
    let run = env.pincite(["регистрация рождений", "--limit", "1"]);
    run.assert_code(0);
    assert!(run.out.contains("  [en]") && run.out.contains("via: "), "{}", run.out);
    assert!(run.out.contains("birth"), "{}", run.out);
    env.assert_refused(&["регистрация рождений", "--no-cross"], 1, &["without --no-cross"]);
}

#[test]
fn a_covenant_by_its_short_name_finds_what_names_it_whole() {
    for query in [
        "когда лаос ратифицировал пакт о гражданских и политических правах",
        "когда лаос ратифицировал международный пакт о гражданских и политических правах",
    ] {
        let hits = Env::of_corpus().lines([query, "--limit", "1"]);
        assert!(hits[0]["text"].as_str().is_some_and(|text| text.contains("25 September 2009")), "{query}: {hits:?}");
    }
}

#[test]
fn a_command_name_can_be_searched_for() {
    let env = Env::of_corpus();
    for query in [&["search", "documents"][..], &["--", "documents"]] {
        let run = env.pincite(query);
        assert!(run.out.contains("for “documents”") || run.code == 1, "{}", run.out);
    }
}

#[test]
fn a_slip_of_a_command_is_said() {
    let env = Env::of_corpus();
    env.pincite(["searhc", "zzyzzx"]).assert_code(1).assert_says(&["\"searhc\"", "pincite search"]);
    env.pincite(["shwo", OPSC, "para", "21"]).assert_says(&["pincite show"]);
    let explicit = env.pincite(["search", "searhc", "zzyzzx"]);
    assert!(!explicit.err.contains("command"), "{}", explicit.err);
}

#[test]
fn short_options_are_words_and_that_is_said() {
    let env = Env::of_corpus();
    env.pincite(["birth", "-n", "5"]).assert_says(&["\"-n\" leaves out", "--limit 5"]);
    assert_eq!(env.pincite(["birth", "-hotel", "--limit", "100"]).err, "");
}

#[test]
fn similar_explains_itself() {
    let run = Env::of_corpus().pincite(["similar", "A/HRC/40/51/Add.1 para 13", "--explain"]);
    run.assert_code(0);
    assert!(run.out.contains("(wanted): ") && run.out.contains("likeness "), "{}", run.out);
    let first = Env::of_corpus().lines(["similar", "A/HRC/40/51/Add.1 para 13", "--limit", "3"]);
    assert!(first.iter().all(|hit| hit["kind"] != "footnote"), "{first:?}");
    let run = Env::of_corpus().pincite(["documents", "--explain"]);
    run.assert_code(2).assert_one_line(&["--explain"]);
    assert!(!run.err.contains("as a value"), "{}", run.err);
}
