//! References to law, read in documents and in queries alike, and citations written.
//!
//! ```text
//! text -> token -> find (pins and mentions of one text) -> resolve (with the context of the document) -> references
//! ```
//!
//! The registry of instruments is data (`instruments.toml` and the tables beside it). Invariant: reading never fails;
//! what cannot be bound is a reference of kind `Unbound` that says why.

mod article;
#[cfg(test)]
mod cases;
mod context;
mod countries;
#[cfg(test)]
mod documents;
mod find;
mod key;
mod names;
mod namings;
mod own;
mod own_law;
mod query;
pub mod registry;
mod resolve;
mod stem;
pub mod style;
mod token;

use std::collections::HashSet;

use crate::document::{Document, Reference};
pub use article::{article_at_start, article_of_heading, article_value, is_same_article};
use context::Context;
use find::{Found, Mode, Target, find};
pub use key::{name_of, prefixes, russian_name_of};
pub use query::{QueryReference, parse_key, read_query, says_place};
use resolve::{Resolved, resolve};
use token::Text;

/// Reads a document: the references in the order of its text, each heading before what stands under it, and which units
/// are articles of a treaty, where it is the text of one.
pub fn annotate(document: &mut Document) {
    document.provisions = own::provisions(document);
    document.references = read(document);
}

fn read(document: &Document) -> Vec<Reference> {
    let mut context = Context::of(document);
    let units = units(document);
    let texts: Vec<(Text<'_>, Vec<Found>)> = units
        .iter()
        .map(|unit| {
            let text = Text::new(unit.text);
            let found = find(&text, Mode::Document);
            (text, found)
        })
        .collect();
    note_first_namings(&mut context, texts.iter().flat_map(|(_, found)| found));
    // The first reading learns which articles the document cites with their instrument; the second binds by it.
    let countries = countries::of_sections(&document.sections);
    let country_of = |unit: &Unit<'_>| unit.under.and_then(|section| countries.get(section).copied().flatten());
    let treaties = own::texts(document);
    let begin = |context: &mut Context, unit: &Unit<'_>| {
        context.begin_unit(country_of(unit));
        if let Some(row) = treaties.get(&unit.ordinal) {
            context.be_text_of(*row);
        }
    };
    for (unit, (text, found)) in units.iter().zip(&texts) {
        begin(&mut context, unit);
        resolve(text, found, &mut context);
    }
    context.forget_what_was_last();
    let own = OwnName::of(document);
    let own_headings = own::headings(document);
    let mut references = Vec::new();
    for (unit, (text, found)) in units.iter().zip(&texts) {
        begin(&mut context, unit);
        let read = in_scalars(unit.text, resolve(text, found, &mut context));
        // "Article 19" over the article itself cites nothing.
        let is_own = unit.section.is_some_and(|section| own_headings.contains(&section));
        let read = read.into_iter().filter(|reference| !own.is(reference) && !is_own);
        references.extend(read.map(|read| Reference { ordinal: unit.ordinal, section: unit.section, ..read }));
    }
    references
}

/// What a document is called: its symbol stands at the head of every page, and is no reference where a page break left it
/// in the text.
struct OwnName {
    symbol: Option<String>,
    /// The file's name, as files are named by symbols: "CCPR-C-117-D-2096-2011".
    file: String,
}

impl OwnName {
    fn of(document: &Document) -> OwnName {
        let file = document.id.rsplit('/').next().unwrap_or_default();
        OwnName { symbol: document.metadata.symbol.as_deref().map(hyphened), file: hyphened(file) }
    }

    fn is(&self, reference: &Reference) -> bool {
        if !reference.quote.contains('/') {
            return false;
        }
        let symbol = hyphened(&reference.quote);
        let ends_file = |rest: &str| rest.is_empty() || rest.ends_with('-');
        self.symbol.as_ref() == Some(&symbol) || self.file.strip_suffix(symbol.as_str()).is_some_and(ends_file)
    }
}

/// Returns a name in capitals, hyphens for whatever is neither letter nor digit.
fn hyphened(name: &str) -> String {
    name.chars().map(|letter| if letter.is_alphanumeric() { letter.to_ascii_uppercase() } else { '-' }).collect()
}

/// Returns the references of one text that has no document around it.
pub fn read_text(text: &str) -> Vec<Reference> {
    let tokens = Text::new(text);
    let found = find(&tokens, Mode::Document);
    let mut context = Context { alone: true, ..Context::default() };
    note_first_namings(&mut context, found.iter());
    in_scalars(text, resolve(&tokens, &found, &mut context))
}

/// A paragraph or a heading to be read.
struct Unit<'a> {
    ordinal: u32,
    section: Option<usize>,
    /// The heading above, or the heading itself.
    under: Option<usize>,
    text: &'a str,
}

fn units(document: &Document) -> Vec<Unit<'_>> {
    let mut units = Vec::with_capacity(document.paragraphs.len() + document.sections.len());
    let mut seen = HashSet::new();
    for paragraph in &document.paragraphs {
        let mut path = Vec::new();
        let mut next = paragraph.section;
        while let Some(index) = next
            && let Some(section) = document.sections.get(index)
            && seen.insert(index)
        {
            path.push(Unit { ordinal: 0, section: Some(index), under: Some(index), text: &section.heading });
            next = section.parent;
        }
        units.extend(path.into_iter().rev());
        units.push(Unit { ordinal: paragraph.ordinal, section: None, under: paragraph.section, text: &paragraph.text });
    }
    let empty = document.sections.iter().enumerate().filter(|(index, _)| !seen.contains(index));
    units.extend(empty.map(|(index, section)| Unit {
        ordinal: 0,
        section: Some(index),
        under: Some(index),
        text: &section.heading,
    }));
    units
}

/// Notes the first full naming of each class and of a series of goals, for short forms that stand before it, and what
/// tells that the text is on the case-law of Strasbourg.
fn note_first_namings<'f>(context: &mut Context, found: impl Iterator<Item = &'f Found>) {
    for entry in found {
        match entry {
            Found::Mention(find::Mention { target: Target::Instrument(row), .. }) => {
                if let Some(instrument) = registry::Registry::get().row(*row) {
                    context.namings.note_anywhere(find::classes::class_of(instrument.en), Some(*row));
                }
            }
            Found::Mention(find::Mention { target: Target::Unknown(Some(class)), .. }) => {
                context.namings.note_anywhere(*class, None);
            }
            Found::Mention(find::Mention { target: Target::Goal { series: Some(series), .. }, .. }) => {
                context.goals.get_or_insert(*series);
            }
            Found::Mention(find::Mention { target: Target::Body("ECTHR"), .. }) => context.strasbourg = true,
            Found::Pins(pins) => context.strasbourg |= pins.signed,
            _ => {}
        }
    }
}

/// Puts the places of references in Unicode scalar values, counting the text once.
fn in_scalars(text: &str, resolved: Vec<Resolved>) -> Vec<Reference> {
    let mut references = Vec::with_capacity(resolved.len());
    let mut counted = (0, 0);
    for Resolved { start, end, reference } in resolved {
        let from = if start < counted.0 { (0, 0) } else { counted };
        let before = from.1 + text.get(from.0..start).map_or(0, |before| before.chars().count());
        let inside = text.get(start..end).map_or(0, |inside| inside.chars().count());
        counted = (start, before);
        references.push(Reference { start: before as u32, end: (before + inside) as u32, ..reference });
    }
    references
}
