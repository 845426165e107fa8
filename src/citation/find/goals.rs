//! Sustainable Development Goals and Millennium Development Goals, their targets and indicators.

use super::super::names::match_name;
use super::super::registry::{Named, Registry};
use super::super::token::{Kind, Text};
use super::words::{Link, ends_number, is_month, is_quantity, link, skip_number_sign};
use super::{Mention, Mode, Series, Target};

/// Reads what starts at a word.
pub(super) fn read(text: &Text<'_>, at: usize, mode: Mode) -> Vec<Mention> {
    if let Some((series, end)) = series_at(text, at, mode) {
        return read_after_name(text, at, end, series);
    }
    match text.norm(at) {
        "target" | "targets" | "indicator" | "indicators" => read_targets(text, at),
        "goal" | "goals" => read_goals(text, at, mode),
        "цель" | "цели" | "целью" | "целей" | "целям" | "целями" | "целях" => {
            read_goals(text, at, mode)
        }
        word if word.starts_with("задач") || word.starts_with("показател") => read_targets(text, at),
        _ => Vec::new(),
    }
}

/// The name of a series and the token after it: "Sustainable Development Goals (SDGs)", "MDGs", «ЦУР».
fn series_at(text: &Text<'_>, at: usize, mode: Mode) -> Option<(Series, usize)> {
    let registry = Registry::get();
    let is_abbreviation = text.is_upper(at) || mode == Mode::Query || matches!(text.raw(at), "SDGs" | "MDGs");
    let abbreviated = || {
        let raw = text.raw(at);
        let upper = raw.to_uppercase();
        let name = if upper.ends_with('S') && upper.is_ascii() { upper.get(..upper.len() - 1)? } else { &upper };
        Some((registry.named_by_abbreviation(name)?, at + 1))
    };
    let (named, end) = match match_name(text, at) {
        Some(name) => (name.named, name.end),
        None if is_abbreviation => abbreviated()?,
        None => return None,
    };
    let Named::Instrument(row) = named else { return None };
    Some((series_of(registry.row(row)?.id)?, skip_abbreviation(text, end)))
}

fn series_of(id: &str) -> Option<Series> {
    match id {
        "SDG" => Some(Series::Sustainable),
        "MDG" => Some(Series::Millennium),
        _ => None,
    }
}

fn goal(from: usize, to: usize, series: Option<Series>, number: String) -> Mention {
    Mention { from, to, target: Target::Goal { series, number } }
}

/// "(SDGs)", «(ЦУР)».
fn skip_abbreviation(text: &Text<'_>, at: usize) -> usize {
    let closed = text.is_mark(at, '(')
        && matches!(text.norm(at + 1), "sdg" | "sdgs" | "цур" | "mdg" | "mdgs" | "црт" | "црдт")
        && text.is_mark(at + 2, ')');
    if closed { at + 3 } else { at }
}

fn is_noun(word: &str) -> bool {
    matches!(word, "target" | "targets" | "indicator" | "indicators" | "goal" | "goals")
        || ["задач", "показател", "цел"].iter().any(|stem| word.starts_with(stem) && word.chars().count() <= stem.len())
}

/// Reads the list after a name ("SDGs 3, 5 and 16.2"); the name alone is the series as a whole.
fn read_after_name(text: &Text<'_>, from: usize, end: usize, series: Series) -> Vec<Mention> {
    let mut at = end;
    if text.is_mark(at, '-') && text.is_glued(at) && text.is_glued(at + 1) && text.is_number(at + 1) {
        at += 1;
    }
    at += usize::from(is_noun(text.norm(at)));
    let goals = read_numbers(text, from, skip_number_sign(text, at), Some(series), true);
    if goals.is_empty() { vec![goal(from, end, Some(series), String::new())] } else { goals }
}

/// Reads "Goal 16", "Goals 3–6 and 10", «цели 5 и 16 в области устойчивого развития». Without a capital the name of the
/// series must follow; with one, whose goals they are is left to the context.
fn read_goals(text: &Text<'_>, at: usize, mode: Mode) -> Vec<Mention> {
    if at > 0 && is_numbered_otherwise(text, at) {
        return Vec::new();
    }
    let mut goals = read_numbers(text, at, skip_number_sign(text, at + 1), None, true);
    let Some(last) = goals.last_mut() else { return goals };
    match read_owner(text, last.to, mode) {
        Some((series, end)) => {
            last.to = end;
            set_series(&mut goals, series);
        }
        None if !text.is_capital(at) || belongs_elsewhere(text, last.to) => goals.clear(),
        // "Goal 16, target 16.9": the target tells the series.
        None if goals.iter().any(is_target) => set_series(&mut goals, Series::Sustainable),
        None => {}
    }
    goals
}

fn is_target(mention: &Mention) -> bool {
    matches!(&mention.target, Target::Goal { number, .. } if number.contains('.'))
}

fn set_series(goals: &mut [Mention], named: Series) {
    for mention in goals {
        if let Target::Goal { series, .. } = &mut mention.target {
            *series = Some(named);
        }
    }
}

/// "Strategic Goal 3", "Aichi Target 11": goals of another plan.
fn is_numbered_otherwise(text: &Text<'_>, at: usize) -> bool {
    matches!(text.norm(at - 1), "strategic" | "strategy" | "aichi" | "biodiversity" | "policy" | "programme" | "plan")
        || text.norm(at - 1).starts_with("стратегическ")
}

/// "Goal 3 of the Strategic Plan".
fn belongs_elsewhere(text: &Text<'_>, at: usize) -> bool {
    text.norm(at) == "of" && !matches!(text.norm(at + 1 + usize::from(text.norm(at + 1) == "the")), "agenda" | "goals")
}

/// Reads whose goals the numbers are, after them: "of the Sustainable Development Goals", «в области устойчивого развития».
/// The Agenda tells the series and stays a reference of its own.
fn read_owner(text: &Text<'_>, at: usize, mode: Mode) -> Option<(Series, usize)> {
    let mut next = at + usize::from(text.is_mark(at, ','));
    if let Some(read) = read_russian_owner(text, next) {
        return Some(read);
    }
    next += usize::from(matches!(text.norm(next), "of" | "in" | "under" | "from" | "из"));
    next += usize::from(matches!(text.norm(next), "the"));
    if let Some(read) = series_at(text, next, mode) {
        return Some(read);
    }
    let name = match_name(text, next)?;
    let Named::Instrument(row) = name.named else { return None };
    (Registry::get().row(row)?.id == "AGENDA-2030").then_some((Series::Sustainable, at))
}

/// «(в области) устойчивого развития», «в области развития, сформулированные в Декларации тысячелетия».
fn read_russian_owner(text: &Text<'_>, at: usize) -> Option<(Series, usize)> {
    let mut next = at;
    if text.norm(next) == "в" && text.norm(next + 1) == "области" {
        next += 2;
    }
    if text.norm(next) == "устойчивого" && text.norm(next + 1) == "развития" {
        return Some((Series::Sustainable, skip_abbreviation(text, next + 2)));
    }
    next += usize::from(text.norm(next) == "развития");
    if next > at && text.norm(next) == "тысячелетия" {
        return Some((Series::Millennium, next + 1));
    }
    next += usize::from(text.is_mark(next, ','));
    let set = ["сформулированн", "установленн", "провозглашенн", "поставленн", "закрепленн"]
        .iter()
        .any(|stem| text.norm(next).starts_with(stem));
    let named = set && text.norm(next + 1) == "в" && text.norm(next + 2).starts_with("деклараци");
    (named && text.norm(next + 3) == "тысячелетия").then_some((Series::Millennium, next + 4))
}

/// Reads "targets 5.3, 8.7 and 16.2". A number with a full stop in it is enough; the Goals need not be named.
fn read_targets(text: &Text<'_>, at: usize) -> Vec<Mention> {
    if at > 0 && is_numbered_otherwise(text, at) {
        return Vec::new();
    }
    let mut next = at + 1;
    if text.norm(next) == "цур" {
        next += 1;
    }
    let mut goals = read_numbers(text, at, skip_number_sign(text, next), None, false);
    let dotted = goals.iter().all(is_target);
    let Some(last) = goals.last_mut().filter(|_| dotted) else { return Vec::new() };
    let named = read_owner(text, last.to, Mode::Document);
    let series = match named {
        Some((series, end)) => {
            last.to = end;
            series
        }
        None if near_millennium(text, at) => Series::Millennium,
        None => Series::Sustainable,
    };
    set_series(&mut goals, series);
    goals
}

fn near_millennium(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(20)..(at + 20).min(text.len()))
        .any(|at| matches!(text.norm(at), "millennium" | "тысячелетия" | "mdg" | "mdgs" | "црт"))
}

/// Reads goals and targets with their lists and ranges; `whole`: a goal without a target is one too.
fn read_numbers(text: &Text<'_>, from: usize, at: usize, series: Option<Series>, whole: bool) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut from = from;
    let mut read = read_number(text, at, whole);
    while let Some((number, end)) = read {
        mentions.push(goal(from, end, series, number.clone()));
        let Some((kind, after)) = link(text, end) else { break };
        let noun = usize::from(is_noun(text.norm(after)));
        let next = skip_number_sign(text, after + noun);
        let Some((following, past)) = read_number(text, next, whole) else { break };
        let counts = is_month(text, past) || is_quantity(text, past);
        if counts || noun == 0 && kind == Link::Comma && !ends_number(text, past) {
            break;
        }
        if kind == Link::Range {
            let Some(between) = between(&number, &following) else { break };
            mentions.extend(between.into_iter().map(|number| goal(next, past, series, number)));
        }
        from = after;
        read = Some((following, past));
    }
    mentions
}

/// The goals, or the targets of one goal, strictly between two; `None` where the two do not make a range.
fn between(first: &str, last: &str) -> Option<Vec<String>> {
    let split = |number: &str| number.rsplit_once('.').map(|(goal, part)| (format!("{goal}."), part.to_owned()));
    let (head, first) = split(first).unwrap_or_else(|| (String::new(), first.to_owned()));
    let (same, last) = split(last).unwrap_or_else(|| (String::new(), last.to_owned()));
    let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    (head == same && first < last).then(|| (first + 1..last).map(|number| format!("{head}{number}")).collect())
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
