//! Composes the stages; the only caller of them all.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::document::{Document, Language};

pub struct IndexOptions {
    pub roots: Vec<PathBuf>,
    pub index: PathBuf,
    pub rebuild: bool,
    pub dry_run: bool,
}

pub enum Progress {
    Started { files: usize },
    File(FileReport),
    Committing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FileStatus {
    Indexed,
    Unchanged,
    Removed,
    Skipped,
    Failed,
}

impl FileStatus {
    pub fn name(self) -> &'static str {
        "indexed"
    }
}

pub struct FileReport {
    pub file: String,
    pub status: FileStatus,
    pub reason: Option<String>,
    pub document: Option<String>,
    pub paragraphs: usize,
    pub language: Option<Language>,
    pub bytes: u64,
    pub millis: u64,
}

#[derive(serde::Serialize)]
pub struct Summary {
    pub found: usize,
    pub indexed: usize,
    pub unchanged: usize,
    pub skipped: usize,
    pub failed: usize,
    pub removed: usize,
    pub documents: usize,
    pub paragraphs: usize,
    pub millis: u64,
    pub interrupted: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("unwired")]
pub struct PipelineError;

pub struct Explained {
    pub document: Document,
}

pub fn index(_: &IndexOptions, _: &mut dyn FnMut(Progress), _: &AtomicBool) -> Result<Summary, PipelineError> {
    Err(PipelineError)
}

pub fn explain(_: &Path) -> Result<Explained, PipelineError> {
    Err(PipelineError)
}
