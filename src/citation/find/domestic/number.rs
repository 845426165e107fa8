//! Numbers, years and dates of laws.

use super::super::super::token::{Kind, Text};
use super::super::words::is_month;

/// Reads "119/90", "54-FZ", "4/2000", "315", "19 253".
pub(in super::super::super) fn read_law_number(text: &Text<'_>, at: usize) -> (String, usize) {
    let mut end = at + 1;
    while text.is_glued(end) && end < at + 8 {
        let goes_on = match text.kind(end) {
            Some(Kind::Number | Kind::Word) => true,
            Some(Kind::Mark('/' | '-' | '.' | '‑' | '–')) => {
                text.is_glued(end + 1) && matches!(text.kind(end + 1), Some(Kind::Number | Kind::Word))
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    // "19 253": thousands parted by a space.
    let is_group = |at: usize| text.is_number(at) && text.raw(at).len() == 3 && !text.is_glued(at);
    let goes_on = text.is_glued(end + 1) && text.is_glued(end + 2) && text.is_number(end + 2);
    if end == at + 1 && (2..=3).contains(&text.raw(at).len()) && is_group(end) && !goes_on {
        return (format!("{}{}", text.raw(at), text.raw(end)), end + 1);
    }
    let number = text.source.get(text.bytes(at, end)).unwrap_or_default().to_uppercase().replace(['‑', '–', '/'], "-");
    // "18.561" and "18561" are one number.
    let groups: Vec<&str> = number.split('.').collect();
    let is_grouped = groups.len() > 1
        && groups.iter().skip(1).all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    let number = if is_grouped { groups.concat() } else { number };
    // «№ 152- ФЗ» is parted by a slip, «63-Ф3» has a digit for the letter.
    let parted = text.is_mark(end, '-') && text.is_glued(end) && matches!(text.raw(end + 1), "ФЗ" | "ФКЗ");
    if parted && end == at + 1 {
        return (format!("{number}-{}", text.raw(end + 1).replace("ФЗ", "FZ").replace("ФКЗ", "FKZ")), end + 2);
    }
    (number.replace("-Ф3", "-ФЗ").replace("ФЗ", "FZ").replace("ФКЗ", "FKZ"), end)
}

/// The key of a numbered law is one in both languages: the kind and the number.
pub(in super::super::super) fn numbered(word: &str, number: &str) -> String {
    let kind = match word {
        "decree" | "decrees" | "edict" | "указ" | "декрет" => "Decree",
        "ordinance" | "ordinances" | "order" | "приказ" | "распоряжение" => "Order",
        "proclamation" => "Proclamation",
        "regulation" | "regulations" | "постановление" => "Regulation",
        "resolution" => "Resolution",
        "instruction" | "инструкция" => "Instruction",
        _ => "Law",
    };
    format!("{kind} No. {number}")
}

/// Steps over " of 11 January 2000": nothing but a date, for a numbered law needs no subject.
pub(super) fn skip_date(text: &Text<'_>, at: usize) -> usize {
    if text.norm(at) == "of" && text.is_number(at + 1) && is_month(text, at + 2) {
        return at + 3 + usize::from(text.is_year(at + 3));
    }
    at
}

/// Steps over the year of a law: "(2005)", "of 2014", ", 1985", " 1985".
pub(super) fn skip_year(text: &Text<'_>, at: usize) -> usize {
    if text.is_mark(at, '(') && text.is_year(at + 1) && text.is_mark(at + 2, ')') {
        return at + 3;
    }
    if matches!(text.norm(at), "of" | "от") && text.is_year(at + 1) {
        return at + 2;
    }
    if text.is_year(at) && !is_month(text, at + 1) {
        return at + 1 + usize::from(matches!(text.norm(at + 1), "года" | "г"));
    }
    at
}

/// Joins the words of a name with single spaces.
pub(super) fn collect(text: &Text<'_>, from: usize, to: usize) -> String {
    let mut name = String::new();
    for at in from..to {
        if at > from && !text.is_glued(at) {
            name.push(' ');
        }
        name.push_str(text.raw(at));
    }
    // One key for the two spellings.
    name.replace('’', "'").replace("ombatting", "ombating")
}

pub(super) fn is_quote(text: &Text<'_>, at: usize) -> bool {
    ['"', '“', '”', '«', '»', '‘', '’'].iter().any(|mark| text.is_mark(at, *mark))
}
