//! Where a concept stands in the units of one part of the index, and a scorer for concepts that are not one term.

mod shared;

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::bm25;
use super::cursor::{Cursor, Listed};
use super::matching::AnyOf;
use super::window::Window;
use crate::analyzer::Endings;
use crate::index::open::Reader;
use crate::query::lower::{Concept, Form, Variant, own, telling_frequency};
pub(super) use shared::SharedSequences;

/// A concept as a query of tantivy.
#[derive(Debug, Clone)]
pub(super) struct ConceptQuery {
    variants: Arc<Vec<Variant>>,
    field: Field,
    /// Product of the BM25 weight and the concept's own.
    weight: Score,
    norms: Arc<bm25::Norms>,
    reader: Reader,
}

impl ConceptQuery {
    /// Returns the query of one term of the text.
    pub fn of_term(reader: &Reader, term: &str) -> tantivy::Result<ConceptQuery> {
        let frequency = reader.frequency(reader.fields.text, term)? as f32;
        let variants = vec![own(Form::Term(term.to_owned()))];
        ConceptQuery::of_variants(reader, variants, frequency, reader.fields.text, 1.0)
    }

    /// Returns the query of a concept in one field. Sequences are looked up only where the field has positions.
    pub fn new(reader: &Reader, concept: &Concept, field: Field, boost: f32) -> tantivy::Result<ConceptQuery> {
        ConceptQuery::of_some(reader, concept.variants.iter(), field, concept.weight * boost)
    }

    /// As `new`, with a query for the words of each language where the index holds the concept in both: those of the other
    /// language are worth `crossing` as much, and no more than the query's own, as in the second look. In one query a word
    /// that is rare in its own language would be worth as little as its common translation.
    pub fn by_language(
        reader: &Reader,
        concept: &Concept,
        field: Field,
        boost: f32,
        crossing: f32,
    ) -> tantivy::Result<Vec<ConceptQuery>> {
        let frequency = |crossing| telling_frequency(concept.variants_that(crossing), reader);
        let factor = concept.weight * boost;
        let (own, other) = (frequency(false)? > 0.0, frequency(true)? > 0.0);
        if !own || !other {
            let factor = if other { factor * crossing } else { factor };
            return Ok(vec![ConceptQuery::of_some(reader, concept.variants.iter(), field, factor)?]);
        }
        let own = ConceptQuery::of_some(reader, concept.variants_that(false), field, factor)?;
        let mut other = ConceptQuery::of_some(reader, concept.variants_that(true), field, factor * crossing)?;
        other.weight = other.weight.min(own.weight);
        Ok(vec![own, other])
    }

    /// Returns the query of some variants of a concept.
    fn of_some<'v>(
        reader: &Reader,
        variants: impl Iterator<Item = &'v Variant> + Clone,
        field: Field,
        factor: f32,
    ) -> tantivy::Result<ConceptQuery> {
        let positions = field == reader.fields.text;
        let usable = |variant: &&Variant| positions || matches!(variant.form, Form::Term(_));
        let frequency = telling_frequency(variants.clone(), reader)?;
        let usable = variants.filter(usable).cloned().collect();
        ConceptQuery::of_variants(reader, usable, frequency, field, factor)
    }

    fn of_variants(
        reader: &Reader,
        mut variants: Vec<Variant>,
        frequency: f32,
        field: Field,
        factor: f32,
    ) -> tantivy::Result<ConceptQuery> {
        variants.iter_mut().for_each(|variant| variant.weight = bm25::in_shares(variant.weight));
        let idf = bm25::idf(frequency, reader.searcher.num_docs().max(1) as f32);
        Ok(ConceptQuery {
            variants: Arc::new(variants),
            field,
            weight: idf * factor,
            norms: Arc::new(bm25::Norms::new(bm25::average_length(reader, field)?)),
            reader: reader.clone(),
        })
    }
}

impl Query for ConceptQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        // Whoever only counts needs neither frequencies nor one cursor over all variants.
        if scoring.is_scoring_enabled() || self.variants.len() < 2 {
            return Ok(Box::new(self.clone()));
        }
        AnyOf::new(&self.reader, self.forms()).weight(scoring)
    }
}

impl ConceptQuery {
    /// Returns the most that the concept scores in any unit: the frequency never saturates wholly.
    pub fn most(&self) -> Score {
        self.weight
    }

    /// Returns what the concept is looked up by, with the field.
    pub fn forms(&self) -> impl Iterator<Item = (Field, Form)> {
        self.variants.iter().map(|variant| (self.field, variant.form.clone()))
    }

    pub fn open(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Option<ConceptScorer>> {
        self.open_with(&SharedSequences::default(), segment, boost)
    }

    /// Opens the concept for whoever asks for single units, by [`ConceptScorer::score_in`] alone.
    pub fn open_to_ask(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Option<ConceptScorer>> {
        let part = self.reader.part_of(segment);
        let mut cursors = Vec::new();
        for variant in self.variants.iter() {
            let cursor = Cursor::open_to_ask(&variant.form, self.field, part, false)?;
            cursors.extend(cursor.map(|cursor| (cursor, variant.weight)));
        }
        self.scorer_of(cursors, segment, boost)
    }

    /// As `open`, with the units of the sequences that other concepts are looked up by too.
    pub fn open_with(
        &self,
        shared: &SharedSequences<'_>,
        segment: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<ConceptScorer>> {
        let part = self.reader.part_of(segment);
        let mut cursors = Vec::new();
        // Of "educat*" there are many words of one stem.
        let mut written: Vec<(String, f32, Endings)> = Vec::new();
        for variant in self.variants.iter() {
            if let Form::Term(text) = &variant.form
                && let Some((stem, endings)) = self.reader.written(self.field, text)
            {
                match written.iter_mut().find(|known| known.0 == stem && known.1 == variant.weight) {
                    Some((_, _, known)) => *known = known.or(endings),
                    None => written.push((stem, variant.weight, endings)),
                }
                continue;
            }
            let cursor = match shared.get(&variant.form) {
                Some(units) => Some(Cursor::Listed(Listed::new(units))),
                None => Cursor::open(&variant.form, self.field, part)?,
            };
            cursors.extend(cursor.map(|cursor| (cursor, variant.weight)));
        }
        for (stem, weight, endings) in written {
            let cursor = Cursor::of_written(&stem, endings, self.field, part)?;
            cursors.extend(cursor.map(|mut cursor| {
                cursor.seek_first();
                (cursor, weight)
            }));
        }
        // Words in a row behind lone words, the most frequent last: what is counted by then tells which units to pass over.
        cursors.sort_by_key(|(cursor, _)| (matches!(cursor, Cursor::Sequence(_)), cursor.size_hint()));
        self.scorer_of(cursors, segment, boost)
    }

    fn scorer_of(
        &self,
        cursors: Vec<(Cursor, f32)>,
        segment: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<ConceptScorer>> {
        if cursors.is_empty() {
            return Ok(None);
        }
        let lengths = segment.get_fieldnorms_reader(self.field)?;
        let mut scorer = ConceptScorer {
            cursors,
            lengths,
            weight: self.weight * boost,
            grain: bm25::Grain::default(),
            norms: Arc::clone(&self.norms),
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
    grain: bm25::Grain,
    norms: Arc<bm25::Norms>,
    doc: DocId,
}

impl ConceptScorer {
    /// Rounds all scores.
    pub fn in_grains(self, grain: bm25::Grain) -> ConceptScorer {
        ConceptScorer { grain, ..self }
    }

    /// Returns the most that the concept scores in any unit: the frequency never saturates wholly.
    pub fn most(&self) -> Score {
        self.grain.round(self.weight)
    }

    /// Adds the scores of the units of the window that have more than `least` with this concept, and goes to the first unit
    /// behind the window. To find words in a row costs so much that others are left without what these would add.
    pub fn add_to(&mut self, window: &mut Window, least: Score) {
        let most = self.most();
        let ConceptScorer { cursors, lengths, weight, grain, norms, doc } = self;
        let end = window.end();
        let score = |unit, frequency| grain.round(*weight * norms.saturate(frequency, lengths.fieldnorm_id(unit)));
        match cursors.as_mut_slice() {
            [(Cursor::Sequence(row), trust)] => row.each_worthy_before(
                end,
                window,
                |window, unit, most| window.score(unit) + score(unit, most as f32 * *trust) > least,
                |window, unit, frequency| window.add(unit, score(unit, frequency as f32 * *trust)),
            ),
            [(cursor, trust)] => {
                cursor.each_before(end, |unit, frequency| window.add(unit, score(unit, frequency as f32 * *trust)));
            }
            cursors => {
                let mut left = cursors.len();
                for (cursor, trust) in cursors {
                    left -= 1;
                    let Cursor::Sequence(row) = cursor else {
                        cursor.each_before(end, |unit, frequency| window.count(unit, frequency as f32 * *trust));
                        continue;
                    };
                    // Of the last variant it is known how often the concept stands in a unit at most.
                    let most_of = |window: &Window, unit, times: u32| match left {
                        0 => score(unit, window.frequency(unit) + times as f32 * *trust),
                        _ => most,
                    };
                    row.each_worthy_before(
                        end,
                        window,
                        |window, unit, most| window.score(unit) + most_of(window, unit, most) > least,
                        |window, unit, frequency| window.count(unit, frequency as f32 * *trust),
                    );
                }
                window.settle(score);
            }
        }
        *doc = cursors.iter().map(|(cursor, _)| cursor.doc()).min().unwrap_or(TERMINATED);
    }

    /// Whether some variant is words in a row.
    pub fn has_rows(&self) -> bool {
        self.cursors.iter().any(|(cursor, _)| matches!(cursor, Cursor::Sequence(_)))
    }

    /// Returns the score of one unit, `None` where the concept does not stand in it. The unit must not lie before one that
    /// was asked for earlier, and whoever goes on afterwards must `seek` first.
    pub fn score_in(&mut self, unit: DocId) -> Option<Score> {
        let mut frequency = 0.0;
        for (cursor, trust) in &mut self.cursors {
            if cursor.stands_in(unit) {
                frequency += cursor.frequency() as f32 * *trust;
            }
        }
        self.doc = unit;
        (frequency > 0.0).then(|| self.score_of(unit, frequency))
    }

    fn score_of(&self, unit: DocId, frequency: f32) -> Score {
        self.grain.round(self.weight * self.norms.saturate(frequency, self.lengths.fieldnorm_id(unit)))
    }

    /// Goes to the next unit, passing over those of a lone phrase that cannot score above the threshold.
    fn advance_above(&mut self, threshold: Score) {
        let ConceptScorer { cursors, lengths, weight, norms, doc, .. } = self;
        let [(Cursor::Sequence(sequence), trust)] = cursors.as_mut_slice() else {
            self.advance();
            return;
        };
        *doc = sequence.advance_to_worthy(&mut |unit, most| {
            let frequency = most as f32 * *trust;
            *weight * norms.saturate(frequency, lengths.fieldnorm_id(unit)) > threshold
        });
    }

    /// Returns what it costs to read all units, in entries of lists.
    pub fn cost_of_all(&self) -> u64 {
        self.cursors.iter().map(|(cursor, _)| cursor.cost_of_all()).sum()
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
        self.score_of(self.doc, frequency)
    }
}
