//! A logical block: what stands between two breaks of the printed page's flow, before it has an address.

use std::ops::Range;

use crate::document::{Block, Emphasis};

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
