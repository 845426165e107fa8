//! The parts of an index: work on them side by side, and what all of them hold together.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::directory::CompositeFile;
use tantivy::index::InvertedIndexReader;
use tantivy::schema::{Field, Term};
use tantivy::{Directory, Index, Searcher, SegmentReader};

use super::open::Reader;

/// Entries from which on it pays to wake other threads.
const LARGE: u64 = 100_000;
/// Entries of a part below which it may lack a field: it holds the records of files that gave nothing, or little more.
const SMALL: u32 = 64;

/// Which fields the small parts of an index have. To open the words of a field that a part does not have takes longer than
/// to answer a query: tantivy builds an empty dictionary for it.
#[derive(Clone, Default)]
pub(crate) struct FieldsOfParts(Arc<FxHashMap<u32, CompositeFile>>);

impl FieldsOfParts {
    /// Looks into the small parts of an index.
    pub(super) fn of(index: &Index, searcher: &Searcher) -> tantivy::Result<FieldsOfParts> {
        let mut fields = FxHashMap::default();
        for (ord, part) in (0..).zip(searcher.segment_readers()).filter(|(_, part)| part.max_doc() < SMALL) {
            let dictionaries = format!("{}.term", part.segment_id().uuid_string());
            let file = index.directory().open_read(Path::new(&dictionaries))?;
            fields.insert(ord, CompositeFile::open(&file)?);
        }
        Ok(FieldsOfParts(Arc::new(fields)))
    }

    fn has(&self, part: u32, field: Field) -> bool {
        self.0.get(&part).is_none_or(|fields| fields.open_read(field).is_some())
    }
}

impl Reader {
    /// Returns the parts of the index by number.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (u32, &SegmentReader)> {
        (0..).zip(self.searcher.segment_readers())
    }

    /// Whether a part has anything in a field; may be wrong only by saying yes.
    pub(crate) fn has(&self, part: u32, field: Field) -> bool {
        self.fields_of_parts.has(part, field)
    }

    /// Opens the terms of a field in all parts that have any.
    pub(crate) fn terms(
        &self,
        field: Field,
    ) -> impl Iterator<Item = tantivy::Result<(u32, Arc<InvertedIndexReader>)>> + '_ {
        let parts = self.parts().filter(move |(ord, _)| self.has(*ord, field));
        parts.map(move |(ord, part)| Ok((ord, part.inverted_index(field)?)))
    }

    /// Returns how many entries have a term in a field, deleted ones included.
    pub(crate) fn frequency(&self, field: Field, text: &str) -> tantivy::Result<u64> {
        self.frequency_of(&Term::from_field_text(field, text))
    }

    /// As [`Reader::frequency`].
    pub(crate) fn frequency_of(&self, term: &Term) -> tantivy::Result<u64> {
        let mut sum = 0;
        for terms in self.terms(term.field()) {
            sum += u64::from(terms?.1.doc_freq(term)?);
        }
        Ok(sum)
    }

    /// Returns the number of words in a field of all entries.
    pub(crate) fn words_in(&self, field: Field) -> tantivy::Result<u64> {
        let mut sum = 0;
        for terms in self.terms(field) {
            sum += terms?.1.total_num_tokens();
        }
        Ok(sum)
    }

    /// Does the same with every part of the index and returns what came of each, in their order.
    pub(crate) fn for_parts<'a, T: Send>(
        &'a self,
        work: impl Fn(u32, &'a SegmentReader) -> tantivy::Result<T> + Sync + Send,
    ) -> tantivy::Result<Vec<T>> {
        let parts: Vec<(u32, &SegmentReader)> = self.parts().collect();
        self.side_by_side(&parts, |(ord, part)| work(*ord, part))
    }

    /// Does every piece of some work on the index and returns what came of each, in their order. Only a large index is
    /// worth more than one thread.
    pub(crate) fn side_by_side<I: Sync, T: Send>(
        &self,
        pieces: &[I],
        work: impl Fn(&I) -> tantivy::Result<T> + Sync + Send,
    ) -> tantivy::Result<Vec<T>> {
        if pieces.len() > 1 && self.searcher.num_docs() >= LARGE {
            pieces.par_iter().map(work).collect()
        } else {
            pieces.iter().map(work).collect()
        }
    }
}
