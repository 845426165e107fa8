//! The names of all documents, as the dictionary of the index has them.

use super::likeness::{ALIKE, SLACK, likeness, nearest};
use super::{Found, find_document, find_whole, fold, without_ending, without_space};
use crate::analyzer::fold_for_comparison;
use crate::index::IndexError;
use crate::index::open::Reader;
use crate::search::{self, DocumentSummary};

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

#[cfg(test)]
mod tests {
    use super::super::names;
    use super::*;
    use crate::index::fixture;
    use crate::search::Filters;

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
}
