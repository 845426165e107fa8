//! Counts the endings by which words differ from their stems and prints the list of `src/analyzer/data/endings.txt`.
//!
//!     cargo run --release --example endings -- TEXT...
//!
//! Words with an ending that is not listed are found all the same; only their index is larger. Another list makes another
//! index: whoever changes it raises `SCHEMA_VERSION`.

use std::collections::HashMap;
use std::fs;

use anyhow::{Context, Result};
use pincite::analyzer;
use pincite::document::Language;

/// Endings of each script.
const LISTED: usize = 126;
/// Letters of a line.
const WIDTH: usize = 116;

fn main() -> Result<()> {
    let mut counts: [HashMap<String, usize>; 2] = Default::default();
    for path in std::env::args().skip(1) {
        let text = fs::read(&path).with_context(|| path.clone())?;
        for token in analyzer::analyze(&String::from_utf8_lossy(&text)) {
            let entry = match analyzer::difference(&token.text, &token.exact) {
                (0, ending) => ending.to_owned(),
                (cut, ending) => format!("-{cut}{ending}"),
            };
            if entry.is_empty() || token.exact.contains(char::is_numeric) {
                continue;
            }
            let russian = analyzer::language_of(&token.text) == Some(Language::RUSSIAN);
            *counts[usize::from(russian)].entry(entry).or_default() += 1;
        }
    }
    for (script, counts) in ["latin", "cyrillic"].into_iter().zip(counts) {
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        println!("{script}");
        print_lines(counts.into_iter().take(LISTED).map(|(entry, _)| entry));
    }
    Ok(())
}

fn print_lines(entries: impl Iterator<Item = String>) {
    let mut line = String::new();
    for entry in entries {
        if line.chars().count() + entry.chars().count() >= WIDTH {
            println!("{line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&entry);
    }
    println!("{line}");
}
