//! How well a ranking serves judged needs: nDCG@10, MRR@10, recall@100, over all and per group.
//!
//! Invariant: nothing here knows an index; whoever asks gives a function from a need to ranked units.
//!
//! Needs are lines of `id<TAB>query[<TAB>group]`. Judgements are TREC qrels whose document column is a document and a
//! place in it: `need 0 document place grade`, separated by tabs, or by spaces where the document has none. A place is a
//! printed label ("21 (c)") or an ordinal ("#37"). Lines that begin with `#` are comments.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use thiserror::Error;

use crate::search::Hit;

mod compare;
mod trec;

pub use compare::{Change, compare, comparison};
pub use trec::{Rankings, read_run};

/// Ranks that nDCG and the reciprocal rank look at.
pub const DEPTH: usize = 10;
/// Ranks that recall looks at.
pub const RECALL_DEPTH: usize = 100;

/// Why needs or judgements cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EvalError {
    #[error("line {0} of the queries is not \"id<TAB>query\"")]
    Need(usize),
    #[error("line {0} of the judgements is not \"need 0 document place grade\"")]
    Judgement(usize),
    #[error("line {0} of the run is not \"need Q0 document place rank score tag\"")]
    Run(usize),
}

/// Something that somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub id: String,
    pub query: String,
    /// Empty where the file gives none.
    pub group: String,
}

/// Reads needs.
///
/// # Errors
/// `Need` for a line without a tab or without a query.
pub fn read_needs(text: &str) -> Result<Vec<Need>, EvalError> {
    let mut needs = Vec::new();
    for (at, line) in content_lines(text) {
        let mut columns = line.split('\t').map(str::trim);
        match (columns.next(), columns.next()) {
            (Some(id), Some(query)) if !id.is_empty() && !query.is_empty() => needs.push(Need {
                id: id.to_owned(),
                query: query.to_owned(),
                group: columns.next().unwrap_or_default().to_owned(),
            }),
            _ => return Err(EvalError::Need(at)),
        }
    }
    Ok(needs)
}

fn content_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines.map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

/// Grades per need of (document, place).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judgements(BTreeMap<String, HashMap<(String, String), u32>>);

impl Judgements {
    /// Whether a unit was judged for a need, whatever its grade.
    pub fn judge(&self, need: &str, unit: &Ranked) -> bool {
        self.0.get(need).is_some_and(|grades| unit.grade(grades).is_some())
    }
}

/// Reads judgements.
///
/// # Errors
/// `Judgement` for a line with fewer than five columns or a grade that is no number.
pub fn read_judgements(text: &str) -> Result<Judgements, EvalError> {
    let mut judgements = Judgements::default();
    for (at, line) in content_lines(text) {
        let columns: Vec<&str> = match line.contains('\t') {
            true => line.split('\t').map(str::trim).collect(),
            false => line.split_whitespace().collect(),
        };
        let [need, _, document, place @ .., grade] = columns.as_slice() else { return Err(EvalError::Judgement(at)) };
        let grade: i64 = grade.parse().map_err(|_| EvalError::Judgement(at))?;
        if place.is_empty() {
            return Err(EvalError::Judgement(at));
        }
        let place = (document.to_string(), normal_place(&place.join(" ")));
        let grades = judgements.0.entry(need.to_string()).or_default();
        grades.insert(place, u32::try_from(grade).unwrap_or(0));
    }
    Ok(judgements)
}

/// Writes "21(c)" as "21 (c)".
fn normal_place(place: &str) -> String {
    crate::document::Label::parse(place).map_or_else(|| place.to_owned(), |label| label.to_string())
}

/// A unit in a result list.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    pub document: String,
    /// Place among the units of the document; `None` where a run names the unit by its label.
    pub ordinal: Option<u32>,
    /// Printed label.
    pub label: Option<String>,
    pub score: f32,
}

impl From<&Hit> for Ranked {
    fn from(hit: &Hit) -> Ranked {
        Ranked {
            document: hit.unit.document.clone(),
            ordinal: Some(hit.unit.ordinal),
            label: hit.unit.label.as_ref().map(ToString::to_string),
            score: hit.score,
        }
    }
}

impl Ranked {
    /// Returns the place as judgements write it.
    pub fn place(&self) -> String {
        self.label.clone().or_else(|| self.numbered()).unwrap_or_default()
    }

    /// Returns the ordinal as judgements write it.
    fn numbered(&self) -> Option<String> {
        self.ordinal.map(|ordinal| format!("#{ordinal}"))
    }

    /// Returns the key under which the unit is judged and its grade.
    fn grade(&self, grades: &HashMap<(String, String), u32>) -> Option<(String, u32)> {
        let by = |place: String| grades.get(&(self.document.clone(), place.clone())).map(|grade| (place, *grade));
        self.numbered().and_then(by).or_else(|| by(self.label.clone()?))
    }
}

/// The figures of one need or the means of several, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// With the grade as gain, as trec_eval computes it.
    pub ndcg: f64,
    /// Reciprocal of the first rank within 10 that holds a relevant unit.
    pub reciprocal_rank: f64,
    pub recall: f64,
}

/// What became of one need.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedResult {
    pub need: Need,
    pub measures: Measures,
    pub ranked: Vec<Ranked>,
}

/// A ranking of all judged needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    pub results: Vec<NeedResult>,
}

/// Asks `search` for the units of every need that has a relevant unit, and measures. Needs that nobody judged are left
/// out. `search` should return [`RECALL_DEPTH`] units.
///
/// # Errors
/// Whatever `search` returns.
pub fn run<E>(
    needs: &[Need],
    judgements: &Judgements,
    mut search: impl FnMut(&Need) -> Result<Vec<Ranked>, E>,
) -> Result<Run, E> {
    let mut run = Run::default();
    for need in needs {
        let Some(grades) = judgements.0.get(&need.id).filter(|grades| grades.values().any(|grade| *grade > 0)) else {
            continue;
        };
        let ranked = search(need)?;
        let measures = measure(&ranked, grades);
        run.results.push(NeedResult { need: need.clone(), measures, ranked });
    }
    Ok(run)
}

fn measure(ranked: &[Ranked], grades: &HashMap<(String, String), u32>) -> Measures {
    let discount = |rank: usize| 1.0 / ((rank + 2) as f64).log2();
    let mut seen: Vec<(String, String)> = Vec::new();
    let mut measures = Measures::default();
    let mut found = 0;
    for (rank, unit) in ranked.iter().take(RECALL_DEPTH).enumerate() {
        let Some((place, grade)) = unit.grade(grades).filter(|(_, grade)| *grade > 0) else { continue };
        // A label that a document prints twice is judged once.
        let key = (unit.document.clone(), place);
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        found += 1;
        if rank < DEPTH {
            measures.ndcg += f64::from(grade) * discount(rank);
            measures.reciprocal_rank = measures.reciprocal_rank.max(1.0 / (rank + 1) as f64);
        }
    }
    let mut ideal: Vec<u32> = grades.values().copied().filter(|grade| *grade > 0).collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best: f64 = ideal.iter().take(DEPTH).enumerate().map(|(rank, grade)| f64::from(*grade) * discount(rank)).sum();
    measures.ndcg /= best;
    measures.recall = f64::from(found) / ideal.len() as f64;
    measures
}

impl Run {
    /// Returns the means over all needs; zeros where there are none.
    pub fn overall(&self) -> Measures {
        mean(self.results.iter().map(|result| result.measures))
    }

    /// Returns the number of needs and the means of every group, by name.
    pub fn groups(&self) -> BTreeMap<String, (usize, Measures)> {
        let mut groups: BTreeMap<String, Vec<Measures>> = BTreeMap::new();
        for result in &self.results {
            groups.entry(result.need.group.clone()).or_default().push(result.measures);
        }
        groups.into_iter().map(|(name, measures)| (name, (measures.len(), mean(measures.into_iter())))).collect()
    }

    /// Returns a table of the means over all and per group, with a last newline.
    pub fn table(&self) -> String {
        let mut text =
            format!("{:<20} {:>5} {:>8} {:>8} {:>10}\n", "group", "needs", "nDCG@10", "MRR@10", "recall@100");
        let mut row = |name: &str, count: usize, measures: Measures| {
            let Measures { ndcg, reciprocal_rank, recall } = measures;
            let _ = writeln!(text, "{name:<20} {count:>5} {ndcg:>8.3} {reciprocal_rank:>8.3} {recall:>10.3}");
        };
        for (name, (count, measures)) in self.groups().iter().filter(|(name, _)| !name.is_empty()) {
            row(name, *count, *measures);
        }
        row("all", self.results.len(), self.overall());
        text
    }
}

fn mean(measures: impl Iterator<Item = Measures>) -> Measures {
    let mut sum = Measures::default();
    let mut count: u32 = 0;
    for one in measures {
        sum.ndcg += one.ndcg;
        sum.reciprocal_rank += one.reciprocal_rank;
        sum.recall += one.recall;
        count += 1;
    }
    let count = f64::from(count.max(1));
    Measures { ndcg: sum.ndcg / count, reciprocal_rank: sum.reciprocal_rank / count, recall: sum.recall / count }
}

#[cfg(test)]
mod tests;
