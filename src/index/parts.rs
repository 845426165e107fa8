//! Work on the parts of a large index, side by side.

use rayon::prelude::*;
use tantivy::SegmentReader;

use super::open::Reader;

/// Entries from which on it pays to wake other threads.
const LARGE: u64 = 100_000;

impl Reader {
    /// Does the same with every part of the index and returns what came of each, in their order.
    pub(crate) fn for_parts<'a, T: Send>(
        &'a self,
        work: impl Fn(u32, &'a SegmentReader) -> tantivy::Result<T> + Sync + Send,
    ) -> tantivy::Result<Vec<T>> {
        let parts: Vec<(u32, &SegmentReader)> = (0..).zip(self.searcher.segment_readers()).collect();
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
