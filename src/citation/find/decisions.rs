//! Resolutions, communications and rules of procedure by number.

use super::super::token::{Kind, Text};
use super::domestic::is_resolution_of_state;
use super::words::{Link, link, roman, skip_number_sign};
use super::{Mention, Mode, Target};

/// Reads what starts at a word.
pub(super) fn read(text: &Text<'_>, at: usize, _mode: Mode) -> Vec<Mention> {
    let word = text.norm(at);
    match word {
        "resolution" if is_resolution_of_state(text, at) => Vec::new(),
        "resolution" | "resolutions" => read_resolutions(text, at, false),
        _ if word.starts_with("резолюци") => read_resolutions(text, at, true),
        "communication" | "communications" | "complaint" | "complaints" | "case" => read_communications(text, at),
        _ if word.starts_with("сообщени") => read_communications(text, at),
        _ if word.starts_with("жалоб") => read_communications(text, at),
        // Those of the criminal tribunals are of procedure and evidence.
        "rules" if text.norm(at + 1) == "of" && text.norm(at + 2) == "procedure" && text.norm(at + 4) == "evidence" => {
            vec![Mention { from: at, to: at + 5, target: Target::Unknown(None) }]
        }
        "rules" if text.norm(at + 1) == "of" && text.norm(at + 2) == "procedure" => vec![rules(at, at + 3)],
        // The European Court's rules have a name of their own.
        "rules" if text.norm(at + 1) == "of" && text.norm(at + 2) == "court" && text.is_capital(at + 2) => {
            vec![rules(at, at + 3)]
        }
        "регламент" | "регламента" | "регламентом" | "регламенте" if text.is_capital(at + 1) =>
        {
            let court = at + 1 + usize::from(text.norm(at + 1) == "европейского");
            let is_court = text.norm(court) == "суда";
            is_court.then(|| rules(at, if court == at + 1 { at + 2 } else { at + 1 })).into_iter().collect()
        }
        "правил" | "правила" | "правилах" | "правилам" if text.norm(at + 1) == "процедуры" =>
        {
            vec![rules(at, at + 2)]
        }
        _ => Vec::new(),
    }
}

fn rules(from: usize, to: usize) -> Mention {
    Mention { from, to, target: Target::Rules }
}

/// Reads "resolutions 60/251 and 70/1", "resolution 1325 (2000)", "resolution 2200 A (XXI)", "resolution S-21/2".
fn read_resolutions(text: &Text<'_>, at: usize, russian: bool) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut from = at;
    let mut next = at + 1;
    if russian && matches!(text.norm(next), "совета" | "генеральной" | "экономического")
    {
        // «резолюция Совета Безопасности 1325 (2000)»
        next += 2 + 3 * usize::from(text.norm(next) == "экономического");
        if text.norm(next) == "правам" {
            next += 2;
        }
    }
    next = skip_number_sign(text, next);
    while let Some((number, body, end)) = read_resolution_number(text, next, mentions.is_empty()) {
        mentions.push(Mention { from, to: end, target: Target::Resolution { number, body } });
        let Some((kind, after)) = link(text, end) else { break };
        if kind == Link::Range {
            break;
        }
        from = after;
        next = skip_number_sign(text, after);
    }
    mentions
}

/// Reads the number of a resolution and returns it in canonical form, the body that its form tells, and the token after.
pub(in super::super) fn read_resolution_number(
    text: &Text<'_>,
    at: usize,
    first: bool,
) -> Option<(String, Option<&'static str>, usize)> {
    // WHA57.12
    if text.norm(at) == "wha" && text.is_number(at + 1) && text.is_mark(at + 2, '.') && text.is_number(at + 3) {
        return Some((format!("{}.{}", text.raw(at + 1), text.raw(at + 3)), Some("WHA"), at + 4));
    }
    // S-21/2, ES-10/14
    if matches!(text.raw(at), "S" | "ES" | "PC")
        && text.is_mark(at + 1, '-')
        && text.is_number(at + 2)
        && text.is_mark(at + 3, '/')
    {
        let body = if text.raw(at) == "ES" { Some("GA") } else { None };
        return text
            .is_number(at + 4)
            .then(|| (format!("{}-{}/{}", text.raw(at), text.raw(at + 2), text.raw(at + 4)), body, at + 5));
    }
    if !text.is_number(at) {
        return None;
    }
    let first_number = text.number(at)?;
    if text.is_mark(at + 1, '/') && text.is_glued(at + 1) && text.is_glued(at + 2) && text.is_number(at + 2) {
        let mut end = at + 3;
        let mut number = format!("{}/{}", text.raw(at), text.raw(at + 2));
        // "67/234 B": the letter is of the number.
        if text.is_upper_letter(end) && text.raw(end) != "I" && text.raw(end).is_ascii() && !text.is_word(end + 1) {
            number.push_str(text.raw(end));
            end += 1;
        }
        let body = match (first_number, text.number(at + 2)?) {
            (1900.., _) => None,
            (59.., _) | (31.., 61..) => Some("GA"),
            (..=30, _) => Some("HRC"),
            _ => None,
        };
        return Some((number, body, end));
    }
    let letter = usize::from(text.is_upper_letter(at + 1) && text.is_mark(at + 2, '('));
    let bracket = at + 1 + letter;
    if text.is_mark(bracket, '(') {
        let session = text.raw(bracket + 1);
        let special = usize::from(matches!(session, "S" | "ES") && text.is_mark(bracket + 2, '-'));
        let close = bracket + 2 + 2 * special;
        if text.is_mark(close, ')') {
            if text.is_number(bracket + 1) && session.len() == 4 && text.raw(at).len() <= 4 {
                return Some((text.raw(at).to_owned(), Some("UNSC"), close + 1));
            }
            if let Some(session_number) = roman(if special == 1 { text.raw(bracket + 3) } else { session }) {
                let body = if session_number > 30 { "ECOSOC" } else { "GA" };
                let special = if special == 1 { format!("{session}-") } else { String::new() };
                let letter = if letter == 1 { text.raw(at + 1) } else { "" };
                let written = format!("{}{letter}({special}{})", text.raw(at), text.raw(close - 1));
                return Some((written, Some(body), close + 1));
            }
        }
    }
    // "resolution 2118": a bare number is the Security Council's if its body says so, or the sentence.
    let bare = (2..=4).contains(&text.raw(at).len()) && !text.is_year(at) || text.raw(at).len() == 4 && first;
    let is_date = super::words::is_month(text, at + 1) || matches!(text.norm(at + 1), "года" | "год");
    (bare && !is_date && !text.is_mark(at + 1, '%') && !text.is_mark(at + 1, '/'))
        .then(|| (text.raw(at).to_owned(), None, at + 1))
}

/// Reads "communication No. 470/1991", "communications Nos. 1/2001, A v. B and 2/2002", «сообщение № 470/1991».
fn read_communications(text: &Text<'_>, at: usize) -> Vec<Mention> {
    let plural = matches!(text.norm(at), "communications" | "complaints")
        || matches!(text.norm(at), "сообщения" | "сообщений" | "сообщениям" | "сообщениях");
    let mut mentions = Vec::new();
    let mut from = at;
    let mut next = skip_number_sign(text, at + 1);
    if matches!(text.norm(at), "case" | "complaint" | "complaints") && next == at + 1 {
        return mentions;
    }
    while let Some((number, end)) = read_communication_number(text, next) {
        mentions.push(Mention { from, to: end, target: Target::Communication { number } });
        // Names of the parties may stand between the numbers.
        let limit = (end + 24).min(text.len());
        let follow = (end..limit).find_map(|at| {
            let signed = skip_number_sign(text, at);
            let linked =
                at > end && link(text, at - 1).is_some() || link(text, end).is_some_and(|(_, after)| after == at);
            (plural && (linked || signed > at))
                .then(|| read_communication_number(text, signed).map(|_| (at, signed)))
                .flatten()
        });
        let Some((start, signed)) = follow.filter(|(start, _)| {
            !(end..*start).any(|at| {
                text.is_mark(at, '.')
                    && text.is_capital(at + 1)
                    && text.norm(at - 1) != "v"
                    && text.raw(at - 1).len() > 1
            })
        }) else {
            break;
        };
        from = start;
        next = signed;
    }
    mentions
}

pub(super) fn read_communication_number(text: &Text<'_>, at: usize) -> Option<(String, usize)> {
    let number = text.number(at)?;
    if !text.is_mark(at + 1, '/') || !text.is_glued(at + 1) || text.kind(at + 2) != Some(Kind::Number) {
        return None;
    }
    let year = text.number(at + 2)?;
    let fits = (1976..2100).contains(&year) && number < 10_000;
    fits.then(|| (format!("{number}/{year}"), at + 3))
}
