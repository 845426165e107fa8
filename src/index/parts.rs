//! The parts of an index: work on them side by side, and what all of them hold together.

use std::sync::Arc;

use rayon::prelude::*;
use tantivy::SegmentReader;
use tantivy::index::InvertedIndexReader;
use tantivy::schema::Field;

use super::open::Reader;

/// Entries from which on it pays to wake other threads.
const LARGE: u64 = 100_000;

impl Reader {
    /// Returns the parts of the index by number.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (u32, &SegmentReader)> {
        (0..).zip(self.searcher.segment_readers())
    }

    /// Opens the terms of a field in all parts that have any.
    pub(crate) fn terms(
        &self,
        field: Field,
    ) -> impl Iterator<Item = tantivy::Result<(u32, Arc<InvertedIndexReader>)>> + '_ {
        self.parts().filter_map(move |(ord, _)| {
            let terms = self.dictionary(ord, field).transpose()?;
            Some(terms.map(|terms| (ord, terms)))
        })
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

    fn is_large(&self) -> bool {
        self.searcher.num_docs() >= LARGE
    }

    /// Does some work that is done side by side here and there. The threads for it take it over as a whole: to hand every
    /// step over to them and wait costs a small query a quarter of its time.
    pub(crate) fn in_threads<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        if self.is_large() { rayon::scope(|_| work()) } else { work() }
    }

    /// Does every piece of some work on the index and returns what came of each, in their order. Only a large index is
    /// worth more than one thread.
    pub(crate) fn side_by_side<I: Sync, T: Send>(
        &self,
        pieces: &[I],
        work: impl Fn(&I) -> tantivy::Result<T> + Sync + Send,
    ) -> tantivy::Result<Vec<T>> {
        if pieces.len() > 1 && self.is_large() {
            pieces.par_iter().map(work).collect()
        } else {
            pieces.iter().map(work).collect()
        }
    }
}
