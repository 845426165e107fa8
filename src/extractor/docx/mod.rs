//! DOCX to blocks: numbers as printed, headings by style, footnotes after the paragraph that cites them.
//!
//! Invariant: automatic numbers are counted as Word counts them and stand at the start of their paragraph's text.

mod body;
mod note;
mod numbering;
mod style;

use self::body::{Body, Context};
use self::style::Styles;
use super::ExtractError;
use super::xml::{Event, Events};
use super::zip::{Package, tolerate};
use crate::document::{Block, BlockKind, Extracted, LeftOutReason, Properties};

/// The start of a compound file: a DOCX with a password is one.
const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Returns the blocks of a Word document (Office Open XML).
///
/// # Errors
/// `Encrypted`, `Damaged` where the package or its XML cannot be read, `TooLarge` for bombs, `Empty` where it has no text.
pub fn extract(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    if bytes.starts_with(COMPOUND_FILE) {
        return Err(ExtractError::Encrypted);
    }
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let part = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let document = package.text(&main)?.ok_or_else(|| ExtractError::Damaged("it holds no document part".to_owned()))?;
    let mut warnings = Vec::new();
    let mut spare = |name: &str| package.spare_text(&part(name), &mut warnings);
    let (styles, numbering) = (spare("styles.xml")?, spare("numbering.xml")?);
    let (footnotes, endnotes, settings) = (spare("footnotes.xml")?, spare("endnotes.xml")?, spare("settings.xml")?);
    let styles = tolerate(Styles::read(&styles), &mut warnings)?;
    let numbering = tolerate(numbering::read(&numbering), &mut warnings)?;
    let mut context = Context::new(styles, numbering);
    for (xml, kind) in [(footnotes, note::Kind::Foot), (endnotes, note::Kind::End)] {
        let notes = tolerate(notes(&xml, kind, &mut context), &mut warnings)?;
        context.notes.extend(notes);
    }
    tolerate(context.note_formats.read(&settings), &mut warnings)?;
    context.note_formats.read(&document)?;
    let mut blocks = running_heads(&mut package, &folder, &mut context, &mut warnings)?;
    let heads = blocks.len();
    blocks.extend(Body::read(&document, &mut context)?);
    if blocks.len() == heads {
        return Err(ExtractError::Empty);
    }
    let properties = tolerate(properties(&mut package), &mut warnings)?;
    Ok(Extracted { blocks, properties, warnings, ..Extracted::default() })
}

/// Returns the notes of a part. Separators are none.
fn notes(xml: &str, kind: note::Kind, context: &mut Context) -> Result<note::Notes, ExtractError> {
    let element = if kind == note::Kind::Foot { "footnote" } else { "endnote" };
    let mut notes = note::Notes::new();
    for (id, blocks) in Body::read_notes(xml, element, context)? {
        let text: Vec<&str> = blocks.iter().map(|block| block.text.trim()).filter(|text| !text.is_empty()).collect();
        if !text.is_empty() {
            notes.insert((kind, id), text.join(" "));
        }
    }
    Ok(notes)
}

/// Returns the name of the part that the package's relations call the document.
fn main_part(package: &mut Package<'_>) -> Result<String, ExtractError> {
    let usual = "word/document.xml".to_owned();
    let Ok(Some(relations)) = package.text("_rels/.rels") else { return Ok(usual) };
    let mut events = Events::new(&relations);
    while let Ok(Some(event)) = events.next() {
        if let Event::Start(tag) = event
            && tag.name() == "Relationship"
            && tag.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            && let Some(target) = tag.attribute("Target")
        {
            let target = target.trim_start_matches('/').to_owned();
            return Ok(if package.has(&target) { target } else { usual });
        }
    }
    Ok(usual)
}

/// Page headers and footers: no paragraphs, but the symbol of a document may stand only there.
fn running_heads(
    package: &mut Package<'_>,
    folder: &str,
    context: &mut Context,
    warnings: &mut Vec<String>,
) -> Result<Vec<Block>, ExtractError> {
    let mut names: Vec<String> = package
        .names()
        .filter(|name| {
            let file = name.strip_prefix(folder).unwrap_or(name).trim_start_matches('/');
            (file.starts_with("header") || file.starts_with("footer")) && file.ends_with(".xml") && !file.contains('/')
        })
        .collect();
    names.sort();
    let mut blocks: Vec<Block> = Vec::new();
    for name in names {
        let xml = package.spare_text(&name, warnings)?;
        for block in tolerate(Body::read_aside(&xml, context), warnings)? {
            let text = block.text.trim();
            let seen = blocks.iter().any(|block| block.text == text);
            if !text.is_empty() && !seen && !text.chars().all(|c| c.is_ascii_digit()) {
                blocks.push(Block::new(BlockKind::Furniture(LeftOutReason::RunningHead), text));
            }
        }
    }
    Ok(blocks)
}

fn properties(package: &mut Package<'_>) -> Result<Properties, ExtractError> {
    let mut properties = Properties::default();
    let Some(xml) = package.text("docProps/core.xml")? else { return Ok(properties) };
    let mut events = Events::new(&xml);
    let mut element = String::new();
    while let Some(event) = events.next()? {
        match event {
            Event::Start(tag) => element = tag.name().to_owned(),
            Event::End(_) => element.clear(),
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(text) => {
                let text = text.trim().to_owned();
                let slot = match element.as_str() {
                    "title" => &mut properties.title,
                    "creator" => &mut properties.author,
                    "subject" => &mut properties.subject,
                    "created" => &mut properties.created,
                    "language" => &mut properties.language,
                    _ => continue,
                };
                match slot {
                    Some(known) => known.push_str(&text),
                    None => *slot = Some(text),
                }
            }
        }
    }
    properties.created = properties.created.and_then(|date| date.get(..10).map(str::to_owned));
    Ok(properties)
}
