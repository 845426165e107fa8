//! `pincite show TARGET`

use super::args::{OutputArgs, OutputFormat, ShowArgs};
use super::failure::{Exit, Failure};
use super::resolve::{self, Catalogue, Found};
use super::{Console, Surroundings, first_run};
use crate::annotator::dates;
use crate::citation;
use crate::citation::article_of_heading;
use crate::citation::style::CitationStyle;
use crate::document::{Label, Language};
use crate::index::open::Reader;
use crate::printer::json::{HitRecord, print_pretty};
use crate::printer::text::{self, TextOptions};
use crate::printer::{self, csv, json};
use crate::query::target::{Place, Target, with_sub_items};
use crate::search::{self, DocumentSummary, StoredUnit};

pub fn run(args: &ShowArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let (_, chosen) = choose(&args.target.join(" "), &args.output, around, console)?;
    if chosen.whole && args.output.format == OutputFormat::Text {
        let options = text_options(&args.output, around);
        for units in chosen.units.chunk_by(|a, b| a.document == b.document) {
            text::print_document(console.out, units, &options)?;
        }
        return Ok(Exit::Done);
    }
    print(&chosen.units, &args.output, around, console)?;
    Ok(Exit::Done)
}

/// What a target names.
#[derive(Debug)]
pub struct Chosen {
    /// In the order of the documents.
    pub units: Vec<StoredUnit>,
    /// Whether whole documents were asked for.
    pub whole: bool,
}

/// Opens the index and finds the units that a target names.
///
/// # Errors
/// A target that cannot be read, that fits several documents or none, or a place that the document does not have.
pub fn choose(
    words: &str,
    output: &OutputArgs,
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<(Reader, Chosen), Failure> {
    let words = resolve::without_address(words);
    let target = Target::parse(words).map_err(|error| Failure::bad_request(error.to_string()));
    let reader = first_run::open_or_build(output, around, console)?;
    if search::is_empty(&reader)? {
        return Err(first_run::no_documents(&reader));
    }
    let catalogue = Catalogue::new(&reader)?;
    if let units @ [_, ..] = cited(&reader, &catalogue, words)?.as_slice() {
        return Ok((reader, Chosen { units: units.to_vec(), whole: false }));
    }
    if let Some(chosen) = provisions(&reader, &several_articles(words), console)? {
        return Ok((reader, chosen));
    }
    let target = target?;
    if target.places.is_empty() && catalogue.find_whole(words)?.is_none() {
        let units = labelled(&reader, &catalogue, words)?;
        if !units.is_empty() {
            return Ok((reader, Chosen { units, whole: false }));
        }
    }
    // "CRC 7" is its seventh article, where one of the documents is the treaty.
    let article: Vec<String> = citation::parse_key(words).filter(|key| key.contains('/')).into_iter().collect();
    if target.places.is_empty()
        && let Some(chosen) = provisions(&reader, &article, console)?
    {
        return Ok((reader, chosen));
    }
    // Nor is it paragraph 7 of a report whose symbol begins with CRC.
    let bare = Target::parse_bare(words);
    let named = bare.as_ref().map_or(target.document.as_str(), |bare| bare.document.as_str());
    if let [key] = article.as_slice()
        && is_treaty(named)
        && catalogue.find_whole(named)?.is_none()
    {
        return match provisions(&reader, &article, console)? {
            Some(chosen) => Ok((reader, chosen)),
            None => Err(Failure::no_hits(format!(
                "the text of {key} is not in this index (`pincite cites {key}` lists what cites it)"
            ))),
        };
    }
    let (target, versions) = match find(&catalogue, words, target) {
        Ok(found) => found,
        // "CRC art. 7": the treaty's own text, whatever its file and title are called.
        Err(failure) => {
            let chosen = provisions(&reader, &article, console)?.ok_or(failure)?;
            return Ok((reader, chosen));
        }
    };
    let mut all = Vec::new();
    for entry in &versions {
        all.push(search::units(&reader, &entry.id)?);
    }
    let target = if target.bare { target.read_in(&all.concat()) } else { target };
    let units: Vec<StoredUnit> = all.iter().flat_map(|units| target.select(units)).cloned().collect();
    if units.is_empty() {
        return Err(Failure::no_hits(nothing_there(words, &target, &versions, &all)));
    }
    let all: Vec<StoredUnit> = all.into_iter().flatten().collect();
    let missing: Vec<String> = target.missing(&all).iter().map(ToString::to_string).collect();
    if !missing.is_empty() {
        console.note(&format!("nothing at {}", missing.join(", ")));
    }
    let whole = target.places.is_empty() && target.article.is_none() && target.section.is_none();
    if let Some(rest) = left_over(words, &versions).filter(|_| whole) {
        console.note(&format!("\"{rest}\" was not understood: the whole document is shown"));
    }
    Ok((reader, Chosen { units, whole }))
}

/// Returns the units whose citation the words are, in any style, with their sub-items: a citation that was copied leads
/// back to its paragraph, also where nothing is numbered ("..., section "Introduction", second paragraph").
fn cited(reader: &Reader, catalogue: &Catalogue<'_>, words: &str) -> Result<Vec<StoredUnit>, Failure> {
    let wanted = resolve::fold(words);
    let wanted = wanted.trim_end_matches('.');
    let documents = catalogue.candidates(words)?;
    let named = documents.iter().filter(|entry| {
        // The whole name is a request for the document.
        resolve::names(entry).any(|name| wanted.len() > name.len() && wanted.contains(&name))
    });
    let mut found = Vec::new();
    for entry in named {
        let is_wanted = |unit: &StoredUnit| {
            let mut citations = CitationStyle::ALL.iter().map(|style| resolve::fold(&printer::citation(unit, *style)));
            citations.any(|citation| citation.trim_end_matches('.') == wanted)
        };
        let units = search::units(reader, &entry.id)?;
        for (at, _) in units.iter().enumerate().filter(|(_, unit)| is_wanted(unit)) {
            found.extend(with_sub_items(&units, at).into_iter().cloned());
        }
    }
    Ok(found)
}

/// Returns the keys of the articles that the words name, where they are several of one treaty: "ICCPR arts. 6-7",
/// "ст. 9 и 14 МПГПП".
fn several_articles(words: &str) -> Vec<String> {
    let keys: Vec<String> = citation::read_query(words).into_iter().flat_map(|reference| reference.keys).collect();
    let treaty = |key: &str| key.split_once('/').map(|(treaty, _)| treaty.to_owned());
    let one = keys.first().and_then(|key| treaty(key));
    let are_of_one = keys.len() > 1 && one.is_some() && keys.iter().all(|key| treaty(key) == one);
    if are_of_one { keys } else { Vec::new() }
}

/// Whether a name is one of a treaty and of nothing else.
fn is_treaty(name: &str) -> bool {
    citation::parse_key(name).is_some_and(|key| !key.contains(['/', ':']))
}

/// Returns the text of the articles with these keys, `None` where none of it is there. Those that are missing among others
/// are named.
fn provisions(reader: &Reader, keys: &[String], console: &mut Console<'_>) -> Result<Option<Chosen>, Failure> {
    let (mut units, mut missing) = (Vec::new(), Vec::new());
    for key in keys {
        match search::provisions(reader, key)? {
            found if found.is_empty() => missing.push(key.as_str()),
            found => units.extend(found),
        }
    }
    if units.is_empty() {
        return Ok(None);
    }
    if !missing.is_empty() {
        console.note(&format!("nothing at {}", missing.join(", ")));
    }
    Ok(Some(Chosen { units, whole: false }))
}

/// Words of the longest label that is looked for at the end of a target.
const LONGEST_LABEL: usize = 5;

/// Returns the units of a document whose label is no number, and named by it: "... para. IV", "... Preamble".
fn labelled(reader: &Reader, catalogue: &Catalogue<'_>, words: &str) -> Result<Vec<StoredUnit>, Failure> {
    const ANNOUNCEMENTS: [&str; 6] = ["paragraph", "para", "par", "¶", "пункт", "п"];
    let last_words = words.match_indices(char::is_whitespace).map(|(at, _)| words.split_at(at)).rev();
    let mut found = Vec::new();
    for (name, label) in last_words.take(LONGEST_LABEL) {
        let folded = |text: &str| resolve::fold(text.trim_matches([',', ';', '.', ' ']));
        let (name, label) = (name.trim_end_matches([',', ' ']), folded(label));
        let last = name.rsplit(char::is_whitespace).next().unwrap_or_default();
        let announced = ANNOUNCEMENTS.contains(&folded(last).as_str());
        let name = if announced { name[..name.len() - last.len()].trim_end_matches([',', ' ']) } else { name };
        if Label::parse(&label).is_some() || label.is_empty() {
            continue;
        }
        let Some(Found::One(versions)) = catalogue.find_whole(name)? else { continue };
        for entry in &versions {
            let printed =
                |unit: &StoredUnit| unit.label.as_ref().is_some_and(|own| resolve::fold(&own.to_string()) == label);
            found.extend(search::units(reader, &entry.id)?.into_iter().filter(printed));
        }
        break;
    }
    Ok(found)
}

/// Returns the target as it is to be understood, and the document meant: several where it is held in several languages
/// under one symbol and the target does not tell which.
fn find(catalogue: &Catalogue<'_>, words: &str, target: Target) -> Result<(Target, Vec<DocumentSummary>), Failure> {
    let whole = catalogue.find_whole(&target.document)?;
    // The year at the end of a pasted citation is no paragraph.
    let dated = dates::find(words).last().is_some_and(|date| words.trim_end().len() <= date.end + 1);
    let bare = whole.is_none() && target.places.is_empty() && !dated;
    let bare = bare.then(|| Target::parse_bare(words)).flatten();
    if let Some(bare) = bare
        && let Found::One(versions) = catalogue.find(&bare.document)?
    {
        return Ok((bare, versions));
    }
    if let (None, Some(split)) = (&whole, target.with_section())
        && let Found::One(versions) = catalogue.find(&split.document)?
    {
        return Ok((split, versions));
    }
    let found = whole.map_or_else(|| catalogue.find(&target.document), Ok)?;
    let (target, found) = match (target.with_article(), &found) {
        (Some(split), Found::Nothing { .. }) => {
            let found = catalogue.find(&split.document)?;
            (split, found)
        }
        _ => (target, found),
    };
    let mut versions = resolve::expect_document(found, &target.document)?;
    let russian =
        |entry: &DocumentSummary| entry.languages.first().is_some_and(|(language, _)| *language == Language::RUSSIAN);
    if target.russian && versions.iter().any(russian) {
        versions.retain(russian);
    }
    Ok((target, versions))
}

fn print(
    chosen: &[StoredUnit],
    output: &OutputArgs,
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let style = output.cite_style.into();
    let chosen: Vec<&StoredUnit> = chosen.iter().collect();
    match output.format {
        OutputFormat::Jsonl => json::print_unit_lines(console.out, &chosen, style)?,
        OutputFormat::Csv => csv::print_units(console.out, &chosen, style)?,
        OutputFormat::Json => {
            let records: Vec<HitRecord<'_>> =
                chosen.iter().zip(1..).map(|(unit, rank)| HitRecord::of_unit(unit, rank, style)).collect();
            print_pretty(console.out, &records)?;
        }
        OutputFormat::Text => {
            text::print_units(console.out, &chosen, &text_options(output, around))?;
        }
    }
    Ok(())
}

fn text_options(output: &OutputArgs, around: &Surroundings<'_>) -> TextOptions {
    TextOptions {
        width: around.columns,
        palette: around.palette(output.color),
        style: output.cite_style.into(),
        language: None,
        whole: true,
    }
}

/// Returns the words that follow the symbol of a document in a target, dates and what stands in brackets aside.
fn left_over(words: &str, versions: &[DocumentSummary]) -> Option<String> {
    let symbol = resolve::fold(versions.first()?.metadata.symbol.as_deref()?);
    let words = resolve::fold(words);
    let rest = words.split_once(&symbol)?.1;
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let says = rest.contains(char::is_alphabetic) && dates::find(rest).is_empty() && !rest.starts_with('(');
    says.then(|| rest.to_owned())
}

fn nothing_there(words: &str, target: &Target, versions: &[DocumentSummary], units: &[Vec<StoredUnit>]) -> String {
    let name = versions.first().map_or("the document", |entry| entry.metadata.symbol.as_deref().unwrap_or(&entry.id));
    let articles =
        units.iter().flatten().flat_map(|unit| &unit.section).filter_map(|heading| article_of_heading(heading));
    let articles = articles.filter_map(|article| article.parse::<u32>().ok());
    let is_article = |place: &Place| matches!(place, Place::Article(..) | Place::Articles(..));
    if (target.article.is_some() || target.places.iter().any(is_article))
        && let Some((first, last)) = articles.clone().min().zip(articles.max())
    {
        return format!("nothing at \"{words}\" (the articles of {name} run from {first} to {last})");
    }
    if target.section.is_some() {
        return format!("nothing at \"{words}\" (pincite outline {name} lists its headings)");
    }
    if target.places.iter().any(|place| matches!(place, Place::Pages(..))) {
        return match units.iter().flatten().map(|unit| unit.page).max() {
            Some(last @ 1..) => format!("nothing at \"{words}\" (the text of {name} ends on page {last})"),
            _ => format!("nothing at \"{words}\" (no pages are known of {name}; show a paragraph)"),
        };
    }
    let labels =
        || units.iter().flatten().filter_map(|unit| unit.label.as_ref()).filter(|label| label.items.is_empty());
    match (labels().min(), labels().max()) {
        (Some(first), Some(last)) => {
            format!("nothing at \"{words}\" (the paragraphs of {name} run from {} to {})", number(first), number(last))
        }
        _ => format!(
            "nothing at \"{words}\" ({name} numbers no paragraphs; show it whole, or \"#3\" for its third unit)"
        ),
    }
}

fn number(label: &Label) -> &str {
    &label.number
}
