//! General comments and general recommendations by number.

use super::super::names::match_name;
use super::super::registry::{Named, Registry};
use super::super::token::Text;
use super::words::{Link, is_month, link, skip_number_sign};
use super::{Mention, Mode, Target};

/// Reads what starts at a word.
pub(super) fn read(text: &Text<'_>, at: usize, mode: Mode) -> Vec<Mention> {
    let word = text.norm(at);
    match word {
        "general" | "joint" => read_comments(text, at),
        "gc" | "gr" if text.is_upper(at) || mode == Mode::Query => {
            let next = at + 1 + usize::from(text.is_mark(at + 1, '.'));
            read_list(text, at, next, text.norm(at) == "gr", None)
        }
        _ if word.starts_with("замечани") || word.starts_with("общ") || word.starts_with("совместн") => {
            read_comments(text, at)
        }
        _ => Vec::new(),
    }
}

/// Reads "general comments Nos. 31 and 32", "general recommendation No. 35 (2017)", «замечание общего порядка № 13».
fn read_comments(text: &Text<'_>, at: usize) -> Vec<Mention> {
    let mut next = at + usize::from(matches!(text.norm(at), "joint") || text.norm(at).starts_with("совместн"));
    let recommendation = match (text.norm(next), text.norm(next + 1), text.norm(next + 2)) {
        ("general", "comment" | "comments", _) => false,
        ("general", "recommendation" | "recommendations", _) => true,
        (general, recommendation, _) if general.starts_with("общ") && recommendation.starts_with("рекомендаци") => {
            true
        }
        (general, comment, _) if general.starts_with("общ") && comment.starts_with("комментари") => false,
        (general, comment, _) if general.starts_with("общ") && comment.starts_with("замечани") => false,
        (comment, "общего", "порядка" | "характера") if comment.starts_with("замечани") =>
        {
            next += 1;
            false
        }
        _ => return Vec::new(),
    };
    next += 2;
    // «замечание общего порядка Комитета по правам человека № 34»
    let mut body = None;
    if let Some(name) = match_name(text, next)
        && let Named::Body(index) = name.named
        && skip_number_sign(text, name.end) > name.end
    {
        body = Some(Registry::get().body(index));
        next = name.end;
    } else if text.norm(next) == "комитета" && (text.is_mark(next + 1, '№') || text.is_number(next + 1)) {
        next += 1;
    }
    read_list(text, at, next, recommendation, body)
}

fn read_list(
    text: &Text<'_>,
    at: usize,
    next: usize,
    recommendation: bool,
    body: Option<&'static str>,
) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut from = at;
    let mut number_at = skip_number_sign(text, next);
    while let Some(mention) = read_number(text, from, number_at, recommendation) {
        let end = mention.to;
        mentions.push(with_list(mention, body, !mentions.is_empty()));
        let Some((kind, after)) = link(text, end) else { break };
        if kind == Link::Range {
            break;
        }
        from = after;
        number_at = skip_number_sign(text, after);
        let listed = text.is_number(number_at) && !is_month(text, number_at + 1);
        let signed = number_at > after
            || kind == Link::And
            || text.is_mark(number_at + 1, '(')
            || text.is_mark(number_at + 1, ',');
        let is_plural =
            matches!(text.norm(next), "nos") || text.norm(next - 1).ends_with('s') || text.norm(at) != "general";
        if !listed || !signed || !is_plural && number_at == after {
            break;
        }
    }
    mentions
}

/// Puts a comment into a list, with the committee that the list names.
pub(super) fn with_list(mention: Mention, issuer: Option<&'static str>, follows: bool) -> Mention {
    match mention.target {
        Target::Comment { recommendation, number, year, body, .. } => Mention {
            target: Target::Comment { recommendation, number, year, body: body.or(issuer), listed: follows },
            ..mention
        },
        _ => mention,
    }
}

/// Reads the number of a comment with its year: "35 (2017)", "13 (2011 год)", and "20/44" with the session of the Human
/// Rights Committee.
pub(super) fn read_number(text: &Text<'_>, from: usize, at: usize, recommendation: bool) -> Option<Mention> {
    let number = text.number(at).filter(|number| (1..100).contains(number))?;
    let mut end = at + 1;
    let mut body = None;
    if text.is_mark(end, '/') && text.is_number(end + 1) {
        text.number(end + 1).filter(|session| !recommendation && (10..100).contains(session))?;
        body = Some("CCPR");
        end += 2;
    }
    let mut year = None;
    let close = end + 2 + usize::from(matches!(text.norm(end + 2), "год" | "года"));
    if text.is_mark(end, '(') && text.raw(end + 1).len() == 4 && text.is_mark(close, ')') {
        year = text.number(end + 1);
        end = if year.is_some() { close + 1 } else { end };
    }
    Some(Mention { from, to: end, target: Target::Comment { recommendation, number, year, body, listed: false } })
}
