//! Finds the document that somebody names: by id, symbol, title, a part of them, or a pasted citation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::failure::Failure;
use crate::analyzer::fold_for_comparison;
use crate::index::IndexError;
use crate::index::open::Reader;
use crate::printer::sanitize;
use crate::search::{self, DocumentSummary};

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
/// Names less alike than this (one minus the share of letters to change) are no suggestion.
const ALIKE: f64 = 0.6;

/// How much less alike two names may be in the letters and digits that the index holds of them than as printed.
const SLACK: f64 = 0.1;

/// The names of all documents, from the dictionary of the index. The records are read only of documents that a name may
/// mean: among thousands of documents these are a few.
pub struct Catalogue<'r> {
    reader: &'r Reader,
    documents: Vec<Named>,
}

struct Named {
    id: String,
    /// Id, symbol and title as the index folds them.
    names: [String; 3],
    /// The same without white space: punctuation and spaces differ in what people write, letters and digits do not.
    bare: [String; 3],
}

impl Catalogue<'_> {
    /// Reads the names of an index.
    ///
    /// # Errors
    /// Whatever reading the index runs into; so do the other functions here.
    pub fn new(reader: &Reader) -> Result<Catalogue<'_>, IndexError> {
        let mut documents = Vec::new();
        search::each_name(reader, |id, names| {
            let (names, bare) = (names.map(str::to_owned), names.map(without_space));
            documents.push(Named { id: id.to_owned(), names, bare });
        })?;
        documents.sort_by(|a: &Named, b| a.id.cmp(&b.id));
        documents.dedup_by(|a, b| a.id == b.id && a.names == b.names);
        Ok(Catalogue { reader, documents })
    }

    /// As [`find_document`] over all documents.
    pub fn find(&self, name: &str) -> Result<Found, IndexError> {
        match find_document(&self.candidates(name)?, name) {
            Found::Nothing { .. } => Ok(Found::Nothing { near: nearest(&self.alike(name)?, &fold(name)) }),
            found => Ok(found),
        }
    }

    /// As [`find_whole`] over all documents.
    pub fn find_whole(&self, name: &str) -> Result<Option<Found>, IndexError> {
        Ok(find_whole(&self.candidates(name)?, name))
    }

    /// Returns every document that a text may name or hold the name of, and some others.
    pub fn candidates(&self, text: &str) -> Result<Vec<DocumentSummary>, IndexError> {
        let folded = fold(text);
        let wanted = [&folded, without_ending(&folded)].map(|text| without_space(&fold_for_comparison(text)));
        let either = |name: &String| {
            !name.is_empty()
                && wanted.iter().any(|wanted| !wanted.is_empty() && (name.contains(wanted) || wanted.contains(name)))
        };
        self.summaries(self.documents.iter().filter(|entry| entry.bare.iter().any(either)))
    }

    /// Returns the documents with names most like a text.
    fn alike(&self, text: &str) -> Result<Vec<DocumentSummary>, IndexError> {
        let (folded, wanted) = (fold(text), fold_for_comparison(text));
        let alike = |entry: &&Named| {
            let by_name = entry.names.iter().map(|name| likeness(name, &wanted)).fold(0.0, f64::max);
            // The last component of an id stands for it, and the index folds the strokes between them.
            by_name.max(likeness(&fold(&entry.id), &folded)) >= ALIKE - SLACK
        };
        self.summaries(self.documents.iter().filter(alike))
    }

    fn summaries<'n>(&self, named: impl Iterator<Item = &'n Named>) -> Result<Vec<DocumentSummary>, IndexError> {
        let mut ids: Vec<String> = named.map(|entry| entry.id.clone()).collect();
        ids.dedup();
        search::summaries(self.reader, ids)
    }
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
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
    let partly = matching(&|entry| names(entry).any(|name| name.contains(&wanted)));
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

fn nearest(documents: &[DocumentSummary], wanted: &str) -> Vec<String> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut scored: Vec<(f64, &str)> = documents
        .iter()
        .filter_map(|entry| {
            let metadata = &entry.metadata;
            let named = [metadata.symbol.as_deref(), Some(entry.id.as_str()), metadata.title.as_deref()];
            named
                .into_iter()
                .flatten()
                .map(|name| (likeness(&fold(name), wanted), metadata.symbol.as_deref().unwrap_or(&entry.id)))
                .max_by(|a, b| a.0.total_cmp(&b.0))
        })
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(SUGGESTIONS).map(|(_, name)| sanitize::name(name).into_owned()).collect()
}

/// Returns the name that is most like a word, where one is like it at all.
pub fn nearest_name<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    let scored = names.map(|name| (likeness(&fold(name), &wanted), name));
    scored.filter(|(score, _)| *score >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// Returns how alike a name and a word are, 0 to 1; a word may stand for the last component of an id.
fn likeness(name: &str, wanted: &str) -> f64 {
    let last = name.rsplit('/').next().unwrap_or(name);
    // The measure takes time with the square of the length, and no name of a document is longer.
    let wanted: String = wanted.chars().take(200).collect();
    let length = wanted.chars().count();
    let alike = |name: &str| {
        // Every letter that one has more than the other is a change: most names need no closer look.
        let letters = name.chars().count();
        if (letters.min(length) as f64) < (ALIKE - SLACK) * letters.max(length) as f64 {
            0.0
        } else {
            strsim::normalized_damerau_levenshtein(name, &wanted)
        }
    };
    alike(name).max(alike(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Language, Metadata};
    use crate::index::fixture;
    use crate::search::Filters;

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
    fn the_dictionary_finds_what_the_records_do() {
        let described = |id: &str, symbol: &str, title: &str| {
            let mut document = fixture::document(id, title, &["1|text"]);
            document.metadata.symbol = Some(symbol.to_owned()).filter(|symbol| !symbol.is_empty());
            document
        };
        let (_folder, reader) = fixture::index(&[
            described("upr/letter-laos-2020", "", "Letter of the High Commissioner"),
            described("tb/crc-laos", "CRC/C/OPSC/LAO/CO/1", "Concluding observations: Laos"),
            described("tb/crc-laos-ru", "CRC/C/OPSC/LAO/CO/1", "Заключительные замечания: Лаос"),
            described("sp/visit", "A/HRC/40/51", "Визит в Лаос (2019 г.)"),
            described("sp/visit-add", "A/HRC/40/51/Add.1", "Visit to Laos – Mission à l’État"),
            described("plain", "", ""),
        ]);
        let catalogue = Catalogue::new(&reader).expect("the names");
        let documents = search::documents(&reader, &Filters::default()).expect("the documents");
        assert_eq!(documents.len(), 6);
        let mut asked: Vec<String> = documents.iter().flat_map(names).collect();
        // Every name cut short at either end, misspelled, spaced, with an ending, in a sentence.
        asked.retain(|name| !name.is_empty());
        asked = asked.iter().flat_map(|name| variations(name)).collect();
        asked
            .extend(["", "-", "/", "zzz", "co/1", "crc c opsc", "l", "лаос", "corpus/sp/visit.txt"].map(str::to_owned));
        for name in &asked {
            assert_eq!(catalogue.find(name).expect("an answer"), find_document(&documents, name), "{name}");
            assert_eq!(catalogue.find_whole(name).expect("an answer"), find_whole(&documents, name), "{name}");
        }
    }

    fn variations(name: &str) -> Vec<String> {
        let letters: Vec<char> = name.chars().collect();
        let mut swapped = letters.clone();
        swapped.swap(0, letters.len() / 2);
        let text = |letters: &[char]| letters.iter().collect::<String>();
        vec![
            name.to_owned(),
            name.to_uppercase(),
            text(&letters[1..]),
            text(&letters[..letters.len() - 1]),
            text(&letters[letters.len() / 2..]),
            text(&swapped),
            letters.iter().map(|letter| format!("{letter} ")).collect(),
            format!("{name}.docx"),
            format!("see {name}, p. 4"),
            name.replace(['/', ' ', '-'], ""),
            name.replace('/', " "),
        ]
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
    }

    #[test]
    fn unknown_names_suggest_near_ones() {
        check("CRC/C/OPSC/LAO/CO/2", "near: CRC/C/OPSC/LAO/CO/1");
        check("leter-laos-2020", "near: upr/letter-laos-2020");
        check("zzz", "near: ");
        check("", "near: ");
    }
}
