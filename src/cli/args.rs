//! The command line of `pincite`.

mod values;

use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::document::Language;
pub use values::{ColorChoice, OutputFormat, ProgramName, StyleName, kind_names};
use values::{kinds, parse_context, parse_language, parse_limit, parse_offset, parse_years};

/// Finds the paragraph: full-text search over human-rights documents, offline, in English and Russian.
#[derive(Debug, Parser)]
#[command(name = "pincite", version, term_width = 80, override_usage = USAGE, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const USAGE: &str = "pincite [OPTIONS] QUERY...\n       pincite COMMAND [OPTIONS] ...";

const AFTER_HELP: &str = "\
All filters and options of a search: pincite search --help

Query language: words, \"exact phrase\", \"two words\"~5, NEAR/n, prefix*, -word,
OR, AND, parentheses, field:value (doc: section: lang: cites: country: body:
year: kind: para: symbol:).

Exit codes: 0 found or done, 1 no hits, 2 bad request, 3 index unusable,
4 finished with skipped files, 5 I/O failure, 6 index locked by another writer,
130 interrupted.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Search for paragraphs (the default: `pincite birth registration`)
    Search(Box<SearchArgs>),
    /// Print a paragraph, a range or a whole document: "CRC/C/OPSC/LAO/CO/1 para 21 (c)"
    Show(ShowArgs),
    /// Search for paragraphs like this one: "CRC/C/OPSC/LAO/CO/1 para 21 (c)"
    Similar(Box<SimilarArgs>),
    /// Count references to treaties, or list the passages that cite one: `pincite cites CRC/7`
    Cites(Box<CitesArgs>),
    /// List the documents of the index, or some of them: `pincite documents --country Laos`
    Documents(ListArgs),
    /// Print the section tree of a document
    Outline(OutlineArgs),
    /// Measure the ranking on judged queries: nDCG@10, MRR@10, recall@100
    Eval(EvalArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
        /// The program to complete
        #[arg(value_name = "PROGRAM", value_enum, default_value_t)]
        program: ProgramName,
    },
    /// Print the manual page
    Man {
        /// The program that it describes
        #[arg(value_name = "PROGRAM", value_enum, default_value_t)]
        program: ProgramName,
    },
}

/// Arguments of a search.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// What to look for
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub page: PageArgs,
    /// Paragraphs to print before and after each hit
    #[arg(long, value_name = "N", default_value = "0", value_parser = parse_context)]
    pub context: usize,
    /// Count the matching paragraphs by document, language, kind, country, body and year
    #[arg(long)]
    pub facets: bool,
    /// Search for the words exactly as written
    #[arg(long)]
    pub exact: bool,
    /// Stay in the language of the query
    #[arg(long)]
    pub no_cross: bool,
    /// Say how the query was read and why the first hits rank where they do
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// The command that the first word may be a slip of, where no command was named.
    #[arg(skip)]
    pub slip: Option<String>,
}

/// Which part of a list of paragraphs.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// How many paragraphs to print, 1 to 100000
    #[arg(long, value_name = "N", default_value = "10", value_parser = parse_limit)]
    pub limit: usize,
    /// How many paragraphs to pass over first
    #[arg(long, value_name = "N", default_value = "0", value_parser = parse_offset)]
    pub offset: usize,
}

/// Filters. Repeated, they are alternatives; different ones must all hold.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct FilterArgs {
    /// Only in documents with this id, symbol or title, whole or in part
    #[arg(long, value_name = "D")]
    pub doc: Vec<String>,
    /// Only under headings that hold these words
    #[arg(long, value_name = "S")]
    pub section: Vec<String>,
    /// Only paragraphs in this language: en or ru
    #[arg(long, value_name = "LANG", value_parser = parse_language)]
    pub lang: Vec<Language>,
    /// Only paragraphs that cite this: CRC/7, ILO-C182, "article 7 of the Convention on the Rights of the Child"
    #[arg(long, value_name = "KEY")]
    pub cites: Vec<String>,
    /// Only documents on this country, by code or name
    #[arg(long, value_name = "C")]
    pub country: Vec<String>,
    /// Only documents of this body
    #[arg(long, value_name = "B")]
    pub body: Vec<String>,
    /// Only documents of this year or these years: 2015, 2015..2019, 2015.., ..2019
    #[arg(long, value_name = "YEARS", value_parser = parse_years)]
    pub year: Option<RangeInclusive<u16>>,
    /// Only documents or paragraphs of this kind: treaty, resolution, views, ngo-report, ..., footnote, table, ...
    #[arg(long, value_name = "K", value_parser = kinds(), ignore_case = true, hide_possible_values = true)]
    pub kind: Vec<String>,
}

impl FilterArgs {
    /// Tells whether no filter is set.
    pub fn is_empty(&self) -> bool {
        let FilterArgs { doc, section, lang, cites, country, body, year, kind } = self;
        [doc, section, cites, country, body, kind].iter().all(|values| values.is_empty())
            && lang.is_empty()
            && year.is_none()
    }
}

/// Where the index is, and how results look.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Folder of the index [default: $PINCITE_INDEX, else index]
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// Form of the results
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: OutputFormat,
    /// Style of the citations
    #[arg(long, value_name = "STYLE", value_enum, default_value_t)]
    pub cite_style: StyleName,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub color: ColorChoice,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// A document's symbol, id or title, and where wanted its paragraphs: "para 21 (c)", "пп. 21-23", "footnote 4"
    #[arg(value_name = "TARGET", required = true)]
    pub target: Vec<String>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Arguments of `similar`.
#[derive(Debug, Args)]
pub struct SimilarArgs {
    /// A document's symbol, id or title, and where wanted its paragraphs, as `pincite show` takes them
    #[arg(value_name = "TARGET", required = true)]
    pub target: Vec<String>,
    #[command(flatten)]
    pub page: PageArgs,
    /// Stay in the language of the paragraph
    #[arg(long)]
    pub no_cross: bool,
    /// Say by which words it is sought and why the first hits rank where they do
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Arguments of `cites`.
#[derive(Debug, Args)]
pub struct CitesArgs {
    /// A treaty, article or document: CRC, CRC/7, ILO-C182. Without it every instrument is counted
    #[arg(value_name = "KEY")]
    pub key: Vec<String>,
    /// How many passages to print, 1 to 100000; without KEY, instruments; in other forms than text, references [default: all]
    #[arg(long, value_name = "N", value_parser = parse_limit)]
    pub limit: Option<usize>,
    /// How many of them to pass over first
    #[arg(long, value_name = "N", default_value = "0", value_parser = parse_offset)]
    pub offset: usize,
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Arguments of `documents`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub filters: FilterArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Arguments of `eval`.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Queries, one a line: id, tab, query, and where wanted tab, group
    #[arg(value_name = "QUERIES")]
    pub queries: PathBuf,
    /// Judgements in the form of TREC: query id, 0, document, place ("21 (c)" or "#37"), grade, separated by tabs
    #[arg(value_name = "QRELS")]
    pub qrels: PathBuf,
    /// Write the ranking to this file in the form of TREC
    #[arg(long, value_name = "FILE")]
    pub run: Option<PathBuf>,
    /// Measure the ranking in this file, in the form of TREC, instead of asking the index
    #[arg(long, value_name = "RUN", conflicts_with_all = ["run", "plain", "no_cross"])]
    pub score: Option<PathBuf>,
    /// Compare with the ranking in this file, in the form of TREC: figures side by side, it first, and the needs gained
    /// and lost
    #[arg(long, value_name = "RUN")]
    pub compare: Option<PathBuf>,
    /// Rank by BM25 over the stemmed words alone, as a base line
    #[arg(long)]
    pub plain: bool,
    /// Stay in the language of the query
    #[arg(long)]
    pub no_cross: bool,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Arguments of `outline`.
#[derive(Debug, Args)]
pub struct OutlineArgs {
    /// A document's symbol, id or title
    #[arg(value_name = "DOC", required = true)]
    pub document: Vec<String>,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
