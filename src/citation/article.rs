//! Headings that announce an article: "Article 19", «Статья 18-1. Меры».

use super::find::pins::read_single;
use super::find::words::{Unit, roman};
use super::token::{Kind, Text};
use crate::document::{plain_digit, with_points};

/// An article that a text announces with its first words.
pub(super) struct Announced<'t> {
    pub unit: Unit,
    /// The number as keys have it ("19" for "XIX").
    pub number: String,
    /// The number as it stands.
    pub printed: &'t str,
    /// The token after it.
    pub end: usize,
}

pub(super) fn announced<'t>(text: &Text<'t>) -> Option<Announced<'t>> {
    let (unit, number, from, end) =
        read_single(text, 0).filter(|(unit, ..)| matches!(unit, Unit::Article | Unit::Rule))?;
    let printed = text.source.get(text.bytes(from, end))?;
    Some(Announced { unit, number, printed, end })
}

/// Reads a heading that announces an article and no part of one, and no article of something else.
pub(super) fn of_heading<'t>(text: &Text<'t>) -> Option<Announced<'t>> {
    let article = announced(text)?;
    let after = article.end;
    let ends = match text.kind(after) {
        None => true,
        Some(Kind::Mark('(' | '-' | '–' | '—' | ',' | ';')) => !text.is_number(after + 1),
        Some(Kind::Mark(_)) => true,
        Some(Kind::Word) => text.is_capital(after),
        Some(Kind::Number) => false,
    };
    ends.then_some(article)
}

/// Returns the number of a heading "Article 12 bis", «Статья 7. Название» or «Статья 18-1», as printed.
pub fn article_of_heading(heading: &str) -> Option<&str> {
    of_heading(&Text::new(heading)).filter(|article| article.unit == Unit::Article).map(|article| article.printed)
}

/// Returns the number of the article with which a text begins ("art. 13 (2)"), as typed.
pub fn article_at_start(text: &str) -> Option<&str> {
    announced(&Text::new(text)).filter(|article| article.unit == Unit::Article).map(|article| article.printed)
}

/// Whether two numbers are of one article: "18.1" and "18-1" are two ways to print one that came later, "XIX" is "19".
pub fn is_same_article(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// Returns the place of an article among those that were there from the beginning: 18 for "18", "18-1" and "XVIII".
pub fn article_value(number: &str) -> Option<u32> {
    let digits = number.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(number.len());
    number.get(..digits)?.parse().ok().or_else(|| roman(number))
}

/// Returns the number of an article of a treaty: these put in no articles later, what is raised is the mark of a note.
pub(super) fn without_mark(number: &str) -> String {
    number.chars().take_while(|sign| plain_digit(*sign).is_none()).collect()
}

fn folded(number: &str) -> String {
    if let Some(value) = roman(number) {
        return value.to_string();
    }
    with_points(number).to_lowercase().replace(['.', '‑', '–', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_article_headings() {
        for (heading, expected) in [
            ("Article 12 bis", Some("12 bis")),
            ("Article 19", Some("19")),
            ("Article XIX", Some("XIX")),
            ("Статья 7. Название", Some("7")),
            ("Статья 18-1. Название", Some("18-1")),
            ("Статья 8.25. Название", Some("8.25")),
            ("Статья 16¹. Название", Some("16¹")),
            ("Article 16¹ Title", Some("16")),
            ("Статья 8.6.1. Название", Some("8.6.1")),
            ("ст. 22\u{2011}1", Some("22\u{2011}1")),
            ("Article 5 - Scope", Some("5")),
            ("Article 5 (Scope)", Some("5")),
            ("Article 5-", Some("5")),
            ("Статья 5–7", None),
            ("Articles 5 and 6", None),
            ("Article 9 (2)", None),
            ("Article 7 of the Convention", None),
            ("Article", None),
            ("Article one", None),
            ("Introduction", None),
        ] {
            assert_eq!(article_of_heading(heading), expected, "{heading}");
        }
        assert_eq!(article_at_start("art 13(2)(a)"), Some("13"));
    }

    #[test]
    fn an_article_that_came_later_has_a_point_or_a_hyphen() {
        for (one, other, same) in [
            ("18.1", "18-1", true),
            ("22\u{2011}1", "22-1", true),
            ("18¹", "18.1", true),
            ("XIX", "19", true),
            ("18", "18-1", false),
        ] {
            assert_eq!(is_same_article(one, other), same, "{one} {other}");
        }
        for (number, value) in
            [("18", Some(18)), ("18-1", Some(18)), ("XIX", Some(19)), ("12 bis", Some(12)), ("", None)]
        {
            assert_eq!(article_value(number), value, "{number}");
        }
    }
}
