//! What the index stores, read back: units, documents, outlines, references.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, TantivyDocument};

use super::filter::Filter;
use super::{Filters, StoredUnit, collect};
use crate::analyzer::fold_for_comparison;
use crate::citation;
use crate::document::{Label, Language, Metadata, Reference};
use crate::index::IndexError;
use crate::index::entry::{heading_term, provision_term};
use crate::index::open::Reader;
use crate::index::record::{DocumentRecord, UnitRecord};

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

/// Reads units and remembers the records of their documents.
pub(super) struct Shelf<'a> {
    reader: &'a Reader,
    documents: HashMap<String, Rc<DocumentRecord>>,
    /// Ids of documents by unit, per part of the index, opened when first used.
    ids: HashMap<u32, Option<StrColumn>>,
    /// Ordinals by unit, likewise.
    ordinals: HashMap<u32, Option<Column<u64>>>,
}

/// A unit with what only this module knows of it.
pub(super) struct Loaded {
    pub unit: StoredUnit,
    pub record: UnitRecord,
    pub document: Rc<DocumentRecord>,
}

impl<'a> Shelf<'a> {
    pub fn new(reader: &'a Reader) -> Shelf<'a> {
        Shelf { reader, documents: HashMap::new(), ids: HashMap::new(), ordinals: HashMap::new() }
    }

    fn entry(&self, address: DocAddress) -> Result<TantivyDocument, IndexError> {
        self.reader.searcher.doc(address).map_err(|error| self.reader.error(error))
    }

    fn text<'e>(&self, entry: &'e TantivyDocument, field: Field) -> Result<&'e str, IndexError> {
        entry
            .get_first(field)
            .and_then(|value| value.as_str())
            .ok_or_else(|| self.reader.damaged("an entry lacks its record"))
    }

    /// Returns the record of a document.
    pub fn document(&mut self, id: &str) -> Result<Rc<DocumentRecord>, IndexError> {
        if let Some(record) = self.documents.get(id) {
            return Ok(Rc::clone(record));
        }
        let found = collect::with_term(self.reader, self.reader.fields.described, id)
            .map_err(|error| self.reader.error(error))?;
        let address = found.first().ok_or_else(|| self.reader.damaged(format!("the record of {id} is missing")))?;
        let record = self.record(*address)?;
        self.documents.insert(id.to_owned(), Rc::clone(&record));
        Ok(record)
    }

    /// Reads the record of a document at its address.
    fn record(&self, address: DocAddress) -> Result<Rc<DocumentRecord>, IndexError> {
        let entry = self.entry(address)?;
        let record = serde_json::from_str(self.text(&entry, self.reader.fields.record)?);
        record.map(Rc::new).map_err(|error| self.reader.damaged(format!("the record of a document: {error}")))
    }

    /// Returns the unit of an entry.
    pub fn unit(&mut self, address: DocAddress) -> Result<Loaded, IndexError> {
        let id = self.document_of(address)?;
        let document = self.document(&id)?;
        let entry = self.entry(address)?;
        let record: UnitRecord = serde_json::from_str(self.text(&entry, self.reader.fields.record)?)
            .map_err(|error| self.reader.damaged(format!("a record of {id}: {error}")))?;
        // A unit without text stores none.
        let text = entry.get_first(self.reader.fields.shown).and_then(|value| value.as_str()).unwrap_or_default();
        let UnitRecord(ordinal, kind, label, mark, position, section, language, page, _, references, named) = &record;
        let mut cites: Vec<String> = Vec::new();
        for key in references.iter().filter_map(|reference| reference.key()) {
            if !cites.iter().any(|known| known == key) {
                cites.push(key.to_owned());
            }
        }
        let section = section_path(&document, *section);
        let (from, to) = named.unwrap_or_default();
        let unit = StoredUnit {
            document: id,
            metadata: document.metadata.clone(),
            ordinal: *ordinal,
            kind: *kind,
            label: label.clone(),
            mark: mark.clone(),
            position: *position,
            named: section.get(from.into()..to.into()).map(<[String]>::to_vec).unwrap_or_default(),
            section,
            language: *language,
            page: *page,
            text: text.to_owned(),
            cites,
        };
        Ok(Loaded { unit, record, document })
    }

    fn document_of(&mut self, address: DocAddress) -> Result<String, IndexError> {
        let column = match self.ids.entry(address.segment_ord) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let segment = self.reader.searcher.segment_reader(address.segment_ord);
                place.insert(segment.fast_fields().str("document").map_err(|error| self.reader.error(error))?)
            }
        };
        let mut id = String::new();
        let found = column.as_ref().and_then(|column| {
            let ord = column.term_ords(address.doc_id).next()?;
            column.ord_to_str(ord, &mut id).ok()
        });
        if found == Some(true) { Ok(id) } else { Err(self.reader.damaged("a unit belongs to no document")) }
    }

    /// Returns what units are ordered by where nothing else tells: document and place in it. The order of the index
    /// depends on the threads that wrote it.
    pub fn place(&mut self, address: DocAddress) -> Result<(String, u64), IndexError> {
        let column = match self.ordinals.entry(address.segment_ord) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let columns = self.reader.searcher.segment_reader(address.segment_ord).fast_fields();
                place.insert(columns.column_opt::<u64>("ordinal").map_err(|error| self.reader.error(error))?)
            }
        };
        let ordinal = column.as_ref().and_then(|ordinals| ordinals.first(address.doc_id)).unwrap_or(0);
        Ok((self.document_of(address)?, ordinal))
    }

    /// Returns the units `before` and `after` a unit of the same document, in order. The units of a document stand in a
    /// row in one part of the index, because they are written in one batch.
    pub fn neighbours(
        &mut self,
        address: DocAddress,
        count: usize,
    ) -> Result<(Vec<StoredUnit>, Vec<StoredUnit>), IndexError> {
        let id = self.document_of(address)?;
        let end = self.reader.searcher.segment_reader(address.segment_ord).max_doc();
        let count = count.min(end as usize) as u32;
        let first = address.doc_id.saturating_sub(count);
        let last = address.doc_id.saturating_add(count).min(end.saturating_sub(1));
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for unit in (first..address.doc_id).rev() {
            let neighbour = DocAddress::new(address.segment_ord, unit);
            if self.document_of(neighbour).is_ok_and(|other| other == id) {
                before.push(self.unit(neighbour)?.unit);
            } else {
                break;
            }
        }
        for unit in address.doc_id + 1..=last {
            let neighbour = DocAddress::new(address.segment_ord, unit);
            if self.document_of(neighbour).is_ok_and(|other| other == id) {
                after.push(self.unit(neighbour)?.unit);
            } else {
                break;
            }
        }
        before.reverse();
        Ok((before, after))
    }
}

fn section_path(document: &DocumentRecord, section: Option<usize>) -> Vec<String> {
    let mut path = Vec::new();
    let mut next = section;
    while let Some(entry) = next.and_then(|index| document.sections.get(index)) {
        path.push(entry.heading.clone());
        // A parent stands before its sections; anything else would be a circle.
        next = entry.parent.filter(|parent| Some(*parent) < next);
    }
    path.reverse();
    path
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
        } else if names.iter().any(|name| name.contains(&wanted)) {
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
