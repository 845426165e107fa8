//! Pieces in reading order to sections and labelled units.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Emphasis, Label, Language, Paragraph, ParagraphKind, Section, is_web_address};
use crate::normalizer::fold_space;

use super::footnote::{self, Bearer, Note};
use super::heading::{Depths, HeadingTree, is_in_capitals, opens_annex};
use super::numbering::{ItemStyle, read_heading_number, read_item, read_number};
use super::piece::{Piece, Role, ends_clause, ends_sentence};
use super::sequence::{Ahead, Sequence};
use super::title;

/// Sections and units of a document, and the printed lines of its title block.
#[derive(Debug, Default)]
pub struct Assembled {
    pub sections: Vec<Section>,
    pub paragraphs: Vec<Paragraph>,
    pub front: Vec<String>,
}

/// A unit before it has its place in the count.
#[derive(Debug)]
struct Draft {
    kind: ParagraphKind,
    label: Option<Label>,
    text: String,
    raised: Vec<Range<usize>>,
    section: Option<usize>,
    /// Index of the draft it hangs on.
    parent: Option<usize>,
    page: u32,
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
}

/// Assembles a document. The first `title` pieces are its title block.
pub fn assemble(pieces: &[Piece], title: usize, contents: Vec<String>, depths: Depths) -> Assembled {
    let mut assembler = Assembler {
        pieces,
        tree: HeadingTree::new(contents, depths),
        sequence: Sequence::default(),
        drafts: Vec::new(),
        notes: Vec::new(),
        front: Vec::new(),
        headings: Vec::new(),
        leads: Vec::new(),
        after_heading: false,
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
                self.notes.push(Note { mark, text: fold(piece, width).0, page: piece.page, position: 1 });
                continue;
            }
            let (line, ranges) = fold(piece, 0);
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

    /// A format's "heading" that is a numbered paragraph of the count, or a whole sentence of some length.
    fn is_text_in_disguise(&self, piece: &Piece, ahead: Ahead<'_>) -> bool {
        let long = piece.text.chars().count() > 250;
        let continues = read_number(&piece.text)
            .is_some_and(|marker| marker.parts.len() == 1 && self.sequence.continues(&marker, ahead));
        (ends_sentence(&piece.text) && (long || continues)) || piece.text.chars().count() > 600
    }

    /// A short text without a full stop that is bold or italic, as Markdown and Word files have for headings, or in
    /// capitals, as judgments have.
    fn is_emphasised_heading(&self, index: usize, ahead: Ahead<'_>) -> bool {
        let piece = &self.pieces[index];
        let shown = piece.emphasis != Emphasis::None || (is_in_capitals(&piece.text) && self.stands_apart(index));
        let short = piece.text.chars().count() <= 200
            && !piece.text.trim_end().ends_with(['.', ';', ',', ':'])
            && !ends_sentence(&piece.text);
        let continues = read_number(&piece.text)
            .is_some_and(|marker| self.sequence.continues_list(&marker) || self.sequence.continues(&marker, ahead));
        let item = read_item(&piece.text).is_some_and(|marker| self.sequence.accepts_item(&marker, ahead));
        let has_text_below = self.pieces.get(index + 1).is_some();
        shown
            && short
            && !continues
            && !item
            && has_text_below
            && !is_web_address(&piece.text)
            && piece.text.chars().any(char::is_alphabetic)
    }

    /// Whether a text in capitals stands alone: something is before it, or it is the title; no sentence goes on there, and
    /// no other line in capitals is before or after it.
    fn stands_apart(&self, index: usize) -> bool {
        let is_text = |draft: &&Draft| matches!(draft.kind, ParagraphKind::Paragraph | ParagraphKind::Item);
        let goes_on = |draft: &Draft| draft.text.trim_end().ends_with(':') || !ends_clause(&draft.text);
        let pending = !self.after_heading && self.drafts.last().filter(is_text).is_some_and(goes_on);
        let is_note = |piece: &&Piece| !matches!(piece.role, Role::Footnote(_));
        let more = |piece: &Piece| {
            piece.role == Role::Text && is_in_capitals(&piece.text) && read_heading_number(&piece.text).is_empty()
        };
        let above = self.pieces[..index].iter().rev().find(is_note);
        let below = self.pieces[index + 1..].iter().find(is_note);
        let lone = above.is_some_and(|above| self.after_heading || !more(above));
        !pending && lone && below.is_some_and(|below| !more(below))
    }

    fn take_heading(&mut self, index: usize, depth: u8) -> usize {
        let piece = &self.pieces[index];
        let (text, raised) = fold(piece, 0);
        let adjacent = self.after_heading;
        let section = self.tree.push(&text, depth, piece.emphasis, adjacent);
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

    /// The end of an annex's own title: unnumbered headings right under "Annex" that a numbered heading follows.
    fn annex_title(&self, from: usize) -> usize {
        let unnumbered = |piece: &&Piece| {
            let title = matches!(piece.role, Role::Heading(_)) && read_heading_number(&piece.text).is_empty();
            title && super::heading::keyword_place(&piece.text).is_none()
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
        let (text, raised) = fold(piece, width);
        let section = self.tree.current();
        self.drafts.push(Draft { kind, label, text, raised, section, parent, page: piece.page });
    }

    fn roman_two_follows(&self, index: usize) -> bool {
        let next = self.pieces[index + 1..].iter().take(12).find_map(|piece| read_item(&piece.text));
        next.is_some_and(|item| item.readings.contains(&(ItemStyle::RomanLower, 2)))
    }

    fn finish(mut self) -> Assembled {
        let tied = self.tie_notes();
        let paragraphs = number_units(self.drafts, self.notes, &tied);
        Assembled { sections: self.tree.sections, paragraphs, front: self.front }
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
    Note { mark: mark.to_owned(), text: fold(piece, 0).0, page: piece.page, position }
}

/// A piece's text from `width` on, on one line, with its raised ranges.
fn fold(piece: &Piece, width: usize) -> (String, Vec<Range<usize>>) {
    if piece.raised.is_empty()
        && let Some(text) = piece.text.get(width..)
    {
        return (fold_space(text), Vec::new());
    }
    let mut text = String::with_capacity(piece.text.len());
    // Where each byte offset of the piece has gone.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut pending_space = false;
    for (at, sign) in piece.text.char_indices().skip_while(|(at, _)| *at < width) {
        let is_edge = piece.raised.iter().any(|range| range.start == at || range.end == at);
        if sign.is_whitespace() {
            // A mark ends where the space after it begins.
            ends.extend(is_edge.then_some((at, text.len())));
            pending_space = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut pending_space) {
            text.push(' ');
        }
        ends.extend(is_edge.then_some((at, text.len())));
        text.push(sign);
    }
    let length = text.len();
    let moved = |offset: usize| ends.iter().find(|(at, _)| *at == offset).map_or(length, |(_, to)| *to);
    let inside = piece.raised.iter().filter(|range| range.start >= width);
    let raised =
        inside.map(|range| moved(range.start)..moved(range.end)).filter(|range| range.start < range.end).collect();
    (text, raised)
}

/// Puts footnotes after their units and gives everything its ordinal and position.
fn number_units(drafts: Vec<Draft>, notes: Vec<Note>, tied: &[Option<usize>]) -> Vec<Paragraph> {
    let last = drafts.len().saturating_sub(1);
    let mut notes_of: HashMap<usize, Vec<(Note, bool)>> = HashMap::new();
    for (note, unit) in notes.into_iter().zip(tied) {
        let at = unit.unwrap_or_else(|| note.position.saturating_sub(1)).min(last);
        notes_of.entry(at).or_default().push((note, unit.is_some()));
    }
    let mut out: Vec<Paragraph> = Vec::with_capacity(drafts.len());
    let mut ordinals: Vec<u32> = Vec::with_capacity(drafts.len());
    let mut positions: HashMap<(Option<usize>, ParagraphKind), u32> = HashMap::new();
    for (index, draft) in drafts.into_iter().enumerate() {
        let ordinal = next_ordinal(&out);
        ordinals.push(ordinal);
        let section = draft.section;
        let position = position(&mut positions, section, draft.kind, draft.label.is_some());
        out.push(Paragraph {
            ordinal,
            kind: draft.kind,
            label: draft.label,
            mark: None,
            text: draft.text.trim().to_owned(),
            section,
            parent: draft.parent.and_then(|parent| ordinals.get(parent).copied()),
            position,
            language: Language::UNKNOWN,
            page: draft.page,
        });
        for (note, is_tied) in notes_of.remove(&index).unwrap_or_default() {
            out.push(Paragraph {
                ordinal: next_ordinal(&out),
                kind: ParagraphKind::Footnote,
                label: None,
                mark: Some(note.mark),
                text: note.text,
                section,
                parent: is_tied.then_some(ordinal),
                position: self::position(&mut positions, section, ParagraphKind::Footnote, false),
                language: Language::UNKNOWN,
                page: note.page,
            });
        }
    }
    out.retain(|paragraph| !paragraph.text.is_empty());
    out
}

fn next_ordinal(out: &[Paragraph]) -> u32 {
    u32::try_from(out.len() + 1).unwrap_or(u32::MAX)
}

fn position(
    positions: &mut HashMap<(Option<usize>, ParagraphKind), u32>,
    section: Option<usize>,
    kind: ParagraphKind,
    labelled: bool,
) -> u32 {
    if labelled {
        return 0;
    }
    let count = positions.entry((section, kind)).or_insert(0);
    *count += 1;
    *count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind};

    #[test]
    fn raised_marks_end_where_their_space_begins() {
        let mut block = Block::new(BlockKind::Paragraph, "21. It fell.6  Then\nit rose.7");
        block.raised = vec![12..13, 28..29];
        let (text, raised) = fold(&Piece::from_block(block, Role::Text), 4);
        let marks: Vec<&str> = raised.iter().filter_map(|range| text.get(range.clone())).collect();
        assert_eq!((text.as_str(), marks.as_slice()), ("It fell.6 Then it rose.7", ["6", "7"].as_slice()));
    }

    #[test]
    fn texts_in_capitals_are_headings_where_they_stand_alone() {
        let outline = |texts: &[&str]| -> Vec<String> {
            let piece = |text: &&str| Piece::from_block(Block::new(BlockKind::Paragraph, *text), Role::Text);
            let pieces: Vec<Piece> = texts.iter().map(piece).collect();
            let sections = assemble(&pieces, 0, Vec::new(), Depths::Sizes).sections;
            let parent = |at: Option<usize>| at.map(|at| format!(" in {}", sections[at].heading)).unwrap_or_default();
            sections.iter().map(|section| section.heading.clone() + &parent(section.parent)).collect()
        };
        let judgment = [
            "In the case of A v. B,",
            "The Court delivers the following judgment.",
            "PROCEDURE",
            "1. The case began in 2015.",
            "THE FACTS",
            "I. THE CIRCUMSTANCES OF THE CASE",
            "2. The applicant lives here.",
            "THE LAW",
            "3. He complained.",
        ];
        let expected = ["PROCEDURE", "THE FACTS", "I. THE CIRCUMSTANCES OF THE CASE in THE FACTS", "THE LAW"];
        assert_eq!(outline(&judgment), expected);
        let others = [
            "MINISTRY OF JUSTICE",
            "1. The report was drawn up by:",
            "JOHN SMITH",
            "who signed it.",
            "2. It names a symbol.",
            "A/HRC/WG.6/7/SVN/1",
            "3. Several lines in capitals are a title or a list.",
            "LIST OF THE MEMBERS",
            "OF THE COMMISSION",
            "4. THE END.",
        ];
        assert_eq!(outline(&others), [""; 0]);
    }
}
