//! Which words may begin something: most words of a text do not, and no reader needs to look at them.
//!
//! Invariant: whatever a reader of this stage takes as the first word of a reading of printed text, written small, is
//! among these. A test reads texts with and without this module and finds the same.

/// Whether a word written without capitals may begin a mention or a pin by itself. Names of the registry are not asked
/// for here: the trie knows how they begin.
pub(in super::super) fn may_open(word: &str) -> bool {
    WORDS.contains(&word)
        || BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
        || super::pins::is_ordinal(word)
}

/// Words as they stand in the text.
const WORDS: [&str; 34] = [
    // mentions
    "ilo",
    "мот",
    "international",
    "general",
    "joint",
    "case",
    "optional",
    "statute",
    "treaty",
    "charter",
    "order",
    "edict",
    "bill",
    "code",
    "law",
    "laws",
    "act",
    "acts",
    // pins
    "same",
    "that",
    "said",
    "той",
    "той-же",
    "этой",
    "данной",
    "указанной",
    "упомянутой",
    "s",
    "ss",
    "ст",
    "п",
    "ч",
    "пп",
    "чч",
];

/// Beginnings of words: of all their forms, and of some words that open nothing.
const BEGINNINGS: [&str; 61] = [
    // mentions
    "convention",
    "covenant",
    "protocol",
    "declaration",
    "resolution",
    "communication",
    "complaint",
    "rule",
    "target",
    "indicator",
    "goal",
    "decree",
    "ordinance",
    "regulation",
    "instruction",
    "legislation",
    "конвенц",
    "харти",
    "деклараци",
    "пакт",
    "протокол",
    "устав",
    "статут",
    "договор",
    "факультативн",
    "замечани",
    "общ",
    "совместн",
    "резолюци",
    "сообщени",
    "жалоб",
    "регламент",
    "правил",
    "цел",
    "задач",
    "показател",
    "кодекс",
    "закон",
    "указ",
    "декрет",
    "постановлени",
    "приказ",
    "распоряжени",
    // pins
    "art",
    "стать",
    "стате",
    "стст",
    "sec",
    "раздел",
    "par",
    "пункт",
    "част",
    "абз",
    "параграф",
    "clause",
    "point",
    "принцип",
    "подп",
    "letter",
    "lit",
    "sub",
];

#[cfg(test)]
mod tests {
    use super::super::super::token::Text;
    use super::super::{Mode, read_word_first};

    /// Reads every word that is passed over.
    fn check(source: &str) {
        let text = Text::new(source);
        for at in (0..text.len()).filter(|at| text.is_word(*at) && !text.may_open(*at)) {
            let mut found = Vec::new();
            read_word_first(&text, at, Mode::Document, &mut found);
            assert!(found.is_empty(), "{} begins {found:?} in: {source}", text.raw(at));
        }
    }

    #[test]
    fn nothing_begins_with_a_word_that_is_passed_over() {
        include_str!("../cases/found.tsv").lines().for_each(check);
        include_str!("../cases/nothing.tsv").lines().for_each(check);
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let corpus = crate::pipeline::explain(&root.join("corpus"), None).expect("the corpus can be read");
        for explained in &corpus {
            explained.document.paragraphs.iter().for_each(|paragraph| check(&paragraph.text));
        }
    }

    #[test]
    fn most_words_are_passed_over() {
        let text = Text::new("they should be heard in every proceeding which affects them");
        assert!((0..text.len()).all(|at| !text.may_open(at)));
        let text = Text::new("article конвенции UNICEF Committee first");
        assert!((0..text.len()).all(|at| text.may_open(at)));
    }
}
