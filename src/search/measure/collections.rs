//! The public collections, as their publishers give them, and sets of judged needs over an index.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use tempfile::TempDir;

use super::super::*;
use super::Collection;
use crate::analyzer;
use crate::document::Document;
use crate::eval::{self, Need};
use crate::index::fixture::document;
use crate::index::open::open;
use crate::pipeline::{self, IndexOptions};

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

/// The languages of a collection in two: of the query, and of the texts that answer it.
pub(super) fn languages(across: bool) -> [(&'static str, &'static str); 2] {
    if across { [("en", "ru"), ("ru", "en")] } else { [("en", "en"), ("ru", "ru")] }
}

/// Questions to the paragraph that answers them, in two languages over one index: the paragraph in the language of the
/// question, or `across`, where only texts of the other language are asked.
pub(super) fn xquad(across: bool) -> Option<Collection> {
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

/// Labels of a thesaurus to the sentences whose translation holds the label in the other language; `across`, to the
/// translations of the sentences that hold it.
pub(super) fn sentences(across: bool) -> Option<Collection> {
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

/// The project's own needs over the documents of the corpus: those for tuning, and those for testing.
pub(super) fn own() -> [Collection; 2] {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join("tests/ranking").join(name)).expect(name);
    ["tuning", "testing"].map(|half| {
        let dir = TempDir::new().expect("a folder");
        let options = IndexOptions {
            roots: vec![root.join("corpus")],
            index: dir.path().to_owned(),
            rebuild: true,
            dry_run: false,
            worker: None,
        };
        pipeline::index(&options, &mut |_| (), &AtomicBool::new(false)).expect("an index");
        let needs = eval::read_needs(&read(&format!("{half}.tsv"))).expect("needs");
        let reader = open(dir.path()).expect("a reader");
        Collection { _dir: Some(dir), ..Collection::over(half, reader, needs, &read("qrels.tsv")) }
    })
}

/// The sets that a file names, one a line: `name<TAB>index<TAB>needs<TAB>judgements`, and in a fifth column `judged` where
/// what nobody judged is to be passed over.
pub(super) fn listed(sets: &str) -> Vec<Collection> {
    let read = |path: &str| fs::read_to_string(path).expect(path);
    let lines = sets.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let set = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, index, needs, judgements, rest @ ..] = columns.as_slice() else { panic!("four columns: {line}") };
        let needs = eval::read_needs(&read(needs)).expect("needs");
        let set = Collection::over(name, open(Path::new(index)).expect("a reader"), needs, &read(judgements));
        Collection { only_judged: rest.contains(&"judged"), ..set }
    };
    lines.map(set).collect()
}
