//! What was found for each stretch of the query, each alternative once.

use std::collections::BTreeMap;
use std::ops::Range;

use super::concepts::stems;
use crate::document::Language;
use crate::query::expansion::{Alternative, Expansion};

/// Alternatives taken for one stretch of the query.
pub(super) const MOST_ALTERNATIVES: usize = 16;

/// An alternative with its stems.
type Keyed = (Vec<String>, Alternative);

/// Alternatives by the stretch of the query that they stand for.
#[derive(Default)]
pub(super) struct Found {
    by_span: BTreeMap<(usize, usize), Vec<Keyed>>,
}

impl Found {
    /// Adds an alternative unless it is what stands in the query; of two with the same
    /// stems the first stays, as sure as the surer: tables written by hand come first and spell words as they are printed.
    pub fn add(&mut self, span: &Range<usize>, own: &[String], alternative: Alternative) {
        let key = stems(&alternative.text);
        // A part of what stands in the query is found by its words; as an alternative it would count for the others.
        if key.iter().all(|stem| own.contains(stem)) {
            return;
        }
        let entries = self.by_span.entry((span.start, span.end)).or_default();
        match entries.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => known.weight = known.weight.max(alternative.weight),
            None => entries.push((key, alternative)),
        }
    }

    /// Whether there are alternatives of exactly this stretch.
    pub fn knows(&self, span: &Range<usize>) -> bool {
        self.by_span.contains_key(&(span.start, span.end))
    }

    /// Returns the weight of the surest alternative of exactly this stretch in the language, or 0.
    pub fn surest(&self, span: &Range<usize>, language: Language) -> f32 {
        let entries = self.by_span.get(&(span.start, span.end)).map_or(&[][..], Vec::as_slice);
        let weights = entries.iter().filter(|(_, found)| found.language == language).map(|(_, found)| found.weight);
        weights.fold(0.0, f32::max)
    }

    pub fn finish(self) -> Vec<Expansion> {
        let expansions = self.by_span.into_iter().map(|((start, end), entries)| {
            let mut alternatives: Vec<Alternative> = entries.into_iter().map(|(_, alternative)| alternative).collect();
            alternatives.sort_by(|left, right| right.weight.total_cmp(&left.weight));
            alternatives.truncate(MOST_ALTERNATIVES);
            Expansion { source_span: start..end, alternatives }
        });
        expansions.collect()
    }
}
