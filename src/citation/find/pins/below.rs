//! What stands below an article: paragraphs and sub-items with their lists.

use super::super::super::token::Text;
use super::super::words::{Head, Link, Unit, ends_number, head, is_month, link};
use super::Pin;
use super::labels::{LONGEST_RANGE, between, is_sub_letter, label_of, level, read_bracket, read_step};

/// No provision lies deeper; a deeper path is a misreading.
pub(super) const MOST_LEVELS: usize = 6;

pub(super) type Path = (Vec<String>, usize, usize);

pub(super) fn cross(outer: &[Path], inner: &[Path]) -> Vec<Path> {
    let [(path, _, outer_end)] = outer else { return outer.to_vec() };
    let joined = inner.iter().map(|(below, from, _)| {
        let mut full = path.clone();
        full.extend(below.iter().cloned());
        (full, *from, *outer_end)
    });
    joined.collect()
}

/// Reads the labels after "paragraphs": numbers with sub-items, or letters alone.
pub(super) fn read_paths(text: &Text<'_>, head: Head) -> Option<(Vec<Path>, usize)> {
    let mut paths = Vec::new();
    let end = read_paragraphs(text, head, 0, |path, from, to| paths.push((path, from, to)))?;
    (!paths.is_empty()).then_some((paths, end))
}

/// Reads paragraphs after their head and returns the token after them. `article_limit` is 1 where numbers above 9 after
/// a comma are articles again.
pub(super) fn read_paragraphs(
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
        let repeated =
            super::super::words::head(text, next).filter(|again| again.unit == head.unit && kind != Link::Range);
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

/// Reads the sub-items below a path ("(2) (a) and (b)"), pushes each full path, and returns the token after them.
/// A path without sub-items is pushed as it is.
pub(super) fn read_subs(
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
pub(super) fn opens_other(text: &Text<'_>, at: usize) -> bool {
    text.is_mark(at, ';')
}

/// Reads what hangs on an article: brackets, then paragraphs; pushes a pin for each place. Returns the token after.
pub(super) fn read_below(
    text: &Text<'_>,
    at: usize,
    article: &str,
    from: usize,
    plural: bool,
    items: &mut Vec<Pin>,
) -> usize {
    let pin = |path: Vec<String>, from: usize, to: usize| Pin { article: article.to_owned(), path, from, to };
    let mut path = Vec::new();
    let mut read = Vec::new();
    let mut start = at;
    // "Article 73 e of the Charter": the letter is the article's sub-item.
    if is_sub_letter(text, at) {
        path.push(label_of(text, at));
        start += 1;
    }
    let mut end = read_subs(text, start, &mut path, |path, from, to| read.push((path, from, to)));
    // «статья 2 (пункт 3)», "article 2 (para. 3)"
    let mut bracket = usize::from(text.is_mark(end, '('));
    // "article 9 (part of paragraph 2)"
    if bracket == 1 && text.norm(end + 1) == "part" && text.norm(end + 2) == "of" {
        bracket = 3;
    }
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
pub(super) fn names_article_after(text: &Text<'_>, at: usize) -> bool {
    let next = at + usize::from(matches!(text.norm(at), "of" | "in"));
    head(text, next).is_some_and(|next| matches!(next.unit, Unit::Article))
}
