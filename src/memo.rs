//! What words stand for, remembered: texts say few words often.
//!
//! Invariant: what is remembered never grows past [`MOST_WORDS`] words; when it is full, all of it is forgotten. No
//! bookkeeping is cheaper, and by Zipf's law so many words cover almost every occurrence.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

/// Words that are remembered.
const MOST_WORDS: usize = 1 << 15;
/// Places for the words met last, so few that they stay in the near memory of a processor. A table of all words does not:
/// to look there took a third of the time of whoever reads text word by word.
const PLACES: usize = 1 << 13;
/// Words from which on they pay: who reads a query or a page does not want them.
const MANY: usize = 1 << 10;
/// Bytes of the longest word that has such a place.
const LONGEST: usize = 27;

/// Values of words, computed once for each while it is remembered.
pub(crate) struct Memo<V> {
    /// Every word has one place, by its hash, which it shares with others: who was met last has it.
    places: Vec<Place>,
    numbers: FxHashMap<Box<str>, u32>,
    values: Vec<V>,
}

/// A word and the number of its value.
#[derive(Clone, Copy)]
struct Place {
    letters: [u8; LONGEST],
    /// Of the word; 0 where the place is free.
    length: u8,
    number: u32,
}

const FREE: Place = Place { letters: [0; LONGEST], length: 0, number: 0 };

impl<V> Default for Memo<V> {
    fn default() -> Memo<V> {
        Memo { places: Vec::new(), numbers: FxHashMap::default(), values: Vec::new() }
    }
}

impl<V> Memo<V> {
    /// Returns the value of a word, computed where it is not remembered.
    pub fn value(&mut self, word: &str, compute: impl FnOnce(&str) -> V) -> &V {
        let number = self.number(word, compute);
        &self.values[number as usize]
    }

    /// Returns all values that are remembered.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.values.iter()
    }

    fn number(&mut self, word: &str, compute: impl FnOnce(&str) -> V) -> u32 {
        let place = place_of(word);
        let met = place.and_then(|place| self.places.get(place));
        if let Some(met) = met.filter(|met| met.holds(word)) {
            return met.number;
        }
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => self.take_in(word, compute(word)),
        };
        if let Some(place) = place.filter(|_| self.values.len() > MANY) {
            if self.places.is_empty() {
                self.places.resize(PLACES, FREE);
            }
            self.places[place] = Place::of(word, number);
        }
        number
    }

    fn take_in(&mut self, word: &str, value: V) -> u32 {
        if self.values.len() >= MOST_WORDS {
            self.places.fill(FREE);
            self.numbers.clear();
            self.values.clear();
        }
        let number = self.values.len() as u32;
        self.values.push(value);
        self.numbers.insert(word.into(), number);
        number
    }
}

impl Place {
    fn of(word: &str, number: u32) -> Place {
        let mut letters = [0; LONGEST];
        letters[..word.len()].copy_from_slice(word.as_bytes());
        Place { letters, length: word.len() as u8, number }
    }

    fn holds(&self, word: &str) -> bool {
        usize::from(self.length) == word.len() && self.letters[..word.len()] == *word.as_bytes()
    }
}

/// Returns the place of a word; the empty one and long ones have none.
fn place_of(word: &str) -> Option<usize> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    Some(hasher.finish() as usize % PLACES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_computed_once_while_it_is_remembered() {
        let mut memo = Memo::default();
        let mut computed = 0;
        let long = "x".repeat(300);
        for _ in 0..3 {
            for word in ["child", "ребенок", "", "cheval", long.as_str()] {
                let value = memo.value(word, |word| {
                    computed += 1;
                    word.len()
                });
                assert_eq!(*value, word.len());
            }
        }
        assert_eq!(computed, 5);
    }

    #[test]
    fn words_of_one_place_and_of_a_full_memory_keep_their_own_values() {
        let mut memo = Memo::default();
        for _ in 0..2 {
            for number in 0..MOST_WORDS + 1000 {
                let word = format!("word{number}");
                assert_eq!(memo.value(&word, str::to_owned), &word);
            }
        }
        assert!(memo.values.len() <= MOST_WORDS && memo.numbers.len() == memo.values.len());
    }
}
