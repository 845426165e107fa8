//! Markdown: headings, paragraphs, lists, tables and footnotes, without their markup.
//!
//! Line breaks inside a paragraph are kept as `\n`: a table of contents or a letterhead is known by its lines.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use crate::document::{Block, BlockKind, Emphasis, Extracted, LeftOutReason};

/// Returns the blocks of a text in Markdown; its front matter gives the properties.
pub(super) fn read(source: &str) -> Extracted {
    let source = &with_spaced_headings(source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader { line_starts: line_starts(source), ..Reader::default() };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.take(event, range.start, source);
    }
    reader.flush();
    reader.out
}

/// "##Article 1" is a heading for the people who write so, though not for CommonMark.
fn with_spaced_headings(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 64);
    for line in source.split_inclusive('\n') {
        let title = line.trim_start_matches('#');
        let depth = line.len() - title.len();
        if (1..=6).contains(&depth) && title.starts_with(char::is_alphanumeric) {
            out.push_str(&line[..depth]);
            out.push(' ');
            out.push_str(title);
        } else {
            out.push_str(line);
        }
    }
    out
}

fn line_starts(source: &str) -> Vec<usize> {
    std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The block that is being read.
#[derive(Default)]
struct Open {
    text: String,
    raised: Vec<std::ops::Range<usize>>,
    raised_from: Option<usize>,
    /// Letters in all, and those in italic and in bold.
    letters: usize,
    italic: usize,
    bold: usize,
    line: u32,
}

#[derive(Default)]
struct Reader {
    out: Extracted,
    open: Open,
    line_starts: Vec<usize>,
    emphasis_depth: usize,
    strong_depth: usize,
    /// One entry an open list: the next printed number of an ordered one.
    lists: Vec<Option<u64>>,
    /// The printed marker of the item that is open and not yet in a block.
    marker: Option<String>,
    heading: Option<u8>,
    footnote: Option<String>,
    in_table: bool,
    metadata: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, at: usize, source: &str) {
        if self.open.text.is_empty() {
            let line = self.line_starts.partition_point(|start| *start <= at);
            self.open.line = u32::try_from(line).unwrap_or(u32::MAX);
        }
        match event {
            Event::Start(tag) => self.start(tag, at, source),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.metadata => self.front_matter(&text),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(&text);
            }
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::Html(text) => self.leave_out(text.trim()),
            Event::FootnoteReference(mark) => {
                let from = self.open.text.len();
                self.open.text.push_str(&mark);
                self.open.raised.push(from..self.open.text.len());
            }
            Event::SoftBreak | Event::HardBreak if self.is_next_item(source.get(at..).unwrap_or_default()) => {
                self.flush()
            }
            Event::SoftBreak | Event::HardBreak => self.open.text.push('\n'),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    /// Whether a line break inside a paragraph stands between two printed numbers: "(b) ..." and, on the next line, "2. ...".
    /// CommonMark lets no list but one that begins with 1 interrupt a paragraph.
    fn is_next_item(&self, rest: &str) -> bool {
        let plain = self.lists.is_empty() && self.heading.is_none() && !self.in_table && self.footnote.is_none();
        let next = rest.trim_start_matches([' ', '\\', '\r', '\n']);
        plain && has_printed_number(&self.open.text) && opens_with_number(next)
    }

    fn start(&mut self, tag: Tag<'_>, at: usize, source: &str) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level as u8);
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                self.marker = self.lists.last().copied().flatten().map(|_| printed_marker(&source[at..]));
            }
            Tag::Emphasis => self.emphasis_depth += 1,
            Tag::Strong => self.strong_depth += 1,
            Tag::Superscript => self.open.raised_from = Some(self.open.text.len()),
            Tag::FootnoteDefinition(mark) => {
                self.flush();
                self.footnote = Some(mark.into_string());
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle) => self.metadata = true,
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.in_table = true;
            }
            Tag::TableCell if !self.open.text.is_empty() => self.open.text.push_str(" | "),
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock if !self.in_table => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasis_depth = self.emphasis_depth.saturating_sub(1),
            TagEnd::Strong => self.strong_depth = self.strong_depth.saturating_sub(1),
            TagEnd::Superscript => self.lower(),
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.footnote = None;
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.flush();
                self.in_table = false;
            }
            TagEnd::MetadataBlock(_) => self.metadata = false,
            TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::BlockQuote(_) => {
                self.flush();
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        // Converters escape twice: "HR\\\\_PUB" is meant to read "HR_PUB". The parser ends a piece at an escape.
        if text.starts_with(['_', '*', '#']) && self.open.text.ends_with('\\') {
            self.open.text.pop();
        }
        self.open.text.push_str(text);
        let letters = text.chars().filter(|character| !character.is_whitespace()).count();
        self.open.letters += letters;
        self.open.italic += if self.emphasis_depth > 0 { letters } else { 0 };
        self.open.bold += if self.strong_depth > 0 { letters } else { 0 };
    }

    fn inline_html(&mut self, tag: &str) {
        match tag.to_ascii_lowercase().trim_end_matches('>').trim_end_matches('/').trim_end() {
            "<sup" => self.open.raised_from = Some(self.open.text.len()),
            "</sup" => self.lower(),
            "<br" => self.open.text.push('\n'),
            _ => {}
        }
    }

    fn lower(&mut self) {
        if let Some(from) = self.open.raised_from.take()
            && from < self.open.text.len()
        {
            self.open.raised.push(from..self.open.text.len());
        }
    }

    /// Takes `title:` and `date:` of YAML front matter; the rest is markup.
    fn front_matter(&mut self, text: &str) {
        let properties = &mut self.out.properties;
        for line in text.lines() {
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim().trim_matches(['"', '\'']).trim();
            if value.is_empty() {
                continue;
            }
            match key.trim() {
                "title" => properties.title = Some(value.to_owned()),
                "date" => properties.created = Some(value.to_owned()),
                "author" => properties.author = Some(value.to_owned()),
                "lang" | "language" => properties.language = Some(value.to_owned()),
                _ => {}
            }
        }
        self.leave_out(text.trim());
    }

    fn leave_out(&mut self, text: &str) {
        if !text.is_empty() {
            let block = Block::new(BlockKind::Furniture(LeftOutReason::Markup), text);
            self.out.blocks.push(Block { line: self.open.line, ..block });
        }
    }

    fn flush(&mut self) {
        self.lower();
        let open = std::mem::take(&mut self.open);
        if open.text.trim().is_empty() {
            return;
        }
        let kind = if let Some(mark) = &self.footnote {
            BlockKind::Footnote(mark.clone())
        } else if let Some(depth) = self.heading {
            BlockKind::Heading(depth)
        } else if self.in_table {
            BlockKind::TableRow
        } else if self.lists.last().is_some_and(Option::is_none) {
            BlockKind::Bullet(u8::try_from(self.lists.len() - 1).unwrap_or(u8::MAX))
        } else {
            BlockKind::Paragraph
        };
        let mut block = Block { line: open.line, raised: open.raised, ..Block::new(kind, open.text) };
        block.emphasis = emphasis_of(open.letters, open.italic, open.bold);
        if let Some(marker) = self.marker.take() {
            let shift = marker.len() + 1;
            block.text.insert_str(0, &format!("{marker} "));
            block.raised.iter_mut().for_each(|range| *range = range.start + shift..range.end + shift);
        }
        self.out.blocks.push(block);
    }
}

/// Whether a text opens with "(b)" or "2.".
fn has_printed_number(text: &str) -> bool {
    let item = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let is_item = item
        .is_some_and(|(item, _)| (1..=5).contains(&item.chars().count()) && item.chars().all(char::is_alphanumeric));
    is_item || opens_with_number(text)
}

/// Whether a text opens with "2. ".
fn opens_with_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    (1..=3).contains(&digits) && rest.starts_with(". ")
}

/// A block counts as emphasised when nine letters in ten are.
fn emphasis_of(letters: usize, italic: usize, bold: usize) -> Emphasis {
    let most = |part: usize| letters > 0 && part * 10 >= letters * 9;
    match (most(bold), most(italic)) {
        (true, true) => Emphasis::BoldItalic,
        (true, false) => Emphasis::Bold,
        (false, true) => Emphasis::Italic,
        (false, false) => Emphasis::None,
    }
}

/// The number of an ordered item as it stands in the source: CommonMark renumbers, printed numbers are addresses.
fn printed_marker(item: &str) -> String {
    item.trim_start().chars().take_while(|character| !character.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[(BlockKind, &str)]) {
        let blocks = read(source).blocks;
        let found: Vec<(BlockKind, &str)> =
            blocks.iter().map(|block| (block.kind.clone(), block.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn headings_paragraphs_and_bullets() {
        check(
            "## Annex\n\nFirst line\nsecond line.\n\n- One\n- Two\n",
            &[
                (BlockKind::Heading(2), "Annex"),
                (BlockKind::Paragraph, "First line\nsecond line."),
                (BlockKind::Bullet(0), "One"),
                (BlockKind::Bullet(0), "Two"),
            ],
        );
        check("##Article 1\n", &[(BlockKind::Heading(2), "Article 1")]);
        check("#hashtag-free text #2\n", &[(BlockKind::Heading(1), "hashtag-free text #2")]);
    }

    #[test]
    fn numbers_after_items_are_paragraphs() {
        check(
            "(a) one;  \n(b) two.  \n2.  The next paragraph.  \n3. And one more.",
            &[
                (BlockKind::Paragraph, "(a) one;\n(b) two."),
                (BlockKind::Paragraph, "2.  The next paragraph."),
                (BlockKind::Paragraph, "3. And one more."),
            ],
        );
        check(
            "Article 7, paragraph\n2. of the Convention",
            &[(BlockKind::Paragraph, "Article 7, paragraph\n2. of the Convention")],
        );
    }

    #[test]
    fn printed_numbers_survive() {
        check(
            "3. Three\n3. Three again\n\n7) Seven\n",
            &[
                (BlockKind::Paragraph, "3. Three"),
                (BlockKind::Paragraph, "3. Three again"),
                (BlockKind::Paragraph, "7) Seven"),
            ],
        );
    }

    #[test]
    fn what_was_escaped_twice_is_read_once() {
        check("See HR\\\\_PUB\\\\_16 and HR\\_PUB.", &[(BlockKind::Paragraph, "See HR_PUB_16 and HR_PUB.")]);
    }

    #[test]
    fn emphasis_and_raised_marks() {
        let blocks = read("*Right to life*\n\n**B. Civil**\n\n### ***Both***\n\n35<sup>th</sup> *session*\n").blocks;
        let emphasis: Vec<Emphasis> = blocks.iter().map(|block| block.emphasis).collect();
        assert_eq!(emphasis, [Emphasis::Italic, Emphasis::Bold, Emphasis::BoldItalic, Emphasis::None]);
        assert_eq!(blocks[3].text, "35th session");
        assert_eq!(blocks[3].raised, vec![2..4]);
    }

    #[test]
    fn footnotes_tables_links_and_front_matter() {
        let source = "---\ntitle: \"Report\"\n---\n\nText[^1] with a [link\\_x](http://a.b/c).\n\n[^1]: The note.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n";
        let read = read(source);
        assert_eq!(read.properties.title.as_deref(), Some("Report"));
        let found: Vec<(BlockKind, &str)> =
            read.blocks.iter().skip(1).map(|block| (block.kind.clone(), block.text.as_str())).collect();
        assert_eq!(
            found,
            [
                (BlockKind::Paragraph, "Text1 with a link_x."),
                (BlockKind::Footnote("1".into()), "The note."),
                (BlockKind::TableRow, "A | B"),
                (BlockKind::TableRow, "1 | 2"),
            ]
        );
    }
}
