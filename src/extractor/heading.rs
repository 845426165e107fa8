//! Headings that only their weight and size show.

use super::label::{is_label, is_roman};
use crate::document::{BlockKind, is_web_address};

/// No heading has more characters.
const HEADING_LENGTH: usize = 260;
/// A longer text after a figure is a paragraph.
const FIGURE_LENGTH: usize = 170;

/// Returns the kind of a paragraph that its format calls nothing: a heading of no stated depth where its weight or its
/// slope alone shows one.
pub(super) fn kind_by_look(text: &str, (bold, italic): (bool, bool)) -> BlockKind {
    let shown = (bold && looks_like_heading(text, 1, 1.0, true, false))
        || (italic && looks_like_heading(text, 1, 1.0, false, true));
    if shown { BlockKind::Heading(0) } else { BlockKind::Paragraph }
}

/// Returns whether a paragraph of so many lines is a heading by its weight and its size relative to the text, and by
/// being no sentence and no numbered paragraph.
pub(super) fn looks_like_heading(text: &str, lines: usize, scale: f32, bold: bool, italic: bool) -> bool {
    let is_item = text.starts_with(['-', '–', '—', '•', '*', ';']);
    if is_item
        || is_web_address(text)
        || text.chars().nth(HEADING_LENGTH).is_some()
        || !text.chars().any(char::is_alphabetic)
    {
        return false;
    }
    let label = text.split(' ').next().filter(|word| is_label(word)).unwrap_or("");
    if numbers_paragraph(label) || (is_figure(label) && text.chars().nth(FIGURE_LENGTH).is_some()) {
        return false;
    }
    let end = text.trim_end();
    // "3. Ratify the Protocol (Norway)" is a recommendation, "3. Right to life (arts. 6 and 14)" a heading.
    let bracket = end.strip_suffix(')').and_then(|text| text.rsplit_once('(')).map(|(_, inner)| inner);
    let bracketed = is_figure(label) && bracket.is_some_and(|inner| !inner.contains(|c: char| c.is_ascii_digit()));
    if scale > 1.12 {
        return lines <= 5 && !bracketed && !end.ends_with(';');
    }
    let sentence = (end.ends_with(['.', ';', ':', ',']) || bracketed) && end != label;
    (bold && lines <= 4 || italic && lines <= 2) && !sentence && scale > 0.85
}

/// "3.": numbers both headings and paragraphs.
fn is_figure(label: &str) -> bool {
    label.starts_with(|c: char| c.is_ascii_digit())
}

/// "140.10", "(a)" and small letters number paragraphs; "A.", "IV." and "3." may number headings.
fn numbers_paragraph(label: &str) -> bool {
    let core = label.trim_matches(['(', ')', '.']);
    label.starts_with('(')
        || core.split_once('.').is_some_and(|(first, _)| first.len() > 1)
        || (!core.is_empty() && core.chars().all(char::is_lowercase) && !is_roman(core))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_from_bold_paragraphs() {
        for heading in ["I. Introduction", "A. Scope", "3. Right to life", "3. Right to life (art. 6)", "Prevention"] {
            assert!(looks_like_heading(heading, 1, 1.0, true, false), "{heading}");
        }
        for text in [
            "140.10 Ratify the Convention",
            "3. Ratify it (Norway)",
            "52. Continue its efforts (Cuba)",
            "(a) The current",
            "21. The Committee welcomes it.",
            "Note:",
            "http://example.org/reports/2014",
            "https://example.org/reports/2014/ index.html",
            "WWW.EXAMPLE.ORG",
            "12",
        ] {
            assert!(!looks_like_heading(text, 1, 1.0, true, false), "{text}");
        }
        assert!(!looks_like_heading("Plain words", 1, 1.0, false, false));
    }
}
