//! `pincite documents`

use super::args::{ListArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, first_run, search as search_command};
use crate::printer::json::{DocumentRecord, print_line, print_pretty};
use crate::printer::{csv, tables};
use crate::search::{self, Filters};

pub fn run(args: &ListArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let filters = search_command::filters(&args.filters)?;
    let reader = first_run::open_or_build(&args.output, around, console)?;
    search_command::check_languages(&reader, &filters)?;
    let entries = search::documents(&reader, &filters)?;
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
            false => Failure::no_hits(format!("no document passes the filters: {}", unknown.join("; "))),
        });
    }
    Ok(Exit::Done)
}
