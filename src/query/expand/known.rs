//! Words that the lexicon knows, for whoever mends a word that the index does not hold.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Lexicon;
use super::concepts::stems;
use crate::analyzer;
use crate::learn::Direction;

/// Bytes by which a word is longer than its stem at most.
const LONGEST_ENDING: usize = 8;
/// As how often seen a word counts that stands in a term of the field, when words are corrected.
const TERM: f32 = 100.0;

impl Lexicon<'_> {
    /// As `Expander::seen`.
    pub(super) fn seen_forms(&self, stems: &[&str]) -> Vec<Option<(String, f32)>> {
        let terms = self.words_of_terms(stems);
        let seen = |stem: &&str| {
            let direction = Direction::from(analyzer::language_of(stem)?);
            let tables = self.translations.iter().filter_map(|table| table.printed(stem, direction));
            let of_terms = terms.get(*stem).map(|form| (form.as_str(), TERM));
            let (form, times) = tables.chain(of_terms).max_by(|left, right| left.1.total_cmp(&right.1))?;
            Some((form.to_owned(), times))
        };
        stems.iter().map(seen).collect()
    }

    /// As `Expander::nearest`.
    pub(super) fn nearest_form(&self, word: &str, errors: usize) -> Option<String> {
        let language = analyzer::language_of(word)?;
        let direction = Direction::from(language);
        let stem = stems(word).into_iter().next()?;
        let first = word.chars().next()?;
        let beginning = stem.chars().next()?.to_string();
        let mut best: Option<(usize, f32, String)> = None;
        let words = self.translations.iter().flat_map(|table| table.words_beginning(&beginning, direction));
        for (known, form, observations) in words {
            let near = |a: &str, b: &str| {
                let close = a.chars().count().abs_diff(b.chars().count()) <= errors;
                close.then(|| strsim::osa_distance(a, b)).filter(|distance| *distance <= errors)
            };
            if !form.starts_with(first) {
                continue;
            }
            let Some(distance) = near(word, form).into_iter().chain(near(&stem, known)).min() else { continue };
            let better = best
                .as_ref()
                .is_none_or(|(least, most, _)| distance < *least || (distance == *least && observations > *most));
            if better {
                best = Some((distance, observations, form.to_owned()));
            }
        }
        best.map(|(_, _, form)| form)
    }

    /// Returns the words of the tables of concepts whose stems may be among these, by their stems.
    fn words_of_terms(&self, like: &[&str]) -> FxHashMap<String, String> {
        let mut found = FxHashMap::default();
        let Some(first) = like.first().and_then(|stem| stem.chars().next()) else { return found };
        let longest = like.iter().map(|stem| stem.len()).max().unwrap_or(0);
        let words: FxHashSet<&str> = self.tables.iter().flat_map(|table| table.words_beginning(first)).collect();
        for word in words.into_iter().filter(|word| word.len() <= longest + LONGEST_ENDING) {
            if let [stem] = stems(word).as_slice() {
                // The shortest one, as they come in no order.
                let known = found.entry(stem.clone()).or_insert_with(|| word.to_owned());
                if (word.len(), word) < (known.len(), known.as_str()) {
                    word.clone_into(known);
                }
            }
        }
        found
    }
}
