//! Exit codes, and failures as one line each.

use std::io;
use std::process::ExitCode;

use crate::index::{FailureClass, IndexError};
use crate::search::SearchError;

/// How a program ended. The numbers are a contract with scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Found, or done.
    Done = 0,
    NoHits = 1,
    BadRequest = 2,
    /// The index cannot be used; the message names the remedy.
    Unusable = 3,
    /// Done, but some files were skipped.
    Skipped = 4,
    Io = 5,
    /// Another writer holds the index.
    Locked = 6,
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// One line for the user, naming what to do.
    Said { exit: Exit, message: String },
    /// Nothing is left to say: the reader has closed the pipe.
    Quiet(Exit),
    /// The help or the version that was asked for.
    Help(String),
}

impl Failure {
    /// Returns a failure with its one line.
    pub fn new(exit: Exit, message: impl Into<String>) -> Failure {
        Failure::Said { exit, message: message.into() }
    }

    /// Returns the failure of a request that cannot be carried out as written.
    pub fn bad_request(message: impl Into<String>) -> Failure {
        Failure::new(Exit::BadRequest, message)
    }

    /// Returns the failure of a request that finds nothing.
    pub fn no_hits(message: impl Into<String>) -> Failure {
        Failure::new(Exit::NoHits, message)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Quiet(Exit::Done),
            _ => Failure::new(Exit::Io, format!("cannot write the output: {error}")),
        }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Failure {
        Failure::new(exit_of(error.class()), error.to_string())
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Failure {
        Failure::new(exit_of(error.class()), error.to_string())
    }
}

/// Returns the exit code of a failure of the index.
pub fn exit_of(class: FailureClass) -> Exit {
    match class {
        FailureClass::Unusable => Exit::Unusable,
        FailureClass::Io => Exit::Io,
        FailureClass::Locked => Exit::Locked,
    }
}

/// Returns what the argument parser has to say as one line: the error, its tips, and where to read on.
pub fn of_arguments(error: &clap::Error, help: &str) -> Failure {
    use clap::error::ErrorKind::{DisplayHelp, DisplayVersion};
    let text = error.render().to_string();
    if matches!(error.kind(), DisplayHelp | DisplayVersion) {
        return Failure::Help(text);
    }
    let mut parts: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("Usage:") || line.starts_with("For more information") {
            break;
        }
        // "to pass '--x' as a value, use '-- --x'": nobody means that.
        let evasion = line.starts_with("tip: to pass ");
        if !line.is_empty() && !evasion {
            parts.push(line.strip_prefix("error: ").unwrap_or(line).trim_end_matches('.'));
        }
    }
    let mut message = parts.join("; ").replace(":;", ":");
    if !message.contains("(write ") {
        message.push_str(&format!(" (see {help})"));
    }
    Failure::bad_request(message)
}
