//! Words of the index that resemble another, with what they are worth as corrections of it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

use crate::analyzer::{self, EXACT_PREFIX};
use crate::index::open::Reader;
use crate::search::cursor;

/// What an error costs beside the logarithm of a word's frequency. Chosen so that a second error is made up for only by a
/// word that is some four hundred times as frequent.
const ERROR_COST: f32 = 6.0;
/// Words whose frequency is counted by themselves, the others by their stems: "region" is not as likely as all of "regional"
/// and "regions" make it.
const MOST_COUNTED: usize = 8;
/// Share of the units of its stem in which a word stands at least, for whoever looks only at some.
const LEAST_SHARE: f32 = 1.0 / 256.0;
/// What it costs more that the first letter differs: it is seldom mistyped.
const FIRST_LETTER_COST: f32 = 3.0;
/// What it costs that the word is a stop word: nobody asks for "both", but for "birth".
const STOP_WORD_COST: f32 = 2.0;
/// What a candidate is worth that is taken without looking further: one error in a word that is not rare.
pub(super) const LIKELY: f32 = -ERROR_COST + 1.0;
/// What it costs more that a letter stands there which the word does not have: letters are left out sooner than put in.
const EXTRA_LETTER: f32 = 1.0;
/// What an error costs less where letters were swapped or doubled, or one vowel stands for another.
const LIKELY_ERROR: f32 = 2.0;

/// Returns the words of the index within a distance, with their value.
pub(super) fn candidates(reader: &Reader, word: &str, distance: u8) -> tantivy::Result<Vec<(String, f32)>> {
    static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; 3] = [const { OnceLock::new() }; 3];
    let Some(builder) = BUILDERS.get(usize::from(distance)) else { return Ok(Vec::new()) };
    let builder = builder.get_or_init(|| LevenshteinAutomatonBuilder::new(distance, true));
    let automaton = Within(builder.build_dfa(word));
    let Some(script) = script(word) else { return Ok(Vec::new()) };
    let (from, end) = (script.start.to_string(), script.end.to_string());
    // Words with their errors, and whether they are terms as they stand: stop words that have no other form.
    let mut near: HashMap<String, (u8, bool)> = HashMap::new();
    reader.vocabulary()?.search(|| &automaton, (&from, Some(&end)), &mut |term, _| {
        if let Distance::Exact(errors) = automaton.0.eval(term.as_bytes())
            && errors > 0
        {
            near.insert(term.to_owned(), (errors, false));
        }
    });
    let letters = word.chars().count();
    for stop_word in analyzer::invariable_words() {
        if stop_word.chars().count().abs_diff(letters) > usize::from(distance) {
            continue;
        }
        let errors = strsim::osa_distance(word, stop_word);
        if (1..=usize::from(distance)).contains(&errors) {
            near.insert(stop_word.to_owned(), (errors as u8, true));
        }
    }
    let same_script =
        |term: &str| term.starts_with(|first| script.contains(&first)) && term.chars().all(char::is_alphabetic);
    near.retain(|term, _| same_script(term) && !negates(word, term) && !negates(term, word));
    let mut found = Vec::new();
    for (term, (errors, invariable)) in near {
        let sought = if invariable { term.clone() } else { format!("{EXACT_PREFIX}{term}") };
        let units = reader.frequency(reader.fields.text, &sought)?;
        if units > 0 {
            let stop_word = if analyzer::is_stop_word(&term) { STOP_WORD_COST } else { 0.0 };
            let value = (units as f32).ln() - cost(word, &term, errors) - stop_word;
            found.push((term, value, invariable));
        }
    }
    found.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    for (term, value, _) in found.iter_mut().take(MOST_COUNTED).filter(|(_, _, invariable)| !invariable) {
        *value += cursor::written_share(reader, term)?.max(LEAST_SHARE).ln();
    }
    Ok(found.into_iter().map(|(term, value, _)| (term, value)).collect())
}

/// Whether one word is the other with a prefix that says no: to take it off or put it on turns the meaning round.
pub(super) fn negates(word: &str, other: &str) -> bool {
    const PREFIXES: [&str; 9] = ["un", "in", "im", "ir", "il", "non", "dis", "не", "без"];
    PREFIXES.iter().any(|prefix| {
        let Some(rest) = word.strip_prefix(prefix) else { return false };
        // The rest may be mistyped as well: "unregisterd" is not "registered". But "imigrant" is "immigrant", not "migrant"
        // with an error and a prefix.
        let mistyped = || {
            let errors = strsim::damerau_levenshtein(rest, other);
            rest.chars().count() > 4 && errors <= 1 && errors < strsim::damerau_levenshtein(word, other)
        };
        rest == other || mistyped()
    })
}

/// Returns the letters that a word of the same script begins with. That is all that corrections need to know of scripts;
/// words of another one are not even looked at, as an index may hold very many.
pub(super) fn script(word: &str) -> Option<Range<char>> {
    const SCRIPTS: [Range<char>; 3] = ['\0'..'\u{400}', '\u{400}'..'\u{530}', '\u{530}'..char::MAX];
    let first = word.chars().next()?;
    SCRIPTS.into_iter().find(|script| script.contains(&first))
}

pub(super) fn cost(typed: &str, meant: &str, errors: u8) -> f32 {
    let first = if typed.chars().next() == meant.chars().next() { 0.0 } else { FIRST_LETTER_COST };
    let likely = if likely_error(typed, meant) { LIKELY_ERROR } else { 0.0 };
    let extra = typed.chars().count() > meant.chars().count() && likely == 0.0;
    f32::from(errors) * ERROR_COST + first - likely + if extra { EXTRA_LETTER } else { 0.0 }
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
pub(super) fn likely_error(typed: &str, meant: &str) -> bool {
    let skeleton = |word: &str| {
        let mut letters: Vec<char> = word.chars().filter(|letter| !matches!(letter, 'ь' | 'ъ')).map(sound).collect();
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

/// Returns the most valuable candidate, unless it is worth less than `least`.
pub(super) fn best_of(candidates: Vec<(String, f32)>, least: f32) -> Option<String> {
    let best = candidates.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    best.filter(|(_, value)| *value > least).map(|(word, _)| word)
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
        for (word, other) in [
            ("registation", "registration"),
            ("united", "unite"),
            ("international", "national"),
            ("imunity", "immunity"),
            ("imigrant", "immigrant"),
            ("ilegal", "illegal"),
            ("iregular", "irregular"),
        ] {
            assert!(!negates(word, other), "{word} {other}");
        }
    }
}
