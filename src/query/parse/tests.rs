use proptest::prelude::*;

use super::*;

/// Writes a query tree in one line.
fn show(query: &Query) -> String {
    let list = |parts: &[Query]| parts.iter().map(show).collect::<Vec<_>>().join(" ");
    match query {
        Query::Empty => "()".to_owned(),
        Query::Word(words) => words.text.clone(),
        Query::Prefix(words) => format!("{}*", words.text),
        Query::Phrase { words, distance: None } => format!("\"{}\"", words.text),
        Query::Phrase { words, distance: Some(distance) } => format!("\"{}\"~{distance}", words.text),
        Query::Near { parts, distance } => {
            format!("near{distance}[{}]", list(parts))
        }
        Query::All(parts) => format!("all[{}]", list(parts)),
        Query::Any(parts) => format!("any[{}]", list(parts)),
        Query::Must(part) => format!("+{}", show(part)),
        Query::Not(part) => format!("not {}", show(part)),
    }
}

fn check(text: &str, expected: &str) {
    assert_eq!(show(&parse(text).query), expected, "{text:?}");
}

#[test]
fn reads_the_language() {
    check("", "()");
    check("birth registration", "all[birth registration]");
    check("\"birth registration\"", "\"birth registration\"");
    check("«право на жизнь» дети", "all[\"право на жизнь\" дети]");
    check("“two words”~5", "\"two words\"~5");
    check("child NEAR/3 labour", "near3[child labour]");
    check("child NEAR labour NEAR/20 hazardous x", "all[near20[child labour hazardous] x]");
    check("traffick*", "traffick*");
    check("birth -death", "all[birth not death]");
    check("-death", "all[not death]");
    check("a OR b c", "all[any[a b] c]");
    check("(a b) OR (c OR d)", "any[all[a b] any[c d]]");
    check("a ИЛИ б", "any[a б]");
    check("birth -(death OR marriage)", "all[birth not any[death marriage]]");
    check("article 5(2)", "all[article 5(2]");
    check("A/HRC/40/51/Add.1", "A/HRC/40/51/Add.1");
    check("non-refoulement", "non-refoulement");
    check("what? (child).", "all[what child]");
}

#[test]
fn near_takes_prefixes_and_groups() {
    check("traffick* NEAR/3 persons", "near3[traffick* persons]");
    check("(child OR juvenile) NEAR/3 prison*", "near3[any[child juvenile] prison*]");
    check(
        "\"solitary confinement\" NEAR/10 (child OR juvenile)",
        "near10[\"solitary confinement\" any[child juvenile]]",
    );
    check("(a b) NEAR c d", "all[near10[all[a b] c] d]");
    check("a NEAR/2 b OR c", "any[near2[a b] c]");
    for query in ["a NEAR/3", "NEAR/3 a", "a NEAR/3 -b", "(a -b) NEAR/3 c", "(a|b|c|d|e) NEAR (f|g|h|i)"] {
        let parsed = parse(query);
        assert!(!show(&parsed.query).contains("near"), "{query}");
        assert_eq!(parsed.warnings.len(), 1, "{query}: {:?}", parsed.warnings);
    }
    assert_eq!(parse("(a|b|c|d) NEAR (f|g|h|i)").warnings, [""; 0]);
}

#[test]
fn words_broken_at_the_end_of_a_line_are_whole() {
    check("cruel pun-\nishment", "all[cruel pun-ishment]");
    check("жестокое наказа-\r\n  ние", "all[жестокое наказа-ние]");
    check("\"cruel pun-\nishment\" non-\ngovernmental", "all[\"cruel punishment\" non-governmental]");
    check("«жестокое наказа-\nние» Guinea-\nBissau", "all[\"жестокое наказание\" Guinea-Bissau]");
    check("birth -\ndeath", "all[birth death]");
    check("birth\n-death", "all[birth not death]");
    check("pre- and post-trial", "all[pre and post-trial]");
    check("articles 3-\n5", "all[articles 3 5]");
}

#[test]
fn words_joined_by_and_are_required() {
    check("birth AND registration", "all[+birth +registration]");
    check("регистрация И рождений", "all[+регистрация +рождений]");
    check("birth and registration", "all[birth and registration]");
    check("регистрация и рождений", "all[регистрация и рождений]");
    check("a b AND c d", "all[a +b +c d]");
    check("a AND b AND c", "all[+a +b +c]");
    check("a OR b AND c", "all[+any[a b] +c]");
    check("(a AND b) OR c", "any[all[+a +b] c]");
    check("child AND \"forced labour\"", "all[+child +\"forced labour\"]");
    check("child AND NOT labour", "all[+child not labour]");
    check("child НЕ труд", "all[child not труд]");
    check("AND a AND", "a");
    check("AND", "()");
    check("a AND OR b", "all[+a +b]");
    check("a OR AND b", "any[a b]");
    check("lang:en AND child AND labour", "all[+child +labour]");
}

#[test]
fn operators_of_other_engines() {
    check("birth && registration", "all[+birth +registration]");
    check("birth&&registration", "all[+birth +registration]");
    check("ДЕТИ && НАСИЛИЕ", "all[+ДЕТИ +НАСИЛИЕ]");
    check("search & rescue R&D", "all[search rescue R&D]");
    check("birth || registration", "any[birth registration]");
    check("birth||registration", "any[birth registration]");
    check("birth !death", "all[birth not death]");
    check("birth && !(death || marriage)", "all[+birth not any[death marriage]]");
    check("дети !«принудительный труд»", "all[дети not \"принудительный труд\"]");
    check("Stop! It hurts! - no !", "all[Stop It hurts no]");
    check("wom?n rights", "all[wom* rights]");
    check("organi?ation", "organi*");
    check("порногр?фи* детей", "all[порногр* детей]");
    check("wom*n", "wom*");
    check("w?man", "man");
    check("*tion", "tion");
    check("**birth**", "birth*");
    check("organi? unit", "all[organi unit]");
    check("birth~ registraton~2", "all[birth registraton]");
    check("birth^4 child^0.5 \"two words\"^2", "all[birth child \"two words\"]");
    check("10^6 people ~5", "all[10^6 people 5]");
}

#[test]
fn operators_that_there_are_not_are_said() {
    for (query, said) in [
        ("birth !death", &["\"!death\"", "\"-death\""][..]),
        ("!(death || marriage) birth", &["\"-\""]),
        ("wom?n rights", &["\"wom?n\"", "wom*"]),
        ("w?man", &["\"w?man\"", "\"man\""]),
        ("*tion", &["\"*tion\"", "\"tion\""]),
        ("child? rights", &["\"child?\"", "\"child\""]),
        ("child?", &["\"child\""]),
        ("birth~2", &["\"birth~2\"", "typing errors"]),
        ("birth^2", &["\"birth^2\""]),
        ("\"two words\"^2", &["\"^2\""]),
    ] {
        let warnings = parse(query).warnings;
        assert_eq!(warnings.len(), 1, "{query}: {warnings:?}");
        assert!(said.iter().all(|word| warnings[0].contains(word)), "{query}: {warnings:?}");
    }
    for query in [
        "What is torture?",
        "Was it lawful? Was it necessary?",
        "what? (child).",
        "Is he free? Yes",
        "Свободен ли он?",
        "Stop! It hurts!",
        "birth && registration || death",
        "https://example.org/a?b=c",
        "traffick*",
        "**birth**",
        "10^6",
        "\"two words\"~5",
    ] {
        assert_eq!(parse(query).warnings, [""; 0], "{query}");
    }
    assert_eq!(parse("wom?n organi?ation !a !b birth^2 child^2").warnings.len(), 3, "a reason is given once");
}

#[test]
fn in_a_query_of_capitals_operators_are_words() {
    check("ДЕТИ И НАСИЛИЕ", "all[ДЕТИ И НАСИЛИЕ]");
    check("CHILDREN NOT REGISTERED", "all[CHILDREN NOT REGISTERED]");
    check("ICCPR AND ICESCR", "all[+ICCPR +ICESCR]");
    check("МПГПП НЕ КПР", "all[МПГПП not КПР]");
}

#[test]
fn broken_input_is_words() {
    check("\"birth registration", "all[birth registration]");
    check("\"", "()");
    check("((((", "()");
    check(")a)(b", "all[a b]");
    check("OR OR a OR", "a");
    check("NEAR/3", "()");
    check("a NEAR/3", "a");
    check("foo:bar", "foo:bar");
    check("doc:", "doc");
    check("- - -", "()");
    check("* ~ ^", "()");
    check(&"(".repeat(5000), "()");
    assert_eq!(parse("\"birth").warnings.len(), 1);
    assert_eq!(parse("-a -b").warnings.len(), 1);
    assert!(parse("lang: birth").warnings[0].contains("lang:VALUE"), "{:?}", parse("lang: birth").warnings);
    assert!(parse(&"слово ".repeat(200_000)).warnings.len() >= 2);
}

#[test]
fn fields_are_filters() {
    let parsed =
        parse("birth doc:laos section:\"Best interests\" year:2010..2015 lang:ru cites:CRC/7 para:21 kind:item");
    assert_eq!(show(&parsed.query), "birth");
    assert_eq!(parsed.filters.documents, ["laos"]);
    assert_eq!(parsed.filters.sections, ["Best interests"]);
    assert_eq!(parsed.filters.years, Some(2010..=2015));
    assert_eq!(parsed.filters.languages, [Language::RUSSIAN]);
    assert_eq!(parsed.filters.cites, ["CRC/7"]);
    assert_eq!(parsed.filters.labels, ["21"]);
    assert_eq!(parse("год:2019..").filters.years, Some(2019..=u16::MAX));
    assert_eq!(parse("year:abc").warnings.len(), 1);
    let backwards = parse("year:2019..2015");
    assert!(backwards.filters.years.is_none() && backwards.warnings[0].contains("year:2015..2019"));
}

#[test]
fn a_field_that_is_to_be_left_out_is_no_filter() {
    for query in
        ["birth -doc:laos", "birth NOT doc:laos", "birth !doc:laos", "birth (-doc:laos)", "birth - -doc:\"laos\""]
    {
        let parsed = parse(query);
        assert_eq!((show(&parsed.query), parsed.filters.documents.len()), ("birth".to_owned(), 0), "{query}");
        assert!(
            parsed.warnings.iter().any(|warning| warning.contains("\"doc:laos\"")),
            "{query}: {:?}",
            parsed.warnings
        );
    }
    assert_eq!(parse("birth -death doc:laos").filters.documents, ["laos"]);
}

#[test]
fn a_field_that_there_is_not_is_said() {
    for (query, warned) in [
        ("title:visit", true),
        ("langauge:ru visit", true),
        ("автор:ООН", true),
        ("doc:laos", false),
        ("GA:60/251", false),
        ("LAO:Penal", false),
        ("https://www.un.org", false),
        ("at 12:30", false),
        ("note: this", false),
    ] {
        assert_eq!(!parse(query).warnings.is_empty(), warned, "{query}");
    }
}

fn depth(query: &Query) -> usize {
    match query {
        Query::All(parts) | Query::Any(parts) | Query::Near { parts, .. } => {
            1 + parts.iter().map(depth).max().unwrap_or(0)
        }
        Query::Must(part) | Query::Not(part) => 1 + depth(part),
        _ => 0,
    }
}

proptest! {
    #[test]
    fn spans_point_at_the_words(text in "[a-zA-Zа-я\"«»“”()*~:|/ 0-9!?&^-]{0,60}|\\PC{0,60}") {
        let parsed = parse(&text);
        prop_assert!(depth(&parsed.query) <= 3 * MAX_DEPTH + 3);
        for word in parsed.words() {
            prop_assert_eq!(parsed.text.get(word.span.clone()), Some(word.text.as_str()));
            prop_assert!(!word.exact.is_empty());
        }
    }

    #[test]
    fn brackets_in_any_number(text in "[()a \"-]{0,3000}") {
        let parsed = parse(&text);
        prop_assert!(depth(&parsed.query) <= 3 * MAX_DEPTH + 3);
        prop_assert!(parsed.words().len() <= MAX_CLAUSES);
    }
}
