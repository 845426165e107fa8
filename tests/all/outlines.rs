//! The structure of every document of the corpus, as snapshots that a person has read against the source.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use pincite::document::Document;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn read(file: &str) -> Document {
    let explained = pincite::pipeline::explain(&corpus().join(file), None);
    let mut explained = explained.unwrap_or_else(|error| panic!("{file}: {error}"));
    assert_eq!(explained.len(), 1);
    explained.remove(0).document
}

/// Headings indented by depth, under each its units: address, kind, both ends of the text, what it hangs on.
fn outline(document: &Document) -> String {
    let mut out = String::new();
    let mut shown: Vec<&str> = Vec::new();
    for paragraph in &document.paragraphs {
        let path = document.section_path(paragraph.section);
        let common = path.iter().zip(&shown).take_while(|(left, right)| left == right).count();
        for (depth, heading) in path.iter().enumerate().skip(common) {
            let _ = writeln!(out, "{}# {heading}", "  ".repeat(depth));
        }
        let address = match (&paragraph.label, &paragraph.mark) {
            (Some(label), _) => label.to_string(),
            (None, Some(mark)) => {
                format!("note {mark} of {}", paragraph.parent.map_or("-".into(), |parent| parent.to_string()))
            }
            (None, None) => format!("no. {}", paragraph.position),
        };
        let indent = "  ".repeat(path.len());
        let kind = paragraph.kind.name();
        let _ = writeln!(
            out,
            "{indent}{} {kind} [{address}] {} {}",
            paragraph.ordinal,
            paragraph.language,
            ends(&paragraph.text)
        );
        shown = path;
    }
    for left_out in &document.left_out {
        let _ = writeln!(out, "left out: {:?} {}", left_out.reason, ends(&left_out.text));
    }
    out
}

fn ends(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= 100 {
        return text.to_owned();
    }
    let start: String = characters[..60].iter().collect();
    let end: String = characters[characters.len() - 35..].iter().collect();
    format!("{start} … {end}")
}

macro_rules! outlines {
    ($($name:ident: $file:literal),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(outline(&read($file)));
            }
        )*

        const FILES: &[&str] = &[$($file),*];
    };
}

outlines! {
    concluding_observations: "treaty-bodies/crc-opsc-concluding-observations-laos-2015.txt",
    special_rapporteur: "special-procedures/sale-of-children-visit-laos-2019.txt",
    high_commissioner_letter: "upr/high-commissioner-letter-laos-2020.txt",
    session_summary: "ngo/child-rights-connect-session-summary-laos-2015.txt",
    encyclopaedia: "reference/human-rights-in-laos.txt",
}

/// Every letter and digit of a source stands in a paragraph, a label, a mark, a heading or in what was left out.
#[test]
fn nothing_is_lost() {
    for file in FILES {
        let document = read(file);
        let source = std::fs::read_to_string(corpus().join(file)).unwrap_or_default();
        let markup = ["<sup>", "</sup>", "<SUP>", "</SUP>"];
        let source = markup.iter().fold(source, |text, tag| text.replace(tag, ""));
        let mut found = String::new();
        for paragraph in &document.paragraphs {
            found.push_str(
                &paragraph
                    .label
                    .as_ref()
                    .map(|label| label.items.last().unwrap_or(&label.number).clone())
                    .unwrap_or_default(),
            );
            // A footnote's mark is printed twice: at the note and in the text.
            found.push_str(&paragraph.mark.clone().unwrap_or_default().repeat(2));
            found.push_str(&paragraph.text);
        }
        document.sections.iter().for_each(|section| found.push_str(&section.heading));
        document.left_out.iter().for_each(|left_out| found.push_str(&left_out.text));
        // The target of a Markdown link repeats its text.
        let target = source.split("](").nth(1).and_then(|rest| rest.split(')').next()).unwrap_or_default();
        found.push_str(target);
        assert_eq!(count(&found), count(&source), "{file}");
    }
}

fn count(text: &str) -> std::collections::BTreeMap<char, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for sign in text.chars().filter(|sign| sign.is_alphanumeric()) {
        *counts.entry(sign).or_insert(0) += 1;
    }
    counts
}

/// What every outline must have, whatever its snapshot says.
#[test]
fn addresses_are_sound() {
    for file in FILES {
        let document = read(file);
        for (index, paragraph) in document.paragraphs.iter().enumerate() {
            assert_eq!(paragraph.ordinal as usize, index + 1, "{file}");
            assert!(paragraph.parent.is_none_or(|parent| parent < paragraph.ordinal), "{file}: {}", paragraph.ordinal);
            assert_eq!(paragraph.label.is_some(), paragraph.position == 0, "{file}: {}", paragraph.ordinal);
            assert!(
                !paragraph.text.trim().is_empty() && !paragraph.text.contains('\n'),
                "{file}: {}",
                paragraph.ordinal
            );
        }
        let labels: Vec<String> =
            document.paragraphs.iter().filter_map(|paragraph| Some(paragraph.label.as_ref()?.to_string())).collect();
        let unique: std::collections::BTreeSet<&String> = labels.iter().collect();
        assert_eq!(unique.len(), labels.len(), "{file}: a label stands twice");
    }
}
