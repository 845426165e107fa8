//! The colours of text output: basic ANSI ones only, none of which fades on a dark or on a light background.

use std::fmt;

use anstyle::{AnsiColor, Style};

/// Styles by role. [`Palette::plain`] prints no escape sequence at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Words that matched.
    pub matched: Style,
    /// Symbol or title of a document.
    pub document: Style,
    /// Paragraph number.
    pub place: Style,
    pub heading: Style,
    /// The citation to paste.
    pub citation: Style,
    /// Rank, language, counts, remarks.
    pub quiet: Style,
}

impl Palette {
    /// Returns the palette for a terminal (`true`) or for plain text.
    pub fn new(coloured: bool) -> Palette {
        if !coloured {
            return Palette::plain();
        }
        Palette {
            matched: AnsiColor::Red.on_default().bold(),
            document: Style::new().bold(),
            place: AnsiColor::Magenta.on_default().bold(),
            heading: Style::new(),
            citation: AnsiColor::Green.on_default(),
            quiet: Style::new().dimmed(),
        }
    }

    /// Returns the palette that leaves text as it is.
    pub fn plain() -> Palette {
        let none = Style::new();
        Palette { matched: none, document: none, place: none, heading: none, citation: none, quiet: none }
    }
}

/// Returns `text` between the style's own escape sequences; nothing but `text` in a plain palette or where it
/// is empty.
pub fn painted(style: Style, text: impl fmt::Display) -> impl fmt::Display {
    let text = text.to_string();
    if text.is_empty() { text } else { format!("{style}{text}{style:#}") }
}
