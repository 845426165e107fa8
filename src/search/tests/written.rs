//! Words as they are written: among the places of their stems, and those with endings of their own.

use super::*;

fn texts() -> (TempDir, Reader) {
    index(&[
        document(
            "a",
            "",
            &[
                "1|A representative spoke.",
                "2|Representatives of two States spoke.",
                "3|They represent the child, and the child's children.",
                "4|The State-s of the Union.",
                "5|One State went, with births in 2015b after a birth in 2015a.",
            ],
        ),
        document("b", "", &["1|Право ребенка.", "2|Права детей и правозащитницы.", "3|О правах"]),
    ])
}

#[test]
fn exact_words_are_told_apart() {
    let (_dir, reader) = texts();
    let found = |request: Request| {
        let mut found = places(&search(&reader, &request).expect("an answer"));
        found.sort_unstable();
        found
    };
    for (query, expected) in [
        ("representative", &["a:1"][..]),
        ("representatives", &["a:2"]),
        ("represent", &["a:3"]),
        ("states", &["a:2", "a:4"]),
        ("state", &["a:4", "a:5"]),
        ("births", &["a:5"]),
        ("birthed", &[]),
        ("права", &["b:2"]),
        ("правах", &["b:3"]),
        ("правозащитницы", &["b:2"]),
    ] {
        assert_eq!(found(Request { exact: true, ..request(query) }), expected, "{query}");
    }
    for (query, expected) in [
        ("\"two states\"", &["a:2"][..]),
        ("\"two state\"", &[]),
        ("\"child's children\"", &["a:3"]),
        ("\"children child\"~4", &["a:3"]),
        ("representativ*", &["a:1", "a:2"]),
        ("\"of two represent*\"", &[]),
        ("\"represent* of two\"", &["a:2"]),
        ("2015*", &["a:5"]),
        ("прав*", &["b:1", "b:2", "b:3"]),
        ("spoke -\"representatives\"", &["a:1"]),
        ("spoke -representativ*", &[]),
    ] {
        assert_eq!(found(request(query)), expected, "{query}");
    }
}

/// Whether a word stands in some text is found among the first units of its stem, and where these are many in the list.
#[test]
fn it_is_known_which_words_are_written() {
    let lines: Vec<String> = (1..=300).map(|number| format!("{number}|The births of year {number}.")).collect();
    let last = "301|A birth.".to_owned();
    let lines: Vec<&str> = lines.iter().chain([&last]).map(String::as_str).collect();
    let (_dir, reader) = index(&[document("a", "", &lines)]);
    for (word, expected) in [("births", true), ("birth", true), ("birthing", false), ("year", true), ("years", false)] {
        assert_eq!(cursor::is_written(&reader, word).expect("postings"), expected, "{word}");
    }
}
