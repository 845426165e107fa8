//! One request from its text to ranked units, and from these to hits.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use tantivy::DocAddress;
use tantivy::query::Query as TantivyQuery;

use super::candidates::{candidates_query, counting_query, excluded_query};
use super::cited::{self, Cited};
use super::collect::Candidate;
use super::filter::Filter;
use super::rank::{self, Ranker, Weights};
use super::understand::{Understood, understand};
use super::{Answer, Filters, Hit, Request, SearchError, collect, facets, present, stored};
use crate::analyzer;
use crate::index::open::Reader;
use crate::query::expansion::{Expander, QueryWord};
use crate::query::lower::{self, Additions, Concept, Form, Plan};
use crate::query::parse;
use crate::snippet::Marker;

/// Fewest and most units that get the second look of the ranking. On the judged needs the first ten hits are as good with
/// 60 as with 200, and a query takes a fifth less time; of the first hundred more are right with 200.
const POOL: (usize, usize) = (60, 200);
/// Units citing what a query names up to which each is ranked by the words; of more only the best are.
const MOST_CITED: usize = 4096;
/// Postings that are read only to count: about a millisecond's worth.
const CHEAP_COUNT: u64 = 100_000;

/// Documents that are counted by name.
const FACET_DOCUMENTS: usize = 1000;
/// What a unit of a phrase or an exact word costs beside one of a word: places are read.
const PLACES_COST: f32 = 10.0;

/// The units that answer a request, best first, and how they were found.
pub(super) struct Ranking {
    /// The page that was asked for, with explanations where asked for.
    pub page: Vec<(Candidate, Option<String>)>,
    plan: Plan,
    /// For counting; `None` for a request of filters alone.
    query: Option<Box<dyn TantivyQuery>>,
    filter: Filter,
    /// Matching units as far as they were collected.
    found: usize,
    /// Units that cite what the query names without holding any of its words.
    silent: usize,
    /// How many units there are at least.
    least: usize,
    /// Whether there may be more.
    full: bool,
    notes: Vec<String>,
}

/// Answers a request.
pub(super) fn answer(
    reader: &Reader,
    request: &Request,
    expander: &dyn Expander,
    weights: Weights,
) -> Result<Answer, SearchError> {
    let reader = &reader.for_request();
    reader.in_threads(|| answer_here(reader, request, expander, weights))
}

fn answer_here(
    reader: &Reader,
    request: &Request,
    expander: &dyn Expander,
    weights: Weights,
) -> Result<Answer, SearchError> {
    let Some(ranking) = rank_units(reader, request, expander, weights)? else {
        return Ok(Answer { notes: parse::parse(&request.text).warnings, ..Answer::default() });
    };
    let error = |error| SearchError::Index(reader.error(error));
    let ranker = Ranker::new(reader, &ranking.plan.concepts, weights).map_err(error)?;
    let mut answer = Answer { notes: ranking.notes.clone(), ..Answer::default() };
    let shown: Vec<DocAddress> = ranking.page.iter().map(|(candidate, _)| candidate.address).collect();
    let mut via = rank::via(&ranker, reader, shown).map_err(error)?;
    let mut shelf = stored::Shelf::new(reader);
    let marker = Marker::new(&ranking.plan.concepts);
    for (at, (candidate, explanation)) in ranking.page.iter().enumerate() {
        let mut hit = load(&mut shelf, candidate.address, request, &marker)?;
        hit.rank = request.offset + at + 1;
        hit.score = candidate.score;
        hit.via = via.remove(&candidate.address).unwrap_or_default();
        hit.explanation = explanation.clone();
        answer.hits.push(hit);
    }
    count(reader, request, &ranking, &mut answer)?;
    answer.total = (answer.total + ranking.silent).max(ranking.least);
    answer.explanation = request.explain.then(|| describe(&ranking.plan));
    Ok(answer)
}

/// Returns the ranked units, or `None` where the request asks for nothing.
pub(super) fn rank_units(
    reader: &Reader,
    request: &Request,
    expander: &dyn Expander,
    weights: Weights,
) -> Result<Option<Ranking>, SearchError> {
    let Understood { parsed, expansions, mut notes } = understand(reader, request, expander)?;
    let filters = request.filters.clone().and(parsed.filters.clone());
    let filter = Filter::new(reader, &filters)?;
    let error = |error| SearchError::Index(reader.error(error));
    let named = if request.exact { Vec::new() } else { cited::instruments(reader, &parsed.text) };
    let spans: Vec<_> = parsed.words().into_iter().map(|word| word.span).collect();
    let mut cited = if request.exact { Cited::default() } else { cited::find(reader, &parsed.text, &spans, &filters)? };
    let references = std::mem::take(&mut cited.references);
    let found = !cited.is_empty();
    let additions = Additions { expansions: &expansions, cited: &named, references: &references, found, citing: false };
    let lower = |query: &parse::Query, additions: Additions<'_>| {
        let mut plan = lower::lower(query, additions, request.exact, reader).map_err(error)?;
        // An explanation names what was sought and not found as well.
        if !request.explain {
            present::without_absent(&mut plan, reader).map_err(error)?;
        }
        Ok::<_, SearchError>(plan)
    };
    let mut asked = Cow::Borrowed(&parsed.query);
    let mut plan = lower(&asked, additions)?;
    let Some(mut query) = candidates_query(reader, &plan, weights).map_err(error)? else {
        notes.extend(cited.note());
        let nothing = parsed.has_words() || filters == Filters::default();
        return if nothing { Ok(None) } else { list(reader, request, filter, notes).map(Some) };
    };
    if let Some(excluded) = excluded_query(reader, &plan, weights).map_err(error)? {
        cited.leave_out(reader, excluded.as_ref()).map_err(error)?;
    }
    notes.extend(cited.note());
    let shown = request.offset..request.offset.saturating_add(request.limit);
    let wanted = shown.end.max(pool(request));
    let beyond = shown.end > cited.len();
    let mut best = Vec::new();
    if beyond {
        best = collect::best(reader, query.as_ref(), &filter, wanted).map_err(error)?;
    }
    if best.is_empty()
        && beyond
        && !request.exact
        && let Some(relaxed) = parse::relaxed(&parsed.query)
    {
        asked = Cow::Owned(relaxed);
        let relaxed = lower(&asked, additions)?;
        if let Some(wider) = candidates_query(reader, &relaxed, weights).map_err(error)? {
            best = collect::best(reader, wider.as_ref(), &filter, wanted).map_err(error)?;
            (plan, query) = (relaxed, wider);
            if !best.is_empty() {
                notes.push("nothing holds all that is in quotes or joined by AND; showing what holds some".to_owned());
            }
        }
    }
    let ranker = Ranker::new(reader, &plan.concepts, weights).map_err(error)?;
    let second = |best, shown| second_look(reader, &ranker, best, request, shown);
    let mut ranking = Ranking {
        page: Vec::new(),
        found: best.len(),
        silent: 0,
        least: cited.len(),
        full: !beyond || best.len() >= wanted,
        plan: Plan { concepts: Vec::new(), root: None },
        query: None,
        filter,
        notes,
    };
    let ranked = if cited.is_empty() {
        second(best, &shown)?
    } else {
        let alone = match says_more(&parsed, &references) {
            true => Some(lower(&asked, Additions { citing: true, ..additions })?),
            false => None,
        };
        let ranker = (&ranker, query.as_ref());
        let citing = rank_citing(reader, request, weights, &cited, ranker, alone.as_ref())?;
        if !beyond {
            ranking.found = citing.len();
        }
        if cited.len() <= MOST_CITED {
            let holding = match alone {
                Some(_) => collect::count(reader, Some(query.as_ref()), &cited.filter(reader)).map_err(error)?,
                None => citing.len(),
            };
            ranking.silent = cited.len().saturating_sub(holding);
        }
        cited.put_first(citing, second(best, &(0..usize::MAX))?)
    };
    ranking.page = ranked.into_iter().skip(request.offset).take(request.limit).collect();
    ranking.query = Some(counting_query(reader, &plan, query));
    drop(ranker);
    ranking.plan = plan;
    Ok(Some(ranking))
}

/// Whether a query has words that tell apart the units that cite what it names.
fn says_more(parsed: &parse::ParsedQuery, references: &[Range<usize>]) -> bool {
    let other = |word: &QueryWord| !references.iter().any(|range| range.contains(&word.span.start));
    let telling = |word: &QueryWord| !word.excluded && !word.exact.iter().all(|exact| analyzer::is_stop_word(exact));
    parsed.words().iter().any(|word| other(word) && telling(word))
}

/// Ranks the units that cite what the query names: by its other words alone where there are any. All of them cite the
/// article, and to spell out the name of its treaty makes none a better answer.
fn rank_citing(
    reader: &Reader,
    request: &Request,
    weights: Weights,
    cited: &Cited,
    (ranker, query): (&Ranker<'_>, &dyn TantivyQuery),
    alone: Option<&Plan>,
) -> Result<Vec<(Candidate, Option<String>)>, SearchError> {
    let error = |error| SearchError::Index(reader.error(error));
    let wanted = pool(request).max(request.offset.saturating_add(request.limit));
    let limit = if cited.len() > MOST_CITED { wanted } else { cited.len() };
    let best = |query: &dyn TantivyQuery| collect::best(reader, query, &cited.filter(reader), limit).map_err(error);
    let all = 0..usize::MAX;
    if let Some(plan) = alone
        && let Some(query) = candidates_query(reader, plan, weights).map_err(error)?
    {
        let ranker = Ranker::new(reader, &plan.concepts, weights).map_err(error)?;
        return second_look(reader, &ranker, best(query.as_ref())?, request, &all);
    }
    second_look(reader, ranker, best(query)?, request, &all)
}

/// Returns how many units get the second look: by the size of a page alone, so that the pages of one query agree.
fn pool(request: &Request) -> usize {
    request.limit.saturating_mul(2).clamp(POOL.0, POOL.1)
}

/// Ranks the best candidates anew, and puts what is not looked at twice behind them. Units of equal score are put in order
/// where their ranks may be `shown`.
fn second_look(
    reader: &Reader,
    ranker: &Ranker<'_>,
    mut best: Vec<Candidate>,
    request: &Request,
    shown: &Range<usize>,
) -> Result<Vec<(Candidate, Option<String>)>, SearchError> {
    let rest = best.split_off(best.len().min(pool(request)));
    let mut ranked =
        ranker.rank(reader, best, request.explain).map_err(|error| SearchError::Index(reader.error(error)))?;
    order_equals(reader, &mut ranked, shown)?;
    let floor = ranked.last().map_or(0.0, |(last, _)| last.score);
    ranked.extend(rest.into_iter().map(|candidate| {
        let score = floor * candidate.score / (1.0 + candidate.score);
        (Candidate { score, ..candidate }, None)
    }));
    Ok(ranked)
}

/// Orders units of equal score by document and place, so that two indexes of one corpus answer alike. Only those are
/// looked at whose ranks may be `shown`.
fn order_equals(
    reader: &Reader,
    ranked: &mut [(Candidate, Option<String>)],
    shown: &Range<usize>,
) -> Result<(), SearchError> {
    let shelf = stored::Shelf::new(reader);
    let mut rank = 0;
    for equals in ranked.chunk_by_mut(|(a, _), (b, _)| a.score == b.score) {
        let ranks = rank..rank + equals.len();
        rank = ranks.end;
        if equals.len() < 2 || ranks.end <= shown.start || ranks.start >= shown.end {
            continue;
        }
        let mut places = HashMap::new();
        for (unit, _) in equals.iter() {
            places.insert(unit.address, shelf.place(unit.address)?);
        }
        equals.sort_by(|(a, _), (b, _)| places.get(&a.address).cmp(&places.get(&b.address)));
    }
    Ok(())
}

/// Returns what a request seeks.
#[cfg(test)]
pub(super) fn plan(reader: &Reader, request: &Request, expander: &dyn Expander) -> Result<Plan, SearchError> {
    let read = understand(reader, request, expander)?;
    let additions = Additions { expansions: &read.expansions, ..Additions::default() };
    lower::lower(&read.parsed.query, additions, request.exact, reader)
        .map_err(|error| SearchError::Index(reader.error(error)))
}

/// Returns every unit that passes the filters, in the order of documents and text. Names are read only of those that may
/// be shown: in a part of the index documents are numbered by their names, and their units follow each other.
fn list(reader: &Reader, request: &Request, filter: Filter, notes: Vec<String>) -> Result<Ranking, SearchError> {
    let wanted = request.offset.saturating_add(request.limit);
    let (make, take) = (collect::InOrder::new, collect::InOrder::take);
    let parts = collect::fold(reader, None, &filter, make, take, |units| Ok(units.first(wanted)))
        .map_err(|error| SearchError::Index(reader.error(error)))?;
    let found = parts.iter().map(|(found, _)| found).sum();
    let shelf = stored::Shelf::new(reader);
    let mut placed = Vec::new();
    for (segment, (_, units)) in (0..).zip(parts) {
        for unit in units {
            let unit = Candidate { score: 0.0, address: DocAddress::new(segment, unit) };
            placed.push((shelf.place(unit.address)?, unit));
        }
    }
    placed.sort_by(|(a, _), (b, _)| a.cmp(b));
    let all = placed.into_iter().map(|(_, unit)| unit);
    let page = all.skip(request.offset).take(request.limit).map(|unit| (unit, None)).collect();
    let plan = Plan { concepts: Vec::new(), root: None };
    Ok(Ranking { page, plan, query: None, filter, found, silent: 0, least: 0, full: false, notes })
}

/// Reads a unit and marks what was sought in it.
pub(super) fn load(
    shelf: &mut stored::Shelf<'_>,
    address: DocAddress,
    request: &Request,
    marker: &Marker<'_>,
) -> Result<Hit, SearchError> {
    let unit = shelf.unit(address)?.unit;
    let (before, after) = match request.context {
        0 => (Vec::new(), Vec::new()),
        count => shelf.neighbours(address, count)?,
    };
    Ok(Hit {
        rank: 0,
        score: 0.0,
        highlights: marker.highlights(&unit.text),
        unit,
        via: Vec::new(),
        before,
        after,
        explanation: None,
    })
}

/// Counts what matches, and its facets where asked for.
fn count(reader: &Reader, request: &Request, ranking: &Ranking, answer: &mut Answer) -> Result<(), SearchError> {
    let error = |error| SearchError::Index(reader.error(error));
    let query = ranking.query.as_deref();
    answer.total = ranking.found;
    if request.facets {
        let facets = facets::count(reader, query, &ranking.filter, FACET_DOCUMENTS)?;
        answer.total = facets.unit_kinds.iter().map(|kind| kind.count as usize).sum();
        answer.facets = Some(facets);
        return Ok(());
    }
    if !ranking.full {
        return Ok(());
    }
    let mut postings = 0.0;
    for concept in &ranking.plan.concepts {
        let is_placed = |form: &Form| match form {
            Form::Sequence { .. } => true,
            Form::Term(term) => reader.written(reader.fields.text, term).is_some(),
            Form::Key(..) => false,
        };
        let placed = concept.variants.iter().any(|variant| is_placed(&variant.form));
        let cost = if placed { PLACES_COST } else { 1.0 };
        postings += cost * lower::document_frequency(&concept.variants, reader).map_err(error)?;
    }
    if postings as u64 > CHEAP_COUNT {
        answer.total_is_lower_bound = true;
        return Ok(());
    }
    answer.total = collect::count(reader, query, &ranking.filter).map_err(error)?;
    Ok(())
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
        Form::Key(_, key) => format!("cites:{key}"),
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
