//! The words of an index, for whoever looks for names among them.

use std::collections::BTreeMap;

use crate::analyzer::EXACT_PREFIX;
use crate::index::open::Reader;
use crate::query::expand::TermSource;

impl TermSource for Reader {
    /// Words that cannot be read are passed over: names are an offer, not an answer.
    fn words_beginning(&self, prefix: &str, visit: &mut dyn FnMut(&str, u64)) {
        let mut words: BTreeMap<String, u64> = BTreeMap::new();
        let from = format!("{EXACT_PREFIX}{prefix}");
        for segment in self.searcher.segment_readers() {
            let Ok(index) = segment.inverted_index(self.fields.text) else { continue };
            let Ok(mut terms) = index.terms().range().ge(from.as_bytes()).into_stream() else { continue };
            while terms.advance() && terms.key().starts_with(from.as_bytes()) {
                let word = terms.key().get(EXACT_PREFIX.len_utf8()..).and_then(|word| std::str::from_utf8(word).ok());
                if let Some(word) = word {
                    *words.entry(word.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
        for (word, count) in &words {
            visit(word, *count);
        }
    }
}
