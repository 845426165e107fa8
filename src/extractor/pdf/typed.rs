//! Pages in type of one width and one size: plain text, printed. Its lines are read as those of a text file are.

use super::hyphen::breaks_address;
use super::row::Row;
use crate::document::{Block, BlockKind};
use crate::extractor::label::is_unfinished;

/// Words whose letters stand at one distance, in hundredths of all, from which a document counts as typed.
const TYPED_SHARE: usize = 98;
/// A line further down than so many usual distances follows a blank one.
const GAP: f32 = 1.5;

/// Returns the width of a character where the rows are in type of one width and one size.
pub(super) fn pitch(pages: &[Vec<Row>]) -> Option<f32> {
    let words = || pages.iter().flatten().flat_map(|row| row.words.iter());
    let width = |word: &super::row::Word| (word.x1 - word.x0) / word.text.chars().count().max(1) as f32;
    let long = || words().filter(|word| word.text.chars().count() >= 4);
    let first = long().next()?;
    let (pitch, size) = (width(first), first.size);
    let even = |word: &&super::row::Word| {
        (width(word) - pitch).abs() < 0.02 * pitch && (word.size - size).abs() < 0.2 && !word.raised && word.bold == 0
    };
    let (all, typed) = (long().count(), long().filter(even).count());
    (all >= 20 && typed * 100 >= all * TYPED_SHARE).then_some(pitch)
}

/// The part of a page that type stands on, in points.
struct Area {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    /// Distance of lines.
    leading: f32,
    /// Width of a character.
    pitch: f32,
}

impl Area {
    fn new(pages: &[Vec<Row>], pitch: f32) -> Area {
        let rows = || pages.iter().flatten();
        Area {
            left: rows().map(Row::x0).fold(f32::MAX, f32::min),
            right: rows().map(Row::x1).fold(0.0, f32::max),
            top: rows().map(|row| row.y).fold(f32::MAX, f32::min),
            bottom: rows().map(|row| row.y).fold(0.0, f32::max),
            leading: leading(pages),
            pitch,
        }
    }

    fn indent(&self, row: &Row) -> u16 {
        ((row.x0() - self.left) / self.pitch).round().clamp(0.0, 200.0) as u16
    }

    /// Whether a blank line stands between two rows of a page, or at the end of one page or the start of the next.
    fn has_gap(&self, above: &Row, row: &Row) -> bool {
        let blank = (GAP - 1.0) * self.leading;
        if row.y > above.y {
            return row.y - above.y > GAP * self.leading;
        }
        let ended = above.x1() - self.left < 0.66 * (self.right - self.left) && !is_unfinished(&above.text());
        ended || self.bottom - above.y > blank || row.y - self.top > blank
    }

    /// Whether the edge of the page has broken a line: the first word of the next would not have fitted on it.
    fn is_broken(&self, above: &Row, row: &Row) -> bool {
        let long = above.x1() - above.x0() > 0.6 * (self.right - self.left);
        let unbroken = row.words.iter().skip(1).take_while(|word| word.glued).last().or(row.words.first());
        let word = unbroken.map_or(0.0, |word| word.x1 - row.x0());
        long && self.indent(row) == 0 && above.x1() + self.pitch + word > self.right + 0.5 * self.pitch
    }
}

/// Returns a line for every row, with its indent in characters; lines that the edge of the page has broken are whole
/// again.
pub(super) fn lines(pages: &[Vec<Row>], pitch: f32) -> Vec<Block> {
    let area = Area::new(pages, pitch);
    let mut blocks: Vec<Block> = Vec::new();
    let mut above: Option<&Row> = None;
    for (index, row) in pages.iter().enumerate().flat_map(|(index, page)| page.iter().map(move |row| (index, row))) {
        let gap = above.is_some_and(|above| area.has_gap(above, row));
        let broken = above.is_some_and(|above| area.is_broken(above, row));
        above = Some(row);
        match blocks.last_mut() {
            Some(line) if broken && !gap => join(&mut line.text, &row.text()),
            _ => {
                let mut block = Block::new(BlockKind::Line, row.text());
                (block.gap_before, block.indent, block.page) = (gap, area.indent(row), index as u32 + 1);
                blocks.push(block);
            }
        }
    }
    blocks
}

/// Appends the rest of a line, with a space where it was broken at one.
fn join(line: &mut String, rest: &str) {
    let hyphen = line.ends_with('-') && line.chars().rev().nth(1).is_some_and(char::is_alphanumeric);
    let link = line.ends_with(']') && rest.starts_with('(');
    if !hyphen && !link && !breaks_address(line, rest) {
        line.push(' ');
    }
    line.push_str(rest);
}

/// The smallest common distance of rows.
fn leading(pages: &[Vec<Row>]) -> f32 {
    let mut distances: Vec<f32> = pages
        .iter()
        .flat_map(|rows| rows.windows(2))
        .filter_map(|pair| if let [above, row] = pair { Some(row.y - above.y) } else { None })
        .filter(|distance| *distance > 1.0)
        .collect();
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() / 20).copied().unwrap_or(12.0)
}
