//! Everything that goes wrong outside: one clear line, the documented exit code, nothing else lost.

mod files;
mod indexes;
mod outputs;
mod requests;

use crate::env::Env;

const GOOD: (&str, &[u8]) = ("good.txt", b"1. Every birth shall be registered without delay.\n");

fn assert_good_found(env: &Env) {
    assert_eq!(env.lines(["registered", "--doc", "good"]).len(), 1, "nothing else is lost");
}
