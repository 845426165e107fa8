//! What is found does not depend on how the index is divided, nor on what is passed over.

use super::cursor::Cursor;
use super::*;
use crate::query::lower::Form;

#[test]
fn equals_stand_in_the_order_of_documents() {
    let same = |id: &str| document(id, "", &["1|twin", "2|twin"]);
    for ids in [["a", "b", "c"], ["c", "b", "a"]] {
        let (_dir, reader) = index(&ids.map(same));
        for query in ["twin", "lang:en"] {
            let answer = search(&reader, &request(query)).expect("an answer");
            assert_eq!(places(&answer), ["a:1", "a:2", "b:1", "b:2", "c:1", "c:2"], "{query}");
        }
    }
}

/// An index of texts of eight letters in every mixture that a simple generator gives.
fn letters() -> (TempDir, Reader) {
    let mut state = 1u64;
    let lines: Vec<String> = (0..600)
        .map(|at| {
            let letters: Vec<String> = (0..3 + at % 17)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    char::from(b'b' + (state >> 33) as u8 % 8).to_string()
                })
                .collect();
            letters.join(" ")
        })
        .collect();
    index(&[document("letters", "", &lines.iter().map(String::as_str).collect::<Vec<_>>())])
}

/// Whether words stand in a row is told of single units as it is in reading all.
#[test]
fn to_ask_for_a_unit_finds_what_reading_does() {
    let (_dir, reader) = letters();
    let field = reader.fields.text;
    let row = |words: &[&str], distance| Form::Sequence {
        terms: (0..).zip(words.iter().map(|word| (*word).to_owned())).collect(),
        distance,
    };
    for form in
        [row(&["f", "g"], None), row(&["b", "c", "d"], None), row(&["e", "i"], Some(2)), Form::Term("h".to_owned())]
    {
        let part = reader.part(0);
        let open = |form| Cursor::open(form, field, part).expect("postings").expect("units");
        let read: Vec<_> = open(&form).list().iter().copied().collect();
        assert!(read.len() > 3, "{form:?}");
        for step in [1, 2, 7] {
            let mut cursor = Cursor::open_to_ask(&form, field, part, false).expect("postings").expect("units");
            for unit in (0..part.segment.max_doc()).step_by(step) {
                let frequency = cursor.stands_in(unit).then(|| cursor.frequency());
                let expected = read.iter().find(|(there, _)| *there == unit).map(|(_, frequency)| *frequency);
                assert_eq!(frequency, expected, "{form:?} in {unit}");
            }
            // What follows is still found by seeking.
            let mut cursor = Cursor::open_to_ask(&form, field, part, false).expect("postings").expect("units");
            cursor.stands_in(step as u32);
            let next = read.iter().map(|(unit, _)| *unit).find(|unit| *unit > step as u32);
            assert_eq!(Some(cursor.seek(step as u32 + 1)), next, "{form:?}");
        }
    }
}

/// Checks that a limit of one finds the best of all units, whatever was passed over on the way.
#[test]
fn pruning_loses_nothing() {
    use crate::query::expansion::{Alternative, Expansion, Origin, QueryWord};
    struct Letters;
    impl Expander for Letters {
        fn expand(&self, _text: &str, words: &[QueryWord]) -> Vec<Expansion> {
            // One way of two words that every word of the query has, and some of its own.
            let alternative = |(at, text): (usize, &&str)| Alternative {
                text: (*text).to_owned(),
                weight: 0.9 / (at + 1) as f32,
                language: Language::ENGLISH,
                origin: Origin::Translation,
            };
            let own = [["g h", "i f"], ["f i", "e"], ["h e", "h f"]];
            let expansion = |(word, own): (&QueryWord, &[&str; 2])| Expansion {
                source_span: word.span.clone(),
                alternatives: ["e", "f g", "h"].iter().chain(own).enumerate().map(alternative).collect(),
            };
            words.iter().zip(own.iter().cycle()).map(expansion).collect()
        }
    }
    let (_dir, reader) = letters();
    for text in ["b", "b c", "b c d", "\"b c\"", "b \"c d\"", "c d e f g", "(b OR c) d", "b*"] {
        for expander in [&NoExpansion as &dyn Expander, &Letters] {
            let request = Request { cross: true, ..request(text) };
            let plan = engine::plan(&reader, &request, expander).expect("a plan");
            let weights = rank::Weights::default();
            let query = candidates::candidates_query(&reader, &plan, weights).expect("a query").expect("something");
            let best = |limit| {
                let filter = filter::Filter::new(&reader, &Filters::default()).expect("no filter");
                collect::best(&reader, query.as_ref(), &filter, limit).expect("units")
            };
            let all = best(10_000);
            // To the last bit: which concept is added to which first depends on what was found before.
            for limit in [1, 7, 30] {
                assert_eq!(best(limit), all[..all.len().min(limit)], "{text}");
            }
            // Nor does a score depend on whether the unit is walked to or asked for.
            let addresses = (0..reader.searcher.num_docs() as u32).step_by(7);
            let few: Vec<_> = addresses.map(|unit| tantivy::DocAddress::new(0, unit)).collect();
            let among = |found: &collect::Candidate| few.contains(&found.address);
            let expected: Vec<_> = all.iter().copied().filter(among).collect();
            let only = filter::Filter::of_units(&reader, few.iter().copied());
            assert_eq!(collect::best(&reader, query.as_ref(), &only, 10_000).expect("units"), expected, "{text}");
            let filter = filter::Filter::new(&reader, &Filters::default()).expect("no filter");
            let counting = candidates::counting_query(&reader, &plan, query.box_clone());
            let mut counted = Vec::new();
            let count = &mut |segment, unit| counted.push(tantivy::DocAddress::new(segment, unit));
            collect::each(&reader, Some(counting.as_ref()), &filter, count).expect("units");
            let mut found: Vec<_> = all.iter().map(|candidate| candidate.address).collect();
            found.sort_unstable();
            assert_eq!(counted, found, "{text}");
        }
    }
}

/// Long texts that hold a word often are better than short ones that hold it once, and the best of them stands last.
#[test]
fn the_best_of_long_texts_is_not_passed_over() {
    let line = |at: usize| match at % 150 {
        100 => format!("{}{}", "birth ".repeat(16 + at / 150), "register ".repeat(44 - at / 150)),
        _ => "birth certificate".to_owned(),
    };
    let lines: Vec<String> = (0..1000).map(line).collect();
    let (_dir, reader) = index(&[document("long", "", &lines.iter().map(String::as_str).collect::<Vec<_>>())]);
    let plan = engine::plan(&reader, &request("birth"), &NoExpansion).expect("a plan");
    let query = candidates::candidates_query(&reader, &plan, rank::Weights::default()).expect("a query");
    let filter = filter::Filter::new(&reader, &Filters::default()).expect("no filter");
    let best = |limit| collect::best(&reader, query.as_deref().expect("something"), &filter, limit).expect("units");
    assert_eq!(best(1), best(1000)[..1]);
}

/// Of equal units those in earlier parts of the index come first, whatever the parts tell each other while they search.
#[test]
fn the_best_of_several_parts_are_the_first_of_all() {
    let (_dir, reader) = many();
    for text in ["birth", "labour and birth", "труд labour", "labour"] {
        let plan = engine::plan(&reader, &request(text), &NoExpansion).expect("a plan");
        let query = candidates::candidates_query(&reader, &plan, rank::Weights::default()).expect("a query");
        let query = query.expect("something");
        let filter = filter::Filter::new(&reader, &Filters::default()).expect("no filter");
        let best = |limit| collect::best(&reader, query.as_ref(), &filter, limit).expect("units");
        let all = best(10_000);
        assert!(all.len() > 20, "{text}");
        for limit in [1, 2, 5, 13] {
            assert_eq!(best(limit), all[..limit], "{text}");
        }
    }
}
