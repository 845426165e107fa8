//! Citations of a unit, ready to paste.
//!
//! A citation has two halves: the document (symbol first, else title, else id) and the place in it (printed label first,
//! else section and position). Invariant: nothing is invented; what the metadata do not say is left out.

mod body;
mod date;
mod place;

use body::{Body, body};
use date::{american_date, date, english_date, russian_date};
use place::{english_place, russian_place};

use super::article::article_of_heading;
use super::own::instrument;
use crate::document::{Citation, Label, Metadata, ParagraphKind};

/// Citation styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CitationStyle {
    /// United Nations Editorial Manual: symbol and paragraph.
    #[default]
    Un,
    /// OSCOLA, 4th edition with its international supplement: no full stops in abbreviations, no comma before the pinpoint.
    Oscola,
    /// The Bluebook, rule 21.7: author, title, paragraph, "U.N. Doc.", date.
    Bluebook,
    /// Russian references to UN documents: «п. 21 c)».
    Ru,
}

impl CitationStyle {
    /// Every style.
    pub const ALL: [CitationStyle; 4] =
        [CitationStyle::Un, CitationStyle::Oscola, CitationStyle::Bluebook, CitationStyle::Ru];
}

/// What a citation is written from.
#[derive(Debug, Clone, Copy)]
pub struct CitedUnit<'a> {
    /// The document's id, for a document without symbol and title.
    pub document: &'a str,
    pub metadata: &'a Metadata,
    /// Headings that the place needs, outermost first; none where the number tells it.
    pub section: &'a [String],
    pub kind: ParagraphKind,
    /// The printed label; for a footnote the label of the paragraph that it hangs on, where that is known.
    pub label: Option<&'a Label>,
    /// The mark of a footnote.
    pub mark: Option<&'a str>,
    /// Position among the unlabelled units of the section and kind, from 1.
    pub position: u32,
}

/// Returns the citation of a unit in the given style.
pub fn cite(unit: &CitedUnit<'_>, style: CitationStyle) -> Citation {
    let further;
    let unit = match further_text(unit) {
        Some((metadata, section)) => {
            further = metadata;
            &CitedUnit { metadata: &further, section, ..*unit }
        }
        None => unit,
    };
    let place = match style {
        CitationStyle::Ru => russian_place(unit),
        _ => english_place(unit, style),
    };
    Citation(match style {
        CitationStyle::Un => join(", ", [un_document(unit), place]),
        CitationStyle::Oscola => {
            let pinpoint = unit.label.is_some() && unit.section.is_empty() && unit.kind != ParagraphKind::Footnote;
            let separator = if pinpoint { " " } else { ", " };
            join(separator, [oscola_document(unit), place])
        }
        CitationStyle::Bluebook => bluebook(unit, &place),
        CitationStyle::Ru => join(", ", [russian_document(unit), place]),
    })
}

/// A treaty behind another one in a file without a symbol, as the protocol to a convention, is cited by its own name: returns
/// its title and the headings that the place needs below it.
fn further_text<'a>(unit: &CitedUnit<'a>) -> Option<(Metadata, &'a [String])> {
    let (name, below) = unit.section.split_first()?;
    let own = title(unit).filter(|_| symbol(unit).is_none() && !below.is_empty()).map(instrument)?;
    instrument(name).filter(|named| Some(*named) != own)?;
    let is_article = below.last().is_some_and(|innermost| article_of_heading(innermost).is_some());
    let below = if is_article { below.get(below.len() - 1..)? } else { below };
    Some((Metadata { title: Some(name.clone()), ..Metadata::default() }, below))
}

/// Joins what is not empty.
fn join<const N: usize>(separator: &str, parts: [String; N]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(separator)
}

fn symbol<'a>(unit: &CitedUnit<'a>) -> Option<&'a str> {
    unit.metadata.symbol.as_deref().map(str::trim).filter(|symbol| !symbol.is_empty())
}

fn title<'a>(unit: &CitedUnit<'a>) -> Option<&'a str> {
    unit.metadata.title.as_deref().map(str::trim).filter(|title| !title.is_empty())
}

/// "CRC/C/OPSC/LAO/CO/1", or "Title (Child Rights Connect, 3 July 2015)", or the id.
fn un_document(unit: &CitedUnit<'_>) -> String {
    match (symbol(unit), title(unit)) {
        (Some(symbol), _) => symbol.to_owned(),
        (None, Some(title)) => with_origin(title, &body(unit, Body::full), &date(unit, english_date)),
        (None, None) => unit.document.to_owned(),
    }
}

fn russian_document(unit: &CitedUnit<'_>) -> String {
    match (symbol(unit), title(unit)) {
        (Some(symbol), _) => symbol.to_owned(),
        (None, Some(title)) => with_origin(title, &body(unit, Body::russian), &date(unit, russian_date)),
        (None, None) => unit.document.to_owned(),
    }
}

fn with_origin(title: &str, body: &str, date: &str) -> String {
    let origin = join(", ", [body.to_owned(), date.to_owned()]);
    if origin.is_empty() { title.to_owned() } else { format!("{title} ({origin})") }
}

/// "UN Committee on the Rights of the Child, 'Title' (3 July 2015) UN Doc CRC/C/OPSC/LAO/CO/1".
fn oscola_document(unit: &CitedUnit<'_>) -> String {
    if symbol(unit).is_none() && title(unit).is_none() {
        return unit.document.to_owned();
    }
    let title = title(unit).map(|title| format!("'{title}'")).unwrap_or_default();
    let named = join(", ", [body(unit, Body::oscola), title]);
    let date = date(unit, english_date);
    let date = if date.is_empty() { date } else { format!("({date})") };
    let symbol = symbol(unit).map(|symbol| format!("UN Doc {symbol}")).unwrap_or_default();
    join(" ", [named, date, symbol])
}

/// "Comm. on the Rts. of the Child, Title, ¶ 21(c), U.N. Doc. CRC/C/OPSC/LAO/CO/1 (July 3, 2015)".
fn bluebook(unit: &CitedUnit<'_>, place: &str) -> String {
    let symbol = symbol(unit).map(|symbol| format!("U.N. Doc. {symbol}")).unwrap_or_default();
    let title = match title(unit) {
        Some(title) => title.to_owned(),
        None if symbol.is_empty() => unit.document.to_owned(),
        None => String::new(),
    };
    let date = date(unit, american_date);
    let date = if date.is_empty() { date } else { format!("({date})") };
    let cited = join(", ", [body(unit, Body::bluebook), title, place.to_owned(), symbol]);
    join(" ", [cited, date])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(metadata: &Metadata, unit: &str, expected: [&str; 4]) {
        let styles = [CitationStyle::Un, CitationStyle::Oscola, CitationStyle::Bluebook, CitationStyle::Ru];
        for (style, expected) in styles.into_iter().zip(expected) {
            assert_eq!(cited(metadata, unit, style), expected, "{style:?}");
        }
    }

    /// Cites a unit whose description is `kind|label|mark|section|position` of a document with or without a symbol.
    fn cited(metadata: &Metadata, unit: &str, style: CitationStyle) -> String {
        let fields: Vec<&str> = unit.split('|').collect();
        let kind = ParagraphKind::ALL.iter().find(|(_, name)| *name == fields[0]).map(|(kind, _)| *kind);
        let label = Label::parse(fields[1]);
        let section: Vec<String> = fields[3].split('>').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let unit = CitedUnit {
            document: "ngo/report",
            metadata,
            section: &section,
            kind: kind.expect("a kind of paragraph"),
            label: label.as_ref(),
            mark: Some(fields[2]).filter(|mark| !mark.is_empty()),
            position: fields[4].parse().expect("a position"),
        };
        cite(&unit, style).0
    }

    fn observations() -> Metadata {
        Metadata {
            symbol: Some("CRC/C/OPSC/LAO/CO/1".into()),
            title: Some("Concluding observations on the report of Laos".into()),
            date: Some("2015-07-03".into()),
            body: Some("CRC".into()),
            ..Metadata::default()
        }
    }

    #[test]
    fn labelled_units_are_cited_by_their_printed_label() {
        check(
            &observations(),
            "item|21 (c)|||0",
            [
                "CRC/C/OPSC/LAO/CO/1, para. 21 (c)",
                "UN Committee on the Rights of the Child, 'Concluding observations on the report of Laos' (3 July 2015) \
             UN Doc CRC/C/OPSC/LAO/CO/1 para 21(c)",
                "Comm. on the Rts. of the Child, Concluding observations on the report of Laos, ¶ 21(c), \
             U.N. Doc. CRC/C/OPSC/LAO/CO/1 (July 3, 2015)",
                "CRC/C/OPSC/LAO/CO/1, п. 21 c)",
            ],
        );
        let bare = Metadata { symbol: Some("A/72/1".into()), ..Metadata::default() };
        check(
            &bare,
            "paragraph|98|||0",
            ["A/72/1, para. 98", "UN Doc A/72/1 para 98", "¶ 98, U.N. Doc. A/72/1", "A/72/1, п. 98"],
        );
        check(
            &bare,
            "item|30 (a) (ii)|||0",
            [
                "A/72/1, para. 30 (a) (ii)",
                "UN Doc A/72/1 para 30(a)(ii)",
                "¶ 30(a)(ii), U.N. Doc. A/72/1",
                "A/72/1, п. 30 a) ii)",
            ],
        );
        check(
            &bare,
            "item|(g)|||0",
            ["A/72/1, para. (g)", "UN Doc A/72/1 para (g)", "¶ (g), U.N. Doc. A/72/1", "A/72/1, п. g)"],
        );
    }

    #[test]
    fn numbers_that_begin_anew_are_cited_with_what_tells_them() {
        let treaty = Metadata { title: Some("Convention on the Rights of the Child".into()), ..Metadata::default() };
        check(
            &treaty,
            "item|2 (a)||Article 13 bis|0",
            [
                "Convention on the Rights of the Child, art. 13 bis, para. 2 (a)",
                "'Convention on the Rights of the Child', art 13 bis, para 2(a)",
                "Convention on the Rights of the Child, art. 13 bis, ¶ 2(a)",
                "Convention on the Rights of the Child, ст. 13 bis, п. 2 a)",
            ],
        );
        check(
            &treaty,
            "paragraph|1||Optional Protocol>Article 4|0",
            [
                "Convention on the Rights of the Child, section \"Optional Protocol\", art. 4, para. 1",
                "'Convention on the Rights of the Child', section 'Optional Protocol', art 4, para 1",
                "Convention on the Rights of the Child, section \"Optional Protocol\", art. 4, ¶ 1",
                "Convention on the Rights of the Child, раздел «Optional Protocol», ст. 4, п. 1",
            ],
        );
        let report = Metadata { symbol: Some("A/72/1".into()), ..Metadata::default() };
        check(
            &report,
            "paragraph|3||Annex II>Terms|0",
            [
                "A/72/1, section \"Annex II › Terms\", para. 3",
                "UN Doc A/72/1, section 'Annex II › Terms', para 3",
                "section \"Annex II › Terms\", ¶ 3, U.N. Doc. A/72/1",
                "A/72/1, раздел «Annex II › Terms», п. 3",
            ],
        );
    }

    #[test]
    fn a_further_treaty_is_cited_by_its_own_name() {
        let treaty = Metadata {
            title: Some("Convention on the Rights of the Child".into()),
            date: Some("1989".into()),
            ..Metadata::default()
        };
        let name = "Optional Protocol to the Convention on the Rights of the Child on the involvement of children in armed conflict";
        for (place, expected) in [
            (format!("paragraph|2||{name}>PART I>Article 4|0"), format!("{name}, art. 4, para. 2")),
            (format!("paragraph|||{name}>Article 4|0"), format!("{name}, art. 4")),
            (format!("paragraph|||{name}>Preamble|3"), format!("{name}, section \"Preamble\", third paragraph")),
            (
                "paragraph|||Annex>Article 4|0".to_owned(),
                "Convention on the Rights of the Child (1989), section \"Annex\", art. 4".to_owned(),
            ),
        ] {
            let cited = cited(&treaty, &place, CitationStyle::Un);
            assert_eq!(cited, expected);
        }
    }

    #[test]
    fn items_right_below_an_article_are_cited_without_a_paragraph() {
        let treaty = Metadata { title: Some("Pact".into()), ..Metadata::default() };
        check(
            &treaty,
            "item|(g)||Article 2|0",
            ["Pact, art. 2 (g)", "'Pact', art 2(g)", "Pact, art. 2(g)", "Pact, ст. 2 g)"],
        );
        check(
            &treaty,
            "item|4 (5)||Article 2|0",
            ["Pact, art. 2, para. 4 (5)", "'Pact', art 2, para 4(5)", "Pact, art. 2, ¶ 4(5)", "Pact, ст. 2, п. 4 (5)"],
        );
    }

    #[test]
    fn footnotes_name_their_paragraph_where_it_is_known() {
        let report = Metadata { symbol: Some("A/HRC/40/51/Add.1".into()), ..Metadata::default() };
        check(
            &report,
            "footnote|12|4||0",
            [
                "A/HRC/40/51/Add.1, para. 12, footnote 4",
                "UN Doc A/HRC/40/51/Add.1, para 12, fn 4",
                "¶ 12, n.4, U.N. Doc. A/HRC/40/51/Add.1",
                "A/HRC/40/51/Add.1, п. 12, сноска 4",
            ],
        );
        check(
            &report,
            "footnote||4||0",
            [
                "A/HRC/40/51/Add.1, footnote 4",
                "UN Doc A/HRC/40/51/Add.1, fn 4",
                "n.4, U.N. Doc. A/HRC/40/51/Add.1",
                "A/HRC/40/51/Add.1, сноска 4",
            ],
        );
    }

    #[test]
    fn unlabelled_units_are_cited_by_section_and_position() {
        let summary = Metadata {
            title: Some("Session summary".into()),
            date: Some("2015-06".into()),
            body: Some("Child Rights Connect".into()),
            ..Metadata::default()
        };
        check(
            &summary,
            "paragraph|||Legislation|2",
            [
                "Session summary (Child Rights Connect, June 2015), section \"Legislation\", second paragraph",
                "Child Rights Connect, 'Session summary' (June 2015), section 'Legislation', second paragraph",
                "Child Rights Connect, Session summary, section \"Legislation\", second paragraph (June 2015)",
                "Session summary (Child Rights Connect, июнь 2015 года), раздел «Legislation», второй абзац",
            ],
        );
        let article = Metadata { title: Some("Human rights in Laos".into()), ..Metadata::default() };
        check(
            &article,
            "bullet|||Background|23",
            [
                "Human rights in Laos, section \"Background\", 23rd bullet",
                "'Human rights in Laos', section 'Background', 23rd bullet",
                "Human rights in Laos, section \"Background\", 23rd bullet",
                "Human rights in Laos, раздел «Background», 23-й пункт списка",
            ],
        );
        check(
            &Metadata::default(),
            "table||||3",
            [
                "ngo/report, third table row",
                "ngo/report, third table row",
                "ngo/report, third table row",
                "ngo/report, третья строка таблицы",
            ],
        );
        check(
            &article,
            "title||||1",
            [
                "Human rights in Laos, title",
                "'Human rights in Laos', title",
                "Human rights in Laos, title",
                "Human rights in Laos, заголовок",
            ],
        );
    }

    #[test]
    fn a_date_is_as_precise_as_known() {
        let dated = |date: &str| Metadata { title: Some("T".into()), date: Some(date.into()), ..Metadata::default() };
        check(
            &dated("2019"),
            "title||||1",
            ["T (2019), title", "'T' (2019), title", "T, title (2019)", "T (2019 год), заголовок"],
        );
        check(&dated(""), "title||||1", ["T, title", "'T', title", "T, title", "T, заголовок"]);
    }
}
