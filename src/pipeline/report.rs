//! What a run says of each file and of all of them.

use serde::Serialize;

use crate::document::{Document, Language};
use crate::index::record::FileRecord;
use crate::reader::FoundFile;

use super::make::{Failure, Made};

/// What happens while a run goes on.
#[derive(Debug, Clone)]
pub enum Progress {
    Started {
        files: usize,
    },
    /// Something that the user should know and that concerns no file of the corpus.
    Note(String),
    File(FileReport),
    Committing,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileStatus {
    Indexed,
    Unchanged,
    Removed,
    /// Not a document that can be indexed.
    Skipped,
    /// Could not be read this time; what the index held of it stays.
    Failed,
}

impl FileStatus {
    /// Returns the name of the JSON output.
    pub fn name(self) -> &'static str {
        match self {
            FileStatus::Indexed => "indexed",
            FileStatus::Unchanged => "unchanged",
            FileStatus::Removed => "removed",
            FileStatus::Skipped => "skipped",
            FileStatus::Failed => "failed",
        }
    }
}

/// What became of a file, and what it gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// Its path below the corpus folder.
    pub file: String,
    pub status: FileStatus,
    /// Why it was skipped or failed.
    pub reason: Option<String>,
    /// Id of its document, the first where it has several.
    pub document: Option<String>,
    pub documents: usize,
    pub paragraphs: usize,
    /// The main language of its (first) document.
    pub language: Option<Language>,
    pub bytes: u64,
    pub millis: u64,
}

/// Counts over a run: `indexed + unchanged + skipped + failed = found`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub found: usize,
    pub indexed: usize,
    pub unchanged: usize,
    pub skipped: usize,
    pub failed: usize,
    /// Files that were indexed before and are gone.
    pub removed: usize,
    /// Documents and paragraphs of the files that are in the index now.
    pub documents: usize,
    pub paragraphs: usize,
    pub millis: u64,
    pub interrupted: bool,
    /// Files that the index knew before the run.
    #[serde(skip)]
    pub known: usize,
    /// Documents of the files that are gone.
    #[serde(skip)]
    pub removed_documents: usize,
    /// Files among the removed that lie where they lay: nobody deleted them, they are only not among those named.
    #[serde(skip)]
    pub still_there: usize,
}

/// Notes of a file's record, by their beginnings.
const SKIPPED: &str = "skipped: ";
const DUPLICATE: &str = "skipped: same content as ";
const OVERRIDE: &str = "metadata: ";
const LANGUAGE: &str = "language: ";

impl FileReport {
    /// What is said of a file that need not be read again: it is unchanged, or skipped for the reason of the last time.
    pub fn known(file: &FoundFile, record: &FileRecord) -> FileReport {
        let reason = note(record, SKIPPED);
        FileReport {
            file: file.key.clone(),
            status: if reason.is_some() { FileStatus::Skipped } else { FileStatus::Unchanged },
            reason: reason.map(str::to_owned),
            document: record.documents.first().cloned(),
            documents: record.documents.len(),
            paragraphs: record.units as usize,
            language: note(record, LANGUAGE).and_then(Language::from_code),
            bytes: file.size,
            millis: 0,
        }
    }

    /// What is said of a file that is gone.
    pub fn removed(key: &str, record: Option<&FileRecord>) -> FileReport {
        FileReport {
            file: key.to_owned(),
            status: FileStatus::Removed,
            reason: None,
            document: record.and_then(|record| record.documents.first().cloned()),
            documents: record.map_or(0, |record| record.documents.len()),
            paragraphs: record.map_or(0, |record| record.units as usize),
            language: None,
            bytes: record.map_or(0, |record| record.size),
            millis: 0,
        }
    }
}

/// Turns what a file gave into a report, its record and the documents to write.
pub fn describe(file: &FoundFile, made: Made, duplicate_of: Option<&str>) -> (FileReport, FileRecord, Vec<Document>) {
    let mut record = FileRecord { key: file.key.clone(), hash: made.hash, ..FileRecord::default() };
    record.notes.extend(made.override_fingerprint.iter().map(|print| format!("{OVERRIDE}{print}")));
    let mut report = FileReport {
        file: file.key.clone(),
        status: FileStatus::Indexed,
        reason: None,
        document: None,
        documents: 0,
        paragraphs: 0,
        language: None,
        bytes: file.size,
        millis: made.millis,
    };
    let documents = match made.outcome {
        Ok(documents) if duplicate_of.is_none() => {
            let first = documents.first();
            report.document = first.map(|document| document.id.clone());
            report.language = first.and_then(|document| document.metadata.language);
            report.documents = documents.len();
            report.paragraphs = documents.iter().map(|document| document.paragraphs.len()).sum();
            let warnings: Vec<&str> =
                documents.iter().flat_map(|document| &document.warnings).map(String::as_str).collect();
            report.reason = (!warnings.is_empty()).then(|| warnings.join("; "));
            record.notes.extend(report.language.map(|language| format!("{LANGUAGE}{language}")));
            if let Some(reservation) = made.reservation {
                skip(&mut report, &mut record, &reservation.to_string());
            }
            documents
        }
        Ok(_) => {
            skip(&mut report, &mut record, &format!("same content as {}", duplicate_of.unwrap_or_default()));
            Vec::new()
        }
        Err(Failure::Extract(error)) => {
            skip(&mut report, &mut record, &error.to_string());
            Vec::new()
        }
        Err(Failure::Read(error)) if error.is_failure() => {
            report.status = FileStatus::Failed;
            report.reason = Some(error.to_string());
            Vec::new()
        }
        Err(Failure::Read(error)) => {
            skip(&mut report, &mut record, &error.to_string());
            Vec::new()
        }
    };
    (report, record, documents)
}

fn skip(report: &mut FileReport, record: &mut FileRecord, reason: &str) {
    report.status = FileStatus::Skipped;
    report.reason = Some(reason.to_owned());
    record.notes.push(format!("{SKIPPED}{reason}"));
}

fn note<'r>(record: &'r FileRecord, beginning: &str) -> Option<&'r str> {
    record.notes.iter().find_map(|note| note.strip_prefix(beginning))
}

/// Whether a file was skipped for having the content of another.
pub fn is_duplicate(record: &FileRecord) -> bool {
    record.notes.iter().any(|note| note.starts_with(DUPLICATE))
}

/// What told the file's entry in `metadata.toml` from others when it was indexed.
pub fn override_of(record: &FileRecord) -> Option<String> {
    note(record, OVERRIDE).map(str::to_owned)
}
