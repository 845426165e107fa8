//! Word documents that are older or damaged, through the intermediate form of `office_oxide`.
//!
//! Invariant: recursion into lists and tables is bounded, whatever the file nests.

use std::collections::HashMap;
use std::io::Cursor;

use office_oxide::ir::{Element, InlineContent, List, ListStyle, Table, VerticalAlign};
use office_oxide::{Document, DocumentFormat};

use crate::document::{Block, BlockKind, Extracted, LeftOutReason, Properties};
use crate::extractor::ExtractError;
use crate::extractor::heading::kind_by_look;
use crate::extractor::html::print_number;
use crate::extractor::styled::{Look, Styled};
use crate::extractor::table::{joined, row_blocks};

/// Lists and tables are followed so deep.
const MAX_DEPTH: usize = 32;
/// Returns the blocks of a Word document of the binary format.
///
/// # Errors
/// `Encrypted`, `Damaged` where it cannot be read, `Empty` where it has no text.
pub(super) fn extract(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let document = Document::from_reader(Cursor::new(bytes.to_vec()), DocumentFormat::Doc).map_err(|error| {
        let message = error.to_string();
        let lower = message.to_lowercase();
        if lower.contains("encrypt") || lower.contains("password") {
            ExtractError::Encrypted
        } else {
            ExtractError::Damaged(message)
        }
    })?;
    let ir = document.to_ir();
    let mut reader = Reader::default();
    for section in &ir.sections {
        let heads = [&section.header, &section.first_page_header, &section.footer, &section.first_page_footer];
        for head in heads.into_iter().flatten() {
            reader.running_head(&head.content);
        }
    }
    let heads = reader.blocks.len();
    for section in &ir.sections {
        reader.elements(&section.elements, 0);
    }
    if reader.blocks.len() == heads {
        return Err(ExtractError::Empty);
    }
    let date = |date: String| date.get(..10).map(str::to_owned);
    let metadata = ir.metadata.clone();
    let properties = Properties {
        title: metadata.title,
        author: metadata.author,
        subject: metadata.subject,
        created: metadata.created.and_then(date),
        language: None,
    };
    Ok(Extracted { blocks: reader.place_notes(), properties, ..Extracted::default() })
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Marks of notes by their number in the file, and the block that cites each.
    cited: HashMap<u32, (String, usize)>,
    notes: Vec<(u32, Option<String>, String)>,
    count: usize,
    /// An empty paragraph stands before the next one.
    gap: bool,
}

impl Reader {
    fn running_head(&mut self, elements: &[Element]) {
        let mut inner = Reader::default();
        inner.elements(elements, 0);
        for block in inner.blocks {
            let seen = self.blocks.iter().any(|known| known.text == block.text);
            if !seen && !block.text.chars().all(|c| c.is_ascii_digit()) {
                self.blocks.push(Block::new(BlockKind::Furniture(LeftOutReason::RunningHead), block.text));
            }
        }
    }

    fn elements(&mut self, elements: &[Element], depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for element in elements {
            match element {
                Element::Heading(heading) => {
                    self.paragraph(&heading.content, Some(BlockKind::Heading(heading.clamped_level())), None);
                }
                Element::Paragraph(paragraph) => {
                    let outline = paragraph.outline_level.filter(|level| *level < 9);
                    self.paragraph(&paragraph.content, outline.map(|level| BlockKind::Heading(level + 1)), None);
                }
                Element::Table(table) => self.table(table, depth + 1),
                Element::List(list) => self.list(list, &[], depth + 1),
                Element::TextBox(text_box) => self.elements(&text_box.content, depth + 1),
                Element::Footnote(note) | Element::Endnote(note) => {
                    let mut inner = Reader::default();
                    inner.elements(&note.content, depth + 1);
                    self.notes.push((note.id, note.marker.clone(), joined(&inner.blocks)));
                }
                Element::CodeBlock(code) => {
                    self.blocks.push(Block::new(BlockKind::Paragraph, code.content.trim()));
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, content: &[InlineContent], kind: Option<BlockKind>, label: Option<&str>) {
        let mut styled = Styled::default();
        for inline in content {
            match inline {
                InlineContent::Text(span) => {
                    let raised = span.vertical_align == Some(VerticalAlign::Superscript);
                    styled.push(&span.text, Look { bold: span.bold, italic: span.italic, raised });
                }
                InlineContent::LineBreak => styled.push("\n", Look::default()),
                InlineContent::FootnoteRef(reference) | InlineContent::EndnoteRef(reference) => {
                    self.count += 1;
                    let mark = reference.marker.clone().unwrap_or_else(|| self.count.to_string());
                    styled.push_mark(&mark);
                    self.cited.insert(reference.note_id, (mark, self.blocks.len()));
                }
                _ => {}
            }
        }
        if styled.is_blank() {
            self.gap = true;
            return;
        }
        let kind = kind.unwrap_or_else(|| {
            let text = label.map_or_else(|| styled.text().to_owned(), |label| format!("{label} {}", styled.text()));
            kind_by_look(&text, styled.weight())
        });
        let mut block = styled.into_block(kind, label);
        block.gap_before = std::mem::take(&mut self.gap);
        self.blocks.push(block);
    }

    /// `above` are the numbers of the items that the list hangs on, outermost first.
    fn list(&mut self, list: &List, above: &[String], depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for (index, item) in list.items.iter().enumerate() {
            let value = i64::from(list.start_number.unwrap_or(1)).saturating_add(index as i64);
            let mut numbers = above.to_vec();
            let label = if list.ordered {
                numbers.push(print_number(value, number_kind(list.style.as_ref())));
                Some(label(list, &numbers))
            } else {
                numbers.push(String::new());
                None
            };
            let mut is_first = true;
            for element in &item.content {
                let (content, heading) = match element {
                    Element::Paragraph(paragraph) => (&paragraph.content, None),
                    Element::Heading(heading) => (&heading.content, Some(BlockKind::Heading(heading.clamped_level()))),
                    other => {
                        self.elements(std::slice::from_ref(other), depth + 1);
                        continue;
                    }
                };
                let bullet = BlockKind::Bullet(list.level);
                let kind = heading.or(if list.ordered || !is_first { None } else { Some(bullet) });
                self.paragraph(content, kind, label.as_deref().filter(|_| is_first));
                is_first = false;
            }
            if let Some(nested) = &item.nested {
                self.list(nested, &numbers, depth + 1);
            }
        }
    }

    fn table(&mut self, table: &Table, depth: usize) {
        for row in &table.rows {
            let mut cells = Vec::new();
            for cell in &row.cells {
                let mut inner = Reader { count: self.count, ..Reader::default() };
                inner.elements(&cell.content, depth + 1);
                self.count = inner.count;
                let cited = inner.cited.into_iter().map(|(id, (mark, _))| (id, (mark, self.blocks.len())));
                self.cited.extend(cited);
                self.notes.append(&mut inner.notes);
                cells.push(inner.blocks);
            }
            self.blocks.extend(row_blocks(cells, 0));
        }
    }

    /// Puts each note after the block that cites it; those that nothing cites come last.
    fn place_notes(self) -> Vec<Block> {
        let mut after: HashMap<usize, Vec<Block>> = HashMap::new();
        let mut last = Vec::new();
        for (id, marker, text) in self.notes {
            let cited = self.cited.get(&id);
            let mark = marker.or_else(|| cited.map(|(mark, _)| mark.clone())).unwrap_or_else(|| id.to_string());
            let text = text.strip_prefix(mark.as_str()).map_or(text.as_str(), str::trim_start).to_owned();
            let block = Block::new(BlockKind::Footnote(mark), text);
            match cited {
                Some((_, index)) => after.entry(*index).or_default().push(block),
                None => last.push(block),
            }
        }
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for (index, block) in self.blocks.into_iter().enumerate() {
            blocks.push(block);
            blocks.extend(after.remove(&index).unwrap_or_default());
        }
        blocks.extend(last);
        blocks
    }
}

fn number_kind(style: Option<&ListStyle>) -> char {
    match style {
        Some(ListStyle::LowerRoman) => 'i',
        Some(ListStyle::UpperRoman) => 'I',
        Some(ListStyle::LowerAlpha) => 'a',
        Some(ListStyle::UpperAlpha) => 'A',
        _ => '1',
    }
}

/// Fills a list's pattern ("(%1)", "%1.%2") with the numbers of its level and those above.
fn label(list: &List, numbers: &[String]) -> String {
    let own = numbers.last().cloned().unwrap_or_default();
    let Some(pattern) = &list.marker_pattern else { return format!("{own}.") };
    let mut text = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek().and_then(|digit| digit.to_digit(10))) {
            ('%', Some(digit)) if digit > 0 => {
                chars.next();
                let at = digit as usize - 1;
                let number = if at == usize::from(list.level) { Some(&own) } else { numbers.get(at) };
                text.push_str(number.unwrap_or(&own));
            }
            _ => text.push(c),
        }
    }
    text.trim().to_owned()
}
