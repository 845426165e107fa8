//! The best units by BM25, and all of them for counting.
//!
//! The parts of a large index are searched side by side. What is found does not depend on it: the best of all parts are
//! among the best of each.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicU32, Ordering as AtomicOrdering};
use std::sync::{Mutex, PoisonError};

use tantivy::columnar::StrColumn;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocAddress, DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED,
};

use super::filter::{Filter, SegmentFilter};
use crate::index::open::Reader;

/// A unit with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub score: Score,
    pub address: DocAddress,
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The better candidate is the lesser; equal scores keep the order of the index.
impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> Ordering {
        other.score.total_cmp(&self.score).then_with(|| self.address.cmp(&other.address))
    }
}

/// Returns the `limit` best units, best first.
pub(super) fn best(
    reader: &Reader,
    query: &dyn Query,
    filter: &Filter,
    limit: usize,
) -> tantivy::Result<Vec<Candidate>> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(&reader.searcher))?;
    let best = Best::new(limit.max(1));
    reader.for_parts(|ord, segment| {
        if !reader.has(ord, reader.fields.document) {
            return Ok(());
        }
        let test = filter.for_part(ord, segment)?;
        each_match(weight.as_ref(), segment, test, best.threshold(), &mut |unit, score| {
            best.push(Candidate { score, address: DocAddress::new(ord, unit) })
        })
    })?;
    Ok(best.in_order())
}

/// The best units so far of all parts, so that what one part has found lets the others pass over more.
struct Best {
    limit: usize,
    heap: Mutex<BinaryHeap<Candidate>>,
    /// The bits of [`Best::threshold`], written under the lock only.
    threshold: AtomicU32,
}

impl Best {
    fn new(limit: usize) -> Best {
        // Room is taken as it is needed: a limit of a billion is no reason to reserve it.
        Best { limit, heap: Mutex::default(), threshold: AtomicU32::new(Score::MIN.to_bits()) }
    }

    /// Takes a unit in and returns the new threshold.
    fn push(&self, candidate: Candidate) -> Score {
        if candidate.score <= self.threshold() {
            return self.threshold();
        }
        let mut heap = self.heap.lock().unwrap_or_else(PoisonError::into_inner);
        if heap.len() == self.limit && heap.peek().is_some_and(|worst| *worst < candidate) {
            return self.threshold();
        }
        heap.push(candidate);
        if heap.len() > self.limit {
            heap.pop();
        }
        if let Some(worst) = heap.peek().filter(|_| heap.len() == self.limit) {
            self.threshold.store(worst.score.next_down().to_bits(), AtomicOrdering::Relaxed);
        }
        self.threshold()
    }

    /// Returns the score that a unit must exceed. One as good as the worst of the best still does: if it stands in an
    /// earlier part it is the better one, however the parts take turns.
    fn threshold(&self) -> Score {
        Score::from_bits(self.threshold.load(AtomicOrdering::Relaxed))
    }

    fn in_order(self) -> Vec<Candidate> {
        self.heap.into_inner().unwrap_or_else(PoisonError::into_inner).into_sorted_vec()
    }
}

/// Units of a part of the index that are sought one by one; of more all that match are walked.
const MOST_SEEKS: usize = 4096;

fn each_match(
    weight: &dyn Weight,
    segment: &SegmentReader,
    test: &SegmentFilter,
    threshold: Score,
    sink: &mut dyn FnMut(DocId, Score) -> Score,
) -> tantivy::Result<()> {
    let alive = |unit| !segment.is_deleted(unit) && test.accepts_values(unit);
    let Some(only) = test.only.as_ref().filter(|only| only.len() <= MOST_SEEKS) else {
        let passes = |unit| test.only.as_ref().is_none_or(|only| only.binary_search(&unit).is_ok());
        let mut threshold = threshold;
        return weight.for_each_pruning(threshold, segment, &mut |unit, score| {
            if passes(unit) && alive(unit) {
                threshold = sink(unit, score);
            }
            threshold
        });
    };
    let Some(&first) = only.first() else { return Ok(()) };
    let (mut found, mut scorer) = weight.scorer_danger(segment, first, 1.0)?;
    let mut threshold = threshold;
    for &unit in only {
        match found {
            SeekDangerResult::SeekLowerBound(next) if next > unit => continue,
            SeekDangerResult::Found if unit == first => {}
            _ => found = scorer.seek_danger(unit),
        }
        if found == SeekDangerResult::Found && alive(unit) {
            let score = scorer.score();
            if score > threshold {
                threshold = sink(unit, score);
            }
        }
    }
    Ok(())
}

/// Calls `sink` with every matching unit; without a query with every unit that the filter lets through.
pub(super) fn each(
    reader: &Reader,
    query: Option<&dyn Query>,
    filter: &Filter,
    sink: &mut dyn FnMut(u32, DocId),
) -> tantivy::Result<()> {
    let weight = counting_weight(reader, query)?;
    for (ord, segment) in reader.parts().filter(|(ord, _)| reader.has(*ord, reader.fields.document)) {
        let test = filter.for_part(ord, segment)?;
        each_in(segment, weight.as_deref(), test, &mut |units| {
            units.iter().for_each(|unit| sink(ord, *unit));
        })?;
    }
    Ok(())
}

/// As [`each`], with something for each part of the index that takes its units in, some at a time, in order, and is turned
/// into what is wanted of the part.
pub(super) fn fold<'a, P, T: Send>(
    reader: &'a Reader,
    query: Option<&dyn Query>,
    filter: &Filter,
    make: impl Fn(&'a SegmentReader) -> tantivy::Result<P> + Sync + Send,
    take: impl Fn(&mut P, &[DocId]) + Sync + Send,
    finish: impl Fn(P) -> tantivy::Result<T> + Sync + Send,
) -> tantivy::Result<Vec<T>> {
    let weight = counting_weight(reader, query)?;
    reader.for_parts(|ord, segment| {
        let mut made = make(segment)?;
        if reader.has(ord, reader.fields.document) {
            let test = filter.for_part(ord, segment)?;
            each_in(segment, weight.as_deref(), test, &mut |units| take(&mut made, units))?;
        }
        finish(made)
    })
}

/// Returns how many units match; without a query, how many the filter lets through.
pub(super) fn count(reader: &Reader, query: Option<&dyn Query>, filter: &Filter) -> tantivy::Result<usize> {
    let weight = counting_weight(reader, query)?;
    let counts = reader.for_parts(|ord, segment| {
        if !reader.has(ord, reader.fields.document) {
            return Ok(0);
        }
        let test = filter.for_part(ord, segment)?;
        if let Some(weight) = weight.as_ref().filter(|_| test.is_open()) {
            return Ok(weight.count(segment)? as usize);
        }
        let mut count = 0;
        each_in(segment, weight.as_deref(), test, &mut |units| count += units.len())?;
        Ok(count)
    })?;
    Ok(counts.iter().sum())
}

/// Units of a part of the index, to be put in the order of documents and text.
pub(super) struct InOrder {
    documents: Option<StrColumn>,
    /// The number of the document among those of the part, by name, and the unit.
    units: Vec<(Option<u64>, DocId)>,
}

impl InOrder {
    pub fn new(segment: &SegmentReader) -> tantivy::Result<InOrder> {
        Ok(InOrder { documents: segment.fast_fields().str("document")?, units: Vec::new() })
    }

    pub fn take(&mut self, units: &[DocId]) {
        let number = |unit: &DocId| self.documents.as_ref().and_then(|column| column.ords().first(*unit));
        self.units.extend(units.iter().map(|unit| (number(unit), *unit)));
    }

    /// Returns how many units there are, and the first `wanted` of them, in order.
    pub fn first(mut self, wanted: usize) -> (usize, Vec<DocId>) {
        let found = self.units.len();
        if wanted < found {
            self.units.select_nth_unstable(wanted);
            self.units.truncate(wanted);
        }
        self.units.sort_unstable();
        (found, self.units.into_iter().map(|(_, unit)| unit).collect())
    }
}

fn counting_weight(reader: &Reader, query: Option<&dyn Query>) -> tantivy::Result<Option<Box<dyn Weight>>> {
    query.map(|query| query.weight(EnableScoring::disabled_from_searcher(&reader.searcher))).transpose()
}

/// Units that are handed on together: columns are read faster so.
const BATCH: usize = 256;

fn each_in(
    segment: &SegmentReader,
    weight: Option<&dyn Weight>,
    test: &SegmentFilter,
    sink: &mut dyn FnMut(&[DocId]),
) -> tantivy::Result<()> {
    let mut units: Box<dyn DocSet> = match weight {
        Some(weight) => Box::new(weight.scorer(segment, 1.0)?),
        None => Box::new(AllUnits::new(segment)?),
    };
    if test.is_open() && !segment.has_deletes() {
        each_batch(units.as_mut(), sink);
        return Ok(());
    }
    let mut batch = Vec::with_capacity(BATCH);
    let mut unit = units.doc();
    let mut only = test.only.as_deref();
    while unit != TERMINATED {
        if let Some(rest) = only {
            let next = rest.partition_point(|wanted| *wanted < unit);
            only = rest.get(next..);
            match rest.get(next).copied() {
                None => break,
                Some(wanted) if wanted > unit => {
                    unit = units.seek(wanted);
                    continue;
                }
                Some(_) => {}
            }
        }
        if !segment.is_deleted(unit) && test.accepts_values(unit) {
            batch.push(unit);
        }
        if batch.len() == BATCH {
            sink(&batch);
            batch.clear();
        }
        unit = units.advance();
    }
    sink(&batch);
    Ok(())
}

/// Hands on all units, none of which needs a look.
fn each_batch(units: &mut dyn DocSet, sink: &mut dyn FnMut(&[DocId])) {
    let mut batch = [0; COLLECT_BLOCK_BUFFER_LEN];
    loop {
        let filled = units.fill_buffer(&mut batch);
        sink(batch.get(..filled).unwrap_or_default());
        if filled < batch.len() {
            return;
        }
    }
}

/// Every unit of a part of the index: what has an ordinal, which the entries of files and documents have not.
struct AllUnits {
    ordinals: Option<tantivy::columnar::Column<u64>>,
    doc: DocId,
    end: DocId,
}

impl AllUnits {
    fn new(segment: &SegmentReader) -> tantivy::Result<AllUnits> {
        let ordinals = segment.fast_fields().column_opt::<u64>("ordinal")?;
        let mut units = AllUnits { ordinals, doc: 0, end: segment.max_doc() };
        units.settle();
        Ok(units)
    }

    fn settle(&mut self) -> DocId {
        let unit = |doc| self.ordinals.as_ref().is_some_and(|ordinals| ordinals.first(doc).is_some());
        while self.doc < self.end && !unit(self.doc) {
            self.doc += 1;
        }
        if self.doc >= self.end {
            self.doc = TERMINATED;
        }
        self.doc
    }
}

impl DocSet for AllUnits {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc += 1;
            self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = target;
            self.settle();
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.end
    }
}

/// Returns the entries with a term of a raw field.
pub(super) fn with_term(
    reader: &Reader,
    field: tantivy::schema::Field,
    text: &str,
) -> tantivy::Result<Vec<DocAddress>> {
    let mut found = Vec::new();
    for (ord, segment) in reader.parts().filter(|(ord, _)| reader.has(*ord, field)) {
        let index = segment.inverted_index(field)?;
        let term = Term::from_field_text(field, text);
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                found.push(DocAddress::new(ord, postings.doc()));
            }
            postings.advance();
        }
    }
    Ok(found)
}
