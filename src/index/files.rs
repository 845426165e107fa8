//! What the index remembers of the files it was made from.

use std::collections::BTreeMap;

use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocSet, TERMINATED, TantivyDocument};

use super::IndexError;
use super::open::Reader;
use super::record::FileRecord;

/// Returns the record of every file by its key.
pub(super) fn read(reader: &Reader) -> Result<BTreeMap<String, FileRecord>, IndexError> {
    let mut files = BTreeMap::new();
    let error = |error: std::io::Error| IndexError::io(reader.path(), &error);
    for segment in reader.searcher.segment_readers() {
        let index = segment.inverted_index(reader.fields.file).map_err(|failure| reader.error(failure))?;
        let store = segment.get_store_reader(1).map_err(error)?;
        let mut terms = index.terms().stream().map_err(error)?;
        while terms.advance() {
            let mut postings =
                index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic).map_err(error)?;
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    let entry: TantivyDocument = store.get(postings.doc()).map_err(|failure| reader.error(failure))?;
                    let json = entry.get_first(reader.fields.record).and_then(|value| value.as_str());
                    let record = json.and_then(|json| serde_json::from_str::<FileRecord>(json).ok());
                    let record = record.ok_or_else(|| reader.damaged("the record of a file is not readable"))?;
                    files.insert(record.key.clone(), record);
                }
                postings.advance();
            }
        }
    }
    Ok(files)
}
