//! Dates as documents print them, in English and Russian, to ISO 8601.

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    /// "2015-06-05", or "2015-06" where no day is printed.
    pub iso: String,
    /// Byte offset of its end.
    pub end: usize,
    /// It is an end of a range ("18 May – 5 June 2015"), as sessions have.
    pub in_range: bool,
}

const MONTHS: [[&str; 3]; 12] = [
    ["january", "январь", "января"],
    ["february", "февраль", "февраля"],
    ["march", "март", "марта"],
    ["april", "апрель", "апреля"],
    ["may", "май", "мая"],
    ["june", "июнь", "июня"],
    ["july", "июль", "июля"],
    ["august", "август", "августа"],
    ["september", "сентябрь", "сентября"],
    ["october", "октябрь", "октября"],
    ["november", "ноябрь", "ноября"],
    ["december", "декабрь", "декабря"],
];

/// Returns the dates of a text in order: "5 June 2015", "27TH MAY 2015", "June 5, 2015", "June 2015", «22 марта 2019 года».
pub fn find(text: &str) -> Vec<FoundDate> {
    let words: Vec<(usize, &str)> = words(text);
    let mut out = Vec::new();
    for (index, (_, word)) in words.iter().enumerate() {
        let Some(month) = month_of(word) else { continue };
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let day = before.and_then(|(_, word)| day_of(word));
        let (day, year_at) = match (day, words.get(index + 1).and_then(|(_, word)| day_of(word))) {
            (None, Some(day)) if words.get(index + 2).is_some_and(|(_, word)| year_of(word).is_some()) => {
                (Some(day), index + 2)
            }
            (day, _) => (day, index + 1),
        };
        let Some((at, year)) = words.get(year_at).and_then(|(at, word)| Some((*at, year_of(word)?))) else { continue };
        let iso = match day {
            Some(day) => format!("{year:04}-{month:02}-{day:02}"),
            None => format!("{year:04}-{month:02}"),
        };
        let start = before.filter(|_| day.is_some()).map_or(words[index].0, |(at, _)| *at);
        let in_range = text[..start].trim_end().ends_with(['–', '-', '—']) || ends_in_to(&text[..start]);
        out.push(FoundDate { iso, end: at + 4, in_range });
    }
    out
}

/// Words of letters and digits with their byte offsets.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect()
}

fn month_of(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    MONTHS.iter().position(|names| names.contains(&lower.as_str())).map(|place| place + 1)
}

/// "5", "27th", "1st" from 1 to 31.
fn day_of(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    let suffix = word[digits.len()..].to_ascii_lowercase();
    let is_day = matches!(suffix.as_str(), "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2;
    is_day.then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

fn year_of(word: &str) -> Option<u32> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1900..2100).contains(year))
}

fn ends_in_to(text: &str) -> bool {
    let text = text.trim_end();
    [" to", " по", " и", " and"].iter().any(|word| text.ends_with(word))
        && text.chars().rev().skip(3).take(12).any(|sign| sign.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, bool)]) {
        let found: Vec<(String, bool)> = find(text).into_iter().map(|date| (date.iso, date.in_range)).collect();
        let expected: Vec<(String, bool)> = expected.iter().map(|(iso, range)| ((*iso).to_owned(), *range)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn printed_dates() {
        check("held on 5 June 2015, the", &[("2015-06-05", false)]);
        check("69TH SESSION 27TH MAY 2015", &[("2015-05-27", false)]);
        check("December 27, 2009", &[("2009-12-27", false)]);
        check("in March 2017.", &[("2017-03", false)]);
        check("25 февраля – 22 марта 2019 года", &[("2019-03-22", true)]);
        check("(18 May – 5 June 2015)", &[("2015-06-05", true)]);
        check("from 6 to 17 May 2013", &[("2013-05-17", true)]);
        check("Distr.: General 24 March 2025", &[("2025-03-24", false)]);
    }

    #[test]
    fn no_dates() {
        for text in ["may 12 people", "in 2015", "the March of Millions", "32 May 20150"] {
            check(text, &[]);
        }
    }
}
