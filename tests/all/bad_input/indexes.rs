//! Indexes that are damaged, foreign, out of reach or in use.

use std::fs;
use std::time::Duration;

use pincite::index::writer::{Writer, WriterOptions};

use super::{GOOD, assert_good_found};
use crate::env::Env;

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
