//! `pincite documents`

use super::args::{ListArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, first_run, resolve, search as search_command};
use crate::analyzer::fold_for_comparison;
use crate::printer::json::{DocumentRecord, print_line, print_pretty};
use crate::printer::{csv, tables};
use crate::search::{self, Filters};

pub fn run(args: &ListArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let reader = first_run::open_or_build(&args.output, around, console)?;
    let filters = search_command::filters(&args.filters)?;
    search_command::check_languages(&reader, &filters)?;
    let mut entries = search::documents(&reader, &filters)?;
    let wanted = fold_for_comparison(&args.named.join(" "));
    // A list holds all that fit: here a whole title does not win over a part of others.
    entries.retain(|entry| resolve::names(entry).any(|name| fold_for_comparison(&name).contains(&wanted)));
    let mut records = entries.iter().map(DocumentRecord::from);
    match args.output.format {
        OutputFormat::Text => {
            tables::print_documents(console.out, &entries, around.columns, &around.palette(args.output.color))?;
        }
        OutputFormat::Json => print_pretty(console.out, &records.collect::<Vec<_>>())?,
        OutputFormat::Jsonl => records.try_for_each(|record| print_line(console.out, &record))?,
        OutputFormat::Csv => csv::print_documents(console.out, &entries)?,
    }
    if entries.is_empty() {
        let none = search::is_empty(&reader)?;
        let unknown = search_command::unknown_names(&reader, &filters, &Filters::default())?;
        return Err(match unknown.is_empty() {
            _ if none => first_run::no_documents(&reader),
            true => Failure::no_hits("no document passes the filters (pincite documents lists all)"),
            false => Failure::no_hits(unknown.join("; ")),
        });
    }
    Ok(Exit::Done)
}
