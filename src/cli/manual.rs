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
    let mut command = with_shorthand(command(program));
    let name = command.get_name().to_owned();
    // The generator panics where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    console.out.write_all(&script)?;
    Ok(Exit::Done)
}

/// Returns the command with the options of `search` beside its commands, since a query may stand without one
/// (`pincite --lang ru birth`): what is to be completed is not what the parser is given.
fn with_shorthand(command: clap::Command) -> clap::Command {
    let search = command.find_subcommand("search").into_iter().flat_map(clap::Command::get_arguments);
    let options: Vec<clap::Arg> = search.filter(|argument| !argument.is_positional()).cloned().collect();
    command.args(options)
}

/// Prints one page that holds everything: pages of commands that it might refer to are nowhere installed.
pub fn man(program: ProgramName, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let mut command = command(program);
    command.build();
    let page = clap_mangen::Man::new(command.clone());
    page.render_title(console.out)?;
    page.render_name_section(console.out)?;
    match program {
        ProgramName::Pincite => page.render_synopsis_section(console.out)?,
        ProgramName::PinciteIndex => writeln!(console.out, ".SH SYNOPSIS\n{}", synopsis(&command))?,
    }
    page.render_description_section(console.out)?;
    page.render_options_section(console.out)?;
    for part in command.get_subcommands().filter(|part| !part.is_hide_set() && part.get_name() != "help") {
        let name = part.get_name();
        writeln!(console.out, ".SH \"{} {}\"", command.get_name().to_uppercase(), name.to_uppercase())?;
        writeln!(
            console.out,
            "{}\n.PP\n{}",
            synopsis(part),
            escaped(&part.get_about().map(ToString::to_string).unwrap_or_default())
        )?;
        let mut options = Vec::new();
        clap_mangen::Man::new(part.clone()).render_options_section(&mut options)?;
        let options = String::from_utf8_lossy(&options);
        // The heading of the command stands for that of its options; the prologue stood at the top of the page.
        let own = options.lines().skip_while(|line| !line.starts_with(".SH")).skip(1);
        for line in own {
            writeln!(console.out, "{line}")?;
        }
    }
    page.render_extra_section(console.out)?;
    page.render_version_section(console.out)?;
    Ok(Exit::Done)
}

/// Returns how a command is written, options with their arguments.
fn synopsis(command: &clap::Command) -> String {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let mut parts = vec![format!("\\fB{}\\fR", escaped(name))];
    for argument in command.get_arguments().filter(|argument| !argument.is_hide_set() && !argument.is_positional()) {
        let Some(long) = argument.get_long() else { continue };
        let value = if argument.get_action().takes_values() {
            let names = argument.get_value_names().unwrap_or_default();
            names.iter().map(|name| format!(" \\fI{}\\fR", escaped(name))).collect()
        } else {
            String::new()
        };
        parts.push(format!("[\\fB{}\\fR{value}]", escaped(&format!("--{long}"))));
    }
    for argument in command.get_positionals() {
        let name = argument.get_value_names().and_then(|names| names.first()).map_or("ARG", |name| name.as_str());
        let more = if argument.get_num_args().is_some_and(|count| count.max_values() > 1) { " ..." } else { "" };
        let written = format!("\\fI{}\\fR{more}", escaped(name));
        parts.push(if argument.is_required_set() { written } else { format!("[{written}]") });
    }
    parts.join(" ")
}

/// Returns a text as roff takes it: hyphens that can be copied, and no line that begins like a request.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(program: ProgramName) -> String {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let done = man(program, &mut Console { program: "pincite", out: &mut out, err: &mut err });
        assert!(matches!(done, Ok(Exit::Done)));
        String::from_utf8_lossy(&out).replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
    }

    #[test]
    fn a_page_holds_everything_and_refers_to_none() {
        let page = page(ProgramName::Pincite);
        assert!(!page.contains("(1)"), "{page}");
        for words in ["[--facets]", "[--limit N]", "pincite show", "[--cite-style STYLE]", "SHELL", "Exit codes"] {
            assert!(page.contains(words), "{words} in {page}");
        }
        assert_eq!(page.matches(".TH").count(), 1);
    }

    #[test]
    fn options_have_their_arguments() {
        let page = page(ProgramName::PinciteIndex);
        for words in ["[--index DIR]", "[--terms FILE]", "[--rebuild]", "[PATH ...]"] {
            assert!(page.contains(words), "{words} in {page}");
        }
    }
}
