//! The measurements of one scale.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use pincite::index::open::open;
use pincite::search::{self, Request};
use serde::{Deserialize, Serialize};

use crate::Options;
use crate::bare::Bare;
use crate::input::{self, Document};
use crate::others::Others;
use crate::process::{self, Cost};
use crate::queries::{self, Class, Query};

/// Xapian takes a minute for the collection itself: it is measured at this scale and not above.
const XAPIAN_SCALE: usize = 1;
const SQLITE_SCALE: usize = 10;
/// Runs of a query, of which the median counts.
const RUNS: usize = 5;
/// Runs of a whole process.
const PROCESS_RUNS: usize = 15;
/// Files of the run that finds nothing to do.
const UNCHANGED_FILES: usize = 5_000;
/// Files as young as this are read again by the next run.
const SETTLING: Duration = Duration::from_millis(2_500);

/// Indexing by one program.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Indexing {
    pub program: String,
    pub seconds: f64,
    /// Time of all processors.
    pub processor_seconds: Option<f64>,
    /// The most memory held at once, mapped files included.
    pub memory: Option<u64>,
    /// Without mapped files.
    pub own_memory: Option<u64>,
    /// Bytes of the index.
    pub bytes: u64,
}

/// Milliseconds of the queries of a class.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Latency {
    pub median: f64,
    pub p99: f64,
}

/// A class of queries in the programs that know it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClassFigures {
    pub name: String,
    pub pincite: Latency,
    pub tantivy: Option<Latency>,
    pub sqlite: Option<Latency>,
    /// The slowest query, for whoever wants to mend it.
    pub slowest: String,
}

/// Everything measured at one scale.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Figures {
    pub scale: usize,
    pub files: usize,
    pub paragraphs: usize,
    pub text_bytes: u64,
    pub indexing: Vec<Indexing>,
    pub classes: Vec<ClassFigures>,
    /// Milliseconds of whole processes that search for one word.
    pub processes: BTreeMap<String, f64>,
    /// A run after one file has changed: seconds, and bytes of new files.
    pub update: Option<(f64, u64)>,
    /// A run over files that have not changed: files, seconds, whether the index was left as it was.
    pub unchanged: Option<(usize, f64, bool)>,
}

/// Returns what runs before have measured.
pub fn read(work: &Path) -> Vec<Figures> {
    let text = fs::read_to_string(work.join("figures.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Keeps what was measured for the next run.
pub fn save(work: &Path, figures: &[Figures]) -> anyhow::Result<()> {
    Ok(fs::write(work.join("figures.json"), serde_json::to_string_pretty(figures)?)?)
}

/// Where the files of a scale lie.
struct Places {
    texts: PathBuf,
    pincite: PathBuf,
    tantivy: PathBuf,
    sqlite: PathBuf,
    xapian: PathBuf,
}

/// Measures one scale.
pub fn scale(documents: &[Document], scale: usize, options: &Options, others: &Others) -> anyhow::Result<Figures> {
    let folder = options.work.join(format!("x{scale}"));
    let places = Places {
        texts: folder.join("texts"),
        pincite: folder.join("pincite"),
        tantivy: folder.join("tantivy"),
        sqlite: folder.join("sqlite.db"),
        xapian: folder.join("xapian"),
    };
    let mut figures = read(&options.work).into_iter().find(|known| known.scale == scale).unwrap_or_default();
    figures.scale = scale;
    if !options.queries_only {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        eprintln!("scale {scale}: writing the files");
        let written = input::write(documents, scale, &places.texts)?;
        (figures.files, figures.paragraphs, figures.text_bytes) = (written.files, written.paragraphs, written.bytes);
        std::thread::sleep(SETTLING);
        figures.indexing = indexing(&places, scale, options, others)?;
        figures.update = Some(update(&places)?);
        figures.unchanged = Some(unchanged(documents, &folder)?);
    }
    eprintln!("scale {scale}: searching");
    let classes = queries::draw(documents);
    figures.classes = searching(&places, &classes, others)?;
    figures.processes = processes(&places, &classes, others)?;
    Ok(figures)
}

fn pincite_index(texts: &Path, index: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pincite-index"));
    command.arg(texts).arg("--index").arg(index).arg("--quiet");
    command
}

fn indexing(places: &Places, scale: usize, options: &Options, others: &Others) -> anyhow::Result<Vec<Indexing>> {
    let mut bare = Command::new(std::env::current_exe()?);
    bare.arg("--bare-index").args([&places.texts, &places.tantivy]);
    let sqlite = others.index_sqlite(&places.texts, &places.sqlite).filter(|_| scale <= SQLITE_SCALE);
    let xapian = others.index_xapian(&places.texts, &places.xapian).filter(|_| scale <= XAPIAN_SCALE);
    // Taken in turns, so that whatever else the machine does befalls them alike; the slow ones once.
    let turns = options.repeat.max(1);
    let mut programs = vec![
        ("Pincite", pincite_index(&places.texts, &places.pincite), &places.pincite, turns),
        ("bare tantivy", bare, &places.tantivy, turns),
    ];
    programs.extend(sqlite.map(|command| ("SQLite FTS5", command, &places.sqlite, 1)));
    programs.extend(xapian.map(|command| ("Xapian", command, &places.xapian, 1)));
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); programs.len()];
    for turn in 0..turns {
        for ((name, command, made, turns), costs) in programs.iter_mut().zip(&mut costs) {
            if turn < *turns {
                eprintln!("scale {scale}: {name} indexes");
                let _ = fs::remove_dir_all(&**made);
                let _ = fs::remove_file(&**made);
                costs.push(process::run(command)?);
            }
        }
    }
    let finished = programs.iter().zip(costs);
    finished.map(|((name, _, made, _), costs)| Indexing::of(name, made, costs)).collect()
}

impl Indexing {
    fn of(name: &str, made: &Path, mut costs: Vec<Cost>) -> anyhow::Result<Indexing> {
        // 4: some files were skipped, which the collection has (twins of others).
        anyhow::ensure!(costs.iter().all(|cost| [0, 4].contains(&cost.code)), "{name} has failed");
        costs.sort_by_key(|cost| cost.wall);
        let middle = costs.len() / 2;
        let mut processor: Vec<Duration> = costs.iter().filter_map(|cost| cost.cpu).collect();
        processor.sort();
        let bytes = if made.is_dir() { input::bytes(made)? } else { made.metadata()?.len() };
        Ok(Indexing {
            program: name.to_owned(),
            seconds: costs[middle].wall.as_secs_f64(),
            processor_seconds: processor.get(processor.len() / 2).map(Duration::as_secs_f64),
            memory: costs.iter().filter_map(|cost| cost.memory).max(),
            own_memory: costs.iter().filter_map(|cost| cost.own_memory).max(),
            bytes,
        })
    }
}

/// Changes one file and brings the index in step.
fn update(places: &Places) -> anyhow::Result<(f64, u64)> {
    let files = input::files(&places.texts)?;
    let changed = &files[files.len() / 2];
    let before = fs::read_to_string(changed)?;
    fs::write(changed, format!("{before}900. A paragraph was added to this document.\n\n"))?;
    let known = input::files(&places.pincite)?;
    let cost = process::run(&mut pincite_index(&places.texts, &places.pincite))?;
    let new = input::files(&places.pincite)?.into_iter().filter(|file| !known.contains(file));
    let bytes = new.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum();
    fs::write(changed, before)?;
    process::run(&mut pincite_index(&places.texts, &places.pincite))?;
    Ok((cost.wall.as_secs_f64(), bytes))
}

/// Indexes many small files, and runs again.
fn unchanged(documents: &[Document], folder: &Path) -> anyhow::Result<(usize, f64, bool)> {
    let (texts, index) = (folder.join("small"), folder.join("small-index"));
    fs::create_dir_all(&texts)?;
    let paragraphs = documents.iter().flat_map(|document| &document.paragraphs);
    let mut files = 0;
    for (at, paragraph) in paragraphs.enumerate().take(UNCHANGED_FILES) {
        fs::write(texts.join(format!("{at:05}.txt")), format!("1. Report {at}. {}\n", paragraph.text))?;
        files += 1;
    }
    std::thread::sleep(SETTLING);
    process::run(&mut pincite_index(&texts, &index))?;
    let state = |folder: &Path| -> anyhow::Result<Vec<(PathBuf, std::time::SystemTime)>> {
        input::files(folder)?.into_iter().map(|file| Ok((file.clone(), file.metadata()?.modified()?))).collect()
    };
    let before = state(&index)?;
    let cost = process::run(&mut pincite_index(&texts, &index))?;
    Ok((files, cost.wall.as_secs_f64(), before == state(&index)?))
}

fn searching(places: &Places, classes: &[Class], others: &Others) -> anyhow::Result<Vec<ClassFigures>> {
    let reader = open(&places.pincite)?;
    let mut bare = Bare::open(&places.tantivy)?;
    let mut all = Vec::new();
    for class in classes.iter().filter(|class| !class.queries.is_empty()) {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for query in &class.queries {
            let (mut one, mut other) = (Vec::new(), Vec::new());
            // In turns, so that both meet the same machine.
            for _ in 0..RUNS {
                one.push(timed(|| search::search(&reader, &request(query)).map(drop))?);
                if let Some(words) = &query.words {
                    other.push(timed(|| bare.search(words, class.phrase).map(drop))?);
                }
            }
            ours.push(median(&mut one));
            theirs.extend((!other.is_empty()).then(|| median(&mut other)));
        }
        let sqlite = if places.sqlite.exists() {
            others.search_sqlite(&places.sqlite, &class.queries, class.phrase)?
        } else {
            Vec::new()
        };
        let slowest = class.queries.iter().zip(&ours).max_by(|a, b| a.1.total_cmp(b.1));
        let slowest = slowest.map(|(query, _)| query.text.clone()).unwrap_or_default();
        let Some(pincite) = latency(ours) else { continue };
        let name = class.name.to_owned();
        all.push(ClassFigures { name, pincite, tantivy: latency(theirs), sqlite: latency(sqlite), slowest });
    }
    Ok(all)
}

fn request(query: &Query) -> Request {
    Request { text: query.text.clone(), limit: 10, cross: true, facets: query.facets, ..Request::default() }
}

fn timed<E>(work: impl FnOnce() -> Result<(), E>) -> Result<f64, E> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed().as_secs_f64() * 1000.0)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn latency(mut times: Vec<f64>) -> Option<Latency> {
    let median = (!times.is_empty()).then(|| median(&mut times))?;
    let p99 = times.get((times.len() * 99).div_ceil(100).saturating_sub(1)).copied()?;
    Some(Latency { median, p99 })
}

/// Whole processes, from their start to their end: Pincite and ripgrep for the same words, and how long a program takes
/// that does nothing.
fn processes(places: &Places, classes: &[Class], others: &Others) -> anyhow::Result<BTreeMap<String, f64>> {
    let words: Vec<&str> = classes
        .iter()
        .filter(|class| class.name == "word")
        .flat_map(|class| &class.queries)
        .map(|query| query.text.as_str())
        .collect();
    let mut times: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for word in words.into_iter().take(PROCESS_RUNS) {
        let mut runs = vec![];
        let mut pincite = Command::new(env!("CARGO_BIN_EXE_pincite"));
        pincite.args(["search", word, "--index"]).arg(&places.pincite);
        runs.push(("pincite", pincite));
        let mut version = Command::new(env!("CARGO_BIN_EXE_pincite"));
        version.arg("--version");
        runs.push(("pincite --version", version));
        if others.ripgrep {
            let mut ripgrep = Command::new("rg");
            ripgrep.args(["--ignore-case", "--word-regexp", word]).arg(&places.texts);
            runs.push(("rg", ripgrep));
        }
        for (name, mut command) in runs {
            let took = process::run_briefly(&mut command)?.as_secs_f64() * 1000.0;
            times.entry(name.to_owned()).or_default().push(took);
        }
    }
    Ok(times.into_iter().map(|(name, mut times)| (name, median(&mut times))).collect())
}
