//! Words that the index does not hold, corrected from those that it holds.
//!
//! Invariant: a word that the index holds in any form is never replaced. What is replaced is said.

mod beside;
mod forms;
mod keyboard;
mod look_alike;
mod near;

use std::collections::HashMap;
use std::ops::Range;

use beside::Beside;
use forms::Forms;
use keyboard::other_layout;
use look_alike::in_one_script;
use near::{LIKELY, best_of, candidates, likely_error};

use crate::analyzer::{self, EXACT_PREFIX, Token};
use crate::index::open::Reader;
use crate::query::expansion::{Expander, NoExpansion};
use crate::query::parse::plain_tokens;
use crate::search::cursor;

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
/// How many times more units hold the word that was meant, and how many at least, where none holds the word as typed but
/// some hold its stem.
const STRANGER_FACTOR: u64 = 20;
const STRANGER_LEAST: u64 = 500;
/// Different words of a query that are corrected; a pasted page is not.
const MOST_CORRECTED: usize = 12;
/// Wrong words of a query that are weighed a second time, by what the others were mended to.
const MOST_TOGETHER: usize = 4;
/// Words of a query that the index holds, from which on only one error in a word is mended: in a question the others find
/// the answer, and a right word that the index happens not to hold is more likely than two errors. Unless the word that was
/// meant stands beside one of the others so many times more often than elsewhere, as a logarithm.
const LONG_QUERY: usize = 4;
const BOUND: f32 = 2.0;

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
    let holds = |field, text: &str| Ok::<_, tantivy::TantivyError>(reader.frequency(field, text)? > 0);
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
    /// Translated, in part at least: the wrong keys or letters of the wrong script.
    Translated,
}

/// Returns the corrections of the doubtful words.
/// `held` has the stems of the other words of the query, those that the index holds and that are no stop words.
pub(super) fn correct(
    reader: &Reader,
    text: &str,
    doubtful: &[Doubtful],
    held: &[String],
    lexicon: &dyn Expander,
) -> tantivy::Result<Vec<Correction>> {
    let (forms, beside) = (Forms::new(reader, lexicon), Beside::new(reader, held));
    let alone = correct_beside(reader, text, doubtful, (&beside, &forms), lexicon)?;
    if !(2..=MOST_TOGETHER).contains(&alone.len()) {
        return Ok(alone);
    }
    // What some were mended to speaks for others: "bith registraton".
    let tokens = alone.iter().flat_map(|correction| plain_tokens(&correction.replacement));
    let beside = beside.and(tokens.map(|token| token.text).collect());
    correct_beside(reader, text, doubtful, (&beside, &forms), lexicon)
}

/// Returns the corrections of the doubtful words, each by what is known of the others.
fn correct_beside(
    reader: &Reader,
    text: &str,
    doubtful: &[Doubtful],
    (beside, forms): (&Beside, &Forms),
    lexicon: &dyn Expander,
) -> tantivy::Result<Vec<Correction>> {
    let mut corrections: Vec<Correction> = Vec::new();
    // Short words that the other keyboard would write, and whether a longer one was typed on it.
    let (mut short_keys, mut typed_elsewhere) = (Vec::new(), false);
    let mut likely = Remembered::default();
    let mut sought = Remembered::default();
    let mut alike = Remembered::default();
    for Doubtful { span, perhaps } in doubtful {
        let Some(word) = text.get(span.clone()) else { continue };
        // A star stands for what was not typed.
        if word.contains('*') || text.get(..span.start).is_some_and(|before| before.ends_with('*')) {
            continue;
        }
        let tokens = plain_tokens(word);
        let mut known = true;
        for token in &tokens {
            known &= is_known(reader, token)?;
        }
        if known || analyzer::analyze(word).iter().any(|token| token.joined && is_known(reader, token).unwrap_or(false))
        {
            continue;
        }
        let whole = *perhaps != Perhaps::Translated;
        if let Some(correction) = in_one_script(reader, word, span, whole, lexicon)? {
            corrections.push(correction);
            continue;
        }
        if let Some(correction) = other_layout(reader, text, span, &NoExpansion)? {
            let short = word.chars().count() < SHORTEST;
            if short { &mut short_keys } else { &mut corrections }.push(correction);
            typed_elsewhere |= !short;
            continue;
        }
        if is_abbreviation(word) {
            continue;
        }
        // "j,hfpjdfybt": what is translated of it is no word but a key.
        if *perhaps == Perhaps::Translated {
            let strange = |token: &Token| Ok(!is_known(reader, token)? && !lexicon.knows(&token.exact));
            let strange: Vec<bool> = tokens.iter().map(strange).collect::<tantivy::Result<_>>()?;
            if tokens.len() > 1 && strange.contains(&true) {
                corrections.extend(other_layout(reader, text, span, lexicon)?);
            }
            continue;
        }
        let mut one_error = |word: &str| likely.get(word, || one_error(reader, word, beside, forms));
        let mut mended = match perhaps {
            Perhaps::Name | Perhaps::Translated => Vec::new(),
            Perhaps::Misspelled | Perhaps::Either => mend(reader, span, &tokens, &mut one_error)?,
        };
        if mended.is_empty() {
            mended = mend(reader, span, &tokens, &mut |word| alike.get(word, || heard_alike(reader, word)))?;
        }
        if mended.is_empty() && *perhaps == Perhaps::Misspelled {
            mended = match other_layout(reader, text, span, lexicon)? {
                Some(correction) => vec![correction],
                None => mend(reader, span, &tokens, &mut |word| {
                    sought.get(word, || correct_word(reader, word, (beside, forms), lexicon))
                })?,
            };
        }
        corrections.extend(mended);
    }
    // "birth ru" is not «birth кг»: so few keys write some word on either keyboard.
    if typed_elsewhere || beside.held.is_empty() {
        corrections.append(&mut short_keys);
        corrections.sort_by_key(|correction| correction.span.start);
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

/// Returns the word that a rare one of the index is probably a slip of. Documents have slips too: the query's own finds
/// theirs, and nothing else.
pub(super) fn likely_slip(reader: &Reader, word: &str, lexicon: &dyn Expander) -> tantivy::Result<Option<String>> {
    let tokens = plain_tokens(word);
    let [token] = tokens.as_slice() else { return Ok(None) };
    let letters = token.exact.chars().count();
    if letters < SHORTEST_SLIP || !word.chars().skip(1).all(char::is_lowercase) {
        return Ok(None);
    }
    let capital = word.starts_with(char::is_uppercase);
    let units = reader.frequency(reader.fields.text, &token.text)?;
    // A stem may be that of another word, or of another language: only the word as typed vouches for itself.
    let own = units > 0 && cursor::is_written(reader, &token.exact)?;
    let most = if own { MOST_SLIPS } else { u64::MAX };
    if units == 0 || units > most {
        return Ok(None);
    }
    let frequent = if own { SLIP_FACTOR * units } else { (STRANGER_FACTOR * units).max(STRANGER_LEAST) };
    let likely = |(candidate, _): &(String, f32)| -> tantivy::Result<bool> {
        let Some(other) = plain_tokens(candidate).into_iter().next() else { return Ok(false) };
        let same_word = other.text == token.text || candidate.chars().next() != token.exact.chars().next();
        let units = reader.frequency(reader.fields.text, &other.text)?;
        // "Arbitary" is a slip; "Marin" is not one of "Maria".
        Ok(!same_word && units >= frequent && (!capital || lexicon.knows(candidate)))
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

fn correct_word(
    reader: &Reader,
    word: &str,
    (beside, forms): (&Beside, &Forms),
    lexicon: &dyn Expander,
) -> tantivy::Result<Option<String>> {
    let (long, in_question) = (word.chars().count() >= TWO_ERRORS_FROM, beside.held.len() >= LONG_QUERY);
    let most = if long && !in_question { 2 } else { 1 };
    let mut found = candidates(reader, word, most)?;
    found.extend(forms.near(word)?);
    if found.is_empty() && long && in_question {
        found = candidates(reader, word, 2)?;
        beside.keep_bound(&mut found, BOUND)?;
    } else {
        beside.weigh(&mut found)?;
    }
    if let Some(best) = best_of(found, f32::NEG_INFINITY) {
        return Ok(Some(best));
    }
    // The index may hold no word of the language at all.
    if let Some(known) = (1..=most.into()).find_map(|errors| lexicon.nearest(word, errors)) {
        return Ok(Some(known));
    }
    split(reader, word)
}

/// Returns the word one error away that is the most likely one. One error explains a word better than two, but not when it
/// needs a word that hardly ever occurs.
fn one_error(reader: &Reader, word: &str, beside: &Beside, forms: &Forms) -> tantivy::Result<Option<String>> {
    let mut found = candidates(reader, word, 1)?;
    beside.weigh(&mut found)?;
    if let Some(likely) = best_of(found, LIKELY) {
        return Ok(Some(likely));
    }
    Ok(best_of(forms.near(word)?, LIKELY))
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

/// Returns how many units hold a word of the stem of an exact word, 0 where this very word is in no text.
fn units_if_written(reader: &Reader, exact: &str) -> tantivy::Result<u64> {
    let term = format!("{EXACT_PREFIX}{exact}");
    if cursor::is_written(reader, exact)? { reader.frequency(reader.fields.text, &term) } else { Ok(0) }
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
            least = least.min(units_if_written(reader, part)?);
        }
        if least > 0 && best.as_ref().is_none_or(|(units, _)| least > *units) {
            best = Some((least, format!("{left} {right}")));
        }
    }
    Ok(best.map(|(_, words)| words))
}
