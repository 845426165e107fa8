//! What is stored beside the text, as JSON arrays: unit, document, file.

use serde::{Deserialize, Serialize};

use crate::document::{Format, Label, Language, Metadata, ParagraphKind, Reference, ReferenceKind, Section};

/// Stored with every unit. A tuple, because the names of fields would weigh more than their values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct UnitRecord(
    pub u32,
    pub ParagraphKind,
    pub Option<Label>,
    pub Option<String>,
    /// Position among the unlabelled units of its section.
    pub u32,
    /// Index of the section in the document's record.
    pub Option<usize>,
    pub Language,
    pub u32,
    /// Ordinal of the parent.
    pub Option<u32>,
    pub Vec<ReferenceRecord>,
    /// The headings of its path that a citation names (`address`).
    pub Option<(u8, u8)>,
);

/// A reference without what its paragraph tells: the quote is read from the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReferenceRecord(
    pub u32,
    pub u32,
    pub ReferenceKind,
    pub Option<String>,
    pub Option<String>,
    pub Option<String>,
    pub Option<String>,
    pub Option<String>,
    pub bool,
    pub Option<String>,
);

impl ReferenceRecord {
    pub fn of(reference: &Reference) -> ReferenceRecord {
        ReferenceRecord(
            reference.start,
            reference.end,
            reference.kind,
            reference.key.clone(),
            reference.instrument.clone(),
            reference.article.clone(),
            reference.paragraph.clone(),
            reference.sub.clone(),
            reference.implicit,
            reference.note.clone(),
        )
    }

    pub fn key(&self) -> Option<&str> {
        self.3.as_deref()
    }

    /// Returns the reference as it stood in `text`, which is a unit's text or a heading.
    pub fn restore(&self, ordinal: u32, section: Option<usize>, text: &str) -> Reference {
        let ReferenceRecord(start, end, kind, key, instrument, article, paragraph, sub, implicit, note) = self.clone();
        let length = end.saturating_sub(start) as usize;
        Reference {
            ordinal,
            section,
            start,
            end,
            quote: text.chars().skip(start as usize).take(length).collect(),
            kind,
            key,
            instrument,
            article,
            paragraph,
            sub,
            implicit,
            note,
        }
    }
}

/// Stored once for every document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DocumentRecord {
    pub id: String,
    /// Key of the file.
    pub file: String,
    pub format: Format,
    pub metadata: Metadata,
    pub sections: Vec<Section>,
    /// Number of units whose innermost section this is, per section.
    pub section_units: Vec<u32>,
    /// Ordinal of the first unit at or below the section, per section; 0 for an empty one.
    pub section_starts: Vec<u32>,
    pub units: u32,
    /// Units per language, most first.
    pub languages: Vec<(Language, u32)>,
    /// References in headings: index of the section, reference.
    pub heading_references: Vec<(usize, ReferenceRecord)>,
}

/// What the index knows of a file of the corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Path below the corpus folder, by which the file is known from run to run.
    pub key: String,
    /// Hash of the content as the reader writes it.
    pub hash: String,
    /// Bytes.
    pub size: u64,
    /// Time of the last change in nanoseconds since 1970, or 0.
    pub modified: i128,
    /// Ids of the documents that the file gave, in order.
    pub documents: Vec<String>,
    /// Units in all of them.
    pub units: u32,
    /// Whatever else the pipeline wants to find again in the next run (warnings, why a file gave nothing).
    pub notes: Vec<String>,
}
