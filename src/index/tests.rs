use std::fs;

use tempfile::TempDir;

use super::fixture::{document, file, index, small, write};
use super::open::open;
use super::writer::{Writer, WriterOptions, beginnings_of_key};
use super::*;
use crate::document::{Reference, ReferenceKind};
use crate::search::{Filters, Request, documents, search, sections, units};

fn texts(dir: &Path, query: &str) -> Vec<String> {
    let reader = open(dir).expect("a reader");
    let request = Request { text: query.to_owned(), limit: 100, ..Request::default() };
    search(&reader, &request).expect("an answer").hits.into_iter().map(|hit| hit.unit.text).collect()
}

/// Checks what opening a folder says, and its kind.
fn check_refused(dir: &Path, expected: &str, class: FailureClass) {
    let error = open(dir).expect_err("refused");
    assert!(error.to_string().contains(expected), "{error}");
    assert_eq!(error.class(), class);
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let dir = TempDir::new().expect("a folder");
    write(dir.path(), &[document("a", "A", &["1|cats", "2|dogs and cats"]), document("b", "B", &["1|cats"])]);
    assert_eq!(texts(dir.path(), "cats").len(), 3);
    write(dir.path(), &[document("a", "A", &["1|birds"])]);
    assert_eq!(texts(dir.path(), "cats").len(), 1);
    assert_eq!(texts(dir.path(), "birds").len(), 1);
    let reader = open(dir.path()).expect("a reader");
    assert_eq!(documents(&reader, &Filters::default()).expect("documents").len(), 2);
    assert_eq!(units(&reader, "a").expect("units").len(), 1);

    let mut writer = Writer::open(dir.path(), small()).expect("a writer");
    assert_eq!(writer.known_files().keys().collect::<Vec<_>>(), ["a.txt", "b.txt"]);
    assert_eq!(writer.known_files()["a.txt"].documents, ["a"]);
    writer.remove_file("b.txt").expect("removed");
    writer.finish().expect("committed");
    assert!(texts(dir.path(), "cats").is_empty());
    assert_eq!(Writer::open(dir.path(), small()).expect("a writer").known_files().len(), 1);
}

#[test]
fn new_words_are_listed_with_each_commit() {
    let dir = TempDir::new().expect("a folder");
    let contains = |word: &str| open(dir.path()).expect("a reader").vocabulary().expect("lists").contains(word);
    let lists = || open(dir.path()).expect("a reader").vocabulary().expect("lists").lists();
    write(dir.path(), &[document("a", "Title", &["1|cats of the house"])]);
    assert!(contains("cats") && !contains("cat") && !contains("title") && !contains("of"));
    write(dir.path(), &[document("b", "B", &["1|the house of cats"])]);
    assert_eq!(lists(), 1, "nothing new");
    for number in 1..=20 {
        let word: String = (1..=number).map(|_| 'z').collect();
        write(dir.path(), &[document("c", "C", &[&format!("1|{word} house")])]);
        assert!(contains(&word) && contains("cats"));
        assert!((1..8).contains(&lists()));
    }
    assert_eq!(texts(dir.path(), "zzz*"), ["zzzzzzzzzzzzzzzzzzzz house"], "words of removed texts find nothing");
    let mut writer = Writer::open(dir.path(), small()).expect("a writer");
    for file in ["a.txt", "b.txt", "c.txt"] {
        writer.remove_file(file).expect("removed");
    }
    writer.finish().expect("committed");
    assert!(open(dir.path()).expect("a reader").is_empty(), "lists alone are nothing");
}

#[test]
fn nothing_is_visible_before_the_commit() {
    let dir = TempDir::new().expect("a folder");
    write(dir.path(), &[document("a", "A", &["1|cats"])]);
    let mut writer = Writer::open(dir.path(), small()).expect("a writer");
    writer.replace(&file("a.txt"), &[document("a", "A", &["1|birds"])]).expect("written");
    drop(writer);
    assert_eq!(texts(dir.path(), "cats birds"), ["cats"]);
}

#[test]
fn a_folder_that_may_not_be_written_is_told_from_a_broken_disk() {
    use std::io::{Error, ErrorKind};
    let message = |kind: ErrorKind| IndexError::io(Path::new("index"), &Error::from(kind)).to_string();
    for kind in [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
        assert!(message(kind).contains("--index DIR"), "{}", message(kind));
    }
    assert!(message(ErrorKind::StorageFull).contains("make room"));
    assert!(message(ErrorKind::TimedOut).contains("check the disk"));
}

#[test]
#[cfg(unix)]
fn all_files_are_readable_by_the_same_people() {
    use std::collections::BTreeSet;
    use std::os::unix::fs::PermissionsExt;
    let dir = TempDir::new().expect("a folder");
    write(dir.path(), &[document("a", "A", &["1|cats"])]);
    write(dir.path(), &[document("b", "B", &["1|dogs"])]);
    taught::teach(dir.path(), taught::Taught::Terms, b"cat\tdog\n").expect("kept");
    let entries = fs::read_dir(dir.path()).expect("a folder").map(|entry| entry.expect("an entry"));
    let modes: BTreeSet<u32> =
        entries.map(|entry| entry.metadata().expect("metadata").permissions().mode() & 0o777).collect();
    assert_eq!(modes.len(), 1, "{modes:?}");
    assert!(
        !fs::read_dir(dir.path())
            .expect("a folder")
            .any(|entry| { entry.expect("an entry").file_name().to_string_lossy().ends_with(".part") })
    );
}

#[test]
fn an_unchanged_run_writes_nothing() {
    let dir = TempDir::new().expect("a folder");
    write(dir.path(), &[document("a", "A", &["1|cats"])]);
    let state = |dir: &Path| {
        let entries = fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry"));
        let mut state: Vec<_> = entries
            .map(|entry| (entry.file_name(), entry.metadata().and_then(|data| data.modified()).expect("a time")))
            .filter(|(name, _)| !name.to_string_lossy().ends_with(".lock"))
            .collect();
        state.sort();
        state
    };
    let before = state(dir.path());
    Writer::open(dir.path(), small()).expect("a writer").finish().expect("finished");
    assert_eq!(state(dir.path()), before);
}

#[test]
fn a_rebuild_takes_the_place_of_the_old_index_when_it_is_finished() {
    let dir = TempDir::new().expect("a folder");
    write(dir.path(), &[document("a", "A", &["1|cats"])]);
    let mut writer = Writer::create_fresh(dir.path(), small()).expect("a writer");
    assert!(writer.known_files().is_empty());
    writer.replace(&file("b.txt"), &[document("b", "B", &["1|birds"])]).expect("written");
    writer.commit().expect("committed");
    assert_eq!(texts(dir.path(), "cats birds"), ["cats"]);
    drop(writer);
    assert_eq!(texts(dir.path(), "cats birds"), ["cats"]);

    let mut writer = Writer::create_fresh(dir.path(), small()).expect("a writer");
    assert!(matches!(Writer::open(dir.path(), small()), Err(IndexError::Locked(_))));
    writer.replace(&file("b.txt"), &[document("b", "B", &["1|birds"])]).expect("written");
    writer.finish().expect("finished");
    assert_eq!(texts(dir.path(), "cats birds"), ["birds"]);
    assert!(!dir.path().join("rebuild.part").exists());
    write(dir.path(), &[document("c", "C", &["1|fish"])]);
    assert_eq!(texts(dir.path(), "fish birds").len(), 2);
}

#[test]
fn one_writer_at_a_time() {
    let dir = TempDir::new().expect("a folder");
    let _writer = Writer::open(dir.path(), small()).expect("a writer");
    let error = Writer::open(dir.path(), small()).err().expect("refused");
    assert_eq!(error.class(), FailureClass::Locked);
    assert!(Writer::create_fresh(dir.path(), small()).is_err_and(|error| error.class() == FailureClass::Locked));
}

#[test]
fn other_folders_are_refused() {
    let dir = TempDir::new().expect("a folder");
    check_refused(&dir.path().join("nowhere"), "pincite-index", FailureClass::Unusable);
    check_refused(dir.path(), "no index", FailureClass::Unusable);
    fs::write(dir.path().join("report.doc"), "text").expect("written");
    check_refused(dir.path(), "not an index", FailureClass::Unusable);
    assert!(matches!(Writer::open(dir.path(), small()), Err(IndexError::Foreign(_))));
    assert!(matches!(Writer::create_fresh(dir.path(), small()), Err(IndexError::Foreign(_))));
    assert!(matches!(Writer::open(&dir.path().join("report.doc"), small()), Err(IndexError::Foreign(_))));
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1);
    fs::write(dir.path().join("meta.json"), r#"{"segments":[],"schema":[],"payload":null}"#).expect("written");
    check_refused(dir.path(), "not an index", FailureClass::Unusable);
}

#[test]
fn a_folder_kept_by_git_is_empty() {
    let dir = TempDir::new().expect("a folder");
    fs::write(dir.path().join(".gitignore"), "*").expect("written");
    write(dir.path(), &[document("a", "A", &["1|cats"])]);
    assert_eq!(texts(dir.path(), "cats").len(), 1);
}

#[test]
fn another_version_is_refused_with_the_remedy() {
    let (dir, reader) = index(&[document("a", "A", &["1|cats"])]);
    drop(reader);
    let meta = fs::read_to_string(dir.path().join("meta.json")).expect("meta");
    let current = format!("pincite_schema\\\":{}", super::SCHEMA_VERSION);
    assert!(meta.contains(&current), "{meta}");
    fs::write(dir.path().join("meta.json"), meta.replace(&current, "pincite_schema\\\":999")).expect("written");
    check_refused(dir.path(), "--rebuild", FailureClass::Unusable);
    assert!(matches!(Writer::open(dir.path(), small()), Err(IndexError::OtherVersion { .. })));
    Writer::create_fresh(dir.path(), small()).expect("a writer").finish().expect("finished");
    assert!(texts(dir.path(), "cats").is_empty());
}

#[test]
fn a_damaged_index_is_told_and_can_be_rebuilt() {
    for ending in ["store", "term", "idx", "pos", "fast", "fieldnorm"] {
        let (dir, reader) = index(&[document("a", "A", &["1|cats"])]);
        drop(reader);
        let data = fs::read_dir(dir.path()).expect("a folder").filter_map(|entry| Some(entry.ok()?.path()));
        for path in data.filter(|path| path.extension().is_some_and(|found| found == ending)) {
            fs::remove_file(path).expect("removed");
        }
        check_refused(dir.path(), "damaged", FailureClass::Unusable);
        Writer::create_fresh(dir.path(), small()).expect("a writer").finish().expect("finished");
        assert!(open(dir.path()).is_ok());
    }
    let (dir, _reader) = index(&[document("a", "A", &["1|cats"])]);
    fs::remove_file(dir.path().join("meta.json")).expect("removed");
    check_refused(dir.path(), "meta.json is missing", FailureClass::Unusable);
    assert!(matches!(Writer::open(dir.path(), small()), Err(IndexError::Damaged { .. })));
}

#[test]
fn files_outside_the_index_are_never_deleted() {
    let outer = TempDir::new().expect("a folder");
    let dir = outer.path().join("index");
    write(&dir, &[document("a", "A", &["1|cats"])]);
    let precious = outer.path().join("precious.txt");
    fs::write(&precious, "text").expect("written");
    let managed = dir.join(".managed.json");
    let names = fs::read_to_string(&managed).expect("names");
    fs::write(&managed, names.replacen('[', "[\"../precious.txt\",", 1)).expect("written");
    assert!(matches!(Writer::open(&dir, small()), Err(IndexError::Damaged { .. })));
    Writer::create_fresh(&dir, small()).expect("a writer").finish().expect("finished");
    assert!(precious.exists());
}

#[test]
fn keys_have_beginnings() {
    let reference = Reference {
        ordinal: 1,
        section: None,
        start: 0,
        end: 1,
        quote: String::new(),
        kind: ReferenceKind::Treaty,
        key: Some("CRC/7/1".to_owned()),
        instrument: None,
        article: None,
        paragraph: None,
        sub: None,
        implicit: false,
        note: None,
    };
    assert_eq!(beginnings_of_key(&reference), ["CRC", "CRC/7", "CRC/7/1"]);
    let options = WriterOptions { keys: |_| vec!["X".to_owned()], ..small() };
    let dir = TempDir::new().expect("a folder");
    let mut writer = Writer::open(dir.path(), options).expect("a writer");
    let mut cited = document("a", "A", &["1|cats"]);
    cited.references.push(reference);
    writer.replace(&file("a"), &[cited]).expect("written");
    writer.finish().expect("finished");
    assert_eq!(texts(dir.path(), "cites:x"), ["cats"]);
    assert!(texts(dir.path(), "cites:CRC").is_empty());
}

#[test]
fn the_outline_counts() {
    let mut report = document("a", "A", &["# I. One", "1|x", "2|y", "# A. Sub", "3|z", "# II. Two"]);
    report.sections[1].parent = Some(0);
    let (_dir, reader) = index(&[report]);
    let outline = sections(&reader, "a").expect("an outline");
    let rows: Vec<_> = outline
        .iter()
        .map(|row| (row.heading.as_str(), row.depth, row.paragraphs, row.paragraphs_with_subsections, row.first))
        .collect();
    assert_eq!(rows, [("I. One", 1, 2, 3, 1), ("A. Sub", 2, 1, 1, 3), ("II. Two", 1, 0, 0, 0)]);
    assert!(sections(&reader, "b").expect("nothing").is_empty());
}
