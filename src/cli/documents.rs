//! `pincite documents`

use super::args::{ListArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, first_run};
use crate::printer::json::{DocumentRecord, print_line, print_pretty};
use crate::printer::{csv, tables};
use crate::search::{self, Filters};

pub fn run(args: &ListArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let reader = first_run::open_or_build(&args.output, around, console)?;
    let entries = search::documents(&reader, &Filters::default())?;
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
        return Err(first_run::no_documents(&reader));
    }
    Ok(Exit::Done)
}
