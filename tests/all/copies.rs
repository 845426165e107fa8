//! One text in several formats gives the same paragraphs, labels and headings.
//!
//! `copies.zip` holds a report of our own in every format of a word processor, with automatic numbers, heading styles, a
//! footnote and a page header, beside its plain text. Where LibreOffice is installed, copies of the corpus are made too.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use crate::env::Env;

/// The units of a document: section path, kind, label and text.
fn units(env: &Env, document: &str) -> Vec<String> {
    let units = env.lines(["show", document, "--index", "copies"]);
    let shown =
        |unit: &serde_json::Value| format!("{} {} {} {}", unit["section"], unit["kind"], unit["label"], unit["text"]);
    units.iter().map(shown).collect()
}

#[track_caller]
fn assert_same(env: &Env, document: &str, original: &[String]) {
    let copy = units(env, document);
    for (found, expected) in copy.iter().zip(original) {
        assert_eq!(found, expected, "{document}");
    }
    assert_eq!(copy.len(), original.len(), "{document}");
}

#[test]
fn one_report_in_six_formats() {
    let env = Env::empty();
    let mut archive = zip::ZipArchive::new(Cursor::new(include_bytes!("copies.zip"))).expect("an archive");
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        let name = entry.name().expect("a name").into_owned();
        let ending = name.rsplit('.').next().unwrap_or_default();
        env.write(&format!("corpus/{ending}/{name}"), &bytes);
    }
    env.index(["--index", "copies"]).assert_code(0);
    let original = units(&env, "txt/report");
    assert_eq!(original.len(), 12);
    assert!(original[7].contains("footnote") && original[6].contains("\"4 (b)\""), "{:?}", &original[6..8]);
    for ending in ["pdf", "docx", "doc", "odt", "rtf"] {
        assert_same(&env, &format!("{ending}/report"), &original);
    }
}

/// Makes copies of plain text files with LibreOffice; `false` where there is none.
fn convert(files: &[std::path::PathBuf], format: &str, folder: &Path, home: &Path) -> bool {
    let made = Command::new("soffice")
        .args(["--headless", "--infilter=Text (encoded):UTF8,LF,,,", "--convert-to", format, "--outdir"])
        .arg(folder)
        .args(files)
        .env("HOME", home)
        .output();
    made.is_ok_and(|output| output.status.success())
}

#[test]
fn copies_of_the_corpus() {
    let env = Env::empty();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files = Vec::new();
    for folder in fs::read_dir(&corpus).expect("the corpus").flatten().filter(|entry| entry.path().is_dir()) {
        let entries = fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.path());
        files.extend(entries.filter(|path| path.extension().is_some_and(|ending| ending == "txt")));
    }
    assert_eq!(files.len(), 5);
    let formats = [("docx", "docx:MS Word 2007 XML"), ("pdf", "pdf:writer_pdf_Export")];
    for (name, format) in formats {
        if !convert(&files, format, &env.path(&format!("corpus/{name}")), &env.path("home")) {
            eprintln!("skipped: LibreOffice (soffice) is not installed, no copies of the corpus were compared");
            return;
        }
    }
    for file in &files {
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        env.write(&format!("corpus/txt/{name}"), &fs::read(file).expect("a text"));
    }
    env.index(["--index", "copies"]).assert_code(0);
    for file in &files {
        let name = file.file_stem().and_then(|name| name.to_str()).expect("a name");
        let original = units(&env, &format!("txt/{name}"));
        for (format, _) in formats {
            assert_same(&env, &format!("{format}/{name}"), &original);
        }
    }
}
