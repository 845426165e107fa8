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
struct Collection {
    name: &'static str,
    _dir: TempDir,
    reader: Reader,
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
        let filter = filter::Filter::new(&reader, &Filters::default()).expect("no filter");
        collect::each(&reader, None, &filter, &mut |segment, unit| {
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
            Ok::<_, ()>(search(&request).into_iter().map(ranked).collect())
        })
        .expect("a run")
    }

    /// Our ranking; with `cross`, words of the other language and other words for the same are added, as for users.
    fn ours(&self, cross: bool) -> eval::Run {
        let lexicon = Lexicon::new().with_terms(&self.reader);
        let expander: &dyn Expander = if cross { &lexicon } else { &NoExpansion };
        self.run(|request| {
            let request = Request { cross, ..request.clone() };
            let ranking = engine::rank_units(&self.reader, &request, expander, rank::Weights::default());
            let page = ranking.expect("an answer").map_or(Vec::new(), |ranking| ranking.page);
            page.into_iter().map(|(unit, _)| unit).collect()
        })
    }

    fn plain(&self) -> eval::Run {
        self.run(|request| plain::best_units(&self.reader, request).expect("units"))
    }
}

/// The languages of a collection in two: of the query, and of the texts that answer it.
fn languages(across: bool) -> [(&'static str, &'static str); 2] {
    if across { [("en", "ru"), ("ru", "en")] } else { [("en", "en"), ("ru", "ru")] }
}

/// Questions to the paragraph that answers them, in two languages over one index: the paragraph in the language of the
/// question, or `across`, where only texts of the other language are asked.
fn xquad(across: bool) -> Option<Collection> {
    let mut documents = Vec::new();
    let (mut needs, mut judgements) = (Vec::new(), String::new());
    for (language, answers) in languages(across) {
        let json: serde_json::Value =
            serde_json::from_str(&data(&format!("xquad-dev/xquad.{language}.json"))?).expect("JSON");
        let mut lines = Vec::new();
        for article in json["data"].as_array().expect("articles") {
            for paragraph in article["paragraphs"].as_array().expect("paragraphs") {
                let text = paragraph["context"].as_str().expect("a text");
                lines.push(format!("{}|{text}", lines.len() + 1));
                for question in paragraph["qas"].as_array().expect("questions") {
                    let id = format!("{language}{}", needs.len());
                    judgements += &format!("{id}\t0\t{answers}\t{}\t1\n", lines.len());
                    let query = question["question"].as_str().expect("a question").to_owned();
                    needs.push(Need { id, query, group: language.to_owned() });
                }
            }
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        documents.push(document(language, "", &lines));
    }
    let collection = Collection::new("xquad", &documents, needs, &judgements);
    // Within a language the index is asked as a whole: the twin in the other language stands in the way.
    Some(if across { collection.answered_in_the_other() } else { collection })
}

fn cranfield() -> Option<Collection> {
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

/// Labels of a thesaurus to the sentences whose translation holds the label in the other language; `across`, to the
/// translations of the sentences that hold it.
fn sentences(across: bool) -> Option<Collection> {
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
            let telling = if across { own } else { other };
            let (query, twin) = (&labels[own], stems(&labels[telling]));
            let answers = if across == (group == "en") { "ru" } else { "en" };
            let relevant: Vec<usize> = analysed[telling]
                .iter()
                .enumerate()
                .filter(|(_, sentence)| !twin.is_empty() && sentence.windows(twin.len()).any(|window| window == twin))
                .map(|(at, _)| at + 1)
                .collect();
            let id = format!("{group}{}", needs.len());
            for at in &relevant {
                judgements += &format!("{id}\t0\t{answers}\t{at}\t1\n");
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
    for (language, answers) in languages(across) {
        let filters = Filters { documents: vec![answers.to_owned()], ..Filters::default() };
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
const STEP: usize = 24;

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
    check_not_worse(cranfield(), STEP);
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
    let (within, across) = (measure(sentences(false), 4), measure(sentences(true), 4));
    if let (Some(within), Some(across)) = (within, across) {
        // Terms of one language find the sentences of the other nearly as well as those of their own.
        assert!(across.crossed.overall().ndcg >= 0.85 * within.crossed.overall().ndcg);
    }
}
