//! Tables of concepts: what is called how in English and in Russian.
//!
//! Invariant: a table is searched as text. Nothing is unpacked, sorted or stemmed at the start; only forms that begin
//! like a word of the query are analysed, and each of them once.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

pub(super) use super::beginning::plain;
use super::beginning::{self, Beginning, beginning, beginnings_of, drawer_of};
use crate::analyzer;
use crate::query::expansion::Origin;

/// Marks a form that counts only as capitalised in the table.
const AS_WRITTEN: char = '=';
/// Words of a form that are compared. A longer form is a sentence; nobody types it.
const LONGEST_FORM: usize = 24;
/// A name in small letters whose stem is shorter is taken for one only in the form of the table.
const SHORTEST_STEM_OF_A_NAME: usize = 4;

/// One word of the query that may be expanded, stop words left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sought {
    pub stem: String,
    /// As typed, for forms that need their capitals.
    pub text: String,
    /// Lower case, not stemmed.
    pub exact: String,
    /// Bytes of the query.
    pub span: Range<usize>,
    /// Whether it is a stop word typed in capitals: perhaps an abbreviation ("WHO"), never to be translated as a word.
    pub capitals_only: bool,
    /// Whether the index does not hold it.
    pub unknown: bool,
    /// Number of the run of words that stand next to each other: no form crosses from run to run.
    pub run: usize,
}

/// How the cells of a line are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Columns {
    /// English, Russian; of the glossary, everyday words for it in both.
    Terms,
    /// The table of countries: names with forms of their own, and adjectives as a concept apart.
    Countries,
    /// The table of bodies.
    Bodies,
}

/// A table of concepts.
#[derive(Debug, Clone)]
pub(super) struct Concepts {
    text: Cow<'static, str>,
    columns: Columns,
    pub origin: Origin,
    /// Where the lines of a table that is part of the program begin.
    lines: Option<&'static LinesByBeginning>,
}

/// What one line says of one concept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Concept<'a> {
    pub english: Vec<&'a str>,
    pub russian: Vec<&'a str>,
    /// Inflected forms, by which the concept is found but not named.
    inflected: Vec<&'a str>,
    /// What users say for it and documents do not: the concept is found by it, and not named so.
    everyday: Vec<&'a str>,
}

/// A concept that some words of the query name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match<'a> {
    /// Places among the words sought.
    pub words: Range<usize>,
    pub concept: Concept<'a>,
    /// The form by which it was found, without its mark.
    pub form: &'a str,
}

impl Concepts {
    /// Returns the glossary of the project.
    pub(super) fn glossary() -> Concepts {
        let text = Cow::Borrowed(include_str!("glossary.tsv"));
        Concepts { text, columns: Columns::Terms, origin: Origin::Glossary, lines: Some(sorted::OF_GLOSSARY) }
    }

    /// Returns the names of countries.
    pub(super) fn countries() -> Concepts {
        let text = Cow::Borrowed(include_str!("../../annotator/countries.tsv"));
        Concepts { text, columns: Columns::Countries, origin: Origin::Glossary, lines: Some(sorted::OF_COUNTRIES) }
    }

    /// Returns the names of bodies.
    pub(super) fn bodies() -> Concepts {
        let text = Cow::Borrowed(include_str!("../../annotator/bodies.tsv"));
        Concepts { text, columns: Columns::Bodies, origin: Origin::Glossary, lines: Some(sorted::OF_BODIES) }
    }

    /// Returns a table of the user, already checked (`UserTerms`).
    pub(super) fn of_user(text: String) -> Concepts {
        Concepts { text: Cow::Owned(text), columns: Columns::Terms, origin: Origin::User, lines: None }
    }

    /// Returns the concepts of the table, line by line.
    pub(super) fn all(&self) -> impl Iterator<Item = Concept<'_>> {
        self.lines().flat_map(|line| self.columns.read(line))
    }

    /// Returns the words of the table that begin with a letter, as they are written there.
    pub(super) fn words_beginning(&self, first: char) -> impl Iterator<Item = &str> {
        self.lines().flat_map(move |line| {
            let begins = move |at: &usize| !line.get(..*at).is_some_and(|before| before.ends_with(char::is_alphabetic));
            let starts = line.match_indices(first).map(|(at, _)| at).filter(begins);
            starts.filter_map(move |at| line.get(at..)?.split(|sign: char| !sign.is_alphabetic()).next())
        })
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        beginning::lines(&self.text)
    }

    /// Returns the concepts that the words name, at each place those of the longest form, in the order of the words.
    /// A form that lies within a longer one is passed over, unless that is everyday words.
    pub(super) fn find(&self, words: &[Sought]) -> Vec<Match<'_>> {
        let beginnings = Beginnings::of(words);
        let mut found: Vec<Match> = Vec::new();
        // A line is taken apart only where one of its forms has a first word that is sought.
        let opens = |form: &str| {
            let stems = known_stems(form);
            words.iter().any(|word| stems.first() == Some(&word.stem))
        };
        let admitted = |line: &&str| {
            let forms = line.split(['\t', ';']).map(|form| plain(form.trim()));
            forms.filter(|form| beginnings.admit(form)).any(opens)
        };
        let near: Vec<&str> = match self.lines {
            Some(lines) => lines.near(&beginnings, &self.text).filter(admitted).collect(),
            None => self.lines().filter(admitted).collect(),
        };
        for concept in near.into_iter().flat_map(|line| self.columns.read(line)) {
            let known = found.len();
            for form in concept.forms() {
                let plain = plain(form);
                if !beginnings.admit(plain) {
                    continue;
                }
                for words in places(form, plain, words) {
                    if found.iter().skip(known).all(|other| other.words != words) {
                        found.push(Match { words, concept: concept.clone(), form: plain });
                    }
                }
            }
        }
        keep_longest(found)
    }
}

/// Lines of a table by how their forms begin, made when the program is compiled.
#[derive(Debug)]
struct LinesByBeginning {
    /// Where each drawer begins among the places, and the end of the last.
    starts: &'static [u16],
    /// Bytes of the table where a line begins and ends.
    places: &'static [(u32, u32)],
}

/// The lines of the tables of the program.
mod sorted {
    use super::LinesByBeginning;

    include!(concat!(env!("OUT_DIR"), "/beginnings.rs"));

    pub(super) static OF_GLOSSARY: &LinesByBeginning = &GLOSSARY;
    pub(super) static OF_COUNTRIES: &LinesByBeginning = &COUNTRIES;
    pub(super) static OF_BODIES: &LinesByBeginning = &BODIES;
}

impl LinesByBeginning {
    /// Returns the lines that may have a form that begins so, in their order.
    fn near<'a>(&self, beginnings: &Beginnings, text: &'a str) -> impl Iterator<Item = &'a str> {
        let drawer = |beginning: &Beginning| {
            let at = drawer_of(*beginning);
            let (from, to) = (*self.starts.get(at)?, *self.starts.get(at + 1)?);
            self.places.get(usize::from(from)..usize::from(to))
        };
        let mut places: Vec<(u32, u32)> = beginnings.0.iter().filter_map(drawer).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|(start, end)| text.get(start as usize..end as usize))
    }
}

impl Columns {
    fn read<'a>(self, line: &'a str) -> Vec<Concept<'a>> {
        let cells: Vec<&str> = line.split('\t').collect();
        let lists = |columns: &[usize]| -> Vec<&'a str> {
            columns.iter().filter_map(|column| cells.get(*column)).flat_map(|cell| split(cell)).collect()
        };
        let concept = |english: &[usize], russian: &[usize], inflected: &[usize], everyday: &[usize]| Concept {
            english: lists(english),
            russian: lists(russian),
            inflected: lists(inflected),
            everyday: lists(everyday),
        };
        match self {
            Columns::Terms => vec![concept(&[0], &[1], &[], &[2])],
            Columns::Countries => vec![concept(&[1, 2, 3], &[5, 6, 7], &[8], &[]), concept(&[4], &[9], &[], &[])],
            Columns::Bodies => vec![concept(&[1], &[2], &[], &[])],
        }
    }
}

fn split(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|form| !form.is_empty())
}

impl<'a> Concept<'a> {
    /// Whether a form, without its mark, is what users say and documents do not.
    pub(super) fn is_everyday(&self, form: &str) -> bool {
        self.everyday.iter().any(|everyday| plain(everyday) == form)
    }

    fn forms(&self) -> impl Iterator<Item = &'a str> {
        self.english.iter().chain(&self.russian).chain(&self.inflected).chain(&self.everyday).copied()
    }
}

/// Returns the stems of a form by which it is compared: compounds in parts, stop words left out unless it has no others
/// ("WHO").
pub(super) fn stems(form: &str) -> Vec<String> {
    let tokens: Vec<_> = analyzer::analyze(form).into_iter().filter(|token| !token.joined).take(LONGEST_FORM).collect();
    let telling = |token: &&analyzer::Token| !analyzer::is_stop_word(&token.exact);
    let only_stop_words = !tokens.iter().any(|token| telling(&token));
    tokens.iter().filter(|token| only_stop_words || telling(token)).map(|token| token.text.clone()).collect()
}

/// Forms whose stems a thread remembers; when full, all are forgotten.
const MEMO_FORMS: usize = 1 << 14;

/// As [`stems`], remembered per thread.
fn known_stems(form: &str) -> Rc<[String]> {
    thread_local! {
        static MEMO: RefCell<FxHashMap<Box<str>, Rc<[String]>>> = RefCell::default();
    }
    MEMO.with_borrow_mut(|memo| {
        if let Some(known) = memo.get(form) {
            return Rc::clone(known);
        }
        if memo.len() >= MEMO_FORMS {
            memo.clear();
        }
        let stems: Rc<[String]> = stems(form).into();
        memo.insert(form.into(), Rc::clone(&stems));
        stems
    })
}

/// Returns where a form stands among the words.
fn places(form: &str, plain: &str, words: &[Sought]) -> Vec<Range<usize>> {
    let wanted = known_stems(plain);
    let as_written = form.starts_with(AS_WRITTEN);
    if wanted.is_empty() {
        return Vec::new();
    }
    // Short names meet other words by their stems: "данных" is not Denmark.
    let chance = |window: &[Sought]| {
        let [word] = window else { return false };
        !as_written
            && form_is_name(plain)
            && word.stem.chars().count() < SHORTEST_STEM_OF_A_NAME
            && word.text.starts_with(char::is_lowercase)
            && word.exact != plain.to_lowercase()
    };
    let fits = |window: &[Sought]| {
        let together = window.iter().all(|word| Some(word.run) == window.first().map(|first| first.run));
        let same = || window.iter().zip(wanted.iter()).all(|(word, stem)| word.stem == *stem);
        together && same() && !chance(window) && (!as_written || capitals_agree(plain, window))
    };
    let windows = words.windows(wanted.len()).enumerate().filter(|(_, window)| fits(window));
    windows.map(|(start, _)| start..start + wanted.len()).collect()
}

/// Whether a form is a name: a capital and small letters.
fn form_is_name(form: &str) -> bool {
    form.starts_with(char::is_uppercase) && form.chars().any(char::is_lowercase)
}

/// Whether the words have capitals wherever the form has them.
fn capitals_agree(form: &str, window: &[Sought]) -> bool {
    let typed = window.iter().flat_map(|word| word.text.chars()).filter(|c| c.is_alphanumeric());
    let wanted = form.chars().filter(|c| c.is_alphanumeric());
    wanted.zip(typed).all(|(wanted, typed)| !wanted.is_uppercase() || typed.is_uppercase())
}

/// The first letters of the words sought, to pass over forms that cannot be among them without analysing them.
struct Beginnings(Vec<Beginning>);

impl Beginnings {
    fn of(words: &[Sought]) -> Beginnings {
        let mut beginnings: Vec<Beginning> =
            words.iter().flat_map(|word| [beginning(&word.stem), beginning(&word.exact)]).collect();
        beginnings.sort_unstable();
        beginnings.dedup();
        Beginnings(beginnings)
    }

    /// Whether the form, or what follows an article that opens it, begins like a word.
    fn admit(&self, form: &str) -> bool {
        beginnings_of(form).any(|beginning| self.0.binary_search(&beginning).is_ok())
    }
}

/// Drops what lies within a longer match; equal stretches stay. Everyday words drop nothing: that «уволить беременную» is
/// "pregnancy discrimination" is no reason to forget what «уволить» is.
fn keep_longest(mut found: Vec<Match<'_>>) -> Vec<Match<'_>> {
    let terms = found.iter().filter(|found| !found.concept.is_everyday(found.form));
    let stretches: Vec<Range<usize>> = terms.map(|found| found.words.clone()).collect();
    let within = |inner: &Range<usize>| {
        stretches.iter().any(|outer| outer != inner && outer.start <= inner.start && inner.end <= outer.end)
    };
    found.retain(|found| !within(&found.words));
    found.sort_by_key(|found| found.words.start);
    found
}

#[cfg(test)]
mod tests;
