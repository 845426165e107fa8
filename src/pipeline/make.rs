//! One file to its documents: every stage from bytes to references.

use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;

use crate::annotator::language;
use crate::annotator::metadata::{self, FrontMatter, Override};
use crate::citation;
use crate::document::{Document, Extracted, Format, Reference};
use crate::extractor::sandbox::Pool;
use crate::extractor::{self, ExtractError, jsonl, plain, zip};
use crate::reader::{self, FoundFile, ReadError};
use crate::{normalizer, segmenter};

use super::scan::{self, Name};

/// What a file gave.
#[derive(Debug)]
pub struct Made {
    /// Hash of its content; empty where it could not be read.
    pub hash: String,
    pub override_fingerprint: Option<String>,
    pub outcome: Result<Vec<Document>, Failure>,
    /// Why the documents are not whole: the file counts as skipped, though they are in the index.
    pub reservation: Option<ExtractError>,
    pub millis: u64,
}

/// Why a file gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    Read(ReadError),
    Extract(ExtractError),
}

/// Makes documents of files.
#[derive(Debug)]
pub struct Maker {
    pool: Pool,
}

impl Maker {
    /// Returns a maker that reads risky formats in children of `worker`, or in this process where there is none.
    pub fn new(worker: Option<&Path>) -> Maker {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Maker { pool: worker.map_or_else(Pool::in_process, |program| Pool::new(program.to_owned(), cores)) }
    }

    /// Reads a file and makes its documents. `entry` is what a `metadata.toml` says of it.
    pub fn make(&self, file: &FoundFile, entry: Option<&Override>) -> Made {
        let started = Instant::now();
        let mut hash = String::new();
        let outcome = reader::read(file).map_err(Failure::Read).and_then(|bytes| {
            hash = reader::hash(&bytes);
            self.documents(&bytes, file, entry).map_err(Failure::Extract)
        });
        let (outcome, reservation) = match outcome {
            Ok((documents, reservation)) => (Ok(documents), reservation),
            Err(failure) => (Err(failure), None),
        };
        let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Made { hash, override_fingerprint: super::fingerprint(entry), outcome, reservation, millis }
    }

    fn documents(
        &self,
        bytes: &[u8],
        file: &FoundFile,
        entry: Option<&Override>,
    ) -> Result<(Vec<Document>, Option<ExtractError>), ExtractError> {
        let read = self.extract(bytes, &file.key)?;
        let reservation = read.iter().all(|(_, _, read)| read.is_scan).then_some(ExtractError::NoText);
        let several = read.len() > 1 || read.iter().any(|(name, _, _)| !name.is_empty());
        let mut documents: Vec<Document> = Vec::with_capacity(read.len());
        for (name, format, extracted) in read {
            let id = if several { format!("{}/{name}", file.id) } else { file.id.clone() };
            let document = if extracted.is_scan {
                scanned(id, format, extracted, entry, reservation.is_none())
            } else {
                document(id, format, extracted, entry)
            };
            if !document.paragraphs.is_empty() {
                documents.push(document);
            }
        }
        if documents.is_empty() { Err(ExtractError::Empty) } else { Ok((documents, reservation)) }
    }

    /// The contents of a file: one without a name, or several with names of their own.
    fn extract(&self, bytes: &[u8], name: &str) -> Result<Vec<(String, Format, Extracted)>, ExtractError> {
        if bytes.is_empty() {
            return Err(ExtractError::Empty);
        }
        if zip::is_archive(bytes) {
            return self.extract_archive(bytes);
        }
        match extractor::sniff(bytes, name) {
            Some(Format::JsonLines) => {
                let documents = jsonl::extract(bytes)?;
                Ok(documents.into_iter().map(|(name, read)| (name, Format::JsonLines, read)).collect())
            }
            Some(format) => {
                let (format, read) = plain::restore(format, self.pool.extract(format, bytes)?);
                Ok(vec![(String::new(), format, read)])
            }
            None => {
                let (format, read) = extractor::extract_text(bytes, name)?;
                Ok(vec![(String::new(), format, read)])
            }
        }
    }

    /// The files of an archive that can be read; the others are named in the warnings of the first.
    fn extract_archive(&self, bytes: &[u8]) -> Result<Vec<(String, Format, Extracted)>, ExtractError> {
        let mut read = Vec::new();
        let mut failed = Vec::new();
        let mut taken = HashSet::new();
        for (name, bytes) in self.pool.unpack(bytes)? {
            let outcome = if zip::is_archive(&bytes) { Err(ExtractError::Nested) } else { self.extract(&bytes, &name) };
            match outcome {
                Ok(contents) => {
                    let stem = id_within(&name, &mut taken);
                    let named = |inner: String| if inner.is_empty() { stem.clone() } else { format!("{stem}/{inner}") };
                    read.extend(
                        contents.into_iter().map(|(inner, format, extracted)| (named(inner), format, extracted)),
                    );
                }
                Err(error) => failed.push((name, error)),
            }
        }
        let Some((_, _, first)) = read.first_mut() else {
            return Err(failed.into_iter().next().map_or(ExtractError::Empty, |(_, error)| error));
        };
        first.warnings.extend(failed.into_iter().map(|(name, error)| format!("left out {name}: {error}")));
        Ok(read)
    }
}

/// Returns the id of an archive's entry: its path without steps out of the archive and without the ending, which stays
/// where another entry has the id already.
fn id_within(name: &str, taken: &mut HashSet<String>) -> String {
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let whole = parts.join("/");
    let stem = match whole.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !stem.ends_with('/') && !ending.contains('/') => stem,
        _ => whole.as_str(),
    };
    let mut id = stem.to_owned();
    let mut count = 1;
    while !taken.insert(id.clone()) {
        count += 1;
        id = if count == 2 { whole.clone() } else { format!("{whole}-{count}") };
    }
    id
}

/// A scan to a document: its title, and what its properties and its name say. One of several of a file says so itself.
fn scanned(id: String, format: Format, extracted: Extracted, entry: Option<&Override>, warn: bool) -> Document {
    let name = Name::read(id.rsplit('/').next().unwrap_or(&id));
    let blocks = vec![scan::title_block(&name, &extracted.properties, entry)];
    let mut document = document(id, format, Extracted { blocks, ..extracted }, entry);
    name.complete(&mut document.metadata);
    if warn {
        document.warnings.push(format!("{}: {}", document.id, ExtractError::NoText));
    }
    document
}

/// Blocks to a document: normalized, segmented, annotated.
fn document(id: String, format: Format, extracted: Extracted, entry: Option<&Override>) -> Document {
    let Extracted { mut blocks, properties, warnings, .. } = extracted;
    normalizer::normalize(&mut blocks);
    let segmented = segmenter::segment(blocks, format);
    let mut paragraphs = segmented.paragraphs;
    let main = language::annotate(&mut paragraphs);
    let mut metadata = metadata::read(&FrontMatter {
        lines: &segmented.front,
        paragraphs: &paragraphs,
        sections: &segmented.sections,
        left_out: &segmented.left_out,
        properties: &properties,
        language: main,
    });
    if metadata.date.is_none() {
        metadata.date = Name::read(id.rsplit('/').next().unwrap_or(&id)).date;
    }
    if let Some(entry) = entry {
        entry.apply(&mut metadata);
    }
    let mut document = Document {
        id,
        format,
        metadata,
        sections: segmented.sections,
        paragraphs,
        references: Vec::new(),
        provisions: Vec::new(),
        left_out: segmented.left_out,
        warnings,
    };
    citation::annotate(&mut document);
    document
}

/// The keys under which a reference is found: its own and those above it.
pub fn keys(reference: &Reference) -> Vec<String> {
    reference.key.as_deref().map(citation::prefixes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_within_their_archive() {
        let mut taken = HashSet::new();
        let names = ["../../a.pdf", "a.docx", "/b/./c.txt", "x\\y.html", "a.rtf", "a.pdf", ".hidden", "d.v1/e"];
        let ids: Vec<String> = names.iter().map(|name| id_within(name, &mut taken)).collect();
        assert_eq!(ids, ["a", "a.docx", "b/c", "x/y", "a.rtf", "a.pdf", ".hidden", "d.v1/e"]);
    }
}
