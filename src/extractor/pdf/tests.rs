//! Pages typeset by hand, and the blocks they must give.

use super::*;
use crate::document::{Block, BlockKind};

/// A line of a page: left edge, distance from the top, size, font ("F" plain, "B" bold), text.
type Typeset<'t> = (u32, u32, u32, &'t str, &'t str);

/// Returns a file of A4 pages with these lines; a text of dashes is a drawn rule.
fn typeset(pages: &[&[Typeset<'_>]]) -> Vec<u8> {
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned(), String::new()];
    let fonts =
        "<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>/B<</Type/Font/Subtype/Type1/BaseFont/Times-Bold>>>>";
    let mut kids = String::new();
    for lines in pages {
        let page = objects.len() + 1;
        kids.push_str(&format!("{page} 0 R "));
        let mut content = String::new();
        for (x, y, size, font, text) in *lines {
            let y = 842 - y;
            if text.starts_with("---") {
                content.push_str(&format!("{x} {y} m {} {y} l S\n", x + 120));
            } else {
                let text = text.replace('(', "\\(").replace(')', "\\)");
                content.push_str(&format!("BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n"));
            }
        }
        let resources = format!("<</Font{fonts}>>");
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources{resources}>>",
            page + 1
        ));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    if let Some(root) = objects.get_mut(1) {
        *root = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len());
    }
    let mut file = "%PDF-1.4\n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    file.push_str("trailer<</Root 1 0 R>>\n%%EOF");
    file.into_bytes()
}

fn show(block: &Block) -> Option<String> {
    let kind = match &block.kind {
        BlockKind::Furniture(_) => return None,
        BlockKind::Paragraph => "P".to_owned(),
        BlockKind::Heading(_) => "H".to_owned(),
        BlockKind::Bullet(_) => "-".to_owned(),
        BlockKind::TableRow => "T".to_owned(),
        BlockKind::Footnote(mark) => format!("[{mark}]"),
        other => format!("{other:?}"),
    };
    let raised: String =
        block.raised.iter().filter_map(|range| block.text.get(range.clone())).map(|mark| format!(" ^{mark}")).collect();
    Some(format!("{kind} {}{raised}", block.text))
}

#[track_caller]
fn check(pages: &[&[Typeset<'_>]], expected: &[&str]) {
    let read = extract(&typeset(pages));
    let blocks: Vec<String> = read.map(|read| read.blocks.iter().filter_map(show).collect()).unwrap_or_default();
    assert_eq!(blocks, expected);
}

const FULL: &str = "The Committee welcomes the efforts of the State party to register births and to";

#[test]
fn lines_become_paragraphs_and_headings() {
    check(
        &[&[
            (100, 100, 14, "B", "II. Legislation"),
            (100, 130, 10, "F", "12."),
            (130, 130, 10, "F", FULL),
            (100, 142, 10, "F", "protect children. It notes the new law."),
            (130, 160, 10, "F", "(a)"),
            (150, 160, 10, "F", "The first item;"),
            (130, 178, 10, "F", "(b)"),
            (150, 178, 10, "F", "The second item."),
        ]],
        &[
            "H II. Legislation",
            &format!("P 12. {FULL} protect children. It notes the new law."),
            "P (a) The first item;",
            "P (b) The second item.",
        ],
    );
}

#[test]
fn a_paragraph_goes_on_over_the_page_past_notes_and_running_heads() {
    check(
        &[
            &[
                (100, 40, 8, "F", "A/HRC/99/1"),
                (100, 100, 10, "F", "12."),
                (130, 100, 10, "F", FULL),
                (100, 112, 10, "F", "keep a register of residents."),
                (210, 108, 6, "F", "1"),
                (217, 112, 10, "F", "It was not told whether the State party has also"),
                (100, 740, 10, "F", "-----"),
                (110, 756, 6, "F", "1"),
                (120, 760, 8, "F", "See the earlier report."),
                (100, 810, 8, "F", "2"),
            ],
            &[
                (100, 40, 8, "F", "A/HRC/99/1"),
                (100, 100, 10, "F", "trained the officials who keep it."),
                (100, 118, 10, "F", "13."),
                (130, 118, 10, "F", "Another paragraph."),
                (100, 810, 8, "F", "3"),
            ],
        ],
        &[
            &format!(
                "P 12. {FULL} keep a register of residents.1 It was not told whether the State party has also trained the \
                 officials who keep it. ^1"
            ),
            "[1] See the earlier report.",
            "P 13. Another paragraph.",
        ],
    );
}

#[test]
fn notes_with_plain_numbers_below_a_rule() {
    check(
        &[&[
            (100, 60, 16, "B", "I. Introduction"),
            (100, 80, 15, "B", "Positive aspects"),
            (100, 100, 10, "F", FULL),
            (100, 112, 10, "F", "keep a register of residents."),
            (210, 108, 6, "F", "12"),
            (100, 740, 10, "F", "-----"),
            (100, 760, 9, "F", "12 Ministry of Health, survey of 2012."),
        ]],
        &[
            "H I. Introduction",
            "H Positive aspects",
            &format!("P {FULL} keep a register of residents.12 ^12"),
            "[12] Ministry of Health, survey of 2012.",
        ],
    );
}

#[test]
fn columns_are_read_one_after_the_other_and_tables_by_rows() {
    let prose = [
        "Every child has a name and is to",
        "be entered in a register at once",
        "after it is born, wherever that",
        "may be, and without any charge",
        "to its parents or to anyone else.",
    ];
    let mut columns: Vec<Typeset<'_>> = Vec::new();
    for (index, line) in prose.iter().enumerate() {
        let y = 100 + 12 * index as u32;
        columns.push((60, y, 10, "F", line));
        columns.push((320, y, 10, "F", line));
    }
    let joined = prose.join(" ");
    check(&[&columns], &[&format!("P {joined}"), &format!("P {joined}")]);
    let mut table: Vec<Typeset<'_>> = Vec::new();
    for (index, (left, right)) in [("State", "Year"), ("Laos", "2015"), ("Chad", "2017")].iter().enumerate() {
        let y = 100 + 14 * index as u32;
        table.push((60, y, 10, "F", left));
        table.push((320, y, 10, "F", right));
    }
    check(&[&table], &["T State | Year", "T Laos | 2015", "T Chad | 2017"]);
}

#[test]
fn what_is_no_text_is_named() {
    let is_scan = |file: &[u8]| extract(file).map(|read| (read.is_scan, read.blocks.len()));
    assert_eq!(is_scan(&typeset(&[&[]])), Ok((true, 0)));
    let garbled = (100, 100, 10, "F", "Ij_klmie_gb_ b gZdZaZgb_ \\137]heh\\134gh]h aZdhgZ");
    assert_eq!(is_scan(&typeset(&[&[garbled]])), Ok((true, 0)));
    assert!(matches!(extract(b"%PDF-1.4\nnothing"), Err(ExtractError::Damaged(_))));
}
