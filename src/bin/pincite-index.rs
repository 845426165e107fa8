//! `pincite-index`: keeps the index in step with the corpus. Arguments to the library, its outcome to an exit code.

#[path = "shared/terminal.rs"]
mod terminal;

use std::process::ExitCode;

/// Many threads hand memory to each other while they index: that of the system keeps most of what they give back (at 580,050
/// paragraphs 299 MB at most, growing with the corpus, against 255 MB, not growing). A search gains nothing by it and
/// starts a millisecond later.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    terminal::run("pincite-index", pincite::cli::run_index)
}
