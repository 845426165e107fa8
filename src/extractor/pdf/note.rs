//! Where the footnotes of a page begin.

use super::device::Rule;
use super::row::{Row, WIDE_GAP};
use crate::extractor::label::is_mark;

/// Footnotes are set smaller than this share of the text.
const NOTE_SIZE: f32 = 0.95;

/// Takes the rows of footnotes off the end of a page. `open` says whether the page before ended in a footnote.
pub(super) fn take_notes(rows: &mut Vec<Row>, rules: &[Rule], body: f32, open: bool) -> Vec<Row> {
    if let Some(start) = below_typed_rule(rows, open) {
        return rows.split_off(start);
    }
    let small = rows.iter().rev().take_while(|row| row.size < NOTE_SIZE * body).count();
    let first_small = rows.len() - small;
    let ruled = |index: usize| {
        let (Some(row), before) = (rows.get(index), index.checked_sub(1).and_then(|index| rows.get(index))) else {
            return false;
        };
        let top = before.map_or(0.0, |before| before.y - 1.0);
        let width = rows.iter().map(Row::x1).fold(0.0, f32::max) - rows.iter().map(Row::x0).fold(f32::MAX, f32::min);
        rules.iter().any(|rule| {
            let length = rule.x1 - rule.x0;
            rule.is_horizontal()
                && rule.y0 > top
                && rule.y0 < row.y - 0.5 * row.size
                && length < 0.62 * width.max(1.0)
                && rule.x0 < row.x0() + 3.0 * row.size
        })
    };
    let start = (first_small..rows.len()).find(|&index| {
        let Some(row) = rows.get(index) else { return false };
        let rule = ruled(index);
        has_raised_mark(row)
            || (rule && (has_plain_mark(row) || has_number(row) || open))
            || (open && index == 0)
            || (has_asterisk(row) && is_apart(rows, index))
    });
    match start {
        Some(start) => rows.split_off(start),
        None => Vec::new(),
    }
}

/// Finds notes below a rule that is typed, as old documents of the UN have it.
fn below_typed_rule(rows: &[Row], open: bool) -> Option<usize> {
    let is_rule = |row: &Row| {
        let text = row.text();
        text.len() >= 5 && text.chars().all(|c| matches!(c, '_' | '-' | '–' | '—' | ' '))
    };
    let at = rows.iter().rposition(is_rule)?;
    let first = rows.get(at + 1)?;
    let low = at * 3 >= rows.len();
    (low && (open || has_raised_mark(first) || has_asterisk(first) || has_plain_mark(first))).then_some(at)
}

fn has_raised_mark(row: &Row) -> bool {
    row.words.first().is_some_and(|word| word.raised && is_mark(&word.text)) && row.words.len() > 1
}

fn has_asterisk(row: &Row) -> bool {
    row.words.first().is_some_and(|word| word.text.chars().all(|c| c == '*'))
}

fn has_plain_mark(row: &Row) -> bool {
    let [first, second, ..] = row.words.as_slice() else { return false };
    let mark = first.text.trim_end_matches(['.', ')']);
    is_mark(mark)
        && (second.x0 - first.x1 > WIDE_GAP * row.size || first.size < 0.85 * second.size || has_asterisk(row))
}

/// "12 See the report": a number without a full stop, before a capital.
fn has_number(row: &Row) -> bool {
    let [first, second, ..] = row.words.as_slice() else { return false };
    first.text.len() <= 3
        && first.text.bytes().all(|byte| byte.is_ascii_digit())
        && second.text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

fn is_apart(rows: &[Row], index: usize) -> bool {
    let pair = index.checked_sub(1).and_then(|before| rows.get(before)).zip(rows.get(index));
    pair.is_none_or(|(before, row)| row.y - before.y > 1.3 * before.size)
}
