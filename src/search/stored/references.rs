//! What the documents cite.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use tantivy::DocAddress;

use super::find_documents;
use super::shelf::{Loaded, Shelf};
use crate::citation;
use crate::document::{Label, Reference};
use crate::index::IndexError;
use crate::index::entry::heading_term;
use crate::index::open::Reader;
use crate::index::record::DocumentRecord;
use crate::search::filter::Filter;
use crate::search::{Filters, collect};

/// A reference to law and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReference {
    pub document: String,
    pub symbol: Option<String>,
    /// Label of the unit; `None` where nothing is printed, and for headings.
    pub label: Option<Label>,
    /// `ordinal` is 0 for a reference in a heading.
    pub reference: Reference,
    /// The text of the unit or the heading; empty where all references are asked for.
    pub text: Rc<str>,
}

/// How often an instrument is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceCount {
    /// Canonical key ("CRC/7", "CRC").
    pub key: String,
    /// References with exactly this key.
    pub references: u64,
    /// Units that hold them.
    pub units: u64,
}

/// Returns the references in the units that pass the filters, and in the headings of whole documents where only
/// documents are filtered, by document and place. With `filters.cites` only references with one of these keys or below.
pub fn references(reader: &Reader, filters: &Filters) -> Result<Vec<StoredReference>, IndexError> {
    let filter = Filter::new(reader, filters)?;
    let wanted: Vec<String> = filters.cites.iter().map(|key| key.trim().to_lowercase()).collect();
    let cited = |reference: &Reference| {
        let keys = || reference.key.as_deref().map(citation::prefixes).unwrap_or_default();
        wanted.is_empty() || keys().iter().any(|key| wanted.contains(&key.to_lowercase()))
    };
    let mut addresses = Vec::new();
    collect::each(reader, None, &filter, &mut |segment, unit| addresses.push(DocAddress::new(segment, unit)))
        .map_err(|error| reader.error(error))?;
    let mut shelf = Shelf::new(reader);
    let mut found = Vec::new();
    let mut documents = BTreeMap::new();
    let shown = |text: &str| Rc::from(if wanted.is_empty() { "" } else { text });
    for address in addresses {
        let Loaded { unit, record, document } = shelf.unit(address)?;
        let text: Rc<str> = shown(&unit.text);
        for reference in record.9.iter().map(|reference| reference.restore(unit.ordinal, None, &unit.text)) {
            if cited(&reference) {
                let (symbol, label) = (unit.metadata.symbol.clone(), unit.label.clone());
                let text = Rc::clone(&text);
                found.push(StoredReference { document: unit.document.clone(), symbol, label, reference, text });
            }
        }
        documents.insert(unit.document, document);
    }
    let whole = filters.are_of_documents();
    if whole {
        for document in documents_citing_in_headings(reader, filters, &mut shelf)? {
            documents.insert(document.id.clone(), document);
        }
    }
    for (id, record) in documents.iter().filter(|_| whole) {
        for (section, reference) in &record.heading_references {
            let heading = record.sections.get(*section).map_or("", |section| section.heading.as_str());
            let reference = reference.restore(0, Some(*section), heading);
            if cited(&reference) {
                let symbol = record.metadata.symbol.clone();
                let text = shown(heading);
                found.push(StoredReference { document: id.clone(), symbol, label: None, reference, text });
            }
        }
    }
    found.sort_by(|a, b| {
        let place = |found: &StoredReference| (found.reference.ordinal, found.reference.section, found.reference.start);
        a.document.cmp(&b.document).then_with(|| place(a).cmp(&place(b)))
    });
    Ok(found)
}

/// Returns the documents with a heading that cites one of the keys of the filters, and of which some unit passes the others.
fn documents_citing_in_headings(
    reader: &Reader,
    filters: &Filters,
    shelf: &mut Shelf<'_>,
) -> Result<Vec<Rc<DocumentRecord>>, IndexError> {
    let others = Filters { cites: Vec::new(), ..filters.clone() };
    let mut named = BTreeSet::new();
    for text in &others.documents {
        named.extend(find_documents(reader, text)?);
    }
    let mut found = Vec::new();
    for key in &filters.cites {
        let entries = collect::with_term(reader, reader.fields.cites, &heading_term(key.trim()));
        for address in entries.map_err(|error| reader.error(error))? {
            let record = shelf.record(address)?;
            if !others.documents.is_empty() && !named.contains(&record.id) {
                continue;
            }
            let of_it = Filters { documents: vec![record.id.clone()], ..others.clone() };
            if others == Filters::default() || is_any(reader, &of_it)? {
                found.push(record);
            }
        }
    }
    Ok(found)
}

/// Whether any unit passes the filters.
fn is_any(reader: &Reader, filters: &Filters) -> Result<bool, IndexError> {
    let filter = Filter::new(reader, filters)?;
    let mut any = false;
    collect::each(reader, None, &filter, &mut |_, _| any = true).map_err(|error| reader.error(error))?;
    Ok(any)
}

/// Returns how often each key is cited in the units that pass the filters, by key.
pub fn reference_counts(reader: &Reader, filters: &Filters) -> Result<Vec<ReferenceCount>, IndexError> {
    let mut counts: BTreeMap<String, (u64, BTreeSet<(String, u32)>)> = BTreeMap::new();
    for StoredReference { document, reference, .. } in references(reader, filters)? {
        let Some(key) = reference.key else { continue };
        let (references, units) = counts.entry(key).or_default();
        *references += 1;
        units.insert((document, reference.ordinal));
    }
    let count = |(key, (references, units)): (String, (u64, BTreeSet<_>))| ReferenceCount {
        key,
        references,
        units: units.len() as u64,
    };
    Ok(counts.into_iter().map(count).collect())
}
