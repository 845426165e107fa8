//! Real reports in PDF, where they are at hand: printed numbers run from 1 without gap or repeat.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::env::Env;
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
            (number, None) if nested > 0 && number == nested + 1 => nested = number,
            (number, None) if number == last + 1 => (last, nested) = (number, 0),
            (1, None) => nested = 1,
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

/// Returns what is wrong with the printed numbers of a document as it is indexed: gaps in the count of its paragraphs,
/// in recommendations such as 140.10, and in lists of numbers under a paragraph.
fn gaps(path: &Path) -> Vec<String> {
    let Ok(explained) = pincite::pipeline::explain(path, None) else { return vec!["not read".to_owned()] };
    let mut counts: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for unit in explained.iter().flat_map(|explained| &explained.document.paragraphs) {
        let Some(label) = &unit.label else { continue };
        let (above, number) = match (label.items.as_slice(), label.number.rsplit_once('.')) {
            ([], Some((above, number))) => (above.to_owned(), number.to_owned()),
            ([], None) => (String::new(), label.number.clone()),
            ([item], _) => (label.number.clone(), item.clone()),
            _ => continue,
        };
        if let Ok(number) = number.parse() {
            counts.entry(above).or_default().push(number);
        }
    }
    let broken = |numbers: &Vec<u32>| numbers.iter().zip(1..).any(|(number, place)| *number != place);
    counts
        .iter()
        .filter(|(_, numbers)| broken(numbers))
        .map(|(above, numbers)| format!("{above}: {numbers:?}"))
        .collect()
}

#[test]
fn indexed_numbers_of_working_group_reports_run_without_gap() {
    let files = data("upr-reports");
    if files.is_empty() {
        eprintln!("skipped: no reports at hand");
        return;
    }
    let bad: Vec<_> = files.iter().map(|path| (path, gaps(path))).filter(|(_, gaps)| !gaps.is_empty()).collect();
    assert!(bad.len() * 20 <= files.len(), "{bad:#?}");
}

#[test]
fn bold_recommendations_are_no_headings() {
    let text = "The recommendations are listed here and nowhere else.\n\n85. The country will examine the following:\n\n\
        **1. Ratify the Convention (Norway);**\n\n**2. Register every birth (Cuba)**\n\n**3. Train the judges (Peru);**\n\n\
        86. All of them reflect the position of the States.\n";
    let env = Env::with_files(&[("report.md", text.as_bytes())]);
    env.index([]).assert_code(0);
    let labels: Vec<_> = env.lines(["show", "report"]).iter().map(|unit| unit["label"].clone()).collect();
    assert_eq!(&labels[labels.len() - 5..], ["85", "85 (1)", "85 (2)", "85 (3)", "86"]);
}
