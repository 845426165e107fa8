//! Which words may begin something: most words of a text do not, and no reader needs to look at them.
//!
//! Invariant: whatever a reader of this stage takes as the first word of a reading of printed text is among these, save
//! for abbreviations, symbols and names of laws. A test reads texts with and without this module and finds the same.

/// Whether a word, written small or as a name, may begin a mention or a pin. Names of the registry are not asked
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
const BEGINNINGS: [&str; 62] = [
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
    "principle",
    "принцип",
    "подп",
    "letter",
    "lit",
    "sub",
];

#[cfg(test)]
mod tests {
    use super::super::super::token::Text;
    use super::super::{Mode, read_at, read_word_first};

    /// Reads every word that is passed over.
    fn check(source: &str) {
        let text = Text::new(source);
        for at in (0..text.len()).filter(|at| text.is_word(*at) && !text.may_open(*at)) {
            let (mut found, mut wanted) = (Vec::new(), Vec::new());
            let end = read_at(&text, at, Mode::Document, &mut found);
            assert_eq!(read_word_first(&text, at, Mode::Document, &mut wanted), end, "{} in: {source}", text.raw(at));
            assert_eq!(found, wanted, "{} in: {source}", text.raw(at));
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
    fn words_that_announce_numbers_open() {
        for source in [
            "see principle 8 and принципа 8",
            "under rule 5, section 6, sect. 7, para. 3, point 4, clause 9",
            "in subparagraph (a), letter (b), lit. (c), sub-paragraph (d)",
            "в разделе 2, пункте 3, п. 4, части 5, ч. 6, абзаце 7, подп. «а», параграфе 8",
            "the first paragraph of article 6, вторая часть статьи 5",
        ] {
            check(source);
        }
    }

    #[test]
    fn most_words_are_passed_over() {
        let text = Text::new("they should be heard in every proceeding which affects them");
        assert!((0..text.len()).all(|at| !text.may_open(at)));
        let text = Text::new("article конвенции UNICEF Committee first McCarthy");
        assert!((0..text.len()).all(|at| text.may_open(at)));
    }
}
