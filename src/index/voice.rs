//! Who speaks in a passage of a decision, by its headings: the body that decides, or somebody who argues before it; and
//! notes that were printed within a ready paragraph, which speak for themselves.
//!
//! Views of committees and judgments of courts repeat the parties at length, in the words that people search with; what they
//! are searched for is what the body found. Headings of other documents tell nothing, and nothing is said of them.

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The body considers and decides.
    Finding,
    /// A party tells the facts and argues, or a member dissents.
    Argument,
    /// A footnote that came within the text of a ready paragraph: the paragraph is what was printed, and the note hardly
    /// ever what is sought.
    Note,
}

impl Voice {
    /// All of them, each of which has a term.
    pub const ALL: [Voice; 3] = [Voice::Finding, Voice::Argument, Voice::Note];

    /// Returns the term by which passages are found in which this voice speaks.
    pub fn term(self) -> &'static str {
        match self {
            Voice::Finding => "finding",
            Voice::Argument => "argument",
            Voice::Note => "note",
        }
    }

    /// Returns who speaks below some headings, the innermost first, as they are written for comparison.
    pub fn of<'a>(headings: impl IntoIterator<Item = &'a str>) -> Option<Voice> {
        headings.into_iter().find_map(Voice::announced_by)
    }

    fn announced_by(heading: &str) -> Option<Voice> {
        let any = |words: &[&str]| words.iter().any(|word| contains_words(heading, word));
        let bare = unnumbered(heading);
        let begins = |word: &&str| bare.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let considered = CONSIDERED.iter().any(begins) || any(ASSESSED);
        if any(OPINIONS) || ((any(PARTIES) || any(NAMED_BESIDE)) && any(SAYINGS) && !considered) {
            return Some(Voice::Argument);
        }
        if considered || any(DECIDED) {
            return Some(Voice::Finding);
        }
        (any(TOLD) || PARTIES.contains(&bare) || TOLD_ALONE.contains(&bare)).then_some(Voice::Argument)
    }
}

/// Parties before a body, whose name alone is a heading too; the possessive "s" stands apart in a heading written for
/// comparison.
const PARTIES: &[&str] = &[
    "state party",
    "author",
    "authors",
    "complainant",
    "complainants",
    "petitioner",
    "petitioners",
    "government",
    "applicant",
    "applicants",
    "parties",
    "counsel",
];

/// Others, and parties in other cases, whose name alone may be the heading of anything.
const NAMED_BESIDE: &[&str] = &[
    "state parties",
    "states parties",
    "party",
    "victim",
    "victims",
    "defendant",
    "respondent",
    "intervener",
    "interveners",
    "государства",
    "государство",
    "автора",
    "авторов",
    "заявителя",
    "заявителей",
    "заявительницы",
    "жалобщика",
    "правительства",
    "властей",
    "сторон",
    "стороны",
    "адвоката",
    "истца",
    "ответчика",
    "участника",
];

/// What parties make.
const SAYINGS: &[&str] = &[
    "observations",
    "observation",
    "submissions",
    "submission",
    "comments",
    "comment",
    "arguments",
    "allegations",
    "claims",
    "contentions",
    "information",
    "reply",
    "replies",
    "response",
    "correspondence",
    "position",
    "as submitted",
    "as presented",
    "замечания",
    "комментарии",
    "представления",
    "представление",
    "сообщения",
    "утверждения",
    "доводы",
    "аргументы",
    "возражения",
    "позиция",
    "ответ",
    "изложении",
    "информация",
];

/// Beginnings of headings under which a body decides.
const CONSIDERED: &[&str] = &[
    "consideration",
    "considerations",
    "examination",
    "deliberations",
    "issues and proceedings",
    "committee s",
    "court s",
    "рассмотрение",
    "вопросы и процедура",
    "вопросы и процедуры",
    "обсуждение",
    "соображения",
];

/// The same anywhere.
const ASSESSED: &[&str] = &[
    "consideration of the",
    "consideration of admissibility",
    "consideration of merits",
    "consideration on the merits",
    "committee s consideration",
    "committee s decision",
    "committee s assessment",
    "court s assessment",
    "assessment of the court",
    "the court s",
    "оценка суда",
    "оценка комитета",
    "мнение суда",
    "выводы суда",
    "по мнению суда",
];

/// Headings under which a body decides, where no party is named.
const DECIDED: &[&str] = &[
    "decision on admissibility",
    "decision on the admissibility",
    "decision on the merits",
    "admissibility considerations",
    "on the merits",
    "assessment of the merits",
    "по существу",
    "решение о приемлемости",
    "решение относительно приемлемости",
];

/// Opinions of members that are not those of the body.
const OPINIONS: &[&str] = &[
    "individual opinion",
    "individual opinions",
    "separate opinion",
    "dissenting",
    "dissenting opinion",
    "concurring opinion",
    "partly dissenting",
    "особое мнение",
    "индивидуальное мнение",
    "совпадающее мнение",
];

/// Where parties are heard without being named.
const TOLD: &[&str] = &[
    "facts as submitted",
    "facts as presented",
    "facts submitted",
    "facts presented",
    "factual background",
    "circumstances of the case",
    "the complaint",
    "факты в изложении",
    "изложение фактов",
    "обстоятельства дела",
];

/// Headings that are nothing but what is told, or who tells it in Russian.
const TOLD_ALONE: &[&str] = &[
    "complaint",
    "claim",
    "claims",
    "facts",
    "from the author",
    "факты",
    "жалоба",
    "заявитель",
    "заявители",
    "правительство",
    "власти",
    "стороны",
];

/// Whether words stand in a heading as whole words in a row.
fn contains_words(heading: &str, words: &str) -> bool {
    heading.match_indices(words).any(|(at, _)| {
        let before = heading.get(..at).is_none_or(|before| before.is_empty() || before.ends_with(' '));
        let after = heading.get(at + words.len()..).is_none_or(|after| after.is_empty() || after.starts_with(' '));
        before && after
    })
}

/// Returns a heading without its number and article.
fn unnumbered(heading: &str) -> &str {
    let passed_over = |word: &str| {
        matches!(word, "the" | "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix")
            || word.chars().all(char::is_numeric)
            || word.chars().count() == 1
    };
    let mut rest = heading;
    while let Some((_, others)) = rest.split_once(' ').filter(|(first, _)| passed_over(first)) {
        rest = others;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::fold_for_comparison;

    #[test]
    fn headings_tell_who_speaks() {
        use Voice::{Argument, Finding};
        for (heading, voice) in [
            ("Consideration of the merits", Some(Finding)),
            ("Considerations of admissibility", Some(Finding)),
            ("Issues and proceedings before the Committee", Some(Finding)),
            ("IV. Issues and proceedings before the Committee:", Some(Finding)),
            ("B. Committee’s consideration of admissibility", Some(Finding)),
            ("Consideration of the State party's objection", Some(Finding)),
            ("The Court’s assessment", Some(Finding)),
            ("(b) The Court's assessment", Some(Finding)),
            ("Decision on admissibility", Some(Finding)),
            ("Рассмотрение по существу", Some(Finding)),
            ("Вопросы и процедура их рассмотрения в Комитете", Some(Finding)),
            ("Оценка Суда", Some(Finding)),
            ("State party’s observations on admissibility and the merits", Some(Argument)),
            ("The author’s comments on the State party’s additional observations", Some(Argument)),
            ("Supplementary submissions by the parties on the merits of the complaint", Some(Argument)),
            ("The facts as submitted by the author[[fn:3]]", Some(Argument)),
            ("Factual background", Some(Argument)),
            ("The complaint:", Some(Argument)),
            ("1. The parties’ submissions", Some(Argument)),
            ("(a) The Government", Some(Argument)),
            ("I. THE CIRCUMSTANCES OF THE CASE", Some(Argument)),
            ("Individual opinion of Committee member (dissenting)", Some(Argument)),
            ("Замечания государства-участника относительно приемлемости и существа сообщения", Some(Argument)),
            ("Комментарии автора по замечаниям государства-участника", Some(Argument)),
            ("Факты в изложении заявителя", Some(Argument)),
            ("Доводы сторон", Some(Argument)),
            ("ОБСТОЯТЕЛЬСТВА ДЕЛА", Some(Argument)),
            ("Особое мнение судьи", Some(Argument)),
            ("Concluding observations", None),
            ("Principal areas of concern and recommendations", None),
            ("Cooperation of the Government with civil society", None),
            ("Background", None),
            ("Obligations of States parties", None),
            ("Complaint mechanisms", None),
            ("Dissemination and follow-up", None),
            ("Birth registration", None),
            ("Меры, принятые государством-участником", None),
            ("", None),
        ] {
            assert_eq!(Voice::of([fold_for_comparison(heading).as_str()]), voice, "{heading}");
        }
    }

    #[test]
    fn the_innermost_heading_that_tells_decides() {
        let of = |headings: &[&str]| Voice::of(headings.iter().copied());
        assert_eq!(of(&["article 9", "consideration of the merits"]), Some(Voice::Finding));
        assert_eq!(of(&["the parties submissions", "consideration of the merits"]), Some(Voice::Argument));
        assert_eq!(of(&["education", "conclusions"]), None);
    }
}
