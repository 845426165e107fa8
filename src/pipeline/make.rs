//! One file to its documents: every stage from bytes to references.

use std::path::Path;
use std::time::Instant;

use crate::annotator::language;
use crate::annotator::metadata::{self, FrontMatter, Override};
use crate::document::{Document, Extracted, Format, Reference};
use crate::extractor::{self, ExtractError};
use crate::reader::{self, FoundFile, ReadError};
use crate::{normalizer, segmenter};

/// What a file gave.
#[derive(Debug)]
pub struct Made {
    /// Hash of its content; empty where it could not be read.
    pub hash: String,
    pub override_fingerprint: Option<String>,
    pub outcome: Result<Vec<Document>, Failure>,
    pub millis: u64,
}

/// Why a file gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    Read(ReadError),
    Extract(ExtractError),
}

/// Makes documents of files.
#[derive(Debug, Default)]
pub struct Maker {}

impl Maker {
    /// Returns a maker that reads risky formats in children of `worker`, or in this process where there is none.
    pub fn new(_worker: Option<&Path>) -> Maker {
        Maker {}
    }

    /// Reads a file and makes its documents. `entry` is what a `metadata.toml` says of it.
    pub fn make(&self, file: &FoundFile, entry: Option<&Override>) -> Made {
        let started = Instant::now();
        let mut hash = String::new();
        let outcome = reader::read(file).map_err(Failure::Read).and_then(|bytes| {
            hash = reader::hash(&bytes);
            self.documents(&bytes, file, entry).map_err(Failure::Extract)
        });
        let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Made { hash, override_fingerprint: super::fingerprint(entry), outcome, millis }
    }

    fn documents(
        &self,
        bytes: &[u8],
        file: &FoundFile,
        entry: Option<&Override>,
    ) -> Result<Vec<Document>, ExtractError> {
        let (format, extracted) = extractor::extract_text(bytes, &file.key)?;
        let document = document(file.id.clone(), format, extracted, entry);
        if document.paragraphs.is_empty() {
            return Err(ExtractError::NoText);
        }
        Ok(vec![document])
    }
}

/// Blocks to a document: normalized, segmented, annotated.
fn document(id: String, format: Format, extracted: Extracted, entry: Option<&Override>) -> Document {
    let Extracted { mut blocks, properties, warnings } = extracted;
    normalizer::normalize(&mut blocks);
    let segmented = segmenter::segment(blocks, format);
    let mut paragraphs = segmented.paragraphs;
    let main = language::annotate(&mut paragraphs);
    let mut metadata = metadata::read(&FrontMatter {
        lines: &segmented.front,
        paragraphs: &paragraphs,
        left_out: &segmented.left_out,
        properties: &properties,
        language: main,
    });
    if let Some(entry) = entry {
        entry.apply(&mut metadata);
    }
    Document {
        id,
        format,
        metadata,
        sections: segmented.sections,
        paragraphs,
        references: Vec::new(),
        left_out: segmented.left_out,
        warnings,
    }
}

/// The keys under which a reference is found: its own and those above it.
pub fn keys(reference: &Reference) -> Vec<String> {
    crate::index::writer::beginnings_of_key(reference)
}
