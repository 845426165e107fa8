//! Mentions by a head word alone, or by head word and year: "the Convention", "the Optional Protocol to the Covenant".

use super::super::names::match_name;
use super::super::registry::{Named, Registry};
use super::super::token::{Kind, Text};
use super::abbreviations::read_abbreviation;
use super::classes::{class_of, english_class, is_form_of, russian_class};
use super::ilo::read_year_and_number;
use super::words::{is_month, is_year_word, skip_year_of_name};
use super::{Class, Mention, Mode, Target};

/// "Optional Protocol to the Convention": which of several, the resolver decides.
pub(super) fn read_protocol(text: &Text<'_>, at: usize) -> Option<Mention> {
    let english = text.norm(at) == "optional" && text.norm(at + 1) == "protocol";
    let russian = text.norm(at).starts_with("факультативн") && is_form_of(text.norm(at + 1), "протокол");
    // "the OP to CAT"
    let is_short = text.raw(at) == "OP"
        && text.norm(at + 1) == "to"
        && text.is_capital(at + 2 + usize::from(text.norm(at + 2) == "the"));
    if !english && !russian && !is_short || text.norm(at + 1) == "протоколы" {
        return None;
    }
    let noun = if is_short { at } else { at + 1 };
    let weak = !text.is_capital(at) && !text.is_capital(noun);
    if let Some(mention) = read_subject(text, at, noun + 1) {
        return Some(mention);
    }
    let plain = Mention { from: at, to: noun + 1, target: Target::Generic { class: Class::OptionalProtocol, weak } };
    let mut next = noun + 1;
    if !matches!(text.norm(next), "to" | "к" | "thereto") {
        // "the Optional Protocol on the Rights of ...", not "on 3 May" and not "on the ground that".
        let subject = next + 1 + usize::from(text.norm(next + 1) == "the");
        if matches!(text.norm(next), "on" | "о" | "об") && !weak && is_name_part(text, subject) {
            return Some(Mention { target: Target::Unknown(Some(Class::OptionalProtocol)), ..plain });
        }
        return Some(plain);
    }
    next += 1 + usize::from(matches!(text.norm(next + 1), "the" | "this"));
    if let Some(name) = match_name(text, next)
        && let Named::Instrument(row) = name.named
    {
        let plain = Mention { from: at, to: skip_definition(text, name.end), target: Target::ProtocolTo(Some(row)) };
        return Some(read_subject(text, at, name.end).unwrap_or(plain));
    }
    if let Some(Mention { to, target: Target::Instrument(row), .. }) = read_abbreviation(text, next, Mode::Document) {
        let plain = Mention { from: at, to, target: Target::ProtocolTo(Some(row)) };
        return Some(read_subject(text, at, to).unwrap_or(plain));
    }
    let generic = english_class(text.norm(next)).or_else(|| russian_class(text, next));
    // "to the Convention on ...", with a name that nobody knows: no protocol of the context.
    if generic.is_some()
        && matches!(text.norm(next + 1), "on" | "against" | "for" | "о" | "об" | "против")
        && (text.is_capital(next + 2) || text.is_capital(next + 3))
    {
        return Some(Mention { target: Target::Unknown(Some(Class::OptionalProtocol)), to: next + 1, ..plain });
    }
    let to = if generic.is_some() { next + 1 } else { noun + 1 };
    Some(Mention { from: at, to, target: if generic.is_some() { Target::ProtocolTo(None) } else { plain.target } })
}

/// The protocol that its subject tells: "Optional Protocol to the CRC on a communications procedure".
fn read_subject(text: &Text<'_>, from: usize, at: usize) -> Option<Mention> {
    const SUBJECTS: [(&str, &str); 10] = [
        ("involvement", "CRC-OP-AC"),
        ("sale", "CRC-OP-SC"),
        ("communications", "CRC-OP-IC"),
        ("communication", "CRC-OP-IC"),
        ("abolition", "ICCPR-OP2"),
        ("участия", "CRC-OP-AC"),
        ("участии", "CRC-OP-AC"),
        ("торговли", "CRC-OP-SC"),
        ("торговле", "CRC-OP-SC"),
        ("отмену", "ICCPR-OP2"),
    ];
    let links = matches!(text.norm(at), "on" | "concerning" | "regarding" | "о" | "об" | "касающийся" | "касающегося")
        || text.norm(at) == "aiming" && text.norm(at + 1) == "at";
    let subject = (at + 1..at + 4).find(|next| !matches!(text.norm(*next), "the" | "a" | "at"))?;
    let (_, id) = SUBJECTS.iter().find(|(word, _)| links && text.norm(subject) == *word)?;
    let row = Registry::get().index_of(id)?;
    Some(Mention { from, to: subject + 1, target: Target::Instrument(row) })
}

/// "Protocol I" of the Geneva Conventions, where the text speaks of them: other treaties number their protocols too.
fn read_additional_protocol(text: &Text<'_>, at: usize) -> Option<Mention> {
    const REACH: usize = 300;
    let id = match text.raw(at + 1) {
        "I" => "AP-I",
        "II" => "AP-II",
        _ => return None,
    };
    let speaks = |at: usize| {
        let word = text.norm(at);
        matches!(word, "geneva" | "additional") || word.starts_with("женевск") || word.starts_with("дополнительн")
    };
    let is_additional =
        !matches!(text.norm(at + 2), "to" | "on" | "к" | "о" | "об") && (at.saturating_sub(REACH)..at).any(speaks);
    let row = Registry::get().index_of(id).filter(|_| is_additional)?;
    Some(Mention { from: at, to: at + 2, target: Target::Instrument(row) })
}

/// What courts and the police write and hospitals follow: "Protocol of the hearing", «Протокол судебного заседания».
fn is_record(text: &Text<'_>, at: usize) -> bool {
    const RECORDS: [&str; 22] = [
        "суд",
        "допрос",
        "осмотр",
        "заседани",
        "задержани",
        "обыск",
        "изъяти",
        "опрос",
        "очн",
        "следственн",
        "собрани",
        "совещани",
        "экспертиз",
        "вскрыти",
        "медицинск",
        "арест",
        "личн",
        "проверк",
        "объяснени",
        "выемк",
        "следств",
        "опознани",
    ];
    let next = text.norm(at + 1);
    // "the Protocol for the State party" is a treaty.
    let is_guide = next == "for" && text.norm(at + 2).ends_with("ing");
    is_guide || next == "of" || RECORDS.iter().any(|record| next.starts_with(record))
}

/// "the Convention", "the Covenant", «Пакта».
pub(super) fn read_generic(text: &Text<'_>, at: usize, mode: Mode) -> Option<Mention> {
    let english = english_class(text.norm(at));
    let class = english.or_else(|| russian_class(text, at))?;
    let weak = !text.is_capital(at);
    let mention = |target| Some(Mention { from: at, to: at + 1, target });
    if class == Class::Protocol {
        if let Some(mention) = read_additional_protocol(text, at) {
            return Some(mention);
        }
        if is_record(text, at) {
            return mention(Target::Unknown(Some(class)));
        }
    }
    // "Convention 169 of the ILO"
    if class == Class::Convention && text.is_number(at + 1) && !text.is_year(at + 1) && text.norm(at + 2) == "of" {
        let owner = at + 3 + usize::from(text.norm(at + 3) == "the");
        let is_labour = text.norm(owner) == "ilo"
            || text.norm(owner) == "international" && text.norm(owner + 1).starts_with("labo");
        if let Some(number) = text.number(at + 1).filter(|_| is_labour) {
            return Some(Mention { from: at, to: owner + 1, target: Target::Ilo { number, recommendation: false } });
        }
    }
    if let (Some(number), end) = read_year_and_number(text, at + 1) {
        return Some(Mention { from: at, to: end, target: Target::Ilo { number, recommendation: false } });
    }
    if english.is_none() && text.is_year(at + 1) && is_year_word(text.norm(at + 2)) {
        let year = text.number(at + 1).unwrap_or_default();
        let target = match row_of_year(class, year, false) {
            Some(row) => Target::Instrument(row),
            // Both Covenants are of one year.
            None if class == Class::Covenant && year == 1966 => Target::Generic { class, weak },
            None => Target::Unknown(Some(class)),
        };
        return Some(Mention { from: at, to: skip_year_of_name(text, at + 1), target });
    }
    // «Устава Лиги» is not that of the United Nations.
    if english.is_none()
        && class == Class::Charter
        && text.is_capital(at + 1)
        && !matches!(text.norm(at + 1), "организации" | "оон")
    {
        return mention(Target::Unknown(Some(class)));
    }
    if weak
        && mode == Mode::Document
        && class != Class::Convention
        && class != Class::Covenant
        && class != Class::Protocol
    {
        return None;
    }
    if is_unknown_name(text, at, english.is_some()) {
        let to = if english.is_some() { end_of_title(text, at + 1) } else { at + 1 };
        return Some(Mention { from: at, to, target: Target::Unknown(Some(class)) });
    }
    if weak
        && mode == Mode::Document
        && english.is_some()
        && !matches!(before(text, at), "the" | "this" | "said" | "present")
    {
        return None;
    }
    if !weak && at == 0 && mode == Mode::Document && text.len() > 1 && english.is_some() {
        return None;
    }
    // "a Convention refugee" is a kind of refugee.
    if matches!(text.norm(at + 1), "refugee" | "refugees") {
        return None;
    }
    mention(Target::Generic { class, weak })
}

pub(super) fn before<'t>(text: &'t Text<'_>, at: usize) -> &'t str {
    at.checked_sub(1).map_or("", |before| text.norm(before))
}

/// Whether a capital goes on a name: the State, a committee or a person may act without being a part of it.
pub(super) fn is_name_part(text: &Text<'_>, at: usize) -> bool {
    const ACTORS: [&str; 10] =
        ["state", "states", "party", "committee", "government", "mr", "ms", "mrs", "court", "council"];
    text.is_capital(at) && !ACTORS.contains(&text.norm(at)) && !is_month(text, at)
}

/// Whether the head word is part of a name that the registry does not have: "the Basel Convention", "Convention on X".
fn is_unknown_name(text: &Text<'_>, at: usize, english: bool) -> bool {
    let named_after = match text.norm(at + 1) {
        "on" | "against" => {
            let word = at + 2 + usize::from(text.norm(at + 2) == "the");
            text.is_capital(word)
                && !matches!(text.norm(word), "state" | "states" | "committee" | "government" | "party")
        }
        "for" => {
            let word = at + 2 + usize::from(text.norm(at + 2) == "the");
            let named = text.is_capital(word) && text.norm(word) != "state";
            named && (word > at + 2 || matches!(text.norm(at), "charter" | "declaration"))
        }
        "relative" | "additional" => {
            text.norm(at + 2) == "to" && is_name_part(text, at + 3 + usize::from(text.norm(at + 3) == "the"))
        }
        // "Declaration and Programme of Action": of whichever conference.
        "and" => matches!(text.norm(at + 2), "programme" | "platform" | "plan") && text.is_capital(at + 2),
        // "the Protocol to the African Charter", not "the Protocol to the Convention"
        "to" if matches!(text.norm(at), "protocol") => {
            let word = at + 2 + usize::from(text.norm(at + 2) == "the");
            text.is_capital(word) && english_class(text.norm(word)).is_none()
        }
        "relating" | "concerning" | "governing" | "regarding" => {
            let capital = (at + 2..at + 5).find(|word| text.is_capital(*word));
            capital
                .is_some_and(|word| !matches!(text.norm(word), "state" | "states" | "committee" | "government" | "mr"))
        }
        "of" if text.norm(at + 2) == "the" => is_name_part(text, at + 3),
        "of" => text.is_capital(at + 2),
        "о" | "об" | "по" | "против" | "касающийся" | "касающаяся" => true,
        "no" => text.is_number(at + 2) || text.is_mark(at + 2, '.'),
        _ => text.is_mark(at + 1, '№'),
    };
    let Some(previous) = at.checked_sub(1) else { return named_after };
    let named_before = if english {
        text.is_capital(previous)
            && !matches!(
                text.norm(previous),
                "the"
                    | "this"
                    | "under"
                    | "in"
                    | "of"
                    | "present"
                    | "that"
                    | "said"
                    | "to"
                    | "by"
                    | "and"
                    | "united"
                    | "nations"
                    | "un"
                    | "international"
                    | "additional"
                    | "according"
                    | "both"
                    | "with"
                    | "while"
                    | "if"
                    | "its"
                    | "whether"
                    | "since"
            )
            && !starts_sentence(text, previous)
    } else {
        let word = text.norm(previous);
        let adjective = ["ской", "ская", "скую", "ский", "ского", "ском", "скому", "ским", "цкой", "цкая"];
        adjective.iter().any(|ending| word.ends_with(ending))
    };
    named_after || named_before
}

/// The end of the capitalised title that goes on a head word: "Convention on Jurisdiction, Applicable Law and ...".
pub(super) fn end_of_title(text: &Text<'_>, from: usize) -> usize {
    const LONGEST: usize = 24;
    let mut end = from;
    for at in from..(from + LONGEST).min(text.len()) {
        match text.kind(at) {
            // What is known by a name of its own is none of the title's.
            Some(Kind::Word) if text.is_capital(at) && at > from && match_name(text, at).is_some() => break,
            Some(Kind::Word) if text.is_capital(at) && class_word(text, at).is_none() => end = at + 1,
            Some(Kind::Word)
                if matches!(text.norm(at), "on" | "of" | "and" | "the" | "for" | "in" | "to" | "against") => {}
            Some(Kind::Mark(',')) if text.is_capital(at + 1) => {}
            _ => break,
        }
    }
    end
}

fn class_word(text: &Text<'_>, at: usize) -> Option<Class> {
    english_class(text.norm(at).trim_end_matches('s'))
}

fn starts_sentence(text: &Text<'_>, at: usize) -> bool {
    at == 0 || text.is_mark(at - 1, '.')
}

/// The convention or protocol that is known by its year: the first row of that class and year.
pub(super) fn row_of_year(class: Class, year: u32, hague: bool) -> Option<usize> {
    if !matches!(class, Class::Convention | Class::Protocol) {
        return None;
    }
    let mut rows = Registry::get().rows().iter().enumerate();
    let known = |id: &str| {
        if hague { id.starts_with("HAGUE") } else { id.starts_with("REFUGEE") || id.starts_with("STATELESS") }
    };
    rows.find(|(_, row)| u32::from(row.year) == year && class_of(row.en) == class && known(row.id))
        .map(|(index, _)| index)
}

/// Steps over the definition after a name: "(the Convention)", "(CRC)", "(“the Covenant”)".
pub(super) fn skip_definition(text: &Text<'_>, at: usize) -> usize {
    if !text.is_mark(at, '(') {
        return at;
    }
    let mut next = at + 1;
    let mut words = 0;
    while next < at + 10 {
        match text.kind(next) {
            Some(Kind::Mark(')')) if words > 0 => return next + 1,
            Some(Kind::Word) => {
                let is_short = text.is_upper(next)
                    || english_class(text.norm(next)).is_some()
                    || russian_class(text, next).is_some();
                let is_filler = matches!(
                    text.norm(next),
                    "the"
                        | "hereinafter"
                        | "hereafter"
                        | "далее"
                        | "optional"
                        | "факультативный"
                        | "sc"
                        | "ac"
                        | "op"
                        | "именуемый"
                );
                if !is_short && !is_filler {
                    return at;
                }
                words += 1;
            }
            Some(Kind::Mark('"' | '“' | '”' | '«' | '»' | '-' | '–' | '—' | '‘' | '’' | '\'' | ':' | '/')) =>
                {}
            _ => return at,
        }
        next += 1;
    }
    at
}
