//! The analysis as tantivy sees it.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::stem::{self, WordForms};
use super::{ending, visit};

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
    noted: Noted,
    /// Words noted on this thread; how often is counted where their stems are remembered, which costs no look into
    /// another table.
    words: Vec<Box<str>>,
    buffer: Buffer,
}

impl Texts {
    fn noting(noted: &Noted) -> Texts {
        Texts { noted: noted.clone(), words: Vec::new(), buffer: Buffer::default() }
    }

    /// Notes a word.
    fn note(&mut self, word: WordForms<'_>) {
        let Some(times) = word.noted else { return };
        if times.get() == 0 {
            self.words.push(word.exact.into());
        }
        times.set(times.get().saturating_add(1));
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

    /// Puts the next term into a token; returns whether there was one.
    fn put(&self, next: &mut usize, token: &mut Token) -> bool {
        let Some(term) = self.terms.get(*next) else { return false };
        *next += 1;
        token.text.clear();
        token.text.push_str(self.letters.get(term.start..term.end).unwrap_or_default());
        token.position = term.position;
        true
    }

    fn push(&mut self, word: &str, position: usize) {
        let start = self.letters.len();
        self.letters.push_str(word);
        self.terms.push(Term { start, end: self.letters.len(), position });
    }
}

impl Tokenizer for Texts {
    type TokenStream<'a> = TextStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TextStream<'a> {
        if self.words.len() > MOST_KEPT {
            self.noted.add(&mut self.words);
        }
        TextStream { texts: self, text: Some(text), next: 0, token: Token::default() }
    }
}

impl Tokenizer for Stems {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let Stems { buffer, read } = self;
        if read != text {
            buffer.clear();
            visit(text, &mut |word, place| buffer.push(word.stem, place.position));
            text.clone_into(read);
        }
        Stream::of(buffer)
    }
}

/// The terms of a text, given away as they are read: to put them aside first costs a fiftieth of all indexing.
pub struct TextStream<'a> {
    texts: &'a mut Texts,
    /// `None` once it is read.
    text: Option<&'a str>,
    /// Of those put aside, for whoever asks for one after the other.
    next: usize,
    token: Token,
}

/// A compound in one, which stands where its first part does.
struct Joined {
    stem: String,
    exact: String,
    position: usize,
    ending: u8,
}

impl TokenStream for TextStream<'_> {
    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        let TextStream { texts, text, token, .. } = self;
        let mut give = |prefix: Option<char>, word: &str, position: usize| {
            token.text.clear();
            token.text.extend(prefix);
            token.text.push_str(word);
            token.position = position;
            sink(token);
        };
        let mut give_both = |stem: &str, exact: &str, place: usize, ending: u8| {
            let marked = ending::mark(place, ending);
            give(None, stem, marked);
            if ending::is_other(ending) {
                give(Some(EXACT_PREFIX), exact, marked);
            }
        };
        let mut joined: Option<Joined> = None;
        visit(text.take().unwrap_or_default(), &mut |word, place| {
            texts.note(word);
            let (stem, exact, position, ending) = (word.stem, word.exact, place.position, word.ending);
            if place.joined {
                let (stem, exact) = (stem.to_owned(), exact.to_owned());
                if let Some(before) = joined.replace(Joined { stem, exact, position, ending }) {
                    give_both(&before.stem, &before.exact, before.position, before.ending);
                }
                return;
            }
            // The first part may have the same stem ("State-s"): the places of a term must not descend.
            let before = joined.take();
            let first = before
                .as_ref()
                .is_some_and(|joined| joined.position == position && joined.stem == stem && joined.ending > ending);
            if first {
                give_both(stem, exact, position, ending);
            }
            if let Some(joined) = before {
                give_both(&joined.stem, &joined.exact, joined.position, joined.ending);
            }
            if !first {
                give_both(stem, exact, position, ending);
            }
        });
        if let Some(joined) = joined {
            give_both(&joined.stem, &joined.exact, joined.position, joined.ending);
        }
    }

    fn advance(&mut self) -> bool {
        if self.text.is_some() {
            let mut buffer = std::mem::take(&mut self.texts.buffer);
            buffer.clear();
            self.process(&mut |token| buffer.push(&token.text, token.position));
            self.texts.buffer = buffer;
        }
        self.texts.buffer.put(&mut self.next, &mut self.token)
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The terms of a text, put aside.
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
        self.buffer.put(&mut self.next, &mut self.token)
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
