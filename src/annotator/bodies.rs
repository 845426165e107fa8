//! Bodies by id, by name and by document symbol, read from `bodies.tsv`: treaty bodies, the Human Rights Council and
//! its procedures, UN organs and agencies, regional bodies, well-known organisations.
//!
//! Invariant: the table is the only source; code adds no name of its own.

use std::ops::Range;
use std::sync::LazyLock;

use super::names::{NameIndex, fold, list, plain, rows};

const TABLE: &str = include_str!("bodies.tsv");

/// One body with its names. All names are as printed, without marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The short English name ("CRC", "HRC", "Child Rights Connect").
    pub id: &'static str,
    /// The full name first; empty where the id is the name.
    pub english: Vec<&'static str>,
    pub russian: Vec<&'static str>,
    /// Beginnings of the symbols of its documents ("CRC/C/").
    pub symbols: Vec<&'static str>,
    /// Id of the body of which it is a part or under which it reports.
    pub parent: Option<&'static str>,
}

impl Body {
    /// Returns the full English name, or the id where there is none.
    pub fn name(&self) -> &'static str {
        self.english.first().copied().unwrap_or(self.id)
    }
}

struct Bodies {
    all: Vec<Body>,
    names: NameIndex,
}

static BODIES: LazyLock<Bodies> = LazyLock::new(|| {
    let mut bodies = Bodies { all: Vec::new(), names: NameIndex::default() };
    for (entry, [id, english, russian, symbols, parent]) in rows::<5>(TABLE).enumerate() {
        for name in list(english).into_iter().chain(list(russian)) {
            bodies.names.insert(name, entry);
        }
        bodies.all.push(Body {
            id,
            english: list(english).into_iter().map(plain).collect(),
            russian: list(russian).into_iter().map(plain).collect(),
            symbols: list(symbols),
            parent: (!parent.is_empty()).then_some(parent),
        });
    }
    bodies
});

/// Returns every body in the order of the table.
pub fn all() -> &'static [Body] {
    &BODIES.all
}

/// Returns the body of a short name, in any case.
pub fn by_code(id: &str) -> Option<&'static Body> {
    all().iter().find(|body| body.id.eq_ignore_ascii_case(id))
}

/// Returns the body that is meant by an id or by a whole name in either language, as a filter gives it; a court also
/// without the word ("ECHR", which in a text is the Convention).
pub fn by_name(name: &str) -> Option<&'static Body> {
    let name = name.trim();
    let folded = fold(name);
    let court = fold(&format!("{name} Court"));
    let called = |name: &str| {
        all().iter().find(|body| body.english.iter().chain(&body.russian).any(|known| fold(known) == name))
    };
    by_code(name).or_else(|| called(&folded)).or_else(|| called(&court)).or_else(|| match find_in(name).as_slice() {
        [(span, id)] if *span == (0..name.len()) => by_code(id),
        _ => None,
    })
}

/// Returns the bodies that a text names, in its order: byte ranges with the id. The longest name wins.
pub fn find_in(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let found = BODIES.names.find_in(text);
    found.into_iter().filter_map(|(span, entry)| Some((span, BODIES.all.get(entry)?.id))).collect()
}

/// Returns the body that issued a document by the beginning of its symbol; the longest known beginning wins
/// ("A/HRC/WG.6/35/LAO/3" is of the UPR working group, "A/HRC/40/51" of the Council, "A/72/1" of the Assembly).
pub fn by_symbol(symbol: &str) -> Option<&'static Body> {
    let symbol = symbol.trim().to_ascii_uppercase();
    all()
        .iter()
        .flat_map(|body| body.symbols.iter().map(move |prefix| (prefix, body)))
        .filter(|(prefix, _)| symbol.starts_with(&prefix.to_ascii_uppercase()))
        .max_by_key(|(prefix, _)| prefix.len())
        .map(|(_, body)| body)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = find_in(text).into_iter().map(|(_, id)| id).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_row_is_whole() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 5, "{line}");
            assert!(line.split(['\t', ';']).all(|cell| cell == cell.trim()), "{line}");
        }
        assert!(all().len() > 100);
        let mut owners = HashMap::new();
        for body in all() {
            assert!(!body.id.is_empty());
            assert!(body.parent.is_none_or(|parent| by_code(parent).is_some()), "{body:?}");
            for key in
                body.symbols.iter().copied().map(fold).chain(body.english.iter().chain(&body.russian).map(|n| fold(n)))
            {
                let owner = owners.insert(key.clone(), body.id).filter(|owner| *owner != body.id);
                assert_eq!(owner, None, "{key} of {}", body.id);
            }
            assert!(body.english.iter().all(|name| !name.chars().any(|c| matches!(c, 'а'..='я'))), "{body:?}");
            assert!(body.russian.iter().all(|name| !name.contains('ё')), "{body:?}");
        }
        let ids: HashMap<_, _> = all().iter().map(|body| (fold(body.id), body)).collect();
        assert_eq!(ids.len(), all().len());
    }

    #[test]
    fn every_name_is_found_as_its_body() {
        for body in all() {
            for name in body.english.iter().chain(&body.russian) {
                assert_eq!(find_in(name), [(0..name.trim_end_matches('.').len(), body.id)], "{name}");
            }
        }
    }

    #[test]
    fn bodies_of_texts() {
        check("the Committee on the Rights of the Child", &["CRC"]);
        check("Комитета по правам ребенка", &["CRC"]);
        check("Комитетом по правам человека", &["CCPR"]);
        check("Совету ООН по правам человека", &[]);
        check("Совету по правам человека", &["HRC"]);
        check("Управления Верховного комиссара Организации Объединённых Наций по правам человека", &["OHCHR"]);
        check("доклад УВКПЧ и ЮНИСЕФ", &["OHCHR", "UNICEF"]);
        check("European Court of Human Rights", &["ECtHR"]);
        check("who said it", &[]);
        check("Article 19 of the Covenant", &[]);
    }

    #[test]
    fn bodies_of_symbols() {
        for (symbol, id) in [
            ("CRC/C/LAO/CO/2", "CRC"),
            ("CCPR/C/GC/34", "CCPR"),
            ("E/C.12/CHN-HKG/CO/3", "CESCR"),
            ("E/CN.4/2003/65", "CHR"),
            ("E/CN.4/Sub.2/1999/1", "Sub-Commission"),
            ("E/2015/1", "ECOSOC"),
            ("A/HRC/40/51/Add.1", "HRC"),
            ("A/HRC/WG.6/35/LAO/3", "UPR"),
            ("a/hrc/wgad/2020/1", "WGAD"),
            ("A/72/1", "GA"),
            ("S/RES/1325", "SC"),
        ] {
            assert_eq!(by_symbol(symbol).map(|body| body.id), Some(id), "{symbol}");
        }
        assert_eq!(by_symbol("nonsense"), None);
    }

    #[test]
    fn ids_and_names_of_filters() {
        for (given, id) in [
            ("crc", "CRC"),
            ("unicef", "UNICEF"),
            ("комитет против пыток", "CAT"),
            ("ECHR", "ECtHR"),
            ("Human Rights Council", "HRC"),
        ] {
            assert_eq!(by_name(given).map(|body| body.id), Some(id), "{given}");
        }
    }
}
