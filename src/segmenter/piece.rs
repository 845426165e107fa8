//! A logical block: what stands between two breaks of the printed page's flow, before it has an address.

use std::ops::Range;

use crate::document::{Block, Emphasis};
use crate::normalizer::fold_space;

/// What a piece is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    Text,
    /// A heading, with the depth that the format gives it (0: found by its form in plain text).
    Heading(u8),
    Bullet,
    TableRow,
    /// A footnote with its mark.
    Footnote(String),
}

/// A logical block with what is known of its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub role: Role,
    /// Printed lines are parted by `\n` where the format keeps them.
    pub text: String,
    pub raised: Vec<Range<usize>>,
    /// The printed number, where the format keeps it apart.
    pub number: Option<String>,
    pub emphasis: Emphasis,
    pub page: u32,
    pub line: u32,
}

impl Piece {
    /// Returns a piece with the text and place of a block.
    pub fn from_block(block: Block, role: Role) -> Piece {
        Piece {
            role,
            text: block.text,
            raised: block.raised,
            number: block.number,
            emphasis: block.emphasis,
            page: block.page,
            line: block.line,
        }
    }

    /// Returns the text from byte `width` on, on one line, with its raised ranges.
    pub fn on_one_line(&self, width: usize) -> (String, Vec<Range<usize>>) {
        if self.raised.is_empty()
            && let Some(text) = self.text.get(width..)
        {
            return (fold_space(text), Vec::new());
        }
        let mut text = String::with_capacity(self.text.len());
        // Where each byte offset of the piece has gone.
        let mut ends: Vec<(usize, usize)> = Vec::new();
        let mut pending_space = false;
        for (at, sign) in self.text.char_indices().skip_while(|(at, _)| *at < width) {
            let is_edge = self.raised.iter().any(|range| range.start == at || range.end == at);
            if sign.is_whitespace() {
                // A mark ends where the space after it begins.
                ends.extend(is_edge.then_some((at, text.len())));
                pending_space = !text.is_empty();
                continue;
            }
            if std::mem::take(&mut pending_space) {
                text.push(' ');
            }
            ends.extend(is_edge.then_some((at, text.len())));
            text.push(sign);
        }
        let length = text.len();
        let moved = |offset: usize| ends.iter().find(|(at, _)| *at == offset).map_or(length, |(_, to)| *to);
        let inside = self.raised.iter().filter(|range| range.start >= width);
        let raised =
            inside.map(|range| moved(range.start)..moved(range.end)).filter(|range| range.start < range.end).collect();
        (text, raised)
    }
}

/// Whether a text ends as a sentence ends: with `.`, `!`, `?` or `…`, closing quotes, brackets and a footnote mark apart.
pub fn ends_sentence(text: &str) -> bool {
    last_sign(text).is_some_and(|sign| matches!(sign, '.' | '!' | '?' | '…'))
}

/// Whether a text ends as a clause of a list ends: like a sentence, or with `:` or `;`, with or without "and" after it.
pub fn ends_clause(text: &str) -> bool {
    let text = text.trim_end();
    let bare = ["and", "or", "и", "или"]
        .iter()
        .find_map(|word| text.strip_suffix(word).filter(|rest| rest.ends_with([' ', '\n', '\u{a0}'])))
        .map_or(text, str::trim_end);
    let listed = bare.len() < text.len() && bare.ends_with([';', ',']);
    listed || last_sign(text).is_some_and(|sign| matches!(sign, '.' | '!' | '?' | '…' | ':' | ';'))
}

/// The last sign of a text that is not a closing quote or bracket, nor a footnote mark after another sign.
fn last_sign(text: &str) -> Option<char> {
    let closing =
        |sign: char| matches!(sign, '"' | '”' | '“' | '’' | '»' | ')' | ']' | '*' | '_') || sign.is_whitespace();
    let bare = text.trim_end_matches(closing);
    let without_mark = bare
        .trim_end_matches(|sign: char| sign.is_ascii_digit())
        .trim_end_matches(|sign: char| closing(sign) && !sign.is_whitespace());
    let digits = bare.len() - without_mark.len();
    if (1..=3).contains(&digits) && without_mark.ends_with(['.', '!', '?', ';', ':', '…']) {
        return without_mark.chars().next_back();
    }
    bare.chars().next_back()
}

/// Whether the first letter of a text is a small one, as only a continuation's is ("cc: His Excellency" apart).
pub fn starts_lower(text: &str) -> bool {
    let start = text.trim_start_matches(['(', '[', '"', '“', '«', '„', '‘', '\'']);
    let label = start.split_whitespace().next().is_some_and(|word| word.ends_with(':') && word.len() <= 8);
    start.starts_with(char::is_lowercase) && !label
}

/// Whether a bracket is open at the end of a text.
pub fn has_open_bracket(text: &str) -> bool {
    let depth = text.chars().fold(0i32, |depth, sign| match sign {
        '(' | '[' => depth + 1,
        ')' | ']' => (depth - 1).max(0),
        _ => depth,
    });
    depth > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;

    #[test]
    fn raised_marks_end_where_their_space_begins() {
        let mut block = Block::new(BlockKind::Paragraph, "21. It fell.6  Then\nit rose.7");
        block.raised = vec![12..13, 28..29];
        let (text, raised) = Piece::from_block(block, Role::Text).on_one_line(4);
        let marks: Vec<&str> = raised.iter().filter_map(|range| text.get(range.clone())).collect();
        assert_eq!((text.as_str(), marks.as_slice()), ("It fell.6 Then it rose.7", ["6", "7"].as_slice()));
    }

    #[test]
    fn sentence_ends() {
        for text in ["done.", "done.”", "done.12", "done.) ", "in 2015.4", "«Да!»", "children*.", "pornography.*"]
        {
            assert!(ends_sentence(text), "{text}");
        }
        for text in ["2014", "the Office on", "as follows:", "one;", "(art. 10)", "para 12", "pornography*"] {
            assert!(!ends_sentence(text), "{text}");
        }
    }

    #[test]
    fn clause_ends() {
        for text in ["as follows:", "one;", "one; and", "one, and", "one; или", "done."] {
            assert!(ends_clause(text), "{text}");
        }
        for text in ["bread and", "the Office on", "State"] {
            assert!(!ends_clause(text), "{text}");
        }
    }

    #[test]
    fn starts_and_brackets() {
        assert!(
            starts_lower("confirmed that")
                && starts_lower("(see below")
                && !starts_lower("cc: Mr.")
                && !starts_lower("Mekong")
                && !starts_lower("15–19")
        );
        assert!(
            has_open_bracket("related matters (arts. 3; 4, paras. 2 and")
                && !has_open_bracket("(art. 10)")
                && !has_open_bracket("a) b")
        );
    }
}
