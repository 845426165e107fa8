//! What an extractor hands on: the pieces of a file in reading order, and what the file says of itself.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::LeftOutReason;

/// Emphasis of a whole block. Headings that carry nothing else are told apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Emphasis {
    #[default]
    None,
    Italic,
    Bold,
    BoldItalic,
}

/// What an extractor knows of a block.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// One printed line of a hard-wrapped text; the segmenter joins lines to paragraphs.
    Line,
    /// One whole paragraph (or the part of it that stands on one page).
    Paragraph,
    /// A heading by the format's own word; `1` is the highest. The depth is a hint: files lie about it. `0` where only
    /// weight or slope shows that it is one.
    Heading(u8),
    /// An item of a bulleted list, without its bullet; the number is its nesting from 0.
    Bullet(u8),
    /// A row of a table, cells joined with " | ".
    TableRow,
    /// A footnote or endnote that the format itself marks as one, with its mark ("3", "*"); the text has no mark.
    Footnote(String),
    /// Running heads, page numbers and the like, recognised by the extractor. Kept so that it can be reported.
    Furniture(LeftOutReason),
    /// The page ends here. Its text is empty.
    PageBreak,
}

/// One piece of a file in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub kind: BlockKind,
    /// Text without markup. A `Line` keeps its inner spaces; a hard line break inside a paragraph is `\n`.
    pub text: String,
    pub emphasis: Emphasis,
    /// The printed number, where the format keeps it apart from the text (JSON Lines); it is believed as it stands.
    pub number: Option<String>,
    /// Leading columns of a `Line`, and of a paragraph that may be one.
    pub indent: u16,
    /// Whether white space or a rule separates this block from the one before it. Only what may be a `Line` needs it.
    pub gap_before: bool,
    /// Printed page from 1, or 0 where the format has no pages.
    pub page: u32,
    /// Line of the source file from 1, or 0 where it has no lines. For messages.
    pub line: u32,
    /// Byte ranges of `text` that stand raised (superscript): candidates for footnote marks.
    pub raised: Vec<Range<usize>>,
}

impl Block {
    /// Returns a block of the given kind with no emphasis, indent, page or raised text.
    pub fn new(kind: BlockKind, text: impl Into<String>) -> Block {
        Block {
            kind,
            text: text.into(),
            emphasis: Emphasis::None,
            number: None,
            indent: 0,
            gap_before: false,
            page: 0,
            line: 0,
            raised: Vec::new(),
        }
    }
}

/// What an extractor hands on: the blocks, and what the file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Extracted {
    pub blocks: Vec<Block>,
    pub properties: Properties,
    /// Its pages are pictures: nothing but its properties can be read. There are no blocks then.
    pub is_scan: bool,
    /// Things worth telling the user that did not stop the reading ("3 pages have no text layer").
    pub warnings: Vec<String>,
}

/// What a file's own properties say (PDF information, Word core properties, HTML head). Never trusted over the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    pub title: Option<String>,
    pub author: Option<String>,
    pub subject: Option<String>,
    /// ISO 8601 date.
    pub created: Option<String>,
    /// BCP 47 tag as the file gives it.
    pub language: Option<String>,
}
