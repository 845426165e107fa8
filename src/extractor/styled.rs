//! Text of one paragraph with what is raised, bold and italic in it.

use std::ops::Range;

use crate::document::{Block, BlockKind, Emphasis};

/// Columns of a tab stop.
const TAB: u16 = 4;

/// Formatting of a stretch of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub bold: bool,
    pub italic: bool,
    pub raised: bool,
}

/// A paragraph under construction. White space is folded to single spaces, hard line breaks are kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Styled {
    text: String,
    raised: Vec<Range<usize>>,
    /// White space before the first character.
    indent: u16,
    printed: usize,
    bold: usize,
    italic: usize,
}

impl Styled {
    pub fn push(&mut self, text: &str, look: Look) {
        for c in text.chars() {
            self.push_char(c, look);
        }
    }

    /// Adds the mark of a note: it stands raised, and apart from a mark right before it.
    pub fn push_mark(&mut self, mark: &str) {
        let start = self.text.len();
        self.text.push_str(mark);
        self.raised.push(start..self.text.len());
    }

    fn push_char(&mut self, c: char, look: Look) {
        match c {
            '\n' => {
                self.text.truncate(self.text.trim_end_matches(' ').len());
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                return;
            }
            '\t' | ' ' | '\r' => {
                if self.text.is_empty() {
                    self.indent = self.indent.saturating_add(if c == '\t' { TAB } else { 1 });
                } else if !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
                return;
            }
            c if c.is_control() => return,
            _ => {}
        }
        let start = self.text.len();
        self.text.push(c);
        if look.raised {
            match self.raised.last_mut() {
                Some(range) if range.end == start => range.end = self.text.len(),
                _ => self.raised.push(start..self.text.len()),
            }
        } else if c.is_alphanumeric() {
            self.printed += 1;
            self.bold += usize::from(look.bold);
            self.italic += usize::from(look.italic);
        }
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub fn text(&self) -> &str {
        self.text.trim()
    }

    /// Returns whether (nearly) all letters are bold, and whether they are italic.
    pub fn weight(&self) -> (bool, bool) {
        let most = |count: usize| self.printed > 0 && count * 20 >= self.printed * 19;
        (most(self.bold), most(self.italic))
    }

    /// Returns the block, with a printed label before its text where there is one.
    pub fn into_block(self, kind: BlockKind, label: Option<&str>) -> Block {
        let emphasis = emphasis(self.weight());
        let end = self.text.trim_end().len();
        let lead = self.text.len() - self.text.trim_start().len();
        let prefix = label.map(|label| format!("{label} ")).unwrap_or_default();
        let mut block = Block::new(kind, format!("{prefix}{}", self.text.trim()));
        block.emphasis = emphasis;
        block.indent = self.indent;
        let within = self.raised.into_iter().filter(|range| range.start >= lead && range.end <= end);
        block.raised = within.map(|r| r.start - lead + prefix.len()..r.end - lead + prefix.len()).collect();
        block
    }
}

/// Returns the emphasis of a block that is bold, italic or both.
pub(super) fn emphasis((bold, italic): (bool, bool)) -> Emphasis {
    match (bold, italic) {
        (true, true) => Emphasis::BoldItalic,
        (true, false) => Emphasis::Bold,
        (false, true) => Emphasis::Italic,
        (false, false) => Emphasis::None,
    }
}
