//! The instruments that references point to, and how to find their names in a text.
//!
//! The rows are data (`instruments.toml`, `general_comments.tsv`); this module only reads them. Names are matched stem
//! by stem through one trie, so that every Russian case ending and every comma is the same name. Invariant: the registry
//! is built once, on first use, and only read afterwards.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;

use super::token::{Kind, Text};

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
    /// How the symbols of the committee's documents on it begin ("CRC/C/OPSC").
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

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NameMatch {
    pub named: Named,
    /// The token after the name.
    pub end: usize,
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

    /// Returns the number of a word's stem in the vocabulary of names, 0 if no name has it.
    pub(super) fn stem_number(&self, word: &str) -> u32 {
        self.stems.get(stem(word).as_ref()).copied().unwrap_or(0)
    }

    /// Returns the row of the convention that a single word names: "Basel", «Стокгольмской».
    pub(super) fn convention_of(&self, text: &Text<'_>, at: usize) -> Option<usize> {
        let node = *self.edges.get(&(0, text.tokens.get(at).map(|token| token.stem).filter(|stem| *stem != 0)?))?;
        ["convention", "конвенц"].iter().find_map(|noun| {
            let end = self.edges.get(&(node, *self.stems.get(*noun)?))?;
            match self.ends.get(end)? {
                Named::Instrument(row) => Some(*row),
                _ => None,
            }
        })
    }

    /// Returns the longest name that starts at a token. Between its words may stand "the", commas, quotation marks,
    /// hyphens and a year ("Minimum Age Convention, 1973").
    pub(super) fn match_name(&self, text: &Text<'_>, from: usize) -> Option<NameMatch> {
        let mut node =
            *self.edges.get(&(0, text.tokens.get(from).map(|token| token.stem).filter(|stem| *stem != 0)?))?;
        let mut at = from + 1;
        let mut best = self.ends.get(&node).map(|named| NameMatch { named: *named, end: at });
        while let Some(token) = text.tokens.get(at) {
            if token.stem != 0
                && let Some(next) = self.edges.get(&(node, token.stem))
            {
                node = *next;
                at += 1;
                if let Some(named) = self.ends.get(&node) {
                    best = Some(NameMatch { named: *named, end: at });
                }
                continue;
            }
            // A bracket may close inside a name only if it opened there.
            if text.is_mark(at, ')') && (from..at).any(|inside| text.is_mark(inside, '(')) {
                at += 1;
                continue;
            }
            match skip_inside_name(text, at) {
                0 => break,
                skipped => at += skipped,
            }
        }
        best
    }
}

/// Returns how many tokens at a place may stand inside a name without being of it.
fn skip_inside_name(text: &Text<'_>, at: usize) -> usize {
    match text.kind(at) {
        Some(Kind::Mark(
            ',' | '"' | '«' | '»' | '“' | '”' | '-' | '‑' | '–' | '/' | '(' | '№' | '\'' | '’' | '[' | ']',
        )) => 1,
        Some(Kind::Mark('.')) if matches!(text.norm(at - 1), "no" | "nos" | "n") => 1,
        Some(Kind::Number) if is_year(text, at) => match text.norm(at + 1) {
            "года" | "год" | "г" | "году" => 2,
            _ => 1,
        },
        Some(Kind::Word) => match text.norm(at) {
            "the" | "on" | "no" | "nos" | "n" => 1,
            "of" | "от" if is_year(text, at + 1) => 2,
            "united" if text.norm(at + 1) == "nations" => 2,
            "оон" => 1,
            "организации" if text.norm(at + 1) == "объединенных" => 3,
            _ => 0,
        },
        _ => 0,
    }
}

pub(super) fn is_year(text: &Text<'_>, at: usize) -> bool {
    text.number(at).is_some_and(|year| (1800..2100).contains(&year))
}

/// The words of a name that count: all but "the", "on" before a name's end, "No." and marks.
fn name_words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|letter: char| !(letter.is_alphanumeric() || letter == '\''))
        .map(|word| word.trim_matches('\'').to_lowercase().replace('ё', "е"))
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
    Some(GeneralComment { committee, form, number: fields.next()?.parse().ok()?, year: fields.next()?.parse().ok()? })
}

/// Case endings of Russian nouns and adjectives, longest first.
const ENDINGS: [&str; 45] = [
    "иями", "ыми", "ими", "ого", "его", "ому", "ему", "ами", "ями", "иях", "иям", "ией", "ьми", "ию", "ии", "ия", "ий",
    "ый", "ой", "ей", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их", "ым", "им", "ом", "ем", "ам", "ям", "ах", "ях",
    "ую", "юю", "ов", "ев", "ою", "ью", "ия", "ье", "ья",
];

/// Returns what the cases of a word have in common. English words keep their form; only spellings are folded.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if !word.chars().next().is_some_and(|first| ('а'..='я').contains(&first)) {
        return stem_english(word);
    }
    let word = word.strip_suffix("ся").filter(|rest| rest.chars().count() >= 6).unwrap_or(word);
    for ending in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 3
        {
            return Cow::Borrowed(stem);
        }
    }
    let short = word.strip_suffix(['а', 'я', 'о', 'е', 'у', 'ю', 'ы', 'и', 'ь', 'й']);
    Cow::Borrowed(short.filter(|stem| stem.chars().count() >= 3).unwrap_or(word))
}

fn stem_english(word: &str) -> Cow<'_, str> {
    let word = word.strip_suffix("'s").unwrap_or(word);
    match word {
        "labor" => return Cow::Borrowed("labour"),
        "organise" => return Cow::Borrowed("organize"),
        _ => {}
    }
    for (british, american) in [("ised", "ized"), ("isation", "ization"), ("ising", "izing"), ("yse", "yze")] {
        if let Some(stem) = word.strip_suffix(british)
            && stem.len() >= 4
        {
            return Cow::Owned(format!("{stem}{american}"));
        }
    }
    Cow::Borrowed(word)
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

    #[test]
    fn cases_share_a_stem() {
        for forms in [
            "конвенция конвенции конвенцию конвенцией конвенций",
            "пакт пакта пактом пакту",
            "устав устава уставом",
            "международный международного международным",
            "принципы принципов принципами принципах",
            "хартия хартии хартию",
        ] {
            let stems: Vec<Cow<'_, str>> = forms.split(' ').map(stem).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{forms}: {stems:?}");
        }
    }
}
