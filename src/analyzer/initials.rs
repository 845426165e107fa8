//! What words begin with, so that a word that cannot be one of some others is passed over without being stemmed.

use std::sync::OnceLock;

use super::{fold, stem};

/// Letters with which words may begin that come to one of some terms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Initials(u64);

impl Initials {
    /// Adds the letters with which words may begin that have this stem, or are this word.
    pub fn insert(&mut self, term: &str) {
        self.0 |= term.chars().next().and_then(bit).unwrap_or(0);
        for (_, form) in changed().iter().filter(|(stem, _)| term.starts_with(*stem)) {
            self.0 |= bit(*form).unwrap_or(0);
        }
    }

    /// Whether a word of a text may come to one of the terms. Only of words in plain letters of one alphabet can it be told
    /// that they do not: marks and mixed letters may be folded into anything.
    pub fn admit(self, word: &str) -> bool {
        let plain = |letter: char| letter.is_ascii_alphanumeric();
        let cyrillic = |letter: char| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё');
        let Some(first) = word.chars().next().and_then(bit) else { return true };
        self.0 & first != 0 || !(word.chars().all(plain) || word.chars().all(cyrillic))
    }
}

/// Returns the first letters of stems and of words that have them, where they differ: "ate" is "eat", "enquiry" "inquiry".
fn changed() -> &'static [(char, char)] {
    static CHANGED: OnceLock<Vec<(char, char)>> = OnceLock::new();
    CHANGED.get_or_init(|| stem::changed_initials().chain(fold::changed_initials()).collect())
}

/// Returns the place of a letter among those of both alphabets, in either case; `None` for anything else.
fn bit(letter: char) -> Option<u64> {
    let place = match letter {
        'a'..='z' => u32::from(letter) - u32::from('a'),
        'A'..='Z' => u32::from(letter) - u32::from('A'),
        'а'..='я' => u32::from(letter) - u32::from('а') + 26,
        'А'..='Я' => u32::from(letter) - u32::from('А') + 26,
        'ё' | 'Ё' => u32::from('е') - u32::from('а') + 26,
        _ => return None,
    };
    Some(1 << place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::analyze;

    #[test]
    fn a_word_that_comes_to_a_term_is_never_passed_over() {
        let texts = [
            "Enquiries ate the LYING tigers, dying oesophagus; aesthetic Œuvre œuvre skies Été été",
            "Дети детей Ёлка елка люди лет шёл И́стина истина",
            "ﬁsh Ｆｕｌｌ Сhild сhіldren naïve 2nd C182 П-182 co-operation anti-torture",
        ];
        for text in texts {
            let tokens = analyze(text);
            for token in &tokens {
                let mut initials = Initials::default();
                initials.insert(&token.text);
                let word = &text[token.start..token.end];
                let found = crate::analyzer::tokens_where(text, initials, |stem, _| stem == token.text);
                assert!(found.contains(token), "{word:?} in {text:?}");
            }
        }
    }

    #[test]
    fn words_that_begin_otherwise_are_passed_over() {
        let mut initials = Initials::default();
        initials.insert("tortur");
        for (word, admitted) in [
            ("torture", true),
            ("Torture", true),
            ("child", false),
            ("пытка", false),
            // Mixed letters, marks, digits: who knows.
            ("тorture", true),
            ("éducation", true),
            ("182", true),
        ] {
            assert_eq!(initials.admit(word), admitted, "{word}");
        }
    }
}
