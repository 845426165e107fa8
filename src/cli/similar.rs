//! `pincite similar TARGET`

use super::args::{OutputFormat, SimilarArgs};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, search as search_command, show};
use crate::search::{self, Request};

pub fn run(args: &SimilarArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let words = args.target.join(" ");
    let filters = search_command::filters(&args.filters)?;
    let (reader, chosen) = show::choose(&words, &args.output, around, console)?;
    search_command::check_languages(&reader, &filters)?;
    let request = Request {
        text: words.clone(),
        filters,
        limit: args.page.limit,
        offset: args.page.offset,
        cross: !args.no_cross,
        explain: args.explain,
        ..Request::default()
    };
    let mut answer = search::similar(&reader, &chosen.units, &request)?;
    for note in std::mem::take(&mut answer.notes) {
        console.note(&note);
    }
    if !answer.hits.is_empty() || args.output.format != OutputFormat::Text {
        search_command::print(&args.output, &request, &answer, around, console)?;
    }
    if answer.hits.is_empty() {
        return Err(Failure::no_hits(format!("no other paragraph is like {} (try without filters)", words.trim())));
    }
    let next = args.page.offset + answer.hits.len();
    if around.hints() {
        search_command::say_what_follows(args.output.format, next, answer.total, answer.total_is_lower_bound, console);
    }
    Ok(Exit::Done)
}
