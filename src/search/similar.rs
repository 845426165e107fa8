//! More like this: the telling words of some units as a query.
//!
//! Invariant: the units that were given are not among the hits.

use std::collections::{BTreeMap, HashSet};

use tantivy::Term;

use super::{Answer, Request, SearchError, StoredUnit, search_with, with_lexicon};
use crate::analyzer;
use crate::index::open::Reader;

/// Words that stand for a paragraph. More make a query slower and its hits no better: a paragraph has about as many
/// that tell it from others.
const MOST_WORDS: usize = 16;

/// Answers with the units that are most like those given; `request` says how many, in which language and so on, its
/// text is not used.
///
/// # Errors
/// As [`super::search`].
pub fn similar(reader: &Reader, units: &[StoredUnit], request: &Request) -> Result<Answer, SearchError> {
    let words = telling_words(reader, units).map_err(|error| reader.error(error))?;
    if words.is_empty() {
        return Ok(Answer::default());
    }
    let wider = Request {
        text: words.join(" "),
        limit: request.offset.saturating_add(request.limit).saturating_add(units.len()),
        offset: 0,
        ..request.clone()
    };
    let mut answer = with_lexicon(reader, &wider, |expander| search_with(reader, &wider, expander))?;
    let given: HashSet<(&str, u32)> = units.iter().map(|unit| (unit.document.as_str(), unit.ordinal)).collect();
    let found = answer.hits.len();
    answer.hits.retain(|hit| !given.contains(&(hit.unit.document.as_str(), hit.unit.ordinal)));
    answer.total = answer.total.saturating_sub(found - answer.hits.len());
    answer.hits.drain(..request.offset.min(answer.hits.len()));
    answer.hits.truncate(request.limit);
    for (hit, rank) in answer.hits.iter_mut().zip(request.offset + 1..) {
        hit.rank = rank;
    }
    Ok(answer)
}

/// Returns the words whose stems are frequent in the units and rare in the index, the most telling first.
fn telling_words(reader: &Reader, units: &[StoredUnit]) -> tantivy::Result<Vec<String>> {
    // By stem: how often, and the first form met.
    let mut counts: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for token in units.iter().flat_map(|unit| analyzer::analyze(&unit.text)) {
        let is_word = token.exact.chars().any(char::is_alphabetic) && !analyzer::is_stop_word(&token.exact);
        if is_word && !token.joined {
            counts.entry(token.text).or_insert((0, token.exact)).0 += 1;
        }
    }
    let all = reader.searcher.num_docs() as f32;
    let mut weighed = Vec::with_capacity(counts.len());
    for (stem, (count, word)) in counts {
        let holding = reader.searcher.doc_freq(&Term::from_field_text(reader.fields.text, &stem))?;
        // A word of these units alone finds nothing else.
        if holding as usize > units.len() || (holding > 1 && units.len() > 1) {
            let weight = (1.0 + (count as f32).ln()) * (1.0 + all / holding as f32).ln();
            weighed.push((weight, word));
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(weighed.into_iter().take(MOST_WORDS).map(|(_, word)| word).collect())
}
