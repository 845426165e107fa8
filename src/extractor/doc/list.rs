//! Lists and how their levels are numbered ([MS-DOC], 2.9.131 to 2.9.150).

use super::file::{File, Table, long, short};
use crate::extractor::numbering::{LEVELS, Level, List, Numbering};

/// Bytes of a list, of a use of a list, of a level before its own tables.
const LIST: usize = 28;
const USE: usize = 16;
const LEVEL: usize = 28;

/// Reads the lists of a file, as far as they are sound; uses are named by their numbers from 1.
pub(super) fn read(file: &File) -> Numbering {
    let mut numbering = Numbering::default();
    read_lists(file.table(Table::Lists), file.after_table(Table::Lists), &mut numbering);
    read_uses(file.table(Table::ListUses), &mut numbering);
    numbering
}

fn read_lists(table: &[u8], mut levels: &[u8], numbering: &mut Numbering) {
    let count = short(table, 0).map_or(0, usize::from);
    for index in 0..count {
        let at = 2 + LIST * index;
        let (Some(id), Some(flags)) = (long(table, at), table.get(at + 26)) else { break };
        let mut of_list: [Level; LEVELS] = Default::default();
        let simple = flags & 1 != 0;
        for slot in of_list.iter_mut().take(if simple { 1 } else { LEVELS }) {
            let Some((level, rest)) = read_level(levels) else { break };
            *slot = level;
            levels = rest;
        }
        numbering.abstracts.insert(id.to_string(), of_list);
    }
}

/// Returns a level and the bytes after it.
fn read_level(bytes: &[u8]) -> Option<(Level, &[u8])> {
    let start = long(bytes, 0)?;
    let format = *bytes.get(4)?;
    let flags = *bytes.get(5)?;
    let tables = usize::from(*bytes.get(24)?) + usize::from(*bytes.get(25)?);
    let restart_limit = *bytes.get(26)?;
    let at = LEVEL + tables;
    let length = usize::from(short(bytes, at)?);
    let pattern: Vec<u16> =
        bytes.get(at + 2..at + 2 + 2 * length)?.chunks_exact(2).filter_map(|pair| short(pair, 0)).collect();
    let level = Level {
        start: i64::from(start as i32),
        format: name_of(format).to_owned(),
        text: pattern_text(&pattern),
        legal: flags & 0x04 != 0,
        runs_on: flags & 0x08 != 0 && restart_limit == 0,
        style: None,
    };
    Some((level, bytes.get(at + 2 + 2 * length..)?))
}

/// Returns a pattern in the form "%1.": the file has the levels' numbers from 0 as characters.
fn pattern_text(units: &[u16]) -> String {
    let mut text = String::new();
    for c in char::decode_utf16(units.iter().copied()).flatten() {
        match u32::from(c) {
            level @ 0..=8 => text.push_str(&format!("%{}", level + 1)),
            _ => text.push(c),
        }
    }
    text
}

/// Returns the name of a number format that [`Numbering`] knows ([MS-OSHARED], 2.2.1.3).
fn name_of(format: u8) -> &'static str {
    match format {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        22 => "decimalZero",
        23 => "bullet",
        58 => "russianLower",
        59 => "russianUpper",
        255 => "none",
        _ => "decimal",
    }
}

fn read_uses(table: &[u8], numbering: &mut Numbering) {
    let count = long(table, 0).and_then(|count| usize::try_from(count).ok()).unwrap_or(0).min(table.len() / USE);
    let mut data = table.get(4 + USE * count..).unwrap_or(&[]);
    for index in 0..count {
        let at = 4 + USE * index;
        let (Some(id), Some(overrides)) = (long(table, at), table.get(at + 12)) else { break };
        let mut list = List::default();
        list.abstract_id = id.to_string();
        // Each use has a place in the text before what it overrides.
        data = data.get(4..).unwrap_or(&[]);
        for _ in 0..*overrides {
            let Some(rest) = read_override(data, &mut list) else { break };
            data = rest;
        }
        numbering.lists.insert((index + 1).to_string(), list);
    }
}

/// Reads what a use of a list has of its own on one level and returns the bytes after it.
fn read_override<'b>(bytes: &'b [u8], list: &mut List) -> Option<&'b [u8]> {
    let (start, flags) = (long(bytes, 0)?, long(bytes, 4)?);
    let at = (flags & 0x0f) as usize;
    let mut rest = bytes.get(8..)?;
    let (starts, formats) = (flags & 0x10 != 0, flags & 0x20 != 0);
    if formats {
        let (level, after) = read_level(rest)?;
        rest = after;
        if starts {
            list.starts.insert(at, level.start);
        }
        list.levels.insert(at, level);
    } else if starts {
        list.starts.insert(at, i64::from(start as i32));
    }
    Some(rest)
}
