//! JSON Lines of ready paragraphs, `{"doc","para","section","text"}`, to one list of blocks for each document.
//!
//! Invariant: printed numbers are kept to the letter and lines are never reordered within a document.

use std::collections::HashMap;

use serde::Deserialize;

use super::ExtractError;
use crate::document::{Block, BlockKind, Extracted};

/// A paragraph of a line. Other keys are left alone.
#[derive(Debug, Deserialize)]
struct Line {
    doc: String,
    #[serde(default)]
    para: Option<Number>,
    #[serde(default)]
    section: Option<String>,
    text: String,
}

/// A printed number, as text or as a number of JSON, whose digits are kept ("140.10" is not 140.1).
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Number {
    Text(String),
    Figure(serde_json::Number),
}

/// Returns the documents of a file in the order of their first lines.
///
/// # Errors
/// `Damaged`, naming the line, where one is no such object; `Empty` where there is none.
pub fn extract(bytes: &[u8]) -> Result<Vec<(String, Extracted)>, ExtractError> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map_err(|error| {
        let line = bytes.get(..error.valid_up_to()).unwrap_or(&[]).iter().filter(|byte| **byte == b'\n').count() + 1;
        ExtractError::Damaged(format!("line {line} is not UTF-8"))
    })?;
    let mut documents: Vec<(String, Extracted)> = Vec::new();
    let mut places: HashMap<String, (usize, Option<String>)> = HashMap::new();
    for (index, json) in text.lines().enumerate() {
        if json.trim().is_empty() {
            continue;
        }
        let number = index + 1;
        let line: Line = serde_json::from_str(json).map_err(|error| {
            ExtractError::Damaged(format!(r#"line {number} is not {{"doc","para","section","text"}}: {error}"#))
        })?;
        let (place, section) = places.entry(line.doc.clone()).or_insert_with(|| {
            documents.push((line.doc.clone(), Extracted::default()));
            (documents.len() - 1, None)
        });
        let Some((_, document)) = documents.get_mut(*place) else { continue };
        let source_line = u32::try_from(number).unwrap_or(u32::MAX);
        let heading = line.section.as_deref().map(str::trim).filter(|heading| !heading.is_empty());
        if let Some(heading) = heading
            && section.as_deref() != Some(heading)
        {
            *section = Some(heading.to_owned());
            let mut block = Block::new(BlockKind::Heading(1), heading);
            block.line = source_line;
            document.blocks.push(block);
        }
        let number = printed(line.para);
        let mut block = Block::new(BlockKind::Paragraph, without_number(line.text.trim(), number.as_deref()));
        block.number = number;
        block.line = source_line;
        document.blocks.push(block);
    }
    if documents.is_empty() { Err(ExtractError::Empty) } else { Ok(documents) }
}

/// Returns a printed number without the full stop that closes it.
fn printed(number: Option<Number>) -> Option<String> {
    let number = match number? {
        Number::Text(number) => number,
        Number::Figure(number) => number.to_string(),
    };
    let number = number.trim().trim_end_matches('.').trim_end();
    (!number.is_empty()).then(|| number.to_owned())
}

/// Returns the text without its number, where it starts with it.
fn without_number<'t>(text: &'t str, number: Option<&str>) -> &'t str {
    let Some(rest) = number.and_then(|number| text.strip_prefix(number)) else { return text };
    let content = rest.trim_start_matches(['.', ')']).trim_start();
    if rest.starts_with(['.', ')']) && !content.is_empty() && content.len() + 1 < rest.len() { content } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents with their blocks as "number|text".
    #[track_caller]
    fn check(json: &str, expected: &[(&str, &[&str])]) {
        let documents = extract(json.as_bytes()).unwrap_or_default();
        let shown = |block: Block| match block.number {
            Some(number) => format!("{number}|{}", block.text),
            None => block.text,
        };
        let found: Vec<(String, Vec<String>)> =
            documents.into_iter().map(|(name, read)| (name, read.blocks.into_iter().map(shown).collect())).collect();
        let expected: Vec<(String, Vec<String>)> = expected
            .iter()
            .map(|(name, texts)| ((*name).to_owned(), texts.iter().map(|text| (*text).to_owned()).collect()))
            .collect();
        assert_eq!(found, expected, "{json}");
    }

    #[test]
    fn numbers_survive_as_printed() {
        check(r#"{"doc":"a","para":"140.10","text":"Ratify"}"#, &[("a", &["140.10|Ratify"])]);
        check(r#"{"doc":"a","para":7,"text":"Seven"}"#, &[("a", &["7|Seven"])]);
        check(r#"{"doc":"a","para":"7.","text":"Seven"}"#, &[("a", &["7|Seven"])]);
        check(r#"{"doc":"a","para":"(b)","text":"Item"}"#, &[("a", &["(b)|Item"])]);
        check(r#"{"doc":"a","para":"7","text":"7. Seven"}"#, &[("a", &["7|Seven"])]);
        check(r#"{"doc":"a","para":"OP1-1.","text":"An opinion"}"#, &[("a", &["OP1-1|An opinion"])]);
        check(r#"{"doc":"a","para":null,"text":"None"}"#, &[("a", &["None"])]);
    }

    #[test]
    fn lines_are_sorted_to_documents_and_sections() {
        let json = [
            r#"{"doc":"a","para":"1","section":"I","text":"x"}"#,
            r#"{"doc":"b","para":"1","section":null,"text":"y"}"#,
            r#"{"doc":"a","para":"2","section":"I","text":"z"}"#,
        ];
        check(&json.join("\n"), &[("a", &["I", "1|x", "2|z"]), ("b", &["1|y"])]);
    }

    #[test]
    fn errors_name_the_line() {
        let error = extract(b"{\"doc\":\"a\",\"text\":\"x\"}\n{\"doc\":1}\n").map(|_| ());
        assert!(matches!(error, Err(ExtractError::Damaged(message)) if message.starts_with("line 2 ")));
        assert_eq!(extract(b"\n\n").map(|_| ()), Err(ExtractError::Empty));
    }
}
