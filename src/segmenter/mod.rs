//! Blocks to sections, numbered paragraphs, items and footnotes.
//!
//! Invariant: every block ends in a paragraph, in a heading or in `left_out`; printed numbers are never made up. The
//! segmenter never fails: text without any structure comes out as unnumbered paragraphs.

mod articles;
mod assembler;
mod footnote;
mod furniture;
mod glued;
mod heading;
mod join;
mod numbering;
mod piece;
mod raised;
mod sequence;
mod title;
mod unwrap;

use crate::document::{Block, BlockKind, Format, LeftOut, Paragraph, Section, is_web_address};

use piece::{Piece, Role};

/// A document's structure.
#[derive(Debug, Default)]
pub struct Segmented {
    pub sections: Vec<Section>,
    /// In order, ordinals from 1. Languages are not told yet.
    pub paragraphs: Vec<Paragraph>,
    /// The printed lines of the title block, for the reading of metadata.
    pub front: Vec<String>,
    pub left_out: Vec<LeftOut>,
}

/// Segments normalized blocks.
pub fn segment(blocks: Vec<Block>, format: Format) -> Segmented {
    let separated = furniture::separate(blocks);
    let blocks = attach_bare_markers(separated.blocks);
    let (pieces, page_numbers) = join::mend(pieces(blocks));
    let mut pieces = articles::part_articles(pieces);
    raised::write_raised_numbers(&mut pieces);
    let printed = matches!(format, Format::Text | Format::Pdf | Format::Rtf | Format::Doc);
    // Ready paragraphs come with their sections and without a title: the first heading is that of a section.
    let title = if format == Format::JsonLines { 0 } else { title::title_end(&pieces, printed) };
    let assembled = assembler::assemble(&pieces, title, separated.contents, format);
    Segmented {
        sections: assembled.sections,
        paragraphs: assembled.paragraphs,
        front: assembled.front,
        left_out: [separated.left_out, page_numbers, assembled.left_out].concat(),
    }
}

/// Puts a marker that a converter has left alone on its line ("21.", "(a)", "•") before the text under it.
fn attach_bare_markers(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut marker: Option<Block> = None;
    for mut block in blocks {
        let is_text = matches!(block.kind, BlockKind::Line | BlockKind::Paragraph);
        if let Some(before) = marker.take() {
            if is_text {
                let shift = before.text.len() + 1;
                block.text = format!("{} {}", before.text, block.text);
                block.raised.iter_mut().for_each(|range| *range = range.start + shift..range.end + shift);
                (block.gap_before, block.indent) = (before.gap_before, before.indent);
            } else {
                out.push(before);
            }
        }
        // A sentence that goes on may leave "2014." or "(b)" alone on its last line.
        let ends = |text: &str| piece::ends_clause(text) || !numbering::read_heading_number(text).is_empty();
        let rested =
            out.last().is_none_or(|before| before.kind != BlockKind::Line || ends(&before.text) || block.gap_before);
        if is_text && rested && numbering::is_bare_marker(&block.text) {
            marker = Some(block);
        } else {
            out.push(block);
        }
    }
    out.extend(marker);
    out
}

/// Runs of printed lines are unwrapped; other blocks are pieces already.
fn pieces(blocks: Vec<Block>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut lines: Vec<Block> = Vec::new();
    for block in blocks {
        if block.kind == BlockKind::Line {
            lines.push(block);
            continue;
        }
        out.extend(unwrap::unwrap(std::mem::take(&mut lines)));
        let role = match &block.kind {
            // An address is printed like a heading only to be seen as a link.
            BlockKind::Heading(depth) if !is_web_address(&block.text) => Role::Heading(*depth),
            BlockKind::Bullet(_) => Role::Bullet,
            BlockKind::TableRow => Role::TableRow,
            BlockKind::Footnote(mark) => Role::Footnote(mark.clone()),
            _ => Role::Text,
        };
        out.push(bulleted(Piece::from_block(block, role)));
    }
    out.extend(unwrap::unwrap(lines));
    out
}

/// A paragraph that starts with a printed bullet is a bullet, without it.
fn bulleted(mut piece: Piece) -> Piece {
    if piece.role == Role::Text
        && let Some(width) = unwrap::bullet_width(&piece.text)
        && !piece.text.starts_with(['–', '—', '*'])
    {
        piece.role = Role::Bullet;
        piece.text.drain(..width);
        piece.raised.retain(|range| range.start >= width);
        piece.raised.iter_mut().for_each(|range| *range = range.start - width..range.end - width);
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ParagraphKind;

    #[test]
    fn a_numbered_heading_may_end_in_what_is_left_of_a_mark() {
        for (line, expected) in
            [("II. Conclusions and more..", true), ("II. Conclusions and more", true), ("II. It concluded.", false)]
        {
            let lines = ["I. Beginning", "1. It began, and it went on as it had begun.", line, "2. It ended."];
            let blocks = lines.map(|text| Block { gap_before: true, ..Block::new(BlockKind::Line, text) });
            let read = segment(blocks.to_vec(), Format::Text);
            let is_heading = read.sections.iter().any(|section| section.heading == line);
            assert_eq!(is_heading, expected, "{:?}", read.sections);
        }
    }

    /// Units as "heading > heading: position" of texts, headings with their depth before them.
    fn placed(lines: &[&str]) -> Vec<String> {
        let block = |line: &&str| match line.split_once("# ") {
            Some((signs, heading)) => Block::new(BlockKind::Heading(signs.len() as u8 + 1), heading),
            None => Block::new(BlockKind::Paragraph, *line),
        };
        let read = segment(lines.iter().map(block).collect(), Format::Markdown);
        let path = |mut section: Option<usize>| {
            let mut path = Vec::new();
            while let Some(entry) = section.and_then(|index| read.sections.get(index)) {
                path.insert(0, entry.heading.as_str());
                section = entry.parent;
            }
            path.join(" > ")
        };
        let units = read.paragraphs.iter().filter(|unit| unit.kind == ParagraphKind::Paragraph);
        units.map(|unit| format!("{}: {}", path(unit.section), unit.position)).collect()
    }

    #[test]
    fn articles_that_begin_anew_are_of_a_further_text() {
        let lines = [
            "# Pact on harbours",
            "## Part I",
            "### Article 1",
            "The harbour is open.",
            "### Article 2",
            "It is lit at night.",
            "It is dark by day.",
            "#### Protocol to the pact",
            "The parties agree.",
            "### Article 1",
            "The harbour may be closed.",
            "### Article 2",
            "The parties may act.",
            "###### Closing",
            "They close the harbour.",
            "#### Havenverdrag",
            "### Artikel 1",
            "De haven is open.",
        ];
        let expected = [
            "Part I > Article 1: 0",
            "Part I > Article 2: 1",
            "Part I > Article 2: 2",
            "Protocol to the pact: 1",
            "Protocol to the pact > Article 1: 0",
            "Protocol to the pact > Article 2: 1",
            "Protocol to the pact > Article 2 > Closing: 1",
            "Havenverdrag > Artikel 1: 1",
        ];
        assert_eq!(placed(&lines), expected);
    }

    #[test]
    fn the_count_goes_on_where_headings_repeat() {
        let lines = [
            "# Report on harbours",
            "## North",
            "### Advice",
            "Light the harbour.",
            "### Advice",
            "Close the harbour.",
            "## South",
            "### Advice",
            "Open the harbour.",
        ];
        assert_eq!(placed(&lines), ["North > Advice: 1", "North > Advice: 2", "South > Advice: 1"]);
    }

    #[test]
    fn notes_in_ready_paragraphs_leave_the_ordinals_as_they_are() {
        let texts = [
            ("1", "The harbour was closed in spring.7 No reason was 7 See A/77/100, para. 5. given to anyone."),
            ("2", "It was opened again."),
        ];
        let blocks = texts.map(|(number, text)| {
            let mut block = Block::new(BlockKind::Paragraph, text);
            block.number = Some(number.to_owned());
            block
        });
        let units = |format| -> Vec<(u32, Option<u32>, String)> {
            let read = segment(blocks.to_vec(), format).paragraphs;
            read.into_iter().map(|unit| (unit.ordinal, unit.parent, unit.text)).collect()
        };
        let first = "The harbour was closed in spring. No reason was given to anyone.".to_owned();
        let (second, note) = ("It was opened again.".to_owned(), "See A/77/100, para. 5.".to_owned());
        let ready = [(1, None, first.clone()), (2, None, second.clone()), (3, Some(1), note.clone())];
        assert_eq!(units(Format::JsonLines), ready);
        assert_eq!(units(Format::Docx), [(1, None, first), (2, Some(1), note), (3, None, second)]);
    }

    #[test]
    fn the_first_section_of_ready_paragraphs_is_no_title() {
        let blocks = |levels: &[u8]| -> Vec<Block> {
            let headings = levels.iter().map(|level| Block::new(BlockKind::Heading(*level), "Decision on the harbour"));
            let mut paragraph = Block::new(
                BlockKind::Paragraph,
                "The author says that every remedy which the harbour court could give was asked for in time.",
            );
            paragraph.number = Some("3".to_owned());
            headings.chain([paragraph]).collect()
        };
        for levels in [&[1][..], &[1, 2]] {
            let read = segment(blocks(levels), Format::JsonLines);
            assert_eq!((read.front.len(), read.sections.len(), read.paragraphs.len()), (0, levels.len(), 1));
            assert_eq!(segment(blocks(levels), Format::Markdown).front.len(), 1, "elsewhere it is one");
        }
    }
}
