//! Footnotes that a converter has left in the middle of a paragraph's text, where its page ended, or at its end.
//!
//! Such notes count upwards, each opens with its number and a capital letter, and their marks stand in the text before
//! them; after the last comes the foot of the page or the rest of the broken sentence. Real text cut out of a paragraph
//! would be worse than a note left in it: where the last note ends is not known, it stays.

mod end;
mod run;

use std::ops::Range;

use crate::document::{LeftOut, LeftOutReason, ParagraphKind};

use super::assembler::Draft;
use super::footnote::{self, Note};
use run::Run;

/// Paragraphs that a page may hold: a note's mark stands at most so many units before it.
const PAGE: usize = 12;

/// Bytes of the text of a page, twice what one holds in small print and two bytes a letter.
const PAGE_BYTES: usize = 16_000;

/// Pages that a paragraph may run over.
const PAGES: usize = 10;

/// Takes the notes out of the texts. Returns them in order, and the rules and page feet that stood with them.
pub(super) fn part(drafts: &mut [Draft]) -> (Vec<Note>, Vec<LeftOut>) {
    let mut notes = Vec::new();
    let mut left_out = Vec::new();
    let mut last = 0;
    for index in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(index);
        let Some(draft) = rest.first_mut() else { break };
        if !may_hold(draft) {
            continue;
        }
        let earlier = &before[index.saturating_sub(PAGE)..];
        let mut from = 0;
        for _ in 0..PAGES {
            let find = |text| run::find(text, from, last, |mark, before| bears(earlier, before, mark));
            let Some(run) = find(&draft.text) else { break };
            last = run.last;
            from = take(draft, &run, index, &mut notes, &mut left_out);
        }
    }
    (notes, left_out)
}

fn may_hold(draft: &Draft) -> bool {
    matches!(draft.kind, ParagraphKind::Paragraph | ParagraphKind::Item | ParagraphKind::Bullet)
        && run::starts(&draft.text).next().is_some()
}

/// Whether a mark stands in the text before the notes, or in the units of the same page: no more is looked at than a page
/// may hold.
fn bears(earlier: &[Draft], text: &str, mark: u32) -> bool {
    let mark = mark.to_string();
    let mut left = PAGE_BYTES;
    let nearest_first = std::iter::once(text).chain(earlier.iter().rev().map(|draft| draft.text.as_str()));
    for text in nearest_first {
        let end = &text[text.ceil_char_boundary(text.len().saturating_sub(left))..];
        if footnote::find_mark(end, 0, &mark).is_some() {
            return true;
        }
        left -= end.len();
    }
    false
}

/// Cuts a run out of its unit and returns the byte where the text goes on.
fn take(draft: &mut Draft, run: &Run, index: usize, notes: &mut Vec<Note>, left_out: &mut Vec<LeftOut>) -> usize {
    notes.extend(run.notes.iter().map(|(number, range)| Note {
        mark: number.to_string(),
        text: draft.text[range.clone()].trim().to_owned(),
        page: draft.page,
        position: index + 1,
        earliest: index.saturating_sub(PAGE),
    }));
    let furniture = [(LeftOutReason::Ornament, &run.rule), (LeftOutReason::RunningHead, &run.foot)];
    left_out.extend(furniture.into_iter().filter(|(_, range)| !range.is_empty()).map(|(reason, range)| LeftOut {
        reason,
        text: draft.text[range.clone()].trim().to_owned(),
        page: draft.page,
        line: 0,
    }));
    cut(draft, run.whole.clone())
}

/// Takes bytes out of a text, so that one space stands for them, and returns where it goes on.
fn cut(draft: &mut Draft, range: Range<usize>) -> usize {
    let start = draft.text[..range.start].trim_end().len();
    let end = draft.text.len() - draft.text[range.end..].trim_start().len();
    let joint = if start == 0 || end == draft.text.len() { "" } else { " " };
    draft.text.replace_range(start..end, joint);
    draft.raised.retain(|mark| mark.end <= start || mark.start >= end);
    for mark in draft.raised.iter_mut().filter(|mark| mark.start >= end) {
        let moved = |at: usize| at - end + start + joint.len();
        *mark = moved(mark.start)..moved(mark.end);
    }
    start + joint.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts that remain, and the notes as "mark|text".
    #[track_caller]
    fn check(texts: &[&str], kept: &[&str], notes: &[&str]) {
        let draft = |text: &&str| Draft {
            kind: ParagraphKind::Paragraph,
            label: None,
            text: (*text).to_owned(),
            raised: Vec::new(),
            section: None,
            parent: None,
            page: 0,
        };
        let mut drafts: Vec<Draft> = texts.iter().map(draft).collect();
        let (found, _) = part(&mut drafts);
        let found: Vec<String> = found.iter().map(|note| format!("{}|{}", note.mark, note.text)).collect();
        let texts: Vec<&str> = drafts.iter().map(|draft| draft.text.as_str()).collect();
        assert_eq!((texts.as_slice(), found.iter().map(String::as_str).collect::<Vec<_>>().as_slice()), (kept, notes));
    }

    #[test]
    fn a_broken_sentence_goes_on_after_the_notes() {
        check(
            &["Fish was sold12 to the 12 See A/70/1, para. 3. 13 Ibid. port and eaten."],
            &["Fish was sold12 to the port and eaten."],
            &["12|See A/70/1, para. 3.", "13|Ibid."],
        );
        check(
            &[
                "It fell.4 The old ______________ 4 Report on ports (Oslo, 2001), p. 3. A/70/9 4/20 15-12345 port stood.",
            ],
            &["It fell.4 The old port stood."],
            &["4|Report on ports (Oslo, 2001), p. 3."],
        );
        check(
            &["Рыбу продали12 в 12 См. A/70/1, пункт 3. 13 Там же, стр. 5. порт и съели."],
            &["Рыбу продали12 в порт и съели."],
            &["12|См. A/70/1, пункт 3.", "13|Там же, стр. 5."],
        );
    }

    #[test]
    fn notes_end_with_their_paragraph() {
        check(
            &["Fish was sold.1", "Then bread was.2 1 See www.example.org. 2 Ibid., p. 4. See also A/70/1."],
            &["Fish was sold.1", "Then bread was.2"],
            &["1|See www.example.org.", "2|Ibid., p. 4. See also A/70/1."],
        );
    }

    #[test]
    fn the_last_note_stays_where_its_end_is_not_known() {
        check(
            &["Fish was sold.1 Bread was.2 1 See A/70/1. 2 Ibid. The port was closed then. It was cold."],
            &["Fish was sold.1 Bread was.2 2 Ibid. The port was closed then. It was cold."],
            &["1|See A/70/1."],
        );
        check(
            &["Fish was sold in Oslo,1 1 Ports of the north, 2001. 82 per cent in Bergen."],
            &["Fish was sold in Oslo,1 1 Ports of the north, 2001. 82 per cent in Bergen."],
            &[],
        );
    }

    #[test]
    fn text_stays_text() {
        for text in [
            "The court sat on 12 March 2001. On 13 March 2001 it rose (see para. 4).",
            "Under articles 9, 18 (1) and 19 See the text. It was article 12 The State party says.",
            "The State should: 1 Ratify the Convention, art. 5. 2 Sign the Protocol, para. 3. 3 Report in time.",
            "It fell. 10 Despite that, it rose. 11 See how it rose again.",
            "In paragraph 7 See is a verb. It cites No. 12 Ibid and no more.",
        ] {
            check(&[text], &[text], &[]);
        }
    }

    #[test]
    fn a_mark_after_the_notes_opens_no_note() {
        check(
            &["Fish6 was sold to 6 See A/70/1. 7 Ports (Oslo, 2001). port hands. 8 They ate it, para. 4 says."],
            &["Fish6 was sold to port hands. 8 They ate it, para. 4 says."],
            &["6|See A/70/1.", "7|Ports (Oslo, 2001)."],
        );
    }
}
