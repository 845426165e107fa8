//! Where the title block of a document ends.

use crate::document::Emphasis;

use super::footnote::read_mark;
use super::heading::{keyword_place, opens_front_section};
use super::numbering::{HeadingStyle, read_heading_number, read_number};
use super::piece::{Piece, Role, ends_sentence};

/// Pieces that a title block may have: cover pages list body, session, agenda item, title.
const LONGEST_TITLE: usize = 40;
/// Characters that a paragraph of a title may have.
const LONGEST_TITLE_TEXT: usize = 500;

/// Returns how many leading pieces are the title block. `printed`: the pieces come from a printed page (plain text, PDF),
/// where covers have many short lines, not from a format that says which heading is the title.
pub fn title_end(pieces: &[Piece], printed: bool) -> usize {
    let body = pieces.iter().take(LONGEST_TITLE).position(opens_body);
    if printed {
        if let Some(end) = cover_end(pieces) {
            return end;
        }
        let numbered = body.is_some_and(|at| opens_numbered_body(&pieces[at]) || opens_front_section(&pieces[at].text));
        return match body {
            Some(at) if numbered => at,
            Some(at) => at.min(leading_headings(pieces).max(usize::from(names_document(&pieces[0])))),
            None => leading_headings(pieces),
        };
    }
    // The format knows its headings: the first one, with the short lines right under it.
    let Some(first) = pieces.iter().take(5).position(is_set_apart) else { return 0 };
    let unnumbered = |piece: &Piece| {
        keyword_place(&piece.text).is_none()
            && read_heading_number(&piece.text).is_empty()
            && !opens_front_section(&piece.text)
    };
    if !unnumbered(&pieces[first]) || pieces[..first].iter().any(|piece| !is_short(Some(piece))) {
        return 0;
    }
    // A title that is only bold or large may run over several paragraphs.
    let look = |piece: &Piece| matches!(piece.role, Role::Heading(0));
    let goes_on = |piece: &&Piece| {
        (piece.role == Role::Text || matches!(piece.role, Role::Footnote(_)) || look(&pieces[first]) && look(piece))
            && !opens_body(piece)
    };
    let mut more = pieces[first + 1..].iter().take_while(goes_on).count();
    let next = pieces.get(first + 1 + more);
    if more > 0
        && look(&pieces[first + more])
        && next.is_some_and(|next| next.role == Role::Text && !opens_body_number(next))
    {
        // The last of several bold lines is the heading of the text under it.
        more -= 1;
    }
    let only_top = matches!(pieces[first].role, Role::Heading(0..=2) | Role::Text);
    let followed_by_text = pieces.get(first + 1 + more).is_some();
    if only_top && followed_by_text { first + 1 + more } else { 0 }
}

/// The end of a cover that shows itself as one by what only covers have.
fn cover_end(pieces: &[Piece]) -> Option<usize> {
    const MARKS: [&str; 11] = [
        "distr",
        "original:",
        "general assembly",
        "генеральная ассамблея",
        "язык оригинала",
        "agenda item",
        "european court of human rights",
        "европейский суд по правам человека",
        "cour européenne des droits",
        "economic and social council",
        "экономический и социальный совет",
    ];
    let is_mark = |piece: &Piece| {
        let lower = piece.text.to_lowercase();
        MARKS.iter().any(|mark| lower.starts_with(mark))
    };
    if !pieces.iter().take(12).any(is_mark) {
        return None;
    }
    let is_text = |piece: &Piece| {
        let text = piece.text.trim_end();
        piece.role == Role::Text && (text.ends_with([',', ';']) || text.chars().count() > LONGEST_TITLE_TEXT)
    };
    let end = pieces.iter().take(LONGEST_TITLE).position(|piece| opens_body(piece) || is_text(piece))?;
    pieces.iter().take(end).any(is_mark).then_some(end)
}

/// Whether the body starts with a piece: a number, a numbered or known heading, a sentence, a list.
fn opens_body(piece: &Piece) -> bool {
    match &piece.role {
        Role::Bullet | Role::TableRow => true,
        Role::Footnote(_) => false,
        Role::Heading(_) => opens_numbered_body(piece) || opens_front_section(&piece.text),
        Role::Text => {
            opens_numbered_body(piece)
                || opens_front_section(&piece.text)
                || (is_sentence(&piece.text) && !is_note(piece))
        }
    }
}

fn opens_body_number(piece: &Piece) -> bool {
    read_number(&piece.text).is_some()
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

/// A heading, or a text set in bold or italic that is too long for one and no sentence.
fn is_set_apart(piece: &Piece) -> bool {
    let titled = piece.role == Role::Text
        && piece.emphasis != Emphasis::None
        && !ends_sentence(&piece.text)
        && piece.text.chars().count() <= LONGEST_TITLE_TEXT;
    titled || matches!(piece.role, Role::Heading(_))
}

/// "* Previously issued under document symbol …": a note of the cover.
pub fn is_note(piece: &Piece) -> bool {
    piece.text.starts_with('*') && read_mark(&piece.text).is_some()
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

/// A short text that may be a title: the date over a letter is none.
fn names_document(piece: &Piece) -> bool {
    let is_date = |text: &str| {
        let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
        let mut words = text.split_whitespace();
        words.clone().count() <= 6
            && words.any(|word| digits(word) == 4)
            && text.split_whitespace().any(|word| (1..=2).contains(&digits(word)))
    };
    is_set_apart(piece) || (is_short(Some(piece)) && !is_date(&piece.text))
}

fn leading_headings(pieces: &[Piece]) -> usize {
    pieces.iter().take(LONGEST_TITLE).take_while(|piece| matches!(piece.role, Role::Heading(_))).count().min(1)
}
