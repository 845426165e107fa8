//! What weighs how much in the second look.

use super::*;
use crate::document::{Format, ParagraphKind};

/// Returns the places that a query finds in a document, best first, with the request's own expansions.
fn found(document: Document, query: &str) -> Vec<String> {
    let (_dir, reader) = index(&[document]);
    places(&search(&reader, &Request { cross: true, ..request(query) }).expect("an answer"))
}

#[test]
fn what_a_committee_found_stands_before_what_was_argued() {
    let text = "Pre-trial detention without review is arbitrary.";
    let argued = format!("4.1|{text}");
    let found_by_committee = format!("9.2|{text}");
    let dissent = format!("1|{text}");
    let lines = [
        "# State party’s observations on the merits",
        &argued,
        "# Consideration of the merits",
        &found_by_committee,
        "# Individual opinion of Committee member (dissenting)",
        &dissent,
    ];
    assert_eq!(found(document("a", "", &lines), "arbitrary detention without review"), ["a:9.2", "a:4.1", "a:1"]);
    let lines = [
        "# Замечания государства-участника",
        "4.1|Запрет собрания.",
        "# Рассмотрение по существу",
        "9.2|Запрет собрания.",
    ];
    assert_eq!(found(document("a", "", &lines), "запрет собрания"), ["a:9.2", "a:4.1"]);
}

#[test]
fn an_explanation_says_who_speaks() {
    let lines = ["# The complaint", "3.1|The detention is arbitrary."];
    let (_dir, reader) = index(&[document("a", "", &lines)]);
    let answer = search(&reader, &Request { explain: true, ..request("arbitrary") }).expect("an answer");
    let why = answer.hits[0].explanation.as_ref().expect("a score");
    assert!(why.ends_with(", argument 0.92"), "{why}");
}

/// "ECtHR" stands in one passage, its long form in many: it is no rare word that outweighs the rest of the query.
#[test]
fn an_abbreviation_is_as_common_as_what_it_stands_for() {
    let mut lines: Vec<String> =
        (1..=40).map(|at| format!("{at}|The European Court of Human Rights was seized, as counsel says.")).collect();
    lines.push("41|The same matter is inadmissible.".to_owned());
    lines.push("42|See ECtHR.".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let places = found(document("a", "", &lines), "ECtHR same matter inadmissible");
    assert_eq!(places.first().map(String::as_str), Some("a:41"), "{places:?}");
}

/// Units that cite the article come first by that; among them its number and "art" say nothing any more.
#[test]
fn of_a_reference_that_is_found_the_number_tells_nothing() {
    let lines = [
        "1|Art. 12, art. 12 and art. 12 of the Convention on the Rights of Persons with Disabilities.",
        "2|Legal capacity under article 12 of the Convention on the Rights of Persons with Disabilities.",
        "3|Legal capacity, art. 12 of something else.",
    ];
    let mut cites = document("a", "", &lines);
    crate::citation::annotate(&mut cites);
    let (_dir, reader) = index(&[cites]);
    let answer = search(&reader, &Request { cross: true, ..request("CRPD art 12 legal capacity") }).expect("an answer");
    assert_eq!(places(&answer), ["a:2", "a:1", "a:3"]);
    let explained = Request { cross: true, explain: true, ..request("CRPD art 12 legal capacity") };
    let read = search(&reader, &explained).expect("an answer").explanation.expect("a reading");
    assert!(read.contains("art (little weight): art\n12 (little weight): 12\n"), "{read}");
    // Of one that nothing answers, the number does.
    let explained = Request { cross: true, explain: true, ..request("CRPD art 13 legal capacity") };
    let read = search(&reader, &explained).expect("an answer").explanation.expect("a reading");
    assert!(read.contains("art (little weight)") && read.contains("13 (wanted)"), "{read}");
}

/// "Comité" has vouched for "comitment": their stems are one.
#[test]
fn a_word_that_only_shares_its_stem_may_be_a_slip() {
    let mut lines: Vec<String> = (1..=600).map(|at| format!("{at}|A commitment was made.")).collect();
    lines.extend((601..=610).map(|at| format!("{at}|El Comité lo considera.")));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (_dir, reader) = index(&[document("a", "", &lines)]);
    let answer = search(&reader, &request("comitment")).expect("an answer");
    assert_eq!(answer.notes, ["also searching for commitment: few paragraphs hold \"comitment\""]);
    assert_eq!(places(&answer).first().map(String::as_str), Some("a:1"));
    // A word that stands there as typed is meant as typed.
    let answer = search(&reader, &request("comité")).expect("an answer");
    assert_eq!(answer.notes, Vec::<String>::new());
}

/// What a query leaves out is left out of what cites its article as well.
#[test]
fn what_is_excluded_cites_nothing() {
    let lines = [
        "1|Review of detention under article 9 of the International Covenant on Civil and Political Rights.",
        "2|Detention of children under article 9 of the International Covenant on Civil and Political Rights.",
        "3|Article 9 of the Covenant applies.",
    ];
    let mut cites = document("a", "", &lines);
    crate::citation::annotate(&mut cites);
    let (_dir, reader) = index(&[cites]);
    for (query, expected, note) in [
        ("ICCPR art 9 detention", &["a:1", "a:2", "a:3"][..], "3 passages cite"),
        ("ICCPR art 9 detention -children", &["a:1", "a:3"], "2 passages cite"),
        ("ICCPR art 9 -review -applies", &["a:2"], "1 passage cites"),
        ("ICCPR art 9 -article", &[], "no passage"),
    ] {
        let answer = search(&reader, &Request { cross: true, ..request(query) }).expect("an answer");
        let mut found = places(&answer);
        found.sort_unstable();
        assert_eq!(
            (found.as_slice(), answer.total),
            (expected.iter().map(|place| (*place).to_owned()).collect::<Vec<_>>().as_slice(), expected.len()),
            "{query}"
        );
        assert!(answer.notes.iter().any(|said| said.starts_with(note)), "{query}: {:?}", answer.notes);
    }
}

/// All that cites the article cites its treaty too: the other words of the query tell which passage is meant.
#[test]
fn what_cites_an_article_is_ordered_by_the_other_words() {
    let lines = [
        "1|He claims a violation of article 14 of the International Covenant on Civil and Political Rights by counsel.",
        "2|Under article 14 of the Covenant a counsel was refused, and no other counsel came to the trial of the author.",
        "3|Article 14 of the International Covenant on Civil and Political Rights was explained to the prisoner.",
    ];
    let mut cites = document("a", "", &lines);
    crate::citation::annotate(&mut cites);
    let (_dir, reader) = index(&[cites]);
    for (query, expected) in [
        ("ICCPR art 14 counsel", ["a:2", "a:1", "a:3"]),
        ("article 14 of the International Covenant on Civil and Political Rights: prisoner", ["a:3", "a:1", "a:2"]),
    ] {
        let answer = search(&reader, &Request { cross: true, ..request(query) }).expect("an answer");
        assert_eq!((places(&answer).as_slice(), answer.total), (expected.map(str::to_owned).as_slice(), 3), "{query}");
    }
}

/// Among hundreds of paragraphs of the other language the own one is a candidate too, though it lacks a word.
#[test]
fn the_own_language_is_not_buried() {
    let mut lines: Vec<String> =
        (1..=300).map(|at| format!("{at}|The right to education of children was discussed in session {at}.")).collect();
    lines.push("301|Каждый человек имеет право на образование.".to_owned());
    lines.push("302|Дети играли.".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (_dir, reader) = index(&[document("a", "", &lines)]);
    let answer = search(&reader, &Request { cross: true, ..request("дети право на образование") }).expect("an answer");
    assert_eq!(places(&answer).first().map(String::as_str), Some("a:301"));
}

/// A ready paragraph was printed as one: what stood in it as a note is a unit of its own, but not before the text. A note that
/// was printed apart is a unit like others.
#[test]
fn a_note_out_of_a_ready_paragraph_stands_behind_the_text() {
    let lines = ["1|Banning of tobacco advertising was considered by the Committee.", "2|Tobacco advertising."];
    for (format, expected) in [(Format::JsonLines, ["a:1", "a:2"]), (Format::Docx, ["a:2", "a:1"])] {
        let mut notes = document("a", "", &lines);
        notes.format = format;
        notes.paragraphs[1].kind = ParagraphKind::Footnote;
        let (_dir, reader) = index(&[notes]);
        let answer = search(&reader, &request("tobacco advertising")).expect("an answer");
        assert_eq!(places(&answer), expected, "{format:?}");
    }
}
