//! `pincite cites [KEY]`

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::args::{CitesArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, first_run, search as search_command};
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
    let mut filters = search_command::filters(&args.filters)?;
    let reader = first_run::open_or_build(&args.output, around, console)?;
    search_command::check_languages(&reader, &filters)?;
    let beside = std::mem::replace(&mut filters.cites, key.iter().cloned().collect());
    let mut references = search::references(&reader, &filters)?;
    if !beside.is_empty() {
        let others = search::references(&reader, &Filters { cites: beside, ..filters.clone() })?;
        let places: HashSet<Place<'_>> = others.iter().map(place_of).collect();
        references.retain(|placed| places.contains(&place_of(placed)));
    }
    // A law named without its country is looked for in all of them: one country after the other.
    if key.as_deref().is_some_and(|key| key.starts_with("LAW:")) {
        references.sort_by_key(|placed| country_of(placed).map(str::to_owned));
    }
    if references.is_empty() {
        return Err(if search::is_empty(&reader)? {
            first_run::no_documents(&reader)
        } else {
            nothing_cites(&reader, key.as_deref(), args, &filters)?
        });
    }
    let page = match (key, args.output.format) {
        (Some(key), OutputFormat::Text) => list(&reader, &key, &filters, &references, args, around, console)?,
        (None, OutputFormat::Text) => print_counts(args, &references, around, console)?,
        _ => print_records(args, &references, console)?,
    };
    if page.shown.is_empty() {
        return Err(Failure::no_hits(format!("the list ends after {} (lower --offset)", page.total)));
    }
    if around.hints() {
        search_command::say_what_follows(args.output.format, page.shown.end, page.total, false, console);
    }
    Ok(Exit::Done)
}

/// The part of a list that was asked for.
struct Page {
    shown: Range<usize>,
    total: usize,
}

impl Page {
    fn of(args: &CitesArgs, total: usize) -> Page {
        let end = args.limit.map_or(total, |limit| args.offset.saturating_add(limit).min(total));
        Page { shown: args.offset.min(end)..end, total }
    }

    /// Returns the members of a list on the page, where `before` others stand in front of the list.
    fn cut<'l, T>(&self, list: &'l [T], before: usize) -> &'l [T] {
        let at = |place: usize| place.saturating_sub(before).min(list.len());
        list.get(at(self.shown.start)..at(self.shown.end)).unwrap_or_default()
    }
}

/// Where a reference stands: document, unit, and the heading where it stands in none.
type Place<'a> = (&'a str, u32, Option<usize>);

fn place_of(placed: &StoredReference) -> Place<'_> {
    (&placed.document, placed.reference.ordinal, placed.reference.section)
}

fn nothing_cites(reader: &Reader, key: Option<&str>, args: &CitesArgs, filters: &Filters) -> Result<Failure, Failure> {
    // What was asked for is no filter here.
    let beside = Filters { cites: Vec::new(), ..filters.clone() };
    let unknown = search_command::unknown_names(reader, &beside, &Filters::default())?.join("; ");
    let remedy = match (args.filters.is_empty(), unknown.as_str()) {
        (true, _) => String::new(),
        (false, "") => " (try without the filters)".to_owned(),
        (false, unknown) => format!(" (try without the filters: {unknown})"),
    };
    Ok(Failure::no_hits(match key {
        Some(key) if remedy.is_empty() => format!("nothing cites {key} (pincite cites lists what is cited)"),
        Some(key) => format!("nothing cites {key}{remedy}"),
        None => format!("no references to law in the index{remedy}"),
    }))
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

/// The country whose law a reference cites.
fn country_of(placed: &StoredReference) -> Option<&str> {
    placed.reference.key.as_deref().and_then(|key| key.split_once(':')).map(|(country, _)| country)
}

fn print_records(args: &CitesArgs, references: &[StoredReference], console: &mut Console<'_>) -> Result<Page, Failure> {
    let page = Page::of(args, references.len());
    let references = page.cut(references, 0);
    let mut records = references.iter().map(ReferenceRecord::from);
    match args.output.format {
        OutputFormat::Json => print_pretty(console.out, &records.collect::<Vec<_>>())?,
        OutputFormat::Csv => csv::print_references(console.out, references)?,
        _ => records.try_for_each(|record| print_line(console.out, &record))?,
    }
    Ok(page)
}

/// Prints how often each instrument is cited, with its articles.
fn print_counts(
    args: &CitesArgs,
    references: &[StoredReference],
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<Page, Failure> {
    let counts = counts(references);
    let instruments: Vec<_> = counts.chunk_by(|_, (depth, ..)| *depth > 0).collect();
    let page = Page::of(args, instruments.len());
    let shown = page.cut(&instruments, 0).concat();
    tables::print_counts(console.out, &shown, around.columns, &around.palette(args.output.color))?;
    Ok(page)
}

/// Prints the passages that cite a key, headings first.
fn list(
    reader: &Reader,
    key: &str,
    filters: &Filters,
    references: &[StoredReference],
    args: &CitesArgs,
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<Page, Failure> {
    let request = Request { filters: filters.clone(), limit: references.len(), ..Request::default() };
    let units = search::search(reader, &request)?.hits.into_iter().map(|hit| hit.unit);
    let mut passages: Vec<Passage> = units.map(|unit| passage(unit, references)).collect();
    passages.retain(|passage| !passage.keys.is_empty());
    let headings: Vec<&[StoredReference]> =
        references.chunk_by(|a, b| place_of(a) == place_of(b)).filter(|chunk| is_in_heading(chunk)).collect();
    let page = Page::of(args, headings.len() + passages.len());
    if page.shown.is_empty() {
        return Ok(page);
    }
    let palette = around.palette(args.output.color);
    let held = held(passages.len(), headings.len());
    let name = citation::name_of(key).filter(|name| name != key).map(|name| format!(" ({name})")).unwrap_or_default();
    let head = shorten_end(&sanitize::text(&format!("{held} {key}{name}")), around.columns);
    writeln!(console.out, "{}\n", painted(palette.quiet, head))?;
    let shown = page.cut(&headings, 0).concat();
    if !shown.is_empty() {
        tables::print_references(console.out, &shown, around.columns, &palette)?;
        writeln!(console.out)?;
    }
    let style = args.output.cite_style.into();
    let options = TextOptions { width: around.columns, palette, style, language: None, whole: false };
    text::print_passages(console.out, page.cut(&passages, headings.len()), &options)?;
    Ok(page)
}

/// "49 passages and 2 headings cite"
fn held(passages: usize, headings: usize) -> String {
    let counted = |count: usize, noun: &str| {
        let ending = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {noun}{ending}"))
    };
    let parts: Vec<String> =
        [counted(passages, "passage"), counted(headings, "heading")].into_iter().flatten().collect();
    format!("{} cite{}", parts.join(" and "), if passages + headings == 1 { "s" } else { "" })
}

fn is_in_heading(references: &[StoredReference]) -> bool {
    references.first().is_some_and(|placed| placed.reference.ordinal == 0)
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

/// What stands for the instrument of references that could not be bound.
const UNBOUND: &str = "unbound";

/// Returns how often each instrument is cited, most often first, and under it each article; what is unbound comes last.
fn counts(references: &[StoredReference]) -> Vec<(usize, String, u64)> {
    let mut instruments: BTreeMap<&str, (u64, BTreeMap<&str, u64>)> = BTreeMap::new();
    for placed in references {
        let reference = &placed.reference;
        let name = reference.instrument.as_deref().or(reference.key.as_deref()).unwrap_or(UNBOUND);
        let (count, articles) = instruments.entry(name).or_default();
        *count += 1;
        if let Some(article) = reference.article.as_deref() {
            *articles.entry(article).or_default() += 1;
        }
    }
    let mut ordered: Vec<_> = instruments.into_iter().collect();
    ordered.sort_by_key(|(name, (count, _))| (*name == UNBOUND, std::cmp::Reverse(*count), *name));
    let mut lines = Vec::new();
    for (name, (count, articles)) in ordered {
        let full = citation::name_of(name).filter(|full| full != name);
        lines.push((0, full.map_or_else(|| name.to_owned(), |full| format!("{name}  {full}")), count));
        let mut articles: Vec<_> = articles.into_iter().collect();
        articles.sort_by_key(|(article, _)| (leading_numbers(article), *article));
        let place = |article: &str| format!("{} {article}", unit_of(name, article));
        lines.extend(articles.into_iter().map(|(article, count)| (1, place(article), count)));
    }
    lines
}

/// What an instrument counts: "art.", "goal" and "target" of the development goals, "rule" of rules of procedure.
fn unit_of(instrument: &str, article: &str) -> &'static str {
    match instrument {
        "SDG" | "MDG" => match article.matches('.').count() {
            0 => "goal",
            1 => "target",
            _ => "indicator",
        },
        _ if instrument.ends_with(":ROP") => "rule",
        _ => "art.",
    }
}

/// The numbers of a label, to put "9" before "10" and "16.2" before "16.10".
fn leading_numbers(label: &str) -> Vec<u32> {
    label.split(|letter: char| !letter.is_ascii_digit()).map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Reference, ReferenceKind};

    #[test]
    fn passages_and_headings_are_counted_apart() {
        assert_eq!(held(49, 2), "49 passages and 2 headings cite");
        assert_eq!(held(1, 0), "1 passage cites");
        assert_eq!(held(0, 1), "1 heading cites");
        assert_eq!(held(1, 1), "1 passage and 1 heading cite");
    }

    #[test]
    fn counts_by_instrument_and_article() {
        let placed = |instrument: Option<&str>, article: Option<&str>| StoredReference {
            document: "d".into(),
            symbol: None,
            label: None,
            text: "".into(),
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
            placed(None, Some("4")),
            placed(None, None),
            placed(None, None),
            placed(None, None),
            placed(Some("SDG"), Some("16.10")),
            placed(Some("SDG"), Some("16.2")),
            placed(Some("SDG"), Some("5")),
        ];
        let lines: Vec<String> =
            counts(&references).iter().map(|(depth, name, count)| format!("{depth} {name} {count}")).collect();
        assert_eq!(
            lines,
            [
                "0 CRC  Convention on the Rights of the Child 4",
                "1 art. 7 2",
                "1 art. 12 1",
                "0 SDG  Sustainable Development Goals 3",
                "1 goal 5 1",
                "1 target 16.2 1",
                "1 target 16.10 1",
                "0 unbound 5",
                "1 art. 3 1",
                "1 art. 4 1"
            ]
        );
    }
}
