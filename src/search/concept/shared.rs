//! What several concepts of a query are looked up by, read once for all of them.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::{DocId, SegmentReader};

use super::ConceptQuery;
use crate::query::lower::Form;
use crate::search::cursor::Cursor;

/// The units of sequences by which several concepts of a query are looked up: every word of "Convention on the Rights of
/// the Child" is, by the name of it in the other language. They are read once for all of the concepts.
#[derive(Default)]
pub(in crate::search) struct SharedSequences<'a>(FxHashMap<&'a Form, Arc<[(DocId, u32)]>>);

impl<'a> SharedSequences<'a> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the units of a sequence with the frequency in each, where several concepts are looked up by it.
    pub fn get(&self, form: &Form) -> Option<Arc<[(DocId, u32)]>> {
        self.0.get(form).map(Arc::clone)
    }

    /// Reads which units hold the sequences.
    pub fn read(concepts: &'a [ConceptQuery], segment: &SegmentReader) -> tantivy::Result<SharedSequences<'a>> {
        SharedSequences::read_by(concepts, segment, |mut cursor| {
            cursor.seek_first();
            cursor.list()
        })
    }

    /// Reads which units may hold the sequences, as all of their words stand there, with the most matches of each: next to
    /// all of these do hold the name of a treaty, and to read their positions takes most of the time.
    pub fn read_bounds(concepts: &'a [ConceptQuery], segment: &SegmentReader) -> tantivy::Result<SharedSequences<'a>> {
        SharedSequences::read_by(concepts, segment, Cursor::list_bounds)
    }

    fn read_by(
        concepts: &'a [ConceptQuery],
        segment: &SegmentReader,
        list: impl Fn(Cursor) -> Arc<[(DocId, u32)]>,
    ) -> tantivy::Result<SharedSequences<'a>> {
        let mut met: FxHashMap<&Form, (&ConceptQuery, usize)> = FxHashMap::default();
        for concept in concepts {
            for variant in concept.variants.iter() {
                if matches!(variant.form, Form::Sequence { .. }) {
                    met.entry(&variant.form).or_insert((concept, 0)).1 += 1;
                }
            }
        }
        let mut units: FxHashMap<&Form, Arc<[(DocId, u32)]>> = FxHashMap::default();
        for (form, (concept, _)) in met.into_iter().filter(|(_, (_, times))| *times > 1) {
            let found = Cursor::open_to_ask(form, concept.field, concept.reader.part_of(segment), false)?;
            units.insert(form, found.map_or_else(Arc::default, &list));
        }
        Ok(SharedSequences(units))
    }
}
