//! Text to tokens: one code path for documents, queries and highlighting.
//!
//! Invariant: the same characters give the same tokens wherever they stand, and no letter or digit of the text is in
//! no token. Whoever changes what a text is analysed to, raises [`ANALYZER_VERSION`].

mod ending;
mod fold;
mod initials;
mod scan;
mod stem;
mod stream;

use crate::document::Language;

pub use ending::difference;
pub(crate) use ending::{Endings, unmark};
pub(crate) use initials::Initials;
pub(crate) use stem::invariable_words;
pub use stem::is_stop_word;
pub use stream::{EXACT_PREFIX, Noted, STEMS, TOKENS, register};

/// Version of the analysis. An index written under another one is refused.
pub const ANALYZER_VERSION: u32 = 2;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Stem, by which words are searched.
    pub text: String,
    /// The word normalised and lower-cased but not stemmed, by which exact words are searched.
    pub exact: String,
    /// Bytes of the original text, end exclusive. A possessive ending counts as part of the word.
    pub start: usize,
    pub end: usize,
    /// Place in the text from 0. The joined form of a compound stands where its first part stands.
    pub position: usize,
    /// Whether this is a compound written in one ("nonrefoulement" of "non-refoulement"), beside its parts.
    pub joined: bool,
    /// Whether the word has no other form, so that stem and exact word are one term of the index.
    pub invariable: bool,
}

/// Returns the tokens of a text in its order, a joined compound before its parts.
pub fn analyze(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    visit(text, &mut |word, place| tokens.push(token(word, place)));
    tokens
}

/// Returns those tokens of a text whose stem and exact word are `wanted`, in its order, a joined compound before its
/// parts. Words that cannot be wanted by their first letters are not looked at any further.
pub(crate) fn tokens_where(text: &str, initials: Initials, wanted: impl Fn(&str, &str) -> bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    visit_where(text, &|word| initials.admit(word), &mut |word, place| {
        if wanted(word.stem, word.exact) {
            tokens.push(token(word, place));
        }
    });
    tokens
}

fn token(word: stem::WordForms<'_>, place: Place) -> Token {
    Token {
        text: word.stem.to_owned(),
        exact: word.exact.to_owned(),
        start: place.start,
        end: place.end,
        position: place.position,
        joined: place.joined,
        invariable: word.invariable,
    }
}

/// Where a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub start: usize,
    pub end: usize,
    pub position: usize,
    pub joined: bool,
}

/// Calls `sink` with every token of the text without allocating for words met before.
pub(crate) fn visit(text: &str, sink: &mut dyn FnMut(stem::WordForms<'_>, Place)) {
    visit_where(text, &|_| true, sink);
}

/// As [`visit`], without the words that are not admitted as they are written. These must have forms: a letter or a digit.
fn visit_where(text: &str, admitted: &dyn Fn(&str) -> bool, sink: &mut dyn FnMut(stem::WordForms<'_>, Place)) {
    stem::with_forms(|known| {
        let mut position = 0;
        scan::scan(text, &mut |word| {
            if let Some(joined) = word.joined.as_ref().filter(|joined| admitted(joined)) {
                let place = Place { start: word.start, end: word.end, position, joined: true };
                known.of(joined, &mut |forms| sink(forms, place));
            }
            for part in &word.parts {
                let Some(slice) = text.get(part.start..part.end) else { continue };
                if !admitted(slice) {
                    position += 1;
                    continue;
                }
                let place = Place { start: part.start, end: part.shown_end, position, joined: false };
                let mut kept = false;
                known.of(slice, &mut |forms| {
                    kept = true;
                    sink(forms, place);
                });
                position += usize::from(kept);
            }
        });
    });
}

/// Returns the stem of an exact word, and its ending where that is in the list of endings.
pub(crate) fn stem_and_ending(exact: &str) -> (String, Option<Endings>) {
    let mut found = None;
    stem::with_forms(|known| {
        known.of(exact, &mut |word| found = Some((word.stem.to_owned(), Endings::of_number(word.ending))));
    });
    found.unwrap_or_else(|| (exact.to_owned(), None))
}

/// Returns the language of a word by its script, or `None` for numbers and other scripts.
pub fn language_of(word: &str) -> Option<Language> {
    match word.chars().find(|c| c.is_alphabetic())? {
        '\u{400}'..='\u{52f}' => Some(Language::RUSSIAN),
        c if c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}') => Some(Language::ENGLISH),
        _ => None,
    }
}

/// Returns the text as filters compare it: letters and digits only, lower case, without accents, words separated by one
/// space. "Côte d'Ivoire – Visit" becomes "cote d ivoire visit".
pub fn fold_for_comparison(text: &str) -> String {
    fold::comparable(text)
}

#[cfg(test)]
mod tests;
