//! Hits for programs: one JSON object, or one hit a line.
//!
//! The names of the keys and their order are a contract; offsets count Unicode scalar values.

use std::io::{self, Write};

use serde::Serialize;

pub use super::escape::{print_line, print_pretty};
use super::{OutlineEntry, citation};
use crate::citation::style::CitationStyle;
use crate::document::{Label, Language, ReferenceKind};
use crate::search::{Answer, DocumentSummary, Facets, Hit, StoredReference, StoredUnit};

/// One unit in the form of the contract.
#[derive(Debug, Clone, Serialize)]
pub struct HitRecord<'a> {
    rank: usize,
    score: f32,
    document: &'a str,
    symbol: Option<&'a str>,
    title: Option<&'a str>,
    language: Language,
    section: &'a [String],
    kind: &'static str,
    label: Option<&'a Label>,
    ordinal: u32,
    text: &'a str,
    highlights: &'a [(u32, u32)],
    cites: &'a [String],
    citation: String,
}

impl<'a> HitRecord<'a> {
    /// Returns the record of a hit.
    pub fn of_hit(hit: &'a Hit, style: CitationStyle) -> HitRecord<'a> {
        HitRecord {
            score: if hit.score.is_finite() { hit.score } else { 0.0 },
            highlights: &hit.highlights,
            ..HitRecord::of_unit(&hit.unit, hit.rank, style)
        }
    }

    /// Returns the record of a unit that was asked for by its address: no score, nothing highlighted.
    pub fn of_unit(unit: &'a StoredUnit, rank: usize, style: CitationStyle) -> HitRecord<'a> {
        HitRecord {
            rank,
            score: 0.0,
            document: &unit.document,
            symbol: unit.metadata.symbol.as_deref(),
            title: unit.metadata.title.as_deref(),
            language: unit.language,
            section: &unit.section,
            kind: unit.kind.name(),
            label: unit.label.as_ref(),
            ordinal: unit.ordinal,
            text: &unit.text,
            highlights: &[],
            cites: &unit.cites,
            citation: citation(unit, style),
        }
    }
}

/// A hit with what only the single JSON object has room for; each is left out where there is nothing to say.
#[derive(Serialize)]
struct FullHit<'a> {
    #[serde(flatten)]
    hit: HitRecord<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    via: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    before: Vec<HitRecord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    after: Vec<HitRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a str>,
}

#[derive(Serialize)]
struct AnswerRecord<'a> {
    query: &'a str,
    total: usize,
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<&'a Facets>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a str>,
    hits: Vec<FullHit<'a>>,
}

/// Prints an answer as one object.
pub fn print_answer(out: &mut dyn Write, answer: &Answer, query: &str, style: CitationStyle) -> io::Result<()> {
    let hits = answer
        .hits
        .iter()
        .map(|hit| FullHit {
            hit: HitRecord::of_hit(hit, style),
            via: &hit.via,
            before: hit.before.iter().map(|unit| HitRecord::of_unit(unit, hit.rank, style)).collect(),
            after: hit.after.iter().map(|unit| HitRecord::of_unit(unit, hit.rank, style)).collect(),
            explanation: hit.explanation.as_deref(),
        })
        .collect();
    let record = AnswerRecord {
        query,
        total: answer.total,
        notes: &answer.notes,
        facets: answer.facets.as_ref(),
        explanation: answer.explanation.as_deref(),
        hits,
    };
    print_pretty(out, &record)
}

/// Prints one hit a line.
pub fn print_hit_lines(out: &mut dyn Write, hits: &[Hit], style: CitationStyle) -> io::Result<()> {
    hits.iter().try_for_each(|hit| print_line(out, &HitRecord::of_hit(hit, style)))
}

/// Prints one unit a line, ranked in the order given.
pub fn print_unit_lines(out: &mut dyn Write, units: &[&StoredUnit], style: CitationStyle) -> io::Result<()> {
    units.iter().enumerate().try_for_each(|(index, unit)| print_line(out, &HitRecord::of_unit(unit, index + 1, style)))
}

/// One reference in the form of the contract.
#[derive(Debug, Clone, Serialize)]
pub struct ReferenceRecord<'a> {
    document: &'a str,
    label: Option<&'a Label>,
    ordinal: u32,
    quote: &'a str,
    start: u32,
    end: u32,
    kind: ReferenceKind,
    instrument: Option<&'a str>,
    article: Option<&'a str>,
    paragraph: Option<&'a str>,
    sub: Option<&'a str>,
    implicit: bool,
}

impl<'a> From<&'a StoredReference> for ReferenceRecord<'a> {
    fn from(placed: &'a StoredReference) -> ReferenceRecord<'a> {
        let reference = &placed.reference;
        ReferenceRecord {
            document: &placed.document,
            label: placed.label.as_ref(),
            ordinal: reference.ordinal,
            quote: &reference.quote,
            start: reference.start,
            end: reference.end,
            kind: reference.kind,
            instrument: reference.instrument.as_deref(),
            article: reference.article.as_deref(),
            paragraph: reference.paragraph.as_deref(),
            sub: reference.sub.as_deref(),
            implicit: reference.implicit,
        }
    }
}

/// A document of the index as a record.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentRecord<'a> {
    document: &'a str,
    symbol: Option<&'a str>,
    title: Option<&'a str>,
    date: Option<&'a str>,
    country: Option<&'a str>,
    body: Option<&'a str>,
    kind: Option<&'static str>,
    source: Option<&'a str>,
    languages: Vec<Language>,
    paragraphs: u32,
}

impl<'a> From<&'a DocumentSummary> for DocumentRecord<'a> {
    fn from(entry: &'a DocumentSummary) -> DocumentRecord<'a> {
        let metadata = &entry.metadata;
        DocumentRecord {
            document: &entry.id,
            symbol: metadata.symbol.as_deref(),
            title: metadata.title.as_deref(),
            date: metadata.date.as_deref(),
            country: metadata.country.as_deref(),
            body: metadata.body.as_deref(),
            kind: metadata.kind.map(|kind| kind.name()),
            source: metadata.source.as_deref(),
            languages: entry.languages.iter().map(|(language, _)| *language).collect(),
            paragraphs: entry.paragraphs,
        }
    }
}

/// A section of an outline as a record.
#[derive(Debug, Clone, Serialize)]
pub struct OutlineRecord<'a> {
    depth: usize,
    heading: &'a str,
    first: Option<&'a str>,
    last: Option<&'a str>,
    paragraphs: u32,
}

impl<'a> From<&'a OutlineEntry> for OutlineRecord<'a> {
    fn from(entry: &'a OutlineEntry) -> OutlineRecord<'a> {
        let labels = entry.labels.as_ref();
        OutlineRecord {
            depth: entry.depth,
            heading: &entry.heading,
            first: labels.map(|(first, _)| first.as_str()),
            last: labels.map(|(_, last)| last.as_str()),
            paragraphs: entry.units,
        }
    }
}
