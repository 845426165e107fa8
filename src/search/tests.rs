use proptest::prelude::*;
use tempfile::TempDir;

use std::collections::BTreeMap;

use super::*;
use crate::document::Document;
use crate::index::fixture::{self, document, index};
use crate::index::open::open;

mod filters;
mod parts;
mod spelling;
mod weight;
mod written;

fn corpus() -> Vec<Document> {
    let mut laos = document(
        "un/laos-2015",
        "Concluding observations on Lao People’s Democratic Republic",
        &[
            "# I. General",
            "1|The Committee welcomes the delegation of the State party.",
            "# V. Birth registration",
            "20|The Committee is concerned that children in remote areas remain without papers.",
            "21|The Committee recommends that the State party register every birth:",
            "21 (a)|Establish mobile offices and make the process free of charge;",
            "21 (b)|Train the staff of civil registries on non-refoulement and organisation.",
            "# VI. Prostitution",
            "22|Freedom of expression and child labour are discussed, see A/HRC/40/51/Add.1.",
        ],
    );
    laos.metadata.symbol = Some("CRC/C/LAO/CO/1".to_owned());
    laos.metadata.country = Some("LAO".to_owned());
    laos.metadata.body = Some("CRC".to_owned());
    laos.metadata.date = Some("2015-06-05".to_owned());
    let mut russia = document(
        "ngo/россия",
        "Доклад о свободе собраний",
        &[
            "# Введение",
            "1|Право на жизнь и свободу вероисповедания закреплено в Конституции.",
            "2|Дети не были зарегистрированы при рождении; ребёнок остаётся без документов.",
            "3|Labour of children in the organization was mentioned twice: labour, labour.",
        ],
    );
    russia.metadata.date = Some("2019".to_owned());
    vec![laos, russia]
}

fn request(text: &str) -> Request {
    Request { text: text.to_owned(), limit: 10, ..Request::default() }
}

/// Returns the places of the hits as "document:label".
fn places(answer: &Answer) -> Vec<String> {
    let place = |hit: &Hit| {
        let label = hit.unit.label.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{}:{label}", hit.unit.document.split('/').next_back().unwrap_or_default())
    };
    answer.hits.iter().map(place).collect()
}

struct Check {
    _dir: TempDir,
    reader: Reader,
}

impl Check {
    fn new() -> Check {
        let (dir, reader) = index(&corpus());
        Check { _dir: dir, reader }
    }

    fn answer(&self, request: &Request) -> Answer {
        search(&self.reader, request).expect("an answer")
    }

    /// Checks the places of all hits, in order.
    fn all(&self, query: &str, expected: &[&str]) {
        assert_eq!(places(&self.answer(&request(query))), expected, "{query}");
    }

    /// Checks the first hit.
    fn first(&self, query: &str, expected: &str) {
        assert_eq!(places(&self.answer(&request(query))).first().map(String::as_str), Some(expected), "{query}");
    }

    /// Checks the highlighted words of the first hit.
    fn marked(&self, query: &str, expected: &[&str]) {
        let answer = self.answer(&request(query));
        let hit = answer.hits.first().expect("a hit");
        let characters: Vec<char> = hit.unit.text.chars().collect();
        let words: Vec<String> = hit
            .highlights
            .iter()
            .map(|(start, end)| characters[*start as usize..*end as usize].iter().collect())
            .collect();
        assert_eq!(words, expected, "{query}");
    }
}

#[test]
fn finds_by_stem_in_either_language() {
    let check = Check::new();
    check.first("expressing freedoms", "laos-2015:22");
    check.first("ребенок зарегистрирован", "россия:2");
    check.first("право на жизнь", "россия:1");
    check.first("ORGANIZATION registries", "laos-2015:21 (b)");
    check.all("zebra", &[]);
    check.all("", &[]);
}

#[test]
fn finds_by_heading_and_lead_in() {
    let check = Check::new();
    // The item holds neither word; its heading and its lead-in do.
    assert!(places(&check.answer(&request("birth registration"))).contains(&"laos-2015:21 (a)".to_owned()));
    check.first("register every birth", "laos-2015:21");
}

#[test]
fn phrases_are_exact_and_required() {
    let check = Check::new();
    check.all("\"freedom of expression\"", &["laos-2015:22"]);
    check.all("\"freedoms of expression\"", &[]);
    check.all("\"expression of freedom\"", &[]);
    check.all("children \"право на жизнь\"", &["россия:1"]);
    check.all("\"expression freedom\"~5", &["laos-2015:22"]);
    check.all("\"discussed freedom\"~1", &[]);
    check.all("freedom NEAR/1 labour", &[]);
    check.all("labour NEAR/5 freedom", &["laos-2015:22"]);
    check.all("A/HRC/40/51/Add.1", &["laos-2015:22"]);
    check.all("\"A/HRC/40/51\"", &["laos-2015:22"]);
}

#[test]
fn operators() {
    let check = Check::new();
    check.all("vocation* OR prosti*", &[]);
    check.all("regist*", &["laos-2015:21", "laos-2015:21 (b)"]);
    check.all("labour -twice", &["laos-2015:22"]);
    check.all("freedom AND labour", &["laos-2015:22"]);
    check.all("(register OR staff) AND committee", &["laos-2015:21"]);
    check.all("labour AND NOT twice", &["laos-2015:22"]);
    check.all("Право И жизнь", &["россия:1"]);
    check.all("-twice", &[]);
    check.all("mobile OR жизнь", &["россия:1", "laos-2015:21 (a)"]);
    check.all("nonrefoulement", &["laos-2015:21 (b)"]);
    check.all("non-refoulement", &["laos-2015:21 (b)"]);
    check.all("\"non refoulement\"", &["laos-2015:21 (b)"]);
}

#[test]
fn stop_words_alone_make_no_hit() {
    let check = Check::new();
    let answer = check.answer(&request("the freedom of zebras"));
    assert_eq!(places(&answer), ["laos-2015:22"]);
    assert!(!check.answer(&request("of the")).hits.is_empty());
}

#[test]
fn exact_search_does_not_stem() {
    let check = Check::new();
    let exact = |text: &str| check.answer(&Request { exact: true, ..request(text) });
    assert_eq!(places(&exact("registries")), ["laos-2015:21 (b)"]);
    assert!(exact("registry").hits.is_empty());
}

#[test]
fn a_citation_finds_its_paragraph() {
    let check = Check::new();
    for query in ["CRC/C/LAO/CO/1, para. 21", "crc/c/lao/co/1 п. 21", "see CRC/C/LAO/CO/1, para. 21, on birth"] {
        check.first(query, "laos-2015:21");
    }
    check.first("CRC/C/LAO/CO/1, para. 21 (b)", "laos-2015:21 (b)");
    check.first("CRC/C/LAO/CO/1", "laos-2015:1");
    check.first("A/HRC/40/51/Add.1", "laos-2015:22");
}

#[test]
fn the_parts_of_a_hyphenated_word_are_found_apart() {
    let lines = ["1|arms of a Huguenot", "2|descended from kings", "3|Huguenot-descended makers", "4|out of school"];
    let (dir, reader) = index(&[document("names", "", &lines)]);
    let check = Check { _dir: dir, reader };
    let found = |query: &str| places(&check.answer(&request(query)));
    assert_eq!(found("Huguenot-descended").first().map(String::as_str), Some("names:3"));
    assert_eq!(found("Huguenot-descended").len(), 3);
    assert_eq!(found("\"Huguenot-descended\""), ["names:3"]);
    let exact = check.answer(&Request { exact: true, ..request("Huguenot-descended") });
    assert_eq!(places(&exact), ["names:3"]);
    assert_eq!(found("makers -Huguenot-descended").len(), 0);
    assert_eq!(found("arms -Huguenot-descended"), ["names:1"]);
}

#[test]
fn the_parts_stand_for_a_hyphenated_word_that_no_unit_holds() {
    let lines =
        ["1|arms of a Huguenot", "2|shoe makers", "3|makers of arms", "4|many makers", "5|led out of school", "6|led"];
    let (dir, reader) = index(&[document("names", "", &lines)]);
    let check = Check { _dir: dir, reader };
    let found = places(&check.answer(&request("Huguenot-born makers")));
    assert_eq!(found.first().map(String::as_str), Some("names:1"));
}

#[test]
fn an_abbreviation_finds_what_cites_the_treaty() {
    let lines = [
        "1|The Convention on the Rights of the Child is law.",
        "2|It violated article 7.",
        "3|Whoever violated article 7 of the Convention in any way at all must answer for it.",
    ];
    let mut cites = document("a", "", &lines);
    crate::citation::annotate(&mut cites);
    let (_dir, reader) = index(&[cites]);
    let answer = search(&reader, &request("CRC violated")).expect("an answer");
    assert_eq!(places(&answer).first().map(String::as_str), Some("a:3"));
}

#[test]
fn a_phrase_beside_words_gives_way_when_nothing_holds_it() {
    let check = Check::new();
    let answer = check.answer(&request("discussed \"freedoms of expression\""));
    assert_eq!(places(&answer).first().map(String::as_str), Some("laos-2015:22"));
    assert!(answer.notes.iter().any(|note| note.contains("quotes")));
    check.all("\"freedoms of expression\"", &[]);
}

#[test]
fn words_joined_by_and_give_way_when_nothing_holds_them_all() {
    let check = Check::new();
    let answer = check.answer(&request("labour AND registries"));
    assert!(places(&answer).contains(&"laos-2015:22".to_owned()), "{answer:?}");
    assert!(answer.notes.iter().any(|note| note.contains("joined by AND")), "{:?}", answer.notes);
    assert!(check.answer(&request("freedom AND labour")).notes.is_empty());
}

#[test]
fn filters_hold() {
    let check = Check::new();
    check.all("labour doc:LAOS", &["laos-2015:22"]);
    check.all("labour doc:crc/c/lao/co/1", &["laos-2015:22"]);
    check.all("labour doc:nowhere", &[]);
    check.all("committee section:general", &["laos-2015:1"]);
    check.all("labour lang:en year:2019", &["россия:3"]);
    check.all("labour year:..2016", &["laos-2015:22"]);
    check.all("labour country:lao", &["laos-2015:22"]);
    check.all("labour body:crc kind:item", &[]);
    check.all("para:21", &["laos-2015:21", "laos-2015:21 (a)", "laos-2015:21 (b)"]);
    check.all("para:21(b)", &["laos-2015:21 (b)"]);
    check.all("doc:россия", &["россия:1", "россия:2", "россия:3"]);
    check.all("lang:ru", &["россия:1", "россия:2"]);
    let filters = Filters { years: Some(2019..=2019), ..Filters::default() };
    assert_eq!(documents(&check.reader, &filters).expect("documents").len(), 1);
}

#[test]
fn pages_agree_and_count() {
    let check = Check::new();
    let all = check.answer(&request("committee state labour children"));
    assert_eq!(all.total, all.hits.len());
    let page = check.answer(&Request { limit: 2, offset: 2, ..request("committee state labour children") });
    assert_eq!(page.total, all.total);
    assert_eq!(places(&page), places(&all)[2..4]);
    assert_eq!(page.hits[0].rank, 3);
    assert!(check.answer(&Request { limit: 0, ..request("labour") }).hits.is_empty());
    assert!(check.answer(&Request { offset: usize::MAX, ..request("labour") }).hits.is_empty());
    let facets = check.answer(&Request { facets: true, ..request("labour") }).facets.expect("facets");
    assert_eq!(facets.languages, [FacetCount { value: "en".to_owned(), count: 2 }]);
    assert_eq!(facets.years.len(), 2);
}

#[test]
fn highlights_and_context() {
    let check = Check::new();
    check.marked("freedom of expression", &["Freedom", "expression"]);
    check.marked("\"право на жизнь\"", &["Право", "на", "жизнь"]);
    check.marked("ребенок", &["Дети", "ребёнок"]);
    check.marked("non-refoulement", &["non-refoulement"]);
    let answer = check.answer(&Request { context: 2, ..request("mobile") });
    let hit = &answer.hits[0];
    assert_eq!(hit.before.iter().map(|unit| unit.ordinal).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(hit.after.iter().map(|unit| unit.ordinal).collect::<Vec<_>>(), [5, 6]);
    let answer = check.answer(&Request { context: usize::MAX, ..request("mobile") });
    assert_eq!(answer.hits[0].before.len() + answer.hits[0].after.len(), 5);
}

#[test]
fn explains() {
    let check = Check::new();
    let answer = check.answer(&Request { explain: true, ..request("freedom of expression") });
    assert!(answer.explanation.expect("a reading").contains("little weight"));
    assert!(answer.hits[0].explanation.as_ref().expect("a score").contains("near"));
}

#[test]
fn expansions_find_other_words() {
    use crate::query::expansion::{Alternative, Expansion, Origin, QueryWord};
    struct Fixed;
    impl Expander for Fixed {
        fn expand(&self, _text: &str, words: &[QueryWord]) -> Vec<Expansion> {
            let birth = words.iter().find(|word| word.exact == ["birth"]);
            let alternative = |text: &str, weight| Alternative {
                text: text.to_owned(),
                weight,
                language: Language::RUSSIAN,
                origin: Origin::Translation,
            };
            birth
                .map(|word| Expansion {
                    source_span: word.span.clone(),
                    alternatives: vec![alternative("рождение", 0.8), alternative("право на жизнь", 0.1)],
                })
                .into_iter()
                .collect()
        }
    }
    let check = Check::new();
    let crossing = Request { cross: true, ..request("birth") };
    let answer = search_with(&check.reader, &crossing, &Fixed).expect("an answer");
    let hit = answer.hits.iter().find(|hit| {
        places(&answer).contains(&"россия:2".to_owned())
            && hit.unit.ordinal == 2
            && hit.unit.language == Language::RUSSIAN
    });
    assert_eq!(hit.expect("a crossing hit").via, ["рождение"]);
    assert!(places(&answer).contains(&"россия:1".to_owned()));
    let answer = search_with(&check.reader, &Request { cross: false, ..crossing }, &Fixed).expect("an answer");
    assert!(!places(&answer).iter().any(|place| place.starts_with("россия")));
}

/// Forty documents of other years, countries and languages, in an index of several parts.
fn many() -> (TempDir, Reader) {
    let dir = TempDir::new().expect("a folder");
    for part in 0..4u16 {
        let documents: Vec<Document> = (0..10)
            .map(|at| {
                let number = part * 10 + at;
                let lines = ["# Labour", "1|labour and birth", "2|birth", "# Rights", "3|труд и labour"];
                let mut document = document(&format!("d{number:02}"), "A title", &lines[..1 + usize::from(number) % 5]);
                document.metadata.date = Some(format!("{}", 1990 + number / 2));
                document.metadata.country = (number % 13 == 0).then(|| "LAO".to_owned());
                document
            })
            .collect();
        fixture::write(dir.path(), &documents);
    }
    let reader = open(dir.path()).expect("an index");
    (dir, reader)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn any_query_has_an_answer(text in "([a-zа-я]{1,5}|labour|birth|\"|«|»|\\(|\\)|-|\\*|~3| |OR|NEAR/2|doc:|year:1..|para:){0,30}|\\PC{0,50}") {
        thread_local! {
            static CHECK: Check = Check::new();
        }
        CHECK.with(|check| {
            let request = Request { facets: true, explain: true, context: 1, ..request(&text) };
            let answer = check.answer(&request);
            assert!(answer.hits.len() <= answer.total);
            for hit in &answer.hits {
                let length = hit.unit.text.chars().count() as u32;
                assert!(hit.score.is_finite());
                assert!(hit.highlights.iter().all(|(start, end)| start < end && *end <= length));
                assert!(hit.highlights.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            }
        });
    }
}
