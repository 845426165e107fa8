//! Where the title block of a document ends.

use super::heading::{keyword_place, opens_front_section};
use super::numbering::{HeadingStyle, read_heading_number, read_number};
use super::piece::{Piece, Role, ends_sentence};

/// Pieces that a title block may have: cover pages list body, session, agenda item, title.
const LONGEST_TITLE: usize = 40;

/// Returns how many leading pieces are the title block. `printed`: the pieces come from a printed page (plain text, PDF),
/// where covers have many short lines, not from a format that says which heading is the title.
pub fn title_end(pieces: &[Piece], printed: bool) -> usize {
    let body = pieces.iter().take(LONGEST_TITLE).position(opens_body);
    if printed {
        let numbered = body.is_some_and(|at| opens_numbered_body(&pieces[at]) || opens_front_section(&pieces[at].text));
        return match body {
            Some(at) if numbered => at,
            Some(at) => at.min(leading_headings(pieces).max(usize::from(is_short(pieces.first())))),
            None => leading_headings(pieces),
        };
    }
    // The format knows its headings: the first one, with the short lines right under it.
    let Some(first) = pieces.iter().take(5).position(|piece| matches!(piece.role, Role::Heading(_))) else { return 0 };
    let unnumbered = |piece: &Piece| {
        keyword_place(&piece.text).is_none()
            && read_heading_number(&piece.text).is_empty()
            && !opens_front_section(&piece.text)
    };
    if !unnumbered(&pieces[first]) || pieces[..first].iter().any(|piece| !is_short(Some(piece))) {
        return 0;
    }
    let more = pieces[first + 1..].iter().take_while(|piece| piece.role == Role::Text && !opens_body(piece)).count();
    let only_top = matches!(pieces[first].role, Role::Heading(depth) if depth <= 2);
    let followed_by_text = pieces.get(first + 1 + more).is_some();
    if only_top && followed_by_text { first + 1 + more } else { 0 }
}

/// Whether the body starts with a piece: a number, a numbered or known heading, a sentence, a list.
fn opens_body(piece: &Piece) -> bool {
    match &piece.role {
        Role::Bullet | Role::TableRow => true,
        Role::Footnote(_) => false,
        Role::Heading(_) => opens_numbered_body(piece) || opens_front_section(&piece.text),
        Role::Text => opens_numbered_body(piece) || opens_front_section(&piece.text) || is_sentence(&piece.text),
    }
}

fn opens_numbered_body(piece: &Piece) -> bool {
    match piece.role {
        Role::Text => read_number(&piece.text).is_some_and(|marker| marker.parts == [1]),
        _ => read_heading_number(&piece.text).iter().any(|marker| {
            marker.value == 1
                && matches!(marker.style, HeadingStyle::Roman | HeadingStyle::Letter | HeadingStyle::Arabic)
        }),
    }
}

/// Twelve words and a full stop.
fn is_sentence(text: &str) -> bool {
    ends_sentence(text) && text.split_whitespace().count() >= 12
}

fn is_short(piece: Option<&Piece>) -> bool {
    piece.is_some_and(|piece| {
        piece.role != Role::Bullet && piece.text.chars().count() <= 200 && !ends_sentence(&piece.text)
    })
}

fn leading_headings(pieces: &[Piece]) -> usize {
    pieces.iter().take(LONGEST_TITLE).take_while(|piece| matches!(piece.role, Role::Heading(_))).count().min(1)
}
