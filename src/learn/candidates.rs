//! Which words may be translations of each other: those that meet in more pairs than chance would have it.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use super::Pair;

/// Pairs meet by chance in n(e) * n(f) / N cases; words that do not meet this many times as often are no candidates.
const BEYOND_CHANCE: f64 = 2.0;
/// English words are counted in so many groups, one at a time on each thread: this bounds the memory, not the result.
const GROUPS: u32 = 64;

/// Candidate links, for each English word its Russian ones in ascending order.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Where the links of each English word begin, and one more entry for the end.
    starts: Vec<usize>,
    targets: Vec<u32>,
}

impl Links {
    pub(super) fn len(&self) -> usize {
        self.targets.len()
    }

    /// Returns the link numbers of an English word.
    pub(super) fn of(&self, english: u32) -> Range<usize> {
        let start = self.starts.get(english as usize).copied().unwrap_or_default();
        start..self.starts.get(english as usize + 1).copied().unwrap_or(start)
    }

    /// Returns the Russian word of a link.
    pub(super) fn target(&self, link: usize) -> u32 {
        self.targets.get(link).copied().unwrap_or_default()
    }

    /// Returns the link of a pair of words, where it is a candidate.
    pub(super) fn find(&self, english: u32, russian: u32) -> Option<usize> {
        let range = self.of(english);
        let found = self.targets.get(range.clone())?.binary_search(&russian).ok()?;
        Some(range.start + found)
    }
}

/// Returns in how many texts each word stands.
pub(super) fn document_frequencies<'a>(texts: impl Iterator<Item = &'a [u32]>, size: usize) -> Vec<u32> {
    let mut frequencies = vec![0; size];
    for text in texts {
        for word in distinct(text) {
            if let Some(frequency) = frequencies.get_mut(word as usize) {
                *frequency += 1;
            }
        }
    }
    frequencies
}

fn distinct(text: &[u32]) -> Vec<u32> {
    let mut words = text.to_vec();
    words.sort_unstable();
    words.dedup();
    words
}

/// Returns the candidate links of the pairs.
pub(super) fn find(pairs: &[Pair], english: usize, russian: usize) -> Links {
    let english_counts = document_frequencies(pairs.iter().map(|pair| pair.english.as_slice()), english);
    let russian_counts = document_frequencies(pairs.iter().map(|pair| pair.russian.as_slice()), russian);
    let chance = |left: u32, right: u32| {
        let count = |counts: &[u32], word: u32| counts.get(word as usize).copied().unwrap_or_default();
        f64::from(count(&english_counts, left)) * f64::from(count(&russian_counts, right)) / pairs.len() as f64
    };
    let groups: Vec<Vec<(u32, u32)>> = (0..GROUPS)
        .into_par_iter()
        .map(|group| {
            let mut kept: Vec<(u32, u32)> = count_meetings(pairs, group)
                .into_iter()
                .filter(|((left, right), meetings)| {
                    let few = pairs.len() < 1000;
                    few || f64::from(*meetings) > BEYOND_CHANCE * chance(*left, *right)
                })
                .map(|(link, _)| link)
                .collect();
            kept.sort_unstable();
            kept
        })
        .collect();
    let mut all: Vec<(u32, u32)> = groups.into_iter().flatten().collect();
    all.par_sort_unstable();
    let starts = (0..=english as u32).map(|word| all.partition_point(|(left, _)| *left < word)).collect();
    Links { starts, targets: all.into_iter().map(|(_, right)| right).collect() }
}

/// Counts the pairs in which an English word of the group and a Russian word meet.
fn count_meetings(pairs: &[Pair], group: u32) -> HashMap<(u32, u32), u32> {
    let mut meetings = HashMap::new();
    for pair in pairs {
        let left: Vec<u32> = distinct(&pair.english).into_iter().filter(|word| word % GROUPS == group).collect();
        if left.is_empty() {
            continue;
        }
        for right in distinct(&pair.russian) {
            for word in &left {
                *meetings.entry((*word, right)).or_insert(0) += 1;
            }
        }
    }
    meetings
}
