//! Walks the corpus: bytes, format and content hash of every file.
