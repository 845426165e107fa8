//! What may happen to files, disks and indexes, and what is said of it.

use crate::env::Env;

#[test]
fn a_label_of_any_form_is_found_and_shown() {
    let labels = ["IV", "Preamble", "a", "Annex I", "§ 5", "١", "1\\n2", "21. .", "((("];
    let lines: Vec<String> = labels
        .iter()
        .map(|label| {
            format!(r#"{{"doc":"j","para":"{label}","section":"s","text":"Arbitrary detention of {}"}}"#, label.len())
        })
        .collect();
    let env = Env::with_files(&[("x.jsonl", lines.join("\n").as_bytes())]);
    env.index([]).assert_code(0).assert_says(&["line 9 is without a number, \"(((\" is none"]);
    let found = env.lines(["detention"]);
    let mut printed: Vec<&str> = found.iter().filter_map(|hit| hit["label"].as_str()).collect();
    printed.sort_unstable();
    assert_eq!(printed, ["1 2", "21", "5", "Annex I", "IV", "Preamble", "a", "١"]);
    for (target, label) in [
        ("j para IV", "IV"),
        ("x/j, para. iv", "IV"),
        ("j § 5", "5"),
        ("j Preamble", "Preamble"),
        ("j para Annex I", "Annex I"),
    ] {
        let shown = env.lines(["show", target]);
        assert_eq!(shown.iter().map(|unit| &unit["label"]).collect::<Vec<_>>(), [label], "{target}");
    }
    let citation = found.iter().find(|hit| hit["label"] == "IV").and_then(|hit| hit["citation"].as_str());
    let cited = env.lines(["show", citation.expect("a citation")]);
    assert_eq!(cited.len(), 1);
    assert_eq!(env.lines(["detention para:iv"]).len(), 1);
}
