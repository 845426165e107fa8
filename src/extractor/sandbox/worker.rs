//! The parent's side of one child process.

use std::io;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::WORKER_ARGUMENT;
use super::message::{Reply, Request, read_reply, write_request};

/// A child that could not work is waited for so many times the limit.
const PATIENCE: u32 = 4;

/// Why a child gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    Late,
    Died,
}

/// A running child. Dropping it ends the process.
#[derive(Debug)]
pub(super) struct Worker {
    process: Child,
    requests: Option<ChildStdin>,
    replies: Receiver<Reply>,
    /// Files that it has read.
    pub files: u32,
}

impl Worker {
    /// Starts a child of the program.
    pub fn start(program: &Path) -> io::Result<Worker> {
        let mut command = Command::new(program);
        // In a group of its own: Ctrl-C is for us, and must not look like a file that kills its reader.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut process = command
            .arg(WORKER_ARGUMENT)
            .env_clear()
            // Memory is reserved in small pieces: the limit counts what is reserved.
            .env("MIMALLOC_ARENA_RESERVE", "16MiB")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let requests = process.stdin.take();
        let mut output = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let (send, replies) = channel();
        // Ends with the child: its end of the pipe closes then.
        thread::Builder::new().name("extract-replies".to_owned()).spawn(move || {
            while let Ok(reply) = read_reply(&mut output) {
                if send.send(reply).is_err() {
                    break;
                }
            }
        })?;
        Ok(Worker { process, requests, replies, files: 0 })
    }

    /// Sends a file and waits for what comes of it, no longer than `limit`.
    pub fn ask(&mut self, request: Request, bytes: &[u8], limit: Duration) -> Result<Reply, Failure> {
        self.files += 1;
        let Some(requests) = &mut self.requests else { return Err(Failure::Died) };
        let (process, replies) = (&mut self.process, &self.replies);
        thread::scope(|scope| {
            // A child that does not read would block this process: the clock runs beside the writing.
            let writer = scope.spawn(|| write_request(requests, request, bytes));
            let reply = wait(replies, process.id(), limit);
            if reply.is_err() {
                // The writer ends when nobody reads.
                let _ = process.kill();
            }
            let written = writer.join();
            match (reply, written) {
                (Ok(reply), Ok(Ok(()))) => Ok(reply),
                (Ok(_), _) => Err(Failure::Died),
                (Err(failure), _) => Err(failure),
            }
        })
    }
}

/// Waits for a reply. A child that a busy machine kept from working for more than half of the limit gets more time, until
/// it has worked for half of it.
fn wait(replies: &Receiver<Reply>, process: u32, limit: Duration) -> Result<Reply, Failure> {
    let before = processor_time(process);
    let started = Instant::now();
    let mut turn = limit;
    loop {
        match replies.recv_timeout(turn) {
            Ok(reply) => return Ok(reply),
            Err(RecvTimeoutError::Disconnected) => return Err(Failure::Died),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let worked = before.zip(processor_time(process)).map(|(before, now)| now.saturating_sub(before));
        if started.elapsed() >= limit * PATIENCE || worked.is_none_or(|worked| worked * 2 >= limit) {
            return Err(Failure::Late);
        }
        turn = limit / 40;
    }
}

/// Returns how long a process has worked, or `None` where the system does not tell in the way of Linux (proc(5)).
fn processor_time(process: u32) -> Option<Duration> {
    /// What user space sees is in hundredths of a second on every platform of Linux.
    const TICK: Duration = Duration::from_millis(10);
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in brackets, may hold anything: count from its end. Fields 14 and 15 are user and system time.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    Some(TICK * ticks()?.saturating_add(ticks()?))
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.requests = None;
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
