//! Writing by file: what a file gave is replaced as a whole, visible with the next commit and not before.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::{DirectoryLock, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::{Directory, Index, IndexSettings, IndexWriter, Term};

use super::directory::{Refusal, Writable};
use super::entry::entries;
use super::folder::{self, MANAGED, META, PART, State, Versions};
use super::gate::{Entry, Gate};
use super::merging::Bounded;
use super::schema::Fields;
use super::vocabulary::{self, Vocabulary};
use super::{IndexError, open};
use crate::analyzer::{self, Noted};
use crate::document::{Document, Reference};

pub use super::record::FileRecord;

/// tantivy refuses less per thread.
const LEAST_MEMORY_PER_THREAD: usize = 15_000_000;
/// tantivy refuses more per thread.
const MOST_MEMORY_PER_THREAD: usize = 4_000_000_000;
/// Bytes of stored text compressed together. Twice tantivy's default: a tenth smaller, and a page of hits still
/// unpacks in well under a millisecond.
const STORE_BLOCK: usize = 32_768;

/// How an index is written.
#[derive(Debug, Clone)]
pub struct WriterOptions {
    /// Threads that build the index; 0 is read as 1.
    pub threads: usize,
    /// Bytes that all of them may fill before they write to disk.
    pub memory: usize,
    /// Returns the keys under which a reference is found: its own and those of its instrument and article.
    pub keys: fn(&Reference) -> Vec<String>,
}

impl Default for WriterOptions {
    fn default() -> WriterOptions {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        WriterOptions { threads: cores.min(4), memory: 104_000_000, keys: beginnings_of_key }
    }
}

/// Returns the key and its beginnings: "CRC/7/1" gives "CRC", "CRC/7", "CRC/7/1".
pub fn beginnings_of_key(reference: &Reference) -> Vec<String> {
    let Some(key) = &reference.key else { return Vec::new() };
    let ends = key.match_indices('/').map(|(at, _)| at).chain([key.len()]);
    ends.filter_map(|end| key.get(..end)).filter(|prefix| !prefix.is_empty()).map(str::to_owned).collect()
}

/// The one writer of an index. Dropped without [`Writer::finish`], it leaves the index as the last commit left it (a
/// rebuild leaves it as it was).
pub struct Writer {
    dir: PathBuf,
    fields: Fields,
    /// `None` after an error: tantivy's writer must not be used again, later commits would store nothing.
    inner: Option<IndexWriter<Entry>>,
    gate: Arc<Gate>,
    refusal: Refusal,
    keys: fn(&Reference) -> Vec<String>,
    known: BTreeMap<String, FileRecord>,
    /// Words of the texts that are being indexed, and those that the index lists.
    noted: Noted,
    vocabulary: Vocabulary,
    changed: bool,
    rebuild: Option<Rebuild>,
}

/// Held while a new index is built in a folder inside the old one.
struct Rebuild {
    part: PathBuf,
    _lock: DirectoryLock,
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.part);
    }
}

impl Writer {
    /// Opens the index of a folder for writing, making folder and index where there are none.
    ///
    /// # Errors
    /// `Foreign` for a folder with other files, `Locked`, `OtherVersion`, `Damaged`, `Io`.
    pub fn open(dir: &Path, options: WriterOptions) -> Result<Writer, IndexError> {
        let state = folder::inspect(dir)?;
        let (known, vocabulary) = match &state {
            State::Foreign => return Err(IndexError::Foreign(dir.to_owned())),
            State::Damaged(reason) => return Err(IndexError::damaged(dir, reason)),
            State::Ours(versions) => {
                open::check_versions(dir, versions)?;
                folder::check_managed(dir, true)?;
                let reader = open::open(dir)?;
                let vocabulary = Vocabulary::read(&reader).map_err(|error| reader.error(error))?;
                (super::files::read(&reader)?, vocabulary)
            }
            State::Vacant => {
                fs::create_dir_all(dir).map_err(|error| IndexError::io(dir, &error))?;
                folder::check_managed(dir, false)?;
                Default::default()
            }
        };
        let (refusal, noted) = (Refusal::default(), Noted::default());
        let inner = tantivy_writer(dir, matches!(state, State::Vacant), &options, &refusal, &noted)
            .map_err(|failed| failure(dir, &refusal, &failed))?;
        Ok(Writer {
            dir: dir.to_owned(),
            fields: Fields::new(),
            inner: Some(inner),
            gate: Arc::default(),
            refusal,
            keys: options.keys,
            known,
            noted,
            vocabulary,
            // An index of no documents is one too: its first commit says so.
            changed: state == State::Vacant,
            rebuild: None,
        })
    }

    /// Begins a new index that takes the place of the old one in [`Writer::finish`]; until then the old one answers.
    ///
    /// # Errors
    /// `Foreign` for a folder with other files, `Locked`, `Io`.
    pub fn create_fresh(dir: &Path, options: WriterOptions) -> Result<Writer, IndexError> {
        if folder::inspect(dir)? == State::Foreign {
            return Err(IndexError::Foreign(dir.to_owned()));
        }
        let io = |error: std::io::Error| IndexError::io(dir, &error);
        fs::create_dir_all(dir).map_err(io)?;
        let error = |error: tantivy::TantivyError| IndexError::of_tantivy(dir, &error);
        let directory = MmapDirectory::open(dir).map_err(|failure| error(failure.into()))?;
        let lock = directory
            .acquire_lock(&INDEX_WRITER_LOCK)
            .map_err(|failure| error(tantivy::TantivyError::LockFailure(failure, None)))?;
        let part = dir.join(PART);
        if part.exists() {
            fs::remove_dir_all(&part).map_err(io)?;
        }
        fs::create_dir(&part).map_err(io)?;
        let rebuild = Rebuild { part, _lock: lock };
        let (refusal, noted) = (Refusal::default(), Noted::default());
        let inner = tantivy_writer(&rebuild.part, true, &options, &refusal, &noted)
            .map_err(|failed| failure(dir, &refusal, &failed))?;
        Ok(Writer {
            dir: dir.to_owned(),
            fields: Fields::new(),
            inner: Some(inner),
            gate: Arc::default(),
            refusal,
            keys: options.keys,
            known: BTreeMap::new(),
            noted,
            vocabulary: Vocabulary::default(),
            changed: true,
            rebuild: Some(rebuild),
        })
    }

    /// Returns what the index held of every file when it was opened, by key; nothing for a fresh one.
    pub fn known_files(&self) -> &BTreeMap<String, FileRecord> {
        &self.known
    }

    /// Puts the documents of a file in the place of whatever the file gave before. `file.documents` and `file.units`
    /// are filled in from the documents. A file without documents is remembered too, so that it is not read again.
    ///
    /// # Errors
    /// `Io` where the disk refuses; the writer is of no further use then.
    pub fn replace(&mut self, file: &FileRecord, documents: &[Document]) -> Result<(), IndexError> {
        let record = FileRecord {
            documents: documents.iter().map(|document| document.id.clone()).collect(),
            units: documents.iter().map(|document| document.paragraphs.len() as u32).sum(),
            ..file.clone()
        };
        let owner = Term::from_field_text(self.fields.owner, &file.key);
        let mut made = Vec::new();
        entries(&self.fields, &record, documents, self.keys, |entry| made.push(entry))
            .map_err(|error| IndexError::Io { path: self.dir.clone(), reason: error.to_string() })?;
        let text = documents.iter().flat_map(|document| &document.paragraphs).map(|unit| unit.text.len()).sum();
        let added = self.gate.admit(made, text).into_iter().map(UserOperation::Add);
        let operations: Vec<_> = std::iter::once(UserOperation::Delete(owner)).chain(added).collect();
        self.with_inner(|inner| inner.run(operations).map(|_| ()))
    }

    /// Removes whatever a file gave.
    ///
    /// # Errors
    /// As [`Writer::replace`].
    pub fn remove_file(&mut self, key: &str) -> Result<(), IndexError> {
        let owner = Term::from_field_text(self.fields.owner, key);
        self.with_inner(|inner| {
            inner.delete_term(owner);
            Ok(())
        })
    }

    /// Makes everything since the last commit visible and durable (for a rebuild: durable, visible with `finish`).
    /// Without changes nothing is written.
    ///
    /// # Errors
    /// As [`Writer::replace`].
    pub fn commit(&mut self) -> Result<(), IndexError> {
        if !self.changed {
            return Ok(());
        }
        let payload = serde_json::to_string(&Versions::CURRENT)
            .map_err(|error| IndexError::Io { path: self.dir.clone(), reason: error.to_string() })?;
        // All texts must have been read before their words can be listed.
        self.with_inner(|inner| inner.prepare_commit().map(drop))?;
        let list = self.list_words();
        self.with_inner(|inner| {
            if !list.is_empty() {
                inner.run(list)?;
            }
            let mut commit = inner.prepare_commit()?;
            commit.set_payload(&payload);
            commit.commit()?;
            Ok(())
        })?;
        self.changed = false;
        sync(self.rebuild.as_ref().map_or(&self.dir, |rebuild| &rebuild.part))
    }

    /// Returns what lists the words that were not in the index before.
    fn list_words(&mut self) -> Vec<UserOperation<Entry>> {
        let Some((list, joined)) = self.vocabulary.add(self.noted.take()) else { return Vec::new() };
        let earlier = joined.then(|| Term::from_field_text(self.fields.owner, vocabulary::OWNER));
        let entries = self.gate.admit(vec![vocabulary::entry(&self.fields, &list)], list.len());
        earlier.map(UserOperation::Delete).into_iter().chain(entries.into_iter().map(UserOperation::Add)).collect()
    }

    /// Commits, waits for merges, and for a rebuild puts the new index in the place of the old one.
    ///
    /// # Errors
    /// As [`Writer::replace`]; the old index still answers when a rebuild fails.
    pub fn finish(mut self) -> Result<(), IndexError> {
        self.commit()?;
        if let Some(inner) = self.inner.take() {
            inner.wait_merging_threads().map_err(|error| failure(&self.dir, &self.refusal, &error))?;
        }
        match self.rebuild.take() {
            Some(rebuild) => {
                publish(&rebuild.part, &self.dir).map_err(|error| IndexError::io(&self.dir, &error))?;
                sync(&self.dir)
            }
            None => Ok(()),
        }
    }

    fn with_inner(
        &mut self,
        work: impl FnOnce(&mut IndexWriter<Entry>) -> tantivy::Result<()>,
    ) -> Result<(), IndexError> {
        let Some(mut inner) = self.inner.take() else {
            let reason = "an earlier write failed".to_owned();
            return Err(IndexError::Io { path: self.dir.clone(), reason });
        };
        if let Err(error) = work(&mut inner) {
            drop(inner);
            if self.rebuild.is_none() {
                sweep(&self.dir);
            }
            return Err(failure(&self.dir, &self.refusal, &error));
        }
        self.changed = true;
        self.inner = Some(inner);
        Ok(())
    }
}

/// What the disk refused is why tantivy failed, which calls it a thread that was killed.
fn failure(dir: &Path, refusal: &Refusal, error: &tantivy::TantivyError) -> IndexError {
    match refusal.take() {
        Some(refused) => IndexError::io(dir, &refused),
        None => IndexError::of_tantivy(dir, error),
    }
}

/// Removes what a failed run has left on a disk that may be full. The next commit would do so, were there room for one.
fn sweep(dir: &Path) {
    let locked = MmapDirectory::open(dir).ok().and_then(|directory| directory.acquire_lock(&INDEX_WRITER_LOCK).ok());
    if locked.is_some() {
        for name in folder::unused_files(dir).unwrap_or_default() {
            let _ = fs::remove_file(dir.join(name));
        }
    }
}

fn tantivy_writer(
    dir: &Path,
    create: bool,
    options: &WriterOptions,
    refusal: &Refusal,
    noted: &Noted,
) -> tantivy::Result<IndexWriter<Entry>> {
    let directory = Writable::open(dir, refusal.clone())?;
    let fields = Fields::new();
    let index = if create {
        // Another writer that has created the index but not committed yet holds the lock; do not write over it.
        drop(
            directory
                .acquire_lock(&INDEX_WRITER_LOCK)
                .map_err(|failure| tantivy::TantivyError::LockFailure(failure, None))?,
        );
        let settings = IndexSettings { docstore_blocksize: STORE_BLOCK, ..IndexSettings::default() };
        Index::create(directory, fields.schema, settings)
    } else {
        Index::open(directory)
    }?;
    analyzer::register(index.tokenizers(), noted);
    let threads = options.threads.max(1);
    let per_thread = (options.memory / threads).clamp(LEAST_MEMORY_PER_THREAD, MOST_MEMORY_PER_THREAD);
    let writer_options = IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread(per_thread)
        .num_merge_threads(2)
        .build();
    let held: usize = index.searchable_segment_metas()?.iter().map(|part| part.num_docs() as usize).sum();
    let writer = index.writer_with_options(writer_options)?;
    writer.set_merge_policy(Box::new(Bounded::of(held)));
    Ok(writer)
}

/// Moves a finished index into the folder above it. The old index answers until its `meta.json` is replaced, which is
/// one rename; what is left of it is removed afterwards.
fn publish(part: &Path, dir: &Path) -> std::io::Result<()> {
    let data_files = |folder: &Path| -> std::io::Result<Vec<std::ffi::OsString>> {
        let names = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name()));
        names.filter(|name| name.as_ref().map_or(true, |name| folder::is_data_file(&name.to_string_lossy()))).collect()
    };
    let old = data_files(dir)?;
    let new = data_files(part)?;
    for name in &new {
        fs::rename(part.join(name), dir.join(name))?;
    }
    fs::rename(part.join(MANAGED), dir.join(MANAGED))?;
    fs::rename(part.join(META), dir.join(META))?;
    for name in old.iter().filter(|name| !new.contains(name)) {
        fs::remove_file(dir.join(name))?;
    }
    Ok(())
}

/// Makes renames durable: tantivy does not sync the folder after it has renamed `meta.json`.
fn sync(dir: &Path) -> Result<(), IndexError> {
    MmapDirectory::open(dir)
        .map_err(|error| IndexError::of_tantivy(dir, &error.into()))?
        .sync_directory()
        .map_err(|error| IndexError::io(dir, &error))
}
