//! Query text to a query tree, and what it is expanded to.

pub mod expand;
pub mod expansion;
pub(crate) mod lower;
pub mod parse;
pub mod target;
