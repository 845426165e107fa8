//! PDF to blocks, by layout: glyphs -> rows -> furniture and footnotes apart -> flows -> paragraphs -> blocks.
//!
//! Invariant: text is never flattened before its layout is read, and every printed row ends in exactly one block.

mod blocks;
mod contents;
mod device;
mod font;
mod furniture;
mod hyphen;
mod layout;
mod line;
mod note;
mod page;
mod paragraph;
mod row;
#[cfg(test)]
mod tests;
mod typed;

use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, TransformExt, interpret_page};

use self::device::{Collector, PageInk, settings};
use self::font::Styles;
use super::ExtractError;
use crate::document::{Extracted, Properties};

/// Files with more pages are refused.
const MAX_PAGES: usize = 20_000;
/// Glyphs without a character, in hundredths of all, from which a file needs OCR, and from which its user is warned.
const UNREADABLE_SHARE: usize = 40;
const WARNING_SHARE: usize = 2;

/// Returns the blocks of a PDF in reading order, with pages; none for a scan and for fonts that do not tell their
/// characters.
///
/// # Errors
/// `Encrypted` where a password is needed, `Damaged` where no pages can be found, `TooLarge` past 20,000 pages.
pub fn extract(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ExtractError::Encrypted,
        LoadPdfError::Invalid => ExtractError::Damaged("no pages can be found in it".to_owned()),
    })?;
    let pages = read_pages(&pdf)?;
    let Some(mut warnings) = judge_text(&pages) else {
        return Ok(Extracted { properties: properties(&pdf), is_scan: true, ..Extracted::default() });
    };
    let blocks = blocks::blocks(&pages);
    if blocks.is_empty() {
        warnings.push("no text was found on its pages".to_owned());
    }
    if !has_end(bytes) {
        warnings.push("its end is missing, what is left was read (download it again)".to_owned());
    }
    Ok(Extracted { blocks, properties: properties(&pdf), is_scan: false, warnings })
}

/// Bytes at the end of a file in which its end mark stands; some programs append a little.
const END: usize = 4096;

/// Whether a file ends as a PDF does. One that was cut off is mended as far as its pages go, and must not pass for whole.
fn has_end(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(END)..).unwrap_or(bytes);
    memchr::memmem::find(tail, b"%%EOF").is_some()
}

fn read_pages(pdf: &Pdf) -> Result<Vec<PageInk>, ExtractError> {
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(ExtractError::Damaged("it has no pages".to_owned()));
    }
    if pages.len() > MAX_PAGES {
        return Err(ExtractError::TooLarge(format!("{} pages, {MAX_PAGES} at most (split it)", pages.len())));
    }
    let cache = InterpreterCache::new();
    let mut styles = Styles::new(settings());
    let mut ink = Vec::with_capacity(pages.len());
    for page in pages.iter() {
        let (width, height) = page.render_dimensions();
        let transform = page.initial_transform(true).to_kurbo();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(transform, bounds, &cache, pdf.xref(), settings());
        let mut collector = Collector::new(&mut styles, page.resources().clone(), width, height);
        interpret_page(page, &mut context, &mut collector);
        ink.push(collector.finish());
    }
    Ok(ink)
}

/// Returns warnings about pages and glyphs without text, or `None` where there is no text at all.
fn judge_text(pages: &[PageInk]) -> Option<Vec<String>> {
    let known: usize = pages.iter().map(|page| page.glyphs.len()).sum();
    let unknown: usize = pages.iter().map(|page| page.unknown).sum();
    let share = unknown * 100 / (known + unknown).max(1);
    if known == 0 || share >= UNREADABLE_SHARE || is_garbled(pages) {
        return None;
    }
    let mut warnings = Vec::new();
    let bare = pages.iter().filter(|page| page.glyphs.len() < 4 && page.images > 0).count();
    match bare {
        0 => {}
        1 => warnings.push("1 page has no text layer (run OCR on it)".to_owned()),
        _ => warnings.push(format!("{bare} pages have no text layer (run OCR on them)")),
    }
    if share >= WARNING_SHARE {
        warnings.push(format!("{share} in 100 characters cannot be read from its fonts (run OCR on it)"));
    }
    Some(warnings)
}

/// Whether signs stand where letters should: fonts that call Cyrillic letters by the names of other characters give
/// words like "Ij_klmie_gb_".
fn is_garbled(pages: &[PageInk]) -> bool {
    let (mut printed, mut signs) = (0usize, 0usize);
    for c in pages.iter().flat_map(|page| page.text.chars()).filter(|c| !c.is_whitespace()) {
        printed += 1;
        signs += usize::from("[]\\^_`{}|~<>".contains(c));
    }
    // In prose, laws and tables they are fewer than one in a hundred.
    signs * 16 > printed
}

fn properties(pdf: &Pdf) -> Properties {
    let metadata = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(decode_text).filter(|text| !text.is_empty());
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let language = catalog.and_then(|catalog| catalog.get::<PdfString<'_>>(b"Lang"));
    Properties {
        title: text(&metadata.title),
        author: text(&metadata.author),
        subject: text(&metadata.subject),
        created: metadata
            .creation_date
            .as_ref()
            .filter(|date| (1..=12).contains(&date.month) && (1..=31).contains(&date.day))
            .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)),
        language: language.map(|tag| decode_text(tag.as_bytes())).filter(|tag| !tag.is_empty()),
    }
}

/// Decodes a text string: UTF-16 or UTF-8 by its mark (ISO 32000-2, 7.9.2.2), else Latin, else Cyrillic of Windows,
/// which old Russian programs write without leave.
fn decode_text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                let high = bytes.iter().filter(|byte| **byte >= 0xc0).count();
                let cyrillic = high * 3 > bytes.len();
                let encoding = if cyrillic { encoding_rs::WINDOWS_1251 } else { encoding_rs::WINDOWS_1252 };
                encoding.decode_without_bom_handling(bytes).0.into_owned()
            }
        },
    };
    text.replace(|c: char| c.is_control(), " ").trim().to_owned()
}
