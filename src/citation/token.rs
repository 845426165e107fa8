//! A text as tokens: what every finder of this stage reads.
//!
//! Invariant: tokens cover the text in order without overlap; offsets are bytes of the source and lie on character
//! boundaries. Lexing is one pass and never fails.

use std::ops::Range;

use super::registry::Registry;
use super::stem::push_folded;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with apostrophes inside.
    Word,
    /// Digits.
    Number,
    /// One character that is neither.
    Mark(char),
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// Number of the word's stem in the vocabulary of names, or 0.
    pub stem: u32,
    norm: Range<u32>,
}

/// A text with its tokens.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub source: &'a str,
    pub tokens: Vec<Token>,
    /// Lower-case forms of the words, one after the other.
    norms: String,
}

impl<'a> Text<'a> {
    /// Splits a text. Footnote marks that an extractor left in the text ("[[fn:12]]") are passed over.
    pub fn new(source: &'a str) -> Text<'a> {
        let registry = Registry::get();
        let mut text = Text { source, tokens: Vec::with_capacity(source.len() / 5), norms: String::new() };
        let mut chars = source.char_indices().peekable();
        while let Some((start, first)) = chars.next() {
            if first.is_whitespace() || is_invisible(first) {
                continue;
            }
            if first == '[' && source[start..].starts_with("[[fn") {
                let skipped = source.as_bytes()[start..].windows(2).take(16).position(|pair| pair == b"]]");
                if let Some(length) = skipped {
                    while chars.next_if(|(at, _)| *at < start + length + 2).is_some() {}
                    continue;
                }
            }
            let mut end = start + first.len_utf8();
            let norm = text.norms.len();
            let kind = if first.is_ascii_digit() {
                while let Some((at, digit)) = chars.next_if(|(_, next)| next.is_ascii_digit()) {
                    end = at + digit.len_utf8();
                }
                text.norms.push_str(&source[start..end]);
                Kind::Number
            } else if first.is_alphabetic() {
                text.push_folded(first);
                while let Some((at, letter)) = chars.next_if(|(at, next)| {
                    next.is_alphabetic()
                        || is_mark_in_word(*next)
                        || is_apostrophe(*next) && is_inside(source, *at, *next)
                }) {
                    end = at + letter.len_utf8();
                    text.push_folded(letter);
                }
                Kind::Word
            } else {
                Kind::Mark(first)
            };
            let norm = norm as u32..text.norms.len() as u32;
            let stem = match kind {
                Kind::Word | Kind::Number => registry.stem_number(&text.norms[norm.start as usize..norm.end as usize]),
                Kind::Mark(_) => 0,
            };
            text.tokens.push(Token { kind, start, end, stem, norm });
        }
        text
    }

    fn push_folded(&mut self, letter: char) {
        match letter {
            _ if is_apostrophe(letter) => self.norms.push('\''),
            _ if is_mark_in_word(letter) => {}
            _ => push_folded(letter, &mut self.norms),
        }
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.kind(at) == Some(Kind::Mark(mark))
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Number)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Word)
    }

    /// Returns the token as it stands, or nothing past the end.
    pub fn raw(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| self.source.get(token.start..token.end)).unwrap_or_default()
    }

    /// Returns a word in lower case (`ё` as `е`), a number as it stands, nothing for a mark.
    pub fn norm(&self, at: usize) -> &str {
        let norm = self.tokens.get(at).map(|token| token.norm.start as usize..token.norm.end as usize);
        norm.and_then(|norm| self.norms.get(norm)).unwrap_or_default()
    }

    /// Returns the number at a place, if it is one that fits.
    pub fn number(&self, at: usize) -> Option<u32> {
        if !self.is_number(at) {
            return None;
        }
        self.raw(at).parse().ok()
    }

    /// Whether the token is a number that can be the year of a law.
    pub fn is_year(&self, at: usize) -> bool {
        self.number(at).is_some_and(|year| (1800..2100).contains(&year))
    }

    /// Whether the token follows the one before it without white space.
    pub fn is_glued(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|before| self.tokens.get(before)), self.tokens.get(at)) {
            (Some(before), Some(token)) => before.end == token.start,
            _ => false,
        }
    }

    /// Whether the word begins with a capital letter.
    pub fn is_capital(&self, at: usize) -> bool {
        self.is_word(at) && self.raw(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether all letters of the word are capitals, and there are at least two.
    pub fn is_upper(&self, at: usize) -> bool {
        let raw = self.raw(at);
        self.is_word(at) && raw.chars().nth(1).is_some() && raw.chars().all(|letter| !letter.is_lowercase())
    }

    /// Whether the token is one capital letter.
    pub fn is_upper_letter(&self, at: usize) -> bool {
        self.is_capital(at) && self.raw(at).chars().count() == 1
    }

    /// Returns the bytes of the source that tokens `from..to` cover.
    pub fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.tokens.get(from).map_or(self.source.len(), |token| token.start);
        let end = to.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end);
        start..end.max(start)
    }
}

/// Soft hyphen, zero-width characters, byte-order mark.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Marks that stand inside words without being letters: soft hyphen and stress.
fn is_mark_in_word(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{300}' | '\u{301}')
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ')
}

/// Whether an apostrophe has a letter right after it.
fn is_inside(source: &str, at: usize, apostrophe: char) -> bool {
    source[at + apostrophe.len_utf8()..].chars().next().is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let text = Text::new(source);
        let tokens: Vec<&str> = (0..text.len()).map(|at| text.raw(at)).collect();
        assert_eq!(tokens, expected, "{source}");
    }

    #[test]
    fn tokens_are_words_numbers_and_marks() {
        check("Art. 9 (2)(b)–(c)", &["Art", ".", "9", "(", "2", ")", "(", "b", ")", "–", "(", "c", ")"]);
        check("Women’s rights, 66-4", &["Women’s", "rights", ",", "66", "-", "4"]);
        check("article 14[[fn:13]] of", &["article", "14", "of"]);
        check("[[fn: never closed", &["[", "[", "fn", ":", "never", "closed"]);
        check("ребёнка", &["ребёнка"]);
        assert_eq!(Text::new("Ребёнка").norm(0), "ребенка");
        check("", &[]);
    }
}
