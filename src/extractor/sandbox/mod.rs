//! Risky files are read in child processes of our own program: a hostile file costs only itself.
//!
//! Invariant: the parent sees blocks or an error within nine seconds (longer only where the machine keeps the child from
//! working), whatever the file does to its reader.

mod child;
mod message;
mod worker;

use std::io;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use self::child::serve;
use self::message::{Reply, Request};
use self::worker::{Failure, Worker};
use super::ExtractError;
use crate::document::{Extracted, Format};

/// The hidden argument with which the program serves as a child: it then calls [`serve`] and exits.
pub const WORKER_ARGUMENT: &str = "--extract-worker";

/// A file that takes longer is given up. On a busy machine that is time in which the child could work.
pub const TIME_LIMIT: Duration = Duration::from_secs(9);

/// A child is replaced after so many files, so that nothing that one leaves behind adds up.
const FILES_PER_CHILD: u32 = 500;

/// Reads files in child processes, several at a time. Children start when they are first needed.
#[derive(Debug)]
pub struct Pool {
    /// `None` where files are read in this process.
    program: Option<PathBuf>,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug)]
struct State {
    idle: Vec<Worker>,
    /// Children that may still be started or are idle.
    free: usize,
}

impl Pool {
    /// Returns a pool of at most `workers` children of the given program, which must answer to `WORKER_ARGUMENT`.
    pub fn new(program: PathBuf, workers: usize) -> Pool {
        Pool::with(Some(program), workers)
    }

    /// Returns a pool that reads in this process, on a thread of its own: panics are caught, memory and time are not
    /// bounded. For callers that have no program to start.
    pub fn in_process() -> Pool {
        Pool::with(None, 1)
    }

    fn with(program: Option<PathBuf>, workers: usize) -> Pool {
        let state = Mutex::new(State { idle: Vec::new(), free: workers.max(1) });
        Pool { program, state, freed: Condvar::new() }
    }

    /// Returns the blocks of a file of a risky format: PDF, DOCX, DOC, ODT, RTF or HTML. Waits while all children are busy.
    ///
    /// # Errors
    /// Those of the format's reader; `TimedOut` past nine seconds; `Crashed` where the reader did not survive the file;
    /// `NoWorker` where no child can be started; `Unsupported` for formats that need no child.
    pub fn extract(&self, format: Format, bytes: &[u8]) -> Result<Extracted, ExtractError> {
        match self.ask(Request::Read(format), bytes)? {
            Reply::Read(extracted) => extracted,
            Reply::Unpacked(_) => Err(ExtractError::Crashed),
        }
    }

    /// Returns the files of an archive, as `zip::entries` does, unpacked in a child.
    ///
    /// # Errors
    /// Those of `zip::entries` and of `extract`.
    pub fn unpack(&self, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, ExtractError> {
        match self.ask(Request::Unpack, bytes)? {
            Reply::Unpacked(entries) => entries,
            Reply::Read(_) => Err(ExtractError::Crashed),
        }
    }

    fn ask(&self, request: Request, bytes: &[u8]) -> Result<Reply, ExtractError> {
        let Some(program) = &self.program else { return child::answer_aside(request, bytes.to_vec()) };
        let mut state = self.lock();
        while state.free == 0 {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.free -= 1;
        let idle = state.idle.pop();
        drop(state);
        let result = idle.map_or_else(|| Worker::start(program), Ok).map_err(no_worker).and_then(|mut worker| {
            let reply = worker.ask(request, bytes, TIME_LIMIT).map_err(|failure| match failure {
                Failure::Late => ExtractError::TimedOut(TIME_LIMIT.as_secs()),
                Failure::Died => ExtractError::Crashed,
            })?;
            Ok((reply, worker))
        });
        let mut state = self.lock();
        state.free += 1;
        self.freed.notify_one();
        // A child that failed was dropped, which ends it; the next file gets a new one.
        let (reply, worker) = result?;
        if worker.files < FILES_PER_CHILD {
            state.idle.push(worker);
        }
        Ok(reply)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn no_worker(error: io::Error) -> ExtractError {
    ExtractError::NoWorker(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_without_a_program() {
        let pool = Pool::in_process();
        let read = pool.extract(Format::Html, b"<p>Text").map(|read| read.blocks.len());
        assert_eq!(read, Ok(1));
        assert!(pool.extract(Format::Pdf, b"%PDF-1.4 nothing").is_err());
        assert_eq!(pool.extract(Format::Text, b"text").map(|_| ()), Err(ExtractError::Unsupported));
    }

    #[test]
    fn a_missing_program_is_named() {
        let pool = Pool::new(PathBuf::from("/no/such/program"), 2);
        assert!(matches!(pool.extract(Format::Html, b"<p>Text"), Err(ExtractError::NoWorker(_))));
    }

    #[test]
    fn a_program_that_does_not_answer_is_given_up() {
        // `true` ends at once without an answer.
        let pool = Pool::new(PathBuf::from("true"), 1);
        let result = pool.extract(Format::Html, b"<p>Text").map(|_| ());
        assert!(matches!(result, Err(ExtractError::Crashed | ExtractError::NoWorker(_))), "{result:?}");
    }

    #[test]
    fn a_child_serves_several_files() {
        let mut input = Vec::new();
        for html in ["<p>One", "<p>Two"] {
            message::write_request(&mut input, Request::Read(Format::Html), html.as_bytes()).unwrap_or_default();
        }
        let mut output = Vec::new();
        assert!(child::answer_all(&mut input.as_slice(), &mut output).is_ok());
        let mut replies = output.as_slice();
        for expected in ["One", "Two"] {
            let reply = message::read_reply(&mut replies).ok();
            let text = match reply {
                Some(Reply::Read(Ok(read))) => read.blocks.into_iter().map(|block| block.text).collect(),
                other => format!("{other:?}"),
            };
            assert_eq!(text, expected);
        }
    }
}
