//! `pincite completions SHELL [PROGRAM]` and `pincite man [PROGRAM]`

use clap::CommandFactory;

use super::Console;
use super::args::{Cli, ProgramName};
use super::failure::{Exit, Failure};
use super::index_args::IndexCli;

fn command(program: ProgramName) -> clap::Command {
    match program {
        ProgramName::Pincite => Cli::command(),
        ProgramName::PinciteIndex => IndexCli::command(),
    }
}

pub fn completions(
    shell: clap_complete::Shell,
    program: ProgramName,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let mut command = command(program);
    let name = command.get_name().to_owned();
    // The generator panics where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    console.out.write_all(&script)?;
    Ok(Exit::Done)
}

pub fn man(program: ProgramName, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let command = command(program);
    clap_mangen::Man::new(command.clone()).render(console.out)?;
    // A search is what the program is for: its options belong on the first page.
    if let Some(search) = command.find_subcommand("search") {
        clap_mangen::Man::new(search.clone()).render_options_section(console.out)?;
    }
    Ok(Exit::Done)
}
