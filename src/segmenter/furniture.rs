//! What stands on a page beside its text: running symbols, page and job numbers, tables of contents, letterheads.
//!
//! Invariant: nothing is dropped; what is taken out of the flow goes to `left_out` with its reason.

use std::collections::HashMap;

use crate::document::{Block, BlockKind, LeftOut, LeftOutReason, is_un_symbol};
use crate::normalizer::fold_space;

/// The flow of text, what was taken out of it, and the entries of the table of contents.
#[derive(Debug, Default)]
pub struct Separated {
    pub blocks: Vec<Block>,
    pub left_out: Vec<LeftOut>,
    /// Entries of the table of contents as [`heading_key`] writes them.
    pub contents: Vec<String>,
}

/// Parts page furniture from the flow of text.
pub fn separate(blocks: Vec<Block>) -> Separated {
    let reasons = reasons(&blocks);
    let mut out = Separated::default();
    let mut moved_gap = false;
    for (mut block, reason) in blocks.into_iter().zip(reasons) {
        let reason = match (&block.kind, reason) {
            (BlockKind::Furniture(known), _) => Some(*known),
            (_, reason) => reason,
        };
        match reason {
            Some(reason) => {
                if reason == LeftOutReason::TableOfContents {
                    out.contents.extend(block.text.lines().map(heading_key).filter(|entry| !entry.is_empty()));
                }
                moved_gap |= block.gap_before;
                out.left_out.push(LeftOut {
                    reason,
                    text: fold_space(&block.text),
                    page: block.page,
                    line: block.line,
                });
            }
            None if block.kind == BlockKind::PageBreak => moved_gap = true,
            None if block.text.trim().is_empty() => {}
            None => {
                block.gap_before |= std::mem::take(&mut moved_gap);
                out.blocks.push(block);
            }
        }
    }
    out
}

fn reasons(blocks: &[Block]) -> Vec<Option<LeftOutReason>> {
    let mut reasons: Vec<Option<LeftOutReason>> = blocks.iter().map(|block| plain_reason(&block.text)).collect();
    mark_contents(blocks, &mut reasons);
    mark_page_numbers(blocks, &mut reasons);
    mark_repeats(blocks, &mut reasons);
    mark_letterhead(blocks, &mut reasons);
    reasons
}

/// What a text alone shows to be furniture.
fn plain_reason(text: &str) -> Option<LeftOutReason> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Some(LeftOutReason::Ornament);
    }
    if is_job_number(text) {
        return Some(LeftOutReason::JobNumber);
    }
    if is_un_symbol(text) {
        return Some(LeftOutReason::RunningHead);
    }
    None
}

/// "GE.19-00934", "GE.", "10 GE.19-00934", "GE.19-00934  (E)  180119", "*1900934*", "Please recycle".
fn is_job_number(text: &str) -> bool {
    let is_job = |word: &&str| {
        word.strip_prefix("GE.").is_some_and(|rest| rest.chars().all(|sign| sign.is_ascii_digit() || sign == '-'))
    };
    let is_number = |word: &&str| {
        word.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '*' | '(' | ')' | 'E' | 'R' | 'F' | 'S'))
    };
    let mut words = text.split_whitespace();
    let job_line = text.contains("GE.")
        && words.clone().any(|word| is_job(&word))
        && words.all(|word| is_job(&word) || is_number(&word));
    let bar_code = text.len() >= 8
        && text.starts_with('*')
        && text.ends_with('*')
        && text.trim_matches('*').chars().all(|sign| sign.is_ascii_alphanumeric());
    job_line
        || bar_code
        || text.eq_ignore_ascii_case("please recycle")
        || text == "Просьба отправить на вторичную переработку"
}

/// Entries with dot leaders, the lines between them, and the heading over them.
fn mark_contents(blocks: &[Block], reasons: &mut [Option<LeftOutReason>]) {
    /// Lines that a long entry may run over.
    const ENTRY_LINES: usize = 3;
    let entries: Vec<usize> = (0..blocks.len()).filter(|index| has_leaders(&blocks[*index].text)).collect();
    let mut mark = |index: usize| reasons[index] = Some(LeftOutReason::TableOfContents);
    for (place, entry) in entries.iter().enumerate() {
        mark(*entry);
        let next = entries.get(place + 1).copied().unwrap_or(*entry);
        if next - entry <= ENTRY_LINES {
            (*entry..next).for_each(&mut mark);
        }
        let is_first = place == 0 || entry - entries[place - 1] > ENTRY_LINES;
        if is_first {
            // "Contents", with "Paragraphs Page" and a first entry of two lines between.
            let from = entry.saturating_sub(ENTRY_LINES + 1);
            if let Some(title) = (from..*entry).find(|index| is_contents_title(&blocks[*index].text)) {
                (title..*entry).for_each(&mut mark);
            }
        }
    }
}

/// Dot leaders: four full stops in a row, spaced or not, with little after them.
fn has_leaders(text: &str) -> bool {
    // Most texts have no two marks in a row.
    let marks = ["..", ". .", ".  ", ".\t", "…", "·"];
    if !marks.iter().any(|mark| text.contains(mark)) {
        return false;
    }
    text.lines().any(|line| {
        let mut run = 0;
        let mut longest_end = None;
        for (at, sign) in line.char_indices() {
            match sign {
                '.' | '·' => run += 1,
                '…' => run += 3,
                ' ' | '\t' => {}
                _ => run = 0,
            }
            if run >= 4 {
                longest_end = Some(at);
            }
        }
        longest_end.is_some_and(|end| line[end..].chars().count() <= 20)
    })
}

/// Whether a text is the heading over a table of contents.
pub fn is_contents_title(text: &str) -> bool {
    const TITLES: [&str; 6] =
        ["contents", "content", "table of contents", "содержание", "оглавление", "index of contents"];
    let key = heading_key(text);
    TITLES.iter().any(|title| heading_key(title) == key)
}

/// A heading reduced to what two printings of it share: letters and digits in lower case, without leaders, page and
/// footnote numbers at the end.
pub fn heading_key(text: &str) -> String {
    let text = text.trim().trim_end_matches(|sign: char| {
        sign.is_ascii_digit() || sign.is_whitespace() || matches!(sign, '.' | '…' | '·' | '-' | '–' | '*')
    });
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Lines that are a number alone, where they count up through the document or stand beside other furniture.
fn mark_page_numbers(blocks: &[Block], reasons: &mut [Option<LeftOutReason>]) {
    let numbers: Vec<(usize, u32)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block.kind, BlockKind::Line | BlockKind::Paragraph))
        .filter_map(|(index, block)| Some((index, page_number(&block.text)?)))
        .collect();
    let counted = |place: usize| {
        let (_, number) = numbers[place];
        let follows = |other: usize, step: i64| {
            numbers.get(other).is_some_and(|(_, neighbour)| i64::from(*neighbour) - i64::from(number) == step)
        };
        follows(place + 1, 1) || (place > 0 && follows(place - 1, -1))
    };
    let pages: Vec<usize> = (0..numbers.len())
        .filter(|place| {
            let index = numbers[*place].0;
            let beside = |other: Option<usize>| {
                other.is_some_and(|other| {
                    blocks.get(other).is_some_and(|block| block.kind == BlockKind::PageBreak)
                        || matches!(
                            reasons.get(other),
                            Some(Some(LeftOutReason::RunningHead | LeftOutReason::JobNumber))
                        )
                })
            };
            counted(*place) || beside(index.checked_sub(1)) || beside(Some(index + 1))
        })
        .map(|place| numbers[place].0)
        .collect();
    for index in pages {
        reasons[index] = Some(LeftOutReason::PageNumber);
    }
}

/// "12", "- 12 -", "Page 12", "Page 3 of 10", "стр. 12".
fn page_number(text: &str) -> Option<u32> {
    /// Bytes of the longest such line, and more.
    const LONGEST: usize = 64;
    let text = text.trim().trim_matches(['-', '–', '—', ' ']);
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let bare = ["page ", "p. ", "страница ", "стр. ", "с. "]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower);
    let bare = bare.split_once(" of ").or_else(|| bare.split_once(" из ")).map_or(bare, |(page, _)| page);
    (bare.len() <= 4).then(|| bare.parse().ok()).flatten()
}

/// Short lines that come back, digits apart, at page breaks: running heads of documents that are no UN documents.
fn mark_repeats(blocks: &[Block], reasons: &mut [Option<LeftOutReason>]) {
    const LEAST: usize = 3;
    let at_break = |index: usize| {
        let near = index.saturating_sub(3)..(index + 4).min(blocks.len());
        near.into_iter().any(|other| blocks[other].kind == BlockKind::PageBreak)
    };
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, block) in blocks.iter().enumerate() {
        if reasons[index].is_none()
            && block.kind == BlockKind::Line
            && block.text.chars().count() <= 100
            && at_break(index)
        {
            let masked: String = block.text.chars().filter(|sign| !sign.is_ascii_digit()).collect();
            places.entry(fold_space(&masked)).or_default().push(index);
        }
    }
    for indexes in places.into_values().filter(|indexes| indexes.len() >= LEAST) {
        for index in indexes {
            reasons[index] = Some(LeftOutReason::RunningHead);
        }
    }
}

/// A sender's printed address over a letter, and a logotype over the title.
fn mark_letterhead(blocks: &[Block], reasons: &mut [Option<LeftOutReason>]) {
    /// Blocks of the first page's head.
    const HEAD: usize = 6;
    for index in 0..blocks.len().min(HEAD) {
        if reasons[index].is_none() && is_address(&blocks[index].text) {
            reasons[index] = Some(LeftOutReason::Letterhead);
            // The lines of one letterhead stand together.
            let mut above = index;
            while above > 0 && blocks[above].kind == BlockKind::Line && !blocks[above].gap_before {
                above -= 1;
                reasons[above].get_or_insert(LeftOutReason::Letterhead);
            }
        }
    }
    let title = blocks.iter().take(HEAD).position(|block| block.kind == BlockKind::Heading(1));
    let Some(title) = title else { return };
    for index in 0..title {
        let text = blocks[index].text.as_str();
        let short = text.chars().count() <= 120 && !super::piece::ends_sentence(text);
        if reasons[index].is_none()
            && short
            && blocks[index].kind == BlockKind::Paragraph
            && super::piece::starts_lower(text)
        {
            reasons[index] = Some(LeftOutReason::Letterhead);
        }
    }
}

/// At least two of: telephone, fax, e-mail, web address, in a text without a sentence.
fn is_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    let telephone = ["tel:", "tel.", "telephone", "тел.", "тел:"].iter().any(|word| lower.contains(word));
    let fax = ["fax", "факс"].iter().any(|word| lower.contains(word));
    let mail = lower.contains('@') || lower.contains("e-mail") || lower.contains("email");
    let web = lower.contains("www.") || lower.contains("http");
    [telephone, fax, mail, web].iter().filter(|found| **found).count() >= 2
        && !lower.contains(". the ")
        && text.chars().count() <= 400
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], kept: &[&str], contents: &[&str]) {
        let blocks =
            lines.iter().map(|line| Block { gap_before: true, ..Block::new(BlockKind::Line, *line) }).collect();
        let separated = separate(blocks);
        let texts: Vec<&str> = separated.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(
            (texts, separated.contents),
            (kept.to_vec(), contents.iter().map(|entry| (*entry).to_owned()).collect())
        );
        assert_eq!(separated.left_out.len() + kept.len(), lines.len());
    }

    #[test]
    fn united_nations_page() {
        check(&["A/HRC/40/51/Add.1", "10 GE.19-00934", "GE.", "2. Investigation", "/.."], &["2. Investigation"], &[]);
        check(&["*1900934*", "Please recycle", "1325 (2000) and A/72/1"], &["1325 (2000) and A/72/1"], &[]);
    }

    #[test]
    fn page_numbers_count_up() {
        check(&["text", "1", "more", "2", "end", "3"], &["text", "more", "end"], &[]);
        check(&["Votes", "17", "against", "4"], &["Votes", "17", "against", "4"], &[]);
        check(&["CRC/C/SR.2004", "Page 3 of 10", "text"], &["text"], &[]);
    }

    #[test]
    fn table_of_contents() {
        let lines = [
            "Contents",
            "Page",
            "I. Introduction......1",
            "II. Scope of the sale and",
            "exploitation . . . . . 4",
            "I. Introduction",
        ];
        check(
            &lines,
            &["I. Introduction"],
            &["contents", "page", "iintroduction", "iiscopeofthesaleand", "exploitation"],
        );
        check(&["He said... and left.", "What... ever"], &["He said... and left.", "What... ever"], &[]);
    }

    #[test]
    fn letterhead() {
        check(
            &["OFFICE • BUREAU", "TEL: +41 22 917 9000 • FAX: +41 22", "Excellency,"],
            &["OFFICE • BUREAU", "Excellency,"],
            &[],
        );
    }
}
