//! The only place that opens an index for reading.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tantivy::directory::MmapDirectory;
use tantivy::{Index, ReloadPolicy, Searcher};

use super::columns::Columns;
use super::directory::ReadOnly;
use super::folder::{self, State, Versions};
use super::lists::{Dictionaries, LookedUp};
use super::schema::Fields;
use super::vocabulary::{MOST_LISTS, Vocabulary};
use super::{IndexError, SCHEMA_VERSION};
use crate::analyzer::{self, Noted};

/// How often opening is tried again when a file vanished between reading `meta.json` and opening it: another process
/// has committed. A commit takes far less than the sum of the pauses.
const ATTEMPTS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(15);
/// Unpacked blocks of stored texts that are kept for each part of the index: enough for neighbours. Memory of those let go
/// is used again, where new memory costs more than to unpack.
const STORED_BLOCKS: usize = 4;

/// An index open for reading, as it stood when it was opened.
#[derive(Clone)]
pub struct Reader {
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    pub(super) dictionaries: Arc<Dictionaries>,
    pub(super) looked_up: Arc<LookedUp>,
    pub(super) columns: Arc<[Columns]>,
    vocabulary: Arc<OnceLock<Vocabulary>>,
    path: PathBuf,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Reader").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Reader {
    /// Whether the index knows of no file at all, not even of one that was skipped.
    pub fn is_empty(&self) -> bool {
        let entries = self.searcher.num_docs();
        entries == 0
            || entries <= MOST_LISTS as u64 && self.vocabulary().is_ok_and(|words| entries == words.lists() as u64)
    }

    /// Returns the words of all texts, read on the first call.
    pub(crate) fn vocabulary(&self) -> tantivy::Result<&Vocabulary> {
        if let Some(read) = self.vocabulary.get() {
            return Ok(read);
        }
        let read = Vocabulary::read(self)?;
        Ok(self.vocabulary.get_or_init(|| read))
    }

    /// Returns the folder of the index.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns a reader of the same index that has looked no term up yet.
    pub(crate) fn for_request(&self) -> Reader {
        Reader { looked_up: Arc::default(), ..self.clone() }
    }

    pub(crate) fn error(&self, error: tantivy::TantivyError) -> IndexError {
        IndexError::of_tantivy(&self.path, &error)
    }

    pub(crate) fn damaged(&self, reason: impl Into<String>) -> IndexError {
        IndexError::damaged(&self.path, reason)
    }
}

/// Opens the index in a folder for reading. Nothing is written there, not even a lock.
///
/// # Errors
/// `Missing` where there is none, `BeingBuilt` where the first is being made, `Foreign`, `OtherVersion`, `Damaged` where files are missing, `Io`.
pub fn open(dir: &Path) -> Result<Reader, IndexError> {
    match folder::inspect(dir)? {
        State::Vacant if folder::is_being_written(dir) => return Err(IndexError::BeingBuilt(dir.to_owned())),
        State::Vacant => return Err(IndexError::Missing(dir.to_owned())),
        State::Foreign => return Err(IndexError::Foreign(dir.to_owned())),
        State::Damaged(reason) => return Err(IndexError::damaged(dir, reason)),
        State::Ours(versions) => check_versions(dir, &versions)?,
    }
    folder::check_managed(dir, false)?;
    let mut attempt = 1;
    loop {
        match try_open(dir) {
            Err(IndexError::Damaged { .. }) if attempt < ATTEMPTS => {
                std::thread::sleep(PAUSE * attempt);
                attempt += 1;
            }
            result => return result,
        }
    }
}

pub(super) fn check_versions(dir: &Path, versions: &Versions) -> Result<(), IndexError> {
    if *versions == Versions::CURRENT {
        return Ok(());
    }
    let found = format!(
        "schema {}, analyzer {} (this version: {SCHEMA_VERSION}, {})",
        versions.pincite_schema,
        versions.pincite_analyzer,
        analyzer::ANALYZER_VERSION
    );
    Err(IndexError::OtherVersion { path: dir.to_owned(), found })
}

fn try_open(dir: &Path) -> Result<Reader, IndexError> {
    if let Some(name) = folder::missing_file(dir)? {
        return Err(IndexError::damaged(dir, format!("{name} is missing")));
    }
    let error = |error: tantivy::TantivyError| IndexError::of_tantivy(dir, &error);
    let directory = MmapDirectory::open(dir).map_err(|failure| error(failure.into()))?;
    let index = Index::open(ReadOnly(directory)).map_err(error)?;
    let fields = Fields::new();
    if index.schema() != fields.schema {
        return Err(IndexError::damaged(dir, "its fields are not those of its version"));
    }
    analyzer::register(index.tokenizers(), &Noted::default());
    let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
    let reader = builder.doc_store_cache_num_blocks(STORED_BLOCKS).try_into().map_err(error)?;
    let searcher = reader.searcher();
    let dictionaries = Arc::new(Dictionaries::of(&index, &searcher).map_err(error)?);
    let columns = searcher.segment_readers().iter().map(|_| Columns::default()).collect();
    let vocabulary = Arc::default();
    Ok(Reader { searcher, fields, dictionaries, looked_up: Arc::default(), columns, vocabulary, path: dir.to_owned() })
}
