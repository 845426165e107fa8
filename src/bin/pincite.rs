//! `pincite`: answers queries. Arguments to the library, its outcome to an exit code.

#[path = "shared/terminal.rs"]
mod terminal;

use std::process::ExitCode;

fn main() -> ExitCode {
    terminal::run("pincite", pincite::cli::run)
}
