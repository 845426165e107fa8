//! What `metadata.toml` says of the documents of a corpus.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use thiserror::Error;

use crate::annotator::countries;
use crate::document::{DocumentKind, Metadata};

/// What `metadata.toml` says of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a document in square brackets ([\"reports/a\"]) and below it symbol, title, date, country, body, kind or source"
)]
pub struct Override {
    pub symbol: Option<String>,
    pub title: Option<String>,
    /// ISO 8601; TOML has dates of its own.
    #[serde(default, deserialize_with = "date")]
    pub date: Option<String>,
    pub country: Option<String>,
    pub body: Option<String>,
    pub kind: Option<DocumentKind>,
    pub source: Option<String>,
}

/// Reads a date as text, as TOML's own (of a point in time the day), or as a year.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Some(match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        toml::Value::Integer(year) => year.to_string(),
        toml::Value::Datetime(time) => time.date.map_or_else(|| time.to_string(), |day| day.to_string()),
        other => other.to_string(),
    }))
}

/// Why a `metadata.toml` cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OverrideError {
    #[error("{0}")]
    Syntax(String),
    #[error("it is not UTF-8; save it as UTF-8")]
    Encoding,
    #[error("{0}")]
    Unreadable(String),
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
    let message = error.message().lines().collect::<Vec<_>>().join(" ");
    let head = line.checked_sub(1).and_then(|before| text.lines().nth(before)).and_then(unquoted_path);
    match head {
        Some(path) => format!("line {line}: {message}; a path stands in quotes: [\"{path}\"]"),
        None => format!("line {line}: {message}"),
    }
}

/// Returns the path that a line gives as the name of a table without the quotes that TOML wants around it: slashes, dots,
/// blanks and letters outside ASCII are no part of a bare name.
fn unquoted_path(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('[')?;
    let name = name.split_once(']').map_or(name, |(name, _)| name).trim();
    let bare = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    (!name.is_empty() && !name.contains(['"', '\'', '[']) && !name.chars().all(bare)).then_some(name)
}

/// Whether a text is a date of ISO 8601 that the calendar has: "2015-06-05", "2019-02", "2019".
pub fn is_iso_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numbers = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_written = numbers && matches!(widths.as_slice(), [4] | [4, 2] | [4, 2, 2]);
    let mut numbers = parts.iter().map(|part| part.parse::<i16>().unwrap_or(0));
    let year = numbers.next().unwrap_or(0);
    let [month, day] =
        [numbers.next(), numbers.next()].map(|part| part.map_or(Some(1), |part| i8::try_from(part).ok()));
    let day = month.zip(day).and_then(|(month, day)| jiff::civil::Date::new(year, month, day).ok());
    is_written && day.is_some()
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

    #[test]
    fn overrides() {
        let read = read_overrides("[\"a/b\"]\nsymbol = \"A/1/2\"\ncountry = \"LAO\"\nkind = \"upr-letter\"\n")
            .unwrap_or_default();
        assert_eq!(read.get("a/b").and_then(|entry| entry.kind), Some(DocumentKind::UprLetter));
        for (text, message) in [
            ("[\"a\"]\ncountry = \"Laos\"", "not an ISO 3166"),
            ("[\"a\"]\ndate = \"5 June 2015\"", "not an ISO 8601"),
            ("[\"a\"]\ndate = \"2020-13-45\"", "not an ISO 8601"),
            ("[\"a\"]\ndate = \"2019-02-29\"", "not an ISO 8601"),
            ("[\"a\"]\ndate = 07:32:00", "not an ISO 8601"),
            ("a=\"b\"", "line 1: invalid type: string \"b\", expected a document in square brackets"),
            ("a=\"b\"", "below it symbol, title, date, country"),
            ("[\"a\"]\n\ntitel = \"x\"", "line 3: unknown field"),
            ("[\"a\"\n", "line 1"),
            ("[reports/a]\nbody = \"CRC\"", "line 1: "),
            ("[reports/a]\nbody = \"CRC\"", "a path stands in quotes: [\"reports/a\"]"),
            ("[\"a\"]\n\n[ two words ] # mine\nbody = \"CRC\"", "a path stands in quotes: [\"two words\"]"),
            ("[доклад]\nbody = \"CRC\"", "a path stands in quotes: [\"доклад\"]"),
            ("[report.2015]\nbody = \"CRC\"", "a path stands in quotes: [\"report.2015\"]"),
        ] {
            let error = read_overrides(text).map_err(|error| error.to_string());
            assert!(error.as_ref().is_err_and(|error| error.contains(message)), "{error:?}");
        }
        for (written, date) in [
            ("\"2020-05-06\"", "2020-05-06"),
            ("2020-05-06", "2020-05-06"),
            ("2020-05-06T10:00:00Z", "2020-05-06"),
            ("2020", "2020"),
            ("\"2020-02\"", "2020-02"),
        ] {
            let read = read_overrides(&format!("[\"a\"]\ndate = {written}")).unwrap_or_default();
            assert_eq!(read.get("a").and_then(|entry| entry.date.as_deref()), Some(date));
        }
        let other = read_overrides("[\"a/b\"]\nbody = CRC").map_err(|error| error.to_string());
        assert!(other.as_ref().is_err_and(|error| !error.contains("quotes:")), "{other:?}");
    }
}
