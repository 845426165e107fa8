//! Hits for people: one line that says where, the paragraph, the citation under it.

use std::io::{self, Write};

use super::layout::{self, Cell};
use super::palette::{Palette, painted};
use super::{citation, place, sanitize, short_name};
use crate::citation::style::CitationStyle;
use crate::document::{Language, ParagraphKind};
use crate::search::{Answer, Facets, Hit, StoredUnit};

/// How text output is laid out.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions {
    /// Columns of the terminal. No line is wider, down to 20 columns.
    pub width: usize,
    pub palette: Palette,
    pub style: CitationStyle,
    /// Language of the query: hits in another are marked.
    pub language: Option<Language>,
    /// Whether long paragraphs are printed whole rather than excerpted around the matches.
    pub whole: bool,
}

/// Columns left free before a paragraph's text.
const INDENT: usize = 4;
/// What stands there before the text of a paragraph beside a hit.
const NEIGHBOUR: &str = "  | ";
/// A paragraph of more characters than fit these many lines is excerpted.
const EXCERPT_LINES: usize = 7;
/// Values of a facet that are named; the rest is a number.
const FACET_VALUES: usize = 10;
/// Between the headings of a section path.
const BELOW: &str = " › ";

/// Prints the hits of an answer with a count above them.
pub fn print_answer(out: &mut dyn Write, answer: &Answer, query: &str, options: &TextOptions) -> io::Result<()> {
    let options = &TextOptions { width: options.width.max(20), ..*options };
    let head = header(answer, query, options.width);
    writeln!(out, "{}", painted(options.palette.quiet, head))?;
    let rank_width = answer.hits.last().map_or(1, |hit| hit.rank.to_string().len());
    for hit in &answer.hits {
        writeln!(out)?;
        print_hit(out, hit, rank_width, options)?;
    }
    if let Some(facets) = &answer.facets {
        writeln!(out)?;
        print_facets(out, facets, options)?;
    }
    Ok(())
}

/// Prints how a query was read, above the hits.
pub fn print_explanation(out: &mut dyn Write, explanation: &str, options: &TextOptions) -> io::Result<()> {
    let options = &TextOptions { width: options.width.max(20), ..*options };
    for line in explanation.lines() {
        let cells = layout::cells(line, &[]);
        for (index, line) in layout::wrap(&cells, options.width - INDENT).into_iter().enumerate() {
            write!(out, "{:1$}", "", if index == 0 { 0 } else { INDENT })?;
            print_cells(out, line, options.palette.quiet, &options.palette)?;
        }
    }
    Ok(())
}

fn header(answer: &Answer, query: &str, width: usize) -> String {
    let noun = if answer.total == 1 { "paragraph" } else { "paragraphs" };
    let range = match (answer.hits.first(), answer.hits.last()) {
        (Some(first), Some(last)) if answer.hits.len() < answer.total => {
            format!(", {}–{} shown", first.rank, last.rank)
        }
        _ => String::new(),
    };
    let least = if answer.total_is_lower_bound { "at least " } else { "" };
    let counted = format!("{least}{} {noun}{range}", answer.total);
    let room = width.saturating_sub(layout::width(&counted) + 7);
    if room < 8 || query.trim().is_empty() {
        return layout::shorten_end(&counted, width);
    }
    format!("{counted} for “{}”", layout::shorten_end(&sanitize::text(query.trim()), room))
}

fn print_hit(out: &mut dyn Write, hit: &Hit, rank_width: usize, options: &TextOptions) -> io::Result<()> {
    let rank = format!("{:>rank_width$}. ", hit.rank);
    print_location(out, &hit.unit, &rank, options)?;
    let palette = &options.palette;
    print_neighbours(out, &hit.before, options)?;
    print_text(out, &hit.unit.text, &hit.highlights, options)?;
    print_small(out, &citation(&hit.unit, options.style), palette.citation, options)?;
    if !hit.via.is_empty() {
        print_small(out, &format!("via: {}", hit.via.join(", ")), palette.quiet, options)?;
    }
    if let Some(explanation) = &hit.explanation {
        for line in explanation.lines() {
            print_small(out, line, palette.quiet, options)?;
        }
    }
    print_neighbours(out, &hit.after, options)
}

/// A unit that cites what was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    pub unit: StoredUnit,
    /// The references as scalar values of its text, ascending, not overlapping.
    pub references: Vec<(u32, u32)>,
    /// What they were read as, and why where the text does not say it.
    pub keys: Vec<String>,
}

/// Prints passages with their references highlighted and read out.
pub fn print_passages(out: &mut dyn Write, passages: &[Passage], options: &TextOptions) -> io::Result<()> {
    let options = &TextOptions { width: options.width.max(20), ..*options };
    for passage in passages {
        print_location(out, &passage.unit, "", options)?;
        print_text(out, &passage.unit.text, &passage.references, options)?;
        print_small(out, &citation(&passage.unit, options.style), options.palette.citation, options)?;
        print_small(out, &format!("cites: {}", passage.keys.join(", ")), options.palette.quiet, options)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Prints chosen units in order, each place named, each unit with its own number and its citation: paragraphs to quote.
pub fn print_units(out: &mut dyn Write, units: &[&StoredUnit], options: &TextOptions) -> io::Result<()> {
    let options = &TextOptions { width: options.width.max(20), whole: true, ..*options };
    let mut section: Option<(&str, &[String])> = None;
    for (index, unit) in units.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let here = (unit.document.as_str(), unit.section.as_slice());
        if section.replace(here) != Some(here) {
            print_location(out, unit, "", options)?;
        }
        print_numbered(out, unit, options)?;
        print_small(out, &citation(unit, options.style), options.palette.citation, options)?;
    }
    Ok(())
}

/// Prints all units of a document under their headings: a text to read.
pub fn print_document(out: &mut dyn Write, units: &[StoredUnit], options: &TextOptions) -> io::Result<()> {
    let options = &TextOptions { width: options.width.max(20), whole: true, ..*options };
    let Some(first) = units.first() else { return Ok(()) };
    print_heading(out, short_name(first), options)?;
    let mut open: &[String] = &[];
    for unit in units {
        let kept = open.iter().zip(&unit.section).take_while(|(open, heading)| open == heading).count();
        for heading in unit.section.iter().skip(kept) {
            writeln!(out)?;
            print_heading(out, heading, options)?;
        }
        open = &unit.section;
        writeln!(out)?;
        print_numbered(out, unit, options)?;
    }
    Ok(())
}

fn print_heading(out: &mut dyn Write, heading: &str, options: &TextOptions) -> io::Result<()> {
    for line in layout::wrap(&layout::cells(heading, &[]), options.width) {
        print_cells(out, line, options.palette.document, &options.palette)?;
    }
    Ok(())
}

/// Returns what the document prints before a unit, in one form for all documents: "21.", "(c)", "•", "[4]".
fn printed_number(unit: &StoredUnit) -> String {
    match (&unit.label, unit.kind) {
        (Some(label), _) => label.items.last().map_or_else(|| format!("{}.", label.number), |item| format!("({item})")),
        (None, ParagraphKind::Bullet) => "•".to_owned(),
        (None, ParagraphKind::Footnote) => format!("[{}]", unit.mark.as_deref().unwrap_or("note")),
        (None, _) => String::new(),
    }
}

/// Prints the units around a hit behind a bar, so that without colours too nobody takes them for the hit.
fn print_neighbours(out: &mut dyn Write, units: &[StoredUnit], options: &TextOptions) -> io::Result<()> {
    let quiet = options.palette.quiet;
    for (index, unit) in units.iter().enumerate() {
        if index > 0 {
            writeln!(out, "{}", painted(quiet, NEIGHBOUR.trim_end()))?;
        }
        let number = printed_number(unit);
        let lead = if number.is_empty() { String::new() } else { format!("{number} ") };
        let cells = layout::excerpt(layout::cells(&format!("{lead}{}", unit.text), &[]), options.width * 3);
        for line in layout::wrap(&cells, options.width - INDENT) {
            write!(out, "{}", painted(quiet, NEIGHBOUR))?;
            print_cells(out, line, quiet, &options.palette)?;
        }
    }
    Ok(())
}

/// Prints rank, document, place, section path and language on one line of at most `width` columns.
fn print_location(out: &mut dyn Write, unit: &StoredUnit, rank: &str, options: &TextOptions) -> io::Result<()> {
    let palette = &options.palette;
    let language = match options.language {
        Some(asked) if asked != unit.language => format!("  [{}]", unit.language.code()),
        _ => String::new(),
    };
    let mut room = options.width.saturating_sub(layout::width(rank) + layout::width(&language));
    let mut part = |text: &str, most: usize, shorten: fn(&str, usize) -> String| {
        let text = shorten(text, most.min(room));
        room = room.saturating_sub(layout::width(&text) + 2);
        text
    };
    let whole = options.width;
    let name = part(&sanitize::text(short_name(unit)), whole * 2 / 5, layout::shorten_words);
    let place = part(&sanitize::text(&place(unit)), whole / 3, layout::shorten_end);
    let headings: Vec<_> = unit.section.iter().map(|heading| sanitize::text(heading)).collect();
    let path = layout::shorten_path(&headings, BELOW, room);
    write!(out, "{}{}", painted(palette.quiet, rank), painted(palette.document, name))?;
    for (text, style) in [(place, palette.place), (path, palette.heading)] {
        if !text.is_empty() {
            write!(out, "  {}", painted(style, text))?;
        }
    }
    writeln!(out, "{}", painted(palette.quiet, language))
}

fn print_text(out: &mut dyn Write, text: &str, highlights: &[(u32, u32)], options: &TextOptions) -> io::Result<()> {
    let cells = layout::cells(text, highlights);
    let limit = (options.width - INDENT) * EXCERPT_LINES;
    let cells = if options.whole { cells } else { layout::excerpt(cells, limit) };
    print_wrapped(out, &cells, anstyle::Style::new(), options)
}

fn print_numbered(out: &mut dyn Write, unit: &StoredUnit, options: &TextOptions) -> io::Result<()> {
    let number = layout::shorten_end(&sanitize::text(&printed_number(unit)), 10);
    let cells = &layout::cells(&unit.text, &[]);
    if number.is_empty() {
        return print_wrapped(out, cells, anstyle::Style::new(), options);
    }
    let indent = INDENT.max(layout::width(&number) + 1);
    for (index, line) in layout::wrap(cells, options.width - indent).into_iter().enumerate() {
        let lead = if index == 0 { number.as_str() } else { "" };
        let blank = indent - layout::width(lead);
        write!(out, "{}{:blank$}", painted(options.palette.place, lead), "")?;
        print_cells(out, line, anstyle::Style::new(), &options.palette)?;
    }
    Ok(())
}

fn print_wrapped(out: &mut dyn Write, cells: &[Cell], base: anstyle::Style, options: &TextOptions) -> io::Result<()> {
    for line in layout::wrap(cells, options.width - INDENT) {
        write!(out, "{:INDENT$}", "")?;
        print_cells(out, line, base, &options.palette)?;
    }
    Ok(())
}

/// Prints one line of cells, the matched ones in their own style.
pub(super) fn print_cells(
    out: &mut dyn Write,
    line: &[Cell],
    base: anstyle::Style,
    palette: &Palette,
) -> io::Result<()> {
    for run in line.chunk_by(|a, b| a.matched == b.matched) {
        let text: String = run.iter().map(|cell| cell.c).collect();
        let matched = run.first().is_some_and(|cell| cell.matched);
        write!(out, "{}", painted(if matched { palette.matched } else { base }, text))?;
    }
    writeln!(out)
}

fn print_small(out: &mut dyn Write, text: &str, style: anstyle::Style, options: &TextOptions) -> io::Result<()> {
    print_wrapped(out, &layout::cells(text, &[]), style, options)
}

/// Prints how many matching paragraphs each value has, one list a line.
pub fn print_facets(out: &mut dyn Write, facets: &Facets, options: &TextOptions) -> io::Result<()> {
    let lists = [
        ("documents", &facets.documents),
        ("languages", &facets.languages),
        ("kinds", &facets.kinds),
        ("countries", &facets.countries),
        ("bodies", &facets.bodies),
        ("years", &facets.years),
    ];
    for (name, counts) in lists.into_iter().filter(|(_, counts)| !counts.is_empty()) {
        let all = if name == "documents" { facets.documents_in_all } else { counts.len() };
        let mut values: Vec<String> =
            counts.iter().take(FACET_VALUES).map(|entry| format!("{} ({})", entry.value, entry.count)).collect();
        if all > FACET_VALUES {
            values.push(format!("{} more", all - FACET_VALUES));
        }
        let cells = layout::cells(&format!("{name}: {}", values.join(", ")), &[]);
        for (index, line) in layout::wrap(&cells, options.width - INDENT).into_iter().enumerate() {
            write!(out, "{:1$}", "", if index == 0 { 0 } else { INDENT })?;
            print_cells(out, line, anstyle::Style::new(), &options.palette)?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
