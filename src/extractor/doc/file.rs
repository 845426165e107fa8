//! The streams of a Word file and the tables that its information block points to ([MS-DOC], 2.5).

use std::io::Cursor;
use std::ops::Range;

use office_oxide::cfb::{CfbReader, read_document_properties};

use crate::document::Properties;
use crate::extractor::ExtractError;

/// The information block of Word 97 and later.
const MAGIC: u16 = 0xa5ec;
const WORD_97: u16 = 0x00c1;
/// Where the lengths of the parts of the text and the offsets of tables stand in the information block.
const COUNTS: usize = 0x40;
const TABLES: usize = 0x9a;
/// Characters of a document at most.
const MAX_CHARACTERS: usize = 64 << 20;

/// Tables by their place in the information block ([MS-DOC], 2.5.6).
#[derive(Debug, Clone, Copy)]
pub(super) enum Table {
    Styles = 1,
    FootnoteReferences = 2,
    FootnoteTexts = 3,
    CharacterRuns = 12,
    ParagraphRuns = 13,
    Pieces = 33,
    EndnoteReferences = 46,
    EndnoteTexts = 47,
    Lists = 73,
    ListUses = 74,
}

/// Parts of the text, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Main = 0,
    Footnotes = 1,
    Headers = 2,
    Endnotes = 5,
    TextBoxes = 6,
}

/// A character as the file holds it, and its offset, by which its formatting is found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub code: u16,
    pub offset: u32,
}

/// A Word file taken apart.
#[derive(Debug)]
pub(super) struct File {
    pub main: Vec<u8>,
    table: Vec<u8>,
    /// All characters of all parts.
    pub units: Vec<Unit>,
    counts: [usize; 8],
    pub properties: Properties,
}

impl File {
    /// Opens a file; `None` where it is older than Word 97 or its tables cannot be found.
    ///
    /// # Errors
    /// `Encrypted`.
    pub fn open(bytes: &[u8]) -> Result<Option<File>, ExtractError> {
        let Ok(mut reader) = CfbReader::new(Cursor::new(bytes)) else { return Ok(None) };
        let Ok(main) = reader.open_stream("WordDocument") else { return Ok(None) };
        if short(&main, 0) != Some(MAGIC) || short(&main, 2).is_none_or(|version| version < WORD_97) {
            return Ok(None);
        }
        let flags = short(&main, 10).unwrap_or(0);
        if flags & 0x0100 != 0 {
            return Err(ExtractError::Encrypted);
        }
        let name = if flags & 0x0200 != 0 { "1Table" } else { "0Table" };
        let Ok(table) = reader.open_stream(name) else { return Ok(None) };
        let mut counts = [0; 8];
        for (at, count) in counts.iter_mut().enumerate() {
            *count = long(&main, COUNTS + 4 * (3 + at)).and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
        }
        let properties = properties(&mut reader);
        let mut file = File { main, table, units: Vec::new(), counts, properties };
        file.units = file.read_pieces().unwrap_or_default();
        Ok((!file.units.is_empty()).then_some(file))
    }

    /// Returns the bytes of a table; empty where there is none.
    pub fn table(&self, table: Table) -> &[u8] {
        let range = self.table_range(table).unwrap_or(0..0);
        self.table.get(range).unwrap_or(&[])
    }

    /// Returns what follows a table.
    pub fn after_table(&self, table: Table) -> &[u8] {
        let end = self.table_range(table).map_or(self.table.len(), |range| range.end);
        self.table.get(end..).unwrap_or(&[])
    }

    fn table_range(&self, table: Table) -> Option<Range<usize>> {
        let at = TABLES + 8 * table as usize;
        let start = usize::try_from(long(&self.main, at)?).ok()?;
        let length = usize::try_from(long(&self.main, at + 4)?).ok()?;
        (length > 0).then_some(start..start.checked_add(length)?)
    }

    /// Returns the places of a part's characters.
    pub fn part(&self, part: Part) -> Range<usize> {
        let part = part as usize;
        let start: usize = self.counts.iter().take(part).fold(0, |sum, count| sum.saturating_add(*count));
        let end = start.saturating_add(self.counts.get(part).copied().unwrap_or(0));
        start.min(self.units.len())..end.min(self.units.len())
    }

    /// Reads the pieces of which the text is put together ([MS-DOC], 2.8.35).
    fn read_pieces(&self) -> Option<Vec<Unit>> {
        let mut rest = self.table(Table::Pieces);
        while rest.first() == Some(&1) {
            let length = usize::from(short(rest, 1)?);
            rest = rest.get(3 + length..)?;
        }
        let plc = (rest.first() == Some(&2)).then(|| rest.get(5..)).flatten()?;
        let count = plc.len().checked_sub(4)? / 12;
        let mut units = Vec::new();
        for index in 0..count {
            let (start, end) = (long(plc, 4 * index)?, long(plc, 4 * index + 4)?);
            let length = usize::try_from(end.checked_sub(start)?).ok()?;
            let place = long(plc, 4 * (count + 1) + 8 * index + 2)?;
            let (start, width) = if place & 0x4000_0000 != 0 { ((place & 0x3fff_ffff) / 2, 1) } else { (place, 2) };
            let from = usize::try_from(start).ok()?;
            let bytes = self.main.get(from..from.checked_add(length.checked_mul(width)?)?)?;
            if units.len() + length > MAX_CHARACTERS {
                return None;
            }
            let offset = |index: usize| start + (index * width) as u32;
            match width {
                1 => {
                    let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0;
                    let codes = text.chars().map(|c| u16::try_from(u32::from(c)).unwrap_or(0));
                    units.extend(codes.enumerate().map(|(index, code)| Unit { code, offset: offset(index) }));
                }
                _ => {
                    let codes = bytes.chunks_exact(2).map(|pair| short(pair, 0).unwrap_or(0));
                    units.extend(codes.enumerate().map(|(index, code)| Unit { code, offset: offset(index) }));
                }
            }
        }
        Some(units)
    }
}

fn properties<R: std::io::Read + std::io::Seek>(reader: &mut CfbReader<R>) -> Properties {
    let Some(read) = read_document_properties(reader) else { return Properties::default() };
    let text = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Properties {
        title: text(read.title),
        author: text(read.author),
        subject: text(read.subject),
        created: read.created.and_then(|date| date.get(..10).map(str::to_owned)),
        language: None,
    }
}

/// Returns two bytes at an offset, little end first.
pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// Returns four bytes at an offset, little end first.
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}
