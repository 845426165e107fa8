//! `pincite eval QUERIES QRELS`

use std::fs;
use std::path::Path;

use serde::Serialize;

use super::args::{EvalArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, first_run};
use crate::eval::{self, Measures, NeedResult, RECALL_DEPTH, Ranked, Run};
use crate::printer::json::{print_line, print_pretty};
use crate::printer::{csv, sanitize};
use crate::search::{self, Request, SearchError};

/// The name of our runs in the form of TREC.
const TAG: &str = "pincite";

pub fn run(args: &EvalArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let needs = read(&args.queries, eval::read_needs)?;
    let judgements = read(&args.qrels, eval::read_judgements)?;
    let reader = first_run::open_or_build(&args.output, around, console)?;
    let search = |need: &eval::Need| -> Result<Vec<Ranked>, SearchError> {
        let request =
            Request { text: need.query.clone(), limit: RECALL_DEPTH, cross: !args.no_cross, ..Request::default() };
        Ok(search::search(&reader, &request)?.hits.iter().map(Ranked::from).collect())
    };
    let run = eval::run(&needs, &judgements, search)?;
    if run.results.is_empty() {
        let (queries, qrels) = (sanitize::path(&args.queries), sanitize::path(&args.qrels));
        return Err(Failure::no_hits(format!(
            "no query of {queries} is judged in {qrels} (compare their first columns)"
        )));
    }
    if let Some(file) = &args.run {
        fs::write(file, run.trec(TAG)).map_err(|error| of_file(file, &error, Exit::Io))?;
    }
    print(&run, args.output.format, console)?;
    Ok(Exit::Done)
}

/// Reads a file and what stands in it; the message names the file.
fn read<T>(file: &Path, parse: fn(&str) -> Result<T, eval::EvalError>) -> Result<T, Failure> {
    let text = fs::read_to_string(file).map_err(|error| of_file(file, &error, Exit::BadRequest))?;
    parse(&text).map_err(|error| Failure::bad_request(format!("{}: {error}", sanitize::path(file))))
}

fn of_file(file: &Path, error: &std::io::Error, exit: Exit) -> Failure {
    Failure::new(exit, format!("{}: {error}", sanitize::path(file)))
}

/// Figures under the names that the literature gives them.
#[derive(Serialize)]
struct Figures {
    needs: usize,
    #[serde(rename = "ndcg@10")]
    ndcg: f64,
    #[serde(rename = "mrr@10")]
    reciprocal_rank: f64,
    #[serde(rename = "recall@100")]
    recall: f64,
}

impl Figures {
    fn new(needs: usize, measures: Measures) -> Figures {
        let Measures { ndcg, reciprocal_rank, recall } = measures;
        Figures { needs, ndcg, reciprocal_rank, recall }
    }
}

#[derive(Serialize)]
struct Summary {
    all: Figures,
    groups: std::collections::BTreeMap<String, Figures>,
}

#[derive(Serialize)]
struct NeedLine<'a> {
    id: &'a str,
    query: &'a str,
    group: &'a str,
    #[serde(flatten)]
    figures: Figures,
}

impl<'a> From<&'a NeedResult> for NeedLine<'a> {
    fn from(result: &'a NeedResult) -> NeedLine<'a> {
        let need = &result.need;
        NeedLine { id: &need.id, query: &need.query, group: &need.group, figures: Figures::new(1, result.measures) }
    }
}

fn print(run: &Run, format: OutputFormat, console: &mut Console<'_>) -> Result<(), Failure> {
    match format {
        OutputFormat::Text => {
            for line in run.table().lines() {
                writeln!(console.out, "{}", sanitize::text(line))?;
            }
        }
        OutputFormat::Json => {
            let groups = run.groups().into_iter().filter(|(name, _)| !name.is_empty());
            let groups = groups.map(|(name, (needs, measures))| (name, Figures::new(needs, measures))).collect();
            print_pretty(console.out, &Summary { all: Figures::new(run.results.len(), run.overall()), groups })?;
        }
        OutputFormat::Jsonl => {
            run.results.iter().try_for_each(|result| print_line(console.out, &NeedLine::from(result)))?;
        }
        OutputFormat::Csv => csv::print_measures(console.out, &run.results)?,
    }
    Ok(())
}
