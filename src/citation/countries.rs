//! Whose law it is, where the words beside its name say so: "the Spanish Civil Code", «Конституция Республики Беларусь».

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem::{push_folded, stem};
use super::token::Text;
use crate::document::Section;

/// The longest name of a country has as many words ("United Kingdom of Great Britain and Northern Ireland" and less).
const MOST_WORDS: usize = 8;

/// ISO codes by the stems of a name or an adjective.
static COUNTRIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut countries = HashMap::with_capacity(4096);
    let table: &'static str = include_str!("../annotator/countries.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let Some(code) = fields.next().filter(|code| code.len() == 3) else { continue };
        for name in fields.flat_map(|names| names.split(';')).filter(|name| name.chars().count() > 2) {
            countries.entry(stems(name.trim_start_matches('='))).or_insert(code);
        }
    }
    for (short, code) in [("рф", "RUS"), ("рсфср", "RUS"), ("рк", "KAZ"), ("рб", "BLR"), ("us", "USA"), ("uk", "GBR")]
    {
        countries.entry(short.to_owned()).or_insert(code);
    }
    countries
});

/// Whether a code is that of a country, as keys of domestic law begin ("LAO").
pub(super) fn is_code(code: &str) -> bool {
    COUNTRIES.values().any(|known| *known == code)
}

fn stems(name: &str) -> String {
    let mut joined = String::new();
    for word in name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut folded = String::new();
        word.chars().for_each(|letter| push_folded(letter, &mut folded));
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&stem(&folded));
    }
    joined
}

/// Returns the country whose name, or whose adjective, starts at a token; the longest name wins.
pub(super) fn country_at(text: &Text<'_>, at: usize) -> Option<&'static str> {
    country_and_end(text, at).map(|(code, _)| code)
}

/// Returns the country that each heading is on, or the heading above it. Numbered headings that begin anew behind the name of
/// a country ("Qatar", "1. Views of the State", "2. ...") are below it, whatever their level.
pub(super) fn of_sections(sections: &[Section]) -> Vec<Option<&'static str>> {
    let mut depths: Vec<usize> = Vec::with_capacity(sections.len());
    let mut countries = Vec::with_capacity(sections.len());
    // The country, the least depth of the headings on countries in this row, and whether numbered ones have followed.
    let mut open: Option<(&'static str, usize, bool)> = None;
    for section in sections {
        let depth = section.parent.and_then(|parent| depths.get(parent)).map_or(0, |above| above + 1);
        depths.push(depth);
        let heading = &section.heading;
        open = match (country_of_heading(heading), open) {
            (Some(code), Some((_, least, _))) => Some((code, depth.min(least), false)),
            (Some(code), None) => Some((code, depth, false)),
            (None, Some((code, least, _))) if depth > least => Some((code, least, true)),
            (None, Some((code, least, numbered))) if depth == least => {
                let first = ["1.", "A.", "I.", "a)", "(a)", "(1)"].iter().any(|number| heading.starts_with(number));
                let later = numbered && heading.chars().take(4).any(|sign| matches!(sign, '.' | ')'));
                (first || later).then_some((code, least, true))
            }
            (None, _) => None,
        };
        countries.push(open.map(|(code, ..)| code));
    }
    countries
}

/// Returns the country that a heading is on: its name and nothing else, or its name after a colon.
pub(super) fn country_of_heading(heading: &str) -> Option<&'static str> {
    let text = Text::new(heading);
    // Below the number of the heading, or below what all such headings share.
    let colon = (0..text.len()).rev().find(|at| text.is_mark(*at, ':')).map(|at| at + 1);
    let numbered = (0..text.len().min(4)).find(|at| text.is_mark(*at, '.') || text.is_mark(*at, ')')).map(|at| at + 1);
    let from = colon.or(numbered).unwrap_or(0);
    let (code, end) = country_and_end(&text, from)?;
    // "Bolivia (Plurinational State of)"
    (end == text.len() || text.is_mark(end, '(') || text.is_mark(end, '*')).then_some(code)
}

fn country_and_end(text: &Text<'_>, at: usize) -> Option<(&'static str, usize)> {
    if !text.is_capital(at) {
        return None;
    }
    let mut joined = String::new();
    let mut found = None;
    for next in at..(at + MOST_WORDS).min(text.len()) {
        if text.is_mark(next, '-') || text.is_mark(next, '’') {
            continue;
        }
        if !text.is_word(next) {
            break;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&stem(text.norm(next).trim_end_matches("'s")));
        found = COUNTRIES.get(joined.as_str()).map(|code| (*code, next + 1)).or(found);
    }
    found
}

/// Returns the country that the words of a law's name, before it or after it say: "the Thai Penal Code", "Belarus
/// Constitution", "Criminal Code of Georgia", «УК РФ».
pub(super) fn country_of_law(text: &Text<'_>, from: usize, to: usize) -> Option<&'static str> {
    let after = to + usize::from(text.norm(to) == "of");
    let after = after + usize::from(text.norm(after) == "the");
    let follows = after > to || !text.raw(from).is_ascii();
    let named_after = || country_at(text, after).filter(|_| follows);
    // Inside quotation marks stands what the law is on: «О договоре с Республикой Казахстан».
    let is_open = |at: &usize| !['"', '«', '“', '<'].iter().any(|mark| text.is_mark(*at, *mark));
    let named_within = || (from..to).take_while(is_open).find_map(|at| country_at(text, at));
    let named_before = || {
        // «российской Конституции»: Russian adjectives are small.
        let adjective = from.checked_sub(1).filter(|before| !text.raw(*before).is_ascii() && text.is_word(*before));
        let small = adjective.and_then(|before| COUNTRIES.get(stem(text.norm(before)).as_ref()).copied());
        if small.is_some() {
            return small;
        }
        // The last word of a name is enough: "United States Constitution" has its first words before.
        let before = from.checked_sub(1).filter(|before| text.is_capital(*before))?;
        (before.saturating_sub(3)..=before).find_map(|at| {
            let code = country_at(text, at)?;
            (at..=before).all(|at| text.is_word(at)).then_some(code)
        })
    };
    named_after().or_else(named_within).or_else(named_before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_headings_are_below_the_country_before_them() {
        let section = |heading: &str, parent| Section { heading: heading.to_owned(), parent };
        let sections = [
            section("A. Outcomes", None),
            section("Qatar", Some(0)),
            section("1. Views of the State", Some(0)),
            section("2. Remarks", Some(0)),
            section("Nicaragua", Some(3)),
            section("1. Views of the State", Some(0)),
            section("Methods", Some(0)),
            section("1. Sources", Some(0)),
            section("B. Debate", None),
        ];
        let expected = [None, Some("QAT"), Some("QAT"), Some("QAT"), Some("NIC"), Some("NIC"), None, None, None];
        assert_eq!(of_sections(&sections), expected);
    }

    #[test]
    fn a_heading_on_a_country_says_no_more() {
        for (heading, code) in [
            ("Qatar", Some("QAT")),
            ("B. Republic of Moldova", Some("MDA")),
            ("Outcome of the universal periodic review: Bolivia (Plurinational State of)", Some("BOL")),
            ("Assistance to Somalia", None),
            ("Italy and the law", None),
            ("Италия", Some("ITA")),
            ("", None),
        ] {
            assert_eq!(country_of_heading(heading), code, "{heading}");
        }
    }

    #[test]
    fn countries_are_told_by_the_words_beside_a_law() {
        for (source, law, code) in [
            ("the Spanish Civil Code", "Civil Code", Some("ESP")),
            ("the Belarus Constitution", "Constitution", Some("BLR")),
            ("the Criminal Code of the Russian Federation", "Criminal Code", Some("RUS")),
            ("United States Constitution", "Constitution", Some("USA")),
            ("УК РФ", "УК", Some("RUS")),
            ("статья белорусской Конституции", "Конституции", Some("BLR")),
            ("Уголовного кодекса Кыргызской Республики", "Уголовного кодекса", Some("KGZ")),
            ("Конституции Республики Беларусь", "Конституции", Some("BLR")),
            ("the new Penal Code was", "Penal Code", None),
            ("Код Georgia", "Код", Some("GEO")),
        ] {
            let text = Text::new(source);
            let words = law.split(' ').count();
            let from = (0..text.len()).find(|at| text.raw(*at) == law.split(' ').next().unwrap()).unwrap();
            assert_eq!(country_of_law(&text, from, from + words), code, "{source}");
        }
    }
}
