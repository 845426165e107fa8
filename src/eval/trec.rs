//! Runs in the form of TREC: `need Q0 document place rank score tag`, separated by tabs, or by spaces where no document
//! has one in its name.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{EvalError, Judgements, Ranked, Run, content_lines, normal_place};

/// Ranked units per need, as a run file gives them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rankings(HashMap<String, Vec<Ranked>>);

impl Rankings {
    /// Returns the units of a need, best first; none where the run does not know the need.
    pub fn of(&self, need: &str) -> Vec<Ranked> {
        self.0.get(need).cloned().unwrap_or_default()
    }
}

/// Reads a run. The order of a need's units is that of their ranks, whatever the order of the lines.
///
/// # Errors
/// `Run` for a line with fewer than seven columns, or a rank or score that is no number.
pub fn read_run(text: &str) -> Result<Rankings, EvalError> {
    let mut units: HashMap<String, Vec<(u32, Ranked)>> = HashMap::new();
    for (at, line) in content_lines(text) {
        let (need, rank, unit) = read_line(line).ok_or(EvalError::Run(at))?;
        units.entry(need).or_default().push((rank, unit));
    }
    let ranked = |mut units: Vec<(u32, Ranked)>| {
        units.sort_by_key(|(rank, _)| *rank);
        units.into_iter().map(|(_, unit)| unit).collect()
    };
    Ok(Rankings(units.into_iter().map(|(need, units)| (need, ranked(units))).collect()))
}

fn read_line(line: &str) -> Option<(String, u32, Ranked)> {
    let columns: Vec<&str> = match line.contains('\t') {
        true => line.split('\t').map(str::trim).collect(),
        false => line.split_whitespace().collect(),
    };
    let [need, _, document, place @ .., rank, score, _] = columns.as_slice() else { return None };
    let place = normal_place(&place.join(" "));
    let ordinal = place.strip_prefix('#').and_then(|ordinal| ordinal.parse().ok());
    let label = (ordinal.is_none() && !place.is_empty()).then_some(place);
    if ordinal.is_none() && label.is_none() {
        return None;
    }
    let unit = Ranked { document: document.to_string(), ordinal, label, score: score.parse().ok()? };
    Some((need.to_string(), rank.parse().ok()?, unit))
}

impl Run {
    /// Returns the run in the form of TREC, tab-separated: need, Q0, document, place, rank, score, tag. A unit has the
    /// place under which the judgements know it, so that the file tells the same figures as the run.
    pub fn trec(&self, judgements: &Judgements, tag: &str) -> String {
        let mut text = String::new();
        for result in &self.results {
            let grades = judgements.0.get(&result.need.id);
            for (rank, unit) in result.ranked.iter().enumerate() {
                let judged = grades.and_then(|grades| unit.grade(grades)).map(|(place, _)| place);
                let (id, document, place) = (&result.need.id, &unit.document, judged.unwrap_or_else(|| unit.place()));
                let _ = writeln!(text, "{id}\tQ0\t{document}\t{place}\t{}\t{}\t{tag}", rank + 1, unit.score);
            }
        }
        text
    }
}
