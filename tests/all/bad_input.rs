//! Everything that goes wrong outside: one clear line, the documented exit code, nothing else lost.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use pincite::index::writer::{Writer, WriterOptions};
use serde_json::Value;

use crate::env::Env;
use crate::indexing::report;

const GOOD: (&str, &[u8]) = ("good.txt", b"1. Every birth shall be registered without delay.\n");

/// Returns the line of the file whose name holds `part`.
fn line_of<'a>(lines: &'a [Value], part: &str) -> &'a Value {
    let found = lines.iter().find(|line| line["file"].as_str().is_some_and(|file| file.contains(part)));
    found.unwrap_or_else(|| panic!("{part} is not accounted for: {lines:#?}"))
}

fn assert_good_found(env: &Env) {
    assert_eq!(env.lines(["registered", "--doc", "good"]).len(), 1, "nothing else is lost");
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

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let env = Env::with_files(&[GOOD]);
    fs::set_permissions(env.path(""), fs::Permissions::from_mode(0o555)).expect("permissions");
    if fs::write(env.path("probe"), b"").is_ok() {
        eprintln!("skipped: this user may write every folder");
        return;
    }
    env.pincite(["birth"]).assert_code(5).assert_says(&["cannot use the index in index", "--index DIR"]);
    env.index([]).assert_code(5).assert_one_line(&["--index DIR", "PINCITE_INDEX=DIR"]);
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
fn queries_of_every_kind() {
    let env = Env::of_corpus();
    let brackets = "(".repeat(5_000);
    let closed = format!("{}birth{}", "(".repeat(5_000), ")".repeat(5_000));
    for query in [
        "\"",
        "((",
        "*",
        "birth AND",
        "OR",
        "NEAR/",
        "\"birth\"~",
        "doc:",
        "year:abc",
        "~5",
        "\\",
        "\u{0}",
        &brackets,
        &closed,
    ] {
        if query.contains('\0') {
            continue; // no argument can hold it
        }
        let run = env.pincite([query]);
        assert!([0, 1].contains(&run.code), "{query:.20}: {} {}", run.code, run.err);
        for line in run.err.lines() {
            assert!(line.chars().count() < 600, "{line}");
        }
    }
    env.assert_refused(&[""], 2, &["nothing to search for"]);
    env.assert_refused(&["   "], 2, &["nothing to search for"]);
    env.assert_refused(&[], 2, &["nothing to search for"]);
    let run = env.pincite(["-birth", "-registration"]);
    assert!([0, 1].contains(&run.code) && !run.err.is_empty() || run.code == 0, "{}", run.err);
}

#[test]
fn a_megabyte_of_query() {
    // One argument may have 128 KiB on Linux, so the megabyte comes in many.
    let words: Vec<String> = (0..100).map(|number| format!("birth{number} ").repeat(1_200)).collect();
    let run = Env::of_corpus().pincite(&words);
    assert!([0, 1].contains(&run.code), "{} {}", run.code, run.err);
    assert!(run.err.lines().all(|line| line.chars().count() < 600));
}

#[test]
fn bad_values_name_the_argument_and_the_remedy() {
    let env = Env::of_corpus();
    for (args, words) in [
        (&["birth", "--limit", "0"][..], &["--limit", "1 to 100000"][..]),
        (&["birth", "--limit", "-3"], &["--limit", "1 to 100000"]),
        (&["birth", "--offset", "x"], &["--offset", "number"]),
        (&["birth", "--context", "1000"], &["--context", "0 to 100"]),
        (&["birth", "--year", "2019..2015"], &["--year", "2015..2019"]),
        (&["birth", "--year", "soon"], &["--year", "2015.."]),
        (&["birth", "--lang", "english"], &["--lang", "en or ru"]),
        (&["birth", "--kind", "novel"], &["--kind", "concluding-observations"]),
        (&["birth", "--format", "xml"], &["--format", "jsonl"]),
        (&["birth", "--cite-style", "apa"], &["--cite-style", "oscola"]),
        (&["birth", "--cites", "no such treaty at all"], &["--cites", "CRC/7"]),
        (&["cites", "no such treaty at all"], &["KEY", "CRC/7"]),
        (&["birth", "--limt", "5"], &["--limt", "--limit"]),
        (&["birth", "--doc"], &["--doc", "value"]),
        (&["documents", "extra"], &["extra"]),
        (&["completions", "tcsh-like"], &["bash"]),
        (&["birth", "--format", "\u{1b}[2J"], &["--format"]),
    ] {
        env.assert_refused(args, 2, words);
    }
}

#[test]
fn an_index_of_another_version() {
    let env = Env::with_files(&[GOOD]);
    env.index([]).assert_code(0);
    let meta = env.path("index/meta.json");
    let text = fs::read_to_string(&meta).expect("meta.json");
    let at = text.find("pincite_schema").expect("the version stands in the commit");
    let end = at + text[at..].find(['}', ',']).expect("the end of the number");
    let other = format!("{}pincite_schema\\\":4711{}", &text[..at], &text[end..]);
    fs::write(&meta, other).expect("a changed meta.json");
    env.assert_refused(&["birth"], 3, &["another version", "--rebuild"]);
    env.index([]).assert_code(3).assert_one_line(&["another version", "--rebuild"]);
    env.index(["--rebuild"]).assert_code(0);
    assert_good_found(&env);
}

#[test]
fn an_index_half_deleted() {
    let env = Env::with_files(&[GOOD]);
    env.index([]).assert_code(0);
    let mut files: Vec<_> =
        fs::read_dir(env.path("index")).expect("an index").flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending != "json" && ending != "lock"));
    files.sort();
    assert!(files.len() > 2, "{files:?}");
    for path in files.iter().step_by(2) {
        fs::remove_file(path).expect("a removed file");
    }
    env.assert_refused(&["birth"], 3, &["damaged", "--rebuild"]);
    env.index(["--rebuild"]).assert_code(0);
    fs::remove_file(env.path("index/meta.json")).expect("a removed file");
    env.assert_refused(&["birth"], 3, &["damaged", "--rebuild"]);
    env.index(["--rebuild"]).assert_code(0);
    assert_good_found(&env);
}

#[test]
fn a_folder_that_is_no_index() {
    let env = Env::with_files(&[GOOD]);
    env.write("photos/cat.jpg", b"a cat");
    env.assert_refused(&["birth", "--index", "photos"], 3, &["photos", "--index"]);
    for args in [&["--index", "photos"][..], &["--index", "photos", "--rebuild"], &["--index", "corpus/good.txt"]] {
        env.index(args.iter().copied()).assert_code(3).assert_one_line(&["--index"]);
    }
    assert_eq!(fs::read(env.path("photos/cat.jpg")).ok().as_deref(), Some(b"a cat".as_slice()));
    assert_eq!(fs::read_dir(env.path("photos")).map(|entries| entries.count()).ok(), Some(1), "nothing was put there");
}

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
fn two_writers() {
    let env = Env::with_files(&[GOOD]);
    env.index([]).assert_code(0);
    let held = Writer::open(&env.path("index"), WriterOptions::default()).expect("the lock is free");
    env.write("corpus/more.txt", b"1. More.\n");
    for args in [&[][..], &["--rebuild"]] {
        env.index(args.iter().copied()).assert_code(6).assert_one_line(&["another program", "wait"]);
    }
    assert_good_found(&env);
    drop(held);
    // A process that another test is just starting may hold a copy of the lock until it runs its own program.
    let mut run = env.index([]);
    for _ in 0..100 {
        if run.code != 6 {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
        run = env.index([]);
    }
    run.assert_code(0);
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
