//! Unicode and line-end repairs on extracted blocks, the same for every format.
//!
//! Invariant: words are never changed. What goes is what no reader sees (soft hyphens, zero-width and control characters);
//! what is folded is white space. Raised ranges keep pointing at the same characters.

use std::ops::Range;

use rustc_hash::FxHashSet;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::document::Block;

/// Normalizes the text of every block in place: NFC, no invisible characters, every kind of space as U+0020, line breaks
/// inside a block as `\n`.
pub fn normalize(blocks: &mut [Block]) {
    for block in blocks {
        if let Some((text, raised)) = normalize_text(&block.text, &block.raised) {
            (block.text, block.raised) = (text, raised);
        }
    }
}

/// Returns text on one line: white space, line breaks included, folded to single spaces.
pub fn fold_space(text: &str) -> String {
    let folded = !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") && {
        let plain = |byte: &u8| matches!(byte, b' '..=b'~');
        text.bytes().all(|byte| plain(&byte)) || text.chars().all(|sign| sign == ' ' || !sign.is_whitespace())
    };
    if folded {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The new text and ranges, or `None` where nothing changes.
fn normalize_text(text: &str, raised: &[Range<usize>]) -> Option<(String, Vec<Range<usize>>)> {
    if text.chars().all(is_plain) {
        return None;
    }
    let clean = is_nfc_quick(text.chars()) == IsNormalized::Yes
        && !text.contains(|character| repair(character) != Some(character));
    if clean {
        return None;
    }
    // Pieces between range borders are normalized one by one: borders never fall inside a composed character, since marks
    // are raised with their base.
    let mut borders: Vec<usize> = raised.iter().flat_map(|range| [range.start, range.end]).collect();
    borders.push(text.len());
    let mut out = String::with_capacity(text.len());
    let mut moved = Vec::with_capacity(borders.len());
    let mut from = 0;
    for border in borders {
        let piece = text.get(from..border).unwrap_or_default();
        out.extend(piece.chars().filter_map(repair).nfc());
        moved.push(out.len());
        from = border.max(from);
    }
    let ranges = moved.chunks_exact(2).map(|pair| pair[0]..pair[1]).filter(|range| !range.is_empty()).collect();
    Some((out, ranges))
}

/// Whether a character stays as it is and composes with none before it, told without a table: the letters of the two
/// alphabets, the signs of a keyboard and of print. Most texts have no others.
fn is_plain(character: char) -> bool {
    matches!(character, ' '..='~' | '\n' | 'А'..='я' | 'ё' | 'Ё' | '«' | '»' | '\u{2010}'..='\u{2027}' | '№' | '§')
}

/// What a character becomes: itself, a space, or nothing.
fn repair(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Soft hyphen, zero-width space and joiners, word joiner, byte order mark, bidi marks, embeddings and isolates.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
        character if character.is_control() => None,
        character if character.is_whitespace() => Some(' '),
        // Private use: what symbol fonts leave of their bullets.
        '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' => Some('•'),
        character => Some(character),
    }
}

/// Joins printed lines to running text, undoing hyphenation where the document itself shows that it is one.
///
/// A hyphen at a line's end stays ("non-" + "governmental") unless the joined word stands elsewhere in the document and
/// the hyphenated one does not.
pub struct LineJoiner {
    /// Empty where no line ends in a hyphen: nobody will ask then.
    words: FxHashSet<String>,
}

impl LineJoiner {
    /// Learns the document's words from its lines.
    pub fn new<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> LineJoiner {
        let mut words = FxHashSet::default();
        if !lines.clone().any(|line| ends_in_hyphen(line.trim_end())) {
            return LineJoiner { words };
        }
        for line in lines {
            let mut line_words = line.split_whitespace().map(bare).peekable();
            while let Some(word) = line_words.next() {
                // The last word may be half a word: it is no evidence.
                if line_words.peek().is_some() && !word.is_empty() && !words.contains(word) {
                    words.insert(word.to_lowercase());
                }
            }
        }
        LineJoiner { words }
    }

    /// Appends a line to a text.
    pub fn push(&self, text: &mut String, line: &str) {
        let line = line.trim();
        let kept = text.trim_end().len();
        text.truncate(kept);
        if text.is_empty() {
            text.push_str(line);
        } else if ends_in_hyphen(text) && line.starts_with(char::is_alphanumeric) {
            if self.is_hyphenation(text, line) {
                text.pop();
            }
            text.push_str(line);
        } else {
            text.push(' ');
            text.push_str(line);
        }
    }

    fn is_hyphenation(&self, text: &str, line: &str) -> bool {
        let head = bare(text.rsplit(char::is_whitespace).next().unwrap_or_default());
        let tail = bare(line.split_whitespace().next().unwrap_or_default());
        let (head, tail) = (head.trim_end_matches('-').to_lowercase(), tail.to_lowercase());
        tail.starts_with(char::is_lowercase)
            && self.words.contains(&format!("{head}{tail}"))
            && !self.words.contains(&format!("{head}-{tail}"))
    }
}

/// A hyphen with a letter or digit before it; a dash after a space is punctuation.
fn ends_in_hyphen(text: &str) -> bool {
    let mut characters = text.chars().rev();
    matches!(characters.next(), Some('-' | '\u{2010}')) && characters.next().is_some_and(char::is_alphanumeric)
}

fn bare(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric() && character != '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut blocks = [Block::new(BlockKind::Paragraph, text)];
        normalize(&mut blocks);
        assert_eq!(blocks[0].text, expected);
    }

    #[test]
    fn invisible_characters_go_and_spaces_fold() {
        check("re\u{ad}gi\u{200b}stra\u{feff}tion", "registration");
        check("State\u{a0}party\u{2009}s", "State party s");
        check("и\u{306} composed, кра\u{301}й kept", "й composed, кра\u{301}й kept");
        check("\u{202e}evil\u{202c} \u{1b}[31mred", "evil [31mred");
    }

    #[test]
    fn raised_ranges_move_with_their_text() {
        let mut block = Block::new(BlockKind::Paragraph, "a\u{ad}reas.1 and e\u{301}t\u{ad}\u{e9}2");
        let first = block.text.find('1').unwrap_or(0);
        let second = block.text.find('2').unwrap_or(0);
        block.raised = vec![first..first + 1, second..second + 1];
        normalize(std::slice::from_mut(&mut block));
        let marks: Vec<&str> = block.raised.iter().map(|range| &block.text[range.clone()]).collect();
        assert_eq!((block.text.as_str(), marks), ("areas.1 and été2", vec!["1", "2"]));
    }

    #[track_caller]
    fn check_joined(lines: &[&str], expected: &str) {
        let joiner = LineJoiner::new(lines.iter().copied());
        let mut text = String::new();
        lines.iter().for_each(|line| joiner.push(&mut text, line));
        assert_eq!(text, expected);
    }

    #[test]
    fn line_ends() {
        check_joined(&["international non-", "governmental bodies"], "international non-governmental bodies");
        check_joined(
            &["the implemen-", "tation of it; implementation is"],
            "the implementation of it; implementation is",
        );
        check_joined(&["aged 2011 –", "2012"], "aged 2011 – 2012");
        check_joined(&["Tibeto-", "Burman"], "Tibeto-Burman");
        check_joined(&["из-", "за границы"], "из-за границы");
    }
}
