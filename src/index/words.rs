//! The words of an index by their beginning, for whoever looks for names and for words that resemble others.

use std::collections::BTreeMap;

use super::IndexError;
use super::open::Reader;
use crate::analyzer::EXACT_PREFIX;

impl Reader {
    /// Returns the words (lower case, as they stand in the texts) that begin with `beginning`, with the number of units
    /// that hold each, in the order of their bytes. Words without other forms ("the") are not among them.
    pub fn words_beginning(&self, beginning: &str) -> Result<BTreeMap<String, u64>, IndexError> {
        let mut words = BTreeMap::new();
        self.each_word_beginning(beginning, &mut |word, units| *words.entry(word.to_owned()).or_insert(0) += units)?;
        Ok(words)
    }

    /// Calls `visit` with the words that begin with `beginning` and the number of units that hold each, once for every
    /// part of the index.
    pub(crate) fn each_word_beginning(
        &self,
        beginning: &str,
        visit: &mut dyn FnMut(&str, u64),
    ) -> Result<(), IndexError> {
        let from = format!("{EXACT_PREFIX}{beginning}");
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.text).map_err(|error| self.error(error))?;
            let stream = index.terms().range().ge(from.as_bytes()).into_stream();
            let mut terms = stream.map_err(|error| self.error(error.into()))?;
            while terms.advance() && terms.key().starts_with(from.as_bytes()) {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                let word = term.strip_prefix(EXACT_PREFIX).unwrap_or(term);
                visit(word, u64::from(terms.value().doc_freq));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;

    #[test]
    fn words_come_by_their_beginning() {
        let document = fixture::document("a", "A", &["1|Bachelet met bachelors and Бачелет", "2|Bachelet"]);
        let (_folder, reader) = fixture::index(&[document]);
        let words = reader.words_beginning("bach").expect("a whole index");
        assert_eq!(words.into_iter().collect::<Vec<_>>(), [("bachelet".to_owned(), 2), ("bachelors".to_owned(), 1)]);
        assert!(reader.words_beginning("ба").expect("a whole index").contains_key("бачелет"));
        assert!(reader.words_beginning("zz").expect("a whole index").is_empty());
    }
}
