//! The forms in which words of a query stand in the index.

use std::collections::BTreeMap;

use super::{Form, Lowering, Variant};
use crate::analyzer::{self, EXACT_PREFIX, Token};
use crate::query::parse::plain_tokens;

/// Terms that one prefix stands for, the most frequent ones.
const MAX_PREFIX_TERMS: usize = 64;
/// Terms of the dictionary that are looked at for one prefix.
const MAX_PREFIX_SCAN: usize = 50_000;
/// Letters of such a part; shorter ones are prefixes ("non", "co").
const SHORTEST_PART: usize = 4;

impl Lowering<'_> {
    /// Returns the ways in which a word or several stand in a text: as a term, in a row, and a compound also in one.
    pub(super) fn word_variants(&self, text: &str) -> Vec<Variant> {
        let mut variants: Vec<Variant> = self.sequence(text, None).into_iter().collect();
        let tokens = analyzer::analyze(text);
        if let [joined, first, ..] = tokens.as_slice()
            && joined.joined
            && joined.start == first.start
            && tokens.last().is_some_and(|last| last.end <= joined.end)
        {
            variants.push(own(Form::Term(self.term(joined))));
        }
        variants
    }

    pub(super) fn sequence(&self, text: &str, distance: Option<u32>) -> Option<Variant> {
        let tokens = plain_tokens(text);
        sequence_of(&tokens, distance, |token| self.term(token))
    }

    pub(super) fn term(&self, token: &Token) -> String {
        if self.exact { exact_term(token) } else { token.text.clone() }
    }

    /// Returns the words of the index that begin so.
    pub(super) fn prefix_variants(&self, text: &str) -> tantivy::Result<Vec<Variant>> {
        let Some(token) = plain_tokens(text).into_iter().next() else { return Ok(Vec::new()) };
        let mut words: Vec<(String, u64)> = Vec::new();
        self.reader.vocabulary()?.beginning_with(&token.exact, MAX_PREFIX_SCAN, &mut |word, times| {
            words.push((word.to_owned(), times));
        });
        self.numbers_that_begin(&token.exact, &mut words)?;
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(MAX_PREFIX_TERMS);
        Ok(words.into_iter().map(|(word, _)| own(Form::Term(format!("{EXACT_PREFIX}{word}")))).collect())
    }

    /// Adds words with digits that begin so, which have no other form and are not in the lists of words.
    fn numbers_that_begin(&self, beginning: &str, words: &mut Vec<(String, u64)>) -> tantivy::Result<()> {
        let mut numbers = BTreeMap::<String, u64>::new();
        for part in self.reader.terms(self.reader.fields.text) {
            let (_, index) = part?;
            let mut stream = index.terms().range().ge(beginning.as_bytes()).into_stream()?;
            let mut seen = 0;
            while seen < MAX_PREFIX_SCAN && stream.advance() && stream.key().starts_with(beginning.as_bytes()) {
                seen += 1;
                let number = std::str::from_utf8(stream.key()).ok();
                if let Some(number) = number.filter(|number| number.contains(char::is_numeric)) {
                    *numbers.entry(number.to_owned()).or_default() += u64::from(stream.value().doc_freq);
                }
            }
        }
        words.extend(numbers);
        Ok(())
    }
}

/// Returns the parts of a hyphenated word that say something by themselves, with their places in it; none for what is
/// more than letters and hyphens.
pub(super) fn hyphenated(text: &str) -> Vec<(usize, Token)> {
    const HYPHENS: [char; 3] = ['-', '‐', '‑'];
    let of_letters = text.chars().all(|letter| letter.is_alphabetic() || HYPHENS.contains(&letter));
    if !of_letters || !text.contains(HYPHENS) {
        return Vec::new();
    }
    let parts = plain_tokens(text).into_iter().enumerate();
    let telling = |token: &Token| token.exact.chars().count() >= SHORTEST_PART && !analyzer::is_stop_word(&token.exact);
    parts.filter(|(_, token)| telling(token)).collect()
}

/// Returns a form as the word itself.
pub(crate) fn own(form: Form) -> Variant {
    Variant { form, weight: 1.0, via: None, crossing: false }
}

/// Returns the term by which the very word is found.
pub(crate) fn exact_term(token: &Token) -> String {
    if token.invariable { token.exact.clone() } else { format!("{EXACT_PREFIX}{}", token.exact) }
}

fn sequence_of(tokens: &[Token], distance: Option<u32>, term: impl Fn(&Token) -> String) -> Option<Variant> {
    let first = tokens.first()?;
    let offset = |token: &Token| (token.position - first.position) as u32;
    Some(own(match tokens {
        [token] => Form::Term(term(token)),
        _ => Form::Sequence { terms: tokens.iter().map(|token| (offset(token), term(token))).collect(), distance },
    }))
}
