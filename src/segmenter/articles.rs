//! Articles and chapters that a text announces in plain paragraphs: web pages and typescripts of laws mark no headings.
//!
//! One such paragraph is a reference; that they count up through the document shows that they are its headings, with or
//! without the articles' own texts behind the numbers.

mod announced;

use std::collections::HashMap;

use super::piece::{Piece, Role};
use announced::Announced;

/// As many announcements in a row are a table of contents, where they come again.
const LISTED: usize = 3;

/// Makes headings of the announcements where the document counts its articles; the text of an article that begins in the
/// same paragraph becomes one of its own.
pub fn part_articles(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let mut announced: Vec<Announced> =
        pieces.iter().enumerate().filter_map(|(at, piece)| Announced::read(at, piece)).collect();
    let articles: Vec<u32> = announced.iter().filter(|found| found.is_article).map(|found| found.number).collect();
    if !counts_up(&articles) {
        return pieces;
    }
    part_raised_numbers(&mut announced, &mut pieces);
    make_headings(&announced, &mut pieces);
    let texts = announced.iter().filter_map(|found| Some((found.piece, found.text?)));
    part_texts(pieces, texts)
}

/// Makes headings of the pieces, save of those in a table of contents.
fn make_headings(announced: &[Announced], pieces: &mut [Piece]) {
    // Where the format marks some of them, the others stand beside those.
    let depth_of =
        |article: bool| announced.iter().filter(|found| found.is_article == article).find_map(|found| found.depth);
    let (of_articles, of_gatherings) = (depth_of(true).unwrap_or(0), depth_of(false).unwrap_or(0));
    let last: HashMap<(&str, &str), usize> = announced.iter().map(|found| (found.name(), found.piece)).collect();
    for run in announced.chunk_by(|one, next| one.piece + 1 == next.piece) {
        let comes_again = |found: &Announced| last.get(&found.name()).is_some_and(|last| *last > found.piece);
        for found in run.iter().filter(|found| run.len() < LISTED || !comes_again(found)) {
            if let Some(piece) = pieces.get_mut(found.piece).filter(|piece| piece.role == Role::Text) {
                piece.role = Role::Heading(if found.is_article { of_articles } else { of_gatherings });
            }
        }
    }
}

/// Writes "16.1" for an article 16¹, which came later and stands behind article 16. Elsewhere what is raised behind a number
/// is the mark of a note.
fn part_raised_numbers(announced: &mut [Announced], pieces: &mut [Piece]) {
    let mut before = None;
    for found in announced.iter_mut().filter(|found| found.is_article) {
        let raised = found.raised.clone().filter(|_| before == Some(found.number));
        if let (Some(raised), Some(piece)) = (raised, pieces.get_mut(found.piece)) {
            piece.text.insert(raised.start, '.');
            piece.raised.retain(|range| *range != raised);
            for range in piece.raised.iter_mut().filter(|range| range.start > raised.start) {
                *range = range.start + 1..range.end + 1;
            }
            found.text = found.text.map(|at| at + 1);
        }
        before = Some(found.number);
    }
}

/// Parts the texts that begin in the paragraphs of their headings, each at a byte of its piece, from them.
fn part_texts(pieces: Vec<Piece>, texts: impl Iterator<Item = (usize, usize)>) -> Vec<Piece> {
    let mut texts = texts.peekable();
    let mut out = Vec::with_capacity(pieces.len());
    for (index, mut piece) in pieces.into_iter().enumerate() {
        let text = texts.next_if(|(at, _)| *at == index).filter(|_| matches!(piece.role, Role::Heading(_)));
        let body = text.map(|(_, at)| {
            let raised = piece.raised.iter().filter(|range| range.start >= at);
            let raised = raised.map(|range| range.start - at..range.end - at).collect();
            Piece { role: Role::Text, text: piece.text.split_off(at), raised, ..piece.clone() }
        });
        if body.is_some() {
            // The dash between them belongs to neither.
            let dash = |sign: char| sign.is_whitespace() || matches!(sign, '–' | '—' | '-');
            piece.text.truncate(piece.text.trim_end_matches(dash).len());
            piece.raised.retain(|range| range.end <= piece.text.len());
        }
        out.push(piece);
        out.extend(body);
    }
    out
}

/// Whether numbers are those of the articles of one text: they begin with 1 and 2, or at least half of them follow on the
/// one before.
fn counts_up(numbers: &[u32]) -> bool {
    let following = numbers.windows(2).filter(|pair| matches!(pair, [one, next] if one + 1 == *next)).count();
    following > 0 && (numbers == [1, 2] || (numbers.len() > 2 && following * 2 >= numbers.len() - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind};

    fn piece(text: &str, role: Role) -> Piece {
        Piece::from_block(Block::new(BlockKind::Paragraph, text), role)
    }

    /// The texts that become headings.
    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        let pieces = part_articles(texts.iter().map(|text| piece(text, Role::Text)).collect());
        let headings = pieces.iter().filter(|piece| piece.role != Role::Text);
        assert_eq!(headings.map(|piece| piece.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn articles_that_count_up_are_headings() {
        check(
            &[
                "Глава 1. Маяки",
                "Ст. 1",
                "1. Маяк горит.",
                "ст. 2",
                "Огонь виден.",
                "Ст.3. О смотрителях",
                "Они не спят.",
            ],
            &["Глава 1. Маяки", "Ст. 1", "ст. 2", "Ст.3. О смотрителях"],
        );
        check(
            &[
                "Статья 7. Огни",
                "Они горят.",
                "Статья 7-1. Звуки",
                "Они слышны.",
                "Статья 7². Знаки",
                "Они видны.",
                "Статья 8.",
                "Всё.",
                "Статья 9",
                "Да.",
            ],
            &["Статья 7. Огни", "Статья 7-1. Звуки", "Статья 7². Знаки", "Статья 8.", "Статья 9"],
        );
        check(
            &[
                "Part I",
                "Article 1 Lights",
                "They burn.",
                "Article 2",
                "They are seen.",
                "Art. 2 bis – Horns",
                "They sound.",
            ],
            &["Part I", "Article 1 Lights", "Article 2", "Art. 2 bis – Horns"],
        );
        check(&["Article I", "Lights burn.", "Article II: Horns", "They sound."], &["Article I", "Article II: Horns"]);
    }

    #[test]
    fn what_does_not_count_or_says_more_is_no_heading() {
        check(&["Статья 5", "Огни горят.", "Статья 12", "Они видны."], &[]);
        check(&["Article 5", "Lights burn.", "Article 3", "They are seen.", "Article 11", "Horns."], &[]);
        check(
            &[
                "Ст. 1",
                "Маяк горит.",
                "Ст. 2",
                "Статья 3 Конституции",
                "Статья 3 (2)",
                "Статьи 3 и 4",
                "Часть 1 статьи 2",
                "Статья 3, часть 2",
                "Статьёй 3",
                "Article 3 of the Convention",
                "«Статья 3. Огни",
            ],
            &["Ст. 1", "Ст. 2"],
        );
    }

    #[test]
    fn texts_of_articles_are_parted_from_their_numbers() {
        let mut pieces = vec![
            piece("Ст. 1. Маяки", Role::Text),
            piece("Ст. 2. Каждый маяк имеет смотрителя.* Он не спит.", Role::Text),
            piece("Статья 3. (Утратила силу)", Role::Text),
            piece("Статья 4 – Смотритель обязан:", Role::Text),
            piece("Часть 2. Каждая часть закона действует.", Role::Text),
            piece("Статья 5. Каждый маяк виден.", Role::Heading(2)),
            piece("Ст. 6. 1. Огни горят", Role::Text),
        ];
        pieces[1].raised = std::iter::once(pieces[1].text.find('*').unwrap_or(0)).map(|at| at..at + 1).collect();
        let pieces = part_articles(pieces);
        let shown = |piece: &Piece| format!("{}{}", if piece.role == Role::Text { "" } else { "# " }, piece.text);
        assert_eq!(
            pieces.iter().map(shown).collect::<Vec<_>>(),
            [
                "# Ст. 1. Маяки",
                "# Ст. 2.",
                "Каждый маяк имеет смотрителя.* Он не спит.",
                "# Статья 3. (Утратила силу)",
                "# Статья 4",
                "Смотритель обязан:",
                "Часть 2. Каждая часть закона действует.",
                "# Статья 5. Каждый маяк виден.",
                "# Ст. 6.",
                "1. Огни горят",
            ]
        );
        assert_eq!(pieces[2].raised.iter().map(|range| &pieces[2].text[range.clone()]).collect::<Vec<_>>(), ["*"]);
    }

    #[test]
    fn a_table_of_contents_is_none() {
        check(
            &[
                "Глава I",
                "Ст. 1",
                "Ст. 2",
                "ГЛАВА I. Маяки",
                "Ст. 1. Огни",
                "Они горят.",
                "Ст. 2. Звуки",
                "Они слышны.",
            ],
            &["ГЛАВА I. Маяки", "Ст. 1. Огни", "Ст. 2. Звуки"],
        );
    }

    #[test]
    fn raised_numbers_are_those_of_articles_that_came_later() {
        let raised = |text: &str, figures: &str| {
            let mut block = Block::new(BlockKind::Paragraph, text);
            let at = text.find(figures).unwrap_or_default() + 2;
            block.raised = vec![at..at + figures.len() - 2, text.len() - 1..text.len()];
            Piece::from_block(block, Role::Text)
        };
        let pieces = vec![
            piece("Статья 16. Огни", Role::Text),
            raised("Статья 161. Звуки*", "161"),
            raised("Статья 1612. Знаки*", "1612"),
            raised("Статья 173. Смотрители*", "173"),
            piece("Статья 18. Моряки", Role::Text),
        ];
        let pieces = part_articles(pieces);
        assert!(pieces.iter().all(|piece| piece.role == Role::Heading(0)));
        let shown = |piece: &Piece| {
            let marks = piece.raised.iter().filter_map(|range| piece.text.get(range.clone()));
            format!("{} {}", piece.text, marks.collect::<Vec<_>>().join(" "))
        };
        assert_eq!(
            pieces.iter().map(shown).collect::<Vec<_>>(),
            [
                "Статья 16. Огни ",
                "Статья 16.1. Звуки* *",
                "Статья 16.12. Знаки* *",
                "Статья 173. Смотрители* 3 *",
                "Статья 18. Моряки ",
            ]
        );
    }

    #[test]
    fn beside_the_headings_of_the_format() {
        let pieces = vec![
            piece("Статья 1. Огни", Role::Heading(3)),
            piece("Горят.", Role::Text),
            piece("Статья 2. Звуки", Role::Text),
            piece("Слышны.", Role::Text),
        ];
        let pieces = part_articles(pieces);
        assert_eq!(pieces.iter().filter(|piece| piece.role == Role::Heading(3)).count(), 2);
    }
}
