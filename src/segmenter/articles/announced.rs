//! Paragraphs that announce an article, or a chapter, part or section of articles.

use std::ops::Range;

use super::super::numbering::read_roman;
use super::super::piece::{Piece, Role};
use crate::document::plain_digit;

/// Words that announce an article, in full and short with a point.
const ARTICLE: [&str; 2] = ["article", "статья"];
const ARTICLE_SHORT: [&str; 2] = ["art", "ст"];
/// Words that announce what articles are gathered in.
const GATHERING: [&str; 8] = ["part", "часть", "title", "раздел", "chapter", "глава", "section", "параграф"];

/// The longest title that is believed, in characters.
const LONGEST: usize = 250;

/// A paragraph or heading that announces an article or what gathers articles.
pub(super) struct Announced {
    /// Index of the piece.
    pub piece: usize,
    word: String,
    pub is_article: bool,
    /// The number as it is printed.
    printed: String,
    pub number: u32,
    /// What is raised behind the number ("16¹"), in bytes of the piece.
    pub raised: Option<Range<usize>>,
    /// The byte of the piece at which not a title follows, but the article's own text.
    pub text: Option<usize>,
    /// The depth of the heading that the format makes of it.
    pub depth: Option<u8>,
}

impl Announced {
    /// Reads a piece, the `at`-th of its document.
    pub fn read(at: usize, piece: &Piece) -> Option<Announced> {
        let depth = match piece.role {
            Role::Text if piece.number.is_none() => None,
            Role::Heading(depth) => Some(depth),
            _ => return None,
        };
        let whole = piece.text.trim();
        let (word, rest) = whole.split_at(whole.find(|sign: char| !sign.is_alphabetic())?);
        let word = word.to_lowercase();
        let short = rest.strip_prefix('.').filter(|_| ARTICLE_SHORT.contains(&word.as_str()));
        let is_article = short.is_some() || ARTICLE.contains(&word.as_str());
        if !is_article && !GATHERING.contains(&word.as_str()) {
            return None;
        }
        let rest = short.unwrap_or(rest).trim_start();
        let place = piece.text.trim_end().len() - rest.len();
        let raised = raised_behind_figure(piece, place);
        let (number, printed, title) = split_number(rest, !word.is_ascii())?;
        let number = match &raised {
            Some(raised) => piece.text.get(place..raised.start)?.parse().ok()?,
            None => number,
        };
        // Only in English a title follows without a sign: "Статья 5 Конституции" is a reference.
        let text = match Behind::read(title, word.is_ascii())? {
            Behind::Title => None,
            // What a format calls a heading is one to its end.
            Behind::Text(at) if is_article && depth.is_none() => Some(piece.text.trim_end().len() - title.len() + at),
            Behind::Text(_) => return None,
        };
        Some(Announced { piece: at, word, is_article, printed: printed.to_owned(), number, raised, text, depth })
    }

    /// The word and the number by which it is known.
    pub fn name(&self) -> (&str, &str) {
        (&self.word, &self.printed)
    }
}

/// Returns which digits are raised behind those that stand at a place: the "1" of "16¹".
fn raised_behind_figure(piece: &Piece, place: usize) -> Option<Range<usize>> {
    let is_figure = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let figure = |range: Range<usize>| piece.text.get(range).is_some_and(is_figure);
    piece.raised.iter().find(|raised| figure(place..raised.start) && figure((*raised).clone())).cloned()
}

/// Reads "12", "12.1", "12-1", "12 bis" or "XII", in Russian also "12¹": its value, as it is printed, and what is behind it.
fn split_number(text: &str, russian: bool) -> Option<(u32, &str, &str)> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let bare = text.get(..end)?.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let digits = bare.len() - bare.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let is_part = |sign: char| {
        sign.is_ascii_digit() || matches!(sign, '.' | '-' | '\u{2011}') || russian && plain_digit(sign).is_some()
    };
    let number = match bare.get(..digits)?.parse() {
        Ok(number) => bare.chars().all(is_part).then_some(number),
        Err(_) => read_roman(bare, true),
    };
    let rest = text.get(bare.len()..)?;
    let later = ["bis", "ter", "quater"].iter().find_map(|word| rest.trim_start().strip_prefix(word));
    let rest = later.unwrap_or(rest);
    Some((number?, text.get(..text.len() - rest.len())?, rest))
}

/// What stands behind a number.
enum Behind {
    /// A title or nothing.
    Title,
    /// Sentences, from this byte on.
    Text(usize),
}

impl Behind {
    /// Reads what is set off by a sign or, where that is enough, begins with a capital.
    fn read(rest: &str, capital_is_enough: bool) -> Option<Behind> {
        let title = rest.trim_start_matches(['.', ':', ')', ' ', '\u{a0}', '\n', '–', '—', '-']);
        let set_off = rest.starts_with(['.', ':', ')']) || rest.trim_start().starts_with(['–', '—', '-', '(']);
        let begins = title.trim_start_matches(['(', '«', '"', '“']).starts_with(char::is_uppercase);
        let ends = title.trim_end().ends_with(['.', ';', ':', ',']) || title.chars().nth(LONGEST).is_some();
        let counts = rest.starts_with('.') && (title.starts_with("1.") || title.starts_with("1)"));
        match (begins, ends) {
            _ if title.is_empty() => Some(Behind::Title),
            _ if counts => Some(Behind::Text(rest.len() - title.len())),
            (true, false) if set_off || capital_is_enough => Some(Behind::Title),
            (true, true) if set_off => Some(Behind::Text(rest.len() - title.len())),
            _ => None,
        }
    }
}
