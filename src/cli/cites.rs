//! `pincite cites [KEY]`

use std::collections::BTreeMap;

use super::args::{CitesArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, first_run};
use crate::citation;
use crate::printer::json::{ReferenceRecord, print_line, print_pretty};
use crate::printer::layout::shorten_end;
use crate::printer::{csv, sanitize, tables};
use crate::search::{self, Filters, StoredReference};

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
    print(args, key.is_some(), &references, around, console)?;
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
    listed: bool,
    references: &[StoredReference],
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let palette = around.palette(args.output.color);
    let mut records = references.iter().map(ReferenceRecord::from);
    match args.output.format {
        OutputFormat::Json => print_pretty(console.out, &records.collect::<Vec<_>>())?,
        OutputFormat::Jsonl => records.try_for_each(|record| print_line(console.out, &record))?,
        OutputFormat::Csv => csv::print_references(console.out, references)?,
        OutputFormat::Text if listed => tables::print_references(console.out, references, around.columns, &palette)?,
        OutputFormat::Text => tables::print_counts(console.out, &counts(references), around.columns, &palette)?,
    }
    Ok(())
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
