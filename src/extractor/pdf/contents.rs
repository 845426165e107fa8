//! Tables of contents: lines with leaders of dots.

use crate::document::{Block, BlockKind, LeftOutReason};

/// Turns dot-leader lines, what stands between them and the heading above them to a table of contents.
pub(super) fn mark_contents(blocks: &mut [Block]) {
    let leaders: Vec<usize> =
        (0..blocks.len()).filter(|&index| blocks.get(index).is_some_and(|block| has_leader(&block.text))).collect();
    let (Some(&first), Some(&last)) = (leaders.first(), leaders.last()) else { return };
    let mut start = first;
    while let Some(above) = start.checked_sub(1).and_then(|index| blocks.get(index))
        && first - start < 6
        && is_contents_head(&above.text)
    {
        start -= 1;
    }
    // A lone leader among text is a form to fill in, not a table of contents.
    if leaders.len() < 2 && start == first && last == first && blocks.len() > 3 && !ends_in_number(blocks, first) {
        return;
    }
    for block in blocks.get_mut(start..=last).unwrap_or(&mut []) {
        block.kind = BlockKind::Furniture(LeftOutReason::TableOfContents);
    }
}

fn ends_in_number(blocks: &[Block], index: usize) -> bool {
    blocks.get(index).is_some_and(|block| block.text.trim_end().ends_with(|c: char| c.is_ascii_digit()))
}

fn has_leader(text: &str) -> bool {
    let mut run = 0;
    for c in text.chars() {
        match c {
            '.' | '·' | '_' => run += 1,
            '…' => run += 3,
            ' ' | '\u{a0}' => {}
            _ => run = 0,
        }
        if run >= 6 {
            return true;
        }
    }
    false
}

fn is_contents_head(text: &str) -> bool {
    let words = [
        "contents",
        "page",
        "paragraphs",
        "paragraph",
        "chapter",
        "table of contents",
        "содержание",
        "оглавление",
        "стр.",
        "страница",
        "пункты",
        "глава",
        "стр",
    ];
    let text = text.to_lowercase().replace('|', " ");
    let text = text.trim();
    words.contains(&text) || (!text.is_empty() && text.split_whitespace().all(|word| words.contains(&word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaders_are_told_from_ellipses() {
        for text in ["I. Introduction ........ 3", "Scope . . . . . . . 4", "Scope……… 4"] {
            assert!(has_leader(text), "{text}");
        }
        for text in ["He said ... nothing", "Art. 1. 2. 3.", "a…", "No. 5."] {
            assert!(!has_leader(text), "{text}");
        }
    }
}
