//! What both programs share: arguments to library calls to an exit code.
//!
//! Invariant: commands write results to `Console::out` and everything else to `Console::err`; what they need to know of
//! the outside (terminal, environment, interrupts) comes in [`Surroundings`], so that nothing here reads it.

pub mod args;
pub mod arguments;
mod cites;
mod documents;
mod eval;
mod explain;
pub mod failure;
pub mod fault;
mod first_run;
pub mod index;
pub mod index_args;
pub mod interrupts;
mod manual;
mod outline;
mod progress;
mod resolve;
mod search;
mod show;
mod similar;
mod teach;
mod unknown;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::Parser;
use indicatif::ProgressBar;

use crate::printer::palette::Palette;
use crate::printer::{layout, sanitize};
use args::{Cli, ColorChoice, Command};
use failure::{Exit, Failure};
use interrupts::Interrupts;

/// Where a command writes: results, and everything else.
pub struct Console<'a> {
    /// The name of the program, which messages begin with.
    pub program: &'static str,
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
}

/// What a command may know of the world around it.
#[derive(Clone)]
pub struct Surroundings<'a> {
    /// The value of `PINCITE_INDEX`.
    pub index: Option<PathBuf>,
    /// Whether results go to a terminal.
    pub out_is_terminal: bool,
    /// Whether remarks go to a terminal.
    pub err_is_terminal: bool,
    /// The bar to show progress on; hidden where messages go to no terminal.
    pub bar: ProgressBar,
    /// Columns of the terminal, 80 where there is none.
    pub columns: usize,
    /// Whether `NO_COLOR` or a dumb terminal forbids colours.
    pub no_color: bool,
    pub interrupts: &'a Interrupts,
    /// The program whose children read risky formats; `None` where it cannot be told.
    pub worker: Option<PathBuf>,
    /// The folder of the index, once a command has asked for it.
    pub in_use: OnceLock<PathBuf>,
}

/// Where the index is when nobody says otherwise.
pub const DEFAULT_INDEX: &str = "index";
/// Where the documents are when nobody says otherwise.
pub const DEFAULT_CORPUS: &str = "corpus";
/// Messages longer than this many columns are cut: a query may have a megabyte.
const MESSAGE_COLUMNS: usize = 500;

impl Surroundings<'_> {
    /// Returns the folder of the index and whether it is the default one.
    pub fn index_dir(&self, option: Option<&PathBuf>) -> (PathBuf, bool) {
        let (dir, default) = match option {
            Some(dir) => (dir.clone(), false),
            None => (self.index.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_INDEX)), true),
        };
        self.in_use.get_or_init(|| dir.clone());
        (dir, default)
    }

    /// Returns the folder of the index that a command works with, if any does.
    pub fn index_in_use(&self) -> Option<&Path> {
        self.in_use.get().map(PathBuf::as_path)
    }

    /// Whether a hint on how to go on disturbs nobody: a pager shows results on the terminal that remarks are written to.
    pub fn hints(&self) -> bool {
        self.out_is_terminal || !self.err_is_terminal
    }

    /// Returns the colours to print in.
    pub fn palette(&self, choice: ColorChoice) -> Palette {
        Palette::new(match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => self.out_is_terminal && !self.no_color,
        })
    }
}

impl Console<'_> {
    /// Writes a one-line remark to the error stream. A remark that cannot be written is no reason to stop.
    pub fn note(&mut self, message: &str) {
        let line = layout::shorten_end(&sanitize::text(message), MESSAGE_COLUMNS);
        let _ = writeln!(self.err, "{}: {line}", self.program);
        let _ = self.err.flush();
    }
}

/// Runs `pincite` with its arguments (the program's name first) and returns its exit code.
pub fn run(argv: Vec<OsString>, around: &Surroundings<'_>, console: &mut Console<'_>) -> Exit {
    let outcome = run_command(argv, around, console);
    finish(outcome, console)
}

/// Runs `pincite-index` likewise.
pub fn run_index(argv: Vec<OsString>, around: &Surroundings<'_>, console: &mut Console<'_>) -> Exit {
    let outcome = index_args::IndexCli::try_parse_from(argv)
        .map_err(|error| failure::of_arguments(&error, "pincite-index --help"))
        .and_then(|args| index::run(&args, around, console));
    finish(outcome, console)
}

fn run_command(argv: Vec<OsString>, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let slip = arguments::slip_of_command(&argv);
    let listing = argv.get(1).is_some_and(|command| command == "documents");
    let mut cli = Cli::try_parse_from(arguments::arrange(argv)).map_err(|error| match stray_word(&error) {
        Some(word) if listing => Failure::bad_request(format!(
            "\"{word}\" is no option: documents are listed by filters (to find the word: pincite search {word})"
        )),
        _ => failure::of_arguments(&error, "pincite --help"),
    })?;
    if let Command::Search(args) = &mut cli.command {
        args.slip = slip;
    }
    match &cli.command {
        Command::Search(args) => search::run(args, around, console),
        Command::Show(args) => show::run(args, around, console),
        Command::Similar(args) => similar::run(args, around, console),
        Command::Cites(args) => cites::run(args, around, console),
        Command::Documents(args) => documents::run(args, around, console),
        Command::Outline(args) => outline::run(args, around, console),
        Command::Eval(args) => eval::run(args, around, console),
        Command::Completions { shell, program } => manual::completions(*shell, *program, console),
        Command::Man { program } => manual::man(*program, console),
    }
}

/// Returns the word that a command does not take.
fn stray_word(error: &clap::Error) -> Option<String> {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(word)) if error.kind() == ErrorKind::UnknownArgument && !word.starts_with('-') => {
            Some(layout::shorten_end(&sanitize::text(word), MESSAGE_COLUMNS / 10))
        }
        _ => None,
    }
}

fn finish(outcome: Result<Exit, Failure>, console: &mut Console<'_>) -> Exit {
    let outcome = outcome.and_then(|exit| Ok(console.out.flush().map(|()| exit)?));
    match outcome {
        Ok(exit) => exit,
        Err(Failure::Quiet(exit)) => exit,
        Err(Failure::Help(text)) => match write!(console.out, "{text}").and_then(|()| console.out.flush()) {
            Ok(()) => Exit::Done,
            Err(error) => finish(Err(error.into()), console),
        },
        Err(Failure::Said { exit, message }) => {
            console.note(&message);
            exit
        }
    }
}
