//! ODT (OpenDocument text) to blocks: lists with their numbers as printed, notes after the paragraph that cites them.
//!
//! Invariant: only text of the document body becomes paragraphs; tracked deletions and comments never do.

mod body;
mod style;

use self::body::Body;
use self::style::Styles;
use super::ExtractError;
use super::xml::{Event, Events};
use super::zip::{Package, tolerate};
use crate::document::{Extracted, Properties};

/// Returns the blocks of an OpenDocument text.
///
/// # Errors
/// `Encrypted`, `Damaged` where the package or its XML cannot be read, `TooLarge` for bombs, `Empty` where it has no text.
pub fn extract(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let mut package = Package::open(bytes)?;
    let mut warnings = Vec::new();
    if package.spare_text("META-INF/manifest.xml", &mut warnings)?.contains("encryption-data") {
        return Err(ExtractError::Encrypted);
    }
    let content =
        package.text("content.xml")?.ok_or_else(|| ExtractError::Damaged("it holds no content part".to_owned()))?;
    let mut styles = Styles::default();
    let common = package.spare_text("styles.xml", &mut warnings)?;
    let sound = tolerate(styles.read(&common).map(|()| true), &mut warnings)?;
    styles.read(&content)?;
    let mut blocks = if sound { Body::read_running_heads(&common, &styles)? } else { Vec::new() };
    let heads = blocks.len();
    blocks.extend(Body::read(&content, &styles)?);
    if blocks.len() == heads {
        return Err(ExtractError::Empty);
    }
    let properties = tolerate(properties(&mut package), &mut warnings)?;
    Ok(Extracted { blocks, properties, warnings, ..Extracted::default() })
}

fn properties(package: &mut Package<'_>) -> Result<Properties, ExtractError> {
    let mut properties = Properties::default();
    let Some(xml) = package.text("meta.xml")? else { return Ok(properties) };
    let mut events = Events::new(&xml);
    let mut element = String::new();
    while let Some(event) = events.next()? {
        match event {
            Event::Start(tag) => element = tag.name().to_owned(),
            Event::End(_) => element.clear(),
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(text) => {
                let text = text.trim().to_owned();
                match element.as_str() {
                    "title" => properties.title = Some(text),
                    "initial-creator" => properties.author = Some(text),
                    "creator" if properties.author.is_none() => properties.author = Some(text),
                    "subject" => properties.subject = Some(text),
                    "creation-date" => properties.created = text.get(..10).map(str::to_owned),
                    "language" => properties.language = Some(text),
                    _ => {}
                }
            }
        }
    }
    Ok(properties)
}
