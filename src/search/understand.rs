//! A query as it is searched: read, corrected, expanded.

use std::ops::Range;

use super::spelling::{self, Doubtful, Perhaps};
use super::{Request, SearchError};
use crate::analyzer;
use crate::citation;
use crate::index::open::Reader;
use crate::query::expansion::{Alternative, Expander, Expansion, Origin, QueryWord};
use crate::query::parse::{self, ParsedQuery};

/// Trust in the word that a rare one is probably a slip of.
const SLIP: f32 = 0.9;

/// A query with what was added to it and changed in it.
pub(super) struct Understood {
    pub parsed: ParsedQuery,
    pub expansions: Vec<Expansion>,
    pub notes: Vec<String>,
}

/// Reads the query, corrects words that neither the index nor the expander knows, and expands it.
pub(super) fn understand(
    reader: &Reader,
    request: &Request,
    expander: &dyn Expander,
) -> Result<Understood, SearchError> {
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
    let (words, mut expansions) = expand(&parsed)?;
    if !expander.corrects() {
        return Ok(Understood { parsed, expansions, notes });
    }
    let mut doubtful = doubtful(&words, &expansions);
    if !doubtful.is_empty() {
        // "para. 21 (b)" has no typing errors.
        let cited = citation::read_query(&parsed.text);
        doubtful.retain(|word| !cited.iter().any(|cited| (cited.start..cited.end).contains(&word.span.start)));
    }
    let telling = |word: &&QueryWord| word.known && !word.exact.iter().all(|exact| analyzer::is_stop_word(exact));
    let tokens = words.iter().filter(telling).flat_map(|word| parse::plain_tokens(&word.text));
    let held: Vec<String> = tokens.map(|token| token.text).collect();
    let corrections = spelling::correct(reader, &parsed.text, &doubtful, &held, expander).map_err(error)?;
    if corrections.is_empty() {
        add_slips(reader, expander, &words, &mut expansions, &mut notes)?;
        return Ok(Understood { parsed, expansions, notes });
    }
    let corrected = spelling::apply(&parsed.text, &corrections);
    let showing = format!("showing results for {corrected}; search instead for \"{}\" with --exact", parsed.text);
    let parsed = parse::parse(&corrected);
    // What the correction has mended needs no warning.
    notes.clone_from(&parsed.warnings);
    notes.insert(0, showing);
    let (words, mut expansions) = expand(&parsed)?;
    add_slips(reader, expander, &words, &mut expansions, &mut notes)?;
    Ok(Understood { parsed, expansions, notes })
}

/// Returns the words that the index does not hold, with what the expander knows of them.
fn doubtful(words: &[QueryWord], expansions: &[Expansion]) -> Vec<Doubtful> {
    let doubt = |word: &QueryWord| -> Option<Doubtful> {
        let covers = |span: &Range<usize>| span.start <= word.span.start && word.span.end <= span.end;
        let mut alternatives = expansions
            .iter()
            .filter(|expansion| covers(&expansion.source_span))
            .flat_map(|expansion| &expansion.alternatives)
            .peekable();
        let perhaps_name = alternatives.peek().is_some();
        let small = word.text.starts_with(char::is_lowercase);
        let names = alternatives.all(|alternative| alternative.origin == Origin::Name);
        let perhaps = match (perhaps_name, small) {
            (false, _) => Perhaps::Misspelled,
            (true, _) if !names => Perhaps::Translated,
            (true, true) => Perhaps::Either,
            (true, false) => Perhaps::Name,
        };
        Some(Doubtful { span: word.span.clone(), perhaps })
    };
    let sought = words.iter().filter(|word| !word.known && !word.quoted && !word.excluded);
    sought.filter_map(doubt).collect()
}

/// Adds to words that hardly a unit holds what they are probably slips of.
fn add_slips(
    reader: &Reader,
    lexicon: &dyn Expander,
    words: &[QueryWord],
    expansions: &mut Vec<Expansion>,
    notes: &mut Vec<String>,
) -> Result<(), SearchError> {
    for word in words.iter().filter(|word| word.known && !word.quoted && !word.excluded) {
        let slip = spelling::likely_slip(reader, &word.text, lexicon);
        let Some(meant) = slip.map_err(|error| SearchError::Index(reader.error(error)))? else { continue };
        let Some(language) = analyzer::language_of(&meant) else { continue };
        notes.push(format!("also searching for {meant}: few paragraphs hold \"{}\"", word.text));
        let alternative = Alternative { text: meant, weight: SLIP, language, origin: Origin::Spelling };
        expansions.push(Expansion { source_span: word.span.clone(), alternatives: vec![alternative] });
    }
    Ok(())
}
