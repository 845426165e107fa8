//! How synonyms, names and translations enter a query: data only, so that whoever knows words need not know scoring.
//!
//! Invariant: an expansion adds to what a word of the query may be called, it never replaces the word. Lowering treats
//! all alternatives of one query word as one term whose frequency is the weighted sum of theirs *before* BM25
//! saturates (probabilistic structured queries, Darwish and Oard 2003), so that many poor alternatives cannot outweigh
//! one good word.

use std::ops::Range;

use crate::document::Language;

/// One word of the query as the parser read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryWord {
    /// As typed.
    pub text: String,
    /// Lower-cased and normalised, not stemmed (`analyzer::Token::exact`). Several for "A/HRC/40/51".
    pub exact: Vec<String>,
    /// Bytes of the query text.
    pub span: Range<usize>,
    /// Whether the word stands in quotes. Quotes mean exact: such words are not expanded.
    pub quoted: bool,
    /// Whether the word is excluded (`-word`). Such words are not expanded.
    pub excluded: bool,
    /// Whether the index holds the word (after correction of spelling).
    pub known: bool,
}

/// By which means an alternative was found. Shown to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The project's glossary, or the registry of treaties: abbreviation, variant, other language.
    Glossary,
    /// A table that the user added (TSV, SKOS).
    User,
    /// A name written in the other script.
    Name,
    /// The learned table of word translations.
    Translation,
    /// A formula by which laws define what the query wants defined.
    Definition,
    /// A spelling near to a word that the index does not hold.
    Spelling,
}

impl Origin {
    /// Returns the word by which notes and explanations name it.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Glossary => "glossary",
            Origin::User => "own terms",
            Origin::Name => "name",
            Origin::Translation => "translation",
            Origin::Definition => "definition",
            Origin::Spelling => "spelling",
        }
    }
}

/// One other way to say what the query says.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Words as they would stand in a text; lowering analyses them. More than one word is matched as a phrase.
    pub text: String,
    /// How surely it means the same, above 0 and up to 1: a probability of translation, or a fixed trust in a table.
    pub weight: f32,
    pub language: Language,
    pub origin: Origin,
}

/// Other ways to say one word of the query, or several words in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// Bytes of the query text that the alternatives stand for. It may cover several words ("national human rights
    /// institution" for NHRI): then a match of an alternative counts as a match of each of them.
    pub source_span: Range<usize>,
    /// Most likely first.
    pub alternatives: Vec<Alternative>,
}

/// Whoever can add alternatives to a query.
pub trait Expander: Sync {
    /// Returns the alternatives for the words of a query, in the order of the query. Spans lie on the borders of words.
    /// Quoted and excluded words must not be covered. `text` is the query as typed.
    fn expand(&self, text: &str, words: &[QueryWord]) -> Vec<Expansion>;

    /// Whether it has something to say of a word: such a word need not stand in the index to be right.
    fn knows(&self, _word: &str) -> bool {
        false
    }

    /// Returns of each stem a word that it knows of it, and about how often it has met one; `None` for one that it does not
    /// know. The stems are those of words that begin with the same letter.
    fn seen(&self, stems: &[&str]) -> Vec<Option<(String, f32)>> {
        vec![None; stems.len()]
    }

    /// Whether words that the index does not hold are to be corrected.
    fn corrects(&self) -> bool {
        true
    }

    /// Returns the word known to it that is nearest to a misspelled one, with at most so many errors.
    fn nearest(&self, _word: &str, _errors: usize) -> Option<String> {
        None
    }
}

/// Adds nothing: the expander of `--exact` and `--no-cross`.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoExpansion;

impl Expander for NoExpansion {
    fn expand(&self, _text: &str, _words: &[QueryWord]) -> Vec<Expansion> {
        Vec::new()
    }
}
