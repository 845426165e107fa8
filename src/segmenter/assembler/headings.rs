//! Which pieces are headings, whatever the format calls them.

use crate::document::{Emphasis, ParagraphKind, is_web_address};

use super::super::heading::is_in_capitals;
use super::super::numbering::{read_heading_number, read_item, read_number};
use super::super::piece::{Piece, Role, ends_clause, ends_sentence};
use super::super::sequence::Ahead;
use super::Assembler;
use super::units::Draft;

impl Assembler<'_> {
    /// A format's "heading" that is a numbered paragraph of the count, or a whole sentence of some length.
    pub(super) fn is_text_in_disguise(&self, piece: &Piece, ahead: Ahead<'_>) -> bool {
        let long = piece.text.chars().count() > 250;
        let continues = read_number(&piece.text)
            .is_some_and(|marker| marker.parts.len() == 1 && self.sequence.continues(&marker, ahead));
        (ends_sentence(&piece.text) && (long || continues)) || piece.text.chars().count() > 600
    }

    /// A short text without a full stop that is bold or italic, as Markdown and Word files have for headings, or in
    /// capitals, as judgments have.
    pub(super) fn is_emphasised_heading(&self, index: usize, ahead: Ahead<'_>) -> bool {
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
}

#[cfg(test)]
mod tests {
    use super::super::assemble;
    use super::*;
    use crate::document::{Block, BlockKind, Format};

    #[test]
    fn texts_in_capitals_are_headings_where_they_stand_alone() {
        let outline = |texts: &[&str]| -> Vec<String> {
            let piece = |text: &&str| Piece::from_block(Block::new(BlockKind::Paragraph, *text), Role::Text);
            let pieces: Vec<Piece> = texts.iter().map(piece).collect();
            let sections = assemble(&pieces, 0, Vec::new(), Format::Pdf).sections;
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
