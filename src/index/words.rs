//! The words of an index, found by their letters, for whoever looks for names.

use super::IndexError;
use super::open::Reader;

/// A test of words that reads them letter by letter, so that words with the same beginning are tested together.
pub(crate) trait Letters {
    /// What the letters so far have told.
    type Heard: Clone;

    /// Returns the state before the first letter.
    fn silence(&self) -> Self::Heard;

    /// Returns the state after one more letter.
    fn hear(&self, heard: &Self::Heard, letter: char) -> Self::Heard;

    /// Whether a word that ends here passes.
    fn admits(&self, heard: &Self::Heard) -> bool;

    /// Whether a word that ends here or goes on may pass.
    fn may_admit(&self, heard: &Self::Heard) -> bool;
}

impl Reader {
    /// Calls `visit` with the words (lower case, as they stand in the texts) that begin with `beginning` and pass the
    /// test, and about how often each stands there. Only branches of the lists of words are walked that may hold such
    /// words. Words without other forms ("the") are not among them, nor words with digits.
    pub(crate) fn each_word_like(
        &self,
        beginning: &str,
        letters: &impl Letters,
        visit: &mut dyn FnMut(&str, u64),
    ) -> Result<(), IndexError> {
        let automaton = Like::new(beginning, letters);
        let vocabulary = self.vocabulary().map_err(|error| self.error(error))?;
        vocabulary.search(|| &automaton, (beginning, None), visit);
        Ok(())
    }
}

/// A test of letters as the dictionary walks it: byte by byte.
struct Like<'a, L: Letters> {
    from: &'a [u8],
    /// What is heard with the last byte of the beginning.
    begun: L::Heard,
    letters: &'a L,
}

#[derive(Clone)]
enum Walked<H> {
    /// So many bytes of the beginning.
    Beginning(usize),
    /// The letters after it, and the bytes of one that is not complete.
    Letters(H, Vec<u8>),
    /// Something else.
    Astray,
}

impl<'a, L: Letters> Like<'a, L> {
    fn new(beginning: &'a str, letters: &'a L) -> Like<'a, L> {
        let begun = beginning.chars().fold(letters.silence(), |heard, letter| letters.hear(&heard, letter));
        Like { from: beginning.as_bytes(), begun, letters }
    }

    fn letter(&self, heard: &L::Heard, unread: &[u8], byte: u8) -> Walked<L::Heard> {
        if unread.is_empty() && byte.is_ascii() {
            return self.go_on(heard, char::from(byte));
        }
        let mut unread = unread.to_vec();
        unread.push(byte);
        match std::str::from_utf8(&unread) {
            Ok(read) => read.chars().next().map_or(Walked::Astray, |letter| self.go_on(heard, letter)),
            Err(_) if unread.len() < 4 => Walked::Letters(heard.clone(), unread),
            Err(_) => Walked::Astray,
        }
    }

    fn go_on(&self, heard: &L::Heard, letter: char) -> Walked<L::Heard> {
        let heard = self.letters.hear(heard, letter);
        if self.letters.may_admit(&heard) { Walked::Letters(heard, Vec::new()) } else { Walked::Astray }
    }
}

impl<L: Letters> tantivy_fst::Automaton for &Like<'_, L> {
    type State = Walked<L::Heard>;

    fn start(&self) -> Self::State {
        if self.from.is_empty() { Walked::Letters(self.begun.clone(), Vec::new()) } else { Walked::Beginning(0) }
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, Walked::Letters(heard, unread) if unread.is_empty() && self.letters.admits(heard))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        !matches!(state, Walked::Astray)
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            Walked::Beginning(read) if self.from.get(*read) != Some(&byte) => Walked::Astray,
            Walked::Beginning(read) if read + 1 < self.from.len() => Walked::Beginning(read + 1),
            Walked::Beginning(_) => Walked::Letters(self.begun.clone(), Vec::new()),
            Walked::Letters(heard, unread) => self.letter(heard, unread, byte),
            Walked::Astray => Walked::Astray,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    /// Words of which no two neighbouring letters are the same.
    struct NothingDoubled;

    impl Letters for NothingDoubled {
        type Heard = (Option<char>, bool);

        fn silence(&self) -> Self::Heard {
            (None, true)
        }

        fn hear(&self, heard: &Self::Heard, letter: char) -> Self::Heard {
            (Some(letter), heard.1 && heard.0 != Some(letter))
        }

        fn admits(&self, heard: &Self::Heard) -> bool {
            heard.1
        }

        fn may_admit(&self, heard: &Self::Heard) -> bool {
            heard.1
        }
    }

    #[test]
    fn words_come_by_beginning_and_letters() {
        let units = ["1|Bachelet met bachelors at the ball and Бачелет, Батте", "2|Bachelet", "3|ba b"];
        let (_folder, reader) = fixture::index(&[fixture::document("a", "A", &units)]);
        let words = |beginning: &str| {
            let mut words = Vec::new();
            let visit = &mut |word: &str, units: u64| words.push((word.to_owned(), units));
            reader.each_word_like(beginning, &NothingDoubled, visit).expect("a whole index");
            words
        };
        let own = |word: &str, units| (word.to_owned(), units);
        assert_eq!(words("ba"), [own("ba", 1), own("bachelet", 2), own("bachelors", 1)]);
        assert_eq!(words("ба"), [own("бачелет", 1)]);
        assert!(words("zz").is_empty());
    }
}
