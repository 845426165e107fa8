//! Documents and indexes for tests, written by hand.

use std::path::Path;

use tempfile::TempDir;

use super::open::{Reader, open};
use super::writer::{FileRecord, Writer, WriterOptions};
use crate::document::{Document, Format, Label, Language, Metadata, Paragraph, ParagraphKind, Section};

/// Returns a document of paragraphs "label|text"; a line "# heading" begins a section, "label" may be empty.
pub(crate) fn document(id: &str, title: &str, lines: &[&str]) -> Document {
    let mut document = Document {
        id: id.to_owned(),
        format: Format::Text,
        metadata: Metadata { title: Some(title.to_owned()), ..Metadata::default() },
        sections: Vec::new(),
        paragraphs: Vec::new(),
        references: Vec::new(),
        provisions: Vec::new(),
        left_out: Vec::new(),
        warnings: Vec::new(),
    };
    for line in lines {
        if let Some(heading) = line.strip_prefix("# ") {
            document.sections.push(Section { heading: heading.to_owned(), parent: None });
            continue;
        }
        let (label, text) = line.split_once('|').unwrap_or(("", line));
        let label = Label::parse(label);
        let item = label.as_ref().is_some_and(|label| !label.items.is_empty());
        let lead = |unit: &Paragraph| {
            item && unit.label.as_ref().is_some_and(|lead| {
                lead.items.is_empty() && Some(&lead.number) == label.as_ref().map(|label| &label.number)
            })
        };
        let parent = document.paragraphs.iter().rev().find(|unit| lead(unit)).map(|unit| unit.ordinal);
        let cyrillic = text.chars().any(|c| ('а'..='я').contains(&c));
        document.paragraphs.push(Paragraph {
            ordinal: document.paragraphs.len() as u32 + 1,
            kind: if item { ParagraphKind::Item } else { ParagraphKind::Paragraph },
            label,
            mark: None,
            text: text.to_owned(),
            section: document.sections.len().checked_sub(1),
            parent,
            position: 0,
            language: if cyrillic { Language::RUSSIAN } else { Language::ENGLISH },
            page: 0,
        });
    }
    document
}

/// Returns the record of the file of a document.
pub(crate) fn file(key: &str) -> FileRecord {
    FileRecord { key: key.to_owned(), hash: format!("hash of {key}"), ..FileRecord::default() }
}

pub(crate) fn small() -> WriterOptions {
    WriterOptions { threads: 1, memory: 15_000_000, ..WriterOptions::default() }
}

/// Writes documents, each as a file of its own.
pub(crate) fn write(dir: &Path, documents: &[Document]) {
    let mut writer = Writer::open(dir, small()).expect("a writer");
    for document in documents {
        writer.replace(&file(&format!("{}.txt", document.id)), std::slice::from_ref(document)).expect("written");
    }
    writer.finish().expect("committed");
}

/// Returns an index of the documents, and the folder that keeps it alive.
pub(crate) fn index(documents: &[Document]) -> (TempDir, Reader) {
    let dir = TempDir::new().expect("a folder");
    write(dir.path(), documents);
    let reader = open(dir.path()).expect("a reader");
    (dir, reader)
}
