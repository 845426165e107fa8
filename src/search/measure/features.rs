//! What every feature of the ranking is worth: the figures of all judged sets with the whole ranking, and what becomes of
//! them without one feature at a time.

use std::env;
use std::fmt::Write as _;
use std::fs;

use super::super::*;
use super::Collection;
use super::collections::{cranfield, listed, own, sentences, xquad};
use super::rank::Weights;
use crate::analyzer;
use crate::eval::{Measures, Run};
use crate::query::expansion::{Alternative, Expansion, Origin, QueryWord};

/// The ranking as it is asked.
struct Setting {
    weights: Weights,
    corrects: bool,
    /// Which added words are left out: told a word's origin, and whether it is of the other language.
    left_out: fn(Origin, bool) -> bool,
}

impl Setting {
    fn whole() -> Setting {
        Setting { weights: Weights::default(), corrects: true, left_out: |_, _| false }
    }
}

/// A feature by name, and how to do without it.
type Feature = (&'static str, fn(&mut Setting));

const FEATURES: [Feature; 19] = [
    ("the very form (`exact`)", |setting| setting.weights.exact = 0.0),
    ("pairs of words (`pair`)", |setting| setting.weights.pair = 0.0),
    ("title, headings, lead-in (`context`)", |setting| setting.weights.context = 0.0),
    ("length of the text (`b`)", |setting| setting.weights.b = 0.0),
    ("less for stop words (`stop`)", |setting| setting.weights.stop = 1.0),
    ("anything for stop words (`stop`)", |setting| setting.weights.stop = 0.0),
    ("share of the query (`coverage`)", |setting| setting.weights.coverage = 0.0),
    ("less for the other language (`crossing`)", |setting| setting.weights.crossing = 1.0),
    ("more for findings (`finding`)", |setting| setting.weights.finding = 1.0),
    ("less for arguments (`argument`)", |setting| setting.weights.argument = 1.0),
    ("less for notes (`note`)", |setting| setting.weights.note = 1.0),
    ("correction of spelling", |setting| setting.corrects = false),
    ("glossary, countries, bodies", |setting| setting.left_out = |origin, _| origin == Origin::Glossary),
    ("— of these, the own language's", |setting| {
        setting.left_out = |origin, crossing| origin == Origin::Glossary && !crossing;
    }),
    ("learned translations", |setting| {
        setting.left_out = |origin, crossing| origin == Origin::Translation && crossing;
    }),
    ("words translated alike", |setting| {
        setting.left_out = |origin, crossing| origin == Origin::Translation && !crossing;
    }),
    ("names in the other script", |setting| setting.left_out = |origin, _| origin == Origin::Name),
    ("formulas of definitions", |setting| setting.left_out = |origin, _| origin == Origin::Definition),
    ("all added words", |setting| setting.left_out = |_, _| true),
];

/// An expander without some of the words that it adds.
struct Without<'a> {
    lexicon: Lexicon<'a>,
    corrects: bool,
    left_out: fn(Origin, bool) -> bool,
}

impl Expander for Without<'_> {
    fn expand(&self, text: &str, words: &[QueryWord]) -> Vec<Expansion> {
        let mut expansions = self.lexicon.expand(text, words);
        for Expansion { source_span, alternatives } in &mut expansions {
            let own = analyzer::language_of(&text[source_span.clone()]);
            let crosses = |alternative: &Alternative| own.is_some_and(|own| own != alternative.language);
            alternatives.retain(|alternative| !(self.left_out)(alternative.origin, crosses(alternative)));
        }
        expansions.retain(|expansion| !expansion.alternatives.is_empty());
        expansions
    }

    fn corrects(&self) -> bool {
        self.corrects
    }

    fn knows(&self, word: &str) -> bool {
        self.lexicon.knows(word)
    }

    fn nearest(&self, word: &str, errors: usize) -> Option<String> {
        self.lexicon.nearest(word, errors)
    }
}

/// One column of the table, or several where the groups of a collection stand apart.
struct Column {
    collection: Collection,
    by_group: bool,
    figure: fn(Measures) -> f64,
}

impl Column {
    fn names(&self) -> Vec<String> {
        let groups = self.run(&Setting::whole()).groups().into_keys();
        let name = &self.collection.name;
        if self.by_group { groups.map(|group| format!("{name} {group}")).collect() } else { vec![name.clone()] }
    }

    fn run(&self, setting: &Setting) -> Run {
        let lexicon = Lexicon::new().with_terms(&self.collection.reader);
        let expander = Without { lexicon, corrects: setting.corrects, left_out: setting.left_out };
        self.collection.ranked(&expander, setting.weights, true)
    }

    fn figures(&self, setting: &Setting) -> Vec<f64> {
        let run = self.run(setting);
        if !self.by_group {
            return vec![(self.figure)(run.overall())];
        }
        run.groups().into_values().map(|(_, measures)| (self.figure)(measures)).collect()
    }
}

/// All sets that are there: the project's own, the public ones, and those that the file PINCITE_JUDGED lists.
fn columns() -> Vec<Column> {
    let ndcg = |collection, by_group| Column { collection, by_group, figure: |measures| measures.ndcg };
    let rank = |collection| Column { collection, by_group: true, figure: |measures| measures.reciprocal_rank };
    let named = |name: &str, collection: Collection| Collection { name: name.to_owned(), ..collection };
    let mut columns: Vec<Column> = own().map(|half| ndcg(half, false)).into();
    columns.extend(xquad(false).map(rank));
    columns.extend(xquad(true).map(|across| rank(named("xquad across", across.sample(2)))));
    columns.extend(cranfield().map(|cranfield| ndcg(named("Cranfield", cranfield), false)));
    columns.extend(sentences(false).map(|sentences| ndcg(named("UN", sentences.sample(3)), true)));
    columns.extend(sentences(true).map(|across| ndcg(named("UN across", across.sample(3)), false)));
    let sets = env::var_os("PINCITE_JUDGED").map(|file| fs::read_to_string(file).expect("PINCITE_JUDGED"));
    columns.extend(sets.iter().flat_map(|sets| listed(sets)).map(|set| ndcg(set, false)));
    columns
}

/// Prints a table in Markdown; every row as soon as it is there.
fn print_table(columns: &[Column]) {
    let names: Vec<String> = columns.iter().flat_map(Column::names).collect();
    eprintln!("| without | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len()));
    let figures = |setting: &Setting| columns.iter().flat_map(|column| column.figures(setting)).collect::<Vec<f64>>();
    let whole = figures(&Setting::whole());
    let cells: Vec<String> = whole.iter().map(|figure| format!("{figure:.3}").replacen("0.", ".", 1)).collect();
    eprintln!("| nothing: the whole ranking | {} |", cells.join(" | "));
    for (name, without) in FEATURES {
        let mut setting = Setting::whole();
        without(&mut setting);
        let mut row = String::new();
        for (figure, whole) in figures(&setting).iter().zip(&whole) {
            let _ = write!(row, " {} |", difference(figure - whole));
        }
        eprintln!("| {name} |{row}");
    }
}

/// Writes a difference in thousandths, nothing for none.
fn difference(difference: f64) -> String {
    match (difference * 1000.0).round() as i64 {
        0 => String::new(),
        thousandths if thousandths < 0 => format!("−.{:03}", -thousandths),
        thousandths => format!("+.{thousandths:03}"),
    }
}

/// No row of the table is the whole ranking once more. Names and definitions need an index and a question, and are not
/// looked at here.
#[test]
fn a_feature_left_out_changes_the_weights_or_the_words() {
    let whole = Setting::whole();
    let lexicon = |left_out| Without { lexicon: Lexicon::new(), corrects: true, left_out };
    let word = |text: &str, at: usize| QueryWord {
        text: text.to_owned(),
        exact: vec![text.to_lowercase()],
        span: at..at + text.len(),
        quoted: false,
        excluded: false,
        known: true,
    };
    let text = "OPSC deaths";
    let words = [word("OPSC", 0), word("deaths", 5)];
    let all = lexicon(whole.left_out).expand(text, &words);
    for (name, without) in FEATURES {
        let mut setting = Setting::whole();
        without(&mut setting);
        let fewer = lexicon(setting.left_out).expand(text, &words) != all;
        let changed = setting.weights != whole.weights || !setting.corrects || fewer;
        let not_here = ["names in the other script", "formulas of definitions"].contains(&name);
        assert!(changed || not_here, "{name}");
    }
    assert!(lexicon(|_, _| true).expand(text, &words).is_empty());
}

#[test]
#[ignore = "takes minutes"]
fn every_feature() {
    print_table(&columns());
}
