use super::*;
use crate::document::{Label, Metadata};
use crate::search::FacetCount;

fn unit(language: Language, label: Option<&str>, section: &[&str], text: &str) -> StoredUnit {
    StoredUnit {
        document: "treaty-bodies/crc-laos-2015".into(),
        metadata: Metadata { symbol: Some("CRC/C/OPSC/LAO/CO/1".into()), ..Metadata::default() },
        ordinal: 21,
        kind: ParagraphKind::Item,
        label: label.and_then(Label::parse),
        mark: None,
        position: 2,
        named: Vec::new(),
        section: section.iter().map(|heading| (*heading).to_owned()).collect(),
        language,
        page: 0,
        text: text.into(),
        cites: Vec::new(),
    }
}

fn hit(unit: StoredUnit, highlights: &[(u32, u32)]) -> Hit {
    Hit {
        rank: 1,
        score: 1.0,
        unit,
        highlights: highlights.to_vec(),
        via: vec!["регистрация рождений".into()],
        before: Vec::new(),
        after: Vec::new(),
        explanation: None,
    }
}

fn options(width: usize, coloured: bool) -> TextOptions {
    TextOptions {
        width,
        palette: Palette::new(coloured),
        style: CitationStyle::Un,
        language: Some(Language::ENGLISH),
        whole: false,
    }
}

/// The scalar offsets of a word.
fn span(text: &str, word: &str) -> (u32, u32) {
    let start = text.find(word).map_or(0, |at| text[..at].chars().count());
    (start as u32, (start + word.chars().count()) as u32)
}

fn printed(answer: &Answer, query: &str, options: &TextOptions) -> String {
    let mut out = Vec::new();
    print_answer(&mut out, answer, query, options).expect("writing to memory");
    String::from_utf8(out).expect("text output is UTF-8")
}

fn sample() -> Answer {
    let english = "Ensure that every child, including in remote provinces, is registered at birth, free of charge. ";
    let russian = "Обеспечить, чтобы каждый ребенок, включая детей из отдаленных провинций, бесплатно \
                   регистрировался при рождении и получал свидетельство государственного образца. ";
    let section =
        ["V. Prevention of the sale of children (art. 9, paras. 1 and 2)", "B. Measures adopted to protect children"];
    let раздел = ["V. Предупреждение торговли детьми, детской проституции и детской порнографии (статья 9)"];
    let mut answer = Answer {
        total: 12,
        hits: vec![
            hit(unit(Language::ENGLISH, Some("21 (c)"), &section, english), &[span(english, "birth")]),
            hit(
                unit(Language::RUSSIAN, None, &раздел, &russian.repeat(20)),
                &[span(russian, "бесплатно"), (2000, 2010)],
            ),
        ],
        facets: Some(Facets {
            documents: (0..30).map(|n| FacetCount { value: format!("document/{n}"), count: n }).collect(),
            documents_in_all: 30,
            ..Facets::default()
        }),
        ..Answer::default()
    };
    let neighbour = unit(Language::ENGLISH, Some("21 (b)"), &section, &english.repeat(9));
    if let Some(first) = answer.hits.first_mut() {
        first.before.push(neighbour.clone());
        first.after.push(neighbour);
    }
    answer
}

#[test]
fn no_line_overflows() {
    let answer = sample();
    for width in [20, 40, 80, 120] {
        let text = printed(&answer, &"регистрация рождений birth ".repeat(9), &options(width, false));
        for line in text.lines() {
            assert!(layout::width(line) <= width, "{} columns at {width}: {line}", layout::width(line));
        }
    }
}

#[test]
fn a_hit_says_where_what_and_how_to_cite() {
    let mut answer = sample();
    answer.facets = None;
    answer.hits.truncate(1);
    answer.hits[0].before.clear();
    answer.hits[0].after.clear();
    let text = printed(&answer, "birth", &options(80, false));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "12 paragraphs, 1–1 shown for “birth”");
    assert_eq!(lines[1], "");
    assert!(lines[2].starts_with("1. CRC/C/OPSC/LAO/CO/1  para. 21 (c)  V. … › B. Measures adopted"), "{text}");
    assert!(lines[2].contains("… › B. Measures") && lines[2].ends_with('…'), "{text}");
    assert!(lines[3].starts_with("    Ensure that every child"), "{text}");
    assert_eq!(lines.last(), Some(&"    via: регистрация рождений"));
}

#[test]
fn neighbours_are_told_from_the_hit_without_colours_too() {
    let section = ["B. Measures"];
    let mut hit = hit(unit(Language::ENGLISH, Some("21 (c)"), &section, "The hit itself."), &[]);
    hit.before.push(unit(Language::ENGLISH, Some("21"), &section, "The lead-in."));
    hit.before.push(unit(Language::ENGLISH, Some("21 (b)"), &section, "The one before."));
    hit.after.push(unit(Language::ENGLISH, None, &section, &"The one after. ".repeat(6)));
    let answer = Answer { total: 1, hits: vec![hit], ..Answer::default() };
    let text = printed(&answer, "hit", &options(60, false));
    let expected = "\
1. CRC/C/OPSC/LAO/CO/1  para. 21 (c)  B. Measures
  | 21. The lead-in.
  |
  | (b) The one before.
    The hit itself.
    CRC/C/OPSC/LAO/CO/1, para. 21 (c)
    via: регистрация рождений
  | The one after. The one after. The one after. The one
  | after. The one after. The one after.
";
    assert_eq!(text.split_once("\n\n").map(|(_, hits)| hits), Some(expected));
}

#[test]
fn a_document_reads_under_its_headings() {
    let units = [
        unit(Language::ENGLISH, Some("1"), &["I. Introduction"], "One."),
        unit(Language::ENGLISH, Some("2"), &["II. Prevention", "A. Measures"], "Two."),
        unit(Language::ENGLISH, Some("2 (a)"), &["II. Prevention", "A. Measures"], "Sub."),
        unit(Language::ENGLISH, None, &["II. Prevention", "B. More"], "Three."),
    ];
    let mut out = Vec::new();
    print_document(&mut out, &units, &options(80, false)).expect("writing to memory");
    let expected = "CRC/C/OPSC/LAO/CO/1\n\nI. Introduction\n\n1.  One.\n\nII. Prevention\n\nA. Measures\n\n2.  Two.\n\n\
                    (a) Sub.\n\nB. More\n\n    Three.\n";
    assert_eq!(String::from_utf8_lossy(&out), expected);
}

#[test]
fn another_language_is_marked() {
    let text = printed(&sample(), "birth", &options(80, false));
    let marked: Vec<&str> = text.lines().filter(|line| line.ends_with("[ru]")).collect();
    assert_eq!(marked.len(), 1, "{text}");
}

#[test]
fn long_paragraphs_are_excerpted_around_matches() {
    let text = printed(&sample(), "birth", &options(80, true));
    let red = AnsiMatches::of(&text);
    assert!(text.contains(" … ") && text.lines().count() < 70, "{text}");
    assert_eq!(red.0.first().map(String::as_str), Some("birth"), "{text}");
    assert_eq!(red.0.len(), 3, "{red:?}");
}

#[test]
fn colours_change_nothing_but_colour() {
    let plain = printed(&sample(), "birth", &options(80, false));
    let coloured = printed(&sample(), "birth", &options(80, true));
    assert!(!plain.contains('\u{1b}'));
    assert_eq!(strip(&coloured), plain);
}

#[test]
fn documents_cannot_steer_the_terminal() {
    let nasty = "a\u{1b}]0;title\u{7}b \u{202e}cba \u{9b}2J";
    let mut answer = sample();
    let hit = &mut answer.hits[0];
    hit.unit.text = nasty.into();
    hit.unit.section = vec![nasty.into()];
    hit.unit.metadata.symbol = Some(nasty.into());
    hit.unit.document = nasty.into();
    hit.via = vec![nasty.into()];
    hit.explanation = Some(nasty.into());
    hit.before[0].text = nasty.into();
    answer.facets = Some(Facets { bodies: vec![FacetCount { value: nasty.into(), count: 1 }], ..Facets::default() });
    let mut text = printed(&answer, nasty, &options(80, false));
    let mut units = Vec::new();
    print_units(&mut units, &[&answer.hits[0].unit], &options(80, false)).expect("writing to memory");
    print_document(&mut units, std::slice::from_ref(&answer.hits[0].unit), &options(80, false)).expect("memory");
    text.push_str(&String::from_utf8_lossy(&units));
    assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{text:?}");
}

/// The text of every run printed bold and red.
#[derive(Debug)]
struct AnsiMatches(Vec<String>);

impl AnsiMatches {
    fn of(text: &str) -> AnsiMatches {
        let open = Palette::new(true).matched.render().to_string();
        AnsiMatches(
            text.split(&open).skip(1).filter_map(|rest| rest.split('\u{1b}').next()).map(str::to_owned).collect(),
        )
    }
}

fn strip(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}
