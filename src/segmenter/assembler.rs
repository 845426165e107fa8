//! Pieces in reading order to sections and labelled units.

mod headings;
mod units;

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Format, Label, LeftOut, Paragraph, ParagraphKind, Section};

use super::footnote::{self, Bearer, Note};
use super::glued;
use super::heading::{Depths, HeadingTree, keyword_place, opens_annex, opens_first};
use super::numbering::{ItemStyle, read_heading_number, read_item, read_number};
use super::piece::{Piece, Role};
use super::sequence::{Ahead, Sequence};
use super::title;
use units::number_units;

pub(super) use units::Draft;

/// Sections and units of a document, and the printed lines of its title block.
#[derive(Debug, Default)]
pub struct Assembled {
    pub sections: Vec<Section>,
    pub paragraphs: Vec<Paragraph>,
    pub front: Vec<String>,
    /// What stood with footnotes in the middle of a text.
    pub left_out: Vec<LeftOut>,
}

struct Assembler<'a> {
    pieces: &'a [Piece],
    tree: HeadingTree,
    sequence: Sequence,
    drafts: Vec<Draft>,
    notes: Vec<Note>,
    front: Vec<String>,
    /// Sections with the number of drafts before them, and their raised ranges.
    headings: Vec<(usize, usize, Vec<Range<usize>>)>,
    /// The draft that opened each list level; the first is the numbered paragraph.
    leads: Vec<usize>,
    after_heading: bool,
    /// Whether the paragraphs came as such.
    are_ready: bool,
}

/// Assembles a document. The first `title` pieces are its title block.
pub fn assemble(pieces: &[Piece], title: usize, contents: Vec<String>, format: Format) -> Assembled {
    let mut assembler = Assembler {
        pieces,
        tree: HeadingTree::new(contents, Depths::of(format)),
        sequence: Sequence::default(),
        drafts: Vec::new(),
        notes: Vec::new(),
        front: Vec::new(),
        headings: Vec::new(),
        leads: Vec::new(),
        after_heading: false,
        are_ready: format == Format::JsonLines,
    };
    assembler.take_title(0..title);
    let numbers = upcoming_numbers(pieces);
    let mut index = title;
    while index < pieces.len() {
        index = assembler.take(index, &numbers);
    }
    assembler.finish()
}

/// The numbers that pieces start with, by piece.
fn upcoming_numbers(pieces: &[Piece]) -> (Vec<usize>, Vec<Vec<u32>>) {
    let numbered = pieces.iter().enumerate().filter(|(_, piece)| piece.role == Role::Text);
    numbered.filter_map(|(index, piece)| Some((index, read_number(&piece.text)?.parts))).unzip()
}

impl Assembler<'_> {
    /// Makes one unit of the title's lines; footnotes among them stay footnotes.
    fn take_title(&mut self, range: Range<usize>) {
        let mut text = String::new();
        let mut raised = Vec::new();
        let mut page = 0;
        for piece in &self.pieces[range] {
            if let Role::Footnote(mark) = &piece.role {
                self.notes.push(note(mark, piece, 1));
                continue;
            }
            if let Some((mark, width)) = footnote::read_mark(&piece.text).filter(|_| title::is_note(piece)) {
                self.notes.push(Note {
                    mark,
                    text: piece.on_one_line(width).0,
                    page: piece.page,
                    position: 1,
                    earliest: 0,
                });
                continue;
            }
            let (line, ranges) = piece.on_one_line(0);
            let shift = if text.is_empty() { 0 } else { text.len() + 1 };
            if !text.is_empty() {
                text.push(' ');
            }
            raised.extend(ranges.into_iter().map(|range| range.start + shift..range.end + shift));
            text.push_str(&line);
            self.front.push(line);
            page = if page == 0 { piece.page } else { page };
        }
        if !text.is_empty() {
            let section = self.tree.current();
            self.drafts.push(Draft {
                kind: ParagraphKind::Title,
                label: None,
                text,
                raised,
                section,
                parent: None,
                page,
            });
        }
    }

    /// Takes a piece and returns the index of the next one.
    fn take(&mut self, index: usize, numbers: &(Vec<usize>, Vec<Vec<u32>>)) -> usize {
        let piece = &self.pieces[index];
        let from = numbers.0.partition_point(|other| *other <= index);
        let ahead = Ahead {
            numbers: &numbers.1[from..],
            roman_two_follows: self.roman_two_follows(index),
            after_heading: self.after_heading,
            after_colon: self.drafts.last().is_some_and(|draft| draft.text.trim_end().ends_with(':')),
        };
        match &piece.role {
            Role::Heading(_) if self.is_text_in_disguise(piece, ahead) => self.take_text(piece, ahead),
            Role::Heading(depth) => return self.take_heading(index, *depth),
            Role::Text if piece.number.is_none() && self.is_emphasised_heading(index, ahead) => {
                return self.take_heading(index, 0);
            }
            Role::Text => self.take_text(piece, ahead),
            Role::Bullet => self.take_plain(piece, ParagraphKind::Bullet),
            Role::TableRow => self.take_plain(piece, ParagraphKind::Table),
            Role::Footnote(mark) => {
                self.notes.push(note(mark, piece, self.drafts.len()));
                return index + 1;
            }
        }
        self.after_heading = false;
        index + 1
    }

    fn take_heading(&mut self, index: usize, depth: u8) -> usize {
        let piece = &self.pieces[index];
        let (text, raised) = piece.on_one_line(0);
        let adjacent = self.after_heading;
        let section = if self.opens_text(index) {
            self.tree.push_text(&text, depth)
        } else {
            self.tree.push(&text, depth, piece.emphasis, adjacent)
        };
        self.headings.push((section, self.drafts.len(), raised));
        self.sequence.leave_paragraph();
        self.leads.clear();
        self.after_heading = true;
        if opens_annex(&text) {
            self.sequence.restart();
            let title = self.annex_title(index + 1);
            self.take_title(index + 1..title);
            return title;
        }
        index + 1
    }

    /// Whether a heading without a number is the title of a further text in the document, as that of a protocol behind its
    /// convention: behind articles that have been, the next heading is that of the first part or article again.
    fn opens_text(&self, index: usize) -> bool {
        let is_heading = |piece: &&Piece| matches!(piece.role, Role::Heading(_));
        let is_title =
            |piece: &Piece| read_heading_number(&piece.text).is_empty() && keyword_place(&piece.text).is_none();
        let next = self.pieces.iter().skip(index + 1).find(is_heading);
        next.is_some_and(|next| opens_first(&next.text))
            && self.pieces.get(index).is_some_and(is_title)
            && self.tree.has_articles()
    }

    /// The end of an annex's own title: unnumbered headings right under "Annex" that a numbered heading follows.
    fn annex_title(&self, from: usize) -> usize {
        let unnumbered = |piece: &&Piece| {
            let title = matches!(piece.role, Role::Heading(_)) && read_heading_number(&piece.text).is_empty();
            title && keyword_place(&piece.text).is_none()
        };
        let count = self.pieces[from..].iter().take_while(unnumbered).count();
        let next = self.pieces.get(from + count);
        let numbered = next.is_some_and(|piece| {
            matches!(piece.role, Role::Heading(_)) && !read_heading_number(&piece.text).is_empty()
        });
        if numbered { from + count } else { from }
    }

    fn take_text(&mut self, piece: &Piece, ahead: Ahead<'_>) {
        if let Some(number) = &piece.number {
            let label = Label::parse(number).unwrap_or_else(|| Label::number(number.clone()));
            let kind = if label.items.is_empty() { ParagraphKind::Paragraph } else { ParagraphKind::Item };
            self.push(piece, 0, kind, Some(label), None);
            return;
        }
        if let Some(marker) = read_number(&piece.text) {
            if self.sequence.continues(&marker, ahead) {
                let label = self.sequence.open_number(&marker);
                self.push(piece, marker.width, ParagraphKind::Paragraph, Some(label), None);
                self.leads = vec![self.drafts.len() - 1];
                return;
            }
            if let Some(label) = self.sequence.open_listed_number(&marker, ahead) {
                self.take_item(piece, marker.width, label);
                return;
            }
        }
        if let Some(marker) = read_item(&piece.text)
            && let Some(label) = self.sequence.open_item(&marker, ahead)
        {
            self.take_item(piece, marker.width, label);
            return;
        }
        self.take_plain(piece, ParagraphKind::Paragraph);
    }

    /// Adds an item under the unit that opened the level above it.
    fn take_item(&mut self, piece: &Piece, width: usize, label: Label) {
        // The numbered paragraph is the first of the leads, where there is one.
        let level = self.sequence.depth() - 1 + usize::from(!label.number.is_empty());
        let parent = self.leads.get(level.saturating_sub(1)).copied();
        self.push(piece, width, ParagraphKind::Item, Some(label), parent);
        self.leads.truncate(level);
        self.leads.push(self.drafts.len() - 1);
    }

    fn take_plain(&mut self, piece: &Piece, kind: ParagraphKind) {
        let lead = match kind {
            ParagraphKind::Bullet => self.lead_of_bullet(),
            _ => None,
        };
        self.push(piece, 0, kind, None, lead);
    }

    /// The text that ends with a colon before a list.
    fn lead_of_bullet(&self) -> Option<usize> {
        let before = self
            .drafts
            .iter()
            .rposition(|draft| draft.kind != ParagraphKind::Bullet && draft.kind != ParagraphKind::Table)?;
        let here = self.drafts[before].section == self.tree.current();
        (here && self.drafts[before].text.trim_end().ends_with(':')).then_some(before)
    }

    fn push(&mut self, piece: &Piece, width: usize, kind: ParagraphKind, label: Option<Label>, parent: Option<usize>) {
        let (text, raised) = piece.on_one_line(width);
        let section = self.tree.current();
        self.drafts.push(Draft { kind, label, text, raised, section, parent, page: piece.page });
    }

    fn roman_two_follows(&self, index: usize) -> bool {
        let next = self.pieces[index + 1..].iter().take(12).find_map(|piece| read_item(&piece.text));
        next.is_some_and(|item| item.readings.contains(&(ItemStyle::RomanLower, 2)))
    }

    fn finish(mut self) -> Assembled {
        let (notes, left_out) = glued::part(&mut self.drafts);
        self.notes.extend(notes);
        self.notes.sort_by_key(|note| note.position);
        let tied = self.tie_notes();
        let paragraphs = number_units(self.drafts, self.notes, &tied, self.are_ready, &self.tree.sections);
        Assembled { sections: self.tree.sections, paragraphs, front: self.front, left_out }
    }

    /// Takes footnote marks out of texts and headings; returns the draft of each note.
    fn tie_notes(&mut self) -> Vec<Option<usize>> {
        let mut headings: Vec<(&mut String, &mut Vec<Range<usize>>, usize)> = Vec::new();
        let mut raised_of: HashMap<usize, (usize, &mut Vec<Range<usize>>)> =
            self.headings.iter_mut().map(|(section, unit, raised)| (*section, (*unit, raised))).collect();
        for (index, section) in self.tree.sections.iter_mut().enumerate() {
            if let Some((unit, raised)) = raised_of.remove(&index) {
                headings.push((&mut section.heading, raised, unit));
            }
        }
        let mut headings = headings.into_iter().peekable();
        let mut bearers: Vec<Bearer<'_>> = Vec::with_capacity(self.drafts.len());
        for (unit, draft) in self.drafts.iter_mut().enumerate() {
            while let Some((text, raised, _)) = headings.next_if(|(_, _, at)| *at <= unit) {
                bearers.push(Bearer { text, raised, unit });
            }
            bearers.push(Bearer { text: &mut draft.text, raised: &mut draft.raised, unit });
        }
        footnote::tie(&self.notes, &mut bearers)
    }
}

fn note(mark: &str, piece: &Piece, position: usize) -> Note {
    Note { mark: mark.to_owned(), text: piece.on_one_line(0).0, page: piece.page, position, earliest: 0 }
}
