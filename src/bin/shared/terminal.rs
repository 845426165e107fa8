//! The world outside, read once for both programs: environment, terminal, signals.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget};
use pincite::cli::failure::Exit;
use pincite::cli::index::INTERRUPTED;
use pincite::cli::interrupts::Interrupts;
use pincite::cli::{Console, Surroundings, fault};
use pincite::extractor::sandbox::{WORKER_ARGUMENT, serve};

static INTERRUPTS: Interrupts = Interrupts::new();
/// Where the first panic was, and what it said.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

/// How long files that are being read when Ctrl-C is pressed are waited for; the slowest take nine seconds.
const GRACE: Duration = Duration::from_secs(10);
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
    let _ = ctrlc::set_handler(move || {
        if INTERRUPTS.signal() {
            std::process::exit(Exit::Interrupted as i32);
        }
        thread::spawn(move || end_waiting(name));
    });
    let around = Surroundings {
        index: env::var_os("PINCITE_INDEX").filter(|dir| !dir.is_empty()).map(Into::into),
        out_is_terminal: io::stdout().is_terminal(),
        err_is_terminal: io::stderr().is_terminal(),
        bar: ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr()),
        columns: columns(),
        no_color: is_set("NO_COLOR") || env::var_os("TERM").is_some_and(|term| term == "dumb"),
        interrupts: &INTERRUPTS,
        worker: env::current_exe().ok(),
        in_use: OnceLock::new(),
    };
    keep_panics();
    // The colours are decided above; the stream only makes old Windows consoles understand them.
    let mut out = BufWriter::new(anstream::AutoStream::always(io::stdout().lock()));
    let mut err = io::stderr();
    let mut console = Console { program: name, out: &mut out, err: &mut err };
    let run = AssertUnwindSafe(|| program(env::args_os().collect(), &around, &mut console));
    let exit = panic::catch_unwind(run).unwrap_or_else(|_| {
        let place = PANIC.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
        fault::say(&place, &around, &mut console)
    });
    exit.into()
}

/// Ends the program where what is still waited for a while after Ctrl-C may never come: a disk that does not answer.
fn end_waiting(name: &str) {
    thread::sleep(GRACE);
    if INTERRUPTS.is_waiting() {
        eprintln!("{name}: {INTERRUPTED}");
        std::process::exit(Exit::Interrupted as i32);
    }
}

/// Keeps what the first panic says, of whatever thread, for the one line that the program ends with. Who asks for a
/// backtrace gets all of it.
fn keep_panics() {
    if is_set("RUST_BACKTRACE") {
        return;
    }
    panic::set_hook(Box::new(|panic| {
        let said = panic.payload_as_str().unwrap_or("panic");
        let place =
            panic.location().map_or_else(|| said.to_owned(), |at| format!("{}:{}: {said}", at.file(), at.line()));
        PANIC.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(place);
    }));
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
