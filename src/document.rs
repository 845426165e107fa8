//! The plain data that every stage passes on: blocks, documents, sections, paragraphs, labels, references.
//!
//! Invariant: this module imports nothing else of the project and does no work beyond parsing and printing its own
//! types. Whoever reads it knows what flows through the house.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The file formats that the extractors read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Text,
    Markdown,
    Wiki,
    Html,
    Docx,
    Doc,
    Odt,
    Rtf,
    Pdf,
    /// JSON Lines of ready paragraphs: `{"doc","para","section","text"}`.
    JsonLines,
}

/// Emphasis of a whole block. Headings that carry nothing else are told apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Emphasis {
    #[default]
    None,
    Italic,
    Bold,
    BoldItalic,
}

/// What an extractor knows of a block.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// One printed line of a hard-wrapped text; the segmenter joins lines to paragraphs.
    Line,
    /// One whole paragraph (or the part of it that stands on one page).
    Paragraph,
    /// A heading by the format's own word; `1` is the highest. The depth is a hint: files lie about it. `0` where only
    /// weight or slope shows that it is one.
    Heading(u8),
    /// An item of a bulleted list, without its bullet; the number is its nesting from 0.
    Bullet(u8),
    /// A row of a table, cells joined with " | ".
    TableRow,
    /// A footnote or endnote that the format itself marks as one, with its mark ("3", "*"); the text has no mark.
    Footnote(String),
    /// Running heads, page numbers and the like, recognised by the extractor. Kept so that it can be reported.
    Furniture(LeftOutReason),
    /// The page ends here. Its text is empty.
    PageBreak,
}

/// One piece of a file in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub kind: BlockKind,
    /// Text without markup. A `Line` keeps its inner spaces; a hard line break inside a paragraph is `\n`.
    pub text: String,
    pub emphasis: Emphasis,
    /// The printed number, where the format keeps it apart from the text (JSON Lines); it is believed as it stands.
    pub number: Option<String>,
    /// Leading columns of a `Line`, and of a paragraph that may be one.
    pub indent: u16,
    /// Whether white space or a rule separates this block from the one before it. Only what may be a `Line` needs it.
    pub gap_before: bool,
    /// Printed page from 1, or 0 where the format has no pages.
    pub page: u32,
    /// Line of the source file from 1, or 0 where it has no lines. For messages.
    pub line: u32,
    /// Byte ranges of `text` that stand raised (superscript): candidates for footnote marks.
    pub raised: Vec<Range<usize>>,
}

impl Block {
    /// Returns a block of the given kind with no emphasis, indent, page or raised text.
    pub fn new(kind: BlockKind, text: impl Into<String>) -> Block {
        Block {
            kind,
            text: text.into(),
            emphasis: Emphasis::None,
            number: None,
            indent: 0,
            gap_before: false,
            page: 0,
            line: 0,
            raised: Vec::new(),
        }
    }
}

/// Why a piece of a file is in no paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutReason {
    /// A running symbol, header or footer.
    RunningHead,
    PageNumber,
    /// "GE.19-00934", bar-code digits, "Please recycle".
    JobNumber,
    TableOfContents,
    /// The sender's printed address, a logotype.
    Letterhead,
    /// "/..", rules made of dashes, lone symbols.
    Ornament,
    /// The mark of a footnote, taken out of a word.
    FootnoteMark,
    /// Markup, comments, front matter of the format.
    Markup,
}

/// A piece of the file that stands in no paragraph, so that nothing is lost without a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub reason: LeftOutReason,
    pub text: String,
    pub page: u32,
    pub line: u32,
}

/// What an extractor hands on: the blocks, and what the file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Extracted {
    pub blocks: Vec<Block>,
    pub properties: Properties,
    /// Its pages are pictures: nothing but its properties can be read. There are no blocks then.
    pub is_scan: bool,
    /// Things worth telling the user that did not stop the reading ("3 pages have no text layer").
    pub warnings: Vec<String>,
}

/// What a file's own properties say (PDF information, Word core properties, HTML head). Never trusted over the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    pub title: Option<String>,
    pub author: Option<String>,
    pub subject: Option<String>,
    /// ISO 8601 date.
    pub created: Option<String>,
    /// BCP 47 tag as the file gives it.
    pub language: Option<String>,
}

/// A language as a BCP 47 primary tag: "en", "ru", or another where the text is in neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; 2]);

impl Language {
    pub const ENGLISH: Language = Language(*b"en");
    pub const RUSSIAN: Language = Language(*b"ru");
    /// The text has too little to tell, and so has its document ("und" of ISO 639-2, printed "un").
    pub const UNKNOWN: Language = Language(*b"un");

    /// Returns the language of a two-letter ISO 639-1 code in any case, or `None` where it is not two letters.
    pub fn from_code(code: &str) -> Option<Language> {
        let bytes = code.as_bytes();
        let [first, second] = bytes else { return None };
        (first.is_ascii_alphabetic() && second.is_ascii_alphabetic())
            .then(|| Language([first.to_ascii_lowercase(), second.to_ascii_lowercase()]))
    }

    /// Whether ISO 639-1 gives its code to a language.
    pub fn is_known(&self) -> bool {
        const CODES: &str = "\
            aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee \
            el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
            it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
            mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si \
            sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh \
            yi yo za zh zu";
        CODES.split(' ').any(|code| code == self.code())
    }

    /// Returns the two-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("un")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
        let code = String::deserialize(deserializer)?;
        Language::from_code(&code).ok_or_else(|| serde::de::Error::custom("not a two-letter language code"))
    }
}

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

/// Whether a text is nothing but a UN document symbol ("A/HRC/40/51/Add.1", "CRC/C/OPSC/LAO/CO/1").
///
/// A symbol has at least three parts between slashes, capitals in the first and a digit somewhere.
pub fn is_un_symbol(text: &str) -> bool {
    if !text.starts_with(|first: char| first.is_ascii_uppercase()) || text.contains(char::is_whitespace) {
        return false;
    }
    let mut parts = text.split('/');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let part_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '*' | '(' | ')');
    rest.len() >= 2
        && !first.is_empty()
        && first.chars().all(|sign| sign.is_ascii_uppercase())
        && rest.iter().all(|part| !part.is_empty() && part.len() <= 12 && part.chars().all(part_sign))
        && text.chars().any(|sign| sign.is_ascii_digit())
}

/// Whether a text is nothing but a web address, as a printed page has it under a title or in a list of sources: in one
/// word, or in two where a line ended within it.
pub fn is_web_address(text: &str) -> bool {
    const STARTS: [&str; 3] = ["http://", "https://", "www."];
    let text = text.trim().trim_start_matches(['<', '(', '[']);
    let starts = |start: &&str| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    STARTS.iter().any(starts) && text.split_whitespace().count() <= 2
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

/// What a unit of a document is. The names are those of the JSON output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// The title block of a document.
    Title,
    Paragraph,
    /// A printed sub-item: "(a)", "(i)".
    Item,
    Bullet,
    Footnote,
    /// A row of a table.
    Table,
}

impl ParagraphKind {
    pub const ALL: [(ParagraphKind, &'static str); 6] = [
        (ParagraphKind::Title, "title"),
        (ParagraphKind::Paragraph, "paragraph"),
        (ParagraphKind::Item, "item"),
        (ParagraphKind::Bullet, "bullet"),
        (ParagraphKind::Footnote, "footnote"),
        (ParagraphKind::Table, "table"),
    ];

    /// Returns the name of the JSON output.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// A printed paragraph number with its sub-items: "21 (c)", "140.10", "12 bis", "30 (a) (ii)".
///
/// Printed as the document prints it; ordered as a reader counts ("140.2" before "140.10", "9" before "10").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// The number without a closing full stop ("21", "140.10", "12 bis"); empty for an item that hangs on no number.
    pub number: String,
    /// Printed sub-items without brackets, outermost first (`["a", "ii"]`).
    pub items: Vec<String>,
}

impl Label {
    /// Returns a label without sub-items.
    pub fn number(number: impl Into<String>) -> Label {
        Label { number: number.into(), items: Vec::new() }
    }

    /// Returns this label with one more sub-item.
    pub fn with_item(&self, item: impl Into<String>) -> Label {
        let mut label = self.clone();
        label.items.push(item.into());
        label
    }

    /// Reads a label in the form that `Display` writes, spaces being optional: "21", "21 (c)", "21(c)(ii)", "(a)", "OP1-3".
    /// Returns `None` where there is neither a digit nor a bracket, other signs stand in the number, or a bracket is not
    /// closed.
    pub fn parse(text: &str) -> Option<Label> {
        let text = text.trim();
        let number_end = text.find('(').unwrap_or(text.len());
        let number_sign = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '-' | ' ');
        let numbered = text[..number_end].is_empty() || text[..number_end].contains(|sign: char| sign.is_ascii_digit());
        if !numbered || !text[..number_end].chars().all(number_sign) {
            return None;
        }
        let (number, mut rest) = text.split_once('(').map_or((text, ""), |(number, rest)| (number, rest));
        let mut items = Vec::new();
        while !rest.is_empty() {
            let (item, after) = rest.split_once(')')?;
            items.push(item.trim().to_owned());
            let after = after.trim_start();
            rest = match after.strip_prefix('(') {
                Some(next) => next,
                None if after.is_empty() => "",
                None => return None,
            };
        }
        let number = number.trim().trim_end_matches('.').to_owned();
        let said = !number.is_empty() || !items.is_empty();
        (said && items.iter().all(|item| !item.is_empty())).then_some(Label { number, items })
    }

    /// Returns the parts by which labels are ordered and ranges are taken: numbers first, then words ("bis"), then items.
    fn sort_key(&self) -> (Vec<u64>, String, Vec<String>) {
        let mut digits = Vec::new();
        let mut suffix = String::new();
        for part in self.number.split(['.', ' ']) {
            match part.parse() {
                Ok(value) => digits.push(value),
                Err(_) => suffix.push_str(part),
            }
        }
        (digits, suffix, self.items.clone())
    }
}

impl fmt::Display for Label {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.number)?;
        for (place, item) in self.items.iter().enumerate() {
            let space = if place == 0 && self.number.is_empty() { "" } else { " " };
            write!(out, "{space}({item})")?;
        }
        Ok(())
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Label) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Label) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Label {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Label, D::Error> {
        let text = String::deserialize(deserializer)?;
        Label::parse(&text).ok_or_else(|| serde::de::Error::custom("not a paragraph label"))
    }
}

/// Whether a printed number is a decimal one of another: "140.2" of "140", not of "14". Recommendations are so numbered.
pub fn is_decimal_below(number: &str, above: &str) -> bool {
    let below = number.strip_prefix(above).and_then(|rest| rest.strip_prefix('.'));
    below.is_some_and(|below| below.starts_with(|sign: char| sign.is_ascii_digit()))
}

/// A heading and where it hangs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// As printed, numbering kept, on one line ("V. Prevention of the sale of children").
    pub heading: String,
    /// Index of the section above it in `Document::sections`.
    pub parent: Option<usize>,
}

/// One citeable unit of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Position in the document, from 1.
    pub ordinal: u32,
    pub kind: ParagraphKind,
    /// What is printed before the text, or `None`.
    pub label: Option<Label>,
    /// The mark of a footnote ("4", "*"), else `None`.
    pub mark: Option<String>,
    /// Whole sentences on one line, without number, bullet or footnote marks.
    pub text: String,
    /// Index of the innermost section in `Document::sections`.
    pub section: Option<usize>,
    /// Ordinal of the unit this one hangs on: the lead-in of a sub-item, the paragraph of a footnote.
    pub parent: Option<u32>,
    /// Position among the units without a printed label of the same section and kind, from 1; 0 where a label is printed.
    pub position: u32,
    pub language: Language,
    /// Printed page from 1, or 0.
    pub page: u32,
}

/// A document with all its units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The path below the corpus folder without the ending.
    pub id: String,
    pub format: Format,
    pub metadata: Metadata,
    pub sections: Vec<Section>,
    pub paragraphs: Vec<Paragraph>,
    /// References to law, in the order of the text.
    pub references: Vec<Reference>,
    /// Which units are articles of a treaty, where the document is the text of one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<Provision>,
    pub left_out: Vec<LeftOut>,
    pub warnings: Vec<String>,
}

impl Document {
    /// Returns the headings above a section and its own, outermost first.
    pub fn section_path(&self, section: Option<usize>) -> Vec<&str> {
        let mut path = Vec::new();
        let mut next = section;
        while let Some(entry) = next.and_then(|index| self.sections.get(index)) {
            path.push(entry.heading.as_str());
            next = entry.parent;
        }
        path.reverse();
        path
    }
}

/// A unit that is an article of a treaty, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provision {
    pub ordinal: u32,
    /// As references to it have it ("ICCPR/19/3/a").
    pub key: String,
}

/// What a reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceKind {
    /// A treaty or declaration of the registry, with or without an article.
    Treaty,
    IloConvention,
    /// A UN document by its symbol.
    UnDocument,
    Resolution,
    GeneralComment,
    Communication,
    RulesOfProcedure,
    Sdg,
    DomesticLaw,
    /// An article whose instrument the text does not give.
    Unbound,
}

/// One reference to law found in a paragraph or in a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Ordinal of the paragraph; 0 for a heading or for a query.
    pub ordinal: u32,
    /// Index of the section whose heading holds it, where it stands in a heading.
    pub section: Option<usize>,
    /// Unicode scalar values in the paragraph's text (or the heading), end exclusive.
    pub start: u32,
    pub end: u32,
    /// The words as they stand.
    pub quote: String,
    pub kind: ReferenceKind,
    /// Canonical key with article and paragraph ("CRC-OP-SC/9/3", "ILO-C182", "UN:CRC/C/LAO/CO/2/45").
    /// `None` while unbound.
    pub key: Option<String>,
    pub instrument: Option<String>,
    pub article: Option<String>,
    pub paragraph: Option<String>,
    pub sub: Option<String>,
    /// Bound by context, not by the words themselves.
    pub implicit: bool,
    /// Why it is unbound, or flagged ("the Convention has 54 articles").
    pub note: Option<String>,
}

/// A citation ready to paste.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_and_written() {
        for (text, written) in [
            ("21", "21"),
            ("21(c)", "21 (c)"),
            ("30 (a)(ii)", "30 (a) (ii)"),
            ("140.10", "140.10"),
            ("12 bis", "12 bis"),
            ("(a)", "(a)"),
        ] {
            assert_eq!(Label::parse(text).map(|label| label.to_string()).as_deref(), Some(written), "{text}");
        }
        for none in ["", "c", "21 (c", "21 () x", "21 (c) x", "A/72/1"] {
            assert_eq!(Label::parse(none), None, "{none}");
        }
    }

    #[test]
    fn labels_are_ordered_as_a_reader_counts() {
        let mut labels: Vec<Label> = ["140.10", "21 (c)", "140.2", "9", "21", "12 bis", "12", "140"]
            .iter()
            .filter_map(|text| Label::parse(text))
            .collect();
        labels.sort();
        let written: Vec<String> = labels.iter().map(Label::to_string).collect();
        assert_eq!(written, ["9", "12", "12 bis", "21", "21 (c)", "140", "140.2", "140.10"]);
    }
}
