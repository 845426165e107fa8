//! The words of all texts as they are written: for beginnings of words, corrections and names.
//!
//! The index holds stems. Its words stand in lists beside them, each an entry of its own: a commit that brings new words
//! adds a list of these. Words of documents that were removed stay until the index is built anew; whoever takes a word from
//! here asks whether a unit holds its stem.

use rustc_hash::FxHashMap;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocSet, TERMINATED, TantivyDocument, TantivyError};
use tantivy_fst::{Automaton, IntoStreamer, Map, MapBuilder, Streamer};

use super::open::Reader;
use super::schema::Fields;

/// Owner of the lists, in the place of a file. No file is called so.
pub(super) const OWNER: &str = "\u{0}words";
/// Lists from which on they are joined.
pub(super) const MOST_LISTS: usize = 8;

/// Words of an index, each with about how often it stood in the texts that brought it.
#[derive(Default)]
pub(crate) struct Vocabulary {
    lists: Vec<Map<Vec<u8>>>,
}

impl Vocabulary {
    /// Reads the lists of an index.
    pub(super) fn read(reader: &Reader) -> tantivy::Result<Vocabulary> {
        let mut lists = Vec::new();
        let owner = tantivy::Term::from_field_text(reader.fields.owner, OWNER);
        for (_, part) in reader.parts().filter(|(ord, _)| reader.has(*ord, reader.fields.owner)) {
            let terms = part.inverted_index(reader.fields.owner)?;
            let Some(mut entries) = terms.read_postings(&owner, IndexRecordOption::Basic)? else { continue };
            let store = part.get_store_reader(1)?;
            while entries.doc() != TERMINATED {
                if !part.is_deleted(entries.doc()) {
                    let entry: TantivyDocument = store.get(entries.doc())?;
                    let bytes = entry.get_first(reader.fields.words).and_then(|value| value.as_bytes());
                    let list = bytes.and_then(|bytes| Map::from_bytes(bytes.to_vec()).ok());
                    lists.push(list.ok_or_else(|| TantivyError::InternalError("a list of words".to_owned()))?);
                }
                entries.advance();
            }
        }
        Ok(Vocabulary { lists })
    }

    /// Returns the number of lists.
    pub(super) fn lists(&self) -> usize {
        self.lists.len()
    }

    pub fn contains(&self, word: &str) -> bool {
        self.lists.iter().any(|list| list.contains_key(word))
    }

    /// Calls `visit` with the words from `from` on and before `end` that an automaton admits, and about how often each
    /// stood in the texts.
    pub fn search<A: Automaton>(
        &self,
        automaton: impl Fn() -> A,
        (from, end): (&str, Option<&str>),
        visit: &mut dyn FnMut(&str, u64),
    ) {
        for list in &self.lists {
            let range = list.search(automaton()).ge(from);
            let mut words = if let Some(end) = end { range.lt(end) } else { range }.into_stream();
            while let Some((word, times)) = words.next() {
                if let Ok(word) = std::str::from_utf8(word) {
                    visit(word, often(times));
                }
            }
        }
    }

    /// Calls `visit` with words that begin so, no more than `most` of each list, and about how often each stood in the texts.
    pub fn beginning_with(&self, beginning: &str, most: usize, visit: &mut dyn FnMut(&str, u64)) {
        for list in &self.lists {
            let mut words = list.range().ge(beginning).into_stream();
            for _ in 0..most {
                match words.next().map(|(word, times)| (std::str::from_utf8(word), times)) {
                    Some((Ok(word), times)) if word.starts_with(beginning) => visit(word, often(times)),
                    _ => break,
                }
            }
        }
    }

    /// Takes new words in, and returns the list that the index lacks of them, and whether it is in the place of all others;
    /// `None` where all are known.
    pub(super) fn add(&mut self, noted: FxHashMap<Box<str>, u32>) -> Option<(Vec<u8>, bool)> {
        let fresh = noted.into_iter().filter(|(word, _)| !self.contains(word));
        let mut words: Vec<(Box<[u8]>, u64)> =
            fresh.map(|(word, times)| (word.into_boxed_bytes(), times.max(1).ilog2().into())).collect();
        if words.is_empty() {
            return None;
        }
        let joined = self.lists.len() + 1 >= MOST_LISTS;
        let known = if joined { std::mem::take(&mut self.lists) } else { Vec::new() };
        for list in known {
            let mut known = list.stream();
            while let Some((word, times)) = known.next() {
                words.push((word.into(), times));
            }
        }
        words.sort_unstable();
        words.dedup_by(|left, right| left.0 == right.0);
        let mut builder = MapBuilder::memory();
        builder.extend_iter(words).ok()?;
        let bytes = builder.into_inner().ok()?;
        self.lists.push(Map::from_bytes(bytes.clone()).ok()?);
        Some((bytes, joined))
    }
}

/// Returns about how often a word stood in the texts: a list keeps the logarithm, which needs hardly any room.
fn often(logarithm: u64) -> u64 {
    1 << logarithm.min(u64::from(u32::BITS))
}

/// Returns the entry of a list.
pub(super) fn entry(fields: &Fields, list: &[u8]) -> TantivyDocument {
    let mut entry = TantivyDocument::default();
    entry.add_text(fields.owner, OWNER);
    entry.add_bytes(fields.words, list);
    entry
}

#[cfg(test)]
mod tests {
    use tantivy_fst::automaton::AlwaysMatch;

    use super::*;

    fn words(vocabulary: &Vocabulary, range: (&str, Option<&str>)) -> Vec<(String, u64)> {
        let mut words = Vec::new();
        vocabulary.search(|| AlwaysMatch, range, &mut |word, times| {
            words.push((word.to_owned(), times));
        });
        words.sort();
        words
    }

    fn noted(words: &[(&str, u32)]) -> FxHashMap<Box<str>, u32> {
        words.iter().map(|(word, times)| ((*word).into(), *times)).collect()
    }

    #[test]
    fn new_words_come_in_lists_of_their_own_until_they_are_joined() {
        let mut vocabulary = Vocabulary::default();
        assert!(vocabulary.add(noted(&[])).is_none());
        let (_, joined) = vocabulary.add(noted(&[("births", 5), ("birth", 1)])).expect("new words");
        assert!(!joined);
        assert!(vocabulary.add(noted(&[("birth", 9)])).is_none(), "known already");
        for at in 1..MOST_LISTS {
            let word = format!("право{at}");
            let (list, joined) = vocabulary.add(noted(&[(&word, 1), ("birth", 1)])).expect("a new word");
            assert_eq!(joined, at + 1 == MOST_LISTS);
            assert_eq!(Map::from_bytes(list).expect("a list").len(), if joined { MOST_LISTS + 1 } else { 1 });
        }
        assert_eq!(vocabulary.lists(), 1);
        let own = |word: &str, times| (word.to_owned(), times);
        assert_eq!(words(&vocabulary, ("b", Some("c"))), [own("birth", 1), own("births", 4)]);
        assert_eq!(words(&vocabulary, ("п", None)).len(), MOST_LISTS - 1);
        let mut begun = Vec::new();
        vocabulary.beginning_with("birth", 1, &mut |word, _| begun.push(word.to_owned()));
        vocabulary.beginning_with("право", 3, &mut |word, _| begun.push(word.to_owned()));
        assert_eq!(begun, ["birth", "право1", "право2", "право3"]);
        assert!(vocabulary.contains("births") && !vocabulary.contains("birt"));
    }
}
