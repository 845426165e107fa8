//! Whose a folder is, before anything is opened in it.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use tantivy::directory::INDEX_WRITER_LOCK;

use super::taught::Taught;
use super::{IndexError, SCHEMA_VERSION};
use crate::analyzer::ANALYZER_VERSION;

pub(super) const META: &str = "meta.json";
pub(super) const MANAGED: &str = ".managed.json";
/// Where a rebuild is made before it takes the place of the old index.
pub(super) const PART: &str = "rebuild.part";

/// Versions under which an index was written; the payload of every commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Versions {
    pub pincite_schema: u32,
    pub pincite_analyzer: u32,
}

impl Versions {
    pub const CURRENT: Versions = Versions { pincite_schema: SCHEMA_VERSION, pincite_analyzer: ANALYZER_VERSION };
}

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// No folder, an empty one, or one with an index that never had a commit.
    Vacant,
    Ours(Versions),
    /// Remains of an index.
    Damaged(String),
    Foreign,
}

#[derive(Deserialize)]
struct Meta {
    segments: Vec<serde_json::Value>,
    schema: Vec<serde_json::Value>,
    payload: Option<String>,
}

/// Looks at the names in the folder and at `meta.json`, opening nothing else.
pub(super) fn inspect(dir: &Path) -> Result<State, IndexError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Vacant),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(State::Foreign),
        Err(error) => return Err(IndexError::io(dir, &error)),
    };
    let (mut remains, mut strangers) = (false, false);
    for entry in entries {
        let entry = entry.map_err(|error| IndexError::io(dir, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        remains |= is_data_file(&name);
        strangers |=
            !(is_data_file(&name) || name.starts_with('.') || name == META || name == PART || Taught::names(&name));
    }
    match fs::read(dir.join(META)) {
        Ok(bytes) => Ok(judge(&bytes, remains, strangers)),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(IndexError::io(dir, &error)),
        Err(_) if strangers => Ok(State::Foreign),
        Err(_) if remains => Ok(State::Damaged(format!("{META} is missing"))),
        Err(_) => Ok(State::Vacant),
    }
}

fn judge(meta: &[u8], remains: bool, strangers: bool) -> State {
    let Ok(meta) = serde_json::from_slice::<Meta>(meta) else {
        return if strangers || !remains { State::Foreign } else { State::Damaged(format!("{META} is not readable")) };
    };
    match meta.payload.as_deref().map(serde_json::from_str::<Versions>) {
        Some(Ok(versions)) => State::Ours(versions),
        None if meta.segments.is_empty() && names_our_fields(&meta.schema) => State::Vacant,
        _ => State::Foreign,
    }
}

/// Whether a schema is one of ours of any version: the fields that no version can be without.
fn names_our_fields(schema: &[serde_json::Value]) -> bool {
    ["shown", "described", "owner"].iter().all(|name| schema.iter().any(|field| field["name"] == *name))
}

/// Returns the first file that `meta.json` needs and the folder lacks. tantivy itself opens some files late or takes a
/// missing one for an empty one.
pub(super) fn missing_file(dir: &Path) -> Result<Option<String>, IndexError> {
    let bytes = fs::read(dir.join(META)).map_err(|error| IndexError::io(dir, &error))?;
    let Ok(meta) = serde_json::from_slice::<Meta>(&bytes) else {
        return Err(IndexError::damaged(dir, format!("{META} is not readable")));
    };
    let there: HashSet<String> = names(dir).and_then(Iterator::collect).map_err(|error| IndexError::io(dir, &error))?;
    for segment in &meta.segments {
        let Some(id) = segment["segment_id"].as_str() else { continue };
        let id = id.replace('-', "");
        let deletes = segment["deletes"]["opstamp"].as_u64().map(|opstamp| format!("{id}.{opstamp}.del"));
        let endings = ["store", "term", "idx", "pos", "fast", "fieldnorm"].map(|ending| format!("{id}.{ending}"));
        if let Some(name) = endings.into_iter().chain(deletes).find(|name| !there.contains(name)) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Whether a writer holds the lock of the folder. The file of the lock is only read: nothing is made by asking.
pub(super) fn is_being_written(dir: &Path) -> bool {
    let lock = fs::File::open(dir.join(&INDEX_WRITER_LOCK.filepath));
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(fs::TryLockError::WouldBlock)))
}

/// Returns the data files that no commit names.
pub(super) fn unused_files(dir: &Path) -> io::Result<Vec<String>> {
    let Ok(meta) = serde_json::from_slice::<Meta>(&fs::read(dir.join(META))?) else { return Ok(Vec::new()) };
    let ids = meta.segments.iter().filter_map(|segment| Some(segment["segment_id"].as_str()?.replace('-', "")));
    let used: Vec<String> = ids.collect();
    let unused = |name: &String| is_data_file(name) && !used.iter().any(|id| name.starts_with(id.as_str()));
    names(dir)?.filter(|name| name.as_ref().map_or(true, unused)).collect()
}

/// Returns the names of what is in a folder.
fn names(dir: &Path) -> io::Result<impl Iterator<Item = io::Result<String>>> {
    Ok(fs::read_dir(dir)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())))
}

/// Whether a file name is one that tantivy gives: 32 hexadecimal digits and an ending.
pub(super) fn is_data_file(name: &str) -> bool {
    name.split_once('.').is_some_and(|(stem, _)| stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Refuses a list of managed files that names anything but plain files of this folder: tantivy deletes what the list
/// names and no commit uses, without asking where it lies.
pub(super) fn check_managed(dir: &Path, required: bool) -> Result<(), IndexError> {
    let bytes = match fs::read(dir.join(MANAGED)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !required => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(IndexError::damaged(dir, format!("{MANAGED} is missing")));
        }
        Err(error) => return Err(IndexError::io(dir, &error)),
    };
    let Ok(names) = serde_json::from_slice::<Vec<String>>(&bytes) else {
        return Err(IndexError::damaged(dir, format!("{MANAGED} is not readable")));
    };
    let plain = |name: &String| {
        let mut parts = Path::new(name).components();
        matches!(parts.next(), Some(Component::Normal(_)))
            && parts.next().is_none()
            && (is_data_file(name) || name == META)
    };
    if names.iter().all(plain) {
        Ok(())
    } else {
        Err(IndexError::damaged(dir, format!("{MANAGED} names files that are not of the index")))
    }
}
