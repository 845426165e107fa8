//! What else the words of a query are called: synonyms, abbreviations, names, words of the other language.
//!
//! Invariant: words are only added, with the means by which they were found; words in quotes, excluded words and stop
//! words are never expanded. Nothing here opens an index: candidates for names come from a [`TermSource`].

mod beginning;
mod concepts;
mod definitions;
mod forms;
mod found;
mod known;
pub mod names;
mod terms;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use concepts::{Concepts, Sought, plain, stems};
use forms::{alternatives, is_abbreviation};
use found::Found;
pub use terms::{MAX_BYTES, TermsError, UserTerms};

use crate::analyzer;
use crate::document::Language;
use crate::index::open::Reader;
use crate::learn::{Direction, Table, Word};
use crate::query::expansion::{Alternative, Expander, Expansion, Origin, QueryWord};

/// Trust in a word that is translated like the word of the query, for a probability of 1 there and back; such words below
/// `UNLIKELY` are passed over, and no more than `MOST_PARAPHRASES` taken (measured: own English needs .664 to .678,
/// sentences of the United Nations .655 to .680 in English and .590 to .656 in Russian).
const PARAPHRASE: f32 = 0.4;
const UNLIKELY: f32 = 0.05;
const MOST_PARAPHRASES: usize = 6;
/// Names less alike than this are different names. More is needed of a word that has translations, and of one in small
/// letters that the index does not hold: it may be misspelled, and whatever is expanded is not corrected.
const LIKE_NAMES: f32 = 0.6;
const LIKE_NAMES_OF_KNOWN: f32 = 0.8;
/// A translation less likely than this may be a chance meeting: the word may be a name that training saw once. A word
/// with a capital inside the query needs a surer one. Every known word taken for a name as well costs more than it finds
/// (measured: .735 to .723).
const UNSURE: f32 = 0.3;
const SURE: f32 = 0.7;
/// Words as like as this are one word in two scripts, whatever else one of them is called («поэма», "poem"). Below that a
/// word which the index does not hold is not taken for an ordinary word of the other script.
const ALIKE_FOR_SURE: f32 = 0.9;
/// Spellings of one name in one script have so much in common at least.
const SPELLED_ALIKE: f64 = 0.7;
/// A word that training has seen less often than this, by the share of the sentences that is its own, stood beside its
/// translations by chance: «допустимый» beside "delegations".
const ONCE: f32 = 1.0;
/// How often training has seen a word that is no unknown name, however many translations share it.
const FAMILIAR: f32 = 15.0;
/// Letters that a name has at least; shorter ones sound like too much.
const SHORTEST_NAME: usize = 4;
/// Names taken for one word.
const MOST_NAMES: usize = 3;
/// Words of the query that are expanded; a pasted page is not.
const MOST_WORDS: usize = 64;

/// Words that an index holds, for names whose spelling only the documents know.
pub trait TermSource: Sync {
    /// Calls `visit` with each word (lower case, as it stands in the texts) that begins with `beginning` and may sound as
    /// wanted, and with about how often it stands there. A word may come several times; its numbers add up.
    fn words_like(&self, beginning: &str, sounds: &names::Sounds, visit: &mut dyn FnMut(&str, u64));
}

impl TermSource for Reader {
    fn words_like(&self, beginning: &str, sounds: &names::Sounds, visit: &mut dyn FnMut(&str, u64)) {
        // An index that cannot be read says so when it is searched; here it merely knows no names.
        let _ = self.each_word_like(beginning, sounds, visit);
    }
}

/// Expands queries with all that the project and the user know.
pub struct Lexicon<'a> {
    tables: Vec<Concepts>,
    translations: Vec<&'a Table>,
    terms: Option<&'a dyn TermSource>,
}

/// Returns the table of translations that is part of the program, or `None` where it does not fit the analyzer (which a
/// test forbids).
pub fn shipped_translations() -> Option<&'static Table> {
    static TABLE: OnceLock<Option<Table>> = OnceLock::new();
    let read = || {
        let table = Table::from_bytes(include_bytes!("translations.bin").as_slice()).ok()?;
        (table.analyzer_version() == analyzer::ANALYZER_VERSION).then_some(table)
    };
    TABLE.get_or_init(read).as_ref()
}

impl Default for Lexicon<'_> {
    fn default() -> Self {
        Lexicon {
            tables: vec![Concepts::glossary(), Concepts::countries(), Concepts::bodies()],
            translations: shipped_translations().into_iter().collect(),
            terms: None,
        }
    }
}

impl<'a> Lexicon<'a> {
    /// Returns what the project knows: glossary, countries, bodies, the shipped table of translations.
    pub fn new() -> Lexicon<'a> {
        Lexicon::default()
    }

    /// Adds terms of the user.
    pub fn with_user_terms(mut self, terms: &UserTerms) -> Self {
        self.tables.push(Concepts::of_user(terms.as_tsv().to_owned()));
        self
    }

    /// Uses another table of translations in place of the shipped one: one learned from the user's own documents is
    /// best merged with it first (`Table::merge`).
    pub fn with_translations(mut self, table: &'a Table) -> Self {
        self.translations = vec![table];
        self
    }

    /// Looks for names among the words of an index.
    pub fn with_terms(mut self, terms: &'a dyn TermSource) -> Self {
        self.terms = Some(terms);
        self
    }

    /// Adds what the tables of concepts know.
    fn add_concepts(&self, words: &[Sought], found: &mut Found) {
        for table in &self.tables {
            for hit in table.find(words) {
                let Some(stretch) = words.get(hit.words.clone()) else { continue };
                let own: Vec<String> = stretch.iter().map(|word| word.stem.clone()).collect();
                let span = span_of(stretch);
                for alternative in alternatives(&hit.concept, hit.form, table.origin) {
                    found.add(&span, &own, alternative);
                }
            }
        }
    }

    /// Adds learned translations, word by word.
    fn add_translations(&self, words: &[Sought], found: &mut Found) {
        // An abbreviation that the tables know stood beside all sorts of words in training.
        let unknown = |word: &&Sought| !(is_abbreviation(&word.text) && found.knows(&word.span));
        let words: Vec<&Sought> = words.iter().filter(|word| !word.capitals_only).filter(unknown).collect();
        for word in words {
            let Some(language) = analyzer::language_of(&word.exact) else { continue };
            let (direction, other) = match language {
                Language::RUSSIAN => (Direction::RussianToEnglish, Language::ENGLISH),
                _ => (Direction::EnglishToRussian, Language::RUSSIAN),
            };
            let tables = self.translations.iter().filter(|table| has_seen(table, &word.stem, direction, ONCE));
            let translations = tables.flat_map(|table| table.lookup(&word.stem, direction));
            for translation in translations.filter(|translation| !analyzer::is_stop_word(&translation.form)) {
                let alternative = Alternative {
                    text: translation.form,
                    weight: translation.probability.clamp(f32::MIN_POSITIVE, 1.0),
                    language: other,
                    origin: Origin::Translation,
                };
                found.add(&word.span, std::slice::from_ref(&word.stem), alternative);
            }
            self.add_paraphrases(word, language, direction, found);
        }
    }

    /// Adds words of the same language that are translated alike: "mortality" for "deaths".
    fn add_paraphrases(&self, word: &Sought, language: Language, direction: Direction, found: &mut Found) {
        let mut likely: BTreeMap<String, (String, f32)> = BTreeMap::new();
        for table in self.translations.iter().filter(|table| has_seen(table, &word.stem, direction, ONCE)) {
            for there in table.lookup(&word.stem, direction) {
                for back in table.lookup(&there.stem, direction.reversed()) {
                    if back.stem != word.stem && !analyzer::is_stop_word(&back.form) {
                        likely.entry(back.stem).or_insert((back.form, 0.0)).1 += there.probability * back.probability;
                    }
                }
            }
        }
        let mut likely: Vec<(String, f32)> = likely.into_values().filter(|(_, sure)| *sure >= UNLIKELY).collect();
        likely.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        for (text, probability) in likely.into_iter().take(MOST_PARAPHRASES) {
            let weight = (PARAPHRASE * probability).clamp(f32::MIN_POSITIVE, 1.0);
            let alternative = Alternative { text, weight, language, origin: Origin::Translation };
            found.add(&word.span, std::slice::from_ref(&word.stem), alternative);
        }
    }

    /// Adds names of the other script for words that no table translates for sure, or that are written as names.
    fn add_names(&self, words: &[Sought], found: &mut Found) {
        let Some(terms) = self.terms else { return };
        for (place, word) in words.iter().enumerate().filter(|(_, word)| !word.capitals_only) {
            let Some(language) = analyzer::language_of(&word.exact) else { continue };
            let other = if language == Language::RUSSIAN { Language::ENGLISH } else { Language::RUSSIAN };
            let known = found.surest(&word.span, other);
            let capital = place > 0 && word.text.starts_with(char::is_uppercase);
            if known > 0.0 && !capital && self.is_familiar(&word.stem, language) {
                continue;
            }
            let short = word.exact.chars().count() < SHORTEST_NAME || !names::can_be_said(&word.exact);
            if short || known >= if capital { SURE } else { UNSURE } {
                continue;
            }
            let doubtful = known > 0.0 || (word.unknown && !word.text.starts_with(char::is_uppercase));
            let least = if doubtful { LIKE_NAMES_OF_KNOWN } else { LIKE_NAMES };
            let like = like_names(terms, word, least);
            let doubt = |(name, likeness): &(String, f32)| {
                let far = word.unknown && *likeness < ALIKE_FOR_SURE;
                !names::can_be_said(name) || (far && self.is_ordinary(name, word))
            };
            let like = like.into_iter().filter(|like| !doubt(like));
            for (name, likeness) in like.take(MOST_NAMES) {
                let weight = likeness * (1.0 - known);
                let alternative = Alternative { text: name, weight, language: other, origin: Origin::Name };
                found.add(&word.span, std::slice::from_ref(&word.stem), alternative);
            }
        }
    }
}

impl Lexicon<'_> {
    /// Whether a word of the index that sounds like a word of the query is translated, and by nothing like that word: what
    /// is called "climate" in English is no name that sounds like «климат».
    fn is_ordinary(&self, name: &str, word: &Sought) -> bool {
        let Some(language) = analyzer::language_of(name) else { return false };
        let stem = stems(name).into_iter().next().unwrap_or_default();
        let translations = || self.translations.iter().flat_map(|table| table.lookup(&stem, Direction::from(language)));
        let alike = |form: &str, word: &str| strsim::normalized_damerau_levenshtein(form, word) >= SPELLED_ALIKE;
        let like = |form: &str| alike(form, &word.exact) || alike(form, &word.stem);
        let mut sure = translations().filter(|translation| translation.probability >= UNSURE).peekable();
        sure.peek().is_some() && !translations().any(|translation| like(&translation.form))
    }

    /// Whether a table translates a word.
    fn translates(&self, stem: &str, language: Language) -> bool {
        let direction = Direction::from(language);
        self.translations.iter().any(|table| !table.lookup(stem, direction).is_empty())
    }

    /// Whether training has seen a word often.
    fn is_familiar(&self, stem: &str, language: Language) -> bool {
        let direction = Direction::from(language);
        self.translations.iter().any(|table| has_seen(table, stem, direction, FAMILIAR))
    }
}

/// Whether training has seen a word so often.
fn has_seen(table: &Table, stem: &str, direction: Direction, times: f32) -> bool {
    table.seen(stem, direction).is_some_and(|seen| seen >= times)
}

impl Expander for Lexicon<'_> {
    fn knows(&self, word: &str) -> bool {
        let Some(language) = analyzer::language_of(word) else { return false };
        let stems = stems(word);
        !stems.is_empty() && stems.iter().all(|stem| self.translates(stem, language))
    }

    fn seen(&self, stems: &[&str]) -> Vec<Option<(String, f32)>> {
        self.seen_forms(stems)
    }

    fn nearest(&self, word: &str, errors: usize) -> Option<String> {
        self.nearest_form(word, errors)
    }

    fn expand(&self, _text: &str, words: &[QueryWord]) -> Vec<Expansion> {
        let mut found = Found::default();
        definitions::add(words, &mut found);
        let words = sought(words);
        self.add_concepts(&words, &mut found);
        self.add_translations(&words, &mut found);
        self.add_names(&words, &mut found);
        found.finish()
    }
}

/// Returns the words of a training text as `learn` wants them: parts of compounds, no numbers.
pub fn training_words(text: &str) -> Vec<Word> {
    let tokens = analyzer::analyze(text).into_iter();
    let words = tokens.filter(|token| !token.joined && token.exact.chars().any(char::is_alphabetic));
    words.map(|token| Word { stem: token.text, form: token.exact }).collect()
}

/// Returns what the glossary and the names of countries teach: each English form with each Russian one, abbreviations
/// left out.
pub fn glossary_pairs() -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for table in [Concepts::glossary(), Concepts::countries()] {
        for concept in table.all() {
            let spelled = |forms: &[&str]| -> Vec<String> {
                forms.iter().map(|form| plain(form)).filter(|form| !is_abbreviation(form)).map(str::to_owned).collect()
            };
            let russian = spelled(&concept.russian);
            for english in spelled(&concept.english) {
                pairs.extend(russian.iter().map(|russian| (english.clone(), russian.clone())));
            }
        }
    }
    pairs
}

/// Returns the names of an index that may be the word, the likeliest first.
fn like_names(terms: &dyn TermSource, word: &Sought, least: f32) -> Vec<(String, f32)> {
    // A Russian name may stand in any case: its stem has no ending. A Latin stem may have lost its last letters.
    let name = if analyzer::language_of(&word.exact) == Some(Language::RUSSIAN) { &word.stem } else { &word.exact };
    let mut wanted = names::skeletons(name);
    wanted.extend(names::skeletons(&word.stem));
    wanted.sort_unstable();
    let length = name.chars().count();
    let most_apart = length.div_ceil(2);
    let sounds = names::Sounds::new(&wanted).up_to(length + most_apart);
    let mut candidates: BTreeMap<String, u64> = BTreeMap::new();
    let mut best: BTreeMap<String, (f32, u64, String)> = BTreeMap::new();
    for first in names::beginnings(name) {
        terms.words_like(first.encode_utf8(&mut [0; 4]), &sounds, &mut |candidate, times| {
            let letters = candidate.chars().count();
            if letters + 1 >= SHORTEST_NAME && letters.abs_diff(length) <= most_apart {
                *candidates.entry(candidate.to_owned()).or_default() += times;
            }
        });
        for (candidate, times) in std::mem::take(&mut candidates) {
            let candidate = candidate.as_str();
            let fits =
                |word: &str| names::skeletons(word).iter().any(|skeleton| wanted.binary_search(skeleton).is_ok());
            let stem = stems(candidate).into_iter().next().unwrap_or_default();
            if !(fits(candidate) || fits(&stem)) {
                continue;
            }
            let likeness = names::likeness(name, &stem).max(names::likeness(name, candidate));
            let entry = best.entry(stem).or_insert((0.0, 0, String::new()));
            if likeness >= least && (likeness, times) > (entry.0, entry.1) {
                *entry = (likeness, times, candidate.to_owned());
            }
        }
    }
    let mut ranked: Vec<(f32, u64, String)> = best.into_values().filter(|(likeness, _, _)| *likeness > 0.0).collect();
    ranked.sort_by(|left, right| right.0.total_cmp(&left.0).then(right.1.cmp(&left.1)).then(left.2.cmp(&right.2)));
    ranked.into_iter().map(|(likeness, _, name)| (name, likeness)).collect()
}

/// Returns the words that may be expanded.
fn sought(words: &[QueryWord]) -> Vec<Sought> {
    let mut sought = Vec::new();
    let mut run = 0;
    for word in words {
        if word.quoted || word.excluded {
            run += 1;
            continue;
        }
        for exact in &word.exact {
            for token in analyzer::analyze(exact).into_iter().filter(|token| !token.joined) {
                let stop_word = analyzer::is_stop_word(&token.exact);
                if stop_word && !is_abbreviation(&word.text) {
                    continue;
                }
                let (stem, exact, text, span) = (token.text, token.exact, word.text.clone(), word.span.clone());
                sought.push(Sought { stem, text, exact, span, capitals_only: stop_word, unknown: !word.known, run });
            }
        }
    }
    sought.truncate(MOST_WORDS);
    sought
}

fn span_of(stretch: &[Sought]) -> Range<usize> {
    let start = stretch.iter().map(|word| word.span.start).min().unwrap_or_default();
    start..stretch.iter().map(|word| word.span.end).max().unwrap_or(start)
}

#[cfg(test)]
mod tests;
