//! More like this: the telling words of some units as a query, then the likeness of whole texts among the first hits.
//!
//! Invariant: the units that were given are not among the hits.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Answer, Hit, Request, SearchError, StoredUnit, search_with, with_lexicon};
use crate::analyzer::{self, Token};
use crate::document::ParagraphKind;
use crate::index::open::Reader;

/// Words that stand for a paragraph. More make a query slower and its hits no better: a paragraph has about as many
/// that tell it from others.
const MOST_WORDS: usize = 24;
/// Hits among which likeness decides too.
const COMPARED: usize = 100;
/// What a note or a title block counts beside a paragraph. Names, titles and places of publication make a short text like
/// many; who asks for more of a paragraph wants what says something on the matter.
const NOTE: f32 = 0.5;
/// Share of the likeness in the order of these; the rest is the score.
const LIKENESS: f32 = 0.3;

/// Answers with the units that are most like those given; `request` says how many, in which language and so on, its
/// text is not used.
///
/// # Errors
/// As [`super::search`].
pub fn similar(reader: &Reader, units: &[StoredUnit], request: &Request) -> Result<Answer, SearchError> {
    let words = telling_words(reader, units).map_err(|error| reader.error(error))?;
    if words.is_empty() {
        return Ok(Answer::default());
    }
    let wider = Request {
        text: words.join(" "),
        limit: request.offset.saturating_add(request.limit).max(COMPARED).saturating_add(units.len()),
        offset: 0,
        ..request.clone()
    };
    let mut answer = with_lexicon(reader, &wider, |expander| search_with(reader, &wider, expander))?;
    let given: HashSet<(&str, u32)> = units.iter().map(|unit| (unit.document.as_str(), unit.ordinal)).collect();
    let found = answer.hits.len();
    answer.hits.retain(|hit| !given.contains(&(hit.unit.document.as_str(), hit.unit.ordinal)));
    answer.total = answer.total.saturating_sub(found - answer.hits.len());
    if !units.iter().all(is_note) {
        put_notes_back(&mut answer.hits);
    }
    order_by_likeness(reader, units, &mut answer.hits).map_err(|error| reader.error(error))?;
    answer.hits.drain(..request.offset.min(answer.hits.len()));
    answer.hits.truncate(request.limit);
    for (hit, rank) in answer.hits.iter_mut().zip(request.offset + 1..) {
        hit.rank = rank;
    }
    Ok(answer)
}

fn is_note(unit: &StoredUnit) -> bool {
    matches!(unit.kind, ParagraphKind::Footnote | ParagraphKind::Title)
}

/// Orders the hits again with notes and title blocks for less.
fn put_notes_back(hits: &mut [Hit]) {
    for hit in hits.iter_mut().filter(|hit| is_note(&hit.unit)) {
        hit.score *= NOTE;
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
}

/// Orders the first hits in the language of the units by their likeness too: a query weighs a word that stands there once
/// or often, in a short text or a long one, by the text found, never by the text that was given. Hits in other languages
/// share no words with the units and keep their places; so do the scores, each at its rank.
fn order_by_likeness(reader: &Reader, units: &[StoredUnit], hits: &mut [Hit]) -> tantivy::Result<()> {
    let Some(language) = units.first().map(|unit| unit.language) else { return Ok(()) };
    let mut weigher = Weigher { reader, rarity: HashMap::new() };
    let given = weigher.vector(units.iter().map(|unit| unit.text.as_str()))?;
    let top = hits.iter().map(|hit| hit.score).fold(f32::MIN_POSITIVE, f32::max);
    let mut places = Vec::new();
    let mut ordered: Vec<(f32, Hit)> = Vec::new();
    for (place, hit) in hits.iter().enumerate().take(COMPARED) {
        if hit.unit.language == language {
            let counts = if is_note(&hit.unit) && !units.iter().all(is_note) { NOTE } else { 1.0 };
            let likeness = counts * cosine(&given, &weigher.vector([hit.unit.text.as_str()])?);
            let mut hit = hit.clone();
            if let Some(explanation) = &mut hit.explanation {
                explanation.push_str(&format!("; likeness {likeness:.2}"));
            }
            ordered.push(((1.0 - LIKENESS) * hit.score / top + LIKENESS * likeness, hit));
            places.push(place);
        }
    }
    ordered.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    for (place, (_, hit)) in places.into_iter().zip(ordered) {
        if let Some(slot) = hits.get_mut(place) {
            let score = slot.score;
            *slot = Hit { score, ..hit };
        }
    }
    Ok(())
}

/// Weighs the words of texts by how often they stand there and how rare they are in the index.
struct Weigher<'r> {
    reader: &'r Reader,
    /// By stem.
    rarity: HashMap<String, f32>,
}

impl Weigher<'_> {
    fn vector<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> tantivy::Result<BTreeMap<String, f32>> {
        let mut vector = BTreeMap::new();
        for token in texts.into_iter().flat_map(analyzer::analyze).filter(is_word) {
            *vector.entry(token.text).or_insert(0.0) += 1.0;
        }
        for (stem, weight) in &mut vector {
            *weight = (1.0 + f32::ln(*weight)) * self.rarity(stem)?;
        }
        Ok(vector)
    }

    fn rarity(&mut self, stem: &str) -> tantivy::Result<f32> {
        if let Some(rarity) = self.rarity.get(stem) {
            return Ok(*rarity);
        }
        let rarity = rarity(self.reader, holding(self.reader, stem)?);
        self.rarity.insert(stem.to_owned(), rarity);
        Ok(rarity)
    }
}

/// Returns how many units hold a word, given by its stem.
fn holding(reader: &Reader, stem: &str) -> tantivy::Result<u64> {
    reader.frequency(reader.fields.text, stem)
}

/// Returns what a word counts that so many units hold.
fn rarity(reader: &Reader, holding: u64) -> f32 {
    (1.0 + reader.searcher.num_docs() as f32 / holding.max(1) as f32).ln()
}

/// Returns the cosine of the angle between two vectors of words, 0 where they share none.
fn cosine(a: &BTreeMap<String, f32>, b: &BTreeMap<String, f32>) -> f32 {
    let shared: f32 = a.iter().filter_map(|(stem, weight)| Some(weight * b.get(stem)?)).sum();
    let length = |vector: &BTreeMap<String, f32>| vector.values().map(|weight| weight * weight).sum::<f32>().sqrt();
    let lengths = length(a) * length(b);
    if lengths > 0.0 { shared / lengths } else { 0.0 }
}

fn is_word(token: &Token) -> bool {
    token.exact.chars().any(char::is_alphabetic) && !analyzer::is_stop_word(&token.exact) && !token.joined
}

/// Returns the words whose stems are frequent in the units and rare in the index, the most telling first.
fn telling_words(reader: &Reader, units: &[StoredUnit]) -> tantivy::Result<Vec<String>> {
    // By stem: how often, and the first form met.
    let mut counts: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for token in units.iter().flat_map(|unit| analyzer::analyze(&unit.text)).filter(is_word) {
        counts.entry(token.text).or_insert((0, token.exact)).0 += 1;
    }
    let mut weighed = Vec::with_capacity(counts.len());
    for (stem, (count, word)) in counts {
        let holding = holding(reader, &stem)?;
        // A word of these units alone finds nothing else.
        if holding as usize > units.len() || (holding > 1 && units.len() > 1) {
            let weight = (1.0 + (count as f32).ln()) * rarity(reader, holding);
            weighed.push((weight, word));
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(weighed.into_iter().take(MOST_WORDS).map(|(_, word)| word).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture::{document, index};
    use crate::search::units;

    #[test]
    fn vectors_are_alike_by_their_rare_words() {
        let vector = |words: &[(&str, f32)]| words.iter().map(|(word, weight)| ((*word).to_owned(), *weight)).collect();
        let a = vector(&[("birth", 3.0), ("child", 1.0)]);
        assert!((cosine(&a, &a) - 1.0).abs() < 1e-6);
        assert_eq!(cosine(&a, &vector(&[("prison", 2.0)])), 0.0);
        assert_eq!(cosine(&a, &BTreeMap::new()), 0.0);
        assert!(cosine(&a, &vector(&[("birth", 1.0)])) > cosine(&a, &vector(&[("child", 1.0)])));
    }

    #[test]
    fn notes_stand_behind_what_says_something() {
        let note = ["1|Register of midwives, arrivals (Harbour Press, 2012)"];
        let mut notes = document("notes", "N", &note);
        notes.paragraphs[0].kind = ParagraphKind::Footnote;
        let (_folder, reader) = index(&[
            document("a", "A", &["1|The register of midwives records the arrivals of infants in Harbour"]),
            notes,
            document("b", "B", &["1|Midwives of the valley keep a register of arrivals"]),
            document("c", "C", &["1|Nothing of the kind", "2|Something else again", "3|Harbour walls"]),
        ]);
        let request = Request { limit: 2, cross: false, explain: true, ..Request::default() };
        let answer = similar(&reader, &units(&reader, "a").expect("units"), &request).expect("an answer");
        let found: Vec<&str> = answer.hits.iter().map(|hit| hit.unit.document.as_str()).collect();
        assert_eq!(found, ["b", "notes"]);
        assert!(answer.hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "scores descend");
        assert!(answer.explanation.is_some_and(|words| words.contains("midwives")));
        assert!(answer.hits[0].explanation.as_ref().is_some_and(|why| why.contains("likeness")));
        // Who asks for more of a note wants notes.
        let answer = similar(&reader, &units(&reader, "notes").expect("units"), &request).expect("an answer");
        assert_eq!(answer.hits[0].unit.document, "a");
    }

    #[test]
    fn what_speaks_of_the_same_alone_stands_before_what_mentions_it() {
        let mention =
            format!("1|Prisons: registers of arrivals, midwives, {}", "guards, cells, keys, walls, ".repeat(2));
        let lines = ["1|The register of midwives records arrivals", "2|Arrivals: the register of the midwives"];
        let (_folder, reader) = index(&[
            document("a", "A", &lines),
            document("b", "B", &[&mention]),
            document("c", "C", &["1|Nothing of the kind", "2|Something else again"]),
        ]);
        let given = units(&reader, "a").expect("units");
        let request = Request { limit: 10, cross: false, ..Request::default() };
        let answer = similar(&reader, &given[..1], &request).expect("an answer");
        let found: Vec<&str> = answer.hits.iter().map(|hit| hit.unit.document.as_str()).collect();
        assert_eq!(found, ["a", "b"]);
        assert!(answer.hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "scores descend");
    }
}
