//! Answers to text, JSON, JSON Lines and CSV.
//!
//! Invariant: a printer writes into what it is given and knows nothing of terminals, arguments or the index; its text
//! passes `sanitize`, so that no document can steer the terminal.

pub mod csv;
mod escape;
pub mod json;
pub mod layout;
pub mod palette;
pub mod sanitize;
pub mod tables;
pub mod text;

use crate::citation::style::{CitationStyle, CitedUnit, cite};
use crate::document::ParagraphKind;
use crate::search::StoredUnit;

/// Returns the citation of a unit in the given style.
pub fn citation(unit: &StoredUnit, style: CitationStyle) -> String {
    let cited = CitedUnit {
        document: &unit.document,
        metadata: &unit.metadata,
        section: &unit.named,
        kind: unit.kind,
        label: unit.label.as_ref(),
        mark: unit.mark.as_deref(),
        position: unit.position,
    };
    cite(&cited, style).0
}

/// Returns where a unit stands in its document, as a reader would say it: "para. 21 (c)", "footnote 4", "bullet 2"; nothing
/// where the heading says it all.
pub fn place(unit: &StoredUnit) -> String {
    if let Some(label) = &unit.label {
        return format!("para. {label}");
    }
    let position = unit.position;
    if position == 0 && unit.kind == ParagraphKind::Paragraph {
        return String::new();
    }
    match (unit.kind, &unit.mark) {
        (ParagraphKind::Title, _) => "title".to_owned(),
        (ParagraphKind::Footnote, Some(mark)) => format!("footnote {mark}"),
        (ParagraphKind::Footnote, None) => "footnote".to_owned(),
        (ParagraphKind::Table, _) => format!("table row {position}"),
        (ParagraphKind::Bullet, _) => format!("bullet {position}"),
        (ParagraphKind::Paragraph | ParagraphKind::Item, _) => format!("paragraph {position}"),
    }
}

/// Returns the shortest usual name of a unit's document: its symbol, else its title, else its id.
pub fn short_name(unit: &StoredUnit) -> &str {
    let metadata = &unit.metadata;
    metadata.symbol.as_deref().or(metadata.title.as_deref()).unwrap_or(&unit.document)
}

/// A section with the printed numbers it spans, for outlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineEntry {
    /// As printed.
    pub heading: String,
    /// 0 for the outermost.
    pub depth: usize,
    /// First and last printed number in it and below it, or `None` where no paragraph is numbered.
    pub labels: Option<(String, String)>,
    /// Units that stand directly in it.
    pub units: u32,
}
