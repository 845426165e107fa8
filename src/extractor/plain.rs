//! Plain text in the clothes of another format: a text file opened in a word processor and saved, or printed to PDF.
//!
//! Invariant: a document with any structure of its own (a heading, a list, a table, a note, bold or raised text) is never
//! touched.

use super::label::is_unfinished;
use super::{markdown, text_format, wiki};
use crate::document::{Block, BlockKind, Emphasis, Extracted, Format};

/// Printed lines of plain text are no longer, in characters (the widest that nine in ten lines stay below).
const LONGEST_LINE: usize = 200;

/// Returns the document as the plain text that it is a copy of: lines where its paragraphs are printed lines, and what
/// Markdown or wiki markup says where they hold such markup. Other documents come back as they are.
pub fn restore(format: Format, extracted: Extracted) -> (Format, Extracted) {
    let (furniture, lines): (Vec<&Block>, Vec<&Block>) =
        extracted.blocks.iter().partition(|block| matches!(block.kind, BlockKind::Furniture(_)));
    if lines.is_empty() || !lines.iter().all(|block| is_bare(block)) {
        return (format, extracted);
    }
    let source = source(&lines);
    let format_of_text = text_format(&source, "");
    let restored = match format_of_text {
        Format::Markdown => markdown::read(&source).blocks,
        Format::Wiki => wiki::read(&source),
        _ if is_hard_wrapped(&lines) => lines.into_iter().map(|block| as_line(block.clone())).collect(),
        _ => return (format, extracted),
    };
    let blocks = furniture.into_iter().cloned().chain(restored).collect();
    (format_of_text, Extracted { blocks, ..extracted })
}

/// Whether a block is nothing but text.
fn is_bare(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Line)
        && block.emphasis == Emphasis::None
        && block.raised.is_empty()
        && block.number.is_none()
}

fn as_line(mut block: Block) -> Block {
    block.kind = BlockKind::Line;
    block
}

/// The text as it stood in its file.
fn source(lines: &[&Block]) -> String {
    let mut source = String::new();
    for line in lines {
        if line.gap_before {
            source.push('\n');
        }
        source.extend(std::iter::repeat_n(' ', usize::from(line.indent)));
        source.push_str(&line.text);
        source.push('\n');
    }
    source
}

/// Whether every tenth line breaks off in the middle of a sentence, which goes on in small letters.
fn is_hard_wrapped(lines: &[&Block]) -> bool {
    let goes_on = |pair: &&[&Block]| match pair {
        [line, next] => is_unfinished(&line.text) && next.text.starts_with(char::is_lowercase),
        _ => false,
    };
    let broken = lines.windows(2).filter(goes_on).count();
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
    lengths.sort_unstable();
    let width = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
    broken * 10 >= lines.len() && width <= LONGEST_LINE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of bare paragraphs; "" is an empty one.
    fn document(paragraphs: &[&str]) -> Extracted {
        let mut blocks = Vec::new();
        let mut gap = false;
        for text in paragraphs {
            if text.is_empty() {
                gap = true;
                continue;
            }
            let mut block = Block::new(BlockKind::Paragraph, *text);
            block.gap_before = std::mem::take(&mut gap);
            blocks.push(block);
        }
        Extracted { blocks, ..Extracted::default() }
    }

    #[track_caller]
    fn check(paragraphs: &[&str], format: Format, expected: &[(BlockKind, &str)]) {
        let (found, read) = restore(Format::Docx, document(paragraphs));
        let blocks: Vec<(BlockKind, &str)> =
            read.blocks.iter().map(|block| (block.kind.clone(), block.text.as_str())).collect();
        assert_eq!((found, blocks.as_slice()), (format, expected));
    }

    #[test]
    fn copies_of_plain_text_are_text_again() {
        let wrapped = ["1. The Committee welcomes", "the law of 2012.", "", "2. It regrets the", "delay."];
        let expected: Vec<(BlockKind, &str)> =
            wrapped.iter().filter(|line| !line.is_empty()).map(|line| (BlockKind::Line, *line)).collect();
        check(&wrapped, Format::Text, &expected);
        check(
            &["# Report", "", "## Law", "", "The law is new."],
            Format::Markdown,
            &[
                (BlockKind::Heading(1), "Report"),
                (BlockKind::Heading(2), "Law"),
                (BlockKind::Paragraph, "The law is new."),
            ],
        );
    }

    #[test]
    fn documents_stay_what_they_are() {
        let sound = ["1. The Committee welcomes the law.", "2. It regrets the delay."];
        let paragraphs: Vec<(BlockKind, &str)> = sound.iter().map(|text| (BlockKind::Paragraph, *text)).collect();
        check(&sound, Format::Docx, &paragraphs);
        let mut structured = document(&["A heading", "a line that goes", "on and on"]);
        structured.blocks[0].kind = BlockKind::Heading(1);
        let kinds = |read: &Extracted| read.blocks.iter().map(|block| block.kind.clone()).collect::<Vec<_>>();
        let before = kinds(&structured);
        assert_eq!(kinds(&restore(Format::Docx, structured).1), before);
    }
}
