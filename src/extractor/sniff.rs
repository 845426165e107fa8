//! The format of a file by its content.

use super::zip::Package;
use crate::document::Format;

/// A PDF may have so many bytes of rubbish before its mark (ISO 32000-1, annex H.3.4.1).
const PDF_MARK_WITHIN: usize = 1_024;
/// The mark of a compound file (Word 97 and encrypted office files).
const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// See `extractor::sniff`.
pub(super) fn sniff(bytes: &[u8], name: &str) -> Option<Format> {
    let head = bytes.get(..PDF_MARK_WITHIN).unwrap_or(bytes);
    if contains(head, b"%PDF-") {
        return Some(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return office_package(bytes);
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return compound_file(bytes);
    }
    // Word 6 and 95 wrote their documents without a compound file at times.
    if bytes.starts_with(&[0xdb, 0xa5, 0x2d, 0x00]) {
        return Some(Format::Doc);
    }
    let text = text_head(bytes);
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with("{\\rtf") {
        return Some(Format::Rtf);
    }
    let lower = start.to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    if is_html(&lower) || (matches!(ending.as_str(), "html" | "htm" | "xhtml") && lower.contains('<')) {
        return Some(Format::Html);
    }
    is_json_lines(start, &ending).then_some(Format::JsonLines)
}

/// The first characters, for formats that are text.
fn text_head(bytes: &[u8]) -> String {
    let head = bytes.get(..4_096).unwrap_or(bytes);
    super::xml::decode(head)
}

fn is_html(lower: &str) -> bool {
    let mut rest = lower;
    // Comments, declarations and white space may come first.
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(declaration) = rest.strip_prefix("<?xml") {
            rest = declaration.split_once("?>").map_or("", |(_, after)| after);
        } else {
            break;
        }
    }
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| rest.starts_with(tag))
}

/// A line of JSON with the keys of a paragraph.
fn is_json_lines(start: &str, ending: &str) -> bool {
    if !start.starts_with('{') {
        return false;
    }
    let line = start.lines().next().unwrap_or("");
    let keys = ["\"doc\"", "\"text\""].iter().all(|key| line.contains(key));
    keys || matches!(ending, "jsonl" | "ndjson")
}

fn office_package(bytes: &[u8]) -> Option<Format> {
    // A damaged archive is told by its first local names, so that the error is that of its format.
    let names = |needle: &[u8]| contains(bytes.get(..65_536).unwrap_or(bytes), needle);
    match Package::open(bytes) {
        Ok(mut package) => {
            if package.has("word/document.xml") || (package.has("[Content_Types].xml") && is_word(&mut package)) {
                return Some(Format::Docx);
            }
            let kind = package.text("mimetype").ok().flatten().unwrap_or_default();
            let text = kind.trim().starts_with("application/vnd.oasis.opendocument.text");
            (text || (package.has("content.xml") && package.has("META-INF/manifest.xml") && kind.is_empty()))
                .then_some(Format::Odt)
        }
        Err(_) if names(b"word/") => Some(Format::Docx),
        Err(_) if names(b"opendocument.text") => Some(Format::Odt),
        Err(_) => None,
    }
}

fn is_word(package: &mut Package<'_>) -> bool {
    package
        .text("[Content_Types].xml")
        .ok()
        .flatten()
        .is_some_and(|types| types.contains("wordprocessingml.document.main"))
}

/// A compound file is a Word document, an office file with a password, or something else.
fn compound_file(bytes: &[u8]) -> Option<Format> {
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    if contains(bytes, &utf16("WordDocument")) {
        Some(Format::Doc)
    } else if contains(bytes, &utf16("EncryptedPackage")) {
        Some(Format::Docx)
    } else {
        None
    }
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        let cases: [(&[u8], &str, Option<Format>); 12] = [
            (b"%PDF-1.4\n", "a.doc", Some(Format::Pdf)),
            (b"\n\n%PDF-1.4\n", "a", Some(Format::Pdf)),
            (b"{\\rtf1\\ansi Hello}", "a.doc", Some(Format::Rtf)),
            (b"\xef\xbb\xbf<!DOCTYPE HTML><p>", "a.txt", Some(Format::Html)),
            (b"<!-- saved --><html><body>", "a", Some(Format::Html)),
            (b"<p>A fragment", "a.htm", Some(Format::Html)),
            (b"<p>A fragment", "a.txt", None),
            (b"{\"doc\":\"a\",\"para\":\"1.\",\"text\":\"x\"}\n", "a.txt", Some(Format::JsonLines)),
            (b"{\"other\":1}\n", "a.jsonl", Some(Format::JsonLines)),
            (b"{\"other\":1}\n", "a.json", None),
            (b"1. The Committee", "a.pdf", None),
            (b"", "a.html", None),
        ];
        for (bytes, name, expected) in cases {
            assert_eq!(sniff(bytes, name), expected, "{name}: {}", String::from_utf8_lossy(bytes));
        }
    }
}
