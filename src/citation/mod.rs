//! References to law, read in documents and in queries alike, and citations written.

pub mod style;
