//! Finds known names in running text: the longest name at each place, on word boundaries.
//!
//! Invariant: works on words, never on parts of words. Case, accents, yo, apostrophes, hyphens and dots do not count.
//! Russian names of several words match in every case, because their words are compared without their case endings;
//! names of one word match only in the forms that the table gives, since without an ending short names are common words.

use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Marks a name in the tables that counts only as capitalised there.
const AS_WRITTEN: char = '=';

/// A word of a text with its place in bytes.
struct Word {
    span: Range<usize>,
    folded: String,
}

struct Name {
    /// Words after the first, in the form that the first key was made in.
    rest: Vec<String>,
    /// The name's own capitals, where they count.
    as_written: Option<String>,
    entry: usize,
}

/// An index of names by their first word.
#[derive(Default)]
pub(super) struct NameIndex {
    exact: FxHashMap<String, Vec<Name>>,
    stemmed: FxHashMap<String, Vec<Name>>,
}

impl NameIndex {
    /// Adds a name of the table's entry number `entry`. Empty names are passed over.
    pub(super) fn insert(&mut self, name: &str, entry: usize) {
        let written = name.strip_prefix(AS_WRITTEN);
        let name = written.unwrap_or(name);
        let words = words(name);
        let inflected = words.len() > 1 && words.iter().any(|word| is_cyrillic(&word.folded));
        let mut keys =
            words.into_iter().map(|word| if inflected { stem(&word.folded).to_owned() } else { word.folded });
        let Some(first) = keys.next() else { return };
        let entry = Name { rest: keys.collect(), as_written: written.map(str::to_owned), entry };
        let names = if inflected { &mut self.stemmed } else { &mut self.exact };
        names.entry(first).or_default().push(entry);
    }

    /// Returns the names found in `text`, in its order, as byte ranges with the entry's number. They never overlap.
    pub(super) fn find_in(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let words = words(text);
        let mut rest = words.as_slice();
        let mut found = Vec::new();
        while let Some((first, after)) = rest.split_first() {
            rest = match self.longest(first, after, text) {
                Some((end, entry)) => {
                    found.push((first.span.start..end, entry));
                    after.get(after.partition_point(|word| word.span.end <= end)..).unwrap_or_default()
                }
                None => after,
            };
        }
        found
    }

    /// As [`NameIndex::find_in`], of running text, where names begin with a capital: only words that may belong to one are
    /// folded.
    pub(super) fn find_capitalised(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let mut first = Word { span: 0..0, folded: String::new() };
        let mut at = 0;
        while let Some(start) = next_capital(text, at) {
            let end = start + word_end(text.get(start..).unwrap_or_default());
            first.span = start..end;
            fold_into(text.get(start..end).unwrap_or_default(), &mut first.folded);
            at = end;
            let Some(most) = self.beginning_with(&first).map(|(name, _)| name.rest.len()).max() else { continue };
            let mut after = words_up_to(most, text.get(end..).unwrap_or_default());
            after.iter_mut().for_each(|word| word.span = end + word.span.start..end + word.span.end);
            if let Some((end, entry)) = self.longest(&first, &after, text) {
                found.push((start..end, entry));
                at = end;
            }
        }
        found
    }

    /// Yields the names that begin with a word, each with how their words are compared.
    fn beginning_with(&self, first: &Word) -> impl Iterator<Item = (&Name, fn(&str) -> &str)> {
        let exact = self.exact.get(&first.folded).into_iter().flatten();
        let stemmed = self.stemmed.get(stem(&first.folded)).into_iter().flatten();
        let whole: fn(&str) -> &str = |word| word;
        let without_ending: fn(&str) -> &str = stem;
        exact.map(move |name| (name, whole)).chain(stemmed.map(move |name| (name, without_ending)))
    }

    /// Returns where the longest name that begins with a word ends, and its entry.
    fn longest(&self, first: &Word, after: &[Word], text: &str) -> Option<(usize, usize)> {
        let fits = |(name, form): &(&Name, fn(&str) -> &str)| {
            let run = after.get(..name.rest.len()).unwrap_or_default();
            run.len() == name.rest.len()
                && name.rest.iter().zip(run).all(|(wanted, have)| wanted == form(&have.folded))
                && name.as_written.as_deref().is_none_or(|written| capitals_agree(written, first, run, text))
        };
        let (best, _) = self.beginning_with(first).filter(fits).max_by_key(|(name, _)| name.rest.len())?;
        let last = best.rest.len().checked_sub(1).and_then(|last| after.get(last)).unwrap_or(first);
        Some((last.span.end, best.entry))
    }
}

/// Whether the text has capitals wherever the written name has them; a text all in capitals agrees with any name.
fn capitals_agree(written: &str, first: &Word, after: &[Word], text: &str) -> bool {
    let found = std::iter::once(first).chain(after).filter_map(|word| text.get(word.span.clone())).flat_map(str::chars);
    let wanted = written.chars().filter(|c| c.is_alphanumeric());
    wanted
        .zip(found.filter(|c| c.is_alphanumeric()))
        .all(|(wanted, found)| !wanted.is_uppercase() || found.is_uppercase())
}

/// Splits a text into runs of letters and digits, folded: lower case, without accents (so yo is ye).
fn words(text: &str) -> Vec<Word> {
    words_up_to(usize::MAX, text)
}

/// As [`words`], the first `most` of them.
fn words_up_to(most: usize, text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while words.len() < most
        && let Some((start, rest)) = text.get(at..).and_then(|rest| Some((at + rest.find(is_inside)?, rest)))
    {
        let rest = rest.get(start - at..).unwrap_or_default();
        let end = start + word_end(rest);
        words.push(Word { span: start..end, folded: fold(text.get(start..end).unwrap_or_default()) });
        at = end;
    }
    words
}

/// Returns where the next word begins, from the end of another on, that has a capital first.
fn next_capital(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.get(at..)?.bytes().position(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())?;
        let letter = text.get(at..)?.chars().next()?;
        let small = matches!(letter, 'а'..='я') || !letter.is_uppercase();
        if !small && !text.get(..at)?.chars().next_back().is_some_and(is_inside) {
            return Some(at);
        }
        at += letter.len_utf8();
    }
}

/// Returns where the word ends with which a text begins.
fn word_end(text: &str) -> usize {
    let plain = text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    let rest = text.get(plain..).unwrap_or_default();
    match rest.bytes().next() {
        Some(byte) if !byte.is_ascii() => plain + rest.find(|c| !is_inside(c)).unwrap_or(rest.len()),
        _ => plain,
    }
}

/// Whether a character belongs to a word.
fn is_inside(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphanumeric(),
        // Quotation marks and dashes of print need no table.
        false if matches!(c, '\u{2010}'..='\u{2027}') => false,
        false => c.is_alphanumeric() || is_combining_mark(c) || c == '\u{ad}',
    }
}

/// Returns the text in lower case without accents and soft hyphens. Short i keeps its mark: it is a letter of its own.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// As [`fold`], in place of what `folded` holds.
fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
        return;
    }
    if text.chars().all(|c| c.is_ascii() || matches!(c, 'А'..='я' | 'ё' | 'Ё')) {
        folded.extend(text.chars().map(|c| if matches!(c, 'ё' | 'Ё') { 'е' } else { small(c) }));
        return;
    }
    let composed = text.nfc().collect::<String>().to_lowercase();
    for c in composed.chars().filter(|c| *c != '\u{ad}') {
        if c.is_ascii() || c == 'й' {
            folded.push(c);
        } else {
            folded.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)));
        }
    }
}

/// Returns a letter of the Russian or the Latin alphabet in lower case.
fn small(letter: char) -> char {
    match letter {
        'А'..='Я' => char::from_u32(u32::from(letter) + 0x20).unwrap_or(letter),
        _ => letter.to_ascii_lowercase(),
    }
}

fn is_cyrillic(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

/// Case endings of Russian nouns and adjectives, longest first. A stemmer would take more: Snowball reads the end of
/// "Судан" as that of a participle and parts it from "Судана".
const ENDINGS: [&str; 45] = [
    "иями", "ами", "ями", "ыми", "ими", "ого", "его", "ому", "ему", "ией", "ием", "иям", "иях", "ая", "яя", "ое", "ее",
    "ие", "ые", "ый", "ий", "ой", "ей", "ую", "юю", "ых", "их", "ым", "им", "ом", "ем", "ам", "ям", "ах", "ях", "ов",
    "ев", "ия", "ии", "ию", "а", "я", "о", "е", "и",
];
/// The rest of them: endings of one letter that never open a longer one.
const SHORT_ENDINGS: [char; 5] = ['ы', 'у', 'ю', 'й', 'ь'];

/// Returns a Russian word without its case ending; at least two letters stay. Other words are returned whole.
fn stem(folded: &str) -> &str {
    if !is_cyrillic(folded) {
        return folded;
    }
    let longer = ENDINGS.iter().find_map(|ending| folded.strip_suffix(ending).filter(|stem| stem.chars().count() > 1));
    let shorter = || folded.strip_suffix(SHORT_ENDINGS).filter(|stem| stem.chars().count() > 1);
    longer.or_else(shorter).unwrap_or(folded)
}

/// Splits a cell of a table into its names.
pub(super) fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split(';').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// Returns a name of the table without the mark that its capitals count.
pub(super) fn plain(name: &'static str) -> &'static str {
    name.strip_prefix(AS_WRITTEN).unwrap_or(name)
}

/// Yields the rows of a table after its head, comments and empty lines passed over, each as exactly `N` cells.
/// A row with other than `N` cells yields empty cells at its end, which the tests of the tables refuse.
pub(super) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).skip(1).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> NameIndex {
        let mut index = NameIndex::default();
        for (entry, name) in ["Niger", "Нигер", "Южный Судан", "=Того", "Côte d'Ivoire", "=US"].into_iter().enumerate()
        {
            index.insert(name, entry);
        }
        index
    }

    fn check(text: &str, expected: &[(&str, usize)]) {
        let found: Vec<_> =
            index().find_in(text).into_iter().map(|(span, entry)| (text[span].to_owned(), entry)).collect();
        let expected: Vec<_> = expected.iter().map(|(name, entry)| ((*name).to_owned(), *entry)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_are_folded_alike_however_they_are_written() {
        for (text, folded) in [
            ("CÔTE", "cote"),
            ("Ёлка", "елка"),
            ("е\u{308}лка", "елка"),
            ("ЛАЙН", "лайн"),
            ("Лаи\u{306}н", "лайн"),
            ("Az9Я", "az9я"),
            ("co\u{ad}te", "cote"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn names_end_at_word_boundaries() {
        check("the Niger", &[("Niger", 0)]);
        check("Nigeria", &[]);
        check("NIGER.", &[("NIGER", 0)]);
        check("нигеров", &[]);
        check("", &[]);
    }

    #[test]
    fn longer_russian_names_match_in_every_case() {
        check("в Южном Судане", &[("Южном Судане", 2)]);
        check("Южного\u{a0}Судана", &[("Южного\u{a0}Судана", 2)]);
        check("южный берег", &[]);
    }

    #[test]
    fn accents_and_apostrophes_do_not_count() {
        check("Cote d’Ivoire", &[("Cote d’Ivoire", 4)]);
        check("Co\u{302}te d'Ivoire", &[("Co\u{302}te d'Ivoire", 4)]);
    }

    #[test]
    fn names_in_running_text_are_the_capitalised_ones() {
        let mut names = NameIndex::default();
        let known =
            ["Lao People’s Democratic Republic", "Democratic Republic of the Congo", "Congo", "Российская Федерация"];
        known.into_iter().enumerate().for_each(|(entry, name)| names.insert(name, entry));
        for text in [
            "In the Lao People's Democratic Republic and in the Democratic Republic of the Congo, the congo eel.",
            "Congo Congo, Democratic Republic of the Congo.",
            "Суды Российской Федерации; CONGO. Ёлка",
            "The the The",
            "",
        ] {
            let all = names.find_in(text).into_iter();
            let capitalised = |found: &(Range<usize>, usize)| text[found.0.clone()].starts_with(char::is_uppercase);
            assert_eq!(names.find_capitalised(text), all.filter(capitalised).collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn marked_names_need_their_capitals() {
        check("кроме того", &[]);
        check("в Того", &[("Того", 3)]);
        check("join us", &[]);
        check("the US", &[("US", 5)]);
        check("Us", &[]);
    }
}
