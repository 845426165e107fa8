//! Learning translations from what an index holds in both languages.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::PipelineError;
use crate::analyzer::ANALYZER_VERSION;
use crate::document::{Language, ParagraphKind};
use crate::index::open::{Reader, open};
use crate::index::taught::{Taught, teach};
use crate::learn::{self, Numbered, Options, Side, Table};
use crate::query::expand::{shipped_translations, training_words};
use crate::search::{self, Filters, StoredUnit};

/// How much one observation of the user's documents counts beside one of the shipped table.
const TRUST: f32 = 1.0;

/// What a run of [`learn`] has learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Learned {
    /// Symbols under which the index holds documents in both languages.
    pub symbols: usize,
    /// Paragraphs with the same number in both.
    pub pairs: usize,
    /// English and Russian words that these know.
    pub words: (usize, usize),
}

/// Learns translations from the documents of an index that are held in English and Russian under one symbol, and keeps
/// them with the index, merged with those of the program. Without such documents nothing is kept, and what was learned
/// before stays.
///
/// # Errors
/// An index that cannot be read, or a folder that cannot be written.
pub fn learn(dir: &Path) -> Result<Learned, PipelineError> {
    let reader = open(dir)?;
    let (symbols, units) = bilingual(&reader)?;
    let labels: Vec<String> =
        units.iter().map(|unit| unit.label.as_ref().map(ToString::to_string).unwrap_or_default()).collect();
    let numbered = units.iter().zip(&labels).filter_map(|(unit, label)| {
        let symbol = unit.metadata.symbol.as_deref()?;
        Some(Numbered { symbol, label, language: side(&unit.language)?, text: &unit.text })
    });
    let pairs = learn::twins(numbered);
    let mut learned = Learned { symbols, pairs: pairs.len(), words: (0, 0) };
    if pairs.is_empty() {
        return Ok(learned);
    }
    let options = Options { analyzer_version: ANALYZER_VERSION, ..Options::default() };
    let words = pairs.iter().map(|(english, russian)| (training_words(english), training_words(russian)));
    let own = learn::train(words, &options);
    let count = |direction| own.len(direction);
    learned.words = (count(learn::Direction::EnglishToRussian), count(learn::Direction::RussianToEnglish));
    let table: Table = match shipped_translations() {
        Some(shipped) => shipped.merge(&own, TRUST, &options),
        None => own,
    };
    teach(dir, Taught::Translations, table.as_bytes())?;
    Ok(learned)
}

/// Returns the numbered units of documents that are held in both languages, and the number of their symbols.
fn bilingual(reader: &Reader) -> Result<(usize, Vec<StoredUnit>), PipelineError> {
    let documents = search::documents(reader, &Filters::default())?;
    let mut held: HashMap<&str, HashSet<Side>> = HashMap::new();
    for document in &documents {
        let Some(symbol) = document.metadata.symbol.as_deref() else { continue };
        let sides = document.languages.iter().filter_map(|(language, _)| side(language));
        held.entry(symbol).or_default().extend(sides);
    }
    held.retain(|_, sides| sides.len() == 2);
    let mut units = Vec::new();
    for document in &documents {
        if document.metadata.symbol.as_deref().is_some_and(|symbol| held.contains_key(symbol)) {
            let all = search::units(reader, &document.id)?;
            units.extend(all.into_iter().filter(|unit| {
                unit.label.is_some() && matches!(unit.kind, ParagraphKind::Paragraph | ParagraphKind::Item)
            }));
        }
    }
    Ok((held.len(), units))
}

fn side(language: &Language) -> Option<Side> {
    match *language {
        Language::ENGLISH => Some(Side::English),
        Language::RUSSIAN => Some(Side::Russian),
        _ => None,
    }
}
