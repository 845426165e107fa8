//! Where the words of a query stand in a text.
//!
//! Invariant: offsets count Unicode scalar values of the text as stored, ascending and not overlapping.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::analyzer::{self, EXACT_PREFIX, Initials, Token};
use crate::query::lower::{Concept, Form};

/// What is marked in the texts of an answer.
#[derive(Debug, Default)]
pub(crate) struct Marker<'a> {
    /// Terms that are marked wherever they stand.
    words: Terms<'a>,
    /// Terms that are marked where they stand together.
    sequences: Vec<Sequence<'a>>,
    /// All terms of both: of a long text, few tokens are.
    sought: Terms<'a>,
}

/// Terms with their offsets, in a row or within a distance.
type Sequence<'a> = (&'a [(u32, String)], Option<u32>);

/// Terms of the index, by what a token is compared with.
#[derive(Debug, Default)]
struct Terms<'a> {
    stems: FxHashSet<&'a str>,
    /// Words as written.
    exact: FxHashSet<&'a str>,
    /// Of both.
    initials: Initials,
}

impl<'a> Terms<'a> {
    fn insert(&mut self, term: &'a str) {
        self.initials.insert(term.trim_start_matches(EXACT_PREFIX));
        match term.strip_prefix(EXACT_PREFIX) {
            Some(word) => self.exact.insert(word),
            None => self.stems.insert(term),
        };
    }

    fn hold(&self, stem: &str, word: &str) -> bool {
        self.stems.contains(stem) || self.exact.contains(word)
    }
}

impl<'a> Marker<'a> {
    /// Prepares to mark what the concepts name: phrases as they stand together, words wherever they stand, stop words only
    /// where nothing else is sought.
    pub fn new(concepts: &'a [Concept]) -> Marker<'a> {
        let mut marker = Marker::default();
        let only_stop_words = concepts.iter().all(|concept| concept.stop || concept.excluded);
        let marked = concepts.iter().filter(|concept| !concept.excluded && (only_stop_words || !concept.stop));
        for variant in marked.flat_map(|concept| &concept.variants) {
            match &variant.form {
                Form::Term(term) => {
                    marker.words.insert(term);
                    marker.sought.insert(term);
                }
                Form::Key(..) => {}
                Form::Sequence { terms, distance } => {
                    terms.iter().for_each(|(_, term)| marker.sought.insert(term));
                    marker.sequences.push((terms, *distance));
                }
            }
        }
        marker
    }

    /// Returns where what is sought stands in a text.
    pub fn highlights(&self, text: &str) -> Vec<(u32, u32)> {
        let tokens = analyzer::tokens_where(text, self.sought.initials, |stem, word| self.sought.hold(stem, word));
        let words = tokens.iter().filter(|token| self.words.hold(&token.text, &token.exact));
        let mut marked: Vec<Range<usize>> = words.map(|token| token.start..token.end).collect();
        for (terms, distance) in &self.sequences {
            match distance {
                None => mark_rows(&tokens, terms, &mut marked),
                Some(distance) => mark_near(&tokens, terms, *distance, &mut marked),
            }
        }
        to_characters(text, merge(marked))
    }
}

fn has(token: &Token, term: &str) -> bool {
    token.text == term || term.strip_prefix(EXACT_PREFIX).is_some_and(|exact| token.exact == exact)
}

fn mark_rows(tokens: &[Token], terms: &[(u32, String)], marked: &mut Vec<Range<usize>>) {
    let Some((_, first)) = terms.first() else { return };
    for start in tokens.iter().filter(|token| has(token, first)) {
        let member = |(offset, term): &(u32, String)| {
            let place = start.position + *offset as usize;
            at_positions(tokens, place, place + 1).iter().find(|token| has(token, term))
        };
        let members: Vec<&Token> = terms.iter().filter_map(member).collect();
        if members.len() == terms.len() {
            marked.extend(members.iter().map(|token| token.start..token.end));
        }
    }
}

fn mark_near(tokens: &[Token], terms: &[(u32, String)], distance: u32, marked: &mut Vec<Range<usize>>) {
    let reach = distance as usize + terms.len();
    for token in tokens.iter().filter(|token| terms.iter().any(|(_, term)| has(token, term))) {
        let near = |term: &String| {
            let from = (token.position + 1).saturating_sub(reach);
            at_positions(tokens, from, token.position + reach).iter().any(|other| has(other, term))
        };
        if terms.iter().all(|(_, term)| near(term)) {
            marked.push(token.start..token.end);
        }
    }
}

/// Returns the tokens from one position up to another. Positions ascend, so that a long paragraph costs no more than its
/// length times the logarithm of it.
fn at_positions(tokens: &[Token], from: usize, to: usize) -> &[Token] {
    let start = tokens.partition_point(|token| token.position < from);
    let end = tokens.partition_point(|token| token.position < to);
    tokens.get(start..end).unwrap_or_default()
}

/// Sorts, and joins ranges that overlap.
fn merge(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Turns ascending byte ranges into ranges of Unicode scalar values.
fn to_characters(text: &str, ranges: Vec<Range<usize>>) -> Vec<(u32, u32)> {
    let mut characters = 0u32;
    let mut byte = 0;
    let mut count_to = |to: usize| {
        characters += text.get(byte..to).map_or(0, |part| part.chars().count()) as u32;
        byte = to;
        characters
    };
    ranges.into_iter().map(|range| (count_to(range.start), count_to(range.end))).collect()
}

#[cfg(test)]
mod position_tests {
    use crate::analyzer;

    /// What `at_positions` stands on.
    #[test]
    fn positions_of_tokens_ascend() {
        let text = "A child-friendly, self-evident А/HRC/40/51 Add.1 «право-на-жизнь» co-operation e-mail 24/7";
        let tokens = analyzer::analyze(text);
        assert!(tokens.len() > 15 && tokens.windows(2).all(|pair| pair[0].position <= pair[1].position));
    }
}
