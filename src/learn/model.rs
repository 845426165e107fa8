//! Expectation and maximisation over the candidate links.
//!
//! Invariant: sums are taken over integers, so that the order in which threads add does not matter.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::candidates::Links;
use super::{Options, Pair};

/// One whole observation in the fixed-point counts.
const ONE: f64 = (1u64 << 32) as f64;

/// The probabilities of each link in both directions.
struct Probabilities {
    /// p(russian | english)
    forward: Vec<f32>,
    /// p(english | russian)
    backward: Vec<f32>,
}

/// Returns how often each link was observed, as expected by the model after its last round.
pub(super) fn fit(pairs: &[Pair], links: &Links, russian: usize, options: &Options) -> Vec<f32> {
    let mut counts = vec![1.0; links.len()];
    for round in 0..options.rounds.max(1) {
        let doubt = if round == 0 { 0.0 } else { options.doubt };
        let probabilities = normalise(&counts, links, russian, doubt);
        let agree = round > 0;
        let sums: Vec<AtomicU64> = (0..links.len()).map(|_| AtomicU64::new(0)).collect();
        pairs.par_iter().for_each(|pair| expect(pair, links, &probabilities, options, agree, &sums));
        counts = sums.into_iter().map(|sum| (sum.into_inner() as f64 / ONE) as f32).collect();
    }
    counts
}

fn normalise(counts: &[f32], links: &Links, russian: usize, doubt: f32) -> Probabilities {
    let mut totals = vec![0.0f32; russian];
    for (link, count) in counts.iter().enumerate() {
        if let Some(total) = totals.get_mut(links.target(link) as usize) {
            *total += count;
        }
    }
    let backward = counts.iter().enumerate().map(|(link, count)| {
        let total = totals.get(links.target(link) as usize).copied().unwrap_or_default();
        count / (total + doubt).max(f32::MIN_POSITIVE)
    });
    Probabilities { forward: forward(counts, links, doubt), backward: backward.collect() }
}

fn forward(counts: &[f32], links: &Links, doubt: f32) -> Vec<f32> {
    let mut forward = Vec::with_capacity(counts.len());
    let mut word = 0;
    while forward.len() < counts.len() {
        let row = counts.get(links.of(word)).unwrap_or_default();
        let total = (row.iter().sum::<f32>() + doubt).max(f32::MIN_POSITIVE);
        forward.extend(row.iter().map(|count| count / total));
        word += 1;
    }
    forward
}

/// Adds what one pair is expected to say about its links.
fn expect(
    pair: &Pair,
    links: &Links,
    probabilities: &Probabilities,
    options: &Options,
    agree: bool,
    sums: &[AtomicU64],
) {
    let (height, width) = (pair.english.len(), pair.russian.len());
    let mut cells: Vec<(usize, usize, usize, f32, f32)> = Vec::with_capacity(height * width);
    // Smallest total that a cell is divided by: the word without a twin competes with all of its row or column.
    let mut row_totals = vec![0.0f32; height];
    let mut column_totals = vec![0.0f32; width];
    for (row, english) in pair.english.iter().enumerate() {
        for (column, russian) in pair.russian.iter().enumerate() {
            let Some(link) = links.find(*english, *russian) else { continue };
            let place = place(row, height, column, width, options.diagonal);
            let forward = place * probabilities.forward.get(link).copied().unwrap_or_default();
            let backward = place * probabilities.backward.get(link).copied().unwrap_or_default();
            if let (Some(row_total), Some(column_total)) = (row_totals.get_mut(row), column_totals.get_mut(column)) {
                *row_total += backward;
                *column_total += forward;
            }
            cells.push((link, row, column, forward, backward));
        }
    }
    let unpaired = options.unpaired / (height.max(width).max(1) as f32);
    for (link, row, column, forward, backward) in cells {
        let column_total = column_totals.get(column).copied().unwrap_or_default();
        let row_total = row_totals.get(row).copied().unwrap_or_default();
        let forward = forward / (column_total + unpaired);
        let backward = backward / (row_total + unpaired);
        let observed = if agree { forward * backward } else { (forward + backward) / 2.0 };
        if let Some(sum) = sums.get(link).filter(|_| observed.is_finite()) {
            sum.fetch_add((f64::from(observed) * ONE) as u64, Ordering::Relaxed);
        }
    }
}

/// How likely two places are to hold twins: 1 on the diagonal, falling with the distance.
fn place(row: usize, height: usize, column: usize, width: usize, strength: f32) -> f32 {
    let relative = |at: usize, of: usize| (at as f32 + 0.5) / of as f32;
    (-strength * (relative(row, height) - relative(column, width)).abs()).exp()
}
