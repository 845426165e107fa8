//! The units in which one of several forms stands, for whoever counts them: no scores, no order of lists.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::cursor::Cursor;
use crate::analyzer::Endings;
use crate::index::open::Reader;
use crate::query::lower::Form;

/// What is looked up, with the field, every form once: words of a query share many of their forms.
#[derive(Debug, Clone)]
pub(super) struct AnyOf {
    reader: Reader,
    terms: Vec<(Field, String)>,
    /// Exact words, by their stems, of which none is among the terms.
    written: Vec<((Field, String), Endings)>,
    /// Words in a row of which none is among the terms: the others are found by these.
    sequences: Vec<(Field, Form)>,
}

impl AnyOf {
    pub fn new(reader: &Reader, forms: impl IntoIterator<Item = (Field, Form)>) -> AnyOf {
        let (mut terms, mut sequences) = (FxHashSet::default(), FxHashSet::default());
        let mut written: FxHashMap<(Field, String), Endings> = FxHashMap::default();
        for (field, form) in forms {
            match form {
                Form::Term(text) => match reader.written(field, &text) {
                    Some((stem, endings)) => {
                        let known = written.entry((field, stem)).or_default();
                        *known = known.or(endings);
                    }
                    None => _ = terms.insert((field, text)),
                },
                Form::Key(field, key) => _ = terms.insert((field, key)),
                Form::Sequence { .. } => _ = sequences.insert((field, form)),
            }
        }
        sequences.retain(|(field, form)| {
            let Form::Sequence { terms: row, .. } = form else { return false };
            !row.iter().any(|(_, text)| terms.contains(&(*field, text.clone())))
        });
        written.retain(|stem, _| !terms.contains(stem));
        AnyOf {
            reader: reader.clone(),
            terms: terms.into_iter().collect(),
            written: written.into_iter().collect(),
            sequences: sequences.into_iter().collect(),
        }
    }

    fn units(&self, segment: &SegmentReader) -> tantivy::Result<BitSet> {
        let part = self.reader.part_of(segment);
        let mut units = BitSet::with_max_value(segment.max_doc());
        for (field, text) in &self.terms {
            insert_all(part.blocks(*field, text, IndexRecordOption::Basic)?, &mut units);
        }
        for ((field, stem), endings) in &self.written {
            insert_row(Cursor::of_written(stem, *endings, *field, part)?, &mut units);
        }
        for (field, form) in &self.sequences {
            insert_row(Cursor::open_to_ask(form, *field, part, false)?, &mut units);
        }
        Ok(units)
    }
}

fn insert_row(cursor: Option<Cursor>, units: &mut BitSet) {
    let Some(Cursor::Sequence(mut row)) = cursor else { return };
    let mut unit = row.seek_worthy(0, &mut |unit, _| !units.contains(unit));
    while unit != TERMINATED {
        units.insert(unit);
        unit = row.advance_to_worthy(&mut |unit, _| !units.contains(unit));
    }
}

fn insert_all(postings: Option<BlockSegmentPostings>, units: &mut BitSet) {
    let Some(mut postings) = postings else { return };
    while !postings.docs().is_empty() {
        for unit in postings.docs() {
            units.insert(*unit);
        }
        postings.advance();
    }
}

impl Query for AnyOf {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for AnyOf {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(self.units(segment)?), boost)))
    }

    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        let units = self.units(segment)?;
        Ok(match segment.alive_bitset() {
            Some(alive) => BitSetDocSet::from(units).count(alive),
            None => units.len() as u32,
        })
    }

    fn explain(&self, _segment: &SegmentReader, _unit: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("any of some forms", 1.0))
    }
}
