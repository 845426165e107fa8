//! Term weights: BM25 with the constants that rank short legal paragraphs best.

use tantivy::Term;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;

use crate::index::open::Reader;

/// tantivy fixes k1 = 1.2 and b = 0.75. Told that texts are three times as long as they are, it computes
/// `1.2 * (0.25 + 0.75 * len / (3 * avg))`, which is k1 = 0.6 with b = 0.5.
const LENGTH_FACTOR: u64 = 3;
pub(super) const K1: f32 = 0.6;
pub(super) const B: f32 = 0.5;

/// Factor of tantivy's scores: its own k1 + 1.
pub(super) const SCALE: f32 = 2.2;

/// Returns the average number of terms in a field of a unit.
pub(super) fn average_length(reader: &Reader, field: Field) -> tantivy::Result<f32> {
    let tokens = reader.words_in(field)?;
    let count = Bm25StatisticsProvider::total_num_docs(&reader.searcher)?;
    Ok((tokens as f32 / count.max(1) as f32).max(1.0))
}

/// Statistics of the collection as tantivy's scorers are to see them.
pub(super) struct Statistics<'a>(pub &'a Reader);

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(LENGTH_FACTOR * self.0.words_in(field)?)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Bm25StatisticsProvider::total_num_docs(&self.0.searcher)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.0.frequency_of(term)
    }
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
