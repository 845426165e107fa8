//! The numbers and letters of articles, paragraphs and sub-items.

use super::super::super::token::{Kind, Text};
use super::super::words::{Unit, roman};
use crate::document::plain_digit;

/// No list of the field is longer; a longer range is a misreading.
pub(super) const LONGEST_RANGE: u32 = 60;

/// Returns the number of an ordinal: "first", «первой».
pub(super) fn ordinal(word: &str) -> Option<u32> {
    const ENGLISH: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    const RUSSIAN: [&str; 10] = ["перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят"];
    const ENDINGS: [&str; 16] =
        ["ый", "ой", "ий", "ая", "ую", "ого", "ому", "ом", "ым", "ья", "ью", "ьей", "ьего", "ьему", "ьем", "ое"];
    let english = ENGLISH.iter().position(|ordinal| *ordinal == word);
    let russian = || RUSSIAN.iter().position(|stem| word.strip_prefix(stem).is_some_and(|end| ENDINGS.contains(&end)));
    english.or_else(russian).map(|at| at as u32 + 1)
}

/// Reads the number of a paragraph, or (where letters are announced) a bracketed or bare letter.
pub(super) fn read_step(text: &Text<'_>, at: usize, letters: bool) -> Option<(String, usize)> {
    if text.is_number(at) && text.raw(at).len() <= 3 {
        let mut label = text.raw(at).to_owned();
        let mut end = at + 1;
        while text.is_mark(end, '.') && text.is_glued(end) && text.is_number(end + 1) && text.is_glued(end + 1) {
            label.push('.');
            label.push_str(text.raw(end + 1));
            end += 2;
        }
        if let Some((suffix, after)) = suffix(text, end) {
            label.push(' ');
            label.push_str(suffix);
            end = after;
        }
        end = read_raised(text, end, &mut label);
        return Some((label, end));
    }
    if let Some(number) = ordinal(text.norm(at)).filter(|_| !text.raw(at).is_ascii()) {
        return Some((number.to_string(), at + 1));
    }
    if !letters {
        return None;
    }
    let bare = usize::from(opens_quote(text, at));
    if bare == 1 && closes_quote(text, at + 2) && is_letter(text, at + 1) {
        return Some((label_of(text, at + 1), at + 3));
    }
    if let Some(found) = read_bracket(text, at) {
        return Some(found);
    }
    (is_letter(text, at) && !matches!(text.norm(at), "a" | "в" | "с" | "к" | "о" | "и" | "у" | "i"))
        .then(|| (label_of(text, at), at + 1))
}

pub(super) fn opens_quote(text: &Text<'_>, at: usize) -> bool {
    ['"', '«', '“', '\'', '‘'].iter().any(|mark| text.is_mark(at, *mark))
}

pub(super) fn closes_quote(text: &Text<'_>, at: usize) -> bool {
    ['"', '»', '”', '\'', '’'].iter().any(|mark| text.is_mark(at, *mark))
}

pub(super) fn is_letter(text: &Text<'_>, at: usize) -> bool {
    text.is_word(at) && text.raw(at).chars().count() == 1
}

pub(super) fn is_numeric(label: &str) -> bool {
    label.starts_with(|first: char| first.is_ascii_digit())
}

/// A label in lower case; Cyrillic letters that look like Latin ones are theirs (UN texts print «3 с)»).
pub(super) fn label_of(text: &Text<'_>, at: usize) -> String {
    match text.norm(at) {
        "а" => "a".to_owned(),
        "с" => "c".to_owned(),
        "е" => "e".to_owned(),
        "о" => "o".to_owned(),
        "р" => "p".to_owned(),
        label => label.to_owned(),
    }
}

/// Reads "(a)", "(iii)", "(2)" or the Russian "a)" and returns the label and the token after it.
pub(super) fn read_bracket(text: &Text<'_>, at: usize) -> Option<(String, usize)> {
    let opened = usize::from(text.is_mark(at, '('));
    let label = at + opened;
    let mut end = label + 1;
    let fits = match text.kind(label)? {
        Kind::Number => text.raw(label).len() <= 2 && opened == 1,
        Kind::Word => {
            let norm = text.norm(label);
            let single = norm.chars().count() == 1;
            let doubled = norm.len() == 2 && norm.as_bytes().first() == norm.as_bytes().get(1);
            single || doubled || norm.len() <= 5 && norm.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
        }
        Kind::Mark(_) => false,
    };
    if !fits {
        return None;
    }
    let mut read = label_of(text, label);
    if let Some((suffix, after)) = suffix(text, end)
        && text.is_mark(after, ')')
    {
        read.push(' ');
        read.push_str(suffix);
        end = after;
    }
    text.is_mark(end, ')').then_some((read, end + 1))
}

/// Reads "bis", "-ter", «-тер» after a number, and returns it in Latin with the token after it.
pub(super) fn suffix(text: &Text<'_>, at: usize) -> Option<(&'static str, usize)> {
    const SUFFIXES: [(&str, &str); 5] =
        [("bis", "бис"), ("ter", "тер"), ("quater", "кватер"), ("quinquies", "квинквиес"), ("sexies", "сексиес")];
    let word_at = at + usize::from(text.is_mark(at, '-') && text.is_glued(at) && text.is_glued(at + 1));
    let word = text.norm(word_at);
    let found = SUFFIXES.iter().find(|(latin, russian)| *latin == word || *russian == word)?;
    Some((found.0, word_at + 1))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Number,
    Letter,
    Roman,
}

/// The level of a label below a path: "(i)" after "(a)" counts in Roman numerals, after "(h)" it is a letter.
pub(super) fn level(label: &str, path: &[String]) -> Level {
    if is_numeric(label) {
        return Level::Number;
    }
    let is_roman = label.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let below_letter = path.iter().any(|part| !is_numeric(part));
    if is_roman
        && (label.len() > 1 || below_letter && path.last().is_none_or(|last| last != "h" && last != "u" && last != "w"))
    {
        return Level::Roman;
    }
    Level::Letter
}

/// The labels strictly between two of the same kind.
pub(super) fn between(first: &str, last: &str) -> Vec<String> {
    if let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) {
        return if last > first && last - first <= LONGEST_RANGE {
            (first + 1..last).map(|n| n.to_string()).collect()
        } else {
            Vec::new()
        };
    }
    match (first.as_bytes(), last.as_bytes()) {
        ([first], [last]) if first.is_ascii_lowercase() && last.is_ascii_lowercase() && first < last => {
            (first + 1..*last).map(|letter| char::from(letter).to_string()).collect()
        }
        _ => Vec::new(),
    }
}

/// Reads an article's number.
pub(super) fn read_article_number(text: &Text<'_>, at: usize, unit: Unit) -> Option<(String, usize)> {
    if text.is_word(at) {
        let raw = text.raw(at);
        // "article L 415-11" is a letter, not fifty.
        let value = (unit == Unit::Article && !matches!(raw, "L" | "C")).then(|| roman(raw)).flatten()?;
        return Some((value.to_string(), at + 1));
    }
    if !text.is_number(at) || text.raw(at).len() > 4 {
        return None;
    }
    let mut label = text.raw(at).to_owned();
    let mut end = at + 1;
    let glued_number = |end: usize| text.is_glued(end) && text.is_number(end + 1) && text.is_glued(end + 1);
    while text.is_mark(end, '.') && glued_number(end) && text.raw(end + 1).len() <= 3 {
        label.push('.');
        label.push_str(text.raw(end + 1));
        end += 2;
    }
    let is_roman = |at: usize| text.is_glued(at) && text.is_word(at) && roman(text.raw(at)).is_some();
    if text.is_mark(end, '.') && text.is_glued(end) && is_roman(end + 1) {
        label.push('.');
        label.push_str(text.raw(end + 1));
        end += 2;
    }
    if (text.is_mark(end, '-') || text.is_mark(end, '‑')) && glued_number(end) {
        let (first, second) = (text.number(at), text.number(end + 1));
        if second < first && text.raw(end + 1).len() <= text.raw(at).len() {
            label.push('-');
            label.push_str(text.raw(end + 1));
            end += 2;
        }
    }
    if let Some((suffix, after)) = suffix(text, end) {
        label.push(' ');
        label.push_str(suffix);
        end = after;
    } else if text.is_glued(end)
        && (is_letter(text, end) || text.is_upper(end) && text.raw(end).len() <= 3)
        && text.raw(end).is_ascii()
    {
        label.push_str(text.raw(end).to_ascii_lowercase().as_str());
        end += 1;
    }
    end = read_raised(text, end, &mut label);
    Some((label, end))
}

/// Adds the raised digits right behind a number to its label, and returns the token after them. Russian laws number so what
/// they have put in later ("16¹"); beside other words they are the mark of a note.
fn read_raised(text: &Text<'_>, at: usize, label: &mut String) -> usize {
    let raised = |at: usize| match text.kind(at) {
        Some(Kind::Mark(mark)) if text.is_glued(at) => Some(mark).filter(|mark| plain_digit(*mark).is_some()),
        _ => None,
    };
    let mut end = at;
    if raised(at).is_some() && is_beside_cyrillic(text, at) {
        while let Some(digit) = raised(end) {
            label.push(digit);
            end += 1;
        }
    }
    end
}

/// Whether the word before a place, or the one after it where there is none, is in Cyrillic letters.
fn is_beside_cyrillic(text: &Text<'_>, at: usize) -> bool {
    let before = (0..at).rev().find(|before| text.is_word(*before));
    let beside = before.or_else(|| (at..text.len()).find(|after| text.is_word(*after)));
    beside.is_some_and(|word| text.norm(word).starts_with(|letter| matches!(letter, 'а'..='я')))
}

/// Whether a letter that is no word stands between the number of an article and what the article is of.
pub(super) fn is_sub_letter(text: &Text<'_>, at: usize) -> bool {
    let letter = matches!(text.norm(at), "b" | "c" | "d" | "e" | "f" | "g" | "h" | "б" | "г" | "д" | "е");
    letter && !text.is_capital(at) && (text.norm(at + 1) == "of" || text.is_capital(at + 1)) && text.is_number(at - 1)
}
