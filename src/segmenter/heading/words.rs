//! What the words of a heading say: which level they open, and whether they are set in capitals.

use crate::document::is_un_symbol;

use super::super::furniture::heading_key;
use super::super::numbering::read_roman;

/// Words that open a heading of a level of its own, highest first, in the forms that documents print. Treaties are printed in
/// several languages one behind the other: a text in another one must not end up below the last article of the one before.
const KEYWORDS: [&[&str]; 6] = [
    &["annex", "appendix", "enclosure", "приложение", "добавление"],
    &["part", "часть", "partie", "parte", "teil", "deel"],
    &["title", "book", "раздел"],
    &["chapter", "глава", "chapitre", "capítulo", "kapitel", "hoofdstuk"],
    &["section", "параграф"],
    &[
        "article",
        "статья",
        "artículo",
        "artigo",
        "articolo",
        "artikel",
        "rule",
        "правило",
        "principle",
        "принцип",
        "goal",
    ],
];

/// Headings that open the body of a report wherever they stand, as [`heading_key`] writes them.
const FRONT_HEADINGS: [&str; 14] = [
    "summary",
    "abstract",
    "executivesummary",
    "introduction",
    "foreword",
    "preface",
    "preamble",
    "резюме",
    "введение",
    "предисловие",
    "преамбула",
    "краткоесодержание",
    "background",
    "contents",
];

/// Letters of the longest heading that opens with a keyword.
const LONGEST: usize = 200;

/// Returns the place in [`KEYWORDS`] of the word that a heading starts with, where nothing but a number or a title follows.
pub fn keyword_place(text: &str) -> Option<u8> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let lower = text.trim().to_lowercase();
    let first = lower.split_whitespace().next()?.trim_end_matches(['.', ':', '*']);
    let place = KEYWORDS.iter().position(|words| words.contains(&first))?;
    let rest = lower.split_whitespace().nth(1).unwrap_or_default();
    let numbered = rest.is_empty()
        || rest.starts_with(|sign: char| sign.is_ascii_digit() || sign == '(' || sign == '–' || sign == '-')
        || read_roman(rest.trim_end_matches(['.', ':', ')']), false).is_some()
        || rest.trim_end_matches(['.', ':', ')']).chars().count() == 1;
    // "Annex" and "Chapter" stand alone or with a number; "Part of the problem" is a sentence.
    numbered.then(|| u8::try_from(place).unwrap_or(u8::MAX))
}

/// Whether a heading is an annex's: the count of paragraphs starts anew under it.
pub fn opens_annex(text: &str) -> bool {
    keyword_place(text) == Some(0)
}

/// Whether a heading is that of an article: "Article 3", "Статья 3. Огни".
pub fn is_article(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    matches!(first.as_str(), "article" | "статья") && keyword_place(text).is_some()
}

/// Whether a heading is that of the first part, chapter or article of a text: "PART I", "Статья 1".
pub fn opens_first(text: &str) -> bool {
    let number = text.split_whitespace().nth(1).unwrap_or_default().trim_end_matches(['.', ':', ')', '*']);
    keyword_place(text).is_some_and(|place| place > 0) && matches!(number, "1" | "I")
}

/// Whether a heading is one of those that end the title block without a number.
pub fn opens_front_section(text: &str) -> bool {
    FRONT_HEADINGS.contains(&heading_key(text).as_str()) || keyword_place(text).is_some_and(|place| place != 2)
}

/// Whether a text is set in capitals throughout: words, not a symbol or an abbreviation among figures.
pub fn is_in_capitals(text: &str) -> bool {
    let (mut letters, mut signs, mut longest, mut word) = (0, 0, 0, 0);
    for sign in text.chars() {
        if sign.is_alphabetic() {
            // Nearly every line ends here, at its second letter.
            if !sign.is_uppercase() {
                return false;
            }
            letters += 1;
            word += 1;
            longest = word.max(longest);
        } else {
            word = 0;
        }
        signs += usize::from(!sign.is_whitespace());
    }
    let worded = longest >= 4 || (longest == 3 && letters >= 6);
    worded && letters * 5 >= signs * 4 && !is_un_symbol(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals() {
        for (text, expected) in [
            ("ФАКТЫ", true),
            ("II. ПРИМЕНИМОЕ ПРАВО", true),
            ("THE LAW", true),
            ("UPR", false),
            ("THE FACTS", true),
            ("ALLEGED VIOLATION OF ARTICLE 6", true),
            ("A/HRC/WG.6/7/SVN/1", false),
            ("GE.19-00934", false),
            ("The FACTS", false),
            ("ILO No. 182", false),
            ("12 345", false),
        ] {
            assert_eq!(is_in_capitals(text), expected, "{text}");
        }
    }

    #[test]
    fn keywords() {
        for text in ["Annex", "Annex II", "Приложение", "Article 7", "ГЛАВА 3. Права", "Part one"] {
            assert_eq!(keyword_place(text).is_some(), text != "Part one", "{text}");
        }
        assert_eq!(keyword_place("Part of the problem is that"), None);
    }
}
