//! How a word differs from its stem, by number, and where this is kept: beside the place of the stem in the index.
//!
//! Exact words need no lists of their own then. A list of stems tells in which form each of them is written, so that
//! the units of a word are those of its stem at the places marked with its ending.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::language_of;
use crate::document::Language;

/// Bits of a marked place that tell the ending; the place is in those above.
const BITS: u32 = 7;
/// Number of all endings that are not in the list. A word with such an ending is a term of its own as well.
const OTHER: u8 = (1 << BITS) - 1;
/// Words behind which no place is told apart: no text that is read has as many, and a marked place must fit.
const FARTHEST: usize = 1 << 24;

/// Numbers of endings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Endings(u128);

impl Endings {
    /// Returns the ending of a number; `None` for that of endings that are not in the list.
    pub(super) fn of_number(number: u8) -> Option<Endings> {
        (number != OTHER).then_some(Endings(1 << number))
    }

    /// Returns the endings that are in either.
    pub fn or(self, other: Endings) -> Endings {
        Endings(self.0 | other.0)
    }

    /// Whether some ending is in both.
    pub fn meet(self, other: Endings) -> bool {
        self.0 & other.0 != 0
    }

    fn hold(self, number: u32) -> bool {
        self.0 >> number & 1 == 1
    }
}

/// Returns the number of the ending by which a word differs from its stem, [`OTHER`] for one that is not in the list.
pub(super) fn number(stem: &str, exact: &str) -> u8 {
    if stem == exact {
        return 0;
    }
    let lists = Lists::get();
    let list = if language_of(stem) == Some(Language::RUSSIAN) { &lists.cyrillic } else { &lists.latin };
    list.get(&difference(stem, exact)).copied().unwrap_or(OTHER)
}

/// Returns how many letters of a stem fall away in one of its words, and what follows: of "parti" and "party" 1 and "y".
pub fn difference<'w>(stem: &str, exact: &'w str) -> (usize, &'w str) {
    let same = stem.chars().zip(exact.chars()).take_while(|(left, right)| left == right);
    let (letters, bytes) = same.fold((0, 0), |(letters, bytes), (letter, _)| (letters + 1, bytes + letter.len_utf8()));
    (stem.chars().count() - letters, exact.get(bytes..).unwrap_or_default())
}

/// Whether words with this ending are terms of their own.
pub(super) fn is_other(number: u8) -> bool {
    number == OTHER
}

/// Returns a place with the ending of the word that stands there, as it is kept in the index.
pub(super) fn mark(place: usize, number: u8) -> usize {
    place.min(FARTHEST) << BITS | usize::from(number)
}

/// Leaves the places whose ending is among those wanted (all of them where none is named), without their marks. Returns
/// the endings that stand there.
pub(crate) fn unmark(places: &mut Vec<u32>, wanted: Option<Endings>) -> Endings {
    if let Some(wanted) = wanted {
        places.retain(|marked| wanted.hold(marked & u32::from(OTHER)));
    }
    let mut there = 0;
    for place in places {
        there |= 1 << (*place & u32::from(OTHER));
        *place >>= BITS;
    }
    Endings(there)
}

struct Lists {
    latin: FxHashMap<(usize, &'static str), u8>,
    cyrillic: FxHashMap<(usize, &'static str), u8>,
}

impl Lists {
    fn get() -> &'static Lists {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(|| {
            let mut lists = Lists { latin: FxHashMap::default(), cyrillic: FxHashMap::default() };
            let rows = include_str!("data/endings.txt").lines().filter(|line| !line.starts_with('#'));
            let mut list = &mut lists.latin;
            for entry in rows.flat_map(str::split_whitespace) {
                match entry {
                    "latin" => list = &mut lists.latin,
                    "cyrillic" => list = &mut lists.cyrillic,
                    _ => {
                        let number = u8::try_from(list.len() + 1).unwrap_or(OTHER);
                        list.insert(parted(entry), number);
                    }
                }
            }
            lists
        })
    }
}

/// Returns how many letters of the stem fall away, and what follows: "-1y" gives 1 and "y".
fn parted(entry: &'static str) -> (usize, &'static str) {
    let Some(rest) = entry.strip_prefix('-') else { return (0, entry) };
    let letters = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let cut = rest.len() - letters.len();
    (rest.get(..cut).and_then(|cut| cut.parse().ok()).unwrap_or(0), letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_of_the_list_has_a_number_of_its_own() {
        let lists = Lists::get();
        for list in [&lists.latin, &lists.cyrillic] {
            let mut numbers: Vec<u8> = list.values().copied().collect();
            numbers.sort_unstable();
            assert_eq!(numbers, (1..OTHER).collect::<Vec<u8>>(), "twice the same entry, or not 126 of them");
        }
    }

    #[test]
    fn words_of_a_stem_have_different_numbers() {
        let forms = [
            ("birth", &["birth", "births", "birthed", "birthing"][..]),
            ("parti", &["parti", "party", "parties", "partying"]),
            ("прав", &["прав", "права", "праву", "правами", "право"]),
            ("человек", &["человек", "люди", "людей", "человека"]),
            ("mother", &["mother", "mothers"]),
        ];
        for (stem, words) in forms {
            let mut numbers: Vec<u8> = words.iter().map(|word| number(stem, word)).collect();
            assert!(!numbers.contains(&OTHER), "{stem}: {numbers:?}");
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len(), words.len(), "{stem}");
        }
        assert_eq!(number("birth", "births"), number("mother", "mothers"));
        for (stem, word) in [("birth", "birthright"), ("go", "went"), ("прав", "s"), ("прав", "правозащитница")]
        {
            assert_eq!(number(stem, word), OTHER, "{word}");
            assert_eq!(Endings::of_number(number(stem, word)), None, "{word}");
        }
    }

    #[test]
    fn places_come_back_by_ending() {
        let marked = |place, word| mark(place, number("birth", word)) as u32;
        let places = [marked(0, "birth"), marked(3, "births"), marked(FARTHEST, "birth"), marked(usize::MAX, "births")];
        let of = |words: &[&str]| {
            let endings = words.iter().filter_map(|word| Endings::of_number(number("birth", word))).reduce(Endings::or);
            let mut places = places.to_vec();
            let there = unmark(&mut places, endings);
            assert!(endings.is_none_or(|endings| there.meet(endings)));
            places
        };
        let far = FARTHEST as u32;
        assert_eq!(of(&["birth"]), [0, far]);
        assert_eq!(of(&["births"]), [3, far]);
        assert_eq!(of(&["birth", "births"]), [0, 3, far, far]);
        assert_eq!(of(&[]), [0, 3, far, far]);
    }
}
