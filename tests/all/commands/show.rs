//! Paragraphs by their address: what `show` takes and prints, and citations that lead back.

use super::{OPSC, offset};
use crate::env::Env;

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
fn a_bare_number_is_an_article_where_the_document_is_made_of_articles() {
    let law = "Закон о маяках\n\nСтатья 1. Огни\n\n1. Огни горят.\n\n2. Они видны.\n\nСтатья 2. Звуки\n\n\
        1. Звуки слышны:\n\n1) днём;\n\n2) ночью.\n\n2. Они громки.\n\n3. Их не глушат.\n\n\
        Статья 2.1. Знаки\n\nЗнаки видны.\n\nСтатья 3. Смотрители\n\nОни не спят.\n";
    let report = b"Report on the Test\n\nArticle 1\n\n1. The State reports on lights.\n\n2. They burn.\n\n\
        Article 2\n\n3. The State reports on horns.\n\n4. They sound.\n\nArticle 3\n\n5. No more is said.\n";
    let env = Env::with_files(&[("laws/law.txt", law.as_bytes()), ("report.txt", report)]);
    env.index([]).assert_code(0);
    let shown = |target: &str| -> Vec<String> {
        let units = env.lines(["show", target]);
        units.iter().map(|unit| unit["text"].as_str().unwrap_or("?").to_owned()).collect()
    };
    assert_eq!(shown("laws/law 3"), ["Они не спят."]);
    assert_eq!(shown("laws/law 1"), ["Огни горят.", "Они видны."]);
    assert_eq!(shown("laws/law, 2.1"), ["Знаки видны."]);
    assert_eq!(shown("laws/law 2 (3)"), ["Их не глушат."]);
    assert_eq!(shown("laws/law 2 (1) (2)"), ["ночью."]);
    assert_eq!(shown("laws/law 2.1, 3"), ["Знаки видны.", "Они не спят."]);
    assert_eq!(shown("laws/law 2-3").len(), 7);
    assert_eq!(shown("laws/law para 3"), ["Их не глушат."]);
    assert_eq!(shown("laws/law п. 3"), ["Их не глушат."]);
    env.assert_refused(&["show", "laws/law 9"], 1, &["nothing at", "articles of laws/law run from 1 to 3"]);
    // The paragraphs of a report that goes through a treaty count on from article to article.
    assert_eq!(shown("report 3"), ["The State reports on horns."]);
    env.assert_refused(&["show", "report 9"], 1, &["paragraphs of report run from 1 to 5"]);
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
fn articles_of_a_law_that_marks_no_headings_are_shown() {
    let article = |number: u32| {
        format!("<p>Ст. {number}</p><p>1. Маяк {number} горит.</p><p>2. Смотритель {number} не спит до утра.</p>")
    };
    let articles: String = (1..=13).map(article).collect();
    let law = format!("<html><body><h1>Закон о маяках</h1><p>Глава I. Огни</p>{articles}</body></html>");
    let env = Env::with_files(&[("law.html", law.as_bytes())]);
    env.index([]).assert_code(0);
    for target in ["law ст. 12", "law Ст.12", "Закон о маяках, статья 12", "law art. 12"] {
        let shown = env.lines(["show", target]);
        let texts: Vec<&str> = shown.iter().filter_map(|unit| unit["text"].as_str()).collect();
        assert_eq!(texts, ["Маяк 12 горит.", "Смотритель 12 не спит до утра."], "{target}");
        assert_eq!(shown[0]["section"], serde_json::json!(["Глава I. Огни", "Ст. 12"]));
    }
    assert_eq!(labels(&env, "law ст. 3, п. 2"), ["2"]);
    let act =
        b"<h1>Lighthouse Act</h1><p>Art. 1. Every light burns.</p><p>Art. 2. Every horn sounds:</p><p>(a) by day;</p>\
        <p>(b) by night.</p><p>Art. 3. No keeper sleeps.</p>";
    let env = Env::with_files(&[("act.html", act)]);
    env.index([]).assert_code(0);
    let shown = env.lines(["show", "act article 2"]);
    let texts: Vec<&str> = shown.iter().filter_map(|unit| unit["text"].as_str()).collect();
    assert_eq!(texts, ["Every horn sounds:", "by day;", "by night."]);
}
