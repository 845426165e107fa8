//! Which printed lines are headings, and how many lines each runs over.

use super::Unwrapper;
use crate::segmenter::heading;
use crate::segmenter::numbering::{read_heading_number, read_item, read_number};
use crate::segmenter::piece::{Role, ends_sentence, has_open_bracket, starts_lower};
use crate::segmenter::sequence::Ahead;

/// The longest heading that is believed, in characters.
pub(super) const LONGEST_HEADING: usize = 250;
/// The longest unnumbered one.
const LONGEST_PLAIN_HEADING: usize = 160;

impl Unwrapper<'_> {
    /// The number of lines of a numbered heading that starts here.
    pub(super) fn is_numbered_heading(&self, index: usize) -> Option<usize> {
        let line = &self.lines[index];
        let keyword = heading::keyword_place(&line.text).is_some();
        let markers = read_heading_number(&line.text);
        if !keyword && markers.is_empty() || !self.is_rested(line) {
            return None;
        }
        let (count, text) = self.heading_lines(index, LONGEST_HEADING)?;
        let title = markers.first().map_or(text.as_str(), |marker| &text[marker.width.min(text.len())..]);
        let capital = title.chars().find(|sign| sign.is_alphabetic()).is_some_and(char::is_uppercase);
        // Two points are what is left of a note's mark or of a row of leaders; a sentence ends in one.
        let is_closed = text.ends_with(['.', ';', ':', ',']) && (!text.ends_with("..") || text.ends_with("..."));
        ((capital || keyword) && !is_closed).then_some(count)
    }

    /// Whether the next number after a would-be arabic heading continues the count that the heading's own would break.
    pub(super) fn number_follows_heading(&self, index: usize) -> bool {
        let Some(count) = self.is_numbered_heading(index) else { return false };
        let next = self.lines.get(index + count).and_then(|line| read_number(&line.text));
        next.is_some_and(|marker| self.sequence.continues(&marker, Ahead::default()))
    }

    /// The number of lines of an unnumbered heading that starts here: short, without a full stop, nothing pending before it.
    pub(super) fn is_plain_heading(&self, index: usize) -> Option<usize> {
        let line = &self.lines[index];
        let set_off = if self.layout.double_spaced { line.indent > 0 } else { line.gap_before || line.indent >= 2 };
        let pending = self.interrupted.is_some()
            || self
                .current
                .as_ref()
                .is_some_and(|piece| piece.role == Role::Text && !ends_sentence(&piece.text) && self.body_started);
        let capital = line.text.starts_with(char::is_uppercase);
        let in_note = self
            .current
            .as_ref()
            .is_some_and(|piece| matches!(piece.role, Role::Footnote(_)) && !ends_sentence(&piece.text));
        if !set_off || pending || !capital || in_note || (index == 0 && !self.layout.wrapped && self.lines.len() == 1) {
            return None;
        }
        // An annex has the title of a report.
        let under_annex = self
            .current
            .as_ref()
            .is_some_and(|piece| matches!(piece.role, Role::Heading(_)) && heading::opens_annex(&piece.text));
        let longest = if under_annex { 2 * LONGEST_HEADING } else { LONGEST_PLAIN_HEADING };
        let (count, text) = self.heading_lines(index, longest)?;
        let next = self.lines.get(index + count)?;
        let opens = read_number(&next.text).is_some() || !read_heading_number(&next.text).is_empty();
        // Between double-spaced lines only an indent shows that the next one does not go on.
        let parted = opens || (next.gap_before && (!self.layout.double_spaced || next.indent > 0));
        (parted && !text.ends_with(['.', ';', ':', ',', '!', '?']) && !ends_sentence(&text)).then_some(count)
    }

    /// The lines of a heading that starts here and its text, or `None` where it grows longer than a heading.
    pub(super) fn heading_lines(&self, index: usize, longest: usize) -> Option<(usize, String)> {
        let mut text = self.lines[index].text.clone();
        let mut count = 1;
        if !self.layout.wrapped {
            return (text.chars().count() <= longest).then_some((1, text));
        }
        while let Some(next) = self.lines.get(index + count) {
            let lower = starts_lower(&next.text);
            let goes_on =
                has_open_bracket(&text) || lower || (!next.gap_before && next.indent == 0 && !ends_sentence(&text));
            let opens =
                read_number(&next.text).is_some() && !has_open_bracket(&text) || read_item(&next.text).is_some();
            if !goes_on || opens {
                break;
            }
            self.joiner.push(&mut text, &next.text);
            count += 1;
            if text.chars().count() > longest {
                return None;
            }
        }
        (text.chars().count() <= longest).then_some((count, text))
    }
}
