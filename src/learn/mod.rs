//! Learns word translations from aligned text: IBM Model 1 in both directions at once, made to agree.
//!
//! Invariant: the same pairs in the same order give the same table, whatever the number of threads; nothing here reads
//! files or knows how text becomes words. Whoever calls brings stems.
//!
//! The model is that of Brown et al. 1993 (The Mathematics of Statistical Machine Translation, model 1) with three
//! changes, each measured: a word is likelier to stand at the same relative place of its twin (Dyer et al. 2013),
//! posteriors of both directions are multiplied (Liang et al. 2006, Alignment by Agreement), and only words that meet
//! more often than by chance are looked at, which keeps a training run within a minute and a few hundred megabytes.

mod align;
mod candidates;
mod model;
mod table;

use std::collections::HashMap;

pub use align::{Numbered, Side, twins};
pub use table::{Direction, Table, TableError, Translation};

/// One word of a training text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word {
    /// What the index holds for it.
    pub stem: String,
    /// The word in lower case as it stands in the text, for display and for analysis anew.
    pub form: String,
}

/// How to train. The defaults are those that the shipped table was made with.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Rounds of expectation and maximisation.
    pub rounds: usize,
    /// Pairs with more words on a side are passed over: model 1 learns nothing from them, and they cost their square.
    pub longest: usize,
    /// Words in more than this share of the pairs are passed over on both sides: articles, prepositions.
    pub commonest: f32,
    /// How strongly a word is expected at the same relative place; 0 is model 1 proper.
    pub diagonal: f32,
    /// The share of words that have no twin.
    pub unpaired: f32,
    /// Observations by which each probability is held back, so that one meeting is not certainty.
    pub doubt: f32,
    /// Translations that are less likely are dropped.
    pub least: f32,
    /// Translations kept for each word.
    pub most: usize,
    /// Version of the analyzer that made the stems; a table is of no use to another.
    pub analyzer_version: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            rounds: 6,
            longest: 120,
            commonest: 0.2,
            diagonal: 3.0,
            unpaired: 0.05,
            doubt: 0.5,
            least: 0.02,
            most: 8,
            analyzer_version: 0,
        }
    }
}

/// Returns the table of translations that pairs of (English, Russian) sentences teach.
pub fn train(pairs: impl Iterator<Item = (Vec<Word>, Vec<Word>)>, options: &Options) -> Table {
    let mut english = Vocabulary::default();
    let mut russian = Vocabulary::default();
    let pairs: Vec<Pair> = pairs
        .filter(|(left, right)| {
            (1..=options.longest).contains(&left.len()) && (1..=options.longest).contains(&right.len())
        })
        .map(|(left, right)| Pair { english: english.number(left), russian: russian.number(right) })
        .collect();
    let pairs = drop_common_words(pairs, english.len(), russian.len(), options.commonest);
    let links = candidates::find(&pairs, english.len(), russian.len());
    let counts = model::fit(&pairs, &links, russian.len(), options);
    table::build(&links, &counts, &english.words(), &russian.words(), options)
}

/// A sentence pair as word numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pair {
    english: Vec<u32>,
    russian: Vec<u32>,
}

/// Numbers stems in the order of their first meeting and counts their forms.
#[derive(Default)]
struct Vocabulary {
    numbers: HashMap<String, u32>,
    forms: Vec<HashMap<String, u32>>,
}

impl Vocabulary {
    fn len(&self) -> usize {
        self.forms.len()
    }

    fn number(&mut self, words: Vec<Word>) -> Vec<u32> {
        words.into_iter().map(|word| self.number_one(word)).collect()
    }

    fn number_one(&mut self, word: Word) -> u32 {
        let next = self.forms.len() as u32;
        let number = *self.numbers.entry(word.stem).or_insert(next);
        if number == next {
            self.forms.push(HashMap::new());
        }
        if let Some(forms) = self.forms.get_mut(number as usize) {
            *forms.entry(word.form).or_insert(0) += 1;
        }
        number
    }

    /// Returns each stem with its most frequent form; of equals the shortest, then the first of the alphabet.
    fn words(self) -> Vec<Word> {
        let mut words: Vec<Word> = self
            .forms
            .into_iter()
            .map(|forms| {
                let best = forms.into_iter().max_by(|(left, left_count), (right, right_count)| {
                    left_count.cmp(right_count).then(right.len().cmp(&left.len())).then(right.cmp(left))
                });
                Word { stem: String::new(), form: best.map(|(form, _)| form).unwrap_or_default() }
            })
            .collect();
        for (stem, number) in self.numbers {
            if let Some(word) = words.get_mut(number as usize) {
                word.stem = stem;
            }
        }
        words
    }
}

/// Takes out the words that stand in more than a share of the pairs. Few pairs say nothing about what is common.
fn drop_common_words(pairs: Vec<Pair>, english: usize, russian: usize, share: f32) -> Vec<Pair> {
    const FEW: usize = 200;
    if pairs.len() < FEW {
        return pairs;
    }
    let limit = (pairs.len() as f32 * share) as u32;
    let common = |size: usize, side: fn(&Pair) -> &[u32]| -> Vec<bool> {
        candidates::document_frequencies(pairs.iter().map(side), size).into_iter().map(|count| count > limit).collect()
    };
    let common_english = common(english, |pair| &pair.english);
    let common_russian = common(russian, |pair| &pair.russian);
    let keep = |words: Vec<u32>, common: &[bool]| -> Vec<u32> {
        words.into_iter().filter(|word| common.get(*word as usize) == Some(&false)).collect()
    };
    pairs
        .into_iter()
        .map(|pair| Pair { english: keep(pair.english, &common_english), russian: keep(pair.russian, &common_russian) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits at spaces; the stem is the first four letters, so that forms differ from stems.
    fn words(text: &str) -> Vec<Word> {
        text.split(' ').map(|form| Word { stem: form.chars().take(4).collect(), form: form.to_owned() }).collect()
    }

    fn pairs() -> Vec<(Vec<Word>, Vec<Word>)> {
        [
            ("the right of the child", "право ребенка"),
            ("the rights of women", "права женщин"),
            ("the best interests of the child", "наилучшие интересы ребенка"),
            ("women and children", "женщины и дети"),
            ("the right to education", "право на образование"),
            ("education of women", "образование женщин"),
        ]
        .iter()
        .map(|(english, russian)| (words(english), words(russian)))
        .collect()
    }

    #[test]
    fn words_that_meet_translate_each_other() {
        let table = train(pairs().into_iter(), &Options::default());
        for (stem, direction, expected) in [
            ("educ", Direction::EnglishToRussian, "обра"),
            ("wome", Direction::EnglishToRussian, "женщ"),
            ("righ", Direction::EnglishToRussian, "прав"),
            ("обра", Direction::RussianToEnglish, "educ"),
            ("женщ", Direction::RussianToEnglish, "wome"),
        ] {
            let best = table.lookup(stem, direction).into_iter().next();
            assert_eq!(best.map(|translation| translation.stem), Some(expected.to_owned()), "{stem}");
        }
        assert!(table.lookup("unknown", Direction::EnglishToRussian).is_empty());
    }

    #[test]
    fn probabilities_are_probabilities() {
        let table = train(pairs().into_iter(), &Options::default());
        for stem in ["righ", "chil", "wome", "educ"] {
            let found = table.lookup(stem, Direction::EnglishToRussian);
            let sum: f32 = found.iter().map(|translation| translation.probability).sum();
            assert!(sum > 0.0 && sum <= 1.01, "{stem}: {found:?}");
            assert!(found.is_sorted_by(|left, right| left.probability >= right.probability), "{stem}");
        }
    }

    #[test]
    fn the_most_frequent_form_is_shown() {
        let table = train(pairs().into_iter(), &Options::default());
        let best = table.lookup("женщ", Direction::RussianToEnglish).into_iter().next();
        assert_eq!(best.map(|translation| translation.form), Some("women".to_owned()));
    }

    #[test]
    fn training_is_the_same_each_time() {
        let many = || pairs().into_iter().cycle().take(3000);
        let first = train(many(), &Options::default());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
        let second = pool.install(|| train(many(), &Options::default()));
        assert_eq!(first.as_bytes(), second.as_bytes());
    }

    #[test]
    fn nothing_teaches_nothing() {
        let table = train(std::iter::empty(), &Options::default());
        assert_eq!(table.len(Direction::EnglishToRussian), 0);
    }
}
