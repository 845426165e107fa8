//! BM25 over the stemmed words of the texts, every word equal and nothing else: what the ranking is measured against.

use super::collect::{self, Candidate};
use super::concept::ConceptQuery;
use super::filter::Filter;
use super::union::UnionQuery;
use super::{Hit, Request, SearchError, engine, stored};
use crate::analyzer;
use crate::index::open::Reader;
use crate::snippet::Marker;

/// Returns the hits of the plain ranking for the words of a request, within its filters and its limit.
///
/// # Errors
/// Whatever reading the index runs into.
pub fn plain_hits(reader: &Reader, request: &Request) -> Result<Vec<Hit>, SearchError> {
    let mut shelf = stored::Shelf::new(reader);
    let mut hits = Vec::new();
    for candidate in best_units(reader, request)? {
        let mut hit = engine::load(&mut shelf, candidate.address, request, &Marker::default())?;
        hit.rank = hits.len() + 1;
        hit.score = candidate.score;
        hits.push(hit);
    }
    Ok(hits)
}

pub(super) fn best_units(reader: &Reader, request: &Request) -> Result<Vec<Candidate>, SearchError> {
    let error = |error| SearchError::Index(reader.error(error));
    let words = analyzer::analyze(&request.text).into_iter().filter(|token| !token.joined);
    let concepts = words.map(|token| ConceptQuery::of_term(reader, &token.text));
    let query = UnionQuery { concepts: concepts.collect::<Result<_, _>>().map_err(error)? };
    let filter = Filter::new(reader, &request.filters)?;
    collect::best(reader, &query, &filter, request.limit).map_err(error)
}
