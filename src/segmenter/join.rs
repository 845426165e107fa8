//! Mends paragraphs that a page break, a footnote or an address block has cut in two.

use crate::document::{LeftOut, LeftOutReason};
use crate::normalizer::LineJoiner;

use super::numbering::{read_item, read_number};
use super::piece::{Piece, Role, ends_clause, ends_sentence, starts_lower};

/// Joins a piece without a full stop to the next text that starts in small letters, across footnotes, tables and at most
/// one short block that a page's foot has put between. Page numbers found glued to the broken end go to the second list.
pub fn mend(pieces: Vec<Piece>) -> (Vec<Piece>, Vec<LeftOut>) {
    let joiner = LineJoiner::new(pieces.iter().map(|piece| piece.text.as_str()));
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut page_numbers = Vec::new();
    for piece in pieces {
        match broken_before(&out, &piece) {
            Some(at) => {
                page_numbers.extend(take_page_number(&mut out[at], &piece));
                append(&mut out[at], piece, &joiner);
            }
            None => out.push(piece),
        }
    }
    (out, page_numbers)
}

/// "information can be found at 3" before a web address: the number is the page's.
fn take_page_number(before: &mut Piece, piece: &Piece) -> Option<LeftOut> {
    let text = before.text.trim_end();
    let (sentence, number) = text.rsplit_once(char::is_whitespace)?;
    let is_page =
        starts_as_address(&piece.text) && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    if !is_page || !sentence.trim_end().ends_with(char::is_lowercase) {
        return None;
    }
    let text = number.to_owned();
    before.text.truncate(sentence.trim_end().len());
    Some(LeftOut { reason: LeftOutReason::PageNumber, text, page: before.page, line: before.line })
}

/// The place of the broken piece that this one goes on.
fn broken_before(out: &[Piece], piece: &Piece) -> Option<usize> {
    let continues = piece.role == Role::Text && (starts_lower(&piece.text) || starts_as_address(&piece.text));
    if !continues || piece.number.is_some() || read_item(&piece.text).is_some() || read_number(&piece.text).is_some() {
        return None;
    }
    for (at, before) in out.iter().enumerate().rev() {
        match before.role {
            Role::Footnote(_) | Role::TableRow => continue,
            Role::Heading(_) => return None,
            Role::Text | Role::Bullet => {}
        }
        let unfinished = !ends_sentence(&before.text);
        let list_ends = ends_clause(&before.text) && unfinished;
        if unfinished && (!list_ends || (before.text.trim_end().ends_with(':') && starts_as_address(&piece.text))) {
            // A short block between two halves of a sentence is an address or a signature, and has no full stop either:
            // the sentence before it, if that is broken too, is the one that goes on.
            let short = before.text.chars().count() <= 200 && before.text.contains('\n');
            let earlier = short.then(|| broken_sentence(&out[..at])).flatten();
            return Some(earlier.unwrap_or(at));
        }
        return None;
    }
    None
}

/// The last text before, if it is a long one that breaks off in the middle of a sentence.
fn broken_sentence(out: &[Piece]) -> Option<usize> {
    let at = out.iter().rposition(|piece| matches!(piece.role, Role::Text | Role::Bullet | Role::Heading(_)))?;
    let piece = &out[at];
    (piece.role == Role::Text && piece.text.chars().count() > 200 && !ends_clause(&piece.text)).then_some(at)
}

fn starts_as_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
}

fn append(before: &mut Piece, piece: Piece, joiner: &LineJoiner) {
    joiner.push(&mut before.text, &piece.text);
    let shift = before.text.len() - piece.text.trim().len();
    let trimmed = piece.text.len() - piece.text.trim_start().len();
    before.raised.extend(
        piece
            .raised
            .into_iter()
            .filter(|range| range.start >= trimmed)
            .map(|range| range.start - trimmed + shift..range.end - trimmed + shift),
    );
    before.raised.retain(|range| range.end <= before.text.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind};

    fn piece(role: Role, text: &str) -> Piece {
        Piece::from_block(Block::new(BlockKind::Paragraph, text), role)
    }

    #[track_caller]
    fn check(pieces: &[(Role, &str)], expected: &[&str]) {
        let (mended, _) = mend(pieces.iter().map(|(role, text)| piece(role.clone(), text)).collect());
        assert_eq!(mended.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_page_break_is_mended() {
        check(
            &[(Role::Text, "a framework has"), (Role::Text, "been established.")],
            &["a framework has been established."],
        );
        check(
            &[(Role::Text, "the Office on"), (Role::Footnote("3".into()), "Ibid."), (Role::Text, "confirmed that.")],
            &["the Office on confirmed that.", "Ibid."],
        );
        check(
            &[(Role::Text, "is available at:"), (Role::Text, "http://a.b. In this")],
            &["is available at: http://a.b. In this"],
        );
    }

    #[test]
    fn a_page_number_in_the_break_goes() {
        let expected = ["More can be found at www.a.org"];
        check(&[(Role::Text, "More can be found at 1"), (Role::Text, "www.a.org")], &expected);
    }

    #[test]
    fn an_address_block_between_is_stepped_over() {
        let long = format!("{} national action plans in", "My advice is this and that. ".repeat(8));
        let expected = format!("{long} close consultation.");
        check(
            &[(Role::Text, &long), (Role::Text, "His Excellency\nMinister"), (Role::Text, "close consultation.")],
            &[&expected, "His Excellency\nMinister"],
        );
    }

    #[test]
    fn lists_and_sentences_stay_apart() {
        check(
            &[(Role::Text, "recommends:"), (Role::Text, "to ratify;"), (Role::Text, "to sign.")],
            &["recommends:", "to ratify;", "to sign."],
        );
        check(&[(Role::Text, "It ended."), (Role::Text, "also this")], &["It ended.", "also this"]);
        check(&[(Role::Heading(1), "Heading"), (Role::Text, "lower start")], &["Heading", "lower start"]);
        check(&[(Role::Text, "calls upon"), (Role::Text, "(a) to ratify")], &["calls upon", "(a) to ratify"]);
    }
}
