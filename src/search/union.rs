//! A union of concepts that passes over units which cannot enter the result (MaxScore, Turtle and Flood 1995).
//!
//! tantivy prunes unions of single terms by blocks. A concept with several variants is not one: this union knows the most
//! that each concept can score, and once the least concepts together cannot reach the threshold, only the others are
//! walked and the least are looked up where needed. The walk goes window by window, one list of postings after the other:
//! to step through many lists unit by unit costs several times as much for each posting.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::concept::{ConceptQuery, ConceptScorer, SharedSequences};
use super::window::Window;

/// Concepts one of which must match; the score is the sum of those that do.
#[derive(Debug, Clone)]
pub(super) struct UnionQuery {
    pub concepts: Vec<ConceptQuery>,
}

impl Query for UnionQuery {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl UnionQuery {
    /// Opens the concepts that a part of the index holds, each with the most that it scores.
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Vec<(Score, ConceptScorer)>> {
        let shared = SharedSequences::read(&self.concepts, reader)?;
        let mut opened = Vec::new();
        for concept in &self.concepts {
            opened.extend(concept.open_with(&shared, reader, boost)?.map(|scorer| (concept.most() * boost, scorer)));
        }
        Ok(opened)
    }
}

impl Weight for UnionQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let parts = self.open(reader, boost)?.into_iter().map(|(_, scorer)| scorer).collect();
        Ok(Box::new(Sum::new(parts)))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("union", self.concepts.iter().map(ConceptQuery::most).sum::<Score>()))
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let opened = self.open(reader, 1.0)?.into_iter();
        let mut parts: Vec<Part> = opened.map(|(most, scorer)| Part { most, sum: 0.0, scorer }).collect();
        parts.sort_by(|a, b| a.most.total_cmp(&b.most));
        let mut sum = 0.0;
        for part in &mut parts {
            sum += part.most;
            part.sum = sum;
        }
        walk(&mut parts, threshold, callback);
        Ok(())
    }
}

/// All matches, for whoever seeks some units among them: what stands between is passed over, not added up.
struct Sum {
    parts: Vec<ConceptScorer>,
    doc: DocId,
}

impl Sum {
    fn new(parts: Vec<ConceptScorer>) -> Sum {
        let mut sum = Sum { parts, doc: TERMINATED };
        sum.doc = sum.least();
        sum
    }

    fn least(&self) -> DocId {
        self.parts.iter().map(DocSet::doc).min().unwrap_or(TERMINATED)
    }
}

impl DocSet for Sum {
    fn advance(&mut self) -> DocId {
        for part in self.parts.iter_mut().filter(|part| part.doc() == self.doc) {
            part.advance();
        }
        self.doc = self.least();
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for part in self.parts.iter_mut().filter(|part| part.doc() < target) {
            part.seek(target);
        }
        self.doc = self.least();
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.parts.iter().map(DocSet::size_hint).max().unwrap_or(0)
    }
}

impl Scorer for Sum {
    fn score(&mut self) -> Score {
        self.parts.iter_mut().filter(|part| part.doc() == self.doc).map(Scorer::score).sum()
    }
}

struct Part {
    /// The most that this concept scores in any unit.
    most: Score,
    /// The most that this concept and all lesser ones score together.
    sum: Score,
    scorer: ConceptScorer,
}

/// Visits the units in order; `parts` ascend by what they can score.
fn walk(parts: &mut [Part], mut threshold: Score, callback: &mut dyn FnMut(DocId, Score) -> Score) {
    let mut window = Window::new();
    loop {
        // The first of the parts without which no unit reaches the threshold.
        let first = parts.partition_point(|part| part.sum <= threshold);
        let (lesser, leading) = parts.split_at_mut(first);
        let next = leading.iter().map(|part| part.scorer.doc()).min().unwrap_or(TERMINATED);
        if next == TERMINATED {
            return;
        }
        window.open(next);
        for part in leading {
            part.scorer.add_to(&mut window);
        }
        let rest = lesser.last().map_or(0.0, |part| part.sum);
        window.each(|unit, mut score| {
            if score + rest <= threshold {
                return;
            }
            for part in lesser.iter_mut().rev() {
                if score + part.sum <= threshold {
                    break;
                }
                if part.scorer.doc() < unit {
                    part.scorer.seek(unit);
                }
                if part.scorer.doc() == unit {
                    score += part.scorer.score();
                }
            }
            if score > threshold {
                threshold = callback(unit, score);
            }
        });
    }
}
