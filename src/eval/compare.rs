//! Two runs side by side.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{Measures, Need, Run};

/// A need that two runs serve differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub need: Need,
    pub before: Measures,
    pub after: Measures,
}

/// Returns the needs whose nDCG differs between two runs, greatest gain first, greatest loss last.
pub fn compare(before: &Run, after: &Run) -> Vec<Change> {
    let old: HashMap<&str, Measures> =
        before.results.iter().map(|result| (result.need.id.as_str(), result.measures)).collect();
    let mut changes: Vec<Change> = after
        .results
        .iter()
        .filter_map(|result| {
            let before = *old.get(result.need.id.as_str())?;
            let change = Change { need: result.need.clone(), before, after: result.measures };
            ((before.ndcg - result.measures.ndcg).abs() > 1e-9).then_some(change)
        })
        .collect();
    changes.sort_by(|a, b| (b.after.ndcg - b.before.ndcg).total_cmp(&(a.after.ndcg - a.before.ndcg)));
    changes
}

/// Returns a table of the means of two runs over all and per group, and below it the needs whose nDCG@10 differs: first
/// what the second run gains, then what it loses.
pub fn comparison(before: &Run, after: &Run) -> String {
    let mut text = format!(
        "{:<20} {:>5} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}\n",
        "group", "needs", "nDCG@10", "then", "MRR@10", "then", "rec@100", "then"
    );
    let mut row = |name: &str, count: usize, before: Measures, after: Measures| {
        let _ = write!(text, "{name:<20} {count:>5} {:>8.3} {:>8.3}", before.ndcg, after.ndcg);
        let _ = write!(text, " {:>8.3} {:>8.3}", before.reciprocal_rank, after.reciprocal_rank);
        let _ = writeln!(text, " {:>8.3} {:>8.3}", before.recall, after.recall);
    };
    let old = before.groups();
    for (name, (count, measures)) in after.groups().iter().filter(|(name, _)| !name.is_empty()) {
        row(name, *count, old.get(name).map_or(Measures::default(), |(_, measures)| *measures), *measures);
    }
    row("all", after.results.len(), before.overall(), after.overall());
    let changes = compare(before, after);
    let (gained, lost): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| change.after.ndcg > change.before.ndcg);
    for (title, changes) in [("gained", gained), ("lost", lost)] {
        let _ = writeln!(text, "\n{title}: {}", changes.len());
        for Change { need, before, after } in changes {
            let _ = writeln!(text, "  {:.3} to {:.3}  {}  {}", before.ndcg, after.ndcg, need.id, need.query);
        }
    }
    text
}
