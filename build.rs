//! Makes the look-up tables of the program's own data at compile time, so that no query waits for them: the registry of
//! instruments with its trie of names, and the lines of the tables of concepts by how their forms begin.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;

#[path = "src/query/expand/beginning.rs"]
mod beginning;
#[path = "src/citation/stem.rs"]
mod stem;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("registry.rs"), registry()?)?;
    std::fs::write(out.join("beginnings.rs"), beginnings()?)?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}

fn read(path: &str) -> Result<String, Failure> {
    println!("cargo::rerun-if-changed={path}");
    std::fs::read_to_string(Path::new(path)).map_err(|error| format!("{path}: {error}").into())
}

/// The lines of a table with their cells, comments left out.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

/// One row of `instruments.toml`; the program documents what the fields are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Instrument {
    id: String,
    year: u16,
    articles: Option<u16>,
    committee: Option<String>,
    symbol: Option<String>,
    en: Vec<String>,
    ru: Vec<String>,
    #[serde(default)]
    abbr: Vec<String>,
}

#[derive(Deserialize)]
struct Instruments {
    instrument: Vec<Instrument>,
}

/// Names on their way into the trie: what each names is the number of its row, four times, and its table.
#[derive(Default)]
struct Names {
    /// Words of each name, and what it names. The first of two equal names counts.
    ends: BTreeMap<Vec<String>, u16>,
    abbreviations: BTreeMap<String, u16>,
}

const INSTRUMENT: u16 = 1;
const BODY: u16 = 2;
const LAW: u16 = 3;

impl Names {
    fn add(&mut self, row: usize, table: u16, names: &[&str], abbreviations: &[&str]) -> Result<(), Failure> {
        let named = u16::try_from(row)? * 4 + table;
        for name in names.iter().filter(|name| !name.is_empty()) {
            let words = name_words(name).map(|word| stem::stem(&word).into_owned()).collect();
            self.ends.entry(words).or_insert(named);
        }
        for abbreviation in abbreviations.iter().filter(|abbreviation| !abbreviation.is_empty()) {
            self.abbreviations.entry((*abbreviation).to_owned()).or_insert(named);
        }
        Ok(())
    }
}

/// The words of a name that count: all but "the", "on" before a name's end, "No." and marks.
fn name_words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|letter: char| !(letter.is_alphanumeric() || letter == '\''))
        .map(|word| {
            let mut folded = String::with_capacity(word.len());
            word.trim_matches('\'').chars().for_each(|letter| stem::push_folded(letter, &mut folded));
            folded
        })
        .filter(|word| !word.is_empty() && word != "the" && word != "no" && word != "on")
}

fn registry() -> Result<String, Failure> {
    let instruments: Instruments = toml::from_str(&read("src/citation/instruments.toml")?)?;
    let rows_of = |table: &str| -> Result<String, Failure> { read(&format!("src/citation/{table}.tsv")) };
    let (comments, bodies, laws) = (rows_of("general_comments")?, rows_of("bodies")?, rows_of("laws")?);
    let mut names = Names::default();
    for (row, instrument) in instruments.instrument.iter().enumerate() {
        let long: Vec<&str> = instrument.en.iter().chain(&instrument.ru).map(String::as_str).collect();
        let short: Vec<&str> = instrument.abbr.iter().map(String::as_str).collect();
        names.add(row, INSTRUMENT, &long, &short)?;
    }
    let mut out = String::new();
    for (table, text, constant) in [(BODY, &bodies, "BODIES"), (LAW, &laws, "LAWS")] {
        let mut keys = Vec::new();
        for (row, cells) in rows(text).enumerate() {
            let [key, english, russian, short @ ..] = cells.as_slice() else { return Err(format!("{cells:?}").into()) };
            let long: Vec<&str> = english.split(';').chain(russian.split(';')).collect();
            let short: Vec<&str> = short.first().copied().unwrap_or_default().split(';').collect();
            names.add(row, table, &long, &short)?;
            keys.push(*key);
        }
        writeln!(out, "static {constant}: [&str; {}] = {keys:?};", keys.len())?;
    }
    write_instruments(&mut out, &instruments.instrument)?;
    write_comments(&mut out, &comments)?;
    write_names(&mut out, &names)?;
    Ok(out)
}

fn write_instruments(out: &mut String, instruments: &[Instrument]) -> Result<(), Failure> {
    writeln!(out, "static ROWS: [Instrument; {}] = [", instruments.len())?;
    for Instrument { id, year, articles, committee, symbol, en, ru, abbr } in instruments {
        writeln!(
            out,
            "Instrument {{ id: {id:?}, year: {year}, articles: {articles:?}, committee: {committee:?}, \
             symbol: {symbol:?}, en: &{en:?}, ru: &{ru:?}, abbr: &{abbr:?} }},"
        )?;
    }
    writeln!(out, "];")?;
    let by_id: BTreeMap<&str, usize> =
        instruments.iter().enumerate().map(|(row, instrument)| (instrument.id.as_str(), row)).collect();
    if by_id.len() != instruments.len() {
        return Err("two instruments share an id".into());
    }
    let order: Vec<usize> = by_id.into_values().collect();
    writeln!(out, "static BY_ID: [u16; {}] = {order:?};", order.len())?;
    Ok(())
}

fn write_comments(out: &mut String, table: &str) -> Result<(), Failure> {
    let rows: Vec<Vec<&str>> = rows(table).collect();
    writeln!(out, "static COMMENTS: [GeneralComment; {}] = [", rows.len())?;
    for cells in rows {
        let [committee, form, number, year, article @ ..] = cells.as_slice() else {
            return Err(format!("{cells:?}").into());
        };
        let (number, year): (u16, u16) = (number.parse()?, year.parse()?);
        let article = article.first().filter(|article| !article.is_empty());
        writeln!(
            out,
            "GeneralComment {{ committee: {committee:?}, form: {form:?}, number: {number}, year: {year}, \
             article: {article:?} }},"
        )?;
    }
    writeln!(out, "];")?;
    Ok(())
}

/// Writes the vocabulary of names, the trie node by node with its edges in order, and the abbreviations.
fn write_names(out: &mut String, names: &Names) -> Result<(), Failure> {
    let vocabulary: BTreeSet<&str> = names.ends.keys().flatten().map(String::as_str).collect();
    let numbers: BTreeMap<&str, u16> = vocabulary.iter().copied().zip(1..).collect();
    let mut nodes: Vec<(BTreeMap<u16, u16>, u16)> = vec![Default::default()];
    for (words, named) in &names.ends {
        let mut node = 0;
        for word in words {
            let fresh = u16::try_from(nodes.len())?;
            let next = *nodes[node].0.entry(numbers[word.as_str()]).or_insert(fresh);
            if next == fresh {
                nodes.push(Default::default());
            }
            node = usize::from(next);
        }
        nodes[node].1 = *named;
    }
    let mut letters = String::new();
    let mut starts = vec![0];
    for word in &vocabulary {
        letters.push_str(word);
        starts.push(letters.len());
    }
    writeln!(out, "static STEMS: &str = {letters:?};")?;
    writeln!(out, "static STEM_STARTS: [u16; {}] = {starts:?};", starts.len())?;
    let mut edges = vec![0];
    for (below, _) in &nodes {
        edges.push(edges[edges.len() - 1] + below.len());
    }
    let pairs: Vec<(u16, u16)> =
        nodes.iter().flat_map(|(below, _)| below.iter().map(|(stem, next)| (*stem, *next))).collect();
    let ends: Vec<u16> = nodes.iter().map(|(_, named)| *named).collect();
    writeln!(out, "static EDGE_STARTS: [u16; {}] = {edges:?};", edges.len())?;
    writeln!(out, "static EDGES: [(u16, u16); {}] = {pairs:?};", pairs.len())?;
    writeln!(out, "static ENDS: [u16; {}] = {ends:?};", ends.len())?;
    let abbreviations: Vec<(&str, u16)> = names.abbreviations.iter().map(|(name, row)| (name.as_str(), *row)).collect();
    writeln!(out, "static ABBREVIATIONS: [(&str, u16); {}] = {abbreviations:?};", abbreviations.len())?;
    Ok(())
}

/// The lines of each table of concepts in drawers, by how their forms begin.
fn beginnings() -> Result<String, Failure> {
    let mut out = String::new();
    for (name, path) in [
        ("GLOSSARY", "src/query/expand/glossary.tsv"),
        ("COUNTRIES", "src/annotator/countries.tsv"),
        ("BODIES", "src/annotator/bodies.tsv"),
    ] {
        let text = read(path)?;
        let drawers = drawers(&text);
        let mut starts = vec![0];
        for drawer in &drawers {
            starts.push(starts[starts.len() - 1] + drawer.len());
        }
        let places: Vec<(u32, u32)> = drawers.into_iter().flatten().collect();
        writeln!(
            out,
            "static {name}: LinesByBeginning = LinesByBeginning {{ starts: &{starts:?}, places: &{places:?} }};"
        )?;
    }
    Ok(out)
}

/// Returns for each drawer the lines with a form of its beginnings: bytes of the text, end exclusive.
fn drawers(text: &str) -> Vec<Vec<(u32, u32)>> {
    let mut drawers = vec![Vec::new(); beginning::DRAWERS];
    for line in beginning::lines(text) {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let place = (start as u32, (start + line.len()) as u32);
        for beginning in line.split(['\t', ';']).flat_map(|form| beginning::beginnings_of(beginning::plain(form))) {
            if let Some(drawer) = drawers.get_mut(beginning::drawer_of(beginning))
                && drawer.last() != Some(&place)
            {
                drawer.push(place);
            }
        }
    }
    drawers
}
