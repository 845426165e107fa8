//! `pincite [search] QUERY...`

use std::mem::ManuallyDrop;

use super::args::{FilterArgs, OutputArgs, OutputFormat, SearchArgs, kind_names};
use super::failure::{Exit, Failure};
use super::unknown::absent;
use super::{Console, Surroundings, cites, first_run, resolve};
use crate::annotator::countries;
use crate::document::Language;
use crate::index::open::Reader;
use crate::printer::text::{self, TextOptions};
use crate::printer::{csv, json, sanitize};
use crate::query::parse::parse;
use crate::search::{self, Answer, Filters, Request};

pub fn run(args: &SearchArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let request = request(args)?;
    // The process ends with the search: to take back every mapped file first costs some 0.3 ms.
    let reader = ManuallyDrop::new(first_run::open_or_build(&args.output, around, console)?);
    check_languages(&reader, &request.filters)?;
    let answer = search::search(&reader, &request)?;
    for note in &answer.notes {
        console.note(note);
    }
    if let Some(option) = args.query.iter().find(|word| is_short_option(word)) {
        let letter = option.trim_start_matches('-');
        console.note(&format!(
            "\"{option}\" leaves out paragraphs with the word \"{letter}\"; options are written out: --limit 5 (see pincite \
             search --help)"
        ));
    }
    if request.context > 0 && matches!(args.output.format, OutputFormat::Jsonl | OutputFormat::Csv) {
        console.note("--context is for text and json only: here every line is a hit");
    }
    if request.facets && matches!(args.output.format, OutputFormat::Jsonl | OutputFormat::Csv) {
        console.note("--facets is for text and json only: here every line is a hit");
    }
    print(&args.output, &request, &answer, around, console)?;
    if !answer.hits.is_empty() {
        let corrected = answer.notes.iter().any(|note| note.starts_with("showing results for "));
        if let Some(hint) = meant_command(args).filter(|_| corrected || answer.total < FEW) {
            console.note(&hint);
        }
        let next = args.page.offset + answer.hits.len();
        if around.hints() {
            say_what_follows(args.output.format, next, answer.total, answer.total_is_lower_bound, console);
        }
        return Ok(Exit::Done);
    }
    Err(why_nothing(args, &request, &answer, &reader)?)
}

/// Whether a word looks like an option of other programs: "-n".
fn is_short_option(word: &str) -> bool {
    matches!(word.as_bytes(), [b'-', letter] if letter.is_ascii_alphabetic())
}

/// Below so many paragraphs a first word that is nearly a command's name may have been meant for it; and where it was
/// corrected, because no text holds it.
const FEW: usize = 10;

/// Says how to give the command that the first word is a slip of.
fn meant_command(args: &SearchArgs) -> Option<String> {
    let (command, first) = (args.slip.as_ref()?, args.query.first()?);
    Some(format!("\"{}\" was searched for; if the command was meant: pincite {command} …", shortened(first)))
}

fn request(args: &SearchArgs) -> Result<Request, Failure> {
    let text = args.query.join(" ");
    if text.trim().is_empty() && args.filters.is_empty() {
        return Err(Failure::bad_request(
            "nothing to search for (write a few words: pincite birth registration; see pincite --help)",
        ));
    }
    Ok(Request {
        text,
        filters: filters(&args.filters)?,
        limit: args.page.limit,
        offset: args.page.offset,
        exact: args.exact,
        cross: !args.no_cross,
        explain: args.explain,
        facets: args.facets,
        context: args.context,
    })
}

/// Returns the filters of the command line as the library takes them.
///
/// # Errors
/// A `--cites` that names no law.
pub fn filters(args: &FilterArgs) -> Result<Filters, Failure> {
    let cites = args.cites.iter().map(|key| cites::canonical_key("--cites", key)).collect::<Result<_, _>>()?;
    Ok(Filters {
        documents: args.doc.clone(),
        sections: args.section.clone(),
        languages: args.lang.clone(),
        cites,
        countries: args.country.clone(),
        bodies: args.body.clone(),
        years: args.year.clone(),
        kinds: args.kind.clone(),
        ..Filters::default()
    })
}

/// Refuses a code that is no language's: nothing could ever pass, and it is a slip of the finger.
pub fn check_languages(reader: &Reader, filters: &Filters) -> Result<(), Failure> {
    let Some(unknown) =
        filters.languages.iter().find(|language| !language.is_known() && **language != Language::UNKNOWN)
    else {
        return Ok(());
    };
    let held = held_languages(reader)?;
    Err(Failure::bad_request(format!("no language has the code \"{unknown}\" (the index holds {held})")))
}

fn held_languages(reader: &Reader) -> Result<String, Failure> {
    let held: Vec<String> = search::languages(reader)?.iter().map(Language::to_string).collect();
    Ok(if held.is_empty() { "no paragraph".to_owned() } else { held.join(", ") })
}

/// Prints an answer in the form that was asked for.
pub fn print(
    output: &OutputArgs,
    request: &Request,
    answer: &Answer,
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let style = output.cite_style.into();
    match output.format {
        OutputFormat::Json => json::print_answer(console.out, answer, &request.text, style)?,
        OutputFormat::Jsonl => json::print_hit_lines(console.out, &answer.hits, style)?,
        OutputFormat::Csv => csv::print_hits(console.out, &answer.hits, style)?,
        OutputFormat::Text => {
            let options = TextOptions {
                width: around.columns,
                palette: around.palette(output.color),
                style,
                language: language_of(&request.text),
                whole: false,
            };
            if let Some(explanation) = &answer.explanation {
                text::print_explanation(console.out, explanation, &options)?;
            }
            if !answer.hits.is_empty() {
                text::print_answer(console.out, answer, &request.text, &options)?;
            }
        }
    }
    Ok(console.out.flush()?)
}

/// Returns the language that a query is written in, told by its script; `None` where it has no letters.
fn language_of(query: &str) -> Option<Language> {
    let cyrillic = query.chars().filter(|c| ('\u{400}'..='\u{52f}').contains(c)).count();
    let latin = query.chars().filter(char::is_ascii_alphabetic).count();
    match cyrillic.cmp(&latin) {
        std::cmp::Ordering::Greater => Some(Language::RUSSIAN),
        _ if latin > 0 => Some(Language::ENGLISH),
        _ => None,
    }
}

/// Says how to see more, where there is more after the first `next` of a list. `is_least`: the total may be higher.
pub fn say_what_follows(format: OutputFormat, next: usize, total: usize, is_least: bool, console: &mut Console<'_>) {
    if next < total && format == OutputFormat::Text {
        let least = if is_least { "at least " } else { "" };
        let more = total - next;
        console.note(&format!("{least}{more} more: add --offset {next}, or --limit N for a longer list"));
    }
}

/// Returns why a search has found nothing, and what to do.
fn why_nothing(args: &SearchArgs, request: &Request, answer: &Answer, reader: &Reader) -> Result<Failure, Failure> {
    let message = if answer.total > 0 {
        format!("no more than {} paragraphs match (lower --offset)", answer.total)
    } else if search::is_empty(reader)? {
        return Ok(first_run::no_documents(reader));
    } else {
        let parsed = parse(&request.text);
        let unknown = unknown_names(reader, &request.filters, &parsed.filters)?;
        if !unknown.is_empty() {
            return Ok(Failure::no_hits(unknown.join("; ")));
        }
        if let Some(hint) = meant_command(args) {
            return Ok(Failure::no_hits(format!("no paragraph matches “{}” ({hint})", shortened(&request.text))));
        }
        let mut remedies = Vec::new();
        remedies.extend((!args.filters.is_empty()).then_some("without the filters"));
        remedies.extend(parsed.has_phrases().then_some("without the quotation marks"));
        remedies.extend(request.exact.then_some("without --exact"));
        remedies.extend((!request.cross).then_some("without --no-cross"));
        remedies.extend(remedies.is_empty().then_some("with fewer or other words"));
        let remedies = remedies.join(" or ");
        // Filters may stand in the query too, so the request is named whole.
        match request.text.trim() {
            "" => format!("no paragraph passes the filters (try {remedies})"),
            text => format!("no paragraph matches “{}” (try {remedies})", shortened(text)),
        }
    };
    Ok(Failure::no_hits(message))
}

/// Says of each value of the filters that names nothing, in the options or in the query, what may have been meant.
pub fn unknown_names(reader: &Reader, options: &Filters, query: &Filters) -> Result<Vec<String>, Failure> {
    let mut unknown = Vec::new();
    let wanted: Vec<Language> = options.languages.iter().chain(&query.languages).copied().collect();
    if !wanted.is_empty() && search::languages(reader)?.is_disjoint(&wanted.iter().copied().collect()) {
        let wanted: Vec<String> = wanted.iter().map(Language::to_string).collect();
        unknown.push(format!(
            "no paragraph is in {} (the index holds {})",
            wanted.join(" or "),
            held_languages(reader)?
        ));
    }
    for name in options.countries.iter().chain(&query.countries).filter(|name| countries::by_name(name).is_none()) {
        let names = countries::all().iter().flat_map(|country| country.english_names().chain(country.russian_names()));
        unknown.push(format!("no country is called \"{}\"{}", shortened(name), perhaps(name, names)));
    }
    for kind in &query.kinds {
        let mut names = kind_names();
        if !names.any(|known| known.eq_ignore_ascii_case(kind.trim())) {
            unknown.push(format!("no kind is called \"{}\"{}", shortened(kind), perhaps(kind, kind_names())));
        }
    }
    if unknown.is_empty() {
        unknown = absent(reader, options)?;
        unknown.extend(absent(reader, query)?);
    }
    Ok(unknown)
}

fn perhaps<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    match resolve::nearest_name(name, known) {
        Some(near) => format!(" (perhaps {near}?)"),
        None => String::new(),
    }
}

pub(super) fn shortened(query: &str) -> String {
    crate::printer::layout::shorten_middle(&sanitize::text(query.trim()), 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_tells_the_language_of_a_query() {
        assert_eq!(language_of("birth registration"), Some(Language::ENGLISH));
        assert_eq!(language_of("регистрация рождений в Laos"), Some(Language::RUSSIAN));
        assert_eq!(language_of("1325 (2000)"), None);
    }
}
