//! Damaged and hostile files: each costs only itself, within its time, and the next file is read as if nothing
//! had happened.

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use pincite::document::Format;
use pincite::extractor::ExtractError;
use pincite::extractor::sandbox::Pool;
use zip::write::SimpleFileOptions;

/// The limit of a file is nine seconds, and four times that on a machine that keeps the child from working.
const PATIENCE: Duration = Duration::from_secs(45);
const VARIANTS: u64 = 100;

fn pool() -> Pool {
    Pool::new(PathBuf::from(env!("CARGO_BIN_EXE_pincite-index")), 2)
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(*name, options).expect("an entry");
        archive.write_all(bytes).expect("bytes of an entry");
    }
    archive.finish().expect("an archive").into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let numbering = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='21'/>\
        <w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'>\
        <w:abstractNumId w:val='0'/></w:num></w:numbering>";
    package(&[("word/document.xml", document.as_bytes()), ("word/numbering.xml", numbering.as_bytes())])
}

fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office='o' xmlns:text='t'><office:body><office:text>{body}</office:text>\
         </office:body></office:document-content>"
    );
    package(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1).expect("a string");
    }
    file.push_str("trailer<</Root 1 0 R>>\n%%EOF");
    file.into_bytes()
}

fn stream(dictionary: &str, data: &str) -> String {
    format!("<<{dictionary}/Length {}>>stream\n{data}\nendstream", data.len())
}

fn pdf_page(content: &str, resources: &str, others: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font\
             /Subtype/Type1/BaseFont/Helvetica>>>>{resources}>>>>"
        ),
        stream("", content),
    ];
    objects.extend_from_slice(others);
    pdf(&objects)
}

const PARAGRAPHS: [&str; 3] =
    ["The Committee welcomes the law.", "It regrets the delay.", "It urges the State party to act."];

/// A small sound file of each format.
fn seeds() -> Vec<(Format, Vec<u8>)> {
    let each = |before: &str, after: &str| -> String {
        PARAGRAPHS.iter().map(|text| format!("{before}{text}{after}")).collect()
    };
    let word = each(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>",
        "</w:t></w:r></w:p>",
    );
    let lines: String = PARAGRAPHS
        .iter()
        .enumerate()
        .map(|(index, text)| format!("BT /F 12 Tf 72 {} Td ({}. {text}) Tj ET\n", 700 - 30 * index, index + 1))
        .collect();
    vec![
        (Format::Pdf, pdf_page(&lines, "", &[])),
        (Format::Docx, docx(&word)),
        (Format::Odt, odt(&each("<text:p>", "</text:p>"))),
        (Format::Rtf, format!("{{\\rtf1\\ansi {{\\fonttbl{{\\f0 Times;}}}}{}}}", each("\\f0 ", "\\par ")).into_bytes()),
        (Format::Html, format!("<html><body><ol>{}</ol></body></html>", each("<li>", "</li>")).into_bytes()),
    ]
}

/// Steele, Lea and Flood's splitmix64: the same damage on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

fn damage(seed: &[u8], variant: u64) -> Vec<u8> {
    let mut dice = Dice(variant);
    let mut bytes = seed.to_vec();
    let at = dice.roll(bytes.len());
    match variant % 5 {
        0 => bytes.truncate(at),
        1 => {
            for _ in 0..=dice.roll(40) {
                let at = dice.roll(bytes.len());
                bytes[at] = dice.roll(256) as u8;
            }
        }
        2 => {
            let end = (at + dice.roll(200)).min(bytes.len());
            bytes.drain(at..end);
        }
        3 => {
            let piece: Vec<u8> = bytes[at..].iter().copied().take(200).collect();
            let piece = piece.repeat(1 + dice.roll(200));
            bytes.splice(at..at, piece);
        }
        _ => {
            let junk: [&[u8]; 6] =
                [b"99999999999", b"<<<<<<<<", b"{{{{{{{{", b"[[[[[[[[", b"((((((((", b"\xff\xff\xff\xff\0\0\0\0"];
            for _ in 0..8 {
                let at = dice.roll(bytes.len());
                let junk = junk[dice.roll(junk.len())];
                let end = (at + junk.len()).min(bytes.len());
                bytes.splice(at..end, junk.iter().copied());
            }
        }
    }
    bytes
}

#[test]
fn damaged_files_end_in_a_result_or_a_reason() {
    let pool = pool();
    for (format, seed) in seeds() {
        let sound = pool.extract(format, &seed).map(|read| read.blocks.len());
        assert_eq!(sound, Ok(PARAGRAPHS.len()), "{format:?}");
        for variant in 0..VARIANTS {
            let bytes = damage(&seed, variant);
            let start = Instant::now();
            let result = pool.extract(format, &bytes).map(|read| read.blocks.len());
            let broken =
                matches!(result, Err(ExtractError::Crashed | ExtractError::TimedOut(_) | ExtractError::NoWorker(_)));
            assert!(!broken && start.elapsed() < PATIENCE, "{format:?}, variant {variant}: {result:?}");
        }
    }
}

#[test]
fn bombs_are_refused_and_harm_nothing_else() {
    let pool = pool();
    let nested = |open: &str, count: usize| open.repeat(count);
    let long = "A".repeat(80 << 20);
    let entities: String =
        (1..9).map(|level| format!("<!ENTITY e{level} '{}'>", format!("&e{};", level - 1).repeat(10))).collect();
    let laughs = format!(
        "<!DOCTYPE d [<!ENTITY e0 'ha'>{entities}]><w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&e8;</w:t></w:r></w:p></w:body></w:document>"
    );
    let cases: Vec<(&str, Format, Vec<u8>)> = vec![
        ("a part that unpacks without end", Format::Docx, docx(&format!("<w:p><w:r><w:t>{long}</w:t></w:r></w:p>"))),
        ("deep XML", Format::Docx, docx(&nested("<w:tbl><w:tr><w:tc>", 5_000))),
        ("entities of entities", Format::Docx, package(&[("word/document.xml", laughs.as_bytes())])),
        ("a part that unpacks without end", Format::Odt, odt(&long)),
        ("deep XML", Format::Odt, odt(&nested("<text:list><text:list-item>", 5_000))),
        ("deep HTML", Format::Html, nested("<div>", 200_000).into_bytes()),
        ("deep RTF", Format::Rtf, format!("{{\\rtf1{}", nested("{", 200_000)).into_bytes()),
        ("binary data without end", Format::Rtf, b"{\\rtf1\\bin999999999 x}".to_vec()),
        (
            "pages that hold themselves",
            Format::Pdf,
            pdf(&["<</Type/Catalog/Pages 2 0 R>>".into(), "<</Type/Pages/Kids[2 0 R]/Count 9999999>>".into()]),
        ),
        ("deep arrays", Format::Pdf, pdf(&[format!("<</Type/Catalog/Pages {}", nested("[", 200_000))])),
        ("no document at all", Format::Doc, [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[7; 4_000]].concat()),
        ("a package with a password", Format::Docx, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EncryptedPackage".to_vec()),
    ];
    for (what, format, bytes) in cases {
        let start = Instant::now();
        let result = pool.extract(format, &bytes).map(|read| read.blocks.len());
        assert!(result.is_err() && start.elapsed() < PATIENCE, "{what} ({format:?}): {result:?}");
    }
    let html = pool.extract(Format::Html, b"<p>Sound").map(|read| read.blocks.len());
    assert_eq!(html, Ok(1));
}

#[test]
fn a_reader_that_does_not_end_is_ended() {
    // Each form draws the next ten times: a trillion glyphs.
    let form = |next: usize| {
        stream(&format!("/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>"), &"/X Do ".repeat(10))
    };
    let forms: Vec<String> = (6..18).map(form).collect();
    let bytes = pdf_page("/X Do", "/XObject<</X 5 0 R>>", &forms);
    let start = Instant::now();
    let pool = pool();
    let result = pool.extract(Format::Pdf, &bytes).map(|read| read.blocks.len());
    assert!(start.elapsed() < PATIENCE, "{result:?}");
    let html = pool.extract(Format::Html, b"<p>Sound").map(|read| read.blocks.len());
    assert_eq!(html, Ok(1));
}

#[test]
fn archives_are_bounded() {
    let pool = pool();
    let sound = package(&[("a.txt", b"1. One."), ("folder/b.txt", b"2. Two.")]);
    let names: Result<Vec<String>, _> =
        pool.unpack(&sound).map(|files| files.into_iter().map(|(name, _)| name).collect());
    assert_eq!(names, Ok(vec!["a.txt".to_owned(), "folder/b.txt".to_owned()]));
    let bomb = package(&[("a.txt", "A".repeat(80 << 20).as_bytes())]);
    assert!(matches!(pool.unpack(&bomb), Err(ExtractError::TooLarge(_))));
    let names: Vec<String> = (0..10_500).map(|number| number.to_string()).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert!(matches!(pool.unpack(&package(&many)), Err(ExtractError::TooLarge(_))));
    for variant in 0..VARIANTS {
        let result = pool.unpack(&damage(&sound, variant)).map(|files| files.len());
        assert!(
            !matches!(result, Err(ExtractError::Crashed | ExtractError::TimedOut(_) | ExtractError::NoWorker(_))),
            "{result:?}"
        );
    }
}
