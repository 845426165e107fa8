//! The user's own terms: TSV as the glossary is written, or SKOS in Turtle, both kept as TSV.
//!
//! Invariant: whatever is wrong with a file is said with its line. A line of a table that is no term is passed over; a file
//! most of whose lines are none is no table of terms, and nothing of it is used.

use std::collections::BTreeMap;

use oxrdf::{NamedOrBlankNode, Term};
use oxttl::TurtleParser;

/// Bytes of a file of terms that are read. The whole UNESCO thesaurus has under three million.
pub const MAX_BYTES: usize = 64 << 20;
/// Bytes of one form. Longer ones are sentences, or not terms at all.
const MAX_FORM: usize = 400;

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// Why a file of terms cannot be used. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    #[error("line {line}: {reason}")]
    Line { line: usize, reason: String },
    #[error("the file is not UTF-8 (line {0}); save it as UTF-8")]
    Encoding(usize),
    #[error("the file has more than {} million bytes; split it", MAX_BYTES >> 20)]
    TooLarge,
    #[error("the file has no terms in both English and Russian, nor two names for one thing")]
    Empty,
}

/// A checked table of terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserTerms {
    tsv: String,
    concepts: usize,
    passed_over: Vec<TermsError>,
}

impl UserTerms {
    /// Reads lines of English forms, a tab, Russian forms; forms are separated by ";". One of the two cells may be empty
    /// where the other has two forms at least. Empty lines and lines that begin with "#" are passed over; a head
    /// "english TAB russian" may stand first. Lines that are no terms are in [`UserTerms::passed_over`].
    ///
    /// # Errors
    /// The first such line where they are more than the terms.
    pub fn from_tsv(bytes: &[u8]) -> Result<UserTerms, TermsError> {
        let text = utf8(bytes)?;
        let mut table = TableText::default();
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.trim_end_matches('\r');
            let head = text.trim().eq_ignore_ascii_case("english\trussian");
            if text.trim().is_empty() || text.starts_with('#') || head {
                continue;
            }
            match term(text) {
                Ok((english, russian)) => table.push(&english, &russian),
                Err(reason) => table.passed_over.push(TermsError::Line { line, reason: reason.to_owned() }),
            }
        }
        match table.passed_over.first() {
            Some(first) if table.passed_over.len() > table.concepts => Err(first.clone()),
            _ => table.finish(),
        }
    }

    /// Reads the preferred, alternative and hidden labels of SKOS concepts in English and Russian; other languages are
    /// passed over, and so are labels without a language.
    pub fn from_skos(bytes: &[u8]) -> Result<UserTerms, TermsError> {
        utf8(bytes)?;
        let mut concepts: BTreeMap<String, Labels> = BTreeMap::new();
        for triple in TurtleParser::new().for_slice(bytes) {
            let triple = triple.map_err(|error| TermsError::Line {
                line: usize::try_from(error.location().start.line).unwrap_or(usize::MAX).saturating_add(1),
                reason: error.message().to_owned(),
            })?;
            let rank = match triple.predicate.as_str().strip_prefix(SKOS) {
                Some("prefLabel") => 0,
                Some("altLabel") => 1,
                Some("hiddenLabel") => 2,
                _ => continue,
            };
            let Term::Literal(label) = &triple.object else { continue };
            let subject = match &triple.subject {
                NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
                NamedOrBlankNode::BlankNode(node) => format!("_:{}", node.as_str()),
            };
            let labels = concepts.entry(subject).or_default();
            let language = label.language().and_then(|tag| tag.split('-').next()).unwrap_or_default();
            match language.to_ascii_lowercase().as_str() {
                "en" => labels.english.push((rank, clean(label.value()))),
                "ru" => labels.russian.push((rank, clean(label.value()))),
                _ => {}
            }
        }
        let mut table = TableText::default();
        for labels in concepts.into_values() {
            let english = ranked(labels.english);
            let russian = ranked(labels.russian);
            if english.len() + russian.len() > 1 {
                table.push(&english, &russian);
            }
        }
        table.finish()
    }

    /// Reads either, told apart by the ending of the file's name: "ttl", "turtle" and "skos" are SKOS.
    pub fn from_named(name: &str, bytes: &[u8]) -> Result<UserTerms, TermsError> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        if matches!(ending.as_str(), "ttl" | "turtle" | "skos") {
            Self::from_skos(bytes)
        } else {
            Self::from_tsv(bytes)
        }
    }

    /// Reads what `as_tsv` gave. It was checked then and is not checked again: a table that somebody has changed since
    /// finds fewer terms at worst.
    pub fn from_kept(bytes: &[u8]) -> UserTerms {
        let tsv = String::from_utf8_lossy(bytes).into_owned();
        UserTerms { concepts: tsv.lines().count().saturating_sub(1), tsv, passed_over: Vec::new() }
    }

    /// Returns the terms in the form that `from_tsv` reads, to be kept with the index.
    pub fn as_tsv(&self) -> &str {
        &self.tsv
    }

    /// Returns the number of concepts.
    pub fn len(&self) -> usize {
        self.concepts
    }

    /// Returns the lines that are no terms, each with the reason.
    pub fn passed_over(&self) -> &[TermsError] {
        &self.passed_over
    }

    /// Returns whether there are none. A table that was read has one at least.
    pub fn is_empty(&self) -> bool {
        self.concepts == 0
    }

    /// Returns one table with the terms of both.
    pub fn join(mut self, other: &UserTerms) -> UserTerms {
        let body = other.tsv.split_once('\n').map_or("", |(_, body)| body);
        self.tsv.push_str(body);
        self.concepts += other.concepts;
        self.passed_over.extend(other.passed_over.iter().cloned());
        self
    }
}

#[derive(Default)]
struct Labels {
    english: Vec<(u8, String)>,
    russian: Vec<(u8, String)>,
}

/// Returns the labels, preferred ones first, each once, those too long left out.
fn ranked(mut labels: Vec<(u8, String)>) -> Vec<String> {
    labels.sort_by_key(|(rank, _)| *rank);
    let mut kept: Vec<String> = Vec::new();
    for (_, label) in labels {
        if !label.is_empty() && label.len() <= MAX_FORM && !kept.contains(&label) {
            kept.push(label);
        }
    }
    kept
}

/// Returns a label on one line without the characters that separate forms, and without a qualifier in brackets at its
/// end ("Seals (animals)"): nobody writes that in a text.
fn clean(label: &str) -> String {
    let line = label.split_whitespace().collect::<Vec<_>>().join(" ").replace(';', ",");
    let line = line.trim_start_matches(['#', '=']);
    match line.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        Some((name, _)) if !name.is_empty() => name.to_owned(),
        _ => line.to_owned(),
    }
}

/// Reads a line: its English and its Russian forms.
fn term(line: &str) -> Result<(Vec<String>, Vec<String>), &'static str> {
    let (english, russian) =
        line.split_once('\t').ok_or("there is no tab between the English and the Russian forms")?;
    if russian.contains('\t') {
        return Err("there are more than two cells; separate forms with \";\"");
    }
    let (english, russian) = (forms(english)?, forms(russian)?);
    if english.len() + russian.len() < 2 {
        return Err("a term needs two forms at least: one in each language, or two in one");
    }
    Ok((english, russian))
}

fn forms(cell: &str) -> Result<Vec<String>, &'static str> {
    let mut forms = Vec::new();
    for form in cell.split(';').map(str::trim).filter(|form| !form.is_empty()) {
        if form.len() > MAX_FORM {
            return Err("a form is longer than 400 bytes");
        }
        if form.chars().any(char::is_control) {
            return Err("a form has control characters");
        }
        forms.push(form.to_owned());
    }
    Ok(forms)
}

fn utf8(bytes: &[u8]) -> Result<&str, TermsError> {
    if bytes.len() > MAX_BYTES {
        return Err(TermsError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        TermsError::Encoding(1 + before.iter().filter(|byte| **byte == b'\n').count())
    })
}

#[derive(Default)]
struct TableText {
    tsv: String,
    concepts: usize,
    passed_over: Vec<TermsError>,
}

impl TableText {
    fn push(&mut self, english: &[String], russian: &[String]) {
        if self.tsv.is_empty() {
            self.tsv.push_str("english\trussian\n");
        }
        self.tsv.push_str(&english.join(";"));
        self.tsv.push('\t');
        self.tsv.push_str(&russian.join(";"));
        self.tsv.push('\n');
        self.concepts += 1;
    }

    fn finish(self) -> Result<UserTerms, TermsError> {
        if self.concepts == 0 {
            return Err(TermsError::Empty);
        }
        Ok(UserTerms { tsv: self.tsv, concepts: self.concepts, passed_over: self.passed_over })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_tsv(text: &str, expected: Result<&str, &str>) {
        let found = UserTerms::from_tsv(text.as_bytes());
        match expected {
            Ok(body) => assert_eq!(found.map(|terms| terms.tsv), Ok(format!("english\trussian\n{body}")), "{text}"),
            Err(message) => assert_eq!(found.map_err(|error| error.to_string()), Err(message.to_owned()), "{text}"),
        }
    }

    #[test]
    fn tables_of_users() {
        check_tsv("village head\tнайбан; староста\n", Ok("village head\tнайбан;староста\n"));
        check_tsv("# mine\r\n\r\nEnglish\tRussian\r\na;b\t\r\n", Ok("a;b\t\n"));
        check_tsv("\u{feff}a\tб", Ok("a\tб\n"));
        check_tsv("a\tб\nno tab", Ok("a\tб\n"));
        check_tsv(
            "a\tб\nno tab\nnone either",
            Err("line 2: there is no tab between the English and the Russian forms"),
        );
        check_tsv("a\tб\tc", Err("line 1: there are more than two cells; separate forms with \";\""));
        check_tsv("\n\nalone\t", Err("line 3: a term needs two forms at least: one in each language, or two in one"));
        check_tsv("a\u{1b}[31m\tб", Err("line 1: a form has control characters"));
        check_tsv(&format!("{}\tб", "a".repeat(500)), Err("line 1: a form is longer than 400 bytes"));
        check_tsv("# nothing", Err("the file has no terms in both English and Russian, nor two names for one thing"));
    }

    #[test]
    fn lines_that_are_no_terms_are_passed_over_and_said() {
        let terms = UserTerms::from_tsv("a\tб\n# mine\nc\tд\tе\nf\tж\nalone\t\n".as_bytes()).expect("terms");
        assert_eq!(terms.as_tsv(), "english\trussian\na\tб\nf\tж\n");
        let lines: Vec<String> = terms.passed_over().iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("line 3: there are more than two"), "{lines:?}");
        assert!(lines[1].starts_with("line 5: a term needs"), "{lines:?}");
    }

    #[test]
    fn bytes_that_are_no_text() {
        assert_eq!(UserTerms::from_tsv(b"a\tb\n\xff\xfe"), Err(TermsError::Encoding(2)));
        assert_eq!(UserTerms::from_skos(b"@prefix\n\xff"), Err(TermsError::Encoding(2)));
    }

    const HEAD: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n";

    #[test]
    fn labels_of_skos() {
        let turtle = format!(
            "{HEAD}<http://x/1> a skos:Concept ; skos:altLabel \"Jails\"@en-GB ; skos:prefLabel \"Prisons (penology)\"@en , \
             \"Тюрьмы\"@ru , \"Prison\"@fr .\n<http://x/2> skos:prefLabel \"Alone\"@en ."
        );
        let terms = UserTerms::from_skos(turtle.as_bytes()).expect("well-formed");
        assert_eq!(terms.as_tsv(), "english\trussian\nPrisons;Jails\tТюрьмы\n");
        assert_eq!(terms.len(), 1);
    }

    #[test]
    fn hostile_skos_is_refused_with_its_line() {
        for (turtle, line) in [
            (format!("{HEAD}<http://x/1> skos:prefLabel \"open@en ."), 2),
            (format!("{HEAD}\n<http://x/1> nope:prefLabel \"a\"@en ."), 3),
            (format!("{HEAD}{}", "(".repeat(10_000)), 2),
            (format!("{HEAD}<http://x/1> skos:prefLabel"), 2),
        ] {
            let found = UserTerms::from_skos(turtle.as_bytes());
            assert!(matches!(&found, Err(TermsError::Line { line: at, .. }) if *at == line), "{found:?}");
        }
        assert_eq!(UserTerms::from_skos(b""), Err(TermsError::Empty));
    }

    #[test]
    fn joined_tables_keep_one_head() {
        let read = |text: &str| UserTerms::from_tsv(text.as_bytes()).expect("well-formed");
        let joined = read("a\tб").join(&read("c\tд"));
        assert_eq!(joined.as_tsv(), "english\trussian\na\tб\nc\tд\n");
        assert_eq!(UserTerms::from_tsv(joined.as_tsv().as_bytes()), Ok(joined));
    }

    #[test]
    fn the_unesco_thesaurus_loads() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/unesco-thesaurus");
        for name in ["unesco-thesaurus.ttl", "simple-unesco-thesaurus.ttl"] {
            let Ok(bytes) = std::fs::read(folder.join(name)) else {
                println!("skipped: {name} is not there");
                continue;
            };
            let terms = UserTerms::from_named(name, &bytes).expect("the thesaurus is well-formed");
            assert!(terms.len() > 4000, "{name}: {}", terms.len());
        }
    }
}
