//! Pincite finds the paragraph: full-text search over human-rights documents whose unit is the citeable paragraph.
//!
//! # Code map
//!
//! ```text
//! corpus files -> reader -> extractor -> blocks -> normalizer -> segmenter -> document (sections, paragraphs)
//!              -> annotator (language, metadata), citation (references to law) -> index (through analyzer)
//! query text   -> query::parse -> Query -> query::expand -> query::lower -> search -> hits -> printer
//! ```
//!
//! [`document`] holds the data that flows; [`pipeline`] composes the stages of the first line and is their only caller.
//!
//! # Invariants
//!
//! - `document` imports nothing of ours; the stages (`reader`, `extractor`, `normalizer`, `segmenter`, `annotator`,
//!   `citation`) import only `document`.
//! - `tantivy` is named only in `analyzer`, `index`, `query::lower`, `search` and `snippet`.
//! - The library never prints (the `printer` writes to what it is given), never exits, never reads the environment.

pub mod analyzer;
pub mod annotator;
pub mod citation;
pub mod cli;
pub mod document;
pub mod eval;
pub mod extractor;
pub mod index;
pub mod learn;
mod memo;
pub mod normalizer;
pub mod pipeline;
pub mod printer;
pub mod query;
pub mod reader;
pub mod search;
pub mod segmenter;
pub mod snippet;
