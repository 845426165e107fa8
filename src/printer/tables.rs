//! Lists for people: documents, outlines, references, counts.

use std::io::{self, Write};

use anstyle::Style;

use super::layout::{cells, excerpt, shorten_end, shorten_words, width, wrap};
use super::palette::{Palette, painted};
use super::text::print_cells;
use super::{OutlineEntry, sanitize};
use crate::search::{DocumentSummary, StoredReference};

/// Prints the documents of an index: symbol or id, date, languages, number of paragraphs, and the title under it.
pub fn print_documents(
    out: &mut dyn Write,
    entries: &[DocumentSummary],
    columns: usize,
    palette: &Palette,
) -> io::Result<()> {
    for entry in entries {
        let metadata = &entry.metadata;
        let languages: Vec<&str> = entry.languages.iter().map(|(language, _)| language.code()).collect();
        let noun = if entry.paragraphs == 1 { "paragraph" } else { "paragraphs" };
        let mut facts: Vec<String> = metadata.date.iter().cloned().collect();
        facts.extend((!languages.is_empty()).then(|| languages.join("+")));
        facts.push(format!("{} {noun}", entry.paragraphs));
        let facts = shorten_end(&sanitize::text(&facts.join(", ")), columns / 2);
        let name = metadata.symbol.as_deref().unwrap_or(&entry.id);
        let name = shorten_end(&sanitize::name(name), columns.saturating_sub(width(&facts) + 2));
        writeln!(out, "{}  {}", painted(palette.document, name), painted(palette.quiet, facts))?;
        for line in metadata.title.iter().chain(metadata.symbol.as_ref().map(|_| &entry.id)) {
            writeln!(out, "    {}", shorten_end(&sanitize::text(line), columns.saturating_sub(4)))?;
        }
    }
    Ok(())
}

/// Prints the section tree of a document, each heading with the printed numbers it spans.
pub fn print_outline(
    out: &mut dyn Write,
    entries: &[OutlineEntry],
    columns: usize,
    palette: &Palette,
) -> io::Result<()> {
    for entry in entries {
        let span = match &entry.labels {
            Some((first, last)) if first == last => format!("  {first}"),
            Some((first, last)) => format!("  {first}–{last}"),
            None => String::new(),
        };
        let indent = (entry.depth * 2).min(columns / 2);
        let room = columns.saturating_sub(indent + width(&span));
        let heading = shorten_words(&sanitize::text(&entry.heading), room);
        writeln!(out, "{:indent$}{}{}", "", painted(palette.heading, heading), painted(palette.place, span))?;
    }
    Ok(())
}

/// Lines of a passage that cites.
const PASSAGE_LINES: usize = 3;
/// Columns before a passage.
const INDENT: usize = 4;

/// Prints the passages that cite: where each stands, what it cites, and its words with the references marked.
pub fn print_references(
    out: &mut dyn Write,
    references: &[StoredReference],
    columns: usize,
    palette: &Palette,
) -> io::Result<()> {
    let place = |placed: &StoredReference| (placed.reference.ordinal, placed.reference.section);
    for passage in references.chunk_by(|a, b| a.document == b.document && place(a) == place(b)) {
        print_passage(out, passage, columns, palette)?;
    }
    Ok(())
}

fn print_passage(
    out: &mut dyn Write,
    passage: &[StoredReference],
    columns: usize,
    palette: &Palette,
) -> io::Result<()> {
    let Some(first) = passage.first() else { return Ok(()) };
    let name = first.symbol.as_deref().unwrap_or(&first.document);
    let place = match &first.label {
        Some(label) => format!("para. {label}"),
        None if first.reference.ordinal == 0 => "heading".to_owned(),
        None => format!("#{}", first.reference.ordinal),
    };
    let mut keys: Vec<&str> =
        passage.iter().map(|placed| placed.reference.key.as_deref().unwrap_or("unbound")).collect();
    keys.dedup();
    let name = shorten_end(&sanitize::name(name), columns / 3);
    let place = shorten_end(&sanitize::text(&place), columns / 5);
    let room = columns.saturating_sub(width(&name) + width(&place) + 4);
    let keys = shorten_end(&sanitize::text(&keys.join(", ")), room);
    writeln!(
        out,
        "{}  {}  {}",
        painted(palette.document, name),
        painted(palette.place, place),
        painted(palette.citation, keys)
    )?;
    let marked: Vec<(u32, u32)> = passage.iter().map(|placed| (placed.reference.start, placed.reference.end)).collect();
    let line = columns.saturating_sub(INDENT).max(INDENT);
    let cells = excerpt(cells(&first.text, &marked), line * PASSAGE_LINES);
    for line in wrap(&cells, line) {
        write!(out, "{:INDENT$}", "")?;
        print_cells(out, line, Style::new(), palette)?;
    }
    Ok(())
}

/// Prints counts, right-aligned before what is counted. An entry of `depth` 1 stands under the one before it.
pub fn print_counts(
    out: &mut dyn Write,
    counts: &[(usize, String, u64)],
    columns: usize,
    palette: &Palette,
) -> io::Result<()> {
    let digits = counts.iter().map(|(_, _, count)| count.to_string().len()).max().unwrap_or(1);
    for (depth, name, count) in counts {
        let indent = depth * 4;
        let name = shorten_end(&sanitize::text(name), columns.saturating_sub(indent + digits + 2));
        writeln!(out, "{:indent$}{}  {name}", "", painted(palette.place, format!("{count:>digits$}")))?;
    }
    Ok(())
}
