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
/// One word in so many must be a telling one in a text that is plainly English; in English prose one in six is.
const TELLING_OF: usize = 8;
/// Fewer are enough beside many words that English shares with a neighbour or two, and hardly any that are no English.
const FEW_TELLING_OF: usize = 24;
const SHARED_OF: usize = 4;
const FOREIGN_OF: usize = 16;
/// Or of both together, where no word is of another language.
const PURE_OF: usize = 6;
/// Letters of the longest of these words.
const LONGEST_SMALL: usize = 6;

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
    settle(paragraphs, &open, main);
    main
}

/// Gives paragraphs that do not tell their language that of their neighbours, where those agree, else the document's: half
/// of a treaty may be its text in another language. Short ones are no such neighbours.
fn settle(paragraphs: &mut [Paragraph], open: &[usize], main: Option<Language>) {
    let mut is_open = vec![false; paragraphs.len()];
    for index in open {
        is_open[*index] = true;
    }
    let long = |paragraph: &Paragraph, is_open: bool| {
        (!is_open && paragraph.text.len() >= ENOUGH).then_some(paragraph.language)
    };
    let mut after: Vec<Option<Language>> = vec![None; paragraphs.len()];
    let mut next = None;
    for index in (0..paragraphs.len()).rev() {
        after[index] = next;
        next = long(&paragraphs[index], is_open[index]).or(next);
    }
    let mut before = None;
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        if !is_open[index] {
            before = long(paragraph, false).or(before);
            continue;
        }
        let script = paragraph.language;
        let fits = |language: &Language| script == Language::UNKNOWN || is_cyrillic(*language) == is_cyrillic(script);
        let around = match (before, after[index]) {
            (Some(before), Some(after)) => Some(before).filter(|before| *before == after),
            (before, after) => before.or(after),
        };
        let around = around.filter(fits).filter(|language| !contradicts(&paragraph.text, *language));
        if let Some(language) = around.or(main.filter(fits)) {
            paragraph.language = language;
        }
    }
}

/// Whether the small words of a text are those of English alone in another language's place, or the other way about.
fn contradicts(text: &str, language: Language) -> bool {
    let Tally { telling, shared, foreign, .. } = Tally::of(text);
    let english = telling + shared;
    if language == Language::ENGLISH { foreign > 0 && english == 0 } else { english > 0 && foreign == 0 }
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
    // Most paragraphs are this: bytes tell it faster than characters.
    let plain = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let other = text.bytes().filter(|byte| !byte.is_ascii()).count();
    if plain >= ENOUGH && other * 4 < plain && is_plainly_english(text) {
        return Detected::Sure(Language::ENGLISH);
    }
    let (mut latin, mut cyrillic, mut other) = (0usize, 0usize, 0usize);
    let mut foreign_cyrillic = false;
    for letter in text.chars() {
        match letter {
            'A'..='Z' | 'a'..='z' => latin += 1,
            'А'..='я' | 'Ё' | 'ё' => cyrillic += 1,
            _ if letter.is_ascii() || !letter.is_alphabetic() => {}
            'À'..='ɏ' => latin += 1,
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
        let brief = is_briefly_english(text);
        return if brief { Detected::Sure(Language::ENGLISH) } else { Detected::ByScript(Language::ENGLISH) };
    }
    if is_purely_english(text) {
        return Detected::Sure(Language::ENGLISH);
    }
    let named = unrestricted(text).unwrap_or(Language::ENGLISH);
    if named != Language::ENGLISH && is_rather_english(text) {
        return Detected::ByScript(Language::ENGLISH);
    }
    Detected::Sure(named)
}

/// Whether a text is full of words that stand in every English sentence and in no other language's: most paragraphs are
/// English, and `whatlang` weighs seventy languages for each (two fifths of the time of indexing, before this was asked
/// first).
fn is_plainly_english(text: &str) -> bool {
    let Tally { words, telling, shared, foreign } = Tally::of(text);
    let few = telling * FEW_TELLING_OF > words && (telling + shared) * SHARED_OF > words;
    telling * TELLING_OF > words || few && foreign * FOREIGN_OF < words
}

/// Whether a text too short for `whatlang` is English all the same, whatever the document around it is.
fn is_briefly_english(text: &str) -> bool {
    let Tally { words, telling, shared, foreign } = Tally::of(text);
    telling > 0 && foreign == 0 && (telling + shared) * SHARED_OF >= words
}

/// Whether a longer text holds small words of English, not so many, and none of another language ("Police reportedly searched
/// the home of ..."): of the texts that are not plainly English, most.
fn is_purely_english(text: &str) -> bool {
    let Tally { words, telling, shared, foreign } = Tally::of(text);
    telling > 1 && foreign == 0 && (telling + shared) * PURE_OF > words
}

/// Whether the small words of a text are English ones and it has no others and no accents: `whatlang` takes short English for
/// Dutch or Danish.
fn is_rather_english(text: &str) -> bool {
    let Tally { words, telling, shared, foreign } = Tally::of(text);
    let accented = text.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic());
    (telling + shared) * TELLING_OF > words && foreign * 2 < telling + shared && !accented
}

/// Small words of a text.
#[derive(Default)]
struct Tally {
    words: usize,
    /// Those that no other language has.
    telling: usize,
    /// Those that English shares with a neighbour or two.
    shared: usize,
    /// Those of its neighbours.
    foreign: usize,
}

impl Tally {
    fn of(text: &str) -> Tally {
        let mut tally = Tally::default();
        let mut letters = 0;
        let mut length = 0;
        // A mark behind the last word ends it.
        for byte in text.bytes().chain(std::iter::once(b' ')) {
            let letter = byte | 0x20;
            if letter.wrapping_sub(b'a') < 26 {
                letters = letters << 8 | u64::from(letter);
                length += 1;
            } else if length > 0 {
                tally.note(letters, length);
                (letters, length) = (0, 0);
            }
        }
        tally
    }

    /// Counts a word, given by its letters as one number (of a long word, by the last of them).
    fn note(&mut self, letters: u64, length: usize) {
        self.words += 1;
        if length > LONGEST_SMALL {
            return;
        }
        let letters = letters.to_be_bytes();
        let Some(word) = letters.len().checked_sub(length).and_then(|from| letters.get(from..)) else { return };
        match word {
            b"the" | b"and" | b"that" | b"which" | b"with" | b"this" | b"its" | b"has" | b"been" | b"from"
            | b"should" | b"their" => self.telling += 1,
            b"of" | b"to" | b"in" | b"for" | b"by" | b"was" | b"were" | b"have" | b"had" | b"not" | b"be" | b"on"
            | b"as" | b"or" | b"he" | b"is" | b"at" => self.shared += 1,
            b"de" | b"la" | b"le" | b"les" | b"et" | b"el" | b"en" | b"que" | b"het" | b"van" | b"der" | b"die"
            | b"und" | b"il" | b"di" | b"del" | b"os" | b"do" | b"da" | b"na" | b"i" | b"je" | b"og" | b"att"
            | b"och" => {
                self.foreign += 1;
            }
            _ => {}
        }
    }
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
mod tests;
