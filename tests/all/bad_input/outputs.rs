//! Readers that leave, disks that are full, and text that would steer a terminal.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::env::Env;

#[test]
fn a_reader_that_leaves_early() {
    let env = Env::of_corpus();
    for args in [
        &["show", "special-procedures/sale-of-children-visit-laos-2019"][..],
        &["children", "--limit", "500", "--format", "jsonl"],
        &["children", "--limit", "500", "--format", "csv"],
        &["children", "--limit", "500", "--format", "json"],
        &["man"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pincite"))
            .args(args)
            .current_dir(env.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("pincite starts");
        let mut first = [0; 1];
        let mut out = child.stdout.take().expect("stdout");
        out.read_exact(&mut first).expect("a first byte");
        drop(out);
        let output = child.wait_with_output().expect("pincite ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
        assert!(!said.contains("pipe") && !said.contains("panicked"), "{said}");
    }
}

#[test]
fn documents_cannot_steer_the_terminal() {
    let text = "1. Every birth \u{1b}]0;owned\u{7}shall be \u{202e}registered\u{202c} \u{9b}31mwithout delay.\n";
    let env = Env::with_files(&[("nasty.txt", text.as_bytes())]);
    let run = env.index([]);
    assert!([0, 4].contains(&run.code));
    // Each run checks that nothing steers the terminal.
    for args in [&["birth"][..], &["show", "nasty"], &["documents"], &["birth", "--color", "always", "--explain"]] {
        env.pincite(args);
    }
    env.index(["--explain", "corpus/nasty.txt"]);
}

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        eprintln!("skipped: there is no /dev/full here");
        return;
    };
    let output = Command::new(env!("CARGO_BIN_EXE_pincite"))
        .args(["children", "--format", "jsonl"])
        .current_dir(Env::of_corpus().path(""))
        .stdout(full)
        .output()
        .expect("pincite runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("cannot write the output") && said.lines().count() == 1, "{said}");
}
