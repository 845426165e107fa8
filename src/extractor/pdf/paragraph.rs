//! Lines of a flow to paragraphs, by white space, indents, labels and what would have fitted on the line before.

use std::collections::HashMap;

use super::line::{Line, Opening};
use crate::extractor::label::{is_mark, is_unfinished};

/// Sizes and distances that most of a document has.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    /// Type size of the text, in points.
    pub body: f32,
    /// Distance of lines by type size (in half points).
    leading: HashMap<i32, f32>,
}

impl Measure {
    /// Measures the flows of a document.
    pub fn new<'l>(flows: impl Iterator<Item = &'l [Line]> + Clone) -> Measure {
        let mut sizes: HashMap<i32, u64> = HashMap::new();
        let mut distances: HashMap<i32, HashMap<i32, u32>> = HashMap::new();
        for lines in flows {
            for line in lines {
                *sizes.entry(half_points(line.size)).or_default() += u64::from(line.printed);
            }
            for pair in lines.windows(2) {
                let [upper, lower] = pair else { continue };
                let distance = lower.y - upper.y;
                if same_size(upper, lower) && distance > 0.7 * upper.size && distance < 3.0 * upper.size {
                    let counts = distances.entry(half_points(lower.size)).or_default();
                    *counts.entry(half_points(distance)).or_default() += 1;
                }
            }
        }
        let body =
            sizes.iter().max_by_key(|&(size, count)| (*count, *size)).map_or(10.0, |(size, _)| *size as f32 / 2.0);
        let leading = distances.into_iter().filter_map(|(size, counts)| Some((size, usual(&counts)?))).collect();
        Measure { body, leading }
    }

    /// Returns the distance of lines within a paragraph of the given size.
    pub fn leading(&self, size: f32) -> f32 {
        let known = self.leading.get(&half_points(size)).copied();
        let body = self.leading.get(&half_points(self.body)).copied().unwrap_or(1.2 * self.body);
        known.unwrap_or(size * body / self.body).clamp(0.8 * size, 2.6 * size)
    }
}

/// The smallest distance that is common: where paragraphs are short, the space between them is as frequent as lines.
fn usual(counts: &HashMap<i32, u32>) -> Option<f32> {
    let total: u32 = counts.values().sum();
    let near = |distance: i32| -> u32 { (distance - 1..=distance + 1).filter_map(|d| counts.get(&d)).sum() };
    let mut distances: Vec<i32> = counts.keys().copied().collect();
    distances.sort_unstable();
    (total >= 4).then_some(())?;
    distances.into_iter().find(|&distance| near(distance) * 4 >= total).map(|distance| {
        let best = (distance..=distance + 1).max_by_key(|d| counts.get(d).copied().unwrap_or(0)).unwrap_or(distance);
        best as f32 / 2.0
    })
}

pub(super) fn half_points(value: f32) -> i32 {
    (value * 2.0).round() as i32
}

fn same_size(a: &Line, b: &Line) -> bool {
    (a.size / b.size - 1.0).abs() < 0.07
}

/// Splits the lines of a flow into paragraphs.
pub(super) fn paragraphs(lines: Vec<Line>, measure: &Measure) -> Vec<Vec<Line>> {
    let edges = right_edges(&lines, measure);
    let mut paragraphs: Vec<Vec<Line>> = Vec::new();
    for (line, edge) in lines.into_iter().zip(edges) {
        match paragraphs.last_mut() {
            Some(open) if !starts_paragraph(open, &line, edge, measure) => open.push(line),
            _ => paragraphs.push(vec![line]),
        }
    }
    paragraphs
}

/// Returns for each line the right edge that full lines around it reach.
fn right_edges(lines: &[Line], measure: &Measure) -> Vec<f32> {
    let widest = lines.iter().map(|line| line.x1).fold(0.0, f32::max);
    let left = lines.iter().map(|line| line.x0).fold(f32::MAX, f32::min);
    let mut edges = vec![widest; lines.len()];
    let mut start = 0;
    for index in 1..=lines.len() {
        let ends = match (lines.get(index - 1), lines.get(index)) {
            (Some(upper), Some(lower)) => {
                lower.y - upper.y > 1.25 * measure.leading(lower.size) || lower.y <= upper.y || !same_size(upper, lower)
            }
            _ => true,
        };
        if ends {
            let group = lines.get(start..index).unwrap_or(&[]);
            let edge = group.iter().map(|line| line.x1).fold(0.0, f32::max);
            // Several long lines show their own edge: that of an indented quotation.
            if group.len() >= 4 && edge > left + 0.55 * (widest - left) {
                for slot in edges.get_mut(start..index).unwrap_or(&mut []) {
                    *slot = edge;
                }
            }
            start = index;
        }
    }
    edges
}

/// Whether a heading follows a heading of another level, set in another size.
fn changes_level(last: &Line, line: &Line) -> bool {
    last.is_bold() && line.is_bold() && (last.size / line.size - 1.0).abs() > 0.03
}

fn starts_paragraph(open: &[Line], line: &Line, edge: f32, measure: &Measure) -> bool {
    let (Some(first), Some(last)) = (open.first(), open.last()) else { return true };
    let distance = line.y - last.y;
    let leading = measure.leading(line.size.max(last.size));
    if distance <= 0.0 || distance > 1.25 * leading || !same_size(last, line) || changes_level(last, line) {
        return true;
    }
    // A mark at the start of a line is that of a note: marks in the text stand behind a word.
    if line.raised.first().is_some_and(|mark| mark.start == 0 && line.text.get(mark.clone()).is_some_and(is_mark)) {
        return true;
    }
    if last.is_bold() != line.is_bold() && bold_changes(open, line) {
        return true;
    }
    let short = would_have_fitted(last, line, edge) && !is_title(last, line, measure) && !flows_on(open, line, edge);
    match line.opening {
        _ if closes_bracket(open, line) => {}
        Opening::Bullet(_) => return true,
        Opening::Label { wide: true } => return true,
        Opening::Label { wide: false } if short || ends_clause(&last.text) => return true,
        _ => {}
    }
    if open.len() >= 2 && indented(open, line) {
        return true;
    }
    if open.len() == 1 && hangs_left(first, line) {
        return true;
    }
    short && !is_centred(open, line, edge)
}

/// Whether weight alone divides: a bold heading from text, not a bold lead-in from the rest of its sentence.
fn bold_changes(open: &[Line], line: &Line) -> bool {
    let all_bold = open.iter().all(Line::is_bold);
    if all_bold {
        return line.bold * 5 < line.printed.max(1);
    }
    line.is_bold() && open.iter().all(|line| line.bold * 5 < line.printed.max(1))
}

/// Whether the first word of a line would have had room at the end of the line before: then the break was wanted.
fn would_have_fitted(last: &Line, line: &Line, edge: f32) -> bool {
    let space = 0.3 * last.size;
    last.x1 + space + line.first_word < edge - 0.8 * last.size
}

/// Whether two lines are of one title: set large, with a right indent of their own.
fn is_title(last: &Line, line: &Line, measure: &Measure) -> bool {
    let large = line.size > 1.3 * measure.body && (last.x0 - line.x0).abs() < 0.5 * line.size;
    large && last.is_bold() == line.is_bold() && is_unfinished(&last.text)
}

/// Whether a sentence plainly goes on after a line that is only a little short.
fn flows_on(open: &[Line], line: &Line, edge: f32) -> bool {
    let Some(last) = open.last() else { return false };
    let left = open.iter().map(|line| line.x0).fold(line.x0, f32::min);
    let goes_on = is_unfinished(&last.text) && line.text.starts_with(char::is_lowercase);
    goes_on && last.x1 - left > 0.7 * (edge - left)
}

/// Whether a line stands further right than the lines of the open paragraph: the indent of a new one.
fn indented(open: &[Line], line: &Line) -> bool {
    let Some(last) = open.last() else { return false };
    let indent = line.x0 - last.x0;
    indent > 0.9 * line.size && indent < 8.0 * line.size
}

/// Whether the second line stands left of the first, which is neither indented nor labelled itself.
fn hangs_left(first: &Line, line: &Line) -> bool {
    first.x0 - line.x0 > 8.0 * line.size && first.opening == Opening::Text
}

/// Whether two lines are centred over each other, as titles are, and the sentence goes on.
fn is_centred(open: &[Line], line: &Line, edge: f32) -> bool {
    let Some(last) = open.last() else { return false };
    let middle = |line: &Line| (line.x0 + line.x1) / 2.0;
    let centred = (middle(last) - middle(line)).abs() < 0.6 * line.size && (last.x0 - line.x0).abs() > 0.6 * line.size;
    centred && edge - last.x1 > last.size && is_unfinished(&last.text)
}

/// Whether a line starts with the end of a bracket, not with a label: "(paras. 3 and" + "4)".
fn closes_bracket(open: &[Line], line: &Line) -> bool {
    let closes = line.text.split(' ').next().is_some_and(|word| word.ends_with(')') && !word.starts_with('('));
    let depth = |sign: char| open.iter().map(|line| line.text.matches(sign).count()).sum::<usize>();
    closes && depth('(') > depth(')')
}

fn ends_clause(text: &str) -> bool {
    text.trim_end().ends_with(['.', ';', ':', ')'])
}

/// Splits the lines of a footnote zone into notes with their marks; the first may lack one and go on from the page before.
/// `last` is the number of the last note before.
pub(super) fn notes(lines: Vec<Line>, mut last: Option<u32>) -> Vec<(Option<String>, Vec<Line>)> {
    let mut notes: Vec<(Option<String>, Vec<Line>)> = Vec::new();
    for mut line in lines {
        match take_mark(&mut line).or_else(|| take_next_number(&mut line, last)) {
            Some(mark) => {
                last = mark.parse().ok();
                notes.push((Some(mark), vec![line]));
            }
            None => match notes.last_mut() {
                Some((_, lines)) => lines.push(line),
                None => notes.push((None, vec![line])),
            },
        }
    }
    notes
}

/// Takes the mark off the start of a note's first line: a raised word, asterisks, or a number with a wide gap after it.
pub(super) fn take_mark(line: &mut Line) -> Option<String> {
    let raised = line.raised.first().filter(|range| range.start == 0).cloned();
    let end = match raised {
        Some(range) => range.end,
        None => {
            let word = line.text.split(' ').next()?;
            let plain = word.trim_end_matches(['.', ')']);
            let asterisks = word.chars().all(|c| "*†‡".contains(c));
            let number = plain.bytes().all(|byte| byte.is_ascii_digit())
                && matches!(line.opening, Opening::Label { wide: true });
            (asterisks || number).then_some(word.len())?
        }
    };
    let mark = line.text.get(..end)?.trim_end_matches(['.', ')']).to_owned();
    is_mark(&mark).then_some(())?;
    cut_start(line, end)?;
    Some(mark)
}

/// Takes the number that follows on `last` off the start of a line where a single space parts it from a capital.
fn take_next_number(line: &mut Line, last: Option<u32>) -> Option<String> {
    let (word, rest) = line.text.split_once(' ')?;
    let number = word.parse::<u32>().ok().filter(|_| !word.starts_with(['0', '+']))?;
    let follows = number == 1 || last.is_none_or(|last| number == last + 1);
    let opens = rest.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    (follows && opens && is_mark(word)).then_some(())?;
    let (mark, end) = (word.to_owned(), word.len());
    cut_start(line, end)?;
    Some(mark)
}

/// Takes so many bytes and the space after them off the start of a line.
fn cut_start(line: &mut Line, end: usize) -> Option<()> {
    let rest = line.text.get(end..)?;
    let cut = end + (rest.len() - rest.trim_start().len());
    line.text.drain(..cut);
    line.raised.retain(|range| range.start >= cut);
    for range in &mut line.raised {
        *range = range.start - cut..range.end - cut;
    }
    Some(())
}
