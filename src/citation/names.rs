//! Names of instruments, bodies and laws found in a text, stem by stem through the registry's trie, so that every Russian
//! case ending and every comma is the same name.

use super::registry::{Named, Registry};
use super::token::{Kind, Text};

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NameMatch {
    pub named: Named,
    /// The token after the name.
    pub end: usize,
}

fn stem_at(text: &Text<'_>, at: usize) -> Option<u32> {
    text.tokens.get(at).map(|token| token.stem).filter(|stem| *stem != 0)
}

/// Returns the row of the convention that a single word names: "Basel", «Стокгольмской».
pub(super) fn convention_of(text: &Text<'_>, at: usize) -> Option<usize> {
    let registry = Registry::get();
    let node = registry.next(0, stem_at(text, at)?)?;
    ["convention", "конвенц"].iter().find_map(|noun| {
        let end = registry.next(node, registry.stem_number(noun))?;
        match registry.named(end)? {
            Named::Instrument(row) => Some(row),
            _ => None,
        }
    })
}

/// Returns the longest name whose first word stands at a token and whose second stands at `after`.
pub(super) fn match_name_after(text: &Text<'_>, from: usize, after: usize) -> Option<NameMatch> {
    walk(text, from, Registry::get().next(0, stem_at(text, from)?)?, after)
}

/// Returns the longest name that starts at a token. Between its words may stand "the", commas, quotation marks,
/// hyphens and a year ("Minimum Age Convention, 1973").
pub(super) fn match_name(text: &Text<'_>, from: usize) -> Option<NameMatch> {
    walk(text, from, Registry::get().next(0, stem_at(text, from)?)?, from + 1)
}

/// Goes on from a node of the trie, at a token; the name has begun at `from`.
fn walk(text: &Text<'_>, from: usize, mut node: u32, mut at: usize) -> Option<NameMatch> {
    let registry = Registry::get();
    let mut best = registry.named(node).map(|named| NameMatch { named, end: at });
    while let Some(token) = text.tokens.get(at) {
        if token.stem != 0
            && let Some(next) = registry.next(node, token.stem)
        {
            node = next;
            at += 1;
            if let Some(named) = registry.named(node) {
                best = Some(NameMatch { named, end: at });
            }
            continue;
        }
        // A bracket may close inside a name only if it opened there.
        if text.is_mark(at, ')') && (from..at).any(|inside| text.is_mark(inside, '(')) {
            at += 1;
            continue;
        }
        match skip_inside_name(text, at) {
            0 => break,
            skipped => at += skipped,
        }
    }
    // A bracket that opened in the name closes with it.
    if let Some(name) = &mut best
        && text.is_mark(name.end, ')')
        && (from..name.end)
            .rev()
            .find(|inside| text.is_mark(*inside, '(') || text.is_mark(*inside, ')'))
            .is_some_and(|inside| text.is_mark(inside, '('))
    {
        name.end += 1;
    }
    best
}

/// Returns how many tokens at a place may stand inside a name without being of it.
fn skip_inside_name(text: &Text<'_>, at: usize) -> usize {
    match text.kind(at) {
        Some(Kind::Mark(
            ',' | '"' | '«' | '»' | '“' | '”' | '-' | '‑' | '–' | '/' | '(' | '№' | '\'' | '’' | '[' | ']',
        )) => 1,
        Some(Kind::Mark('.')) if matches!(text.norm(at - 1), "no" | "nos" | "n") => 1,
        Some(Kind::Number) if text.is_year(at) => match text.norm(at + 1) {
            "года" | "год" | "г" | "году" => 2,
            _ => 1,
        },
        Some(Kind::Word) => match text.norm(at) {
            "the" | "on" | "no" | "nos" | "n" => 1,
            "of" | "от" if text.is_year(at + 1) => 2,
            "united" if text.norm(at + 1) == "nations" => 2,
            "оон" | "мот" | "ilo" | "юнеско" => 1,
            "организации" if text.norm(at + 1) == "объединенных" => 3,
            _ => 0,
        },
        _ => 0,
    }
}
