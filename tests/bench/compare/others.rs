//! Programs that may be there or not: SQLite and Xapian through Python, ripgrep.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::process;
use crate::queries::Query;

const SQLITE: &str = include_str!("scripts/sqlite.py");
const XAPIAN: &str = include_str!("scripts/xapian_index.py");

/// The programs that were found. Absent ones are named in `skipped`.
#[derive(Debug, Default)]
pub struct Others {
    sqlite: Option<&'static str>,
    xapian: Option<&'static str>,
    pub ripgrep: bool,
    pub skipped: Vec<&'static str>,
}

/// The first Python that has a module: a version manager may stand before the system's own.
fn python_with(module: &str) -> Option<&'static str> {
    ["python3", "/usr/bin/python3"].into_iter().find(|python| {
        let run = Command::new(python).args(["-c", module]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        run.is_ok_and(|status| status.success())
    })
}

impl Others {
    pub fn find() -> Others {
        let fts5 = "import sqlite3; sqlite3.connect(':memory:').execute('CREATE VIRTUAL TABLE t USING fts5(x)')";
        let mut others = Others {
            sqlite: python_with(fts5),
            xapian: python_with("import xapian"),
            ripgrep: process::is_there("rg", "--version"),
            skipped: Vec::new(),
        };
        for (name, there) in [
            ("SQLite FTS5 (python3)", others.sqlite.is_some()),
            ("Xapian (python3-xapian)", others.xapian.is_some()),
            ("ripgrep (rg)", others.ripgrep),
        ] {
            if !there {
                others.skipped.push(name);
            }
        }
        others
    }

    pub fn index_sqlite(&self, texts: &Path, file: &Path) -> Option<Command> {
        let mut command = Command::new(self.sqlite?);
        command.args(["-c", SQLITE, "index"]).args([texts, file]);
        Some(command)
    }

    pub fn index_xapian(&self, texts: &Path, folder: &Path) -> Option<Command> {
        let mut command = Command::new(self.xapian?);
        command.args(["-c", XAPIAN]).args([texts, folder]);
        Some(command)
    }

    /// Returns the milliseconds of each query in SQLite, in the process that has the base open.
    pub fn search_sqlite(&self, file: &Path, queries: &[Query], phrase: bool) -> anyhow::Result<Vec<f64>> {
        let Some(python) = self.sqlite else { return Ok(Vec::new()) };
        let mut child = Command::new(python)
            .args(["-c", SQLITE, "search"])
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take().context("python takes no input")?;
        let mut output = BufReader::new(child.stdout.take().context("python gives no output")?).lines();
        let mut times = Vec::new();
        for words in queries.iter().filter_map(|query| query.words.as_deref()) {
            let quoted: Vec<String> = words.split(' ').map(|word| format!("\"{word}\"")).collect();
            let matched = quoted.join(if phrase { " + " } else { " OR " });
            writeln!(input, "{}", serde_json::json!({ "match": matched, "times": 3 }))?;
            times.push(output.next().context("python has ended")??.trim().parse()?);
        }
        drop(input);
        child.wait()?;
        Ok(times)
    }
}
