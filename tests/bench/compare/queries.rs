//! Queries drawn from the words of the collection, the same in every run.

use std::collections::{HashMap, HashSet};

use pincite::analyzer;
use pincite::learn::Direction;
use pincite::query::expand::shipped_translations;

use crate::input::Document;
use crate::random::Random;

/// One query as Pincite reads it, and its words alone for programs without such a language.
#[derive(Debug, Clone)]
pub struct Query {
    pub text: String,
    /// What bare tantivy and SQLite are asked; `None` where they have no such query.
    pub words: Option<String>,
    pub facets: bool,
}

/// A kind of query with its samples.
#[derive(Debug, Clone)]
pub struct Class {
    pub name: &'static str,
    pub phrase: bool,
    pub queries: Vec<Query>,
}

/// Queries of a class.
const SAMPLES: usize = 60;

/// Words that stand in so many paragraphs of a thousand are common.
const COMMON: usize = 50;

struct Source<'a> {
    texts: Vec<&'a str>,
    /// Words in lower case that are no stop words, with the number of paragraphs that hold them.
    units: HashMap<String, usize>,
    common: Vec<String>,
    rare: Vec<String>,
    random: Random,
}

/// Draws the queries.
pub fn draw(documents: &[Document]) -> Vec<Class> {
    let mut source = Source::new(documents);
    let class = |name, phrase, queries| Class { name, phrase, queries };
    vec![
        class("word", false, source.draw(Source::word)),
        class("common words", false, source.draw(Source::common_words)),
        class("three words", false, source.draw(|source| source.run(3).map(plain))),
        class("question", false, source.draw(|source| source.run(12).map(plain))),
        class("phrase", true, source.draw(Source::phrase)),
        class("boolean", false, source.draw(Source::boolean)),
        class("prefix", false, source.draw(Source::prefix)),
        class("filter", false, source.draw(Source::filter)),
        class("facet", false, source.draw(Source::facet)),
        class("typo", false, source.draw(Source::typo)),
        class("cross-language", false, source.draw(Source::russian)),
        class("citation", false, source.draw(Source::citation)),
    ]
}

fn plain(text: String) -> Query {
    Query { words: Some(text.clone()), text, facets: false }
}

fn ours(text: String) -> Query {
    Query { text, words: None, facets: false }
}

impl<'a> Source<'a> {
    fn new(documents: &'a [Document]) -> Source<'a> {
        let texts: Vec<&str> =
            documents.iter().flat_map(|document| &document.paragraphs).map(|unit| unit.text.as_str()).collect();
        let mut units: HashMap<String, usize> = HashMap::new();
        for text in &texts {
            let words: HashSet<String> = words(text).map(|(_, word)| word).collect();
            for word in words {
                *units.entry(word).or_default() += 1;
            }
        }
        let mut sorted: Vec<(&String, &usize)> = units.iter().collect();
        sorted.sort();
        let limit = texts.len() * COMMON / 1000;
        let (common, rare): (Vec<_>, Vec<_>) = sorted.into_iter().partition(|(_, count)| **count > limit);
        let common = common.into_iter().map(|(word, _)| word.clone()).collect();
        let rare = rare.into_iter().filter(|(_, count)| **count >= 5).map(|(word, _)| word.clone()).collect();
        Source { texts, units, common, rare, random: Random::new(3) }
    }

    fn draw(&mut self, mut one: impl FnMut(&mut Self) -> Option<Query>) -> Vec<Query> {
        let mut queries = Vec::new();
        // A collection of a few words may not give as many as are wanted.
        for _ in 0..SAMPLES * 50 {
            if queries.len() == SAMPLES {
                break;
            }
            queries.extend(one(self));
        }
        queries
    }

    fn word(&mut self) -> Option<Query> {
        (!self.rare.is_empty()).then(|| plain(self.random.pick(&self.rare).clone()))
    }

    fn common_words(&mut self) -> Option<Query> {
        if self.common.is_empty() {
            return None;
        }
        let (one, other) = (self.random.pick(&self.common), self.random.pick(&self.common));
        (one != other).then(|| plain(format!("{one} {other}")))
    }

    /// Words that follow each other in a paragraph, stop words left out.
    fn run(&mut self, count: usize) -> Option<String> {
        let text = self.random.pick(&self.texts);
        let words: Vec<String> = words(text).map(|(_, word)| word).collect();
        let start = self.random.below(words.len().max(1));
        words.get(start..start + count).map(|run| run.join(" "))
    }

    /// Two or three words as they stand in a paragraph, in quotes.
    fn phrase(&mut self) -> Option<Query> {
        let text = self.random.pick(&self.texts);
        let tokens: Vec<(usize, String)> = words(text).collect();
        let count = 2 + self.random.below(2);
        let start = self.random.below(tokens.len().max(1));
        let run = tokens.get(start..start + count)?;
        let in_a_row = run.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1);
        let words = run.iter().map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ");
        in_a_row.then(|| Query { text: format!("\"{words}\""), words: Some(words), facets: false })
    }

    fn boolean(&mut self) -> Option<Query> {
        let (one, other, third) = (self.run(1)?, self.run(1)?, self.run(1)?);
        Some(ours(match self.random.below(3) {
            0 => format!("{one} OR {other}"),
            1 => format!("{one} {other} -{third}"),
            _ => format!("({one} OR {other}) {third}"),
        }))
    }

    fn prefix(&mut self) -> Option<Query> {
        let word = self.run(1)?;
        (word.chars().count() > 6).then(|| ours(format!("{}*", word.chars().take(5).collect::<String>())))
    }

    fn filter(&mut self) -> Option<Query> {
        let (words, section) = (self.run(2)?, self.run(1)?);
        Some(ours(match self.random.below(3) {
            0 => format!("{words} lang:en"),
            1 => format!("{words} section:{section}"),
            _ => format!("{words} kind:paragraph year:2000..2015"),
        }))
    }

    fn facet(&mut self) -> Option<Query> {
        let query = if self.random.below(2) == 0 { self.common_words()?.text } else { self.run(2)? };
        Some(Query { text: query, words: None, facets: true })
    }

    /// A word of the collection with two letters swapped, one left out or one doubled, which the collection lacks.
    fn typo(&mut self) -> Option<Query> {
        let (word, other) = (self.run(1)?, self.run(1)?);
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 7 || !letters.iter().all(char::is_ascii_alphabetic) {
            return None;
        }
        let at = 1 + self.random.below(letters.len() - 3);
        match self.random.below(3) {
            0 => letters.swap(at, at + 1),
            1 => drop(letters.remove(at)),
            _ => letters.insert(at, letters[at]),
        }
        let wrong: String = letters.into_iter().collect();
        let query = if self.random.below(2) == 0 { wrong.clone() } else { format!("{other} {wrong}") };
        (!self.units.contains_key(&wrong)).then(|| ours(query))
    }

    /// Two words of a paragraph in Russian.
    fn russian(&mut self) -> Option<Query> {
        let table = shipped_translations()?;
        let run = self.run(2)?;
        let mut words = Vec::new();
        for token in analyzer::analyze(&run).iter().filter(|token| !token.joined) {
            words.push(table.lookup(&token.text, Direction::EnglishToRussian).into_iter().next()?.form);
        }
        Some(ours(words.join(" ")))
    }

    fn citation(&mut self) -> Option<Query> {
        const TREATIES: [(&str, &str, usize); 5] = [
            ("Convention on the Rights of the Child", "Конвенции о правах ребенка", 54),
            ("International Covenant on Civil and Political Rights", "МПГПП", 53),
            ("Convention against Torture", "Конвенции против пыток", 33),
            ("International Covenant on Economic, Social and Cultural Rights", "МПЭСКП", 31),
            ("CEDAW", "КЛДЖ", 30),
        ];
        let (english, russian, articles) = self.random.pick(&TREATIES);
        let article = 1 + self.random.below(*articles);
        Some(ours(match self.random.below(3) {
            0 => format!("article {article} of the {english}"),
            1 => format!("ст. {article} {russian}"),
            _ => format!("{} article {article} of the {english}", self.run(1)?),
        }))
    }
}

/// The words of a text that are no stop words, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, String)> {
    let tokens = analyzer::analyze(text).into_iter();
    let telling = |word: &str| word.chars().count() > 2 && word.chars().all(char::is_alphabetic);
    tokens
        .filter(move |token| !token.joined && telling(&token.exact) && !analyzer::is_stop_word(&token.exact))
        .map(|token| (token.position, token.exact))
}
