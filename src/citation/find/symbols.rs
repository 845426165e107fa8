//! Symbols of United Nations documents ("CRC/C/LAO/CO/2"), in any letter case.

use super::super::token::{Kind, Text};
use super::{Mention, Mode, Target};

/// What the symbols of the United Nations begin with. Symbols of one letter need a second slash or a long number.
const ORGANS: [&str; 40] = [
    "A", "S", "E", "ST", "T", "CRC", "CCPR", "CEDAW", "CAT", "CERD", "CMW", "CRPD", "CED", "HRI", "DP", "TD", "UNEP",
    "FCCC", "NPT", "ICCD", "CAC", "CTOC", "LC", "ECE", "SPLOS", "HSP", "ID", "PCNICC", "JIU", "BWC", "CD", "DC", "UNW",
    "CERD", "INFCIRC", "APLC", "CCM", "ESCAP", "ISBA", "IT",
];

/// Reads the symbol that starts at a word.
pub(super) fn read(text: &Text<'_>, at: usize, mode: Mode) -> Vec<Mention> {
    read_symbol(text, at, mode).into_iter().collect()
}

fn read_symbol(text: &Text<'_>, at: usize, mode: Mode) -> Option<Mention> {
    if !text.is_mark(at + 1, '/') || !text.is_glued(at + 1) || !text.is_glued(at + 2) {
        return None;
    }
    let organ = text.raw(at).to_ascii_uppercase();
    if !ORGANS.contains(&organ.as_str())
        || at > 0 && text.is_glued(at) && matches!(text.kind(at - 1), Some(Kind::Mark('/' | '.' | '-' | '@')))
    {
        return None;
    }
    if mode == Mode::Document && !text.is_capital(at) {
        return None;
    }
    let mut end = at + 1;
    while end < text.len() && end < at + 48 && text.is_glued(end) {
        let goes_on = match text.kind(end) {
            Some(Kind::Word | Kind::Number) => true,
            Some(Kind::Mark('/' | '.' | '-' | '*')) => {
                text.is_glued(end + 1) && matches!(text.kind(end + 1), Some(Kind::Word | Kind::Number))
            }
            Some(Kind::Mark('(')) => resolution_year(text, end).is_some(),
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += if text.is_mark(end, '(') { 3 } else { 1 };
    }
    let slashes = (at..end).filter(|token| text.is_mark(*token, '/')).count();
    let digits = (at..end).any(|token| text.is_number(token));
    let single = organ.len() == 1;
    let long_number = text.is_number(at + 2) && text.raw(at + 2).len() >= if single { 4 } else { 3 };
    if !digits || slashes < 2 && !long_number {
        return None;
    }
    if !text.raw(end - 1).is_ascii() || (at..end).any(|token| text.is_word(token) && !text.raw(token).is_ascii()) {
        return None;
    }
    let symbol = canonical(text.source.get(text.bytes(at, end))?);
    let after_year = resolution_year(text, end).filter(|_| symbol.contains("/RES/")).unwrap_or(end);
    Some(Mention { from: at, to: after_year, target: Target::Document(symbol) })
}

/// The year or session in brackets after the number of a resolution: "S/RES/1325 (2000)", "A/RES/2200 (XXI)".
fn resolution_year(text: &Text<'_>, at: usize) -> Option<usize> {
    let inner =
        text.is_number(at + 1) && text.raw(at + 1).len() == 4 || super::words::roman(text.raw(at + 1)).is_some();
    (text.is_mark(at, '(') && inner && text.is_mark(at + 2, ')')).then_some(at + 3)
}

/// Returns a symbol in its printed form: capitals, save for "Add.1", "Rev.2", "Corr.1".
pub(in super::super) fn canonical(symbol: &str) -> String {
    let mut written = String::with_capacity(symbol.len());
    for (index, part) in symbol.split('/').enumerate() {
        if index > 0 {
            written.push('/');
        }
        let upper = part.to_ascii_uppercase();
        let title = ["Add", "Rev", "Corr", "Conf", "Res", "Misc", "Amend"].iter().find(|title| {
            !matches!(**title, "Conf" | "Res") && upper.starts_with(&format!("{}.", title.to_ascii_uppercase()))
        });
        match title {
            Some(title) => {
                written.push_str(title);
                written.push_str(upper.get(title.len()..).unwrap_or_default());
            }
            None => written.push_str(&upper),
        }
    }
    written
}

/// Returns the key and kind of what a symbol stands for: resolutions and general comments have keys of their own.
pub(in super::super) fn key_of(symbol: &str) -> String {
    let parts: Vec<&str> = symbol.split('/').collect();
    match parts.as_slice() {
        ["A", "RES", session, number] => format!("GA:{session}/{number}"),
        ["A", "RES", number] => format!("GA:{number}"),
        ["A", "HRC", "RES", session, number] => format!("HRC:{session}/{number}"),
        ["S", "RES", number] => format!("UNSC:{}", number.split('(').next().unwrap_or(number).trim()),
        ["E", "RES", year, number] => format!("ECOSOC:{year}/{number}"),
        [committee @ ("CRC" | "CCPR" | "CAT" | "CMW" | "CRPD" | "CED"), "C", "GC", number] => {
            format!("{committee}:GC{number}")
        }
        ["E", "C.12", "GC", number] => format!("CESCR:GC{number}"),
        ["CEDAW", "C", "GC", number] => format!("CEDAW:GR{number}"),
        ["CERD", "C", "GC", number] => format!("CERD:GR{number}"),
        _ => format!("UN:{symbol}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        let text = Text::new(source);
        let symbols: Vec<String> = (0..text.len())
            .filter_map(|at| read_symbol(&text, at, Mode::Document))
            .map(|mention| match mention.target {
                Target::Document(symbol) => key_of(&symbol),
                _ => String::new(),
            })
            .collect();
        assert_eq!(symbols.join(" "), expected, "{source}");
    }

    #[test]
    fn symbols_are_found_and_written_one_way() {
        check("see CRC/C/Lao/CO/2, and (A/HRC/40/51/Add.1).", "UN:CRC/C/LAO/CO/2 UN:A/HRC/40/51/Add.1");
        check("S/RES/1325 (2000) and A/RES/60/251", "UNSC:1325 GA:60/251");
        check("E/CN.4/1992/17 CCPR/C/21/Rev.1/Add.13", "UN:E/CN.4/1992/17 UN:CCPR/C/21/Rev.1/Add.13");
        check("CRC/C/GC/13 E/C.12/GC/24 CEDAW/C/GC/35", "CRC:GC13 CESCR:GC24 CEDAW:GR35");
        check("and/or s/he A/C TCP/IP 4/5 www.un.org/A/72/1", "");
    }
}
