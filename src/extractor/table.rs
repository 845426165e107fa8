//! Rows of tables, and rows that only lay out a page.

use crate::document::{Block, BlockKind};

/// A row with more characters, one of whose cells has several paragraphs, lays out text: no one cites it whole.
const ROW_LENGTH: usize = 1_500;
const CELL_PARAGRAPHS: usize = 3;

/// Returns the blocks of a row: one `TableRow` with its cells joined, or the paragraphs themselves where a single cell
/// is a frame around text or long cells only lay it out. Footnotes follow. A row without printable text is dropped.
pub(super) fn row_blocks(cells: Vec<Vec<Block>>, page: u32) -> Vec<Block> {
    let mut notes = Vec::new();
    let mut columns: Vec<Vec<Block>> = Vec::new();
    for cell in cells {
        let (footnotes, blocks): (Vec<Block>, Vec<Block>) =
            cell.into_iter().partition(|block| matches!(block.kind, BlockKind::Footnote(_)));
        notes.extend(footnotes);
        if blocks.iter().any(|block| !block.text.trim().is_empty()) {
            columns.push(blocks);
        }
    }
    let length: usize = columns.iter().flatten().map(|block| block.text.len()).sum();
    let lays_out = length > ROW_LENGTH && columns.iter().any(|blocks| blocks.len() >= CELL_PARAGRAPHS);
    let mut row: Vec<Block> = if columns.len() == 1 || lays_out {
        columns.into_iter().flatten().collect()
    } else {
        let texts: Vec<String> = columns.iter().map(|blocks| joined(blocks)).collect();
        let printable = texts.iter().any(|text| text.chars().any(char::is_alphanumeric));
        let mut block = Block::new(BlockKind::TableRow, texts.join(" | "));
        block.page = page;
        Some(block).filter(|_| printable).into_iter().collect()
    };
    row.extend(notes);
    row
}

/// Returns the text of blocks on one line.
pub(super) fn joined(blocks: &[Block]) -> String {
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.trim()).filter(|text| !text.is_empty()).collect();
    texts.join(" ").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cells: &[&[&str]], expected: &[&str]) {
        let cells = cells
            .iter()
            .map(|cell| cell.iter().map(|text| Block::new(BlockKind::Paragraph, *text)).collect())
            .collect();
        let texts: Vec<String> = row_blocks(cells, 1).into_iter().map(|block| block.text).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn rows_are_told_from_layout() {
        check(&[&["State"], &[], &["2015", "2016"]], &["State | 2015 2016"]);
        check(&[&["One."], &[" "]], &["One."]);
        check(&[&["-"], &["–"]], &[]);
        let long = "a long paragraph of a form ".repeat(40);
        check(&[&["2.a"], &[&long, &long, &long]], &["2.a", &long, &long, &long]);
    }
}
