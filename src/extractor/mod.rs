//! Bytes of a file to blocks in reading order, one module a format.
//!
//! Invariant: extractors never touch the file system; they see bytes and return blocks.

pub mod decode;
pub mod doc;
pub mod docx;
mod heading;
pub mod html;
pub mod jsonl;
mod label;
pub mod markdown;
mod numbering;
pub mod odt;
pub mod pdf;
pub mod plain;
pub mod rtf;
pub mod sandbox;
mod sniff;
mod styled;
mod table;
pub mod text;
pub mod wiki;
mod xml;
pub mod zip;

use thiserror::Error;

use crate::document::{Extracted, Format};

/// A text with more lines is refused: it would be a document of some eight thousand pages.
const MAX_LINES: usize = 300_000;

/// Returns the format of a text by its content, and by its name where the content leaves it open.
pub fn text_format(text: &str, name: &str) -> Format {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "md" | "markdown" => return Format::Markdown,
        "wiki" | "mediawiki" => return Format::Wiki,
        _ => {}
    }
    if wiki::looks_like_wiki(text) {
        Format::Wiki
    } else if looks_like_markdown(text) {
        Format::Markdown
    } else {
        Format::Text
    }
}

/// At least two Markdown headings, or one and two lines with other markup of it.
fn looks_like_markdown(text: &str) -> bool {
    let is_heading = |line: &str| {
        let title = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - title.len())) && title.starts_with(' ') && !title.trim().is_empty()
    };
    let headings = text.lines().filter(|line| is_heading(line)).count();
    let marked = |line: &&str| line.contains("**") || line.contains("](") || line.contains("<sup>");
    headings >= 2 || (headings == 1 && text.lines().filter(marked).count() >= 2)
}

/// Reads a file in a format that needs no isolation.
///
/// # Errors
/// Those of the format's extractor; `Unsupported` for formats that are read elsewhere.
pub fn extract_text(bytes: &[u8], name: &str) -> Result<(Format, Extracted), ExtractError> {
    // Counted before anything is made of them: what many short lines give is many times their size.
    let lines = memchr::memchr2_iter(b'\n', b'\r', bytes).count();
    if lines > MAX_LINES {
        return Err(ExtractError::TooLarge(format!("{lines} lines, {MAX_LINES} at most (split it)")));
    }
    let text = decode::decode(bytes)?;
    let format = text_format(&text, name);
    let extracted = match format {
        Format::Markdown => markdown::read(&text),
        Format::Wiki => wiki::extract(&text),
        _ => text::extract(&text),
    };
    Ok((format, extracted))
}

/// Why a file gives no blocks. Each message says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize, serde::Deserialize)]
pub enum ExtractError {
    #[error("empty: there is no text in it")]
    Empty,
    #[error("not a text or document format that pincite reads (save it as PDF, DOCX, HTML or plain text)")]
    Unsupported,
    #[error("an archive within an archive (unpack it)")]
    Nested,
    #[error("binary data (rename or convert it if it is a document)")]
    Binary,
    #[error("password protected (save a copy without the password)")]
    Encrypted,
    #[error("damaged: {0} (open it in its program and save it again)")]
    Damaged(String),
    #[error("no text layer: indexed by its metadata only (run OCR on it to find its text)")]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_end_are_refused() {
        let read = |count: usize| extract_text("1.\n".repeat(count).as_bytes(), "a.txt").map(|_| ());
        assert_eq!(read(1_000), Ok(()));
        assert!(matches!(read(MAX_LINES + 1), Err(ExtractError::TooLarge(_))));
    }
}
