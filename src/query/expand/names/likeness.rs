//! How alike two names are, each in its own script.

use super::{folded, is_vowel};

/// Returns how alike two names are when both are written in plain Latin letters, vowels counting less: 1 for the same,
/// 0 for nothing in common.
pub fn likeness(left: &str, right: &str) -> f32 {
    let (left, right) = (romanised(left), romanised(right));
    let longest = left.len().max(right.len());
    if longest == 0 {
        return 0.0;
    }
    1.0 - (distance(&left, &right) / longest as f32).min(1.0)
}

/// Returns a name in plain Latin letters, spellings of one sound brought together.
fn romanised(word: &str) -> Vec<char> {
    let letters = folded(word);
    let mut latin = String::new();
    for letter in &letters {
        match letter {
            'а' => latin.push('a'),
            'б' => latin.push('b'),
            'в' => latin.push('v'),
            'г' => latin.push('g'),
            'д' => latin.push('d'),
            'е' | 'э' => latin.push('e'),
            'ж' => latin.push('j'),
            'з' => latin.push('z'),
            'и' | 'й' | 'ы' => latin.push('i'),
            'к' => latin.push('k'),
            'л' => latin.push('l'),
            'м' => latin.push('m'),
            'н' => latin.push('n'),
            'о' => latin.push('o'),
            'п' => latin.push('p'),
            'р' => latin.push('r'),
            'с' => latin.push('s'),
            'т' => latin.push('t'),
            'у' => latin.push('u'),
            'ф' => latin.push('f'),
            'х' => latin.push('h'),
            'ц' => latin.push_str("ts"),
            'ч' => latin.push_str("ch"),
            'ш' | 'щ' => latin.push_str("sh"),
            'ю' => latin.push_str("iu"),
            'я' => latin.push_str("ia"),
            'ь' | 'ъ' => {}
            'y' => latin.push('i'),
            'w' => latin.push('v'),
            'c' | 'q' => latin.push(if *letter == 'q' { 'k' } else { 'c' }),
            'x' => latin.push_str("ks"),
            other => latin.push(*other),
        }
    }
    for (from, to) in [
        ("dj", "j"),
        ("zh", "j"),
        ("dzh", "j"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ph", "f"),
        ("ck", "k"),
        ("kk", "k"),
        ("kh", "h"),
        ("th", "t"),
        ("sch", "sh"),
        ("ce", "se"),
        ("ci", "si"),
        ("ch", "č"),
        ("sh", "š"),
        ("c", "k"),
    ] {
        latin = latin.replace(from, to);
    }
    let mut plain: Vec<char> = latin.chars().collect();
    plain.dedup();
    plain
}

/// Edit distance in which a vowel costs half of a consonant.
fn distance(left: &[char], right: &[char]) -> f32 {
    let cost = |letter: &char| if is_vowel(Some(letter)) || *letter == 'h' { 0.5 } else { 1.0 };
    let mut row: Vec<f32> = std::iter::once(0.0)
        .chain(right.iter().scan(0.0, |sum, letter| {
            *sum += cost(letter);
            Some(*sum)
        }))
        .collect();
    for letter in left {
        let mut diagonal = row.first().copied().unwrap_or_default();
        let mut before = diagonal + cost(letter);
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, other) in row.iter_mut().skip(1).zip(right) {
            let replaced = diagonal + if letter == other { 0.0 } else { cost(letter).max(cost(other)) };
            let best = replaced.min(*cell + cost(letter)).min(before + cost(other));
            diagonal = *cell;
            *cell = best;
            before = best;
        }
    }
    row.last().copied().unwrap_or_default()
}
