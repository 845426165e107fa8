//! What `show` is asked for: a document, and which of its paragraphs.
//!
//! Invariant: reading a target never looks at an index; finding the document by the words is the caller's part,
//! [`Target::select`] then picks the paragraphs among its units.

mod read;

use std::fmt;

use thiserror::Error;

use crate::analyzer::fold_for_comparison;
use crate::citation::{article_at_start, article_of_heading, is_same_article};
use crate::document::{Label, ParagraphKind, is_decimal_below};
use crate::search::StoredUnit;
use read::{
    Marker, document_after, find_marker, pages, places_below, read_labels, split_section, split_word, tidy,
    without_joiner,
};

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
                tidy(rest).is_empty().then(|| Target::of_document(&text[..at], places, false).ok())?
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
        Ok(Target { document, article: None, section: None, places, russian })
    }

    /// Returns the places where the document has nothing, for a message.
    pub fn missing(&self, units: &[StoredUnit]) -> Vec<&Place> {
        let alone = |place: &Place| Target { places: vec![place.clone()], ..self.clone() };
        self.places.iter().filter(|place| alone(place).select(units).is_empty()).collect()
    }

    /// Returns the units that the target names, in the order of the document, each once.
    ///
    /// `units` are all units of one document in order. Bullets that follow a chosen unit directly belong to it.
    pub fn select<'a>(&self, units: &'a [StoredUnit]) -> Vec<&'a StoredUnit> {
        let section = self.section.as_deref().map(fold_for_comparison);
        let wanted = self.article.as_deref().map(|number| printed_as(number, units));
        let in_article = |unit: &StoredUnit| {
            let below = |number: &str| unit.section.iter().any(|heading| article_of_heading(heading) == Some(number));
            let within = |name: &String| unit.section.iter().any(|heading| is_heading(heading, name));
            wanted.is_none_or(below) && section.as_ref().is_none_or(within)
        };
        if self.places.is_empty() {
            return units.iter().filter(|unit| in_article(unit)).collect();
        }
        let mut chosen = vec![false; units.len()];
        for place in &self.places {
            let mut open = false;
            let mut in_items = false;
            for (unit, chosen) in units.iter().zip(&mut chosen) {
                let bullet = open && unit.kind == ParagraphKind::Bullet && unit.label.is_none();
                open = in_article(unit) && (bullet || place.holds(unit, &mut in_items));
                *chosen |= open;
            }
        }
        units.iter().zip(chosen).filter_map(|(unit, chosen)| chosen.then_some(unit)).collect()
    }
}

/// Returns the number of an article as the document prints it: "18-1" where "18.1" is asked for and stands nowhere.
fn printed_as<'u>(number: &'u str, units: &'u [StoredUnit]) -> &'u str {
    let printed = || units.iter().flat_map(|unit| &unit.section).filter_map(|heading| article_of_heading(heading));
    if printed().any(|printed| printed == number) {
        return number;
    }
    printed().find(|printed| is_same_article(printed, number)).unwrap_or(number)
}

/// Whether a heading begins with a name, word by word, or holds one that is long enough to tell it: "II" is not "III".
fn is_heading(heading: &str, name: &str) -> bool {
    const TELLING: usize = 4;
    let heading = fold_for_comparison(heading);
    let begins = heading.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    begins || (name.chars().count() >= TELLING && heading.contains(name))
}

/// Returns a unit with its sub-items and the bullets below them, as [`Place::Label`] holds them. It ends where another
/// number is printed: the same one may stand again in an annex.
pub fn with_sub_items(units: &[StoredUnit], at: usize) -> Vec<&StoredUnit> {
    let Some((first, following)) = units.get(at..).and_then(<[StoredUnit]>::split_first) else { return Vec::new() };
    let mut chosen = vec![first];
    let Some(wanted) = &first.label else { return chosen };
    let mut open = true;
    for unit in following {
        open = match &unit.label {
            Some(label) if label == wanted || !is_below(label, wanted) => break,
            Some(_) => true,
            None => open && unit.kind == ParagraphKind::Bullet,
        };
        chosen.extend(open.then_some(unit));
    }
    chosen
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
        }
    }
}

impl Place {
    /// Tells whether a unit belongs to the place. `in_items` is the state of a range between sub-items, whose order is
    /// that of the document: "(ix)" stands before "(v)" in no other order.
    fn holds(&self, unit: &StoredUnit, in_items: &mut bool) -> bool {
        let label = unit.label.as_ref();
        match self {
            Place::Ordinal(ordinal) => unit.ordinal == *ordinal,
            Place::Footnote(mark) => unit.kind == ParagraphKind::Footnote && unit.mark.as_deref() == Some(mark),
            Place::Pages(first, last) => (first..=last).contains(&&unit.page),
            Place::Label(wanted) => label.is_some_and(|label| is_below(label, wanted)),
            Place::Range(first, last) if first.items.is_empty() && last.items.is_empty() => {
                label.is_some_and(|label| {
                    let number = Label::number(label.number.clone());
                    (first..=last).contains(&&number) || is_below(label, last)
                })
            }
            Place::Range(first, last) => label.is_some_and(|label| {
                let ends = is_below(label, last);
                let inside = ends || *in_items || is_below(label, first);
                *in_items = inside && !ends;
                inside
            }),
        }
    }
}

/// Tells whether a label is the wanted one or a sub-item of it, without regard to case or to Cyrillic look-alikes.
fn is_below(label: &Label, wanted: &Label) -> bool {
    let (number, wanted_number) = (fold(&label.number), fold(&wanted.number));
    if wanted.items.is_empty() && !wanted_number.is_empty() && is_decimal_below(&number, &wanted_number) {
        return true;
    }
    number == wanted_number
        && label.items.len() >= wanted.items.len()
        && label.items.iter().zip(&wanted.items).all(|(item, wanted)| fold(item) == fold(wanted))
}

/// Returns a label's part in lower case with Cyrillic letters that look Latin made Latin: nobody can see which was typed.
fn fold(part: &str) -> String {
    const LOOK_ALIKES: &[(char, char)] =
        &[('а', 'a'), ('е', 'e'), ('о', 'o'), ('р', 'p'), ('с', 'c'), ('х', 'x'), ('і', 'i'), ('ѕ', 's'), ('ј', 'j')];
    part.to_lowercase()
        .chars()
        .map(|c| LOOK_ALIKES.iter().find(|(cyrillic, _)| *cyrillic == c).map_or(c, |(_, latin)| *latin))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Language, Metadata};

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
        assert!(is_heading("II. General observations", "ii") && !is_heading("III. Data", "ii"));
        assert!(is_heading("A. Right to health", "right to health") && !is_heading("Data", "a"));
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

    fn unit(ordinal: u32, kind: ParagraphKind, label: Option<&str>) -> StoredUnit {
        StoredUnit {
            document: "d".into(),
            metadata: Metadata::default(),
            ordinal,
            kind,
            label: label.and_then(Label::parse),
            mark: (kind == ParagraphKind::Footnote).then(|| "4".to_owned()),
            position: 0,
            named: Vec::new(),
            section: Vec::new(),
            language: Language::ENGLISH,
            page: 0,
            text: String::new(),
            cites: Vec::new(),
        }
    }

    #[test]
    fn a_unit_has_what_hangs_on_it() {
        use ParagraphKind::{Bullet, Footnote, Item, Paragraph};
        let units = [
            unit(1, Paragraph, Some("21")),
            unit(2, Footnote, None),
            unit(3, Item, Some("21 (a)")),
            unit(4, Bullet, None),
            unit(5, Item, Some("21 (b)")),
            unit(6, Paragraph, None),
            unit(7, Bullet, None),
            unit(8, Paragraph, Some("22")),
            unit(9, Item, Some("21 (c)")),
            unit(10, Paragraph, Some("140")),
            unit(11, Paragraph, Some("140.1")),
            unit(12, Paragraph, Some("140")),
        ];
        let below = |at: usize| with_sub_items(&units, at).iter().map(|unit| unit.ordinal).collect::<Vec<_>>();
        assert_eq!(below(0), [1, 3, 4, 5]);
        assert_eq!(below(2), [3, 4]);
        assert_eq!(below(5), [6]);
        assert_eq!(below(9), [10, 11]);
        assert_eq!(below(12), [0; 0]);
    }

    fn check_selected(target: &str, expected: &[u32]) {
        use ParagraphKind::{Bullet, Footnote, Item, Paragraph, Title};
        let units = [
            unit(1, Title, None),
            unit(2, Paragraph, Some("9")),
            unit(3, Paragraph, Some("21")),
            unit(4, Item, Some("21 (a)")),
            unit(5, Item, Some("21 (ix)")),
            unit(6, Item, Some("21 (v)")),
            unit(7, Bullet, None),
            unit(8, Paragraph, Some("22")),
            unit(9, Footnote, None),
            unit(10, Paragraph, Some("100")),
            unit(11, Item, Some("100 (с)")), // the letter is Cyrillic
            unit(12, Paragraph, Some("140")),
            unit(13, Paragraph, Some("140.1")),
            unit(14, Item, Some("140.1 (a)")),
            unit(15, Paragraph, Some("140.10")),
            unit(16, Paragraph, Some("141.1")),
        ];
        let target = Target::parse(&format!("d/1 {target}")).expect("a readable target");
        let got: Vec<u32> = target.select(&units).iter().map(|unit| unit.ordinal).collect();
        assert_eq!(got, expected, "{target:?}");
    }

    #[test]
    fn units_are_selected_in_document_order() {
        check_selected("para 21", &[3, 4, 5, 6, 7]);
        check_selected("para 21 (a)", &[4]);
        check_selected("para 21 (V)", &[6, 7]);
        check_selected("para 21 (a)-(ix)", &[4, 5]);
        check_selected("paras. 9-21", &[2, 3, 4, 5, 6, 7]);
        check_selected("paras. 22 and 9", &[2, 8]);
        check_selected("paras. 22-120", &[8, 10, 11]);
        check_selected("п. 100 c)", &[11]);
        check_selected("para 140", &[12, 13, 14, 15]);
        check_selected("para 140.1", &[13, 14]);
        check_selected("para 14", &[]);
        check_selected("para 141", &[16]);
        check_selected("paras. 100-140", &[10, 11, 12, 13, 14, 15]);
        check_selected("para 140.1-140.10", &[13, 14, 15]);
        check_selected("footnote 4", &[9]);
        check_selected("footnote 5", &[]);
        check_selected("#1", &[1]);
    }
}
