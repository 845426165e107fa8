//! A union of concepts that passes over units which cannot enter the result (MaxScore, Turtle and Flood 1995).
//!
//! tantivy prunes unions of single terms by the best entry of each block of a list, chosen when the index was written, by
//! other constants and the lengths of one part: what it passes over may have been better. A concept with several variants
//! has no such blocks either. This union knows the most that each concept can score, and once the least concepts together
//! cannot reach the threshold, only the others are walked; of the least each is asked for those units only that may still
//! reach it. The walk goes window by window, one list of postings after the other: to step through many lists unit by unit
//! costs several times as much for each posting. Which concept is added to which first depends on what was found before, in
//! this part of the index and in others: scores are rounded so that their sums do not.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED};

use super::bm25::Grain;
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
    /// Opens the concepts that a part of the index holds.
    fn open(
        &self,
        boost: Score,
        open: impl Fn(&ConceptQuery) -> tantivy::Result<Option<ConceptScorer>>,
    ) -> tantivy::Result<Vec<ConceptScorer>> {
        let grain = Grain::of_sums_to(self.concepts.iter().map(|concept| concept.most() * boost).sum());
        let mut opened = Vec::new();
        for concept in &self.concepts {
            opened.extend(open(concept)?.map(|scorer| scorer.in_grains(grain)));
        }
        Ok(opened)
    }
}

impl Weight for UnionQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let shared = SharedSequences::read(&self.concepts, reader)?;
        let parts = self.open(boost, |concept| concept.open_with(&shared, reader, boost))?;
        Ok(Box::new(Sum::new(parts)))
    }

    /// Reads no list from its beginning: a few units are asked for.
    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let parts = self.open(boost, |concept| concept.open_to_ask(reader, boost))?;
        let mut sum = Sum { parts, doc: 0, asked: None };
        Ok((sum.seek_danger(target), Box::new(sum)))
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
        let shared = SharedSequences::read_bounds(&self.concepts, reader)?;
        let opened = self.open(1.0, |concept| concept.open_with(&shared, reader, 1.0))?;
        let mut exact = match shared.is_empty() {
            true => Vec::new(),
            false => self.open(1.0, |concept| concept.open_to_ask(reader, 1.0))?,
        };
        let part = |scorer: ConceptScorer| Part { most: scorer.most(), rest: 0.0, scorer };
        let mut parts: Vec<Part> = opened.into_iter().map(part).collect();
        parts.sort_by(|a, b| a.most.total_cmp(&b.most));
        let mut sum = 0.0;
        for part in &mut parts {
            part.rest = sum;
            sum += part.most;
        }
        walk(&mut parts, &mut exact, reader.max_doc(), threshold, callback);
        Ok(())
    }
}

/// All matches, for whoever seeks some units among them: what stands between is passed over, not added up.
struct Sum {
    parts: Vec<ConceptScorer>,
    doc: DocId,
    /// The score of the unit where it was asked for as one of a few: the concepts need not stand at it.
    asked: Option<Score>,
}

impl Sum {
    fn new(parts: Vec<ConceptScorer>) -> Sum {
        let mut sum = Sum { parts, doc: TERMINATED, asked: None };
        sum.doc = sum.least();
        sum
    }

    fn least(&self) -> DocId {
        self.parts.iter().map(DocSet::doc).min().unwrap_or(TERMINATED)
    }
}

impl DocSet for Sum {
    fn advance(&mut self) -> DocId {
        if self.asked.is_some() {
            return self.seek(self.doc + 1);
        }
        for part in self.parts.iter_mut().filter(|part| part.doc() == self.doc) {
            part.advance();
        }
        self.doc = self.least();
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let asked = self.asked.take().is_some();
        for part in self.parts.iter_mut().filter(|part| asked || part.doc() < target) {
            part.seek(target);
        }
        self.doc = self.least();
        self.doc
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target >= TERMINATED {
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        self.asked = score_in(&mut self.parts, target);
        self.doc = target;
        match self.asked {
            Some(_) => SeekDangerResult::Found,
            None => SeekDangerResult::SeekLowerBound(target + 1),
        }
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
        if let Some(score) = self.asked {
            return score;
        }
        self.parts.iter_mut().filter(|part| part.doc() == self.doc).map(Scorer::score).sum()
    }
}

/// Returns the score of one unit, `None` where no concept stands in it; see [`ConceptScorer::score_in`].
fn score_in(concepts: &mut [ConceptScorer], unit: DocId) -> Option<Score> {
    concepts.iter_mut().filter_map(|concept| concept.score_in(unit)).reduce(|sum, score| sum + score)
}

struct Part {
    /// The most that this concept scores in any unit.
    most: Score,
    /// The most that all lesser concepts score together.
    rest: Score,
    scorer: ConceptScorer,
}

/// Visits the units in order; `parts` ascend by what they can score. Where some of them score more than a unit has, as they
/// go by words that need not stand in a row, `exact` says what the unit does have.
fn walk(
    parts: &mut [Part],
    exact: &mut [ConceptScorer],
    units: u32,
    mut threshold: Score,
    callback: &mut dyn FnMut(DocId, Score) -> Score,
) {
    let mut window = Window::new();
    let mut hopeful = Hopeful::default();
    loop {
        // The first of the parts without which no unit reaches the threshold.
        let first = parts.partition_point(|part| part.sum() <= threshold);
        let (lesser, leading) = parts.split_at_mut(first);
        let next = leading.iter().map(|part| part.scorer.doc()).min().unwrap_or(TERMINATED);
        if next == TERMINATED {
            return;
        }
        window.open(next);
        // Words in a row come last: by then most units are known to stay behind.
        let all: Score = leading.iter().map(|part| part.most).sum::<Score>() + lesser.last().map_or(0.0, Part::sum);
        let mut rest = all * (1.0 + ROUNDING);
        for rows in [false, true] {
            for part in leading.iter_mut().filter(|part| part.scorer.has_rows() == rows) {
                rest -= part.most;
                part.scorer.add_to(&mut window, short_of(threshold, rest));
            }
        }
        hopeful.forget();
        for part in lesser.iter_mut().rev() {
            part.add_where_hopeful(threshold, units, &mut window, &mut hopeful);
        }
        hopeful.narrow(&window, threshold, usize::MAX);
        for unit in &hopeful.units {
            let mut score = window.score(*unit);
            if score > threshold && !exact.is_empty() {
                let Some(found) = score_in(exact, *unit) else { continue };
                score = found;
            }
            if score > threshold {
                threshold = callback(*unit, score);
            }
        }
        window.clear();
    }
}

/// Returns a score with which and `rest` a unit stays under the threshold, however the sum is rounded.
fn short_of(threshold: Score, rest: Score) -> Score {
    (threshold - rest) - 4.0 * Score::EPSILON * threshold.abs()
}

/// Share of a sum by which a sum of a hundred scores, taken apart again, may be off.
const ROUNDING: Score = 2e-5;

/// What it costs to look a unit up in a list, beside reading one entry of it in turn.
const LOOK_UP: u64 = 8;

/// The units of a window that may still reach the threshold.
#[derive(Default)]
struct Hopeful {
    units: Vec<DocId>,
    /// Whether all of them are listed.
    listed: bool,
}

impl Hopeful {
    fn forget(&mut self) {
        self.listed = false;
    }

    /// Leaves the units that have more than `least`, which must not fall within a window. Returns whether they are listed
    /// and no more than `most`. Once they are, the others of the window are not looked at again.
    fn narrow(&mut self, window: &Window, least: Score, most: usize) -> bool {
        if self.listed {
            self.units.retain(|unit| window.score(*unit) > least);
        } else {
            self.listed = window.above(least, most, &mut self.units);
        }
        self.listed && self.units.len() <= most
    }
}

impl Part {
    /// Returns the most that this concept and all lesser ones score together.
    fn sum(&self) -> Score {
        self.rest + self.most
    }

    /// Adds the scores of those units of the window that may reach the threshold with this part and all lesser ones; of
    /// all units where the list is read sooner than these are looked up. The others stay under the threshold either way.
    fn add_where_hopeful(&mut self, threshold: Score, units: u32, window: &mut Window, hopeful: &mut Hopeful) {
        let sum = self.sum();
        let scorer = &mut self.scorer;
        let entries = u64::from(window.end() - window.start()) * scorer.cost_of_all() / u64::from(units.max(1));
        let worth = (entries / LOOK_UP) as usize;
        if worth == 0 || !hopeful.narrow(window, short_of(threshold, sum), worth) {
            if scorer.doc() < window.start() {
                scorer.seek(window.start());
            }
            scorer.add_to(window, short_of(threshold, self.rest));
            return;
        }
        for unit in &hopeful.units {
            if let Some(score) = scorer.score_in(*unit) {
                window.add(*unit, score);
            }
        }
    }
}
