//! What an index was taught beside its documents: terms of the user, and translations learned from the documents.
//!
//! Invariant: both are whole files beside the index, replaced in one rename; a rebuild leaves them as they are.

use std::fs;
use std::io;
use std::path::Path;

use super::IndexError;
use super::directory::replace_file;
use super::open::Reader;

/// A file of what an index was taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taught {
    /// Terms of the user, as `UserTerms::as_tsv` writes them.
    Terms,
    /// A table of translations, as `Table::save` writes it.
    Translations,
}

impl Taught {
    /// Returns the name of the file in the folder of the index.
    pub fn file_name(self) -> &'static str {
        match self {
            Taught::Terms => "terms.tsv",
            Taught::Translations => "translations.bin",
        }
    }

    pub(super) fn names(file: &str) -> bool {
        [Taught::Terms, Taught::Translations].iter().any(|taught| taught.file_name() == file)
    }
}

impl Reader {
    /// Returns the bytes of what the index was taught, `None` where it was taught nothing of the kind.
    ///
    /// # Errors
    /// `Io` where the file is there and cannot be read.
    pub fn taught(&self, taught: Taught) -> Result<Option<Vec<u8>>, IndexError> {
        match fs::read(self.path().join(taught.file_name())) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(IndexError::io(self.path(), &error)),
        }
    }
}

/// Keeps the bytes with the index of a folder in place of what it was taught before.
///
/// # Errors
/// `Io`; what was there before is still there then.
pub fn teach(dir: &Path, taught: Taught, bytes: &[u8]) -> Result<(), IndexError> {
    replace_file(dir, Path::new(taught.file_name()), bytes).map_err(|error| IndexError::io(dir, &error))
}

/// Forgets what the index of a folder was taught.
///
/// # Errors
/// `Io`.
pub fn forget(dir: &Path, taught: Taught) -> Result<(), IndexError> {
    match fs::remove_file(dir.join(taught.file_name())) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(IndexError::io(dir, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{fixture, open, writer};
    use super::*;

    #[test]
    fn what_was_taught_stays_through_a_rebuild() {
        let (folder, reader) = fixture::index(&[fixture::document("a", "A", &["1|one"])]);
        assert_eq!(reader.taught(Taught::Terms).expect("readable"), None);
        teach(folder.path(), Taught::Terms, b"a\tb").expect("writable");
        let rebuilt = writer::Writer::create_fresh(folder.path(), writer::WriterOptions::default()).expect("ours");
        rebuilt.finish().expect("writable");
        let reader = open::open(folder.path()).expect("an index");
        assert_eq!(reader.taught(Taught::Terms).expect("readable").as_deref(), Some(b"a\tb".as_slice()));
        forget(folder.path(), Taught::Terms).expect("writable");
        forget(folder.path(), Taught::Terms).expect("forgotten already");
        assert_eq!(reader.taught(Taught::Terms).expect("readable"), None);
    }

    #[test]
    fn remains_with_what_was_taught_are_an_index_of_ours() {
        let (folder, _) = fixture::index(&[fixture::document("a", "A", &["1|one"])]);
        teach(folder.path(), Taught::Translations, b"-").expect("writable");
        fs::remove_file(folder.path().join("meta.json")).expect("there");
        let error = open::open(folder.path()).expect_err("damaged");
        assert!(matches!(error, IndexError::Damaged { .. }), "{error}");
    }
}
