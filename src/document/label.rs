//! Printed paragraph numbers: how they are read, written and ordered.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A printed paragraph number with its sub-items: "21 (c)", "140.10", "12 bis", "30 (a) (ii)".
///
/// Printed as the document prints it; ordered as a reader counts ("140.2" before "140.10", "9" before "10").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// The number without a closing full stop ("21", "140.10", "12 bis"); empty for an item that hangs on no number.
    pub number: String,
    /// Printed sub-items without brackets, outermost first (`["a", "ii"]`).
    pub items: Vec<String>,
}

impl Label {
    /// Returns a label without sub-items.
    pub fn number(number: impl Into<String>) -> Label {
        Label { number: number.into(), items: Vec::new() }
    }

    /// Returns this label with one more sub-item.
    pub fn with_item(&self, item: impl Into<String>) -> Label {
        let mut label = self.clone();
        label.items.push(item.into());
        label
    }

    /// Reads a label in the form that `Display` writes, spaces being optional: "21", "21 (c)", "21(c)(ii)", "(a)", "OP1-3".
    /// Returns `None` where there is neither a digit nor a bracket, other signs stand in the number, or a bracket is not
    /// closed.
    pub fn parse(text: &str) -> Option<Label> {
        let text = text.trim();
        let number_end = text.find('(').unwrap_or(text.len());
        let number_sign = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '-' | ' ');
        let numbered = text[..number_end].is_empty() || text[..number_end].contains(|sign: char| sign.is_ascii_digit());
        if !numbered || !text[..number_end].chars().all(number_sign) {
            return None;
        }
        let (number, mut rest) = text.split_once('(').map_or((text, ""), |(number, rest)| (number, rest));
        let mut items = Vec::new();
        while !rest.is_empty() {
            let (item, after) = rest.split_once(')')?;
            items.push(item.trim().to_owned());
            let after = after.trim_start();
            rest = match after.strip_prefix('(') {
                Some(next) => next,
                None if after.is_empty() => "",
                None => return None,
            };
        }
        let number = number.trim().trim_end_matches('.').to_owned();
        let said = !number.is_empty() || !items.is_empty();
        (said && items.iter().all(|item| !item.is_empty())).then_some(Label { number, items })
    }

    /// Returns the parts by which labels are ordered and ranges are taken: numbers first, then words ("bis"), then items.
    fn sort_key(&self) -> (Vec<u64>, String, Vec<String>) {
        let mut digits = Vec::new();
        let mut suffix = String::new();
        for part in self.number.split(['.', ' ']) {
            match part.parse() {
                Ok(value) => digits.push(value),
                Err(_) => suffix.push_str(part),
            }
        }
        (digits, suffix, self.items.clone())
    }
}

/// Digits as they are raised, by their value.
const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Returns the digit that is raised ("¹").
pub fn plain_digit(raised: char) -> Option<char> {
    let value = RAISED.iter().position(|digit| *digit == raised)?;
    char::from_digit(u32::try_from(value).ok()?, 10)
}

/// Returns a digit raised.
pub fn raised_digit(digit: char) -> Option<char> {
    RAISED.get(usize::try_from(digit.to_digit(10)?).ok()?).copied()
}

/// Writes the number of what was put in later as the courts print it: "16.1" for "16¹".
pub fn with_points(number: &str) -> String {
    let mut out = String::with_capacity(number.len());
    let mut before = None;
    for sign in number.chars() {
        let digit = plain_digit(sign);
        if digit.is_some() && before.is_some_and(|before: char| plain_digit(before).is_none()) {
            out.push('.');
        }
        out.push(digit.unwrap_or(sign));
        before = Some(sign);
    }
    out
}

impl fmt::Display for Label {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.number)?;
        for (place, item) in self.items.iter().enumerate() {
            let space = if place == 0 && self.number.is_empty() { "" } else { " " };
            write!(out, "{space}({item})")?;
        }
        Ok(())
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Label) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Label) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Label {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Label, D::Error> {
        let text = String::deserialize(deserializer)?;
        Label::parse(&text).ok_or_else(|| serde::de::Error::custom("not a paragraph label"))
    }
}

/// Whether a printed number is a decimal one of another: "140.2" of "140", not of "14". Recommendations are so numbered.
pub fn is_decimal_below(number: &str, above: &str) -> bool {
    let below = number.strip_prefix(above).and_then(|rest| rest.strip_prefix('.'));
    below.is_some_and(|below| below.starts_with(|sign: char| sign.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_digits_stand_behind_a_point() {
        for (printed, expected) in [("16¹", "16.1"), ("19.3¹²", "19.3.12"), ("а¹", "а.1"), ("16", "16"), ("¹", "1")]
        {
            assert_eq!(with_points(printed), expected, "{printed}");
        }
        assert_eq!(('0'..='9').filter_map(raised_digit).filter_map(plain_digit).collect::<String>(), "0123456789");
    }

    #[test]
    fn labels_are_read_and_written() {
        for (text, written) in [
            ("21", "21"),
            ("21(c)", "21 (c)"),
            ("30 (a)(ii)", "30 (a) (ii)"),
            ("140.10", "140.10"),
            ("12 bis", "12 bis"),
            ("(a)", "(a)"),
        ] {
            assert_eq!(Label::parse(text).map(|label| label.to_string()).as_deref(), Some(written), "{text}");
        }
        for none in ["", "c", "21 (c", "21 () x", "21 (c) x", "A/72/1"] {
            assert_eq!(Label::parse(none), None, "{none}");
        }
    }

    #[test]
    fn labels_are_ordered_as_a_reader_counts() {
        let mut labels: Vec<Label> = ["140.10", "21 (c)", "140.2", "9", "21", "12 bis", "12", "140"]
            .iter()
            .filter_map(|text| Label::parse(text))
            .collect();
        labels.sort();
        let written: Vec<String> = labels.iter().map(Label::to_string).collect();
        assert_eq!(written, ["9", "12", "12 bis", "21", "21 (c)", "140", "140.2", "140.10"]);
    }
}
