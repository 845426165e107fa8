//! The title of a document, from the lines of its front.

mod cover;
mod given;

use crate::annotator::{bodies, countries};
use crate::document::{DocumentKind, Language, Paragraph, ParagraphKind, is_un_symbol};

use super::FrontMatter;
use super::kind::kind_of;
use cover::own_lines;
pub(super) use cover::{is_formula, is_table_row};
pub use given::title_of;

/// Characters of a title at most, and of one line of it.
const LONGEST_TITLE: usize = 400;
const LONGEST_LINE: usize = 300;
/// Characters of a title from which its language can be told, at least, and of a paragraph.
const TELLING: usize = 20;
const TELLING_TEXT: usize = 80;

/// Words with which no title ends: the next line goes on.
const OPEN_ENDS: [&str; 24] = [
    "of", "the", "and", "in", "on", "to", "for", "by", "with", "from", "a", "an", "or", "at", "и", "о", "об", "по",
    "в", "на", "с", "для", "от", "или",
];
/// Words with which no title starts: the line before goes on.
const OPEN_STARTS: [&str; 22] = [
    "of",
    "and",
    "in",
    "on",
    "to",
    "for",
    "by",
    "with",
    "from",
    "or",
    "at",
    "о",
    "об",
    "и",
    "по",
    "в",
    "на",
    "с",
    "для",
    "от",
    "или",
    "concerning",
];

/// The parties of a case; else the line that names the kind of document in the document's language, with the country
/// under it; else all lines that are not the body's, the session's or the printer's; else the file's own title.
pub(super) fn read_title(front: &FrontMatter<'_>, kind_line: Option<&String>) -> Option<String> {
    if let Some(title) = heading_in_language(front) {
        return Some(shorten(title));
    }
    if let Some(title) = case(front.lines) {
        return Some(shorten(title));
    }
    if let Some(at) = kind_line.and_then(|line| front.lines.iter().position(|other| other == line)) {
        return Some(shorten(title_of_kind(front.lines, at)));
    }
    let lines = own_lines(front.lines).join(" ");
    let given = title_of(front.properties);
    // A file that says more than the one word over its text: "Москва" stands over the first part of a report.
    let says_more = given.as_ref().is_some_and(|given| given.contains(' ') && !lines.contains(' '));
    if lines.is_empty() || says_more { given } else { Some(shorten(lines)) }
}

/// The first heading, where the text under it is in a language of this program and the title block is in none ("Verdrag
/// inzake de rechten van het kind" over a convention in English): what a register puts over a text is no title of it.
fn heading_in_language(front: &FrontMatter<'_>) -> Option<String> {
    /// A head word alone ("Convention") has its title in the heading below.
    const WORDS_OF_HEAD: usize = 1;
    let is_ours = |unit: &Paragraph| [Language::ENGLISH, Language::RUSSIAN].contains(&unit.language);
    let mut titles = front.paragraphs.iter().filter(|unit| unit.kind == ParagraphKind::Title).peekable();
    titles.peek()?;
    if titles.any(|unit| is_ours(unit) || unit.text.chars().count() < TELLING) {
        return None;
    }
    let telling = |unit: &&Paragraph| unit.kind != ParagraphKind::Title && unit.text.chars().count() >= TELLING_TEXT;
    let first = front.paragraphs.iter().find(telling).filter(|unit| is_ours(unit))?;
    let mut path: Vec<&str> = Vec::new();
    let mut next = first.section;
    while let Some(section) =
        next.and_then(|index| front.sections.get(index)).filter(|_| path.len() < front.sections.len())
    {
        path.push(&section.heading);
        next = section.parent;
    }
    path.reverse();
    let (head, below) = path.split_first()?;
    let goes_on = head.split_whitespace().count() <= WORDS_OF_HEAD;
    let title = match below.first().filter(|_| goes_on) {
        Some(rest) => format!("{head} {rest}"),
        None => (*head).to_owned(),
    };
    let is_numbered = head.split_whitespace().next().is_none_or(|word| word.ends_with(['.', ')']));
    (title.chars().count() >= TELLING && !is_numbered).then_some(title)
}

/// "CASE OF A v. B" with its application number, where the front is that of a judgment.
fn case(lines: &[String]) -> Option<String> {
    let parties = |line: &&String| {
        line.chars().count() <= LONGEST_LINE
            && [" v. ", " c. ", " против ", " ПРОТИВ "].iter().any(|sign| line.contains(sign))
    };
    let number = lines.iter().find_map(|line| application(line))?;
    let line = clean(lines.iter().find(parties)?);
    let sign = if line.chars().any(|sign| ('а'..='я').contains(&sign.to_ascii_lowercase())) { "№" } else { "no." };
    Some(format!("{line}, {sign} {number}"))
}

/// The number of an application: "(Application no. 35430/05)", «(Жалоба N 35430/05)».
fn application(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    ["application", "жалоб", "requête"].iter().any(|word| lower.contains(word)).then_some(())?;
    line.split(|sign: char| !sign.is_ascii_digit() && sign != '/').find(|word| {
        word.split_once('/').is_some_and(|(number, year)| (1..=6).contains(&number.len()) && year.len() == 2)
    })
}

/// The title that starts with the line that names the kind, over its further lines, with the country under it.
fn title_of_kind(lines: &[String], at: usize) -> String {
    let mut rest = lines.get(at + 1..).unwrap_or(&[]).iter();
    let mut title = lines.get(at).map_or(String::new(), |line| clean(line).to_owned());
    if kind_of(&title) == Some(DocumentKind::Resolution)
        && let Some(named) = rest.clone().position(|line| is_number(line))
    {
        // What a body has adopted has a number and a name of its own.
        let line = clean(&lines[at + 1 + named]).to_owned();
        let name = lines.get(at + 2 + named).filter(|next| !line.contains(' ') && !is_formula(next));
        return name.map_or(line.clone(), |name| format!("{line} {}", clean(name)));
    }
    while let Some(line) = rest.as_slice().first().filter(|line| goes_on(&title, line)) {
        title = format!("{title} {}", clean(line));
        rest.next();
    }
    let country =
        rest.next().filter(|line| line.split_whitespace().count() <= 6 && !countries::find_in(line).is_empty());
    match country {
        Some(country) if !title.contains(clean(country)) => format!("{title}: {}", clean(country)),
        _ => title,
    }
}

/// "59/112. Outcome of the universal periodic review", "14/105".
fn is_number(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default().trim_end_matches('.');
    word.split_once('/').is_some_and(|(session, number)| {
        [session, number].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// Whether a title goes on in the next line.
fn goes_on(title: &str, line: &str) -> bool {
    let word = |word: Option<&str>| word.unwrap_or_default().to_lowercase();
    let open = OPEN_ENDS.contains(&word(title.split_whitespace().last()).as_str());
    let opened = OPEN_STARTS.contains(&word(line.split_whitespace().next()).as_str()) && !is_formula(line);
    (open || opened) && title.chars().count() + line.chars().count() < LONGEST_TITLE
}

fn clean(line: &str) -> &str {
    line.trim_matches(['*', ' '])
}

fn shorten(title: String) -> String {
    match title.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title,
    }
}

/// Whether a symbol is one of a body that is known.
pub fn is_known_symbol(symbol: &str) -> bool {
    is_un_symbol(symbol) && bodies::by_symbol(symbol).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Properties;

    #[track_caller]
    fn check(lines: &[&str], expected: Option<&str>) {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let front = FrontMatter {
            lines: &lines,
            paragraphs: &[],
            sections: &[],
            left_out: &[],
            properties: &Properties::default(),
            language: None,
        };
        let kind_line = lines.iter().find(|line| kind_of(line).is_some());
        assert_eq!(read_title(&front, kind_line).as_deref(), expected, "{lines:?}");
    }

    #[test]
    fn titles_under_covers() {
        check(&["UNITED", "A", "General Assembly", "HUMAN RIGHTS COUNCIL"], None);
        check(&["Recommendation | Position | Theme | Level of implementation", "Theme: A12 Acceptance"], None);
        check(&["List of lights", "Light | Place | Height", "North | Harbour | 12 m"], Some("List of lights"));
        check(
            &["Human Rights Council", "Agenda item 1", "Organizational matters", "Report on lighthouses in 2012"],
            Some("Report on lighthouses in 2012"),
        );
        check(
            &["Utopia", "Compilation of information prepared by the Office of the", "United Nations High Commissioner"],
            Some("Compilation of information prepared by the Office of the United Nations High Commissioner"),
        );
        check(
            &[
                "SUMMARY PREPARED BY THE OFFICE, IN ACCORDANCE WITH PARAGRAPH 15 OF THE ANNEX",
                "TO RESOLUTION 5/1",
                "Norway*",
            ],
            Some(
                "SUMMARY PREPARED BY THE OFFICE, IN ACCORDANCE WITH PARAGRAPH 15 OF THE ANNEX TO RESOLUTION 5/1: Norway",
            ),
        );
        check(
            &["Decision adopted by the Human Rights Council", "14/105", "Outcome of the review: Norway"],
            Some("14/105 Outcome of the review: Norway"),
        );
        check(
            &["ФЕДЕРАЛЬНЫЙ ЗАКОН", "О маяках", "Принят Государственной Думой 8 июля 2006 года"],
            Some("ФЕДЕРАЛЬНЫЙ ЗАКОН О маяках"),
        );
    }

    #[test]
    fn rows_of_tables_and_addresses_are_no_titles() {
        check(&["Recommendation | Position", "Report on lighthouses"], Some("Report on lighthouses"));
        check(&["https://example.org/lighthouses", "Report on lighthouses"], Some("Report on lighthouses"));
        check(&["https://example.org/lighthouses"], None);
    }

    #[test]
    fn the_file_s_own_title_is_taken_where_it_says_more() {
        let title = |line: &str, given: &str| {
            let properties = Properties { title: Some(given.to_owned()), ..Properties::default() };
            let lines = [line.to_owned()];
            let front = FrontMatter {
                lines: &lines,
                sections: &[],
                paragraphs: &[],
                left_out: &[],
                properties: &properties,
                language: None,
            };
            read_title(&front, None)
        };
        assert_eq!(title("Oslo", "Lighthouses of the fjords").as_deref(), Some("Lighthouses of the fjords"));
        assert_eq!(title("Lighthouses of Oslo", "A draft of ours").as_deref(), Some("Lighthouses of Oslo"));
        assert_eq!(title("Oslo", "Microsoft Word - x.doc").as_deref(), Some("Oslo"));
        assert_eq!(title("Oslo", "https://example.org/a").as_deref(), Some("Oslo"));
        assert_eq!(title("Oslo", "Norway").as_deref(), Some("Oslo"));
    }

    #[test]
    fn cases_have_their_parties_and_number() {
        check(
            &["EUROPEAN COURT OF HUMAN RIGHTS", "CASE OF SMITH v. NORWAY", "(Application no. 123/05)", "JUDGMENT"],
            Some("CASE OF SMITH v. NORWAY, no. 123/05"),
        );
        check(
            &["ПЕРВАЯ СЕКЦИЯ", "(Жалоба N 123/05)", "ИВАНОВЫ против НОРВЕГИИ"],
            Some("ИВАНОВЫ против НОРВЕГИИ, № 123/05"),
        );
    }
}
