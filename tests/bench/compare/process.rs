//! Runs a program and says what it took: time on the clock, time of the processor, memory.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

/// What a run took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    pub wall: Duration,
    /// Time of all processors, those of its children included; known on Linux only.
    pub cpu: Option<Duration>,
    /// The most memory held at once by the program and its children, files mapped into memory included; Linux only.
    pub memory: Option<u64>,
    /// The most of it that is no mapped file.
    pub own_memory: Option<u64>,
    pub code: i32,
}

/// Ticks of the processor clock in a second, as `/proc` counts on every Linux.
const TICKS: u64 = 100;
const PAUSE: Duration = Duration::from_millis(5);

/// Runs a program to its end. Whatever it prints is dropped; its exit code is not judged.
pub fn run(command: &mut Command) -> anyhow::Result<Cost> {
    let name = command.get_program().to_string_lossy().into_owned();
    let before = processor_time();
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run {name}"))?;
    let (mut memory, mut own_memory) = (None, None);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        memory = memory.max(sum(&child, "VmHWM"));
        own_memory = own_memory.max(sum(&child, "RssAnon"));
        std::thread::sleep(PAUSE);
    };
    let wall = started.elapsed();
    let cpu = processor_time().zip(before).map(|(after, before)| after.saturating_sub(before));
    Ok(Cost { wall, cpu, memory, own_memory, code: status.code().unwrap_or(-1) })
}

/// Runs a program whose time is too short for looking at its memory.
pub fn run_briefly(command: &mut Command) -> anyhow::Result<Duration> {
    let started = Instant::now();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(started.elapsed())
}

/// The processor time of all children that have ended.
fn processor_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks(13)? + ticks(14)?) * 1000 / TICKS))
}

/// A figure of `/proc/PID/status` in bytes, added up over a process and its descendants.
fn sum(child: &Child, key: &str) -> Option<u64> {
    let mut processes = vec![child.id().to_string()];
    let mut total = None;
    while let Some(process) = processes.pop() {
        let folder = PathBuf::from("/proc").join(&process);
        let Ok(status) = fs::read_to_string(folder.join("status")) else { continue };
        let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        total = kilobytes.map(|kilobytes| total.unwrap_or(0) + kilobytes * 1024).or(total);
        let children = fs::read_to_string(folder.join("task").join(&process).join("children")).unwrap_or_default();
        processes.extend(children.split_whitespace().map(str::to_owned));
    }
    total
}

/// Whether a program can be run.
pub fn is_there(program: &str, argument: &str) -> bool {
    let run = Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}
