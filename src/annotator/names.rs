//! Finds known names in running text: the longest name at each place, on word boundaries.
//!
//! Invariant: works on words, never on parts of words. Case, accents, yo, apostrophes, hyphens and dots do not count.
//! Russian names of several words match in every case, because their words are compared without their case endings;
//! names of one word match only in the forms that the table gives, since without an ending short names are common words.

use std::collections::HashMap;
use std::ops::Range;

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
    exact: HashMap<String, Vec<Name>>,
    stemmed: HashMap<String, Vec<Name>>,
}

impl NameIndex {
    /// Adds a name of the table's entry number `entry`. Empty names are passed over.
    pub(super) fn insert(&mut self, name: &str, entry: usize) {
        let written = name.strip_prefix(AS_WRITTEN);
        let name = written.unwrap_or(name);
        let words = words(name);
        let inflected = words.len() > 1 && words.iter().any(|word| is_cyrillic(&word.folded));
        let mut keys = words.into_iter().map(|word| if inflected { stem(&word.folded) } else { word.folded });
        let Some(first) = keys.next() else { return };
        let entry = Name { rest: keys.collect(), as_written: written.map(str::to_owned), entry };
        let names = if inflected { &mut self.stemmed } else { &mut self.exact };
        names.entry(first).or_default().push(entry);
    }

    /// Returns the names found in `text`, in its order, as byte ranges with the entry's number. They never overlap.
    pub(super) fn find_in(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let words = words(text);
        let stems: Vec<String> = words.iter().map(|word| stem(&word.folded)).collect();
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let exact = longest(&self.exact, &folded, &words, at, text);
            let stemmed = longest(&self.stemmed, &stems, &words, at, text);
            match exact.into_iter().chain(stemmed).max_by_key(|(length, _)| *length) {
                Some((length, entry)) => {
                    let span =
                        words.get(at..at + length).and_then(|run| Some(run.first()?.span.start..run.last()?.span.end));
                    found.extend(span.map(|span| (span, entry)));
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// Words of the longest name, and some more.
const LONGEST_NAME: usize = 16;

impl NameIndex {
    /// As [`NameIndex::find_in`], of running text, where names begin with a capital: what cannot begin one is not even folded,
    /// which makes a tenth of the work.
    pub(super) fn find_capitalised(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let spans = spans(text);
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for (at, span) in spans.iter().enumerate() {
            let word = text.get(span.clone()).unwrap_or_default();
            let behind = found.last().is_none_or(|(last, _)| last.end <= span.start);
            if !behind || !word.starts_with(char::is_uppercase) {
                continue;
            }
            let first = fold(word);
            if !self.exact.contains_key(&first) && !self.stemmed.contains_key(&stem(&first)) {
                continue;
            }
            let end = spans.iter().skip(at).take(LONGEST_NAME).next_back().map_or(span.end, |last| last.end);
            let names = self.find_in(text.get(span.start..end).unwrap_or_default());
            let here = names.into_iter().next().filter(|(name, _)| name.start == 0);
            found.extend(here.map(|(name, entry)| (span.start..span.start + name.end, entry)));
        }
        found
    }
}

/// Returns the number of words and the entry of the longest name that starts at word `at`.
fn longest(
    names: &HashMap<String, Vec<Name>>,
    keys: &[&str],
    words: &[Word],
    at: usize,
    text: &str,
) -> Option<(usize, usize)> {
    let (first, after) = keys.get(at..)?.split_first()?;
    let fits = |name: &&Name| {
        after.len() >= name.rest.len()
            && name.rest.iter().zip(after).all(|(wanted, have)| wanted == have)
            && name.as_written.as_deref().is_none_or(|written| {
                let run = words.get(at..=at + name.rest.len()).unwrap_or_default();
                capitals_agree(written, run, text)
            })
    };
    let best = names.get(*first)?.iter().filter(fits).max_by_key(|name| name.rest.len())?;
    Some((best.rest.len() + 1, best.entry))
}

/// Whether the text has capitals wherever the written name has them; a text all in capitals agrees with any name.
fn capitals_agree(written: &str, run: &[Word], text: &str) -> bool {
    let found = run.iter().filter_map(|word| text.get(word.span.clone())).flat_map(str::chars);
    let wanted = written.chars().filter(|c| c.is_alphanumeric());
    wanted
        .zip(found.filter(|c| c.is_alphanumeric()))
        .all(|(wanted, found)| !wanted.is_uppercase() || found.is_uppercase())
}

/// Splits a text into runs of letters and digits, folded: lower case, without accents (so yo is ye).
fn words(text: &str) -> Vec<Word> {
    let folded = |span: Range<usize>| Word { folded: fold(text.get(span.clone()).unwrap_or_default()), span };
    spans(text).into_iter().map(folded).collect()
}

/// Returns the runs of letters and digits of a text, in bytes.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (start, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || is_combining_mark(c) || c == '\u{ad}';
        if inside {
            let end = start + c.len_utf8();
            match words.last_mut().filter(|_| open) {
                Some(word) => word.end = end,
                None => words.push(start..end),
            }
        }
        open = inside;
    }
    words
}

/// Returns the text in lower case without accents and soft hyphens. Short i keeps its mark: it is a letter of its own.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let composed = text.nfc().collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(composed.len());
    for c in composed.chars().filter(|c| *c != '\u{ad}') {
        if c.is_ascii() || c == 'й' {
            folded.push(c);
        } else {
            folded.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)));
        }
    }
    folded
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
fn stem(folded: &str) -> String {
    if !is_cyrillic(folded) {
        return folded.to_owned();
    }
    let longer = ENDINGS.iter().find_map(|ending| folded.strip_suffix(ending).filter(|stem| stem.chars().count() > 1));
    let shorter = || folded.strip_suffix(SHORT_ENDINGS).filter(|stem| stem.chars().count() > 1);
    longer.or_else(shorter).unwrap_or(folded).to_owned()
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
