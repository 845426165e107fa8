//! Ranking measured on public collections, where they lie beside the project. Run with `--nocapture` to see the figures.

mod collections;
mod features;

use std::collections::HashMap;

use tantivy::DocAddress;
use tempfile::TempDir;

use super::*;
use crate::document::Document;
use crate::eval::{self, Measures, Need, Ranked};
use crate::index::fixture::index;
use collections::{cranfield, languages, sentences, xquad};

/// A judged collection in an index.
struct Collection {
    name: String,
    /// Keeps the folder of the index.
    _dir: Option<TempDir>,
    reader: Reader,
    needs: Vec<Need>,
    judgements: eval::Judgements,
    filters: HashMap<String, Filters>,
    /// What a unit is called in the judgements; loading a hundred units for every need would take most of the time.
    places: HashMap<DocAddress, Ranked>,
    /// Whether what nobody judged is passed over: of a large collection only what some ranking found was judged.
    only_judged: bool,
}

impl Collection {
    fn new(name: &str, documents: &[Document], needs: Vec<Need>, judgements: &str) -> Collection {
        let (dir, reader) = index(documents);
        Collection { _dir: Some(dir), ..Collection::over(name, reader, needs, judgements) }
    }

    fn over(name: &str, reader: Reader, needs: Vec<Need>, judgements: &str) -> Collection {
        let judgements = eval::read_judgements(judgements).expect("judgements");
        let mut places = HashMap::new();
        let mut shelf = stored::Shelf::new(&reader);
        let filter = filter::Filter::new(&reader, &Filters::default()).expect("no filter");
        collect::each(&reader, None, &filter, &mut |segment, unit| {
            let address = DocAddress::new(segment, unit);
            let unit = shelf.unit(address).expect("a unit").unit;
            let label = unit.label.map(|label| label.to_string());
            places.insert(address, Ranked { document: unit.document, ordinal: Some(unit.ordinal), label, score: 0.0 });
        })
        .expect("units");
        drop(shelf);
        let (name, filters) = (name.to_owned(), HashMap::new());
        Collection { name, _dir: None, reader, needs, judgements, filters, places, only_judged: false }
    }

    /// Keeps every n-th need.
    fn sample(mut self, step: usize) -> Collection {
        self.needs = self.needs.into_iter().step_by(step).collect();
        self
    }

    /// Asks only the texts of the other language.
    fn answered_in_the_other(mut self) -> Collection {
        for (language, answers) in languages(true) {
            let filters = Filters { documents: vec![answers.to_owned()], ..Filters::default() };
            self.filters.insert(language.to_owned(), filters);
        }
        self
    }

    fn run(&self, search: impl Fn(&Request) -> Vec<collect::Candidate>) -> eval::Run {
        eval::run(&self.needs, &self.judgements, |need| {
            let filters = self.filters.get(&need.group).cloned().unwrap_or_default();
            let request = Request { text: need.query.clone(), limit: 100, filters, ..Request::default() };
            let ranked = |unit: collect::Candidate| Ranked { score: unit.score, ..self.places[&unit.address].clone() };
            let counts = |unit: &Ranked| !self.only_judged || self.judgements.judge(&need.id, unit);
            Ok::<_, ()>(search(&request).into_iter().map(ranked).filter(counts).collect())
        })
        .expect("a run")
    }

    /// Our ranking; with `cross`, words of the other language and other words for the same are added, as for users.
    fn ours(&self, cross: bool) -> eval::Run {
        let lexicon = Lexicon::new().with_terms(&self.reader);
        let expander: &dyn Expander = if cross { &lexicon } else { &NoExpansion };
        self.ranked(expander, rank::Weights::default(), cross)
    }

    /// Our ranking with other words and weights.
    fn ranked(&self, expander: &dyn Expander, weights: rank::Weights, cross: bool) -> eval::Run {
        self.run(|request| {
            let request = Request { cross, ..request.clone() };
            let ranking = engine::rank_units(&self.reader, &request, expander, weights);
            let page = ranking.expect("an answer").map_or(Vec::new(), |ranking| ranking.page);
            page.into_iter().map(|(unit, _)| unit).collect()
        })
    }

    fn plain(&self) -> eval::Run {
        self.run(|request| plain::best_units(&self.reader, request).expect("units"))
    }
}

fn line(name: &str, measures: Measures) -> String {
    format!(
        "{name}: nDCG@10 {:.4}, MRR@10 {:.4}, recall@100 {:.4}",
        measures.ndcg, measures.reciprocal_rank, measures.recall
    )
}

/// One need in so many is asked in the ordinary tests; `--ignored` asks them all. Odd, because terms stand by turns in the
/// two languages.
const STEP: usize = 25;

/// What three rankings make of a collection.
struct Measured {
    plain: eval::Run,
    /// Without words of the other language.
    own: eval::Run,
    /// As users are answered.
    crossed: eval::Run,
}

/// Measures a collection and prints the figures.
fn measure(collection: Option<Collection>, step: usize) -> Option<Measured> {
    let collection = collection?.sample(step);
    let measured = Measured { plain: collection.plain(), own: collection.ours(false), crossed: collection.ours(true) };
    eprintln!("{}", collection.name);
    for (name, run) in [("plain", &measured.plain), ("no-cross", &measured.own), ("ours", &measured.crossed)] {
        for (group, (count, measures)) in run.groups() {
            eprintln!("{}", line(&format!("  {name} {group} ({count} needs)"), measures));
        }
    }
    Some(measured)
}

/// Checks the reciprocal rank of the paragraph that answers a question, in each language.
fn check_questions(across: bool, step: usize, least: f64) {
    let Some(measured) = measure(xquad(across), step) else { return };
    for (language, (_, measures)) in measured.crossed.groups() {
        assert!(measures.reciprocal_rank >= least, "{}", line(&language, measures));
    }
}

/// Checks that nDCG is that of plain BM25 or better, in each group.
fn check_not_worse(collection: Option<Collection>, step: usize) {
    let Some(Measured { plain, own, crossed }) = measure(collection, step) else { return };
    for run in [own, crossed] {
        for (group, (_, measures)) in run.groups() {
            assert!(measures.ndcg >= plain.groups()[&group].1.ndcg, "{}", line(&group, measures));
        }
    }
}

#[test]
fn some_questions_find_their_paragraph() {
    check_questions(false, STEP, 0.92);
    check_questions(true, STEP, 0.75);
}

#[test]
fn some_abstracts_are_ranked_no_worse_than_plainly() {
    check_not_worse(cranfield(), 5);
}

#[test]
fn some_sentences_are_ranked_no_worse_than_plainly() {
    check_not_worse(sentences(false), STEP);
}

#[test]
#[ignore = "takes minutes without optimisation"]
fn all_needs() {
    check_questions(false, 1, 0.94);
    check_questions(true, 1, 0.8);
    check_not_worse(cranfield(), 1);
    check_not_worse(sentences(false), 1);
    let (within, across) = (measure(sentences(false), 5), measure(sentences(true), 5));
    if let (Some(within), Some(across)) = (within, across) {
        // Terms of one language find the sentences of the other nearly as well as those of their own.
        assert!(across.crossed.overall().ndcg >= 0.85 * within.crossed.overall().ndcg);
    }
}
