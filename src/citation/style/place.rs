//! The place in a document: printed label, or section and position.

use super::super::article::article_of_heading;
use super::{CitationStyle, CitedUnit, join};
use crate::document::{Label, ParagraphKind};

pub(super) fn english_place(unit: &CitedUnit<'_>, style: CitationStyle) -> String {
    let Section { headings, article } = section(unit);
    let section = match style {
        _ if headings.is_empty() => headings,
        CitationStyle::Oscola => format!("section '{headings}'"),
        _ => format!("section \"{headings}\""),
    };
    let stop = if style == CitationStyle::Oscola { "" } else { "." };
    let article = article.map(|number| format!("art{stop} {number}")).unwrap_or_default();
    if let Some(label) = item_of_article(unit, &article) {
        let space = if style == CitationStyle::Un { " " } else { "" };
        return join(", ", [section, [article, items(label, space)].join(space)]);
    }
    let section = join(", ", [section, article]);
    let paragraph = unit.label.map(|label| english_label(label, style)).unwrap_or_default();
    if unit.kind == ParagraphKind::Footnote {
        let note = match (unit.mark, style) {
            (Some(mark), CitationStyle::Oscola) => format!("fn {mark}"),
            (Some(mark), CitationStyle::Bluebook) => format!("n.{mark}"),
            (Some(mark), _) => format!("footnote {mark}"),
            (None, _) => english_position("footnote", unit.position),
        };
        return join(", ", [section, paragraph, note]);
    }
    if !paragraph.is_empty() {
        return join(", ", [section, paragraph]);
    }
    let position = match unit.kind {
        ParagraphKind::Title => "title".to_owned(),
        ParagraphKind::Bullet => english_position("bullet", unit.position),
        ParagraphKind::Table => english_position("table row", unit.position),
        ParagraphKind::Item => english_position("item", unit.position),
        ParagraphKind::Paragraph | ParagraphKind::Footnote => english_position("paragraph", unit.position),
    };
    join(", ", [section, position])
}

/// The headings that a citation names.
struct Section<'a> {
    /// Joined from the outermost; empty where there is none but an article.
    headings: String,
    /// The number of the article, where the innermost heading is one of a treaty or a law.
    article: Option<&'a str>,
}

fn section<'a>(unit: &CitedUnit<'a>) -> Section<'a> {
    let article = unit.section.last().and_then(|innermost| article_of_heading(innermost));
    let headings = unit.section.len() - usize::from(article.is_some());
    Section { headings: unit.section.get(..headings).unwrap_or_default().join(" › "), article }
}

/// Returns the label of an item right below an article: "article 2 (g)".
fn item_of_article<'a>(unit: &CitedUnit<'a>, article: &str) -> Option<&'a Label> {
    let own = unit.kind != ParagraphKind::Footnote && !article.is_empty();
    unit.label.filter(|label| own && label.number.is_empty())
}

/// Returns the sub-items of a label: "(a) (ii)".
fn items(label: &Label, space: &str) -> String {
    label.items.iter().map(|item| format!("({item})")).collect::<Vec<_>>().join(space)
}

pub(super) fn english_label(label: &Label, style: CitationStyle) -> String {
    let tight = items(label, "");
    match style {
        CitationStyle::Oscola => format!("para {}{tight}", label.number),
        CitationStyle::Bluebook => format!("¶ {}{tight}", label.number),
        CitationStyle::Un | CitationStyle::Ru => format!("para. {label}"),
    }
}

pub(super) fn russian_place(unit: &CitedUnit<'_>) -> String {
    let Section { headings, article } = section(unit);
    let section = if headings.is_empty() { headings } else { format!("раздел «{headings}»") };
    let article = article.map(|number| format!("ст. {number}")).unwrap_or_default();
    if let Some(label) = item_of_article(unit, &article) {
        return join(", ", [section, article + &russian_items(label)]);
    }
    let section = join(", ", [section, article]);
    let paragraph = unit.label.map(russian_label).unwrap_or_default();
    if unit.kind == ParagraphKind::Footnote {
        let note = match unit.mark {
            Some(mark) => format!("сноска {mark}"),
            None => russian_position("сноска", unit.position, true),
        };
        return join(", ", [section, paragraph, note]);
    }
    if !paragraph.is_empty() {
        return join(", ", [section, paragraph]);
    }
    let position = match unit.kind {
        ParagraphKind::Title => "заголовок".to_owned(),
        ParagraphKind::Bullet => russian_position("пункт списка", unit.position, false),
        ParagraphKind::Table => russian_position("строка таблицы", unit.position, true),
        ParagraphKind::Item => russian_position("подпункт", unit.position, false),
        ParagraphKind::Paragraph | ParagraphKind::Footnote => russian_position("абзац", unit.position, false),
    };
    join(", ", [section, position])
}

/// Returns the sub-items of a label as Russian documents write them, a number so that it is not taken for one more paragraph:
/// " a) ii)", " (5)".
fn russian_items(label: &Label) -> String {
    let item = |item: &String| match item.parse::<u32>() {
        Ok(number) => format!(" ({number})"),
        Err(_) => format!(" {item})"),
    };
    label.items.iter().map(item).collect()
}

pub(super) fn russian_label(label: &Label) -> String {
    if label.number.is_empty() {
        return format!("п.{}", russian_items(label));
    }
    format!("п. {}{}", label.number, russian_items(label))
}

pub(super) const ENGLISH_ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Masculine and feminine.
pub(super) const RUSSIAN_ORDINALS: [(&str, &str); 10] = [
    ("первый", "первая"),
    ("второй", "вторая"),
    ("третий", "третья"),
    ("четвертый", "четвертая"),
    ("пятый", "пятая"),
    ("шестой", "шестая"),
    ("седьмой", "седьмая"),
    ("восьмой", "восьмая"),
    ("девятый", "девятая"),
    ("десятый", "десятая"),
];

/// "second paragraph", "12th paragraph"; nothing for position 0 (unknown).
pub(super) fn english_position(noun: &str, position: u32) -> String {
    let Some(index) = position.checked_sub(1) else { return String::new() };
    if let Some(word) = ENGLISH_ORDINALS.get(index as usize) {
        return format!("{word} {noun}");
    }
    let ending = match (position % 100, position % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{position}{ending} {noun}")
}

pub(super) fn russian_position(noun: &str, position: u32, feminine: bool) -> String {
    let Some(index) = position.checked_sub(1) else { return String::new() };
    match RUSSIAN_ORDINALS.get(index as usize) {
        Some((_, word)) if feminine => format!("{word} {noun}"),
        Some((word, _)) => format!("{word} {noun}"),
        None if feminine => format!("{position}-я {noun}"),
        None => format!("{position}-й {noun}"),
    }
}
