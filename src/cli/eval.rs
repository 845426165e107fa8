//! `pincite eval QUERIES QRELS`

use std::fs;
use std::path::Path;

use serde::Serialize;

use super::args::{EvalArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, first_run};
use crate::eval::{self, Change, Judgements, Measures, Need, NeedResult, RECALL_DEPTH, Ranked, Run};
use crate::printer::json::{print_line, print_pretty};
use crate::printer::{csv, sanitize};
use crate::search::{self, Request, SearchError};

/// The name of our runs in the form of TREC.
const TAG: &str = "pincite";

pub fn run(args: &EvalArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let needs = read(&args.queries, eval::read_needs)?;
    let judgements = read(&args.qrels, eval::read_judgements)?;
    let run = match &args.score {
        Some(file) => of_rankings(&needs, &judgements, file)?,
        None => asked(args, &needs, &judgements, around, console)?,
    };
    if run.results.is_empty() {
        let (queries, qrels) = (sanitize::path(&args.queries), sanitize::path(&args.qrels));
        return Err(Failure::no_hits(format!(
            "no query of {queries} is judged in {qrels} (compare their first columns)"
        )));
    }
    if let Some(file) = &args.run {
        fs::write(file, run.trec(&judgements, TAG)).map_err(|error| of_file(file, &error, Exit::Io))?;
    }
    match &args.compare {
        Some(file) => print_comparison(&of_rankings(&needs, &judgements, file)?, &run, args.output.format, console)?,
        None => print(&run, args.output.format, console)?,
    }
    Ok(Exit::Done)
}

/// Asks the index for every need.
fn asked(
    args: &EvalArgs,
    needs: &[Need],
    judgements: &Judgements,
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<Run, Failure> {
    let reader = first_run::open_or_build(&args.output, around, console)?;
    let search = |need: &Need| -> Result<Vec<Ranked>, SearchError> {
        let request =
            Request { text: need.query.clone(), limit: RECALL_DEPTH, cross: !args.no_cross, ..Request::default() };
        let hits = match args.plain {
            true => search::plain_hits(&reader, &request)?,
            false => search::search(&reader, &request)?.hits,
        };
        Ok(hits.iter().map(Ranked::from).collect())
    };
    Ok(eval::run(needs, judgements, search)?)
}

/// Measures the ranking in a file.
fn of_rankings(needs: &[Need], judgements: &Judgements, file: &Path) -> Result<Run, Failure> {
    let rankings = read(file, eval::read_run)?;
    let Ok(run) = eval::run(needs, judgements, |need| Ok::<_, std::convert::Infallible>(rankings.of(&need.id)));
    Ok(run)
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

impl Summary {
    fn new(run: &Run) -> Summary {
        let groups = run.groups().into_iter().filter(|(name, _)| !name.is_empty());
        let groups = groups.map(|(name, (needs, measures))| (name, Figures::new(needs, measures))).collect();
        Summary { all: Figures::new(run.results.len(), run.overall()), groups }
    }
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
            print_pretty(console.out, &Summary::new(run))?;
        }
        OutputFormat::Jsonl => {
            run.results.iter().try_for_each(|result| print_line(console.out, &NeedLine::from(result)))?;
        }
        OutputFormat::Csv => csv::print_measures(console.out, &run.results)?,
    }
    Ok(())
}

/// Two runs and the needs that they serve differently, greatest gain first.
#[derive(Serialize)]
struct Comparison<'a> {
    before: Summary,
    after: Summary,
    changes: Vec<ChangeLine<'a>>,
}

#[derive(Serialize)]
struct ChangeLine<'a> {
    id: &'a str,
    query: &'a str,
    group: &'a str,
    before: Figures,
    after: Figures,
}

impl<'a> From<&'a Change> for ChangeLine<'a> {
    fn from(Change { need, before, after }: &'a Change) -> ChangeLine<'a> {
        let (before, after) = (Figures::new(1, *before), Figures::new(1, *after));
        ChangeLine { id: &need.id, query: &need.query, group: &need.group, before, after }
    }
}

fn print_comparison(before: &Run, after: &Run, format: OutputFormat, console: &mut Console<'_>) -> Result<(), Failure> {
    let changes = eval::compare(before, after);
    match format {
        OutputFormat::Text => {
            for line in eval::comparison(before, after).lines() {
                writeln!(console.out, "{}", sanitize::text(line))?;
            }
        }
        OutputFormat::Json => {
            let changes = changes.iter().map(ChangeLine::from).collect();
            let (before, after) = (Summary::new(before), Summary::new(after));
            print_pretty(console.out, &Comparison { before, after, changes })?;
        }
        OutputFormat::Jsonl => changes.iter().try_for_each(|one| print_line(console.out, &ChangeLine::from(one)))?,
        OutputFormat::Csv => {
            return Err(Failure::bad_request("a comparison is written as text, json or jsonl".to_owned()));
        }
    }
    Ok(())
}
