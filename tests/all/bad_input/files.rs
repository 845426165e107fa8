//! Folders and files that are missing, strange, unreadable or on the move.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::{GOOD, assert_good_found};
use crate::env::Env;
use crate::indexing::report;

/// Returns the line of the file whose name holds `part`.
fn line_of<'a>(lines: &'a [Value], part: &str) -> &'a Value {
    let found = lines.iter().find(|line| line["file"].as_str().is_some_and(|file| file.contains(part)));
    found.unwrap_or_else(|| panic!("{part} is not accounted for: {lines:#?}"))
}

#[test]
fn a_missing_corpus() {
    let env = Env::empty();
    env.index([]).assert_code(2).assert_one_line(&["corpus"]);
    env.index(["no/such/folder"]).assert_code(2).assert_one_line(&["no/such/folder"]);
    env.assert_refused(&["birth"], 3, &["no index", "index", "pincite-index"]);
    assert!(!env.path("index").exists(), "nothing is made for a corpus that is not there");
}

#[test]
fn a_missing_corpus_does_not_empty_the_index() {
    let env = Env::with_files(&[GOOD]);
    env.index([]).assert_code(0);
    fs::rename(env.path("corpus"), env.path("moved")).expect("a renamed folder");
    env.index([]).assert_code(2).assert_one_line(&["corpus"]);
    assert_good_found(&env);
}

#[test]
fn an_empty_corpus() {
    let env = Env::with_files(&[]);
    let run = env.index([]);
    run.assert_code(0).assert_says(&["no documents in corpus"]);
    env.pincite(["birth"]).assert_code(1).assert_says(&["no documents", "pincite-index"]);
    env.pincite(["documents"]).assert_code(1).assert_says(&["no documents"]);
    // With a folder of its own the index is there, and is said to be empty.
    env.index(["corpus", "--index", "elsewhere"]).assert_code(0);
    for args in [&["birth"][..], &["documents"], &["show", "CRC/C/1"], &["outline", "x"], &["cites"], &["similar", "x"]]
    {
        let run = env.pincite([args, &["--index", "elsewhere"]].concat());
        run.assert_code(1).assert_one_line(&["elsewhere holds no documents", "--index elsewhere"]);
    }
    env.index(["--verify", "--index", "elsewhere"]).assert_code(0);
    env.index(["corpus", "--index", "elsewhere"]).assert_code(0);
    // Once there is something to read, the first query reads it.
    env.write("corpus/birth.txt", b"1. Every birth shall be registered.\n");
    env.pincite(["birth"]).assert_code(0).assert_says(&["first run"]);
}

#[test]
fn files_that_are_no_documents() {
    let env = Env::with_files(&[
        GOOD,
        ("empty.txt", b""),
        ("blank.txt", b" \n\n"),
        ("binary.txt", &[0, 159, 146, 150, 0, 1]),
    ]);
    let (lines, summary) = report(&env, &[], 4);
    for name in ["empty.txt", "blank.txt", "binary.txt"] {
        let line = line_of(&lines, name);
        assert!(line["status"] == "skipped" || line["status"] == "failed", "{line}");
        assert!(line["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{line}");
    }
    assert_eq!(summary["indexed"], 1, "{summary}");
    assert_good_found(&env);
    let run = env.index(["--rebuild"]);
    run.assert_code(4).assert_says(&["skipped", "empty.txt", "binary.txt"]);
}

#[cfg(unix)]
#[test]
fn pipes_links_and_unreadable_files() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let env = Env::with_files(&[GOOD, ("closed.txt", b"1. Nobody may read this.\n")]);
    env.write("outside.txt", b"1. Outside of the corpus.\n");
    symlink("../outside.txt", env.path("corpus/leads-out.txt")).expect("a link");
    symlink(".", env.path("corpus/loop")).expect("a link");
    symlink("nowhere.txt", env.path("corpus/dangling.txt")).expect("a link");
    fs::set_permissions(env.path("corpus/closed.txt"), fs::Permissions::from_mode(0o000)).expect("permissions");
    let made = Command::new("mkfifo").arg(env.path("corpus/pipe.txt")).status();
    assert!(made.is_ok_and(|status| status.success()), "a FIFO is made");

    let (lines, _) = report(&env, &[], 4);
    for name in ["leads-out.txt", "pipe.txt", "dangling.txt"] {
        assert_ne!(line_of(&lines, name)["status"], "indexed", "{name}");
    }
    if fs::read(env.path("corpus/closed.txt")).is_err() {
        assert_ne!(line_of(&lines, "closed.txt")["status"], "indexed");
    } else {
        eprintln!("skipped: this user may read every file");
    }
    assert_good_found(&env);
    assert_eq!(env.lines(["documents"]).iter().filter(|entry| entry["document"] == "good").count(), 1);
    env.assert_refused(&["outside", "--exact"], 1, &["no paragraph matches"]);
}

#[test]
fn any_common_encoding_is_read() {
    let russian = "1. Каждый ребенок регистрируется сразу же после рождения и имеет право на имя и гражданство.\n";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(russian.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let cp1251 = encoding_rs::WINDOWS_1251.encode(russian).0.into_owned();
    let koi8 = encoding_rs::KOI8_R.encode(russian).0.into_owned();
    let broken = [russian.as_bytes(), b"2. Broken \xff\xfe bytes.\n"].concat();
    let cr_only = b"1. Every birth shall be\rregistered without delay.\r\r2. Every child has a name.\r".to_vec();
    let env = Env::with_files(&[
        ("utf16.txt", &utf16),
        ("cp1251.txt", &cp1251),
        ("koi8.txt", &koi8),
        ("broken.txt", &broken),
        ("cr.txt", &cr_only),
    ]);
    let run = env.index([]);
    assert!([0, 4].contains(&run.code), "{}", run.err);
    for name in ["utf16", "cp1251", "koi8", "broken"] {
        let hits = env.lines(["регистрируется", "--doc", name]);
        assert_eq!(hits.len(), 1, "{name}");
        assert!(hits[0]["text"].as_str().is_some_and(|text| text.starts_with("Каждый ребенок регистрируется")));
    }
    let hits = env.lines(["registered", "--doc", "cr"]);
    assert_eq!(hits[0]["text"], "Every birth shall be registered without delay.");
    assert_eq!(hits[0]["label"], "1");
}

#[test]
fn a_megabyte_on_one_line() {
    let line = format!("1. Birth {}registration.\n", "lorem ipsum dolor ".repeat(60_000));
    let endless = "x".repeat(1_000_000);
    let env = Env::with_files(&[GOOD, ("line.txt", line.as_bytes()), ("endless.txt", endless.as_bytes())]);
    let run = env.index([]);
    assert!([0, 4].contains(&run.code), "{}", run.err);
    let run = env.pincite(["birth registration", "--doc", "line"]);
    run.assert_code(0);
    assert!(run.out.len() < 10_000, "the paragraph is excerpted");
    assert_good_found(&env);
}

#[cfg(unix)]
#[test]
fn names_that_need_care() {
    let names = ["with space.txt", "отчёт о правах.txt", "two\nlines.txt", "\u{1b}[31mred.txt", "\u{202e}txt.abc.txt"];
    // The texts differ: a second copy of the same document would be left out.
    let texts: Vec<String> =
        (1..).map(|n| format!("{n}. Birth {n} shall be registered.\n")).take(names.len()).collect();
    let files: Vec<(&str, &[u8])> = names.iter().zip(&texts).map(|(name, text)| (*name, text.as_bytes())).collect();
    let env = Env::with_files(&files);
    env.index([]).assert_code(0);
    let hits = env.lines(["registered", "--limit", "9"]);
    assert_eq!(hits.len(), names.len());
    // Each run checks that nothing steers the terminal.
    env.pincite(["registered"]).assert_code(0);
    env.pincite(["documents"]).assert_code(0);
    for hit in &hits {
        let id = hit["document"].as_str().expect("an id");
        assert_eq!(env.lines(["show", id]).len(), 1, "{id:?}");
    }
    for name in names {
        env.write(&format!("corpus/{name}"), b"");
    }
    let run = env.index([]);
    run.assert_code(4).assert_says(&["with space.txt", "отчёт о правах.txt", "two\\nlines.txt", "\\u{1b}[31mred.txt"]);
}

#[test]
fn a_file_that_changes_while_it_is_read() {
    let env = Env::with_files(&[GOOD]);
    let path = env.path("corpus/moving.txt");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0.. {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                let lines = format!("{round}. Version {round} of the moving paragraph.\n").repeat(1 + round % 500);
                fs::write(&path, lines).expect("a changed file");
            }
        });
        for _ in 0..3 {
            let run = env.index([]);
            assert!([0, 4].contains(&run.code), "{} {}", run.code, run.err);
        }
        done.store(true, Ordering::Relaxed);
    });
    fs::write(&path, "1. The last version of the moving paragraph.\n").expect("a changed file");
    env.index([]).assert_code(0);
    let units = env.lines(["show", "moving"]);
    assert_eq!(units.len(), 1);
    assert_eq!(units[0]["text"], "The last version of the moving paragraph.");
    assert_good_found(&env);
}
