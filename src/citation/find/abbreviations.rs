//! Mentions by abbreviation: which is the treaty, and which the committee of the same letters.

use super::super::registry::{Named, Registry};
use super::super::token::Text;
use super::{Mention, Mode, Target};

/// Reads an abbreviation, hyphens and a trailing digit included: "CRC-OP-SC", "ICCPR-OP2", «ФП-КПР».
pub(super) fn read_abbreviation(text: &Text<'_>, at: usize, mode: Mode) -> Option<Mention> {
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
        Named::Instrument(row) if registry.row(row).is_some_and(|row| matches!(row.id, "SDG" | "MDG")) => {
            return None;
        }
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
            // "what cites CED": a verb of queries.
            if mode == Mode::Query && raw == "cites" {
                return None;
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
    /// Tokens before an abbreviation among which its article stands.
    const NEAR: usize = 6;
    let near_article =
        |at: usize| super::words::head(text, at).is_some_and(|head| head.unit == super::words::Unit::Article);
    let after = super::words::skip_year_of_name(text, end);
    if near_article(after) || (text.is_mark(after, ',') || text.is_mark(after, '(')) && near_article(after + 1) {
        return true;
    }
    if is_body_use(text, end) || text.is_mark(end, '/') || matches!(text.norm(end), "gc" | "gr" | "general") {
        return false;
    }
    // "article 9, ICCPR; article 37, CRC;"
    let is_last = [';', '.', ')'].iter().any(|mark| text.is_mark(end, *mark)) || text.kind(end).is_none();
    if is_last && at > 0 && text.is_mark(at - 1, ',') && (at.saturating_sub(NEAR)..at).any(near_article) {
        return true;
    }
    let at = list_start(text, at);
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
                            | "op"
                            | "accede"
                            | "acceding"
                            | "accession"
                            | "adhere"
                            | "adhered"
                            | "adherence"
                            | "signatory"
                            | "protocol"
                            | "reservations"
                            | "reservation"
                    ),
                    _ => false,
                }
            }
}

/// Where a list of abbreviations begins: "ratify ICRMW, CED and CRPD" is said of each.
fn list_start(text: &Text<'_>, at: usize) -> usize {
    const LONGEST: usize = 12;
    let mut start = at;
    for _ in 0..LONGEST {
        let mut before = start;
        while before > 0 && (text.is_mark(before - 1, ',') || matches!(text.norm(before - 1), "and" | "the" | "и")) {
            before -= 1;
        }
        // "ICCPR-OP 2", "OP-CAT"
        let mut name = before;
        while name > 0
            && (text.is_upper(name - 1) || (text.is_mark(name - 1, '-') || text.is_number(name - 1)) && name > 1)
            && !text.is_year(name - 1)
        {
            name -= 1;
        }
        if before == start || name == before {
            break;
        }
        start = name;
    }
    start
}

/// "CRC Committee", "CEDAW's recommendations".
pub(super) fn is_committee_after(text: &Text<'_>, at: usize) -> bool {
    matches!(text.norm(at), "committee" | "committees") && text.is_capital(at)
}
