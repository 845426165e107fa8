//! The best units by BM25, and all of them for counting.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::bm25::Statistics;
use super::filter::Filter;
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
    let statistics = Statistics(&reader.searcher);
    let weight = query.weight(EnableScoring::enabled_from_statistics_provider(&statistics, &reader.searcher))?;
    // Room is taken as it is needed: a limit of a billion is no reason to reserve it.
    let mut heap = Best { limit: limit.max(1), heap: BinaryHeap::new() };
    for (ord, segment) in reader.searcher.segment_readers().iter().enumerate() {
        let address = |unit| DocAddress::new(ord as u32, unit);
        each_match(weight.as_ref(), segment, filter, heap.threshold(), &mut |unit, score| {
            heap.push(Candidate { score, address: address(unit) })
        })?;
    }
    let mut best = heap.heap.into_vec();
    best.sort_unstable();
    Ok(best)
}

struct Best {
    limit: usize,
    heap: BinaryHeap<Candidate>,
}

impl Best {
    fn push(&mut self, candidate: Candidate) -> Score {
        self.heap.push(candidate);
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
        self.threshold()
    }

    fn threshold(&self) -> Score {
        match self.heap.peek() {
            Some(worst) if self.heap.len() == self.limit => worst.score,
            _ => Score::MIN,
        }
    }
}

fn each_match(
    weight: &dyn Weight,
    segment: &SegmentReader,
    filter: &Filter,
    threshold: Score,
    sink: &mut dyn FnMut(DocId, Score) -> Score,
) -> tantivy::Result<()> {
    let test = filter.for_segment(segment)?;
    let alive = |unit| !segment.is_deleted(unit) && test.accepts_values(unit);
    let Some(only) = &test.only else {
        let mut threshold = threshold;
        return weight.for_each_pruning(threshold, segment, &mut |unit, score| {
            if alive(unit) {
                threshold = sink(unit, score);
            }
            threshold
        });
    };
    let mut scorer = weight.scorer(segment, 1.0)?;
    let mut threshold = threshold;
    for &unit in only {
        if scorer.doc() < unit {
            scorer.seek(unit);
        }
        match scorer.doc() {
            TERMINATED => break,
            here if here == unit && alive(unit) => {
                let score = scorer.score();
                if score > threshold {
                    threshold = sink(unit, score);
                }
            }
            _ => {}
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
    let weight =
        query.map(|query| query.weight(EnableScoring::disabled_from_searcher(&reader.searcher))).transpose()?;
    for (ord, segment) in reader.searcher.segment_readers().iter().enumerate() {
        let test = filter.for_segment(segment)?;
        let mut units: Box<dyn DocSet> = match &weight {
            Some(weight) => Box::new(weight.scorer(segment, 1.0)?),
            None => Box::new(AllUnits::new(segment, reader)?),
        };
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
                sink(ord as u32, unit);
            }
            unit = units.advance();
        }
    }
    Ok(())
}

/// Every unit of a part of the index: what has an ordinal, which the entries of files and documents have not.
struct AllUnits {
    ordinals: Option<tantivy::columnar::Column<u64>>,
    doc: DocId,
    end: DocId,
}

impl AllUnits {
    fn new(segment: &SegmentReader, _reader: &Reader) -> tantivy::Result<AllUnits> {
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
    for (ord, segment) in reader.searcher.segment_readers().iter().enumerate() {
        let index = segment.inverted_index(field)?;
        let term = Term::from_field_text(field, text);
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                found.push(DocAddress::new(ord as u32, postings.doc()));
            }
            postings.advance();
        }
    }
    Ok(found)
}
