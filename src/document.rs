//! The plain data that every stage passes on: blocks, documents, sections, paragraphs, labels, references.
//!
//! Invariant: this module imports nothing else of the project and does no work beyond parsing and printing its own
//! types. Whoever reads it knows what flows through the house.

mod address;
mod extracted;
mod label;
mod language;
mod left_out;
mod metadata;
mod reference;

use serde::{Deserialize, Serialize};

pub use address::{is_un_symbol, is_web_address};
pub use extracted::{Block, BlockKind, Emphasis, Extracted, Properties};
pub use label::{Label, is_decimal_below, plain_digit, raised_digit, with_points};
pub use language::Language;
pub use left_out::{LeftOut, LeftOutReason};
pub use metadata::{DocumentKind, ENGLISH_MONTHS, Metadata};
pub use reference::{Provision, Reference, ReferenceKind};

/// The file formats that the extractors read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Text,
    Markdown,
    Wiki,
    Html,
    Docx,
    Doc,
    Odt,
    Rtf,
    Pdf,
    /// JSON Lines of ready paragraphs: `{"doc","para","section","text"}`.
    JsonLines,
}

/// A document with all its units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The path below the corpus folder without the ending.
    pub id: String,
    pub format: Format,
    pub metadata: Metadata,
    pub sections: Vec<Section>,
    pub paragraphs: Vec<Paragraph>,
    /// References to law, in the order of the text.
    pub references: Vec<Reference>,
    /// Which units are articles of a treaty, where the document is the text of one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<Provision>,
    pub left_out: Vec<LeftOut>,
    pub warnings: Vec<String>,
}

impl Document {
    /// Returns the headings above a section and its own, outermost first.
    pub fn section_path(&self, section: Option<usize>) -> Vec<&str> {
        let mut path = Vec::new();
        let mut next = section;
        while let Some(entry) = next.and_then(|index| self.sections.get(index)) {
            path.push(entry.heading.as_str());
            next = entry.parent;
        }
        path.reverse();
        path
    }
}

/// A heading and where it hangs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// As printed, numbering kept, on one line ("V. Prevention of the sale of children").
    pub heading: String,
    /// Index of the section above it in `Document::sections`.
    pub parent: Option<usize>,
}

/// One citeable unit of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Position in the document, from 1.
    pub ordinal: u32,
    pub kind: ParagraphKind,
    /// What is printed before the text, or `None`.
    pub label: Option<Label>,
    /// The mark of a footnote ("4", "*"), else `None`.
    pub mark: Option<String>,
    /// Whole sentences on one line, without number, bullet or footnote marks.
    pub text: String,
    /// Index of the innermost section in `Document::sections`.
    pub section: Option<usize>,
    /// Ordinal of the unit this one hangs on: the lead-in of a sub-item, the paragraph of a footnote.
    pub parent: Option<u32>,
    /// Position among the units without a printed label and of the same kind under the same headings, from 1; 0 where a label
    /// is printed, and for the only paragraph of an article.
    pub position: u32,
    pub language: Language,
    /// Printed page from 1, or 0.
    pub page: u32,
}

/// What a unit of a document is. The names are those of the JSON output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// The title block of a document.
    Title,
    Paragraph,
    /// A printed sub-item: "(a)", "(i)".
    Item,
    Bullet,
    Footnote,
    /// A row of a table.
    Table,
}

impl ParagraphKind {
    pub const ALL: [(ParagraphKind, &'static str); 6] = [
        (ParagraphKind::Title, "title"),
        (ParagraphKind::Paragraph, "paragraph"),
        (ParagraphKind::Item, "item"),
        (ParagraphKind::Bullet, "bullet"),
        (ParagraphKind::Footnote, "footnote"),
        (ParagraphKind::Table, "table"),
    ];

    /// Returns the name of the JSON output.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// A citation ready to paste.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation(pub String);
