//! The values that options take: names to choose from, and how numbers, years and languages are read.

use std::ops::RangeInclusive;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use crate::citation::style::CitationStyle;
use crate::document::{DocumentKind, Language, ParagraphKind};

/// The programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ProgramName {
    #[default]
    Pincite,
    PinciteIndex,
}

/// Form of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum OutputFormat {
    /// For people
    #[default]
    Text,
    /// One object
    Json,
    /// One object a line
    Jsonl,
    /// A table for spreadsheets
    Csv,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

/// Names of the citation styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum StyleName {
    /// United Nations
    #[default]
    Un,
    Oscola,
    Bluebook,
    /// Russian practice
    Ru,
}

impl From<StyleName> for CitationStyle {
    fn from(name: StyleName) -> CitationStyle {
        match name {
            StyleName::Un => CitationStyle::Un,
            StyleName::Oscola => CitationStyle::Oscola,
            StyleName::Bluebook => CitationStyle::Bluebook,
            StyleName::Ru => CitationStyle::Ru,
        }
    }
}

/// Returns the names of kinds, of documents and of paragraphs.
pub fn kind_names() -> impl Iterator<Item = &'static str> {
    DocumentKind::ALL.iter().map(|(_, name)| *name).chain(ParagraphKind::ALL.iter().map(|(_, name)| *name))
}

pub(super) fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(kind_names().collect::<Vec<_>>())
}

fn parse_between(text: &str, range: RangeInclusive<usize>) -> Result<usize, String> {
    let (low, high) = (range.start(), range.end());
    text.parse()
        .ok()
        .filter(|number| range.contains(number))
        .ok_or_else(|| format!("not a number from {low} to {high} (write for example {})", low.max(&10)))
}

pub(super) fn parse_limit(text: &str) -> Result<usize, String> {
    parse_between(text, 1..=100_000)
}

pub(super) fn parse_offset(text: &str) -> Result<usize, String> {
    parse_between(text, 0..=1_000_000)
}

pub(super) fn parse_context(text: &str) -> Result<usize, String> {
    parse_between(text, 0..=100)
}

pub(super) fn parse_language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| "not a language code (write en or ru)".to_owned())
}

pub(super) fn parse_years(text: &str) -> Result<RangeInclusive<u16>, String> {
    let wrong = || "not a year or years (write 2015, 2015..2019, 2015.. or ..2019)".to_owned();
    let year = |text: &str, open: u16| match text.trim() {
        "" => Ok(open),
        text if text.len() == 4 => text.parse().map_err(|_| wrong()),
        _ => Err(wrong()),
    };
    let (first, last) = match text.split_once("..") {
        Some((first, last)) if !(first.trim().is_empty() && last.trim().is_empty()) => {
            (year(first, 0)?, year(last, u16::MAX)?)
        }
        None if !text.trim().is_empty() => (year(text, 0)?, year(text, 0)?),
        _ => return Err(wrong()),
    };
    if first > last { Err(format!("the years run backwards (write {last}..{first})")) } else { Ok(first..=last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years() {
        for (text, expected) in [
            ("2015", Some(2015..=2015)),
            ("2015..2019", Some(2015..=2019)),
            ("2015..", Some(2015..=u16::MAX)),
            ("..2019", Some(0..=2019)),
            ("2019..2015", None),
            ("..", None),
            ("", None),
            ("15", None),
            ("2015-2019", None),
            ("２０１５", None),
        ] {
            assert_eq!(parse_years(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn limits() {
        assert_eq!(parse_limit("25"), Ok(25));
        for text in ["0", "-1", "ten", "1000000000000000000000"] {
            assert!(parse_limit(text).is_err_and(|error| error.contains("1 to 100000")), "{text}");
        }
        assert_eq!(parse_offset("0"), Ok(0));
    }
}
