//! Wiki markup, as encyclopaedias export it: `== Heading ==`, `* item`, `'''bold'''`, `[[page|text]]`, `{{template}}`.
//!
//! Invariant: one pass over the text; nesting is counted, never recursed into.

use std::collections::HashMap;

use crate::document::{Block, BlockKind, Extracted, LeftOutReason};

/// Returns what a wiki text holds. `= Title =` is a heading of depth 1. Templates and comments are left out, references
/// become footnotes.
pub fn extract(text: &str) -> Extracted {
    Extracted { blocks: read(text), ..Extracted::default() }
}

/// Whether a text is wiki markup: it has a line that is a heading between equal signs, and no Markdown heading.
pub fn looks_like_wiki(text: &str) -> bool {
    let headings = text.lines().filter(|line| heading(line.trim()).is_some()).count();
    headings > 0 && !text.lines().any(|line| line.starts_with("# ") || line.starts_with("## "))
}

/// Returns the blocks of a text in wiki markup.
pub(super) fn read(source: &str) -> Vec<Block> {
    let stripped = strip(source);
    let mut blocks = stripped.left_out;
    for (index, line) in stripped.text.lines().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let trimmed = line.trim();
        if trimmed.is_empty() {
            continue;
        }
        let block = match heading(trimmed) {
            Some((depth, title)) => Block::new(BlockKind::Heading(depth), title),
            None => item(trimmed),
        };
        blocks.push(Block { line: number, ..block });
    }
    let notes = stripped.notes.into_iter().enumerate();
    blocks.extend(notes.map(|(index, note)| Block::new(BlockKind::Footnote((index + 1).to_string()), note)));
    blocks
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let depth = line.bytes().take_while(|byte| *byte == b'=').count();
    if !(1..=6).contains(&depth) || line.len() <= 2 * depth {
        return None;
    }
    let title = line.get(depth..)?.strip_suffix(&line[..depth])?.trim();
    (!title.is_empty() && !title.starts_with('=')).then(|| (u8::try_from(depth).unwrap_or(6), title))
}

/// `* `, `- ` and `# ` open list items; the nesting is the number of signs.
fn item(line: &str) -> Block {
    let signs = line.chars().take_while(|sign| matches!(sign, '*' | '#' | ':' | ';')).count();
    let text = line[signs..].trim();
    if signs > 0 && !text.is_empty() && line.starts_with(['*', '#']) {
        return Block::new(BlockKind::Bullet(u8::try_from(signs - 1).unwrap_or(u8::MAX)), text);
    }
    for dash in ["- ", "– ", "• "] {
        if let Some(text) = line.strip_prefix(dash) {
            return Block::new(BlockKind::Bullet(0), text.trim());
        }
    }
    Block::new(BlockKind::Paragraph, if text.is_empty() { line } else { text })
}

/// Bytes that one link, comment or reference may span.
const LONGEST_MARKUP: usize = 8_192;

struct Stripped {
    text: String,
    left_out: Vec<Block>,
    notes: Vec<String>,
}

/// Takes templates, comments, references and link markup out; line ends stay, so that line numbers hold.
fn strip(source: &str) -> Stripped {
    let mut out = Stripped { text: String::with_capacity(source.len()), left_out: Vec::new(), notes: Vec::new() };
    let templates = template_ends(source);
    let mut at = 0;
    while let Some(step) = source[at..].find(['{', '[', '<', '\'']) {
        out.text.push_str(&source[at..at + step]);
        at += step;
        at += strip_one(source, at, &templates, &mut out);
    }
    out.text.push_str(&source[at..]);
    out
}

/// Handles the markup at `at` and returns how many bytes it takes.
fn strip_one(source: &str, at: usize, templates: &HashMap<usize, usize>, out: &mut Stripped) -> usize {
    let from = &source[at..];
    if let Some(end) = templates.get(&at) {
        leave_out(&source[at..*end], out);
        return end - at;
    }
    if from.starts_with("<!--") {
        let end = find(source, at, "-->").unwrap_or(source.len());
        leave_out(&source[at..end], out);
        return end - at;
    }
    if from.starts_with("<ref")
        && let Some(open_end) = find(source, at, ">")
    {
        return strip_reference(source, at, open_end, out);
    }
    if from.starts_with("[[")
        && let Some(end) = find(source, at, "]]")
    {
        let text = &source[at + 2..end - 2];
        out.text.push_str(text.rsplit('|').next().unwrap_or(text));
        return end - at;
    }
    if from.starts_with("''") {
        return from.len() - from.trim_start_matches('\'').len();
    }
    out.text.push_str(&from[..1]);
    1
}

fn strip_reference(source: &str, at: usize, open_end: usize, out: &mut Stripped) -> usize {
    if source[at..open_end].ends_with("/>") {
        return open_end - at;
    }
    let Some(end) = find(source, open_end, "</ref>") else { return open_end - at };
    let body = &source[open_end..end - "</ref>".len()];
    out.notes.push(body.split(['[', ']', '{', '}']).collect::<String>().replace("''", "").trim().to_owned());
    keep_line_ends(body, out);
    end - at
}

/// Returns the end of the next `needle` from `at`, looking no further than `LONGEST_MARKUP`: unclosed signs in a hostile
/// text must not cost a search of the whole text each.
fn find(source: &str, at: usize, needle: &str) -> Option<usize> {
    let mut limit = source.len().min(at.saturating_add(LONGEST_MARKUP));
    while !source.is_char_boundary(limit) {
        limit -= 1;
    }
    source[at..limit].find(needle).map(|step| at + step + needle.len())
}

/// Pairs every closed `{{` and `{|` with the end of its closing sign, in one pass.
fn template_ends(source: &str) -> HashMap<usize, usize> {
    let mut ends = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    let bytes = source.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"{{" | b"{|" => {
                open.push(at);
                at += 2;
            }
            b"}}" | b"|}" => {
                at += 2;
                if let Some(start) = open.pop() {
                    ends.insert(start, at);
                }
            }
            _ => at += 1,
        }
    }
    ends
}

fn leave_out(text: &str, out: &mut Stripped) {
    out.left_out.push(Block::new(BlockKind::Furniture(LeftOutReason::Markup), text.trim()));
    keep_line_ends(text, out);
}

fn keep_line_ends(text: &str, out: &mut Stripped) {
    out.text.extend(text.chars().filter(|character| *character == '\n'));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[(BlockKind, &str)]) {
        let blocks = read(source);
        let found: Vec<(BlockKind, &str)> =
            blocks.iter().map(|block| (block.kind.clone(), block.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn headings_and_items() {
        check(
            "= Title =\n\nText.\n==Closed==\n=== Deep ===\n* one\n** two\n- three\n",
            &[
                (BlockKind::Heading(1), "Title"),
                (BlockKind::Paragraph, "Text."),
                (BlockKind::Heading(2), "Closed"),
                (BlockKind::Heading(3), "Deep"),
                (BlockKind::Bullet(0), "one"),
                (BlockKind::Bullet(1), "two"),
                (BlockKind::Bullet(0), "three"),
            ],
        );
    }

    #[test]
    fn inline_markup() {
        check(
            "The '''Lao''' [[Laos|country]] and [[Thailand]].<ref>A note.</ref> It's one.\n",
            &[
                (BlockKind::Paragraph, "The Lao country and Thailand. It's one."),
                (BlockKind::Footnote("1".into()), "A note."),
            ],
        );
        check(
            "{{Infobox|a={{b}}}}Text <!-- hidden -->here.",
            &[
                (BlockKind::Furniture(LeftOutReason::Markup), "{{Infobox|a={{b}}}}"),
                (BlockKind::Furniture(LeftOutReason::Markup), "<!-- hidden -->"),
                (BlockKind::Paragraph, "Text here."),
            ],
        );
    }

    #[test]
    fn unclosed_markup_is_text() {
        check("{{ never closed [[ nor this", &[(BlockKind::Paragraph, "{{ never closed [[ nor this")]);
        let many = "{{".repeat(20_000);
        assert_eq!(read(&many).len(), 1);
    }

    #[test]
    fn tells_wiki_from_markdown() {
        assert!(looks_like_wiki("= Human rights =\n\nText"));
        assert!(!looks_like_wiki("# Heading\n\n== not wiki =="));
        assert!(!looks_like_wiki("a = b\n=====\n"));
    }
}
