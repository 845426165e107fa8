//! Metadata from the front matter: symbol, title, date, body, country, kind. Never guessed: what is not there is `None`.

mod kind;
mod overrides;
mod title;

use std::collections::HashMap;

use crate::document::{
    Language, LeftOut, LeftOutReason, Metadata, Paragraph, ParagraphKind, Properties, Section, is_un_symbol,
};

use self::kind::{kind_by_content, kind_of};
pub use self::overrides::{Override, OverrideError, is_iso_date, read_overrides};
use self::title::{is_formula, is_table_row, read_title};
pub use self::title::{is_known_symbol, title_of};
use super::{bodies, countries, dates};

/// What the reading of metadata starts from.
#[derive(Debug, Clone, Copy)]
pub struct FrontMatter<'a> {
    /// Printed lines of the title block.
    pub lines: &'a [String],
    pub paragraphs: &'a [Paragraph],
    pub sections: &'a [Section],
    pub left_out: &'a [LeftOut],
    pub properties: &'a Properties,
    /// The document's main language.
    pub language: Option<Language>,
}

/// Paragraphs in which an adoption or a letter's date stands.
const OPENING: usize = 4;

/// Reads what a document says of itself.
pub fn read(front: &FrontMatter<'_>) -> Metadata {
    let symbol = read_symbol(front);
    let kind_line = front
        .lines
        .iter()
        .filter(|line| kind_of(line).is_some() && !is_table_row(line))
        .max_by_key(|line| front.language == language_of(line));
    let title = read_title(front, kind_line);
    let kind = kind_line.and_then(|line| kind_of(line)).or_else(|| kind_by_content(front, title.as_deref()));
    Metadata {
        country: read_country(front, symbol.as_deref(), title.as_deref()),
        body: read_body(front, symbol.as_deref()),
        date: read_date(front),
        symbol,
        title,
        kind,
        source: None,
        language: front.language,
    }
}

/// The symbol that runs over the pages, else one printed alone in the first lines of the front matter.
fn read_symbol(front: &FrontMatter<'_>) -> Option<String> {
    // By symbol: how often it runs, and where first.
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    let heads = front.left_out.iter().filter(|left| left.reason == LeftOutReason::RunningHead);
    let words = heads.flat_map(|left| left.text.split_whitespace()).filter(|word| is_un_symbol(word));
    for (place, word) in words.enumerate() {
        counts.entry(word).or_insert((0, place)).0 += 1;
    }
    let running =
        counts.into_iter().max_by_key(|(_, (count, place))| (*count, usize::MAX - place)).map(|(symbol, _)| symbol);
    let printed = front.lines.iter().take(6).flat_map(|line| line.split_whitespace()).find(|word| is_un_symbol(word));
    running.or(printed).map(|symbol| symbol.trim_end_matches(['*', '.']).to_owned())
}

/// The day of adoption, of distribution, or of a letter. The days of a session are no date of the document, except where
/// it says that it was adopted in them; the date of the file is that of a copy, and would stand in citations.
fn read_date(front: &FrontMatter<'_>) -> Option<String> {
    let opening = || front.paragraphs.iter().take(OPENING);
    let adopted = opening()
        .filter(|paragraph| paragraph.kind != ParagraphKind::Footnote)
        .chain(front.paragraphs.iter().filter(|paragraph| is_note_on_title(paragraph)).take(3))
        .find_map(|paragraph| adoption(&paragraph.text));
    let distributed =
        || front.lines.iter().chain(front.left_out.iter().map(|left| &left.text)).find_map(|line| distribution(line));
    let alone = || {
        opening().find_map(|paragraph| {
            dates::find(&paragraph.text)
                .pop()
                .filter(|date| !date.in_range && paragraph.text.len() <= date.end + 8 && paragraph.text.len() < 40)
        })
    };
    let in_front = || front.lines.iter().flat_map(|line| dates::find(line)).find(|date| !date.in_range);
    signature(front.paragraphs)
        .or(adopted)
        .or_else(distributed)
        .or_else(|| alone().map(|date| date.iso))
        .or_else(|| in_front().map(|date| date.iso))
}

/// The day under which a law was signed with its number, at its foot: «27 июля 2006 года N 152-ФЗ». The days of its passing
/// through the chambers stand in its head.
fn signature(paragraphs: &[Paragraph]) -> Option<String> {
    const FOOT: usize = 8;
    const LONGEST_TAIL: usize = 80;
    let units = paragraphs.iter().rev().filter(|unit| unit.kind != ParagraphKind::Footnote).take(FOOT);
    units.filter(|unit| is_number_of_law(&unit.text)).find_map(|unit| {
        let tail = unit.text.char_indices().rev().nth(LONGEST_TAIL).map_or(0, |(at, _)| at);
        let tail = &unit.text[tail..];
        let date = dates::find(tail).pop().filter(|date| !date.in_range && date.iso.len() == 10)?;
        let number = &tail[date.end..];
        let before = tail.get(..date.end)?.split_whitespace().rev().nth(3);
        (number.chars().count() < 24 && number.contains(['№', 'N']) && before != Some("от")).then_some(date.iso)
    })
}

/// Whether a text ends with the number of a federal law.
fn is_number_of_law(text: &str) -> bool {
    let last = text.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    last.strip_suffix("-ФЗ").or_else(|| last.strip_suffix("-ФКЗ")).is_some_and(|number| {
        let digits = number.trim_start_matches(['N', '№']);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// "adopted at its 2024th meeting, held on 5 June 2015", "* Adopted by the Committee at its … session (… 5 June 2015)",
/// «Принят Государственной Думой 8 июля 2006 года»: what this document says of itself, not of another.
fn adoption(text: &str) -> Option<String> {
    let opens = ["Adopted ", "Принят", "ПРИНЯТ"].iter().any(|word| text.starts_with(word)).then_some(0);
    let own =
        ["adopted at its", "and adopted, at its", "Принят Государственной", "приняты Комитетом", "принял на своем"];
    let at = opens.or_else(|| own.iter().filter_map(|phrase| text.find(phrase)).min())?;
    let sentence = text[at..].split(". ").next()?;
    dates::find(sentence).pop().map(|date| date.iso)
}

/// Whether a footnote is on the document itself: an asterisk marks it. A numbered one may say of a treaty when it was adopted,
/// unless it speaks of a session.
fn is_note_on_title(paragraph: &Paragraph) -> bool {
    let is_starred = paragraph.mark.as_ref().is_none_or(|mark| mark.starts_with(['*', '∗']));
    let says_session = || [" at its ", " на своей ", " на своем "].iter().any(|words| paragraph.text.contains(words));
    paragraph.kind == ParagraphKind::Footnote && (is_starred || says_session())
}

fn distribution(line: &str) -> Option<String> {
    let at = line.find("Distr").or_else(|| line.find("GENERAL"))?;
    dates::find(&line[at..]).into_iter().next().map(|date| date.iso)
}

fn read_body(front: &FrontMatter<'_>, symbol: Option<&str>) -> Option<String> {
    if let Some(body) = symbol.and_then(bodies::by_symbol) {
        return Some(body.id.to_owned());
    }
    let letterhead = front.left_out.iter().filter(|left| left.reason == LeftOutReason::Letterhead);
    let found: Vec<&bodies::Body> = front
        .lines
        .iter()
        .filter(|line| kind_of(line).is_none())
        .chain(letterhead.map(|left| &left.text))
        .flat_map(|line| bodies::find_in(line))
        .filter_map(|(_, id)| bodies::by_code(id))
        .collect();
    // A cover names the body and those above it: the one below the others has issued the document.
    let below =
        found.iter().find(|body| body.parent.is_some_and(|parent| found.iter().any(|other| other.id == parent)));
    let in_title = || front.lines.iter().find_map(|line| bodies::find_in(line).first().map(|(_, id)| (*id).to_owned()));
    below.or(found.first()).map(|body| body.id.to_owned()).or_else(in_title)
}

/// The country whose code is a part of the symbol, else the only one that the title names, else the only one of the front.
fn read_country(front: &FrontMatter<'_>, symbol: Option<&str>, title: Option<&str>) -> Option<String> {
    let in_symbol = symbol.and_then(|symbol| symbol.split('/').skip(1).find_map(countries::by_code));
    if let Some(country) = in_symbol {
        return Some(country.code.to_owned());
    }
    let only = |texts: &mut dyn Iterator<Item = &str>| {
        let mut codes: Vec<&str> = texts.flat_map(countries::find_in).map(|(_, code)| code).collect();
        codes.sort_unstable();
        codes.dedup();
        match codes.as_slice() {
            [code] => Some((*code).to_owned()),
            _ => None,
        }
    };
    let in_front = only(&mut title.into_iter()).or_else(|| {
        // An officer's country is not the document's.
        only(&mut front.lines.iter().map(String::as_str).filter(|line| !is_formula(line)))
    });
    // A report to the United Nations says on its cover whom it is on.
    in_front.or_else(|| symbol.is_none().then(|| country_throughout(front.paragraphs)).flatten())
}

/// The country that many paragraphs name, where hardly any names another: a report on one State need not say so on its
/// cover.
fn country_throughout(paragraphs: &[Paragraph]) -> Option<String> {
    const READ: usize = 600;
    const FEWEST: usize = 8;
    /// For one paragraph on another country there must be so many.
    const FOR_ONE_OTHER: usize = 4;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut all = 0;
    let read = paragraphs.get(..READ).unwrap_or(paragraphs);
    for (paragraph, left) in read.iter().zip((0..read.len()).rev()) {
        let mut codes: Vec<&str> =
            countries::find_capitalised_in(&paragraph.text).into_iter().map(|(_, code)| code).collect();
        codes.sort_unstable();
        codes.dedup();
        all += codes.len();
        codes.into_iter().for_each(|code| *counts.entry(code).or_default() += 1);
        let most = counts.values().max().copied().unwrap_or_default();
        // No paragraph that is left can make up for the others.
        if most + left < (all - most) * FOR_ONE_OTHER {
            return None;
        }
    }
    let (code, most) = counts.into_iter().max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code)))?;
    (most >= FEWEST && most >= (all - most) * FOR_ONE_OTHER).then(|| code.to_owned())
}

/// The language of a line by its script, as far as titles need it.
fn language_of(line: &str) -> Option<Language> {
    let cyrillic = line.chars().filter(|sign| ('\u{400}'..='\u{4ff}').contains(sign)).count();
    let letters = line.chars().filter(|sign| sign.is_alphabetic()).count();
    (letters > 0).then_some(if cyrillic * 2 > letters { Language::RUSSIAN } else { Language::ENGLISH })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentKind;

    fn front(lines: &[&str], running: &[&str], language: Language) -> Metadata {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let left_out: Vec<LeftOut> = running
            .iter()
            .map(|text| LeftOut { reason: LeftOutReason::RunningHead, text: (*text).to_owned(), page: 0, line: 0 })
            .collect();
        read(&FrontMatter {
            lines: &lines,
            paragraphs: &[],
            sections: &[],
            left_out: &left_out,
            properties: &Properties::default(),
            language: Some(language),
        })
    }

    #[test]
    fn concluding_observations() {
        let read = front(
            &[
                "Committee against Torture",
                "Concluding observations on the sixth periodic report of Norway*",
                "Distr.: General 5 June 2018",
            ],
            &["CAT/C/NOR/CO/6"],
            Language::ENGLISH,
        );
        assert_eq!(read.symbol.as_deref(), Some("CAT/C/NOR/CO/6"));
        assert_eq!(read.title.as_deref(), Some("Concluding observations on the sixth periodic report of Norway"));
        assert_eq!((read.body.as_deref(), read.country.as_deref()), (Some("CAT"), Some("NOR")));
        assert_eq!((read.kind, read.date.as_deref()), (Some(DocumentKind::ConcludingObservations), Some("2018-06-05")));
    }

    #[test]
    fn a_cover_in_two_languages() {
        let read = front(
            &[
                "Совет по правам человека",
                "Доклад Специального докладчика о поездке в Таджикистан",
                "Report of the Special Rapporteur on her visit to Tajikistan",
            ],
            &[],
            Language::ENGLISH,
        );
        assert_eq!(read.title.as_deref(), Some("Report of the Special Rapporteur on her visit to Tajikistan"));
        assert_eq!((read.country.as_deref(), read.kind), (Some("TJK"), Some(DocumentKind::SpecialProceduresReport)));
    }

    #[test]
    fn a_working_group_report_takes_its_country() {
        let read = front(
            &[
                "United Nations",
                "A/HRC/27/3",
                "General Assembly",
                "Report of the Working Group on the Universal Periodic Review*",
                "Norway",
            ],
            &[],
            Language::ENGLISH,
        );
        assert_eq!(read.title.as_deref(), Some("Report of the Working Group on the Universal Periodic Review: Norway"));
        assert_eq!((read.symbol.as_deref(), read.country.as_deref()), (Some("A/HRC/27/3"), Some("NOR")));
        assert_eq!(read.kind, Some(DocumentKind::UprReport));
    }

    fn of_paragraphs(lines: &[&str], paragraphs: &[Paragraph]) -> Metadata {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        read(&FrontMatter {
            lines: &lines,
            paragraphs,
            sections: &[],
            left_out: &[],
            properties: &Properties::default(),
            language: Some(Language::ENGLISH),
        })
    }

    #[test]
    fn a_note_on_a_treaty_dates_no_document() {
        for (mark, text, expected) in [
            ("1", "Adopted by the General Assembly in its resolution 63/117 of 10 December 2008.", "2009-11-19"),
            ("1", "Adopted by the Committee at its sixty-first session (1 to 19 June 2015).", "2015-06-19"),
            ("*", "Adopted by the Committee on 5 June 2015.", "2015-06-05"),
        ] {
            let note = unit(ParagraphKind::Footnote, Language::ENGLISH, None, text);
            let note = Paragraph { mark: Some(mark.to_owned()), ..note };
            let read = of_paragraphs(&["Distr. General Assembly GENERAL 19 November 2009"], &[note]);
            assert_eq!(read.date.as_deref(), Some(expected), "{mark} {text}");
        }
    }

    #[test]
    fn a_report_on_one_state_is_of_its_country() {
        let text = |text: &str| unit(ParagraphKind::Paragraph, Language::ENGLISH, None, text);
        let norway = "The police of Norway dispersed the assembly.";
        let mut paragraphs = vec![text(norway); 10];
        assert_eq!(of_paragraphs(&["Annual report"], &paragraphs).country.as_deref(), Some("NOR"));
        assert_eq!(of_paragraphs(&["Annual report"], &paragraphs[..5]).country, None);
        paragraphs.extend(vec![text("In Sweden and in Finland it is otherwise."); 2]);
        assert_eq!(of_paragraphs(&["Annual report"], &paragraphs).country, None);
    }

    fn unit(kind: ParagraphKind, language: Language, section: Option<usize>, text: &str) -> Paragraph {
        Paragraph {
            ordinal: 1,
            kind,
            label: None,
            mark: None,
            text: text.to_owned(),
            section,
            parent: None,
            position: 0,
            language,
            page: 0,
        }
    }

    #[test]
    fn a_law_is_of_the_day_of_its_signature() {
        for (foot, expected) in [
            ("Президент Утопии Москва, Кремль 27 июля 2006 года N 152-ФЗ", "2006-07-27"),
            ("Утратил силу: Федеральный закон от 27 июля 2011 года N 261-ФЗ", "2006-07-14"),
        ] {
            let head = "Принят Государственной Думой 8 июля 2006 года Одобрен Советом Федерации 14 июля 2006 года";
            let paragraphs = [head, foot].map(|text| unit(ParagraphKind::Paragraph, Language::RUSSIAN, None, text));
            let lines = ["ФЕДЕРАЛЬНЫЙ ЗАКОН О маяках".to_owned()];
            let read = read(&FrontMatter {
                lines: &lines,
                paragraphs: &paragraphs,
                sections: &[],
                left_out: &[],
                properties: &Properties::default(),
                language: Some(Language::RUSSIAN),
            });
            assert_eq!(read.date.as_deref(), Some(expected), "{foot}");
        }
    }

    #[test]
    fn a_title_in_another_language_gives_way_to_the_heading_of_the_text() {
        let dutch = Language::from_code("nl").expect("a code");
        let title = "Verdrag inzake de vuurtorens";
        let text =
            "The States Parties to this Convention, considering how dark the seas are at night, have agreed thus.";
        for (language, headings, expected) in [
            (dutch, &["Convention on Lighthouses"][..], "Convention on Lighthouses"),
            (dutch, &["Convention", "on Lighthouses of the High Seas"], "Convention on Lighthouses of the High Seas"),
            (Language::ENGLISH, &["Convention on Lighthouses"], title),
        ] {
            let heading =
                |(at, text): (usize, &&str)| Section { heading: (*text).to_owned(), parent: at.checked_sub(1) };
            let sections: Vec<Section> = headings.iter().enumerate().map(heading).collect();
            let paragraphs = [
                unit(ParagraphKind::Title, language, None, title),
                unit(ParagraphKind::Paragraph, Language::ENGLISH, sections.len().checked_sub(1), text),
            ];
            let read = read(&FrontMatter {
                lines: &[title.to_owned()],
                paragraphs: &paragraphs,
                sections: &sections,
                left_out: &[],
                properties: &Properties::default(),
                language: Some(Language::ENGLISH),
            });
            assert_eq!(read.title.as_deref(), Some(expected), "{headings:?}");
        }
    }

    #[test]
    fn absent_is_none() {
        assert_eq!(
            front(&[], &[], Language::ENGLISH),
            Metadata { language: Some(Language::ENGLISH), ..Metadata::default() }
        );
    }
}
