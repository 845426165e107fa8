use std::collections::{HashMap, HashSet};

use super::*;

pub(crate) fn sought(text: &str) -> Vec<Sought> {
    let tokens = analyzer::analyze(text).into_iter().filter(|token| !token.joined);
    tokens
        .filter(|token| !analyzer::is_stop_word(&token.exact))
        .map(|token| Sought {
            stem: token.text,
            text: text[token.start..token.end].to_owned(),
            exact: token.exact,
            span: token.start..token.end,
            capitals_only: false,
            unknown: false,
            run: 0,
        })
        .collect()
}

fn check(table: &Concepts, query: &str, expected: &[&str]) {
    let words = sought(query);
    let mut found: Vec<&str> = table.find(&words).into_iter().map(|found| found.form).collect();
    found.dedup();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn every_row_of_the_glossary_is_whole() {
    const MEAN_THE_SAME_ALONE: [&str; 5] = ["the elderly", "charged with", "speed up", "cooperate with", "in exile"];
    let table = include_str!("../glossary.tsv");
    let mut rows = 0;
    let mut lonely = Vec::new();
    let mut owners: HashMap<Vec<String>, usize> = HashMap::new();
    for (number, line) in table.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let (english, russian, everyday) = match line.split('\t').collect::<Vec<_>>()[..] {
            [english, russian] => (english, russian, ""),
            [english, russian, everyday] => (english, russian, everyday),
            _ => panic!("{}: {line}", number + 1),
        };
        rows += 1;
        let is_cyrillic = |form: &str| form.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'));
        let (in_russian, in_english): (Vec<&str>, Vec<&str>) =
            everyday.split(';').filter(|form| !form.is_empty()).partition(|form| is_cyrillic(form));
        for (cell, more, cyrillic) in [(english, in_english, false), (russian, in_russian, true)] {
            let mut forms = HashSet::new();
            for form in cell.split(';').chain(more) {
                assert!(!plain(form).is_empty() && form.trim() == form, "{}: {line}", number + 1);
                assert!(forms.insert(form.to_lowercase()), "twice {form}: {line}");
                assert!(!form.contains('ё'), "{line}");
                let foreign = |c: char| matches!(c, '\u{400}'..='\u{52f}') != cyrillic && c.is_alphabetic();
                let latin_name = cyrillic && (form == "COVID-19" || form == "russian");
                assert!(!form.chars().any(foreign) || latin_name, "{}: {form}", number + 1);
                let words = analyzer::analyze(form);
                let telling = words.iter().any(|word| !analyzer::is_stop_word(&word.exact));
                assert!(telling || form.starts_with(AS_WRITTEN), "only stop words: {form}");
                // Stop words are not sought: of "Education for All" nothing but "education" would be left.
                let lone = words.iter().filter(|word| !word.joined).count() > 1 && stems(plain(form)).len() < 2;
                if lone && !MEAN_THE_SAME_ALONE.contains(&form) {
                    lonely.push(form);
                }
                *owners.entry(stems(plain(form))).or_default() += 1;
            }
        }
    }
    assert!(lonely.is_empty(), "one word of several: {lonely:?}");
    assert!(rows > 1000, "{rows}");
}

#[test]
fn the_longest_form_wins() {
    let glossary = Concepts::glossary();
    check(&glossary, "national human rights institutions in Asia", &["national human rights institution"]);
    check(&glossary, "rights of the child", &["rights of the child"]);
    check(&glossary, "НПЗУ", &["НПЗУ"]);
    check(&glossary, "регистрации рождений", &["регистрация рождений"]);
    check(&glossary, "freedom expression", &["freedom of expression"]);
}

#[test]
fn abbreviations_are_found_in_any_case_unless_marked() {
    let glossary = Concepts::glossary();
    check(&glossary, "nhri", &["NHRI"]);
    check(&glossary, "WASH", &["WASH"]);
    check(&glossary, "wash", &[]);
    check(&glossary, "who", &[]);
}

#[test]
fn countries_are_found_by_any_name() {
    let countries = Concepts::countries();
    for name in ["Laos", "lao pdr", "Лаосе", "Лаосской Народно-Демократической Республики"]
    {
        let words = sought(name);
        let found = countries.find(&words);
        assert!(found.iter().any(|found| found.concept.english.contains(&"Laos")), "{name}: {found:?}");
    }
    check(&countries, "судане", &["Судан"]);
    check(&countries, "кроме того", &[]);
}

#[test]
fn forms_do_not_cross_runs() {
    let mut words = sought("birth registration");
    words[1].run = 1;
    let found = Concepts::glossary();
    assert!(found.find(&words).iter().all(|found| found.words.len() == 1));
}

#[test]
fn a_word_of_no_concept_is_of_no_concept() {
    check(&Concepts::glossary(), "zzyzx и the of", &[]);
    check(&Concepts::glossary(), "", &[]);
}
