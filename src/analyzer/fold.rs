//! A word as it stands to the word as it is compared: compatibility forms, stress marks, look-alikes, case, yo.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters that look the same in both scripts: Latin, Cyrillic, in lower case and in capitals where only these look alike.
const LOOK_ALIKES: [(char, char); 22] = [
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('k', 'к'),
    ('i', 'і'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
];

fn is_cyrillic(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}')
}

/// Whether a letter belongs to the Latin script.
pub(super) fn is_latin(character: char) -> bool {
    character.is_ascii_alphabetic()
        || matches!(character, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if character.is_alphabetic())
}

/// Returns the word in the form that is called exact: NFKC without marks of stress, in one script, lower case.
pub(super) fn exact(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    let normal: String = without_stress(word).nfkc().filter(|c| c.is_alphanumeric() || is_combining_mark(*c)).collect();
    let mended = mend_look_alikes(&normal);
    let lower = mended.to_lowercase();
    let folded: String = lower.chars().filter_map(fold_letter).collect();
    if folded.is_empty() { lower } else { folded }
}

/// Drops acute and grave where they mark the stress of a Russian word; everywhere else marks make letters.
fn without_stress(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut cyrillic = false;
    word.chars().filter(move |character| {
        let stress = matches!(character, '\u{300}' | '\u{301}') && cyrillic;
        if !is_combining_mark(*character) {
            cyrillic = is_cyrillic(*character);
        }
        !stress
    })
}

/// Letters that are written in two ways within one language: yo, the forms of alef, the final sigma. Arabic vowel
/// signs and the tatweel are written or left out at will.
fn fold_letter(character: char) -> Option<char> {
    match character {
        'ё' => Some('е'),
        'ς' => Some('σ'),
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' => Some('ي'),
        'ة' => Some('ه'),
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => None,
        other => Some(other),
    }
}

/// Brings a word of mixed script into one where every foreign letter has a look-alike; other words stay as they are.
fn mend_look_alikes(word: &str) -> String {
    let cyrillic = word.chars().filter(|c| is_cyrillic(*c)).count();
    let latin = word.chars().filter(|c| is_latin(*c)).count();
    if cyrillic == 0 || latin == 0 {
        return word.to_owned();
    }
    let to_cyrillic = |c: char| LOOK_ALIKES.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    let to_latin = |c: char| LOOK_ALIKES.iter().find(|(_, from)| *from == c).map(|(to, _)| *to);
    let cyrillic_possible = word.chars().all(|c| !is_latin(c) || to_cyrillic(c).is_some());
    let latin_possible = word.chars().all(|c| !is_cyrillic(c) || to_latin(c).is_some());
    if cyrillic_possible && (cyrillic >= latin || !latin_possible) {
        word.chars().map(|c| to_cyrillic(c).unwrap_or(c)).collect()
    } else if latin_possible {
        word.chars().map(|c| to_latin(c).unwrap_or(c)).collect()
    } else {
        word.to_owned()
    }
}

/// Returns a Latin or Greek word without accents; other scripts are left alone, their marks make letters.
pub(super) fn without_accents(word: &str) -> String {
    if word.is_ascii() || !word.chars().any(|c| is_latin(c) || matches!(c, '\u{370}'..='\u{3ff}')) {
        return word.to_owned();
    }
    let mut letters = String::with_capacity(word.len());
    for character in word.nfd().filter(|c| !is_combining_mark(*c)) {
        match character {
            'ß' => letters.push_str("ss"),
            'æ' => letters.push_str("ae"),
            'œ' => letters.push_str("oe"),
            'ø' => letters.push('o'),
            'ł' => letters.push('l'),
            'đ' => letters.push('d'),
            'ı' => letters.push('i'),
            other => letters.push(other),
        }
    }
    letters
}

/// Returns the one spelling under which British and American forms of an English word are indexed.
///
/// "-ize" and "-yze" become "-ise" and "-yse": in this direction no list of exceptions is needed ("sise" and "prise"
/// harm nobody, while "exercize" would). Other pairs ("labour", "centre") are data.
pub(super) fn american(word: String) -> String {
    let word = variant(&word).unwrap_or(word);
    const ENDINGS: [&str; 12] =
        ["ize", "ized", "izes", "izer", "izers", "izing", "ization", "izations", "yze", "yzed", "yzes", "yzing"];
    let Some(at) = word.rfind('z') else { return word };
    let (head, tail) = word.split_at(at);
    let Some(vowel) = head.char_indices().next_back() else { return word };
    let ending = &word[vowel.0..];
    if vowel.0 >= 2 && ENDINGS.contains(&ending) {
        format!("{head}s{}", tail.get(1..).unwrap_or_default())
    } else {
        word
    }
}

/// Beginnings of British words with their American forms.
fn spellings() -> &'static FxHashMap<&'static str, &'static str> {
    static PAIRS: OnceLock<FxHashMap<&str, &str>> = OnceLock::new();
    PAIRS.get_or_init(|| {
        include_str!("data/spellings.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .collect()
    })
}

/// Returns the first letters of American words that begin otherwise than the British ones, and those of these.
pub(super) fn changed_initials() -> impl Iterator<Item = (char, char)> {
    let firsts = |(british, american): (&&str, &&str)| Some((american.chars().next()?, british.chars().next()?));
    spellings().iter().filter_map(firsts).filter(|(american, british)| american != british)
}

/// Replaces the beginning of a British word by its American form.
fn variant(word: &str) -> Option<String> {
    let pairs = spellings();
    word.char_indices()
        .map(|(at, character)| at + character.len_utf8())
        .rev()
        .filter(|end| *end >= 4)
        .find_map(|end| pairs.get(word.get(..end)?).map(|american| format!("{american}{}", &word[end..])))
}

pub(super) fn comparable(text: &str) -> String {
    let lower: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for character in lower.chars() {
        if character.is_alphanumeric() {
            folded.push(if character == 'ё' { 'е' } else { character });
        } else if !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}
