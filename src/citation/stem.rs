//! Words of names as they are compared: letters folded, spellings made one, Russian case endings off.

use std::borrow::Cow;

use unicode_normalization::char::decompose_canonical;

/// Appends a letter in lower case; `ё` as `е`, Latin letters without their accents ("Belém" is "belem").
pub(super) fn push_folded(letter: char, folded: &mut String) {
    match letter {
        'а'..='я' => folded.push(letter),
        'А'..='Я' => folded.push(char::from_u32(letter as u32 + 32).unwrap_or(letter)),
        'ё' | 'Ё' => folded.push('е'),
        _ if letter.is_ascii() => folded.push(letter.to_ascii_lowercase()),
        '\u{c0}'..='\u{24f}' => {
            let mut base = letter;
            decompose_canonical(letter, |part| {
                if part.is_alphabetic() {
                    base = part;
                }
            });
            folded.extend(base.to_lowercase());
        }
        _ => folded.extend(letter.to_lowercase()),
    }
}

/// Case endings of Russian nouns and adjectives, longest first.
const ENDINGS: [&str; 45] = [
    "иями", "ыми", "ими", "ого", "его", "ому", "ему", "ами", "ями", "иях", "иям", "ией", "ьми", "ию", "ии", "ия", "ий",
    "ый", "ой", "ей", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их", "ым", "им", "ом", "ем", "ам", "ям", "ах", "ях",
    "ую", "юю", "ов", "ев", "ою", "ью", "ия", "ье", "ья",
];

/// Returns what the cases of a word have in common. English words keep their form; only spellings are folded.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if !word.chars().next().is_some_and(|first| ('а'..='я').contains(&first)) {
        return stem_english(word);
    }
    let word = word.strip_suffix("ся").filter(|rest| rest.chars().count() >= 6).unwrap_or(word);
    for ending in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 3
        {
            return Cow::Borrowed(stem);
        }
    }
    let short = word.strip_suffix(['а', 'я', 'о', 'е', 'у', 'ю', 'ы', 'и', 'ь', 'й']);
    Cow::Borrowed(short.filter(|stem| stem.chars().count() >= 3).unwrap_or(word))
}

fn stem_english(word: &str) -> Cow<'_, str> {
    let word = word.strip_suffix("'s").unwrap_or(word);
    match word {
        "labor" => return Cow::Borrowed("labour"),
        "organise" => return Cow::Borrowed("organize"),
        _ => {}
    }
    for (british, american) in [("ised", "ized"), ("isation", "ization"), ("ising", "izing"), ("yse", "yze")] {
        if let Some(stem) = word.strip_suffix(british)
            && stem.len() >= 4
        {
            return Cow::Owned(format!("{stem}{american}"));
        }
    }
    Cow::Borrowed(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_folded() {
        let fold = |word: &str| {
            let mut folded = String::new();
            word.chars().for_each(|letter| push_folded(letter, &mut folded));
            folded
        };
        assert_eq!([fold("Belém"), fold("Ребёнка"), fold("Йод")], ["belem", "ребенка", "йод"]);
    }

    #[test]
    fn cases_share_a_stem() {
        for forms in [
            "конвенция конвенции конвенцию конвенцией конвенций",
            "пакт пакта пактом пакту",
            "устав устава уставом",
            "международный международного международным",
            "принципы принципов принципами принципах",
            "хартия хартии хартию",
        ] {
            let stems: Vec<Cow<'_, str>> = forms.split(' ').map(stem).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{forms}: {stems:?}");
        }
    }
}
