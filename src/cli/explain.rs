//! `pincite-index --explain FILE`: how a file is read, and what of it stands in no paragraph.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::failure::{Exit, Failure};
use super::index::of_pipeline;
use super::index_args::ReportFormat;
use super::{Console, Surroundings};
use crate::document::{Document, LeftOut, LeftOutReason, Paragraph};
use crate::pipeline;
use crate::printer::json::print_line;
use crate::printer::layout::{shorten_end, width};
use crate::printer::sanitize;

pub fn run(
    file: &Path,
    format: ReportFormat,
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    for explained in pipeline::explain(file, around.worker.as_deref()).map_err(of_pipeline)? {
        let document = &explained.document;
        match format {
            ReportFormat::Text => print_text(console.out, document, around.columns)?,
            ReportFormat::Jsonl => print_lines(console.out, document)?,
        }
        for warning in &document.warnings {
            console.note(warning);
        }
    }
    Ok(Exit::Done)
}

fn print_text(out: &mut dyn Write, document: &Document, columns: usize) -> io::Result<()> {
    let mut line = |indent: usize, text: &str| {
        let text = sanitize::text(text);
        let indent = indent.min(columns / 2);
        writeln!(out, "{:indent$}{}", "", shorten_end(&text, columns.saturating_sub(indent)))
    };
    line(0, &format!("document: {}", document.id))?;
    for (name, value) in facts(document) {
        line(0, &format!("{name}: {value}"))?;
    }
    let mut open: Vec<&str> = Vec::new();
    for paragraph in &document.paragraphs {
        let path = document.section_path(paragraph.section);
        let kept = open.iter().zip(&path).take_while(|(open, heading)| open == heading).count();
        for (depth, heading) in path.iter().enumerate().skip(kept) {
            line(depth * 2, &format!("# {heading}"))?;
        }
        line(path.len() * 2, &format!("{}  {}", address(paragraph), paragraph.text))?;
        open = path;
    }
    line(0, &format!("left out: {}", document.left_out.len()))?;
    for left_out in &document.left_out {
        line(2, &format!("{}{}  {}", reason(left_out.reason), position(left_out), left_out.text))?;
    }
    Ok(())
}

fn facts(document: &Document) -> Vec<(&'static str, String)> {
    let metadata = &document.metadata;
    let known = [
        ("symbol", metadata.symbol.clone()),
        ("title", metadata.title.clone()),
        ("date", metadata.date.clone()),
        ("country", metadata.country.clone()),
        ("body", metadata.body.clone()),
        ("kind", metadata.kind.map(|kind| kind.name().to_owned())),
        ("language", metadata.language.map(|language| language.to_string())),
    ];
    let mut facts: Vec<_> = known.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    facts.push(("sections", document.sections.len().to_string()));
    facts.push(("paragraphs", document.paragraphs.len().to_string()));
    facts.push(("references", document.references.len().to_string()));
    facts
}

/// Returns a unit's position, kind, language and printed number, in columns.
fn address(paragraph: &Paragraph) -> String {
    let number = match (&paragraph.label, &paragraph.mark) {
        (Some(label), _) => label.to_string(),
        (None, Some(mark)) => format!("[{mark}]"),
        (None, None) => "–".to_owned(),
    };
    let blank = 10usize.saturating_sub(width(&number));
    let Paragraph { ordinal, kind, language, .. } = paragraph;
    format!("#{ordinal:<4} {:<9} {language} {number}{:blank$}", kind.name(), "")
}

fn position(left_out: &LeftOut) -> String {
    match (left_out.page, left_out.line) {
        (0, 0) => String::new(),
        (0, line) => format!(" (line {line})"),
        (page, 0) => format!(" (page {page})"),
        (page, line) => format!(" (page {page}, line {line})"),
    }
}

fn reason(reason: LeftOutReason) -> String {
    // The names are those of the JSON form.
    serde_json::to_value(reason).ok().and_then(|value| Some(value.as_str()?.to_owned())).unwrap_or_default()
}

/// One line of the JSON form: its only key says what the line holds.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Line<'a> {
    Document {
        id: &'a str,
        format: crate::document::Format,
        metadata: &'a crate::document::Metadata,
    },
    Paragraph {
        section: Vec<&'a str>,
        #[serde(flatten)]
        paragraph: ParagraphLine<'a>,
    },
    Reference(&'a crate::document::Reference),
    LeftOut(&'a LeftOut),
}

#[derive(Serialize)]
struct ParagraphLine<'a> {
    ordinal: u32,
    kind: &'static str,
    label: Option<&'a crate::document::Label>,
    mark: Option<&'a str>,
    language: crate::document::Language,
    page: u32,
    text: &'a str,
}

fn print_lines(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    print_line(out, &Line::Document { id: &document.id, format: document.format, metadata: &document.metadata })?;
    for paragraph in &document.paragraphs {
        let line = ParagraphLine {
            ordinal: paragraph.ordinal,
            kind: paragraph.kind.name(),
            label: paragraph.label.as_ref(),
            mark: paragraph.mark.as_deref(),
            language: paragraph.language,
            page: paragraph.page,
            text: &paragraph.text,
        };
        print_line(out, &Line::Paragraph { section: document.section_path(paragraph.section), paragraph: line })?;
    }
    document.references.iter().try_for_each(|reference| print_line(out, &Line::Reference(reference)))?;
    document.left_out.iter().try_for_each(|left_out| print_line(out, &Line::LeftOut(left_out)))
}
