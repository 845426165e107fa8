//! Real reports in PDF, where they are at hand: printed numbers run from 1 without gap or repeat.

use std::path::{Path, PathBuf};

use pincite::document::{Block, BlockKind};
use pincite::extractor::pdf;

/// A report of a working group has more paragraphs than this.
const FEWEST: u32 = 40;

fn data(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "pdf")).collect();
    files.sort();
    files
}

/// The number that a paragraph starts with: "21." is (21, None), "140.10" is (140, Some(10)).
fn number(block: &Block) -> Option<(u32, Option<u32>)> {
    let word = block.text.split_whitespace().next().filter(|_| block.kind == BlockKind::Paragraph)?;
    match word.strip_suffix('.').unwrap_or(word).split_once('.') {
        Some((number, part)) => Some((number.parse().ok()?, Some(part.parse().ok()?))),
        None => Some((word.strip_suffix('.')?.parse().ok()?, None)),
    }
}

/// Returns the last number, and what is out of order. Lists within a paragraph count from 1 by themselves.
fn check_sequence(blocks: &[Block]) -> (u32, Vec<String>) {
    let (mut last, mut nested, mut part) = (0, 0, (0, 0));
    let mut wrong = Vec::new();
    for found in blocks.iter().filter_map(number) {
        match found {
            (number, None) if number == last + 1 => (last, nested) = (number, 0),
            (number, None) if number == 1 || number == nested + 1 => nested = number,
            (number, Some(sub)) if part == (number, sub - 1) || sub == 1 => part = (number, sub),
            (number, sub) => {
                wrong.push(format!("{number}{} after {last}", sub.map(|sub| format!(".{sub}")).unwrap_or_default()))
            }
        }
    }
    (last, wrong)
}

#[test]
fn numbers_of_working_group_reports_run_without_gap() {
    let files = data("upr-reports");
    if files.is_empty() {
        eprintln!("skipped: no reports at hand");
        return;
    }
    let mut bad = Vec::new();
    for path in &files {
        let bytes = std::fs::read(path).unwrap_or_default();
        let blocks = pdf::extract(&bytes).map(|read| read.blocks).unwrap_or_default();
        let (last, wrong) = check_sequence(&blocks);
        if last < FEWEST || !wrong.is_empty() {
            bad.push(format!("{}: up to {last}, {wrong:?}", path.display()));
        }
    }
    assert!(bad.len() * 20 <= files.len(), "{bad:#?}");
}

#[test]
fn nothing_of_the_page_is_left_in_paragraphs() {
    let files = data("upr-reports");
    if files.is_empty() {
        eprintln!("skipped: no reports at hand");
        return;
    }
    for path in &files {
        let bytes = std::fs::read(path).unwrap_or_default();
        let blocks = pdf::extract(&bytes).map(|read| read.blocks).unwrap_or_default();
        // The first page has symbol and number as part of its letterhead.
        let inner = blocks.iter().filter(|block| block.page > 1 && block.kind == BlockKind::Paragraph);
        for block in inner {
            let text = &block.text;
            assert!(!text.contains("GE.0") && !text.contains("GE.1"), "{}: {text}", path.display());
            assert!(!text.starts_with("A/HRC/") && !text.ends_with("A/HRC"), "{}: {text}", path.display());
        }
    }
}
