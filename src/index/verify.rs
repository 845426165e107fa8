//! Checks that what is on disk is what was written.

use std::path::Path;

use tantivy::Index;
use tantivy::directory::MmapDirectory;

use super::directory::ReadOnly;
use super::folder;
use super::{IndexError, open};

/// Compares every file of the last commit with its checksum. It reads the whole index.
///
/// # Errors
/// `Damaged` names the first damaged file; otherwise the errors of [`open::open`].
pub fn verify(dir: &Path) -> Result<(), IndexError> {
    open::open(dir)?;
    // Without the list of its files tantivy compares nothing and calls the index whole.
    folder::check_managed(dir, true)?;
    let error = |error: tantivy::TantivyError| IndexError::of_tantivy(dir, &error);
    let directory = MmapDirectory::open(dir).map_err(|failure| error(failure.into()))?;
    let index = Index::open(ReadOnly(directory)).map_err(error)?;
    let damaged = index.validate_checksum().map_err(error)?;
    match damaged.iter().min() {
        Some(file) => Err(IndexError::damaged(dir, format!("{} does not have its checksum", file.display()))),
        None => Ok(()),
    }
}
