//! Learns the table of translations that is part of the program.
//!
//!     cargo run --release --example train_translations -- OUT.bin PREFIX...
//!
//! Each PREFIX names two files, PREFIX.en and PREFIX.ru, aligned line by line. The glossary is learned from as well.
//! What the shipped table was made from stands in src/query/expand/SOURCES.md.

use std::fs;

use anyhow::{Context, Result, ensure};
use pincite::learn::{self, Direction, Options};
use pincite::{analyzer, query::expand};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().context("say where to write the table")?;
    let mut pairs = expand::glossary_pairs();
    for prefix in arguments {
        let read = |ending: &str| {
            fs::read_to_string(format!("{prefix}.{ending}")).with_context(|| format!("{prefix}.{ending}"))
        };
        let (english, russian) = (read("en")?, read("ru")?);
        ensure!(english.lines().count() == russian.lines().count(), "{prefix}: the files differ in length");
        pairs.extend(english.lines().map(str::to_owned).zip(russian.lines().map(str::to_owned)));
    }
    let options = Options { analyzer_version: analyzer::ANALYZER_VERSION, ..Options::default() };
    let count = pairs.len();
    let pairs =
        pairs.iter().map(|(english, russian)| (expand::training_words(english), expand::training_words(russian)));
    let table = learn::train(pairs, &options);
    table.save(fs::File::create(&out)?)?;
    let (english, russian) = (table.len(Direction::EnglishToRussian), table.len(Direction::RussianToEnglish));
    eprintln!("{count} pairs, {english} English and {russian} Russian words, {} bytes", table.as_bytes().len());
    Ok(())
}
