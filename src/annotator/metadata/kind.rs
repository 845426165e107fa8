//! The kind of a document, by the words of its title or by its form.

use crate::document::DocumentKind;

use super::FrontMatter;

/// Characters of a line that names a law, at most.
const LONGEST_NAME: usize = 200;

/// Phrases of titles that name a kind of document, in lower case, English and Russian.
const KINDS: [(DocumentKind, &[&str]); 10] = [
    (
        DocumentKind::ConcludingObservations,
        &["concluding observations", "concluding comments", "заключительные замечания"],
    ),
    (
        DocumentKind::GeneralComment,
        &["general comment no", "general recommendation no", "замечание общего порядка", "общая рекомендация"],
    ),
    (DocumentKind::ListOfIssues, &["list of issues", "list of themes", "перечень вопросов"]),
    (
        DocumentKind::Views,
        &["views adopted by", "decision adopted by the committee", "соображения, принятые", "соображения комитета"],
    ),
    (
        DocumentKind::UprReport,
        &[
            "report of the working group on the universal periodic review",
            "доклад рабочей группы по универсальному периодическому обзору",
        ],
    ),
    (
        DocumentKind::UprSubmission,
        &[
            "compilation of un information",
            "compilation of information prepared",
            "compilation on ",
            "summary of information prepared",
            "compilation prepared by the office",
            "summary prepared by the office",
            "summary of stakeholders",
            "резюме, подготовленное управлением",
            "подборка, подготовленная управлением",
            "national report submitted",
        ],
    ),
    (
        DocumentKind::SpecialProceduresReport,
        &[
            "report of the special rapporteur",
            "report of the independent expert",
            "report of the working group on",
            "доклад специального докладчика",
            "доклад независимого эксперта",
            "доклад рабочей группы по",
        ],
    ),
    (
        DocumentKind::StateReport,
        &[
            "periodic report of",
            "initial report of",
            "periodic reports of",
            "periodic report submitted by",
            "initial report submitted by",
            "периодический доклад",
            "первоначальный доклад",
        ],
    ),
    (
        DocumentKind::Resolution,
        &[
            "resolution adopted by",
            "decision adopted by the human rights council",
            "decision adopted by the general assembly",
            "резолюция, принятая",
            "решение, принятое советом",
        ],
    ),
    (
        DocumentKind::Law,
        &["федеральный закон", "федеральный конституционный закон", "кодекс российской федерации", "уголовный кодекс"],
    ),
];

pub(super) fn kind_of(line: &str) -> Option<DocumentKind> {
    let lower = line.to_lowercase();
    // A law that a sentence cites is not the document.
    let cited = lower.chars().count() > LONGEST_NAME;
    let names = |kind: DocumentKind, phrase: &str| match kind {
        DocumentKind::Law => !cited && lower.trim_start().starts_with(phrase),
        _ => lower.contains(phrase),
    };
    KINDS.iter().find(|(kind, phrases)| phrases.iter().any(|phrase| names(*kind, phrase))).map(|(kind, _)| *kind)
}

/// How letters to a minister begin.
const SALUTATIONS: [&str; 9] = [
    "Excellency",
    "Your Excellency",
    "Ваше Превосходительство",
    "Madam",
    "Sir",
    "Madam Minister",
    "Mr. Minister",
    "Dear Minister",
    "Madame Minister",
];

/// Beginnings of the titles of treaties, in lower case.
const TREATIES: [&str; 10] = [
    "convention on ",
    "convention against ",
    "convention relating to ",
    "international covenant on ",
    "international convention on ",
    "optional protocol to ",
    "конвенция о ",
    "конвенция против ",
    "международный пакт о ",
    "факультативный протокол к ",
];

/// Kinds that the front matter does not name but the form shows: a letter of the High Commissioner on the UPR, a treaty,
/// a judgment.
pub(super) fn kind_by_content(front: &FrontMatter<'_>, read: Option<&str>) -> Option<DocumentKind> {
    let opening = || front.paragraphs.iter().take(6).map(|paragraph| paragraph.text.as_str());
    let salutation = opening().any(|text| SALUTATIONS.contains(&text.trim_end_matches([',', '!'])));
    if salutation
        && opening().any(|text| {
            text.to_lowercase().contains("periodic review") || text.contains("универсального периодического обзора")
        })
    {
        return Some(DocumentKind::UprLetter);
    }
    let title = front.lines.join(" ").to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if holds(&["european court of human rights", "европейский суд по правам человека"])
        && holds(&["judgment", "постановление", "arrêt"])
    {
        return Some(DocumentKind::Judgment);
    }
    let read = read.unwrap_or_default().to_lowercase();
    let names_treaty =
        |title: &str| TREATIES.iter().any(|start| title.starts_with(start)) && title.chars().count() <= LONGEST_NAME;
    if names_treaty(&title) || names_treaty(&read) {
        return Some(DocumentKind::Treaty);
    }
    None
}
