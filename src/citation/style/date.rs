//! Dates as the styles write them.

use super::{CitedUnit, join};
use crate::document::ENGLISH_MONTHS;

/// A date as precise as known: year, month from 1, day.
pub(super) struct Date<'a> {
    year: &'a str,
    month: Option<usize>,
    day: Option<u8>,
}

/// The document's date in the form that `write` gives, or nothing.
pub(super) fn date(unit: &CitedUnit<'_>, write: fn(&Date<'_>) -> String) -> String {
    let Some(text) = unit.metadata.date.as_deref() else { return String::new() };
    let mut parts = text.split('-');
    let year = parts.next().unwrap_or_default();
    if year.is_empty() {
        return String::new();
    }
    let month = parts.next().and_then(|month| month.parse().ok()).filter(|month| (1..=12).contains(month));
    let day = parts.next().and_then(|day| day.parse().ok()).filter(|_| month.is_some());
    write(&Date { year, month, day })
}

/// Table T12 of the Bluebook.
pub(super) const AMERICAN_MONTHS: [&str; 12] =
    ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

/// Genitive, as after a day, and nominative, as alone.
pub(super) const RUSSIAN_MONTHS: [(&str, &str); 12] = [
    ("января", "январь"),
    ("февраля", "февраль"),
    ("марта", "март"),
    ("апреля", "апрель"),
    ("мая", "май"),
    ("июня", "июнь"),
    ("июля", "июль"),
    ("августа", "август"),
    ("сентября", "сентябрь"),
    ("октября", "октябрь"),
    ("ноября", "ноябрь"),
    ("декабря", "декабрь"),
];

/// "3 July 2015".
pub(super) fn english_date(date: &Date<'_>) -> String {
    let month = date.month.and_then(|month| ENGLISH_MONTHS.get(month - 1)).copied().unwrap_or_default();
    let day = date.day.map(|day| day.to_string()).unwrap_or_default();
    join(" ", [day, month.to_owned(), date.year.to_owned()])
}

/// "July 3, 2015".
pub(super) fn american_date(date: &Date<'_>) -> String {
    let month = date.month.and_then(|month| AMERICAN_MONTHS.get(month - 1)).copied().unwrap_or_default();
    let day = date.day.map(|day| format!("{day},")).unwrap_or_default();
    join(" ", [month.to_owned(), day, date.year.to_owned()])
}

/// «3 июля 2015 года», «июль 2015 года», «2015 год».
pub(super) fn russian_date(date: &Date<'_>) -> String {
    let names = date.month.and_then(|month| RUSSIAN_MONTHS.get(month - 1));
    match (date.day, names) {
        (Some(day), Some((genitive, _))) => format!("{day} {genitive} {} года", date.year),
        (_, Some((_, nominative))) => format!("{nominative} {} года", date.year),
        _ => format!("{} год", date.year),
    }
}
