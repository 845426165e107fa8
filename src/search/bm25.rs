//! Term weights: BM25 with the constants that rank short legal paragraphs best.

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
