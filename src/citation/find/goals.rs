//! Sustainable Development Goals, their targets and indicators.

use super::super::token::{Kind, Text};
use super::words::{Link, link};
use super::{Mention, Mode, Target};

/// Reads what starts at a word.
pub(super) fn read(text: &Text<'_>, at: usize, mode: Mode) -> Vec<Mention> {
    let word = text.norm(at);
    match word {
        "sdg" | "sdgs" | "цур" => read_goal_list(text, at, at + 1, true),
        "sustainable" if text.norm(at + 1) == "development" && matches!(text.norm(at + 2), "goal" | "goals") => {
            let end = skip_abbreviation(text, at + 3);
            let end =
                if matches!(text.norm(end), "target" | "targets" | "indicator" | "indicators") { end + 1 } else { end };
            read_goal_list(text, at, end, true)
        }
        "target" | "targets" | "indicator" | "indicators" => read_targets(text, at),
        "goal" | "goals" if text.is_capital(at) || mode == Mode::Query => read_goal_list(text, at, at + 1, false),
        _ if word.starts_with("задач") || word.starts_with("показател") => read_targets(text, at),
        "цель" | "цели" | "целью" | "целей" | "целям" | "целями" | "целях" => {
            read_russian_goal(text, at)
        }
        _ => Vec::new(),
    }
}

fn goal(from: usize, to: usize, number: String) -> Mention {
    Mention { from, to, target: Target::Goal(number) }
}

fn skip_abbreviation(text: &Text<'_>, at: usize) -> usize {
    let closed =
        text.is_mark(at, '(') && matches!(text.norm(at + 1), "sdg" | "sdgs" | "цур") && text.is_mark(at + 2, ')');
    if closed { at + 3 } else { at }
}

/// Reads "3, 5 and 16.2" after the Goals' name; the name alone is the Goals as a whole, unless it needs a number.
fn read_goal_list(text: &Text<'_>, from: usize, at: usize, named: bool) -> Vec<Mention> {
    let at = skip_word(text, at);
    let goals = read_numbers(text, from, at, named);
    if goals.is_empty() && named {
        let end =
            at.min(if matches!(text.norm(at.saturating_sub(1)), "target" | "targets" | "indicator" | "indicators") {
                at - 1
            } else {
                at
            });
        return vec![goal(from, end, String::new())];
    }
    // "Goal 5" is of the Sustainable Development Goals if the text speaks of them.
    if !named && !speaks_of_goals(text, from) {
        return Vec::new();
    }
    goals
}

fn skip_word(text: &Text<'_>, at: usize) -> usize {
    let at = if matches!(text.norm(at), "target" | "targets" | "indicator" | "indicators" | "goal" | "goals") {
        at + 1
    } else {
        at
    };
    super::words::skip_number_sign(text, at)
}

/// Whether a word near by tells that the goals of the 2030 Agenda are meant, and not those of 2000.
fn speaks_of_goals(text: &Text<'_>, at: usize) -> bool {
    const WINDOW: usize = 40;
    let near = at.saturating_sub(WINDOW)..(at + WINDOW).min(text.len());
    let mut sustainable = false;
    for token in near {
        match text.norm(token) {
            "millennium" | "тысячелетия" | "mdg" | "mdgs" | "aichi" => return false,
            "sustainable" | "sdg" | "sdgs" | "устойчивого" | "цур" => sustainable = true,
            _ => {}
        }
    }
    sustainable
}

/// Reads "targets 5.3, 8.7 and 16.2". A number with a full stop in it is enough; the Goals need not be named.
fn read_targets(text: &Text<'_>, at: usize) -> Vec<Mention> {
    let mut next = at + 1;
    if text.norm(next) == "цур" {
        next += 1;
    }
    let goals = read_numbers(text, at, next, false);
    let dotted = goals.iter().all(|mention| matches!(&mention.target, Target::Goal(number) if number.contains('.')));
    if goals.is_empty() || !dotted || near_millennium(text, at) {
        return Vec::new();
    }
    goals
}

fn near_millennium(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(20)..(at + 20).min(text.len()))
        .any(|at| matches!(text.norm(at), "millennium" | "тысячелетия" | "mdg" | "aichi"))
}

/// Reads «цель 16 в области устойчивого развития», «цели в области устойчивого развития», «Цель 5».
fn read_russian_goal(text: &Text<'_>, at: usize) -> Vec<Mention> {
    let phrase = |at: usize| {
        let start = at + 2 * usize::from(text.norm(at) == "в" && text.norm(at + 1) == "области");
        let named = text.norm(start) == "устойчивого" && text.norm(start + 1) == "развития";
        named.then_some(start + 2)
    };
    if let Some(end) = phrase(at + 1) {
        let end = skip_abbreviation(text, end);
        let goals = read_numbers(text, at, super::words::skip_number_sign(text, end), true);
        return if goals.is_empty() { vec![goal(at, end, String::new())] } else { goals };
    }
    let mut goals = read_numbers(text, at, super::words::skip_number_sign(text, at + 1), true);
    let Some(last) = goals.last_mut() else { return goals };
    match phrase(last.to) {
        Some(end) => last.to = end,
        None if text.is_capital(at) && speaks_of_goals(text, at) => {}
        None => goals.clear(),
    }
    goals
}

/// Reads goals and targets with their list.
fn read_numbers(text: &Text<'_>, from: usize, at: usize, whole: bool) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut from = from;
    let mut next = at;
    while let Some((number, end)) = read_number(text, next, whole) {
        mentions.push(goal(from, end, number));
        let Some((kind, after)) = link(text, end) else { break };
        let after = if matches!(text.norm(after), "target" | "targets" | "goal" | "goals" | "задача" | "задачи")
        {
            after + 1
        } else {
            after
        };
        if kind == Link::Range || super::words::is_month(text, after + 1) || text.is_mark(after + 1, '%') {
            break;
        }
        if !text.is_mark(after + 1, '.') && text.is_word(after + 1) && kind == Link::Comma {
            break;
        }
        from = after;
        next = after;
    }
    mentions
}

/// Reads "16", "16.2", "3.b", "16.2.1".
fn read_number(text: &Text<'_>, at: usize, whole: bool) -> Option<(String, usize)> {
    let first = text.number(at).filter(|goal| (1..=17).contains(goal))?;
    let mut number = first.to_string();
    let mut end = at + 1;
    while end < at + 5 && text.is_mark(end, '.') && text.is_glued(end) && text.is_glued(end + 1) {
        let part = match text.kind(end + 1) {
            Some(Kind::Number) if text.raw(end + 1).len() <= 2 => text.raw(end + 1).to_owned(),
            Some(Kind::Word) if text.raw(end + 1).len() == 1 => text.norm(end + 1).to_owned(),
            _ => break,
        };
        number.push('.');
        number.push_str(&part);
        end += 2;
    }
    let is_share = text.is_mark(end, '%')
        || matches!(text.norm(end), "per" | "million" | "billion" | "percent" | "млн" | "процентов" | "процента");
    ((whole || number.contains('.')) && !is_share).then_some((number, end))
}
