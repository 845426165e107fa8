//! The figures as Markdown.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::measure::{ClassFigures, Figures, Indexing, Latency};

/// Marks between which a page takes the figures.
const BEGIN: &str = "<!-- figures: written by cargo bench --bench compare -->";
const END: &str = "<!-- end of figures -->";

/// Returns the tables of all scales.
pub fn markdown(figures: &[Figures]) -> String {
    let mut out = String::new();
    for scale in figures {
        let _ = writeln!(
            out,
            "### {} paragraphs in {} files, {:.0} MB of text\n",
            grouped(scale.paragraphs),
            grouped(scale.files),
            scale.text_bytes as f64 / 1e6
        );
        indexing(scale, &mut out);
        classes(&scale.classes, &mut out);
        rest(scale, &mut out);
    }
    out.trim_end().to_owned() + "\n"
}

fn indexing(scale: &Figures, out: &mut String) {
    out.push_str(
        "| indexing | seconds | processor seconds | peak memory (without mapped files) | index | of the text |\n",
    );
    out.push_str("|---|---|---|---|---|---|\n");
    let ours = scale.indexing.first();
    for run in &scale.indexing {
        let ratio = |of: fn(&Indexing) -> Option<f64>| {
            let (own, other) = (of(ours?)?, of(run)?);
            (run.program != "Pincite" && other > 0.0).then(|| format!(" ({})", times(own / other)))
        };
        let seconds = ratio(|run| Some(run.seconds)).unwrap_or_default();
        let processor = ratio(|run| run.processor_seconds).unwrap_or_default();
        let _ = writeln!(
            out,
            "| {} | {:.1}{seconds} | {}{processor} | {} ({}) | {:.1} MB | {:.2} |",
            run.program,
            run.seconds,
            run.processor_seconds.map_or_else(|| "-".to_owned(), |seconds| format!("{seconds:.1}")),
            megabytes(run.memory),
            megabytes(run.own_memory),
            run.bytes as f64 / 1e6,
            run.bytes as f64 / scale.text_bytes.max(1) as f64,
        );
    }
    out.push_str("\nIn brackets: Pincite's figure divided by that of the line.\n\n");
}

fn classes(classes: &[ClassFigures], out: &mut String) {
    out.push_str("| query | Pincite median | p99 | bare tantivy median | p99 | Pincite / tantivy | SQLite FTS5 median | SQLite / Pincite |\n");
    out.push_str("|---|---|---|---|---|---|---|---|\n");
    let cell = |latency: Option<Latency>, of: fn(Latency) -> f64| {
        latency.map_or_else(String::new, |latency| format!("{:.2} ms", of(latency)))
    };
    for class in classes {
        let own = class.pincite.median;
        let _ = writeln!(
            out,
            "| {} | {:.2} ms | {:.2} ms | {} | {} | {} | {} | {} |",
            class.name,
            own,
            class.pincite.p99,
            cell(class.tantivy, |latency| latency.median),
            cell(class.tantivy, |latency| latency.p99),
            class.tantivy.map_or_else(String::new, |latency| times(own / latency.median)),
            cell(class.sqlite, |latency| latency.median),
            class.sqlite.map_or_else(String::new, |latency| times(latency.median / own)),
        );
    }
    out.push('\n');
}

fn rest(scale: &Figures, out: &mut String) {
    out.push_str("| whole process | |\n|---|---|\n");
    for (name, millis) in &scale.processes {
        let words = if name.contains(' ') { "" } else { ", one word" };
        let _ = writeln!(out, "| `{name}`{words} | {millis:.1} ms |");
    }
    if let Some((seconds, bytes)) = scale.update {
        let _ = writeln!(
            out,
            "| `pincite-index` after one file has changed | {seconds:.2} s, {:.1} MB written |",
            bytes as f64 / 1e6
        );
    }
    if let Some((files, seconds, untouched)) = scale.unchanged {
        let written = if untouched { "nothing written" } else { "the index was written" };
        let _ =
            writeln!(out, "| `pincite-index` over {} unchanged files | {seconds:.2} s, {written} |", grouped(files));
    }
    out.push('\n');
}

fn times(ratio: f64) -> String {
    if ratio < 10.0 { format!("{ratio:.2}×") } else { format!("{ratio:.0}×") }
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "-".to_owned(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6))
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Replaces what stands between the marks of a page.
pub fn put_into(page: &Path, text: &str) -> anyhow::Result<()> {
    let before = fs::read_to_string(page).with_context(|| page.display().to_string())?;
    let (head, rest) = before.split_once(BEGIN).with_context(|| format!("{} lacks {BEGIN}", page.display()))?;
    let (_, tail) = rest.split_once(END).with_context(|| format!("{} lacks {END}", page.display()))?;
    Ok(fs::write(page, format!("{head}{BEGIN}\n\n{text}\n{END}{tail}"))?)
}
