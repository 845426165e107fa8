//! Term weights: BM25 with the constants that rank short legal paragraphs best.

use tantivy::Score;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;

use crate::index::open::Reader;

/// Frequency at which a word has half of its weight in a text of average length.
const K1: f32 = 0.6;
/// Share of length normalisation.
const B: f32 = 0.5;

/// Returns the average number of terms in a field of a unit.
pub(super) fn average_length(reader: &Reader, field: Field) -> tantivy::Result<f32> {
    let tokens = reader.words_in(field)?;
    let count = Bm25StatisticsProvider::total_num_docs(&reader.searcher)?;
    Ok((tokens as f32 / count.max(1) as f32).max(1.0))
}

/// Returns the weight of a word that `df` of `count` units hold.
pub(super) fn idf(df: f32, count: f32) -> f32 {
    let df = df.clamp(0.0, count);
    (1.0 + (count - df + 0.5) / (df + 0.5)).ln()
}

/// Returns the frequency at which a word has half of its weight in a text of this length.
fn norm(length: f32, average: f32) -> f32 {
    K1 * (1.0 - B + B * length / average.max(1.0))
}

/// The norms of all lengths, by the one byte in which the index keeps a length.
#[derive(Debug)]
pub(super) struct Norms([f32; 256]);

impl Norms {
    pub fn new(average: f32) -> Norms {
        let mut norms = [0.0; 256];
        for (id, place) in (0..=u8::MAX).zip(&mut norms) {
            *place = norm(FieldNormReader::id_to_fieldnorm(id) as f32, average);
        }
        Norms(norms)
    }

    /// Returns how far a frequency goes towards a full match of the word, in a text whose length the index keeps as `id`:
    /// 0 for none, towards 1 for many. The factor of tantivy, `k1 + 1` with its own k1, is left out on both sides.
    pub fn saturate(&self, frequency: f32, id: u8) -> f32 {
        frequency / (frequency + self.0[usize::from(id)])
    }
}

/// Parts of the weight of one occurrence, so that sums of thousands of them are exact.
const SHARES: f32 = 4096.0;

/// Returns a weight above 0 in whole shares: frequencies times such weights add up to the same in whatever order.
pub(super) fn in_shares(weight: f32) -> f32 {
    (weight * SHARES).round().max(1.0) / SHARES
}

/// What scores are multiples of, so that they add up to the same to the last bit in whatever order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Grain {
    /// A number so large that its last bit is worth a grain, and that number and a grain.
    large: Score,
    larger: Score,
}

impl Grain {
    /// Returns the finest grain in which sums up to `most` are exact.
    pub fn of_sums_to(most: Score) -> Grain {
        let top = 2.0f32.powi(most.max(Score::MIN_POSITIVE).log2().ceil() as i32 + 1);
        let large = 1.5 * top;
        Grain { large, larger: large.next_up() }
    }

    /// Returns a multiple of the grain by at most one and a half above the score, so that none is 0; without a grain the
    /// score itself. The order of scores remains.
    pub fn round(self, score: Score) -> Score {
        (score + self.larger) - self.large
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_scores_add_up_in_any_order() {
        let scores: Vec<Score> = (1..200u16).map(|at| Score::from(at) * 0.173 % 1.7 + 1e-9).collect();
        let grain = Grain::of_sums_to(scores.iter().sum());
        let rounded: Vec<Score> = scores.iter().map(|score| grain.round(*score)).collect();
        let forwards: Score = rounded.iter().sum();
        let backwards: Score = rounded.iter().rev().sum();
        assert_eq!(forwards.to_bits(), backwards.to_bits());
        assert_ne!(scores.iter().sum::<Score>().to_bits(), scores.iter().rev().sum::<Score>().to_bits());
        for (score, rounded) in scores.iter().zip(rounded) {
            assert!((rounded - score).abs() < 1e-4 && rounded > 0.0, "{score} {rounded}");
        }
        assert!(grain.round(1e-12) > 0.0);
        assert_eq!(Grain::default().round(0.3), 0.3);
    }
}
