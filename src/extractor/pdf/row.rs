//! Glyphs to rows of words: what stands on one base line, raised marks put back beside the word they belong to.
//!
//! Invariant: every glyph of the page is in exactly one word, save those printed twice for weight.

use super::device::{Glyph, PageInk};
use super::font::Style;

/// Base lines nearer than this share of the type size are one.
const SAME_LINE: f32 = 0.2;
/// A raised mark is at most this share of the size of its line.
const RAISED_SIZE: f32 = 0.85;
/// So many pieces before and after a mark are looked at for its word.
const NEAR: usize = 400;
/// A wider gap between words, in type sizes, may be a tab stop or a gutter.
pub(super) const WIDE_GAP: f32 = 0.85;

/// Characters without a gap between them, all raised or all on the base line.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub size: f32,
    /// Raised above the base line (superscript).
    pub raised: bool,
    /// No space stands before it.
    pub glued: bool,
    pub printed: u32,
    pub bold: u32,
    pub italic: u32,
}

/// Words on one base line, from left to right.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub words: Vec<Word>,
    pub y: f32,
    /// Size of most of its characters.
    pub size: f32,
    /// Marked by the file as a running head or foot.
    pub artifact: bool,
}

impl Row {
    /// Returns a row of the given words, or `None` where there are none.
    pub fn new(words: Vec<Word>, y: f32, artifact: bool) -> Option<Row> {
        let size = main_size(words.iter().filter(|word| !word.raised).map(|word| (word.size, word.printed)))
            .or_else(|| main_size(words.iter().map(|word| (word.size, word.printed))))?;
        Some(Row { words, y, size, artifact })
    }

    pub fn x0(&self) -> f32 {
        self.words.first().map_or(0.0, |word| word.x0)
    }

    pub fn x1(&self) -> f32 {
        self.words.iter().map(|word| word.x1).fold(0.0, f32::max)
    }

    /// Returns the text with single spaces.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            if !text.is_empty() && !word.glued {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }
}

/// Returns the size, to a tenth of a point, that most characters have.
pub(super) fn main_size(sizes: impl Iterator<Item = (f32, u32)>) -> Option<f32> {
    let mut counts: Vec<(i32, u64)> = Vec::new();
    for (size, count) in sizes {
        let key = (size * 10.0).round() as i32;
        match counts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, total)) => *total += u64::from(count),
            None => counts.push((key, u64::from(count))),
        }
    }
    counts.into_iter().max_by_key(|&(_, count)| count).map(|(key, _)| key as f32 / 10.0)
}

/// Returns the rows of a page from top to bottom.
pub(super) fn rows(ink: &PageInk) -> Vec<Row> {
    let mut pieces = pieces(ink);
    raise_marks(&mut pieces);
    let mut rows: Vec<(f32, Vec<Piece<'_>>)> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some((y, row)) if same_line(*y, row, &piece) => row.push(piece),
            _ => rows.push((piece.y, vec![piece])),
        }
    }
    rows.into_iter().filter_map(|(y, pieces)| words(ink, y, pieces)).collect()
}

/// A run of neighbouring glyphs on one base line.
#[derive(Debug)]
struct Piece<'i> {
    glyphs: Vec<&'i Glyph>,
    /// Base line of the row it is printed in; that of the marked word for a raised mark.
    y: f32,
    x0: f32,
    x1: f32,
    size: f32,
    raised: bool,
}

fn same_line(y: f32, row: &[Piece<'_>], piece: &Piece<'_>) -> bool {
    let size = row.iter().map(|piece| piece.size).fold(piece.size, f32::min);
    (piece.y - y).abs() <= SAME_LINE * size
}

/// Returns runs of glyphs that share base line and size and have no wide gap, by base line, then from left to right.
fn pieces(ink: &PageInk) -> Vec<Piece<'_>> {
    let mut glyphs: Vec<&Glyph> = ink.glyphs.iter().collect();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut().and_then(|line| line.first().map(|first| (first.y, first.size)).zip(Some(line))) {
            Some(((y, size), line)) if (glyph.y - y).abs() <= SAME_LINE * glyph.size.min(size) => line.push(glyph),
            _ => lines.push(vec![glyph]),
        }
    }
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for mut line in lines {
        line.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut open: Option<Piece<'_>> = None;
        for glyph in line {
            match &mut open {
                Some(piece)
                    if glyph.x0 - piece.x1 < glyph.size
                        && (glyph.size / piece.size - 1.0).abs() < 0.1
                        && (glyph.y - piece.y).abs() < 0.1 * piece.size =>
                {
                    piece.x1 = piece.x1.max(glyph.x1);
                    piece.glyphs.push(glyph);
                }
                _ => {
                    let Glyph { x0, x1, y, size, .. } = *glyph;
                    let next = Piece { glyphs: vec![glyph], y, x0, x1, size, raised: false };
                    pieces.extend(open.replace(next));
                }
            }
        }
        pieces.extend(open);
    }
    pieces
}

/// Finds small pieces that stand raised beside a larger one and gives them its base line.
fn raise_marks(pieces: &mut [Piece<'_>]) {
    let spans: Vec<(f32, f32, f32, f32)> =
        pieces.iter().map(|piece| (piece.x0, piece.x1, piece.y, piece.size)).collect();
    for index in 0..pieces.len() {
        let Some(&(x0, x1, y, size)) = spans.get(index) else { continue };
        // Pieces are in the order of their base lines: look only at those near.
        let near = |other: &&(f32, f32, f32, f32)| {
            let &&(left, right, base, large) = other;
            // Before its word a mark may stand at a tab stop, as footnotes begin; after it, close by.
            size <= RAISED_SIZE * large && x1 >= left - 2.5 * large && x0 <= right + 0.6 * large && {
                let rise = base - y;
                (0.08 * large..=0.75 * large).contains(&rise) || (-0.35 * large..0.08 * large).contains(&rise)
            }
        };
        let after = spans.get(index + 1..).unwrap_or(&[]).iter().take(NEAR).take_while(|other| other.2 - y < 30.0);
        let before = spans.get(..index).unwrap_or(&[]).iter().rev().take(NEAR).take_while(|other| y - other.2 < 12.0);
        let host = after.chain(before).filter(near).min_by(|a, b| {
            let distance = |other: &(f32, f32, f32, f32)| {
                let aside = (x0 - other.1).max(other.0 - x1).max(0.0);
                aside + (other.2 - y).abs()
            };
            distance(a).total_cmp(&distance(b))
        });
        if let (Some(&(_, _, base, large)), Some(piece)) = (host, pieces.get_mut(index)) {
            piece.raised = base - y > 0.08 * large;
            piece.y = base;
        }
    }
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y));
}

/// Joins the pieces of a row to words.
fn words(ink: &PageInk, y: f32, pieces: Vec<Piece<'_>>) -> Option<Row> {
    let mut glyphs: Vec<(&Glyph, bool)> = Vec::new();
    for piece in &pieces {
        glyphs.extend(piece.glyphs.iter().map(|glyph| (*glyph, piece.raised)));
    }
    glyphs.sort_by(|a, b| a.0.x0.total_cmp(&b.0.x0));
    let artifact = glyphs.iter().all(|(glyph, _)| glyph.artifact);
    let has_spaces = glyphs.iter().any(|(glyph, _)| is_blank(ink.glyph_text(glyph)));
    // Letters set apart must not fall asunder, least of all where the file prints its spaces.
    let space = if has_spaces { 0.22 } else { 0.17 } + usual_gap(&glyphs).max(0.0);
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = false;
    let mut last: Option<&Glyph> = None;
    for (glyph, raised) in glyphs {
        let text = ink.glyph_text(glyph);
        if is_blank(text) {
            spaced = true;
            continue;
        }
        if last.is_some_and(|last| printed_twice(ink, last, glyph)) {
            if let Some(word) = words.last_mut() {
                word.bold = word.printed;
            }
            continue;
        }
        let gap = last.map_or(0.0, |last| glyph.x0 - last.x1);
        let apart = spaced || gap > space * glyph.size;
        let same = words.last().is_some_and(|word| word.raised == raised);
        if apart || !same {
            let glued = !apart;
            words.push(Word { x0: glyph.x0, x1: glyph.x1, size: glyph.size, raised, glued, ..Word::default() });
        }
        if let Some(word) = words.last_mut() {
            push_glyph(word, glyph, text);
        }
        spaced = false;
        last = Some(glyph);
    }
    if let Some(first) = words.first_mut() {
        first.glued = false;
    }
    print_soft_hyphens(&mut words);
    Row::new(words, y, artifact)
}

/// Returns the middle one of the gaps between neighbouring glyphs, in type sizes.
fn usual_gap(glyphs: &[(&Glyph, bool)]) -> f32 {
    let gap = |pair: &[(&Glyph, bool)]| match pair {
        [(left, _), (right, _)] => (right.x0 - left.x1) / right.size,
        _ => 0.0,
    };
    let mut gaps: Vec<f32> = glyphs.windows(2).map(gap).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(0.0)
}

/// A soft hyphen that is printed within a line is a hyphen, whatever its code says; at the end of the line it stays.
fn print_soft_hyphens(words: &mut [Word]) {
    let last = words.len().saturating_sub(1);
    for (index, word) in words.iter_mut().enumerate() {
        let printed = word.text.replace('\u{ad}', "-");
        let ends_line = index == last && word.printed > 1 && word.text.ends_with('\u{ad}');
        word.text = match printed.strip_suffix('-').filter(|_| ends_line) {
            Some(head) => format!("{head}\u{ad}"),
            None => printed,
        };
    }
}

fn push_glyph(word: &mut Word, glyph: &Glyph, text: &str) {
    let Style { bold, italic } = glyph.style;
    word.text.push_str(text);
    word.x1 = word.x1.max(glyph.x1);
    word.size = word.size.max(glyph.size);
    // Marks and stops are often set in another weight than the words they stand beside.
    let counts = u32::from(text.chars().any(char::is_alphanumeric));
    word.printed += counts;
    word.bold += u32::from(bold) * counts;
    word.italic += u32::from(italic) * counts;
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Whether a glyph is the same as the last one, printed again a hair aside to look bold.
fn printed_twice(ink: &PageInk, last: &Glyph, glyph: &Glyph) -> bool {
    (glyph.x0 - last.x0).abs() < 0.12 * glyph.size
        && (glyph.y - last.y).abs() < 0.12 * glyph.size
        && ink.glyph_text(last) == ink.glyph_text(glyph)
        && glyph.x1 - glyph.x0 > 0.2 * glyph.size
}
