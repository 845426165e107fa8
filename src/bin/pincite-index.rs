//! `pincite-index`: keeps the index in step with the corpus. Arguments to the library, its outcome to an exit code.

#[path = "shared/terminal.rs"]
mod terminal;

use std::process::ExitCode;

fn main() -> ExitCode {
    terminal::run("pincite-index", pincite::cli::run_index)
}
