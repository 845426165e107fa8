//! What `pincite` prints, command by command.

mod cites;
mod eval;
mod filters;
mod search;
mod show;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::env::{Env, Run};

const OPSC: &str = "CRC/C/OPSC/LAO/CO/1";

/// Returns the keys of an object in the order in which they stand, which a parsed map forgets.
fn top_level_keys(line: &str) -> Vec<&str> {
    let (mut keys, mut depth, mut start, mut quoted, mut escaped) = (Vec::new(), 0, 0, false, false);
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if quoted => {
                quoted = false;
                if depth == 1 && line[at + 1..].starts_with(':') {
                    keys.push(&line[start..at]);
                }
            }
            '"' => (quoted, start) = (true, at + 1),
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    keys
}

fn offset(value: &Value) -> usize {
    value.as_u64().expect("an offset") as usize
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let env = Env::of_corpus();
    for columns in ["80", "120"] {
        for args in [
            &["birth registration", "--context", "1", "--facets", "--explain"][..],
            &["регистрация рождений"],
            &["show", OPSC],
            &["documents"],
            &["outline", OPSC],
            &["cites"],
            &["cites", "CRC-OP-SC"],
        ] {
            let run = Run::of(env.command("pincite").args(args).env("COLUMNS", columns));
            let limit: usize = columns.parse().expect("a number");
            for line in run.out.lines() {
                assert!(line.width() <= limit, "{args:?}: {} columns of {limit}: {line}", line.width());
            }
        }
    }
}

#[test]
fn colours_only_where_wanted() {
    let env = Env::of_corpus();
    let has_colour = |args: &[&str], no_color: bool| {
        let mut command = env.command("pincite");
        command.args(["birth registration"]).args(args);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        Run::of(&mut command).out.contains('\u{1b}')
    };
    assert!(!has_colour(&[], false), "a pipe is no terminal");
    assert!(has_colour(&["--color", "always"], false));
    assert!(has_colour(&["--color", "always"], true), "an option given by hand wins");
    assert!(!has_colour(&["--color", "never"], false));
    assert!(!has_colour(&["--color", "always", "--format", "jsonl"], false));
}

#[test]
fn documents_and_outlines_are_listed() {
    let env = Env::of_corpus();
    let documents = env.lines(["documents"]);
    assert_eq!(documents.len(), 5);
    assert!(documents.iter().any(|document| document["symbol"] == OPSC));
    let sections = env.lines(["outline", OPSC]);
    assert!(sections.len() > 5, "{sections:?}");
    assert!(sections.iter().any(|section| section["depth"] == 1), "a tree, not a list");
    for format in ["text", "json", "csv"] {
        for command in [&["documents"][..], &["outline", OPSC], &["show", OPSC]] {
            let run = env.pincite(command.iter().copied().chain(["--format", format]));
            run.assert_code(0);
            assert!(!run.out.is_empty());
        }
    }
}

#[test]
fn manual_and_completions_need_no_index() {
    let env = Env::empty();
    for args in [&["man"][..], &["completions", "bash"], &["completions", "zsh"], &["--help"], &["search", "--help"]] {
        let run = env.pincite(args);
        run.assert_code(0);
        assert!(run.out.contains("pincite"), "{args:?}");
        assert_eq!(run.err, "");
    }
    env.assert_output(&["--version"], concat!("pincite ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_options_of_a_search_are_completed_without_its_name() {
    let script = Env::empty().pincite(["completions", "bash"]).out;
    let offered = |is_case: &dyn Fn(&str) -> bool| {
        let mut lines = script.lines().map(str::trim).skip_while(|line| !line.strip_suffix(')').is_some_and(is_case));
        lines.nth(1).expect("a line of options").to_owned()
    };
    let alone = offered(&|case| case == "pincite");
    let search = offered(&|case| case.ends_with("__search") && !case.contains("help"));
    for option in [" --lang ", " --country ", " --limit ", " --index "] {
        assert!(alone.contains(option) && search.contains(option), "{option} in {alone} and {search}");
    }
    assert!(alone.contains(" documents "), "{alone}");
    let outline = offered(&|case| case.ends_with("__outline") && !case.contains("help"));
    assert!(outline.contains(" --index ") && !outline.contains(" --lang "), "{outline}");
}

#[test]
fn the_first_query_builds_the_index() {
    let env = Env::with_files(&[("birth.txt", b"1. Every birth shall be registered without delay.\n")]);
    let run = env.pincite(["birth"]);
    run.assert_code(0).assert_says(&["first run", "index"]);
    assert_eq!(run.err.lines().count(), 1, "one line: {}", run.err);
    assert!(run.out.contains("registered without delay"), "{}", run.out);
    let again = env.pincite(["birth"]);
    assert_eq!(again.err, "", "a later run answers at once");
    assert_eq!(again.out, run.out);
}

#[test]
fn the_index_is_where_the_environment_says() {
    let env = Env::with_files(&[("birth.txt", b"1. Every birth shall be registered without delay.\n")]);
    env.index(["--index", "elsewhere"]).assert_code(0);
    let run = Run::of(env.command("pincite").arg("birth").env("PINCITE_INDEX", "elsewhere"));
    run.assert_code(0);
    assert_eq!(run.err, "");
    env.assert_refused(&["birth", "--index", "nowhere"], 3, &["nowhere", "pincite-index"]);
}
