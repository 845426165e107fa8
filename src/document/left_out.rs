//! What stands in no paragraph, and why.

use serde::{Deserialize, Serialize};

/// Why a piece of a file is in no paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutReason {
    /// A running symbol, header or footer.
    RunningHead,
    PageNumber,
    /// "GE.19-00934", bar-code digits, "Please recycle".
    JobNumber,
    TableOfContents,
    /// The sender's printed address, a logotype.
    Letterhead,
    /// "/..", rules made of dashes, lone symbols.
    Ornament,
    /// The mark of a footnote, taken out of a word.
    FootnoteMark,
    /// Markup, comments, front matter of the format.
    Markup,
}

/// A piece of the file that stands in no paragraph, so that nothing is lost without a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub reason: LeftOutReason,
    pub text: String,
    pub page: u32,
    pub line: u32,
}
