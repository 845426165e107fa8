//! The second look at the best units: fields together, coverage, exact forms, nearness of words.
//!
//! Invariant: the score is a sum over the words of the query and the pairs of neighbouring words, times factors between
//! 0 and 1; every part of it can be shown.

use std::collections::HashMap;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, Score, SegmentReader};

use super::bm25;
use super::collect::Candidate;
use super::cursor::Cursor;
use crate::index::open::Reader;
use crate::index::voice::Voice;
use crate::query::lower::{Concept, Form, Variant, telling_frequency};

/// Constants of the ranking, chosen by measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weights {
    /// Frequency at which a word has half of its weight in a text of average length (BM25's k1).
    pub k1: f32,
    /// Share of length normalisation in the text (BM25's b).
    pub b: f32,
    /// What a word in title, headings or lead-in counts beside one in the text.
    pub context: f32,
    /// Share of length normalisation in the context.
    pub context_b: f32,
    /// Gain of a word that stands there in the very form of the query.
    pub exact: f32,
    /// Weight of a pair of neighbouring words that stand together.
    pub pair: f32,
    /// Power of the share of the query that a unit holds.
    pub coverage: f32,
    /// Factor of the title block of a document.
    pub title: f32,
    /// What a word of the other language counts beside one of the query's own.
    pub crossing: f32,
    /// Factor of what a body found, and of what a party argued before it or a dissenting member wrote.
    pub finding: f32,
    pub argument: f32,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights {
            k1: 0.9,
            b: 0.5,
            context: 0.3,
            context_b: 0.5,
            exact: 0.15,
            pair: 0.4,
            coverage: 0.1,
            title: 0.85,
            crossing: 0.7,
            finding: 1.1,
            argument: 0.92,
        }
    }
}

/// Positions of a word that are looked at in one unit.
const MAX_POSITIONS: usize = 64;
/// Farthest that two neighbouring words of the query may stand apart to count as near.
const MAX_GAP: i64 = 8;
/// What a pair in the order of the query counts beside one in the reverse order.
const REVERSED: f32 = 0.5;

/// A concept with its statistics.
pub(super) struct Sought<'a> {
    pub concept: &'a Concept,
    /// Weight of the word in its own language, and of its translations in the other.
    pub idf: f32,
    pub crossing_idf: f32,
}

/// What the ranking knows before it sees a unit.
pub(super) struct Ranker<'a> {
    sought: Vec<Sought<'a>>,
    text: Field,
    context: Field,
    voice: Field,
    average_text: f32,
    average_context: f32,
    weights: Weights,
}

impl<'a> Ranker<'a> {
    /// Prepares the concepts that are not excluded.
    pub fn new(reader: &'a Reader, concepts: &'a [Concept], weights: Weights) -> tantivy::Result<Ranker<'a>> {
        let fields = &reader.fields;
        let count = reader.searcher.num_docs().max(1) as f32;
        let mut sought = Vec::new();
        for concept in concepts.iter().filter(|concept| !concept.excluded) {
            let frequency = |crossing| telling_frequency(concept.variants_that(crossing), reader);
            let (own, crossing) = (frequency(false)?, frequency(true)?);
            let (idf, crossing_idf) = (bm25::idf(own, count), weights.crossing * bm25::idf(crossing, count));
            // A word that its own language lacks is worth what its translations are; else a rare translation is worth
            // no more than the word.
            let (idf, crossing_idf) = match (own > 0.0, crossing > 0.0) {
                (false, true) => (crossing_idf, crossing_idf),
                _ => (idf, crossing_idf.min(idf)),
            };
            let weight = concept.weight;
            sought.push(Sought { concept, idf: idf * weight, crossing_idf: crossing_idf * weight });
        }
        let average = |field| bm25::average_length(reader, field);
        Ok(Ranker {
            sought,
            text: fields.text,
            context: fields.context,
            voice: fields.voice,
            average_text: average(fields.text)?,
            average_context: average(fields.context)?,
            weights,
        })
    }

    /// Scores the candidates anew and sorts them, best first. With `explain`, the texts explain the scores.
    pub fn rank(
        &self,
        reader: &Reader,
        candidates: Vec<Candidate>,
        explain: bool,
    ) -> tantivy::Result<Vec<(Candidate, Option<String>)>> {
        let mut by_place = candidates;
        by_place.sort_by_key(|candidate| candidate.address);
        let groups: Vec<&[Candidate]> =
            by_place.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord).collect();
        let ranked = reader.side_by_side(&groups, |group| self.rank_part(reader, group, explain))?;
        let mut ranked = ranked.into_iter().flatten().collect::<Vec<_>>();
        ranked.sort_by_key(|(candidate, _)| *candidate);
        Ok(ranked)
    }

    /// Scores candidates of one part of the index.
    fn rank_part(
        &self,
        reader: &Reader,
        group: &[Candidate],
        explain: bool,
    ) -> tantivy::Result<Vec<(Candidate, Option<String>)>> {
        let Some(first) = group.first() else { return Ok(Vec::new()) };
        let mut look = Look::open(self, reader.searcher.segment_reader(first.address.segment_ord))?;
        let scored = group.iter().map(|candidate| {
            let parts = look.at(candidate.address.doc_id);
            let score = self.score(&parts);
            let explanation = explain.then(|| self.explain(&parts, score));
            (Candidate { score, address: candidate.address }, explanation)
        });
        Ok(scored.collect())
    }

    fn word_score(&self, sought: &Sought<'_>, seen: &Seen<'_>, parts: &Parts<'_>) -> Score {
        let b = self.weights.b;
        let length = 1.0 - b + b * parts.text_length / self.average_text;
        let b = self.weights.context_b;
        let context_length = 1.0 - b + b * parts.context_length / self.average_context;
        let saturated = |found: &Frequencies| {
            let frequency = found.text / length + self.weights.context * found.context / context_length;
            frequency / (frequency + self.weights.k1)
        };
        let exact = if seen.exact { 1.0 + self.weights.exact } else { 1.0 };
        let own = sought.idf * exact * saturated(&seen.own);
        own.max(sought.crossing_idf * saturated(&seen.crossing))
    }

    fn pair_score(&self, at: usize, parts: &Parts<'_>) -> Score {
        let (Some([left, right]), Some([left_seen, right_seen])) =
            (self.sought.get(at..at + 2), parts.seen.get(at..at + 2))
        else {
            return 0.0;
        };
        let wanted = right.concept.place as i64 - left.concept.place as i64;
        let nearness = nearness(&left_seen.positions, &right_seen.positions, wanted);
        self.weights.pair * left.idf.min(right.idf) * nearness
    }

    /// Returns the share of the query that stands in the unit, in text or context, by the weight of its words.
    fn coverage(&self, parts: &Parts<'_>) -> f32 {
        let all: f32 = self.sought.iter().map(|sought| sought.idf).sum();
        let there = self.sought.iter().zip(&parts.seen).filter(|(_, seen)| seen.frequency() > 0.0);
        let held: f32 = there.map(|(sought, seen)| sought.idf * seen.frequency().min(1.0)).sum();
        if all > 0.0 { held / all } else { 1.0 }
    }

    fn score(&self, parts: &Parts<'_>) -> Score {
        let words: Score =
            self.sought.iter().zip(&parts.seen).map(|(sought, seen)| self.word_score(sought, seen, parts)).sum();
        let pairs: Score = (0..self.sought.len().saturating_sub(1)).map(|at| self.pair_score(at, parts)).sum();
        let title = if parts.title { self.weights.title } else { 1.0 };
        (words + pairs) * self.coverage(parts).powf(self.weights.coverage) * title * self.voice_factor(parts.voice)
    }

    fn voice_factor(&self, voice: Option<Voice>) -> f32 {
        match voice {
            Some(Voice::Finding) => self.weights.finding,
            Some(Voice::Argument) => self.weights.argument,
            None => 1.0,
        }
    }

    fn explain(&self, parts: &Parts<'_>, score: Score) -> String {
        let mut text = format!("{score:.3} =");
        for (at, (sought, seen)) in self.sought.iter().zip(&parts.seen).enumerate() {
            let value = self.word_score(sought, seen, parts);
            let _ = write!(text, " {}{} {value:.2}", if at > 0 { "+ " } else { "" }, sought.concept.text);
            let mut marks = Vec::new();
            if seen.exact {
                marks.push("exact");
            }
            if seen.own.context + seen.crossing.context > 0.0 {
                marks.push("heading");
            }
            marks.extend(&seen.via);
            if !marks.is_empty() {
                let _ = write!(text, " ({})", marks.join(", "));
            }
            let pair = if at > 0 { self.pair_score(at - 1, parts) } else { 0.0 };
            if pair > 0.0 {
                let _ = write!(text, " + near {pair:.2}");
            }
        }
        let _ = write!(text, "; coverage {:.2}, length {}", self.coverage(parts), parts.text_length);
        if parts.title {
            let _ = write!(text, ", title block {:.2}", self.weights.title);
        }
        if let Some(voice) = parts.voice {
            let _ = write!(text, ", {} {:.2}", voice.term(), self.voice_factor(Some(voice)));
        }
        text
    }
}

/// Returns how near the words of a pair stand at the place where they are nearest: 1 where the second stands as far
/// behind the first as in the query, less with every word between, 0 beyond [`MAX_GAP`].
fn nearness(left: &[u32], right: &[u32], wanted: i64) -> f32 {
    let mut best: f32 = 0.0;
    let mut from = 0;
    for &position in left {
        let position = i64::from(position);
        while right.get(from).is_some_and(|&other| i64::from(other) < position - MAX_GAP - wanted) {
            from += 1;
        }
        for &other in right.get(from..).unwrap_or_default() {
            let distance = i64::from(other) - position;
            if distance > MAX_GAP + wanted {
                break;
            }
            let off = (distance - wanted).abs() as f32;
            let order = if distance > 0 { 1.0 } else { REVERSED };
            if distance != 0 {
                best = best.max(order / (1.0 + off));
            }
        }
    }
    best
}

/// What one unit holds of the query.
struct Parts<'a> {
    seen: Vec<Seen<'a>>,
    text_length: f32,
    context_length: f32,
    title: bool,
    voice: Option<Voice>,
}

#[derive(Default)]
struct Seen<'a> {
    /// Of the word and what it is called in its own language.
    own: Frequencies,
    /// Of what it is called in the other.
    crossing: Frequencies,
    exact: bool,
    positions: Vec<u32>,
    /// Added words that were found.
    via: Vec<&'a str>,
}

/// Weighted frequencies.
#[derive(Default)]
struct Frequencies {
    text: f32,
    context: f32,
}

impl Seen<'_> {
    /// Returns how often the concept is there in the language in which it is there more often.
    fn frequency(&self) -> f32 {
        (self.own.text + self.own.context).max(self.crossing.text + self.crossing.context)
    }

    fn of(&mut self, crossing: bool) -> &mut Frequencies {
        if crossing { &mut self.crossing } else { &mut self.own }
    }
}

/// The postings of the concepts in one part of the index.
struct Look<'a> {
    ranker: &'a Ranker<'a>,
    forms: Vec<FormLook>,
    concepts: Vec<ConceptLook<'a>>,
    text_lengths: tantivy::fieldnorm::FieldNormReader,
    context_lengths: tantivy::fieldnorm::FieldNormReader,
    voices: Vec<(Voice, Cursor)>,
    kinds: Option<StrColumn>,
    title: Option<u64>,
}

/// The forms of a concept by their place in [`Look::forms`].
struct ConceptLook<'a> {
    text: Vec<(usize, &'a Variant)>,
    context: Vec<(usize, &'a Variant)>,
    exact: Option<Cursor>,
}

/// One form, looked up once in each unit for all concepts that share it.
struct FormLook {
    cursor: Cursor,
    /// The unit of the frequency and the positions.
    unit: Option<DocId>,
    frequency: f32,
    /// Empty where positions are not wanted.
    positions: Vec<u32>,
}

impl FormLook {
    /// Looks at a unit; 0 where the form does not stand in it.
    fn frequency(&mut self, unit: DocId, positions: bool) -> f32 {
        if self.unit != Some(unit) {
            let there = self.cursor.seek(unit) == unit;
            self.unit = Some(unit);
            self.frequency = if there { self.cursor.frequency() as f32 } else { 0.0 };
            self.positions.clear();
            if there && positions {
                self.cursor.positions(&mut self.positions);
            }
        }
        self.frequency
    }
}

/// Opens forms, each once.
struct Forms<'a> {
    segment: &'a SegmentReader,
    places: FxHashMap<(Field, &'a Form), Option<usize>>,
    opened: Vec<FormLook>,
}

impl<'a> Forms<'a> {
    /// Returns the place of a form among those opened; `None` where the part of the index does not hold it.
    fn open(&mut self, field: Field, form: &'a Form, positions: bool) -> tantivy::Result<Option<usize>> {
        if let Some(place) = self.places.get(&(field, form)) {
            return Ok(*place);
        }
        let cursor = Cursor::open(form, field, self.segment, positions)?;
        let place = cursor.map(|cursor| {
            self.opened.push(FormLook { cursor, unit: None, frequency: 0.0, positions: Vec::new() });
            self.opened.len() - 1
        });
        self.places.insert((field, form), place);
        Ok(place)
    }
}

impl<'a> Look<'a> {
    fn open(ranker: &'a Ranker<'a>, segment: &'a SegmentReader) -> tantivy::Result<Look<'a>> {
        let mut concepts = Vec::with_capacity(ranker.sought.len());
        let mut forms = Forms { segment, places: FxHashMap::default(), opened: Vec::new() };
        let pairs = ranker.sought.len() > 1;
        for sought in &ranker.sought {
            let concept: &'a Concept = sought.concept;
            let (mut text, mut context) = (Vec::new(), Vec::new());
            for variant in concept.variants.iter().chain(&concept.faint) {
                text.extend(forms.open(ranker.text, &variant.form, pairs)?.map(|form| (form, variant)));
                if matches!(variant.form, Form::Term(_)) {
                    context.extend(forms.open(ranker.context, &variant.form, false)?.map(|form| (form, variant)));
                }
            }
            let exact = match &concept.exact {
                Some(term) => Cursor::open(&Form::Term(term.clone()), ranker.text, segment, false)?,
                None => None,
            };
            concepts.push(ConceptLook { text, context, exact });
        }
        let mut voices = Vec::new();
        for voice in [Voice::Finding, Voice::Argument] {
            let form = Form::Key(ranker.voice, voice.term().to_owned());
            voices.extend(Cursor::open(&form, ranker.voice, segment, false)?.map(|cursor| (voice, cursor)));
        }
        let kinds = segment.fast_fields().str("kind")?;
        let title = match &kinds {
            Some(column) => column.dictionary().term_ord("title")?,
            None => None,
        };
        Ok(Look {
            ranker,
            forms: forms.opened,
            concepts,
            text_lengths: segment.get_fieldnorms_reader(ranker.text)?,
            context_lengths: segment.get_fieldnorms_reader(ranker.context)?,
            voices,
            kinds,
            title,
        })
    }

    /// Looks at a unit; units are visited in ascending order.
    fn at(&mut self, unit: DocId) -> Parts<'a> {
        let pairs = self.ranker.sought.len() > 1;
        let mut parts = Parts {
            seen: Vec::with_capacity(self.concepts.len()),
            text_length: self.text_lengths.fieldnorm(unit) as f32,
            context_length: self.context_lengths.fieldnorm(unit) as f32,
            voice: self.voices.iter_mut().find_map(|(voice, units)| (units.seek(unit) == unit).then_some(*voice)),
            title: self.title.is_some()
                && self.kinds.as_ref().and_then(|kinds| kinds.term_ords(unit).next()) == self.title,
        };
        for concept in &mut self.concepts {
            let mut seen = Seen::default();
            for &(form, variant) in &concept.text {
                let Some(form) = self.forms.get_mut(form) else { continue };
                let frequency = form.frequency(unit, pairs);
                if frequency > 0.0 {
                    seen.of(variant.crossing).text += frequency * variant.weight;
                    seen.positions.extend(&form.positions);
                    seen.via.extend(variant.via.iter().map(|(_, words)| words.as_str()));
                }
            }
            for &(form, variant) in &concept.context {
                let frequency = self.forms.get_mut(form).map_or(0.0, |form| form.frequency(unit, false));
                seen.of(variant.crossing).context += frequency * variant.weight;
            }
            // A concept looked up by its very form alone has nothing more exact to find.
            seen.exact = concept.exact.as_mut().is_some_and(|cursor| cursor.seek(unit) == unit);
            seen.positions.sort_unstable();
            seen.positions.truncate(MAX_POSITIONS);
            parts.seen.push(seen);
        }
        parts
    }
}

/// Returns the added words of the query that stand in each of some units, each word once.
pub(super) fn via(
    ranker: &Ranker<'_>,
    reader: &Reader,
    mut addresses: Vec<DocAddress>,
) -> tantivy::Result<HashMap<DocAddress, Vec<String>>> {
    let mut found = HashMap::new();
    let expanded =
        ranker.sought.iter().any(|sought| sought.concept.variants.iter().any(|variant| variant.via.is_some()));
    if !expanded {
        return Ok(found);
    }
    addresses.sort_unstable();
    for group in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let Some(first) = group.first() else { continue };
        let mut look = Look::open(ranker, reader.searcher.segment_reader(first.segment_ord))?;
        for address in group {
            let mut words: Vec<String> = Vec::new();
            for word in look.at(address.doc_id).seen.into_iter().flat_map(|seen| seen.via) {
                if !words.iter().any(|known| known == word) {
                    words.push(word.to_owned());
                }
            }
            found.insert(*address, words);
        }
    }
    Ok(found)
}
