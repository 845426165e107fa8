//! Mentions of treaties and declarations: by name, by abbreviation, by number (ILO), and by their head word alone.

use super::super::registry::{Named, Registry, is_year};
use super::super::token::{Kind, Text};
use super::pins::read_bracketed_number;
use super::words::{Link, link, skip_number_sign};
use super::{Class, Mention, Mode, Target};

/// Reads a mention that starts with a word.
pub(super) fn read(text: &Text<'_>, at: usize, mode: Mode) -> Vec<Mention> {
    if let Some(mentions) = read_ilo(text, at).or_else(|| read_named_list(text, at)) {
        return mentions;
    }
    let mention = read_name(text, at, mode)
        .or_else(|| read_abbreviation(text, at, mode))
        .or_else(|| read_protocol(text, at))
        .or_else(|| read_generic(text, at, mode));
    mention.into_iter().collect()
}

/// Reads a name that starts with a number: "2030 Agenda", "1951 Convention".
pub(super) fn read_numbered_name(text: &Text<'_>, at: usize) -> Vec<Mention> {
    if let Some(mention) = read_name(text, at, Mode::Document) {
        return vec![mention];
    }
    if !is_year(text, at) {
        return Vec::new();
    }
    let mut noun = at + 1;
    let hague = matches!(text.norm(noun), "hague" | "geneva" | "refugee");
    noun += usize::from(hague);
    let Some(class) = english_class(text.norm(noun)).filter(|_| text.is_capital(noun)) else { return Vec::new() };
    if Registry::get().match_name(text, at + 1).is_some_and(|name| name.end > noun + 1) {
        return Vec::new();
    }
    let row = row_of_year(class, text.number(at).unwrap_or_default(), text.norm(at + 1) == "hague");
    row.map(|row| Mention { from: at, to: noun + 1, target: Target::Instrument(row) }).into_iter().collect()
}

/// The convention or protocol that is known by its year: the first row of that class and year.
fn row_of_year(class: Class, year: u32, hague: bool) -> Option<usize> {
    if !matches!(class, Class::Convention | Class::Protocol) {
        return None;
    }
    let mut rows = Registry::get().rows().iter().enumerate();
    let known = |id: &str| {
        if hague { id.starts_with("HAGUE") } else { id.starts_with("REFUGEE") || id.starts_with("STATELESS") }
    };
    rows.find(|(_, row)| u32::from(row.year) == year && class_of(&row.en) == class && known(&row.id))
        .map(|(index, _)| index)
}

fn read_name(text: &Text<'_>, at: usize, mode: Mode) -> Option<Mention> {
    let registry = Registry::get();
    let name = registry.match_name(text, at)?;
    let end = name.end;
    let mention = |target, to| Some(Mention { from: at, to, target });
    match name.named {
        Named::Body(body) => mention(Target::Body(registry.body(body)), end),
        Named::Instrument(row) => {
            let id = registry.row(row).map_or("", |row| row.id.as_str());
            if id == "SDG" {
                return None;
            }
            if is_committee_after(text, end) || mode == Mode::Document && !is_proper(text, at, end) {
                return None;
            }
            if let Some(number) = id.strip_prefix("ILO-C") {
                let (named, end) = read_year_and_number(text, end);
                let number = named.or_else(|| number.parse().ok()).unwrap_or_default();
                return mention(Target::Ilo { number, recommendation: false }, end);
            }
            if is_several_protocols(text, at) {
                return None;
            }
            // Other treaties were made in Vienna too: "Vienna Convention on X".
            if id == "VCLT"
                && end <= at + 2
                && (matches!(text.norm(end), "on" | "for") || at > 0 && text.is_number(at - 1))
            {
                return mention(Target::Unknown, end);
            }
            if id == "UN-CHARTER" && matches!(text.norm(end), "on" | "об" | "о") && text.is_capital(end + 1) {
                return mention(Target::Unknown, end);
            }
            let (ilo, after) = read_year_and_number(text, end);
            if ilo.is_some() {
                return mention(Target::Ilo { number: ilo.unwrap_or_default(), recommendation: false }, after);
            }
            mention(Target::Instrument(row), skip_definition(text, end))
        }
        Named::Law(law) => super::domestic::named(text, at, end, registry.law(law), mode),
    }
}

/// Reads "the Basel, Rotterdam and Stockholm conventions": one head word for several names.
fn read_named_list(text: &Text<'_>, at: usize) -> Option<Vec<Mention>> {
    let registry = Registry::get();
    let mut mentions = Vec::new();
    let mut next = at;
    while mentions.len() < 8 && text.is_capital(next) {
        mentions.push((next, registry.convention_of(text, next)?));
        next = match link(text, next + 1) {
            Some((Link::Comma | Link::And, after)) => after,
            _ => break,
        };
    }
    let noun = mentions.last().map(|(last, _)| last + 1)?;
    let is_plural =
        text.norm(noun) == "conventions" || text.norm(noun) == "конвенций" || text.norm(noun).starts_with("конвенциям");
    (mentions.len() > 1 && is_plural).then(|| {
        let last = mentions.len() - 1;
        let mention = |(index, (from, row)): (usize, (usize, usize))| Mention {
            from,
            to: if index == last { noun + 1 } else { from + 1 },
            target: Target::Instrument(row),
        };
        mentions.into_iter().enumerate().map(mention).collect()
    })
}

/// Names of the registry are proper names: somewhere they have a capital letter.
fn is_proper(text: &Text<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| text.is_capital(at)) || to - from > if text.raw(from).is_ascii() { 3 } else { 2 }
}

/// "the two Optional Protocols to the Convention".
fn is_several_protocols(text: &Text<'_>, at: usize) -> bool {
    matches!(text.norm(at), "protocols" | "протоколы")
}

/// "CRC Committee", "CEDAW's recommendations".
fn is_committee_after(text: &Text<'_>, at: usize) -> bool {
    matches!(text.norm(at), "committee" | "committees") && text.is_capital(at)
}

/// Steps over the definition after a name: "(the Convention)", "(CRC)", "(“the Covenant”)".
fn skip_definition(text: &Text<'_>, at: usize) -> usize {
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

/// Reads ", 1973 (No. 138)" after a name.
fn read_year_and_number(text: &Text<'_>, end: usize) -> (Option<u32>, usize) {
    let mut at = end;
    let comma = at + usize::from(text.is_mark(at, ','));
    if is_year(text, comma) {
        at = comma + 1;
    }
    match read_bracketed_number(text, at).filter(|_| text.is_mark(at, '(')) {
        Some((number, after)) => (Some(number), after),
        None => (None, end),
    }
}

/// Reads an abbreviation, hyphens and a trailing digit included: "CRC-OP-SC", "ICCPR-OP2", «ФП-КПР».
fn read_abbreviation(text: &Text<'_>, at: usize, mode: Mode) -> Option<Mention> {
    let is_candidate = text.is_upper(at)
        || mode == Mode::Query
        || text.raw(at).chars().filter(|letter| letter.is_uppercase()).count() > 1;
    if !is_candidate
        || text.is_glued(at) && (text.is_mark(at - 1, '/') || text.is_mark(at - 1, '-') || text.is_mark(at - 1, '.'))
    {
        return None;
    }
    let mut end = at + 1;
    while end < at + 8
        && text.is_glued(end)
        && (text.is_mark(end, '-') && !text.is_mark(end + 1, '-') || text.is_word(end) || text.is_number(end))
    {
        end += 1;
    }
    let registry = Registry::get();
    while end > at {
        let raw = text.source.get(text.bytes(at, end))?;
        let named = match mode {
            Mode::Document => registry.named_by_abbreviation(raw),
            Mode::Query => {
                registry.named_by_abbreviation(raw).or_else(|| registry.named_by_abbreviation(&raw.to_uppercase()))
            }
        };
        if let Some(named) = named {
            if mode == Mode::Document && text.is_mark(end, '/') && text.is_glued(end) && !text.is_word(end + 1) {
                return None;
            }
            return abbreviation(text, at, end, named, mode);
        }
        end -= 1;
    }
    None
}

/// Abbreviations that are a committee's name as well.
const COMMITTEES: [&str; 8] = ["CRC", "CEDAW", "CAT", "CERD", "CMW", "CRPD", "CED", "CCPR"];

/// Abbreviations that mean other things in daily use («КПП» is a checkpoint first).
const COMMON_ABBREVIATIONS: [&str; 6] = ["КПП", "КПИ", "КПР", "КТМ", "КНО", "КБО"];

fn abbreviation(text: &Text<'_>, at: usize, end: usize, named: Named, mode: Mode) -> Option<Mention> {
    let registry = Registry::get();
    let target = match named {
        Named::Body(body) => Target::Body(registry.body(body)),
        Named::Law(law) => return super::domestic::named(text, at, end, registry.law(law), mode),
        Named::Instrument(row) if registry.row(row).is_some_and(|row| row.id == "SDG") => return None,
        Named::Instrument(row) => {
            let raw = text.raw(at);
            let ambiguous = end == at + 1 && COMMITTEES.contains(&raw);
            if is_committee_after(text, end) || matches!(text.norm(end), "committee" | "комитет") {
                let body = COMMITTEES.iter().find(|committee| **committee == raw)?;
                return Some(Mention { from: at, to: end + 1, target: Target::Body(body) });
            }
            let upper = raw.to_uppercase();
            let code = COMMITTEES.iter().find(|code| **code == upper);
            if mode == Mode::Query
                && let Some(code) = code
            {
                if matches!(text.norm(end), "gc" | "gr" | "general") {
                    return Some(Mention { from: at, to: end, target: Target::Body(code) });
                }
                // "cat" is an animal unless an article or capitals say otherwise.
                let pinned =
                    text.is_number(end) || text.is_mark(end, '/') || super::words::head(text, end).is_some() || at > 0;
                if raw == "cat" && !pinned {
                    return None;
                }
            }
            let is_common = end == at + 1 && COMMON_ABBREVIATIONS.contains(&raw);
            if mode == Mode::Document && is_common && !is_treaty_use(text, at, end) {
                return None;
            }
            if mode == Mode::Document && ambiguous && !is_treaty_use(text, at, end) {
                let body = COMMITTEES.iter().find(|committee| **committee == raw)?;
                return Some(Mention { from: at, to: end, target: Target::Body(body) });
            }
            if mode == Mode::Document && raw == "ECHR" && is_body_use(text, end) {
                return Some(Mention { from: at, to: end, target: Target::Body("ECTHR") });
            }
            Target::Instrument(row)
        }
    };
    Some(Mention { from: at, to: end, target })
}

/// Whether a body acts: "the CRC recommends".
fn is_body_use(text: &Text<'_>, end: usize) -> bool {
    const ACTS: [&str; 21] = [
        "recommend",
        "urge",
        "note",
        "express",
        "concern",
        "welcom",
        "conclud",
        "held",
        "found",
        "ruled",
        "judg",
        "stated",
        "has",
        "also",
        "observ",
        "member",
        "session",
        "report",
        "review",
        "case",
        "view",
    ];
    ACTS.iter().any(|act| text.norm(end).starts_with(act))
        || text.raw(end.saturating_sub(1)).ends_with("'s")
        || text.raw(end.saturating_sub(1)).ends_with("’s")
}

/// Whether "CRC" is the treaty: with an article, after a verb of joining, after "the" or a preposition, and not acting.
fn is_treaty_use(text: &Text<'_>, at: usize, end: usize) -> bool {
    let near_article =
        |at: usize| super::words::head(text, at).is_some_and(|head| head.unit == super::words::Unit::Article);
    if near_article(end)
        || text.is_mark(end, ',') && near_article(end + 1)
        || text.is_mark(end, '(') && near_article(end + 1)
    {
        return true;
    }
    if is_body_use(text, end) || text.is_mark(end, '/') || matches!(text.norm(end), "gc" | "gr" | "general") {
        return false;
    }
    let Some(before) = at.checked_sub(1) else { return false };
    if text.is_number(before) {
        return true;
    }
    let word = text.norm(before);
    let joins = [
        "ratif",
        "acced",
        "sign",
        "implement",
        "incorporat",
        "violat",
        "ратифи",
        "присоедин",
        "положени",
        "соответстви",
        "нарушени",
        "осуществлени",
    ]
    .iter()
    .any(|verb| word.starts_with(verb));
    joins
        || !matches!(text.norm(end), "in" | "for")
            && matches!(word, "the" | "of" | "under" | "with" | "to" | "and" | "article" | "articles" | "by")
            && {
                // "of the CRC", "with the CRC" are the treaty; "by CRC", "to CRC" may be the committee.
                let earlier = before.checked_sub(1).map_or("", |earlier| text.norm(earlier));
                match word {
                    "the" => !matches!(earlier, "by" | "before" | "from" | "by the" | "that" | "which"),
                    "of" => before.checked_sub(1).is_some_and(|earlier| {
                        text.is_number(earlier)
                            || text.is_mark(earlier, ')')
                            || matches!(
                                text.norm(earlier),
                                "ratification"
                                    | "provisions"
                                    | "implementation"
                                    | "principles"
                                    | "articles"
                                    | "violation"
                            )
                    }),
                    "under" => true,
                    "with" => matches!(earlier, "accordance" | "compliance" | "line" | "conformity"),
                    "to" => matches!(
                        earlier,
                        "party"
                            | "parties"
                            | "acceded"
                            | "accession"
                            | "signatory"
                            | "protocol"
                            | "reservations"
                            | "reservation"
                    ),
                    _ => false,
                }
            }
}

/// "Optional Protocol to the Convention": which of several, the resolver decides.
fn read_protocol(text: &Text<'_>, at: usize) -> Option<Mention> {
    let english = text.norm(at) == "optional" && text.norm(at + 1) == "protocol";
    let russian = text.norm(at).starts_with("факультативн") && is_form_of(text.norm(at + 1), "протокол");
    if !english && !russian || text.norm(at + 1) == "протоколы" {
        return None;
    }
    let weak = !text.is_capital(at) && !text.is_capital(at + 1);
    let plain = Mention { from: at, to: at + 2, target: Target::Generic { class: Class::OptionalProtocol, weak } };
    let mut next = at + 2;
    if !matches!(text.norm(next), "to" | "к" | "thereto") {
        if matches!(text.norm(next), "on" | "о" | "об")
            && !weak
            && text.norm(next + 1) != "the"
            && text.is_capital(next + 1)
        {
            return Some(Mention { target: Target::Unknown, ..plain });
        }
        return Some(plain);
    }
    next += 1 + usize::from(matches!(text.norm(next + 1), "the" | "this"));
    if let Some(name) = Registry::get().match_name(text, next)
        && let Named::Instrument(row) = name.named
    {
        return Some(Mention { from: at, to: skip_definition(text, name.end), target: Target::ProtocolTo(Some(row)) });
    }
    if let Some(Mention { to, target: Target::Instrument(row), .. }) = read_abbreviation(text, next, Mode::Document) {
        return Some(Mention { from: at, to, target: Target::ProtocolTo(Some(row)) });
    }
    let generic = english_class(text.norm(next)).or_else(|| russian_class(text, next));
    let to = if generic.is_some() { next + 1 } else { at + 2 };
    Some(Mention { from: at, to, target: if generic.is_some() { Target::ProtocolTo(None) } else { plain.target } })
}

/// "the Convention", "the Covenant", «Пакта».
fn read_generic(text: &Text<'_>, at: usize, mode: Mode) -> Option<Mention> {
    let english = english_class(text.norm(at));
    let class = english.or_else(|| russian_class(text, at))?;
    let weak = !text.is_capital(at);
    let mention = |target| Some(Mention { from: at, to: at + 1, target });
    if let (Some(number), end) = read_year_and_number(text, at + 1) {
        return Some(Mention { from: at, to: end, target: Target::Ilo { number, recommendation: false } });
    }
    if english.is_none() && is_year(text, at + 1) && text.norm(at + 2) == "года" {
        let row = row_of_year(class, text.number(at + 1).unwrap_or_default(), false);
        return Some(Mention { from: at, to: at + 3, target: row.map_or(Target::Unknown, Target::Instrument) });
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
        return mention(Target::Unknown);
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
    mention(Target::Generic { class, weak })
}

fn before<'t>(text: &'t Text<'_>, at: usize) -> &'t str {
    at.checked_sub(1).map_or("", |before| text.norm(before))
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
        "relating" | "concerning" | "governing" | "regarding" => (at + 2..at + 5).any(|word| text.is_capital(word)),
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

fn starts_sentence(text: &Text<'_>, at: usize) -> bool {
    at == 0 || text.is_mark(at - 1, '.')
}

/// Returns the class of an English head word in the singular.
pub(super) fn english_class(word: &str) -> Option<Class> {
    Some(match word {
        "convention" | "convention's" => Class::Convention,
        "covenant" | "covenant's" => Class::Covenant,
        "protocol" | "protocol's" => Class::Protocol,
        "charter" => Class::Charter,
        "declaration" => Class::Declaration,
        "statute" => Class::Statute,
        "treaty" => Class::Treaty,
        _ => return None,
    })
}

fn is_form_of(word: &str, noun: &str) -> bool {
    let ending = word.strip_prefix(noun);
    ending.is_some_and(|ending| matches!(ending, "" | "а" | "у" | "ом" | "е"))
}

fn russian_class(text: &Text<'_>, at: usize) -> Option<Class> {
    let word = text.norm(at);
    let feminine = |stem: &str| word.strip_prefix(stem).is_some_and(|ending| matches!(ending, "я" | "и" | "ю" | "ей"));
    if feminine("конвенци") {
        return Some(Class::Convention);
    }
    if feminine("хартии") || feminine("харти") {
        return Some(Class::Charter);
    }
    if feminine("деклараци") {
        return Some(Class::Declaration);
    }
    [
        ("пакт", Class::Covenant),
        ("протокол", Class::Protocol),
        ("устав", Class::Charter),
        ("статут", Class::Statute),
        ("договор", Class::Treaty),
    ]
    .into_iter()
    .find(|(noun, _)| is_form_of(word, noun))
    .map(|(_, class)| class)
}

/// Returns the class of an instrument by the head word of its first name.
pub(in super::super) fn class_of(names: &[String]) -> Class {
    let Some(name) = names.first() else { return Class::Other };
    let mut optional = false;
    for word in name.split(' ') {
        let word = word.to_lowercase();
        if word == "optional" {
            optional = true;
        } else if let Some(class) = english_class(&word) {
            return if optional && class == Class::Protocol { Class::OptionalProtocol } else { class };
        }
    }
    Class::Other
}

/// Reads ILO instruments by number: "ILO Conventions Nos. 29 and 105", "Convention No. 182", "C182", «Конвенция МОТ № 29».
fn read_ilo(text: &Text<'_>, at: usize) -> Option<Vec<Mention>> {
    let norm = text.norm(at);
    let mut next = at;
    let mut is_ilo = false;
    if matches!(norm, "ilo" | "мот") {
        is_ilo = true;
        next += 1 + usize::from(text.is_mark(at + 1, '-'));
        next += usize::from(matches!(text.norm(next), "fundamental" | "core"));
    } else if norm == "international" && text.norm(at + 1) == "labour" && text.norm(at + 2).starts_with("organi") {
        is_ilo = true;
        next = at + 3;
        if text.is_mark(next, '(') && text.is_mark(next + 2, ')') {
            next += 3;
        }
    }
    let compact = text.norm(next);
    if compact == "c"
        && text.is_upper_letter(next)
        && text.is_number(next + 1)
        && text.is_glued(next + 1)
        && (is_ilo || text.raw(next + 1).len() > 1)
    {
        let number = text.number(next + 1).filter(|number| *number <= 191)?;
        let single = is_ilo || number > 20;
        return single.then(|| vec![ilo(at, next + 2, number, false)]);
    }
    let noun = next;
    let recommendation = match text.norm(noun) {
        "convention" | "conventions" | "protocol" => false,
        word if word.starts_with("конвенци") => false,
        "recommendation" | "рекомендация" | "рекомендации" if is_ilo => true,
        _ => return None,
    };
    next = noun + 1;
    if matches!(text.norm(next), "мот") {
        is_ilo = true;
        next += 1;
    } else if text.norm(next) == "международной"
        && text.norm(next + 1) == "организации"
        && text.norm(next + 2) == "труда"
    {
        is_ilo = true;
        next += 3;
    }
    // «Конвенция МОТ 1999 года о наихудших формах» is read by its name.
    let signed = skip_number_sign(text, next);
    let (signed, bracketed) = match read_bracketed_number(text, next) {
        Some(_) if text.is_mark(next, '(') => (skip_number_sign(text, next + 1), true),
        _ => (signed, false),
    };
    if signed == next && !is_ilo || !text.is_number(signed) || is_year(text, signed) || text.norm(noun) == "protocol" {
        return None;
    }
    if matches!(before(text, at), "europe" | "европы" | "hague") {
        return Some(vec![Mention { from: at, to: signed + 1, target: Target::Unknown }]);
    }
    let mut mentions = vec![ilo(at, signed + 1 + usize::from(bracketed), text.number(signed)?, recommendation)];
    let mut end = signed + 1 + usize::from(bracketed);
    while let Some((kind, after)) = link(text, end).filter(|(kind, _)| *kind != Link::Range) {
        let number_at = skip_number_sign(text, after);
        let Some(number) = text.number(number_at).filter(|number| *number < 1000) else { break };
        if kind == Link::Comma
            && number_at == after
            && !text.norm(noun).ends_with('s')
            && !text.norm(noun).ends_with('й')
        {
            break;
        }
        mentions.push(ilo(after, number_at + 1, number, recommendation));
        end = number_at + 1;
    }
    Some(mentions)
}

fn ilo(from: usize, to: usize, number: u32, recommendation: bool) -> Mention {
    Mention { from, to, target: Target::Ilo { number, recommendation } }
}
