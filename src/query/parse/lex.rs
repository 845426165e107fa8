//! The signs of the query language: what is a word, a phrase, a field, an operator.

use super::{MAX_DISTANCE, Words, foreign, plain_tokens};
use crate::analyzer;

/// Distance of a NEAR without number.
const DEFAULT_DISTANCE: u32 = 10;
/// Letters of the longest word that may be an abbreviation, so that a query of such is not one typed in capitals.
const LONGEST_ABBREVIATION: usize = 6;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lexeme {
    Open,
    Close,
    Minus,
    Or,
    And,
    Near(u32),
    Word(Words),
    Prefix(Words),
    Phrase { words: Words, distance: Option<u32> },
    Field { name: &'static str, value: String },
}

/// Names of fields as a message lists them.
const FIELD_NAMES: &str = "doc, section, lang, cites, country, body, year, kind, para";

/// Names of fields, with the Russian and long forms that people try.
const FIELDS: [(&str, &str); 21] = [
    ("doc", "doc"),
    ("document", "doc"),
    ("документ", "doc"),
    ("symbol", "doc"),
    ("section", "section"),
    ("раздел", "section"),
    ("lang", "lang"),
    ("language", "lang"),
    ("язык", "lang"),
    ("cites", "cites"),
    ("country", "country"),
    ("страна", "country"),
    ("body", "body"),
    ("орган", "body"),
    ("year", "year"),
    ("год", "year"),
    ("kind", "kind"),
    ("para", "para"),
    ("paragraph", "para"),
    ("п", "para"),
    ("пункт", "para"),
];

fn closing_quote(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '＂' => Some(&['"', '＂']),
        '“' | '„' | '‟' | '”' => Some(&['”', '“', '"']),
        '«' => Some(&['»']),
        _ => None,
    }
}

/// Splits a query into words, phrases, fields and signs.
pub(super) fn lex(text: &str, warnings: &mut Vec<String>) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let shouted = is_shouted(text);
    let mut at = 0;
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let width = character.len_utf8();
        if let Some(closing) = closing_quote(character) {
            at = lex_phrase(text, at, closing, &mut lexemes, warnings);
        } else if character == '(' || character == ')' {
            lexemes.push(if character == '(' { Lexeme::Open } else { Lexeme::Close });
            at += width;
        } else if character == '|' {
            lexemes.push(Lexeme::Or);
            at += width;
        } else if text.get(at..).is_some_and(|rest| rest.starts_with("&&")) {
            lexemes.push(Lexeme::And);
            at += "&&".len();
        } else if character == '-' || character == '!' {
            let rest = text.get(at + width..).unwrap_or_default();
            let next = rest.chars().next();
            if next.is_some_and(|next| next.is_alphanumeric() || next == '(' || closing_quote(next).is_some()) {
                lexemes.push(Lexeme::Minus);
                if character == '!' {
                    foreign::note_negation(rest.get(..word_length(rest)).unwrap_or_default(), warnings);
                }
            }
            at += width;
        } else if character.is_whitespace() || character == '+' || character == '»' {
            at += width;
        } else {
            at = lex_word(text, at, shouted, &mut lexemes, warnings);
        }
    }
    lexemes
}

/// Reads what stands in quotes from `open`; returns where to go on.
fn lex_phrase(
    text: &str,
    open: usize,
    closing: &[char],
    lexemes: &mut Vec<Lexeme>,
    warnings: &mut Vec<String>,
) -> usize {
    let start = open + text.get(open..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    let rest = text.get(start..).unwrap_or_default();
    let Some(length) = rest.find(closing) else {
        let warning = "a quotation mark is not closed; what follows it is searched as words".to_owned();
        if !rest.trim().is_empty() && !warnings.contains(&warning) {
            warnings.push(warning);
        }
        return start;
    };
    let inside = rest.get(..length).unwrap_or_default();
    let end = start + length;
    let mut after = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    let mut distance = None;
    if let Some(number) = text.get(after..).and_then(|rest| rest.strip_prefix('~')) {
        let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        distance = Some(read_distance(number.get(..digits).unwrap_or_default()));
        after += 1 + digits;
    }
    if !analyzer::analyze(inside).is_empty() {
        let words = Words { text: inside.to_owned(), span: start..end };
        lexemes.push(Lexeme::Phrase { words, distance });
    }
    after
}

fn read_distance(digits: &str) -> u32 {
    if digits.is_empty() { DEFAULT_DISTANCE } else { digits.parse().unwrap_or(MAX_DISTANCE).min(MAX_DISTANCE) }
}

/// Reads up to the next space, bracket or quotation mark; a bracket pair directly behind a word belongs to it ("5(2)").
fn lex_word(text: &str, start: usize, shouted: bool, lexemes: &mut Vec<Lexeme>, warnings: &mut Vec<String>) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let end = start + word_length(rest);
    let word = text.get(start..end).unwrap_or_default();
    if let Some((name, value)) = word.split_once(':')
        && let Some((_, field)) = FIELDS.iter().find(|(known, _)| *known == name.to_lowercase())
    {
        let value_start = start + name.len() + 1;
        let quote = text.get(end..).and_then(|rest| rest.chars().next()).filter(|_| value.is_empty());
        if let Some(closing) = quote.and_then(closing_quote) {
            let inside = end + quote.map_or(1, char::len_utf8);
            let after = text.get(inside..).unwrap_or_default();
            if let Some(length) = after.find(closing) {
                let value = after.get(..length).unwrap_or_default().to_owned();
                lexemes.push(Lexeme::Field { name: field, value });
                let close = after.get(length..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                return inside + length + close;
            }
        }
        if !value.is_empty() {
            lexemes
                .push(Lexeme::Field { name: field, value: text.get(value_start..end).unwrap_or_default().to_owned() });
            return end;
        }
        let warning =
            format!("nothing stands behind \"{name}:\", so it is searched as a word (write {field}:VALUE in one)");
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    if let Some((name, value)) = word.split_once(':')
        && looks_like_field(name, value)
    {
        let warning = format!("there is no field \"{name}\", so its words are searched (fields: {FIELD_NAMES})");
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    if !foreign::take(text, word, start, lexemes, warnings) {
        lexemes.extend(operator(word).filter(|_| !shouted).or_else(|| plain_word(word, start)));
    }
    end
}

/// Whether a query is typed in capitals throughout, so that an operator in it is only a word: "ДЕТИ И НАСИЛИЕ". One of
/// nothing but abbreviations is not: "ICCPR AND ICESCR".
fn is_shouted(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphabetic());
    !text.contains(char::is_lowercase) && words().any(|word| word.chars().count() > LONGEST_ABBREVIATION)
}

/// Returns the operator that a word in capitals is.
fn operator(word: &str) -> Option<Lexeme> {
    Some(match word {
        "OR" | "ИЛИ" => Lexeme::Or,
        "AND" | "И" => Lexeme::And,
        "NOT" | "НЕ" => Lexeme::Minus,
        "NEAR" => Lexeme::Near(DEFAULT_DISTANCE),
        _ => {
            let digits = word.strip_prefix("NEAR/")?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| Lexeme::Near(read_distance(digits)))?
        }
    })
}

/// Whether somebody meant a field that there is not: "title:visit". Keys of law have capitals ("GA:60/251").
fn looks_like_field(name: &str, value: &str) -> bool {
    let known = FIELDS.iter().any(|(known, _)| *known == name);
    !known && name.len() > 2 && name.chars().all(char::is_lowercase) && value.starts_with(char::is_alphanumeric)
}

fn word_length(rest: &str) -> usize {
    let mut open = 0usize;
    for (at, character) in rest.char_indices() {
        let ends = character.is_whitespace()
            || character == '|'
            || closing_quote(character).is_some()
            || character == '»'
            || rest.get(at..).is_some_and(|rest| rest.starts_with("&&"));
        let opens = character == '(' && at > 0;
        let encloses = opens && rest.get(at + 1..).is_some_and(encloses_word);
        match character {
            _ if ends => return at,
            '(' if !encloses => return at,
            '(' => open += 1,
            ')' if open == 0 => return at,
            ')' => open -= 1,
            _ => {}
        }
    }
    rest.len()
}

/// Whether a short bracket closes before any space: "(c)", "(2)".
fn encloses_word(inside: &str) -> bool {
    inside.char_indices().take(9).find(|(_, c)| !c.is_alphanumeric()).is_some_and(|(at, c)| at > 0 && c == ')')
}

/// Reads a word with its place, or the beginning of one. `None` where there is neither letter nor digit.
pub(super) fn plain_word(word: &str, start: usize) -> Option<Lexeme> {
    let tokens = plain_tokens(word);
    let (first, last) = (tokens.first()?, tokens.last()?);
    let (from, to) = (first.start, last.end);
    let words = Words { text: word.get(from..to)?.to_owned(), span: start + from..start + to };
    let prefix = word.get(to..).is_some_and(|rest| rest.starts_with('*')) && tokens.len() == 1;
    Some(if prefix { Lexeme::Prefix(words) } else { Lexeme::Word(words) })
}
