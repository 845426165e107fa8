//! Opens the index; the first time, builds it from the documents at hand.

use std::path::Path;

use super::args::OutputArgs;
use super::failure::{Exit, Failure};
use super::progress::Progressing;
use super::{Console, DEFAULT_CORPUS, Surroundings};
use crate::index::open::{Reader, open};
use crate::index::{IndexError, remedy};
use crate::pipeline::{IndexOptions, Progress, index};
use crate::printer::sanitize;

/// Opens the index. With none at the default place, or one that was made before there was any file, and a corpus at the
/// default place, builds it first.
pub fn open_or_build(
    output: &OutputArgs,
    around: &Surroundings<'_>,
    console: &mut Console<'_>,
) -> Result<Reader, Failure> {
    let (dir, default) = around.index_dir(output.index.as_ref());
    match open(&dir) {
        Err(IndexError::Missing(_)) if default && Path::new(DEFAULT_CORPUS).is_dir() => {
            build(&dir, around, console)?;
            Ok(open(&dir)?)
        }
        Ok(reader) if reader.is_empty() && default && Path::new(DEFAULT_CORPUS).is_dir() => {
            drop(reader);
            build(&dir, around, console)?;
            Ok(open(&dir)?)
        }
        opened => Ok(opened?),
    }
}

/// Returns the failure of a request to an index of no documents.
pub fn no_documents(reader: &Reader) -> Failure {
    let dir = reader.path();
    let remedy = remedy(dir, false);
    Failure::no_hits(format!(
        "the index in {} holds no documents (put some into a folder and run `{remedy}`)",
        sanitize::path(dir)
    ))
}

fn build(dir: &Path, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    console.note(&format!("first run: indexing {DEFAULT_CORPUS} into {}", sanitize::path(dir)));
    let options = IndexOptions {
        roots: vec![DEFAULT_CORPUS.into()],
        index: dir.to_owned(),
        rebuild: false,
        dry_run: false,
        worker: around.worker.clone(),
    };
    let progress = Progressing::new(around.bar.clone());
    let mut observe = |event| {
        if matches!(event, Progress::Committing) {
            around.interrupts.end();
        }
        if let Some(line) = progress.observe(&event) {
            progress.suspend(|| console.note(&line));
        }
    };
    let summary = index(&options, &mut observe, around.interrupts.watch());
    around.interrupts.unwatch();
    progress.finish();
    let summary = summary.map_err(super::index::of_pipeline)?;
    if summary.interrupted {
        return Err(Failure::new(Exit::Interrupted, super::index::INTERRUPTED));
    }
    if summary.found == 0 {
        return Err(Failure::no_hits(super::index::no_documents(DEFAULT_CORPUS)));
    }
    Ok(())
}
