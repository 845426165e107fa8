//! The forms of a concept as alternatives, with the trust in each.

use super::concepts::{Concept, plain, stems};
use crate::analyzer;
use crate::document::Language;
use crate::query::expansion::{Alternative, Origin};

/// Trust in a form of the other language: that of the first form of a concept, and of the others.
const FIRST_FORM: f32 = 0.9;
const OTHER_FORM: f32 = 0.7;
/// The same for single words other than abbreviations. They have more meanings than terms of several words, and the
/// learned translations, which stand beside them, know which is how frequent (measured: .723 against .720).
const FIRST_WORD: f32 = 0.6;
const OTHER_WORD: f32 = 0.4;
/// Trust in a form of the same language: an abbreviation and what it stands for are the same, other forms are near.
const ABBREVIATION: f32 = 0.9;
const SYNONYM: f32 = 0.3;
/// Share of the trust that a form of the other language keeps where the query has an everyday word for the concept: such
/// words are less precise. In the same language they stand for what documents say instead.
const EVERYDAY_CROSSING: f32 = 0.7;
const EVERYDAY_SYNONYM: f32 = 0.5;
/// Trust in a part of what an abbreviation stands for, beside the whole.
const PART: f32 = 0.5;

/// Returns the other forms of a concept with the trust in each.
pub(super) fn alternatives(concept: &Concept, form: &str, origin: Origin) -> Vec<Alternative> {
    let own = analyzer::language_of(form);
    let everyday = concept.is_everyday(form);
    let mut found = Vec::new();
    for (forms, language) in [(&concept.english, Language::ENGLISH), (&concept.russian, Language::RUSSIAN)] {
        for (place, other) in forms.iter().map(|form| plain(form)).enumerate() {
            let weight = if own != Some(language) {
                trust(form, other, place == 0) * if everyday { EVERYDAY_CROSSING } else { 1.0 }
            } else if everyday {
                EVERYDAY_SYNONYM
            } else if is_abbreviation(other) || is_abbreviation(form) {
                ABBREVIATION
            } else {
                SYNONYM
            };
            found.push(Alternative { text: other.to_owned(), weight, language, origin });
            if is_abbreviation(form) && !is_abbreviation(other) && !is_name(other) {
                for part in coordinated_parts(other) {
                    let weight = weight * PART;
                    found.push(Alternative { text: part.to_owned(), weight, language, origin });
                }
            }
        }
    }
    found
}

/// Whether a form is a name of something, not a term: "Convention on ...". Half of it names nothing.
fn is_name(form: &str) -> bool {
    form.starts_with(char::is_uppercase)
}

/// Returns the parts of a term that are joined by commas and "and", those of several words: a text that speaks of sexual
/// orientation alone is on what "sexual orientation and gender identity" abbreviates.
fn coordinated_parts(form: &str) -> Vec<&str> {
    let parts = form.split(", ").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" и "));
    parts.filter(|part| stems(part).len() > 1 && *part != form).collect()
}

/// Returns the trust in a form of the other language.
fn trust(form: &str, other: &str, first: bool) -> f32 {
    let ambiguous = !form.contains(' ') && !is_abbreviation(form) && !is_abbreviation(other);
    match (ambiguous, first) {
        (false, true) => FIRST_FORM,
        (false, false) => OTHER_FORM,
        (true, true) => FIRST_WORD,
        (true, false) => OTHER_WORD,
    }
}

/// Whether a form is one word in capitals ("NHRI", "NGOs").
pub(super) fn is_abbreviation(form: &str) -> bool {
    let capitals = form.chars().filter(|c| c.is_uppercase()).count();
    let small = form.chars().filter(|c| c.is_lowercase()).count();
    capitals > 1 && small <= 1 && !form.contains(' ')
}
