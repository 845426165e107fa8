//! Pages taken apart: what is furniture, what is a note, and how the rest flows.

use super::device::PageInk;
use super::furniture::take_furniture;
use super::layout::{Flow, flows};
use super::line::Line;
use super::note::take_notes;
use super::row::{Row, main_size, rows};
use crate::document::{Block, BlockKind, LeftOutReason};

/// The part of a first page that its letterhead may take.
const LETTERHEAD: f32 = 0.5;

/// A page taken apart.
pub(super) struct Page {
    pub flows: Vec<Flow>,
    pub notes: Vec<Line>,
    pub left_out: Vec<Block>,
}

/// Takes furniture, notes and ornaments off the pages and lays out what is left.
pub(super) fn take_apart(pages: &[PageInk]) -> Vec<Page> {
    let mut all_rows: Vec<Vec<Row>> = pages.iter().map(rows).collect();
    let heights: Vec<f32> = pages.iter().map(|page| page.height).collect();
    let left_out = take_furniture(&mut all_rows, &heights);
    let words = all_rows.iter().flatten().flat_map(|row| row.words.iter());
    let body = main_size(words.map(|word| (word.size, word.printed))).unwrap_or(10.0);
    let mut apart = Vec::with_capacity(pages.len());
    let mut open = false;
    for (index, ((ink, mut rows), mut left_out)) in pages.iter().zip(all_rows).zip(left_out).enumerate() {
        let note_rows = take_notes(&mut rows, &ink.rules, body, open);
        open = !note_rows.is_empty();
        let letterhead = if index == 0 { letterhead(&rows, ink.height) } else { 0.0 };
        let askew = ink.askew.trim();
        let mut ornaments = if askew.is_empty() { Vec::new() } else { vec![askew.to_owned()] };
        rows.retain(|row| keep_or_take(row, &mut ornaments));
        let notes = note_rows.iter().filter(|row| keep_or_take(row, &mut ornaments)).filter_map(Line::of_row).collect();
        left_out.extend(ornaments.into_iter().map(|text| {
            let mut block = Block::new(BlockKind::Furniture(LeftOutReason::Ornament), text);
            block.page = index as u32 + 1;
            block
        }));
        apart.push(Page { flows: flows(rows, &ink.rules, letterhead), notes, left_out });
    }
    apart
}

/// Keeps rows with words; takes rules made of signs, lone signs and the like.
fn keep_or_take(row: &Row, ornaments: &mut Vec<String>) -> bool {
    let text = row.text();
    let is_text = text.chars().any(char::is_alphanumeric) || text.starts_with(['…', '.', '[']);
    if !is_text {
        ornaments.push(text);
    }
    is_text
}

/// Returns how far down the letterhead of a document of the UN reaches: to its last line on languages or distribution.
fn letterhead(rows: &[Row], height: f32) -> f32 {
    const ENDS: [&str; 10] = [
        "Original:",
        "ORIGINAL:",
        "Distr.",
        "DISTR",
        "English only",
        "ENGLISH ONLY",
        "Оригинал:",
        "ОРИГИНАЛ:",
        "Язык оригинала",
        "Общее распространение",
    ];
    rows.iter()
        .filter(|row| row.y < LETTERHEAD * height)
        .filter(|row| {
            let text = row.text();
            ENDS.iter().any(|end| text.contains(end))
        })
        .map(|row| row.y + 1.0)
        .fold(0.0, f32::max)
}
