//! Printed markers at the start of a block: paragraph numbers, sub-items, heading numbers.
//!
//! Invariant: this module only reads what a marker could mean; whether it is one, the sequence decides.

use crate::document::{plain_digit, with_points};

/// A marker that may open a numbered paragraph: "21.", "140.10", "12 bis.", "§ 5". "21)" counts items of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberMarker {
    /// Arabic parts, outermost first (`[140, 10]`).
    pub parts: Vec<u32>,
    /// "bis", "ter", "quater", a letter ("12A") or raised digits ("12¹"), as printed.
    pub suffix: Option<String>,
    /// Bytes of the block's text up to the paragraph's own text.
    pub width: usize,
}

impl NumberMarker {
    /// Returns the number as printed, without its closing sign; "12¹" is "12.1".
    pub fn printed(&self) -> String {
        let mut out = self.parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
        if let Some(suffix) = &self.suffix {
            if suffix.chars().count() > 1 && raised_width(suffix) == 0 {
                out.push(' ');
            }
            out.push_str(suffix);
        }
        with_points(&out)
    }
}

/// How the items of a list are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemStyle {
    LatinLower,
    LatinUpper,
    RomanLower,
    CyrillicLower,
    /// "(1)", "1)".
    Arabic,
    /// "1." in a list of its own under a numbered paragraph, as recommendations are counted.
    ArabicPoint,
}

/// A marker of a sub-item: "(c)", "c)", "(iv)", "(1)", "1)".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMarker {
    /// Without brackets, as printed; "1¹" is "1.1".
    pub printed: String,
    /// Whether it was put in later, behind the item whose readings it has: "1¹)".
    pub put_in: bool,
    /// What it may be, with its place in that count from 1: "(i)" is the ninth letter and the first roman numeral.
    pub readings: Vec<(ItemStyle, u32)>,
    pub width: usize,
}

/// A number before a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingMarker {
    pub style: HeadingStyle,
    pub value: u32,
    /// Bytes of the marker with the space after it.
    pub width: usize,
}

/// How headings are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeadingStyle {
    Roman,
    Letter,
    Arabic,
    /// "1.2", "1.2.3": the number of parts.
    Decimal(u8),
}

/// Reads "N.", "N.M", "N.M." or "§ N" with a space and text after it; `None` where the block starts otherwise.
pub fn read_number(text: &str) -> Option<NumberMarker> {
    let body = text.strip_prefix("§").or_else(|| text.strip_prefix("¶")).map_or(text, str::trim_start);
    let mut at = text.len() - body.len();
    let signed = at > 0;
    let mut parts = Vec::new();
    loop {
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        // Four digits carry every paragraph number; longer ones are years of law and sums of money.
        if digits == 0 || digits > 4 {
            break;
        }
        parts.push(text[at..at + digits].parse().ok()?);
        at += digits;
        if text[at..].starts_with('.') && text[at + 1..].starts_with(|next: char| next.is_ascii_digit()) {
            at += 1;
        } else {
            break;
        }
    }
    if parts.is_empty() {
        return None;
    }
    let (suffix, suffix_width) = read_suffix(&text[at..]);
    at += suffix_width;
    let rest = &text[at..];
    let closed = rest.starts_with('.');
    at += usize::from(closed);
    let after = &text[at..];
    let spaced = after.starts_with(char::is_whitespace);
    // "5.The Committee": a converter lost the space. "5.3" has been read above.
    let glued = closed && after.starts_with(|next: char| next.is_uppercase());
    if !(spaced || glued) || !(closed || signed || parts.len() > 1) || after.trim().is_empty() {
        return None;
    }
    at += after.len() - after.trim_start().len();
    Some(NumberMarker { parts, suffix, width: at })
}

fn read_suffix(rest: &str) -> (Option<String>, usize) {
    let raised = raised_width(rest);
    if raised > 0 && is_russian(rest) {
        return (rest.get(..raised).map(str::to_owned), raised);
    }
    let trimmed = rest.trim_start();
    let skipped = rest.len() - trimmed.len();
    for word in ["bis", "ter", "quater", "quinquies"] {
        if let Some(after) = trimmed.strip_prefix(word)
            && after.starts_with(['.', ' '])
        {
            return (Some(word.to_owned()), skipped + word.len());
        }
    }
    let mut characters = rest.chars();
    match (characters.next(), characters.next()) {
        (Some(letter @ 'A'..='Z'), Some('.')) => (Some(letter.to_string()), 1),
        _ => (None, 0),
    }
}

/// Reads "(c)", "c)", "(iv)", "(aa)", "(1)", "1)", «(а)» with text after it.
pub fn read_item(text: &str) -> Option<ItemMarker> {
    let opened = text.starts_with('(');
    let body = if opened { &text[1..] } else { text };
    let close = body.char_indices().take(8).find(|(_, character)| *character == ')')?.0;
    let printed = body[..close].trim();
    let after = &body[close + 1..];
    let spaced = after.starts_with(char::is_whitespace);
    if after.trim().is_empty() || !(spaced || after.starts_with(char::is_alphabetic)) {
        return None;
    }
    // Only Russian laws number so what they have put in later.
    let base = printed.trim_end_matches(|sign| plain_digit(sign).is_some());
    let put_in = base.len() < printed.len() && is_russian(after);
    let readings = item_readings(if put_in { base } else { printed });
    let width = text.len() - after.trim_start().len();
    (!readings.is_empty()).then(|| ItemMarker { printed: with_points(printed), put_in, readings, width })
}

/// The bytes of the raised digits that a text begins with.
fn raised_width(text: &str) -> usize {
    text.chars().take_while(|sign| plain_digit(*sign).is_some()).map(char::len_utf8).sum()
}

/// Whether the first letter of a text is Cyrillic.
fn is_russian(text: &str) -> bool {
    text.chars().find(|sign| sign.is_alphabetic()).is_some_and(|letter| matches!(letter, 'А'..='я' | 'Ё' | 'ё'))
}

fn item_readings(printed: &str) -> Vec<(ItemStyle, u32)> {
    let mut readings = Vec::new();
    let mut characters = printed.chars();
    let (first, second, third) = (characters.next(), characters.next(), characters.next());
    match (first, second, third) {
        (Some(letter @ 'a'..='z'), None, None) => {
            readings.push((ItemStyle::LatinLower, letter as u32 - 'a' as u32 + 1))
        }
        (Some(letter @ 'A'..='Z'), None, None) => {
            readings.push((ItemStyle::LatinUpper, letter as u32 - 'A' as u32 + 1))
        }
        (Some(letter @ 'а'..='я'), None, None) => {
            if let Some(place) = CYRILLIC.chars().position(|other| other == letter) {
                readings.push((ItemStyle::CyrillicLower, u32::try_from(place).unwrap_or(0) + 1));
            }
        }
        // "(aa)" follows "(z)".
        (Some(letter @ 'a'..='z'), Some(same), None) if letter == same => {
            readings.push((ItemStyle::LatinLower, 26 + letter as u32 - 'a' as u32 + 1));
        }
        _ => {}
    }
    if let Some(value) = read_roman(printed, false) {
        readings.push((ItemStyle::RomanLower, value));
    }
    if printed.len() <= 3
        && let Ok(value) = printed.parse()
        && value > 0
    {
        readings.push((ItemStyle::Arabic, value));
    }
    readings
}

/// Letters that number Russian lists. Ё, й, ъ, ы and ь are skipped by custom; й is kept since some lists use it.
const CYRILLIC: &str = "абвгдежзийклмнопрстуфхцчшщэюя";

/// Reads "IV. ", "B. ", "3. ", "1.2 ", "1.2. " before a heading; `None` where there is no such number or no text after it.
pub fn read_heading_number(text: &str) -> Vec<HeadingMarker> {
    let mut out = Vec::new();
    if let Some(number) = read_number(text) {
        let (style, value) = match number.parts.as_slice() {
            [value] => (HeadingStyle::Arabic, *value),
            parts => (
                HeadingStyle::Decimal(u8::try_from(parts.len()).unwrap_or(u8::MAX)),
                parts.last().copied().unwrap_or(0),
            ),
        };
        if number.suffix.is_none() && value > 0 {
            out.push(HeadingMarker { style, value, width: number.width });
        }
        return out;
    }
    let Some(end) = text.char_indices().take(9).find(|(_, character)| matches!(character, '.' | ')')).map(|(at, _)| at)
    else {
        return out;
    };
    let (marker, after) = (&text[..end], &text[end + 1..]);
    if after.trim().is_empty() || !after.starts_with(char::is_whitespace) {
        return out;
    }
    let width = text.len() - after.trim_start().len();
    // Cyrillic letters that look like Latin numerals are typed for them.
    let latin: String = marker.chars().map(latin_look_alike).collect();
    if let Some(value) = read_roman(&latin, true) {
        out.push(HeadingMarker { style: HeadingStyle::Roman, value, width });
    }
    let mut letters = latin.chars();
    if let (Some(letter @ 'A'..='Z'), None) = (letters.next(), letters.next()) {
        out.push(HeadingMarker { style: HeadingStyle::Letter, value: letter as u32 - 'A' as u32 + 1, width });
    } else if let (Some(letter), None) = (marker.chars().next(), marker.chars().nth(1))
        && let Some(place) = CYRILLIC.chars().position(|other| letter.to_lowercase().eq([other]))
        && letter.is_uppercase()
    {
        out.push(HeadingMarker { style: HeadingStyle::Letter, value: u32::try_from(place).unwrap_or(0) + 1, width });
    }
    out
}

fn latin_look_alike(character: char) -> char {
    match character {
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'І' => 'I',
        'Х' => 'X',
        'М' => 'M',
        other => other,
    }
}

/// Whether a text is a marker and nothing else: "21.", "140.10.", "(a)", "(iv)", "b)", "•".
pub fn is_bare_marker(text: &str) -> bool {
    let text = text.trim();
    if text.chars().count() > 8 || text.is_empty() {
        return false;
    }
    // With a word after it, it would be read as one. A lone year or number without a closing sign is none.
    let with_text = format!("{text} X");
    let closed = text.ends_with(['.', ')']) && text.chars().any(char::is_alphanumeric);
    let year = text.trim_end_matches('.').parse().is_ok_and(|year: u32| (1900..2100).contains(&year));
    let read = read_number(&with_text).is_some_and(|marker| marker.width == text.len() + 1)
        || read_item(&with_text).is_some_and(|marker| marker.width == text.len() + 1);
    (closed && read && !year) || matches!(text, "•" | "●" | "▪" | "◦")
}

/// Reads a well-formed roman numeral up to 89, which no report's headings pass.
pub fn read_roman(text: &str, upper: bool) -> Option<u32> {
    let well_cased =
        text.chars().all(|letter| if upper { letter.is_ascii_uppercase() } else { letter.is_ascii_lowercase() });
    if text.is_empty() || text.len() > 8 || !well_cased {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (tens, rest) = take_roman(&lower, &["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx"]);
    let (units, rest) = take_roman(rest, &["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]);
    (rest.is_empty() && tens + units > 0).then_some(tens * 10 + units)
}

/// Returns the index of the longest numeral that `text` starts with, and what follows it.
fn take_roman<'a>(text: &'a str, numerals: &[&str]) -> (u32, &'a str) {
    let best = numerals
        .iter()
        .enumerate()
        .filter(|(_, numeral)| text.starts_with(**numeral))
        .max_by_key(|(_, numeral)| numeral.len());
    best.map_or((0, text), |(index, numeral)| (u32::try_from(index).unwrap_or(0), &text[numeral.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_number(text: &str, expected: Option<(&str, &str)>) {
        let found = read_number(text);
        let shown = found.as_ref().map(|marker| (marker.printed(), &text[marker.width..]));
        assert_eq!(shown, expected.map(|(number, rest)| (number.to_owned(), rest)), "{text}");
    }

    #[test]
    fn numbers() {
        check_number("21. The Committee", Some(("21", "The Committee")));
        check_number("140.10 Ratify", Some(("140.10", "Ratify")));
        check_number("140.10. Ratify", Some(("140.10", "Ratify")));
        check_number("12 bis. The", Some(("12 bis", "The")));
        check_number("12A. The", Some(("12A", "The")));
        check_number("12¹. Комитет", Some(("12.1", "Комитет")));
        check_number("5.The Committee", Some(("5", "The Committee")));
        check_number("§ 12 The Court", Some(("12", "The Court")));
        for none in [
            "15 to marry",
            "12¹. The",
            "2014.",
            "138",
            "5.3, 8.7 and 16.2",
            "15–19 married",
            "12345. Sum",
            "a. b",
            "3; 5; 6",
            "",
        ] {
            check_number(none, None);
        }
    }

    #[track_caller]
    fn check_item(text: &str, expected: &[(ItemStyle, u32)]) {
        assert_eq!(read_item(text).map(|item| item.readings).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn items() {
        check_item("(c) Despite", &[(ItemStyle::LatinLower, 3)]);
        check_item("(i) Despite", &[(ItemStyle::LatinLower, 9), (ItemStyle::RomanLower, 1)]);
        check_item("iv) Despite", &[(ItemStyle::RomanLower, 4)]);
        check_item("(aa) Despite", &[(ItemStyle::LatinLower, 27)]);
        check_item("в) обеспечить", &[(ItemStyle::CyrillicLower, 3)]);
        check_item("(2) Despite", &[(ItemStyle::Arabic, 2)]);
        check_item("12) обеспечить", &[(ItemStyle::Arabic, 12)]);
        check_item("12¹) обеспечить", &[(ItemStyle::Arabic, 12)]);
        check_item("в²) обеспечить", &[(ItemStyle::CyrillicLower, 3)]);
        for none in ["(art. 9) the", "(c)", "(2005) criminalizes", "() x", "a) ", "2004) and", "1¹) and", "a¹) and"] {
            check_item(none, &[]);
        }
    }

    #[track_caller]
    fn check_heading(text: &str, expected: &[(HeadingStyle, u32)]) {
        let found: Vec<(HeadingStyle, u32)> =
            read_heading_number(text).iter().map(|marker| (marker.style, marker.value)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn headings() {
        check_heading("IX. Ratification", &[(HeadingStyle::Roman, 9)]);
        check_heading("I. Introduction", &[(HeadingStyle::Roman, 1), (HeadingStyle::Letter, 9)]);
        check_heading("B. Context", &[(HeadingStyle::Letter, 2)]);
        check_heading("Б. Контекст", &[(HeadingStyle::Letter, 2)]);
        check_heading("3. Care, recovery", &[(HeadingStyle::Arabic, 3)]);
        check_heading("1.2 Method", &[(HeadingStyle::Decimal(2), 2)]);
        for none in ["Introduction", "U.S. policy", "IIII. Wrong", "X.", "e.g. this"] {
            check_heading(none, &[]);
        }
    }

    #[test]
    fn bare_markers() {
        for text in ["21.", "140.10.", "(a)", "(iv)", "b)", "•", "7)"] {
            assert!(is_bare_marker(text), "{text}");
        }
        for text in ["2014", "2014.", "21", "etc.", "A/72/1", "", "No.", "12345.", "–"] {
            assert!(!is_bare_marker(text), "{text}");
        }
    }

    #[test]
    fn roman_numerals() {
        for (text, value) in [("i", 1), ("iv", 4), ("ix", 9), ("xiv", 14), ("xl", 40), ("lxxxix", 89)] {
            assert_eq!(read_roman(text, false), Some(value), "{text}");
        }
        for none in ["", "iiii", "vx", "ic", "IV", "abc"] {
            assert_eq!(read_roman(none, false), None, "{none}");
        }
    }
}
