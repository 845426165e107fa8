//! Expected counts to the bytes of a table.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::candidates::Links;
use super::super::{Options, Word};
use super::{Direction, MAGIC, STEPS, Side, Table};

/// Words that one side can hold: their numbers have 24 bits.
const MOST_WORDS: usize = 1 << 24;

/// Turns the expected counts of the links into a table.
pub(in crate::learn) fn build(
    links: &Links,
    counts: &[f32],
    english: &[Word],
    russian: &[Word],
    options: &Options,
) -> Table {
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

impl Table {
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

    /// Returns a table without words.
    fn empty() -> Table {
        Table { bytes: Cow::Borrowed(&[]), version: 0, english: Side::default(), russian: Side::default() }
    }
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
