//! Queries for what a word means: a law that defines torture says "torture means", and seldom "definition".

use super::found::Found;
use crate::analyzer;
use crate::document::Language;
use crate::query::expansion::{Alternative, Origin, QueryWord};

/// Trust in a formula of definitions: it defines more surely than the word "definition" does.
const FORMULA: f32 = 1.0;
/// Words of what is defined.
const MOST_WORDS: usize = 4;

/// How the definitions of a language are asked for and written.
struct Style {
    language: Language,
    /// Words that ask for a definition.
    asks: &'static [&'static str],
    /// Words after which what is defined has ended.
    ends: &'static [&'static str],
    /// What stands before and behind what is defined.
    formulas: &'static [(&'static str, &'static str)],
}

const STYLES: [Style; 2] = [
    Style {
        language: Language::ENGLISH,
        asks: &["definition", "definitions", "define", "defined", "defining", "meaning"],
        ends: &["in", "under", "by", "according", "for", "from", "within", "with", "and", "or"],
        formulas: &[("", "means"), ("term", ""), ("", "is defined"), ("", "is understood"), ("", "refers to")],
    },
    Style {
        language: Language::RUSSIAN,
        asks: &["определение", "определения", "определению", "понятие", "понятия", "дефиниция"],
        ends: &["в", "по", "согласно", "для", "из", "с", "и", "или", "на"],
        formulas: &[("", "означает"), ("", "понимается"), ("термин", ""), ("выражение", ""), ("", "это")],
    },
];

/// Adds the formulas of definitions to a word that asks for one.
pub(super) fn add(words: &[QueryWord], found: &mut Found) {
    for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.quoted && !word.excluded) {
        let [exact] = word.exact.as_slice() else { continue };
        let Some(style) = STYLES.iter().find(|style| style.asks.contains(&exact.as_str())) else { continue };
        let Some(defined) = defined(words, at, style) else { continue };
        for (before, behind) in style.formulas {
            let text = format!("{before} {defined} {behind}").trim().to_owned();
            let (language, origin) = (style.language, Origin::Definition);
            found.add(&word.span, &[], Alternative { text, weight: FORMULA, language, origin });
        }
    }
}

/// Returns what is defined: the words behind the one that asks ("definition of the term torture"), or those before it
/// ("torture definition").
fn defined(words: &[QueryWord], asks: usize, style: &Style) -> Option<String> {
    let ends = |word: &&QueryWord| {
        let ends = word.exact.iter().any(|exact| style.ends.contains(&exact.as_str()));
        !ends && !word.quoted && !word.excluded
    };
    let tells = |word: &&QueryWord| {
        let stop = |exact: &String| {
            analyzer::is_stop_word(exact) || matches!(exact.as_str(), "term" | "word" | "термин" | "слово")
        };
        !word.exact.iter().all(stop)
    };
    let text = |words: Vec<&QueryWord>| {
        let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        (1..=MOST_WORDS).contains(&words.len()).then(|| words.join(" "))
    };
    let (before, behind) = (words.get(..asks)?, words.get(asks + 1..)?);
    // Inside of what is defined stop words stay: "discrimination against women".
    let mut behind: Vec<&QueryWord> = behind.iter().take_while(ends).skip_while(|word| !tells(word)).collect();
    while behind.last().is_some_and(|word| !tells(word)) {
        behind.pop();
    }
    text(behind).or_else(|| {
        let before: Vec<&QueryWord> = before.iter().rev().take_while(ends).take_while(tells).collect();
        text(before.into_iter().rev().collect())
    })
}
