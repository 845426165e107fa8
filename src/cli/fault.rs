//! A panic as one line: most come from reading an index whose bytes are no longer those that were written.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::failure::{Exit, Failure};
use super::{Console, Surroundings, finish};
use crate::index::{IndexError, verify};

/// Says why a program has panicked, and returns its exit code: an index that was in use is compared with its checksums.
/// `place` is where the panic was and what it said.
pub fn say(place: &str, around: &Surroundings<'_>, console: &mut Console<'_>) -> Exit {
    let damaged = around.index_in_use().and_then(damage);
    let failure = damaged.map_or_else(
        || {
            let again = "an error of the program, not yours; please report it with what you typed";
            Failure::new(Exit::Io, format!("{again}: {place}"))
        },
        Failure::from,
    );
    finish(Err(failure), console)
}

/// Returns what is wrong with the files of an index. Reading them may panic again.
fn damage(dir: &Path) -> Option<IndexError> {
    match catch_unwind(AssertUnwindSafe(|| verify::verify(dir))) {
        Ok(Err(error @ IndexError::Damaged { .. })) => Some(error),
        Ok(_) => None,
        Err(_) => Some(IndexError::unreadable(dir)),
    }
}
