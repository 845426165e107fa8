//! What is known of a document, and the kinds of documents.

use serde::{Deserialize, Serialize};

use super::Language;

/// What is known of a document. Never guessed: what is not known is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The UN document symbol, as printed on the document ("A/HRC/40/51/Add.1").
    pub symbol: Option<String>,
    pub title: Option<String>,
    /// Adoption or publication date, ISO 8601, as precise as known ("2015-06-05", "2019-02", "2019").
    pub date: Option<String>,
    /// ISO 3166 alpha-3 code of the country that the document is about ("LAO").
    pub country: Option<String>,
    /// The issuing body by its short English name ("CRC", "HRC", "OHCHR", "Child Rights Connect").
    pub body: Option<String>,
    pub kind: Option<DocumentKind>,
    /// Where the document was published.
    pub source: Option<String>,
    /// The main language; paragraphs have their own.
    pub language: Option<Language>,
}

impl Metadata {
    /// Returns the year of `date`.
    pub fn year(&self) -> Option<u16> {
        self.date.as_deref()?.get(..4)?.parse().ok()
    }
}

/// Kinds of documents that the field tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    ConcludingObservations,
    GeneralComment,
    StateReport,
    ListOfIssues,
    Views,
    UprReport,
    UprLetter,
    UprSubmission,
    SpecialProceduresReport,
    Resolution,
    Treaty,
    Judgment,
    Law,
    NgoReport,
    Article,
}

impl DocumentKind {
    /// Every kind with its name on the command line and in `metadata.toml`.
    pub const ALL: [(DocumentKind, &'static str); 15] = [
        (DocumentKind::ConcludingObservations, "concluding-observations"),
        (DocumentKind::GeneralComment, "general-comment"),
        (DocumentKind::StateReport, "state-report"),
        (DocumentKind::ListOfIssues, "list-of-issues"),
        (DocumentKind::Views, "views"),
        (DocumentKind::UprReport, "upr-report"),
        (DocumentKind::UprLetter, "upr-letter"),
        (DocumentKind::UprSubmission, "upr-submission"),
        (DocumentKind::SpecialProceduresReport, "special-procedures-report"),
        (DocumentKind::Resolution, "resolution"),
        (DocumentKind::Treaty, "treaty"),
        (DocumentKind::Judgment, "judgment"),
        (DocumentKind::Law, "law"),
        (DocumentKind::NgoReport, "ngo-report"),
        (DocumentKind::Article, "article"),
    ];

    /// Returns the name used on the command line ("concluding-observations").
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// The names of the months as English dates print them, January first.
pub const ENGLISH_MONTHS: [&str; 12] = [
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
