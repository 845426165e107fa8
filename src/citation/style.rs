//! Citations of a unit, ready to paste.
//!
//! A citation has two halves: the document (symbol first, else title, else id) and the place in it (printed label first,
//! else section and position). Invariant: nothing is invented; what the metadata do not say is left out.

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
    /// Headings, outermost first.
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
    let place = match style {
        CitationStyle::Ru => russian_place(unit),
        _ => english_place(unit, style),
    };
    Citation(match style {
        CitationStyle::Un => join(", ", [un_document(unit), place]),
        CitationStyle::Oscola => {
            let separator = if unit.label.is_some() && unit.kind != ParagraphKind::Footnote { " " } else { ", " };
            join(separator, [oscola_document(unit), place])
        }
        CitationStyle::Bluebook => bluebook(unit, &place),
        CitationStyle::Ru => join(", ", [russian_document(unit), place]),
    })
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

fn english_place(unit: &CitedUnit<'_>, style: CitationStyle) -> String {
    let paragraph = unit.label.map(|label| english_label(label, style)).unwrap_or_default();
    if unit.kind == ParagraphKind::Footnote {
        let note = match (unit.mark, style) {
            (Some(mark), CitationStyle::Oscola) => format!("fn {mark}"),
            (Some(mark), CitationStyle::Bluebook) => format!("n.{mark}"),
            (Some(mark), _) => format!("footnote {mark}"),
            (None, _) => english_position("footnote", unit.position),
        };
        return join(", ", [paragraph, note]);
    }
    if !paragraph.is_empty() {
        return paragraph;
    }
    let section = match (unit.section.last(), style) {
        (Some(heading), CitationStyle::Oscola) => format!("section '{heading}'"),
        (Some(heading), _) => format!("section \"{heading}\""),
        (None, _) => String::new(),
    };
    let position = match unit.kind {
        ParagraphKind::Title => return "title".to_owned(),
        ParagraphKind::Bullet => english_position("bullet", unit.position),
        ParagraphKind::Table => english_position("table row", unit.position),
        ParagraphKind::Item => english_position("item", unit.position),
        ParagraphKind::Paragraph | ParagraphKind::Footnote => english_position("paragraph", unit.position),
    };
    join(", ", [section, position])
}

fn english_label(label: &Label, style: CitationStyle) -> String {
    let tight: String = label.items.iter().map(|item| format!("({item})")).collect();
    match style {
        CitationStyle::Oscola => format!("para {}{tight}", label.number),
        CitationStyle::Bluebook => format!("¶ {}{tight}", label.number),
        CitationStyle::Un | CitationStyle::Ru => format!("para. {label}"),
    }
}

fn russian_place(unit: &CitedUnit<'_>) -> String {
    let paragraph = unit.label.map(russian_label).unwrap_or_default();
    if unit.kind == ParagraphKind::Footnote {
        let note = match unit.mark {
            Some(mark) => format!("сноска {mark}"),
            None => russian_position("сноска", unit.position, true),
        };
        return join(", ", [paragraph, note]);
    }
    if !paragraph.is_empty() {
        return paragraph;
    }
    let section = unit.section.last().map(|heading| format!("раздел «{heading}»")).unwrap_or_default();
    let position = match unit.kind {
        ParagraphKind::Title => return "заголовок".to_owned(),
        ParagraphKind::Bullet => russian_position("пункт списка", unit.position, false),
        ParagraphKind::Table => russian_position("строка таблицы", unit.position, true),
        ParagraphKind::Item => russian_position("подпункт", unit.position, false),
        ParagraphKind::Paragraph | ParagraphKind::Footnote => russian_position("абзац", unit.position, false),
    };
    join(", ", [section, position])
}

fn russian_label(label: &Label) -> String {
    let items: String = label.items.iter().map(|item| format!(" {item})")).collect();
    format!("п. {}{items}", label.number)
}

const ENGLISH_ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Masculine and feminine.
const RUSSIAN_ORDINALS: [(&str, &str); 10] = [
    ("первый", "первая"),
    ("второй", "вторая"),
    ("третий", "третья"),
    ("четвертый", "четвертая"),
    ("пятый", "пятая"),
    ("шестой", "шестая"),
    ("седьмой", "седьмая"),
    ("восьмой", "восьмая"),
    ("девятый", "девятая"),
    ("десятый", "десятая"),
];

/// "second paragraph", "12th paragraph"; nothing for position 0 (unknown).
fn english_position(noun: &str, position: u32) -> String {
    let Some(index) = position.checked_sub(1) else { return String::new() };
    if let Some(word) = ENGLISH_ORDINALS.get(index as usize) {
        return format!("{word} {noun}");
    }
    let ending = match (position % 100, position % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{position}{ending} {noun}")
}

fn russian_position(noun: &str, position: u32, feminine: bool) -> String {
    let Some(index) = position.checked_sub(1) else { return String::new() };
    match RUSSIAN_ORDINALS.get(index as usize) {
        Some((_, word)) if feminine => format!("{word} {noun}"),
        Some((word, _)) => format!("{word} {noun}"),
        None if feminine => format!("{position}-я {noun}"),
        None => format!("{position}-й {noun}"),
    }
}

/// The names of an issuing body: short as in the metadata, full, in OSCOLA and Bluebook form, in Russian.
struct Body {
    short: &'static str,
    full: &'static str,
    oscola: &'static str,
    bluebook: &'static str,
    russian: &'static str,
}

impl Body {
    fn full(&self) -> &'static str {
        self.full
    }
    fn oscola(&self) -> &'static str {
        self.oscola
    }
    fn bluebook(&self) -> &'static str {
        self.bluebook
    }
    fn russian(&self) -> &'static str {
        self.russian
    }
}

/// The bodies in the order of their short names. Bluebook forms follow its tables T6 and T13.
const BODIES: [Body; 14] = [
    Body {
        short: "CAT",
        full: "Committee against Torture",
        oscola: "UN Committee Against Torture",
        bluebook: "Comm. Against Torture",
        russian: "Комитет против пыток",
    },
    Body {
        short: "CCPR",
        full: "Human Rights Committee",
        oscola: "UN Human Rights Committee",
        bluebook: "Hum. Rts. Comm.",
        russian: "Комитет по правам человека",
    },
    Body {
        short: "CED",
        full: "Committee on Enforced Disappearances",
        oscola: "UN Committee on Enforced Disappearances",
        bluebook: "Comm. on Enforced Disappearances",
        russian: "Комитет по насильственным исчезновениям",
    },
    Body {
        short: "CEDAW",
        full: "Committee on the Elimination of Discrimination against Women",
        oscola: "UN Committee on the Elimination of Discrimination Against Women",
        bluebook: "Comm. on the Elimination of Discrimination Against Women",
        russian: "Комитет по ликвидации дискриминации в отношении женщин",
    },
    Body {
        short: "CERD",
        full: "Committee on the Elimination of Racial Discrimination",
        oscola: "UN Committee on the Elimination of Racial Discrimination",
        bluebook: "Comm. on the Elimination of Racial Discrimination",
        russian: "Комитет по ликвидации расовой дискриминации",
    },
    Body {
        short: "CESCR",
        full: "Committee on Economic, Social and Cultural Rights",
        oscola: "UN Committee on Economic, Social and Cultural Rights",
        bluebook: "Comm. on Econ., Soc. & Cultural Rts.",
        russian: "Комитет по экономическим, социальным и культурным правам",
    },
    Body {
        short: "CMW",
        full: "Committee on Migrant Workers",
        oscola: "UN Committee on Migrant Workers",
        bluebook: "Comm. on Migrant Workers",
        russian: "Комитет по трудящимся-мигрантам",
    },
    Body {
        short: "CRC",
        full: "Committee on the Rights of the Child",
        oscola: "UN Committee on the Rights of the Child",
        bluebook: "Comm. on the Rts. of the Child",
        russian: "Комитет по правам ребенка",
    },
    Body {
        short: "CRPD",
        full: "Committee on the Rights of Persons with Disabilities",
        oscola: "UN Committee on the Rights of Persons with Disabilities",
        bluebook: "Comm. on the Rts. of Persons with Disabilities",
        russian: "Комитет по правам инвалидов",
    },
    Body {
        short: "GA", full: "General Assembly", oscola: "UNGA", bluebook: "G.A.", russian: "Генеральная Ассамблея"
    },
    Body {
        short: "HRC",
        full: "Human Rights Council",
        oscola: "UN Human Rights Council",
        bluebook: "Hum. Rts. Council",
        russian: "Совет по правам человека",
    },
    Body {
        short: "OHCHR",
        full: "Office of the United Nations High Commissioner for Human Rights",
        oscola: "OHCHR",
        bluebook: "Off. of the U.N. High Comm'r for Hum. Rts.",
        russian: "Управление Верховного комиссара ООН по правам человека",
    },
    Body {
        short: "SC", full: "Security Council", oscola: "UNSC", bluebook: "S.C.", russian: "Совет Безопасности"
    },
    Body {
        short: "SPT",
        full: "Subcommittee on Prevention of Torture",
        oscola: "UN Subcommittee on Prevention of Torture",
        bluebook: "Subcomm. on Prevention of Torture",
        russian: "Подкомитет по предупреждению пыток",
    },
];

/// The issuing body in the form that `form` picks, or as the metadata give it.
fn body(unit: &CitedUnit<'_>, form: fn(&Body) -> &'static str) -> String {
    let Some(short) = unit.metadata.body.as_deref() else { return String::new() };
    let known = BODIES.iter().find(|body| body.short.eq_ignore_ascii_case(short));
    known.map_or_else(|| short.to_owned(), |body| form(body).to_owned())
}

/// A date as precise as known: year, month from 1, day.
struct Date<'a> {
    year: &'a str,
    month: Option<usize>,
    day: Option<u8>,
}

/// The document's date in the form that `write` gives, or nothing.
fn date(unit: &CitedUnit<'_>, write: fn(&Date<'_>) -> String) -> String {
    let Some(text) = unit.metadata.date.as_deref() else { return String::new() };
    let mut parts = text.split('-');
    let year = parts.next().unwrap_or_default();
    if year.is_empty() {
        return String::new();
    }
    let month = parts.next().and_then(|month| month.parse().ok()).filter(|month| (1..=12).contains(month));
    let day = parts.next().and_then(|day| day.parse().ok()).filter(|_| month.is_some());
    write(&Date { year, month, day })
}

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Table T12 of the Bluebook.
const AMERICAN_MONTHS: [&str; 12] =
    ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

/// Genitive, as after a day, and nominative, as alone.
const RUSSIAN_MONTHS: [(&str, &str); 12] = [
    ("января", "январь"),
    ("февраля", "февраль"),
    ("марта", "март"),
    ("апреля", "апрель"),
    ("мая", "май"),
    ("июня", "июнь"),
    ("июля", "июль"),
    ("августа", "август"),
    ("сентября", "сентябрь"),
    ("октября", "октябрь"),
    ("ноября", "ноябрь"),
    ("декабря", "декабрь"),
];

/// "3 July 2015".
fn english_date(date: &Date<'_>) -> String {
    let month = date.month.and_then(|month| ENGLISH_MONTHS.get(month - 1)).copied().unwrap_or_default();
    let day = date.day.map(|day| day.to_string()).unwrap_or_default();
    join(" ", [day, month.to_owned(), date.year.to_owned()])
}

/// "July 3, 2015".
fn american_date(date: &Date<'_>) -> String {
    let month = date.month.and_then(|month| AMERICAN_MONTHS.get(month - 1)).copied().unwrap_or_default();
    let day = date.day.map(|day| format!("{day},")).unwrap_or_default();
    join(" ", [month.to_owned(), day, date.year.to_owned()])
}

/// «3 июля 2015 года», «июль 2015 года», «2015 год».
fn russian_date(date: &Date<'_>) -> String {
    let names = date.month.and_then(|month| RUSSIAN_MONTHS.get(month - 1));
    match (date.day, names) {
        (Some(day), Some((genitive, _))) => format!("{day} {genitive} {} года", date.year),
        (_, Some((_, nominative))) => format!("{nominative} {} года", date.year),
        _ => format!("{} год", date.year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cites a unit whose description is `kind|label|mark|section|position` of a document with or without a symbol.
    fn check(metadata: &Metadata, unit: &str, expected: [&str; 4]) {
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
        let styles = [CitationStyle::Un, CitationStyle::Oscola, CitationStyle::Bluebook, CitationStyle::Ru];
        for (style, expected) in styles.into_iter().zip(expected) {
            assert_eq!(cite(&unit, style).0, expected, "{style:?}");
        }
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
            "paragraph|98||Intro|0",
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
            "paragraph|||Report>Legislation|2",
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
