//! Text to tokens: one code path for documents and queries.
