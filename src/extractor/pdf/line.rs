//! A line of a column: words joined, with what the paragraph builder asks of it.

use std::ops::Range;

use super::row::{Row, WIDE_GAP, Word, main_size};
use crate::extractor::label::{is_bullet, is_dash_bullet, is_label, is_roman};

/// What a line starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    Text,
    /// "21.", "(a)"; `wide` where a tab stop follows.
    Label {
        wide: bool,
    },
    /// A bullet of so many bytes.
    Bullet(usize),
}

/// One printed line of a column.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub text: String,
    /// Byte ranges of `text` that stand raised.
    pub raised: Vec<Range<usize>>,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    /// Width of the first word, which would have stood on the line before had there been room.
    pub first_word: f32,
    /// Left edge of the text after a label or bullet.
    pub body_x0: f32,
    pub opening: Opening,
    /// Characters printed, and how many of them are bold and italic. Raised ones do not count.
    pub printed: u32,
    pub bold: u32,
    pub italic: u32,
}

impl Line {
    /// Returns the line that words make, or `None` where there are none.
    pub fn new(words: &[Word], y: f32) -> Option<Line> {
        let first = words.first()?;
        let mut line = Line {
            text: String::new(),
            raised: Vec::new(),
            x0: first.x0,
            x1: words.iter().map(|word| word.x1).fold(0.0, f32::max),
            y,
            size: main_size(words.iter().filter(|word| !word.raised).map(|word| (word.size, word.printed)))
                .unwrap_or(first.size),
            first_word: 0.0,
            body_x0: first.x0,
            opening: Opening::Text,
            printed: 0,
            bold: 0,
            italic: 0,
        };
        for word in words {
            line.push(word);
        }
        let unbroken = words.iter().skip(1).take_while(|word| word.glued).last().unwrap_or(first);
        line.first_word = unbroken.x1 - first.x0;
        line.part_label();
        line.read_opening(words);
        if line.opening != Opening::Text && words.len() > 1 {
            // Numbers are often set in another weight than what they number.
            line.printed -= first.printed.min(line.printed);
            line.bold -= first.bold.min(line.bold);
            line.italic -= first.italic.min(line.italic);
        }
        Some(line)
    }

    pub fn of_row(row: &Row) -> Option<Line> {
        Line::new(&row.words, row.y)
    }

    fn push(&mut self, word: &Word) {
        if !self.text.is_empty() && !word.glued {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(&word.text);
        if word.raised {
            self.raised.push(start..self.text.len());
        } else {
            self.printed += word.printed;
            self.bold += word.bold;
            self.italic += word.italic;
        }
    }

    /// Puts the space after a number whose tab stop has left none: "VII.Protection".
    fn part_label(&mut self) {
        let Some(at) = self.text.find('.') else { return };
        let (label, rest) = self.text.split_at(at + 1);
        let mut signs = rest.chars();
        let word = signs.next().is_some_and(char::is_uppercase) && signs.next().is_some_and(char::is_lowercase);
        let core = &label[..at];
        let number = (1..=3).contains(&core.len()) && core.bytes().all(|byte| byte.is_ascii_digit());
        if word && (number || (core.len() > 1 && is_roman(core))) {
            self.text.insert(at + 1, ' ');
            for range in self.raised.iter_mut().filter(|range| range.start > at) {
                *range = range.start + 1..range.end + 1;
            }
        }
    }

    fn read_opening(&mut self, words: &[Word]) {
        let (Some(first), Some(second)) = (words.first(), words.get(1)) else {
            if is_label(&self.text) {
                self.opening = Opening::Label { wide: true };
            }
            return;
        };
        let gap = second.x0 - first.x1;
        let wide = gap > WIDE_GAP * self.size && gap > 1.5 * widest_gap(words.get(1..).unwrap_or(&[]));
        if is_bullet(&first.text) || (is_dash_bullet(&first.text) && gap > 0.6 * self.size) {
            self.opening = Opening::Bullet(first.text.len());
        } else if !first.raised && (is_label(&first.text) || (wide && is_bare_number(&first.text))) {
            self.opening = Opening::Label { wide };
        } else {
            return;
        }
        self.body_x0 = second.x0;
    }

    pub fn is_bold(&self) -> bool {
        self.printed > 0 && self.bold * 20 >= self.printed * 19
    }
}

fn is_bare_number(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn widest_gap(words: &[Word]) -> f32 {
    words.windows(2).map(|pair| if let [a, b] = pair { b.x0 - a.x1 } else { 0.0 }).fold(0.0, f32::max)
}
