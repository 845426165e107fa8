//! What the index stores, read back: units, documents, outlines, references.

mod references;
mod shelf;

use std::collections::BTreeSet;

use tantivy::schema::Field;

pub use references::{ReferenceCount, StoredReference, reference_counts, references};
pub(super) use shelf::Shelf;

use super::filter::Filter;
use super::{Filters, StoredUnit, collect};
use crate::analyzer::fold_for_comparison;
use crate::document::{Language, Metadata};
use crate::index::IndexError;
use crate::index::entry::provision_term;
use crate::index::open::Reader;

/// A document in a list of documents.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentSummary {
    pub id: String,
    /// Key of the file that it came from.
    pub file: String,
    pub metadata: Metadata,
    /// Languages with the number of units in each, most first.
    pub languages: Vec<(Language, u32)>,
    /// Units in all.
    pub paragraphs: u32,
}

/// A heading in an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineSection {
    /// As printed.
    pub heading: String,
    /// 1 for the outermost.
    pub depth: usize,
    /// Index of the section above it in the same list.
    pub parent: Option<usize>,
    /// Units directly below the heading.
    pub paragraphs: u32,
    /// Units below the heading and all headings under it.
    pub paragraphs_with_subsections: u32,
    /// Ordinal of the first of these, or 0 where there is none.
    pub first: u32,
}

/// Calls `sink` with every term of a raw field that a living entry may have, once for each part of the index.
pub(super) fn each_term(reader: &Reader, field: Field, mut sink: impl FnMut(&str)) -> Result<(), IndexError> {
    for terms in reader.terms(field) {
        let (_, index) = terms.map_err(|error| reader.error(error))?;
        let mut terms = index.terms().stream().map_err(|error| reader.error(error.into()))?;
        while terms.advance() {
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                sink(term);
            }
        }
    }
    Ok(())
}

/// Calls `sink` with the id of every document, also of some that were deleted, and its id, symbol and title as
/// [`fold_for_comparison`] writes them, empty where there is none.
pub fn each_name(reader: &Reader, mut sink: impl FnMut(&str, [&str; 3])) -> Result<(), IndexError> {
    each_term(reader, reader.fields.handle, |handle| {
        let mut pieces = handle.splitn(4, '\u{0}');
        let mut next = || pieces.next();
        if let (Some(id), Some(symbol), Some(title), Some(printed)) = (next(), next(), next(), next()) {
            sink(printed, [id, symbol, title]);
        }
    })
}

/// Whether a part of a name stands in it without cutting a number: "A/HRC/11/1" is no part of "A/HRC/11/19".
pub fn holds_name(name: &str, part: &str) -> bool {
    let cuts = |left: Option<char>, right: Option<char>| {
        left.is_some_and(|sign| sign.is_ascii_digit()) && right.is_some_and(|sign| sign.is_ascii_digit())
    };
    name.match_indices(part).any(|(at, _)| {
        let (before, after) = (&name[..at], &name[at + part.len()..]);
        !cuts(before.chars().next_back(), part.chars().next()) && !cuts(part.chars().next_back(), after.chars().next())
    })
}

/// Returns the ids of the documents that a text names: the one whose id, symbol or title it is, without regard to case
/// and accents; else those in whose id, symbol or title it stands.
pub fn find_documents(reader: &Reader, text: &str) -> Result<Vec<String>, IndexError> {
    let wanted = fold_for_comparison(text);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let (mut whole, mut part) = (BTreeSet::new(), BTreeSet::new());
    each_name(reader, |id, names| {
        if names.contains(&wanted.as_str()) {
            whole.insert(id.to_owned());
        } else if names.iter().any(|name| holds_name(name, &wanted)) {
            part.insert(id.to_owned());
        }
    })?;
    let found: Vec<String> = if whole.is_empty() { part } else { whole }.into_iter().collect();
    if reader.searcher.segment_readers().iter().all(|segment| !segment.has_deletes()) {
        return Ok(found);
    }
    let mut living = Vec::new();
    for id in found {
        if is_living(reader, &id)? {
            living.push(id);
        }
    }
    Ok(living)
}

/// Returns all units of a document in order; none where there is no such document.
pub fn units(reader: &Reader, document: &str) -> Result<Vec<StoredUnit>, IndexError> {
    let mut shelf = Shelf::new(reader);
    let mut units = Vec::new();
    for address in collect::with_term(reader, reader.fields.document, document).map_err(|error| reader.error(error))? {
        units.push(shelf.unit(address)?.unit);
    }
    units.sort_by_key(|unit| unit.ordinal);
    Ok(units)
}

/// Returns the text of a treaty's article, or of a part of one, from the documents that are the treaty: `ICCPR/19/3`.
pub fn provisions(reader: &Reader, key: &str) -> Result<Vec<StoredUnit>, IndexError> {
    let mut shelf = Shelf::new(reader);
    let mut units = Vec::new();
    let term = provision_term(key);
    for address in collect::with_term(reader, reader.fields.cites, &term).map_err(|error| reader.error(error))? {
        units.push(shelf.unit(address)?.unit);
    }
    units.sort_by(|a, b| (&a.document, a.ordinal).cmp(&(&b.document, b.ordinal)));
    Ok(units)
}

/// Returns the languages of the units that the index holds, and perhaps of some that were deleted.
pub fn languages(reader: &Reader) -> Result<BTreeSet<Language>, IndexError> {
    let mut languages = BTreeSet::new();
    each_term(reader, reader.fields.language, |code| languages.extend(Language::from_code(code)))?;
    Ok(languages)
}

/// Whether the index holds no document at all. It may know of files that held none.
pub fn is_empty(reader: &Reader) -> Result<bool, IndexError> {
    for id in described(reader)? {
        if is_living(reader, &id)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns the ids of documents, also of some that were deleted.
fn described(reader: &Reader) -> Result<BTreeSet<String>, IndexError> {
    let mut ids = BTreeSet::new();
    each_term(reader, reader.fields.described, |id| {
        ids.insert(id.to_owned());
    })?;
    Ok(ids)
}

/// Whether a document was not deleted: the dictionary of a part of the index keeps the names of those that were.
fn is_living(reader: &Reader, id: &str) -> Result<bool, IndexError> {
    let entries = collect::with_term(reader, reader.fields.described, id).map_err(|error| reader.error(error))?;
    Ok(!entries.is_empty())
}

/// Returns the documents of which a unit passes the filters, by id.
pub fn documents(reader: &Reader, filters: &Filters) -> Result<Vec<DocumentSummary>, IndexError> {
    let ids = if *filters == Filters::default() {
        described(reader)?
    } else {
        let filter = Filter::new(reader, filters)?;
        let counts = super::facets::count(reader, None, &filter, usize::MAX)?;
        counts.documents.into_iter().map(|count| count.value).collect::<BTreeSet<String>>()
    };
    summaries(reader, ids)
}

/// Returns the documents with these ids, in their order; ids of none are passed over.
pub fn summaries(reader: &Reader, ids: impl IntoIterator<Item = String>) -> Result<Vec<DocumentSummary>, IndexError> {
    let mut summaries = Vec::new();
    let mut shelf = Shelf::new(reader);
    for id in ids {
        if !is_living(reader, &id)? {
            continue;
        }
        let record = shelf.document(&id)?;
        summaries.push(DocumentSummary {
            id,
            file: record.file.clone(),
            metadata: record.metadata.clone(),
            languages: record.languages.clone(),
            paragraphs: record.units,
        });
    }
    Ok(summaries)
}

/// Returns the headings of a document in order; none where there is no such document.
pub fn sections(reader: &Reader, document: &str) -> Result<Vec<OutlineSection>, IndexError> {
    if !is_living(reader, document)? {
        return Ok(Vec::new());
    }
    let record = Shelf::new(reader).document(document)?;
    let own = |index: usize| record.section_units.get(index).copied().unwrap_or(0);
    let mut outline: Vec<OutlineSection> = Vec::with_capacity(record.sections.len());
    for (index, section) in record.sections.iter().enumerate() {
        let parent = section.parent.filter(|parent| *parent < index);
        let depth = 1 + parent.and_then(|parent| outline.get(parent)).map_or(0, |parent| parent.depth);
        outline.push(OutlineSection {
            heading: section.heading.clone(),
            depth,
            parent,
            paragraphs: own(index),
            paragraphs_with_subsections: own(index),
            first: record.section_starts.get(index).copied().unwrap_or(0),
        });
    }
    for index in (0..outline.len()).rev() {
        let Some((parent, count)) =
            outline.get(index).and_then(|section| Some((section.parent?, section.paragraphs_with_subsections)))
        else {
            continue;
        };
        if let Some(parent) = outline.get_mut(parent) {
            parent.paragraphs_with_subsections += count;
        }
    }
    Ok(outline)
}
