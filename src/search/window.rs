//! Scores of a stretch of units, added up list by list.

use tantivy::{DocId, Score};

/// Units of a window; few in tests, so that small indexes have many.
const UNITS: usize = if cfg!(test) { 64 } else { 4096 };
/// Scores that are compared at once.
const ROW: usize = 16;

/// The scores of the units from `start` on.
pub(super) struct Window {
    start: DocId,
    scores: Box<[Score; UNITS]>,
    /// Weighted frequencies of a concept while its variants are read, and a bit for every unit that has one.
    frequencies: Box<[f32; UNITS]>,
    counted: [u64; UNITS / 64],
}

impl Window {
    pub fn new() -> Window {
        Window {
            start: 0,
            scores: Box::new([0.0; UNITS]),
            frequencies: Box::new([0.0; UNITS]),
            counted: [0; UNITS / 64],
        }
    }

    /// Begins anew at a unit. What was there before must have been forgotten by [`Window::clear`].
    pub fn open(&mut self, start: DocId) {
        self.start = start;
    }

    /// Returns the first unit behind the window.
    pub fn end(&self) -> DocId {
        self.start.saturating_add(UNITS as DocId)
    }

    /// Adds to the score of a unit of the window.
    pub fn add(&mut self, unit: DocId, score: Score) {
        self.scores[(unit - self.start) as usize % UNITS] += score;
    }

    /// Adds to the frequency of the concept at hand in a unit of the window.
    pub fn count(&mut self, unit: DocId, frequency: f32) {
        let at = (unit - self.start) as usize % UNITS;
        self.frequencies[at] += frequency;
        self.counted[at / 64] |= 1 << (at % 64);
    }

    /// Returns the frequency of the concept at hand in a unit of the window.
    pub fn frequency(&self, unit: DocId) -> f32 {
        self.frequencies[(unit - self.start) as usize % UNITS]
    }

    /// Turns the frequencies of the concept at hand into scores.
    pub fn settle(&mut self, score: impl Fn(DocId, f32) -> Score) {
        for block in 0..UNITS / 64 {
            let mut bits = std::mem::take(&mut self.counted[block]);
            while bits != 0 {
                let at = block * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let frequency = std::mem::take(&mut self.frequencies[at]);
                self.scores[at] += score(self.start + at as DocId, frequency);
            }
        }
    }

    /// Puts the units whose score exceeds `least`, in order, in place of what `units` holds. Scores are above 0. Returns
    /// whether these are all, as there are no more than `most` of them.
    pub fn above(&self, least: Score, most: usize, units: &mut Vec<DocId>) -> bool {
        units.clear();
        let least = least.max(0.0);
        for (row, scores) in self.scores.chunks_exact(ROW).enumerate() {
            // Where few units do, most rows have none: to compare all at once takes a fraction of the time of one by one.
            if scores.iter().fold(false, |above, score| above | (*score > least)) {
                let above = scores.iter().enumerate().filter(|(_, score)| **score > least);
                units.extend(above.map(|(at, _)| self.start + (row * ROW + at) as DocId));
                if units.len() > most {
                    return false;
                }
            }
        }
        true
    }

    /// Returns the score of a unit of the window.
    pub fn score(&self, unit: DocId) -> Score {
        self.scores[(unit - self.start) as usize % UNITS]
    }

    /// Returns the first unit of the window.
    pub fn start(&self) -> DocId {
        self.start
    }

    /// Forgets all scores.
    pub fn clear(&mut self) {
        self.scores.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_add_up_and_are_taken_once() {
        let mut window = Window::new();
        window.open(1000);
        window.add(1000, 1.0);
        window.count(1003, 1.0);
        window.count(1003, 2.0);
        window.count(window.end() - 1, 4.0);
        window.settle(|unit, frequency| if unit == 1003 { frequency } else { 10.0 });
        window.add(1003, 0.5);
        let mut units = Vec::new();
        assert!(window.above(Score::MIN, 3, &mut units));
        let scores: Vec<_> = units.iter().map(|unit| (*unit, window.score(*unit))).collect();
        assert_eq!(scores, [(1000, 1.0), (1003, 3.5), (1000 + UNITS as DocId - 1, 10.0)]);
        window.clear();
        window.open(5);
        window.add(5, 1.0);
        window.add(6, 2.0);
        window.add(5 + UNITS as DocId - 1, 1.5);
        assert!(!window.above(1.0, 1, &mut units));
        assert!(window.above(1.0, 2, &mut units));
        assert_eq!(units, [6, 5 + UNITS as DocId - 1]);
    }
}
