//! Filters: they hold, and what none can mean is said.

use super::OPSC;
use crate::env::Env;

#[test]
fn filters_hold() {
    let env = Env::of_corpus();
    let documents = |args: &[&str]| -> Vec<String> {
        let run = env.pincite(args.iter().copied().chain(["--format", "jsonl", "--limit", "50"]));
        let mut ids: Vec<String> =
            run.json_lines().iter().map(|hit| hit["document"].as_str().unwrap_or_default().to_owned()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let opsc = ["treaty-bodies/crc-opsc-concluding-observations-laos-2015"];
    assert_eq!(documents(&["children", "--doc", "crc/c/opsc"]), opsc);
    assert_eq!(documents(&["children", "--kind", "Concluding-Observations"]), opsc);
    assert_eq!(documents(&["children", "--year", "2015", "--body", "CRC"]), opsc);
    assert!(documents(&["children", "--year", "2016..2018"]).is_empty());
    assert!(documents(&["children", "--doc", OPSC, "--doc", "upr/"]).len() > 1, "repeated filters are alternatives");
    for hit in env.lines(["children", "--section", "prevention"]) {
        let section = hit["section"].to_string().to_lowercase();
        assert!(section.contains("prevention"), "{section}");
    }
    env.assert_refused(&["children", "--doc", OPSC, "--lang", "ru"], 1, &["without the filters"]);
}

#[test]
fn documents_are_filtered() {
    let env = Env::of_corpus();
    let ids = |args: &[&str]| -> Vec<String> {
        let found = env.lines(std::iter::once("documents").chain(args.iter().copied()));
        found.iter().map(|document| document["document"].as_str().unwrap_or("?").to_owned()).collect()
    };
    assert_eq!(ids(&["--doc", "letter"]), ["upr/high-commissioner-letter-laos-2020"]);
    assert_eq!(ids(&["--doc", OPSC]).len(), 1);
    assert_eq!(ids(&["--lang", "ru"]), ["special-procedures/sale-of-children-visit-laos-2019"]);
    assert_eq!(ids(&["--kind", "upr-letter"]), ["upr/high-commissioner-letter-laos-2020"]);
    env.assert_refused(&["documents", "--doc", "zzzz"], 1, &["no document passes"]);
    env.assert_refused(&["documents", "--country", "Lasos"], 1, &["no country is called"]);
}

#[test]
fn a_language_that_there_is_not_is_refused() {
    let env = Env::of_corpus();
    let target = format!("{OPSC} para 21");
    for command in [&["birth"][..], &["similar", &target], &["cites", "CRC"], &["cites"]] {
        let args: Vec<&str> = command.iter().copied().chain(["--lang", "zz"]).collect();
        env.assert_refused(&args, 2, &["\"zz\"", "the index holds en, ru"]);
        let args: Vec<&str> = command.iter().copied().chain(["--lang", "fr"]).collect();
        env.pincite(args).assert_code(1);
    }
    env.assert_refused(&["birth", "--lang", "fr"], 1, &["no paragraph is in fr", "en, ru"]);
    env.assert_refused(&["cites", "CRC", "--lang", "fr"], 1, &["no paragraph is in fr"]);
    env.pincite(["birth", "lang:zz"]).assert_code(0).assert_says(&["\"zz\" is not the code of a language"]);
}

#[test]
fn an_unknown_country_or_kind_is_said() {
    let env = Env::of_corpus();
    env.assert_refused(&["birth", "--country", "Loas"], 1, &["no country is called \"Loas\"", "perhaps Laos?"]);
    env.assert_refused(&["birth country:Atlantis"], 1, &["no country is called \"Atlantis\""]);
    env.assert_refused(&["birth kind:footnot"], 1, &["no kind is called", "perhaps footnote?"]);
}

#[test]
fn countries_and_bodies_are_filtered_by_any_name() {
    let env = Env::of_corpus();
    let count = |args: &[&str]| {
        let run = env.pincite([&["children", "--format", "json", "--limit", "1"], args].concat());
        serde_json::from_str::<serde_json::Value>(&run.out).expect("an object")["total"].as_u64()
    };
    let by_code = count(&["--country", "LAO"]);
    assert!(by_code > Some(0));
    for name in ["lao", "Laos", "Лаос", "Lao People's Democratic Republic"] {
        assert_eq!(count(&["--country", name]), by_code, "{name}");
    }
    assert_eq!(count(&["--body", "Committee on the Rights of the Child"]), count(&["--body", "CRC"]));
}
