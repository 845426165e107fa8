//! Highlighted excerpts.
