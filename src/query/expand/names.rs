//! Names across scripts: "Bachelet" and «Бачелет» have one skeleton.
//!
//! Invariant: a skeleton says how a name may sound, never what a word means; whoever matches by it must know that the
//! word is likely a name, and grade what is found with [`likeness`].
//!
//! Vowels and soft signs are dropped, consonants fall into ten classes. Latin letters are read in many ways ("ch" as in
//! Bachelet, Bach or Chirac; "j" as in John, Jerez or Jan), so that a Latin name has several skeletons and a Russian one
//! mostly a single one; two names match when they share one.

mod likeness;
mod sounds;

use std::collections::BTreeSet;

pub use likeness::likeness;
pub use sounds::Sounds;

/// Skeletons of one word that are followed.
const MOST_SKELETONS: usize = 48;
/// Letters of a name that are read. Longer words are no names.
const LONGEST: usize = 40;

/// One way to read a few letters: how many of them, and the classes that may be meant ("" for silent).
type Reading = (usize, &'static [&'static str]);

/// Returns the skeletons of a word in either script, ascending. Empty for words with other letters, digits, or without
/// two consonants at least.
pub fn skeletons(word: &str) -> Vec<String> {
    let letters: Vec<char> = folded(word);
    if letters.len() > LONGEST || letters.is_empty() {
        return Vec::new();
    }
    let read: fn(&[char], usize) -> Option<Reading> = match script_of(&letters) {
        Some(Script::Latin) => read_latin,
        Some(Script::Cyrillic) => read_cyrillic,
        None => return Vec::new(),
    };
    let mut ways = BTreeSet::from([String::new()]);
    let mut at = 0;
    while at < letters.len() {
        let Some((length, classes)) = read(&letters, at) else { return Vec::new() };
        ways = ways
            .iter()
            .flat_map(|way| classes.iter().map(move |class| append(way, class)))
            .take(MOST_SKELETONS)
            .collect();
        at += length.max(1);
    }
    ways.into_iter().filter(|way| way.len() > 1).collect()
}

/// Appends classes to a skeleton; a class is never doubled.
fn append(way: &str, classes: &str) -> String {
    let mut way = way.to_owned();
    for class in classes.chars() {
        if !way.ends_with(class) {
            way.push(class);
        }
    }
    way
}

/// Whether a word can be said, as names can: it has a vowel and no letter three times in a row. Letters hit at random and
/// abbreviations sound like nothing.
pub fn can_be_said(word: &str) -> bool {
    let letters = folded(word);
    let thrice = |three: &[char]| three.iter().all(|letter| Some(letter) == three.first());
    letters.iter().any(|letter| is_vowel(Some(letter))) && !letters.windows(3).any(thrice)
}

/// Whether two words of different scripts may be one name.
pub fn may_be_one(left: &str, right: &str) -> bool {
    let other = skeletons(right);
    skeletons(left).iter().any(|skeleton| other.binary_search(skeleton).is_ok())
}

/// Returns the letters with which the name may begin in the other script, for looking up candidates by their beginning.
pub fn beginnings(word: &str) -> Vec<char> {
    let letters = folded(word);
    let Some(first) = letters.first().copied() else { return Vec::new() };
    let second = letters.get(1).copied().unwrap_or('\0');
    let found = match (first, second) {
        ('c', 'h') => "чшкхц",
        ('s', 'h') => "шс",
        ('s', 'c') => "шсц",
        ('z', 'h') => "жчз",
        ('k', 'h') => "хк",
        ('p', 'h') => "фп",
        ('t', 's' | 'z') => "цт",
        ('y' | 'i', _) => "йияюеёыэ",
        ('j', _) => "джхийяюе",
        _ => LATIN_BEGINNINGS
            .iter()
            .chain(&CYRILLIC_BEGINNINGS)
            .find(|(letter, _)| *letter == first)
            .map_or("", |(_, to)| to),
    };
    found.chars().collect()
}

const LATIN_BEGINNINGS: [(char, &str); 23] = [
    ('a', "аэоя"),
    ('b', "б"),
    ('c', "кцсч"),
    ('d', "д"),
    ('e', "эеийю"),
    ('f', "ф"),
    ('g', "гджх"),
    ('h', "хгаиеоуюэя"),
    ('k', "к"),
    ('l', "л"),
    ('m', "м"),
    ('n', "н"),
    ('o', "оау"),
    ('p', "пф"),
    ('q', "кч"),
    ('r', "р"),
    ('s', "сшз"),
    ('t', "т"),
    ('u', "уюа"),
    ('v', "вф"),
    ('w', "вуо"),
    ('x', "кхсшз"),
    ('z', "зц"),
];

const CYRILLIC_BEGINNINGS: [(char, &str); 30] = [
    ('а', "ahoiu"),
    ('б', "b"),
    ('в', "vw"),
    ('г', "gh"),
    ('д', "djg"),
    ('е', "eyjh"),
    ('ж', "zjg"),
    ('з', "zsx"),
    ('и', "iyeh"),
    ('й', "yij"),
    ('к', "kcqx"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "ohwa"),
    ('п', "p"),
    ('р', "r"),
    ('с', "scxz"),
    ('т', "t"),
    ('у', "uwoh"),
    ('ф', "fpv"),
    ('х', "hkxjg"),
    ('ц', "tczs"),
    ('ч', "cqzt"),
    ('ш', "scx"),
    ('щ', "s"),
    ('ы', "yi"),
    ('э', "eah"),
    ('ю', "yjuhe"),
    ('я', "yjia"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
}

fn script_of(letters: &[char]) -> Option<Script> {
    if letters.iter().all(char::is_ascii_lowercase) {
        Some(Script::Latin)
    } else if letters.iter().all(|c| matches!(c, 'а'..='я')) {
        Some(Script::Cyrillic)
    } else {
        None
    }
}

/// Returns the letters in lower case, without accents, apostrophes and hyphens; yo is ye.
fn folded(word: &str) -> Vec<char> {
    use unicode_normalization::UnicodeNormalization;
    let mut letters = Vec::new();
    for c in word.nfc().flat_map(char::to_lowercase) {
        if c == 'й' {
            letters.push(c);
            continue;
        }
        let parts = std::iter::once(c).nfd().filter(|part| !unicode_normalization::char::is_combining_mark(*part));
        letters.extend(parts.filter(|part| !matches!(part, '\'' | '’' | 'ʼ' | '-' | '‐' | '‑')).map(
            |part| match part {
                'ø' => 'o',
                'ł' => 'l',
                'đ' => 'd',
                'ı' => 'i',
                'ß' => 's',
                other => other,
            },
        ));
    }
    letters
}

fn is_vowel(letter: Option<&char>) -> bool {
    letter.is_some_and(|letter| {
        matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
    })
}

/// Reads one sound of a Latin name.
fn read_latin(letters: &[char], at: usize) -> Option<Reading> {
    let rest: &[char] = letters.get(at..)?;
    let opens = |text: &str| text.chars().zip(rest).filter(|(wanted, have)| wanted == *have).count() == text.len();
    let (first, next) = (*rest.first()?, rest.get(1));
    const GROUPS: [(&str, &[&str]); 23] = [
        ("tsch", &["C"]),
        ("shch", &["C"]),
        ("sch", &["C", "SK"]),
        ("tch", &["C"]),
        ("sh", &["C", "S"]),
        ("zh", &["C"]),
        ("ch", &["C", "K"]),
        ("cz", &["C"]),
        ("sz", &["S", "C"]),
        ("dj", &["C"]),
        ("dg", &["C", "DK"]),
        ("dt", &["T"]),
        ("kh", &["K"]),
        ("gh", &["K", ""]),
        ("ph", &["P", "V"]),
        ("th", &["T", "S"]),
        ("bh", &["B"]),
        ("dh", &["D"]),
        ("ts", &["S"]),
        ("tz", &["S"]),
        ("ck", &["K"]),
        ("qu", &["K", "KV"]),
        ("gu", &["K", "KV"]),
    ];
    if let Some((text, classes)) = GROUPS.iter().find(|(text, _)| opens(text)) {
        return Some((text.len(), classes));
    }
    let soft = next.is_some_and(|letter| matches!(letter, 'e' | 'i' | 'y'));
    let classes: &[&str] = match first {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' => &[""],
        'b' => &["B"],
        'c' if soft => &["S", "C"],
        'c' | 'k' | 'q' => &["K"],
        'd' => &["D"],
        'f' | 'v' => &["V"],
        'g' if soft => &["K", "C"],
        'g' => &["K"],
        'h' => &["K", ""],
        'j' => &["C", "K", ""],
        'l' => &["L"],
        'm' => &["M"],
        'n' => &["N"],
        'p' => &["P"],
        'r' => &["R"],
        's' => &["S", "C"],
        't' => &["T"],
        'w' => &["V", ""],
        'x' if at == 0 => &["S", "KS", "C"],
        'x' => &["KS", "S"],
        'z' => &["S"],
        _ => return None,
    };
    // "s" is read as sh at the beginning of German names before p and t only; elsewhere it would match too much.
    let classes = if first == 's' && !(at == 0 && matches!(next, Some('p' | 't'))) { &["S"][..] } else { classes };
    Some((1, classes))
}

/// Reads one sound of a Russian name.
fn read_cyrillic(letters: &[char], at: usize) -> Option<Reading> {
    let (first, next) = (*letters.get(at)?, letters.get(at + 1));
    let reading: Reading = match (first, next) {
        ('д', Some('ж')) => (2, &["C"]),
        ('д', Some('з')) => (2, &["S"]),
        ('т', Some('с')) => (2, &["S"]),
        ('т', Some('ч')) => (2, &["C"]),
        ('д', Some('т')) => (2, &["T"]),
        ('к' | 'п' | 'т' | 'б' | 'д', Some('х')) => (2, aspirate(first)),
        ('б', _) => (1, &["B"]),
        ('в' | 'ф', _) => (1, &["V"]),
        ('г' | 'к' | 'х', _) => (1, &["K"]),
        ('д', _) => (1, &["D"]),
        ('ж' | 'ч' | 'ш' | 'щ', _) => (1, &["C"]),
        ('з' | 'с' | 'ц', _) => (1, &["S"]),
        ('л', _) => (1, &["L"]),
        ('м', _) => (1, &["M"]),
        ('н', _) => (1, &["N"]),
        ('п', _) => (1, &["P"]),
        ('р', _) => (1, &["R"]),
        ('т', _) => (1, &["T"]),
        ('й' | 'ь' | 'ъ', _) => (1, &[""]),
        _ if is_vowel(Some(&first)) => (1, &[""]),
        _ => return None,
    };
    Some(reading)
}

fn aspirate(letter: char) -> &'static [&'static str] {
    match letter {
        'к' => &["K"],
        'п' => &["P"],
        'т' => &["T"],
        'б' => &["B"],
        _ => &["D"],
    }
}

#[cfg(test)]
mod tests;
