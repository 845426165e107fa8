//! Finds the document that somebody names: by id, symbol, title, a part of them, or a pasted citation.

mod catalogue;
mod likeness;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::failure::Failure;
use crate::analyzer::fold_for_comparison;
use crate::printer::sanitize;
use crate::search::{DocumentSummary, holds_name};
pub use catalogue::Catalogue;
use likeness::nearest;
pub use likeness::nearest_name;

/// What a name leads to.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// One document, in all the versions that share its symbol.
    One(Vec<DocumentSummary>),
    /// A part of a name that several documents share.
    Several(Vec<DocumentSummary>),
    /// No document; the names nearest to it, best first.
    Nothing { near: Vec<String> },
}

/// How many names an error message offers.
const SUGGESTIONS: usize = 3;

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Returns what is named without the address of the site that it was copied from: "https://undocs.org/en/A/HRC/59/15".
pub fn without_address(words: &str) -> &str {
    const SITES: [&str; 2] = ["undocs.org/", "docs.un.org/"];
    let Some((_, path)) = SITES.iter().find_map(|site| words.split_once(site)) else { return words };
    match path.split_once('/') {
        Some((language, symbol)) if language.len() == 2 && language.bytes().all(|sign| sign.is_ascii_lowercase()) => {
            symbol
        }
        _ => path,
    }
}

/// Finds a document by its name, without regard to case, accents and white space. The whole name wins over a part.
pub fn find_document(documents: &[DocumentSummary], name: &str) -> Found {
    if let Some(found) = find_whole(documents, name) {
        return found;
    }
    let wanted = fold(name);
    // A hyphen alone stands in many names and means none.
    if !wanted.contains(char::is_alphanumeric) {
        return Found::Nothing { near: Vec::new() };
    }
    let matching = |way: &dyn Fn(&DocumentSummary) -> bool| -> Vec<DocumentSummary> {
        documents.iter().filter(|entry| way(entry)).cloned().collect()
    };
    let mut cited = matching(&|entry| symbol(entry).is_some_and(|symbol| holds_symbol(&wanted, &symbol)));
    // A citation of an addendum holds the symbol of its report too: the longest symbol is meant.
    let symbols: Vec<String> = cited.iter().filter_map(symbol).collect();
    let is_part = |symbol: &String| symbols.iter().any(|other| other.len() > symbol.len() && other.contains(symbol));
    cited.retain(|entry| symbol(entry).is_some_and(|symbol| !is_part(&symbol)));
    if !cited.is_empty() {
        return one_or_several(cited);
    }
    let partly = matching(&|entry| names(entry).any(|name| holds_name(&name, &wanted)));
    if partly.is_empty() { Found::Nothing { near: nearest(documents, &wanted) } } else { one_or_several(partly) }
}

/// Finds a document by its whole id, symbol, title or file name, the latter in any punctuation.
pub fn find_whole(documents: &[DocumentSummary], name: &str) -> Option<Found> {
    let wanted = fold(name);
    let compact = without_space(&wanted);
    // Files are often called by their symbol with hyphens for what no file name may have: "e-c-12-78-d-215-2021".
    let words = [name, without_ending(name)].map(fold_for_comparison);
    let is_slug = |id: &str| {
        let last = id.rsplit('/').next().unwrap_or(id);
        [id, last].map(fold_for_comparison).iter().any(|slug| words.contains(slug))
    };
    let ways: [&dyn Fn(&DocumentSummary) -> bool; 5] = [
        &|entry| fold(&entry.id) == wanted,
        &|entry| symbol(entry).is_some_and(|symbol| symbol == compact),
        &|entry| entry.metadata.title.as_deref().is_some_and(|title| fold(title) == wanted),
        &|entry| is_file_name(&fold(&entry.id), &wanted),
        &|entry| is_slug(&entry.id),
    ];
    let matching = |way: &&dyn Fn(&DocumentSummary) -> bool| -> Vec<DocumentSummary> {
        documents.iter().filter(|entry| way(entry)).cloned().collect()
    };
    let found = ways.iter().map(matching).find(|matching| !matching.is_empty());
    found.filter(|_| !compact.is_empty()).map(one_or_several)
}

/// Returns the document, or says what to write instead.
pub fn expect_document(found: Found, name: &str) -> Result<Vec<DocumentSummary>, Failure> {
    let name = crate::printer::layout::shorten_end(&sanitize::text(name), 80);
    match found {
        Found::One(versions) => Ok(versions),
        Found::Several(entries) => {
            let mut names: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).take(SUGGESTIONS + 2).collect();
            names.extend((entries.len() > names.len()).then_some("…"));
            let count = entries.len();
            Err(Failure::bad_request(format!(
                "\"{name}\" fits {count} documents (write more of one: {})",
                names.join(", ")
            )))
        }
        Found::Nothing { near } if near.is_empty() => {
            Err(Failure::no_hits(format!("no document \"{name}\" (pincite documents lists them)")))
        }
        Found::Nothing { near } => {
            Err(Failure::no_hits(format!("no document \"{name}\" (perhaps {}?)", near.join(" or "))))
        }
    }
}

fn one_or_several(matching: Vec<DocumentSummary>) -> Found {
    let first = matching.first().and_then(symbol);
    let same = matching.len() == 1 || (first.is_some() && matching.iter().all(|entry| symbol(entry) == first));
    if same { Found::One(matching) } else { Found::Several(matching) }
}

/// Returns a text in lower case without accents, white space made single.
pub fn fold(text: &str) -> String {
    let text: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn symbol(entry: &DocumentSummary) -> Option<String> {
    Some(without_space(&fold(entry.metadata.symbol.as_deref()?)))
}

/// Returns the id, symbol and title of a document, folded.
pub fn names(entry: &DocumentSummary) -> impl Iterator<Item = String> + '_ {
    let metadata = &entry.metadata;
    [Some(entry.id.as_str()), metadata.symbol.as_deref(), metadata.title.as_deref()].into_iter().flatten().map(fold)
}

/// Tells whether `wanted` is the file of the document: its last component, with or without an ending, or a longer path.
fn is_file_name(id: &str, wanted: &str) -> bool {
    [wanted, without_ending(wanted)].into_iter().any(|name| {
        id.rsplit('/').next() == Some(name)
            || name.strip_suffix(id).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
    })
}

/// Returns the name of a file without its ending.
fn without_ending(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if (1..=5).contains(&ending.len()) && !ending.contains('/') => stem,
        _ => name,
    }
}

/// Tells whether a symbol stands in a text as a word of its own.
fn holds_symbol(text: &str, symbol: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '/';
    text.match_indices(symbol).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + symbol.len()..]);
        symbol.contains('/') && !before.ends_with(inside) && !after.starts_with(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Language, Metadata};

    #[test]
    fn the_address_of_a_document_holds_its_symbol() {
        for (words, expected) in [
            ("https://undocs.org/A/HRC/59/15", "A/HRC/59/15"),
            ("https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1 para 21", "CRC/C/OPSC/LAO/CO/1 para 21"),
            ("http://www.undocs.org/ru/A/72/1", "A/72/1"),
            ("A/72/1", "A/72/1"),
            ("reports/en/visit", "reports/en/visit"),
        ] {
            assert_eq!(without_address(words), expected);
        }
    }

    fn entry(id: &str, symbol: Option<&str>, title: Option<&str>) -> DocumentSummary {
        let metadata =
            Metadata { symbol: symbol.map(str::to_owned), title: title.map(str::to_owned), ..Metadata::default() };
        DocumentSummary {
            id: id.into(),
            file: id.into(),
            metadata,
            languages: vec![(Language::ENGLISH, 1)],
            paragraphs: 1,
        }
    }

    fn check(name: &str, expected: &str) {
        let documents = [
            entry("upr/letter-laos-2020", None, Some("Letter of the High Commissioner")),
            entry("tb/crc-laos", Some("CRC/C/OPSC/LAO/CO/1"), Some("Concluding observations: Laos")),
            entry("tb/crc-laos-ru", Some("CRC/C/OPSC/LAO/CO/1"), Some("Заключительные замечания: Лаос")),
            entry("sp/visit", Some("A/HRC/40/51"), None),
            entry("sp/visit-add", Some("A/HRC/40/51/Add.1"), Some("Visit to Laos")),
            entry("views/e-c-12-78-d-215-2021", None, None),
            entry("views/e-c-12-78-d-215-20", None, None),
        ];
        let got = match find_document(&documents, name) {
            Found::One(entries) => entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>().join(" "),
            Found::Several(entries) => format!("{} documents", entries.len()),
            Found::Nothing { near } => format!("near: {}", near.join(" ")),
        };
        assert_eq!(got, expected, "{name}");
    }

    #[test]
    fn whole_names() {
        check("upr/letter-laos-2020", "upr/letter-laos-2020");
        check("UPR/Letter-Laos-2020", "upr/letter-laos-2020");
        check("a/hrc/40/51", "sp/visit");
        check("CRC / C / OPSC / LAO / CO / 1", "tb/crc-laos tb/crc-laos-ru");
        check("visit to laos", "sp/visit-add");
        check("letter-laos-2020.txt", "upr/letter-laos-2020");
        check("corpus/upr/letter-laos-2020.txt", "upr/letter-laos-2020");
    }

    #[test]
    fn files_called_by_their_symbol() {
        check("E/C.12/78/D/215/2021", "views/e-c-12-78-d-215-2021");
        check("e_c_12_78_d_215_2021.pdf", "views/e-c-12-78-d-215-2021");
        check("E/C.12/78/D/215/20", "views/e-c-12-78-d-215-20");
        check("E/C.12/78/D/21/52021", "near: views/e-c-12-78-d-215-2021");
    }

    #[test]
    fn pasted_citations() {
        check("Human Rights Council, Visit to Laos, A/HRC/40/51/Add.1", "sp/visit-add");
        check("Report (A/HRC/40/51)", "sp/visit");
        check("CRC/C/OPSC/LAO/CO/1 and A/HRC/40/51/Add.1", "3 documents");
    }

    #[test]
    fn parts_of_names() {
        check("letter", "upr/letter-laos-2020");
        check("замечания", "tb/crc-laos-ru");
        check("laos", "4 documents");
        // A number is not cut.
        check("A/HRC/40/5", "near: A/HRC/40/51");
    }

    #[test]
    fn unknown_names_suggest_near_ones() {
        check("CRC/C/OPSC/LAO/CO/2", "near: CRC/C/OPSC/LAO/CO/1");
        check("leter-laos-2020", "near: upr/letter-laos-2020");
        check("zzz", "near: ");
        check("", "near: ");
    }
}
