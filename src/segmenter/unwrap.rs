//! Printed lines of plain text to logical pieces.
//!
//! Decided once per document: are lines hard-wrapped, and does a blank line follow every line? In a double-spaced text a
//! blank line alone never ends a paragraph; there a paragraph starts with a number, a heading or an indent.

mod headings;
mod layout;

use crate::document::Block;
use crate::normalizer::LineJoiner;

use self::headings::LONGEST_HEADING;
use self::layout::Layout;
use super::footnote;
use super::heading;
use super::numbering::{ItemStyle, read_heading_number, read_item, read_number};
use super::piece::{Piece, Role, ends_clause, ends_sentence, starts_lower};
use super::sequence::{Ahead, Sequence};

/// Joins lines to pieces.
pub fn unwrap(lines: Vec<Block>) -> Vec<Piece> {
    let layout = Layout::measure(&lines);
    let mut unwrapper = Unwrapper::new(&lines, layout);
    for index in 0..lines.len() {
        unwrapper.take(index);
    }
    unwrapper.finish()
}

/// What a line begins.
enum Opening {
    Number,
    /// A number of a list under the paragraph.
    Listed,
    Item,
    Bullet(usize),
    /// A heading, with the lines that it runs over.
    Heading(usize),
    Footnote(String, usize),
    Paragraph,
}

struct Unwrapper<'a> {
    lines: &'a [Block],
    layout: Layout,
    joiner: LineJoiner,
    sequence: Sequence,
    /// Lines that start with a number, and those numbers.
    number_lines: Vec<usize>,
    numbers: Vec<Vec<u32>>,
    out: Vec<Piece>,
    current: Option<Piece>,
    /// A paragraph that footnotes at the foot of the page interrupt.
    interrupted: Option<Piece>,
    /// Lines that a heading has taken already.
    taken_to: usize,
    /// The piece that bears the last footnote's mark.
    marked_to: usize,
    body_started: bool,
}

impl<'a> Unwrapper<'a> {
    fn new(lines: &'a [Block], layout: Layout) -> Unwrapper<'a> {
        let numbers =
            lines.iter().enumerate().filter_map(|(index, line)| Some((index, read_number(&line.text)?.parts)));
        let (number_lines, numbers) = numbers.unzip();
        Unwrapper {
            lines,
            layout,
            joiner: LineJoiner::new(lines.iter().map(|line| line.text.as_str())),
            sequence: Sequence::default(),
            number_lines,
            numbers,
            out: Vec::new(),
            current: None,
            interrupted: None,
            taken_to: 0,
            marked_to: 0,
            body_started: false,
        }
    }

    fn take(&mut self, index: usize) {
        if index < self.taken_to {
            return;
        }
        let line = &self.lines[index];
        match self.opening(index) {
            Some(Opening::Footnote(mark, width)) => {
                if let Some(at) = self.bearer(&mark)
                    && !mark.starts_with('*')
                {
                    self.marked_to = at;
                }
                if self.current.as_ref().is_some_and(|piece| piece.role == Role::Text && !ends_sentence(&piece.text)) {
                    self.interrupted = self.current.take();
                }
                self.open(index, Role::Footnote(mark), &line.text[width..]);
            }
            Some(Opening::Heading(count)) => self.take_heading(index, count),
            Some(Opening::Bullet(width)) => self.open(index, Role::Bullet, line.text[width..].trim_start()),
            Some(Opening::Number) => {
                if let Some(marker) = read_number(&line.text) {
                    self.sequence.open_number(&marker);
                }
                self.body_started = true;
                self.open(index, Role::Text, &line.text);
            }
            Some(Opening::Listed) => {
                if let Some(marker) = read_number(&line.text) {
                    let ahead = self.numbers_ahead(index);
                    let after_colon = self.current.as_ref().is_some_and(|piece| piece.text.trim_end().ends_with(':'));
                    self.sequence
                        .open_listed_number(&marker, Ahead { numbers: &ahead, after_colon, ..Ahead::default() });
                }
                self.open(index, Role::Text, &line.text);
            }
            Some(Opening::Item) => {
                if let Some(marker) = read_item(&line.text) {
                    let roman_two_follows = self.roman_two_follows(index);
                    self.sequence.open_item(&marker, Ahead { roman_two_follows, ..Ahead::default() });
                }
                self.body_started = true;
                self.open(index, Role::Text, &line.text);
            }
            Some(Opening::Paragraph) => match self.interrupted.take() {
                Some(piece) => {
                    self.close();
                    self.current = Some(piece);
                    self.append(&line.text);
                }
                None => self.open(index, Role::Text, &line.text),
            },
            None => self.append(&line.text),
        }
    }

    /// What a line begins, or `None` where it goes on with the current piece.
    fn opening(&self, index: usize) -> Option<Opening> {
        let line = &self.lines[index];
        if !self.layout.wrapped {
            return Some(self.opening_of_whole_line(index));
        }
        if let Some((mark, width)) = self.footnote_opening(index) {
            return Some(Opening::Footnote(mark, width));
        }
        let rested = self.is_rested(line);
        if let Some(marker) = read_number(&line.text)
            && rested
        {
            let arabic_heading = marker.parts.len() == 1 && self.is_numbered_heading(index).is_some();
            if self.sequence.continues(&marker, self.ahead(index))
                && !(arabic_heading && self.number_follows_heading(index))
            {
                return Some(Opening::Number);
            }
        }
        if let Some(marker) = read_number(&line.text)
            && rested
            && self.sequence.clone().open_listed_number(&marker, self.ahead(index)).is_some()
        {
            return Some(Opening::Listed);
        }
        if let Some(marker) = read_item(&line.text)
            && (rested || self.sequence.in_list())
            && self.sequence.accepts_item(&marker, self.ahead(index))
        {
            return Some(Opening::Item);
        }
        if let Some(count) = self.is_numbered_heading(index).or_else(|| self.is_plain_heading(index)) {
            return Some(Opening::Heading(count));
        }
        if let Some(width) = bullet_width(&line.text)
            && rested
        {
            return Some(Opening::Bullet(width));
        }
        self.starts_paragraph(index).then_some(Opening::Paragraph)
    }

    /// In a text that is not wrapped every line is a piece.
    fn opening_of_whole_line(&self, index: usize) -> Opening {
        let line = &self.lines[index];
        if let Some(marker) = read_number(&line.text)
            && self.sequence.continues(&marker, self.ahead(index))
        {
            return Opening::Number;
        }
        if let Some(marker) = read_item(&line.text)
            && self.sequence.accepts_item(&marker, self.ahead(index))
        {
            return Opening::Item;
        }
        if let Some(width) = bullet_width(&line.text) {
            return Opening::Bullet(width);
        }
        let numbered = self.is_numbered_heading(index);
        numbered.or_else(|| self.is_plain_heading(index)).map_or(Opening::Paragraph, |_| Opening::Heading(1))
    }

    /// Whether the current piece may end before a line: it has ended a clause, is a heading, or white space parts them.
    fn is_rested(&self, line: &Block) -> bool {
        let Some(piece) = &self.current else { return true };
        piece.role != Role::Text
            || ends_clause(&piece.text)
            || (line.gap_before && !self.layout.double_spaced)
            || line.indent >= 2
            || !self.body_started
    }

    fn ahead(&self, index: usize) -> Ahead<'_> {
        let from = self.number_lines.partition_point(|line| *line <= index);
        Ahead {
            numbers: &self.numbers[from..],
            roman_two_follows: self.roman_two_follows(index),
            after_colon: self.current.as_ref().is_some_and(|piece| piece.text.trim_end().ends_with(':')),
            after_heading: self.current.as_ref().is_some_and(|piece| matches!(piece.role, Role::Heading(_))),
        }
    }

    fn numbers_ahead(&self, index: usize) -> Vec<Vec<u32>> {
        let from = self.number_lines.partition_point(|line| *line <= index);
        self.numbers[from..].iter().take(64).cloned().collect()
    }

    fn roman_two_follows(&self, index: usize) -> bool {
        let next = self.lines[index + 1..].iter().take(40).find_map(|line| read_item(&line.text));
        next.is_some_and(|item| item.readings.contains(&(ItemStyle::RomanLower, 2)))
    }

    /// A footnote at the foot of a page: a mark without a full stop, set off, whose twin stands in the text before.
    fn footnote_opening(&self, index: usize) -> Option<(String, usize)> {
        let line = &self.lines[index];
        let (mark, width) = footnote::read_mark(&line.text)?;
        let after_note = self.current.as_ref().is_some_and(|piece| matches!(piece.role, Role::Footnote(_)));
        let set_off = line.gap_before && line.indent > 0 || after_note;
        (set_off && self.bearer(&mark).is_some()).then_some((mark, width))
    }

    /// The piece that bears a mark: not before the one that bears the mark of the footnote before.
    fn bearer(&self, mark: &str) -> Option<usize> {
        let from = if mark.starts_with('*') { 0 } else { self.marked_to };
        let pieces = self.out.iter().chain(&self.interrupted).chain(&self.current);
        let mut pieces = pieces.enumerate().skip(from);
        let bears = |piece: &Piece| {
            !matches!(piece.role, Role::Footnote(_)) && footnote::find_mark(&piece.text, 0, mark).is_some()
        };
        pieces.find(|(_, piece)| bears(piece)).map(|(at, _)| at)
    }

    /// Whether a line starts an unnumbered paragraph.
    fn starts_paragraph(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let Some(piece) = &self.current else { return true };
        match piece.role {
            Role::Heading(_) => return true,
            Role::Footnote(_) => {
                let page_top = line.indent > 0 && ends_sentence(&piece.text);
                let resumed = self.interrupted.is_some() && ends_sentence(&piece.text) && line.gap_before;
                return page_top
                    || resumed
                    || (line.gap_before && !self.layout.double_spaced && ends_sentence(&piece.text));
            }
            _ => {}
        }
        if starts_lower(&line.text) {
            return false;
        }
        let indented = line.indent >= 2 && ends_clause(&piece.text);
        if self.layout.double_spaced {
            return indented || (!self.body_started && line.indent > 0) || self.after_short_line(index);
        }
        indented
            || (line.gap_before && (ends_clause(&piece.text) || !self.body_started))
            || self.after_short_line(index)
    }

    /// Whether the line before ends a sentence well before the margin.
    fn after_short_line(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|before| self.lines.get(before)) else { return false };
        ends_sentence(&before.text) && before.text.chars().count() * 9 < self.layout.width * 5
    }

    fn take_heading(&mut self, index: usize, count: usize) {
        let Some((_, text)) = self.heading_lines(index, 2 * LONGEST_HEADING) else { return };
        self.body_started |= !read_heading_number(&text).is_empty() || heading::opens_front_section(&text);
        if heading::opens_annex(&text) {
            self.sequence.restart();
        }
        self.open(index, Role::Heading(0), &text);
        self.taken_to = index + count;
    }

    fn open(&mut self, index: usize, role: Role, text: &str) {
        self.close();
        let line = &self.lines[index];
        self.current = Some(Piece {
            role,
            text: text.trim().to_owned(),
            raised: Vec::new(),
            number: None,
            emphasis: line.emphasis,
            page: line.page,
            line: line.line,
        });
    }

    /// Goes on with the current piece. There is one: the first line of a text always opens a piece.
    fn append(&mut self, line: &str) {
        if let Some(piece) = &mut self.current {
            self.joiner.push(&mut piece.text, line);
        }
    }

    fn close(&mut self) {
        if let Some(piece) = self.current.take() {
            let is_note = matches!(piece.role, Role::Footnote(_));
            // What a footnote interrupted comes before it, and goes on after it: the joiner of broken pieces mends the two.
            if is_note && self.interrupted.is_some() {
                self.out.push(piece);
            } else {
                self.out.extend(self.interrupted.take());
                self.out.push(piece);
            }
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.close();
        self.out.extend(self.interrupted.take());
        self.out
    }
}

/// Bytes of a bullet at the start of a line with the space after it.
pub fn bullet_width(text: &str) -> Option<usize> {
    let mut signs = text.chars();
    let bullet = signs
        .next()
        .filter(|sign| matches!(sign, '•' | '●' | '▪' | '■' | '◦' | '‣' | '·' | '-' | '–' | '—' | '*' | '➢' | '✓'))?;
    let after = signs.as_str();
    let spaced = after.starts_with(char::is_whitespace) || bullet == '•';
    (spaced && after.chars().any(char::is_alphanumeric)).then_some(text.len() - after.trim_start().len())
}
