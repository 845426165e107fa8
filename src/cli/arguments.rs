//! Puts the arguments of `pincite` in the order that the argument parser expects, so that a bare query is a search.
//!
//! Words and options may be mixed: `pincite birth --limit 5 -prostitution`. A word that begins with one hyphen belongs
//! to the query (it excludes a word); options begin with two. The first word chooses the command if it is one's name,
//! otherwise the command is `search`; `pincite search show` searches for "show". After `--` every argument is a word.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory;

use super::args::Cli;

/// Short options, which are no query words.
const SHORT: [&str; 2] = ["-h", "-V"];

/// Returns the program's name, the command, its options, `--` and its words.
pub fn arrange(argv: Vec<OsString>) -> Vec<OsString> {
    let cli = Cli::command();
    let mut argv = argv.into_iter();
    let program = argv.next().unwrap_or_else(|| "pincite".into());
    let (mut options, mut words) = split(argv, &cli);
    let is_command =
        |word: &OsString| word == "help" || cli.get_subcommands().any(|command| OsStr::new(command.get_name()) == word);
    let mut arranged = vec![program];
    match words.first() {
        Some(word) if word == "help" => {
            arranged.append(&mut words);
            return arranged;
        }
        Some(word) if is_command(word) => arranged.push(words.remove(0)),
        None if options.iter().any(|option| ["-h", "--help", "-V", "--version"].iter().any(|help| option == help)) => {
            arranged.append(&mut options);
            return arranged;
        }
        _ => arranged.push("search".into()),
    }
    arranged.append(&mut options);
    if !words.is_empty() {
        arranged.push("--".into());
        arranged.extend(words.into_iter().map(|word| word.to_string_lossy().into_owned().into()));
    }
    arranged
}

/// Letters of the shortest command whose name may be mistyped.
const SHORTEST_SLIP: usize = 4;

/// Returns the command that the first word of a bare query may be a slip of: "searhc" for `search`.
pub fn slip_of_command(argv: &[OsString]) -> Option<String> {
    let cli = Cli::command();
    let (_, words) = split(argv.iter().skip(1).cloned(), &cli);
    let word = words.first()?.to_str()?.to_lowercase();
    let near = |name: &&str| name.len() >= SHORTEST_SLIP && strsim::osa_distance(name, &word) == 1;
    cli.get_subcommands().map(clap::Command::get_name).find(near).map(str::to_owned)
}

/// Splits arguments into options (each with its value) and words. Unknown options stay options: the parser knows how
/// to suggest the one that was meant.
fn split(argv: impl Iterator<Item = OsString>, cli: &clap::Command) -> (Vec<OsString>, Vec<OsString>) {
    let (mut options, mut words) = (Vec::new(), Vec::new());
    let mut argv = argv.peekable();
    while let Some(argument) = argv.next() {
        let text = argument.to_string_lossy();
        if text == "--" {
            if words.is_empty() {
                // Not a command's name, whatever it says.
                words.push("search".into());
            }
            words.extend(argv);
            break;
        } else if let Some(name) = text.strip_prefix("--") {
            let mut option = argument.clone();
            // Joined, so that "-3" is read as a bad value and not as an option.
            if takes_value(cli, name)
                && let Some(value) = argv.next_if(|next| !next.to_string_lossy().starts_with("--"))
            {
                option.push("=");
                option.push(value);
            }
            options.push(option);
        } else if SHORT.iter().any(|short| text == *short) {
            options.push(argument);
        } else {
            words.push(argument);
        }
    }
    (options, words)
}

/// Tells whether the value of an option stands in the next argument.
fn takes_value(cli: &clap::Command, name: &str) -> bool {
    !name.contains('=')
        && cli
            .get_subcommands()
            .flat_map(clap::Command::get_arguments)
            .any(|argument| argument.get_long() == Some(name) && argument.get_action().takes_values())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &[&str], expected: &[&str]) {
        let argv = std::iter::once("pincite").chain(line.iter().copied()).map(OsString::from).collect();
        let arranged: Vec<String> =
            arrange(argv).into_iter().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
        assert_eq!(arranged, expected, "{line:?}");
    }

    #[test]
    fn a_bare_query_is_a_search() {
        check(&["birth registration"], &["search", "--", "birth registration"]);
        check(&["birth", "show"], &["search", "--", "birth", "show"]);
        check(&["search", "show"], &["search", "--", "show"]);
        check(&["--limit", "5", "birth"], &["search", "--limit=5", "--", "birth"]);
        check(&["birth", "--limit", "-5"], &["search", "--limit=-5", "--", "birth"]);
        check(&["birth", "--doc", "--limit", "5"], &["search", "--doc", "--limit=5", "--", "birth"]);
        check(&["birth", "--limit=5", "-vietnam"], &["search", "--limit=5", "--", "birth", "-vietnam"]);
        check(&["-hunger"], &["search", "--", "-hunger"]);
        check(&["--", "--limit", "show"], &["search", "--", "--limit", "show"]);
        check(&[], &["search"]);
    }

    #[test]
    fn the_first_word_may_be_a_slip_of_a_command() {
        for (line, expected) in [
            (&["searhc", "foo"][..], Some("search")),
            (&["serch", "foo"], Some("search")),
            (&["--limit", "3", "Shwo", "A/1"], Some("show")),
            (&["document"], Some("documents")),
            (&["search", "searhc"], None),
            (&["show", "A/1"], None),
            (&["birth", "shwo"], None),
            (&["searhc foo"], None),
            (&["mat"], None),
            (&["--", "searhc"], None),
            (&[], None),
        ] {
            let argv: Vec<OsString> = std::iter::once("pincite").chain(line.iter().copied()).map(Into::into).collect();
            assert_eq!(slip_of_command(&argv).as_deref(), expected, "{line:?}");
        }
    }

    #[test]
    fn options_may_stand_before_the_command() {
        check(&["--index", "x", "show", "A/1", "para", "2"], &["show", "--index=x", "--", "A/1", "para", "2"]);
        check(&["documents", "--format", "json"], &["documents", "--format=json"]);
        check(&["completions", "bash"], &["completions", "--", "bash"]);
    }

    #[test]
    fn help_is_asked_of_the_program_or_of_a_command() {
        check(&["--help"], &["--help"]);
        check(&["-V"], &["-V"]);
        check(&["show", "--help"], &["show", "--help"]);
        check(&["help", "show"], &["help", "show"]);
    }

    #[test]
    fn unknown_options_are_left_to_the_parser() {
        check(&["birth", "--limt", "5"], &["search", "--limt", "--", "birth", "5"]);
    }
}
