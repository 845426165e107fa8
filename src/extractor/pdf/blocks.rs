//! Pages to blocks: puts the steps together and joins what page ends cut apart.

use super::contents::mark_contents;
use super::device::PageInk;
use super::furniture::take_furniture;
use super::hyphen::Vocabulary;
use super::layout::Flow;
use super::line::{Line, Opening};
use super::page::{Page, take_apart};
use super::paragraph::{Measure, half_points, notes, paragraphs, take_mark};
use super::row::{Row, main_size, rows};
use super::typed;
use crate::document::{Block, BlockKind, Emphasis};
use crate::extractor::heading::looks_like_heading;
use crate::extractor::label::is_unfinished;

/// Returns the blocks of all pages in reading order.
pub(super) fn blocks(pages: &[PageInk]) -> Vec<Block> {
    if let Some(lines) = typed_lines(pages) {
        return lines;
    }
    let soft_is_printed = pages.iter().any(prints_soft_hyphens);
    let pages = take_apart(pages);
    let lines = || pages.iter().flat_map(|page| page.flows.iter()).filter_map(flow_lines);
    let measure = Measure::new(lines());
    let printed = pages.iter().flat_map(|page| {
        page.flows.iter().filter_map(flow_lines).flatten().chain(&page.notes).map(|line| line.text.as_str())
    });
    let vocabulary = Vocabulary::read(printed, soft_is_printed);
    let mut builder = Builder {
        measure,
        vocabulary,
        blocks: Vec::new(),
        styles: Vec::new(),
        open: None,
        note: None,
        last_number: None,
        page: 0,
    };
    for page in pages {
        builder.add_page(page);
    }
    builder.finish()
}

/// Returns the lines of a document in type of one width, with its furniture.
fn typed_lines(pages: &[PageInk]) -> Option<Vec<Block>> {
    let mut rows: Vec<Vec<Row>> = pages.iter().map(rows).collect();
    let pitch = typed::pitch(&rows)?;
    let heights: Vec<f32> = pages.iter().map(|page| page.height).collect();
    let left_out = take_furniture(&mut rows, &heights);
    Some(left_out.into_iter().flatten().chain(typed::lines(&rows, pitch)).collect())
}

/// Whether soft hyphens stand within words of one line, where none would be printed.
fn prints_soft_hyphens(page: &PageInk) -> bool {
    page.glyphs.windows(2).any(|pair| {
        let [hyphen, next] = pair else { return false };
        let beside = (hyphen.y - next.y).abs() < 0.1 * hyphen.size && (next.x0 - hyphen.x1).abs() < 0.15 * hyphen.size;
        beside && page.glyph_text(hyphen) == "\u{ad}" && page.glyph_text(next).chars().all(char::is_alphanumeric)
    })
}

fn flow_lines(flow: &Flow) -> Option<&[Line]> {
    match flow {
        Flow::Lines(lines) => Some(lines),
        Flow::Loose(_) | Flow::Table(_) => None,
    }
}

/// The end of a paragraph that may go on in the next column or on the next page.
struct Open {
    block: usize,
    first: Line,
    last: Line,
    count: usize,
    edge: f32,
}

struct Builder {
    measure: Measure,
    vocabulary: Vocabulary,
    blocks: Vec<Block>,
    /// Size in half points and weight of each heading, by the index of its block.
    styles: Vec<(usize, (i32, bool))>,
    open: Option<Open>,
    /// The last footnote, which may go on on the next page.
    note: Option<usize>,
    /// The number of the last numbered footnote.
    last_number: Option<u32>,
    page: u32,
}

impl Builder {
    fn add_page(&mut self, page: Page) {
        self.page += 1;
        let first = self.blocks.len();
        for flow in page.flows {
            match flow {
                Flow::Lines(lines) => self.add_lines(lines),
                Flow::Loose(lines) => self.add_loose(lines),
                Flow::Table(rows) => self.add_table(rows),
            }
        }
        mark_contents(self.blocks.get_mut(first..).unwrap_or(&mut []));
        self.styles.retain(|(index, _)| {
            self.blocks.get(*index).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)))
        });
        self.add_notes(page.notes);
        mark_asterisks(self.blocks.get_mut(first..).unwrap_or(&mut []));
        self.blocks.extend(page.left_out);
    }

    fn add_loose(&mut self, lines: Vec<Line>) {
        for line in lines {
            // A large first letter of a symbol has a base line of its own: "A" and "/HRC/14/15".
            if let Some(last) = self.blocks.last_mut().filter(|last| line.text.starts_with('/') && last.text.len() <= 2)
            {
                last.text.push_str(&line.text);
                continue;
            }
            let mut block = Block::new(BlockKind::Paragraph, "");
            block.page = self.page;
            append(Some(&mut block), &line, &self.vocabulary);
            block.emphasis = emphasis(line.is_bold(), false);
            self.blocks.push(block);
        }
    }

    fn add_lines(&mut self, lines: Vec<Line>) {
        let edge = lines.iter().map(|line| line.x1).fold(0.0, f32::max);
        let left = lines.iter().map(|line| line.x0).fold(f32::MAX, f32::min);
        for (index, paragraph) in paragraphs(lines, &self.measure).into_iter().enumerate() {
            let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { continue };
            let goes_on = index == 0 && self.open.as_ref().is_some_and(|open| goes_on(open, first, &self.blocks));
            if goes_on && let Some(open) = &mut self.open {
                open.last = last.clone();
                open.edge = edge;
                open.count += paragraph.len();
                let (block, count) = (open.block, open.count);
                for line in &paragraph {
                    append(self.blocks.get_mut(block), line, &self.vocabulary);
                }
                self.judge_again(block, count);
                continue;
            }
            let (first, last, count) = (first.clone(), last.clone(), paragraph.len());
            self.add_paragraph(paragraph, left);
            let block = self.blocks.len().saturating_sub(1);
            self.open = Some(Open { block, first, last, count, edge });
        }
    }

    fn add_paragraph(&mut self, mut lines: Vec<Line>, left: f32) {
        let Some(first) = lines.first_mut() else { return };
        let mut kind = BlockKind::Paragraph;
        if let Opening::Bullet(len) = first.opening {
            let cut = len + first.text.get(len..).map_or(0, |rest| rest.len() - rest.trim_start().len());
            first.text.drain(..cut.min(first.text.len()));
            first.raised.clear();
            kind = BlockKind::Bullet((((first.x0 - left) / 24.0).round().clamp(0.0, 6.0)) as u8);
        } else if first.size < 0.97 * self.measure.body
            && first.raised.first().is_some_and(|range| range.start == 0)
            && let Some(mark) = take_mark(first)
        {
            kind = BlockKind::Footnote(mark);
        }
        let size = main_size(lines.iter().map(|line| (line.size, line.printed))).unwrap_or(self.measure.body);
        let (bold, italic) = weight(&lines);
        let mut block = Block::new(kind, "");
        block.page = self.page;
        block.emphasis = emphasis(bold, italic);
        let count = lines.len();
        for line in &lines {
            append(Some(&mut block), line, &self.vocabulary);
        }
        if block.kind == BlockKind::Paragraph
            && looks_like_heading(&block.text, count, size / self.measure.body, bold, italic)
        {
            block.kind = BlockKind::Heading(1);
            self.styles.push((self.blocks.len(), (half_points(size), bold)));
        }
        self.blocks.push(block);
    }

    /// A heading that went on over the end of a page may prove to be a paragraph.
    fn judge_again(&mut self, index: usize, count: usize) {
        let Some(block) = self.blocks.get_mut(index) else { return };
        let Some((_, (size, bold))) = self.styles.iter().find(|(styled, _)| *styled == index) else { return };
        let italic = matches!(block.emphasis, Emphasis::Italic | Emphasis::BoldItalic);
        if !looks_like_heading(&block.text, count, *size as f32 / 2.0 / self.measure.body, *bold, italic) {
            block.kind = BlockKind::Paragraph;
            self.styles.retain(|(styled, _)| *styled != index);
        }
    }

    fn add_table(&mut self, rows: Vec<Vec<String>>) {
        self.open = None;
        for cells in rows {
            let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
            if cells.iter().any(|cell| cell.chars().any(char::is_alphanumeric)) {
                let mut block = Block::new(BlockKind::TableRow, cells.join(" | "));
                block.page = self.page;
                self.blocks.push(block);
            }
        }
    }

    fn add_notes(&mut self, lines: Vec<Line>) {
        let had_notes = !lines.is_empty();
        for (mark, lines) in notes(lines, self.last_number) {
            self.last_number = mark.as_deref().and_then(|mark| mark.parse().ok()).or(self.last_number);
            let block = match (mark, self.note) {
                (None, Some(open)) => open,
                (mark, _) => {
                    let kind = mark.map_or(BlockKind::Paragraph, BlockKind::Footnote);
                    let mut block = Block::new(kind, "");
                    block.page = self.page;
                    self.blocks.push(block);
                    self.blocks.len() - 1
                }
            };
            for line in &lines {
                append(self.blocks.get_mut(block), line, &self.vocabulary);
            }
            self.note = Some(block);
        }
        if !had_notes {
            self.note = None;
        }
    }

    /// Numbers the headings' depths by size, then weight, and returns the blocks.
    fn finish(mut self) -> Vec<Block> {
        let mut ranks: Vec<(i32, bool)> = self.styles.iter().map(|(_, style)| *style).collect();
        ranks.sort_unstable_by(|a, b| b.cmp(a));
        ranks.dedup();
        for (index, style) in &self.styles {
            let depth = ranks.iter().position(|rank| rank == style).unwrap_or(0).min(5) as u8 + 1;
            if let Some(block) = self.blocks.get_mut(*index) {
                block.kind = BlockKind::Heading(depth);
            }
        }
        self.blocks.retain(|block| !block.text.trim().is_empty());
        self.blocks
    }
}

/// Whether the first line of a column goes on with the paragraph before it.
fn goes_on(open: &Open, line: &Line, blocks: &[Block]) -> bool {
    let Some(block) = blocks.get(open.block) else { return false };
    // What looks like a heading may be the first lines of a bold paragraph.
    let joinable = !matches!(block.kind, BlockKind::TableRow | BlockKind::Furniture(_));
    let same_size = (open.last.size / line.size - 1.0).abs() < 0.07;
    let labelled = match line.opening {
        Opening::Text => false,
        Opening::Label { wide } => wide || !is_unfinished(&block.text),
        Opening::Bullet(_) => true,
    };
    if !joinable || !same_size || labelled || open.last.is_bold() != line.is_bold() {
        return false;
    }
    let full = open.last.x1 + 0.3 * line.size + line.first_word > open.edge - 0.5 * line.size;
    let starts_small = line.text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    if is_unfinished(&block.text) {
        return starts_small || full;
    }
    // A sentence has ended: the paragraph goes on only where its kind shows its openings and this line is none.
    let opens_visibly = open.count >= 2
        && (matches!(open.first.opening, Opening::Label { .. }) || open.first.x0 - open.last.x0 > 0.9 * line.size);
    full && opens_visibly && (line.x0 - open.last.x0).abs() < 0.5 * line.size
}

fn append(block: Option<&mut Block>, line: &Line, vocabulary: &Vocabulary) {
    let Some(block) = block else { return };
    vocabulary.join(&mut block.text, &line.text);
    let start = block.text.len() - line.text.len();
    block.raised.extend(line.raised.iter().map(|range| range.start + start..range.end + start));
}

fn weight(lines: &[Line]) -> (bool, bool) {
    let printed: u32 = lines.iter().map(|line| line.printed).sum();
    let share = |count: u32| printed > 0 && count * 20 >= printed * 19;
    (share(lines.iter().map(|line| line.bold).sum()), share(lines.iter().map(|line| line.italic).sum()))
}

fn emphasis(bold: bool, italic: bool) -> Emphasis {
    match (bold, italic) {
        (true, true) => Emphasis::BoldItalic,
        (true, false) => Emphasis::Bold,
        (false, true) => Emphasis::Italic,
        (false, false) => Emphasis::None,
    }
}

/// Marks made of asterisks are often set without being raised: those of a page's notes count as raised.
fn mark_asterisks(blocks: &mut [Block]) {
    let marks: Vec<String> = blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Footnote(mark) if mark.chars().all(|c| c == '*') => Some(mark.clone()),
            _ => None,
        })
        .collect();
    for block in blocks.iter_mut().filter(|block| !matches!(block.kind, BlockKind::Footnote(_))) {
        for (start, run) in asterisks(&block.text) {
            let range = start..start + run;
            let follows = block.text.get(..start).is_some_and(|before| before.ends_with(|c: char| !c.is_whitespace()));
            if follows && marks.iter().any(|mark| mark.len() == run) && !block.raised.contains(&range) {
                block.raised.push(range);
            }
        }
        block.raised.sort_by_key(|range| range.start);
    }
}

/// Returns the runs of asterisks in a text with their lengths, in bytes.
fn asterisks(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.match_indices('*') {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}
