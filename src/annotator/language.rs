//! The language of each paragraph, by script first and by `whatlang` where the script leaves it open.
//!
//! Unrestricted detection errs on short texts (one English word in two), so a Latin text is English and a Cyrillic one
//! Russian unless enough text, or a letter that the language lacks, says otherwise.

use whatlang::{Detector, Lang};

use crate::document::{Language, Paragraph};

/// Letters of a text that are enough for `whatlang` to name a language other than English or Russian.
const ENOUGH: usize = 80;
/// Characters of a document in a language that is neither English, Russian nor the document's own that are enough for it.
const RARE: usize = 400;
/// The share of a long document that is too little for one: one in so many characters.
const RARE_SHARE: usize = 300;
/// Confidence below which such a name is not believed.
const SURE: f64 = 0.9;

/// Sets the language of every paragraph and returns the document's: that of most of its letters. Paragraphs too short to
/// tell get the document's language where their script fits it.
pub fn annotate(paragraphs: &mut [Paragraph]) -> Option<Language> {
    let mut letters: Vec<(Language, usize)> = Vec::new();
    let mut open = Vec::new();
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        match detect(&paragraph.text) {
            Detected::Sure(language) => {
                paragraph.language = language;
                let count = paragraph.text.chars().count();
                match letters.iter_mut().find(|(known, _)| *known == language) {
                    Some((_, sum)) => *sum += count,
                    None => letters.push((language, count)),
                }
            }
            Detected::ByScript(language) => {
                paragraph.language = language;
                open.push(index);
            }
            Detected::Nothing => open.push(index),
        }
    }
    let main = letters.iter().max_by_key(|(_, count)| *count).map(|(language, _)| *language);
    doubt_rare(paragraphs, &letters, main, &mut open);
    let main = main.or_else(|| {
        open.iter()
            .find_map(|index| Some(paragraphs[*index].language).filter(|language| *language != Language::UNKNOWN))
    });
    for index in open {
        let paragraph = &mut paragraphs[index];
        if let Some(main) = main
            && (paragraph.language == Language::UNKNOWN || is_cyrillic(main) == is_cyrillic(paragraph.language))
        {
            paragraph.language = main;
        }
    }
    main
}

/// Takes back languages that a few lines of a document were taken for: names, addresses and quotations look like
/// Croatian or Italian. English and Russian need no such proof.
fn doubt_rare(
    paragraphs: &mut [Paragraph],
    letters: &[(Language, usize)],
    main: Option<Language>,
    open: &mut Vec<usize>,
) {
    let all: usize = letters.iter().map(|(_, count)| count).sum();
    let is_rare = |language: Language| {
        let count = letters.iter().find(|(known, _)| *known == language).map_or(0, |(_, count)| *count);
        (count < RARE && count * 5 < all) || count * RARE_SHARE < all
    };
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        let own = [Some(Language::ENGLISH), Some(Language::RUSSIAN), Some(Language::UNKNOWN), main];
        if !own.contains(&Some(paragraph.language)) && is_rare(paragraph.language) {
            paragraph.language = if is_cyrillic(paragraph.language) { Language::RUSSIAN } else { Language::ENGLISH };
            open.push(index);
        }
    }
}

enum Detected {
    Sure(Language),
    /// Too short for more than its script.
    ByScript(Language),
    /// No letters.
    Nothing,
}

fn detect(text: &str) -> Detected {
    let (mut latin, mut cyrillic, mut other) = (0usize, 0usize, 0usize);
    let mut foreign_cyrillic = false;
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        match letter {
            'A'..='Z' | 'a'..='z' | 'À'..='ɏ' => latin += 1,
            'А'..='я' | 'Ё' | 'ё' => cyrillic += 1,
            '\u{400}'..='\u{52f}' => {
                cyrillic += 1;
                foreign_cyrillic = true;
            }
            _ => other += 1,
        }
    }
    if latin + cyrillic + other == 0 {
        return Detected::Nothing;
    }
    if other > latin + cyrillic {
        return unrestricted(text).map_or(Detected::Nothing, Detected::Sure);
    }
    if cyrillic > latin {
        let named =
            if foreign_cyrillic { unrestricted(text).filter(|language| *language != Language::RUSSIAN) } else { None };
        return match named {
            Some(language) => Detected::Sure(language),
            None if cyrillic >= 20 => Detected::Sure(Language::RUSSIAN),
            None => Detected::ByScript(Language::RUSSIAN),
        };
    }
    if latin < ENOUGH {
        return Detected::ByScript(Language::ENGLISH);
    }
    if is_plainly_english(text) {
        return Detected::Sure(Language::ENGLISH);
    }
    Detected::Sure(unrestricted(text).unwrap_or(Language::ENGLISH))
}

/// Whether one word in twelve is a function word that only English has: `whatlang` takes a sixth of the time of indexing
/// where it is asked about every paragraph.
fn is_plainly_english(text: &str) -> bool {
    const WORDS: [&str; 12] =
        ["the", "and", "that", "with", "which", "its", "been", "from", "their", "have", "this", "should"];
    let (mut words, mut english) = (0usize, 0usize);
    for word in text.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        english += usize::from(WORDS.contains(&word));
    }
    english * 12 >= words
}

/// The language that `whatlang` names with confidence.
fn unrestricted(text: &str) -> Option<Language> {
    let info = Detector::new().detect(text)?;
    (info.is_reliable() && info.confidence() >= SURE).then(|| code_of(info.lang())).flatten()
}

/// ISO 639-1 codes of the languages that `whatlang` knows by ISO 639-3.
fn code_of(language: Lang) -> Option<Language> {
    const CODES: [(Lang, &str); 28] = [
        (Lang::Eng, "en"),
        (Lang::Rus, "ru"),
        (Lang::Fra, "fr"),
        (Lang::Spa, "es"),
        (Lang::Ara, "ar"),
        (Lang::Cmn, "zh"),
        (Lang::Deu, "de"),
        (Lang::Ita, "it"),
        (Lang::Por, "pt"),
        (Lang::Nld, "nl"),
        (Lang::Ukr, "uk"),
        (Lang::Bel, "be"),
        (Lang::Bul, "bg"),
        (Lang::Srp, "sr"),
        (Lang::Mkd, "mk"),
        (Lang::Pol, "pl"),
        (Lang::Ces, "cs"),
        (Lang::Slk, "sk"),
        (Lang::Slv, "sl"),
        (Lang::Hrv, "hr"),
        (Lang::Ron, "ro"),
        (Lang::Hun, "hu"),
        (Lang::Tur, "tr"),
        (Lang::Aze, "az"),
        (Lang::Kat, "ka"),
        (Lang::Hye, "hy"),
        (Lang::Pes, "fa"),
        (Lang::Ell, "el"),
    ];
    CODES.iter().find(|(known, _)| *known == language).and_then(|(_, code)| Language::from_code(code))
}

fn is_cyrillic(language: Language) -> bool {
    matches!(language.code(), "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "ky" | "kk" | "tg" | "mn")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ParagraphKind;

    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        let mut paragraphs: Vec<Paragraph> = texts
            .iter()
            .map(|text| Paragraph {
                ordinal: 1,
                kind: ParagraphKind::Paragraph,
                label: None,
                mark: None,
                text: (*text).to_owned(),
                section: None,
                parent: None,
                position: 1,
                language: Language::UNKNOWN,
                page: 0,
            })
            .collect();
        annotate(&mut paragraphs);
        let found: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.language.code()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn english_and_russian_by_script() {
        check(&["Ibid.", "Birth registration", "Регистрация рождений", "1990"], &["en", "en", "ru", "en"]);
        check(&["КПР ООН", "Ibid."], &["ru", "en"]);
        check(&["Комитет отмечает доклад ЮНИСЕФ «Progress for Children» о положении детей в стране."], &["ru"]);
    }

    #[test]
    fn english_is_told_by_its_small_words() {
        let sure = "The Committee recommends that the State party register the birth of every child at once.";
        assert!(is_plainly_english(sure));
        for text in [
            "Alle Kinder haben das Recht auf einen Namen, und der Staat muss ihre Geburt in ein Register eintragen.",
            "De Staat moet de geboorte van elk kind in een register inschrijven, en dat was niet altijd zo.",
        ] {
            assert!(!is_plainly_english(text), "{text}");
        }
    }

    #[test]
    fn a_few_foreign_words_are_no_other_language() {
        let text = "Комитет рекомендует государству-участнику принять все необходимые меры для регистрации. ".repeat(8);
        let foreign =
            "Il giornale della sera, Corriere della Sera, La Repubblica e altri giornali italiani di questa settimana.";
        check(&[&text, foreign], &["ru", "en"]);
    }

    #[test]
    fn other_languages_are_not_called_english_or_russian() {
        check(
            &[
                "Le Comité recommande à l'État partie de prendre toutes les mesures nécessaires pour garantir l'enregistrement des naissances de tous les enfants.",
            ],
            &["fr"],
        );
        check(
            &[
                "Комітет рекомендує державі-учасниці вжити всіх необхідних заходів для забезпечення реєстрації народження всіх дітей.",
            ],
            &["uk"],
        );
        check(
            &[
                "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق، وقد وهبوا عقلاً وضميرًا وعليهم أن يعامل بعضهم بعضًا بروح الإخاء.",
            ],
            &["ar"],
        );
    }
}
