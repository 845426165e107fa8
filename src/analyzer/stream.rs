//! The analysis as tantivy sees it.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::{ending, stem, visit};

/// Name of the tokenizer that gives stems, at places marked with the endings of the words (`ending`). The words are
/// noted.
pub const TOKENS: &str = "pincite";
/// Name of the tokenizer that gives stems only.
pub const STEMS: &str = "pincite-stems";
/// First character of what stands for an exact word among terms. No stem begins with it. In the index it is a term only
/// where its ending is not in the list of endings.
pub const EXACT_PREFIX: char = '=';

/// Makes the tokenizers known to an index that was created or opened; what is indexed is noted.
pub fn register(tokenizers: &TokenizerManager, noted: &Noted) {
    tokenizers.register(TOKENS, Texts::noting(noted));
    tokenizers.register(STEMS, Stems::default());
}

/// Exact words of the texts that were indexed, and how often each stood there. Words with digits and those that have no
/// other form are not noted: these are terms of the index as they are.
#[derive(Debug, Clone, Default)]
pub struct Noted(Arc<Mutex<FxHashMap<Box<str>, u32>>>);

impl Noted {
    /// Returns the words that were noted since the last call. Of a text that is being indexed they may be missing.
    pub(crate) fn take(&self) -> FxHashMap<Box<str>, u32> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in words with the times that this thread has counted, and begins to count anew.
    fn add(&self, words: &mut Vec<Box<str>>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for word in words.drain(..) {
            all.entry(word).or_default();
        }
        stem::each_noted(|word, times| {
            if let Some(known) = all.get_mut(word) {
                *known = known.saturating_add(times);
            }
        });
    }
}

/// Words that one thread keeps to itself before it hands them on.
const MOST_KEPT: usize = 1 << 15;

/// Stems of texts at marked places, and the words whose ending is not in the list.
struct Texts {
    buffer: Buffer,
    noted: Noted,
    /// Words noted on this thread; how often is counted where their stems are remembered, which costs no look into
    /// another table.
    words: Vec<Box<str>>,
}

impl Texts {
    fn noting(noted: &Noted) -> Texts {
        Texts { buffer: Buffer::default(), noted: noted.clone(), words: Vec::new() }
    }
}

impl Clone for Texts {
    fn clone(&self) -> Texts {
        Texts::noting(&self.noted)
    }
}

impl Drop for Texts {
    fn drop(&mut self) {
        self.noted.add(&mut self.words);
    }
}

/// Stems of what units stand under.
#[derive(Clone, Default)]
struct Stems {
    buffer: Buffer,
    /// The text that stands in the buffer: the units of a section share what they stand under, which is read once for all
    /// of them.
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
    fn clear(&mut self) {
        self.letters.clear();
        self.terms.clear();
    }

    /// A compound in one stands where its first part does, and may have its stem ("State-s"): the places of a term must
    /// not descend.
    fn keep_ascending(&mut self) {
        let [.., before, last] = self.terms.as_mut_slice() else { return };
        if before.position > last.position
            && self.letters.get(before.start..before.end) == self.letters.get(last.start..last.end)
        {
            std::mem::swap(&mut before.position, &mut last.position);
        }
    }

    fn push(&mut self, prefix: Option<char>, word: &str, position: usize) {
        let start = self.letters.len();
        self.letters.extend(prefix);
        self.letters.push_str(word);
        self.terms.push(Term { start, end: self.letters.len(), position });
    }
}

impl Tokenizer for Texts {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let Texts { buffer, noted, words } = self;
        buffer.clear();
        visit(text, &mut |word, place| {
            let marked = ending::mark(place.position, word.ending);
            buffer.push(None, word.stem, marked);
            buffer.keep_ascending();
            if ending::is_other(word.ending) {
                buffer.push(Some(EXACT_PREFIX), word.exact, marked);
            }
            if let Some(times) = word.noted {
                if times.get() == 0 {
                    words.push(word.exact.into());
                }
                times.set(times.get().saturating_add(1));
            }
        });
        if words.len() > MOST_KEPT {
            noted.add(words);
        }
        Stream::of(buffer)
    }
}

impl Tokenizer for Stems {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let Stems { buffer, read } = self;
        if read != text {
            buffer.clear();
            visit(text, &mut |word, place| buffer.push(None, word.stem, place.position));
            text.clone_into(read);
        }
        Stream::of(buffer)
    }
}

/// The terms of one text.
pub struct Stream<'a> {
    buffer: &'a Buffer,
    next: usize,
    token: Token,
}

impl<'a> Stream<'a> {
    fn of(buffer: &'a Buffer) -> Stream<'a> {
        Stream { buffer, next: 0, token: Token::default() }
    }
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
