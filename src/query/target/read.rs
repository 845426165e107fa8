//! Words of a target to markers, labels and what follows them.

use super::Place;
use crate::document::{Label, plain_digit, with_points};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Paragraph,
    Footnote,
    Page,
    Unit,
}

/// Words that announce a paragraph number, longest first where one begins another. `true` where they are Russian.
const MARKERS: &[(&str, Marker, bool)] = &[
    ("paragraphs", Marker::Paragraph, false),
    ("paragraph", Marker::Paragraph, false),
    ("paras", Marker::Paragraph, false),
    ("para", Marker::Paragraph, false),
    ("¶¶", Marker::Paragraph, false),
    ("¶", Marker::Paragraph, false),
    ("§§", Marker::Paragraph, false),
    ("§", Marker::Paragraph, false),
    ("пунктов", Marker::Paragraph, true),
    ("пункты", Marker::Paragraph, true),
    ("пункта", Marker::Paragraph, true),
    ("пункте", Marker::Paragraph, true),
    ("пункт", Marker::Paragraph, true),
    ("пп", Marker::Paragraph, true),
    ("п", Marker::Paragraph, true),
    ("recommendations", Marker::Paragraph, false),
    ("recommendation", Marker::Paragraph, false),
    ("recs", Marker::Paragraph, false),
    ("rec", Marker::Paragraph, false),
    ("рекомендации", Marker::Paragraph, true),
    ("рекомендация", Marker::Paragraph, true),
    ("рекомендацию", Marker::Paragraph, true),
    ("pages", Marker::Page, false),
    ("page", Marker::Page, false),
    ("страницы", Marker::Page, true),
    ("страница", Marker::Page, true),
    ("стр", Marker::Page, true),
    ("footnote", Marker::Footnote, false),
    ("fn", Marker::Footnote, false),
    ("сноски", Marker::Footnote, true),
    ("сноска", Marker::Footnote, true),
    ("сн", Marker::Footnote, true),
    ("unit", Marker::Unit, false),
    ("#", Marker::Unit, false),
];

/// Words that may stand between the number and the document's name ("para 21 of CRC/C/...").
const BEFORE_DOCUMENT: &[&str] = &["of", "in", "документа", "из"];
/// Words that add nothing, since sub-items are shown anyway ("para. 21 and its sub-items").
const SUB_ITEMS: &[&str] = &["and its ", "with its ", "including ", "и его ", "и подпункт", "с подпункт", "с его "];

pub(super) struct FoundMarker<'a> {
    pub marker: Marker,
    pub russian: bool,
    pub before: &'a str,
    pub after: &'a str,
    /// From the marker on, for messages.
    pub all: &'a str,
}

/// Returns the last marker that stands at the start of a word and is followed by a number (or a footnote's sign).
pub(super) fn find_marker(text: &str) -> Option<FoundMarker<'_>> {
    text.char_indices().rev().find_map(|(at, _)| {
        let (before, all) = text.split_at(at);
        // "¶" needs no space before it, except that "¶¶" is one marker.
        let signed = all.starts_with(['¶', '§']) && !before.ends_with(['¶', '§']);
        if !signed && before.ends_with(|last: char| !last.is_whitespace() && !",;:(«\"".contains(last)) {
            return None;
        }
        MARKERS.iter().find_map(|&(word, marker, russian)| {
            let after = strip_word(all, word)?;
            let after = after.strip_prefix('.').unwrap_or(after).trim_start();
            let opens = match marker {
                Marker::Footnote => after.starts_with(|c: char| c.is_ascii_digit() || "*†‡".contains(c)),
                Marker::Paragraph | Marker::Page | Marker::Unit => after.starts_with(|c: char| c.is_ascii_digit()),
            };
            opens.then_some(FoundMarker { marker, russian, before, after, all })
        })
    })
}

/// Returns what follows `word` at the start of `text`, without regard to case.
pub(super) fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in word.chars() {
        if !rest.next()?.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

pub(super) fn split_word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

/// Returns a text without the word that joins it to what follows.
pub(super) fn without_joiner(text: &str) -> &str {
    let text = tidy(text);
    let joined = [" and", " и", " &"].iter().find_map(|joiner| text.strip_suffix(joiner));
    joined.map_or(text, tidy)
}

/// Strips white space, punctuation and quotes that only join the parts of a target.
pub(super) fn tidy(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ",;:\"«»“”.".contains(c))
}

/// Returns the document named after the labels, "" where nothing follows, `None` where other words do.
pub(super) fn document_after(rest: &str) -> Option<&str> {
    let rest = tidy(rest);
    if rest.is_empty() || SUB_ITEMS.iter().any(|words| strip_word(rest, words).is_some()) {
        return Some("");
    }
    BEFORE_DOCUMENT
        .iter()
        .find_map(|word| strip_word(rest, word).filter(|rest| rest.starts_with(char::is_whitespace)))
        .map(tidy)
        .or_else(|| rest.contains('/').then_some(rest))
}

/// Reads "21 (c), 23 and 25-27" and returns the places and what follows them, `None` where no label stands first.
pub(super) fn read_labels(text: &str) -> Option<(Vec<Place>, &str)> {
    let (mut last, mut rest) = read_label(text, None)?;
    let mut places = vec![Place::Label(last.clone())];
    loop {
        if let Some((label, after)) = after_any(rest, &["-", "–", "—", "‑", "−", "to ", "по ", "до "])
            .and_then(|after| read_label(after, Some(&last)))
        {
            let first = match places.pop() {
                Some(Place::Label(first)) => first,
                _ => return None,
            };
            // Who writes "23-21" means the same paragraphs.
            let backwards = first.items.is_empty() && label.items.is_empty() && label < first;
            let (from, to) = if backwards { (label.clone(), first) } else { (first, label.clone()) };
            places.push(Place::Range(from, to));
            (last, rest) = (label, after);
            // A range is closed by its end: "21-23-25" is not a range.
            if after_any(rest, &["-", "–", "—"]).is_some() {
                return None;
            }
        } else if let Some((label, after)) = after_any(rest, &[", and ", ", и ", ",", ";", "and ", "и ", "&"])
            .and_then(|after| read_label(after, Some(&last)))
        {
            places.push(Place::Label(label.clone()));
            (last, rest) = (label, after);
        } else {
            return Some((places, rest));
        }
    }
}

/// Returns what follows the first of the separators that stands at the start of `text`, white space aside.
fn after_any<'a>(text: &'a str, separators: &[&str]) -> Option<&'a str> {
    let text = text.trim_start();
    separators.iter().find_map(|separator| text.strip_prefix(separator)).map(str::trim_start)
}

/// Returns pages for the numbers that were read as labels.
pub(super) fn pages(labels: Vec<Place>) -> Option<Vec<Place>> {
    let page = |label: &Label| label.number.parse::<u32>().ok().filter(|page| *page > 0 && label.items.is_empty());
    let pages = |place: Place| match place {
        Place::Label(label) => page(&label).map(|page| Place::Pages(page, page)),
        Place::Range(first, last) => page(&first).zip(page(&last)).map(|(first, last)| Place::Pages(first, last)),
        _ => None,
    };
    labels.into_iter().map(pages).collect()
}

/// Words before the name of a section; `true` where they are a part of it ("Annex II").
const SECTIONS: [(&str, bool); 16] = [
    ("section", false),
    ("sect", false),
    ("chapter", true),
    ("part", true),
    ("annex", true),
    ("appendix", true),
    ("heading", false),
    ("раздела", false),
    ("разделе", false),
    ("раздел", false),
    ("глава", true),
    ("главы", true),
    ("часть", true),
    ("приложения", true),
    ("приложение", true),
    ("заголовок", false),
];

/// Splits a name that ends in a section: "A/HRC/24/13, section II" is "A/HRC/24/13" and "II".
pub(super) fn split_section(text: &str) -> Option<(&str, &str)> {
    text.char_indices().rev().find_map(|(at, _)| {
        let (before, all) = text.split_at(at);
        let document = tidy(before);
        if document.is_empty() || !before.ends_with(|last: char| last.is_whitespace() || ",;(\"«".contains(last)) {
            return None;
        }
        SECTIONS.iter().find_map(|(word, whole)| {
            let after = strip_word(all, word)?;
            let after = after.strip_prefix('.').unwrap_or(after);
            let named = !after.starts_with(char::is_alphanumeric) && (*whole || !tidy(after).is_empty());
            named.then(|| (document, if *whole { tidy(all) } else { tidy(after) }))
        })
    })
}

/// Reads one label. Items alone ("(c)") take the number of the label before them.
fn read_label<'a>(text: &'a str, before: Option<&Label>) -> Option<(Label, &'a str)> {
    let (number, mut rest) = read_number(text);
    let mut label = match (number.is_empty(), before) {
        (false, _) => Label::number(with_points(number)),
        (true, Some(before)) => Label {
            number: before.number.clone(),
            items: before.items.split_last().map(|(_, outer)| outer.to_vec()).unwrap_or_default(),
        },
        (true, None) => return None,
    };
    let mut items = 0;
    while let Some((item, after)) = read_item(rest) {
        label.items.push(with_points(item));
        rest = after;
        items += 1;
    }
    (items > 0 || !number.is_empty()).then_some((label, rest))
}

/// Splits a printed number from the start: "21", "140.10", "12 bis".
fn read_number(text: &str) -> (&str, &str) {
    let is_number = |c: char| c.is_ascii_digit() || c == '.' || plain_digit(c).is_some();
    let digits = text.find(|c: char| !is_number(c)).unwrap_or(text.len());
    let digits = text[..digits].trim_end_matches('.').len();
    let (number, rest) = text.split_at(digits);
    if number.is_empty() {
        return ("", text);
    }
    for word in [" bis", " ter", " quater", " quinquies"] {
        if let Some(after) = strip_word(rest, word).filter(|after| !after.starts_with(char::is_alphanumeric)) {
            return (&text[..text.len() - after.len()], after);
        }
    }
    (number, rest.strip_prefix('.').unwrap_or(rest))
}

/// Splits one sub-item from the start: "(c)", " (ii)", "(1.1)", or the Russian " c)".
fn read_item(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let text = text.strip_prefix('(').unwrap_or(text);
    let (item, rest) = text.split_once(')')?;
    let item = item.trim();
    let length = item.chars().count();
    let is_item = item.split('.').all(|part| !part.is_empty() && part.chars().all(char::is_alphanumeric));
    ((1..=5).contains(&length) && is_item).then_some((item, rest))
}

/// Reads what follows the number of an article: nothing, or "(2) (a)" for its second paragraph, item (a). `None` where
/// something else follows.
pub(super) fn places_below(text: &str) -> Option<Vec<Place>> {
    let mut rest = text.trim();
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = read_item(rest).filter(|_| rest.starts_with('('))?;
        parts.push(part.to_owned());
        rest = after.trim_start();
    }
    let Some((number, items)) = parts.split_first() else { return Some(Vec::new()) };
    let is_number = number.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| vec![Place::Label(Label { number: number.clone(), items: items.to_vec() })])
}
