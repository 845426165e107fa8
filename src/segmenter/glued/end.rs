//! Where a note ends, and how the text of notes is known.

use std::ops::Range;

use crate::document::is_un_symbol;

/// The end of the last note of a page, and that of the page's foot after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    pub note: usize,
    pub foot: usize,
}

/// Finds where the note that begins at `body` ends: at the foot of the page, where the sentence before the notes goes on,
/// or at the text's end. `None` where it cannot be told.
pub fn find(text: &str, before: &str, body: usize) -> Option<End> {
    let tail = beginning(text.get(body..)?);
    if let Some(foot) = page_foot(tail) {
        return ends_note(&tail[..foot.start]).then_some(End { note: body + foot.start, foot: body + foot.end });
    }
    if is_broken(before) {
        let end = body + resumption(tail)?;
        return Some(End { note: end, foot: end });
    }
    (body + tail.len() == text.len() && is_one_note(tail)).then_some(End { note: text.len(), foot: text.len() })
}

/// Bytes of the longest note: what is longer is none, however it reads.
pub const LONGEST: usize = 4000;

/// Returns as much of a text as a note may have.
pub fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// Whether a text breaks off within a sentence.
pub fn is_broken(before: &str) -> bool {
    let before = before.trim_end();
    !before.is_empty() && !super::super::piece::ends_sentence(before)
}

/// The bytes of "A/79/520 11/29 24-18961", "GE.24-01501": words of which one is a job number or a page of pages.
pub fn page_foot(text: &str) -> Option<Range<usize>> {
    let mut words = words(text).peekable();
    while let Some((at, word)) = words.next() {
        let mut sure = is_number_of_foot(word);
        if !sure && !is_un_symbol(word) {
            continue;
        }
        let mut end = at + word.len();
        while let Some((next, word)) = words.next_if(|(_, word)| is_number_of_foot(word) || is_un_symbol(word)) {
            sure |= is_number_of_foot(word);
            end = next + word.len();
        }
        if sure {
            return Some(at..end);
        }
    }
    None
}

fn is_number_of_foot(word: &str) -> bool {
    is_job(word) || is_page_of(word)
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(' ').map(move |word| {
        let at = from;
        from += word.len() + 1;
        (at, word)
    })
}

/// "24-18961", "GE.24-01501".
fn is_job(word: &str) -> bool {
    let (year, number) = match word.strip_prefix("GE.").unwrap_or(word).split_once('-') {
        Some(parts) => parts,
        None => return false,
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    year.len() == 2 && number.len() == 5 && digits(year) && digits(number)
}

/// "11/29".
fn is_page_of(word: &str) -> bool {
    let Some((page, pages)) = word.split_once('/') else { return false };
    matches!((page.len(), pages.len()), (1..=2, 2) | (1, 1))
        && matches!((page.parse::<u8>(), pages.parse::<u8>()), (Ok(page), Ok(pages)) if page <= pages)
}

/// Where a sentence that the notes broke goes on: after a full stop, with a small letter.
pub fn resumption(tail: &str) -> Option<usize> {
    let stops = tail.match_indices(". ").map(|(at, _)| at + 2);
    let mut places = stops.filter(|at| {
        let goes_on = tail[*at..].starts_with(char::is_lowercase)
            && !tail[*at..].starts_with("http")
            && !tail[*at..].starts_with("www.");
        goes_on && !is_abbreviation(&tail[..at - 2]) && !is_abbreviated(&tail[*at..])
    });
    places.next()
}

/// "para", "vol", an initial: what a full stop shortens.
fn is_abbreviation(before: &str) -> bool {
    const SHORT: &[&str] = &[
        "al", "app", "approx", "art", "arts", "cf", "ch", "chap", "co", "corp", "dr", "www", "ed", "eds", "etc", "fig",
        "id", "inc", "jr", "ltd", "no", "nos", "op", "cit", "p", "para", "paras", "pp", "rev", "sec", "sect", "ser",
        "st", "suppl", "v", "vol", "vols", "vs", "см", "ст", "стр", "там", "указ",
    ];
    let word = before.rsplit(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    let lower = word.to_lowercase();
    (word.chars().count() == 1 && word.starts_with(char::is_alphabetic)) || SHORT.contains(&lower.as_str())
}

/// "pp. 5–7", "para. 12", "vol. 3": what goes on with a small letter after a full stop within a note.
fn is_abbreviated(after: &str) -> bool {
    const LOCATORS: &[&str] = &[
        "p",
        "pp",
        "para",
        "paras",
        "art",
        "arts",
        "vol",
        "vols",
        "ch",
        "chap",
        "sect",
        "no",
        "nos",
        "ed",
        "eds",
        "available",
        "с",
        "стр",
    ];
    let word = after.split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
    LOCATORS.contains(&word)
}

/// Whether a text to the end of a paragraph is a note alone: one sentence, or more that each name a source.
fn is_one_note(tail: &str) -> bool {
    let tail = tail.trim_end();
    if !ends_note(tail) {
        return false;
    }
    let sentences: Vec<usize> = sentence_breaks(tail).collect();
    sentences
        .iter()
        .zip(sentences.iter().skip(1).chain([&tail.len()]))
        .all(|(from, to)| opens_source(&tail[*from..*to]))
}

/// Where the sentences of a note after the first begin.
fn sentence_breaks(note: &str) -> impl Iterator<Item = usize> + '_ {
    let breaks = note
        .match_indices(". ")
        .filter(|(at, _)| !is_abbreviation(&note[..*at]) && !note[at + 2..].starts_with(char::is_lowercase));
    breaks.map(|(at, _)| at + 2)
}

/// The first sentence of a note, or as much of it as tells what it is.
pub fn first_sentence(note: &str) -> &str {
    /// Bytes of a long one.
    const LONG: usize = 600;
    let note = &note[..note.floor_char_boundary(LONG)];
    sentence_breaks(note).next().and_then(|end| note.get(..end)).unwrap_or(note)
}

/// Whether a text ends as notes do: like a sentence, or with an address of the web.
pub fn ends_note(text: &str) -> bool {
    let text = text.trim_end();
    let last = text.rsplit(' ').next().unwrap_or_default();
    let address = last.contains("www.") || last.contains("://");
    address || (super::super::piece::ends_sentence(text) && !cuts_abbreviation(text))
}

/// "vol. " and "No. " announce a number; "et al. " and "ibid. " may end a note.
fn cuts_abbreviation(text: &str) -> bool {
    const ANNOUNCING: &[&str] = &[
        "art", "arts", "ch", "chap", "no", "nos", "p", "para", "paras", "pp", "sect", "vol", "vols", "fig", "sec",
        "ст", "стр", "с", "п", "пп", "см",
    ];
    let Some(bare) = text.strip_suffix('.') else { return false };
    let word = bare.rsplit(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    ANNOUNCING.contains(&word.as_str())
}

/// Whether a text opens as a reference to a source does.
pub fn opens_source(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "See ",
        "See, ",
        "Ibid",
        "ibid",
        "Available ",
        "Also ",
        "Cf. ",
        "http",
        "www.",
        "Submission ",
        "Submissions ",
        "General comment ",
        "Op. cit",
        "Id.",
        "См. ",
        "См., ",
        "Там же",
        "URL",
        "Доступно ",
        "Ср. ",
    ];
    let text = text.trim_start_matches(['“', '"', '«', '(', '[']);
    let first = text.split(' ').next().unwrap_or_default().trim_end_matches(['.', ',', ';', ':']);
    OPENINGS.iter().any(|opening| text.starts_with(opening)) || is_un_symbol(first)
}

/// Whether a text names a source: it opens as one, or has a page, a paragraph, an address, a year of print.
pub fn names_source(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "http",
        "www.",
        "para. ",
        "paras. ",
        "p. ",
        "pp. ",
        "vol. ",
        "art. ",
        "arts. ",
        "No. ",
        "Ibid",
        "ibid",
        "op. cit",
        "available at",
        "Available",
        "et al",
        "supra",
        "ed. ",
        " eds",
        "” (",
        "See ",
        "см. ",
        "Там же",
        "с. ",
        "стр. ",
    ];
    opens_source(text) || SIGNS.iter().any(|sign| text.contains(sign)) || has_year_of_print(text)
}

/// "(Geneva, 2019)", "(2010)", ", 2019."
fn has_year_of_print(text: &str) -> bool {
    text.match_indices([')', '.']).any(|(at, _)| {
        let head = &text[..at];
        let year = head.len().checked_sub(4).and_then(|from| head.get(from..));
        let parted = head.len().checked_sub(5).and_then(|from| head.get(from..head.len() - 4));
        year.is_some_and(|year| {
            (year.starts_with("19") || year.starts_with("20")) && year.bytes().all(|byte| byte.is_ascii_digit())
        }) && parted.is_some_and(|sign| matches!(sign, "(" | " "))
    })
}
