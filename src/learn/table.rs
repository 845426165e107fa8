//! The table of translations: read in place, without unpacking, so that opening it costs nothing.
//!
//! Invariant: no bytes, however damaged, make a look-up panic; at worst it finds nothing.
//!
//! Layout, little endian: the magic, then the version of the analyzer that made the stems, then for English and for
//! Russian the number of words, the bytes of their text and the number of translations; then for each side the ends of
//! the texts (u32), the texts ("stem TAB form", sorted), the observations of each word (f32), the ends of its rows
//! (u32) and its rows: the number of the word on the other side (24 bits) above the probability in 256ths less one.

mod build;

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use crate::document::Language;
pub(super) use build::build;

const MAGIC: &[u8; 8] = b"PINCTT1\n";
const HEADER: usize = 8 + 7 * 4;
/// Steps of a stored probability.
const STEPS: f32 = 256.0;

/// From which language into which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    EnglishToRussian,
    RussianToEnglish,
}

impl From<Language> for Direction {
    /// Returns the way from a language into the other.
    fn from(language: Language) -> Direction {
        if language == Language::RUSSIAN { Direction::RussianToEnglish } else { Direction::EnglishToRussian }
    }
}

impl Direction {
    /// Returns the way back.
    pub fn reversed(self) -> Direction {
        match self {
            Direction::EnglishToRussian => Direction::RussianToEnglish,
            Direction::RussianToEnglish => Direction::EnglishToRussian,
        }
    }
}

/// One translation of a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Translation {
    pub stem: String,
    /// The most frequent word of this stem, lower case.
    pub form: String,
    /// Above 0, up to 1. The probabilities of one word add up to at most 1, but for rounding.
    pub probability: f32,
}

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error("cannot read the translation table: {0}")]
    Io(#[from] io::Error),
    #[error("not a translation table, or one of another version of the program (learn it again)")]
    Foreign,
    #[error("the translation table is damaged: {0} bytes are expected, {1} are there (learn it again)")]
    Damaged(usize, usize),
}

/// Word translations in both directions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    bytes: Cow<'static, [u8]>,
    version: u32,
    english: Side,
    russian: Side,
}

/// Where the parts of one language lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Side {
    words: usize,
    text_ends: Range<usize>,
    texts: Range<usize>,
    observations: Range<usize>,
    row_ends: Range<usize>,
    rows: Range<usize>,
}

impl Table {
    /// Reads a table in place. Only its outline is checked; a look-up checks the rest.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Table, TableError> {
        let bytes = bytes.into();
        if bytes.len() < HEADER || !bytes.starts_with(MAGIC) {
            return Err(TableError::Foreign);
        }
        let field = |number: usize| number_at(&bytes, 8 + number * 4).unwrap_or_default() as usize;
        let mut at = HEADER;
        let english = Side::lay_out(&mut at, field(1), field(2), field(3));
        let russian = Side::lay_out(&mut at, field(4), field(5), field(6));
        if at != bytes.len() {
            return Err(TableError::Damaged(at, bytes.len()));
        }
        Ok(Table { version: field(0) as u32, english, russian, bytes })
    }

    /// Reads a table from a file.
    pub fn load(path: &Path) -> Result<Table, TableError> {
        Table::from_bytes(std::fs::read(path)?)
    }

    /// Writes the table so that `load` reads it.
    pub fn save(&self, mut out: impl Write) -> io::Result<()> {
        out.write_all(&self.bytes)
    }

    /// Returns the bytes that `save` writes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the version of the analyzer that made the stems (`Options::analyzer_version` of the training).
    pub fn analyzer_version(&self) -> u32 {
        self.version
    }

    /// Returns how many words of the source language the table holds, those included that are only translations.
    pub fn len(&self, direction: Direction) -> usize {
        self.sides(direction).0.words
    }

    /// Returns whether the table holds no word.
    pub fn is_empty(&self) -> bool {
        self.english.words == 0 && self.russian.words == 0
    }

    /// Returns the translations of a stem, most likely first.
    pub fn lookup(&self, stem: &str, direction: Direction) -> Vec<Translation> {
        let (source, target) = self.sides(direction);
        let Some(word) = self.find(source, stem) else { return Vec::new() };
        self.row(source, target, word)
    }

    /// Returns stem, form and observations of the words of the source language whose stem begins so, by their stems.
    pub fn words_beginning<'t>(
        &'t self,
        beginning: &'t str,
        direction: Direction,
    ) -> impl Iterator<Item = (&'t str, &'t str, f32)> {
        let (source, _) = self.sides(direction);
        let first = self.place(source, beginning);
        let words = (first..source.words).map_while(move |number| {
            let (stem, form) = self.word(source, number)?;
            Some((stem, form, self.observations(source, number)))
        });
        words.take_while(move |(stem, _, _)| stem.starts_with(beginning))
    }

    /// Returns how often training saw a word, or `None` where it did not.
    pub fn seen(&self, stem: &str, direction: Direction) -> Option<f32> {
        self.printed(stem, direction).map(|(_, times)| times)
    }

    /// Returns the form in which training saw a word most, and how often it saw the word, or `None` where it did not.
    pub fn printed(&self, stem: &str, direction: Direction) -> Option<(&str, f32)> {
        let (source, _) = self.sides(direction);
        let word = self.find(source, stem)?;
        Some((self.word(source, word)?.1, self.observations(source, word)))
    }

    fn sides(&self, direction: Direction) -> (&Side, &Side) {
        match direction {
            Direction::EnglishToRussian => (&self.english, &self.russian),
            Direction::RussianToEnglish => (&self.russian, &self.english),
        }
    }

    /// Returns the number of a stem by binary search.
    fn find(&self, side: &Side, stem: &str) -> Option<usize> {
        let place = self.place(side, stem);
        (self.word(side, place)?.0 == stem).then_some(place)
    }

    /// Returns the place of the first word whose stem is not before this one; words that cannot be read come before.
    fn place(&self, side: &Side, stem: &str) -> usize {
        let (mut low, mut high) = (0, side.words);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.word(side, middle) {
                Some((known, _)) if known >= stem => high = middle,
                _ => low = middle + 1,
            }
        }
        low
    }

    /// Returns stem and form of a word.
    fn word(&self, side: &Side, number: usize) -> Option<(&str, &str)> {
        let span = self.span(&side.text_ends, number)?;
        let text = self.bytes.get(side.texts.clone())?.get(span)?;
        std::str::from_utf8(text).ok()?.split_once('\t')
    }

    fn row(&self, source: &Side, target: &Side, word: usize) -> Vec<Translation> {
        let Some(span) = self.span(&source.row_ends, word) else { return Vec::new() };
        let entries = self.bytes.get(source.rows.clone()).and_then(|rows| rows.get(span.start * 4..span.end * 4));
        let entries = entries.unwrap_or_default().chunks_exact(4);
        let translation = |packed: &[u8]| {
            let packed = number_at(packed, 0)?;
            let (stem, form) = self.word(target, (packed >> 8) as usize)?;
            let probability = ((packed & 0xff) + 1) as f32 / STEPS;
            Some(Translation { stem: stem.to_owned(), form: form.to_owned(), probability })
        };
        entries.filter_map(translation).collect()
    }

    fn observations(&self, side: &Side, word: usize) -> f32 {
        let value = number_at(&self.bytes, side.observations.start + word * 4).map_or(0.0, f32::from_bits);
        if value.is_finite() { value.max(0.0) } else { 0.0 }
    }

    /// Returns where the `number`-th item lies, from the ends of the items.
    fn span(&self, ends: &Range<usize>, number: usize) -> Option<Range<usize>> {
        let ends = self.bytes.get(ends.clone())?;
        let start = if number == 0 { 0 } else { number_at(ends, (number - 1) * 4)? as usize };
        let end = number_at(ends, number * 4)? as usize;
        (start <= end).then_some(start..end)
    }
}

impl Side {
    fn lay_out(at: &mut usize, words: usize, text: usize, rows: usize) -> Side {
        let mut take = |length: usize| {
            let start = *at;
            *at = at.saturating_add(length);
            start..*at
        };
        let texts_of_words = words.saturating_mul(4);
        Side {
            words,
            text_ends: take(texts_of_words),
            texts: take(text),
            observations: take(texts_of_words),
            row_ends: take(texts_of_words),
            rows: take(rows.saturating_mul(4)),
        }
    }
}

fn number_at(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(word.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::{Options, Word, train};

    fn words(text: &str) -> Vec<Word> {
        text.split(' ').map(|form| Word { stem: form.to_owned(), form: form.to_owned() }).collect()
    }

    fn table(pairs: &[(&str, &str)]) -> Table {
        train(pairs.iter().map(|(left, right)| (words(left), words(right))), &Options::default())
    }

    fn best(table: &Table, stem: &str, direction: Direction) -> Option<String> {
        table.lookup(stem, direction).into_iter().next().map(|translation| translation.stem)
    }

    #[test]
    fn a_saved_table_is_the_same() {
        let table = table(&[("right", "право"), ("child", "ребенок"), ("child right", "право ребенок")]);
        let mut bytes = Vec::new();
        table.save(&mut bytes).expect("writing to memory");
        let again = Table::from_bytes(bytes).expect("a whole table");
        assert_eq!(again, table);
        assert_eq!(best(&again, "child", Direction::EnglishToRussian).as_deref(), Some("ребенок"));
    }

    #[test]
    fn damaged_bytes_never_panic() {
        let bytes = table(&[("right", "право"), ("child", "ребенок")]).as_bytes().to_vec();
        assert!(matches!(Table::from_bytes(b"something else".to_vec()), Err(TableError::Foreign)));
        for length in 0..bytes.len() {
            assert!(Table::from_bytes(bytes.get(..length).unwrap_or_default().to_vec()).is_err(), "{length}");
        }
        for at in HEADER..bytes.len() {
            let mut damaged = bytes.clone();
            damaged.iter_mut().skip(at).take(4).for_each(|byte| *byte = 0xff);
            let table = Table::from_bytes(damaged).expect("the outline is whole");
            for direction in [Direction::EnglishToRussian, Direction::RussianToEnglish] {
                let _ = table.lookup("right", direction);
                let _ = table.merge(&table, 1.0, &Options::default());
            }
        }
        for at in 12..HEADER {
            let mut damaged = bytes.clone();
            damaged.iter_mut().skip(at).take(1).for_each(|byte| *byte = byte.wrapping_add(1));
            assert!(matches!(Table::from_bytes(damaged), Err(TableError::Damaged(..))), "{at}");
        }
    }

    #[test]
    fn a_merged_table_knows_what_both_know() {
        let general = table(&[("bank", "берег"), ("river", "река")]);
        let own = table(&[("bank", "банк"), ("bank", "банк"), ("loan", "ссуда")]);
        let merged = general.merge(&own, 2.0, &Options::default());
        assert_eq!(best(&merged, "river", Direction::EnglishToRussian).as_deref(), Some("река"));
        assert_eq!(best(&merged, "loan", Direction::EnglishToRussian).as_deref(), Some("ссуда"));
        let bank: Vec<_> =
            merged.lookup("bank", Direction::EnglishToRussian).into_iter().map(|found| found.stem).collect();
        assert_eq!(bank, ["банк", "берег"]);
        assert_eq!(best(&merged, "берег", Direction::RussianToEnglish).as_deref(), Some("bank"));
    }

    #[test]
    fn opening_does_not_read_the_whole() {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([0; HEADER - 8]);
        let table = Table::from_bytes(bytes).expect("an empty table");
        assert!(table.is_empty());
        assert!(table.lookup("right", Direction::EnglishToRussian).is_empty());
    }
}
