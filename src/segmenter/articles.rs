//! Articles and chapters that a text announces in plain paragraphs: web pages and typescripts of laws mark no headings.
//!
//! One such line is a reference; that they count up through the document shows that they are its headings.

use std::collections::HashMap;
use std::ops::Range;

use super::numbering::read_roman;
use super::piece::{Piece, Role};

/// Words that announce an article, in full and short with a point.
const ARTICLE: [&str; 2] = ["article", "статья"];
const ARTICLE_SHORT: [&str; 2] = ["art", "ст"];
/// Words that announce what articles are gathered in.
const GATHERING: [&str; 8] = ["part", "часть", "title", "раздел", "chapter", "глава", "section", "параграф"];

/// The longest title that is believed, in characters.
const LONGEST: usize = 250;
/// As many announcements in a row are a table of contents, where they come again.
const LISTED: usize = 3;

/// Makes headings of the announcements where the document counts its articles.
pub fn mark_headings(pieces: &mut [Piece]) {
    let announced: Vec<Announced> =
        pieces.iter().enumerate().filter_map(|(at, piece)| Announced::read(at, piece)).collect();
    let articles: Vec<u32> = announced.iter().filter(|found| found.is_article).map(|found| found.number).collect();
    if !counts_up(&articles) {
        return;
    }
    part_raised_numbers(&announced, pieces);
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
fn part_raised_numbers(announced: &[Announced], pieces: &mut [Piece]) {
    let mut before = None;
    for found in announced.iter().filter(|found| found.is_article) {
        let raised = found.raised.clone().filter(|_| before == Some(found.number));
        if let (Some(raised), Some(piece)) = (raised, pieces.get_mut(found.piece)) {
            piece.text.insert(raised.start, '.');
            piece.raised.retain(|range| *range != raised);
            for range in piece.raised.iter_mut().filter(|range| range.start > raised.start) {
                *range = range.start + 1..range.end + 1;
            }
        }
        before = Some(found.number);
    }
}

/// Whether numbers are those of the articles of one text: they begin with 1 and 2, or at least half of them follow on the
/// one before.
fn counts_up(numbers: &[u32]) -> bool {
    let following = numbers.windows(2).filter(|pair| matches!(pair, [one, next] if one + 1 == *next)).count();
    following > 0 && (numbers == [1, 2] || (numbers.len() > 2 && following * 2 >= numbers.len() - 1))
}

/// A paragraph or heading that announces an article or what gathers articles, and holds nothing but its title.
struct Announced {
    /// Index of the piece.
    piece: usize,
    word: String,
    is_article: bool,
    /// The number as it is printed.
    printed: String,
    number: u32,
    /// What is raised behind the number ("16¹"), in bytes of the piece.
    raised: Option<Range<usize>>,
    /// The depth of the heading that the format makes of it.
    depth: Option<u8>,
}

impl Announced {
    fn read(at: usize, piece: &Piece) -> Option<Announced> {
        let depth = match piece.role {
            Role::Text if piece.number.is_none() => None,
            Role::Heading(depth) => Some(depth),
            _ => return None,
        };
        let text = piece.text.trim();
        let (word, rest) = text.split_at(text.find(|sign: char| !sign.is_alphabetic())?);
        let word = word.to_lowercase();
        let short = rest.strip_prefix('.').filter(|_| ARTICLE_SHORT.contains(&word.as_str()));
        let is_article = short.is_some() || ARTICLE.contains(&word.as_str());
        if !is_article && !GATHERING.contains(&word.as_str()) {
            return None;
        }
        let rest = short.unwrap_or(rest).trim_start();
        let place = piece.text.trim_end().len() - rest.len();
        let raised = raised_behind_figure(piece, place);
        let (number, printed, title) = split_number(rest)?;
        let number = match &raised {
            Some(raised) => piece.text.get(place..raised.start)?.parse().ok()?,
            None => number,
        };
        // Only in English a title follows without a sign: "Статья 5 Конституции" is a reference.
        let is_titled = text.chars().nth(LONGEST).is_none() && is_title(title, word.is_ascii());
        is_titled.then(|| Announced { piece: at, word, is_article, printed: printed.to_owned(), number, raised, depth })
    }

    /// The word and the number by which it is known.
    fn name(&self) -> (&str, &str) {
        (&self.word, &self.printed)
    }
}

/// Returns which digits are raised behind those that stand at a place: the "1" of "16¹".
fn raised_behind_figure(piece: &Piece, place: usize) -> Option<Range<usize>> {
    let is_figure = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let figure = |range: Range<usize>| piece.text.get(range).is_some_and(is_figure);
    piece.raised.iter().find(|raised| figure(place..raised.start) && figure((*raised).clone())).cloned()
}

/// Reads "12", "12.1", "12-1", "12 bis" or "XII": its value, as it is printed, and what is behind it.
fn split_number(text: &str) -> Option<(u32, &str, &str)> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let bare = text.get(..end)?.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let digits = bare.len() - bare.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let is_part = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | '-' | '\u{2011}');
    let number = match bare.get(..digits)?.parse() {
        Ok(number) => bare.chars().all(is_part).then_some(number),
        Err(_) => read_roman(bare, true),
    };
    let rest = text.get(bare.len()..)?;
    let later = ["bis", "ter", "quater"].iter().find_map(|word| rest.trim_start().strip_prefix(word));
    let rest = later.unwrap_or(rest);
    Some((number?, text.get(..text.len() - rest.len())?, rest))
}

/// Whether what stands behind a number is nothing or a title: set off by a sign or, where that is enough, begun with a
/// capital, and no sentence.
fn is_title(rest: &str, capital_is_enough: bool) -> bool {
    let title = rest.trim_start_matches(['.', ':', ')', ' ', '\u{a0}', '\n', '–', '—', '-']);
    let set_off = rest.starts_with(['.', ':', ')']) || rest.trim_start().starts_with(['–', '—', '-', '(']);
    let begins = title.trim_start_matches(['(', '«', '"', '“']).starts_with(char::is_uppercase);
    let closed = title.trim_end().ends_with(['.', ';', ':', ',']);
    title.is_empty() || (begins && !closed && (set_off || capital_is_enough))
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
        let mut pieces: Vec<Piece> = texts.iter().map(|text| piece(text, Role::Text)).collect();
        mark_headings(&mut pieces);
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
                "Статья 8.",
                "Всё.",
                "Статья 9",
                "Да.",
            ],
            &["Статья 7. Огни", "Статья 7-1. Звуки", "Статья 8.", "Статья 9"],
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
                "Ст. 3. Каждый маяк имеет смотрителя.",
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
        let mut pieces = vec![
            piece("Статья 16. Огни", Role::Text),
            raised("Статья 161. Звуки*", "161"),
            raised("Статья 1612. Знаки*", "1612"),
            raised("Статья 173. Смотрители*", "173"),
            piece("Статья 18. Моряки", Role::Text),
        ];
        mark_headings(&mut pieces);
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
        let mut pieces = vec![
            piece("Статья 1. Огни", Role::Heading(3)),
            piece("Горят.", Role::Text),
            piece("Статья 2. Звуки", Role::Text),
            piece("Слышны.", Role::Text),
        ];
        mark_headings(&mut pieces);
        assert_eq!(pieces.iter().filter(|piece| piece.role == Role::Heading(3)).count(), 2);
    }
}
