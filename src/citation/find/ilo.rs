//! Conventions and recommendations of the International Labour Organization by number.

use super::super::token::Text;
use super::pins::read_bracketed_number;
use super::short::before;
use super::words::{Link, link, skip_number_sign};
use super::{Class, Mention, Mode, Target};

/// Reads ILO instruments by number: "ILO Conventions Nos. 29 and 105", "Convention No. 182", "C182", «Конвенция МОТ № 29».
pub(super) fn read_ilo(text: &Text<'_>, at: usize, mode: Mode) -> Option<Vec<Mention>> {
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
    if mode == Mode::Query && is_ilo && text.is_number(next) {
        let number = text.number(next).filter(|number| *number <= 191)?;
        return Some(vec![ilo(at, next + 1, number, false)]);
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
    if signed == next && !is_ilo || !text.is_number(signed) || text.is_year(signed) || text.norm(noun) == "protocol" {
        return None;
    }
    if matches!(before(text, at), "europe" | "европы" | "hague") {
        return Some(vec![Mention { from: at, to: signed + 1, target: Target::Unknown(Some(Class::Convention)) }]);
    }
    let mut mentions = vec![ilo(at, signed + 1 + usize::from(bracketed), text.number(signed)?, recommendation)];
    let mut end = signed + 1 + usize::from(bracketed);
    let noun = text.norm(noun);
    let is_list = noun.ends_with('s')
        || noun.ends_with('й')
        || text.norm(next) == "nos"
        || text.is_mark(next, '№') && text.is_mark(next + 1, '№');
    while let Some((kind, after)) = link(text, end).filter(|(kind, _)| *kind != Link::Range) {
        let number_at = skip_number_sign(text, after);
        let Some(number) = text.number(number_at).filter(|number| *number < 1000) else { break };
        // «Конвенции МОТ № 29, 105 и 182» has one form for one and for several.
        let goes_on = is_list || noun == "конвенции" && link(text, number_at + 1).is_some();
        if kind == Link::Comma && number_at == after && !goes_on {
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

/// Reads ", 1973 (No. 138)" after a name.
pub(super) fn read_year_and_number(text: &Text<'_>, end: usize) -> (Option<u32>, usize) {
    let mut at = end;
    let comma = at + usize::from(text.is_mark(at, ','));
    if text.is_year(comma) {
        at = comma + 1;
    }
    match read_bracketed_number(text, at).filter(|_| text.is_mark(at, '(')) {
        Some((number, after)) => (Some(number), after),
        None => (None, end),
    }
}
