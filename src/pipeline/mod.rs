//! Composes the stages; the only caller of them all.
//!
//! [`index`] reads from top to bottom as the program does: walk, compare with what the index knows, make documents in
//! parallel, write them in the order of their files, commit.

mod learn;
mod make;
mod report;
mod scan;
mod schedule;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use thiserror::Error;

use crate::annotator::metadata::{self, Override, OverrideError};
use crate::document::Document;
use crate::extractor::ExtractError;
use crate::index::record::FileRecord;
use crate::index::writer::{Writer, WriterOptions};
use crate::index::{FailureClass, IndexError, known_files};
use crate::reader::{self, FoundFile, ReadError, WalkError};

pub use learn::{Learned, learn};
pub use make::{Made, Maker};
pub use report::{FileReport, FileStatus, Progress, Summary};

/// What to index, and where to.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Files and folders of documents.
    pub roots: Vec<PathBuf>,
    /// The folder of the index.
    pub index: PathBuf,
    /// Build anew, whatever is there.
    pub rebuild: bool,
    /// Say what would be done and write nothing.
    pub dry_run: bool,
    /// The program that reads risky formats in a child process ([`Maker::new`]).
    pub worker: Option<PathBuf>,
}

/// A document as [`explain`] shows it.
#[derive(Debug, Clone)]
pub struct Explained {
    pub document: Document,
}

/// Why a run ended without a result.
#[derive(Debug, Error)]
pub enum PipelineError {
    #[error(transparent)]
    Walk(#[from] WalkError),
    #[error("{}: {reason} (mend or remove it)", .path.display())]
    Metadata { path: PathBuf, reason: OverrideError },
    #[error("{}: {reason}", .path.display())]
    Read { path: PathBuf, reason: ReadError },
    #[error("{}: {reason}", .path.display())]
    Extract { path: PathBuf, reason: ExtractError },
    /// All documents of a folder would leave the index, and nothing would come into it.
    #[error(
        "no file in {} can be read, and the index in {} holds {documents} of earlier files: nothing is changed (is the \
         disk there? to take them out: --rebuild)", .root.display(), .index.display()
    )]
    Emptied { root: PathBuf, index: PathBuf, documents: String },
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Whose fault a failure is; the programs turn it into an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// What was asked cannot be done (exit code 2).
    Request,
    /// The index cannot be used (3).
    Unusable,
    /// Reading or writing failed (5).
    Io,
    /// Another writer holds the index (6).
    Locked,
}

impl PipelineError {
    /// Returns whose fault it is.
    pub fn class(&self) -> ErrorClass {
        match self {
            PipelineError::Walk(WalkError::Missing(_))
            | PipelineError::Metadata { .. }
            | PipelineError::Emptied { .. }
            | PipelineError::Extract { .. } => ErrorClass::Request,
            PipelineError::Walk(WalkError::Io { .. }) | PipelineError::Read { .. } => ErrorClass::Io,
            PipelineError::Index(error) => match error.class() {
                FailureClass::Unusable => ErrorClass::Unusable,
                FailureClass::Io => ErrorClass::Io,
                FailureClass::Locked => ErrorClass::Locked,
            },
        }
    }
}

/// A commit makes what was read so far visible and safe; more often than this it only costs.
const COMMIT_EVERY: Duration = Duration::from_secs(30);
/// A file changed this shortly before it was read may change again within the clock's grain: it is hashed next time.
const RACY: Duration = Duration::from_secs(2);

/// Brings an index in step with its corpus. `progress` hears of every file; once `interrupted` is set, the run commits
/// what it has and ends (a rebuild leaves the index as it was).
///
/// # Errors
/// A root that is missing, a `metadata.toml` that cannot be read, an index that cannot be written. Files that cannot be
/// read are no errors: they are reported and counted.
pub fn index(
    options: &IndexOptions,
    progress: &mut dyn FnMut(Progress),
    interrupted: &AtomicBool,
) -> Result<Summary, PipelineError> {
    let started = Instant::now();
    let files = reader::walk(&options.roots, &options.index)?;
    let overrides = overrides(&options.roots)?;
    refuse_emptying(options, &files)?;
    progress(Progress::Started { files: files.len() });
    for id in strangers(&overrides, &files) {
        let note = format!(
            "metadata.toml names {id}, and no document is called so (an id is the path below the folder without the ending)"
        );
        progress(Progress::Note(note));
    }
    let mut run = Run::open(options, overrides, files.len())?;
    let (todo, settled) = run.compare(&files);
    for report in settled {
        run.count(&report);
        progress(Progress::File(report));
    }
    for key in vanished(&run.known, &files) {
        run.summary.still_there += usize::from(reader::lies_near(&options.roots, &key));
        let report = run.remove(&key)?;
        progress(Progress::File(report));
    }
    let overrides = std::mem::take(&mut run.overrides);
    let maker = Maker::new(options.worker.as_deref());
    let make = |file: &&FoundFile| maker.make(file, overrides.get(&file.id));
    let mut failure = None;
    schedule::in_order(&todo, make, interrupted, |file, made| match run.take(file, made) {
        Ok(report) => {
            progress(Progress::File(report));
            true
        }
        Err(error) => {
            failure = Some(error);
            false
        }
    });
    if let Some(error) = failure {
        return Err(error.into());
    }
    progress(Progress::Committing);
    run.summary.interrupted = interrupted.load(Ordering::Relaxed);
    // Half an index must not take the place of a whole one: a rebuild that is interrupted leaves the old one.
    let publish = !(options.rebuild && run.summary.interrupted);
    let mut summary = run.finish(publish)?;
    summary.millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(summary)
}

/// An empty folder is more often a disk that is not there than the wish to take its documents out of the index.
fn refuse_emptying(options: &IndexOptions, files: &[FoundFile]) -> Result<(), PipelineError> {
    let beginning = |root| reader::prefix_of(root, &options.roots).map_or(String::new(), |prefix| prefix + "/");
    let roots = options.roots.iter().map(|root| (root, beginning(root)));
    let is_read = |file: &FoundFile, root: &str| file.problem.is_none() && file.key.starts_with(root);
    let silent: Vec<_> = roots.filter(|(_, keys)| !files.iter().any(|file| is_read(file, keys))).collect();
    // What the index holds is read only where it may be lost.
    if options.rebuild || silent.is_empty() {
        return Ok(());
    }
    let Ok(known) = known_files(&options.index) else { return Ok(()) };
    let gone: HashSet<String> = vanished(&known, files).into_iter().collect();
    for (root, beginning) in silent {
        let own = || known.iter().filter(|(key, _)| key.starts_with(&beginning));
        if own().any(|(key, _)| !gone.contains(key)) {
            continue;
        }
        let documents: usize = own().map(|(_, record)| record.documents.len()).sum();
        if documents > 0 {
            return Err(PipelineError::Emptied {
                root: root.clone(),
                index: options.index.clone(),
                documents: format!("{documents} document{}", if documents == 1 { "" } else { "s" }),
            });
        }
    }
    Ok(())
}

/// Returns the keys of the files that are gone. What lies below a folder that could not be listed may be there.
fn vanished(known: &BTreeMap<String, FileRecord>, files: &[FoundFile]) -> Vec<String> {
    let present: HashSet<&str> = files.iter().map(|file| file.key.as_str()).collect();
    let failed = files.iter().filter(|file| file.problem.as_ref().is_some_and(ReadError::is_failure));
    let unlisted: Vec<String> = failed.map(|file| format!("{}/", file.key)).collect();
    let is_gone = |key: &&String| {
        !present.contains(key.as_str()) && !unlisted.iter().any(|folder| key.starts_with(folder.as_str()))
    };
    known.keys().filter(is_gone).cloned().collect()
}

/// Reads one file as [`index`] would, without an index. `worker` as in [`IndexOptions`].
///
/// # Errors
/// `Walk` where there is no such file, `Read` and `Extract` with the reason that [`index`] would report.
pub fn explain(path: &Path, worker: Option<&Path>) -> Result<Vec<Explained>, PipelineError> {
    let maker = Maker::new(worker);
    let files = reader::walk(&[path.to_owned()], Path::new(""))?;
    let mut explained = Vec::new();
    for file in files {
        let made = maker.make(&file, None);
        match made.outcome {
            Ok(documents) => {
                explained.extend(documents.into_iter().map(|document| Explained { document }));
                if let (Some(last), Some(reservation)) = (explained.last_mut(), &made.reservation) {
                    last.document.warnings.push(reservation.to_string());
                }
            }
            Err(make::Failure::Read(reason)) => return Err(PipelineError::Read { path: file.path, reason }),
            Err(make::Failure::Extract(reason)) => return Err(PipelineError::Extract { path: file.path, reason }),
        }
    }
    Ok(explained)
}

/// The `metadata.toml` at the top of every root.
fn overrides(roots: &[PathBuf]) -> Result<BTreeMap<String, Override>, PipelineError> {
    let mut all = BTreeMap::new();
    for root in roots {
        let path = root.join("metadata.toml");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            // A root may be a file, and a folder need not have one.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => continue,
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                return Err(PipelineError::Metadata { path, reason: OverrideError::Encoding });
            }
            Err(error) => {
                return Err(PipelineError::Metadata { path, reason: OverrideError::Unreadable(error.to_string()) });
            }
        };
        let read = metadata::read_overrides(&text).map_err(|reason| PipelineError::Metadata { path, reason })?;
        let prefix =
            if roots.len() > 1 { root.file_name().map(|name| format!("{}/", name.to_string_lossy())) } else { None };
        all.extend(
            read.into_iter().map(|(id, entry)| (format!("{}{id}", prefix.as_deref().unwrap_or_default()), entry)),
        );
    }
    Ok(all)
}

/// The ids in a `metadata.toml` that no file has; those of documents inside an archive are below its own.
fn strangers(overrides: &BTreeMap<String, Override>, files: &[FoundFile]) -> Vec<String> {
    let ids: HashSet<&str> = files.iter().map(|file| file.id.as_str()).collect();
    overrides.keys().filter(|id| !ids.contains(id.as_str())).cloned().collect()
}

/// One run over a corpus: what the index knows, what is written, what is counted.
struct Run {
    /// `None` in a dry run.
    writer: Option<Writer>,
    known: BTreeMap<String, FileRecord>,
    overrides: BTreeMap<String, Override>,
    /// Content hashes of files that are in the index, with their keys.
    contents: HashMap<String, String>,
    last_commit: Instant,
    summary: Summary,
}

impl Run {
    fn open(options: &IndexOptions, overrides: BTreeMap<String, Override>, found: usize) -> Result<Run, PipelineError> {
        let settings = WriterOptions { keys: make::keys, ..WriterOptions::default() };
        let (writer, known) = if options.dry_run {
            let known = if options.rebuild { BTreeMap::new() } else { known_files(&options.index)? };
            (None, known)
        } else if options.rebuild {
            (Some(Writer::create_fresh(&options.index, settings)?), BTreeMap::new())
        } else {
            let writer = Writer::open(&options.index, settings)?;
            let known = writer.known_files().clone();
            (Some(writer), known)
        };
        let summary = Summary { found, known: known.len(), ..Summary::default() };
        Ok(Run { writer, known, overrides, contents: HashMap::new(), last_commit: Instant::now(), summary })
    }

    /// Parts the files that must be read from those whose fate is known without reading them.
    fn compare<'f>(&mut self, files: &'f [FoundFile]) -> (Vec<&'f FoundFile>, Vec<FileReport>) {
        let (mut todo, mut settled) = (Vec::new(), Vec::new());
        for file in files {
            match self.known.get(&file.key) {
                Some(record) if self.is_current(record, file) => {
                    if !record.documents.is_empty() {
                        self.contents.insert(record.hash.clone(), file.key.clone());
                    }
                    settled.push(FileReport::known(file, record));
                }
                _ => todo.push(file),
            }
        }
        (todo, settled)
    }

    /// Same size, same time, same metadata, and nothing that another file's fate could change.
    fn is_current(&self, record: &FileRecord, file: &FoundFile) -> bool {
        file.problem.is_none()
            && record.modified != 0
            && record.modified == file.modified
            && record.size == file.size
            && !report::is_duplicate(record)
            && record.documents.first().is_none_or(|id| *id == file.id || id.starts_with(&format!("{}/", file.id)))
            && report::override_of(record) == fingerprint(self.overrides.get(&file.id))
    }

    fn remove(&mut self, key: &str) -> Result<FileReport, IndexError> {
        if let Some(writer) = &mut self.writer {
            writer.remove_file(key)?;
        }
        let report = FileReport::removed(key, self.known.get(key));
        self.summary.removed += 1;
        self.summary.removed_documents += report.documents;
        Ok(report)
    }

    /// Writes what a file has given, and says what became of it.
    fn take(&mut self, file: &FoundFile, made: Made) -> Result<FileReport, IndexError> {
        let before = self.known.get(&file.key);
        let same = before.is_some_and(|record| {
            record.hash == made.hash
                && report::override_of(record) == made.override_fingerprint
                && !report::is_duplicate(record)
                && record.documents.first().is_none_or(|id| *id == file.id || id.starts_with(&format!("{}/", file.id)))
        });
        let (report, record, documents) = if same && let Some(record) = before {
            (FileReport::known(file, record), with_time(record.clone(), file), None)
        } else {
            let duplicate_of = self.contents.get(&made.hash).filter(|key| **key != file.key && made.outcome.is_ok());
            let (report, record, documents) = report::describe(file, made, duplicate_of.map(String::as_str));
            (report, with_time(record, file), Some(documents))
        };
        if matches!(report.status, FileStatus::Indexed | FileStatus::Unchanged) && !record.documents.is_empty()
            || documents.as_ref().is_some_and(|documents| !documents.is_empty())
        {
            self.contents.insert(record.hash.clone(), file.key.clone());
        }
        if let Some(writer) = &mut self.writer {
            match &documents {
                // What the index held of a file that could not be read this time stays.
                Some(_) if report.status == FileStatus::Failed => {}
                Some(documents) => writer.replace(&record, documents)?,
                None => {}
            }
            if self.last_commit.elapsed() > COMMIT_EVERY {
                writer.commit()?;
                self.last_commit = Instant::now();
            }
        }
        self.count(&report);
        if report.status == FileStatus::Failed {
            // What the index held of it stays; of a folder, what lies below.
            let below = format!("{}/", file.key);
            for (_, record) in self.known.iter().filter(|(key, _)| **key == file.key || key.starts_with(&below)) {
                self.summary.documents += record.documents.len();
                self.summary.paragraphs += record.units as usize;
            }
        }
        Ok(report)
    }

    fn count(&mut self, report: &FileReport) {
        match report.status {
            FileStatus::Indexed => self.summary.indexed += 1,
            FileStatus::Unchanged => self.summary.unchanged += 1,
            FileStatus::Skipped => self.summary.skipped += 1,
            FileStatus::Failed => self.summary.failed += 1,
            FileStatus::Removed => {}
        }
        // A scan is skipped, and yet in the index by its metadata.
        if matches!(report.status, FileStatus::Indexed | FileStatus::Unchanged | FileStatus::Skipped) {
            self.summary.documents += report.documents;
            self.summary.paragraphs += report.paragraphs;
        }
    }

    fn finish(self, publish: bool) -> Result<Summary, PipelineError> {
        if let Some(writer) = self.writer.filter(|_| publish) {
            writer.finish()?;
        }
        Ok(self.summary)
    }
}

/// The record of a file as it was found; a time too near to now is not believed.
fn with_time(record: FileRecord, file: &FoundFile) -> FileRecord {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let is_racy =
        i128::try_from(now).unwrap_or(i128::MAX) - file.modified < i128::try_from(RACY.as_nanos()).unwrap_or(0);
    FileRecord { key: file.key.clone(), size: file.size, modified: if is_racy { 0 } else { file.modified }, ..record }
}

/// What tells one entry of a `metadata.toml` from another.
fn fingerprint(entry: Option<&Override>) -> Option<String> {
    entry.map(|entry| reader::hash(format!("{entry:?}").as_bytes()).chars().take(16).collect())
}
