//! What may happen to files, disks and indexes, and what is said of it.

use std::fs;
use std::path::PathBuf;

use crate::env::{Env, Run};

#[test]
fn a_label_of_any_form_is_found_and_shown() {
    let labels = ["IV", "Preamble", "a", "Annex I", "§ 5", "١", "1\\n2", "21. .", "((("];
    let lines: Vec<String> = labels
        .iter()
        .map(|label| {
            format!(r#"{{"doc":"j","para":"{label}","section":"s","text":"Arbitrary detention of {}"}}"#, label.len())
        })
        .collect();
    let env = Env::with_files(&[("x.jsonl", lines.join("\n").as_bytes())]);
    env.index([]).assert_code(0).assert_says(&["line 9 is without a number, \"(((\" is none"]);
    let found = env.lines(["detention"]);
    let mut printed: Vec<&str> = found.iter().filter_map(|hit| hit["label"].as_str()).collect();
    printed.sort_unstable();
    assert_eq!(printed, ["1 2", "21", "5", "Annex I", "IV", "Preamble", "a", "١"]);
    for (target, label) in [
        ("j para IV", "IV"),
        ("x/j, para. iv", "IV"),
        ("j § 5", "5"),
        ("j Preamble", "Preamble"),
        ("j para Annex I", "Annex I"),
    ] {
        let shown = env.lines(["show", target]);
        assert_eq!(shown.iter().map(|unit| &unit["label"]).collect::<Vec<_>>(), [label], "{target}");
    }
    let citation = found.iter().find(|hit| hit["label"] == "IV").and_then(|hit| hit["citation"].as_str());
    let cited = env.lines(["show", citation.expect("a citation")]);
    assert_eq!(cited.len(), 1);
    assert_eq!(env.lines(["detention para:iv"]).len(), 1);
}

/// The files of an index with an ending, in order.
fn files_of(env: &Env, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(env.path("index")).expect("an index");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|own| own == ending));
    files.sort();
    files
}

#[test]
fn a_damaged_index_is_one_line_and_code_3() {
    let env = Env::with_corpus();
    env.index([]).assert_code(0);
    let mut seed = 7_u64;
    let mut random = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % end
    };
    let mut refused = 0;
    for ending in ["term", "fast", "fieldnorm", "idx", "pos", "store"] {
        for file in files_of(&env, ending) {
            for flips in [1, 20] {
                let whole = fs::read(&file).expect("a file of the index");
                let mut damaged = whole.clone();
                for _ in 0..flips {
                    let at = random(damaged.len());
                    damaged[at] ^= u8::try_from(1 + random(255)).unwrap_or(1);
                }
                fs::write(&file, damaged).expect("a damaged file");
                for run in [
                    env.pincite(["torture OR children"]),
                    env.pincite(["documents"]),
                    env.pincite(["\"rights of\" traffick*"]),
                    env.index(["corpus", "--dry-run", "--quiet"]),
                ] {
                    assert!([0, 1, 3].contains(&run.code), "{ending}: {} {}", run.code, run.err);
                    if run.code == 3 {
                        refused += 1;
                        run.assert_says(&["damaged", "--rebuild"]);
                        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
                    }
                }
                fs::write(&file, whole).expect("the file as it was");
            }
        }
    }
    assert!(refused > 5, "some of the damage matters: {refused}");
}

/// Runs a line of the shell with the programs as `$pincite` and `$index`.
#[cfg(unix)]
fn shell(env: &Env, line: &str) -> Run {
    let mut command = assert_cmd::Command::new("sh");
    command.args(["-c", line]).current_dir(env.path("")).timeout(std::time::Duration::from_secs(120));
    command.env("pincite", env!("CARGO_BIN_EXE_pincite")).env("index", env!("CARGO_BIN_EXE_pincite-index"));
    command.env_remove("PINCITE_INDEX").env_remove("RUST_BACKTRACE");
    Run::of(&mut command)
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_a_failure_of_the_disk() {
    let env = Env::with_files(&[("a.txt", b"1. The right to education of every child.\n")]);
    env.index([]).assert_code(0);
    let whole = files_of(&env, "store");
    let many: String =
        (1..4000).map(|number| format!("{number}. The child{number} has the right{number} to it.\n\n")).collect();
    env.write("corpus/many.txt", many.as_bytes());
    for option in ["", "--rebuild"] {
        // In the second run the system tells it rather than to end the program.
        for trap in ["", "trap '' XFSZ;"] {
            let run = shell(&env, &format!("{trap} ulimit -f 40; exec $index --quiet {option}"));
            run.assert_code(5).assert_one_line(&["cannot write the index in index", "file too large", "make room"]);
            assert_eq!(env.lines(["education"]).len(), 1, "the old index answers");
            assert_eq!(files_of(&env, "store"), whole, "nothing is left of the new one");
        }
    }
    env.index(["--quiet"]).assert_code(0);
    env.index(["--verify"]).assert_code(0);
    assert_eq!(env.lines(["child3999"]).len(), 1);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_this_time_stays_and_is_counted() {
    use std::os::unix::fs::PermissionsExt;
    let env = Env::with_files(&[("a.txt", b"1. One.\n"), ("b.txt", b"1. Two.\n"), ("deep/c.txt", b"1. Three.\n")]);
    env.index([]).assert_code(0);
    let set_mode = |path: &str, mode: u32| {
        fs::set_permissions(env.path(path), fs::Permissions::from_mode(mode)).expect("another mode");
    };
    env.write("corpus/b.txt", b"1. Two, and more.\n");
    set_mode("corpus/b.txt", 0);
    set_mode("corpus/deep", 0);
    // The superuser may read everything.
    if fs::read(env.path("corpus/b.txt")).is_err() {
        let run = env.index([]);
        run.assert_code(4).assert_says(&["failed b.txt", "failed deep", "(check its permissions)"]);
        assert!(run.out.contains("holds 3 documents, 3 paragraphs"), "{}", run.out);
        assert_eq!(env.lines(["documents"]).len(), 3);
        set_mode("corpus", 0);
        env.index([]).assert_code(5).assert_one_line(&["cannot read corpus", "(check its permissions)"]);
        set_mode("corpus", 0o755);
        assert_eq!(env.lines(["documents"]).len(), 3);
    } else {
        println!("skipped: the superuser may read everything");
    }
    set_mode("corpus/deep", 0o755);
}

#[test]
fn an_emptied_folder_does_not_empty_the_index() {
    let env = Env::with_files(&[("a.txt", b"1. The right to education.\n")]);
    env.index([]).assert_code(0);
    fs::remove_file(env.path("corpus/a.txt")).expect("a removed file");
    for args in [&[][..], &["--dry-run"]] {
        let run = env.index(args.iter().copied());
        run.assert_code(2).assert_one_line(&["corpus", "index holds 1 document", "--rebuild"]);
    }
    assert_eq!(env.lines(["education"]).len(), 1);
    env.index(["--rebuild"]).assert_code(0);
    env.pincite(["education"]).assert_code(1).assert_says(&["no documents"]);
    env.index([]).assert_code(0);
}

#[test]
fn one_emptied_folder_of_several_keeps_its_documents() {
    let env =
        Env::with_files(&[("one/a.txt", b"1. The right to education.\n"), ("two/b.txt", b"1. The right to water.\n")]);
    let both = ["corpus/one", "corpus/two"];
    env.index(both).assert_code(0);
    fs::remove_file(env.path("corpus/two/b.txt")).expect("a removed file");
    env.index(both).assert_code(2).assert_one_line(&["corpus/two", "index holds 1 document", "--rebuild"]);
    assert_eq!(env.lines(["water"]).len(), 1);
    env.index(["corpus/one", "corpus/two", "--rebuild"]).assert_code(0);
    env.pincite(["water"]).assert_code(1);
    assert_eq!(env.lines(["education"]).len(), 1);
}

#[test]
fn the_first_building_of_an_index_is_said() {
    let env = Env::empty();
    fs::create_dir(env.path("index")).expect("a folder");
    let lock = fs::File::create(env.path("index/.tantivy-writer.lock")).expect("a lock");
    lock.lock().expect("a held lock");
    env.assert_refused(&["birth"], 6, &["index is being built", "wait"]);
    drop(lock);
    env.assert_refused(&["birth"], 3, &["no index in index"]);
}

#[test]
fn near_takes_beginnings_and_groups() {
    let text = b"1. Trafficking in persons is a crime.\n\n2. Persons were seen. Nothing else was said of them by anybody \
        who was there, and of traffickers nothing at all.\n\n3. A juvenile prison was closed.\n\n4. The child saw a prison.\n\n\
        5. Solitary confinement of any juvenile is forbidden.\n\n6. Solitary confinement was long.\n";
    let env = Env::with_files(&[("a.txt", text)]);
    env.index([]).assert_code(0);
    for (query, expected) in [
        ("traffick* NEAR/3 persons", &["1"][..]),
        ("traffick* NEAR/30 persons", &["1", "2"]),
        ("(child OR juvenile) NEAR/3 prison", &["3", "4"]),
        ("(child OR juvenile) NEAR/0 prison", &["3"]),
        ("\"solitary confinement\" NEAR/10 (child OR juvenile)", &["5"]),
        ("\"traffick* in persons\"", &["1"]),
        ("\"traffick* in person*\"", &["1"]),
    ] {
        let mut labels: Vec<String> =
            env.lines([query]).iter().filter_map(|hit| hit["label"].as_str().map(str::to_owned)).collect();
        labels.sort_unstable();
        assert_eq!(labels, expected, "{query}");
    }
    for query in ["\"zzz* in persons\"", "zzz* NEAR/3 persons"] {
        env.pincite([query, "--no-cross"]).assert_code(1);
    }
}

#[test]
fn values_of_filters_that_nothing_has_are_named() {
    let env = Env::of_corpus();
    for (args, words) in [
        (&["child", "--body", "Nonsense"][..], "no document is of the body \"Nonsense\""),
        (&["child", "--body", "ECHR"], "no document is of the body \"ECHR\", European Court of Human Rights"),
        (&["child", "--doc", "nosuchdoc"], "no document is called \"nosuchdoc\""),
        (&["child", "--section", "nosuchsection"], "no heading holds \"nosuchsection\""),
        (&["child section:nosuchsection"], "no heading holds \"nosuchsection\""),
        (&["child", "--country", "Chile"], "no document is about \"Chile\""),
        (&["child", "--year", "1801..1802"], "no document is of the years 1801..1802"),
        (&["child", "--kind", "treaty"], "nothing is of the kind \"treaty\""),
        (&["child para:987654"], "no paragraph has the number \"987654\""),
        (&["documents", "--body", "Nonsense"], "no document is of the body \"Nonsense\""),
        (&["xylophone", "--doc", "laos"], "without the filters"),
    ] {
        env.assert_refused(args, 1, &[words]);
    }
    env.pincite(["child year:2019..2015"]).assert_code(0).assert_says(&["runs backwards"]);
}

#[test]
fn a_sentence_pasted_from_a_page_is_found() {
    let env =
        Env::with_files(&[("a.txt", b"1. Cruel punishment by non-governmental forces is forbidden.\n\n2. Other.\n")]);
    env.index([]).assert_code(0);
    for query in ["cruel pun-\nishment", "\"cruel pun-\nishment\"", "pun-\n  ishment", "non-\ngovernmental forces"] {
        let run = env.pincite([query]);
        run.assert_code(0);
        assert!(!run.err.contains("showing results for"), "{query:?}: {}", run.err);
        assert_eq!(env.lines([query])[0]["label"], "1", "{query:?}");
    }
}

#[test]
fn what_is_ignored_or_meant_otherwise_is_said() {
    let env = Env::of_corpus();
    for format in ["csv", "jsonl"] {
        env.pincite(["child", "--facets", "--format", format])
            .assert_code(0)
            .assert_says(&["--facets is for text and json"]);
    }
    env.assert_refused(&["documents", "detention"], 2, &["\"detention\"", "pincite search detention"]);
    env.assert_refused(&["documents", "--detention"], 2, &["--detention"]);
}
