//! Countries by code and by name, read from `countries.tsv`: English and Russian names with their variants and forms.
//!
//! Invariant: the table is the only source; code adds no name of its own.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::names::{NameIndex, fold, list, plain, rows};

const TABLE: &str = include_str!("countries.tsv");

/// One country with its names. All names are as printed, without marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3, as in UN symbols ("LAO").
    pub code: &'static str,
    /// The name in common UN use, and the official one.
    pub english: &'static str,
    pub english_official: &'static str,
    /// Further names: informal, former, abbreviated.
    pub english_other: Vec<&'static str>,
    /// Adjectives and names of the people ("Lao", "Laotians").
    pub english_demonyms: Vec<&'static str>,
    pub russian: &'static str,
    pub russian_official: &'static str,
    pub russian_other: Vec<&'static str>,
    /// Declined forms of the Russian names of one word.
    pub russian_forms: Vec<&'static str>,
    pub russian_adjectives: Vec<&'static str>,
}

impl Country {
    /// Returns every English name, the common one first.
    pub fn english_names(&self) -> impl Iterator<Item = &'static str> {
        [self.english, self.english_official].into_iter().chain(self.english_other.iter().copied())
    }

    /// Returns every Russian name in the nominative, the common one first.
    pub fn russian_names(&self) -> impl Iterator<Item = &'static str> {
        [self.russian, self.russian_official].into_iter().chain(self.russian_other.iter().copied())
    }
}

struct Countries {
    all: Vec<Country>,
    by_code: HashMap<&'static str, usize>,
    names: NameIndex,
    adjectives: NameIndex,
}

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| {
    let mut countries = Countries {
        all: Vec::new(),
        by_code: HashMap::new(),
        names: NameIndex::default(),
        adjectives: NameIndex::default(),
    };
    for (entry, row) in rows::<10>(TABLE).enumerate() {
        let [
            code,
            english,
            english_official,
            english_other,
            demonyms,
            russian,
            russian_official,
            other,
            forms,
            adjectives,
        ] = row;
        for name in
            row.iter().enumerate().filter(|(column, _)| ![0, 4, 9].contains(column)).flat_map(|(_, cell)| list(cell))
        {
            countries.names.insert(name, entry);
        }
        for name in list(demonyms) {
            countries.adjectives.insert(name, entry);
        }
        for form in list(adjectives).into_iter().flat_map(adjective_forms) {
            countries.adjectives.insert(&form, entry);
        }
        countries.by_code.insert(code, entry);
        countries.all.push(Country {
            code,
            english: plain(english),
            english_official: plain(english_official),
            english_other: list(english_other).into_iter().map(plain).collect(),
            english_demonyms: list(demonyms),
            russian: plain(russian),
            russian_official: plain(russian_official),
            russian_other: list(other).into_iter().map(plain).collect(),
            russian_forms: list(forms).into_iter().map(plain).collect(),
            russian_adjectives: list(adjectives),
        });
    }
    countries
});

/// Returns the declined forms of a Russian adjective in -ский (the only kind that names of countries make).
fn adjective_forms(nominative: &str) -> Vec<String> {
    let Some(base) = nominative.strip_suffix("ий") else { return vec![nominative.to_owned()] };
    ["ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими"]
        .map(|ending| format!("{base}{ending}"))
        .into()
}

/// Returns every country in the order of the table.
pub fn all() -> &'static [Country] {
    &COUNTRIES.all
}

/// Returns the country of an ISO alpha-3 code, in any case.
pub fn by_code(code: &str) -> Option<&'static Country> {
    let entry = COUNTRIES.by_code.get(code.to_ascii_uppercase().as_str())?;
    COUNTRIES.all.get(*entry)
}

/// Returns the country that is meant by a code or by a whole name in either language, as a filter gives it. Capitals and
/// accents do not count, nor do Russian cases («лаоса»); a longer text that only mentions a country is no name.
pub fn by_name(name: &str) -> Option<&'static Country> {
    let name = name.trim();
    let folded = fold(name);
    by_code(name)
        .or_else(|| {
            all().iter().find(|country| {
                country.english_names().chain(country.russian_names()).any(|candidate| fold(candidate) == folded)
            })
        })
        .or_else(|| match find_in(name).as_slice() {
            [(span, code)] if *span == (0..name.len()) => by_code(code),
            _ => None,
        })
}

/// Returns the countries that a text names, in its order: byte ranges with the code. The longest name wins
/// ("Democratic Republic of the Congo" over "Congo"). Adjectives do not count.
pub fn find_in(text: &str) -> Vec<(Range<usize>, &'static str)> {
    with_codes(COUNTRIES.names.find_in(text))
}

/// As [`find_in`], of running text, where names begin with a capital.
pub(super) fn find_capitalised_in(text: &str) -> Vec<(Range<usize>, &'static str)> {
    with_codes(COUNTRIES.names.find_capitalised(text))
}

/// Returns the adjectives and demonyms of countries in a text ("Lao", «лаосских»), as `find_in` does.
/// An adjective may be of two countries ("Congolese"): the first of the table is given.
pub fn find_adjectives_in(text: &str) -> Vec<(Range<usize>, &'static str)> {
    with_codes(COUNTRIES.adjectives.find_in(text))
}

/// Returns the country of a UN document symbol by the part that is a code ("CRC/C/LAO/CO/2", "E/C.12/CHN-HKG/CO/3":
/// of two codes in one part the last is meant). The first part names the body and never counts.
pub fn in_symbol(symbol: &str) -> Option<&'static Country> {
    symbol
        .split('/')
        .skip(1)
        .find_map(|part| part.split(['-', '_']).rev().filter(|piece| piece.len() == 3).find_map(by_code))
}

fn with_codes(found: Vec<(Range<usize>, usize)>) -> Vec<(Range<usize>, &'static str)> {
    found.into_iter().filter_map(|(span, entry)| Some((span, COUNTRIES.all.get(entry)?.code))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = find_in(text).into_iter().map(|(_, code)| code).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_row_is_whole() {
        let table = TABLE.lines().filter(|line| !line.starts_with('#'));
        for line in table {
            assert_eq!(line.split('\t').count(), 10, "{line}");
            assert!(line.split(['\t', ';']).all(|cell| cell == cell.trim()), "{line}");
        }
        assert_eq!(all().len(), 198);
        let codes: HashSet<_> = all().iter().map(|country| country.code).collect();
        assert_eq!(codes.len(), all().len());
        for country in all() {
            assert!(
                country.code.len() == 3 && country.code.bytes().all(|byte| byte.is_ascii_uppercase()),
                "{country:?}"
            );
            for name in country.english_names() {
                assert!(!name.is_empty() && !name.chars().any(|c| matches!(c, 'а'..='я' | 'А'..='Я')), "{country:?}");
            }
            for name in country.russian_names().chain(country.russian_forms.iter().copied()) {
                assert!(!name.is_empty() && !name.chars().any(|c| c.is_ascii_alphabetic()), "{country:?}");
                assert!(!name.contains(['ё', 'Ё']), "{country:?}");
            }
        }
    }

    #[test]
    fn no_name_means_two_countries() {
        let mut owners = HashMap::new();
        for country in all() {
            for name in
                country.english_names().chain(country.russian_names()).chain(country.russian_forms.iter().copied())
            {
                let owner = owners.insert(fold(name), country.code).filter(|owner| *owner != country.code);
                assert!(owner.is_none() || name == "САР", "{name}: {owner:?} and {}", country.code);
            }
        }
    }

    #[test]
    fn every_name_is_found_as_its_country() {
        for country in all() {
            for name in
                country.english_names().chain(country.russian_names()).chain(country.russian_forms.iter().copied())
            {
                assert_eq!(find_in(name), [(0..name.trim_end_matches(['.', ')']).len(), country.code)], "{name}");
            }
        }
    }

    #[test]
    fn countries_of_titles() {
        check("Visit to the Lao People’s Democratic Republic", &["LAO"]);
        check("Laos (Lao PDR)", &["LAO", "LAO"]);
        check("Доклад о Лаосской Народно-Демократической Республике", &["LAO"]);
        check("дети в Лаосе", &["LAO"]);
        check("Democratic Republic of the Congo and the Congo", &["COD", "COG"]);
        check("Papua New Guinea, Guinea-Bissau and Equatorial Guinea", &["PNG", "GNB", "GNQ"]);
        check("в Соединенных Штатах Америки", &["USA"]);
        check("в Соединённом Королевстве", &["GBR"]);
        check("Кроме того, Комитет", &[]);
        check("Nigeria and the Niger", &["NGA", "NER"]);
        check("COTE D'IVOIRE", &["CIV"]);
        check("the South Sudanese army", &[]);
        check("республика", &[]);
    }

    #[test]
    fn adjectives_are_found_apart() {
        let codes = |text| find_adjectives_in(text).into_iter().map(|(_, code)| code).collect::<Vec<_>>();
        assert_eq!(codes("Lao children and Russian courts"), ["LAO", "RUS"]);
        assert_eq!(codes("лаосских детей"), ["LAO"]);
        assert!(codes("Laos").is_empty());
    }

    #[test]
    fn codes_and_names_of_filters() {
        for (given, code) in [
            ("lao", "LAO"),
            ("Laos", "LAO"),
            ("ЛАОС", "LAO"),
            ("turkiye", "TUR"),
            ("chad", "TCD"),
            ("российская федерация", "RUS"),
        ] {
            assert_eq!(by_name(given).map(|country| country.code), Some(code), "{given}");
        }
        assert_eq!(by_name("Atlantis"), None);
        assert_eq!(by_code("XYZ"), None);
    }

    #[test]
    fn countries_of_symbols() {
        for (symbol, code) in [
            ("CRC/C/LAO/CO/2", Some("LAO")),
            ("CRC/C/OPSC/LAO/CO/1", Some("LAO")),
            ("A/HRC/WG.6/35/LAO/3", Some("LAO")),
            ("E/C.12/CHN-HKG/CO/3", Some("HKG")),
            ("CCPR/C/GC/34", None),
            ("A/HRC/40/51/Add.1", None),
        ] {
            assert_eq!(in_symbol(symbol).map(|country| country.code), code, "{symbol}");
        }
    }
}
