//! Numbers of list items as a browser prints them.

/// A list that is open around the text.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// The kind of its numbers ('1', 'a', 'A', 'i', 'I'), or `None` for bullets.
    pub numbers: Option<char>,
    pub next: i64,
    pub step: i64,
    /// It holds footnotes: numbers are marks.
    pub notes: bool,
}

impl List {
    /// Returns the number of the next item as printed ("21", "b", "iv") and counts on. `value` is the item's own number.
    pub fn number(&mut self, value: Option<i64>) -> Option<String> {
        let kind = self.numbers?;
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        Some(print(number, kind))
    }
}

/// Prints a number as "21", "b", "B", "iv" or "IV".
pub(in crate::extractor) fn print(number: i64, kind: char) -> String {
    match kind {
        'a' => letters(number).to_lowercase(),
        'A' => letters(number),
        'i' => roman(number).to_lowercase(),
        'I' => roman(number),
        _ => number.to_string(),
    }
}

/// "A".."Z", "AA", "AB" and so on; figures where there is no such letter.
fn letters(number: i64) -> String {
    let Ok(mut left) = u32::try_from(number) else { return number.to_string() };
    if left == 0 {
        return number.to_string();
    }
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// Roman numerals from 1 to 3999; figures elsewhere.
fn roman(number: i64) -> String {
    const NUMERALS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while left >= value {
            text.push_str(numeral);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_in_each_kind() {
        for (number, kind, expected) in [
            (21, '1', "21"),
            (2, 'a', "b"),
            (27, 'a', "aa"),
            (4, 'i', "iv"),
            (19, 'I', "XIX"),
            (0, 'a', "0"),
            (-1, 'I', "-1"),
        ] {
            assert_eq!(print(number, kind), expected);
        }
    }
}
