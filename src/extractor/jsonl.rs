//! JSON Lines of ready paragraphs, `{"doc","para","section","text"}`, to one list of blocks for each document.
//!
//! Invariant: printed numbers are kept to the letter and lines are never reordered within a document.

use std::borrow::Cow;
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
    section: Option<Section>,
    text: String,
}

/// The headings above a paragraph: one, or all of them from the outermost.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "\"section\" must be text or a list of texts")]
enum Section {
    One(String),
    Path(Vec<String>),
}

impl Section {
    fn headings(self) -> Vec<String> {
        let headings = match self {
            Section::One(heading) => vec![heading],
            Section::Path(headings) => headings,
        };
        headings.iter().map(|heading| heading.trim().to_owned()).filter(|heading| !heading.is_empty()).collect()
    }
}

/// A printed number, as text or as a number of JSON, whose digits are kept ("140.10" is not 140.1).
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "\"para\" must be text or a number")]
enum Number {
    Text(String),
    Figure(serde_json::Number),
}

/// Letters of the longest printed number; more are no number.
const LONGEST_NUMBER: usize = 40;
/// Lines that cannot be read and are named; more are only counted.
const NAMED_LINES: usize = 5;

/// Returns the documents of a file in the order of their first lines. Lines that are no such object are left out; a
/// warning of the first document names them.
///
/// # Errors
/// `Damaged`, naming the first line, where no line is such an object; `Empty` where there is none.
pub fn extract(bytes: &[u8]) -> Result<Vec<(String, Extracted)>, ExtractError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut documents = Documents::default();
    let mut bad: Vec<(usize, String)> = Vec::new();
    for (index, json) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if json.trim_ascii().is_empty() {
            continue;
        }
        match read_line(json) {
            Ok(line) => documents.add(line, index + 1),
            Err(reason) => bad.push((index + 1, reason)),
        }
    }
    let unlabelled = unlabelled_warning(&documents.unlabelled);
    let Some((_, first)) = documents.read.first_mut() else {
        let error = bad.into_iter().next().map(|(line, reason)| ExtractError::Damaged(format!("line {line} {reason}")));
        return Err(error.unwrap_or(ExtractError::Empty));
    };
    first.warnings.extend(warning(&bad).into_iter().chain(unlabelled));
    Ok(documents.read)
}

fn read_line(json: &[u8]) -> Result<Line, String> {
    let text = std::str::from_utf8(json).map_err(|_| "is not UTF-8".to_owned())?;
    serde_json::from_str(text).map_err(|error| {
        // The line of the file is named already; that of the object is always the first.
        let reason = error.to_string().replace(" at line 1 column ", ", column ");
        format!(r#"is not {{"doc","para","section","text"}}: {reason}"#)
    })
}

/// "left out line 2 (is not …) and 3 more lines (7, 9, 12)".
fn warning(bad: &[(usize, String)]) -> Option<String> {
    let ((line, reason), more) = bad.split_first()?;
    Some(format!("left out line {line}, which {reason}{}", and_more(more)))
}

fn unlabelled_warning(lines: &[(u32, String)]) -> Option<String> {
    let ((line, number), more) = lines.split_first()?;
    let number: String = number.chars().take(LONGEST_NUMBER).collect();
    Some(format!("line {line} is without a number, \"{number}\" is none{}", and_more(more)))
}

/// "; and 3 more (lines 7, 9, 12)".
fn and_more(lines: &[(impl ToString, String)]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let named: Vec<String> = lines.iter().take(NAMED_LINES).map(|(line, _)| line.to_string()).collect();
    let rest = if lines.len() > NAMED_LINES { ", …" } else { "" };
    format!("; and {} more (lines {}{rest})", lines.len(), named.join(", "))
}

/// Documents in the order of their first lines.
#[derive(Debug, Default)]
struct Documents {
    read: Vec<(String, Extracted)>,
    /// Place of each and its last headings.
    places: HashMap<String, (usize, Vec<String>)>,
    /// Lines whose printed number is none, with what they have for it.
    unlabelled: Vec<(u32, String)>,
}

impl Documents {
    fn add(&mut self, line: Line, number: usize) {
        let (place, section) = self.places.entry(line.doc.clone()).or_insert_with(|| {
            self.read.push((line.doc.clone(), Extracted::default()));
            (self.read.len() - 1, Vec::new())
        });
        let Some((_, document)) = self.read.get_mut(*place) else { return };
        let source_line = u32::try_from(number).unwrap_or(u32::MAX);
        let headings = line.section.map(Section::headings).unwrap_or_default();
        if !headings.is_empty() {
            let kept = section.iter().zip(&headings).take_while(|(open, heading)| open == heading).count();
            // A shorter path is another place, although nothing new stands in it: its last heading is said again.
            let from = if kept == headings.len() && kept < section.len() { kept - 1 } else { kept };
            for (depth, heading) in headings.iter().enumerate().skip(from) {
                let level = u8::try_from(depth + 1).unwrap_or(u8::MAX);
                let mut block = Block::new(BlockKind::Heading(level), heading.as_str());
                block.line = source_line;
                document.blocks.push(block);
            }
            *section = headings;
        }
        let number = match printed(line.para) {
            Some(number) if is_label(&number) => Some(number),
            other => {
                self.unlabelled.extend(other.map(|number| (source_line, number)));
                None
            }
        };
        let text = without_note_marks(&line.text);
        let mut block = Block::new(BlockKind::Paragraph, without_number(text.trim(), number.as_deref()));
        block.number = number;
        block.line = source_line;
        document.blocks.push(block);
    }
}

/// Returns a printed number on one line, without the full stop that closes it and the sign that announces it.
fn printed(number: Option<Number>) -> Option<String> {
    let number = match number? {
        Number::Text(number) => number.split_whitespace().collect::<Vec<_>>().join(" "),
        Number::Figure(number) => number.to_string(),
    };
    let number = number.trim_end_matches(|sign: char| sign == '.' || sign.is_whitespace());
    let announced = number.trim_start_matches(['§', '¶', ' ']);
    let number = if announced.starts_with(|first: char| first.is_ascii_digit()) { announced } else { number };
    (!number.is_empty()).then(|| number.to_owned())
}

/// Whether a text can be printed before a paragraph and cited: "140.10", "(b)", "IV", "Preamble".
fn is_label(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
        && text.chars().count() <= LONGEST_NUMBER
        && !text.contains(|sign: char| sign.is_control())
}

/// How the mark of a footnote begins and ends where a text was taken from a page: "a residence permit.[[fn:3]]".
const NOTE_MARK: (&str, &str) = ("[[fn:", "]]");

/// Returns a text without the marks of footnotes, as texts of other formats have none either.
fn without_note_marks(text: &str) -> Cow<'_, str> {
    let mut pieces = text.split(NOTE_MARK.0);
    let Some(mut kept) = pieces.next().map(str::to_owned).filter(|first| first.len() < text.len()) else {
        return Cow::Borrowed(text);
    };
    for piece in pieces {
        match piece.split_once(NOTE_MARK.1) {
            Some((mark, rest)) if mark.len() <= LONGEST_NUMBER => {
                let spare = rest.is_empty() || rest.starts_with(|next: char| " .,;:)".contains(next));
                if spare && kept.ends_with(' ') {
                    kept.pop();
                }
                kept.push_str(rest);
            }
            _ => kept.extend([NOTE_MARK.0, piece]),
        }
    }
    Cow::Owned(kept)
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
    fn marks_of_footnotes_are_left_out() {
        for (text, expected) in [
            ("A permit.[[fn:1]] Furthermore", "A permit. Furthermore"),
            ("the LTTE[[fn:2]]-controlled city [[fn:*]].", "the LTTE-controlled city."),
            ("as evidence [[fn:3]] of it[[fn:4]][[fn:5]]", "as evidence of it"),
            ("an open [[fn:3 mark", "an open [[fn:3 mark"),
            ("other [[brackets]]", "other [[brackets]]"),
        ] {
            let line = serde_json::json!({ "doc": "a", "text": text }).to_string();
            check(&line, &[("a", &[expected])]);
        }
    }

    #[test]
    fn numbers_survive_as_printed() {
        check(r#"{"doc":"a","para":"140.10","text":"Ratify"}"#, &[("a", &["140.10|Ratify"])]);
        check(r#"{"doc":"a","para":7,"text":"Seven"}"#, &[("a", &["7|Seven"])]);
        check(r#"{"doc":"a","para":"7.","text":"Seven"}"#, &[("a", &["7|Seven"])]);
        check(r#"{"doc":"a","para":"(b)","text":"Item"}"#, &[("a", &["(b)|Item"])]);
        check(r#"{"doc":"a","para":"7","text":"7. Seven"}"#, &[("a", &["7|Seven"])]);
        check(r#"{"doc":"a","para":"OP1-1.","text":"An opinion"}"#, &[("a", &["OP1-1|An opinion"])]);
        check(r#"{"doc":"a","para":"§ 5","text":"Five"}"#, &[("a", &["5|Five"])]);
        check(r#"{"doc":"a","para":"IV","text":"Roman"}"#, &[("a", &["IV|Roman"])]);
        check(r#"{"doc":"a","para":"Annex\n I. .","text":"x"}"#, &[("a", &["Annex I|x"])]);
        check(r#"{"doc":"a","para":null,"text":"None"}"#, &[("a", &["None"])]);
    }

    #[test]
    fn what_is_no_number_is_said() {
        let json = r#"{"doc":"a","para":"(((","text":"x"}"#;
        check(json, &[("a", &["x"])]);
        let long = "word ".repeat(20);
        let json = format!("{json}\n{{\"doc\":\"a\",\"para\":\"{long}\",\"text\":\"y\"}}");
        let read = extract(json.as_bytes()).unwrap_or_default();
        let warnings: Vec<&String> = read.iter().flat_map(|(_, read)| &read.warnings).collect();
        let said = "line 1 is without a number, \"(((\" is none; and 1 more (lines 2)";
        assert_eq!(warnings, [said], "{json}");
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
    fn headings_come_alone_or_as_a_path() {
        let json = [
            r#"{"doc":"a","para":1,"section":["I","A"],"text":"x"}"#,
            r#"{"doc":"a","para":2,"section":["I","A"],"text":"y"}"#,
            r#"{"doc":"a","para":3,"section":["I","B"],"text":"z"}"#,
            r#"{"doc":"a","para":4,"section":["II"," "],"text":"v"}"#,
            r#"{"doc":"a","para":5,"section":[],"text":"w"}"#,
        ];
        check(&json.join("\n"), &[("a", &["I", "A", "1|x", "2|y", "B", "3|z", "II", "4|v", "5|w"])]);
        let levels = |json: &str| -> Vec<BlockKind> {
            let read = extract(json.as_bytes()).unwrap_or_default();
            read.into_iter().flat_map(|(_, read)| read.blocks).map(|block| block.kind).collect()
        };
        let nested = r#"{"doc":"a","section":["I","A"],"text":"x"}"#;
        assert_eq!(levels(nested), [BlockKind::Heading(1), BlockKind::Heading(2), BlockKind::Paragraph]);
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        for (json, words) in [
            (r#"{"doc":"a","para":[1],"text":"x"}"#, "\"para\" must be text or a number"),
            (r#"{"doc":"a","section":{"a":1},"text":"x"}"#, "\"section\" must be text or a list of texts"),
            (r#"{"doc":"a","para":1}"#, "missing field `text`"),
        ] {
            let error = extract(json.as_bytes()).map(|_| ());
            assert!(matches!(&error, Err(ExtractError::Damaged(message)) if message.contains(words)), "{error:?}");
        }
    }

    #[test]
    fn bad_lines_are_named_and_the_others_read() {
        let read = extract(b"{\"doc\":\"a\",\"text\":\"x\"}\n{\"doc\":1}\n\xff\n{\"doc\":\"b\",\"text\":\"y\"}\r\n")
            .unwrap_or_default();
        let names: Vec<&str> = read.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        let warnings: Vec<&String> = read.iter().flat_map(|(_, read)| &read.warnings).collect();
        assert!(
            matches!(warnings.as_slice(), [warning] if warning.starts_with("left out line 2, which is not {") && warning.ends_with("and 1 more (lines 3)")),
            "{warnings:?}"
        );
        let error = extract(b"{\"doc\":1}\n").map(|_| ());
        assert!(matches!(error, Err(ExtractError::Damaged(message)) if message.starts_with("line 1 ")));
        assert_eq!(extract(b"\n\n").map(|_| ()), Err(ExtractError::Empty));
    }
}
