//! The tantivy index: schema, writing by document, opening.
//!
//! Invariant: whatever is in an index folder was put there by [`writer::Writer`]; other folders are never touched, and
//! nothing outside the folder is ever read, written or deleted.

mod address;
mod columns;
mod directory;
pub(crate) mod entry;
mod files;
mod folder;
mod gate;
pub(crate) mod lists;
mod merging;
pub mod open;
mod parts;
pub mod record;
pub mod schema;
pub mod taught;
pub mod verify;
pub(crate) mod vocabulary;
pub(crate) mod voice;
pub(crate) mod words;
pub mod writer;

use std::path::{Path, PathBuf};

use thiserror::Error;

use std::collections::BTreeMap;

use record::FileRecord;

/// Returns what the index in a folder knows of the files it was made from, by key; nothing where there is no index.
///
/// # Errors
/// Those of [`open::open`], `Missing` apart.
pub fn known_files(dir: &Path) -> Result<BTreeMap<String, FileRecord>, IndexError> {
    match open::open(dir) {
        Ok(reader) => files::read(&reader),
        Err(IndexError::Missing(_)) => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

/// Version of the schema and of the stored records. An index of another one is refused.
pub const SCHEMA_VERSION: u32 = 6;

/// What kind of failure an error is; the programs turn it into an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureClass {
    /// The index cannot be used as it is (exit code 3).
    Unusable,
    /// Reading or writing failed (exit code 5).
    Io,
    /// Another process writes to it (exit code 6).
    Locked,
}

/// Why an index cannot be opened, read or written. Each message says what to do.
#[derive(Debug, Clone, Error)]
pub enum IndexError {
    #[error("no index in {} (run `{}` to build it)", .0.display(), remedy(.0, false))]
    Missing(PathBuf),
    #[error("the index in {} is being built (wait until pincite-index has finished)", .0.display())]
    BeingBuilt(PathBuf),
    #[error("{} is not an index of pincite and is not empty (choose another folder with --index)", .0.display())]
    Foreign(PathBuf),
    #[error("the index in {} was written by another version of pincite (run `{}`)", .path.display(), remedy(.path, true))]
    OtherVersion { path: PathBuf, found: String },
    #[error("the index in {} is damaged: {reason} (run `{}`)", .path.display(), remedy(.path, true))]
    Damaged { path: PathBuf, reason: String },
    #[error("another program is writing to the index in {} (wait until it has finished)", .0.display())]
    Locked(PathBuf),
    #[error("cannot use the index in {}: {reason} (check the disk and the permissions)", .path.display())]
    Io { path: PathBuf, reason: String },
    /// The disk has no room, or the file would be larger than may be written.
    #[error("cannot write the index in {}: {reason} (make room, or choose another folder with --index)", .path.display())]
    Full { path: PathBuf, reason: String },
    /// The folder may not be written (or not be read).
    #[error(
        "cannot use the index in {}: {reason} (choose a folder of your own: pincite-index --index DIR, or PINCITE_INDEX=DIR \
         for both programs)", .path.display()
    )]
    Denied { path: PathBuf, reason: String },
}

/// Returns the command that mends an index: it must name the folder where that is not the usual one.
pub fn remedy(path: &Path, rebuild: bool) -> String {
    let mut command = "pincite-index".to_owned();
    if path != Path::new("index") {
        let path = path.display().to_string();
        let quote = if path.contains(char::is_whitespace) { "\"" } else { "" };
        command.push_str(&format!(" [PATH ...] --index {quote}{path}{quote}"));
    }
    command.push_str(if rebuild { " --rebuild" } else { "" });
    command
}

const DAMAGE: &str = "one of its files is not as it was written";

/// Whether an error of reading speaks of the content of a file rather than of the file.
fn is_damage(error: &std::io::Error) -> bool {
    use std::io::ErrorKind as K;
    matches!(error.kind(), K::InvalidData | K::InvalidInput | K::UnexpectedEof | K::Other)
}

impl IndexError {
    /// Returns the kind of failure.
    pub fn class(&self) -> FailureClass {
        match self {
            IndexError::Missing(_)
            | IndexError::Foreign(_)
            | IndexError::OtherVersion { .. }
            | IndexError::Damaged { .. } => FailureClass::Unusable,
            IndexError::Locked(_) | IndexError::BeingBuilt(_) => FailureClass::Locked,
            IndexError::Io { .. } | IndexError::Full { .. } | IndexError::Denied { .. } => FailureClass::Io,
        }
    }

    fn io(path: &Path, error: &std::io::Error) -> IndexError {
        use std::io::ErrorKind::{FileTooLarge, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let (path, reason) = (path.to_owned(), error.to_string());
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => IndexError::Full { path, reason },
            PermissionDenied | ReadOnlyFilesystem => IndexError::Denied { path, reason },
            _ => IndexError::Io { path, reason },
        }
    }

    /// Returns the error of an index whose files cannot be made sense of.
    pub(crate) fn unreadable(path: &Path) -> IndexError {
        IndexError::damaged(path, DAMAGE)
    }

    fn damaged(path: &Path, reason: impl Into<String>) -> IndexError {
        IndexError::Damaged { path: path.to_owned(), reason: reason.into() }
    }

    /// Sorts an error of tantivy into ours.
    pub(crate) fn of_tantivy(path: &Path, error: &tantivy::TantivyError) -> IndexError {
        use tantivy::TantivyError as E;
        use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
        let path = path.to_owned();
        match error {
            E::LockFailure(LockError::LockBusy, _) => IndexError::Locked(path),
            // Files that are not what was written fail in reading like a broken disk; the remedy is another.
            E::IoError(io) if is_damage(io) => IndexError::Damaged { path, reason: DAMAGE.to_owned() },
            E::OpenReadError(OpenReadError::IoError { io_error, .. }) if is_damage(io_error) => {
                IndexError::Damaged { path, reason: DAMAGE.to_owned() }
            }
            E::LockFailure(LockError::IoError(io), _) | E::IoError(io) => IndexError::io(&path, io),
            E::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => IndexError::Missing(path),
            E::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
                IndexError::Damaged { path, reason: format!("{} is missing", file.display()) }
            }
            E::OpenReadError(OpenReadError::IoError { io_error, .. })
            | E::OpenWriteError(OpenWriteError::IoError { io_error, .. })
            | E::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => IndexError::io(&path, io_error),
            E::OpenReadError(OpenReadError::IncompatibleIndex(_)) | E::IncompatibleIndex(_) => {
                IndexError::OtherVersion { path, found: error.to_string() }
            }
            E::OpenWriteError(_) | E::OpenDirectoryError(_) | E::SystemError(_) => {
                IndexError::Io { path, reason: error.to_string() }
            }
            other => IndexError::Damaged { path, reason: other.to_string() },
        }
    }
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
