//! The table of translations: read in place, without unpacking, so that opening it costs nothing.
//!
//! Invariant: no bytes, however damaged, make a look-up panic; at worst it finds nothing.
//!
//! Layout, little endian: the magic, then the version of the analyzer that made the stems, then for English and for
//! Russian the number of words, the bytes of their text and the number of translations; then for each side the ends of
//! the texts (u32), the texts ("stem TAB form", sorted), the observations of each word (f32), the ends of its rows
//! (u32) and its rows: the number of the word on the other side (24 bits) above the probability in 256ths less one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use super::candidates::Links;
use super::{Options, Word};
use crate::document::Language;

const MAGIC: &[u8; 8] = b"PINCTT1\n";
const HEADER: usize = 8 + 7 * 4;
/// Steps of a stored probability.
const STEPS: f32 = 256.0;
/// Words that one side can hold: their numbers have 24 bits.
const MOST_WORDS: usize = 1 << 24;

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
        let (source, _) = self.sides(direction);
        self.find(source, stem).map(|word| self.observations(source, word))
    }

    /// Returns one table that knows what both know. Where both know a word, the probabilities are weighted by how often
    /// each has seen it; an observation of `other` counts `trust` times.
    pub fn merge(&self, other: &Table, trust: f32, options: &Options) -> Table {
        let mut builder = Builder::default();
        for (table, trust) in [(self, 1.0), (other, trust)] {
            for (direction, entries) in [
                (Direction::EnglishToRussian, &mut builder.forward),
                (Direction::RussianToEnglish, &mut builder.backward),
            ] {
                table.collect(direction, trust, entries);
            }
        }
        builder.version = self.version.max(other.version);
        builder.finish(options)
    }

    fn collect(&self, direction: Direction, trust: f32, entries: &mut Entries) {
        let (source, target) = self.sides(direction);
        for number in 0..source.words {
            let Some((stem, form)) = self.word(source, number) else { continue };
            let observations = self.observations(source, number) * trust;
            let entry = entries.entry(stem.to_owned()).or_default();
            entry.remember(form, observations);
            for translation in self.row(source, target, number) {
                let count = entry.translations.entry(translation.stem).or_insert((translation.form, 0.0));
                count.1 += translation.probability * observations;
            }
        }
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

/// Turns the expected counts of the links into a table.
pub(super) fn build(links: &Links, counts: &[f32], english: &[Word], russian: &[Word], options: &Options) -> Table {
    let mut builder = Builder { version: options.analyzer_version, ..Builder::default() };
    for (number, left) in (0u32..).zip(english) {
        for link in links.of(number) {
            let count = counts.get(link).copied().unwrap_or_default();
            let Some(right) = russian.get(links.target(link) as usize) else { continue };
            if count > 0.0 {
                observe(&mut builder.forward, left, right, count);
                observe(&mut builder.backward, right, left, count);
            }
        }
    }
    for entry in builder.forward.values_mut().chain(builder.backward.values_mut()) {
        entry.observations += options.doubt;
    }
    builder.finish(options)
}

fn observe(entries: &mut Entries, source: &Word, target: &Word, count: f32) {
    let entry = entries.entry(source.stem.clone()).or_default();
    entry.remember(&source.form, count);
    entry.translations.entry(target.stem.clone()).or_insert_with(|| (target.form.clone(), 0.0)).1 += count;
}

/// Words of one language in the order of their stems.
type Entries = BTreeMap<String, Entry>;

#[derive(Default)]
struct Entry {
    form: String,
    /// Observations of the table that gave the form.
    form_observations: f32,
    observations: f32,
    /// By stem: form and expected count.
    translations: BTreeMap<String, (String, f32)>,
}

impl Entry {
    fn remember(&mut self, form: &str, observations: f32) {
        self.observations += observations;
        if self.form.is_empty() || observations > self.form_observations {
            form.clone_into(&mut self.form);
            self.form_observations = observations;
        }
    }

    /// Returns the translations worth keeping, most likely first.
    fn likeliest(&self, options: &Options) -> Vec<(&str, &str, f32)> {
        let total = self.observations.max(f32::MIN_POSITIVE);
        let mut kept: Vec<(&str, &str, f32)> = self
            .translations
            .iter()
            .map(|(stem, (form, count))| (stem.as_str(), form.as_str(), (count / total).min(1.0)))
            .filter(|(_, _, probability)| *probability >= options.least)
            .collect();
        kept.sort_by(|left, right| right.2.total_cmp(&left.2).then(left.0.cmp(right.0)));
        kept.truncate(options.most);
        kept
    }
}

#[derive(Default)]
struct Builder {
    version: u32,
    forward: Entries,
    backward: Entries,
}

impl Builder {
    /// Writes both directions; words are kept that have a translation or are one.
    fn finish(self, options: &Options) -> Table {
        let forward = keep(&self.forward, options);
        let backward = keep(&self.backward, options);
        let english = numbered(&forward, &backward, &self.forward);
        let russian = numbered(&backward, &forward, &self.backward);
        let mut bytes = MAGIC.to_vec();
        let left = write_side(&english, &forward, &russian);
        let right = write_side(&russian, &backward, &english);
        push(&mut bytes, self.version);
        for side in [&left, &right] {
            [side.words, side.text, side.rows].into_iter().for_each(|number| push(&mut bytes, number as u32));
        }
        bytes.extend(left.bytes);
        bytes.extend(right.bytes);
        Table::from_bytes(bytes).unwrap_or_else(|_| Table::empty())
    }
}

impl Table {
    /// Returns a table without words.
    fn empty() -> Table {
        Table { bytes: Cow::Borrowed(&[]), version: 0, english: Side::default(), russian: Side::default() }
    }
}

type Kept<'a> = BTreeMap<&'a str, (f32, Vec<(&'a str, &'a str, f32)>)>;

fn keep<'a>(entries: &'a Entries, options: &Options) -> Kept<'a> {
    let rows = entries.iter().map(|(stem, entry)| (stem.as_str(), (entry.observations, entry.likeliest(options))));
    rows.filter(|(_, (_, row))| !row.is_empty()).collect()
}

/// Returns number, form by stem: the words that have a translation, and those that are one.
fn numbered<'a>(own: &Kept<'a>, other: &Kept<'a>, entries: &'a Entries) -> BTreeMap<&'a str, (u32, &'a str)> {
    let mut words: BTreeMap<&str, &str> = BTreeMap::new();
    for (stem, form, _) in other.values().flat_map(|(_, row)| row) {
        words.insert(stem, form);
    }
    for stem in own.keys() {
        let form = entries.get(*stem).map_or("", |entry| entry.form.as_str());
        words.insert(stem, form);
    }
    (0..).zip(words).take(MOST_WORDS).map(|(number, (stem, form))| (stem, (number, form))).collect()
}

struct Written {
    words: usize,
    text: usize,
    rows: usize,
    bytes: Vec<u8>,
}

fn write_side(words: &BTreeMap<&str, (u32, &str)>, rows: &Kept, targets: &BTreeMap<&str, (u32, &str)>) -> Written {
    let (mut text_ends, mut texts, mut observations, mut row_ends, mut packed) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut entries = 0;
    for (stem, (_, form)) in words {
        texts.extend(format!("{stem}\t{form}").bytes());
        push(&mut text_ends, texts.len() as u32);
        let (observed, row) =
            rows.get(stem).map_or((0.0, [].as_slice()), |(observed, row)| (*observed, row.as_slice()));
        push(&mut observations, observed.to_bits());
        for (target, _, probability) in row {
            let Some((number, _)) = targets.get(target) else { continue };
            let step = ((probability * STEPS).round() as u32).clamp(1, STEPS as u32) - 1;
            push(&mut packed, number << 8 | step);
            entries += 1;
        }
        push(&mut row_ends, entries);
    }
    let text = texts.len();
    let bytes = [text_ends, texts, observations, row_ends, packed].concat();
    Written { words: words.len(), text, rows: entries as usize, bytes }
}

fn push(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend(number.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::train;

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
