//! `pincite-index`: keeps the index in step with the corpus.

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::explain;
use super::failure::{Exit, Failure};
use super::index_args::{IndexCli, ReportFormat};
use super::progress::Progressing;
use super::{Console, DEFAULT_CORPUS, Surroundings, teach};
use crate::index::{IndexError, open, verify};
use crate::pipeline::{self, ErrorClass, FileReport, IndexOptions, PipelineError, Progress, Summary};
use crate::printer::json::print_line;
use crate::printer::sanitize;
use crate::search::{self, Filters};

/// What is said when Ctrl-C ends a run.
pub const INTERRUPTED: &str =
    "interrupted: what was committed is kept, a rebuild changes nothing (run pincite-index again to finish)";

pub fn run(args: &IndexCli, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let (dir, _) = around.index_dir(args.index.as_ref());
    if let Some(file) = &args.explain {
        return explain::run(file, args.format, around, console);
    }
    if args.verify {
        return verify(args, &dir, console);
    }
    let teaching = args.learn || args.forget || !args.terms.is_empty();
    if teaching && args.paths.is_empty() && !args.rebuild && open::open(&dir).is_ok() {
        return teach_only(args, &dir, console);
    }
    let options = IndexOptions {
        roots: roots(args),
        index: dir.clone(),
        rebuild: args.rebuild,
        dry_run: args.dry_run,
        worker: around.worker.clone(),
    };
    let terms = teach::read_terms(&args.terms, console)?;
    let summary = index(args, &options, around, console)?;
    if !summary.interrupted {
        teach::run(args, terms.as_ref(), &dir, console)?;
    }
    report(args, &summary, &dir, console)?;
    Ok(if summary.interrupted {
        console.note(INTERRUPTED);
        Exit::Interrupted
    } else if summary.skipped + summary.failed > 0 || terms.is_some_and(|terms| !terms.passed_over().is_empty()) {
        Exit::Skipped
    } else {
        Exit::Done
    })
}

/// Returns the folders and files to read.
fn roots(args: &IndexCli) -> Vec<PathBuf> {
    if args.paths.is_empty() { vec![DEFAULT_CORPUS.into()] } else { args.paths.clone() }
}

/// Teaches an index and leaves its documents as they are: no folder was named, and the usual one may not be its own.
fn teach_only(args: &IndexCli, dir: &Path, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let terms = teach::read_terms(&args.terms, console)?;
    teach::run(args, terms.as_ref(), dir, console)?;
    let whole = terms.is_none_or(|terms| terms.passed_over().is_empty());
    Ok(if whole { Exit::Done } else { Exit::Skipped })
}

/// Runs the pipeline with a bar on the terminal; files left out are named as they come.
fn index(
    args: &IndexCli,
    options: &IndexOptions,
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<Summary, Failure> {
    let bar = if args.quiet { indicatif::ProgressBar::hidden() } else { around.bar.clone() };
    let progress = Progressing::new(bar);
    let mut written: io::Result<()> = Ok(());
    let mut observe = |event: Progress| {
        if let (Progress::File(report), ReportFormat::Jsonl, true) = (&event, args.format, written.is_ok()) {
            written = print_line(console.out, &FileRecord::from(report));
        }
        if matches!(event, Progress::Committing) {
            around.interrupts.end();
        }
        if let Some(line) = progress.observe(&event) {
            progress.suspend(|| console.note(&line));
        }
    };
    let summary = pipeline::index(options, &mut observe, around.interrupts.watch());
    around.interrupts.unwatch();
    progress.finish();
    let summary = summary.map_err(of_pipeline)?;
    written?;
    Ok(summary)
}

/// One file in the form of the contract.
#[derive(Serialize)]
struct FileRecord<'a> {
    file: &'a str,
    status: &'static str,
    reason: Option<&'a str>,
    document: Option<&'a str>,
    paragraphs: usize,
    language: Option<&'a str>,
    bytes: u64,
    millis: u64,
}

impl<'a> From<&'a FileReport> for FileRecord<'a> {
    fn from(report: &'a FileReport) -> FileRecord<'a> {
        FileRecord {
            file: &report.file,
            status: report.status.name(),
            reason: report.reason.as_deref(),
            document: report.document.as_deref(),
            paragraphs: report.paragraphs,
            language: report.language.as_ref().map(|language| language.code()),
            bytes: report.bytes,
            millis: report.millis,
        }
    }
}

#[derive(Serialize)]
struct SummaryLine<'a> {
    summary: &'a Summary,
}

fn report(args: &IndexCli, summary: &Summary, dir: &Path, console: &mut Console<'_>) -> Result<(), Failure> {
    if args.format == ReportFormat::Jsonl {
        print_line(console.out, &SummaryLine { summary })?;
    } else if !args.quiet {
        writeln!(console.out, "{}", summary_line(summary, args, dir))?;
    }
    if let Some(note) = removal(args, summary) {
        console.note(&note);
    }
    if summary.found == 0 {
        let roots: Vec<String> = roots(args).iter().map(|path| sanitize::path(path)).collect();
        console.note(&no_documents(&roots.join(", ")));
    }
    Ok(())
}

/// Returns what is said where documents leave the index that nobody seems to have deleted: they lie where they lay, a
/// single file was named, or nothing is left of what the index held. An index follows the paths that are named; who wants
/// to add a file must not find the others gone without a word.
fn removal(args: &IndexCli, summary: &Summary) -> Option<String> {
    let named_file = args.paths.iter().any(|path| path.is_file());
    let replaced = summary.unchanged == 0 && summary.removed == summary.known;
    if summary.removed == 0 || !(summary.still_there > 0 || named_file || replaced) {
        return None;
    }
    let (documents, files) = (summary.removed_documents, summary.removed);
    let done = match (args.dry_run, documents) {
        (true, _) => "would be",
        (false, 1) => "was",
        (false, _) => "were",
    };
    Some(format!(
        "{} of {} {done} removed from the index: an index holds what is named in one run, and these files are not among \
         it (to add documents, put them into the folder that is indexed or name all paths in one run; or give these an \
         --index of their own)",
        counted(documents as u64, "document"),
        counted(files as u64, "file"),
    ))
}

/// Returns what is said of a corpus without documents.
pub fn no_documents(corpus: &str) -> String {
    format!("no documents in {corpus} (put some there, PDF, Word, HTML or plain text, and run pincite-index)")
}

fn summary_line(summary: &Summary, args: &IndexCli, dir: &Path) -> String {
    let Summary { found, indexed, unchanged, skipped, failed, removed, documents, paragraphs, millis, .. } = summary;
    let files = counted(*found as u64, "file");
    let mut line = format!(
        "{files}: {indexed} indexed, {unchanged} unchanged, {skipped} skipped, {failed} failed; {removed} removed"
    );
    if args.rebuild && summary.interrupted {
        return format!("{line}. {} holds what it held before", sanitize::path(dir));
    }
    if args.dry_run {
        return format!("{line} (dry run: that is what would be done, nothing was written)");
    }
    let seconds = *millis as f64 / 1000.0;
    let held = [counted(*documents as u64, "document"), counted(*paragraphs as u64, "paragraph")].join(", ");
    line.push_str(&format!(". {} holds {held} ({seconds:.1} s)", sanitize::path(dir)));
    line
}

#[derive(Serialize)]
struct Verified {
    documents: usize,
    paragraphs: u64,
}

/// Checks every file of the index, and that every document has all its units.
fn verify(args: &IndexCli, dir: &Path, console: &mut Console<'_>) -> Result<Exit, Failure> {
    verify::verify(dir)?;
    let reader = open::open(dir)?;
    let documents = search::documents(&reader, &Filters::default())?;
    for document in &documents {
        let held = search::units(&reader, &document.id)?.len();
        if held != document.paragraphs as usize {
            let reason = format!("{} has {held} of {} paragraphs", sanitize::name(&document.id), document.paragraphs);
            return Err(IndexError::Damaged { path: dir.to_owned(), reason }.into());
        }
    }
    let paragraphs = documents.iter().map(|document| u64::from(document.paragraphs)).sum();
    let report = Verified { documents: documents.len(), paragraphs };
    if args.format == ReportFormat::Jsonl {
        print_line(console.out, &report)?;
    } else if !args.quiet {
        let counted = [counted(report.documents as u64, "document"), counted(paragraphs, "paragraph")].join(", ");
        writeln!(console.out, "{} is whole: {counted}", sanitize::path(dir))?;
    }
    Ok(Exit::Done)
}

/// Returns a number of things.
pub fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Turns an error of the pipeline into an exit code and a line.
pub fn of_pipeline(error: PipelineError) -> Failure {
    let exit = match error.class() {
        ErrorClass::Request => Exit::BadRequest,
        ErrorClass::Unusable => Exit::Unusable,
        ErrorClass::Io => Exit::Io,
        ErrorClass::Locked => Exit::Locked,
    };
    Failure::new(exit, error.to_string())
}
