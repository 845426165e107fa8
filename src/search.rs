//! From a query to ranked hits and facet counts.
//!
//! The types here are what the printers and the programs see; none of them is tantivy's.

use std::ops::RangeInclusive;

use serde::Serialize;

use tantivy::DocAddress;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use thiserror::Error;

use crate::document::{Label, Language, Metadata, ParagraphKind};
use crate::index::open::Reader;
use crate::index::{FailureClass, IndexError};
use crate::query::expand::Lexicon;
use crate::query::expansion::{Expander, Expansion, NoExpansion, QueryWord};
use crate::query::lower::{self, Concept, Form, Node, Plan};
use crate::query::parse::{self, ParsedQuery};
use crate::snippet;

mod bm25;
mod cited;
mod collect;
mod concept;
mod facets;
mod filter;
mod rank;
mod spelling;
mod stored;
mod terms;

use cited::Cited;
pub use stored::{
    DocumentSummary, OutlineSection, ReferenceCount, StoredReference, documents, find_documents, reference_counts,
    references, sections, units,
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
    /// Printed labels ("21" finds its sub-items too, "21 (c)" only that one).
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
    pub documents: Vec<FacetCount>,
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

/// Units that get the second look of the ranking. Fixed, so that the pages of one query agree.
const POOL: usize = 200;
/// Postings that are read only to count: about a millisecond's worth.
const CHEAP_COUNT: u64 = 100_000;

/// Answers a request; with `request.cross` what else the words are called is added from the glossary, the learned table
/// of translations and the names that the index holds.
pub fn search(reader: &Reader, request: &Request) -> Result<Answer, SearchError> {
    if request.exact || !request.cross {
        return search_with(reader, request, &NoExpansion);
    }
    search_with(reader, request, &Lexicon::new().with_terms(reader))
}

/// Answers a request; with `request.cross` the expander may add words.
pub fn search_with(reader: &Reader, request: &Request, expander: &dyn Expander) -> Result<Answer, SearchError> {
    search_weighted(reader, request, expander, rank::Weights::default())
}

fn search_weighted(
    reader: &Reader,
    request: &Request,
    expander: &dyn Expander,
    weights: rank::Weights,
) -> Result<Answer, SearchError> {
    let Understood { parsed, expansions, mut notes } = understand(reader, request, expander)?;
    let filters = request.filters.clone().and(parsed.filters.clone());
    let filter = filter::Filter::new(reader, &filters)?;
    let error = |error| SearchError::Index(reader.error(error));
    let lower = |query: &parse::Query| {
        lower::lower(query, &expansions, request.exact, &reader.searcher, reader.fields.text).map_err(error)
    };
    let cited = if request.exact { Cited::default() } else { cited::find(reader, &request.text, &filters)? };
    notes.extend(cited.note.clone());
    let mut plan = lower(&parsed.query)?;
    let Some(mut query) = candidates_query(reader, &plan, weights).map_err(error)? else {
        return if parsed.has_words() || filters == Filters::default() {
            Ok(Answer { notes, ..Answer::default() })
        } else {
            list(reader, request, &filter, notes)
        };
    };
    let wanted = request.offset.saturating_add(request.limit).max(POOL);
    let mut best = collect::best(reader, query.as_ref(), &filter, wanted).map_err(error)?;
    if best.is_empty()
        && !request.exact
        && let Some(relaxed) = parse::without_quotes(&parsed.query)
    {
        let relaxed = lower(&relaxed)?;
        if let Some(wider) = candidates_query(reader, &relaxed, weights).map_err(error)? {
            best = collect::best(reader, wider.as_ref(), &filter, wanted).map_err(error)?;
            (plan, query) = (relaxed, wider);
            if !best.is_empty() {
                notes.push("nothing holds all the words in quotes exactly; showing what holds some".to_owned());
            }
        }
    }
    let ranker = rank::Ranker::new(reader, &plan.concepts, weights).map_err(error)?;
    let found = best.len();
    let rest = best.split_off(best.len().min(POOL));
    let ranked = ranker.rank(reader, best, request.explain).map_err(error)?;
    // What was not looked at twice stays behind what was.
    let floor = ranked.last().map_or(0.0, |(last, _)| last.score);
    let rest = rest.into_iter().map(|candidate| {
        let score = floor * candidate.score / (1.0 + candidate.score);
        (collect::Candidate { score, ..candidate }, None)
    });
    let (ranked, silent) = cited.put_first(ranked.into_iter().chain(rest).collect());
    let page: Vec<_> = ranked.into_iter().skip(request.offset).take(request.limit).collect();
    let mut answer = Answer::default();
    let mut shelf = stored::Shelf::new(reader);
    for (rank, (candidate, explanation)) in page.into_iter().enumerate() {
        let mut hit = load(&mut shelf, candidate.address, request, &plan.concepts)?;
        hit.rank = request.offset + rank + 1;
        hit.score = candidate.score;
        hit.via = rank::via(&ranker, reader, candidate.address).map_err(error)?;
        hit.explanation = explanation;
        answer.hits.push(hit);
    }
    count(reader, request, &plan, query.as_ref(), &filter, found, wanted, &mut answer)?;
    answer.total += silent;
    answer.explanation = request.explain.then(|| describe(&plan));
    answer.notes.append(&mut notes);
    Ok(answer)
}

/// A query with what was added to it and changed in it.
struct Understood {
    parsed: ParsedQuery,
    expansions: Vec<Expansion>,
    notes: Vec<String>,
}

/// Reads the query, corrects words that neither the index nor the expander knows, and expands it.
fn understand(reader: &Reader, request: &Request, expander: &dyn Expander) -> Result<Understood, SearchError> {
    let error = |error| SearchError::Index(reader.error(error));
    let parsed = parse::parse(&request.text);
    let mut notes = parsed.warnings.clone();
    if request.exact {
        return Ok(Understood { parsed, expansions: Vec::new(), notes });
    }
    let expand = |parsed: &ParsedQuery| -> Result<(Vec<QueryWord>, Vec<Expansion>), SearchError> {
        let mut words = parsed.words();
        for word in &mut words {
            for token in parse::plain_tokens(&word.text) {
                word.known &= spelling::is_known(reader, &token).map_err(error)?;
            }
        }
        let expansions = if request.cross { expander.expand(&parsed.text, &words) } else { Vec::new() };
        Ok((words, expansions))
    };
    let (words, expansions) = expand(&parsed)?;
    let covered = |word: &QueryWord| {
        let mut spans = expansions.iter().map(|expansion| &expansion.source_span);
        spans.any(|span| span.start <= word.span.start && word.span.end <= span.end)
    };
    let doubtful = words.iter().filter(|word| !word.known && !word.quoted && !word.excluded && !covered(word));
    let spans: Vec<_> = doubtful.map(|word| word.span.clone()).collect();
    let corrections = spelling::correct(reader, &parsed.text, &spans).map_err(error)?;
    if corrections.is_empty() {
        return Ok(Understood { parsed, expansions, notes });
    }
    let corrected = spelling::apply(&parsed.text, &corrections);
    notes.insert(0, format!("showing results for {corrected}; search instead for \"{}\" with --exact", parsed.text));
    let parsed = parse::parse(&corrected);
    let (_, expansions) = expand(&parsed)?;
    Ok(Understood { parsed, expansions, notes })
}

impl Filters {
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

fn load(
    shelf: &mut stored::Shelf<'_>,
    address: DocAddress,
    request: &Request,
    concepts: &[Concept],
) -> Result<Hit, SearchError> {
    let unit = shelf.unit(address)?.unit;
    let (before, after) = match request.context {
        0 => (Vec::new(), Vec::new()),
        count => shelf.neighbours(address, count)?,
    };
    Ok(Hit {
        rank: 0,
        score: 0.0,
        highlights: snippet::highlights(&unit.text, concepts),
        unit,
        via: Vec::new(),
        before,
        after,
        explanation: None,
    })
}

/// Answers a request of filters alone: every unit that passes, in the order of documents and text.
fn list(
    reader: &Reader,
    request: &Request,
    filter: &filter::Filter,
    notes: Vec<String>,
) -> Result<Answer, SearchError> {
    let mut addresses = Vec::new();
    collect::each(reader, None, filter, &mut |segment, unit| addresses.push(DocAddress::new(segment, unit)))
        .map_err(|error| SearchError::Index(reader.error(error)))?;
    let mut answer = Answer { total: addresses.len(), notes, ..Answer::default() };
    let mut shelf = stored::Shelf::new(reader);
    for (rank, address) in addresses.into_iter().enumerate().skip(request.offset).take(request.limit) {
        let hit = load(&mut shelf, address, request, &[])?;
        answer.hits.push(Hit { rank: rank + 1, ..hit });
    }
    if request.facets {
        answer.facets = Some(facets::count(reader, None, filter)?);
    }
    Ok(answer)
}

#[allow(clippy::too_many_arguments)]
fn count(
    reader: &Reader,
    request: &Request,
    plan: &Plan,
    query: &dyn TantivyQuery,
    filter: &filter::Filter,
    found: usize,
    wanted: usize,
    answer: &mut Answer,
) -> Result<(), SearchError> {
    let error = |error| SearchError::Index(reader.error(error));
    if request.facets {
        let facets = facets::count(reader, Some(query), filter)?;
        answer.total = facets.unit_kinds.iter().map(|kind| kind.count as usize).sum();
        answer.facets = Some(facets);
        return Ok(());
    }
    answer.total = found;
    if found < wanted {
        return Ok(());
    }
    let mut postings = 0.0;
    for concept in &plan.concepts {
        postings += lower::document_frequency(concept, &reader.searcher, reader.fields.text).map_err(error)?;
    }
    if postings as u64 > CHEAP_COUNT {
        answer.total_is_lower_bound = true;
        return Ok(());
    }
    answer.total = 0;
    collect::each(reader, Some(query), filter, &mut |_, _| answer.total += 1).map_err(error)
}

/// Returns the query that finds the candidates, or `None` where nothing is sought.
fn candidates_query(
    reader: &Reader,
    plan: &Plan,
    weights: rank::Weights,
) -> tantivy::Result<Option<Box<dyn TantivyQuery>>> {
    let Some(root) = &plan.root else { return Ok(None) };
    let builder = CandidateBuilder { reader, plan, weights };
    let mut clauses = Vec::new();
    builder.add(root, Occur::Should, true, &mut clauses)?;
    Ok(match clauses.len() {
        0 => None,
        _ => Some(Box::new(BooleanQuery::new(clauses))),
    })
}

type Clauses = Vec<(Occur, Box<dyn TantivyQuery>)>;

struct CandidateBuilder<'a> {
    reader: &'a Reader,
    plan: &'a Plan,
    weights: rank::Weights,
}

impl CandidateBuilder<'_> {
    /// Adds a node to a conjunction or disjunction. Wanted concepts are added one by one rather than nested: a flat
    /// union of terms is what tantivy prunes by blocks.
    fn add(&self, node: &Node, occur: Occur, context: bool, clauses: &mut Clauses) -> tantivy::Result<()> {
        match node {
            Node::Concept(index) => {
                let Some(concept) = self.plan.concepts.get(*index) else { return Ok(()) };
                let queries = self.concept(concept, context && occur == Occur::Should)?;
                clauses.extend(queries.into_iter().map(|query| (occur, query)));
            }
            Node::Any(parts) if occur == Occur::Should => {
                for part in parts {
                    self.add(part, Occur::Should, context, clauses)?;
                }
            }
            Node::All { wanted, required, excluded }
                if occur == Occur::Should && clauses.is_empty() && required.is_empty() =>
            {
                for part in wanted {
                    self.add(part, Occur::Should, context, clauses)?;
                }
                for part in excluded {
                    self.add(part, Occur::MustNot, false, clauses)?;
                }
            }
            Node::Any(parts) => {
                let mut inner = Vec::new();
                for part in parts {
                    self.add(part, Occur::Should, context, &mut inner)?;
                }
                clauses.push((occur, Box::new(BooleanQuery::new(inner))));
            }
            Node::All { wanted, required, excluded } => {
                let mut inner = Vec::new();
                for part in required {
                    self.add(part, Occur::Must, false, &mut inner)?;
                }
                for part in wanted {
                    self.add(part, Occur::Should, context, &mut inner)?;
                }
                for part in excluded {
                    self.add(part, Occur::MustNot, false, &mut inner)?;
                }
                clauses.push((occur, Box::new(BooleanQuery::new(inner))));
            }
        }
        Ok(())
    }

    /// Returns the queries of a concept: in the text and, where wanted, in the context.
    fn concept(&self, concept: &Concept, context: bool) -> tantivy::Result<Vec<Box<dyn TantivyQuery>>> {
        let fields = &self.reader.fields;
        let mut queries = Vec::new();
        if let [lower::Variant { form: Form::Term(term), weight: 1.0, .. }] = concept.variants.as_slice() {
            let query = |field| TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs);
            let boosted = |query, boost| -> Box<dyn TantivyQuery> { Box::new(BoostQuery::new(Box::new(query), boost)) };
            queries.push(boosted(query(fields.text), concept.weight));
            if context {
                queries.push(boosted(query(fields.context), concept.weight * self.weights.context));
            }
            return Ok(queries);
        }
        queries.push(Box::new(concept::ConceptQuery::new(self.reader, concept, fields.text, 1.0)?));
        let terms = concept.variants.iter().any(|variant| matches!(variant.form, Form::Term(_)));
        if context && terms {
            queries.push(Box::new(concept::ConceptQuery::new(
                self.reader,
                concept,
                fields.context,
                self.weights.context,
            )?));
        }
        Ok(queries)
    }
}

/// Says how the query was read, one line a concept.
fn describe(plan: &Plan) -> String {
    let mut lines = Vec::new();
    for concept in &plan.concepts {
        let role = match concept {
            Concept { excluded: true, .. } => "excluded",
            Concept { stop: true, .. } => "little weight",
            _ => "wanted",
        };
        let forms: Vec<String> = concept.variants.iter().map(describe_variant).collect();
        lines.push(format!("{} ({role}): {}", concept.text, forms.join(" | ")));
    }
    lines.join("\n")
}

fn describe_variant(variant: &lower::Variant) -> String {
    let form = match &variant.form {
        Form::Term(term) => term.clone(),
        Form::Sequence { terms, distance } => {
            let terms: Vec<&str> = terms.iter().map(|(_, term)| term.as_str()).collect();
            let distance = distance.map_or(String::new(), |distance| format!("~{distance}"));
            format!("\"{}\"{distance}", terms.join(" "))
        }
    };
    match &variant.via {
        Some((origin, words)) => format!("{form} [{} \"{words}\" {:.2}]", origin.name(), variant.weight),
        None => form,
    }
}

#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;
