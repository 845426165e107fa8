//! A text as tokens: what every finder of this stage reads.
//!
//! Invariant: tokens cover the text in order without overlap; offsets are bytes of the source and lie on character
//! boundaries. Lexing is one pass and never fails.

use std::cell::RefCell;
use std::ops::Range;

use super::find::opens;
use super::registry::Registry;
use super::stem::push_folded;
use crate::memo::Memo;

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
    /// Of the letters as they stand, see the constants.
    shape: u8,
}

/// The first letter is a capital.
const CAPITAL: u8 = 1;
/// Two letters at least, none of them small.
const UPPER: u8 = 2;
/// Something may begin with the word.
const OPENS: u8 = 4;
/// The first letter is a capital and no other is.
const NAME: u8 = 8;

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
        let mut text = Text { source, tokens: Vec::with_capacity(source.len() / 5), norms: String::new() };
        let mut next = 0;
        while let Some(byte) = source.as_bytes().get(next) {
            if matches!(byte, b' ' | b'\n') {
                next += 1;
                continue;
            }
            let start = next;
            if byte.is_ascii_alphabetic()
                && let Some(end) = text.push_plain_word(start)
            {
                next = end;
                continue;
            }
            let Some(first) = source[next..].chars().next() else { break };
            next += first.len_utf8();
            if first.is_whitespace() || is_invisible(first) {
                continue;
            }
            if first == '[' && source[start..].starts_with("[[fn") {
                let skipped = source.as_bytes()[start..].windows(2).take(16).position(|pair| pair == b"]]");
                if let Some(length) = skipped {
                    next = start + length + 2;
                    continue;
                }
            }
            let mut end = next;
            let norm = text.norms.len();
            let mut shape = 0;
            let kind = if first.is_ascii_digit() {
                end += source.as_bytes()[end..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                text.norms.push_str(&source[start..end]);
                Kind::Number
            } else if is_letter(first) {
                (end, shape) = text.push_word(start, first);
                Kind::Word
            } else {
                Kind::Mark(first)
            };
            next = end;
            let norm = norm as u32..text.norms.len() as u32;
            let stem = match kind {
                Kind::Word | Kind::Number => {
                    let word = &text.norms[norm.start as usize..norm.end as usize];
                    let (stem, opens) = known(word);
                    if opens {
                        shape |= OPENS;
                    }
                    stem
                }
                Kind::Mark(_) => 0,
            };
            text.tokens.push(Token { kind, start, end, stem, norm, shape });
        }
        text
    }

    /// Takes in the word that starts at a byte, if it has plain letters only, as most have; returns the byte after it.
    fn push_plain_word(&mut self, start: usize) -> Option<usize> {
        let bytes = self.source.as_bytes();
        let from = self.norms.len();
        let mut case = Case { capital: bytes.get(start).is_some_and(u8::is_ascii_uppercase), ..Case::default() };
        let end = self.push_plain(start, &mut case);
        if bytes.get(end).is_some_and(|byte| !byte.is_ascii() || *byte == b'\'') {
            self.norms.truncate(from);
            return None;
        }
        let (stem, opens) = known(&self.norms[from..]);
        let shape = case.shape() | if opens { OPENS } else { 0 };
        let norm = from as u32..self.norms.len() as u32;
        self.tokens.push(Token { kind: Kind::Word, start, end, stem, norm, shape });
        Some(end)
    }

    /// Takes in the word that starts at a byte; returns the byte after it and how it is written.
    fn push_word(&mut self, start: usize, first: char) -> (usize, u8) {
        let mut end = start;
        let mut case = Case { capital: first.is_uppercase(), ..Case::default() };
        loop {
            end = self.push_plain(end, &mut case);
            let rest = &self.source[end..];
            if rest.bytes().next().is_none_or(|byte| byte.is_ascii() && byte != b'\'') {
                break;
            }
            let Some(letter) = rest.chars().next().filter(|next| {
                is_letter(*next) || is_mark_in_word(*next) || is_apostrophe(*next) && is_inside(self.source, end, *next)
            }) else {
                break;
            };
            end += letter.len_utf8();
            case.note(letter);
            self.push_folded(letter);
        }
        (end, case.shape())
    }

    /// Takes in the plain letters that follow, which are most, and returns the byte after them.
    fn push_plain(&mut self, start: usize, case: &mut Case) -> usize {
        let mut capitals = 0;
        let mut end = start;
        for byte in &self.source.as_bytes()[start..] {
            match byte {
                b'a'..=b'z' => {}
                b'A'..=b'Z' => capitals += 1,
                _ => break,
            }
            end += 1;
        }
        let from = self.norms.len();
        self.norms.push_str(&self.source[start..end]);
        if capitals > 0
            && let Some(pushed) = self.norms.get_mut(from..)
        {
            pushed.make_ascii_lowercase();
        }
        case.note_plain(end - start, capitals);
        end
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
        self.has(at, CAPITAL)
    }

    /// Whether all letters of the word are capitals, and there are at least two.
    pub fn is_upper(&self, at: usize) -> bool {
        self.has(at, UPPER)
    }

    /// Whether printed text may mention something from this word on: no word in small letters does that is not known to.
    pub fn may_open(&self, at: usize) -> bool {
        self.has(at, OPENS)
    }

    /// Whether the word is written as a name and nothing else is known of it.
    pub fn is_mere_name(&self, at: usize) -> bool {
        self.has(at, NAME) && !self.has(at, OPENS)
    }

    /// Whether nothing begins with the token in printed text: most are such.
    pub fn is_idle(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::Word) => !self.has(at, OPENS | NAME),
            Some(Kind::Mark(mark)) => !matches!(mark, '§' | '¶'),
            Some(Kind::Number) | None => false,
        }
    }

    fn has(&self, at: usize, shape: u8) -> bool {
        self.tokens.get(at).is_some_and(|token| token.shape & shape != 0)
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

/// How the letters of a word are written.
#[derive(Default)]
struct Case {
    letters: u32,
    capital: bool,
    capitals: usize,
    small: bool,
}

impl Case {
    fn note(&mut self, letter: char) {
        self.letters += 1;
        match letter {
            'a'..='z' | 'а'..='я' => self.small = true,
            'A'..='Z' | 'А'..='Я' => self.capitals += 1,
            _ => {
                self.small |= letter.is_lowercase();
                self.capitals += usize::from(letter.is_uppercase());
            }
        }
    }

    fn note_plain(&mut self, letters: usize, capitals: usize) {
        self.letters += letters as u32;
        self.capitals += capitals;
        self.small |= capitals < letters;
    }

    fn shape(&self) -> u8 {
        let is_small = self.small && self.capitals == 0;
        let is_name = self.small && self.capital && self.capitals == 1;
        let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
        bit(self.capital, CAPITAL)
            | bit(self.letters > 1 && !self.small, UPPER)
            | bit(is_name, NAME)
            | bit(!is_small && !is_name, OPENS)
    }
}

/// Returns the number of a word's stem in the vocabulary of names, and whether something may begin with it. Each word is
/// looked up once a thread.
fn known(word: &str) -> (u32, bool) {
    thread_local! {
        static MEMO: RefCell<Memo<(u32, bool)>> = RefCell::default();
    }
    MEMO.with_borrow_mut(|memo| {
        *memo.value(word, |word| {
            let registry = Registry::get();
            let stem = registry.stem_number(word);
            (stem, stem != 0 && registry.next(0, stem).is_some() || opens::may_open(word))
        })
    })
}

/// Whether a character is a letter; those of the two alphabets and the dashes and quotation marks of print are told without
/// a table.
fn is_letter(letter: char) -> bool {
    match letter {
        'a'..='z' | 'A'..='Z' | 'а'..='я' | 'А'..='Я' => true,
        '\u{2010}'..='\u{2027}' => false,
        _ => letter.is_alphabetic(),
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
