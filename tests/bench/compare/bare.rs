//! Bare tantivy: one stemmed English field with positions and the stored text, written with Pincite's settings. It is the
//! limit: what is faster than this would have to be faster than the library.

use std::path::Path;

use anyhow::Context;
use rust_stemmers::{Algorithm, Stemmer};
use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{
    LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};
use tantivy::{Index, IndexSettings, Searcher, TantivyDocument, Term};

use crate::input;

const TOKENIZER: &str = "english";

/// Indexes the paragraphs of the files below a folder: whatever stands between empty lines.
pub fn index(texts: &Path, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let (schema, text) = schema();
    let settings = IndexSettings { docstore_blocksize: 32_768, ..IndexSettings::default() };
    let index = Index::create(MmapDirectory::open(folder)?, schema, settings)?;
    register(&index);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(4);
    let options = IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread(104_000_000 / threads)
        .num_merge_threads(2)
        .build();
    let mut writer = index.writer_with_options::<TantivyDocument>(options)?;
    writer.set_merge_policy(Box::new(LogMergePolicy::default()));
    for file in input::files(texts)? {
        for paragraph in std::fs::read_to_string(file)?.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
            let mut entry = TantivyDocument::default();
            entry.add_text(text, paragraph);
            writer.add_document(entry)?;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn schema() -> (Schema, Field) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = builder.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    (builder.build(), text)
}

fn register(index: &Index) {
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(English)
        .build();
    index.tokenizers().register(TOKENIZER, analyzer);
}

/// An index open for searching.
pub struct Bare {
    searcher: Searcher,
    text: Field,
    analyzer: TextAnalyzer,
}

impl Bare {
    pub fn open(folder: &Path) -> anyhow::Result<Bare> {
        let index = Index::open_in_dir(folder)?;
        register(&index);
        let analyzer = index.tokenizers().get(TOKENIZER).context("the tokenizer is registered")?;
        Ok(Bare { searcher: index.reader()?.searcher(), text: schema().1, analyzer })
    }

    fn terms(&mut self, text: &str) -> Vec<Term> {
        let mut stream = self.analyzer.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push(Term::from_field_text(self.text, &stream.token().text));
        }
        terms
    }

    /// Returns the texts of the ten best paragraphs with any of the words, or with all of them in a row.
    pub fn search(&mut self, text: &str, phrase: bool) -> anyhow::Result<Vec<String>> {
        let mut terms = self.terms(text);
        let query: Box<dyn Query> = if phrase && terms.len() > 1 {
            Box::new(PhraseQuery::new(terms))
        } else if terms.len() == 1
            && let Some(term) = terms.pop()
        {
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        } else {
            let clause = |term| -> (Occur, Box<dyn Query>) {
                (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
            };
            Box::new(BooleanQuery::new(terms.into_iter().map(clause).collect()))
        };
        let mut found = Vec::new();
        for (_, address) in self.searcher.search(query.as_ref(), &TopDocs::with_limit(10).order_by_score())? {
            let entry: TantivyDocument = self.searcher.doc(address)?;
            found.extend(entry.get_first(self.text).and_then(|value| value.as_str()).map(str::to_owned));
        }
        Ok(found)
    }
}

/// Snowball for English, as tantivy's own filter does it where that feature is compiled in.
#[derive(Clone)]
struct English;

#[derive(Clone)]
struct Stemming<T>(T);

struct Stems<T> {
    inner: T,
    stemmer: Stemmer,
}

impl TokenFilter for English {
    type Tokenizer<T: Tokenizer> = Stemming<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> Stemming<T> {
        Stemming(tokenizer)
    }
}

impl<T: Tokenizer> Tokenizer for Stemming<T> {
    type TokenStream<'a> = Stems<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stems<T::TokenStream<'a>> {
        Stems { inner: self.0.token_stream(text), stemmer: Stemmer::create(Algorithm::English) }
    }
}

impl<T: TokenStream> TokenStream for Stems<T> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let stem = self.stemmer.stem(&self.inner.token().text).into_owned();
        self.inner.token_mut().text = stem;
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}
