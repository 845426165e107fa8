//! What `pincite` prints, in every form.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::env::{Env, Run};

const OPSC: &str = "CRC/C/OPSC/LAO/CO/1";

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

/// Returns the keys of an object in the order in which they stand, which a parsed map forgets.
fn top_level_keys(line: &str) -> Vec<&str> {
    let (mut keys, mut depth, mut start, mut quoted, mut escaped) = (Vec::new(), 0, 0, false, false);
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if quoted => {
                quoted = false;
                if depth == 1 && line[at + 1..].starts_with(':') {
                    keys.push(&line[start..at]);
                }
            }
            '"' => (quoted, start) = (true, at + 1),
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    keys
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

fn offset(value: &Value) -> usize {
    value.as_u64().expect("an offset") as usize
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
fn no_line_is_wider_than_the_terminal() {
    let env = Env::of_corpus();
    for columns in ["80", "120"] {
        for args in [
            &["birth registration", "--context", "1", "--facets", "--explain"][..],
            &["регистрация рождений"],
            &["show", OPSC],
            &["documents"],
            &["outline", OPSC],
            &["cites"],
            &["cites", "CRC-OP-SC"],
        ] {
            let run = Run::of(env.command("pincite").args(args).env("COLUMNS", columns));
            let limit: usize = columns.parse().expect("a number");
            for line in run.out.lines() {
                assert!(line.width() <= limit, "{args:?}: {} columns of {limit}: {line}", line.width());
            }
        }
    }
}

#[test]
fn colours_only_where_wanted() {
    let env = Env::of_corpus();
    let has_colour = |args: &[&str], no_color: bool| {
        let mut command = env.command("pincite");
        command.args(["birth registration"]).args(args);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        Run::of(&mut command).out.contains('\u{1b}')
    };
    assert!(!has_colour(&[], false), "a pipe is no terminal");
    assert!(has_colour(&["--color", "always"], false));
    assert!(has_colour(&["--color", "always"], true), "an option given by hand wins");
    assert!(!has_colour(&["--color", "never"], false));
    assert!(!has_colour(&["--color", "always", "--format", "jsonl"], false));
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
fn filters_hold() {
    let env = Env::of_corpus();
    let documents = |args: &[&str]| -> Vec<String> {
        let run = env.pincite(args.iter().copied().chain(["--format", "jsonl", "--limit", "50"]));
        let mut ids: Vec<String> =
            run.json_lines().iter().map(|hit| hit["document"].as_str().unwrap_or_default().to_owned()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let opsc = ["treaty-bodies/crc-opsc-concluding-observations-laos-2015"];
    assert_eq!(documents(&["children", "--doc", "crc/c/opsc"]), opsc);
    assert_eq!(documents(&["children", "--kind", "Concluding-Observations"]), opsc);
    assert_eq!(documents(&["children", "--year", "2015", "--body", "CRC"]), opsc);
    assert!(documents(&["children", "--year", "2016..2018"]).is_empty());
    assert!(documents(&["children", "--doc", OPSC, "--doc", "upr/"]).len() > 1, "repeated filters are alternatives");
    for hit in env.lines(["children", "--section", "prevention"]) {
        let section = hit["section"].to_string().to_lowercase();
        assert!(section.contains("prevention"), "{section}");
    }
    env.assert_refused(&["children", "--doc", OPSC, "--lang", "ru"], 1, &["without the filters"]);
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

fn labels(env: &Env, target: &str) -> Vec<String> {
    env.lines(["show", target]).iter().map(|unit| unit["label"].as_str().unwrap_or("–").to_owned()).collect()
}

#[test]
fn show_prints_paragraphs_ranges_and_items() {
    let env = Env::of_corpus();
    assert_eq!(labels(env, &format!("{OPSC} para 21 (c)")), ["21 (c)"]);
    assert_eq!(labels(env, &format!("{OPSC} п. 21 c)")), ["21 (c)"]);
    let range = labels(env, &format!("{OPSC} paras. 21-23"));
    assert_eq!(range.first().map(String::as_str), Some("21"));
    assert!(range.iter().any(|label| label == "22") && range.iter().any(|label| label.starts_with("23")), "{range:?}");
    assert_eq!(labels(env, &format!("{OPSC}, пп. 21-23")), range);
    let whole = labels(env, &format!("{OPSC} ¶21"));
    assert!(whole.len() > 1 && whole.iter().all(|label| label.starts_with("21")), "{whole:?}");
    assert_eq!(labels(env, &format!("{OPSC}, para. 21")), whole, "the citation of a lead-in holds its items");
    assert_eq!(labels(env, &format!("{OPSC} 21 (c)")), ["21 (c)"]);
    assert_eq!(labels(env, "crc-opsc-concluding-observations-laos-2015 para 21 (c)"), ["21 (c)"]);
}

#[test]
fn show_takes_words_as_they_come() {
    let env = Env::of_corpus();
    let quoted = env.pincite(["show", &format!("{OPSC} para 21 (c)")]);
    let loose = env.pincite(["--color", "never", "show", OPSC, "para", "21", "(c)"]);
    quoted.assert_code(0);
    assert_eq!(quoted.out, loose.out);
    assert!(quoted.out.contains("(c) "), "{}", quoted.out);
}

#[test]
fn show_prints_a_whole_document_in_order() {
    let units = Env::of_corpus().lines(["show", "upr/high-commissioner-letter-laos-2020"]);
    let ordinals: Vec<usize> = units.iter().map(|unit| offset(&unit["ordinal"])).collect();
    assert_eq!(ordinals, (1..=units.len()).collect::<Vec<_>>());
}

#[test]
fn a_citation_leads_back_to_its_paragraph() {
    let env = Env::of_corpus();
    for hit in env.lines(["birth registration", "--doc", OPSC]) {
        let citation = hit["citation"].as_str().expect("a citation");
        if hit["label"].is_null() {
            continue;
        }
        let shown = env.lines(["show", citation]);
        assert!(shown.iter().any(|unit| unit["ordinal"] == hit["ordinal"]), "{citation}");
    }
}

#[test]
fn every_citation_leads_back_to_its_paragraph() {
    let env = Env::of_corpus();
    for style in ["un", "oscola", "bluebook", "ru"] {
        for document in ["reference/human-rights-in-laos", "upr/high-commissioner-letter-laos-2020"] {
            let units = env.lines(["show", document, "--cite-style", style]);
            for unit in units.iter().filter(|unit| unit["kind"] != "title").step_by(7) {
                let citation = unit["citation"].as_str().unwrap_or("?");
                let shown = env.lines(["show", citation]);
                assert!(shown.iter().any(|shown| shown["ordinal"] == unit["ordinal"]), "{citation}: {shown:?}");
                assert!(shown.len() < 6, "{citation}: {} units", shown.len());
            }
        }
    }
}

#[test]
fn articles_of_a_treaty_are_cited_and_shown() {
    let treaty =
        b"Convention on the Test\n\nArticle 1\n\n1. Everyone has a name.\n\n2. Nobody has two.\n\nArticle 2\n\n\
        1. Everyone has a home:\n\n(a) with a door;\n\n(b) with a roof.\n\n2. No home is closed.\n";
    let env = Env::with_files(&[("treaty.txt", treaty)]);
    env.index([]).assert_code(0);
    let cited = |args: &[&str]| -> Vec<String> {
        let hits = env.lines(args.iter().copied());
        hits.iter().map(|hit| hit["citation"].as_str().unwrap_or("?").replace("Convention on the Test, ", "")).collect()
    };
    assert_eq!(cited(&["roof"]), ["art. 2, para. 1 (b)"]);
    assert_eq!(cited(&["show", "treaty art. 1"]), ["art. 1, para. 1", "art. 1, para. 2"]);
    assert_eq!(cited(&["show", "treaty, art. 2, para. 1 (a)"]), ["art. 2, para. 1 (a)"]);
    assert_eq!(cited(&["show", "treaty art 2(1)(a)"]), ["art. 2, para. 1 (a)"]);
    assert_eq!(cited(&["show", "Convention on the Test, art. 2, para. 1"])[0], "art. 2, para. 1");
    env.assert_refused(&["show", "treaty art. 7"], 1, &["nothing at"]);
}

#[test]
fn decimal_numbers_belong_to_the_paragraph_above_them() {
    let report = b"139. The delegation thanked everyone.\n\n140. The following will be examined:\n\n\
        140.1. Ratify the treaty;\n\n140.2. Train the police.\n\n141. All of them stand for their authors.\n";
    let env = Env::with_files(&[("report.txt", report)]);
    env.index([]).assert_code(0);
    assert_eq!(labels(&env, "report para 140"), ["140", "140.1", "140.2"]);
    assert_eq!(labels(&env, "report paras. 139-140"), ["139", "140", "140.1", "140.2"]);
    assert_eq!(labels(&env, "report para 140.2"), ["140.2"]);
    let found = env.lines(["para:140", "police"]);
    assert_eq!(found.iter().map(|hit| hit["label"].clone()).collect::<Vec<_>>(), ["140.2"]);
}

#[test]
fn show_says_what_is_missing() {
    let env = Env::of_corpus();
    env.assert_refused(&["show", &format!("{OPSC} para 999")], 1, &["para 999", "run from 1 to"]);
    env.assert_refused(&["show", "CRC/C/OPSC/LAO/CO/2"], 1, &["CRC/C/OPSC/LAO/CO/2", OPSC]);
    env.assert_refused(&["show", "laos"], 2, &["\"laos\" fits", "write more"]);
    env.assert_refused(&["show", "para 21"], 2, &["no document named"]);
    env.assert_refused(&["show"], 2, &["TARGET"]);
    env.assert_refused(&["outline", "zzzz"], 1, &["zzzz", "pincite documents"]);
}

#[test]
fn documents_and_outlines_are_listed() {
    let env = Env::of_corpus();
    let documents = env.lines(["documents"]);
    assert_eq!(documents.len(), 5);
    assert!(documents.iter().any(|document| document["symbol"] == OPSC));
    let sections = env.lines(["outline", OPSC]);
    assert!(sections.len() > 5, "{sections:?}");
    assert!(sections.iter().any(|section| section["depth"] == 1), "a tree, not a list");
    for format in ["text", "json", "csv"] {
        for command in [&["documents"][..], &["outline", OPSC], &["show", OPSC]] {
            let run = env.pincite(command.iter().copied().chain(["--format", format]));
            run.assert_code(0);
            assert!(!run.out.is_empty());
        }
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
fn a_language_that_there_is_not_is_refused() {
    let env = Env::of_corpus();
    let target = format!("{OPSC} para 21");
    for command in [&["birth"][..], &["similar", &target], &["cites", "CRC"], &["cites"]] {
        let args: Vec<&str> = command.iter().copied().chain(["--lang", "zz"]).collect();
        env.assert_refused(&args, 2, &["\"zz\"", "the index holds en, ru"]);
        let args: Vec<&str> = command.iter().copied().chain(["--lang", "fr"]).collect();
        env.pincite(args).assert_code(1);
    }
    env.assert_refused(&["birth", "--lang", "fr"], 1, &["no paragraph is in fr", "en, ru"]);
    env.assert_refused(&["cites", "CRC", "--lang", "fr"], 1, &["no paragraph is in fr"]);
    env.pincite(["birth", "lang:zz"]).assert_code(0).assert_says(&["\"zz\" is not the code of a language"]);
}

#[test]
fn every_place_of_a_target_is_shown_or_missed_aloud() {
    let env = Env::of_corpus();
    let both = labels(env, &format!("{OPSC} para 13 para 15"));
    assert_eq!(both.first().map(String::as_str), Some("13"));
    assert_eq!(both.last().map(String::as_str), Some("15"));
    let run = env.pincite(["show", &format!("{OPSC} paras 13, 999 and footnote 77")]);
    run.assert_code(0).assert_says(&["nothing at para. 999, footnote 77"]);
    let two = format!("{OPSC}, para. 21 and A/HRC/40/51/Add.1, para. 13");
    env.assert_refused(&["show", &two], 2, &["fits 2 documents"]);
}

#[test]
fn sections_and_articles_are_shown() {
    let env = Env::of_corpus();
    assert_eq!(labels(env, &format!("{OPSC}, section III")), labels(env, &format!("{OPSC} paras. 7-8")));
    assert_eq!(labels(env, &format!("{OPSC} section III para 8")), labels(env, &format!("{OPSC} para 8")));
    env.assert_refused(&["show", &format!("{OPSC} section XX")], 1, &["nothing at", "pincite outline"]);
    env.assert_refused(&["show", &format!("{OPSC} page 2")], 1, &["nothing at", "no pages are known"]);
    let run = env.pincite(["show", &format!("{OPSC} paragraph five")]);
    run.assert_code(0).assert_says(&["\"paragraph five\" was not understood"]);
    for cited in [format!("Observations ({OPSC}, 2015)"), format!("Observations, {OPSC} (CRC), 3 July 2015")] {
        assert_eq!(env.pincite(["show", &cited]).err, "", "{cited}");
    }
    let article = |number: u32| {
        format!("Article {number}\n\n1. The child has right {number}.\n\n2. States respect {number}.\n\n")
    };
    let treaty: String = (1..=54).map(article).collect();
    let treaty = format!("Convention on the Rights of the Child\n\n{treaty}");
    let env = Env::with_files(&[("CRC.txt", treaty.as_bytes())]);
    env.index([]).assert_code(0);
    for target in ["CRC 7", "CRC art. 7", "CRC, article 7", "ст. 7 КПР"] {
        let shown = env.lines(["show", target]);
        let texts: Vec<&str> = shown.iter().filter_map(|unit| unit["text"].as_str()).collect();
        assert_eq!(texts, ["The child has right 7.", "States respect 7."], "{target}");
    }
}

#[test]
fn documents_are_filtered() {
    let env = Env::of_corpus();
    let ids = |args: &[&str]| -> Vec<String> {
        let found = env.lines(std::iter::once("documents").chain(args.iter().copied()));
        found.iter().map(|document| document["document"].as_str().unwrap_or("?").to_owned()).collect()
    };
    assert_eq!(ids(&["--doc", "letter"]), ["upr/high-commissioner-letter-laos-2020"]);
    assert_eq!(ids(&["--doc", OPSC]).len(), 1);
    assert_eq!(ids(&["--lang", "ru"]), ["special-procedures/sale-of-children-visit-laos-2019"]);
    assert_eq!(ids(&["--kind", "upr-letter"]), ["upr/high-commissioner-letter-laos-2020"]);
    env.assert_refused(&["documents", "--doc", "zzzz"], 1, &["no document passes"]);
    env.assert_refused(&["documents", "--country", "Lasos"], 1, &["no country is called"]);
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
fn manual_and_completions_need_no_index() {
    let env = Env::empty();
    for args in [&["man"][..], &["completions", "bash"], &["completions", "zsh"], &["--help"], &["search", "--help"]] {
        let run = env.pincite(args);
        run.assert_code(0);
        assert!(run.out.contains("pincite"), "{args:?}");
        assert_eq!(run.err, "");
    }
    env.assert_output(&["--version"], concat!("pincite ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_first_query_builds_the_index() {
    let env = Env::with_files(&[("birth.txt", b"1. Every birth shall be registered without delay.\n")]);
    let run = env.pincite(["birth"]);
    run.assert_code(0).assert_says(&["first run", "index"]);
    assert_eq!(run.err.lines().count(), 1, "one line: {}", run.err);
    assert!(run.out.contains("registered without delay"), "{}", run.out);
    let again = env.pincite(["birth"]);
    assert_eq!(again.err, "", "a later run answers at once");
    assert_eq!(again.out, run.out);
}

#[test]
fn the_index_is_where_the_environment_says() {
    let env = Env::with_files(&[("birth.txt", b"1. Every birth shall be registered without delay.\n")]);
    env.index(["--index", "elsewhere"]).assert_code(0);
    let run = Run::of(env.command("pincite").arg("birth").env("PINCITE_INDEX", "elsewhere"));
    run.assert_code(0);
    assert_eq!(run.err, "");
    env.assert_refused(&["birth", "--index", "nowhere"], 3, &["nowhere", "pincite-index"]);
}

#[test]
fn references_are_counted_and_listed() {
    let env = Env::of_corpus();
    let counts = env.pincite(["cites"]);
    counts.assert_code(0);
    assert!(counts.out.contains("CRC-OP-SC"), "{}", counts.out);
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
    let run = env.pincite(["cites", "CRC-OP-SC", "--format", "jsonl"]);
    run.assert_code(0);
    for line in run.out.lines() {
        assert_eq!(top_level_keys(line), keys, "{line}");
    }
    for reference in run.json_lines() {
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
    let passages = env.pincite(["cites", "CRC-OP-SC/9"]);
    let starts: Vec<&str> = passages.out.lines().take(5).collect();
    assert_eq!(starts[0], "2 passages cite CRC-OP-SC/9 (Optional Protocol to the Convention on the Rights…");
    assert!(starts[2].contains("CRC/C/OPSC/LAO/CO/1  heading  CRC-OP-SC/9/1"), "{starts:?}");
    for wanted in ["\n    CRC/C/OPSC/LAO/CO/1, para. 38 (c)\n    cites: CRC-OP-SC/9/4", "compensation for damages"] {
        assert!(passages.out.contains(wanted), "{}", passages.out);
    }
    env.assert_refused(&["cites", "CRC/53"], 1, &["nothing cites CRC/53", "pincite cites"]);
    for format in ["text", "json", "csv"] {
        env.pincite(["cites", "CRC", "--format", format]).assert_code(0);
        env.pincite(["cites", "--format", format]).assert_code(0);
    }
    let cited = env.lines(["children", "--cites", "CRC", "--limit", "50"]);
    assert!(cited.iter().all(|hit| hit["cites"].to_string().contains("CRC")), "{cited:?}");
}

#[test]
fn references_are_filtered_and_paged_as_hits_are() {
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
    // A filter by document keeps what its headings cite.
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
    assert_eq!(env.lines(["cites", "CRC-OP-SC", "--limit", "3", "--offset", "2"]), all[2..5]);
    let beside = env.lines(["cites", "CRC-OP-SC", "--cites", "CRC"]);
    assert!(!beside.is_empty() && beside.len() < all.len(), "{} of {}", beside.len(), all.len());
    assert!(beside.iter().all(|reference| reference["instrument"] == "CRC-OP-SC" && all.contains(reference)));
    let whole = env.pincite(["cites", "CRC-OP-SC/9"]);
    let page = env.pincite(["cites", "CRC-OP-SC/9", "--limit", "1", "--offset", "2"]);
    page.assert_code(0).assert_says(&["1 more: add --offset 3"]);
    assert!(page.out.starts_with("2 passages cite"), "{}", page.out);
    assert_eq!(page.out.lines().filter(|line| line.trim_start().starts_with("cites: ")).count(), 1, "{}", page.out);
    assert!(whole.out.contains("  heading  ") && !page.out.contains("  heading  "), "{}", page.out);
    let counted = env.pincite(["cites", "--limit", "1"]);
    assert_eq!(counted.out.lines().filter(|line| !line.trim_start().contains(" art. ")).count(), 1, "{}", counted.out);
    env.assert_refused(&["cites", "CRC-OP-SC/9", "--offset", "100"], 1, &["--offset"]);
    env.assert_refused(
        &["cites", "CRC-OP-SC", "--year", "1999"],
        1,
        &["nothing cites CRC-OP-SC", "without the filters"],
    );
    env.assert_refused(&["cites", "CRC", "--country", "Loas"], 1, &["perhaps Laos?"]);
    env.assert_refused(&["cites", "CRC", "--limit", "0"], 2, &["1 to 100000"]);
}

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
fn an_unknown_country_or_kind_is_said() {
    let env = Env::of_corpus();
    env.assert_refused(&["birth", "--country", "Loas"], 1, &["no country is called \"Loas\"", "perhaps Laos?"]);
    env.assert_refused(&["birth country:Atlantis"], 1, &["no country is called \"Atlantis\""]);
    env.assert_refused(&["birth kind:footnot"], 1, &["no kind is called", "perhaps footnote?"]);
}

#[test]
fn countries_and_bodies_are_filtered_by_any_name() {
    let env = Env::of_corpus();
    let count = |args: &[&str]| {
        let run = env.pincite([&["children", "--format", "json", "--limit", "1"], args].concat());
        serde_json::from_str::<serde_json::Value>(&run.out).expect("an object")["total"].as_u64()
    };
    let by_code = count(&["--country", "LAO"]);
    assert!(by_code > Some(0));
    for name in ["lao", "Laos", "Лаос", "Lao People's Democratic Republic"] {
        assert_eq!(count(&["--country", name]), by_code, "{name}");
    }
    assert_eq!(count(&["--body", "Committee on the Rights of the Child"]), count(&["--body", "CRC"]));
}
