//! The analysis as tantivy sees it.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::visit;

/// Name of the tokenizer that gives stems and, at the same positions, exact words behind [`EXACT_PREFIX`].
pub const TOKENS: &str = "pincite";
/// Name of the tokenizer that gives stems only.
pub const STEMS: &str = "pincite-stems";
/// First character of the terms that are exact words. No stem begins with it.
///
/// Exact words share the field of the stems: a field of their own would analyse every text twice. Invariable words have
/// no such term, which saves two terms in five.
pub const EXACT_PREFIX: char = '=';

/// Makes the tokenizers known to an index that was created or opened.
pub fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(TOKENS, Words { exact: true, ..Words::default() });
    tokenizers.register(STEMS, Words::default());
}

#[derive(Clone, Default)]
struct Words {
    exact: bool,
    buffer: Buffer,
    /// Of stems only, the text that stands in the buffer: the units of a section share what they stand under, which is
    /// read once for all of them.
    read: String,
}

/// Terms of one text, one behind the other.
#[derive(Clone, Default)]
struct Buffer {
    letters: String,
    terms: Vec<Term>,
}

#[derive(Clone, Copy)]
struct Term {
    start: usize,
    end: usize,
    position: usize,
}

impl Buffer {
    /// Puts the terms of a text in place of what the buffer holds.
    fn fill(&mut self, text: &str, exact: bool) {
        self.letters.clear();
        self.terms.clear();
        visit(text, &mut |word, place| {
            self.push(None, word.stem, place.position);
            if exact && !word.invariable {
                self.push(Some(EXACT_PREFIX), word.exact, place.position);
            }
        });
    }

    fn push(&mut self, prefix: Option<char>, word: &str, position: usize) {
        let start = self.letters.len();
        self.letters.extend(prefix);
        self.letters.push_str(word);
        self.terms.push(Term { start, end: self.letters.len(), position });
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let Words { exact, buffer, read } = self;
        if *exact || read != text {
            buffer.fill(text, *exact);
        }
        if !*exact {
            text.clone_into(read);
        }
        Stream { buffer, next: 0, token: Token::default() }
    }
}

/// The terms of one text.
pub struct Stream<'a> {
    buffer: &'a Buffer,
    next: usize,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.buffer.terms.get(self.next) else { return false };
        self.next += 1;
        self.token.text.clear();
        self.token.text.push_str(self.buffer.letters.get(term.start..term.end).unwrap_or_default());
        self.token.position = term.position;
        self.token.offset_from = term.start;
        self.token.offset_to = term.end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
