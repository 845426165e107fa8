//! What `show` is asked for: a document, and which of its paragraphs.
//!
//! Invariant: reading a target never looks at an index; finding the document by the words is the caller's part,
//! [`Target::select`] then picks the paragraphs among its units.

use thiserror::Error;

use crate::citation::{article_at_start, article_of_heading, is_same_article};
use crate::document::{Label, ParagraphKind, is_decimal_below};
use crate::search::StoredUnit;

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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Paragraph,
    Footnote,
    Unit,
}

/// Words that announce a paragraph number, longest first where one begins another. `true` where they are Russian.
const MARKERS: &[(&str, Marker, bool)] = &[
    ("paragraphs", Marker::Paragraph, false),
    ("paragraph", Marker::Paragraph, false),
    ("paras", Marker::Paragraph, false),
    ("para", Marker::Paragraph, false),
    ("¶¶", Marker::Paragraph, false),
    ("¶", Marker::Paragraph, false),
    ("§§", Marker::Paragraph, false),
    ("§", Marker::Paragraph, false),
    ("пунктов", Marker::Paragraph, true),
    ("пункты", Marker::Paragraph, true),
    ("пункта", Marker::Paragraph, true),
    ("пункте", Marker::Paragraph, true),
    ("пункт", Marker::Paragraph, true),
    ("пп", Marker::Paragraph, true),
    ("п", Marker::Paragraph, true),
    ("footnote", Marker::Footnote, false),
    ("fn", Marker::Footnote, false),
    ("сноски", Marker::Footnote, true),
    ("сноска", Marker::Footnote, true),
    ("сн", Marker::Footnote, true),
    ("unit", Marker::Unit, false),
    ("#", Marker::Unit, false),
];

/// Words that may stand between the number and the document's name ("para 21 of CRC/C/...").
const BEFORE_DOCUMENT: &[&str] = &["of", "in", "документа", "из"];
/// Words that add nothing, since sub-items are shown anyway ("para. 21 and its sub-items").
const SUB_ITEMS: &[&str] = &["and its ", "with its ", "including ", "и его ", "и подпункт", "с подпункт", "с его "];

impl Target {
    /// Reads a target: the document's name, then where there are any the paragraphs, in English or Russian.
    pub fn parse(text: &str) -> Result<Target, TargetError> {
        let text = text.trim();
        let Some(found) = find_marker(text) else {
            return Target::of_document(text, Vec::new(), false);
        };
        let unreadable = || TargetError::Unreadable(found.all.to_owned());
        let (places, rest) = match found.marker {
            Marker::Paragraph => read_labels(found.after).ok_or_else(unreadable)?,
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

    fn of_document(words: &str, places: Vec<Place>, russian: bool) -> Result<Target, TargetError> {
        let document = tidy(words).to_owned();
        if document.is_empty() {
            return Err(TargetError::NoDocument);
        }
        Ok(Target { document, article: None, places, russian })
    }

    /// Returns the units that the target names, in the order of the document, each once.
    ///
    /// `units` are all units of one document in order. Bullets that follow a chosen unit directly belong to it.
    pub fn select<'a>(&self, units: &'a [StoredUnit]) -> Vec<&'a StoredUnit> {
        let wanted = self.article.as_deref().map(|number| printed_as(number, units));
        let in_article = |unit: &StoredUnit| match wanted {
            Some(number) => unit.section.iter().any(|heading| article_of_heading(heading) == Some(number)),
            None => true,
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

/// Reads what follows the number of an article: nothing, or "(2) (a)" for its second paragraph, item (a). `None` where
/// something else follows.
fn places_below(text: &str) -> Option<Vec<Place>> {
    let mut rest = text.trim();
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = read_item(rest).filter(|_| rest.starts_with('('))?;
        parts.push(part.to_owned());
        rest = after.trim_start();
    }
    let Some((number, items)) = parts.split_first() else { return Some(Vec::new()) };
    let is_number = number.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| vec![Place::Label(Label { number: number.clone(), items: items.to_vec() })])
}

impl Place {
    /// Tells whether a unit belongs to the place. `in_items` is the state of a range between sub-items, whose order is
    /// that of the document: "(ix)" stands before "(v)" in no other order.
    fn holds(&self, unit: &StoredUnit, in_items: &mut bool) -> bool {
        let label = unit.label.as_ref();
        match self {
            Place::Ordinal(ordinal) => unit.ordinal == *ordinal,
            Place::Footnote(mark) => unit.kind == ParagraphKind::Footnote && unit.mark.as_deref() == Some(mark),
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

struct FoundMarker<'a> {
    marker: Marker,
    russian: bool,
    before: &'a str,
    after: &'a str,
    /// From the marker on, for messages.
    all: &'a str,
}

/// Returns the last marker that stands at the start of a word and is followed by a number (or a footnote's sign).
fn find_marker(text: &str) -> Option<FoundMarker<'_>> {
    text.char_indices().rev().find_map(|(at, _)| {
        let (before, all) = text.split_at(at);
        // "¶" needs no space before it, except that "¶¶" is one marker.
        let signed = all.starts_with(['¶', '§']) && !before.ends_with(['¶', '§']);
        if !signed && before.ends_with(|last: char| !last.is_whitespace() && !",;:(«\"".contains(last)) {
            return None;
        }
        MARKERS.iter().find_map(|&(word, marker, russian)| {
            let after = strip_word(all, word)?;
            let after = after.strip_prefix('.').unwrap_or(after).trim_start();
            let opens = match marker {
                Marker::Footnote => after.starts_with(|c: char| c.is_ascii_digit() || "*†‡".contains(c)),
                Marker::Paragraph | Marker::Unit => after.starts_with(|c: char| c.is_ascii_digit()),
            };
            opens.then_some(FoundMarker { marker, russian, before, after, all })
        })
    })
}

/// Returns what follows `word` at the start of `text`, without regard to case.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in word.chars() {
        if !rest.next()?.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

fn split_word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

/// Strips white space, punctuation and quotes that only join the parts of a target.
fn tidy(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ",;:\"«»“”.".contains(c))
}

/// Returns the document named after the labels, "" where nothing follows, `None` where other words do.
fn document_after(rest: &str) -> Option<&str> {
    let rest = tidy(rest);
    if rest.is_empty() || SUB_ITEMS.iter().any(|words| strip_word(rest, words).is_some()) {
        return Some("");
    }
    BEFORE_DOCUMENT
        .iter()
        .find_map(|word| strip_word(rest, word).filter(|rest| rest.starts_with(char::is_whitespace)))
        .map(tidy)
        .or_else(|| rest.contains('/').then_some(rest))
}

/// Reads "21 (c), 23 and 25-27" and returns the places and what follows them, `None` where no label stands first.
fn read_labels(text: &str) -> Option<(Vec<Place>, &str)> {
    let (mut last, mut rest) = read_label(text, None)?;
    let mut places = vec![Place::Label(last.clone())];
    loop {
        if let Some((label, after)) = after_any(rest, &["-", "–", "—", "‑", "−", "to ", "по ", "до "])
            .and_then(|after| read_label(after, Some(&last)))
        {
            let first = match places.pop() {
                Some(Place::Label(first)) => first,
                _ => return None,
            };
            // Who writes "23-21" means the same paragraphs.
            let backwards = first.items.is_empty() && label.items.is_empty() && label < first;
            let (from, to) = if backwards { (label.clone(), first) } else { (first, label.clone()) };
            places.push(Place::Range(from, to));
            (last, rest) = (label, after);
            // A range is closed by its end: "21-23-25" is not a range.
            if after_any(rest, &["-", "–", "—"]).is_some() {
                return None;
            }
        } else if let Some((label, after)) = after_any(rest, &[", and ", ", и ", ",", ";", "and ", "и ", "&"])
            .and_then(|after| read_label(after, Some(&last)))
        {
            places.push(Place::Label(label.clone()));
            (last, rest) = (label, after);
        } else {
            return Some((places, rest));
        }
    }
}

/// Returns what follows the first of the separators that stands at the start of `text`, white space aside.
fn after_any<'a>(text: &'a str, separators: &[&str]) -> Option<&'a str> {
    let text = text.trim_start();
    separators.iter().find_map(|separator| text.strip_prefix(separator)).map(str::trim_start)
}

/// Reads one label. Items alone ("(c)") take the number of the label before them.
fn read_label<'a>(text: &'a str, before: Option<&Label>) -> Option<(Label, &'a str)> {
    let (number, mut rest) = read_number(text);
    let mut label = match (number.is_empty(), before) {
        (false, _) => Label::number(number),
        (true, Some(before)) => Label {
            number: before.number.clone(),
            items: before.items.split_last().map(|(_, outer)| outer.to_vec()).unwrap_or_default(),
        },
        (true, None) => return None,
    };
    let mut items = 0;
    while let Some((item, after)) = read_item(rest) {
        label.items.push(item.to_owned());
        rest = after;
        items += 1;
    }
    (items > 0 || !number.is_empty()).then_some((label, rest))
}

/// Splits a printed number from the start: "21", "140.10", "12 bis".
fn read_number(text: &str) -> (&str, &str) {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let digits = text[..digits].trim_end_matches('.').len();
    let (number, rest) = text.split_at(digits);
    if number.is_empty() {
        return ("", text);
    }
    for word in [" bis", " ter", " quater", " quinquies"] {
        if let Some(after) = strip_word(rest, word).filter(|after| !after.starts_with(char::is_alphanumeric)) {
            return (&text[..text.len() - after.len()], after);
        }
    }
    (number, rest.strip_prefix('.').unwrap_or(rest))
}

/// Splits one sub-item from the start: "(c)", " (ii)", or the Russian " c)".
fn read_item(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let text = text.strip_prefix('(').unwrap_or(text);
    let (item, rest) = text.split_once(')')?;
    let item = item.trim();
    let length = item.chars().count();
    ((1..=5).contains(&length) && item.chars().all(char::is_alphanumeric)).then_some((item, rest))
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
    }

    #[test]
    fn russian_forms() {
        check("CRC/C/1, п. 21", "CRC/C/1 | 21 ru");
        check("CRC/C/1 п.21", "CRC/C/1 | 21 ru");
        check("CRC/C/1, пп. 21-23", "CRC/C/1 | 21 - 23 ru");
        check("CRC/C/1, пп. 21 и 23", "CRC/C/1 | 21, 23 ru");
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
