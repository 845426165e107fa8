//! Where a concept stands in the units of one part of the index, and a scorer for concepts that are not one term.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::bm25;
use crate::index::open::Reader;
use crate::query::lower::{Concept, Form, Variant, document_frequency, record_option};

/// The units in which one variant stands, in order.
pub(super) enum Cursor {
    Term(Box<SegmentPostings>),
    Sequence(Sequence),
}

impl Cursor {
    /// Opens a variant; `None` where the part of the index does not hold it.
    pub fn open(form: &Form, field: Field, reader: &SegmentReader, positions: bool) -> tantivy::Result<Option<Cursor>> {
        let index = reader.inverted_index(field)?;
        let option = if positions { IndexRecordOption::WithFreqsAndPositions } else { record_option(form) };
        let open = |text: &str| index.read_postings(&Term::from_field_text(field, text), option);
        match form {
            Form::Key(field, key) => {
                let postings = reader.inverted_index(*field)?;
                let postings = postings.read_postings(&Term::from_field_text(*field, key), record_option(form))?;
                Ok(postings.map(|postings| Cursor::Term(Box::new(postings))))
            }
            Form::Term(text) => Ok(open(text)?.map(|postings| Cursor::Term(Box::new(postings)))),
            Form::Sequence { terms, distance } => {
                let mut lists = Vec::with_capacity(terms.len());
                for (offset, text) in terms {
                    let Some(postings) = open(text)? else { return Ok(None) };
                    lists.push(List { postings, offset: *offset, positions: Vec::new() });
                }
                Ok(Some(Cursor::Sequence(Sequence::new(lists, *distance))))
            }
        }
    }

    pub fn doc(&self) -> DocId {
        match self {
            Cursor::Term(postings) => postings.doc(),
            Cursor::Sequence(sequence) => sequence.doc,
        }
    }

    pub fn advance(&mut self) -> DocId {
        match self {
            Cursor::Term(postings) => postings.advance(),
            Cursor::Sequence(sequence) => sequence.advance(),
        }
    }

    /// Goes to the first unit from `target` on; never back.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        match self {
            Cursor::Term(postings) => postings.seek(target),
            Cursor::Sequence(sequence) => sequence.seek(target),
        }
    }

    pub fn frequency(&self) -> u32 {
        match self {
            Cursor::Term(postings) => postings.term_freq(),
            Cursor::Sequence(sequence) => sequence.starts.len() as u32,
        }
    }

    /// Adds where the variant begins in the current unit.
    pub fn add_positions(&mut self, positions: &mut Vec<u32>) {
        match self {
            Cursor::Term(postings) => {
                let mut own = Vec::new();
                postings.positions(&mut own);
                positions.extend(own);
            }
            Cursor::Sequence(sequence) => positions.extend(&sequence.starts),
        }
    }

    fn size_hint(&self) -> u32 {
        match self {
            Cursor::Term(postings) => postings.doc_freq(),
            Cursor::Sequence(sequence) => sequence.lists.iter().map(|list| list.postings.doc_freq()).min().unwrap_or(0),
        }
    }
}

struct List {
    postings: SegmentPostings,
    offset: u32,
    positions: Vec<u32>,
}

/// Units that hold several terms in a row or near each other.
pub(super) struct Sequence {
    lists: Vec<List>,
    distance: Option<u32>,
    doc: DocId,
    /// Positions at which a match begins in the current unit.
    starts: Vec<u32>,
}

impl Sequence {
    fn new(mut lists: Vec<List>, distance: Option<u32>) -> Sequence {
        // The rarest term leads.
        lists.sort_by_key(|list| list.postings.doc_freq());
        let mut sequence = Sequence { lists, distance, doc: 0, starts: Vec::new() };
        let first = sequence.lists.first().map_or(TERMINATED, |list| list.postings.doc());
        sequence.settle(first, &mut |_, _| true);
        sequence
    }

    fn advance(&mut self) -> DocId {
        self.advance_to_worthy(&mut |_, _| true)
    }

    /// Goes to the next match among the units that are worth looking at. `worthy` is told a unit that holds all terms
    /// and the most matches it can have; reading the positions is what costs.
    fn advance_to_worthy(&mut self, worthy: &mut dyn FnMut(DocId, u32) -> bool) -> DocId {
        let next = self.lists.first_mut().map_or(TERMINATED, |list| list.postings.advance());
        self.settle(next, worthy)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let next = self.lists.first_mut().map_or(TERMINATED, |list| seek(&mut list.postings, target));
        self.settle(next, &mut |_, _| true)
    }

    /// Finds the first match from a unit on that the leading term has.
    fn settle(&mut self, mut candidate: DocId, worthy: &mut dyn FnMut(DocId, u32) -> bool) -> DocId {
        'candidates: while candidate != TERMINATED {
            for at in 1..self.lists.len() {
                let Some(list) = self.lists.get_mut(at) else { break };
                let found = seek(&mut list.postings, candidate);
                if found != candidate {
                    candidate = self.lists.first_mut().map_or(TERMINATED, |list| seek(&mut list.postings, found));
                    continue 'candidates;
                }
            }
            let most = self.lists.iter().map(|list| list.postings.term_freq()).min().unwrap_or(0);
            if worthy(candidate, most) {
                self.find_starts();
                if !self.starts.is_empty() {
                    break;
                }
            }
            candidate = self.lists.first_mut().map_or(TERMINATED, |list| list.postings.advance());
        }
        self.doc = candidate;
        candidate
    }

    fn find_starts(&mut self) {
        for list in &mut self.lists {
            let offset = if self.distance.is_some() { 0 } else { list.offset };
            list.postings.positions(&mut list.positions);
            // A term that stands before its place in the sequence cannot begin it at a negative position.
            list.positions.retain(|position| *position >= offset);
            list.positions.iter_mut().for_each(|position| *position -= offset);
        }
        self.starts.clear();
        match self.distance {
            None => common(&self.lists, &mut self.starts),
            Some(distance) => windows(&self.lists, distance, &mut self.starts),
        }
    }
}

fn seek(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() >= target { postings.doc() } else { postings.seek(target) }
}

/// Collects the positions that all lists share.
fn common(lists: &[List], starts: &mut Vec<u32>) {
    let Some((first, rest)) = lists.split_first() else { return };
    let shared = |position: &&u32| rest.iter().all(|list| list.positions.binary_search(position).is_ok());
    starts.extend(first.positions.iter().filter(shared));
}

/// Collects the beginnings of windows that hold every term, with at most `distance` other words in them.
fn windows(lists: &[List], distance: u32, starts: &mut Vec<u32>) {
    let mut at = vec![0usize; lists.len()];
    let longest = distance + lists.len() as u32;
    loop {
        let mut window: Option<(u32, usize, u32)> = None;
        for (index, list) in lists.iter().enumerate() {
            let Some(position) = at.get(index).and_then(|at| list.positions.get(*at)).copied() else { return };
            window = Some(match window {
                None => (position, index, position),
                Some((least, _, most)) if position < least => (position, index, most),
                Some((least, least_index, most)) => (least, least_index, most.max(position)),
            });
        }
        let Some((least, least_index, most)) = window else { return };
        let distinct = most > least || lists.len() == 1;
        if distinct && most - least < longest {
            starts.push(least);
            // The next window shares no word with this one.
            for (index, list) in lists.iter().enumerate() {
                if let Some(at) = at.get_mut(index) {
                    *at = list.positions.partition_point(|position| *position <= most);
                }
            }
        } else if let Some(at) = at.get_mut(least_index) {
            *at += 1;
        }
    }
}

/// A concept as a query of tantivy.
#[derive(Debug, Clone)]
pub(super) struct ConceptQuery {
    variants: Arc<Vec<Variant>>,
    field: Field,
    /// Product of the BM25 weight and the concept's own.
    weight: Score,
    average_length: f32,
}

impl ConceptQuery {
    /// Returns the query of a concept in one field. Sequences are looked up only where the field has positions.
    pub fn new(reader: &Reader, concept: &Concept, field: Field, boost: f32) -> tantivy::Result<ConceptQuery> {
        let frequency = document_frequency(&concept.variants, &reader.searcher, field)?;
        let idf = bm25::idf(frequency, reader.searcher.num_docs().max(1) as f32);
        let positions = field == reader.fields.text;
        let usable = |variant: &&Variant| positions || matches!(variant.form, Form::Term(_));
        Ok(ConceptQuery {
            variants: Arc::new(concept.variants.iter().filter(usable).cloned().collect()),
            field,
            weight: bm25::SCALE * idf * concept.weight * boost,
            average_length: bm25::average_length(reader, field)?,
        })
    }
}

impl Query for ConceptQuery {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl ConceptQuery {
    /// Returns the most that the concept scores in any unit: the frequency never saturates wholly.
    pub fn most(&self) -> Score {
        self.weight
    }

    pub fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<ConceptScorer>> {
        let mut cursors = Vec::new();
        for variant in self.variants.iter() {
            if let Some(cursor) = Cursor::open(&variant.form, self.field, reader, false)? {
                cursors.push((cursor, variant.weight));
            }
        }
        if cursors.is_empty() {
            return Ok(None);
        }
        let lengths = reader.get_fieldnorms_reader(self.field)?;
        let mut scorer = ConceptScorer {
            cursors,
            lengths,
            weight: self.weight * boost,
            average_length: self.average_length,
            doc: TERMINATED,
        };
        scorer.doc = scorer.least();
        Ok(Some(scorer))
    }
}

impl Weight for ConceptQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.open(reader, boost)? {
            Some(scorer) => Box::new(scorer),
            None => Box::new(EmptyScorer),
        })
    }

    fn for_each_pruning(
        &self,
        mut threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let Some(mut scorer) = self.open(reader, 1.0)? else { return Ok(()) };
        while scorer.doc != TERMINATED {
            let score = scorer.score();
            if score > threshold {
                threshold = callback(scorer.doc, score);
            }
            scorer.advance_above(threshold);
        }
        Ok(())
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("concept", self.weight))
    }
}

/// The units of a concept in one part of the index.
pub(super) struct ConceptScorer {
    cursors: Vec<(Cursor, f32)>,
    lengths: FieldNormReader,
    weight: Score,
    average_length: f32,
    doc: DocId,
}

impl ConceptScorer {
    /// Goes to the next unit, passing over those of a lone phrase that cannot score above the threshold.
    fn advance_above(&mut self, threshold: Score) {
        let ConceptScorer { cursors, lengths, weight, average_length, doc } = self;
        let [(Cursor::Sequence(sequence), trust)] = cursors.as_mut_slice() else {
            self.advance();
            return;
        };
        *doc = sequence.advance_to_worthy(&mut |unit, most| {
            let frequency = most as f32 * *trust;
            *weight * bm25::saturate(frequency, lengths.fieldnorm(unit) as f32, *average_length) > threshold
        });
    }

    fn least(&self) -> DocId {
        self.cursors.iter().map(|(cursor, _)| cursor.doc()).min().unwrap_or(TERMINATED)
    }
}

impl DocSet for ConceptScorer {
    fn advance(&mut self) -> DocId {
        for (cursor, _) in &mut self.cursors {
            if cursor.doc() == self.doc {
                cursor.advance();
            }
        }
        self.doc = self.least();
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for (cursor, _) in &mut self.cursors {
            cursor.seek(target);
        }
        self.doc = self.least();
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.cursors.iter().map(|(cursor, _)| cursor.size_hint()).max().unwrap_or(0)
    }
}

impl Scorer for ConceptScorer {
    fn score(&mut self) -> Score {
        let here = self.cursors.iter().filter(|(cursor, _)| cursor.doc() == self.doc);
        let frequency: f32 = here.map(|(cursor, weight)| cursor.frequency() as f32 * weight).sum();
        let length = self.lengths.fieldnorm(self.doc) as f32;
        self.weight * bm25::saturate(frequency, length, self.average_length)
    }
}
