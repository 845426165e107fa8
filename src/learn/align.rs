//! Pairs the paragraphs of documents that are held in both languages: same symbol, same printed number.

use std::collections::HashMap;

/// A paragraph as the pairing sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// Symbol of its document.
    pub symbol: &'a str,
    /// The printed number ("21 (c)").
    pub label: &'a str,
    pub language: Side,
    pub text: &'a str,
}

/// The language of a paragraph, as far as translation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    English,
    Russian,
}

/// Returns the (English, Russian) texts that are translations of each other: those of documents with the same symbol
/// and with the same printed number, where that number is printed once in each language. In the order of the English
/// paragraphs.
pub fn twins<'a>(paragraphs: impl IntoIterator<Item = Numbered<'a>>) -> Vec<(&'a str, &'a str)> {
    let mut order = Vec::new();
    // A number met twice in a language is no address: it holds `None`.
    let mut places: HashMap<(String, &str, Side), Option<&str>> = HashMap::new();
    for paragraph in paragraphs {
        let symbol = key(paragraph.symbol);
        if symbol.is_empty() {
            continue;
        }
        if paragraph.language == Side::English {
            order.push((symbol.clone(), paragraph.label));
        }
        places
            .entry((symbol, paragraph.label, paragraph.language))
            .and_modify(|text| *text = None)
            .or_insert(Some(paragraph.text));
    }
    let find = |symbol: &str, label, side| places.get(&(symbol.to_owned(), label, side)).copied().flatten();
    order
        .iter()
        .filter_map(|(symbol, label)| Some((find(symbol, label, Side::English)?, find(symbol, label, Side::Russian)?)))
        .collect()
}

/// Returns a symbol as it is compared: letter case and white space are the typist's.
fn key(symbol: &str) -> String {
    symbol.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Side::{English, Russian};
    use super::*;

    fn check(paragraphs: &[(&str, Side, &str, &str)], expected: &[(&str, &str)]) {
        let numbered = paragraphs.iter().map(|(symbol, language, label, text)| Numbered {
            symbol,
            label,
            language: *language,
            text,
        });
        assert_eq!(twins(numbered), expected);
    }

    #[test]
    fn same_symbol_and_number_are_twins() {
        check(
            &[
                ("CRC/C/1", English, "1", "one"),
                ("CRC/C/1", English, "2", "two"),
                ("CRC/C/1", English, "3 (a)", "three"),
                ("CRC/C/2", Russian, "1", "один"),
                ("crc/c/1 ", Russian, "2", "два"),
                ("crc/c/1 ", Russian, "3 (a)", "три"),
                ("crc/c/1 ", Russian, "4", "четыре"),
            ],
            &[("two", "два"), ("three", "три")],
        );
    }

    #[test]
    fn numbers_met_twice_are_no_address() {
        check(
            &[
                ("A/1", English, "1", "one"),
                ("A/1", English, "1", "annex one"),
                ("A/1", English, "2", "two"),
                ("A/1", Russian, "1", "один"),
                ("A/1", Russian, "2", "два"),
            ],
            &[("two", "два")],
        );
    }

    #[test]
    fn documents_without_a_symbol_are_passed_over() {
        check(&[(" ", English, "1", "one"), (" ", Russian, "1", "один")], &[]);
    }
}
