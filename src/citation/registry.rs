//! The instruments that references point to, and how to find their names in a text.
//!
//! The rows are data (`instruments.toml`, `general_comments.tsv`); this module only reads them. Their names make one trie
//! of stems, which `names` walks. Invariant: the registry is built once, on first use, and only read afterwards.

use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;

use super::stem::{push_folded, stem};

/// One row of `instruments.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// The head of its keys ("CRC", "ILO-C182").
    pub id: String,
    /// Year of adoption.
    pub year: u16,
    /// How many articles it has, where they are counted in one series.
    pub articles: Option<u16>,
    /// The committee that monitors it ("CRC", "CCPR").
    pub committee: Option<String>,
    /// How the symbols of the committee's or the conference's documents on it begin ("CRC/C/OPSC", "NPT/").
    pub symbol: Option<String>,
    /// English names; the first is the one shown.
    pub en: Vec<String>,
    /// Russian names; the first is the one shown.
    pub ru: Vec<String>,
    /// Abbreviations in either language.
    #[serde(default)]
    pub abbr: Vec<String>,
}

/// One row of `general_comments.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GeneralComment {
    pub committee: &'static str,
    /// "GC" or "GR".
    pub form: &'static str,
    pub number: u16,
    pub year: u16,
    /// The article of the committee's treaty that it is on, where it is on one alone.
    pub article: Option<&'static str>,
}

#[derive(Deserialize)]
struct Rows {
    instrument: Vec<Instrument>,
}

/// The rows with their look-up tables.
#[derive(Debug)]
pub struct Registry {
    rows: Vec<Instrument>,
    by_id: FxHashMap<String, usize>,
    by_abbreviation: FxHashMap<String, Named>,
    stems: FxHashMap<String, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    /// What the name that ends at a node names.
    ends: FxHashMap<u32, Named>,
    comments: Vec<GeneralComment>,
    bodies: Vec<Names>,
    laws: Vec<Names>,
}

/// What a name names: an index into the rows of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Instrument(usize),
    Body(usize),
    Law(usize),
}

/// One row of `bodies.tsv` or `laws.tsv`.
#[derive(Debug)]
pub(super) struct Names {
    pub key: &'static str,
    names: [&'static str; 2],
    abbreviations: &'static str,
}

impl Registry {
    /// Returns the registry, built on the first call.
    pub fn get() -> &'static Registry {
        static REGISTRY: OnceLock<Registry> = OnceLock::new();
        REGISTRY.get_or_init(Registry::build)
    }

    fn build() -> Registry {
        let rows: Rows = toml::from_str(include_str!("instruments.toml")).unwrap_or(Rows { instrument: Vec::new() });
        let mut registry = Registry {
            by_id: FxHashMap::with_capacity_and_hasher(rows.instrument.len(), FxBuildHasher),
            by_abbreviation: FxHashMap::with_capacity_and_hasher(rows.instrument.len(), FxBuildHasher),
            stems: FxHashMap::with_capacity_and_hasher(2048, FxBuildHasher),
            edges: FxHashMap::with_capacity_and_hasher(8192, FxBuildHasher),
            ends: FxHashMap::with_capacity_and_hasher(1024, FxBuildHasher),
            comments: include_str!("general_comments.tsv").lines().filter_map(read_comment).collect(),
            bodies: include_str!("bodies.tsv").lines().filter_map(read_names).collect(),
            laws: include_str!("laws.tsv").lines().filter_map(read_names).collect(),
            rows: rows.instrument,
        };
        let rows = std::mem::take(&mut registry.rows);
        for (index, row) in rows.iter().enumerate() {
            registry.by_id.insert(row.id.clone(), index);
            for abbreviation in &row.abbr {
                registry.by_abbreviation.entry(abbreviation.clone()).or_insert(Named::Instrument(index));
            }
            for name in row.en.iter().chain(&row.ru) {
                registry.insert_name(name, Named::Instrument(index));
            }
        }
        registry.rows = rows;
        let bodies = std::mem::take(&mut registry.bodies);
        registry.insert_table(&bodies, Named::Body);
        registry.bodies = bodies;
        let laws = std::mem::take(&mut registry.laws);
        registry.insert_table(&laws, Named::Law);
        registry.laws = laws;
        registry
    }

    fn insert_table(&mut self, table: &[Names], named: fn(usize) -> Named) {
        for (index, row) in table.iter().enumerate() {
            for name in row.names.iter().flat_map(|names| names.split(';')).filter(|name| !name.is_empty()) {
                self.insert_name(name, named(index));
            }
            for abbreviation in row.abbreviations.split(';').filter(|abbreviation| !abbreviation.is_empty()) {
                self.by_abbreviation.entry(abbreviation.to_owned()).or_insert(named(index));
            }
        }
    }

    fn insert_name(&mut self, name: &str, named: Named) {
        let mut node = 0;
        for word in name_words(name) {
            let stem = stem(&word);
            let next = self.stems.len() as u32 + 1;
            let number = match self.stems.get(stem.as_ref()) {
                Some(number) => *number,
                None => *self.stems.entry(stem.into_owned()).or_insert(next),
            };
            let fresh = self.edges.len() as u32 + 1;
            node = *self.edges.entry((node, number)).or_insert(fresh);
        }
        self.ends.entry(node).or_insert(named);
    }

    /// Returns the rows.
    pub fn rows(&self) -> &[Instrument] {
        &self.rows
    }

    pub fn row(&self, index: usize) -> Option<&Instrument> {
        self.rows.get(index)
    }

    /// Returns the row of an id ("CRC-OP-SC").
    pub fn by_id(&self, id: &str) -> Option<&Instrument> {
        self.rows.get(*self.by_id.get(id)?)
    }

    pub(super) fn index_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn named_by_abbreviation(&self, abbreviation: &str) -> Option<Named> {
        self.by_abbreviation.get(abbreviation).copied()
    }

    /// Returns the general comments and recommendations.
    pub fn comments(&self) -> &[GeneralComment] {
        &self.comments
    }

    /// Returns the code of a body ("CRC", "GA").
    pub(super) fn body(&self, index: usize) -> &'static str {
        self.bodies.get(index).map_or("", |row| row.key)
    }

    /// Returns the key of a code of law ("Penal Code").
    pub(super) fn law(&self, index: usize) -> &'static str {
        self.laws.get(index).map_or("", |row| row.key)
    }

    /// Whether `laws.tsv` has a law of this key.
    pub(super) fn has_law(&self, key: &str) -> bool {
        self.laws.iter().any(|row| row.key == key)
    }

    /// Returns the node of the trie of names that a stem leads to.
    pub(super) fn next(&self, node: u32, stem: u32) -> Option<u32> {
        self.edges.get(&(node, stem)).copied()
    }

    /// Returns what the name that ends at a node names.
    pub(super) fn named(&self, node: u32) -> Option<Named> {
        self.ends.get(&node).copied()
    }

    /// Returns the number of a word's stem in the vocabulary of names, 0 if no name has it.
    pub(super) fn stem_number(&self, word: &str) -> u32 {
        self.stems.get(stem(word).as_ref()).copied().unwrap_or(0)
    }
}

/// The words of a name that count: all but "the", "on" before a name's end, "No." and marks.
fn name_words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|letter: char| !(letter.is_alphanumeric() || letter == '\''))
        .map(|word| {
            let mut folded = String::with_capacity(word.len());
            word.trim_matches('\'').chars().for_each(|letter| push_folded(letter, &mut folded));
            folded
        })
        .filter(|word| !word.is_empty() && word != "the" && word != "no" && word != "on")
}

fn read_names(line: &'static str) -> Option<Names> {
    let mut fields = line.split('\t');
    let key = fields.next().filter(|key| !key.is_empty() && !key.starts_with('#'))?;
    let names = [fields.next()?, fields.next()?];
    Some(Names { key, names, abbreviations: fields.next().unwrap_or_default() })
}

fn read_comment(line: &'static str) -> Option<GeneralComment> {
    let mut fields = line.split('\t');
    let committee = fields.next().filter(|field| !field.starts_with('#'))?;
    let form = fields.next()?;
    let number = fields.next()?.parse().ok()?;
    let year = fields.next()?.parse().ok()?;
    let article = fields.next().filter(|article| !article.is_empty());
    Some(GeneralComment { committee, form, number, year, article })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_complete_and_its_own() {
        let registry = Registry::get();
        assert!(registry.rows().len() > 200, "only {} rows were read", registry.rows().len());
        for row in registry.rows() {
            assert!(!row.en.is_empty() && !row.ru.is_empty(), "{} lacks a name", row.id);
            assert!((1900..2100).contains(&row.year), "{} was adopted in {}", row.id, row.year);
            assert!(row.articles.is_none_or(|articles| articles > 0), "{} has no articles", row.id);
        }
        assert_eq!(registry.by_id.len(), registry.rows().len(), "two rows share an id");
        assert!(registry.comments().len() > 150);
    }
}
