//! What `pincite-index` does to the index, run after run.

use std::fs;

use serde_json::Value;

use crate::env::{Env, Run};

/// Runs the indexer and returns the object of each file by name and the summary, which must add up.
pub fn report(env: &Env, args: &[&str], code: i32) -> (Vec<Value>, Value) {
    let run = env.index(args.iter().copied().chain(["--format", "jsonl"]));
    run.assert_code(code);
    let mut lines = run.json_lines();
    let summary = lines.pop().map(|line| line["summary"].clone()).unwrap_or_default();
    let count = |key: &str| summary[key].as_u64().unwrap_or_else(|| panic!("{key} in {summary}"));
    let accounted = count("indexed") + count("unchanged") + count("skipped") + count("failed");
    assert_eq!(accounted, count("found"), "every file is accounted for: {summary}");
    let files = lines.iter().filter(|line| line["status"] != "removed").count() as u64;
    assert_eq!(files, count("found"), "one line a file: {}", run.out);
    for line in &lines {
        for key in ["file", "status", "reason", "document", "paragraphs", "language", "bytes", "millis"] {
            assert!(line.get(key).is_some(), "{key} in {line}");
        }
    }
    (lines, summary)
}

fn statuses(lines: &[Value]) -> Vec<String> {
    let mut statuses: Vec<String> = lines
        .iter()
        .map(|line| format!("{} {}", line["status"].as_str().unwrap_or("?"), line["file"].as_str().unwrap_or("?")))
        .collect();
    statuses.sort();
    statuses
}

#[test]
fn only_what_changed_is_read_again() {
    let env = Env::with_files(&[
        ("a.txt", b"1. Every child has a name.\n"),
        ("b.txt", b"1. Every child has a nationality.\n"),
        ("c.txt", b"1. Every child has a home.\n"),
    ]);
    let (_, summary) = report(&env, &[], 0);
    assert_eq!((&summary["indexed"], &summary["documents"]), (&3.into(), &3.into()), "{summary}");
    let (_, summary) = report(&env, &[], 0);
    assert_eq!(summary["unchanged"], 3, "{summary}");

    env.write("corpus/b.txt", b"1. Every child has a passport.\n");
    fs::remove_file(env.path("corpus/c.txt")).expect("a removed file");
    let (lines, summary) = report(&env, &[], 0);
    let statuses = statuses(&lines);
    assert!(statuses.iter().any(|line| line.starts_with("indexed") && line.contains("b.txt")), "{statuses:?}");
    assert!(statuses.iter().any(|line| line.starts_with("unchanged") && line.contains("a.txt")), "{statuses:?}");
    assert_eq!((&summary["removed"], &summary["documents"]), (&1.into(), &2.into()), "{summary}");
    assert_eq!(env.lines(["passport"]).len(), 1);
    for gone in ["nationality", "home"] {
        env.assert_refused(&[gone, "--exact"], 1, &["no paragraph matches"]);
    }
}

#[test]
fn documents_that_leave_the_index_though_they_are_there_are_said() {
    let env = Env::with_files(&[
        ("a.txt", b"1. Every child has a name.\n"),
        ("b.txt", b"1. Every child has a nationality.\n"),
        ("deep/c.txt", b"1. Every child has a home.\n"),
        ("two.jsonl", b"{\"doc\":\"x\",\"text\":\"Doors\"}\n{\"doc\":\"y\",\"text\":\"Roofs\"}\n"),
    ]);
    env.index([]).assert_code(0);
    let dry = env.index(["corpus/a.txt", "--dry-run"]);
    dry.assert_code(0).assert_says(&["4 documents of 3 files would be removed", "name all paths"]);
    let folder = env.index(["corpus/deep", "--dry-run"]);
    folder.assert_code(0).assert_says(&["would be removed"]);
    let run = env.index(["corpus/a.txt"]);
    run.assert_code(0).assert_says(&["4 documents of 3 files were removed"]);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    let back = env.index(["corpus", "--format", "jsonl"]);
    assert_eq!(back.err, "", "nothing is gone");
    let lines = env.index(["corpus/a.txt", "--format", "jsonl"]);
    lines.assert_code(0).assert_says(&["4 documents of 3 files were removed"]);
    env.index(["--quiet"]).assert_code(0);
    fs::remove_file(env.path("corpus/b.txt")).expect("a removed file");
    assert_eq!(env.index([]).err, "", "what was deleted needs no words");
}

#[test]
fn a_dry_run_writes_nothing() {
    let env = Env::with_files(&[("a.txt", b"1. Every child has a name.\n")]);
    let run = env.index(["--dry-run"]);
    run.assert_code(0);
    assert!(run.out.contains("1 indexed") && run.out.contains("nothing was written"), "{}", run.out);
    let kept = fs::read_dir(env.path("index")).map(|entries| entries.count()).unwrap_or(0);
    assert_eq!(kept, 0, "no index was made");
}

#[test]
fn the_summary_is_one_line_and_quiet_is_none() {
    let env = Env::with_files(&[("a.txt", b"1. Every child has a name.\n")]);
    let run = env.index([]);
    run.assert_code(0);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.starts_with("1 file: 1 indexed, 0 unchanged, 0 skipped, 0 failed; 0 removed"), "{}", run.out);
    assert_eq!(run.err, "", "no bar where there is no terminal");
    let run = env.index(["--quiet", "--rebuild"]);
    run.assert_code(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
}

#[test]
fn ids_are_paths_and_several_corpora_keep_apart() {
    let env = Env::empty();
    env.write("one/x/a.txt", b"1. Every child has a name.\n");
    env.write("two/x/a.txt", b"1. Every child has a nationality.\n");
    report(&env, &["one", "two"], 0);
    let mut ids: Vec<Value> = env.lines(["documents"]).iter().map(|entry| entry["document"].clone()).collect();
    ids.sort_by_key(Value::to_string);
    assert_eq!(ids, ["one/x/a", "two/x/a"]);
}

#[test]
fn explain_accounts_for_the_whole_file() {
    let env = Env::with_corpus();
    let file = "corpus/treaty-bodies/crc-opsc-concluding-observations-laos-2015.txt";
    let run = env.index(["--explain", file]);
    run.assert_code(0);
    for words in ["document: ", "paragraphs: ", "left out: ", "21 (c)", "# "] {
        assert!(run.out.contains(words), "{words:?} is missing");
    }
    let run = env.index(["--explain", file, "--format", "jsonl"]);
    let keys: Vec<Value> = run.json_lines();
    assert!(keys[0].get("document").is_some() && keys.iter().any(|line| line.get("paragraph").is_some()));
    env.index(["--explain", "nothing.txt"]).assert_code(2).assert_one_line(&["nothing.txt"]);
}

#[test]
fn verify_tells_a_whole_index_from_a_damaged_one() {
    let env = Env::with_files(&[("a.txt", b"1. Every child has a name.\n")]);
    env.index(["--verify"]).assert_code(3).assert_one_line(&["no index", "pincite-index"]);
    env.index([]).assert_code(0);
    let run = env.index(["--verify"]);
    run.assert_code(0);
    assert!(run.out.contains("1 documents, 1 paragraphs") || run.out.contains("1 document"), "{}", run.out);
    damage(&env);
    env.index(["--verify"]).assert_code(3).assert_one_line(&["--rebuild"]);
}

/// Overwrites the middle of the largest file of the index.
fn damage(env: &Env) {
    let largest = fs::read_dir(env.path("index"))
        .expect("an index folder")
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending != "json" && ending != "lock"))
        .max_by_key(|entry| entry.metadata().map(|data| data.len()).unwrap_or(0))
        .expect("files of the index");
    let mut bytes = fs::read(largest.path()).expect("readable");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(largest.path(), bytes).expect("writable");
}

#[test]
fn rebuilding_heals() {
    let env = Env::with_files(&[("a.txt", b"1. Every child has a name.\n")]);
    env.index([]).assert_code(0);
    damage(&env);
    env.index(["--rebuild"]).assert_code(0);
    env.index(["--verify"]).assert_code(0);
    assert_eq!(env.lines(["name"]).len(), 1);
}

#[test]
fn bad_arguments_are_one_line() {
    let env = Env::with_files(&[]);
    for (args, words) in [
        (&["--explain"][..], &["--explain"][..]),
        (&["--verify", "--rebuild"], &["--verify", "--rebuild"]),
        (&["--format", "xml"], &["xml", "text, jsonl"]),
        (&["--rebiuld"], &["--rebiuld", "--rebuild"]),
    ] {
        env.index(args.iter().copied()).assert_code(2).assert_one_line(words);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_what_was_committed() {
    let env = Env::with_files(&[("first.txt", b"1. Every child has a name.\n")]);
    env.index([]).assert_code(0);
    let text = "1. The Committee recommends that the State party register every birth.\n".repeat(100);
    for number in 0..60 {
        env.write(&format!("corpus/{number}.txt"), format!("{number} {text}").as_bytes());
    }
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_pincite-index"))
        .current_dir(env.path(""))
        .stderr(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("the indexer starts");
    std::thread::sleep(std::time::Duration::from_millis(400));
    let signal = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(signal.is_ok_and(|status| status.success()), "the signal is sent");
    let status = child.wait().expect("the indexer ends");
    if status.code() == Some(0) {
        eprintln!("skipped: the indexer was done before it could be interrupted");
        return;
    }
    assert_eq!(status.code(), Some(130));
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().expect("stderr"), &mut said).expect("text");
    assert!(said.contains("interrupted") && said.contains("run pincite-index again"), "{said}");
    assert_eq!(env.lines(["name", "--doc", "first"]).len(), 1, "the last commit still answers");
    for number in 3..60 {
        fs::remove_file(env.path(&format!("corpus/{number}.txt"))).expect("a removed file");
    }
    let run = Run::of(env.command("pincite-index").args(["--quiet"]));
    run.assert_code(0);
}

#[test]
fn an_interrupted_rebuild_leaves_the_old_index() {
    use std::sync::atomic::AtomicBool;

    let env = Env::with_corpus();
    env.index([]).assert_code(0);
    let options = pincite::pipeline::IndexOptions {
        roots: vec![env.path("corpus")],
        index: env.path("index"),
        rebuild: true,
        dry_run: false,
        worker: None,
    };
    let summary = pincite::pipeline::index(&options, &mut |_| {}, &AtomicBool::new(true)).expect("a run that ends");
    assert!(summary.interrupted && summary.indexed == 0);
    assert_eq!(pincite::index::known_files(&env.path("index")).expect("a whole index").len(), 5);
}

#[test]
fn metadata_of_a_document_that_is_not_there_is_said() {
    let env = Env::with_files(&[
        ("a.txt", b"1. Every child has a name.\n"),
        ("metadata.toml", b"[a]\nsymbol = \"A/1\"\n[reports-b]\nsymbol = \"A/2\"\n"),
    ]);
    let run = env.index([]);
    run.assert_code(0).assert_says(&["pincite-index: metadata.toml names reports-b"]);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
}

#[test]
fn remedies_name_the_folder() {
    let env = Env::with_files(&[("a.txt", b"1. Every child has a name.\n")]);
    env.assert_refused(&["name", "--index", "mine"], 3, &["pincite-index [PATH ...] --index mine`"]);
    env.index(["--index", "my index"]).assert_code(0);
    std::fs::write(env.path("my index/meta.json"), b"{").expect("a written file");
    env.assert_refused(&["name", "--index", "my index"], 3, &["--index \"my index\" --rebuild`"]);
}

/// A PDF of one page on which nothing is written.
const SCAN: &[u8] =
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\n\
    endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF";

#[test]
fn a_scan_is_indexed_by_its_metadata() {
    let env = Env::with_files(&[
        ("2019-07-04_Note_verbale_on_fisheries.pdf", SCAN),
        ("scan0001.pdf", &[SCAN, b"\n"].concat()),
        ("metadata.toml", b"[scan0001]\ntitle = \"Memorandum on lighthouses\"\nsymbol = \"A/99/1\"\n"),
        ("sound.txt", b"1. The harbour is open."),
    ]);
    for status in ["indexed", "unchanged"] {
        let run = env.index(["--format", "jsonl"]);
        run.assert_code(4);
        let lines = run.json_lines();
        let statuses: Vec<&str> = lines.iter().filter_map(|line| line["status"].as_str()).collect();
        assert_eq!(statuses, ["skipped", "skipped", status]);
        assert!(lines[0]["reason"].as_str().is_some_and(|reason| reason.starts_with("no text layer")), "{}", lines[0]);
        let summary = &lines[3]["summary"];
        assert_eq!((&summary["found"], &summary["skipped"], &summary["documents"]), (&3.into(), &2.into(), &3.into()));
    }
    let explained = env.index(["--explain", "corpus/scan0001.pdf"]);
    explained.assert_code(0);
    assert!(explained.err.contains("no text layer"), "{}", explained.err);
    let documents = env.lines(["documents"]);
    let shown: Vec<(&str, Option<&str>)> = documents
        .iter()
        .map(|document| (document["title"].as_str().unwrap_or_default(), document["date"].as_str()))
        .collect();
    assert!(shown.contains(&("Note verbale on fisheries", Some("2019-07-04"))), "{shown:?}");
    assert_eq!(env.lines(["fisheries"]).len(), 1);
    assert_eq!(env.lines(["lighthouses", "--doc", "A/99/1"]).len(), 1);
}

#[test]
fn a_metadata_file_that_cannot_be_read_is_said() {
    let env = Env::with_files(&[("reports/a.txt", b"1. One.\n")]);
    env.write("corpus/metadata.toml", b"[reports/a]\nbody = \"CRC\"\n");
    env.index([]).assert_code(2).assert_one_line(&["metadata.toml", "line 1", "[\"reports/a\"]"]);
    env.write("corpus/metadata.toml", b"[\"reports/a\"]\ntitle = \"\xc4\xee\xea\xeb\xe0\xe4\"\n");
    env.index([]).assert_code(2).assert_one_line(&["metadata.toml", "UTF-8"]);
    env.write("corpus/metadata.toml", b"[\"reports/a\"]\nbody = \"CRC\"\n");
    env.index([]).assert_code(0);
    assert_eq!(env.lines(["documents"])[0]["body"], "CRC");
}
