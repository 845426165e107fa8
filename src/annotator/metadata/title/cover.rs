//! The lines of a cover: which of them can be a title's, and which name no document.

use crate::annotator::{bodies, dates};
use crate::document::is_un_symbol;

use super::{LONGEST_LINE, clean};

/// Lines with which laws tell of their making, after their title.
const MAKING: [&str; 10] = [
    "принят ",
    "принята ",
    "принято ",
    "одобрен",
    "в редакции",
    "(в редакции",
    "зарегистрирован",
    "с изменениями",
    "adopted ",
    "entry into force",
];

/// Beginnings of lines that name the sender, the session or the printing of a document.
const STARTS: [&str; 19] = [
    "distr",
    "original:",
    "agenda item",
    "united nations",
    "general assembly",
    "security council",
    "economic and social council",
    "пункт ",
    "организация объединенных наций",
    "генеральная ассамблея",
    "язык оригинала",
    "original :",
    "item ",
    "english only",
    "совет безопасности",
    "экономический и социальный совет",
    "geneva,",
    "conseil de l’europe",
    "council of europe",
];
/// Whole lines of covers of old, which have these words in pieces.
const WHOLE: [&str; 9] =
    ["a", "united", "nations", "general", "assembly", "conseil", "council", "conseil council", "de l’europe of europe"];

/// The lines that may be a title's, up to the first that is the text's.
pub(super) fn own_lines(lines: &[String]) -> Vec<&str> {
    let is_text = |line: &str| {
        let lower = line.to_lowercase();
        line.chars().count() > LONGEST_LINE || MAKING.iter().any(|start| lower.starts_with(start))
    };
    let mut own: Vec<&str> = Vec::new();
    let mut of_agenda = None;
    for line in lines {
        // Below the first row of a table stand its other rows, and no title.
        if is_table_row(line) {
            break;
        }
        if is_formula(line) {
            let lower = line.trim().to_lowercase();
            if ["agenda item", "пункт "].iter().any(|start| lower.starts_with(start)) {
                of_agenda = Some(own.len());
            }
            continue;
        }
        if is_text(line) && !own.is_empty() {
            break;
        }
        let is_cell = line.contains(" | ");
        own.extend(
            Some(clean(line)).filter(|line| !line.is_empty() && !is_text(line) && !is_cell && !is_address(line)),
        );
    }
    // Under the number of an agenda item stands its name, before the document's own title.
    if let Some(at) = of_agenda
        && own.len() > at + 1
    {
        own.remove(at);
    }
    own
}

/// Lines of covers that name no document.
pub(in crate::annotator::metadata) fn is_formula(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let words = lower.split_whitespace().count();
    let session = (lower.ends_with(" session") || lower.ends_with(" сессия")) && words <= 4;
    let officer = ["rapporteur:", "chair:", "chairperson:", "president:", "докладчик:", "председатель:"]
        .iter()
        .any(|office| lower.contains(office));
    let body = bodies::find_in(line).first().is_some_and(|(span, _)| span.len() * 10 >= line.trim().len() * 9);
    let date = dates::find(line).first().is_some_and(|date| date.end + 6 >= line.trim_end().len() && line.len() < 60);
    STARTS.iter().any(|start| lower.starts_with(start))
        || WHOLE.contains(&lower.as_str())
        || session
        || officer
        || body
        || date
        || is_un_symbol(line.trim())
}

/// Whether a line is a row of cells: "Recommendation | Position | Theme".
pub(in crate::annotator::metadata) fn is_table_row(line: &str) -> bool {
    line.matches(" | ").count() > 1
}

/// Whether a text is an address on the web and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['<', '(']);
    !text.contains(char::is_whitespace) && (text.contains("://") || text.starts_with("www."))
}
