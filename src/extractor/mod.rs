//! Bytes of a file to blocks in reading order, one module a format.
//!
//! Invariant: extractors never touch the file system; they see bytes and return blocks.

pub mod doc;
pub mod docx;
mod heading;
pub mod html;
pub mod jsonl;
mod label;
pub mod odt;
pub mod pdf;
pub mod rtf;
pub mod sandbox;
mod sniff;
mod styled;
mod table;
mod xml;
pub mod zip;

use thiserror::Error;

/// Why a file gives no blocks. Each message says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize, serde::Deserialize)]
pub enum ExtractError {
    #[error("empty: there is no text in it")]
    Empty,
    #[error("not a text or document format that pincite reads (save it as PDF, DOCX, HTML or plain text)")]
    Unsupported,
    #[error("binary data (rename or convert it if it is a document)")]
    Binary,
    #[error("password protected (save a copy without the password)")]
    Encrypted,
    #[error("damaged: {0} (open it in its program and save it again)")]
    Damaged(String),
    #[error("no text layer (run OCR on it first)")]
    NoText,
    #[error("too large: {0}")]
    TooLarge(String),
    #[error("took longer than {0} seconds (split it, or save it again in its program)")]
    TimedOut(u64),
    #[error("damaged: its reader crashed on it or ran out of memory (open it in its program and save it again)")]
    Crashed,
    #[error("its reader could not be started: {0} (is the program still where it was installed?)")]
    NoWorker(String),
}

/// Returns the format that the content of a file shows, or `None` where only its text can tell. The name decides
/// nothing but between formats that are plain text.
pub fn sniff(bytes: &[u8], name: &str) -> Option<crate::document::Format> {
    sniff::sniff(bytes, name)
}
