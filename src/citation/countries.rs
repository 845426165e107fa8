//! Whose law it is, where the words beside its name say so: "the Spanish Civil Code", «Конституция Республики Беларусь».

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem::{push_folded, stem};
use super::token::Text;

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
        found = COUNTRIES.get(joined.as_str()).copied().or(found);
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
