//! Blocks to sections and paragraphs.
