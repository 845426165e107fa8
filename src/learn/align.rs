//! Pairs the paragraphs of documents that are held in both languages: same symbol, same printed number.

use std::collections::HashMap;

use crate::document::{Document, Language, Paragraph, ParagraphKind};

/// Returns the (English, Russian) paragraphs that are translations of each other: those of documents with the same
/// symbol and with the same printed number, where that number is printed once in each language. In the order of the
/// documents and of their paragraphs.
pub fn twins<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Vec<(&'a Paragraph, &'a Paragraph)> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_symbol: HashMap<String, usize> = HashMap::new();
    for document in documents {
        let Some(symbol) = document.metadata.symbol.as_deref().filter(|symbol| !symbol.trim().is_empty()) else {
            continue;
        };
        let key: String = symbol.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        let at = *by_symbol.entry(key).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Group::default());
        }
        if let Some(group) = groups.get_mut(at) {
            group.add(document);
        }
    }
    groups.into_iter().flat_map(Group::pairs).collect()
}

/// The numbered paragraphs of one symbol. A number met twice in a language is no address: it holds `None`.
#[derive(Default)]
struct Group<'a> {
    english: HashMap<String, Option<&'a Paragraph>>,
    order: Vec<String>,
    russian: HashMap<String, Option<&'a Paragraph>>,
}

impl<'a> Group<'a> {
    fn add(&mut self, document: &'a Document) {
        let numbered = document
            .paragraphs
            .iter()
            .filter(|unit| matches!(unit.kind, ParagraphKind::Paragraph | ParagraphKind::Item));
        for unit in numbered {
            let Some(label) = &unit.label else { continue };
            let label = label.to_string();
            let side = match unit.language {
                Language::ENGLISH => &mut self.english,
                Language::RUSSIAN => &mut self.russian,
                _ => continue,
            };
            if unit.language == Language::ENGLISH && !side.contains_key(&label) {
                self.order.push(label.clone());
            }
            side.entry(label).and_modify(|entry| *entry = None).or_insert(Some(unit));
        }
    }

    fn pairs(self) -> Vec<(&'a Paragraph, &'a Paragraph)> {
        let find = |label| Some(((*self.english.get(label)?)?, (*self.russian.get(label)?)?));
        self.order.iter().filter_map(find).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, Label, Metadata};

    fn document(id: &str, symbol: Option<&str>, language: Language, numbers: &[(&str, &str)]) -> Document {
        let paragraphs = numbers.iter().zip(1..).map(|((number, text), ordinal)| Paragraph {
            ordinal,
            kind: ParagraphKind::Paragraph,
            label: Label::parse(number),
            mark: None,
            text: (*text).to_owned(),
            section: None,
            parent: None,
            position: 0,
            language,
            page: 0,
        });
        Document {
            id: id.to_owned(),
            format: Format::Text,
            metadata: Metadata { symbol: symbol.map(str::to_owned), ..Metadata::default() },
            sections: Vec::new(),
            paragraphs: paragraphs.collect(),
            references: Vec::new(),
            left_out: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn check(documents: &[Document], expected: &[(&str, &str)]) {
        let found: Vec<_> =
            twins(documents).into_iter().map(|(left, right)| (left.text.as_str(), right.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn same_symbol_and_number_are_twins() {
        let english =
            document("e", Some("CRC/C/1"), Language::ENGLISH, &[("1", "one"), ("2", "two"), ("3 (a)", "three")]);
        let russian =
            document("r", Some("crc/c/1 "), Language::RUSSIAN, &[("2", "два"), ("3 (a)", "три"), ("4", "четыре")]);
        let other = document("o", Some("CRC/C/2"), Language::RUSSIAN, &[("1", "один")]);
        check(&[english, other, russian], &[("two", "два"), ("three", "три")]);
    }

    #[test]
    fn numbers_met_twice_are_no_address() {
        let english = document("e", Some("A/1"), Language::ENGLISH, &[("1", "one"), ("1", "annex one"), ("2", "two")]);
        let russian = document("r", Some("A/1"), Language::RUSSIAN, &[("1", "один"), ("2", "два")]);
        check(&[english, russian], &[("two", "два")]);
    }

    #[test]
    fn documents_without_a_symbol_are_passed_over() {
        let english = document("e", None, Language::ENGLISH, &[("1", "one")]);
        let russian = document("r", None, Language::RUSSIAN, &[("1", "один")]);
        check(&[english, russian], &[]);
    }
}
