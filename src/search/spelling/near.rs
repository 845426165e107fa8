//! Words of the index that resemble another, with what they are worth as corrections of it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

use crate::analyzer::{self, EXACT_PREFIX};
use crate::index::open::Reader;

/// What an error costs beside the logarithm of a word's frequency. Chosen so that a second error is made up for only by a
/// word that is some four hundred times as frequent.
const ERROR_COST: f32 = 6.0;
/// What the logarithm of how often the very word is written counts beside that of the units with a word of its stem.
const BETWEEN_FORMS: f32 = 0.05;
/// What it costs more that the first letter differs: it is seldom mistyped.
const FIRST_LETTER_COST: f32 = 3.0;
/// What a candidate is worth that is taken without looking further: one error in a word that is not rare.
pub(super) const LIKELY: f32 = -ERROR_COST + 1.0;
/// What an error costs less where letters were swapped or doubled, or one vowel stands for another.
const LIKELY_ERROR: f32 = 2.0;

/// A word of the index.
struct Found {
    errors: u8,
    /// Units that hold a word of its stem.
    units: u64,
    /// About how often the very word stands in the texts.
    times: u64,
}

impl Found {
    /// Returns the logarithm of its frequency. Between two forms of a word it decides how often each is written.
    fn worth(&self) -> f32 {
        (self.units as f32).ln() + BETWEEN_FORMS * (self.times.max(1) as f32).ln()
    }
}

/// Returns the words of the index within a distance, with their value.
pub(super) fn candidates(reader: &Reader, word: &str, distance: u8) -> tantivy::Result<Vec<(String, f32)>> {
    static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; 3] = [const { OnceLock::new() }; 3];
    let Some(builder) = BUILDERS.get(usize::from(distance)) else { return Ok(Vec::new()) };
    let builder = builder.get_or_init(|| LevenshteinAutomatonBuilder::new(distance, true));
    let mut found: HashMap<String, Found> = HashMap::new();
    let automaton = Within(builder.build_dfa(word));
    let Some(script) = script(word) else { return Ok(Vec::new()) };
    let (from, end) = (script.start.to_string(), script.end.to_string());
    let mut near: Vec<(String, u8, u64)> = Vec::new();
    reader.vocabulary()?.search(|| &automaton, (&from, Some(&end)), &mut |term, times| {
        if let Distance::Exact(errors) = automaton.0.eval(term.as_bytes())
            && errors > 0
        {
            near.push((term.to_owned(), errors, times));
        }
    });
    for (term, errors, times) in near {
        let units = reader.frequency(reader.fields.text, &format!("{EXACT_PREFIX}{term}"))?;
        found.insert(term, Found { errors, units, times });
    }
    let letters = word.chars().count();
    for stop_word in analyzer::invariable_words() {
        if stop_word.chars().count().abs_diff(letters) > usize::from(distance) {
            continue;
        }
        let errors = strsim::osa_distance(word, stop_word);
        if (1..=usize::from(distance)).contains(&errors) {
            let units = reader.frequency(reader.fields.text, stop_word)?;
            found.insert(stop_word.to_owned(), Found { errors: errors as u8, units, times: units });
        }
    }
    found.retain(|_, found| found.units > 0);
    let same_script =
        |term: &str| term.starts_with(|first| script.contains(&first)) && term.chars().all(char::is_alphabetic);
    Ok(found
        .into_iter()
        .filter(|(term, _)| same_script(term) && !negates(word, term) && !negates(term, word))
        .map(|(term, found)| {
            let value = found.worth() - cost(word, &term, found.errors);
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
pub(super) fn likely_error(typed: &str, meant: &str) -> bool {
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
        for (word, other) in [("registation", "registration"), ("united", "unite"), ("international", "national")] {
            assert!(!negates(word, other), "{word} {other}");
        }
    }
}
