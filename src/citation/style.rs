//! Citations of a unit, ready to paste.

use crate::document::{Citation, Label, Metadata, ParagraphKind};

/// Citation styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CitationStyle {
    #[default]
    Un,
    Oscola,
    Bluebook,
    Ru,
}

/// What a citation is written from.
#[derive(Debug, Clone, Copy)]
pub struct CitedUnit<'a> {
    /// The document's id, for a document without symbol and title.
    pub document: &'a str,
    pub metadata: &'a Metadata,
    /// Headings, outermost first.
    pub section: &'a [String],
    pub kind: ParagraphKind,
    pub label: Option<&'a Label>,
    /// The mark of a footnote.
    pub mark: Option<&'a str>,
    /// Position among the unlabelled units of the section and kind, from 1.
    pub position: u32,
}

/// Returns the citation of a unit in the given style.
pub fn cite(unit: &CitedUnit<'_>, _style: CitationStyle) -> Citation {
    Citation(unit.document.to_owned())
}
