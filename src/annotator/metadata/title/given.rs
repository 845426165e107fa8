//! The title that a file's own properties give, and what converters write there.

use crate::document::{Properties, is_un_symbol};

use super::cover::is_address;
use super::shorten;

/// Returns the title that a file's properties give, where it is none of a converter.
pub fn title_of(properties: &Properties) -> Option<String> {
    let title = properties.title.as_deref()?.trim();
    (!is_file_name(title)).then(|| shorten(title.to_owned()))
}

/// What converters and programs write where the author gave no title.
fn is_file_name(title: &str) -> bool {
    const OF_PROGRAMS: [&str; 8] = [
        "untitled",
        "untitled document",
        "powerpoint presentation",
        "презентация powerpoint",
        "без имени",
        "без названия",
        "no title",
        "title",
    ];
    const ENDINGS: [&str; 14] =
        ["doc", "docx", "pdf", "rtf", "odt", "indd", "txt", "html", "htm", "xls", "xlsx", "ppt", "pptx", "qxd"];
    let lower = title.trim().to_lowercase();
    let numbered = |name: &str| lower.strip_prefix(name).is_some_and(|rest| rest.trim().parse::<u32>().is_ok());
    let has_word = lower.split_whitespace().any(|word| {
        word.chars().filter(|sign| sign.is_alphabetic()).count() >= 3 && !word.chars().any(|sign| sign.is_ascii_digit())
    });
    lower.starts_with("microsoft word")
        || OF_PROGRAMS.contains(&lower.as_str())
        || ["document", "документ", "slide", "слайд"].into_iter().any(numbered)
        || is_address(&lower)
        || !(has_word || is_un_symbol(title.trim()))
        || lower.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_programs_are_none() {
        for title in [
            "Microsoft Word - a.doc",
            "Р9101024",
            "report.pdf",
            "12345",
            "Untitled",
            "Document1",
            "Документ 2",
            "PowerPoint Presentation",
            "https://example.org/reports/births",
            "www.example.org",
            "index.html",
        ] {
            assert!(is_file_name(title), "{title}");
        }
        assert!(!is_file_name("Slovenia") && !is_file_name("A/HRC/27/3"));
    }
}
