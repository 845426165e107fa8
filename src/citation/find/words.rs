//! The words that announce an article, a paragraph or a list, in both languages.

use super::super::token::{Kind, Text};

/// What a number after the word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Unit {
    Article,
    /// A section of a statute of the common law.
    Section,
    Rule,
    Paragraph,
    /// Announces letters, not numbers: "subparagraph (a)".
    Subparagraph,
}

/// A word that announces numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Head {
    pub unit: Unit,
    pub plural: bool,
    /// The token after it and after its full stop.
    pub end: usize,
}

/// Returns the announcing word at a token.
pub(in super::super) fn head(text: &Text<'_>, at: usize) -> Option<Head> {
    let (unit, plural) = match text.norm(at) {
        "article" | "статья" | "статье" | "статью" | "статьей" | "статьею" => {
            (Unit::Article, false)
        }
        "articles" | "статьи" | "статей" | "статьям" | "статьями" | "статьях" => {
            (Unit::Article, true)
        }
        "art" | "ст" if is_abbreviated(text, at) => (Unit::Article, text.norm(at) == "ст"),
        "arts" | "artt" | "стст" => (Unit::Article, true),
        "section" | "sect" | "раздел" | "раздела" | "разделе" => (Unit::Section, false),
        "sections" | "sects" | "разделы" | "разделов" | "разделах" | "разделами" => {
            (Unit::Section, true)
        }
        "s" | "sec" if text.is_mark(at + 1, '.') && text.is_number(at + 2) => (Unit::Section, false),
        "ss" if text.is_mark(at + 1, '.') && text.is_number(at + 2) => (Unit::Section, true),
        "rule" | "правило" | "правила" | "правилу" | "правилом" | "правиле" => {
            (Unit::Rule, false)
        }
        "rules" | "правил" | "правилам" | "правилами" | "правилах" => (Unit::Rule, true),
        "paragraph" | "para" | "par" | "пункт" | "пункта" | "пункту" | "пунктом" | "пункте" | "часть" | "части"
        | "частью" | "абзац" | "абзаца" | "абзаце" | "абзацем" | "абзацу" | "параграф" | "параграфа" | "параграфе"
        | "subsection" | "clause" | "part" | "point" | "principle" | "принцип" | "принципа" => {
            (Unit::Paragraph, false)
        }
        "paragraphs"
        | "paras"
        | "pars"
        | "пункты"
        | "пунктов"
        | "пунктам"
        | "пунктами"
        | "пунктах"
        | "частей"
        | "частям"
        | "частями"
        | "частях"
        | "параграфы"
        | "параграфов"
        | "параграфах"
        | "subsections"
        | "clauses"
        | "parts"
        | "points"
        | "абзацы"
        | "абзацев"
        | "абзацах"
        | "абзацами" => (Unit::Paragraph, true),
        "п" | "ч" | "абз" if text.is_mark(at + 1, '.') => (Unit::Paragraph, false),
        "пп" | "чч" if text.is_mark(at + 1, '.') => (Unit::Paragraph, true),
        "subparagraph"
        | "subparagraphs"
        | "subpara"
        | "subparas"
        | "подпункт"
        | "подпункта"
        | "подпункту"
        | "подпунктом"
        | "подпункте"
        | "подпункты"
        | "подпунктов"
        | "подпунктам"
        | "подпунктами"
        | "подпунктах"
        | "letter"
        | "letters" => (Unit::Subparagraph, true),
        "подп" | "lit" if text.is_mark(at + 1, '.') => (Unit::Subparagraph, true),
        "sub" if text.is_mark(at + 1, '-') && text.norm(at + 2).starts_with("para") => {
            return Some(Head { unit: Unit::Subparagraph, plural: true, end: skip_stop(text, at + 3) });
        }
        _ => return sign(text, at),
    };
    Some(Head { unit, plural, end: skip_number_sign(text, skip_stop(text, at + 1)) })
}

/// "art" is a word of its own; only "art." and "art 7" announce.
fn is_abbreviated(text: &Text<'_>, at: usize) -> bool {
    text.is_mark(at + 1, '.') && !text.is_mark(at + 2, '.') || text.is_number(at + 1)
}

fn sign(text: &Text<'_>, at: usize) -> Option<Head> {
    let doubled = text.is_mark(at + 1, '§') || text.is_mark(at + 1, '¶');
    let is_sign = text.is_mark(at, '§') || text.is_mark(at, '¶');
    is_sign.then(|| Head { unit: Unit::Paragraph, plural: doubled, end: at + 1 + usize::from(doubled) })
}

fn skip_stop(text: &Text<'_>, at: usize) -> usize {
    at + usize::from(text.is_mark(at, '.'))
}

/// Steps over "No.", "Nos.", "№", "№№", "N".
pub(in super::super) fn skip_number_sign(text: &Text<'_>, mut at: usize) -> usize {
    while text.is_mark(at, '№') || text.is_mark(at, '#') {
        at += 1;
    }
    let is_stop = |at: usize| ['.', '°', 'º', ':'].iter().any(|stop| text.is_mark(at, *stop));
    let is_sign = matches!(text.norm(at), "no" | "nos" | "nr" | "n" | "number" | "numbers" | "num");
    if is_sign && (text.is_number(at + 1) || is_stop(at + 1)) {
        at += 1;
        while is_stop(at) {
            at += 1;
        }
    }
    at
}

/// What stands between two members of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Link {
    Comma,
    Semicolon,
    And,
    Range,
}

/// Returns the link at a token and the token after it. ", and" is one link.
pub(in super::super) fn link(text: &Text<'_>, at: usize) -> Option<(Link, usize)> {
    let mut end = at;
    let mut found = None;
    if text.is_mark(end, ',') || text.is_mark(end, ';') {
        found = Some(if text.is_mark(end, ';') { Link::Semicolon } else { Link::Comma });
        end += 1;
    }
    match text.norm(end) {
        "and" if text.is_mark(end + 1, '/') && text.norm(end + 2) == "or" => return Some((Link::And, end + 3)),
        "and" | "or" | "и" | "или" => return Some((Link::And, end + 1)),
        "as" if text.norm(end + 1) == "well" && text.norm(end + 2) == "as" => return Some((Link::And, end + 3)),
        "а" if text.norm(end + 1) == "также" => return Some((Link::And, end + 2)),
        "to" | "through" | "по" if found.is_none() => return Some((Link::Range, end + 1)),
        _ => {}
    }
    if text.is_mark(end, '&') {
        return Some((Link::And, end + 1));
    }
    if found.is_none() && is_dash(text, end) {
        let doubled = text.is_mark(end, '-') && text.is_mark(end + 1, '-') && text.is_glued(end + 1);
        return Some((Link::Range, end + 1 + usize::from(doubled)));
    }
    found.map(|link| (link, end))
}

pub(super) fn is_dash(text: &Text<'_>, at: usize) -> bool {
    ['-', '–', '—', '‑', '−'].iter().any(|dash| text.is_mark(at, *dash))
}

/// Whether the word is «год», whole or abbreviated, as it stands behind the number of a year.
pub(in super::super) fn is_year_word(word: &str) -> bool {
    matches!(word, "года" | "год" | "году" | "г")
}

/// Steps over the year behind a name, in brackets or not: "(1966),", «1966 г.»; returns the token after it.
pub(in super::super) fn skip_year_of_name(text: &Text<'_>, at: usize) -> usize {
    let opened = usize::from(text.is_mark(at, '('));
    let year = at + opened;
    if !text.is_year(year) {
        return at;
    }
    let mut end = year + 1;
    if is_year_word(text.norm(end)) {
        end += 1 + usize::from(text.norm(end) == "г" && text.is_mark(end + 1, '.'));
    }
    match opened {
        1 if text.is_mark(end, ')') => end + 1,
        1 => at,
        _ => end,
    }
}

/// Whether the word names a month, so that the number before it is a day.
/// English months have a capital letter ("article 26 may result").
pub(in super::super) fn is_month(text: &Text<'_>, at: usize) -> bool {
    let word = text.norm(at);
    if word == "may" && !text.is_capital(at) {
        return false;
    }
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "января"
            | "февраля"
            | "марта"
            | "апреля"
            | "мая"
            | "июня"
            | "июля"
            | "августа"
            | "сентября"
            | "октября"
            | "ноября"
            | "декабря"
    )
}

/// Whether what follows a number lets it be the number of an article, not a count ("articles 7 and 15 children").
pub(super) fn ends_number(text: &Text<'_>, at: usize) -> bool {
    match text.kind(at) {
        None | Some(Kind::Mark(_)) => true,
        Some(Kind::Number) => false,
        Some(Kind::Word) => {
            text.is_capital(at)
                || matches!(
                    text.norm(at),
                    "of" | "and"
                        | "or"
                        | "to"
                        | "in"
                        | "read"
                        | "thereof"
                        | "bis"
                        | "ter"
                        | "alone"
                        | "above"
                        | "taken"
                        | "with"
                        | "under"
                        | "are"
                        | "is"
                        | "were"
                        | "have"
                        | "has"
                        | "which"
                        | "that"
                        | "by"
                        | "as"
                        | "on"
                        | "for"
                        | "through"
                        | "и"
                        | "или"
                        | "в"
                        | "по"
                        | "а"
                        | "о"
                        | "к"
                        | "с"
                        | "конвенции"
                        | "пакта"
                        | "протокола"
                        | "закона"
                        | "настоящего"
                        | "настоящей"
                        | "факультативного"
                        | "конституции"
                        | "устава"
                        | "указанной"
                        | "правил"
                        | "регламента"
                        | "кодекса"
                        | "декларации"
                        | "статута"
                        | "договора"
                        | "хартии"
                        | "соглашения"
                        | "указа"
                )
        }
    }
}

/// Whether a counted noun follows the number.
pub(super) fn is_quantity(text: &Text<'_>, at: usize) -> bool {
    matches!(
        text.norm(at),
        "years"
            | "months"
            | "days"
            | "people"
            | "persons"
            | "children"
            | "per"
            | "million"
            | "cases"
            | "states"
            | "лет"
            | "месяцев"
            | "дней"
            | "человек"
            | "детей"
    ) || text.is_mark(at, '%')
}

/// Whether the mark at a token ends a sentence: no abbreviation stands before it, and a capital or a number after it.
pub(in super::super) fn ends_sentence_at(text: &Text<'_>, at: usize) -> bool {
    let closes = text.is_mark(at, '.') || text.is_mark(at, '?') || text.is_mark(at, '!');
    if !closes {
        return false;
    }
    let before = at.checked_sub(1);
    let abbreviated = before.is_none_or(|before| text.raw(before).chars().count() <= 2)
        || matches!(before.map_or("", |before| text.norm(before)), "art" | "arts" | "para" | "paras" | "nos");
    !abbreviated && (text.is_capital(at + 1) || text.is_number(at + 1) || text.kind(at + 1).is_none())
}

/// Returns the value of a Roman numeral in capitals up to 99.
pub(in super::super) fn roman(word: &str) -> Option<u32> {
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    let mut total = 0;
    let mut last = 0;
    for letter in word.chars().rev() {
        let value = match letter {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        };
        if value < last {
            total -= value;
        } else {
            total += value;
            last = value;
        }
    }
    (write_roman(total) == word).then_some(total as u32)
}

fn write_roman(mut value: i32) -> String {
    let mut written = String::new();
    for (letters, worth) in
        [("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)]
    {
        while value >= worth && written.len() < 12 {
            written.push_str(letters);
            value -= worth;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_are_read_strictly() {
        for (word, value) in
            [("III", Some(3)), ("XLVIII", Some(48)), ("IIII", None), ("A", None), ("", None), ("XXXV", Some(35))]
        {
            assert_eq!(roman(word), value, "{word}");
        }
    }
}
