//! Queries that name an article or a document: passages that cite it come first.

use std::collections::HashSet;
use std::ops::Range;

use tantivy::DocAddress;

use super::collect::{self, Candidate};
use super::filter::Filter;
use super::{Filters, SearchError};
use crate::citation::{self, QueryReference};
use crate::index::open::Reader;
use crate::query::lower::Form;

/// Units that cite what a query names.
#[derive(Debug, Default)]
pub(super) struct Cited {
    addresses: HashSet<DocAddress>,
    /// One line for the user.
    pub note: Option<String>,
}

/// Finds the units that cite what the query names, within the filters. A treaty named without an article is searched by
/// its words alone: too many passages cite it for that to be an answer.
/// What stands in a filter (`symbol:A/HRC/40/51`) is no such name: `words` are the spans of the words.
pub(super) fn find(
    reader: &Reader,
    text: &str,
    words: &[Range<usize>],
    filters: &Filters,
) -> Result<Cited, SearchError> {
    let in_words = |reference: &QueryReference| words.iter().any(|word| word.contains(&reference.start));
    let references: Vec<QueryReference> = citation::read_query(text)
        .into_iter()
        .filter(in_words)
        .filter(|reference| reference.keys.iter().any(|key| is_specific(key)))
        .collect();
    if references.is_empty() {
        return Ok(Cited::default());
    }
    let mut addresses: Option<HashSet<DocAddress>> = None;
    let mut named = Vec::new();
    for reference in &references {
        let (citing, name) = units_citing(reader, reference, filters)?;
        named.push(name);
        addresses = Some(match addresses {
            // Two articles in one query: passages that cite both, where there are any.
            Some(before) if before.intersection(&citing).next().is_some() => &before & &citing,
            Some(before) => &before | &citing,
            None => citing,
        });
    }
    let addresses = addresses.unwrap_or_default();
    let count = addresses.len();
    let passages = if count == 1 { "passage cites" } else { "passages cite" };
    let note = match count {
        0 => format!("no passage cites {}; showing what holds the words", named.join("; ")),
        _ => format!("{count} {passages} {}, shown first", named.join("; ")),
    };
    Ok(Cited { addresses, note: Some(note) })
}

/// Returns the units that cite what a reference may mean, and the names of what they cite; without such units, what it may
/// mean.
fn units_citing(
    reader: &Reader,
    reference: &QueryReference,
    filters: &Filters,
) -> Result<(HashSet<DocAddress>, String), SearchError> {
    let mut citing = HashSet::new();
    let mut names = Vec::new();
    for key in &reference.keys {
        let filter = Filter::new(reader, &Filters { cites: vec![key.clone()], ..filters.clone() })?;
        let mut found = false;
        collect::each(reader, None, &filter, &mut |segment, unit| {
            found = true;
            citing.insert(DocAddress::new(segment, unit));
        })
        .map_err(|error| SearchError::Index(reader.error(error)))?;
        if found {
            names.push(citation::name_of(key).unwrap_or_else(|| key.clone()));
        }
    }
    let name = if names.is_empty() { reference.description.clone() } else { names.join(" or ") };
    Ok((citing, name))
}

/// Returns the treaties that a query names without an article, as units that cite them hold them. Many such units do not
/// hold the name: "the Convention", "the Optional Protocol".
pub(super) fn instruments(reader: &Reader, text: &str) -> Vec<(Range<usize>, Form)> {
    let mut named = Vec::new();
    for reference in citation::read_query(text) {
        for key in reference.keys.iter().filter(|key| !is_specific(key)) {
            named.push((reference.start..reference.end, Form::Key(reader.fields.cites, key.to_lowercase())));
        }
    }
    named
}

/// Whether a key says more than which treaty.
fn is_specific(key: &str) -> bool {
    key.contains(['/', ':']) || key.starts_with("ILO-C")
}

impl Cited {
    /// Whether no unit cites what the query names, or it names nothing.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty()
    }

    /// Puts citing units before the others, both in the order that they had; citing units that hold none of the words come
    /// between. Returns how many of those there are.
    pub fn put_first<E>(&self, ranked: Vec<(Candidate, Option<E>)>) -> (Vec<(Candidate, Option<E>)>, usize) {
        if self.addresses.is_empty() {
            return (ranked, 0);
        }
        let held: HashSet<DocAddress> = ranked.iter().map(|(candidate, _)| candidate.address).collect();
        let top = ranked.first().map_or(1.0, |(candidate, _)| candidate.score);
        let (citing, others): (Vec<_>, Vec<_>) =
            ranked.into_iter().partition(|(candidate, _)| self.addresses.contains(&candidate.address));
        let mut silent: Vec<DocAddress> = self.addresses.difference(&held).copied().collect();
        silent.sort_unstable();
        let added = silent.len();
        // Scores stay in the order of the ranks: a citation counts as much as the best match of the words.
        let raised =
            citing.into_iter().map(|(candidate, why)| (Candidate { score: candidate.score + top, ..candidate }, why));
        let silent = silent.into_iter().map(|address| (Candidate { score: top, address }, None));
        (raised.chain(silent).chain(others).collect(), added)
    }
}
