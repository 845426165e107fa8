//! Metadata from the front matter: symbol, title, date, body, country, kind. Never guessed: what is not there is `None`.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use thiserror::Error;

use crate::document::{
    DocumentKind, Language, LeftOut, LeftOutReason, Metadata, Paragraph, ParagraphKind, Properties, is_un_symbol,
};

use super::{bodies, countries, dates};

/// What the reading of metadata starts from.
#[derive(Debug, Clone, Copy)]
pub struct FrontMatter<'a> {
    /// Printed lines of the title block.
    pub lines: &'a [String],
    pub paragraphs: &'a [Paragraph],
    pub left_out: &'a [LeftOut],
    pub properties: &'a Properties,
    /// The document's main language.
    pub language: Option<Language>,
}

/// Paragraphs in which an adoption or a letter's date stands.
const OPENING: usize = 4;
/// Characters of a title at most.
const LONGEST_TITLE: usize = 400;

/// Reads what a document says of itself.
pub fn read(front: &FrontMatter<'_>) -> Metadata {
    let symbol = read_symbol(front);
    let kind_line = front
        .lines
        .iter()
        .filter(|line| kind_of(line).is_some())
        .max_by_key(|line| front.language == language_of(line));
    let title = read_title(front, kind_line);
    let kind = kind_line.and_then(|line| kind_of(line)).or_else(|| kind_by_content(front));
    Metadata {
        country: read_country(front, symbol.as_deref(), title.as_deref()),
        body: read_body(front, symbol.as_deref()),
        date: read_date(front),
        symbol,
        title,
        kind,
        source: None,
        language: front.language,
    }
}

/// The symbol that runs over the pages, else one printed alone in the first lines of the front matter.
fn read_symbol(front: &FrontMatter<'_>) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for left in front.left_out.iter().filter(|left| left.reason == LeftOutReason::RunningHead) {
        for word in left.text.split_whitespace().filter(|word| is_un_symbol(word)) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let running = counts
        .into_iter()
        .max_by(|left, right| left.1.cmp(&right.1).then(right.0.cmp(left.0)))
        .map(|(symbol, _)| symbol);
    let printed = front.lines.iter().take(6).flat_map(|line| line.split_whitespace()).find(|word| is_un_symbol(word));
    running.or(printed).map(|symbol| symbol.trim_end_matches(['*', '.']).to_owned())
}

/// The line that names the kind of document in the document's language, with the country under it; else all lines that
/// are not the body's, the session's or the printer's; else the file's own title.
fn read_title(front: &FrontMatter<'_>, kind_line: Option<&String>) -> Option<String> {
    let clean = |line: &str| line.trim_matches(['*', ' ']).to_owned();
    if let Some(line) = kind_line {
        let after = front.lines.iter().skip_while(|other| *other != line).nth(1);
        let country = after.filter(|line| line.split_whitespace().count() <= 6 && !countries::find_in(line).is_empty());
        let title = match country {
            Some(country) => format!("{}: {}", clean(line), clean(country)),
            None => clean(line),
        };
        return Some(shorten(title));
    }
    let lines: Vec<String> = front
        .lines
        .iter()
        .filter(|line| !is_formula(line))
        .map(|line| clean(line))
        .filter(|line| !line.is_empty())
        .collect();
    if !lines.is_empty() {
        return Some(shorten(lines.join(" ")));
    }
    title_of(front.properties)
}

/// Returns the title that a file's properties give, where it is none of a converter.
pub fn title_of(properties: &Properties) -> Option<String> {
    let title = properties.title.as_deref()?.trim();
    (!is_file_name(title)).then(|| shorten(title.to_owned()))
}

/// Whether a symbol is one of a body that is known.
pub fn is_known_symbol(symbol: &str) -> bool {
    is_un_symbol(symbol) && bodies::by_symbol(symbol).is_some()
}

fn shorten(title: String) -> String {
    match title.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title,
    }
}

/// Lines of UN covers that name no document.
fn is_formula(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    const STARTS: [&str; 17] = [
        "distr",
        "original:",
        "agenda item",
        "united nations",
        "general assembly",
        "security council",
        "economic and social council",
        "пункт ",
        "организация объединенных наций",
        "генеральная ассамблея",
        "язык оригинала",
        "original :",
        "item ",
        "english only",
        "совет безопасности",
        "экономический и социальный совет",
        "geneva,",
    ];
    let session = lower.ends_with(" session") || lower.ends_with(" сессия");
    let body = bodies::find_in(line).first().is_some_and(|(span, _)| span.len() * 10 >= line.trim().len() * 9);
    let date = dates::find(line).first().is_some_and(|date| date.end + 6 >= line.trim_end().len() && line.len() < 60);
    STARTS.iter().any(|start| lower.starts_with(start)) || session || body || date || is_un_symbol(line.trim())
}

/// What converters write where the author gave no title.
fn is_file_name(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    lower.is_empty()
        || lower.starts_with("microsoft word")
        || lower == "untitled"
        || lower
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ["doc", "docx", "pdf", "rtf", "odt", "indd"].contains(&ending))
}

/// The day of adoption, of distribution, or of a letter. The days of a session are no date of the document, except where
/// it says that it was adopted in them; the date of the file is that of a copy, and would stand in citations.
fn read_date(front: &FrontMatter<'_>) -> Option<String> {
    let opening = || front.paragraphs.iter().take(OPENING);
    let adopted = opening()
        .chain(front.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Footnote).take(3))
        .find_map(|paragraph| adoption(&paragraph.text));
    let distributed =
        || front.lines.iter().chain(front.left_out.iter().map(|left| &left.text)).find_map(|line| distribution(line));
    let alone = || {
        opening().find_map(|paragraph| {
            dates::find(&paragraph.text)
                .pop()
                .filter(|date| !date.in_range && paragraph.text.len() <= date.end + 8 && paragraph.text.len() < 40)
        })
    };
    let in_front = || front.lines.iter().flat_map(|line| dates::find(line)).find(|date| !date.in_range);
    adopted.or_else(distributed).or_else(|| alone().map(|date| date.iso)).or_else(|| in_front().map(|date| date.iso))
}

/// "adopted at its 2024th meeting, held on 5 June 2015", "* Adopted by the Committee at its … session (… 5 June 2015)",
/// «Принят Государственной Думой 8 июля 2006 года»: what this document says of itself, not of another.
fn adoption(text: &str) -> Option<String> {
    let opens = ["Adopted ", "Принят", "ПРИНЯТ"].iter().any(|word| text.starts_with(word)).then_some(0);
    let own =
        ["adopted at its", "and adopted, at its", "Принят Государственной", "приняты Комитетом", "принял на своем"];
    let at = opens.or_else(|| own.iter().filter_map(|phrase| text.find(phrase)).min())?;
    let sentence = text[at..].split(". ").next()?;
    dates::find(sentence).pop().map(|date| date.iso)
}

fn distribution(line: &str) -> Option<String> {
    let at = line.find("Distr").or_else(|| line.find("GENERAL"))?;
    dates::find(&line[at..]).into_iter().next().map(|date| date.iso)
}

fn read_body(front: &FrontMatter<'_>, symbol: Option<&str>) -> Option<String> {
    if let Some(body) = symbol.and_then(bodies::by_symbol) {
        return Some(body.id.to_owned());
    }
    let letterhead = front.left_out.iter().filter(|left| left.reason == LeftOutReason::Letterhead);
    let found: Vec<&bodies::Body> = front
        .lines
        .iter()
        .filter(|line| kind_of(line).is_none())
        .chain(letterhead.map(|left| &left.text))
        .flat_map(|line| bodies::find_in(line))
        .filter_map(|(_, id)| bodies::by_code(id))
        .collect();
    // A cover names the body and those above it: the one below the others has issued the document.
    let below =
        found.iter().find(|body| body.parent.is_some_and(|parent| found.iter().any(|other| other.id == parent)));
    let in_title = || front.lines.iter().find_map(|line| bodies::find_in(line).first().map(|(_, id)| (*id).to_owned()));
    below.or(found.first()).map(|body| body.id.to_owned()).or_else(in_title)
}

/// The country whose code is a part of the symbol, else the only one that the title names, else the only one of the front.
fn read_country(front: &FrontMatter<'_>, symbol: Option<&str>, title: Option<&str>) -> Option<String> {
    let in_symbol = symbol.and_then(|symbol| symbol.split('/').skip(1).find_map(countries::by_code));
    if let Some(country) = in_symbol {
        return Some(country.code.to_owned());
    }
    let only = |texts: &mut dyn Iterator<Item = &str>| {
        let mut codes: Vec<&str> = texts.flat_map(countries::find_in).map(|(_, code)| code).collect();
        codes.sort_unstable();
        codes.dedup();
        match codes.as_slice() {
            [code] => Some((*code).to_owned()),
            _ => None,
        }
    };
    only(&mut title.into_iter()).or_else(|| only(&mut front.lines.iter().map(String::as_str)))
}

/// Phrases of titles that name a kind of document, in lower case, English and Russian.
const KINDS: [(DocumentKind, &[&str]); 9] = [
    (
        DocumentKind::ConcludingObservations,
        &["concluding observations", "concluding comments", "заключительные замечания"],
    ),
    (
        DocumentKind::GeneralComment,
        &["general comment no", "general recommendation no", "замечание общего порядка", "общая рекомендация"],
    ),
    (DocumentKind::ListOfIssues, &["list of issues", "list of themes", "перечень вопросов"]),
    (
        DocumentKind::Views,
        &["views adopted by", "decision adopted by the committee", "соображения, принятые", "соображения комитета"],
    ),
    (
        DocumentKind::UprReport,
        &[
            "report of the working group on the universal periodic review",
            "доклад рабочей группы по универсальному периодическому обзору",
        ],
    ),
    (
        DocumentKind::UprSubmission,
        &[
            "compilation of un information",
            "compilation prepared by the office",
            "summary prepared by the office",
            "summary of stakeholders",
            "резюме, подготовленное управлением",
            "подборка, подготовленная управлением",
            "national report submitted",
        ],
    ),
    (
        DocumentKind::SpecialProceduresReport,
        &[
            "report of the special rapporteur",
            "report of the independent expert",
            "report of the working group on",
            "доклад специального докладчика",
            "доклад независимого эксперта",
            "доклад рабочей группы по",
        ],
    ),
    (
        DocumentKind::StateReport,
        &[
            "periodic report of",
            "initial report of",
            "periodic reports of",
            "periodic report submitted by",
            "initial report submitted by",
            "периодический доклад",
            "первоначальный доклад",
        ],
    ),
    (DocumentKind::Resolution, &["resolution adopted by", "резолюция, принятая"]),
];

fn kind_of(line: &str) -> Option<DocumentKind> {
    let lower = line.to_lowercase();
    KINDS.iter().find(|(_, phrases)| phrases.iter().any(|phrase| lower.contains(phrase))).map(|(kind, _)| *kind)
}

/// Kinds that the front matter does not name but the form shows: a letter of the High Commissioner on the UPR, a treaty,
/// a judgment.
fn kind_by_content(front: &FrontMatter<'_>) -> Option<DocumentKind> {
    let opening = || front.paragraphs.iter().take(6).map(|paragraph| paragraph.text.as_str());
    let salutation = opening()
        .any(|text| matches!(text.trim_end_matches(','), "Excellency" | "Ваше Превосходительство" | "Your Excellency"));
    if salutation
        && opening().any(|text| {
            text.contains("Universal Periodic Review") || text.contains("универсального периодического обзора")
        })
    {
        return Some(DocumentKind::UprLetter);
    }
    let title = front.lines.join(" ").to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if starts(&["european court of human rights", "европейский суд по правам человека"])
        && starts(&["judgment", "постановление"])
    {
        return Some(DocumentKind::Judgment);
    }
    None
}

/// The language of a line by its script, as far as titles need it.
fn language_of(line: &str) -> Option<Language> {
    let cyrillic = line.chars().filter(|sign| ('\u{400}'..='\u{4ff}').contains(sign)).count();
    let letters = line.chars().filter(|sign| sign.is_alphabetic()).count();
    (letters > 0).then_some(if cyrillic * 2 > letters { Language::RUSSIAN } else { Language::ENGLISH })
}

/// What `metadata.toml` says of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    pub symbol: Option<String>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub country: Option<String>,
    pub body: Option<String>,
    pub kind: Option<DocumentKind>,
    pub source: Option<String>,
}

/// Why a `metadata.toml` cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OverrideError {
    #[error("{0}")]
    Syntax(String),
    #[error("[\"{0}\"] country = \"{1}\" is not an ISO 3166 alpha-3 code (such as \"LAO\")")]
    Country(String, String),
    #[error("[\"{0}\"] date = \"{1}\" is not an ISO 8601 date (such as \"2015-06-05\" or \"2019\")")]
    Date(String, String),
}

/// Reads a `metadata.toml`: one table a document, named by the document's id.
///
/// # Errors
/// `Syntax` with the line, `Country` and `Date` for values that nothing could be found by.
pub fn read_overrides(text: &str) -> Result<BTreeMap<String, Override>, OverrideError> {
    let overrides: BTreeMap<String, Override> =
        toml::from_str(text).map_err(|error| OverrideError::Syntax(one_line(&error, text)))?;
    for (id, entry) in &overrides {
        if let Some(country) = &entry.country
            && countries::by_code(country).is_none()
        {
            return Err(OverrideError::Country(id.clone(), country.clone()));
        }
        if let Some(date) = &entry.date
            && !is_iso_date(date)
        {
            return Err(OverrideError::Date(id.clone(), date.clone()));
        }
    }
    Ok(overrides)
}

fn one_line(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    format!("line {line}: {}", error.message().lines().collect::<Vec<_>>().join(" "))
}

/// Whether a text is a date of ISO 8601: "2015-06-05", "2019-02", "2019".
pub fn is_iso_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numbers = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    numbers && matches!(widths.as_slice(), [4] | [4, 2] | [4, 2, 2])
}

impl Override {
    /// Puts what is said here in the place of what was read.
    pub fn apply(&self, metadata: &mut Metadata) {
        let put = |said: &Option<String>, read: &mut Option<String>| {
            if said.is_some() {
                read.clone_from(said);
            }
        };
        put(&self.symbol, &mut metadata.symbol);
        put(&self.title, &mut metadata.title);
        put(&self.date, &mut metadata.date);
        put(&self.country, &mut metadata.country);
        put(&self.body, &mut metadata.body);
        put(&self.source, &mut metadata.source);
        metadata.kind = self.kind.or(metadata.kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(lines: &[&str], running: &[&str], language: Language) -> Metadata {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let left_out: Vec<LeftOut> = running
            .iter()
            .map(|text| LeftOut { reason: LeftOutReason::RunningHead, text: (*text).to_owned(), page: 0, line: 0 })
            .collect();
        read(&FrontMatter {
            lines: &lines,
            paragraphs: &[],
            left_out: &left_out,
            properties: &Properties::default(),
            language: Some(language),
        })
    }

    #[test]
    fn concluding_observations() {
        let read = front(
            &[
                "Committee against Torture",
                "Concluding observations on the sixth periodic report of Norway*",
                "Distr.: General 5 June 2018",
            ],
            &["CAT/C/NOR/CO/6"],
            Language::ENGLISH,
        );
        assert_eq!(read.symbol.as_deref(), Some("CAT/C/NOR/CO/6"));
        assert_eq!(read.title.as_deref(), Some("Concluding observations on the sixth periodic report of Norway"));
        assert_eq!((read.body.as_deref(), read.country.as_deref()), (Some("CAT"), Some("NOR")));
        assert_eq!((read.kind, read.date.as_deref()), (Some(DocumentKind::ConcludingObservations), Some("2018-06-05")));
    }

    #[test]
    fn a_cover_in_two_languages() {
        let read = front(
            &[
                "Совет по правам человека",
                "Доклад Специального докладчика о поездке в Таджикистан",
                "Report of the Special Rapporteur on her visit to Tajikistan",
            ],
            &[],
            Language::ENGLISH,
        );
        assert_eq!(read.title.as_deref(), Some("Report of the Special Rapporteur on her visit to Tajikistan"));
        assert_eq!((read.country.as_deref(), read.kind), (Some("TJK"), Some(DocumentKind::SpecialProceduresReport)));
    }

    #[test]
    fn a_working_group_report_takes_its_country() {
        let read = front(
            &[
                "United Nations",
                "A/HRC/27/3",
                "General Assembly",
                "Report of the Working Group on the Universal Periodic Review*",
                "Norway",
            ],
            &[],
            Language::ENGLISH,
        );
        assert_eq!(read.title.as_deref(), Some("Report of the Working Group on the Universal Periodic Review: Norway"));
        assert_eq!((read.symbol.as_deref(), read.country.as_deref()), (Some("A/HRC/27/3"), Some("NOR")));
        assert_eq!(read.kind, Some(DocumentKind::UprReport));
    }

    #[test]
    fn absent_is_none() {
        assert_eq!(
            front(&[], &[], Language::ENGLISH),
            Metadata { language: Some(Language::ENGLISH), ..Metadata::default() }
        );
    }

    #[test]
    fn overrides() {
        let read = read_overrides("[\"a/b\"]\nsymbol = \"A/1/2\"\ncountry = \"LAO\"\nkind = \"upr-letter\"\n")
            .unwrap_or_default();
        assert_eq!(read.get("a/b").and_then(|entry| entry.kind), Some(DocumentKind::UprLetter));
        for (text, message) in [
            ("[\"a\"]\ncountry = \"Laos\"", "not an ISO 3166"),
            ("[\"a\"]\ndate = \"5 June 2015\"", "not an ISO 8601"),
            ("[\"a\"]\n\ntitel = \"x\"", "line 3: unknown field"),
            ("[\"a\"\n", "line 1"),
        ] {
            let error = read_overrides(text).map_err(|error| error.to_string());
            assert!(error.as_ref().is_err_and(|error| error.contains(message)), "{error:?}");
        }
    }
}
