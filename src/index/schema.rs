//! The fields of the index.

use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions};

use crate::analyzer;

/// Handles of all fields, the same in every index of this version.
#[derive(Debug, Clone)]
pub struct Fields {
    pub schema: Schema,
    /// Stems of a unit's text at their places, each marked with the ending of the word that stands there, and words
    /// with rare endings ([`crate::analyzer::TOKENS`]).
    pub text: Field,
    /// A list of words of the texts (entries of its own, [`super::vocabulary`]).
    pub words: Field,
    /// Stems of what a unit stands under: title, headings, the lead-in of a sub-item.
    pub context: Field,
    /// The text as shown.
    pub shown: Field,
    /// What else is stored of a unit, document or file (`record`), one field for all three.
    pub record: Field,
    /// Id of the document (units only).
    pub document: Field,
    /// Id of the document (the document's own entry only).
    pub described: Field,
    /// Key of the file (its own entry only).
    pub file: Field,
    /// Key of the file (everything that came from it): one term to delete it all.
    pub owner: Field,
    /// Id, symbol and title of a document folded for comparison, and its id, in one term.
    pub handle: Field,
    pub ordinal: Field,
    pub kind: Field,
    pub language: Field,
    pub document_kind: Field,
    pub country: Field,
    pub body: Field,
    pub year: Field,
    /// The headings above a unit, each folded for comparison.
    pub section: Field,
    /// Who speaks in a unit of a decision, or that it is a note out of a ready paragraph: [`super::voice::Voice::term`].
    pub voice: Field,
    /// Keys of references with all their prefixes, in lower case.
    pub cites: Field,
    /// Printed label and its beginnings ("21 (c)" and "21").
    pub label: Field,
}

impl Fields {
    /// Returns the schema of this version.
    pub fn new() -> Fields {
        let mut builder = SchemaBuilder::default();
        let words = |tokenizer: &str, option| {
            TextOptions::default()
                .set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option))
        };
        let raw = || {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic);
            TextOptions::default().set_indexing_options(indexing)
        };
        let text = builder.add_text_field("text", words(analyzer::TOKENS, IndexRecordOption::WithFreqsAndPositions));
        let context = builder.add_text_field("context", words(analyzer::STEMS, IndexRecordOption::WithFreqs));
        let shown = builder.add_text_field("shown", STORED);
        let record = builder.add_text_field("record", STORED);
        let listed = builder.add_bytes_field("words", STORED);
        let mut keyword = |name: &str| builder.add_text_field(name, raw());
        let (described, file, owner) = (keyword("described"), keyword("file"), keyword("owner"));
        let (handle, section, voice) = (keyword("handle"), keyword("section"), keyword("voice"));
        let (cites, label) = (keyword("cites"), keyword("label"));
        let mut facet = |name: &str| builder.add_text_field(name, raw() | FAST);
        let (document, kind, language) = (facet("document"), facet("kind"), facet("language"));
        let (document_kind, country, body) = (facet("document_kind"), facet("country"), facet("body"));
        let ordinal = builder.add_u64_field("ordinal", FAST);
        let year = builder.add_u64_field("year", FAST);
        let schema = builder.build();
        Fields {
            schema,
            text,
            words: listed,
            context,
            shown,
            record,
            document,
            described,
            file,
            owner,
            handle,
            ordinal,
            kind,
            language,
            document_kind,
            country,
            body,
            year,
            section,
            voice,
            cites,
            label,
        }
    }
}

impl Default for Fields {
    fn default() -> Fields {
        Fields::new()
    }
}
