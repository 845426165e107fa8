//! Typing errors: what is corrected, and what is left as it was typed.

use super::*;

/// Checks what a query is corrected to; the same text where it is left alone.
fn check_corrected(check: &Check, query: &str, expected: &str) {
    let answer = check.answer(&request(query));
    let note = answer.notes.iter().find_map(|note| note.strip_prefix("showing results for "));
    let found = note.and_then(|note| note.split("; search instead").next()).unwrap_or(query);
    assert_eq!(found, expected);
    let exact = check.answer(&Request { exact: true, ..request(query) });
    assert!(exact.notes.iter().all(|note| !note.contains("showing results")), "{query}");
}

#[test]
fn typing_errors_are_corrected() {
    let check = Check::new();
    for (query, expected) in [
        ("freedom of expresion", "freedom of expression"),
        ("fredom of exprassion", "freedom of expression"),
        ("childern", "children"),
        ("вероиспаведания", "вероисповедания"),
        ("ghfdj yf ;bpym", "право на жизнь"),
        ("Ghfdj", "право"),
        ("labour yf", "labour yf"),
        ("children ghb labour", "children ghb labour"),
        ("ghb hj;ltybb", "при рождении"),
        ("дфищгк", "labour"),
        ("жuзнь", "жизнь"),
        ("свobоду", "свободу"),
        ("labоur", "labоur"),
        ("labоuг", "labour"),
        ("childlabour", "child labour"),
        ("labourofchildren", "labourofchildren"),
        ("zebra", "zebra"),
        ("labour", "labour"),
        ("labours", "labours"),
        ("\"expresion\"", "\"expresion\""),
        ("-expresion labour", "-expresion labour"),
        ("expresion -labour doc:laos", "expression -labour doc:laos"),
        ("abc123x", "abc123x"),
        ("lab*our", "lab*our"),
        ("*expresion", "*expresion"),
    ] {
        check_corrected(&check, query, expected);
    }
    check.first("fredom of exprassion", "laos-2015:22");
    check.first("ghfdj yf ;bpym", "россия:1");
}

#[test]
fn names_misspelled_by_ear_are_corrected() {
    let lines = ["1|Gandhi wrote of non-violence", "2|Ганди писал об этом", "3|gender and land"];
    let (dir, reader) = index(&[document("names", "", &lines)]);
    let check = Check { _dir: dir, reader };
    for (query, expected) in [("Ghandi", "gandhi"), ("Gahndi", "gandhi"), ("Ghindi", "Ghindi")] {
        check_corrected(&check, query, expected);
    }
}

#[test]
fn typing_errors_in_the_language_that_the_index_lacks_are_corrected() {
    let (_dir, reader) =
        index(&[document("a", "", &["1|Freedom of speech is protected.", "2|Torture is prohibited."])]);
    for (query, corrected, label) in [
        ("свбода слова", "свобода слова", "1"),
        ("gsnrb", "пытки", "2"),
        ("cdj,jls", "свободы", "1"),
        ("j,hfpjdfybt", "образование", ""),
        ("запрет на пытик", "", ""),
        ("дроны", "", ""),
    ] {
        let answer = search(&reader, &Request { cross: true, ..request(query) }).expect("an answer");
        let note = answer.notes.iter().find_map(|note| note.strip_prefix("showing results for "));
        let note = note.unwrap_or_default();
        assert!(note.starts_with(corrected) && !note.contains("yf"), "{query}: {:?}", answer.notes);
        if !label.is_empty() {
            assert_eq!(places(&answer).first().map(String::as_str), Some(format!("a:{label}").as_str()), "{query}");
        }
    }
}

/// "pornogiraphic" sounds like a Russian word of the index, which is no reason to think it a name.
#[test]
fn a_slip_that_sounds_like_a_foreign_word_is_corrected() {
    let texts = ["1|Pornographic materials.", "2|Порнографические материалы.", "3|Mr. Viphongxay spoke.", "4|Бачелет"];
    let (_dir, reader) = index(&[document("a", "", &texts)]);
    for (query, corrected) in [("pornogiraphic", "pornographic"), ("bachelet", ""), ("Viphongxai", "viphongxay")] {
        let answer = search(&reader, &Request { cross: true, ..request(query) }).expect("an answer");
        let note = answer.notes.iter().find_map(|note| note.strip_prefix("showing results for ")).unwrap_or_default();
        assert!(note.starts_with(corrected) && note.is_empty() == corrected.is_empty(), "{query}: {:?}", answer.notes);
        assert!(!answer.hits.is_empty(), "{query}");
    }
}

#[test]
fn abbreviations_and_stop_words_are_no_typing_errors() {
    let (_dir, reader) = index(&[document("a", "", &["1|The plea of the saw: yf tics estos."])]);
    for query in ["PSEA", "SALW tics", "ETOs", "запрет на saw", "thier plea"] {
        let answer = search(&reader, &request(query)).expect("an answer");
        assert!(answer.notes.iter().all(|note| !note.contains("showing results")), "{query}: {:?}", answer.notes);
    }
    // A stop word is as seldom meant as it is often written.
    let mut lines = vec!["Their rights were denied against them."; 9];
    lines.push("ther aqainst");
    let (_dir, reader) = index(&[document("a", "", &lines)]);
    let answer = search(&reader, &request("thier denied rights")).expect("an answer");
    assert!(answer.notes.iter().any(|note| note.starts_with("showing results for their denied")), "{:?}", answer.notes);
}

#[test]
fn a_slip_of_the_documents_finds_the_right_word_too() {
    let right: Vec<String> = (1..=300).map(|at| format!("{at}|An arbitrary decision was taken.")).collect();
    let mut lines: Vec<&str> = right.iter().map(String::as_str).collect();
    lines.push("301|An arbitary decision was taken.");
    let (_dir, reader) = index(&[document("a", "", &lines)]);
    let answer = search(&reader, &request("arbitary")).expect("an answer");
    assert_eq!(answer.total, 301);
    assert_eq!(places(&answer).first().map(String::as_str), Some("a:301"));
    assert_eq!(answer.notes, ["also searching for arbitrary: few paragraphs hold \"arbitary\""]);
    let answer = search(&reader, &Request { cross: true, ..request("Arbitary") }).expect("an answer");
    assert_eq!(answer.total, 301);
    let answer = search(&reader, &Request { exact: true, ..request("arbitary") }).expect("an answer");
    assert_eq!((answer.total, answer.notes.len()), (1, 0));
}

/// What begins like a prefix that says no is not always one: "imunity" has no opposite "munity".
#[test]
fn a_letter_left_out_of_a_double_one_is_no_opposite() {
    let lines =
        ["1|Immunity of officials.", "2|An illegal act.", "3|A legal act.", "4|Impunity.", "5|Immigrants, migrants."];
    let (dir, reader) = index(&[document("a", "", &lines)]);
    let check = Check { _dir: dir, reader };
    for (query, expected) in [("imunity", "immunity"), ("ilegal", "illegal"), ("imigrants", "immigrants")] {
        check_corrected(&check, query, expected);
    }
}

/// A word is as likely as it is written, not as all words of its stem are.
#[test]
fn of_two_words_the_one_that_is_written_more_is_meant() {
    let mut lines: Vec<String> = (1..=40).map(|at| format!("{at}|regional and regions")).collect();
    lines.extend((41..=60).map(|at| format!("{at}|freedom of religion")));
    lines.push("61|a region".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (dir, reader) = index(&[document("a", "", &lines)]);
    check_corrected(&Check { _dir: dir, reader }, "relgion", "religion");
}

#[test]
fn the_words_beside_tell_which_was_meant() {
    let mut lines: Vec<String> = (1..=150).map(|at| format!("{at}|Civil society was heard.")).collect();
    lines.extend((151..=210).map(|at| format!("{at}|Solitary confinement was prolonged.")));
    lines.extend((211..=600).map(|at| format!("{at}|Nothing else was said.")));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (dir, reader) = index(&[document("a", "", &lines)]);
    let check = Check { _dir: dir, reader };
    for (query, expected) in [
        ("soliery", "society"),
        ("soliery confinement", "solitary confinement"),
        ("civil soliery", "civil society"),
        // Each tells of the other, once mended.
        ("soliery cnfinement", "solitary confinement"),
        // Two errors in a long query, where the other words speak for it.
        ("civil society was heard prolonged coninment", "civil society was heard prolonged confinement"),
    ] {
        check_corrected(&check, query, expected);
    }
}

/// Neither the forms that the index happens to hold nor those that training has seen are all forms of a word.
#[test]
fn forms_that_no_text_has_are_corrected() {
    let lines =
        ["1|Children in detention.", "2|Иностранные журналисты и мигранты.", "3|A peaceful rally was dispersed."];
    let (_dir, reader) = index(&[document("a", "", &lines)]);
    for (query, corrected, label) in [
        ("рибенку", "ребенку", "1"),
        ("жюрналистами", "журналистами", "2"),
        ("мигрантав", "мигранты", "2"),
        ("мтиинге", "митинге", "3"),
    ] {
        let answer = search(&reader, &Request { cross: true, ..request(query) }).expect("an answer");
        let note = answer.notes.iter().find_map(|note| note.strip_prefix("showing results for ")).unwrap_or_default();
        assert!(note.starts_with(&format!("{corrected};")), "{query}: {:?}", answer.notes);
        assert_eq!(places(&answer).first().map(String::as_str), Some(format!("a:{label}").as_str()), "{query}");
    }
}
