//! Where notes begin: numbers that count upwards, each before a capital letter and after the end of a sentence.

use std::ops::Range;

use super::end;
use crate::document::ENGLISH_MONTHS;

/// Notes that stand together in a text, and what stands with them.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// Number and bytes of each note, without its mark.
    pub notes: Vec<(u32, Range<usize>)>,
    /// The rule over the notes.
    pub rule: Range<usize>,
    /// The page's foot under them.
    pub foot: Range<usize>,
    /// All that is no text of the paragraph.
    pub whole: Range<usize>,
    /// The number of the last note, though it may be one that stays.
    pub last: u32,
}

/// A number that a note may open with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    pub number: u32,
    /// Where the number begins, and the text after it.
    pub at: usize,
    pub body: usize,
}

/// Numbers of a text that are looked at: one with more is a table.
const MOST: usize = 500;

/// Notes that stand together at most: more are no page's, however they read.
const MOST_TOGETHER: usize = 40;

/// Underscores of the shortest rule.
const RULE: &str = "_____";

/// Numbers of up to three digits after a space or a rule and before what opens a note.
pub fn starts(text: &str) -> impl Iterator<Item = Start> + '_ {
    let bytes = text.as_bytes();
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < bytes.len() {
            let at = next;
            next += 1;
            if !bytes[at].is_ascii_digit() {
                continue;
            }
            let digits = bytes[at..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
            next = at + digits;
            let parted = at == 0 || matches!(bytes[at - 1], b' ' | b'_');
            if digits <= 3 && parted && bytes.get(next) == Some(&b' ') && opens_note(&text[next + 1..]) {
                let number = text[at..next].parse().unwrap_or(0);
                return Some(Start { number, at, body: next + 1 });
            }
        }
        None
    })
    .filter(|start| start.number > 0)
}

/// A capital letter, a quotation, an address of the web; no date.
fn opens_note(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if !(first.is_uppercase() || matches!(first, '“' | '"' | '«' | '(' | '[')) {
        return text.starts_with("http") || text.starts_with("www.");
    }
    let word = text.split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
    !ENGLISH_MONTHS.contains(&word) && (first != '(' || text[1..].starts_with(|sign: char| sign.is_uppercase()))
}

/// Finds the first run of notes from a byte on. `last` is the number of the last note before it; `bears` says whether a
/// mark stands in a text or in the units before.
pub fn find(text: &str, from: usize, last: u32, bears: impl Fn(u32, &str) -> bool) -> Option<Run> {
    let all: Vec<Start> = starts(text).filter(|start| start.at >= from && start.number > last).take(MOST).collect();
    let rules: Vec<usize> = if all.is_empty() { Vec::new() } else { rules(text, from).collect() };
    all.iter().enumerate().find_map(|(place, first)| {
        let below = rules.partition_point(|rule| *rule < first.at);
        let rule = below.checked_sub(1).and_then(|above| rules.get(above)).copied();
        let ruled = rule.filter(|rule| text[*rule..first.at].trim_matches(['_', ' ']).is_empty());
        let barrier = rules.get(below).copied().unwrap_or(text.len());
        let broken = end::is_broken(&text[from..ruled.unwrap_or(first.at)]);
        let mut chain = chain(text, &all[place..], barrier, broken);
        if ruled.is_none() && !is_likely(text, &chain) {
            return None;
        }
        drop_mark(text, &mut chain, &bears);
        is_proven(text, &chain, ruled.is_some(), last, &bears).then(|| close(text, &chain, ruled)).flatten()
    })
}

fn rules(text: &str, from: usize) -> impl Iterator<Item = usize> + '_ {
    let mut next = from;
    std::iter::from_fn(move || {
        let at = next + text.get(next..)?.find(RULE)?;
        next = at + text[at..].bytes().take_while(|byte| *byte == b'_').count();
        Some(at)
    })
}

/// The notes that follow on the first, each one more than the last, after the end of a sentence or of an address, up to
/// the page's foot or to where the sentence before them goes on.
fn chain(text: &str, starts: &[Start], barrier: usize, broken: bool) -> Vec<Start> {
    let Some((first, rest)) = starts.split_first() else { return Vec::new() };
    let mut chain = vec![*first];
    let mut last = *first;
    for start in rest.iter().take_while(|start| start.at < barrier) {
        let body = &text[last.body..start.at];
        if body.len() > end::LONGEST || chain.len() == MOST_TOGETHER {
            break;
        }
        if start.number == last.number + 1 && end::ends_note(body) {
            if end::page_foot(body).is_some() || (broken && end::resumption(body).is_some()) {
                break;
            }
            last = *start;
            chain.push(last);
        }
    }
    chain
}

/// Drops a mark that stands after the notes, between two sentences of the text that goes on ("It fell. 10 Despite that").
fn drop_mark(text: &str, chain: &mut Vec<Start>, bears: impl Fn(u32, &str) -> bool) {
    let [first, .., last] = chain.as_slice() else { return };
    let tail = end::beginning(text.get(last.body..).unwrap_or_default());
    if end::page_foot(tail).is_none()
        && !end::names_source(end::first_sentence(tail))
        && !bears(last.number, &text[..first.at])
    {
        chain.pop();
    }
}

/// Bounds the notes of a chain. The last stays in the text where its end cannot be told.
fn close(text: &str, chain: &[Start], rule: Option<usize>) -> Option<Run> {
    let (first, last) = (chain.first()?, chain.last()?);
    let begin = rule.unwrap_or(first.at);
    let found = end::find(text, text[..begin].trim_end(), last.body);
    let mut notes: Vec<(u32, Range<usize>)> =
        chain.windows(2).map(|pair| (pair[0].number, pair[0].body..pair[1].at)).collect();
    let foot = match found {
        Some(end) => {
            notes.push((last.number, last.body..end.note));
            end.note..end.foot
        }
        None => last.at..last.at,
    };
    let rule = begin..first.at;
    let whole = begin..foot.end;
    let leaves = !(text[..whole.start].trim().is_empty() && text[whole.end..].trim().is_empty());
    (!notes.is_empty() && leaves).then_some(Run { notes, rule, foot, whole, last: last.number })
}

/// Whether a chain without a rule over it names sources: looked for before what costs more.
fn is_likely(text: &str, chain: &[Start]) -> bool {
    match chain {
        [only] => end::opens_source(text.get(only.body..).unwrap_or_default()),
        _ => sources(text, chain) > 0,
    }
}

/// How many notes of a chain name a source.
fn sources(text: &str, chain: &[Start]) -> usize {
    let ends = chain.iter().skip(1).map(|start| start.at).chain([text.len()]);
    let bodies = chain.iter().zip(ends).filter_map(|(start, end)| text.get(start.body..end));
    bodies.map(end::first_sentence).filter(|body| end::names_source(body)).count()
}

/// Whether a chain is one of notes: by the rule over it, by marks in the text before it, by what it says.
fn is_proven(text: &str, chain: &[Start], ruled: bool, last: u32, bears: impl Fn(u32, &str) -> bool) -> bool {
    let Some(first) = chain.first() else { return false };
    let before = &text[..first.at];
    let is_marked = |start: &Start| bears(start.number, before);
    if chain.len() == 1 && !ruled {
        return is_likely(text, chain) && is_marked(first);
    }
    let (count, sources) = (chain.len(), sources(text, chain));
    let follows = last > 0 && first.number == last + 1;
    if ruled {
        return (sources > 0 && count > 1) || follows || chain.iter().any(is_marked);
    }
    let mostly = count > 2 && 3 * sources >= 2 * count;
    (sources > 0 && 2 * sources >= count && (follows || is_marked(first)))
        || (mostly && 2 * chain.iter().filter(|start| is_marked(start)).count() >= count)
}
