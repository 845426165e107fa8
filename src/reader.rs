//! Walks the corpus and reads its files.
//!
//! Invariant: only regular files below the given folders are read; links are never followed out of them, and a file that
//! cannot be read is reported, never passed over.

mod mounts;

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use thiserror::Error;
use walkdir::WalkDir;

use mounts::Mounts;

/// A larger file is not read: the largest UN report has a few megabytes, and hostile files grow without end.
const LARGEST: u64 = 256 << 20;

/// Files that describe a corpus and are no documents of it, at its top.
const CORPUS_NOTES: [&str; 2] = ["metadata.toml", "README.md"];

/// A file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    pub path: PathBuf,
    /// Path below its corpus folder with `/` between parts, by which it is known from run to run.
    pub key: String,
    /// Id of its document: the key without the ending.
    pub id: String,
    /// Bytes.
    pub size: u64,
    /// Time of the last change in nanoseconds since 1970, or 0 where the system does not tell.
    pub modified: i128,
    /// Why it cannot be read, where that is known without opening it.
    pub problem: Option<ReadError>,
}

/// Why a file is not read. Each message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    #[error("a link out of the corpus (copy the file into the corpus instead)")]
    LinkOut,
    #[error("a link to another file of the corpus")]
    LinkInside,
    #[error("a link that leads nowhere (remove it)")]
    LinkBroken,
    #[error("not a regular file (a pipe, socket or device; remove it from the corpus)")]
    Special,
    #[error("a folder of the system, not of a disk")]
    Virtual,
    #[error("larger than {} MB (split it)", LARGEST >> 20)]
    TooLarge,
    #[error("it changed while it was read (run pincite-index again)")]
    Changed,
    #[error("it is gone since its folder was listed (run pincite-index again)")]
    Vanished,
    #[error("cannot be read: {0} (check its permissions)")]
    Denied(String),
    #[error("cannot be read: {0} (check the disk)")]
    Io(String),
}

impl From<&io::Error> for ReadError {
    fn from(error: &io::Error) -> ReadError {
        match error.kind() {
            io::ErrorKind::NotFound => ReadError::Vanished,
            io::ErrorKind::PermissionDenied => ReadError::Denied(error.to_string()),
            _ => ReadError::Io(error.to_string()),
        }
    }
}

impl ReadError {
    /// Whether the file may be a good one that could not be read this time, not one that is never read.
    pub fn is_failure(&self) -> bool {
        matches!(self, ReadError::Io(_) | ReadError::Denied(_) | ReadError::Vanished | ReadError::Changed)
    }
}

/// Why a corpus cannot be walked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WalkError {
    #[error("no such file or folder: {} (give the folder that holds the documents)", .0.display())]
    Missing(PathBuf),
    #[error("cannot read {}: {reason} (check its permissions)", .path.display())]
    Io { path: PathBuf, reason: String },
}

/// Returns the files of all roots in the order of their keys. With several roots, keys start with the last component of
/// their own. Hidden files, the folder `except` (the index), other indexes and what office programs leave behind are passed
/// over.
///
/// # Errors
/// `Missing` where a root is not there, `Io` where it cannot be listed: nothing must be taken for vanished then.
pub fn walk(roots: &[PathBuf], except: &Path) -> Result<Vec<FoundFile>, WalkError> {
    let except = fs::canonicalize(except).ok();
    let mut found = Vec::new();
    for root in roots {
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => WalkError::Missing(root.clone()),
            _ => WalkError::Io { path: root.clone(), reason: error.to_string() },
        };
        let base = fs::canonicalize(root).map_err(unreadable)?;
        if base.is_dir() {
            fs::read_dir(&base).map_err(unreadable)?;
        }
        walk_root(&base, prefix_of(&base, roots).as_deref(), except.as_deref(), &mut found);
    }
    found.sort_by(|left, right| left.key.cmp(&right.key));
    found.dedup_by(|right, left| right.path == left.path);
    part_same_ids(&mut found);
    Ok(found)
}

/// Returns what the keys of the files below a root begin with, before a slash, or `None` where nothing is put before them.
pub(crate) fn prefix_of(root: &Path, roots: &[PathBuf]) -> Option<String> {
    let root = (roots.len() > 1).then(|| fs::canonicalize(root).ok()).flatten()?;
    root.file_name().map(|name| name.to_string_lossy().into_owned())
}

fn walk_root(base: &Path, prefix: Option<&str>, except: Option<&Path>, found: &mut Vec<FoundFile>) {
    let is_file = base.is_file();
    let wanted = |entry: &walkdir::DirEntry| {
        let known = Some(entry.path()) == except || (entry.file_type().is_dir() && is_index(entry.path()));
        entry.depth() == 0 || (!is_passed_over(entry.path(), entry.depth()) && !known)
    };
    let mounts = Mounts::of_system();
    let starts_virtual = mounts.is_virtual(base);
    let is_virtual = |entry: &walkdir::DirEntry| {
        let is_dir = entry.file_type().is_dir();
        (is_dir && mounts.is_virtual(entry.path())) || (!is_dir && starts_virtual)
    };
    // Not `filter_entry`: a folder that is passed over must be left out of the walk and said all the same.
    let mut walk = WalkDir::new(base).follow_links(false).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        match entry {
            Ok(entry) if !wanted(&entry) => {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            }
            Ok(entry) if is_virtual(&entry) => {
                let problem = if entry.file_type().is_dir() { ReadError::Virtual } else { ReadError::Special };
                found.push(FoundFile { problem: Some(problem), ..describe(entry.path(), base, prefix, is_file) });
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => found.push(describe(entry.path(), base, prefix, is_file)),
            Err(error) => {
                let path = error.path().unwrap_or(base).to_owned();
                let problem = error.io_error().map_or_else(|| ReadError::Io(error.to_string()), ReadError::from);
                found.push(FoundFile { problem: Some(problem), ..describe(&path, base, prefix, is_file) });
            }
        }
    }
}

/// Whether a folder holds an index, by the two files that every one has.
fn is_index(folder: &Path) -> bool {
    [".managed.json", "meta.json"].iter().all(|name| folder.join(name).is_file())
}

/// Hidden files, lock files of office programs, and the notes on a corpus at its top.
fn is_passed_over(path: &Path, depth: usize) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let litter =
        name.starts_with('.') || name.starts_with("~$") || ["Thumbs.db", "desktop.ini"].contains(&name.as_ref());
    litter || (depth == 1 && CORPUS_NOTES.contains(&name.as_ref()))
}

fn describe(path: &Path, base: &Path, prefix: Option<&str>, is_file: bool) -> FoundFile {
    let below =
        if is_file { path.file_name().map(Path::new).unwrap_or(path) } else { path.strip_prefix(base).unwrap_or(path) };
    let parts = prefix.into_iter().map(str::to_owned).chain(below.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    }));
    // A root that is a file stands for itself: its name is the last component already.
    let parts: Vec<String> =
        if is_file { parts.skip(usize::from(prefix.is_some())).collect() } else { parts.collect() };
    let key = if parts.is_empty() { base.to_string_lossy().into_owned() } else { parts.join("/") };
    let mut file =
        FoundFile { path: path.to_owned(), id: without_ending(&key), key, size: 0, modified: 0, problem: None };
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => file.problem = Some(link_problem(path, base)),
        Ok(metadata) if !metadata.is_file() => file.problem = Some(ReadError::Special),
        Ok(metadata) => {
            file.size = metadata.len();
            file.modified = modified(&metadata);
            file.problem = (file.size > LARGEST).then_some(ReadError::TooLarge);
        }
        Err(error) => file.problem = Some(ReadError::from(&error)),
    }
    file
}

fn link_problem(path: &Path, base: &Path) -> ReadError {
    match fs::canonicalize(path) {
        Ok(target) if target.starts_with(base) => ReadError::LinkInside,
        Ok(_) => ReadError::LinkOut,
        Err(_) => ReadError::LinkBroken,
    }
}

fn modified(metadata: &fs::Metadata) -> i128 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|duration| i128::try_from(duration.as_nanos()).ok()).unwrap_or(0)
}

/// Whether a file with this key lies below one of the roots, a folder above one, or the current folder: a run over other
/// roots may have found it there. Of a file in an archive only the archive is looked for.
pub fn lies_near(roots: &[PathBuf], key: &str) -> bool {
    let current = PathBuf::from(".");
    let whole = |root: &PathBuf| std::path::absolute(root).unwrap_or_else(|_| root.clone());
    let mut folders: Vec<PathBuf> = Vec::new();
    for root in roots.iter().chain([&current]).map(whole) {
        folders.extend(root.ancestors().map(Path::to_owned));
    }
    folders.iter().any(|folder| folder.join(key).is_file())
}

fn without_ending(key: &str) -> String {
    let name_at = key.rfind('/').map_or(0, |at| at + 1);
    match key[name_at..].rfind('.') {
        Some(dot) if dot > 0 => key[..name_at + dot].to_owned(),
        _ => key.to_owned(),
    }
}

/// Two files that differ in their endings alone: the second keeps its ending in its id.
fn part_same_ids(found: &mut [FoundFile]) {
    let mut seen = std::collections::HashSet::new();
    for file in found {
        if !seen.insert(file.id.clone()) {
            file.id.clone_from(&file.key);
            seen.insert(file.id.clone());
        }
    }
}

/// Returns the bytes of a file that did not change meanwhile.
///
/// # Errors
/// The file's known problem, `Vanished`, `Denied`, `Io`, `TooLarge` where it has grown, `Changed` where it changed twice while it was read.
pub fn read(file: &FoundFile) -> Result<Vec<u8>, ReadError> {
    if let Some(problem) = &file.problem {
        return Err(problem.clone());
    }
    let io = |error: io::Error| ReadError::from(&error);
    for _ in 0..2 {
        let handle = fs::File::open(&file.path).map_err(io)?;
        let before = handle.metadata().map_err(io)?;
        if !before.is_file() {
            return Err(ReadError::Special);
        }
        // What says so of itself and has content all the same is none of a disk, and reading it may never end.
        if before.len() == 0 {
            return Ok(Vec::new());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(before.len().min(LARGEST)).unwrap_or(0));
        (&handle).take(LARGEST + 1).read_to_end(&mut bytes).map_err(io)?;
        let size = bytes.len() as u64;
        if size > LARGEST {
            return Err(ReadError::TooLarge);
        }
        let after = fs::metadata(&file.path).map_err(io)?;
        if size == before.len() && size == after.len() && modified(&before) == modified(&after) {
            return Ok(bytes);
        }
    }
    Err(ReadError::Changed)
}

/// Returns the hash of a content in hexadecimal (BLAKE3).
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        for (name, text) in files {
            let path = dir.path().join(name);
            let _ = fs::create_dir_all(path.parent().unwrap_or(dir.path()));
            fs::write(path, text).unwrap_or_else(|error| panic!("{error}"));
        }
        dir
    }

    #[test]
    fn ids_are_paths_without_their_endings() {
        let dir = corpus(&[
            ("crc/report.v2.txt", "a"),
            ("crc/report.v2.pdf", "b"),
            ("README.md", "about"),
            ("crc/README.md", "a document"),
            ("metadata.toml", ""),
            (".hidden", "x"),
            ("~$report.docx", "x"),
            ("index/meta.json", "x"),
            ("crc/older/meta.json", "x"),
            ("crc/older/.managed.json", "x"),
            ("crc/older/text.txt", "x"),
        ]);
        let found = walk(&[dir.path().to_owned()], &dir.path().join("index")).unwrap_or_default();
        let ids: Vec<(&str, &str)> = found.iter().map(|file| (file.key.as_str(), file.id.as_str())).collect();
        assert_eq!(
            ids,
            [
                ("crc/README.md", "crc/README"),
                ("crc/report.v2.pdf", "crc/report.v2"),
                ("crc/report.v2.txt", "crc/report.v2.txt"),
            ]
        );
    }

    #[test]
    fn several_roots_are_told_apart() {
        let dir = corpus(&[("en/a.txt", "a"), ("ru/a.txt", "b")]);
        let roots = [dir.path().join("en"), dir.path().join("ru/a.txt"), dir.path().join("ru")];
        let found = walk(&roots, Path::new("nowhere")).unwrap_or_default();
        let ids: Vec<&str> = found.iter().map(|file| file.id.as_str()).collect();
        assert_eq!(ids, ["a", "en/a", "ru/a"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_system_makes_up_is_not_read() {
        for path in ["/proc", "/proc/kmsg"] {
            let found = walk(&[PathBuf::from(path)], Path::new("nowhere")).unwrap_or_default();
            let problems: Vec<_> = found.iter().map(|file| (file.key.as_str(), file.problem.is_some())).collect();
            assert_eq!(problems, [(if path == "/proc" { path } else { "kmsg" }, true)]);
        }
    }

    #[test]
    fn a_missing_root_is_an_error() {
        let error = walk(&[PathBuf::from("no/such/folder")], Path::new("nowhere"));
        assert_eq!(error, Err(WalkError::Missing(PathBuf::from("no/such/folder"))));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_never_followed_out() {
        use std::os::unix::fs::symlink;
        let outside = corpus(&[("secret.txt", "x")]);
        let dir = corpus(&[("a.txt", "a")]);
        for (target, name) in [
            (outside.path().join("secret.txt"), "out"),
            (dir.path().join("a.txt"), "inside"),
            (dir.path().join("loop"), "loop"),
        ] {
            symlink(target, dir.path().join(name)).unwrap_or_else(|error| panic!("{error}"));
        }
        let found = walk(&[dir.path().to_owned()], Path::new("nowhere")).unwrap_or_default();
        let problems: Vec<(&str, Option<ReadError>)> =
            found.iter().map(|file| (file.key.as_str(), file.problem.clone())).collect();
        assert_eq!(
            problems,
            [
                ("a.txt", None),
                ("inside", Some(ReadError::LinkInside)),
                ("loop", Some(ReadError::LinkBroken)),
                ("out", Some(ReadError::LinkOut)),
            ]
        );
        assert!(found.iter().skip(1).all(|file| read(file).is_err()));
    }

    #[test]
    fn bytes_are_read_whole() {
        let dir = corpus(&[("a.txt", "text")]);
        let found = walk(&[dir.path().to_owned()], Path::new("nowhere")).unwrap_or_default();
        assert_eq!(read(&found[0]), Ok(b"text".to_vec()));
        let _ = fs::remove_file(dir.path().join("a.txt"));
        assert_eq!(read(&found[0]), Err(ReadError::Vanished));
    }
}
