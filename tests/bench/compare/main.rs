//! Measures whole programs side by side in one run: Pincite, bare tantivy, SQLite FTS5, Xapian, ripgrep.
//!
//! `cargo bench --bench compare -- --help` says what can be chosen; `tests/bench/README.md` says what is measured.

mod bare;
mod input;
mod measure;
mod others;
mod plot;
mod process;
mod queries;
mod random;
mod table;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;

use input::Document;
use measure::Figures;
use others::Others;

/// That of the programs, so that bare tantivy has no other one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures whole programs side by side.
#[derive(Debug, Parser)]
struct Options {
    /// Paragraphs as JSON Lines, `{"doc","para","section","text"}`, plain or gzipped.
    #[arg(long)]
    input: Option<PathBuf>,
    /// Multiples of the collection, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "1")]
    scale: Vec<usize>,
    /// How often each index is built; the median counts.
    #[arg(long, default_value_t = 1)]
    repeat: usize,
    /// Where files and indexes are written. About five times the text is needed.
    #[arg(long, default_value = concat!(env!("CARGO_TARGET_TMPDIR"), "/compare"))]
    work: PathBuf,
    /// Write the figures between the marks of this page, and the plot beside it (`docs/performance.md`).
    #[arg(long)]
    page: Option<PathBuf>,
    /// Measure only queries, in the indexes of the run before.
    #[arg(long)]
    queries_only: bool,
    /// Measure only this class of queries.
    #[arg(long)]
    only: Option<String>,
    /// For `cargo bench`, which adds it.
    #[arg(long, hide = true)]
    bench: bool,
    /// Index with bare tantivy and end: this program runs itself to be measured as a process.
    #[arg(long, hide = true, num_args = 2, value_names = ["TEXTS", "FOLDER"])]
    bare_index: Option<Vec<PathBuf>>,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    if let Some([texts, folder]) = options.bare_index.as_deref() {
        return bare::index(texts, folder);
    }
    let documents = collection(options.input.as_deref())?;
    let others = Others::find();
    for name in &others.skipped {
        eprintln!("skipped: {name} is not installed");
    }
    std::fs::create_dir_all(&options.work).with_context(|| options.work.display().to_string())?;
    let mut figures = measure::read(&options.work);
    for &scale in &options.scale {
        let measured = measure::scale(&documents, scale.max(1), &options, &others)?;
        figures.retain(|known: &Figures| known.scale != measured.scale);
        figures.push(measured);
        figures.sort_by_key(|known| known.scale);
        measure::save(&options.work, &figures)?;
    }
    let text = table::markdown(&figures);
    println!("{text}");
    if let Some(page) = &options.page {
        table::put_into(page, &text)?;
        std::fs::write(page.with_extension("svg"), plot::svg(&figures))?;
    }
    Ok(())
}

fn collection(input: Option<&Path>) -> anyhow::Result<Vec<Document>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let usual = root.join(input::USUAL);
    match input {
        Some(path) => input::read(path),
        None if usual.exists() => input::read(&usual),
        None => {
            eprintln!("no collection at {}: measuring one made of the documents in corpus/", input::USUAL);
            input::make(&root.join("corpus"))
        }
    }
}
