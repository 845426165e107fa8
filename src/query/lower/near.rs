//! Words and groups of them near each other, and phrases with beginnings of words, to sequences of terms.

use std::ops::Range;

use super::variants::{exact_term, own};
use super::{Form, Lowering, Variant};
use crate::analyzer::EXACT_PREFIX;
use crate::query::parse::{Query, Words, plain_tokens};

/// Sequences that a phrase or words near each other stand for, at most.
const MAX_SEQUENCES: usize = 64;
/// Sequences of each way to choose from groups, at least.
const LEAST_SEQUENCES: usize = 4;

/// A place in a sequence: where it is, and the terms that may stand there.
type Place = (u32, Vec<String>);

/// A word, a phrase or the beginning of a word.
#[derive(Clone, Copy)]
struct Leaf<'q> {
    words: &'q Words,
    begins: bool,
}

impl Lowering<'_> {
    /// Returns a variant for every way to say the parts: one of each alternatives, every word that begins so.
    pub(super) fn near_variants(&self, parts: &[Query], distance: u32) -> tantivy::Result<Vec<Variant>> {
        let ways = product(parts);
        let most = (MAX_SEQUENCES / ways.len().max(1)).max(LEAST_SEQUENCES);
        let mut variants: Vec<Variant> = Vec::new();
        for way in ways {
            let begun = way.iter().filter(|leaf| leaf.begins).count();
            let mut places = Vec::new();
            for leaf in way {
                if leaf.begins {
                    places.push((0, self.words_that_begin(&leaf.words.text, share(most, begun))?));
                } else {
                    places.extend(plain_tokens(&leaf.words.text).iter().map(|token| (0, vec![self.term(token)])));
                }
            }
            for variant in sequences(&places, Some(distance)) {
                if !variants.contains(&variant) {
                    variants.push(variant);
                }
            }
        }
        Ok(variants)
    }

    /// Returns the very words of a phrase in a row; where "*" follows a word, every word that begins so.
    pub(super) fn exact_sequences(&self, text: &str, distance: Option<u32>) -> tantivy::Result<Vec<Variant>> {
        let tokens = plain_tokens(text);
        let begins = |end: usize| text.get(end..).is_some_and(|rest| rest.starts_with('*'));
        let begun = tokens.iter().filter(|token| begins(token.end)).count();
        let Some(first) = tokens.first().map(|token| token.position) else { return Ok(Vec::new()) };
        let mut places: Vec<Place> = Vec::new();
        for token in &tokens {
            let terms = if begins(token.end) {
                self.words_that_begin(&token.exact, share(MAX_SEQUENCES, begun))?
            } else {
                vec![exact_term(token)]
            };
            places.push(((token.position - first) as u32, terms));
        }
        Ok(sequences(&places, distance))
    }

    /// Returns the terms of words that begin so, the most frequent first. Where there are none, a term that no unit has: what
    /// was asked for must not fall away.
    fn words_that_begin(&self, beginning: &str, most: usize) -> tantivy::Result<Vec<String>> {
        let found = self.prefix_variants(beginning)?.into_iter().filter_map(|variant| match variant.form {
            Form::Term(term) => Some(term),
            _ => None,
        });
        let mut terms: Vec<String> = found.take(most).collect();
        if terms.is_empty() {
            terms.push(format!("{EXACT_PREFIX}{beginning}*"));
        }
        Ok(terms)
    }
}

/// Returns how many words each of several beginnings may stand for, so that together they make no more than `most`.
fn share(most: usize, beginnings: usize) -> usize {
    let beginnings = u32::try_from(beginnings).unwrap_or(u32::MAX).max(1);
    (1..=most)
        .take_while(|share| share.checked_pow(beginnings).is_some_and(|product| product <= most))
        .last()
        .unwrap_or(1)
}

/// Returns the sequences of one term of each place.
fn sequences(places: &[Place], distance: Option<u32>) -> Vec<Variant> {
    let mut rows: Vec<Vec<(u32, String)>> = vec![Vec::new()];
    for (at, terms) in places {
        let longer = |row: &Vec<(u32, String)>| {
            terms.iter().map(|term| row.iter().cloned().chain([(*at, term.clone())]).collect()).collect::<Vec<_>>()
        };
        rows = rows.iter().flat_map(longer).collect();
    }
    let form = |mut terms: Vec<(u32, String)>| match terms.len() {
        0 => None,
        1 => terms.pop().map(|(_, term)| Form::Term(term)),
        _ => Some(Form::Sequence { terms, distance }),
    };
    rows.into_iter().filter_map(form).map(own).collect()
}

/// Returns the ways to take one way of each part.
fn product(parts: &[Query]) -> Vec<Vec<Leaf<'_>>> {
    parts.iter().fold(vec![Vec::new()], |rows, part| {
        let ways = ways(part);
        rows.iter().flat_map(|row| ways.iter().map(|way| [row.as_slice(), way].concat()).collect::<Vec<_>>()).collect()
    })
}

fn ways(query: &Query) -> Vec<Vec<Leaf<'_>>> {
    match query {
        Query::Word(words) | Query::Phrase { words, .. } => vec![vec![Leaf { words, begins: false }]],
        Query::Prefix(words) => vec![vec![Leaf { words, begins: true }]],
        Query::Any(parts) => parts.iter().flat_map(ways).collect(),
        Query::All(parts) | Query::Near { parts, .. } => product(parts),
        Query::Must(part) => ways(part),
        Query::Empty | Query::Not(_) => vec![Vec::new()],
    }
}

/// Returns all words of the parts as one text.
pub(super) fn joined(parts: &[Query]) -> Words {
    let leaves: Vec<&Words> = parts.iter().flat_map(leaves).collect();
    let text: Vec<&str> = leaves.iter().map(|words| words.text.as_str()).collect();
    let start = leaves.iter().map(|words| words.span.start).min().unwrap_or(0);
    let end = leaves.iter().map(|words| words.span.end).max().unwrap_or(0);
    let span: Range<usize> = start..end;
    Words { text: text.join(" "), span }
}

fn leaves(query: &Query) -> Vec<&Words> {
    match query {
        Query::Word(words) | Query::Phrase { words, .. } | Query::Prefix(words) => vec![words],
        Query::Any(parts) | Query::All(parts) | Query::Near { parts, .. } => parts.iter().flat_map(leaves).collect(),
        Query::Must(part) | Query::Not(part) => leaves(part),
        Query::Empty => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_share_the_sequences() {
        for (most, beginnings, expected) in [(64, 0, 64), (64, 1, 64), (64, 2, 8), (64, 3, 4), (64, 9, 1), (4, 2, 2)] {
            assert_eq!(share(most, beginnings), expected, "{most} {beginnings}");
        }
    }
}
