//! What a document says of itself: language of each paragraph, metadata from the front matter.

pub mod bodies;
pub mod countries;
pub(crate) mod dates;
pub mod language;
pub mod metadata;
mod names;
