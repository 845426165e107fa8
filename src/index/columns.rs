//! Columns of the parts of an index that every answer reads, each opened once: to open one costs more than to read it.

use std::sync::OnceLock;

use tantivy::columnar::{Column, StrColumn};

use super::open::Reader;

/// What tells whose unit an entry is.
#[derive(Default)]
pub(super) struct Columns {
    documents: OnceLock<Option<StrColumn>>,
    ordinals: OnceLock<Option<Column<u64>>>,
}

impl Reader {
    /// Returns the ids of documents by unit in a part of the index.
    pub(crate) fn document_column(&self, part: u32) -> tantivy::Result<Option<StrColumn>> {
        let open = || self.searcher.segment_reader(part).fast_fields().str("document");
        once(self.columns.get(part as usize).map(|columns| &columns.documents), open)
    }

    /// Returns the ordinals by unit in a part of the index.
    pub(crate) fn ordinal_column(&self, part: u32) -> tantivy::Result<Option<Column<u64>>> {
        let open = || self.searcher.segment_reader(part).fast_fields().column_opt::<u64>("ordinal");
        once(self.columns.get(part as usize).map(|columns| &columns.ordinals), open)
    }
}

/// Opens what was not opened before.
pub(super) fn once<T: Clone>(
    place: Option<&OnceLock<Option<T>>>,
    open: impl FnOnce() -> tantivy::Result<Option<T>>,
) -> tantivy::Result<Option<T>> {
    if let Some(opened) = place.and_then(OnceLock::get) {
        return Ok(opened.clone());
    }
    let opened = open()?;
    Ok(place.map_or(opened.clone(), |place| place.get_or_init(|| opened).clone()))
}
