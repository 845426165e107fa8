//! ZIP archives: of documents, and the packages that office files are.
//!
//! Invariant: what is unpacked is bounded in count, in size and in ratio before it is kept.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ExtractError;

/// Entries of an archive.
const MAX_ENTRIES: usize = 10_000;
/// Bytes of one unpacked entry.
const MAX_ENTRY: u64 = 64 << 20;
/// Bytes of all unpacked entries.
const MAX_TOTAL: u64 = 256 << 20;
/// An entry past `FREE_SIZE` bytes that unpacks to more than so many times its size is a bomb. Deflate reaches 1,032.
const MAX_RATIO: u64 = 200;
const FREE_SIZE: u64 = 4 << 20;

/// Returns the files of an archive with their names, folders left out. Names are as the archive has them and say
/// nothing about where to store anything.
///
/// # Errors
/// `Encrypted` where an entry needs a password, `TooLarge` past the caps on count, size and ratio, `Damaged` else.
pub fn entries(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, ExtractError> {
    let mut package = Package::open(bytes)?;
    let mut entries = Vec::new();
    for index in 0..package.archive.len() {
        let (name, is_folder) = package.name(index)?;
        // Copies of a file's attributes that macOS adds are no documents.
        let hidden = name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|last| last.starts_with('.'));
        if !is_folder && !hidden {
            let bytes = package.read_index(index)?;
            entries.push((name, bytes));
        }
    }
    Ok(entries)
}

/// Returns whether bytes are a ZIP archive that is no office file: one of documents.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && super::sniff(bytes, "").is_none()
}

/// An archive read by name, counting what was unpacked.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    unpacked: u64,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Package<'b>, ExtractError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MAX_ENTRIES {
            let message = format!("{} files in the archive, {MAX_ENTRIES} at most (unpack it)", archive.len());
            return Err(ExtractError::TooLarge(message));
        }
        Ok(Package { archive, unpacked: 0 })
    }

    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    pub fn names(&self) -> impl Iterator<Item = String> {
        self.archive.file_names().flatten().map(|name| name.into_owned())
    }

    /// Returns a part as text, or `None` where there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ExtractError> {
        match self.archive.index_for_name(name) {
            Some(index) => Ok(Some(super::xml::decode(&self.read_index(index)?))),
            None => Ok(None),
        }
    }

    /// Returns a part that the document can do without, empty where it is missing; a damaged one is a warning.
    pub fn spare_text(&mut self, name: &str, warnings: &mut Vec<String>) -> Result<String, ExtractError> {
        tolerate(self.text(name), warnings).map(Option::unwrap_or_default)
    }

    fn name(&mut self, index: usize) -> Result<(String, bool), ExtractError> {
        let entry = self.archive.by_index_raw(index).map_err(damaged)?;
        Ok((entry.name().map_err(damaged)?.into_owned(), entry.is_dir()))
    }

    fn read_index(&mut self, index: usize) -> Result<Vec<u8>, ExtractError> {
        let entry = self.archive.by_index(index).map_err(damaged)?;
        let name = entry.name().map_err(damaged)?.into_owned();
        let packed = entry.compressed_size().max(1);
        let cap =
            MAX_ENTRY.min(MAX_TOTAL.saturating_sub(self.unpacked)).min(FREE_SIZE.max(packed.saturating_mul(MAX_RATIO)));
        let mut bytes = Vec::new();
        // The declared size may lie: what counts is what comes out.
        let read = entry.take(cap + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > cap {
            let message = format!("{name} unpacks to more than {} MB (unpack it yourself if you trust it)", cap >> 20);
            return Err(ExtractError::TooLarge(message));
        }
        read.map_err(|error| ExtractError::Damaged(format!("{name}: {error}")))?;
        self.unpacked += bytes.len() as u64;
        Ok(bytes)
    }
}

/// A part that the text can do without is a warning where it is damaged.
pub(super) fn tolerate<T: Default>(
    read: Result<T, ExtractError>,
    warnings: &mut Vec<String>,
) -> Result<T, ExtractError> {
    match read {
        Err(ExtractError::Damaged(reason)) => {
            warnings.push(format!("damaged in part: {reason}"));
            Ok(T::default())
        }
        other => other,
    }
}

fn damaged(error: ZipError) -> ExtractError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ExtractError::Encrypted,
        other => ExtractError::Damaged(format!("ZIP archive: {other}")),
    }
}
