//! Articles, paragraphs and sub-items with their lists and ranges: "arts. 3; 4, paras. 2 and 3; 5; 6 and 7".
//!
//! A pin is one place in an instrument; whose place it is, this module does not ask. Every loop consumes a token.

use super::super::token::{Kind, Text};
use super::words::{Head, Link, Unit, head, is_month, link, roman, skip_number_sign};

/// One article (section, rule, paragraph of a document) with the path below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Pin {
    /// "12", "66-4", "6 bis", "12.4"; empty for a paragraph of a document without article.
    pub article: String,
    /// Paragraph, then sub-items: `["1", "a", "i"]`, or `["a"]` where no paragraph is named.
    pub path: Vec<String>,
    /// Tokens, end exclusive.
    pub from: usize,
    pub to: usize,
}

/// A group of pins announced together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Pins {
    pub unit: Unit,
    pub items: Vec<Pin>,
    pub from: usize,
    pub to: usize,
    /// "the same article": the items are to be copied from the reference before.
    pub same: bool,
}

/// No list of the field is longer; a longer range is a misreading.
const LONGEST_RANGE: u32 = 60;

/// No provision lies deeper; a deeper path is a misreading.
const MOST_LEVELS: usize = 6;

/// Reads the group that starts at a token: articles with what follows, or paragraphs "of article 12".
pub(in super::super) fn read_pins(text: &Text<'_>, at: usize) -> Option<Pins> {
    let first = head(text, at)?;
    match first.unit {
        Unit::Article | Unit::Section | Unit::Rule => read_articles(text, at, first),
        Unit::Paragraph | Unit::Subparagraph => read_inverted(text, at, first),
    }
}

/// "paragraph 1 of article 12", «подпункт a) пункта 1 статьи 3», and paragraphs alone.
fn read_inverted(text: &Text<'_>, at: usize, first: Head) -> Option<Pins> {
    let (mut paths, mut end) = read_paths(text, first)?;
    loop {
        let mut next = end + usize::from(text.is_mark(end, ','));
        next += usize::from(matches!(text.norm(next), "of" | "to" | "in" | "under"));
        next += usize::from(matches!(text.norm(next), "the"));
        let Some(outer) = head(text, next) else { break };
        match outer.unit {
            Unit::Paragraph => {
                let deepest = paths.iter().map(|(path, ..)| path.len()).max().unwrap_or_default();
                if deepest > MOST_LEVELS {
                    break;
                }
                let Some((outer_paths, after)) = read_paths(text, outer) else { break };
                paths = cross(&outer_paths, &paths);
                end = after;
            }
            Unit::Article | Unit::Section | Unit::Rule => {
                let Some(mut pins) = read_articles(text, next, outer) else { break };
                let Some(item) = pins.items.first().cloned() else { break };
                let lead = paths.into_iter().enumerate().map(|(index, (path, from, to))| {
                    let mut full = path;
                    full.extend(item.path.iter().cloned());
                    let is_first = index == 0;
                    Pin { article: item.article.clone(), path: full, from: if is_first { at } else { from }, to }
                });
                let mut items: Vec<Pin> = lead.collect();
                if let Some(last) = items.last_mut() {
                    last.to = item.to;
                }
                items.extend(pins.items.drain(1..));
                return Some(Pins { unit: pins.unit, items, from: at, to: pins.to, same: pins.same });
            }
            Unit::Subparagraph => break,
        }
    }
    if first.unit == Unit::Subparagraph
        && paths.iter().all(|(path, ..)| path.first().is_some_and(|part| !is_numeric(part)))
    {
        return None;
    }
    let items = paths.into_iter().map(|(path, from, to)| Pin { article: String::new(), path, from, to }).collect();
    Some(Pins { unit: Unit::Paragraph, items, from: at, to: end, same: false })
}

type Path = (Vec<String>, usize, usize);

fn cross(outer: &[Path], inner: &[Path]) -> Vec<Path> {
    let [(path, _, outer_end)] = outer else { return outer.to_vec() };
    let joined = inner.iter().map(|(below, from, _)| {
        let mut full = path.clone();
        full.extend(below.iter().cloned());
        (full, *from, *outer_end)
    });
    joined.collect()
}

/// Reads the labels after "paragraphs": numbers with sub-items, or letters alone.
fn read_paths(text: &Text<'_>, head: Head) -> Option<(Vec<Path>, usize)> {
    let mut paths = Vec::new();
    let end = read_paragraphs(text, head, 0, |path, from, to| paths.push((path, from, to)))?;
    (!paths.is_empty()).then_some((paths, end))
}

/// Reads paragraphs after their head and returns the token after them. `article_limit` is 1 where numbers above 9 after
/// a comma are articles again.
fn read_paragraphs(
    text: &Text<'_>,
    head: Head,
    article_limit: u32,
    mut push: impl FnMut(Vec<String>, usize, usize),
) -> Option<usize> {
    let mut at = head.end;
    let mut current = read_step(text, at, head.unit == Unit::Subparagraph)?;
    let mut from = at;
    let mut closed = false;
    loop {
        at = current.1;
        let mut path = vec![current.0.clone()];
        at = read_subs(text, at, &mut path, |path, _, sub_to| {
            push(path, std::mem::replace(&mut from, sub_to), sub_to);
        });
        let Some((kind, next)) = link(text, at) else { return Some(at) };
        if kind == Link::Semicolon {
            return Some(at);
        }
        // "paragraph 2 (a) and paragraph 3"
        let repeated = super::words::head(text, next).filter(|again| again.unit == head.unit && kind != Link::Range);
        let step_at = repeated.map_or(next, |again| again.end);
        let Some(step) = read_step(text, step_at, head.unit == Unit::Subparagraph) else { return Some(at) };
        let number: Option<u32> = step.0.parse().ok();
        let before: Option<u32> = current.0.parse().ok();
        if is_month(text, step.1) {
            return Some(at);
        }
        if kind == Link::Range {
            let (Some(first), Some(last)) = (before, number) else { return Some(at) };
            if last <= first || last - first > LONGEST_RANGE {
                return Some(at);
            }
            for between in first + 1..last {
                push(vec![between.to_string()], step_at, step.1);
            }
        } else if repeated.is_none() {
            let is_article = article_limit > 0
                && number.is_some_and(|number| number > 9)
                && before.is_some_and(|before| before <= 9);
            let singular = !head.plural && (kind == Link::Comma || article_limit > 0 && number <= before);
            if closed || is_article || singular || (number.is_some() && number <= before && article_limit > 0) {
                return Some(at);
            }
            if !head.plural && !ends_number(text, step.1) {
                return Some(at);
            }
        }
        closed = kind == Link::And && article_limit > 0;
        from = step_at;
        current = step;
    }
}

/// Reads the number of a paragraph, or (where letters are announced) a bracketed or bare letter.
fn read_step(text: &Text<'_>, at: usize, letters: bool) -> Option<(String, usize)> {
    if text.is_number(at) && text.raw(at).len() <= 3 {
        let mut label = text.raw(at).to_owned();
        let mut end = at + 1;
        while text.is_mark(end, '.') && text.is_glued(end) && text.is_number(end + 1) && text.is_glued(end + 1) {
            label.push('.');
            label.push_str(text.raw(end + 1));
            end += 2;
        }
        if let Some(suffix) = suffix(text, end) {
            label.push(' ');
            label.push_str(suffix);
            end += 1;
        }
        return Some((label, end));
    }
    if !letters {
        return None;
    }
    let bare = usize::from(opens_quote(text, at));
    if bare == 1 && closes_quote(text, at + 2) && is_letter(text, at + 1) {
        return Some((label_of(text, at + 1), at + 3));
    }
    if let Some(found) = read_bracket(text, at) {
        return Some(found);
    }
    (is_letter(text, at) && !matches!(text.norm(at), "a" | "в" | "с" | "к" | "о" | "и" | "у" | "i"))
        .then(|| (label_of(text, at), at + 1))
}

fn opens_quote(text: &Text<'_>, at: usize) -> bool {
    ['"', '«', '“', '\'', '‘'].iter().any(|mark| text.is_mark(at, *mark))
}

fn closes_quote(text: &Text<'_>, at: usize) -> bool {
    ['"', '»', '”', '\'', '’'].iter().any(|mark| text.is_mark(at, *mark))
}

fn is_letter(text: &Text<'_>, at: usize) -> bool {
    text.is_word(at) && text.raw(at).chars().count() == 1
}

fn is_numeric(label: &str) -> bool {
    label.starts_with(|first: char| first.is_ascii_digit())
}

/// A label in lower case; Cyrillic letters that look like Latin ones are theirs (UN texts print «3 с)»).
fn label_of(text: &Text<'_>, at: usize) -> String {
    match text.norm(at) {
        "а" => "a".to_owned(),
        "с" => "c".to_owned(),
        "е" => "e".to_owned(),
        "о" => "o".to_owned(),
        "р" => "p".to_owned(),
        label => label.to_owned(),
    }
}

/// Reads "(a)", "(iii)", "(2)" or the Russian "a)" and returns the label and the token after it.
fn read_bracket(text: &Text<'_>, at: usize) -> Option<(String, usize)> {
    let opened = usize::from(text.is_mark(at, '('));
    let label = at + opened;
    let mut end = label + 1;
    let fits = match text.kind(label)? {
        Kind::Number => text.raw(label).len() <= 2 && opened == 1,
        Kind::Word => {
            let norm = text.norm(label);
            let single = norm.chars().count() == 1;
            let doubled = norm.len() == 2 && norm.as_bytes().first() == norm.as_bytes().get(1);
            single || doubled || norm.len() <= 5 && norm.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
        }
        Kind::Mark(_) => false,
    };
    if !fits {
        return None;
    }
    let mut read = label_of(text, label);
    if suffix(text, end).is_some() && text.is_mark(end + 1, ')') {
        read.push(' ');
        read.push_str(text.norm(end));
        end += 1;
    }
    text.is_mark(end, ')').then_some((read, end + 1))
}

fn suffix<'t>(text: &'t Text<'_>, at: usize) -> Option<&'t str> {
    let word = text.norm(at);
    matches!(word, "bis" | "ter" | "quater" | "quinquies" | "sexies" | "бис").then_some(word)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Number,
    Letter,
    Roman,
}

/// The level of a label below a path: "(i)" after "(a)" counts in Roman numerals, after "(h)" it is a letter.
fn level(label: &str, path: &[String]) -> Level {
    if is_numeric(label) {
        return Level::Number;
    }
    let is_roman = label.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let below_letter = path.iter().any(|part| !is_numeric(part));
    if is_roman
        && (label.len() > 1 || below_letter && path.last().is_none_or(|last| last != "h" && last != "u" && last != "w"))
    {
        return Level::Roman;
    }
    Level::Letter
}

/// Reads the sub-items below a path ("(2) (a) and (b)"), pushes each full path, and returns the token after them.
/// A path without sub-items is pushed as it is.
fn read_subs(
    text: &Text<'_>,
    mut at: usize,
    path: &mut Vec<String>,
    mut push: impl FnMut(Vec<String>, usize, usize),
) -> usize {
    let base = path.len();
    let mut from = at;
    loop {
        // deeper: "(2)" "(a)" "(i)"
        while let Some((label, end)) = read_bracket(text, at) {
            if path.len() >= MOST_LEVELS {
                break;
            }
            path.push(label);
            at = end;
        }
        // a sibling: "and (b)", ", (c)", "–(e)"
        let sibling = link(text, at)
            .and_then(|(kind, next)| read_bracket(text, next).map(|(label, end)| (kind, next, label, end)));
        let Some((kind, next, label, end)) = sibling.filter(|_| path.len() > base && !opens_other(text, at)) else {
            push(path.clone(), from, at);
            return at;
        };
        let wanted = level(&label, path);
        let depth = (base..path.len())
            .rev()
            .find(|depth| path.get(*depth).is_some_and(|part| level(part, &path[..*depth]) == wanted));
        let Some(depth) = depth else {
            push(path.clone(), from, at);
            return at;
        };
        push(path.clone(), from, at);
        if kind == Link::Range {
            for between in between(path.get(depth).map_or("", String::as_str), &label) {
                path.truncate(depth);
                path.push(between);
                push(path.clone(), next, end);
            }
        }
        path.truncate(depth);
        path.push(label);
        from = next;
        at = end;
    }
}

/// Whether a semicolon stands here: what follows belongs to a new list.
fn opens_other(text: &Text<'_>, at: usize) -> bool {
    text.is_mark(at, ';')
}

/// The labels strictly between two of the same kind.
fn between(first: &str, last: &str) -> Vec<String> {
    if let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) {
        return if last > first && last - first <= LONGEST_RANGE {
            (first + 1..last).map(|n| n.to_string()).collect()
        } else {
            Vec::new()
        };
    }
    match (first.as_bytes(), last.as_bytes()) {
        ([first], [last]) if first.is_ascii_lowercase() && last.is_ascii_lowercase() && first < last => {
            (first + 1..*last).map(|letter| char::from(letter).to_string()).collect()
        }
        _ => Vec::new(),
    }
}

/// Reads an article's number.
fn read_article_number(text: &Text<'_>, at: usize, unit: Unit) -> Option<(String, usize)> {
    if text.is_word(at) {
        let raw = text.raw(at);
        // "article L 415-11" is a letter, not fifty.
        let value = (unit == Unit::Article && !matches!(raw, "L" | "C")).then(|| roman(raw)).flatten()?;
        return Some((value.to_string(), at + 1));
    }
    if !text.is_number(at) || text.raw(at).len() > 4 {
        return None;
    }
    let mut label = text.raw(at).to_owned();
    let mut end = at + 1;
    let glued_number = |end: usize| text.is_glued(end) && text.is_number(end + 1) && text.is_glued(end + 1);
    while text.is_mark(end, '.') && glued_number(end) && text.raw(end + 1).len() <= 3 {
        label.push('.');
        label.push_str(text.raw(end + 1));
        end += 2;
    }
    let is_roman = |at: usize| text.is_glued(at) && text.is_word(at) && roman(text.raw(at)).is_some();
    if text.is_mark(end, '.') && text.is_glued(end) && is_roman(end + 1) {
        label.push('.');
        label.push_str(text.raw(end + 1));
        end += 2;
    }
    if text.is_mark(end, '-') && glued_number(end) {
        let (first, second) = (text.number(at), text.number(end + 1));
        if second < first && text.raw(end + 1).len() < text.raw(at).len() + usize::from(text.raw(at).len() > 1) {
            label.push('-');
            label.push_str(text.raw(end + 1));
            end += 2;
        }
    }
    if let Some(suffix) = suffix(text, end) {
        label.push(' ');
        label.push_str(suffix);
        end += 1;
    } else if text.is_glued(end) && is_letter(text, end) && text.raw(end).is_ascii() {
        label.push_str(text.raw(end).to_ascii_lowercase().as_str());
        end += 1;
    }
    Some((label, end))
}

/// Whether what follows a number lets it be the number of an article, not a count ("articles 7 and 15 children").
fn ends_number(text: &Text<'_>, at: usize) -> bool {
    match text.kind(at) {
        None | Some(Kind::Mark(_)) => true,
        Some(Kind::Number) => false,
        Some(Kind::Word) => {
            text.is_capital(at)
                || matches!(
                    text.norm(at),
                    "of" | "and"
                        | "or"
                        | "to"
                        | "in"
                        | "read"
                        | "thereof"
                        | "bis"
                        | "ter"
                        | "alone"
                        | "above"
                        | "taken"
                        | "with"
                        | "under"
                        | "are"
                        | "is"
                        | "were"
                        | "have"
                        | "has"
                        | "which"
                        | "that"
                        | "by"
                        | "as"
                        | "on"
                        | "for"
                        | "through"
                        | "и"
                        | "или"
                        | "в"
                        | "по"
                        | "а"
                        | "о"
                        | "к"
                        | "с"
                        | "конвенции"
                        | "пакта"
                        | "протокола"
                        | "закона"
                        | "настоящего"
                        | "настоящей"
                        | "факультативного"
                        | "конституции"
                        | "устава"
                        | "указанной"
                )
        }
    }
}

fn read_articles(text: &Text<'_>, at: usize, first: Head) -> Option<Pins> {
    let mut pins = Pins { unit: first.unit, items: Vec::new(), from: at, to: at, same: false };
    let mut plural = first.plural;
    let mut next = first.end;
    let mut from = at;
    while let Some((article, end)) = read_article_number(text, next, first.unit) {
        if is_month(text, end) || text.is_mark(end, '%') {
            break;
        }
        let here = pins.items.len();
        pins.to = read_below(text, end, &article, from, plural, &mut pins.items);
        if pins.items.len() == here {
            break;
        }
        let Some(step) = read_continuation(text, pins.to, first.unit, plural, &article) else { break };
        if let Some(last) = step.range_to {
            let first: u32 = article.parse().ok()?;
            for between in first + 1..last {
                pins.items.push(Pin { article: between.to_string(), path: Vec::new(), from: step.at, to: step.at + 1 });
            }
        }
        plural |= step.plural;
        from = step.from;
        next = step.at;
    }
    (!pins.items.is_empty()).then_some(pins)
}

struct Continuation {
    /// Where the next number stands, and where its words begin.
    at: usize,
    from: usize,
    plural: bool,
    range_to: Option<u32>,
}

/// Looks behind a finished article for the next one of the list.
fn read_continuation(text: &Text<'_>, at: usize, unit: Unit, plural: bool, article: &str) -> Option<Continuation> {
    let (kind, next) = link(text, at)?;
    if let Some(again) = head(text, next).filter(|again| again.unit == unit && kind != Link::Range) {
        read_article_number(text, again.end, unit)?;
        return Some(Continuation { at: again.end, from: next, plural: again.plural, range_to: None });
    }
    let (label, end) = read_article_number(text, next, unit)?;
    if kind == Link::Range {
        let (first, last): (u32, u32) = (article.parse().ok()?, label.parse().ok()?);
        if last <= first || last - first > LONGEST_RANGE {
            return None;
        }
        return Some(Continuation { at: next, from: next, plural: true, range_to: Some(last) });
    }
    // "article 9, 15 people", "article 7 and 3 years": a list announced by the singular goes on by "and" only.
    let roman_word = text.is_word(next) && text.raw(next).len() == 1 && !plural;
    let plausible = if plural { !is_quantity(text, end) } else { kind != Link::Comma && ends_number(text, end) };
    (plausible && !roman_word && !is_month(text, end)).then_some(Continuation {
        at: next,
        from: next,
        plural: false,
        range_to: None,
    })
}

/// Whether a counted noun follows the number.
fn is_quantity(text: &Text<'_>, at: usize) -> bool {
    matches!(
        text.norm(at),
        "years"
            | "months"
            | "days"
            | "people"
            | "persons"
            | "children"
            | "per"
            | "million"
            | "cases"
            | "states"
            | "лет"
            | "месяцев"
            | "дней"
            | "человек"
            | "детей"
    ) || text.is_mark(at, '%')
}

/// Reads what hangs on an article: brackets, then paragraphs; pushes a pin for each place. Returns the token after.
fn read_below(text: &Text<'_>, at: usize, article: &str, from: usize, plural: bool, items: &mut Vec<Pin>) -> usize {
    let pin = |path: Vec<String>, from: usize, to: usize| Pin { article: article.to_owned(), path, from, to };
    let mut path = Vec::new();
    let mut read = Vec::new();
    let mut end = read_subs(text, at, &mut path, |path, from, to| read.push((path, from, to)));
    // «статья 2 (пункт 3)», "article 2 (para. 3)"
    let bracket = usize::from(text.is_mark(end, '('));
    let comma = usize::from(bracket == 0 && text.is_mark(end, ','));
    let below =
        head(text, end + bracket + comma).filter(|below| matches!(below.unit, Unit::Paragraph | Unit::Subparagraph));
    let mut inner = Vec::new();
    if let Some(below) = below {
        let limit = u32::from(plural && bracket == 0);
        let after = read_paragraphs(text, below, limit, |path, from, to| inner.push((path, from, to)));
        match after {
            Some(after) if bracket == 0 => end = after,
            Some(after) if text.is_mark(after, ')') => end = after + 1,
            _ => inner.clear(),
        }
        // "article 5, paragraph 2, subparagraph (b)"
        let deeper =
            head(text, end + usize::from(text.is_mark(end, ','))).filter(|deeper| deeper.unit == Unit::Subparagraph);
        if let Some(deeper) = deeper
            && bracket == 0
            && let Some((paths, after)) = read_paths(text, deeper)
            && !inner.is_empty()
            && !names_article_after(text, after)
        {
            inner = cross(&inner, &paths);
            end = after;
        }
        // «статьи 7 и пункт 1 статьи 10»: the paragraph belongs to what follows.
        if bracket == 0 && names_article_after(text, end) {
            inner.clear();
            end = read.last().map_or(at, |(.., to)| *to);
        }
    }
    if inner.is_empty() {
        for (index, (path, sub_from, to)) in read.into_iter().enumerate() {
            items.push(pin(path, if index == 0 { from } else { sub_from }, to.max(at)));
        }
    } else {
        for (index, (path, sub_from, to)) in inner.into_iter().enumerate() {
            let mut full = read.last().map(|(path, ..)| path.clone()).unwrap_or_default();
            full.extend(path);
            items.push(pin(full, if index == 0 { from } else { sub_from }, to.max(at)));
        }
        if let Some(last) = items.last_mut() {
            last.to = last.to.max(end);
        }
    }
    end
}

/// Whether "of article 10" follows, so that the paragraph before it is that article's.
fn names_article_after(text: &Text<'_>, at: usize) -> bool {
    let next = at + usize::from(matches!(text.norm(at), "of" | "in"));
    head(text, next).is_some_and(|next| matches!(next.unit, Unit::Article))
}

/// Reads "the same article", «той же статьи».
pub(in super::super) fn read_same(text: &Text<'_>, at: usize) -> Option<Pins> {
    let english =
        matches!(text.norm(at), "same" | "that" | "said") && matches!(text.norm(at + 1), "article" | "section");
    let russian = matches!(text.norm(at), "той" | "той-же" | "этой" | "данной" | "указанной" | "упомянутой");
    let after = at + 1 + usize::from(text.norm(at + 1) == "же");
    let russian = russian && head(text, after).is_some_and(|head| head.unit == Unit::Article);
    let noun = if english { at + 1 } else { after };
    let follows = text.is_number(noun + 1) || text.is_mark(noun + 1, '.');
    if !(english || russian) || follows && text.is_number(noun + 1) {
        return None;
    }
    let item = Pin { article: String::new(), path: Vec::new(), from: at, to: noun + 1 };
    Some(Pins { unit: Unit::Article, items: vec![item], from: at, to: noun + 1, same: true })
}

/// Reads articles that no word announces, as after "CRC" in a query: "7", "9.3", "3 (1)".
pub(in super::super) fn read_bare(text: &Text<'_>, at: usize) -> Option<Pins> {
    read_articles(text, at, Head { unit: Unit::Article, plural: false, end: at })
}

/// Reads a bracketed number that is no year, as "(No. 182)".
pub(in super::super) fn read_bracketed_number(text: &Text<'_>, at: usize) -> Option<(u32, usize)> {
    let opened = usize::from(text.is_mark(at, '('));
    let number = skip_number_sign(text, at + opened);
    if number == at + opened {
        return None;
    }
    let value = text.number(number)?;
    (opened == 0 || text.is_mark(number + 1, ')')).then_some((value, number + 1 + opened))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the pins of the first group of a text: "3; 4/2; 4/3".
    fn check(source: &str, expected: &str) {
        let text = Text::new(source);
        let pins = (0..text.len()).find_map(|at| read_pins(&text, at));
        let items = pins.map(|pins| pins.items).unwrap_or_default();
        let written: Vec<String> = items
            .iter()
            .map(|pin| std::iter::once(&pin.article).chain(&pin.path).cloned().collect::<Vec<_>>().join("/"))
            .collect();
        assert_eq!(written.join("; "), expected, "{source}");
    }

    #[test]
    fn english_lists() {
        check("article 7", "7");
        check("articles 2 and 3 of the Covenant", "2; 3");
        check("arts. 3; 4, paras. 2 and 3; 5; 6 and 7", "3; 4/2; 4/3; 5; 6; 7");
        check("arts. 8 and 9, paras. 3 and 4", "8; 9/3; 9/4");
        check("article 5 (2) (a) and (b)", "5/2/a; 5/2/b");
        check("articles 6-8", "6; 7; 8");
        check("articles 2 (1)–(3), 3, 24 (1) and (3) and 26–27 of", "2/1; 2/2; 2/3; 3; 24/1; 24/3; 26; 27");
        check("article 2 (c)–(e)", "2/c; 2/d; 2/e");
        check("article 14, paragraphs 1 and 3 (b) and (d), of", "14/1; 14/3/b; 14/3/d");
        check("article 2 (a) and article 3, paragraph 1 (a) (i) of", "2/a; 3/1/a/i");
        check("articles 2, paragraph 3, 7, 9 and 10, paragraph 1, of", "2/3; 7; 9; 10/1");
        check("articles 2 (b), (c), (e) and (f)", "2/b; 2/c; 2/e; 2/f");
        check("articles 11 to 16", "11; 12; 13; 14; 15; 16");
        check("paragraph 1 of article 12", "12/1");
        check("paragraphs 2 and 3 of article 9", "9/2; 9/3");
        check("subparagraph (a) of paragraph 1 of article 3", "3/1/a");
        check("article 66-4", "66-4");
        check("article 6 bis", "6 bis");
        check("article III of the Treaty", "3");
        check("art. 12.4", "12.4");
        check("article 14, paragraph 3(d), the", "14/3/d");
        check("article 341, part 1, and", "341/1");
        check("section 9 (8) of", "9/8");
        check("article 9 and 14 January", "9");
        check("article 9, 15 people", "9");
        check("article 5, paragraph 2, subparagraph (b)", "5/2/b");
        check("rule 99 (b) of", "99/b");
        check("articles 149, 285.I and 287.I of", "149; 285.I; 287.I");
        check("state of the art. The", "");
        check("an article 7-year", "7");
    }

    #[test]
    fn russian_lists() {
        check("статьи 2 и 3", "2; 3");
        check("пункт 1 статьи 12", "12/1");
        check("ст. 7", "7");
        check("подпункт (a) (i) пункта 1 статьи 3", "3/1/a/i");
        check("пунктам 1 и 2 статьи 9", "9/1; 9/2");
        check("п. 1 ст. 12", "12/1");
        check("ч. 2 ст. 20.2", "20.2/2");
        check("статьи 2 (пункт 3), 7 и 10 (пункт 1) Пакта", "2/3; 7; 10/1");
        check("пункт 3 a) и d) статьи 14", "14/3/a; 14/3/d");
        check("статьи 14 (пункты 1, 2 и 3 g)) Пакта", "14/1; 14/2; 14/3/g");
        check("статей 6–8", "6; 7; 8");
        check("статьи 7 и пункт 1 статьи 10 Пакта", "7");
        check("подпункт «а» пункта 2 статьи 5", "5/2/a");
        check("пункт 2 b) статьи 5", "5/2/b");
    }
}
