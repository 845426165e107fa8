//! The tables of references: what must be found, and what must find nothing. They give the published figures.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::registry::Registry;
use super::{read_query, read_text};

/// One row of a table: kind, text, keys.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, Vec<&'static str>)> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut fields = line.split('\t');
        let kind = fields.next().unwrap_or_default();
        let text = fields.next().unwrap_or_default();
        let keys = fields.next().unwrap_or_default().split(" | ").filter(|key| !key.is_empty()).collect();
        (kind, text, keys)
    })
}

fn keys_of(text: &str) -> Vec<String> {
    read_text(text).into_iter().filter_map(|reference| reference.key).collect()
}

/// Counts of one language or kind: found and wanted, found in all, wanted in all.
#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Score {
    fn add(&mut self, found: &[String], wanted: &[&str]) {
        let mut left: Vec<&str> = wanted.to_vec();
        for key in found {
            if let Some(at) = left.iter().position(|wanted| wanted == key) {
                left.swap_remove(at);
                self.right += 1;
            }
        }
        self.found += found.len();
        self.wanted += wanted.len();
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }
}

fn is_russian(text: &str) -> bool {
    let cyrillic = text.chars().filter(|letter| ('а'..='я').contains(letter)).count();
    cyrillic * 2 > text.chars().filter(|letter| letter.is_alphabetic()).count()
}

#[test]
fn the_tables_hold() {
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut wrong = Vec::new();
    let found = include_str!("cases/found.tsv");
    let nothing = include_str!("cases/nothing.tsv");
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counts = [0, 0];
    for (table, lines) in [found, nothing].into_iter().enumerate() {
        for (kind, text, wanted) in rows(lines) {
            let keys = keys_of(text);
            scores.entry(if is_russian(text) { "Russian" } else { "English" }).or_default().add(&keys, &wanted);
            *kinds.entry(kind).or_default() += 1;
            counts[table] += 1;
            if keys != wanted {
                wrong.push(format!("{kind}: {text}\n    wanted {wanted:?}\n    found  {keys:?}"));
            }
        }
    }
    println!("{} rows with references, {} with none, {} kinds", counts[0], counts[1], kinds.len());
    for (language, score) in &scores {
        println!(
            "{language}: precision {:.3}, recall {:.3} ({} references)",
            score.precision(),
            score.recall(),
            score.wanted
        );
    }
    assert!(counts[0] >= 300 && counts[1] >= 300 && kinds.len() >= 40, "{counts:?} rows of {} kinds", kinds.len());
    assert!(wrong.is_empty(), "{} rows fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_name_and_abbreviation_resolves_to_its_row() {
    let mut wrong = Vec::new();
    for row in Registry::get().rows() {
        for name in row.en {
            if !keys_of(&format!("They debated article 1 of the {name} at length.")).contains(&format!("{}/1", row.id))
                && !keys_of(&format!("They debated the {name} at length.")).iter().any(|key| key == row.id)
            {
                wrong.push(format!("{}: {name}", row.id));
            }
        }
        for name in row.ru {
            if !keys_of(&format!("Обсуждалась {name}.")).iter().any(|key| key == row.id) {
                wrong.push(format!("{}: {name}", row.id));
            }
        }
        for abbreviation in row.abbr {
            let keys = read_query(abbreviation).into_iter().flat_map(|reference| reference.keys).collect::<Vec<_>>();
            let in_text = keys_of(&format!("See {abbreviation}, art. 2."));
            let alone = keys_of(&format!("States ratified {abbreviation} long ago."));
            let article = format!("{}/2", row.id);
            if keys != [row.id] || !in_text.contains(&article) && !alone.iter().any(|key| key == row.id) {
                wrong.push(format!("{}: {abbreviation} {keys:?} {in_text:?} {alone:?}", row.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} names are not found:\n{}", wrong.len(), wrong.join("\n"));
}

/// Hostile texts: time grows in line with length.
#[test]
fn hostile_texts_take_time_in_line_with_their_length() {
    let pieces = [
        "art. ",
        "(",
        "art. 1 (",
        "пункт 1 статьи 1, ",
        "communications Nos. 1/2001 and ",
        "[[fn",
        "articles 1 and 2 (1) (a) and ",
        "Law Act Code ",
        "Convention on the ",
        "A/1/",
        "resolution 1/1, ",
        "paragraph 1 of ",
        "a) ",
        "Goal 1, ",
        "article 1 of the same article, ",
        "general comment No. 1, ",
        "Законом № 1 ",
        "«",
        "§",
        "articles 1-60, ",
        "subparagraph (a) of ",
        "CRC, art. 1, ",
        "CRC, art. 1; art. 2; ",
        "the Universal Declaration on the ",
        "1951 Convention, art. 1; 1966 ",
    ];
    let time = |piece: &str, length: usize| {
        let text = piece.repeat(length / piece.len());
        let start = Instant::now();
        let found = read_text(&text).len();
        (start.elapsed(), found)
    };
    for piece in pieces {
        // Eight times the text; 64 times the time would be quadratic. The allowance is for a busy machine, and so are the
        // three attempts.
        let is_linear = || {
            let (short, _) = time(piece, 10_000);
            let (long, found) = time(piece, 80_000);
            println!("{found} references in {long:?} after {short:?}: {piece:?}");
            long < short * 24 + Duration::from_millis(500)
        };
        assert!((0..3).any(|_| is_linear()), "{piece:?}");
    }
}

#[test]
fn any_text_can_be_read() {
    for text in [
        "",
        " ",
        "§",
        "№",
        "article",
        "article 99999999999999999999",
        "ст.",
        "A/",
        "(",
        "\u{0}",
        "art. 7 (",
        "CRC/",
        "para. ",
        "🙂 art. 7 CRC 🙂",
        "é́ст. 7",
    ] {
        let references = read_text(text);
        let length = text.chars().count() as u32;
        assert!(references.iter().all(|found| found.start <= found.end && found.end <= length), "{text}");
    }
    let found = read_text("🙂 См. ст. 7 КПР 🙂");
    assert_eq!((found[0].start, found[0].end, found[0].quote.as_str()), (6, 15, "ст. 7 КПР"));
}

/// The two sides of aligned sentences of the United Nations yield the same keys. The sentences are not part of the
/// project; without them nothing is measured, and the test says so.
#[test]
fn aligned_sentences_say_the_same() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/un-parallel-dev");
    let read = |language: &str| std::fs::read_to_string(folder.join(format!("UNv1.0.devset.{language}")));
    let (Ok(english), Ok(russian)) = (read("en"), read("ru")) else {
        println!("skipped: no aligned sentences beside the project");
        return;
    };
    let sorted = |text: &str| {
        let mut keys = keys_of(text);
        keys.sort();
        keys.dedup();
        keys
    };
    let (mut same, mut with_keys) = (0, 0);
    for (english, russian) in english.lines().zip(russian.lines()) {
        let (english, russian) = (sorted(english), sorted(russian));
        if !english.is_empty() || !russian.is_empty() {
            with_keys += 1;
            same += usize::from(english == russian);
        }
    }
    let agreement = f64::from(same as u32) / f64::from(with_keys.max(1) as u32);
    println!("{same} of {with_keys} aligned pairs with references agree: {agreement:.3}");
    assert!(agreement >= 0.90, "{agreement:.3}");
}
