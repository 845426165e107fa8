//! `pincite completions SHELL` and `pincite man`

use clap::CommandFactory;

use super::Console;
use super::args::Cli;
use super::failure::{Exit, Failure};

pub fn completions(shell: clap_complete::Shell, console: &mut Console<'_>) -> Result<Exit, Failure> {
    // The generator panics where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pincite", &mut script);
    console.out.write_all(&script)?;
    Ok(Exit::Done)
}

pub fn man(console: &mut Console<'_>) -> Result<Exit, Failure> {
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(console.out)?;
    // A search is what the program is for: its options belong on the first page.
    if let Some(search) = command.find_subcommand("search") {
        clap_mangen::Man::new(search.clone()).render_options_section(console.out)?;
    }
    Ok(Exit::Done)
}
