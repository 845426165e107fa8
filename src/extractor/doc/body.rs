//! The walk over the characters of a Word document, its notes and its running heads.

use std::collections::HashMap;
use std::ops::Range;

use super::file::{File, Part, Table, Unit, long, short};
use super::list;
use super::sprm::Runs;
use super::style::{ParagraphFormat, RunFormat, Styles};
use crate::document::{Block, BlockKind, LeftOutReason};
use crate::extractor::heading::kind_by_look;
use crate::extractor::label::is_mark;
use crate::extractor::numbering::{Label, Numbering, number};
use crate::extractor::styled::{Look, Styled};
use crate::extractor::table::{joined, row_blocks};

/// No list: "numbered by hand".
const NO_LIST: u16 = 0x07ff;

/// A note with its automatic mark; without one it has a mark that the author typed.
#[derive(Debug, Clone)]
struct Note {
    mark: Option<String>,
    text: Range<usize>,
}

/// The reader of one part of the text.
pub(super) struct Body<'f> {
    file: &'f File,
    styles: &'f Styles<'f>,
    paragraphs: &'f Runs<'f>,
    characters: &'f Runs<'f>,
    numbering: Numbering,
    notes: HashMap<usize, Note>,
    blocks: Vec<Block>,
    open: Styled,
    open_notes: Vec<Block>,
    cell: Vec<Block>,
    cells: Vec<Vec<Block>>,
    /// Open fields, innermost last, and whether their result has begun.
    fields: Vec<bool>,
    high: Option<u16>,
    page: u32,
    paged: bool,
    gap: bool,
    in_table: bool,
}

impl<'f> Body<'f> {
    /// Returns the blocks of a document: running heads, the text with its notes, text boxes.
    pub fn read(file: &File) -> Vec<Block> {
        let styles = Styles::read(file.table(Table::Styles));
        let paragraphs = Runs::read(&file.main, file.table(Table::ParagraphRuns), true);
        let characters = Runs::read(&file.main, file.table(Table::CharacterRuns), false);
        let new = || Body::new(file, &styles, &paragraphs, &characters);
        let mut blocks = new().running_heads();
        let heads = blocks.len();
        let mut body = new();
        body.numbering = list::read(file);
        body.notes = notes(file);
        body.walk(file.part(Part::Main));
        if !body.paged {
            // Without a single break the pages are not known.
            body.blocks.iter_mut().for_each(|block| block.page = 0);
        }
        blocks.append(&mut body.blocks);
        let mut boxes = new();
        boxes.walk(file.part(Part::TextBoxes));
        boxes.blocks.iter_mut().for_each(|block| block.page = 0);
        blocks.append(&mut boxes.blocks);
        if blocks.len() == heads { Vec::new() } else { blocks }
    }

    fn new(file: &'f File, styles: &'f Styles<'f>, paragraphs: &'f Runs<'f>, characters: &'f Runs<'f>) -> Body<'f> {
        Body {
            file,
            styles,
            paragraphs,
            characters,
            numbering: Numbering::default(),
            notes: HashMap::new(),
            blocks: Vec::new(),
            open: Styled::default(),
            open_notes: Vec::new(),
            cell: Vec::new(),
            cells: Vec::new(),
            fields: Vec::new(),
            high: None,
            page: 1,
            paged: false,
            gap: false,
            in_table: false,
        }
    }

    fn running_heads(mut self) -> Vec<Block> {
        self.walk(self.file.part(Part::Headers));
        let mut heads: Vec<Block> = Vec::new();
        for block in self.blocks {
            let seen = heads.iter().any(|known| known.text == block.text);
            if !seen && block.text.chars().any(char::is_alphabetic) {
                heads.push(Block::new(BlockKind::Furniture(LeftOutReason::RunningHead), block.text));
            }
        }
        heads
    }

    fn walk(&mut self, range: Range<usize>) {
        let units = self.file.units.get(range.clone()).unwrap_or(&[]);
        let mut from = 0;
        for (index, unit) in units.iter().enumerate() {
            // A paragraph's formatting stands with the mark that ends it.
            if matches!(unit.code, 0x07 | 0x0c | 0x0d) {
                let text = units.get(from..index).unwrap_or(&[]);
                self.paragraph(text, range.start + from, unit);
                from = index + 1;
            }
        }
        let last = units.last().copied();
        if let (Some(unit), Some(text)) = (last, units.get(from..)) {
            self.paragraph(text, range.start + from, &unit);
        }
        self.end_table();
    }

    /// Takes the characters of a paragraph up to the mark that ends it.
    fn paragraph(&mut self, text: &[Unit], first: usize, end: &Unit) {
        let run = self.paragraphs.at(end.offset);
        let style = run.map_or(0, |run| run.style);
        let mut format = self.styles.paragraph(style);
        format.apply(run.map_or(&[], |run| run.modifiers));
        self.characters(text, first, style);
        if self.in_table && !format.in_table {
            self.end_table();
        }
        self.in_table = format.in_table;
        if format.ends_row {
            self.open = Styled::default();
            self.end_row();
        } else if end.code == 0x0c && self.open.is_blank() {
            self.open = Styled::default();
        } else {
            self.end_paragraph(&format);
        }
        match end.code {
            0x07 if !format.ends_row => self.cells.push(std::mem::take(&mut self.cell)),
            0x0c => {
                self.page = self.page.saturating_add(1);
                self.paged = true;
            }
            _ => {}
        }
    }

    fn characters(&mut self, text: &[Unit], first: usize, style: u16) {
        let below = self.styles.run(style);
        let mut known: Option<(*const u8, RunFormat)> = None;
        for (index, unit) in text.iter().enumerate() {
            let modifiers = self.characters.at(unit.offset).map_or(&[] as &[u8], |run| run.modifiers);
            let format = match known {
                Some((at, format)) if std::ptr::eq(at, modifiers.as_ptr()) && !modifiers.is_empty() => format,
                _ => {
                    let mut format = below;
                    format.apply(modifiers, below);
                    known = Some((modifiers.as_ptr(), format));
                    format
                }
            };
            self.character(unit.code, first + index, format);
        }
    }

    fn character(&mut self, code: u16, place: usize, format: RunFormat) {
        match code {
            0x13 => return self.fields.push(false),
            0x14 => {
                if let Some(result) = self.fields.last_mut() {
                    *result = true;
                }
                return;
            }
            0x15 => {
                self.fields.pop();
                return;
            }
            _ => {}
        }
        // What stands before the result of a field is its instruction.
        if format.hidden || self.fields.contains(&false) {
            return;
        }
        if let Some(note) = self.notes.remove(&place) {
            self.cite(&note);
            if note.mark.is_some() {
                return;
            }
        }
        let look = Look { bold: format.bold, italic: format.italic, raised: format.raised };
        match code {
            0x09 => self.open.push("\t", look),
            0x0b => self.open.push("\n", look),
            0x1e => self.open.push("\u{2011}", look),
            0x28 if format.symbol.is_some() => self.open.push(&symbol(format.symbol), look),
            0x00..0x20 => {}
            code => {
                let decoded = match self.high.take() {
                    Some(high) => char::decode_utf16([high, code]).next().and_then(Result::ok),
                    None if (0xd800..0xdc00).contains(&code) => {
                        self.high = Some(code);
                        None
                    }
                    None => char::from_u32(u32::from(code)),
                };
                if let Some(c) = decoded {
                    self.open.push(c.encode_utf8(&mut [0; 4]), look);
                }
            }
        }
    }

    fn cite(&mut self, note: &Note) {
        let mut inner = Body::new(self.file, self.styles, self.paragraphs, self.characters);
        inner.walk(note.text.clone());
        let text = joined(&inner.blocks);
        let (mark, text) = match &note.mark {
            Some(mark) => {
                self.open.push_mark(mark);
                (mark.clone(), text.as_str())
            }
            None => {
                let (mark, rest) = text.split_once(' ').filter(|(mark, _)| is_mark(mark)).unwrap_or(("", &text));
                (mark.to_owned(), rest)
            }
        };
        if !text.trim().is_empty() {
            let mut block = Block::new(BlockKind::Footnote(mark), text.trim());
            block.page = self.page;
            self.open_notes.push(block);
        }
    }

    fn end_paragraph(&mut self, format: &ParagraphFormat) {
        let styled = std::mem::take(&mut self.open);
        let label = self.label(format, styled.is_blank());
        let mut blocks = Vec::new();
        if styled.is_blank() {
            self.gap = true;
        } else {
            let printed = if let Label::Number(number) = &label { Some(number.as_str()) } else { None };
            let whole =
                printed.map_or_else(|| styled.text().to_owned(), |number| format!("{number} {}", styled.text()));
            let kind = match (&label, format.outline.filter(|level| *level < 9)) {
                _ if format.is_contents => BlockKind::Furniture(LeftOutReason::TableOfContents),
                (_, Some(level)) => BlockKind::Heading(level + 1),
                (Label::Bullet(level), None) => BlockKind::Bullet(*level as u8),
                _ => kind_by_look(&whole, styled.weight()),
            };
            let mut block = styled.into_block(kind, printed);
            block.page = self.page;
            block.gap_before = std::mem::take(&mut self.gap);
            blocks.push(block);
        }
        blocks.append(&mut self.open_notes);
        if self.in_table { self.cell.append(&mut blocks) } else { self.blocks.append(&mut blocks) }
    }

    /// Counts a paragraph of a list. Word numbers no empty paragraph that ends a cell, but it does number others.
    fn label(&mut self, format: &ParagraphFormat, is_blank: bool) -> Label {
        let list = format.list.filter(|list| *list != 0 && *list != NO_LIST);
        match list {
            Some(list) if !(is_blank && format.in_table) => {
                self.numbering.next(&list.to_string(), usize::from(format.level.unwrap_or(0).min(8)))
            }
            _ => Label::None,
        }
    }

    fn end_row(&mut self) {
        let mut cells = std::mem::take(&mut self.cells);
        let cell = std::mem::take(&mut self.cell);
        if !cell.is_empty() {
            cells.push(cell);
        }
        self.blocks.extend(row_blocks(cells, self.page));
    }

    fn end_table(&mut self) {
        if !self.cell.is_empty() || !self.cells.is_empty() {
            self.end_row();
        }
        self.in_table = false;
    }
}

/// A symbol of a symbol font: its character where the font has one of Unicode, else a bullet.
fn symbol(code: Option<u16>) -> String {
    match code.and_then(|code| char::from_u32(u32::from(code))) {
        Some('\u{f02a}') => "*".to_owned(),
        Some('\u{f02d}') => "-".to_owned(),
        Some(c) if !('\u{f000}'..='\u{f0ff}').contains(&c) => c.to_string(),
        _ => "•".to_owned(),
    }
}

/// Returns the notes of a file by the place of the character that cites them.
fn notes(file: &File) -> HashMap<usize, Note> {
    let kinds = [
        (Table::FootnoteReferences, Table::FootnoteTexts, Part::Footnotes, "decimal"),
        (Table::EndnoteReferences, Table::EndnoteTexts, Part::Endnotes, "lowerRoman"),
    ];
    let mut notes = HashMap::new();
    for (references, texts, part, format) in kinds {
        let (references, texts, part) = (file.table(references), file.table(texts), file.part(part));
        let count = references.len().saturating_sub(4) / 6;
        let mut automatic = 0;
        for index in 0..count {
            let place = |table: &[u8], index: usize| usize::try_from(long(table, 4 * index)?).ok();
            let (Some(at), Some(start), Some(end)) =
                (place(references, index), place(texts, index), place(texts, index + 1))
            else {
                break;
            };
            let is_automatic = short(references, 4 * (count + 1) + 2 * index).is_some_and(|kind| kind != 0);
            automatic += i64::from(is_automatic);
            let within = |place: usize| part.start.saturating_add(place).min(part.end);
            let text = within(start)..within(end).max(within(start));
            notes.insert(at, Note { mark: is_automatic.then(|| number(automatic, format)), text });
        }
    }
    notes
}
