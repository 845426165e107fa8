//! The second look at the best units: fields together, coverage, exact forms, nearness of words.
//!
//! Invariant: the score is a sum over the words of the query and the pairs of neighbouring words, times factors of the
//! unit that do not depend on the query but for its coverage; every part of it can be shown.

mod look;

use std::collections::HashMap;
use std::fmt::Write as _;

use tantivy::schema::Field;
use tantivy::{DocAddress, Score};

use super::bm25;
use super::collect::Candidate;
use crate::index::open::Reader;
use crate::index::voice::Voice;
use crate::query::lower::{Concept, telling_frequency};
use look::{Frequencies, Look, Parts, Seen};

/// Constants of the ranking, chosen by measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weights {
    /// Frequency at which a word has half of its weight in a text of average length (BM25's k1).
    pub k1: f32,
    /// Share of length normalisation in the text (BM25's b).
    pub b: f32,
    /// What a word in title, headings or lead-in counts beside one in the text.
    pub context: f32,
    /// Gain of a word that stands there in the very form of the query.
    pub exact: f32,
    /// Weight of a pair of neighbouring words that stand together.
    pub pair: f32,
    /// Weight of a stop word beside others.
    pub stop: f32,
    /// Power of the share of the query that a unit holds.
    pub coverage: f32,
    /// What a word of the other language counts beside one of the query's own.
    pub crossing: f32,
    /// Factor of what a body found, and of what a party argued before it or a dissenting member wrote.
    pub finding: f32,
    pub argument: f32,
    /// Factor of a footnote out of the text of a ready paragraph.
    pub note: f32,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights {
            k1: 0.9,
            b: 0.5,
            context: 0.3,
            exact: 0.15,
            pair: 0.4,
            stop: 0.2,
            coverage: 0.2,
            crossing: 0.7,
            finding: 1.1,
            argument: 0.92,
            note: 0.65,
        }
    }
}

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
            let weight = if concept.stop { weights.stop } else { concept.weight };
            sought.push(Sought { concept, idf: idf * weight, crossing_idf: crossing_idf * weight });
        }
        Ok(Ranker {
            sought,
            text: fields.text,
            context: fields.context,
            voice: fields.voice,
            average_text: bm25::average_length(reader, fields.text)?,
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
        let mut look = Look::open(self, reader.part(first.address.segment_ord))?;
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
        let saturated = |found: &Frequencies| {
            let frequency = found.text / length + self.weights.context * found.context;
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
        (words + pairs) * self.coverage(parts).powf(self.weights.coverage) * self.voice_factor(parts.voice)
    }

    fn voice_factor(&self, voice: Option<Voice>) -> f32 {
        match voice {
            Some(Voice::Finding) => self.weights.finding,
            Some(Voice::Argument) => self.weights.argument,
            Some(Voice::Note) => self.weights.note,
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
        let mut look = Look::open(ranker, reader.part(first.segment_ord))?;
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
