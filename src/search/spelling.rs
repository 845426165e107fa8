//! Words that the index does not hold, corrected from those that it holds.
//!
//! Invariant: a word that the index holds in any form is never replaced. What is replaced is said.

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;
use tantivy::Term;

use crate::analyzer::{self, EXACT_PREFIX, Token};
use crate::index::open::Reader;
use crate::query::expansion::{Expander, NoExpansion};
use crate::query::parse::plain_tokens;

/// Capitals of which an abbreviation has at most so many; a longer word is shouted.
const LONGEST_ABBREVIATION: usize = 6;
/// Shortest word that is corrected, in letters. Shorter ones are abbreviations more often than errors.
const SHORTEST: usize = 4;
/// Longest one, likewise: no language of ours has longer words, and a long one would be tried with a gap at every place.
const LONGEST: usize = 48;
/// Shortest word that is taken for another spelling of one that sounds alike.
const SHORTEST_ALIKE: usize = 5;
/// Letters from which two errors are allowed.
const TWO_ERRORS_FROM: usize = 7;
/// Letters of a word of the index that may be a slip, the units that hold such a slip at most, and how many times more
/// hold the word that was meant.
const SHORTEST_SLIP: usize = 5;
const MOST_SLIPS: u64 = 5;
const SLIP_FACTOR: u64 = 200;
/// Different words of a query that are corrected; a pasted page is not.
const MOST_CORRECTED: usize = 16;
/// Words of a query that the index holds, from which on only one error in a word is mended: in a question the others find
/// the answer, and a right word that the index happens not to hold is more likely than two errors.
const LONG_QUERY: usize = 4;
/// What an error costs beside the logarithm of a word's frequency. Chosen so that a second error is made up for only by a
/// word that is some four hundred times as frequent.
const ERROR_COST: f32 = 6.0;
/// What it costs more that the first letter differs: it is seldom mistyped.
const FIRST_LETTER_COST: f32 = 3.0;
/// What a candidate is worth that is taken without looking further: one error in a word that is not rare.
const LIKELY: f32 = -ERROR_COST + 1.0;
/// What an error costs less where letters were swapped or doubled, or one vowel stands for another.
const LIKELY_ERROR: f32 = 2.0;

/// A word of the query and what is searched in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Correction {
    /// Bytes of the query text.
    pub span: Range<usize>,
    pub replacement: String,
}

/// Whether the index holds a word: in this form or another one of the same stem, in a text or in a heading.
/// A stop word of either language is known to everybody.
pub(super) fn is_known(reader: &Reader, token: &Token) -> tantivy::Result<bool> {
    if analyzer::is_stop_word(&token.exact) {
        return Ok(true);
    }
    let holds = |field, text: &str| {
        Ok::<_, tantivy::TantivyError>(reader.searcher.doc_freq(&Term::from_field_text(field, text))? > 0)
    };
    Ok(holds(reader.fields.text, &token.text)? || holds(reader.fields.context, &token.text)?)
}

/// A word of the query outside quotation marks that the index does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubtful {
    pub span: Range<usize>,
    pub perhaps: Perhaps,
}

/// What a doubtful word may be, which decides what errors are believed of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Perhaps {
    /// Nothing but misspelled.
    Misspelled,
    /// Written small, and sounding like a name of the other script: one error, or several that sound alike.
    Either,
    /// Capitalised, and sounding like a name of the other script: another spelling that sounds alike.
    Name,
}

/// Returns the corrections of the doubtful words.
/// `held` counts the other words of the query, those that the index holds and that are no stop words.
pub(super) fn correct(
    reader: &Reader,
    text: &str,
    doubtful: &[Doubtful],
    held: usize,
    lexicon: &dyn Expander,
) -> tantivy::Result<Vec<Correction>> {
    let mut corrections: Vec<Correction> = Vec::new();
    let mut likely = Remembered::default();
    let mut sought = Remembered::default();
    let mut alike = Remembered::default();
    for Doubtful { span, perhaps } in doubtful {
        let Some(word) = text.get(span.clone()) else { continue };
        let tokens = plain_tokens(word);
        let mut known = true;
        for token in &tokens {
            known &= is_known(reader, token)?;
        }
        if known || analyzer::analyze(word).iter().any(|token| token.joined && is_known(reader, token).unwrap_or(false))
        {
            continue;
        }
        if let Some(correction) = other_layout(reader, text, span, &NoExpansion)? {
            corrections.push(correction);
            continue;
        }
        if is_abbreviation(word) {
            continue;
        }
        let mut one_error = |word: &str| likely.get(word, || Ok(best_of(candidates(reader, word, 1)?, LIKELY)));
        let mut mended = match perhaps {
            Perhaps::Name => Vec::new(),
            Perhaps::Misspelled | Perhaps::Either => mend(reader, span, &tokens, &mut one_error)?,
        };
        if mended.is_empty() {
            mended = mend(reader, span, &tokens, &mut |word| alike.get(word, || heard_alike(reader, word)))?;
        }
        if mended.is_empty() && *perhaps == Perhaps::Misspelled {
            mended = match other_layout(reader, text, span, lexicon)? {
                Some(correction) => vec![correction],
                None => mend(reader, span, &tokens, &mut |word| {
                    sought.get(word, || correct_word(reader, word, held, lexicon))
                })?,
            };
        }
        corrections.extend(mended);
    }
    Ok(corrections)
}

/// Corrections of words already met: in a pasted text they come again and again.
#[derive(Default)]
struct Remembered(HashMap<String, Option<String>>);

impl Remembered {
    /// Returns the correction of a word, found on the first call; none once too many words were asked for.
    fn get(
        &mut self,
        word: &str,
        find: impl FnOnce() -> tantivy::Result<Option<String>>,
    ) -> tantivy::Result<Option<String>> {
        if let Some(known) = self.0.get(word) {
            return Ok(known.clone());
        }
        let found = if self.0.len() < MOST_CORRECTED { find()? } else { None };
        self.0.insert(word.to_owned(), found.clone());
        Ok(found)
    }
}

/// Returns what mends the unknown ones of some tokens; `correction` is asked only for words that may be misspelled.
fn mend(
    reader: &Reader,
    span: &Range<usize>,
    tokens: &[Token],
    correction: &mut dyn FnMut(&str) -> tantivy::Result<Option<String>>,
) -> tantivy::Result<Vec<Correction>> {
    let mut mended = Vec::new();
    for token in tokens {
        let word = token.exact.as_str();
        let correctable = (SHORTEST..=LONGEST).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
        if correctable
            && !is_known(reader, token)?
            && let Some(replacement) = correction(word)?
        {
            mended.push(Correction { span: span.start + token.start..span.start + token.end, replacement });
        }
    }
    Ok(mended)
}

/// Returns the most valuable candidate, unless it is worth less than `least`.
fn best_of(candidates: Vec<(String, f32)>, least: f32) -> Option<String> {
    let best = candidates.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    best.filter(|(_, value)| *value > least).map(|(word, _)| word)
}

/// Returns the word that a rare one of the index is probably a slip of. Documents have slips too: the query's own finds
/// theirs, and nothing else.
pub(super) fn likely_slip(reader: &Reader, word: &str) -> tantivy::Result<Option<String>> {
    let tokens = plain_tokens(word);
    let [token] = tokens.as_slice() else { return Ok(None) };
    let letters = token.exact.chars().count();
    if letters < SHORTEST_SLIP || !word.chars().all(char::is_lowercase) {
        return Ok(None);
    }
    let units = reader.searcher.doc_freq(&Term::from_field_text(reader.fields.text, &token.text))?;
    if units == 0 || units > MOST_SLIPS {
        return Ok(None);
    }
    let frequent = SLIP_FACTOR * units;
    let likely = |(candidate, _): &(String, f32)| -> tantivy::Result<bool> {
        let Some(other) = plain_tokens(candidate).into_iter().next() else { return Ok(false) };
        let same_word = other.text == token.text || candidate.chars().next() != token.exact.chars().next();
        let units = reader.searcher.doc_freq(&Term::from_field_text(reader.fields.text, &other.text))?;
        Ok(!same_word && units >= frequent)
    };
    let mut best: Option<(String, f32)> = None;
    for candidate in candidates(reader, &token.exact, 1)? {
        if best.as_ref().is_none_or(|(_, value)| candidate.1 > *value) && likely(&candidate)? {
            best = Some(candidate);
        }
    }
    Ok(best.map(|(word, _)| word))
}

/// Returns the text with the corrections made.
pub(super) fn apply(text: &str, corrections: &[Correction]) -> String {
    let mut corrected = String::with_capacity(text.len());
    let mut at = 0;
    for correction in corrections {
        corrected.push_str(text.get(at..correction.span.start).unwrap_or_default());
        corrected.push_str(&correction.replacement);
        at = correction.span.end.max(at);
    }
    corrected.push_str(text.get(at..).unwrap_or_default());
    corrected
}

/// Whether a word is written as abbreviations are: capitals, perhaps with a small s.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.strip_suffix('s').unwrap_or(word);
    (2..=LONGEST_ABBREVIATION).contains(&letters.chars().count()) && letters.chars().all(char::is_uppercase)
}

fn correct_word(reader: &Reader, word: &str, held: usize, lexicon: &dyn Expander) -> tantivy::Result<Option<String>> {
    let most = if word.chars().count() >= TWO_ERRORS_FROM && held < LONG_QUERY { 2 } else { 1 };
    for distance in 1..=most {
        let found = candidates(reader, word, distance)?;
        // One error explains a word better than two, but not when it needs a word that hardly ever occurs.
        if let Some(likely) = best_of(found.clone(), LIKELY) {
            return Ok(Some(likely));
        }
        // The index may hold no word of the language at all.
        if found.is_empty()
            && let Some(known) = lexicon.nearest(word, distance.into())
        {
            return Ok(Some(known));
        }
        if distance == most
            && let Some(only) = best_of(found, f32::NEG_INFINITY)
        {
            return Ok(Some(only));
        }
    }
    split(reader, word)
}

/// Returns the word of the index that differs by two errors at most and is made of the same letters or sounds: "Gandhi"
/// for "Ghandi".
fn heard_alike(reader: &Reader, word: &str) -> tantivy::Result<Option<String>> {
    if word.chars().count() < SHORTEST_ALIKE {
        return Ok(None);
    }
    let mut found = candidates(reader, word, 2)?;
    let first = word.chars().next();
    found.retain(|(meant, _)| meant.chars().next() == first && likely_error(word, meant));
    Ok(best_of(found, f32::NEG_INFINITY))
}

/// Returns the words of the index within a distance, with their value.
fn candidates(reader: &Reader, word: &str, distance: u8) -> tantivy::Result<Vec<(String, f32)>> {
    static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; 3] = [const { OnceLock::new() }; 3];
    let Some(builder) = BUILDERS.get(usize::from(distance)) else { return Ok(Vec::new()) };
    let builder = builder.get_or_init(|| LevenshteinAutomatonBuilder::new(distance, true));
    let prefixed = format!("{EXACT_PREFIX}{word}");
    let mut found: HashMap<String, (u8, u64)> = HashMap::new();
    let automaton = Within(builder.build_dfa(&prefixed));
    let Some(script) = script(word) else { return Ok(Vec::new()) };
    for segment in reader.searcher.segment_readers() {
        let index = segment.inverted_index(reader.fields.text)?;
        let terms = index.terms().search(&automaton).ge(format!("{EXACT_PREFIX}{}", script.start));
        let mut terms = terms.lt(format!("{EXACT_PREFIX}{}", script.end)).into_stream()?;
        while terms.advance() {
            let Some(term) = std::str::from_utf8(terms.key()).ok().and_then(|term| term.strip_prefix(EXACT_PREFIX))
            else {
                continue;
            };
            if let Distance::Exact(errors) = automaton.0.eval(terms.key())
                && errors > 0
            {
                found.entry(term.to_owned()).or_insert((errors, 0)).1 += u64::from(terms.value().doc_freq);
            }
        }
    }
    let letters = word.chars().count();
    for stop_word in analyzer::invariable_words() {
        if stop_word.chars().count().abs_diff(letters) > usize::from(distance) {
            continue;
        }
        let errors = strsim::osa_distance(word, stop_word);
        if (1..=usize::from(distance)).contains(&errors) {
            let units = reader.searcher.doc_freq(&Term::from_field_text(reader.fields.text, stop_word))?;
            found.insert(stop_word.to_owned(), (errors as u8, units));
        }
    }
    found.retain(|_, (_, units)| *units > 0);
    let same_script =
        |term: &str| term.starts_with(|first| script.contains(&first)) && term.chars().all(char::is_alphabetic);
    Ok(found
        .into_iter()
        .filter(|(term, _)| same_script(term) && !negates(word, term) && !negates(term, word))
        .map(|(term, (errors, units))| {
            let value = (units as f32).ln() - cost(word, &term, errors);
            (term, value)
        })
        .collect())
}

/// Whether one word is the other with a prefix that says no: to take it off or put it on turns the meaning round.
fn negates(word: &str, other: &str) -> bool {
    const PREFIXES: [&str; 9] = ["un", "in", "im", "ir", "il", "non", "dis", "не", "без"];
    PREFIXES.iter().any(|prefix| {
        let Some(rest) = word.strip_prefix(prefix) else { return false };
        // The rest may be mistyped as well: "unregisterd" is not "registered".
        rest == other || (rest.chars().count() > 4 && strsim::damerau_levenshtein(rest, other) <= 1)
    })
}

/// Returns the letters that a word of the same script begins with. That is all that corrections need to know of scripts;
/// words of another one are not even looked at, as an index may hold very many.
fn script(word: &str) -> Option<Range<char>> {
    const SCRIPTS: [Range<char>; 3] = ['\0'..'\u{400}', '\u{400}'..'\u{530}', '\u{530}'..char::MAX];
    let first = word.chars().next()?;
    SCRIPTS.into_iter().find(|script| script.contains(&first))
}

fn cost(typed: &str, meant: &str, errors: u8) -> f32 {
    let first = if typed.chars().next() == meant.chars().next() { 0.0 } else { FIRST_LETTER_COST };
    let likely = if likely_error(typed, meant) { LIKELY_ERROR } else { 0.0 };
    f32::from(errors) * ERROR_COST + first - likely
}

/// Returns one letter for all that are taken for each other by ear.
fn sound(letter: char) -> char {
    match letter {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' => 'a',
        'c' | 'q' => 'k',
        'z' => 's',
        'б' => 'п',
        'в' => 'ф',
        'г' => 'к',
        'д' => 'т',
        'ж' => 'ш',
        'з' => 'с',
        other => other,
    }
}

/// Whether the words differ only by order, by doubled letters or by letters that sound alike.
fn likely_error(typed: &str, meant: &str) -> bool {
    let skeleton = |word: &str| {
        let mut letters: Vec<char> = word.chars().map(sound).collect();
        letters.dedup();
        letters
    };
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    skeleton(typed) == skeleton(meant) || sorted(typed) == sorted(meant)
}

/// Returns two words of the index that were written in one.
fn split(reader: &Reader, word: &str) -> tantivy::Result<Option<String>> {
    let mut best: Option<(u64, String)> = None;
    for (at, _) in word.char_indices().skip(3) {
        let (left, right) = word.split_at(at);
        if right.chars().count() < 3 {
            break;
        }
        let mut least = u64::MAX;
        for part in [left, right] {
            let term = Term::from_field_text(reader.fields.text, &format!("{EXACT_PREFIX}{part}"));
            least = least.min(reader.searcher.doc_freq(&term)?);
        }
        if least > 0 && best.as_ref().is_none_or(|(units, _)| least > *units) {
            best = Some((least, format!("{left} {right}")));
        }
    }
    Ok(best.map(|(_, words)| words))
}

/// Keys of the usual English and Russian keyboards.
const KEYS: [(&str, &str); 2] = [
    ("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё"),
    ("QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~", "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"),
];

/// Returns the word that the same keys write on the other keyboard, where the index holds it: "ghfdf" for "права". Keys
/// that write punctuation on one keyboard and letters on the other belong to the word.
fn other_layout(
    reader: &Reader,
    text: &str,
    span: &Range<usize>,
    lexicon: &dyn Expander,
) -> tantivy::Result<Option<Correction>> {
    let is_key = |c: char| KEYS.iter().any(|(latin, _)| latin.contains(c)) && !matches!(c, '"' | '<' | '>' | '~');
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.trim_end_matches(is_key).len();
    let after = text.get(span.end..).unwrap_or_default();
    let end = text.len() - after.trim_start_matches(is_key).len();
    for range in [start..end, span.clone()] {
        let Some(typed) = text.get(range.clone()) else { continue };
        let Some(meant) = on_other_keyboard(typed) else { continue };
        let tokens = plain_tokens(&meant);
        if let [token] = tokens.as_slice()
            && token.end - token.start == meant.len()
            && (is_known(reader, token)? || lexicon.knows(&token.exact))
        {
            return Ok(Some(Correction { span: range, replacement: meant.to_lowercase() }));
        }
    }
    Ok(None)
}

fn on_other_keyboard(typed: &str) -> Option<String> {
    let map = |c: char, from: fn(&(&'static str, &'static str)) -> (&'static str, &'static str)| {
        KEYS.iter().map(from).find_map(|(from, to)| to.chars().nth(from.chars().position(|key| key == c)?))
    };
    let to_russian: Option<String> = typed.chars().map(|c| map(c, |keys| *keys)).collect();
    to_russian.or_else(|| typed.chars().map(|c| map(c, |(latin, russian)| (russian, latin))).collect())
}

/// The automaton as the dictionary walks it.
struct Within(DFA);

impl tantivy_fst::Automaton for &Within {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_are_no_corrections() {
        for (word, other) in [("unregistered", "registered"), ("unregisterd", "registered"), ("невиновен", "виновен")]
        {
            assert!(negates(word, other), "{word} {other}");
        }
        for (word, other) in [("registation", "registration"), ("united", "unite"), ("international", "national")] {
            assert!(!negates(word, other), "{word} {other}");
        }
    }
}
