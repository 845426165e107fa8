//! The units in which one of several forms stands, for whoever counts them: no scores, no order of lists.

use rustc_hash::FxHashSet;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{BitSet, DocId, Score, SegmentReader, TERMINATED};

use super::cursor::Cursor;
use crate::query::lower::Form;

/// Forms with the field in which each is looked up, every one once: words of a query share many of their forms.
#[derive(Debug, Clone)]
pub(super) struct AnyOf {
    forms: Vec<(Field, Form)>,
}

impl AnyOf {
    pub fn new(forms: impl IntoIterator<Item = (Field, Form)>) -> AnyOf {
        let mut seen = FxHashSet::default();
        AnyOf { forms: forms.into_iter().filter(|form| seen.insert(form.clone())).collect() }
    }

    fn units(&self, segment: &SegmentReader) -> tantivy::Result<BitSet> {
        let mut units = BitSet::with_max_value(segment.max_doc());
        for (field, form) in &self.forms {
            let (field, text) = match form {
                Form::Term(text) => (*field, text),
                Form::Key(field, key) => (*field, key),
                Form::Sequence { .. } => {
                    if let Some(mut cursor) = Cursor::open(form, *field, segment, false)? {
                        cursor.each_before(TERMINATED, |unit, _| {
                            units.insert(unit);
                        });
                    }
                    continue;
                }
            };
            let term = Term::from_field_text(field, text);
            let postings = segment.inverted_index(field)?.read_block_postings(&term, IndexRecordOption::Basic)?;
            insert_all(postings, &mut units);
        }
        Ok(units)
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

    fn explain(&self, _segment: &SegmentReader, _unit: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("any of some forms", 1.0))
    }
}
