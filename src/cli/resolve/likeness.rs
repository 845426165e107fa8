//! Names that are nearly the one that was asked for.

use super::{SUGGESTIONS, fold};
use crate::printer::sanitize;
use crate::search::DocumentSummary;

/// Names less alike than this (one minus the share of letters to change) are no suggestion.
pub(super) const ALIKE: f64 = 0.6;

/// How much less alike two names may be in the letters and digits that the index holds of them than as printed.
pub(super) const SLACK: f64 = 0.1;

/// Returns the names of documents that are most like a folded one, best first.
pub(super) fn nearest(documents: &[DocumentSummary], wanted: &str) -> Vec<String> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut scored: Vec<(f64, &str)> = documents
        .iter()
        .filter_map(|entry| {
            let metadata = &entry.metadata;
            let named = [metadata.symbol.as_deref(), Some(entry.id.as_str()), metadata.title.as_deref()];
            named
                .into_iter()
                .flatten()
                .map(|name| (likeness(&fold(name), wanted), metadata.symbol.as_deref().unwrap_or(&entry.id)))
                .max_by(|a, b| a.0.total_cmp(&b.0))
        })
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(SUGGESTIONS).map(|(_, name)| sanitize::name(name).into_owned()).collect()
}

/// Returns the name that is most like a word, where one is like it at all.
pub fn nearest_name<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    let scored = names.map(|name| (likeness(&fold(name), &wanted), name));
    scored.filter(|(score, _)| *score >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// Returns how alike a name and a word are, 0 to 1; a word may stand for the last component of an id.
pub(super) fn likeness(name: &str, wanted: &str) -> f64 {
    let last = name.rsplit('/').next().unwrap_or(name);
    // The measure takes time with the square of the length, and no name of a document is longer.
    let wanted: String = wanted.chars().take(200).collect();
    let length = wanted.chars().count();
    let alike = |name: &str| {
        // Every letter that one has more than the other is a change: most names need no closer look.
        let letters = name.chars().count();
        if (letters.min(length) as f64) < (ALIKE - SLACK) * letters.max(length) as f64 {
            0.0
        } else {
            strsim::normalized_damerau_levenshtein(name, &wanted)
        }
    };
    alike(name).max(alike(last))
}
