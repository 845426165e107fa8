//! Running heads and feet, page numbers, job numbers: what repeats at the edges of pages and belongs to no paragraph.

use std::collections::HashMap;

use super::row::Row;
use crate::document::{Block, BlockKind, LeftOutReason};

/// So many rows from the top and from the bottom of a page can be running heads.
const EDGE_ROWS: usize = 4;
/// Running heads stand at the same height on every page, give or take so many points.
const SAME_HEIGHT: f32 = 8.0;
/// The part of a page's height at each end where page numbers stand.
const EDGE_ZONE: f32 = 0.14;

/// Takes the furniture out of the rows of every page and returns it, page by page.
pub(super) fn take_furniture(pages: &mut [Vec<Row>], heights: &[f32]) -> Vec<Vec<Block>> {
    let repeats = Repeats::count(pages);
    let mut taken = Vec::with_capacity(pages.len());
    for (index, rows) in pages.iter_mut().enumerate() {
        let height = heights.get(index).copied().unwrap_or(842.0);
        let mut blocks = Vec::new();
        let reasons: Vec<Option<LeftOutReason>> = reasons(rows, height, &repeats);
        let mut next = reasons.into_iter();
        rows.retain(|row| match next.next().flatten() {
            Some(reason) => {
                let mut block = Block::new(BlockKind::Furniture(reason), row.text());
                block.page = index as u32 + 1;
                blocks.push(block);
                false
            }
            None => true,
        });
        taken.push(blocks);
    }
    taken
}

fn reasons(rows: &[Row], height: f32, repeats: &Repeats) -> Vec<Option<LeftOutReason>> {
    let mut reasons: Vec<Option<LeftOutReason>> = vec![None; rows.len()];
    let edges: Vec<usize> = (0..rows.len()).collect();
    // Inwards from both ends: the first row that is text ends the edge.
    let from_top: Vec<usize> = edges.iter().copied().take(EDGE_ROWS).collect();
    let from_bottom: Vec<usize> = edges.iter().rev().copied().take(EDGE_ROWS).collect();
    for edge in [from_top, from_bottom] {
        for index in edge {
            let Some(row) = rows.get(index) else { break };
            let reason = reason(row, height, repeats);
            if reason.is_none() {
                break;
            }
            if let Some(slot) = reasons.get_mut(index) {
                *slot = reason;
            }
        }
    }
    for (row, slot) in rows.iter().zip(reasons.iter_mut()) {
        if row.artifact {
            *slot = Some(number_or_head(&row.text()));
        } else if slot.is_none() && is_job_number(&row.text()) {
            *slot = Some(LeftOutReason::JobNumber);
        }
    }
    reasons
}

fn reason(row: &Row, height: f32, repeats: &Repeats) -> Option<LeftOutReason> {
    let text = row.text();
    let at_edge = row.y < EDGE_ZONE * height || row.y > (1.0 - EDGE_ZONE) * height;
    if row.artifact || repeats.is_running(row, &text) {
        return Some(number_or_head(&text));
    }
    if is_job_number(&text) {
        return Some(LeftOutReason::JobNumber);
    }
    (at_edge && is_page_number(&text)).then_some(LeftOutReason::PageNumber)
}

fn number_or_head(text: &str) -> LeftOutReason {
    if is_page_number(text) { LeftOutReason::PageNumber } else { LeftOutReason::RunningHead }
}

/// Counts on how many pages a row with the same text, digits masked, stands at the same height.
struct Repeats {
    heights: HashMap<String, Vec<f32>>,
    pages: usize,
}

impl Repeats {
    fn count(pages: &[Vec<Row>]) -> Repeats {
        let mut heights: HashMap<String, Vec<f32>> = HashMap::new();
        for rows in pages {
            let bottom = rows.len().saturating_sub(EDGE_ROWS).max(EDGE_ROWS.min(rows.len()));
            let edges = rows.iter().take(EDGE_ROWS).chain(rows.get(bottom..).unwrap_or(&[]));
            for row in edges {
                heights.entry(mask(&row.text())).or_default().push(row.y);
            }
        }
        Repeats { heights, pages: pages.len() }
    }

    fn is_running(&self, row: &Row, text: &str) -> bool {
        let Some(heights) = self.heights.get(&mask(text)) else { return false };
        let same = heights.iter().filter(|y| (**y - row.y).abs() < SAME_HEIGHT).count();
        // Odd and even pages may differ, chapters too.
        let enough = if self.pages <= 3 { 2 } else { (self.pages / 8).clamp(3, 12) };
        same >= enough
    }
}

/// Replaces runs of digits, so that "page 2" and "page 17" are one.
fn mask(text: &str) -> String {
    let mut masked = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() => {
                if !masked.ends_with('#') {
                    masked.push('#');
                }
            }
            c if c.is_whitespace() => {}
            c => masked.extend(c.to_lowercase()),
        }
    }
    masked
}

/// "12", "- 12 -", "page 12", "Page 3 of 20", "стр. 5", "iv", "12 GE.09-14567".
fn is_page_number(text: &str) -> bool {
    let text = text.trim().trim_matches(['-', '–', '—', '|', '[', ']', ' ']).to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |word: &str| {
        (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
            || (word.len() <= 6 && !word.is_empty() && word.chars().all(|c| "ivxlc".contains(c)))
    };
    match words.as_slice() {
        [one] => is_number(one) || one.split_once('/').is_some_and(|(page, of)| is_number(page) && is_number(of)),
        ["page" | "p." | "стр." | "страница" | "с.", number] => is_number(number),
        ["page" | "стр." | "страница", number, "of" | "из" | "/", total] => {
            is_number(number) && is_number(total)
        }
        [number, "of" | "из" | "/", total] => is_number(number) && is_number(total),
        _ => false,
    }
}

/// The printing house's numbers: "GE.09-14567 (E) 110609", "*0914567*", "Please recycle".
fn is_job_number(text: &str) -> bool {
    let text = text.trim();
    let job = |text: &str| {
        text.strip_prefix("GE.").is_some_and(|rest| {
            let digits = rest.chars().filter(char::is_ascii_digit).count();
            digits >= 5
                && rest.chars().all(|c| c.is_ascii_digit() || "-() \u{2011}–*".contains(c) || c.is_ascii_uppercase())
        })
    };
    let bar_code = |text: &str| {
        text.len() >= 6
            && text.starts_with('*')
            && text.ends_with('*')
            && text.chars().all(|c| c == '*' || c == ' ' || c.is_ascii_digit() || c.is_ascii_uppercase())
    };
    let recycle = text.to_lowercase();
    job(text)
        || bar_code(text)
        || recycle.starts_with("please recycle")
        || recycle.starts_with("просьба отправить на вторичную переработку")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_text() {
        for number in ["12", "- 12 -", "page 12", "Page 3 of 20", "стр. 5", "iv", "3/20"] {
            assert!(is_page_number(number), "{number}");
        }
        for text in ["", "12.", "page", "A/HRC/11/24", "12 states", "20 10"] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn job_numbers_are_told_from_text() {
        for number in
            ["GE.09-14567 (E) 110609 150609", "GE.24-19943(E)", "*0914567*", "* 1 2 1 7 7 8 1 *", "Please recycle"]
        {
            assert!(is_job_number(number), "{number}");
        }
        for text in ["GENERAL", "* Reissued", "The GE.09-1"] {
            assert!(!is_job_number(text), "{text}");
        }
    }
}
