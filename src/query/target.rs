//! What `show` is asked for: a document, and which of its paragraphs.
//!
//! Invariant: reading a target never looks at an index; finding the document by the words is the caller's part,
//! [`Target::select`] then picks the paragraphs among its units.

mod articles;
mod read;
mod select;

use std::fmt;

use thiserror::Error;

use crate::citation::article_at_start;
use crate::document::Label;
use read::{
    Marker, document_after, find_marker, pages, places_below, read_labels, split_section, split_word, tidy,
    without_joiner,
};
pub use select::with_sub_items;

/// One address inside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A paragraph with its sub-items ("21" is the lead-in and everything below it, "21 (c)" only that; "140" holds the
    /// recommendations "140.1" and on).
    Label(Label),
    /// Everything from the first label to the second, both included.
    Range(Label, Label),
    /// A footnote by its mark.
    Footnote(String),
    /// What begins on these printed pages, both included.
    Pages(u32, u32),
    /// A unit by its position in the document, for what has no printed number ("#12").
    Ordinal(u32),
    /// An article, or the paragraph of it with this label.
    Article(String, Option<Label>),
    /// Everything from the first article to the second, both included.
    Articles(u32, u32),
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Label(label) => write!(out, "para. {label}"),
            Place::Range(first, last) => write!(out, "paras. {first}–{last}"),
            Place::Footnote(mark) => write!(out, "footnote {mark}"),
            Place::Pages(first, last) if first == last => write!(out, "page {first}"),
            Place::Pages(first, last) => write!(out, "pages {first}–{last}"),
            Place::Ordinal(ordinal) => write!(out, "#{ordinal}"),
            Place::Article(number, None) => write!(out, "art. {number}"),
            Place::Article(number, Some(label)) => write!(out, "art. {number}, para. {label}"),
            Place::Articles(first, last) => write!(out, "arts. {first}–{last}"),
        }
    }
}

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The words that name the document: id, symbol, title, or a pasted citation that holds the symbol.
    pub document: String,
    /// The article of a treaty or a law below whose heading the places are.
    pub article: Option<String>,
    /// The beginning of the heading below which the places are, or words of it.
    pub section: Option<String>,
    /// Empty for the whole document.
    pub places: Vec<Place>,
    /// The place is worded in Russian («п. 21»): of two versions of a document the Russian one is meant.
    pub russian: bool,
    /// No word says what the numbers of the places count: paragraphs, or the articles of a law.
    pub bare: bool,
}

/// Why a target cannot be read. Each message says how to write it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TargetError {
    #[error("no document named (write its symbol or id first: \"CRC/C/OPSC/LAO/CO/1 para 21 (c)\")")]
    NoDocument,
    #[error("cannot read \"{0}\" as paragraphs (write \"para 21 (c)\", \"paras. 21-23\" or \"footnote 4\")")]
    Unreadable(String),
}

impl Target {
    /// Reads a target: the document's name, then where there are any the paragraphs, in English or Russian; they may be
    /// announced more than once ("para 13, para 15 and footnote 2").
    pub fn parse(text: &str) -> Result<Target, TargetError> {
        let mut target = Target::parse_last(text)?;
        let mut places = vec![std::mem::take(&mut target.places)];
        while places.last().is_some_and(|last| !last.is_empty())
            && let Ok(mut before) = Target::parse_last(without_joiner(&target.document))
            && !before.places.is_empty()
        {
            places.push(std::mem::take(&mut before.places));
            target = Target { russian: target.russian || before.russian, ..before };
        }
        target.places = places.into_iter().rev().flatten().collect();
        Ok(target)
    }

    /// Reads a target with the last of its announced paragraphs.
    fn parse_last(text: &str) -> Result<Target, TargetError> {
        let text = text.trim();
        let Some(found) = find_marker(text) else {
            return Target::of_document(text, Vec::new(), false);
        };
        let unreadable = || TargetError::Unreadable(found.all.to_owned());
        let (places, rest) = match found.marker {
            Marker::Paragraph => read_labels(found.after).ok_or_else(unreadable)?,
            Marker::Page => {
                let (labels, rest) = read_labels(found.after).ok_or_else(unreadable)?;
                (pages(labels).ok_or_else(unreadable)?, rest)
            }
            Marker::Footnote => {
                let (mark, rest) = split_word(found.after);
                (vec![Place::Footnote(mark.trim_end_matches(['.', ',']).to_owned())], rest)
            }
            Marker::Unit => {
                let (number, rest) = split_word(found.after);
                (vec![Place::Ordinal(number.parse().map_err(|_| unreadable())?)], rest)
            }
        };
        match document_after(rest) {
            Some("") => Target::of_document(found.before, places, found.russian),
            Some(document) if tidy(found.before).is_empty() => Target::of_document(document, places, found.russian),
            _ => Err(unreadable()),
        }
    }

    /// Reads a target whose last words are a bare label ("CRC/C/OPSC/LAO/CO/1 21 (c)"). It is asked only when the
    /// whole text names no document, since ids and titles end in numbers too.
    pub fn parse_bare(text: &str) -> Option<Target> {
        let text = text.trim();
        text.char_indices()
            .filter(|(at, c)| c.is_ascii_digit() && text[..*at].ends_with([' ', ',', '\u{a0}']))
            .find_map(|(at, _)| {
                let (places, rest) = read_labels(&text[at..])?;
                let target = tidy(rest).is_empty().then(|| Target::of_document(&text[..at], places, false).ok())??;
                Some(Target { bare: true, ..target })
            })
    }

    /// Returns the target with an article split from the end of the document's name ("CRC, art. 13"), `None` where there is
    /// none. It is asked only when the whole name is that of no document: titles may end so too.
    pub fn with_article(&self) -> Option<Target> {
        let name = &self.document;
        let (start, article, places) = name.char_indices().rev().find_map(|(at, _)| {
            let (before, text) = name.split_at(at);
            let number = article_at_start(text).filter(|_| before.ends_with([' ', ',']))?;
            let below = &text[text.find(number)? + number.len()..];
            Some((at, number, places_below(below)?))
        })?;
        let document = tidy(&name[..start]).to_owned();
        let both = !places.is_empty() && !self.places.is_empty();
        let places = if places.is_empty() { self.places.clone() } else { places };
        let article = Some(article.to_owned());
        (!document.is_empty() && !both).then(|| Target { document, article, places, ..self.clone() })
    }

    /// Returns the target with a section split from the end of the document's name ("A/HRC/24/13, section II"). It is
    /// asked only when the whole name is that of no document.
    pub fn with_section(&self) -> Option<Target> {
        let (document, section) = split_section(&self.document)?;
        Some(Target { document: document.to_owned(), section: Some(section.to_owned()), ..self.clone() })
    }

    fn of_document(words: &str, places: Vec<Place>, russian: bool) -> Result<Target, TargetError> {
        let document = tidy(words).to_owned();
        if document.is_empty() {
            return Err(TargetError::NoDocument);
        }
        Ok(Target { document, article: None, section: None, places, russian, bare: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a target the way the tables below do: `document | places`.
    fn written(target: &Target) -> String {
        let places: Vec<String> = target
            .places
            .iter()
            .map(|place| match place {
                Place::Label(label) => label.to_string(),
                Place::Range(first, last) => format!("{first} - {last}"),
                Place::Footnote(mark) => format!("note {mark}"),
                Place::Ordinal(ordinal) => format!("#{ordinal}"),
                Place::Pages(first, last) => format!("p{first}-{last}"),
                Place::Article(..) | Place::Articles(..) => place.to_string(),
            })
            .collect();
        let language = if target.russian { " ru" } else { "" };
        format!("{} | {}{language}", target.document, places.join(", "))
    }

    fn check(text: &str, expected: &str) {
        let got = Target::parse(text).map_or_else(|error| format!("error: {error}"), |target| written(&target));
        assert!(got.starts_with(expected), "{text}\n  expected {expected}\n  got      {got}");
        assert!(got.starts_with("error") || got == expected, "{text}\n  expected {expected}\n  got      {got}");
    }

    #[test]
    fn articles() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let split = Target::parse(text).ok().and_then(|target| target.with_article());
            let split =
                split.as_ref().map(|target| (target.document.as_str(), target.article.as_deref().unwrap_or("")));
            assert_eq!(split, expected, "{text}");
        };
        check("treaties/CRC art. 13", Some(("treaties/CRC", "13")));
        check("treaties/CRC art 13(2)(a)", Some(("treaties/CRC", "13")));
        check("treaties/CRC art 13 (x)", None);
        check("treaties/CRC, article 13 bis, para. 1 (a)", Some(("treaties/CRC", "13 bis")));
        check("КПР ст. 7, п. 1", Some(("КПР", "7")));
        check("Закон, ст. 16¹", Some(("Закон", "16¹")));
        check("Конвенция, статья 7", Some(("Конвенция", "7")));
        check("article 13", None);
        check("treaties/CRC", None);
        check("The start 5", None);
    }

    #[test]
    fn sections() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let split = Target::parse(text).ok().and_then(|target| target.with_section());
            let split =
                split.as_ref().map(|target| (target.document.as_str(), target.section.as_deref().unwrap_or("")));
            assert_eq!(split, expected, "{text}");
        };
        check("A/HRC/24/13 section II", Some(("A/HRC/24/13", "II")));
        check("A/HRC/24/13, section \"Right to health\"", Some(("A/HRC/24/13", "Right to health")));
        check("A/HRC/24/13 annex", Some(("A/HRC/24/13", "annex")));
        check("A/HRC/24/13, Annex II, para. 3", Some(("A/HRC/24/13", "Annex II")));
        check("доклад, раздел «Введение»", Some(("доклад", "Введение")));
        check("section II", None);
        check("A/HRC/24/13 section", None);
        check("the sectional report", None);
        check("A/HRC/24/13", None);
    }

    #[test]
    fn english_forms() {
        check("CRC/C/OPSC/LAO/CO/1 para 21 (c)", "CRC/C/OPSC/LAO/CO/1 | 21 (c)");
        check("CRC/C/OPSC/LAO/CO/1, para. 21(c).", "CRC/C/OPSC/LAO/CO/1 | 21 (c)");
        check("CRC/C/OPSC/LAO/CO/1, para. 30 (a) (ii)", "CRC/C/OPSC/LAO/CO/1 | 30 (a) (ii)");
        check("CRC/C/OPSC/LAO/CO/1 paras. 21-23", "CRC/C/OPSC/LAO/CO/1 | 21 - 23");
        check("CRC/C/OPSC/LAO/CO/1 paras. 23-21", "CRC/C/OPSC/LAO/CO/1 | 21 - 23");
        check("CRC/C/OPSC/LAO/CO/1 paras. 21–23, 25 and 27", "CRC/C/OPSC/LAO/CO/1 | 21 - 23, 25, 27");
        check("A/HRC/40/51/Add.1 PARAGRAPHS 9 to 12", "A/HRC/40/51/Add.1 | 9 - 12");
        check("A/HRC/40/51/Add.1 ¶21", "A/HRC/40/51/Add.1 | 21");
        check("A/HRC/40/51/Add.1¶¶ 21-23", "A/HRC/40/51/Add.1 | 21 - 23");
        check("A/HRC/29/7 para. 140.10", "A/HRC/29/7 | 140.10");
        check("A/HRC/29/7 para. 12 bis (a)", "A/HRC/29/7 | 12 bis (a)");
        check("Закон, п. 2¹", "Закон | 2.1 ru");
        check("Закон, п. 2 (1.1)", "Закон | 2 (1.1) ru");
        check("Закон, п. 2 1¹)", "Закон | 2 (1.1) ru");
        check("CRC/C/1 para. 21 (a)-(c)", "CRC/C/1 | 21 (a) - 21 (c)");
        check("CRC/C/1 para. 21 (a), (c) and (d)", "CRC/C/1 | 21 (a), 21 (c), 21 (d)");
        check("CRC/C/1 para. 21 and its sub-items", "CRC/C/1 | 21");
        check("para. 21 (c) of CRC/C/1", "CRC/C/1 | 21 (c)");
        check("\"CRC/C/1\" footnote 4", "CRC/C/1 | note 4");
        check("CRC/C/1, fn. *", "CRC/C/1 | note *");
        check("ngo/summary #12", "ngo/summary | #12");
        check("CRC/C/1 para 13 para 15", "CRC/C/1 | 13, 15");
        check("CRC/C/1, para. 13, paras. 15-17 and para. 20", "CRC/C/1 | 13, 15 - 17, 20");
        check("CRC/C/1 ¶13 ¶15", "CRC/C/1 | 13, 15");
        check("A/HRC/24/13 recommendations 109.1-109.3", "A/HRC/24/13 | 109.1 - 109.3");
        check("A/HRC/24/13, page 5", "A/HRC/24/13 | p5-5");
        check("A/HRC/24/13 pages 5-7 and 9", "A/HRC/24/13 | p5-7, p9-9");
        check("A/HRC/24/13 page 5 (a)", "error: ");
        check("CRC/C/1 para 13 and footnote 4", "CRC/C/1 | 13, note 4");
        check(&format!("CRC/C/1{}", " para 1".repeat(3)), "CRC/C/1 | 1, 1, 1");
        assert!(Target::parse(&format!("CRC/C/1{}", " para 1".repeat(30_000))).is_ok());
    }

    #[test]
    fn russian_forms() {
        check("CRC/C/1, п. 21", "CRC/C/1 | 21 ru");
        check("CRC/C/1 п.21", "CRC/C/1 | 21 ru");
        check("CRC/C/1, пп. 21-23", "CRC/C/1 | 21 - 23 ru");
        check("CRC/C/1, пп. 21 и 23", "CRC/C/1 | 21, 23 ru");
        check("CRC/C/1, п. 21 и п. 23", "CRC/C/1 | 21, 23 ru");
        check("рекомендация 109.124 CRC/C/1", "CRC/C/1 | 109.124 ru");
        check("CRC/C/1, стр. 5", "CRC/C/1 | p5-5 ru");
        check("CRC/C/1 п. 21 c)", "CRC/C/1 | 21 (c) ru");
        check("CRC/C/1 пункт 21 а) ii)", "CRC/C/1 | 21 (а) (ii) ru");
        check("пункты 21 – 23 документа CRC/C/1", "CRC/C/1 | 21 - 23 ru");
        check("п. 21 и его подпункты CRC/C/1", "error: ");
        check("CRC/C/1, сноска 4", "CRC/C/1 | note 4 ru");
    }

    #[test]
    fn documents_alone() {
        check("upr/high-commissioner-letter-laos-2020", "upr/high-commissioner-letter-laos-2020 | ");
        check("A/HRC/40/51/Add.1", "A/HRC/40/51/Add.1 | ");
        check("report on para-medical staff 2015", "report on para-medical staff 2015 | ");
        check("Заключительные замечания", "Заключительные замечания | ");
    }

    #[test]
    fn errors_say_how_to_write_it() {
        check("", "error: no document named");
        check("para 21", "error: no document named");
        check("CRC/C/1 paras. 21-23-25", "error: cannot read \"paras. 21-23-25\"");
        check("CRC/C/1 para 21 nonsense", "error: cannot read \"para 21 nonsense\"");
        check("CRC/C/1 #99999999999", "error: cannot read");
    }

    #[test]
    fn a_bare_label_after_the_name() {
        let bare = |text: &str| Target::parse_bare(text).map(|target| written(&target));
        assert_eq!(bare("CRC/C/OPSC/LAO/CO/1 21 (c)").as_deref(), Some("CRC/C/OPSC/LAO/CO/1 | 21 (c)"));
        assert_eq!(bare("CRC/C/OPSC/LAO/CO/1, 21-23").as_deref(), Some("CRC/C/OPSC/LAO/CO/1 | 21 - 23"));
        assert_eq!(bare("CRC/C/OPSC/LAO/CO/1"), None);
    }
}
