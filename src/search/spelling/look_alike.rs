//! Words with letters of two scripts, or all in the wrong one, that look right: a Latin "o" in «образoвание», "CCCP".
//!
//! Letters that look the same in print are one for the analyzer already, where a whole word can be brought into one script
//! by them. Here stand those that look alike only in some hands, and words that are wholly of the other script.

use std::ops::Range;

use super::{Correction, is_known};
use crate::index::open::Reader;
use crate::query::expansion::Expander;
use crate::query::parse::plain_tokens;

/// Latin letters with the Cyrillic ones that they stand for, in small letters; the likeliest first.
const LOOK_ALIKES: [(char, &str); 22] = [
    ('a', "а"),
    ('b', "вьб"),
    ('c', "с"),
    ('d', "д"),
    ('e', "е"),
    ('g', "гд"),
    ('h', "н"),
    ('i', "іи"),
    ('k', "к"),
    ('l', "л"),
    ('m', "мт"),
    ('n', "пн"),
    ('o', "о"),
    ('p', "р"),
    ('r', "г"),
    ('s', "с"),
    ('t', "т"),
    ('u', "и"),
    ('v', "в"),
    ('w', "шв"),
    ('x', "х"),
    ('y', "у"),
];
/// Letters that nobody can tell apart in capitals: a word of these alone may be of either script.
const SAME: &str = "abcehikmoptxyавсенікмортху";
/// Readings of one word that are tried.
const MOST_READINGS: usize = 32;
/// Letters of the shortest word that is taken for one of the other script.
const SHORTEST: usize = 3;

/// Returns the word in the script of most of its letters, or in the other one, where the index or the lexicon holds it.
/// `whole`: also a word that is all of one script is read in the other, where each of its letters has a twin there.
pub(super) fn in_one_script(
    reader: &Reader,
    word: &str,
    span: &Range<usize>,
    whole: bool,
    lexicon: &dyn Expander,
) -> tantivy::Result<Option<Correction>> {
    for reading in readings(word, whole) {
        let tokens = plain_tokens(&reading);
        if let [token] = tokens.as_slice()
            && (is_known(reader, token)? || lexicon.knows(&token.exact))
        {
            return Ok(Some(Correction { span: span.clone(), replacement: reading }));
        }
    }
    Ok(None)
}

fn is_cyrillic(letter: char) -> bool {
    ('а'..='я').contains(&letter) || matches!(letter, 'ё' | 'і')
}

/// Returns the word in small letters of one script: first of that which most of its letters have.
fn readings(word: &str, whole: bool) -> Vec<String> {
    let lower = word.to_lowercase();
    let letters = lower.chars().count();
    let cyrillic = lower.chars().filter(|letter| is_cyrillic(*letter)).count();
    let latin = lower.chars().filter(char::is_ascii_lowercase).count();
    if cyrillic + latin != letters || letters < SHORTEST {
        return Vec::new();
    }
    let mixed = cyrillic > 0 && latin > 0;
    let twin = whole && lower.chars().all(|letter| SAME.contains(letter));
    if !(mixed || twin) {
        return Vec::new();
    }
    let (first, second) = (cyrillic >= latin, cyrillic < latin);
    let scripts: &[bool] = if mixed { &[first, second] } else { &[latin > 0] };
    scripts.iter().flat_map(|to_cyrillic| in_script(&lower, *to_cyrillic)).collect()
}

/// Returns the readings of a word in one script; none where a letter has no twin there.
fn in_script(word: &str, to_cyrillic: bool) -> Vec<String> {
    let mut readings = vec![String::new()];
    for letter in word.chars() {
        let twins: Vec<char> = if is_cyrillic(letter) == to_cyrillic {
            vec![letter]
        } else if to_cyrillic {
            let twins = LOOK_ALIKES.iter().find(|(latin, _)| *latin == letter).map_or("", |(_, twins)| *twins);
            twins.chars().collect()
        } else {
            LOOK_ALIKES.iter().filter(|(_, twins)| twins.contains(letter)).map(|(latin, _)| *latin).collect()
        };
        let with = |reading: &String| twins.iter().map(|twin| format!("{reading}{twin}")).collect::<Vec<_>>();
        readings = readings.iter().flat_map(with).take(MOST_READINGS).collect();
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_in_the_script_of_most_letters() {
        for (word, whole, expected) in [
            ("прaво", true, "право"),
            ("нapушeнue", true, "нарушение"),
            ("Pасизm", true, "расизм"),
            ("сhild", true, "child"),
            ("CCCP", true, "ссср"),
            ("CCCP", false, ""),
            ("child", true, ""),
            ("A/HRC", true, ""),
            ("co", true, ""),
        ] {
            let found = readings(word, whole);
            let fits = if expected.is_empty() { found.is_empty() } else { found.iter().any(|read| read == expected) };
            assert!(fits, "{word}: {found:?}");
        }
        assert_eq!(readings("прaво", true).first().map(String::as_str), Some("право"));
        assert!(readings(&"пn".repeat(200), true).len() <= 2 * MOST_READINGS);
    }
}
