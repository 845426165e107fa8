//! Queries that name an article or a document: the article itself comes first where its treaty is among the documents, then
//! the passages that cite it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use tantivy::DocAddress;
use tantivy::query::Query;

use super::collect::{self, Candidate};
use super::filter::Filter;
use super::stored::{self, Shelf};
use super::{Filters, SearchError};
use crate::citation::{self, QueryReference};
use crate::document::Label;
use crate::index::entry::provision_term;
use crate::index::open::Reader;
use crate::query::lower::Form;

/// Units of the articles that are shown first; of a longer one the rest follows by its words, and `show` has it whole.
const MOST_PROVISIONS: usize = 64;

/// Documents of one symbol that are shown: a report is held in a few languages.
const MOST_VERSIONS: usize = 64;

/// Units that cite what a query names.
#[derive(Debug, Default)]
pub(super) struct Cited {
    /// The articles themselves, in the order of their documents.
    own: Vec<DocAddress>,
    addresses: HashSet<DocAddress>,
    /// Bytes of the references.
    pub references: Vec<Range<usize>>,
    /// What the query names, for the user.
    named: Option<String>,
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
    let mut own = provisions(reader, &references, filters)?;
    own.truncate(MOST_PROVISIONS);
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
    let mut addresses = addresses.unwrap_or_default();
    for address in &own {
        addresses.remove(address);
    }
    let references = references.iter().map(|reference| reference.start..reference.end).collect();
    Ok(Cited { own, addresses, references, named: Some(named.join("; ")) })
}

/// Returns the units that are what the references point to, in the order of their documents.
fn provisions(
    reader: &Reader,
    references: &[QueryReference],
    filters: &Filters,
) -> Result<Vec<DocAddress>, SearchError> {
    let mut found = Vec::new();
    for key in references.iter().flat_map(|reference| &reference.keys).filter(|key| key.contains('/')) {
        found.extend(units_with(reader, provision_term(key), filters)?);
    }
    for key in references.iter().flat_map(|reference| &reference.keys) {
        found.extend(units_of_document(reader, key, filters)?);
    }
    let shelf = Shelf::new(reader);
    let mut own = Vec::with_capacity(found.len());
    for unit in found {
        own.push((shelf.place(unit)?, unit));
    }
    own.sort_by(|(a, _), (b, _)| a.cmp(b));
    own.dedup_by_key(|(_, unit)| *unit);
    Ok(own.into_iter().map(|(_, unit)| unit).collect())
}

/// Returns the paragraph that a key of a document names ("UN:CRC/C/LAO/CO/2#45/c"), where the document is held; of a whole
/// document its first unit.
fn units_of_document(reader: &Reader, key: &str, filters: &Filters) -> Result<Vec<DocAddress>, SearchError> {
    let Some(name) = key.strip_prefix("UN:") else { return Ok(Vec::new()) };
    let (symbol, place) = name.split_once('#').map_or((name, None), |(symbol, place)| (symbol, Some(place)));
    let mut shelf = Shelf::new(reader);
    let mut found = Vec::new();
    for id in stored::find_documents(reader, symbol)?.into_iter().take(MOST_VERSIONS) {
        let record = shelf.document(&id)?;
        if !record.metadata.symbol.as_ref().is_some_and(|held| held.eq_ignore_ascii_case(symbol)) {
            continue;
        }
        let mut within = Filters { documents: vec![id], ..filters.clone() };
        within.labels.extend(place.map(label));
        let mut units = units(reader, &within)?;
        if place.is_none() {
            let mut placed = Vec::with_capacity(units.len());
            for unit in units.drain(..) {
                placed.push((shelf.place(unit)?, unit));
            }
            units.extend(placed.into_iter().min_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, unit)| unit));
        }
        found.extend(units);
    }
    Ok(found)
}

/// Returns the label of a place in a key: "45/c" is "45 (c)".
fn label(place: &str) -> String {
    let mut parts = place.split('/').map(str::to_owned);
    Label { number: parts.next().unwrap_or_default(), items: parts.collect() }.to_string()
}

/// Returns the units with a term among their citations, within the other filters.
fn units_with(reader: &Reader, term: String, filters: &Filters) -> Result<Vec<DocAddress>, SearchError> {
    units(reader, &Filters { cites: vec![term], ..filters.clone() })
}

/// Returns the units that pass some filters.
fn units(reader: &Reader, filters: &Filters) -> Result<Vec<DocAddress>, SearchError> {
    let filter = Filter::new(reader, filters)?;
    let mut found = Vec::new();
    collect::each(reader, None, &filter, &mut |segment, unit| found.push(DocAddress::new(segment, unit)))
        .map_err(|error| SearchError::Index(reader.error(error)))?;
    Ok(found)
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
        let found = units_with(reader, key.clone(), filters)?;
        if !found.is_empty() {
            names.push(citation::name_of(key).unwrap_or_else(|| key.clone()));
            citing.extend(found);
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
    /// Whether nothing is to come first.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.addresses.is_empty()
    }

    /// Returns how many units come first.
    pub fn len(&self) -> usize {
        self.own.len() + self.addresses.len()
    }

    /// Returns one line for the user on what comes first, as it stands: what a query leaves out is not counted.
    pub fn note(&self) -> Option<String> {
        let named = self.named.as_deref()?;
        let count = self.addresses.len();
        let passages = if count == 1 { "passage cites" } else { "passages cite" };
        Some(match (self.own.is_empty(), count) {
            (true, 0) => format!("no passage cites {named}; showing what holds the words"),
            (true, _) => format!("{count} {passages} {named}, shown first"),
            (false, 0) => format!("the text of {named} is shown first; no passage cites it"),
            (false, _) => format!("the text of {named} is shown first, then what cites it: {count}"),
        })
    }

    /// Lets nothing through but what comes first.
    pub fn filter(&self, reader: &Reader) -> Filter {
        Filter::of_units(reader, self.own.iter().chain(&self.addresses).copied())
    }

    /// Leaves out the units that a query finds.
    pub fn leave_out(&mut self, reader: &Reader, query: &dyn Query) -> tantivy::Result<()> {
        let mut found = HashSet::new();
        collect::each(reader, Some(query), &self.filter(reader), &mut |part, unit| {
            found.insert(DocAddress::new(part, unit));
        })?;
        self.own.retain(|unit| !found.contains(unit));
        self.addresses.retain(|unit| !found.contains(unit));
        Ok(())
    }

    /// Puts the articles themselves first, then citing units in the order that they have and those that hold none of the
    /// words, then the others.
    pub fn put_first<E>(
        &self,
        ranked: Vec<(Candidate, Option<E>)>,
        others: Vec<(Candidate, Option<E>)>,
    ) -> Vec<(Candidate, Option<E>)> {
        let tops = ranked.first().into_iter().chain(others.first());
        let top = tops.map(|(candidate, _)| candidate.score).fold(f32::MIN_POSITIVE, f32::max);
        let (own, citing): (Vec<_>, Vec<_>) =
            ranked.into_iter().partition(|(candidate, _)| self.own.contains(&candidate.address));
        let mut held: HashMap<DocAddress, (Candidate, Option<E>)> =
            own.into_iter().map(|entry| (entry.0.address, entry)).collect();
        // Scores stay in the order of the ranks: a citation counts as much as the best match of the words.
        let mut first: Vec<(Candidate, Option<E>)> = Vec::with_capacity(self.len() + others.len());
        for address in &self.own {
            let why = held.remove(address).and_then(|(_, why)| why);
            first.push((Candidate { score: 2.0 * top, address: *address }, why));
        }
        let known: HashSet<DocAddress> = citing.iter().map(|(candidate, _)| candidate.address).collect();
        let raised =
            citing.into_iter().map(|(candidate, why)| (Candidate { score: candidate.score + top, ..candidate }, why));
        first.extend(raised);
        let mut silent: Vec<DocAddress> = self.addresses.difference(&known).copied().collect();
        silent.sort_unstable();
        first.extend(silent.into_iter().map(|address| (Candidate { score: top, address }, None)));
        let is_first = |address: &DocAddress| self.addresses.contains(address) || self.own.contains(address);
        first.extend(others.into_iter().filter(|(candidate, _)| !is_first(&candidate.address)));
        first
    }
}
