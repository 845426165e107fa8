//! An open index, as the commands see it.

use std::path::Path;

use serde::Serialize;

use super::failure::{Exit, Failure};
use crate::pipeline::PipelineError;
use crate::printer::{DocumentEntry, PlacedReference};
use crate::search::{Answer, Request, StoredUnit};

pub struct Session {}

pub enum OpenError {
    Missing,
    Unusable(Failure),
}

impl OpenError {
    pub fn into_failure(self, _dir: &Path) -> Failure {
        Failure::new(Exit::Unusable, "no index (run pincite-index)")
    }
}

fn unwired<T>() -> Result<T, Failure> {
    Err(Failure::new(Exit::Unusable, "unwired"))
}

impl Session {
    pub fn open(_dir: &Path) -> Result<Session, OpenError> {
        Err(OpenError::Missing)
    }
    pub fn is_empty(&self) -> bool {
        true
    }
    pub fn search(&self, _request: &Request) -> Result<Answer, Failure> {
        unwired()
    }
    pub fn documents(&self) -> Result<Vec<DocumentEntry>, Failure> {
        unwired()
    }
    pub fn units(&self, _id: &str) -> Result<Vec<StoredUnit>, Failure> {
        unwired()
    }
    pub fn references(&self, _key: Option<&str>) -> Result<Vec<PlacedReference>, Failure> {
        unwired()
    }
}

#[derive(Serialize)]
pub struct Verified {
    pub documents: usize,
    pub paragraphs: usize,
}

pub fn verify(_dir: &Path) -> Result<Verified, Failure> {
    unwired()
}

pub fn canonical_key(key: &str) -> Result<String, Failure> {
    Ok(key.to_owned())
}

pub fn of_index(error: PipelineError) -> Failure {
    Failure::new(Exit::Unusable, error.to_string())
}
