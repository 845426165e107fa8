//! Rows of a page to flows in reading order: columns one after the other, tables row by row.
//!
//! A gutter is a band of white that runs down several rows with print on both sides. What stands beside it is a table
//! where lines are ruled or cells are short, else columns of prose.

use super::device::Rule;
use super::line::Line;
use super::row::{Row, WIDE_GAP, Word};
use crate::extractor::label::{is_bullet, is_dash_bullet, is_label, is_mark};

/// A gutter has print on both sides in so many rows at least; a narrow one may be chance, so that it needs more.
const GUTTER_ROWS: usize = 3;
const NARROW_GUTTER_ROWS: usize = 6;
/// A gutter is wide from so many type sizes on.
const WIDE_GUTTER: f32 = 2.0;
/// Columns within columns are looked for so deep.
const DEPTH: u32 = 4;
/// No page has more rows than this to be searched for gutters.
const MAX_ROWS: usize = 400;

/// A part of a page that is read from top to bottom.
#[derive(Debug)]
pub(super) enum Flow {
    /// Lines of one column, with the right edge that full lines reach.
    Lines(Vec<Line>),
    /// Lines of a letterhead, each for itself.
    Loose(Vec<Line>),
    /// Rows of cells.
    Table(Vec<Vec<String>>),
}

/// Returns the flows of a page in reading order. `letterhead` is how far down the letterhead of a first page reaches.
pub(super) fn flows(mut rows: Vec<Row>, rules: &[Rule], letterhead: f32) -> Vec<Flow> {
    let text = rows.split_off(rows.iter().take_while(|row| row.y <= letterhead).count());
    let mut flows = Vec::new();
    let parts = |row: &Row| parts(row).into_iter().filter_map(|words| Line::new(words, row.y)).collect::<Vec<_>>();
    if !rows.is_empty() {
        flows.push(Flow::Loose(rows.iter().flat_map(parts).collect()));
    }
    read(text, rules, DEPTH, &mut flows);
    flows
}

fn read(rows: Vec<Row>, rules: &[Rule], depth: u32, flows: &mut Vec<Flow>) {
    let found = if depth == 0 || rows.len() > MAX_ROWS { None } else { find_gutter(&rows) };
    let Some(gutter) = found else {
        push_lines(&rows, flows);
        return;
    };
    let mut above = rows;
    let mut band = above.split_off(gutter.first.min(above.len()));
    let below = band.split_off((gutter.last + 1 - gutter.first).min(band.len()));
    if !above.is_empty() {
        read(above, rules, depth, flows);
    }
    if is_table(&band, &gutter, rules) {
        flows.push(Flow::Table(table(&band, rules)));
    } else {
        let middle = (gutter.x0 + gutter.x1) / 2.0;
        let (left, right) = split(band, middle);
        read(left, rules, depth - 1, flows);
        read(right, rules, depth - 1, flows);
    }
    if !below.is_empty() {
        read(below, rules, depth, flows);
    }
}

fn push_lines(rows: &[Row], flows: &mut Vec<Flow>) {
    let lines: Vec<Line> = rows.iter().filter_map(Line::of_row).collect();
    if !lines.is_empty() {
        flows.push(Flow::Lines(lines));
    }
}

/// Returns the parts of a row of a letterhead: sender, symbol and date stand apart on one base line.
fn parts(row: &Row) -> Vec<&[Word]> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, pair) in row.words.windows(2).enumerate() {
        if let [left, right] = pair
            && right.x0 - left.x1 > 2.5 * row.size
            && !is_label(&left.text)
        {
            parts.extend(row.words.get(start..=index));
            start = index + 1;
        }
    }
    parts.extend(row.words.get(start..));
    parts
}

#[derive(Debug, Clone, Copy)]
struct Gutter {
    x0: f32,
    x1: f32,
    first: usize,
    last: usize,
    support: usize,
}

/// Returns the gutter with most rows beside it.
fn find_gutter(rows: &[Row]) -> Option<Gutter> {
    let mut best: Option<Gutter> = None;
    for (index, row) in rows.iter().enumerate() {
        for (x0, x1) in gaps(row) {
            let inside =
                |gutter: &Gutter| (gutter.first..=gutter.last).contains(&index) && x0 <= gutter.x0 && gutter.x1 <= x1;
            if best.as_ref().is_some_and(inside) {
                continue;
            }
            let gutter = grow(rows, index, x0, x1);
            if is_sure(rows, &gutter) && !hangs(rows, &gutter) && best.is_none_or(|best| gutter.support > best.support)
            {
                best = Some(gutter);
            }
        }
    }
    best
}

/// Whether a gutter is too long or too wide to have come about by chance.
fn is_sure(rows: &[Row], gutter: &Gutter) -> bool {
    let size = rows.get(gutter.first).map_or(10.0, |row| row.size);
    let needed = if gutter.x1 - gutter.x0 >= WIDE_GUTTER * size { GUTTER_ROWS } else { NARROW_GUTTER_ROWS };
    gutter.support >= needed
}

/// Returns the wide gaps of a row that no label, bullet or mark explains.
fn gaps(row: &Row) -> Vec<(f32, f32)> {
    let mut gaps = Vec::new();
    let mut cell_start = 0;
    let mut spaces: Vec<f32> = row.words.windows(2).map(gap).collect();
    spaces.sort_by(f32::total_cmp);
    // Where lines are spaced out to a common edge, all their gaps are wide and none means anything.
    let usual = spaces.get(spaces.len() / 2).copied().unwrap_or(0.0);
    for (index, pair) in row.words.windows(2).enumerate() {
        let [left, right] = pair else { continue };
        let gap = right.x0 - left.x1;
        if gap <= WIDE_GAP * row.size || (gap <= WIDE_GUTTER * row.size && gap < 1.8 * usual) {
            continue;
        }
        let hangs = row.words.get(cell_start..=index).is_some_and(|left| is_numbering(left, gap < 6.0 * row.size));
        cell_start = index + 1;
        if !hangs {
            gaps.push((left.x1, right.x0));
        }
    }
    gaps
}

/// Whether words are only what is printed before paragraphs: "21.", "5., 6., 7.", "•", or a mark where it stands near.
fn is_numbering(words: &[Word], near: bool) -> bool {
    words.iter().all(|word| {
        let text = word.text.trim_end_matches(',');
        is_label(text) || is_bullet(text) || is_dash_bullet(text) || (near && words.len() == 1 && is_mark(text))
    })
}

/// Whether what stands left of a gutter are mostly numbers of paragraphs, which hang beside their text.
fn hangs(rows: &[Row], gutter: &Gutter) -> bool {
    let beside = rows.get(gutter.first..=gutter.last).unwrap_or(&[]);
    let left = beside.iter().filter_map(|row| {
        let count = row.words.iter().take_while(|word| word.x1 <= gutter.x0 + 1.0).count();
        row.words.get(..count).filter(|words| !words.is_empty())
    });
    let (numbers, others): (Vec<&[Word]>, Vec<&[Word]>) = left.partition(|words| is_numbering(words, true));
    numbers.len() > 2 * others.len()
}

fn gap(pair: &[Word]) -> f32 {
    if let [left, right] = pair { right.x0 - left.x1 } else { 0.0 }
}

/// Follows a gap up and down as far as white remains; the ends are rows with print on both sides.
fn grow(rows: &[Row], start: usize, x0: f32, x1: f32) -> Gutter {
    let least = rows.get(start).map_or(8.0, |row| WIDE_GAP * row.size);
    let mut gutter = Gutter { x0, x1, first: start, last: start, support: 1 };
    for index in (0..start).rev() {
        match cross(rows, index, &gutter, least) {
            Some((x0, x1, true)) => {
                gutter = Gutter { x0, x1, first: index, support: gutter.support + 1, ..gutter };
            }
            Some((_, _, false)) if far(rows, index + 1, index) => break,
            Some((x0, x1, false)) => gutter = Gutter { x0, x1, ..gutter },
            None => break,
        }
    }
    let mut open = (gutter.x0, gutter.x1);
    for index in start + 1..rows.len() {
        let narrowed = Gutter { x0: open.0, x1: open.1, ..gutter };
        match cross(rows, index, &narrowed, least) {
            Some((x0, x1, true)) => {
                open = (x0, x1);
                gutter = Gutter { x0, x1, last: index, support: gutter.support + 1, ..gutter };
            }
            Some((_, _, false)) if far(rows, index, index - 1) => break,
            Some((x0, x1, false)) => open = (x0, x1),
            None => break,
        }
    }
    // What trails on one side at the normal distance of lines still belongs to the band.
    while gutter.last + 1 < rows.len()
        && !far(rows, gutter.last + 1, gutter.last)
        && cross(rows, gutter.last + 1, &gutter, least).is_some()
    {
        gutter.last += 1;
    }
    gutter
}

/// Whether two neighbouring rows stand further apart than lines of a paragraph do.
fn far(rows: &[Row], lower: usize, upper: usize) -> bool {
    rows.get(lower).zip(rows.get(upper)).is_none_or(|(lower, upper)| lower.y - upper.y > 2.2 * upper.size)
}

/// Returns what of the gutter a row leaves white and whether it has print on both sides.
fn cross(rows: &[Row], index: usize, gutter: &Gutter, least: f32) -> Option<(f32, f32, bool)> {
    let row = rows.get(index)?;
    let (mut x0, mut x1) = (gutter.x0, gutter.x1);
    let middle = (x0 + x1) / 2.0;
    let (mut left, mut right) = (false, false);
    for word in &row.words {
        if (word.x0 + word.x1) / 2.0 < middle {
            x0 = x0.max(word.x1);
            left = true;
        } else {
            x1 = x1.min(word.x0);
            right = true;
        }
    }
    (x1 - x0 >= least).then_some((x0, x1, left && right))
}

/// Whether the rows beside a gutter are a table: lines are ruled between them, or the cells are too short for prose.
fn is_table(band: &[Row], gutter: &Gutter, rules: &[Rule]) -> bool {
    let (Some(first), Some(last)) = (band.first(), band.last()) else { return false };
    let (top, bottom) = (first.y - 2.0 * first.size, last.y + last.size);
    let within = |rule: &&Rule| rule.y1 > top && rule.y0 < bottom;
    let crossing = rules
        .iter()
        .filter(within)
        .filter(|rule| rule.is_horizontal() && rule.x0 < gutter.x0 && rule.x1 > gutter.x1)
        .count();
    let upright = rules
        .iter()
        .filter(within)
        .filter(|rule| !rule.is_horizontal() && rule.x0 >= gutter.x0 - 3.0 && rule.x1 <= gutter.x1 + 3.0)
        .count();
    // Columns may have one rule between them, over or under them.
    if crossing >= 3 || upright >= 2 || (crossing >= 2 && upright >= 1) {
        return true;
    }
    let middle = (gutter.x0 + gutter.x1) / 2.0;
    let (left, right) = split(band.to_vec(), middle);
    band.len() < 5 || !is_prose(&left) || !is_prose(&right)
}

/// Whether most lines of a column fill it and are long enough for sentences.
fn is_prose(rows: &[Row]) -> bool {
    let width = rows.iter().map(Row::x1).fold(0.0, f32::max) - rows.iter().map(Row::x0).fold(f32::MAX, f32::min);
    let full = rows.iter().filter(|row| row.x1() - row.x0() > 0.7 * width && row.text().chars().count() >= 18).count();
    rows.len() >= 4 && full * 2 > rows.len()
}

fn split(band: Vec<Row>, middle: f32) -> (Vec<Row>, Vec<Row>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in band {
        let (l, r): (Vec<Word>, Vec<Word>) = row.words.into_iter().partition(|word| (word.x0 + word.x1) / 2.0 < middle);
        left.extend(Row::new(l, row.y, row.artifact));
        right.extend(Row::new(r, row.y, row.artifact));
    }
    (left, right)
}

/// Returns the cells of a table, wrapped lines of a cell joined.
fn table(band: &[Row], rules: &[Rule]) -> Vec<Vec<String>> {
    let columns = columns(band);
    let least = band.windows(2).map(|pair| distance(pair)).fold(f32::MAX, f32::min);
    let ruled: Vec<f32> = rules.iter().filter(|rule| rule.is_horizontal()).map(|rule| rule.y0).collect();
    let separates =
        |upper: &Row, lower: &Row| ruled.iter().any(|y| *y > upper.y - 1.0 && *y < lower.y - 0.3 * lower.size);
    let is_ruled = band.windows(2).filter(|pair| matches!(pair, [a, b] if separates(a, b))).count() >= 2;
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut previous: Option<&Row> = None;
    for row in band {
        let first_cell = row.x0() < columns.first().copied().unwrap_or(f32::MAX);
        let starts = match previous {
            None => true,
            Some(upper) if is_ruled => separates(upper, row),
            Some(upper) => row.y - upper.y > 1.3 * least || first_cell,
        };
        if starts {
            table.push(vec![String::new(); columns.len() + 1]);
        }
        if let Some(cells) = table.last_mut() {
            fill(cells, row, &columns);
        }
        previous = Some(row);
    }
    table
}

fn distance(pair: &[Row]) -> f32 {
    if let [upper, lower] = pair { lower.y - upper.y } else { f32::MAX }
}

fn fill(cells: &mut [String], row: &Row, columns: &[f32]) {
    for word in &row.words {
        let middle = (word.x0 + word.x1) / 2.0;
        let column = columns.iter().filter(|edge| **edge < middle).count();
        if let Some(cell) = cells.get_mut(column) {
            if !cell.is_empty() && !word.glued && !breaks_at_hyphen(cell, &word.text) {
                cell.push(' ');
            }
            cell.push_str(&word.text);
        }
    }
}

/// Whether a cell's line ended within a hyphenated word.
fn breaks_at_hyphen(cell: &str, next: &str) -> bool {
    cell.strip_suffix('-').is_some_and(|head| head.ends_with(char::is_alphabetic))
        && next.starts_with(char::is_lowercase)
}

/// Returns the middles of the gutters that run through most rows of a band.
fn columns(band: &[Row]) -> Vec<f32> {
    let size = band.first().map_or(10.0, |row| row.size);
    let left = band.iter().map(Row::x0).fold(f32::MAX, f32::min);
    let right = band.iter().map(Row::x1).fold(0.0, f32::max);
    // A title row that spans the table must not hide its gutters.
    let allowed = band.len() / 8;
    let steps = ((right - left) / 2.0).clamp(0.0, 2000.0) as usize;
    let mut inked = vec![0usize; steps + 1];
    for row in band {
        for word in &row.words {
            let from = ((word.x0 - left) / 2.0).max(0.0) as usize;
            let to = ((word.x1 - left) / 2.0).max(0.0) as usize;
            let to = to.min(steps);
            for step in inked.get_mut(from.min(to)..=to).unwrap_or(&mut []) {
                *step += 1;
            }
        }
    }
    let mut edges = Vec::new();
    let mut white: Option<usize> = None;
    for (step, count) in inked.iter().enumerate() {
        match (white, *count <= allowed) {
            (None, true) => white = Some(step),
            (Some(start), false) => {
                if (step - start) as f32 * 2.0 >= 0.7 * size && start > 0 {
                    edges.push(left + (start + step) as f32);
                }
                white = None;
            }
            _ => {}
        }
    }
    edges
}
