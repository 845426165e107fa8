//! Scores of a stretch of units, added up list by list.

use tantivy::{DocId, Score};

/// Units of a window.
const UNITS: usize = 4096;

/// The scores of the units from `start` on.
pub(super) struct Window {
    start: DocId,
    scores: Box<[Score; UNITS]>,
    /// A bit for every unit that has a score.
    scored: [u64; UNITS / 64],
    /// Weighted frequencies of a concept while its variants are read, and the units that have one.
    frequencies: Box<[f32; UNITS]>,
    counted: [u64; UNITS / 64],
}

impl Window {
    pub fn new() -> Window {
        Window {
            start: 0,
            scores: Box::new([0.0; UNITS]),
            scored: [0; UNITS / 64],
            frequencies: Box::new([0.0; UNITS]),
            counted: [0; UNITS / 64],
        }
    }

    /// Begins anew at a unit. What was there before must have been taken by [`Window::each`].
    pub fn open(&mut self, start: DocId) {
        self.start = start;
    }

    /// Returns the first unit behind the window.
    pub fn end(&self) -> DocId {
        self.start.saturating_add(UNITS as DocId)
    }

    /// Adds to the score of a unit of the window.
    pub fn add(&mut self, unit: DocId, score: Score) {
        let at = (unit - self.start) as usize % UNITS;
        self.scores[at] += score;
        self.scored[at / 64] |= 1 << (at % 64);
    }

    /// Adds to the frequency of the concept at hand in a unit of the window.
    pub fn count(&mut self, unit: DocId, frequency: f32) {
        let at = (unit - self.start) as usize % UNITS;
        self.frequencies[at] += frequency;
        self.counted[at / 64] |= 1 << (at % 64);
    }

    /// Turns the frequencies of the concept at hand into scores.
    pub fn settle(&mut self, score: impl Fn(DocId, f32) -> Score) {
        for block in 0..UNITS / 64 {
            let mut bits = std::mem::take(&mut self.counted[block]);
            self.scored[block] |= bits;
            while bits != 0 {
                let at = block * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let frequency = std::mem::take(&mut self.frequencies[at]);
                self.scores[at] += score(self.start + at as DocId, frequency);
            }
        }
    }

    /// Takes every unit that has a score, in order.
    pub fn each(&mut self, mut take: impl FnMut(DocId, Score)) {
        for block in 0..UNITS / 64 {
            let mut bits = std::mem::take(&mut self.scored[block]);
            while bits != 0 {
                let at = block * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                take(self.start + at as DocId, std::mem::take(&mut self.scores[at]));
            }
        }
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
        let mut taken = Vec::new();
        window.each(|unit, score| taken.push((unit, score)));
        assert_eq!(taken, [(1000, 1.0), (1003, 3.5), (1000 + UNITS as DocId - 1, 10.0)]);
        window.open(5);
        window.add(5, 1.0);
        let mut taken = Vec::new();
        window.each(|unit, score| taken.push((unit, score)));
        assert_eq!(taken, [(5, 1.0)]);
    }
}
