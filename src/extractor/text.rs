//! Plain text: one block a printed line.

use crate::document::{Block, BlockKind, Extracted};

/// Columns of a tab stop.
const TAB: u16 = 4;

/// Returns one `Line` block for every line that is not blank, with its indent and whether a blank line precedes it, and
/// a `PageBreak` for every form feed.
pub fn extract(text: &str) -> Extracted {
    Extracted { blocks: lines(text), ..Extracted::default() }
}

fn lines(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut gap = false;
    for (index, line) in split_lines(text).enumerate() {
        for (part, piece) in line.split('\u{c}').enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if part > 0 {
                blocks.push(Block { line: number, ..Block::new(BlockKind::PageBreak, "") });
            }
            let content = piece.trim();
            if content.is_empty() {
                gap = true;
                continue;
            }
            let mut block = Block::new(BlockKind::Line, content);
            (block.indent, block.gap_before, block.line) = (indent_of(piece), gap, number);
            blocks.push(block);
            gap = false;
        }
    }
    blocks
}

/// Splits at LF, CR LF, a lone CR, vertical tab, NEL, line and paragraph separator. The last three are rare: a text that
/// has none is split many times as fast.
fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    let common = !["\u{85}", "\u{2028}", "\u{2029}"]
        .iter()
        .any(|end| memchr::memmem::find(text.as_bytes(), end.as_bytes()).is_some());
    std::iter::from_fn(move || {
        let current = rest?;
        let end = if common { memchr::memchr3(b'\n', b'\r', 0xb, current.as_bytes()) } else { line_end(current) };
        match end {
            None => {
                rest = None;
                Some(current)
            }
            Some(at) => {
                let end = &current[at..];
                let width = if end.starts_with("\r\n") { 2 } else { end.chars().next().map_or(1, char::len_utf8) };
                rest = Some(&end[width..]);
                Some(&current[..at])
            }
        }
    })
}

/// Returns where the first line ends, or `None` where nothing ends it.
fn line_end(text: &str) -> Option<usize> {
    text.find(['\n', '\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'])
}

fn indent_of(line: &str) -> u16 {
    line.chars()
        .take_while(|character| character.is_whitespace())
        .fold(0, |columns: u16, character| columns.saturating_add(if character == '\t' { TAB } else { 1 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<(String, u16, bool)> {
        lines(text).into_iter().map(|block| (block.text, block.indent, block.gap_before)).collect()
    }

    #[test]
    fn line_ends_of_every_system() {
        for end in ["\n", "\r\n", "\r", "\u{2028}"] {
            let text = format!("one{end}  two {end}{end}three");
            let expected = [("one".into(), 0, false), ("two".into(), 2, false), ("three".into(), 0, true)];
            assert_eq!(shape(&text), expected, "{end:?}");
        }
    }

    #[test]
    fn form_feed_is_a_page_break() {
        let blocks = lines("one\u{c}two");
        assert_eq!(
            blocks.iter().map(|block| block.kind.clone()).collect::<Vec<_>>(),
            [BlockKind::Line, BlockKind::PageBreak, BlockKind::Line]
        );
    }
}
