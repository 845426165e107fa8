//! Hits for spreadsheets.
//!
//! Cells that a spreadsheet would run as a formula get a leading apostrophe (the advice of OWASP, "CSV Injection"):
//! documents come from anyone, and a table of them is opened with a double click.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{OutlineEntry, citation, sanitize};
use crate::citation::style::CitationStyle;
use crate::eval::NeedResult;
use crate::search::{DocumentSummary, Hit, StoredReference, StoredUnit};

/// The columns of hits: the keys of the JSON form.
const HIT_COLUMNS: [&str; 14] = [
    "rank",
    "score",
    "document",
    "symbol",
    "title",
    "language",
    "section",
    "kind",
    "label",
    "ordinal",
    "text",
    "highlights",
    "cites",
    "citation",
];

/// Prints a header row and one hit a row. Headings are joined with " > ", highlights are "start-end" joined with
/// spaces, cites are joined with "; ".
pub fn print_hits(out: &mut dyn Write, hits: &[Hit], style: CitationStyle) -> io::Result<()> {
    let rows = hits.iter().map(|hit| hit_row(&hit.unit, hit.rank, hit.score, &hit.highlights, style));
    print_table(out, &HIT_COLUMNS, rows)
}

/// Prints units asked for by their address, in the columns of hits.
pub fn print_units(out: &mut dyn Write, units: &[&StoredUnit], style: CitationStyle) -> io::Result<()> {
    let rows = units.iter().enumerate().map(|(index, unit)| hit_row(unit, index + 1, 0.0, &[], style));
    print_table(out, &HIT_COLUMNS, rows)
}

fn hit_row(unit: &StoredUnit, rank: usize, score: f32, highlights: &[(u32, u32)], style: CitationStyle) -> Vec<String> {
    let metadata = &unit.metadata;
    let spans: Vec<String> = highlights.iter().map(|(start, end)| format!("{start}-{end}")).collect();
    vec![
        rank.to_string(),
        score.to_string(),
        unit.document.clone(),
        metadata.symbol.clone().unwrap_or_default(),
        metadata.title.clone().unwrap_or_default(),
        unit.language.to_string(),
        unit.section.join(" > "),
        unit.kind.name().to_owned(),
        unit.label.as_ref().map(ToString::to_string).unwrap_or_default(),
        unit.ordinal.to_string(),
        unit.text.clone(),
        spans.join(" "),
        unit.cites.join("; "),
        citation(unit, style),
    ]
}

/// Prints the documents of an index.
pub fn print_documents(out: &mut dyn Write, entries: &[DocumentSummary]) -> io::Result<()> {
    let columns =
        ["document", "symbol", "title", "date", "country", "body", "kind", "source", "languages", "paragraphs"];
    let rows = entries.iter().map(|entry| {
        let metadata = &entry.metadata;
        let languages: Vec<&str> = entry.languages.iter().map(|(language, _)| language.code()).collect();
        vec![
            entry.id.clone(),
            metadata.symbol.clone().unwrap_or_default(),
            metadata.title.clone().unwrap_or_default(),
            metadata.date.clone().unwrap_or_default(),
            metadata.country.clone().unwrap_or_default(),
            metadata.body.clone().unwrap_or_default(),
            metadata.kind.map(|kind| kind.name().to_owned()).unwrap_or_default(),
            metadata.source.clone().unwrap_or_default(),
            languages.join(" "),
            entry.paragraphs.to_string(),
        ]
    });
    print_table(out, &columns, rows)
}

/// Prints the sections of a document.
pub fn print_outline(out: &mut dyn Write, entries: &[OutlineEntry]) -> io::Result<()> {
    let rows = entries.iter().map(|entry| {
        let (first, last) = entry.labels.clone().unwrap_or_default();
        vec![entry.depth.to_string(), entry.heading.clone(), first, last, entry.units.to_string()]
    });
    print_table(out, &["depth", "heading", "first", "last", "paragraphs"], rows)
}

/// Prints references to law.
pub fn print_references(out: &mut dyn Write, references: &[StoredReference]) -> io::Result<()> {
    let columns = [
        "document",
        "label",
        "ordinal",
        "quote",
        "start",
        "end",
        "kind",
        "instrument",
        "article",
        "paragraph",
        "sub",
        "implicit",
    ];
    let rows = references.iter().map(|placed| {
        let reference = &placed.reference;
        let kind = serde_json::to_value(reference.kind).ok();
        vec![
            placed.document.clone(),
            placed.label.as_ref().map(ToString::to_string).unwrap_or_default(),
            reference.ordinal.to_string(),
            reference.quote.clone(),
            reference.start.to_string(),
            reference.end.to_string(),
            kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
            reference.instrument.clone().unwrap_or_default(),
            reference.article.clone().unwrap_or_default(),
            reference.paragraph.clone().unwrap_or_default(),
            reference.sub.clone().unwrap_or_default(),
            reference.implicit.to_string(),
        ]
    });
    print_table(out, &columns, rows)
}

/// Prints the figures of each judged query.
pub fn print_measures(out: &mut dyn Write, results: &[NeedResult]) -> io::Result<()> {
    let rows = results.iter().map(|result| {
        let (need, measures) = (&result.need, &result.measures);
        let figures = [measures.ndcg, measures.reciprocal_rank, measures.recall].map(|figure| figure.to_string());
        [need.id.clone(), need.query.clone(), need.group.clone()].into_iter().chain(figures).collect()
    });
    print_table(out, &["id", "query", "group", "ndcg@10", "mrr@10", "recall@100"], rows)
}

fn print_table(out: &mut dyn Write, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(columns).map_err(io_error)?;
    for row in rows {
        table.write_record(row.iter().map(|cell| guarded(cell).into_owned())).map_err(io_error)?;
    }
    table.flush()
}

/// Keeps the kind of an I/O failure, by which a closed pipe is told from a full disk.
fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Returns a cell that neither a spreadsheet nor a terminal acts on. Every character keeps its place, so that the
/// offsets of highlights hold.
fn guarded(cell: &str) -> Cow<'_, str> {
    let shown = |c: char| sanitize::printable(c).unwrap_or(char::REPLACEMENT_CHARACTER);
    if cell.chars().any(|c| c != '\u{a0}' && shown(c) != c) {
        let cell: String = cell.chars().map(shown).collect();
        return Cow::Owned(disarmed(&cell).into_owned());
    }
    disarmed(cell)
}

fn disarmed(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        return Cow::Owned(format!("'{cell}"));
    }
    Cow::Borrowed(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        for (cell, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("@SUM(1)", "'@SUM(1)"),
            ("-1+1", "'-1+1"),
            ("-1.5", "-1.5"),
            ("21 (c)", "21 (c)"),
            ("a\u{1b}[2J\nb\u{202e}", "a\u{fffd}[2J b\u{fffd}"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
        }
    }

    #[test]
    fn commas_quotes_and_line_ends_are_quoted() {
        let mut out = Vec::new();
        print_table(&mut out, &["a", "b"], [vec!["x, \"y\"".to_owned(), "two lines".to_owned()]].into_iter())
            .expect("writing to memory");
        assert_eq!(String::from_utf8_lossy(&out), "a,b\n\"x, \"\"y\"\"\",two lines\n");
    }
}
