//! The walk over the text of an OpenDocument file.

use std::collections::HashMap;

use super::style::{LEVELS, Styles, TextFormat};
use crate::document::{Block, BlockKind, LeftOutReason};
use crate::extractor::ExtractError;
use crate::extractor::heading::kind_by_look;
use crate::extractor::styled::{Look, Styled};
use crate::extractor::table::{joined, row_blocks};
use crate::extractor::xml::{Event, Events, Tag};

/// Elements whose content is not part of the text.
const LEFT_OUT: [&str; 6] = ["tracked-changes", "annotation", "annotation-end", "forms", "ruby-text", "desc"];

#[derive(Debug, Default)]
struct Open {
    styled: Styled,
    heading: Option<u8>,
    style: String,
    /// Its number and the depth of its bullet, told before a note in it could take them.
    item: (Option<String>, Option<u8>),
    /// Formats of the open spans, innermost last.
    spans: Vec<TextFormat>,
    notes: Vec<Block>,
    boxes: Vec<Block>,
}

#[derive(Debug)]
struct List {
    style: Option<String>,
    /// The first paragraph of an item carries its number.
    fresh: bool,
    item_start: Option<i64>,
}

#[derive(Debug, Default)]
struct Table {
    cell: Vec<Block>,
    cells: Vec<Vec<Block>>,
    blocks: Vec<Block>,
    in_cell: bool,
}

#[derive(Debug, Default)]
struct Note {
    mark: String,
    in_mark: bool,
    blocks: Vec<Block>,
    /// Paragraphs that were open around the note.
    depth: usize,
}

/// The reader of one part.
pub(super) struct Body<'s> {
    styles: &'s Styles,
    blocks: Vec<Block>,
    open: Vec<Open>,
    lists: Vec<List>,
    /// Counts by list style.
    counts: HashMap<String, [Option<i64>; LEVELS]>,
    outline: [Option<i64>; LEVELS],
    tables: Vec<Table>,
    notes: Vec<Note>,
    left_out: usize,
    contents: usize,
    page: u32,
    paged: bool,
    /// An empty paragraph stands before the next one.
    gap: bool,
}

impl<'s> Body<'s> {
    fn new(styles: &'s Styles) -> Body<'s> {
        Body {
            styles,
            blocks: Vec::new(),
            open: Vec::new(),
            lists: Vec::new(),
            counts: HashMap::new(),
            outline: [None; LEVELS],
            tables: Vec::new(),
            notes: Vec::new(),
            left_out: 0,
            contents: 0,
            page: 1,
            paged: false,
            gap: false,
        }
    }

    /// Returns the blocks of the content part.
    pub fn read(xml: &str, styles: &'s Styles) -> Result<Vec<Block>, ExtractError> {
        let mut body = Body::new(styles);
        let mut events = Events::new(xml);
        let mut in_body = false;
        while let Some(event) = events.next()? {
            match &event {
                Event::Start(tag) if tag.name() == "body" => in_body = true,
                Event::End(name) if name == "body" => in_body = false,
                event if in_body => body.event(event),
                _ => {}
            }
        }
        if !body.paged {
            body.blocks.iter_mut().for_each(|block| block.page = 0);
        }
        Ok(body.blocks)
    }

    /// Returns headers and footers as furniture.
    pub fn read_running_heads(xml: &str, styles: &'s Styles) -> Result<Vec<Block>, ExtractError> {
        let mut body = Body::new(styles);
        let mut inside = 0usize;
        let mut events = Events::new(xml);
        while let Some(event) = events.next()? {
            match &event {
                Event::Start(tag) if is_running_head(tag.name()) => inside += 1,
                Event::End(name) if is_running_head(name) => inside = inside.saturating_sub(1),
                event if inside > 0 => body.event(event),
                _ => {}
            }
        }
        let mut heads: Vec<Block> = Vec::new();
        for block in body.blocks {
            let is_number = block.text.chars().all(|c| c.is_ascii_digit());
            if !is_number && !heads.iter().any(|known| known.text == block.text) {
                heads.push(Block::new(BlockKind::Furniture(LeftOutReason::RunningHead), block.text));
            }
        }
        Ok(heads)
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) if self.left_out > 0 || LEFT_OUT.contains(&tag.name()) => self.left_out += 1,
            Event::End(_) if self.left_out > 0 => self.left_out -= 1,
            Event::Start(tag) => self.start(tag),
            Event::End(name) => self.end(name),
            Event::Text(text) if self.left_out == 0 => self.put(text),
            Event::Text(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "p" | "h" => {
                let heading = (tag.name() == "h")
                    .then(|| tag.attribute("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1));
                let style = tag.attribute("style-name").unwrap_or_default();
                let item = self.item(&style);
                self.open.push(Open { heading, style, item, ..Open::default() });
            }
            "span" => {
                let format = self.styles.format("text", &tag.attribute("style-name").unwrap_or_default());
                if let Some(open) = self.open.last_mut() {
                    let below = open.spans.last().copied().unwrap_or_default();
                    open.spans.push(format.or(below));
                }
            }
            "s" => {
                let count = tag.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.put(&" ".repeat(count.clamp(1, 200)));
            }
            "tab" => self.put("\t"),
            "line-break" => self.put("\n"),
            "soft-page-break" => {
                self.page = self.page.saturating_add(1);
                self.paged = true;
            }
            "list" => self.start_list(tag),
            "list-item" | "list-header" => {
                let start = tag.attribute("start-value").and_then(|start| start.parse().ok());
                let fresh = tag.name() == "list-item";
                if let Some(list) = self.lists.last_mut() {
                    (list.fresh, list.item_start) = (fresh, start);
                }
            }
            "table-of-content" | "alphabetical-index" => self.contents += 1,
            "note" => self.notes.push(Note { depth: self.open.len(), ..Note::default() }),
            "note-citation" => self.mark(true),
            "table" => self.tables.push(Table::default()),
            "table-cell" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = true;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "span" => {
                if let Some(open) = self.open.last_mut() {
                    open.spans.pop();
                }
            }
            "list" => {
                self.lists.pop();
            }
            "table-of-content" | "alphabetical-index" => self.contents = self.contents.saturating_sub(1),
            "note-citation" => self.mark(false),
            "note" => self.end_note(),
            "table-cell" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                    let cell = std::mem::take(&mut table.cell);
                    table.cells.push(cell);
                }
            }
            "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    let cells = std::mem::take(&mut table.cells);
                    table.blocks.extend(row_blocks(cells, self.page));
                }
            }
            "table" => self.end_table(),
            _ => {}
        }
    }

    fn mark(&mut self, open: bool) {
        if let Some(note) = self.notes.last_mut() {
            note.in_mark = open;
        }
    }

    fn put(&mut self, text: &str) {
        if let Some(note) = self.notes.last_mut()
            && note.in_mark
        {
            note.mark.push_str(text.trim());
            if let Some(open) = self.open.last_mut() {
                open.styled.push_mark(text.trim());
            }
            return;
        }
        let Some(open) = self.open.last_mut() else { return };
        let below = self.styles.format("paragraph", &open.style);
        let format = open.spans.last().copied().unwrap_or_default().or(below);
        if format.hidden == Some(true) {
            return;
        }
        let [bold, italic, raised] = [format.bold, format.italic, format.raised].map(|set| set == Some(true));
        let look = Look { bold, italic, raised };
        // Line ends of the file are spaces; breaks have an element of their own.
        if text == "\n" { open.styled.push(text, look) } else { open.styled.push(&text.replace('\n', " "), look) }
    }

    fn start_list(&mut self, tag: &Tag<'_>) {
        let style = tag.attribute("style-name").or_else(|| self.lists.last().and_then(|list| list.style.clone()));
        let goes_on = tag.attribute("continue-numbering").is_some_and(|value| value == "true")
            || tag.attribute("continue-list").is_some();
        if let Some(style) = &style
            && !goes_on
        {
            let level = self.lists.len();
            let counts = self.counts.entry(style.clone()).or_default();
            for count in counts.iter_mut().skip(level) {
                *count = None;
            }
        }
        self.lists.push(List { style, fresh: false, item_start: None });
    }

    /// Returns the label of the paragraph that starts an item, and whether it has a bullet.
    fn item(&mut self, paragraph_style: &str) -> (Option<String>, Option<u8>) {
        let level = self.lists.len().saturating_sub(1).min(LEVELS - 1);
        let Some(list) = self.lists.last_mut().filter(|list| list.fresh) else { return (None, None) };
        list.fresh = false;
        let start = list.item_start.take();
        let own = list.style.clone().or_else(|| self.styles.list_of(paragraph_style).map(str::to_owned));
        let Some(style) = own else { return (None, None) };
        let Some(definition) = self.styles.level(&style, level) else { return (None, None) };
        if definition.is_bullet {
            return (None, Some(level as u8));
        }
        let first = definition.start;
        let counts = self.counts.entry(style.clone()).or_default();
        let numbers = count_on(counts, level, start, first);
        (self.styles.label(Some(&style), level, &numbers), None)
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let (label, bullet) = open.item;
        let label = label.or_else(|| {
            let level = usize::from(open.heading?.max(1)) - 1;
            let definition = self.styles.outline_level(level)?;
            let numbers = count_on(&mut self.outline, level.min(LEVELS - 1), None, definition.start);
            self.styles.label(None, level, &numbers)
        });
        let mut blocks = Vec::new();
        if !open.styled.is_blank() {
            let text = match &label {
                Some(label) => format!("{label} {}", open.styled.text()),
                None => open.styled.text().to_owned(),
            };
            let kind = match (open.heading, bullet) {
                _ if self.contents > 0 => BlockKind::Furniture(LeftOutReason::TableOfContents),
                (Some(depth), _) => BlockKind::Heading(depth),
                (None, Some(depth)) => BlockKind::Bullet(depth),
                _ => kind_by_look(&text, open.styled.weight()),
            };
            let mut block = open.styled.into_block(kind, label.as_deref());
            block.page = self.page;
            block.gap_before = std::mem::take(&mut self.gap);
            blocks.push(block);
        } else {
            self.gap = true;
        }
        blocks.extend(open.boxes);
        blocks.extend(open.notes);
        self.place(blocks);
    }

    fn place(&mut self, mut blocks: Vec<Block>) {
        if let Some(note) = self.notes.last_mut().filter(|note| note.depth == self.open.len()) {
            note.blocks.append(&mut blocks);
        } else if let Some(anchor) = self.open.last_mut() {
            anchor.boxes.append(&mut blocks);
        } else if let Some(table) = self.tables.last_mut().filter(|table| table.in_cell) {
            table.cell.append(&mut blocks);
        } else {
            self.blocks.append(&mut blocks);
        }
    }

    fn end_note(&mut self) {
        let Some(note) = self.notes.pop() else { return };
        let mut block = Block::new(BlockKind::Footnote(note.mark), joined(&note.blocks));
        block.page = self.page;
        if let Some(open) = self.open.last_mut() {
            open.notes.push(block);
        }
    }

    fn end_table(&mut self) {
        if let Some(table) = self.tables.pop() {
            self.place(table.blocks);
        }
    }
}

fn is_running_head(name: &str) -> bool {
    matches!(name, "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first")
}

/// Counts an item on a level and returns the counts down to it.
fn count_on(counts: &mut [Option<i64>; LEVELS], level: usize, start: Option<i64>, first: i64) -> Vec<i64> {
    for (at, count) in counts.iter_mut().enumerate() {
        if at == level {
            *count = Some(start.unwrap_or_else(|| count.map_or(first, |count| count.saturating_add(1))));
        } else if at > level {
            *count = None;
        }
    }
    counts.iter().take(level + 1).map(|count| count.unwrap_or(1)).collect()
}
