//! Units with the documents that they stand in.

use std::collections::HashMap;
use std::rc::Rc;

use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, TantivyDocument};

use crate::index::IndexError;
use crate::index::open::Reader;
use crate::index::record::{DocumentRecord, UnitRecord};
use crate::search::{StoredUnit, collect};

/// Reads units and remembers the records of their documents.
pub(in super::super) struct Shelf<'a> {
    reader: &'a Reader,
    documents: HashMap<String, Rc<DocumentRecord>>,
}

/// A unit with what only this module knows of it.
pub(in super::super) struct Loaded {
    pub unit: StoredUnit,
    pub record: UnitRecord,
    pub document: Rc<DocumentRecord>,
}

impl<'a> Shelf<'a> {
    pub fn new(reader: &'a Reader) -> Shelf<'a> {
        Shelf { reader, documents: HashMap::new() }
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
    pub fn record(&self, address: DocAddress) -> Result<Rc<DocumentRecord>, IndexError> {
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

    fn document_of(&self, address: DocAddress) -> Result<String, IndexError> {
        let column = self.reader.document_column(address.segment_ord).map_err(|error| self.reader.error(error))?;
        let mut id = String::new();
        let found = column.as_ref().and_then(|column| {
            let ord = column.term_ords(address.doc_id).next()?;
            column.ord_to_str(ord, &mut id).ok()
        });
        if found == Some(true) { Ok(id) } else { Err(self.reader.damaged("a unit belongs to no document")) }
    }

    /// Returns what units are ordered by where nothing else tells: document and place in it. The order of the index
    /// depends on the threads that wrote it.
    pub fn place(&self, address: DocAddress) -> Result<(String, u64), IndexError> {
        let column = self.reader.ordinal_column(address.segment_ord).map_err(|error| self.reader.error(error))?;
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
