//! What `pincite-index` teaches an index beside its documents: terms of the user, translations learned from the corpus.

use std::path::{Path, PathBuf};

use super::Console;
use super::failure::Failure;
use super::index::{counted, of_pipeline};
use super::index_args::IndexCli;
use crate::index::taught::{Taught, forget, teach};
use crate::pipeline::{self, Learned};
use crate::printer::sanitize;
use crate::query::expand::{MAX_BYTES, UserTerms};

/// Lines of a file of terms that are named where they are no terms.
const NAMED_LINES: usize = 20;

/// Reads the files of terms; `None` where none is named. Lines that are no terms are named and passed over.
///
/// # Errors
/// The first file that cannot be read or is not well-formed, with its line.
pub fn read_terms(files: &[PathBuf], console: &mut Console<'_>) -> Result<Option<UserTerms>, Failure> {
    let mut all: Option<UserTerms> = None;
    for file in files {
        let name = sanitize::path(file);
        let wrong = |reason: String| Failure::bad_request(format!("{name}: {reason}"));
        let size = std::fs::metadata(file).map_err(|error| wrong(format!("{error} (name a file of terms)")))?.len();
        // Said before it is read: a file of terms is no place for a gigabyte.
        if size > MAX_BYTES as u64 {
            return Err(wrong(format!("more than {} million bytes (split it)", MAX_BYTES >> 20)));
        }
        let bytes = std::fs::read(file).map_err(|error| wrong(format!("{error} (name a file of terms)")))?;
        let terms = UserTerms::from_named(&name, &bytes).map_err(|error| wrong(error.to_string()))?;
        for fault in terms.passed_over().iter().take(NAMED_LINES) {
            console.note(&format!("{name}: {fault} (passed over)"));
        }
        if let Some(more) = terms.passed_over().len().checked_sub(NAMED_LINES).filter(|more| *more > 0) {
            console.note(&format!("{name}: {} more passed over", counted(more as u64, "line")));
        }
        all = Some(match all {
            Some(known) => known.join(&terms),
            None => terms,
        });
    }
    Ok(all)
}

/// Teaches the index what the arguments ask for.
pub fn run(args: &IndexCli, terms: Option<&UserTerms>, dir: &Path, console: &mut Console<'_>) -> Result<(), Failure> {
    if args.forget {
        forget(dir, Taught::Terms)?;
        forget(dir, Taught::Translations)?;
        console.note("forgotten: the terms and translations that the index was given");
    }
    if let Some(terms) = terms {
        teach(dir, Taught::Terms, terms.as_tsv().as_bytes())?;
        console.note(&format!("{} of yours: searches use them from now on", counted(terms.len() as u64, "term")));
    }
    if args.learn {
        let learned = pipeline::learn(dir).map_err(of_pipeline)?;
        console.note(&say(&learned));
    }
    Ok(())
}

fn say(learned: &Learned) -> String {
    let Learned { symbols, pairs, words: (english, russian) } = learned;
    match (symbols, pairs) {
        (0, _) => {
            "nothing to learn from: no document is held in English and Russian under one symbol (a symbol can be \
                   given in metadata.toml)"
                .to_owned()
        }
        (_, 0) => "nothing to learn from: the documents held in both languages share no paragraph numbers".to_owned(),
        _ => format!(
            "learned from {pairs} paragraphs of {} in both languages: {english} English and {russian} Russian words",
            counted(*symbols as u64, "document"),
        ),
    }
}
