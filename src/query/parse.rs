//! The query language: words, "phrases", proximity, prefixes, exclusion, OR, brackets, fields.
//!
//! Invariant: parsing never fails and never recurses deeper than [`MAX_DEPTH`]. What cannot be read is searched as
//! words, and a warning says so in one line.

mod broken;
mod foreign;
mod lex;
mod near;

use std::ops::Range;

use broken::unbroken;
use lex::{Lexeme, lex};

use crate::analyzer;
use crate::document::Language;
use crate::query::expansion::QueryWord;
use crate::search::Filters;

/// Bytes of a query that are read.
pub const MAX_LENGTH: usize = 8_192;
/// Words and phrases that are searched. A pasted page is cut, a long question is not.
pub const MAX_CLAUSES: usize = 128;
/// Nesting of brackets that is followed.
pub const MAX_DEPTH: usize = 16;
/// Greatest distance of NEAR and of `"..."~n`.
pub const MAX_DISTANCE: u32 = 100;
/// Ways to choose one of each group beside NEAR; every way is sought by itself.
pub const MAX_WAYS: usize = 16;

/// A query as it was understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ParsedQuery {
    /// The text that the spans point into: the query as typed, cut at [`MAX_LENGTH`], with words whole that were broken at
    /// the end of a line.
    pub text: String,
    pub query: Query,
    /// Filters written as fields.
    pub filters: Filters,
    /// One line each.
    pub warnings: Vec<String>,
}

/// What is sought.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Query {
    #[default]
    Empty,
    /// One word as typed. Analysis may find several tokens in it ("A/HRC/40/51"): they stand in a row then.
    Word(Words),
    /// Words in quotes, which are meant exactly. With a distance they may stand that far apart in any order.
    Phrase { words: Words, distance: Option<u32> },
    /// The beginning of a word.
    Prefix(Words),
    /// All within `distance` words of each other, in any order: words, phrases, beginnings of words, and groups of them, of
    /// which nothing is excluded and which can be said in at most [`MAX_WAYS`] ways.
    Near { parts: Vec<Query>, distance: u32 },
    /// All are wanted; ranking decides how many must match.
    All(Vec<Query>),
    /// One is as good as another.
    Any(Vec<Query>),
    /// Must match: joined to its neighbour by AND. Stands directly in an `All` only.
    Must(Box<Query>),
    /// Must not match. Stands directly in an `All` only.
    Not(Box<Query>),
}

/// Text of the query and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    /// Bytes of `ParsedQuery::text`.
    pub span: Range<usize>,
}

impl ParsedQuery {
    /// Returns the words in their order, for expanders and for spelling.
    pub fn words(&self) -> Vec<QueryWord> {
        let mut words = Vec::new();
        collect(&self.query, false, false, &mut words);
        words
    }

    /// Whether anything but excluded words is asked for.
    pub fn has_words(&self) -> bool {
        self.words().iter().any(|word| !word.excluded)
    }

    /// Whether words in quotation marks are asked for.
    pub fn has_phrases(&self) -> bool {
        asks_for_phrase(&self.query)
    }
}

fn asks_for_phrase(query: &Query) -> bool {
    match query {
        Query::All(parts) | Query::Any(parts) | Query::Near { parts, .. } => parts.iter().any(asks_for_phrase),
        Query::Must(part) => asks_for_phrase(part),
        other => matches!(other, Query::Phrase { .. }),
    }
}

fn collect(query: &Query, excluded: bool, near: bool, words: &mut Vec<QueryWord>) {
    let mut push = |found: &Words, quoted| {
        let exact: Vec<String> = plain_tokens(&found.text).into_iter().map(|token| token.exact).collect();
        let span = found.span.clone();
        words.push(QueryWord { text: found.text.clone(), exact, span, quoted, excluded, known: true });
    };
    match query {
        Query::Empty => {}
        Query::Word(found) => push(found, near),
        Query::Prefix(found) => push(found, true),
        Query::Phrase { words: found, .. } => push(found, true),
        Query::Near { parts, .. } => parts.iter().for_each(|part| collect(part, excluded, true, words)),
        Query::All(parts) | Query::Any(parts) => parts.iter().for_each(|part| collect(part, excluded, near, words)),
        Query::Must(part) => collect(part, excluded, near, words),
        Query::Not(part) => collect(part, true, near, words),
    }
}

/// Returns the query with nothing required: the words of its phrases wanted one by one, those joined by AND only wanted.
/// `None` where it requires nothing, or where phrases are all it asks for.
pub(crate) fn relaxed(query: &Query) -> Option<Query> {
    let Query::All(parts) = query else { return None };
    let phrase = |part: &Query| matches!(part, Query::Phrase { .. } | Query::Near { .. });
    let word = |part: &Query| !phrase(part) && !matches!(part, Query::Not(_));
    let joined = |part: &Query| matches!(part, Query::Must(_));
    let gives_way = parts.iter().any(joined) || (parts.iter().any(phrase) && parts.iter().any(word));
    if !gives_way {
        return None;
    }
    let mut loose = Vec::new();
    let loosen = |words: &Words, loose: &mut Vec<Query>| {
        loose.extend(plain_tokens(&words.text).into_iter().map(|token| {
            let span = words.span.start + token.start..words.span.start + token.end;
            Query::Word(Words { text: words.text.get(token.start..token.end).unwrap_or_default().to_owned(), span })
        }));
    };
    for part in parts {
        let part = if let Query::Must(part) = part { part } else { part };
        match part {
            Query::Phrase { words, .. } => loosen(words, &mut loose),
            Query::Near { parts, .. } => parts.iter().for_each(|part| match part {
                Query::Word(words) | Query::Phrase { words, .. } => loosen(words, &mut loose),
                other => loose.push(other.clone()),
            }),
            other => loose.push(other.clone()),
        }
    }
    Some(Query::All(loose))
}

/// Returns the tokens of a text without the joined forms of compounds.
pub(crate) fn plain_tokens(text: &str) -> Vec<analyzer::Token> {
    analyzer::analyze(text).into_iter().filter(|token| !token.joined).collect()
}

/// Reads a query.
pub fn parse(text: &str) -> ParsedQuery {
    let mut warnings = Vec::new();
    let cut = text.floor_char_boundary(MAX_LENGTH);
    if cut < text.len() {
        warnings.push(format!("the query is too long; only its first {cut} bytes are searched"));
    }
    let text = &unbroken(text.get(..cut).unwrap_or_default());
    let tokens = lex(text, &mut warnings);
    let mut parser = Parser { tokens, next: 0, clauses: 0, leaves_out: false, filters: Filters::default(), warnings };
    let mut parts = Vec::new();
    loop {
        parts.extend(parser.sequence(0));
        if parser.next >= parser.tokens.len() {
            break;
        }
        // A closing bracket that nothing opened.
        parser.next += 1;
    }
    if parser.clauses > MAX_CLAUSES {
        parser.warnings.push(format!("the query has too many words; only the first {MAX_CLAUSES} are searched"));
    }
    let query = all(parts);
    let mut parsed = ParsedQuery { text: text.to_owned(), query, filters: parser.filters, warnings: parser.warnings };
    if !parsed.has_words() && parsed.words().iter().any(|word| word.excluded) {
        parsed.warnings.push("nothing is searched for: the query only excludes words".to_owned());
    }
    parsed
}

fn all(mut parts: Vec<Query>) -> Query {
    parts.retain(|part| *part != Query::Empty);
    match parts.len() {
        0 => Query::Empty,
        1 if !matches!(parts.first(), Some(Query::Not(_))) => parts.remove(0),
        _ => Query::All(parts),
    }
}

fn must(part: Query) -> Query {
    match part {
        Query::Not(_) | Query::Must(_) => part,
        part => Query::Must(Box::new(part)),
    }
}

struct Parser {
    tokens: Vec<Lexeme>,
    next: usize,
    clauses: usize,
    /// Whether what is read is to be left out.
    leaves_out: bool,
    filters: Filters,
    warnings: Vec<String>,
}

impl Parser {
    fn peek(&self) -> Option<&Lexeme> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Lexeme> {
        let lexeme = self.tokens.get(self.next).cloned();
        self.next += 1;
        lexeme
    }

    /// Reads up to a closing bracket, which it leaves, or the end.
    fn sequence(&mut self, depth: usize) -> Vec<Query> {
        let mut parts = Vec::new();
        let mut joins = false;
        while let Some(lexeme) = self.peek() {
            match lexeme {
                Lexeme::Close => break,
                Lexeme::Or => self.next += 1,
                Lexeme::Near(_) => {
                    self.next += 1;
                    self.warn("NEAR joins words, phrases or groups; where one of them is missing it is left out");
                }
                Lexeme::And => {
                    self.next += 1;
                    joins = true;
                }
                Lexeme::Field { .. } => self.field(),
                _ => {
                    let part = self.alternatives(depth);
                    if part == Query::Empty {
                        continue;
                    }
                    if std::mem::take(&mut joins)
                        && let Some(before) = parts.pop()
                    {
                        parts.push(must(before));
                        parts.push(must(part));
                    } else {
                        parts.push(part);
                    }
                }
            }
        }
        parts
    }

    /// Reads `a OR b OR c`.
    fn alternatives(&mut self, depth: usize) -> Query {
        let first = self.unary(depth);
        if matches!(first, Query::Not(_)) {
            return first;
        }
        let mut parts = vec![first];
        while self.peek() == Some(&Lexeme::Or) {
            self.next += 1;
            while matches!(self.peek(), Some(Lexeme::Or | Lexeme::And | Lexeme::Near(_))) {
                self.next += 1;
            }
            match self.peek() {
                None | Some(Lexeme::Close | Lexeme::Minus | Lexeme::Field { .. }) => break,
                Some(_) => parts.push(self.unary(depth)),
            }
        }
        parts.retain(|part| *part != Query::Empty);
        if parts.len() > 1 { Query::Any(parts) } else { parts.pop().unwrap_or_default() }
    }

    fn unary(&mut self, depth: usize) -> Query {
        let mut negative = false;
        while self.peek() == Some(&Lexeme::Minus) {
            negative = true;
            self.next += 1;
        }
        let outer = self.leaves_out;
        self.leaves_out |= negative;
        let part = self.near(depth);
        self.leaves_out = outer;
        if negative && part != Query::Empty { Query::Not(Box::new(part)) } else { part }
    }

    fn primary(&mut self, depth: usize) -> Query {
        let leaf = match self.take() {
            Some(Lexeme::Open) => return self.group(depth),
            Some(Lexeme::Word(words)) => Query::Word(words),
            Some(Lexeme::Prefix(words)) => Query::Prefix(words),
            Some(Lexeme::Phrase { words, distance }) => Query::Phrase { words, distance },
            Some(Lexeme::Field { .. }) => {
                self.next -= 1;
                self.field();
                return Query::Empty;
            }
            Some(Lexeme::Close) => {
                self.next -= 1;
                return Query::Empty;
            }
            Some(Lexeme::Or | Lexeme::And | Lexeme::Near(_) | Lexeme::Minus) | None => return Query::Empty,
        };
        self.clauses += 1;
        if self.clauses > MAX_CLAUSES { Query::Empty } else { leaf }
    }

    fn group(&mut self, depth: usize) -> Query {
        if depth >= MAX_DEPTH {
            // Deeper brackets are skipped, what stands in them is not.
            while self.peek() == Some(&Lexeme::Open) {
                self.next += 1;
            }
            let warning = format!("brackets deeper than {MAX_DEPTH} are ignored");
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
            return match self.peek() {
                None | Some(Lexeme::Close) => Query::Empty,
                Some(_) => self.leaf_only(),
            };
        }
        let mut parts = self.sequence(depth + 1);
        if self.peek() == Some(&Lexeme::Close) {
            self.next += 1;
        }
        // "(-a b)" excludes a within the group only where there is something else in it.
        if parts.iter().all(|part| matches!(part, Query::Not(_))) && parts.len() > 1 {
            parts.truncate(MAX_CLAUSES);
        }
        all(parts)
    }

    fn leaf_only(&mut self) -> Query {
        match self.peek() {
            Some(Lexeme::Word(_) | Lexeme::Prefix(_) | Lexeme::Phrase { .. }) => self.primary(MAX_DEPTH),
            _ => {
                self.next += 1;
                Query::Empty
            }
        }
    }

    fn field(&mut self) {
        let Some(Lexeme::Field { name, value }) = self.take() else { return };
        if self.leaves_out {
            let warning = format!("\"{name}:{value}\" cannot be left out, only asked for; it is ignored");
            return self.warnings.push(warning);
        }
        let filters = &mut self.filters;
        match name {
            "doc" => filters.documents.push(value),
            "section" => filters.sections.push(value),
            "cites" => filters.cites.push(value),
            "country" => filters.countries.push(value),
            "body" => filters.bodies.push(value),
            "kind" => filters.kinds.push(value),
            "para" => filters.labels.push(value),
            "lang" => match Language::from_code(&value).filter(Language::is_known) {
                Some(language) => filters.languages.push(language),
                None => self
                    .warnings
                    .push(format!("\"{value}\" is not the code of a language (en, ru, ...); lang: is ignored")),
            },
            _ => match read_years(&value) {
                Some(years) if years.is_empty() => self.warnings.push(format!(
                    "\"{value}\" runs backwards (write year:{}..{}); year: is ignored",
                    years.end(),
                    years.start()
                )),
                Some(years) => filters.years = Some(years),
                None => self
                    .warnings
                    .push(format!("\"{value}\" is not a year or a range like 2010..2015; year: is ignored")),
            },
        }
    }
}

/// Reads "2015", "2010..2015", "2010.." and "..2015".
pub fn read_years(text: &str) -> Option<std::ops::RangeInclusive<u16>> {
    let year = |text: &str, missing| if text.is_empty() { Some(missing) } else { text.parse::<u16>().ok() };
    match text.split_once("..") {
        None => text.parse().ok().map(|year| year..=year),
        Some(("", "")) => None,
        Some((from, to)) => Some(year(from, 0)?..=year(to, u16::MAX)?),
    }
}

#[cfg(test)]
mod tests;
