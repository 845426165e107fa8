//! Scans: documents of which only their metadata can be found.

use crate::annotator::metadata::{self, Override};
use crate::document::{Block, BlockKind, Metadata, Properties, is_un_symbol};

/// What the name of a file says of its document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    pub title: String,
    pub symbol: Option<String>,
    /// ISO 8601 date.
    pub date: Option<String>,
}

impl Name {
    /// Reads a file's name without its ending: "2022-03-04_Note_Verbale_en", "A_HRC_40_51_Add.1".
    pub fn read(stem: &str) -> Name {
        let (date, rest) = take_date(stem);
        let rest = rest.trim_matches(['_', '-', ' ', '+']);
        let stem = if rest.is_empty() { stem } else { rest };
        let mut words: Vec<&str> = stem.split(['_', ' ', '+']).filter(|word| !word.is_empty()).collect();
        if words.len() == 1 && !rest.is_empty() {
            words = stem.split('-').filter(|word| !word.is_empty()).collect();
        }
        let joined = words.join("/");
        if is_un_symbol(&joined) && metadata::is_known_symbol(&joined) {
            return Name { title: joined.clone(), symbol: Some(joined), date };
        }
        let language = |word: &str| ["en", "ru", "eng", "rus", "e", "r"].contains(&word.to_lowercase().as_str());
        if words.len() > 1 && words.last().is_some_and(|word| language(word)) {
            words.pop();
        }
        Name { title: words.join(" "), symbol: None, date }
    }

    /// Adds what neither the document nor its user says.
    pub fn complete(self, metadata: &mut Metadata) {
        metadata.symbol = metadata.symbol.take().or(self.symbol);
        metadata.date = metadata.date.take().or(self.date);
    }
}

/// Takes "1971-10-25" out of a file's name, at its beginning or its end.
fn take_date(stem: &str) -> (Option<String>, &str) {
    const LENGTH: usize = "1971-10-25".len();
    let is_date = |part: &str| {
        let figures: Vec<u32> = part.split('-').filter_map(|figures| figures.parse().ok()).collect();
        let is_day = matches!(figures[..], [1900..2100, 1..=12, 1..=31]);
        is_day && part.is_ascii() && !part.contains('+') && metadata::is_iso_date(part)
    };
    let ends = |rest: Option<char>| rest.is_none_or(|next| !next.is_alphanumeric());
    if let Some((date, rest)) = stem.split_at_checked(LENGTH)
        && is_date(date)
        && ends(rest.chars().next())
    {
        return (Some(date.to_owned()), rest);
    }
    if let Some((rest, date)) = stem.len().checked_sub(LENGTH).and_then(|at| stem.split_at_checked(at))
        && is_date(date)
        && ends(rest.chars().next_back())
    {
        return (Some(date.to_owned()), rest);
    }
    (None, stem)
}

/// Returns the only block of a scan: its title, as its user, its properties or its name give it.
pub fn title_block(name: &Name, properties: &Properties, entry: Option<&Override>) -> Block {
    let given = entry.and_then(|entry| entry.title.clone());
    // Scanners write a single word or a number.
    let named = |title: &String| title.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).count() >= 2;
    let title = given.or_else(|| metadata::title_of(properties).filter(named)).unwrap_or_else(|| name.title.clone());
    Block::new(BlockKind::Heading(1), title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stem: &str, title: &str, symbol: Option<&str>, date: Option<&str>) {
        let expected =
            Name { title: title.to_owned(), symbol: symbol.map(str::to_owned), date: date.map(str::to_owned) };
        assert_eq!(Name::read(stem), expected, "{stem}");
    }

    #[test]
    fn names_of_files() {
        check("2019-07-04_Note_Verbale_of_the_Mission_en", "Note Verbale of the Mission", None, Some("2019-07-04"));
        check("A_HRC_40_51_Add.1", "A/HRC/40/51/Add.1", Some("A/HRC/40/51/Add.1"), None);
        check("CRC-C-LAO-CO-2", "CRC/C/LAO/CO/2", Some("CRC/C/LAO/CO/2"), None);
        check("letter-to-the-minister", "letter to the minister", None, None);
        check("Резолюция 2758", "Резолюция 2758", None, None);
        check("scan0001", "scan0001", None, None);
        check("2012-12-10-report", "report", None, Some("2012-12-10"));
        check("2013-08-23-report-2013-2", "report 2013 2", None, Some("2013-08-23"));
        check("letter of protest 2013-08-23", "letter of protest", None, Some("2013-08-23"));
        check("2013-08-23", "2013-08-23", None, Some("2013-08-23"));
        check("2013-13-23-x", "2013 13 23 x", None, None);
    }
}
