//! Ranking measured on public collections, where they lie beside the project. Run with `--nocapture` to see the figures.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use tantivy::DocAddress;
use tempfile::TempDir;

use super::*;
use crate::analyzer;
use crate::document::Document;
use crate::eval::{self, Measures, Need, Ranked};
use crate::index::fixture::{document, index};

/// Returns the text of a file of the shared data, or says that the measurement is skipped.
fn data(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(_) => {
            eprintln!("skipped: {} is not there", path.display());
            None
        }
    }
}

/// A judged collection in an index.
pub(super) struct Collection {
    pub name: &'static str,
    _dir: TempDir,
    pub reader: Reader,
    needs: Vec<Need>,
    judgements: eval::Judgements,
    filters: HashMap<String, Filters>,
    /// What a unit is called in the judgements; loading a hundred units for every need would take most of the time.
    places: HashMap<DocAddress, Ranked>,
}

impl Collection {
    fn new(name: &'static str, documents: &[Document], needs: Vec<Need>, judgements: &str) -> Collection {
        let (dir, reader) = index(documents);
        let judgements = eval::read_judgements(judgements).expect("judgements");
        let mut places = HashMap::new();
        let mut shelf = stored::Shelf::new(&reader);
        collect::each(&reader, None, &filter::Filter::default(), &mut |segment, unit| {
            let address = DocAddress::new(segment, unit);
            let unit = shelf.unit(address).expect("a unit").unit;
            let label = unit.label.map(|label| label.to_string());
            places.insert(address, Ranked { document: unit.document, ordinal: Some(unit.ordinal), label, score: 0.0 });
        })
        .expect("units");
        drop(shelf);
        Collection { name, _dir: dir, reader, needs, judgements, filters: HashMap::new(), places }
    }

    /// Keeps every n-th need.
    fn sample(mut self, step: usize) -> Collection {
        self.needs = self.needs.into_iter().step_by(step).collect();
        self
    }

    fn run(&self, search: impl Fn(&Request) -> Vec<collect::Candidate>) -> eval::Run {
        eval::run(&self.needs, &self.judgements, |need| {
            let filters = self.filters.get(&need.group).cloned().unwrap_or_default();
            let request = Request { text: need.query.clone(), limit: 100, filters, ..Request::default() };
            let ranked = |unit: collect::Candidate| Ranked { score: unit.score, ..self.places[&unit.address].clone() };
            Ok::<_, ()>(search(&request).into_iter().map(ranked).collect())
        })
        .expect("a run")
    }

    pub fn ours(&self, weights: rank::Weights) -> eval::Run {
        self.run(|request| {
            let ranking = engine::rank_units(&self.reader, request, &NoExpansion, weights).expect("an answer");
            ranking.map_or(Vec::new(), |ranking| ranking.page.into_iter().map(|(unit, _)| unit).collect())
        })
    }

    fn plain(&self) -> eval::Run {
        self.run(|request| plain::best_units(&self.reader, request).expect("units"))
    }
}

/// Questions to the paragraph that answers them, in two languages over one index.
pub(super) fn xquad() -> Option<Collection> {
    let mut documents = Vec::new();
    let (mut needs, mut judgements) = (Vec::new(), String::new());
    for language in ["en", "ru"] {
        let json: serde_json::Value =
            serde_json::from_str(&data(&format!("xquad-dev/xquad.{language}.json"))?).expect("JSON");
        let mut lines = Vec::new();
        for article in json["data"].as_array().expect("articles") {
            for paragraph in article["paragraphs"].as_array().expect("paragraphs") {
                let text = paragraph["context"].as_str().expect("a text");
                lines.push(format!("{}|{text}", lines.len() + 1));
                for question in paragraph["qas"].as_array().expect("questions") {
                    let id = format!("{language}{}", needs.len());
                    judgements += &format!("{id}\t0\t{language}\t{}\t1\n", lines.len());
                    let query = question["question"].as_str().expect("a question").to_owned();
                    needs.push(Need { id, query, group: language.to_owned() });
                }
            }
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        documents.push(document(language, "", &lines));
    }
    Some(Collection::new("xquad", &documents, needs, &judgements))
}

pub(super) fn cranfield() -> Option<Collection> {
    let part = |text: &str, tag: &str| -> Vec<String> {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        let pieces = text.split(&open).skip(1).map(|piece| piece.split(&close).next().unwrap_or_default());
        pieces.map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let units = data("cranfield/cran.all.1400.xml")?;
    let lines: Vec<String> =
        part(&units, "docno").into_iter().zip(part(&units, "text")).map(|(id, text)| format!("{id}|{text}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let queries = part(&data("cranfield/cran.qry.xml")?, "title").into_iter().enumerate();
    let needs = queries.map(|(at, query)| Need { id: (at + 1).to_string(), query, group: String::new() }).collect();
    let judgements: String = data("cranfield/cranqrel.trec.txt")?
        .lines()
        .filter_map(|line| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            Some(format!("{}\t0\tc\t{}\t{}\n", columns.first()?, columns.get(2)?, columns.get(3)?))
        })
        .collect();
    Some(Collection::new("cranfield", &[document("c", "", &lines)], needs, &judgements))
}

/// Labels of a thesaurus to the sentences whose translation holds the label in the other language.
pub(super) fn sentences() -> Option<Collection> {
    let stems = |text: &str| -> Vec<String> {
        analyzer::analyze(text).into_iter().filter(|t| !t.joined).map(|t| t.text).collect()
    };
    let texts = [data("un-parallel-dev/UNv1.0.devset.en")?, data("un-parallel-dev/UNv1.0.devset.ru")?];
    let lines = texts
        .each_ref()
        .map(|text| text.lines().enumerate().map(|(at, line)| format!("{}|{line}", at + 1)).collect::<Vec<_>>());
    let analysed = texts.each_ref().map(|text| text.lines().map(stems).collect::<Vec<_>>());
    let (mut needs, mut judgements) = (Vec::new(), String::new());
    for labels in thesaurus_labels(&data("unesco-thesaurus/unesco-thesaurus.ttl")?) {
        for (own, other, group) in [(0, 1, "en"), (1, 0, "ru")] {
            let (query, twin) = (&labels[own], stems(&labels[other]));
            let relevant: Vec<usize> = analysed[other]
                .iter()
                .enumerate()
                .filter(|(_, sentence)| !twin.is_empty() && sentence.windows(twin.len()).any(|window| window == twin))
                .map(|(at, _)| at + 1)
                .collect();
            let id = format!("{group}{}", needs.len());
            for at in &relevant {
                judgements += &format!("{id}\t0\t{group}\t{at}\t1\n");
            }
            needs.push(Need { id, query: query.clone(), group: group.to_owned() });
        }
    }
    let documents: Vec<Document> = ["en", "ru"]
        .iter()
        .zip(&lines)
        .map(|(language, lines)| document(language, "", &lines.iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    let mut collection = Collection::new("sentences", &documents, needs, &judgements);
    for language in ["en", "ru"] {
        let filters = Filters { documents: vec![language.to_owned()], ..Filters::default() };
        collection.filters.insert(language.to_owned(), filters);
    }
    Some(collection)
}

/// Returns the preferred labels in English and Russian.
fn thesaurus_labels(turtle: &str) -> Vec<[String; 2]> {
    let label = |block: &str, language: &str| -> Option<String> {
        let labels = block.split("skos:prefLabel").nth(1)?;
        let end = labels.find(&format!("\"@{language}"))?;
        let start = labels.get(..end)?.rfind('"')?;
        Some(labels.get(start + 1..end)?.to_owned())
    };
    turtle.split("\n\n").filter_map(|block| Some([label(block, "en")?, label(block, "ru")?])).collect()
}

fn line(name: &str, measures: Measures) -> String {
    format!(
        "{name}: nDCG@10 {:.4}, MRR@10 {:.4}, recall@100 {:.4}",
        measures.ndcg, measures.reciprocal_rank, measures.recall
    )
}

/// One need in so many is asked in the ordinary tests; `--ignored` asks them all.
const STEP: usize = 8;

/// Measures a collection against plain BM25 and prints both: plain, ours.
fn measure(collection: Option<Collection>, step: usize) -> Option<(eval::Run, eval::Run)> {
    let collection = collection?.sample(step);
    let (plain, ours) = (collection.plain(), collection.ours(rank::Weights::default()));
    eprintln!("{}", collection.name);
    for (name, run) in [("plain", &plain), ("ours", &ours)] {
        for (group, (count, measures)) in run.groups() {
            eprintln!("{}", line(&format!("  {name} {group} ({count} needs)"), measures));
        }
    }
    Some((plain, ours))
}

/// Checks the reciprocal rank of the paragraph that answers a question, in each language.
fn check_questions(step: usize, least: f64) {
    let Some((_, ours)) = measure(xquad(), step) else { return };
    for (language, (_, measures)) in ours.groups() {
        assert!(measures.reciprocal_rank >= least, "{}", line(&language, measures));
    }
}

/// Checks that nDCG is that of plain BM25 or better, in each group.
fn check_not_worse(collection: Option<Collection>, step: usize) {
    let Some((plain, ours)) = measure(collection, step) else { return };
    for (group, (_, measures)) in ours.groups() {
        assert!(measures.ndcg >= plain.groups()[&group].1.ndcg, "{}", line(&group, measures));
    }
}

#[test]
fn some_questions_find_their_paragraph() {
    check_questions(STEP, 0.92);
}

#[test]
fn some_abstracts_are_ranked_no_worse_than_plainly() {
    check_not_worse(cranfield(), STEP);
}

#[test]
fn some_sentences_are_ranked_no_worse_than_plainly() {
    check_not_worse(sentences(), STEP);
}

#[test]
#[ignore = "takes minutes without optimisation"]
fn all_needs() {
    check_questions(1, 0.94);
    check_not_worse(cranfield(), 1);
    check_not_worse(sentences(), 1);
}
