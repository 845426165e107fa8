//! What becomes of a paragraph, a cell, a row and a table when it ends.

use super::{Body, Open};
use crate::document::{Block, BlockKind, LeftOutReason};
use crate::extractor::docx::style::ParagraphFormat;
use crate::extractor::heading::kind_by_look;
use crate::extractor::numbering::Label;
use crate::extractor::table::row_blocks;

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Blocks of the open cell.
    cell: Vec<Block>,
    /// Cells of the open row.
    cells: Vec<Vec<Block>>,
    /// Rows that have ended.
    blocks: Vec<Block>,
}

impl Body<'_> {
    pub(super) fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let style = self.context.styles.resolve(open.style.as_deref());
        let label = self.label(&open, &style.paragraph);
        if open.styled.is_blank() {
            self.gap = true;
            self.place(None, open.notes, open.boxes);
            return;
        }
        let weight = open.styled.weight();
        let number = if let Label::Number(number) = &label { Some(number.as_str()) } else { None };
        let mut block = open.styled.into_block(BlockKind::Paragraph, number);
        block.page = self.page;
        block.gap_before = std::mem::take(&mut self.gap);
        let outline = open.format.outline.or(style.paragraph.outline).filter(|level| *level < 9).map(|level| level + 1);
        block.kind = match (&label, style.heading.or(outline)) {
            _ if style.is_contents => BlockKind::Furniture(LeftOutReason::TableOfContents),
            (_, Some(depth)) => BlockKind::Heading(depth),
            (Label::Bullet(level), None) => BlockKind::Bullet(*level as u8),
            _ => kind_by_look(&block.text, weight),
        };
        self.place(Some(block), open.notes, open.boxes);
    }

    fn label(&mut self, open: &Open, style: &ParagraphFormat) -> Label {
        let Some(list) = open.format.list.as_ref().or(style.list.as_ref()).filter(|list| *list != "0") else {
            return Label::None;
        };
        let of_style = || open.style.as_deref().and_then(|id| self.context.numbering.level_of_style(list, id));
        let level = open.format.level.or_else(of_style).or(style.level).unwrap_or(0);
        if self.counts { self.context.numbering.next(list, level) } else { Label::None }
    }

    /// Puts a finished paragraph where it belongs: around a text box, into a cell, or into the text.
    fn place(&mut self, block: Option<Block>, notes: Vec<Block>, boxes: Vec<Block>) {
        let mut all: Vec<Block> = block.into_iter().chain(boxes).collect();
        if let Some(anchor) = self.open.last_mut() {
            anchor.boxes.append(&mut all);
            anchor.notes.extend(notes);
        } else if let Some(table) = self.tables.last_mut() {
            table.cell.append(&mut all);
            table.cell.extend(notes);
        } else {
            self.blocks.append(&mut all);
            self.blocks.extend(notes);
        }
    }

    pub(super) fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            let cell = std::mem::take(&mut table.cell);
            table.cells.push(cell);
        }
    }

    pub(super) fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            let cells = std::mem::take(&mut table.cells);
            table.blocks.extend(row_blocks(cells, self.page));
        }
    }

    pub(super) fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        match self.tables.last_mut() {
            Some(outer) => outer.cell.extend(table.blocks),
            None => self.blocks.extend(table.blocks),
        }
    }
}
