//! The text of a treaty among the documents: whoever names an article finds the article.

use crate::env::Env;

/// The second protocol to the Covenant in outline: its name, eleven articles, words of our own.
fn protocol() -> String {
    let mut text =
        "# Second Optional Protocol to the International Covenant on Civil and Political Rights, aiming at the \
                    abolition of the death penalty\n\n"
            .to_owned();
    for article in 1..=11 {
        text.push_str(&format!("## Article {article}\n\n"));
        for paragraph in 1..=2 {
            text.push_str(&format!("{paragraph}. Words of provision {article}-{paragraph} on executions.\n\n"));
        }
    }
    text
}

const REPORT: &str = "# Report on a visit\n\n1. Under article 2 of the Second Optional Protocol to the International Covenant \
                      on Civil and Political Rights, reservations are limited.\n\n2. Executions went on.\n";

/// A report that goes through a treaty article by article is not the treaty.
const BY_ARTICLES: &str = "# Initial report of Ruritania under the Second Optional Protocol\n\n## Article 1\n\n1. Nobody is \
                           executed.\n\n## Article 2\n\n2. No reservation was made.\n";

fn env() -> Env {
    let files = [
        ("texts/abolition.md", protocol().into_bytes()),
        ("visit.md", REPORT.as_bytes().to_vec()),
        ("state.md", BY_ARTICLES.as_bytes().to_vec()),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_slice())).collect();
    let env = Env::with_files(&files);
    env.index([]).assert_code(0);
    env
}

#[test]
fn a_query_for_an_article_finds_the_article_and_then_what_cites_it() {
    let env = env();
    let hits = env.pincite(["ICCPR-OP2 article 2", "--format", "jsonl"]).json_lines();
    let found: Vec<String> = hits.iter().take(3).map(|hit| format!("{} {}", hit["document"], hit["label"])).collect();
    assert_eq!(found, ["\"texts/abolition\" \"1\"", "\"texts/abolition\" \"2\"", "\"visit\" \"1\""]);
    let hits = env.pincite(["ICCPR-OP2/2/2", "--format", "jsonl", "--limit", "1"]).json_lines();
    assert_eq!(hits[0]["text"], "Words of provision 2-2 on executions.");
    env.pincite(["ICCPR-OP2 art. 2"]).assert_says(&["the text of Second Optional Protocol"]);
    // An article that holds the words as well is one paragraph, not two.
    let all = env.pincite(["ICCPR-OP2 article 2", "--format", "jsonl", "--limit", "1000"]).json_lines();
    let run = env.pincite(["ICCPR-OP2 article 2", "--limit", "1"]);
    assert!(run.out.starts_with(&format!("{} paragraphs", all.len())), "{} hits: {}", all.len(), run.out);
    // Filters hold for the article as well.
    let hits = env.pincite(["ICCPR-OP2 article 2 doc:visit", "--format", "jsonl"]).json_lines();
    assert!(hits.iter().all(|hit| hit["document"] == "visit"), "{hits:?}");
}

#[test]
fn an_article_is_shown_by_the_name_of_its_treaty() {
    let env = env();
    for target in ["ICCPR-OP2 art. 2", "ICCPR-OP2/2", "статья 2 ICCPR-OP2"] {
        let shown = env.pincite(["show", target]);
        assert!(shown.out.contains("provision 2-1") && shown.out.contains("provision 2-2"), "{target}: {}", shown.out);
    }
    env.pincite(["show", "ICCPR-OP2 art. 40"]).assert_code(1);
    env.assert_refused(&["show", "texts/abolition art. 40"], 1, &["articles", "from 1 to 11"]);
}

/// A file with a convention and its protocol: each article is cited, shown and referred to as that of its own treaty.
#[test]
fn a_protocol_behind_its_covenant_is_a_text_of_its_own() {
    let mut text = "# International Covenant on Civil and Political Rights\n\n".to_owned();
    for article in 1..=53 {
        if article % 10 == 1 {
            text.push_str(&format!("## PART {}\n\n", ["I", "II", "III", "IV", "V", "VI"][article / 10]));
        }
        text.push_str(&format!("### Article {article}\n\nWords of the covenant, {article}.\n\n"));
    }
    text.push_str("#### Optional Protocol to the International Covenant on Civil and Political Rights\n\n");
    text.push_str("The States Parties have agreed as follows.\n\n");
    for article in 1..=14 {
        text.push_str(&format!("### Article {article}\n\nWords of the protocol, {article}; see article 3.\n\n"));
    }
    let env = Env::with_files(&[("texts/covenant.md", text.as_bytes())]);
    env.index([]).assert_code(0);
    for (query, citation) in [
        ("\"covenant, 3\"", "International Covenant on Civil and Political Rights, art. 3"),
        ("\"protocol, 4\"", "Optional Protocol to the International Covenant on Civil and Political Rights, art. 4"),
        ("\"protocol, 1\"", "Optional Protocol to the International Covenant on Civil and Political Rights, art. 1"),
    ] {
        let hits = env.pincite([query, "--exact", "--format", "jsonl"]).json_lines();
        assert_eq!((hits.len(), hits[0]["citation"].as_str()), (1, Some(citation)), "{query}");
    }
    let hits = env.pincite(["\"protocol, 4\"", "--exact", "--format", "jsonl"]).json_lines();
    assert_eq!(hits[0]["cites"].to_string(), "[\"ICCPR-OP1/3\"]");
    let shown = env.pincite(["show", "ICCPR-OP1 art. 3"]).out;
    assert!(shown.contains("protocol, 3") && !shown.contains("covenant, 3"), "{shown}");
    let outline = env.pincite(["outline", "texts/covenant"]).out;
    assert!(outline.contains("\nOptional Protocol to the"), "{outline}");
}

#[test]
fn several_articles_are_shown_at_once() {
    let env = env();
    for (target, articles) in [
        ("ICCPR-OP2 arts. 2-4", &[2, 3, 4][..]),
        ("ICCPR-OP2 2-4", &[2, 3, 4]),
        ("articles 5 and 9 ICCPR-OP2", &[5, 9]),
        ("ст. 5 и 9 ICCPR-OP2", &[5, 9]),
    ] {
        let shown = env.pincite(["show", target]);
        for article in 1..=11 {
            let is_there = shown.out.contains(&format!("provision {article}-2"));
            assert_eq!(is_there, articles.contains(&article), "{target}, {article}: {}", shown.out);
        }
    }
    let text = protocol();
    let beginning = text.split("## Article 11").next().unwrap_or_default();
    let env = Env::with_files(&[("abolition.md", beginning.as_bytes())]);
    env.index([]).assert_code(0);
    let part = env.pincite(["show", "ICCPR-OP2 arts. 10-11"]);
    assert!(part.out.contains("provision 10-1"), "{}", part.out);
    part.assert_code(0).assert_says(&["nothing at ICCPR-OP2/11"]);
}

#[test]
fn the_headings_of_a_treaty_do_not_cite_it() {
    let env = env();
    let cites = env.pincite(["cites", "ICCPR-OP2/2", "--format", "json"]);
    assert!(cites.out.contains("visit") && !cites.out.contains("texts/abolition"), "{}", cites.out);
    env.pincite(["cites", "ICCPR-OP2/3"]).assert_code(1);
}

/// "CRC 7" is an article of the treaty, not a paragraph of the one report whose symbol begins so.
#[test]
fn an_article_of_a_treaty_that_is_not_there_is_no_paragraph_of_a_report() {
    let env = Env::of_corpus();
    for target in ["CRC 7", "CRC article 7", "КПР 7"] {
        env.assert_refused(&["show", target], 1, &["the text of CRC/7 is not in this index (`pincite cites CRC/7`"]);
    }
}

#[test]
fn a_phrase_without_hits_may_be_asked_without_its_marks() {
    let env = env();
    env.assert_refused(&["«executions of provision»"], 1, &["without the quotation marks"]);
    let prefix = env.pincite(["zqxw*"]);
    prefix.assert_code(1);
    assert!(!prefix.err.contains("quotation"), "{}", prefix.err);
}
