//! Signs of other query languages that have no meaning here: what is searched in their place, and the note that says so.

use std::ops::Range;

use super::lex::{Lexeme, plain_word};
use super::plain_tokens;

/// Why something else is searched than what was typed.
const NEGATION: &str = "what holds it is left out (quotes search for words exactly as written)";
const NO_WILDCARD: &str = "only * at the end of a word stands for letters (OR joins spellings: woman OR women)";
const NO_LIKENESS: &str = "typing errors are mended without \"~\"";
const NO_WEIGHT: &str = "words cannot be weighted";

/// Letters from which on the beginning of a word is enough to search for.
const TELLING_BEGINNING: usize = 3;
/// Characters of a word that a note repeats.
const LONGEST_SHOWN: usize = 40;

/// What a word with a foreign sign is taken for.
struct Reading {
    /// Bytes of the word that are searched; none where it is but a sign.
    part: Range<usize>,
    /// Whether they are the beginning of a word.
    begins: bool,
    reason: &'static str,
}

/// Reads a word with a sign of another language: a wildcard ("wom?n"), a likeness ("birth~2"), a weight ("birth^4", "^2"
/// after a phrase). Returns whether it is one. `start` is its place in the query `text`.
pub(super) fn take(
    text: &str,
    word: &str,
    start: usize,
    lexemes: &mut Vec<Lexeme>,
    warnings: &mut Vec<String>,
) -> bool {
    let after = text.get(start + word.len()..).unwrap_or_default();
    let before = text.get(..start).unwrap_or_default();
    let reading = factor(word, before).or_else(|| wildcard(word)).or_else(|| last_letter(word, before, after));
    let Some(Reading { part, begins, reason }) = reading else { return false };
    let lexeme = plain_word(word.get(part.clone()).unwrap_or_default(), start + part.start);
    let (lexeme, searched) = match lexeme {
        Some(Lexeme::Word(words)) if begins && plain_tokens(&words.text).len() == 1 => {
            let searched = format!("{}*", words.text);
            (Some(Lexeme::Prefix(words)), searched)
        }
        Some(Lexeme::Word(words)) => {
            let searched = words.text.clone();
            (Some(Lexeme::Word(words)), searched)
        }
        other => (other, String::new()),
    };
    lexemes.extend(lexeme);
    note(word, &searched, reason, warnings);
    true
}

/// Says that "!" before a word is read as "-".
pub(super) fn note_negation(word: &str, warnings: &mut Vec<String>) {
    note(&format!("!{word}"), &format!("-{word}"), NEGATION, warnings);
}

/// Says what is searched for a word; a reason is given once.
fn note(word: &str, searched: &str, reason: &str, warnings: &mut Vec<String>) {
    if warnings.iter().any(|warning| warning.ends_with(reason)) {
        return;
    }
    let shown = |word: &str| match word.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("\"{}…\"", word.get(..end).unwrap_or_default()),
        None => format!("\"{word}\""),
    };
    let instead = if searched.is_empty() { "left out".to_owned() } else { format!("read as {}", shown(searched)) };
    warnings.push(format!("{} is {instead}: {reason}", shown(word)));
}

/// "birth~2" and "birth^4" are "birth", "^2" right after a phrase or a bracket is nothing.
fn factor(word: &str, before: &str) -> Option<Reading> {
    let (head, number) = word.rsplit_once(['~', '^'])?;
    let weighs = word.get(head.len()..)?.starts_with('^');
    let is_number = number.chars().all(|sign| sign.is_ascii_digit() || sign == '.') && !(weighs && number.is_empty());
    let stands_after = head.is_empty() && weighs && before.ends_with(['"', '”', '“', '»', ')']);
    let is_factor = is_number && (stands_after || is_word(head));
    let reason = if weighs { NO_WEIGHT } else { NO_LIKENESS };
    is_factor.then_some(Reading { part: 0..head.len(), begins: false, reason })
}

/// "wom?n" and "wom*n" are words that begin with "wom"; "w?man" and "*man" are "man". "**man**" is only marked, and where a
/// capital follows a small letter a space is missing ("free?Yes").
fn wildcard(word: &str) -> Option<Reading> {
    let core = word.trim_end_matches(is_wildcard);
    let bare = core.trim_start_matches(is_wildcard);
    let runs: Vec<&str> = bare.split(is_wildcard).collect();
    let opens = bare.len() < core.len() && core.len() == word.len();
    let parts_sentences = |pair: &[&str]| match pair {
        [left, right] => left.ends_with(char::is_lowercase) && right.starts_with(char::is_uppercase),
        _ => false,
    };
    let is_wild = opens || (runs.len() > 1 && !runs.windows(2).any(parts_sentences));
    if !is_wild || !runs.iter().all(|run| run.is_empty() || is_word(run)) {
        return None;
    }
    let first = runs.first().filter(|run| bare.len() == core.len() && run.chars().count() >= TELLING_BEGINNING);
    let part = match first {
        Some(beginning) => 0..beginning.len(),
        None => {
            let longest = runs.iter().filter(|run| !run.is_empty()).max_by_key(|run| run.len())?;
            let at = word.find(longest)?;
            at..at + longest.len()
        }
    };
    Some(Reading { part, begins: first.is_some(), reason: NO_WILDCARD })
}

/// "child?" is "child". At the end of a question it is no wildcard: before a capital, and where other words go before.
fn last_letter(word: &str, before: &str, after: &str) -> Option<Reading> {
    let head = word.strip_suffix('?').filter(|head| is_word(head))?;
    let is_alone = before.trim().is_empty() && after.trim().is_empty();
    let goes_on = after.trim_start().starts_with(char::is_lowercase);
    (is_alone || goes_on).then_some(Reading { part: 0..head.len(), begins: false, reason: NO_WILDCARD })
}

fn is_wildcard(sign: char) -> bool {
    matches!(sign, '?' | '*')
}

/// Whether a text is one word of letters, hyphens and apostrophes.
fn is_word(text: &str) -> bool {
    text.contains(char::is_alphabetic)
        && text.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '-' | '\'' | '’' | '\u{301}'))
}
