//! From a query to ranked hits and facet counts.
//!
//! The types here are what the printers and the programs see; none of them is tantivy's.

use std::ops::RangeInclusive;

use serde::Serialize;

use thiserror::Error;

use crate::analyzer::ANALYZER_VERSION;
use crate::document::{Label, Language, Metadata, ParagraphKind};
use crate::index::open::Reader;
use crate::index::taught::Taught;
use crate::index::{FailureClass, IndexError};
use crate::learn::Table;
use crate::query::expand::{Lexicon, UserTerms};
use crate::query::expansion::{Expander, NoExpansion};

mod bm25;
mod candidates;
mod cited;
mod collect;
mod concept;
mod cursor;
mod engine;
mod facets;
mod filter;
mod matching;
mod plain;
mod present;
mod rank;
mod sequence;
mod similar;
mod spelling;
mod stored;
mod understand;
mod union;
mod window;

pub use plain::plain_hits;
pub use similar::similar;
pub use stored::{
    DocumentSummary, OutlineSection, ReferenceCount, StoredReference, documents, each_name, find_documents, holds_name,
    is_empty, languages, provisions, reference_counts, references, sections, summaries, units,
};

/// Filters of the command line. Within one list the values are alternatives; between lists all must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Id, symbol or title of the document, whole or in part, without regard to case and accents.
    pub documents: Vec<String>,
    /// Headings of the section path, likewise.
    pub sections: Vec<String>,
    pub languages: Vec<Language>,
    /// Keys of references ("CRC/7"), already canonical.
    pub cites: Vec<String>,
    /// Codes or names of countries, in English or Russian.
    pub countries: Vec<String>,
    pub bodies: Vec<String>,
    pub years: Option<RangeInclusive<u16>>,
    /// Names of document kinds or of paragraph kinds.
    pub kinds: Vec<String>,
    /// Printed labels ("21" finds its sub-items too, "21 (c)" only that one, "140" also "140.1").
    pub labels: Vec<String>,
}

/// What is asked of the index.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The query as typed.
    pub text: String,
    pub filters: Filters,
    pub limit: usize,
    pub offset: usize,
    /// No stemming, no spelling, no crossing of languages.
    pub exact: bool,
    /// Whether glossary, names and translations may add words.
    pub cross: bool,
    /// Whether to explain how the query was read and how the first hits scored.
    pub explain: bool,
    /// Whether to count facets.
    pub facets: bool,
    /// How many units before and after each hit to return.
    pub context: usize,
}

/// One unit as the index stores it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredUnit {
    pub document: String,
    pub metadata: Metadata,
    pub ordinal: u32,
    pub kind: ParagraphKind,
    pub label: Option<Label>,
    pub mark: Option<String>,
    pub position: u32,
    /// Headings, outermost first.
    pub section: Vec<String>,
    /// Those of them that a citation names, because the number (or position) alone stands elsewhere in the document too.
    pub named: Vec<String>,
    pub language: Language,
    pub page: u32,
    pub text: String,
    /// Canonical keys of the references in it, in the order of the text, each once.
    pub cites: Vec<String>,
}

/// One ranked paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// From 1, counted over the whole result list.
    pub rank: usize,
    pub score: f32,
    pub unit: StoredUnit,
    /// Matched words as Unicode scalar values of `unit.text`, end exclusive, ascending, not overlapping.
    pub highlights: Vec<(u32, u32)>,
    /// Words of the other language (or synonyms) that led to this hit, for display.
    pub via: Vec<String>,
    pub before: Vec<StoredUnit>,
    pub after: Vec<StoredUnit>,
    pub explanation: Option<String>,
}

/// How many matching paragraphs a value has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    pub value: String,
    pub count: u64,
}

/// Counts over all matching paragraphs, most frequent first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// Those with the most matching paragraphs.
    pub documents: Vec<FacetCount>,
    /// How many documents have any.
    pub documents_in_all: usize,
    pub languages: Vec<FacetCount>,
    /// Kinds of documents.
    pub kinds: Vec<FacetCount>,
    /// Kinds of units.
    pub unit_kinds: Vec<FacetCount>,
    pub countries: Vec<FacetCount>,
    pub bodies: Vec<FacetCount>,
    pub years: Vec<FacetCount>,
}

/// The result list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Matching paragraphs in all, before limit and offset.
    pub total: usize,
    /// Whether there may be more than `total`: counting all was not asked for and would have taken long.
    pub total_is_lower_bound: bool,
    pub hits: Vec<Hit>,
    pub facets: Option<Facets>,
    /// One-line remarks for the user: what could not be read, what was corrected, what was expanded.
    pub notes: Vec<String>,
    /// How the query was read, where asked for.
    pub explanation: Option<String>,
}

/// Why a search has no answer.
#[derive(Debug, Clone, Error)]
pub enum SearchError {
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl SearchError {
    /// Returns the kind of failure.
    pub fn class(&self) -> FailureClass {
        match self {
            SearchError::Index(error) => error.class(),
        }
    }
}

/// Answers a request; with `request.cross` what else the words are called is added from the glossary, the learned table
/// of translations and the names that the index holds.
///
/// # Errors
/// Whatever reading the index runs into; no query is an error.
pub fn search(reader: &Reader, request: &Request) -> Result<Answer, SearchError> {
    with_lexicon(reader, request, |expander| search_with(reader, request, expander))
}

/// Calls `answer` with an expander of all that the project, the user and the index know, as far as the request admits
/// other words; its notes say what could not be used.
fn with_lexicon(
    reader: &Reader,
    request: &Request,
    answer: impl FnOnce(&dyn Expander) -> Result<Answer, SearchError>,
) -> Result<Answer, SearchError> {
    if request.exact || !request.cross {
        return answer(&NoExpansion);
    }
    let terms = reader.taught(Taught::Terms)?.map(|bytes| UserTerms::from_kept(&bytes));
    let learned = reader.taught(Taught::Translations)?;
    let is_taught = learned.is_some();
    let learned = learned.and_then(|bytes| Table::from_bytes(bytes).ok());
    let learned = learned.filter(|table| table.analyzer_version() == ANALYZER_VERSION);
    let mut lexicon = Lexicon::new().with_terms(reader);
    if let Some(terms) = &terms {
        lexicon = lexicon.with_user_terms(terms);
    }
    if let Some(table) = &learned {
        lexicon = lexicon.with_translations(table);
    }
    let mut answer = answer(&lexicon)?;
    if is_taught && learned.is_none() {
        let note = "the learned translations do not fit this version of pincite (run `pincite-index --learn`)";
        answer.notes.push(note.to_owned());
    }
    Ok(answer)
}

/// Answers a request; with `request.cross` the expander may add words.
///
/// # Errors
/// As [`search`].
pub fn search_with(reader: &Reader, request: &Request, expander: &dyn Expander) -> Result<Answer, SearchError> {
    engine::answer(reader, request, expander, rank::Weights::default())
}

impl Filters {
    /// Whether what they ask, references aside, holds of all units of a document or of none.
    fn are_of_documents(&self) -> bool {
        let Filters { sections, languages, kinds, labels, documents: _, cites: _, countries: _, bodies: _, years: _ } =
            self;
        let is_of_units =
            |kind: &String| ParagraphKind::ALL.iter().any(|(_, name)| name.eq_ignore_ascii_case(kind.trim()));
        sections.is_empty() && languages.is_empty() && labels.is_empty() && !kinds.iter().any(is_of_units)
    }

    /// Returns filters of both; lists of the same field are alternatives.
    fn and(mut self, other: Filters) -> Filters {
        self.documents.extend(other.documents);
        self.sections.extend(other.sections);
        self.languages.extend(other.languages);
        self.cites.extend(other.cites);
        self.countries.extend(other.countries);
        self.bodies.extend(other.bodies);
        self.years = other.years.or(self.years);
        self.kinds.extend(other.kinds);
        self.labels.extend(other.labels);
        self
    }
}

#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;
