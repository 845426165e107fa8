//! The rules of the house: which module may name which.

use std::path::Path;

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push((name(&path, &root), std::fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    assert!(files.len() > 20);
    let tests: Vec<String> = files.iter().flat_map(|(_, text)| test_modules(text)).collect();
    files.retain(|(file, _)| {
        !tests.iter().any(|module| file.ends_with(&format!("/{module}.rs")) || file.contains(&format!("/{module}/")))
    });
    files
}

/// Names of modules that are compiled for tests alone.
fn test_modules(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let marked = lines.windows(2).filter(|pair| pair[0].trim() == "#[cfg(test)]");
    let names = marked
        .filter_map(|pair| pair[1].trim().strip_suffix(';')?.rsplit_once("mod ").map(|(_, name)| name.to_owned()));
    names.collect()
}

fn name(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Lines of code: without comments and without what follows the first test module.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    lines.map(str::trim).filter(|line| !line.starts_with("//"))
}

#[track_caller]
fn forbid(places: impl Fn(&str) -> bool, words: &[&str]) {
    let mut broken = Vec::new();
    for (file, text) in sources().iter().filter(|(file, _)| places(file)) {
        broken.extend(
            code(text)
                .filter(|line| words.iter().any(|word| line.contains(word)))
                .map(|line| format!("{file}: {line}")),
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn document_imports_nothing_of_ours() {
    forbid(|file| file.starts_with("document"), &["crate::"]);
}

#[test]
fn stages_import_only_document_and_themselves() {
    let stages = ["reader", "extractor", "normalizer", "segmenter", "annotator", "citation"];
    // The segmenter joins lines as the normalizer says: text repair has one home.
    let shared = |stage: &str, other: &str| {
        stage == other || (matches!(stage, "segmenter" | "extractor") && other == "normalizer")
    };
    for stage in stages {
        let others = ["analyzer", "index", "query", "search", "snippet", "printer", "pipeline", "cli", "learn", "eval"];
        let forbidden: Vec<String> = stages
            .iter()
            .filter(|other| !shared(stage, other))
            .chain(&others)
            .map(|other| format!("crate::{other}"))
            .collect();
        let words: Vec<&str> = forbidden.iter().map(String::as_str).collect();
        forbid(|file| file.starts_with(stage), &words);
    }
}

#[test]
fn tantivy_stays_in_its_rooms() {
    let rooms = ["analyzer", "index/", "query/lower", "search", "snippet"];
    forbid(|file| !rooms.iter().any(|room| file.starts_with(room)), &["tantivy::"]);
}

#[test]
fn the_library_never_prints_exits_or_reads_the_environment() {
    let words =
        ["println!", "eprintln!", "print!(", "process::exit", "env::var", "env::args", "dbg!", "stdout()", "stderr()"];
    forbid(|file| !file.starts_with("bin/"), &words);
}

#[test]
fn nothing_is_left_undone() {
    forbid(|_| true, &["todo!(", "unimplemented!("]);
}
