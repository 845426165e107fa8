//! The instruments that references point to, and how to find their names in a text.
//!
//! The rows are data (`instruments.toml`, `general_comments.tsv`, `bodies.tsv`, `laws.tsv`); their names make one trie of
//! stems, which `names` walks. Invariant: all of it is laid out when the program is compiled (`build.rs`) and costs
//! nothing when it starts.

use super::stem::stem;

/// One row of `instruments.toml`.
#[derive(Debug, Clone, Copy)]
pub struct Instrument {
    /// The head of its keys ("CRC", "ILO-C182").
    pub id: &'static str,
    /// Year of adoption.
    pub year: u16,
    /// How many articles it has, where they are counted in one series.
    pub articles: Option<u16>,
    /// The committee that monitors it ("CRC", "CCPR").
    pub committee: Option<&'static str>,
    /// How the symbols of the committee's or the conference's documents on it begin ("CRC/C/OPSC", "NPT/").
    pub symbol: Option<&'static str>,
    /// English names; the first is the one shown.
    pub en: &'static [&'static str],
    /// Russian names; the first is the one shown.
    pub ru: &'static [&'static str],
    /// Abbreviations in either language.
    pub abbr: &'static [&'static str],
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

/// What a name names: an index into the rows of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Instrument(usize),
    Body(usize),
    Law(usize),
}

impl Named {
    /// Reads the number that stands for it in the tables: that of its row, four times, and 1, 2 or 3 for its table.
    fn of(code: u16) -> Option<Named> {
        let row = usize::from(code / 4);
        match code % 4 {
            1 => Some(Named::Instrument(row)),
            2 => Some(Named::Body(row)),
            3 => Some(Named::Law(row)),
            _ => None,
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/registry.rs"));

/// The rows with their look-up tables.
#[derive(Debug)]
pub struct Registry(());

impl Registry {
    /// Returns the registry.
    pub fn get() -> &'static Registry {
        &Registry(())
    }

    /// Returns the rows.
    pub fn rows(&self) -> &'static [Instrument] {
        &ROWS
    }

    pub fn row(&self, index: usize) -> Option<&'static Instrument> {
        ROWS.get(index)
    }

    /// Returns the row of an id ("CRC-OP-SC").
    pub fn by_id(&self, id: &str) -> Option<&'static Instrument> {
        ROWS.get(self.index_of(id)?)
    }

    pub(super) fn index_of(&self, id: &str) -> Option<usize> {
        let at = BY_ID.binary_search_by(|row| ROWS.get(usize::from(*row)).map_or("", |row| row.id).cmp(id)).ok()?;
        BY_ID.get(at).map(|row| usize::from(*row))
    }

    pub(super) fn named_by_abbreviation(&self, abbreviation: &str) -> Option<Named> {
        let at = ABBREVIATIONS.binary_search_by(|(known, _)| (*known).cmp(abbreviation)).ok()?;
        ABBREVIATIONS.get(at).and_then(|(_, code)| Named::of(*code))
    }

    /// Returns the general comments and recommendations.
    pub fn comments(&self) -> &'static [GeneralComment] {
        &COMMENTS
    }

    /// Returns the code of a body ("CRC", "GA").
    pub(super) fn body(&self, index: usize) -> &'static str {
        BODIES.get(index).copied().unwrap_or_default()
    }

    /// Returns the key of a code of law ("Penal Code").
    pub(super) fn law(&self, index: usize) -> &'static str {
        LAWS.get(index).copied().unwrap_or_default()
    }

    /// Whether `laws.tsv` has a law of this key.
    pub(super) fn has_law(&self, key: &str) -> bool {
        LAWS.contains(&key)
    }

    /// Returns the node of the trie of names that a stem leads to.
    pub(super) fn next(&self, node: u32, stem: u32) -> Option<u32> {
        let (from, to) = (*EDGE_STARTS.get(node as usize)?, *EDGE_STARTS.get(node as usize + 1)?);
        let edges = EDGES.get(usize::from(from)..usize::from(to))?;
        let at = edges.binary_search_by_key(&stem, |(label, _)| u32::from(*label)).ok()?;
        edges.get(at).map(|(_, next)| u32::from(*next))
    }

    /// Returns what the name that ends at a node names.
    pub(super) fn named(&self, node: u32) -> Option<Named> {
        ENDS.get(node as usize).and_then(|code| Named::of(*code))
    }

    /// Returns the number of a word's stem in the vocabulary of names, 0 if no name has it.
    pub(super) fn stem_number(&self, word: &str) -> u32 {
        let wanted = stem(word);
        let (mut low, mut high) = (0, STEM_STARTS.len() - 1);
        while low < high {
            let middle = (low + high) / 2;
            let place = usize::from(STEM_STARTS[middle])..usize::from(STEM_STARTS[middle + 1]);
            match STEMS.get(place).unwrap_or_default().cmp(wanted.as_ref()) {
                std::cmp::Ordering::Equal => return middle as u32 + 1,
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        0
    }
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
        for (index, row) in registry.rows().iter().enumerate() {
            assert_eq!(registry.index_of(row.id), Some(index), "{}", row.id);
        }
        assert!(registry.comments().len() > 150);
    }
}
