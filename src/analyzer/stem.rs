//! A part of a word to its exact form and its stem, remembered per thread.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{ending, fold};
use crate::memo::Memo;

/// What a word is searched by.
#[derive(Debug, Clone, Copy)]
pub struct WordForms<'a> {
    pub stem: &'a str,
    pub exact: &'a str,
    pub invariable: bool,
    /// Number of the ending by which the word differs from its stem.
    pub ending: u8,
    /// How often it was noted for the list of words of an index; `None` where it does not belong there.
    pub noted: Option<&'a Cell<u32>>,
}

struct Entry {
    stem: Box<str>,
    exact: Box<str>,
    invariable: bool,
    ending: u8,
    noted: Option<Cell<u32>>,
}

impl Entry {
    fn give(&self, sink: &mut dyn FnMut(WordForms<'_>)) {
        if !self.exact.is_empty() {
            let &Entry { ref stem, ref exact, invariable, ending, ref noted } = self;
            sink(WordForms { stem, exact, invariable, ending, noted: noted.as_ref() });
        }
    }
}

/// Forms of the words met lately, by the word as written. Stemming doubles the time of indexing where it is done for every
/// word.
#[derive(Default)]
pub struct Forms(Memo<Entry>);

impl Forms {
    /// Calls `sink` with the forms of the word, unless nothing is left of it (a lone joiner).
    pub fn of(&mut self, word: &str, sink: &mut dyn FnMut(WordForms<'_>)) {
        self.0.value(word, compute).give(sink);
    }
}

/// Runs `work` with what this thread remembers; a nested use begins anew.
pub fn with_forms<T>(work: impl FnOnce(&mut Forms) -> T) -> T {
    thread_local! {
        static FORMS: RefCell<Forms> = RefCell::default();
    }
    FORMS.with(|forms| match forms.try_borrow_mut() {
        Ok(mut forms) => work(&mut forms),
        Err(_) => work(&mut Forms::default()),
    })
}

/// Calls `sink` with the words that were noted on this thread and how often each was, as far as they are remembered, and
/// begins to count anew.
pub fn each_noted(mut sink: impl FnMut(&str, u32)) {
    with_forms(|known| {
        for entry in known.0.values() {
            match entry.noted.as_ref().map(Cell::take) {
                None | Some(0) => {}
                Some(times) => sink(&entry.exact, times),
            }
        }
    });
}

fn compute(word: &str) -> Entry {
    let exact = fold::exact(word);
    let tables = Tables::get();
    let invariable = tables.invariable.contains(exact.as_str());
    let stem = if invariable { exact.clone() } else { stem(&exact, tables) };
    let ending = ending::number(&stem, &exact);
    let noted = (!invariable && !exact.chars().any(char::is_numeric)).then(Cell::default);
    Entry { stem: stem.into(), exact: exact.into(), invariable, ending, noted }
}

/// Routes the word by its script. Words with digits ("C182", "GC13") have no forms.
fn stem(exact: &str, tables: &Tables) -> String {
    if exact.chars().any(|character| character.is_numeric()) {
        return exact.to_owned();
    }
    match exact.chars().next() {
        Some(first) if fold::is_latin(first) => {
            let plain = fold::american(fold::without_accents(exact));
            match tables.stems.get(plain.as_str()) {
                Some(stem) => (*stem).to_owned(),
                None => tables.english.stem(&verb_of(&plain)).into_owned(),
            }
        }
        Some('\u{400}'..='\u{52f}') => match tables.stems.get(exact) {
            Some(stem) => (*stem).to_owned(),
            None => level_russian(tables.russian.stem(exact).into_owned()),
        },
        _ => fold::without_accents(exact),
    }
}

/// Returns the verb of a noun in "-ification": Snowball gives "ratify" and "ratification" different stems.
fn verb_of(word: &str) -> Cow<'_, str> {
    match word.strip_suffix("ification").or_else(|| word.strip_suffix("ifications")) {
        Some(root) if root.len() >= 2 => Cow::Owned(format!("{root}ify")),
        _ => Cow::Borrowed(word),
    }
}

/// Levels what Snowball leaves uneven in Russian nouns, in stems of five letters and more:
///
/// - the fleeting vowel: "оценок" beside "оценк", "владелец" beside "владельц", "уровен" beside "уровн";
/// - "-л" and "-н" after а or я, which it takes for the ending of a verb in some forms of a noun only: "материа" beside
///   "материал", "охра" beside "охран". Taken off everywhere, which also joins "задержание" to "задержать".
///
/// Every form of a word comes out alike because only the stem decides; a true stem in "-ок" changes in all its forms.
fn level_russian(stem: String) -> String {
    const VOWELS: &str = "аеиоуыэюя";
    let letters: Vec<char> = stem.chars().collect();
    let [head @ .., before, vowel, last] = letters.as_slice() else { return stem };
    if head.len() < 2 {
        return stem;
    }
    let open = VOWELS.contains(*before);
    let kept: String = head.iter().chain([before]).collect();
    match (vowel, last) {
        ('о' | 'е', 'к') if !open => kept + "к",
        ('е', 'ц') if open => kept + "йц",
        ('е', 'ц') if *before == 'л' => kept + "ьц",
        ('е', 'ц') => kept + "ц",
        ('е', 'н') if !open => kept + "н",
        ('а' | 'я', 'л' | 'н') => kept + vowel.encode_utf8(&mut [0; 4]),
        _ => stem,
    }
}

struct Tables {
    english: Stemmer,
    russian: Stemmer,
    /// Form to stem, where Snowball merges words of different meaning or splits the forms of one.
    stems: FxHashMap<&'static str, &'static str>,
    /// First letters of a stem and of a form of it, where they differ.
    changed_initials: Vec<(char, char)>,
    invariable: FxHashSet<&'static str>,
    stop: FxHashSet<&'static str>,
}

impl Tables {
    fn get() -> &'static Tables {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(|| {
            let stems: FxHashMap<&str, &str> = rows(include_str!("data/stems.tsv"))
                .filter_map(|row| row.split_once('\t'))
                .flat_map(|(stem, forms)| forms.split_whitespace().map(move |form| (form, stem)))
                .collect();
            let firsts = stems.iter().filter_map(|(form, stem)| Some((stem.chars().next()?, form.chars().next()?)));
            Tables {
                english: Stemmer::create(Algorithm::English),
                russian: Stemmer::create(Algorithm::Russian),
                changed_initials: firsts.filter(|(stem, form)| stem != form).collect(),
                stems,
                invariable: rows(include_str!("data/invariable.txt")).flat_map(str::split_whitespace).collect(),
                stop: rows(include_str!("data/stop.txt")).flat_map(str::split_whitespace).collect(),
            }
        })
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// Whether a word (in its exact form) says little about what is sought. Such words weigh less in a query; all are
/// indexed, so that phrases with them are found.
pub fn is_stop_word(exact: &str) -> bool {
    let tables = Tables::get();
    tables.invariable.contains(exact) || tables.stop.contains(exact)
}

/// Returns the first letters of the stems that begin otherwise than a word that has them, and those of these words.
pub(super) fn changed_initials() -> impl Iterator<Item = (char, char)> {
    Tables::get().changed_initials.iter().copied()
}

/// Returns the words whose stem and exact form are one term of the index.
pub(crate) fn invariable_words() -> impl Iterator<Item = &'static str> {
    Tables::get().invariable.iter().copied()
}
