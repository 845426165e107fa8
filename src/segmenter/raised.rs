//! Raised figures that belong to a number: «статья 16<sup>1</sup>» is article 16¹, not 161.
//!
//! Russian laws number so what they have put in later. Elsewhere, and where a document marks its notes by raised figures,
//! what is raised behind a number is the mark of a note and stays as it is.

use std::collections::HashSet;
use std::ops::Range;

use super::piece::{Piece, Role};
use crate::document::raised_digit;

/// How the words begin that announce the number of a provision; the short ones stand whole.
const PROVISIONS: [&str; 7] = ["стать", "статей", "част", "пункт", "подпункт", "абзац", "глав"];
const PROVISIONS_SHORT: [&str; 7] = ["ст", "ч", "чч", "п", "пп", "подп", "гл"];
/// Units of measure, behind which a figure is a power.
const UNITS: [&str; 5] = ["м", "см", "км", "мм", "дм"];

/// Writes "16¹" where the format raises the figure behind the number of a provision, or of an item of a list.
pub fn write_raised_numbers(pieces: &mut [Piece]) {
    let notes: HashSet<String> = pieces
        .iter()
        .filter_map(|piece| match &piece.role {
            Role::Footnote(mark) => Some(mark.clone()),
            _ => None,
        })
        .collect();
    if pieces.iter().any(|piece| bears_other_marks(piece, &notes)) {
        return;
    }
    for piece in pieces.iter_mut().filter(|piece| !matches!(piece.role, Role::Heading(_) | Role::Footnote(_))) {
        write_in(piece, &notes);
    }
}

/// Whether figures are raised in a text that stand behind no number and mark no note that is known.
fn bears_other_marks(piece: &Piece, notes: &HashSet<String>) -> bool {
    piece.raised.iter().any(|range| {
        let before = piece.text.get(..range.start).unwrap_or_default();
        let after = piece.text.get(range.end..).unwrap_or_default();
        let word = before.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
        let figure = piece.text.get(range.clone()).map(str::trim).filter(|figure| is_figure(figure));
        let is_of_number = before.ends_with(|sign: char| sign.is_ascii_digit()) || is_label(before, after);
        let is_of_number = is_of_number || UNITS.contains(&word);
        figure.is_some_and(|figure| !is_of_number && !notes.contains(figure))
    })
}

fn is_figure(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn write_in(piece: &mut Piece, notes: &HashSet<String>) {
    let is_number = |range: &Range<usize>| {
        let figure = piece.text.get(range.clone()).filter(|figure| is_figure(figure) && !notes.contains(*figure));
        let (before, after) = (piece.text.get(..range.start), piece.text.get(range.end..));
        figure.is_some()
            && before.zip(after).is_some_and(|(before, after)| is_announced(before) || is_label(before, after))
    };
    // From the end on, so that the places before stay.
    let numbers: Vec<Range<usize>> = piece.raised.iter().filter(|range| is_number(range)).cloned().collect();
    for range in numbers.into_iter().rev() {
        let figure = piece.text.get(range.clone()).unwrap_or_default();
        let raised: String = figure.chars().filter_map(raised_digit).collect();
        let longer = raised.len() - range.len();
        piece.text.replace_range(range.clone(), &raised);
        piece.raised.retain(|other| *other != range);
        for other in piece.raised.iter_mut().filter(|other| other.start >= range.end) {
            *other = other.start + longer..other.end + longer;
        }
    }
}

/// Whether a text ends in the number of a provision that a Russian word announces: «статьях 16, 16¹ и 16».
fn is_announced(before: &str) -> bool {
    if !before.ends_with(|sign: char| sign.is_ascii_digit()) {
        return false;
    }
    let is_listed = |sign: char| !sign.is_alphabetic() && !matches!(sign, ';' | ':' | '«' | '»' | '\n');
    let words = before.trim_end_matches(is_listed);
    let words = [" и", " или"].iter().find_map(|and| words.strip_suffix(and)).map_or(words, |list| {
        let listed = list.trim_end_matches(is_listed);
        if listed.len() < list.len() { listed } else { words }
    });
    let word = words.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    PROVISIONS.iter().any(|start| word.starts_with(start)) || PROVISIONS_SHORT.contains(&word.as_str())
}

/// Whether a figure stands at the end of the number or letter of a Russian paragraph: «1» before, «) текст» behind.
fn is_label(before: &str, after: &str) -> bool {
    let label = before.trim_start().trim_start_matches('(');
    let is_letter = label.chars().count() == 1 && label.starts_with(|letter| matches!(letter, 'а'..='я'));
    let is_number = label.len() <= 3 && is_figure(label);
    let text = after.strip_prefix([')', '.']).map(str::trim_start).unwrap_or_default();
    (is_letter || is_number) && text.starts_with(|letter| matches!(letter, 'А'..='я' | 'ё' | 'Ё' | '«'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind};

    /// A piece whose figures between "^" and "^" are raised.
    fn piece(text: &str, role: Role) -> Piece {
        let mut block = Block::new(BlockKind::Paragraph, "");
        for (at, part) in text.split('^').enumerate() {
            let start = block.text.len();
            block.text.push_str(part);
            if at % 2 == 1 {
                block.raised.push(start..block.text.len());
            }
        }
        Piece::from_block(block, role)
    }

    /// Writes what is left raised between "^" and "^" again.
    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        let mut pieces: Vec<Piece> = texts
            .iter()
            .map(|text| match text.strip_prefix("[^1^]") {
                Some(note) => piece(note, Role::Footnote("1".to_owned())),
                None => piece(text, Role::Text),
            })
            .collect();
        write_raised_numbers(&mut pieces);
        let shown = |piece: &Piece| {
            let mut text = piece.text.clone();
            for range in piece.raised.iter().rev() {
                text.insert(range.end, '^');
                text.insert(range.start, '^');
            }
            text
        };
        assert_eq!(pieces.iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn numbers_of_what_was_put_in_later() {
        check(&["По статье 16^1^ УК и ч. 1^12^ ст. 20.3^4^ КоАП"], &["По статье 16¹ УК и ч. 1¹² ст. 20.3⁴ КоАП"]);
        check(&["статьях 16, 16^1^ и 16^2^, а также 17^1^ лет"], &["статьях 16, 16¹ и 16², а также 17^1^ лет"]);
        check(&["1^1^) огни;", "2^3^. Звуки", "а^1^) знаки"], &["1¹) огни;", "2³. Звуки", "а¹) знаки"]);
        check(&["статья 5^1^, площадь 12 м^2^"], &["статья 5¹, площадь 12 м^2^"]);
    }

    #[test]
    fn marks_of_notes_stay() {
        check(&["article 16^1^ of the Code", "in 2014^2^ and"], &["article 16^1^ of the Code", "in 2014^2^ and"]);
        check(&["1^1^) lights", "в 2014^3^ году"], &["1^1^) lights", "в 2014^3^ году"]);
        check(&["статья 16^1^ и статья 5^2^", "[^1^]См. статью 9"], &["статья 16^1^ и статья 5²", "См. статью 9"]);
        check(&["статья 16^2^ закона", "огни^1^ горят"], &["статья 16^2^ закона", "огни^1^ горят"]);
    }
}
