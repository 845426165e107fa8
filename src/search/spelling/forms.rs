//! Words one error away that the index holds in another form, or that the lexicon knows.
//!
//! The list of the words of an index has the forms that its texts happen to have, and of a language that they are not
//! written in none: «рибенку» is near to no word of reports that speak of children in English.

use std::cell::RefCell;
use std::collections::HashMap;

use super::near::{cost, negates, script};
use crate::analyzer;
use crate::index::open::Reader;
use crate::query::expansion::Expander;
use crate::query::parse::plain_tokens;

/// Letters of the shortest stem by which another form of a word is found.
const SHORTEST_STEM: usize = 4;
/// Letters that may change in a word when another form of it is put in its place.
const MOST_CHANGED: usize = 3;
/// What it costs that the form is in no text that is known.
const UNSEEN_FORM: f32 = 2.0;
/// Words that begin like a stem and are looked at for a form of it.
const MOST_FORMS: usize = 64;
/// What it costs that the index does not hold the word, and only the lexicon knows it.
const NOT_HELD: f32 = 1.0;

/// Words of a query whose other forms are sought: each takes several milliseconds, and a pasted page has many.
const MOST_SOUGHT: usize = 3;

/// The other forms of the words of one query.
pub(super) struct Forms<'a> {
    reader: &'a Reader,
    lexicon: &'a dyn Expander,
    found: RefCell<HashMap<String, Vec<(String, f32)>>>,
}

impl<'a> Forms<'a> {
    pub fn new(reader: &'a Reader, lexicon: &'a dyn Expander) -> Forms<'a> {
        Forms { reader, lexicon, found: RefCell::default() }
    }

    /// Returns the words one error away that the index holds in another form only, or that the lexicon knows, with their
    /// value as corrections; none once many words were asked for.
    pub fn near(&self, word: &str) -> tantivy::Result<Vec<(String, f32)>> {
        if let Some(known) = self.found.borrow().get(word) {
            return Ok(known.clone());
        }
        if self.found.borrow().len() >= MOST_SOUGHT {
            return Ok(Vec::new());
        }
        let found = other_forms(self.reader, word, self.lexicon)?;
        self.found.borrow_mut().insert(word.to_owned(), found.clone());
        Ok(found)
    }
}

/// As [`Forms::near`]. A form that nobody has seen is kept where the error is in its stem; else one that was seen is returned.
fn other_forms(reader: &Reader, word: &str, lexicon: &dyn Expander) -> tantivy::Result<Vec<(String, f32)>> {
    let usable =
        |variant: &String| !analyzer::is_stop_word(variant) && !negates(word, variant) && !negates(variant, word);
    let mut meant: Vec<(String, String)> = Vec::new();
    for variant in variants(word).filter(usable) {
        if let [token] = plain_tokens(&variant).as_slice()
            && token.text.chars().count() >= SHORTEST_STEM
        {
            meant.push((variant, token.text.clone()));
        }
    }
    let stems: Vec<&str> = meant.iter().map(|(_, stem)| stem.as_str()).collect();
    let mut found = Vec::new();
    for ((variant, stem), seen) in meant.iter().zip(lexicon.seen(&stems)) {
        let units = reader.frequency(reader.fields.text, stem)?;
        let (seen, worth) = match seen {
            _ if units > 0 => (written(reader, stem, word)?, (units as f32).ln()),
            Some((form, times)) => (Some(form), times.max(1.0).ln() - NOT_HELD),
            None => continue,
        };
        let same = word.chars().zip(variant.chars()).take_while(|(typed, meant)| typed == meant).count();
        // "confinment" is no form of its own, «убежищу» is one beside «убежища».
        let twin = |seen: &String| strsim::osa_distance(seen, variant) <= 1 && ending(seen) == ending(variant);
        let twin = seen.as_ref().is_some_and(twin);
        let form = if same < stem.chars().count() && !twin { Some(variant.clone()) } else { seen.clone() };
        if form.as_deref() == Some(word) {
            // What it is a form of has more than one stem.
            return Ok(Vec::new());
        }
        if let Some(form) = form.filter(|form| strsim::osa_distance(form, word) <= MOST_CHANGED) {
            let unseen = if seen.as_ref() == Some(&form) { 0.0 } else { UNSEEN_FORM };
            found.push((form, worth - unseen - cost(word, variant, 1)));
        }
    }
    Ok(found)
}

/// Returns the last letters of a word, backwards.
fn ending(word: &str) -> (Option<char>, Option<char>) {
    let mut letters = word.chars().rev();
    (letters.next(), letters.next())
}

/// Returns the word of a stem that is written most like another word.
fn written(reader: &Reader, stem: &str, like: &str) -> tantivy::Result<Option<String>> {
    let mut nearest: Option<(usize, String)> = None;
    reader.vocabulary()?.beginning_with(stem, MOST_FORMS, &mut |word, _| {
        let errors = strsim::osa_distance(word, like);
        let nearer = nearest.as_ref().is_none_or(|(least, _)| errors < *least);
        if nearer && plain_tokens(word).iter().any(|token| token.text == stem) {
            nearest = Some((errors, word.to_owned()));
        }
    });
    Ok(nearest.map(|(_, word)| word))
}

/// Returns the words that differ from another one by one error behind its first letter.
fn variants(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    let alphabet = if script(word).is_some_and(|script| script.contains(&'a')) { 'a'..='z' } else { 'а'..='я' };
    let typed = word.to_owned();
    let edits = (1..=letters.len()).flat_map(move |at| {
        let with = |taken: usize, put: &[char]| -> String {
            let (before, rest) = letters.split_at(at);
            before.iter().chain(put).chain(rest.iter().skip(taken)).collect()
        };
        let mut edits: Vec<String> = alphabet.clone().map(|letter| with(0, &[letter])).collect();
        if let Some(here) = letters.get(at) {
            edits.push(with(1, &[]));
            edits.extend(alphabet.clone().map(|letter| with(1, &[letter])));
            edits.extend(letters.get(at + 1).map(|next| with(2, &[*next, *here])));
        }
        edits
    });
    edits.filter(move |edit| *edit != typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_differ_by_one_error_behind_the_first_letter() {
        let variants: Vec<String> = variants("дао").collect();
        for (variant, there) in
            [("да", true), ("адо", false), ("доа", true), ("дабо", true), ("дао", false), ("бао", false)]
        {
            assert_eq!(variants.iter().any(|known| known == variant), there, "{variant}");
        }
        assert!(super::variants("a1").all(|variant| variant.starts_with('a')));
    }
}
