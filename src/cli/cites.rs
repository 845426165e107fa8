//! `pincite cites [KEY]`

use std::collections::BTreeMap;

use super::args::{CitesArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, first_run};
use crate::citation;
use crate::index::open::Reader;
use crate::printer::json::{ReferenceRecord, print_line, print_pretty};
use crate::printer::layout::shorten_end;
use crate::printer::palette::painted;
use crate::printer::text::{self, Passage, TextOptions};
use crate::printer::{csv, sanitize, tables};
use crate::search::{self, Filters, Request, StoredReference, StoredUnit};

pub fn run(args: &CitesArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let key = match args.key.join(" ") {
        none if none.trim().is_empty() => None,
        key => Some(canonical_key("KEY", &key)?),
    };
    let reader = first_run::open_or_build(&args.output, around, console)?;
    let filters = Filters { cites: key.iter().cloned().collect(), ..Filters::default() };
    let references = search::references(&reader, &filters)?;
    if references.is_empty() {
        return Err(Failure::no_hits(match key {
            Some(key) => format!("nothing cites {key} (pincite cites lists what is cited)"),
            None => "no references to law in the index".to_owned(),
        }));
    }
    match (key, args.output.format) {
        (Some(key), OutputFormat::Text) => list(&reader, &key, &references, args, around, console)?,
        _ => print(args, &references, around, console)?,
    }
    Ok(Exit::Done)
}

/// Returns the canonical key of a reference as people write it. `argument` is what it was given for.
pub(super) fn canonical_key(argument: &str, text: &str) -> Result<String, Failure> {
    if let Some(key) = citation::parse_key(text) {
        return Ok(key);
    }
    let text = shorten_end(&sanitize::text(text), 80);
    let mut meant: Vec<String> = citation::read_query(&text).into_iter().flat_map(|reference| reference.keys).collect();
    meant.truncate(4);
    Err(Failure::bad_request(match meant.as_slice() {
        [] => format!(
            "{argument} \"{text}\" names no law that is known (write CRC/7, ILO-C182 or \"article 7 of the Convention on \
             the Rights of the Child\")"
        ),
        keys => format!("{argument} \"{text}\" may mean several (write one of {})", keys.join(", ")),
    }))
}

fn print(
    args: &CitesArgs,
    references: &[StoredReference],
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let mut records = references.iter().map(ReferenceRecord::from);
    match args.output.format {
        OutputFormat::Json => print_pretty(console.out, &records.collect::<Vec<_>>())?,
        OutputFormat::Jsonl => records.try_for_each(|record| print_line(console.out, &record))?,
        OutputFormat::Csv => csv::print_references(console.out, references)?,
        OutputFormat::Text => {
            let palette = around.palette(args.output.color);
            tables::print_counts(console.out, &counts(references), around.columns, &palette)?;
        }
    }
    Ok(())
}

/// Prints the passages that cite a key, headings first.
fn list(
    reader: &Reader,
    key: &str,
    references: &[StoredReference],
    args: &CitesArgs,
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let filters = Filters { cites: vec![key.to_owned()], ..Filters::default() };
    let request = Request { filters, limit: references.len(), ..Request::default() };
    let units = search::search(reader, &request)?.hits.into_iter().map(|hit| hit.unit);
    let passages: Vec<Passage> = units.map(|unit| passage(unit, references)).collect();
    let palette = around.palette(args.output.color);
    let noun = if passages.len() == 1 { "passage cites" } else { "passages cite" };
    let name = citation::name_of(key).filter(|name| name != key).map(|name| format!(" ({name})")).unwrap_or_default();
    let head = shorten_end(&sanitize::text(&format!("{} {noun} {key}{name}", passages.len())), around.columns);
    writeln!(console.out, "{}\n", painted(palette.quiet, head))?;
    let headings: Vec<&StoredReference> = references
        .iter()
        .filter(|placed| placed.reference.section.is_some() && placed.reference.ordinal == 0)
        .collect();
    if !headings.is_empty() {
        tables::print_headings(console.out, &headings, around.columns, &palette)?;
        writeln!(console.out)?;
    }
    let style = args.output.cite_style.into();
    let options = TextOptions { width: around.columns, palette, style, language: None, whole: false };
    Ok(text::print_passages(console.out, &passages, &options)?)
}

fn passage(unit: StoredUnit, references: &[StoredReference]) -> Passage {
    let own = references
        .iter()
        .filter(|placed| placed.document == unit.document && placed.reference.ordinal == unit.ordinal)
        .map(|placed| &placed.reference);
    let (mut spans, mut keys): (Vec<(u32, u32)>, Vec<String>) = (Vec::new(), Vec::new());
    for reference in own {
        // One quotation may name several articles.
        match spans.last_mut() {
            Some((_, end)) if reference.start < *end => *end = reference.end.max(*end),
            _ => spans.push((reference.start, reference.end)),
        }
        let mut key = reference.key.clone().unwrap_or_else(|| "unbound".to_owned());
        key.push_str(if reference.implicit { " (by the context)" } else { "" });
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Passage { unit, references: spans, keys }
}

/// Returns how often each instrument is cited, most often first, and under it each article.
fn counts(references: &[StoredReference]) -> Vec<(usize, String, u64)> {
    let mut instruments: BTreeMap<&str, (u64, BTreeMap<&str, u64>)> = BTreeMap::new();
    for placed in references {
        let reference = &placed.reference;
        let name = reference.instrument.as_deref().or(reference.key.as_deref()).unwrap_or("unbound");
        let (count, articles) = instruments.entry(name).or_default();
        *count += 1;
        if let Some(article) = reference.article.as_deref() {
            *articles.entry(article).or_default() += 1;
        }
    }
    let mut ordered: Vec<_> = instruments.into_iter().collect();
    ordered.sort_by_key(|(name, (count, _))| (std::cmp::Reverse(*count), *name));
    let mut lines = Vec::new();
    for (name, (count, articles)) in ordered {
        let full = citation::name_of(name).filter(|full| full != name);
        lines.push((0, full.map_or_else(|| name.to_owned(), |full| format!("{name}  {full}")), count));
        let mut articles: Vec<_> = articles.into_iter().collect();
        articles.sort_by_key(|(article, _)| (article.parse().unwrap_or(u32::MAX), *article));
        lines.extend(articles.into_iter().map(|(article, count)| (1, format!("art. {article}"), count)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Reference, ReferenceKind};

    #[test]
    fn counts_by_instrument_and_article() {
        let placed = |instrument: Option<&str>, article: Option<&str>| StoredReference {
            document: "d".into(),
            symbol: None,
            label: None,
            reference: Reference {
                ordinal: 1,
                section: None,
                start: 0,
                end: 1,
                quote: String::new(),
                kind: ReferenceKind::Treaty,
                key: None,
                instrument: instrument.map(str::to_owned),
                article: article.map(str::to_owned),
                paragraph: None,
                sub: None,
                implicit: false,
                note: None,
            },
        };
        let references = [
            placed(Some("CRC"), Some("12")),
            placed(Some("CRC"), Some("7")),
            placed(Some("CRC"), Some("7")),
            placed(Some("CRC"), None),
            placed(None, Some("3")),
        ];
        let lines: Vec<String> =
            counts(&references).iter().map(|(depth, name, count)| format!("{depth} {name} {count}")).collect();
        assert_eq!(
            lines,
            [
                "0 CRC  Convention on the Rights of the Child 4",
                "1 art. 7 2",
                "1 art. 12 1",
                "0 unbound 1",
                "1 art. 3 1"
            ]
        );
    }
}
