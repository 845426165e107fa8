//! The collection: paragraphs in, one plain-text file a document out, at any multiple of its size.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

use anyhow::{Context, bail};
use pincite::pipeline;

use crate::random::Random;

/// One paragraph with its printed number.
#[derive(Debug, Clone)]
pub struct Paragraph {
    pub number: Option<String>,
    pub section: Option<String>,
    pub text: String,
}

/// A document of the collection.
#[derive(Debug, Clone)]
pub struct Document {
    pub name: String,
    pub paragraphs: Vec<Paragraph>,
}

/// Where the collection lies when nobody says otherwise.
pub const USUAL: &str = "../shared/data/treaty-body-paragraphs/paragraphs.jsonl.gz";
/// Paragraphs that are made of the documents in `corpus/` where there is no collection.
const MADE: usize = 58_000;
/// Of so many words one is taken from another paragraph.
const FOREIGN_WORD: usize = 30;
/// Of so many words one is new: half of one word and half of another, as names and errors of reading are.
const NEW_WORD: usize = 500;

/// Reads `{"doc","para","section","text"}`, one object a line, also gzipped (by the `gzip` program).
pub fn read(path: &Path) -> anyhow::Result<Vec<Document>> {
    if path.extension().is_some_and(|ending| ending == "gz") {
        let mut child = Command::new("gzip").arg("-dc").arg(path).stdout(Stdio::piped()).spawn().context("gzip")?;
        let out = child.stdout.take().context("gzip gives nothing")?;
        let documents = read_lines(BufReader::new(out))?;
        anyhow::ensure!(child.wait()?.success(), "gzip cannot read {}", path.display());
        return Ok(documents);
    }
    read_lines(BufReader::new(fs::File::open(path).with_context(|| path.display().to_string())?))
}

fn read_lines(lines: impl BufRead) -> anyhow::Result<Vec<Document>> {
    let mut documents: Vec<Document> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for line in lines.lines() {
        let value: serde_json::Value = serde_json::from_str(&line?)?;
        let said = |key: &str| value[key].as_str().map(str::to_owned);
        let number = said("para").or_else(|| value["para"].as_u64().map(|number| format!("{number}.")));
        let (Some(name), Some(text)) = (said("doc"), said("text")) else { bail!("no paragraph: {value}") };
        let place = *places.entry(name.clone()).or_insert_with(|| {
            documents.push(Document { name, paragraphs: Vec::new() });
            documents.len() - 1
        });
        documents[place].paragraphs.push(Paragraph { number, section: said("section"), text });
    }
    Ok(documents)
}

/// Makes a collection of the documents that the project has, where no other is at hand: their paragraphs drawn again and
/// again. Its vocabulary is small, so its figures stand for themselves.
pub fn make(corpus: &Path) -> anyhow::Result<Vec<Document>> {
    let read = pipeline::explain(corpus, None)?;
    let texts = read.into_iter().flat_map(|explained| explained.document.paragraphs);
    let paragraphs: Vec<Paragraph> =
        texts.map(|unit| Paragraph { number: None, section: None, text: unit.text }).collect();
    anyhow::ensure!(!paragraphs.is_empty(), "no paragraphs in {}", corpus.display());
    let mut random = Random::new(7);
    Ok((0..MADE / 40)
        .map(|number| Document {
            name: format!("made-{number:05}"),
            paragraphs: (1..=40)
                .map(|label| Paragraph {
                    number: Some(format!("{label}.")),
                    section: None,
                    text: varied(&random.pick(&paragraphs).text, &paragraphs, &mut random),
                })
                .collect(),
        })
        .collect())
}

/// What was written to a folder.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written {
    pub files: usize,
    pub paragraphs: usize,
    /// Bytes of the files.
    pub bytes: u64,
}

/// Writes the collection `scale` times: first as it is, then documents of the same lengths whose paragraphs are drawn
/// from all of it, some of their words exchanged.
pub fn write(documents: &[Document], scale: usize, folder: &Path) -> anyhow::Result<Written> {
    let all: Vec<Paragraph> = documents.iter().flat_map(|document| document.paragraphs.iter().cloned()).collect();
    let mut random = Random::new(11);
    let mut written = Written::default();
    for copy in 0..scale {
        let below = folder.join(format!("{copy:03}"));
        fs::create_dir_all(&below)?;
        for (at, document) in documents.iter().enumerate() {
            let drawn;
            let paragraphs = if copy == 0 {
                &document.paragraphs
            } else {
                drawn = redraw(document, &all, &mut random);
                &drawn
            };
            let text = plain_text(paragraphs);
            written.files += 1;
            written.paragraphs += paragraphs.len();
            written.bytes += text.len() as u64;
            fs::write(below.join(file_name(&document.name, at)), text)?;
        }
    }
    Ok(written)
}

fn file_name(name: &str, at: usize) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).collect();
    format!("{at:05}-{}.txt", plain.chars().take(60).collect::<String>())
}

fn redraw(document: &Document, all: &[Paragraph], random: &mut Random) -> Vec<Paragraph> {
    let drawn = document.paragraphs.iter().map(|place| Paragraph {
        number: place.number.clone(),
        section: place.section.clone(),
        text: varied(&random.pick(all).text, all, random),
    });
    drawn.collect()
}

fn varied(text: &str, all: &[Paragraph], random: &mut Random) -> String {
    let mut varied = String::with_capacity(text.len() + 16);
    for word in text.split(' ') {
        if !varied.is_empty() {
            varied.push(' ');
        }
        if random.below(NEW_WORD) == 0 {
            let other = any_word(all, random);
            varied.extend(word.chars().take(word.chars().count().div_ceil(2)));
            varied.extend(other.chars().skip(other.chars().count() / 2));
        } else if random.below(FOREIGN_WORD) == 0 {
            varied.push_str(any_word(all, random));
        } else {
            varied.push_str(word);
        }
    }
    varied
}

fn any_word<'a>(all: &'a [Paragraph], random: &mut Random) -> &'a str {
    let words: Vec<&str> = random.pick(all).text.split(' ').collect();
    words[random.below(words.len())]
}

/// A document as a plain text: headings and numbered paragraphs, each on a line with an empty line behind it.
fn plain_text(paragraphs: &[Paragraph]) -> String {
    let mut text = String::new();
    let mut section = None;
    for paragraph in paragraphs {
        if paragraph.section.is_some() && paragraph.section != section {
            section.clone_from(&paragraph.section);
            let _ = write!(text, "{}\n\n", section.as_deref().unwrap_or_default());
        }
        let number = paragraph.number.as_deref().map(|number| format!("{number} ")).unwrap_or_default();
        let _ = write!(text, "{number}{}\n\n", paragraph.text);
    }
    text
}

/// Returns the files below a folder in the order of their names.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found.sort();
    Ok(found)
}

/// Returns the bytes of the files below a folder.
pub fn bytes(folder: &Path) -> io::Result<u64> {
    Ok(files(folder)?.iter().filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum())
}
