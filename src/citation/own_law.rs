//! The law that a document is the text of: what "this Act" means in it.
//!
//! Invariant: a document is taken for a law only where its title, or a line of its head, is the name of one and no more.

use super::context::Law;
use super::find::domestic::number::{numbered, read_law_number};
use super::find::words::{is_month, skip_number_sign};
use super::find::{Found, Mention, Mode, Target, find};
use super::registry::Registry;
use super::token::Text;
use crate::document::{Document, DocumentKind, Paragraph, ParagraphKind};

/// Units of the head, and of the foot, where a law has its name and its number.
const HEAD: usize = 8;
const FOOT: usize = 8;
/// Characters of a line that is the name of a law, at most.
const LONGEST_NAME: usize = 250;

/// Returns the law that a document is; the inner option is empty where its name cannot be told.
pub(super) fn of(document: &Document) -> Option<Option<Law>> {
    let metadata = &document.metadata;
    if metadata.symbol.is_some() || !matches!(metadata.kind, None | Some(DocumentKind::Law)) {
        return None;
    }
    let head = || document.paragraphs.iter().take(HEAD).map(|unit| unit.text.as_str());
    let mut names = metadata.title.as_deref().into_iter().chain(head());
    let name = names.find(|line| may_be_name(line) && line.chars().count() <= LONGEST_NAME && is_name(line));
    if name.is_none() && metadata.kind != Some(DocumentKind::Law) {
        return None;
    }
    let title = name.and_then(law_of_title);
    let has_common_name = title.as_ref().is_some_and(|law| Registry::get().has_law(&law.name));
    if has_common_name {
        return Some(title);
    }
    let signed = signature(&document.paragraphs).map(|name| Law { name, country: None });
    Some(signed.or(title))
}

/// Whether a line begins or ends as names of laws do: most lines do not, and need no reading.
fn may_be_name(line: &str) -> bool {
    const NOUNS: [&str; 8] = ["law", "act", "code", "decree", "ordinance", "order", "закон", "кодекс"];
    const AT_THE_START: usize = 4;
    const AT_THE_END: usize = 3;
    let is_noun = |word: &str| {
        let word = word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
        NOUNS.contains(&word.as_str())
    };
    line.split_whitespace().take(AT_THE_START).any(is_noun)
        || line.split_whitespace().rev().take(AT_THE_END).any(is_noun)
}

/// Whether a line is the name of a law: «ФЕДЕРАЛЬНЫЙ ЗАКОН О персональных данных», "Child Protection Act 2005".
fn is_name(line: &str) -> bool {
    let text = Text::new(line);
    let first = text.norm(0);
    let russian = match first {
        "закон" | "кодекс" => true,
        "федеральный" | "областной" | "конституционный" => {
            (1..3).any(|at| text.norm(at) == "закон")
        }
        _ => text.is_capital(0) && (1..4).any(|at| text.norm(at) == "кодекс") && first.ends_with("ый"),
    };
    // A sentence about a law has a verb after its name; a title has nothing.
    russian && !line.trim_end().ends_with('.') || law_of_whole(&text).is_some()
}

/// The law whose name an English line is from end to end.
fn law_of_whole(text: &Text<'_>) -> Option<Law> {
    let from = usize::from(text.norm(0) == "the");
    let (law, first, end) = first_law(text)?;
    (first <= from && end >= text.len() && text.raw(first).is_ascii()).then_some(law)
}

fn law_of_title(line: &str) -> Option<Law> {
    const MOST_ADJECTIVES: usize = 3;
    let text = Text::new(line);
    first_law(&text).filter(|(_, from, _)| *from <= MOST_ADJECTIVES).map(|(law, ..)| law)
}

fn first_law(text: &Text<'_>) -> Option<(Law, usize, usize)> {
    find(text, Mode::Document).into_iter().find_map(|found| match found {
        Found::Mention(Mention { from, to, target: Target::Law { name, country, .. } }) => {
            Some((Law { name, country }, from, to))
        }
        _ => None,
    })
}

/// The number under which a law was signed: a line of date and number at its foot, «27 июля 2006 года № 152-ФЗ».
fn signature(paragraphs: &[Paragraph]) -> Option<String> {
    let text_units = paragraphs.iter().rev().filter(|unit| unit.kind != ParagraphKind::Footnote);
    text_units.take(FOOT).find_map(|unit| number_of_signature(&unit.text))
}

/// Reads the number at the end of a unit, after the day of signature: a law that is cited has «от» before its day.
fn number_of_signature(unit: &str) -> Option<String> {
    /// Tokens of «27 июля 2006 года № 152-ФЗ» and no more.
    const LONGEST: usize = 12;
    const LONGEST_TAIL: usize = 120;
    let tail = unit.char_indices().rev().nth(LONGEST_TAIL).map_or(0, |(at, _)| at);
    let text = Text::new(unit.get(tail..)?);
    let from = text.len().saturating_sub(LONGEST);
    let sign = (from..text.len()).rev().find(|at| text.is_mark(*at, '№') || matches!(text.raw(*at), "N" | "No"))?;
    let number_at = skip_number_sign(&text, sign);
    let (number, end) = text.is_number(number_at).then(|| read_law_number(&text, number_at))?;
    let year = (sign.saturating_sub(3)..sign).rev().find(|at| text.is_year(*at));
    let day = year.and_then(|year| year.checked_sub(2)).filter(|day| text.is_number(*day) && is_month(&text, day + 1));
    let is_signed = match day {
        Some(day) => day.checked_sub(1).is_none_or(|before| text.norm(before) != "от"),
        None => sign == 0 && tail == 0,
    };
    let is_federal = number.ends_with("FZ") || number.ends_with("FKZ");
    (end == text.len() && is_federal && is_signed).then(|| numbered("закон", &number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_laws_are_whole_lines() {
        for (line, expected) in [
            ("ФЕДЕРАЛЬНЫЙ ЗАКОН О маяках", true),
            ("Федеральный закон О внесении изменений в Федеральный закон «О маяках»", true),
            ("Уголовный кодекс Утопии", true),
            ("Закон г. Москвы от 1 июля 2007 г. N 45 \"О маяках\"", true),
            ("Lighthouses Act 2005", true),
            ("The Lighthouses Act", true),
            ("The Lighthouses Act was adopted in 2005", false),
            ("Закон о маяках принят в 2005 году.", false),
            ("Report on the Lighthouses Act", false),
        ] {
            assert_eq!(may_be_name(line) && is_name(line), expected, "{line}");
        }
    }

    #[test]
    fn a_signature_is_a_line_of_its_own() {
        for (line, expected) in [
            ("27 июля 2006 года N 152-ФЗ", Some("Law No. 152-FZ")),
            ("Москва, Кремль 27 июля 2006 года № 152-ФЗ", Some("Law No. 152-FZ")),
            ("В редакции Федерального закона от 25.07.2011 г. N 261-ФЗ", None),
            ("Президент Утопии И. Иванов 27 июля 2006 года N 152-ФЗ", Some("Law No. 152-FZ")),
            ("Закон от 25 июля 2011 года № 261-ФЗ", None),
            ("№ 9-ФЗ", Some("Law No. 9-FZ")),
            ("Приложение № 1", None),
        ] {
            assert_eq!(number_of_signature(line).as_deref(), expected, "{line}");
        }
    }
}
