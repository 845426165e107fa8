//! The world outside, read once for both programs: environment, terminal, signals.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget};
use pincite::cli::failure::Exit;
use pincite::cli::interrupts::Interrupts;
use pincite::cli::{Console, Surroundings};
use pincite::extractor::sandbox::{WORKER_ARGUMENT, serve};

static INTERRUPTS: Interrupts = Interrupts::new();

/// Columns where no terminal tells.
const COLUMNS: usize = 80;

/// A program: arguments, what it may know, where it writes.
type Program = fn(Vec<OsString>, &Surroundings<'_>, &mut Console<'_>) -> Exit;

/// Runs a program on the real terminal and returns its exit code; messages begin with its name.
pub fn run(name: &'static str, program: Program) -> ExitCode {
    if env::args_os().nth(1).is_some_and(|argument| argument == WORKER_ARGUMENT) {
        let served = serve(io::stdin().lock(), io::stdout().lock());
        return if served.is_ok() { ExitCode::SUCCESS } else { Exit::Io.into() };
    }
    // Without a handler Ctrl-C still ends the program, only less tidily.
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTS.signal() {
            std::process::exit(Exit::Interrupted as i32);
        }
    });
    let around = Surroundings {
        index: env::var_os("PINCITE_INDEX").filter(|dir| !dir.is_empty()).map(Into::into),
        out_is_terminal: io::stdout().is_terminal(),
        bar: ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr()),
        columns: columns(),
        no_color: is_set("NO_COLOR") || env::var_os("TERM").is_some_and(|term| term == "dumb"),
        interrupts: &INTERRUPTS,
        worker: env::current_exe().ok(),
    };
    // The colours are decided above; the stream only makes old Windows consoles understand them.
    let mut out = BufWriter::new(anstream::AutoStream::always(io::stdout().lock()));
    let mut err = io::stderr();
    program(env::args_os().collect(), &around, &mut Console { program: name, out: &mut out, err: &mut err }).into()
}

fn is_set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// Returns the columns of the terminal; `COLUMNS` counts where there is none.
fn columns() -> usize {
    terminal_size::terminal_size()
        .map(|(width, _)| usize::from(width.0))
        .or_else(|| env::var("COLUMNS").ok()?.parse().ok())
        .filter(|columns| *columns > 0)
        .unwrap_or(COLUMNS)
}
