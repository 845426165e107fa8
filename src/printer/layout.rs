//! Fits text into the columns of a terminal: excerpts, wrapping, shortening. Knows nothing of hits.
//!
//! Invariant: no line that comes out is wider than asked for, and what is printed has passed `sanitize`.

use textwrap::core::Word;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::sanitize;

/// A character as it will be printed, and whether it stands in a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub c: char,
    pub matched: bool,
}

/// Unicode scalar values of context that an excerpt keeps on each side of a match.
const CONTEXT: usize = 140;

/// Returns the cells of a text. `highlights` are scalar offsets, ascending.
pub fn cells(text: &str, highlights: &[(u32, u32)]) -> Vec<Cell> {
    let mut spans = highlights.iter().map(|&(start, end)| (start as usize, end as usize)).peekable();
    let mut cells = Vec::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        while spans.next_if(|&(_, end)| end <= at).is_some() {}
        let matched = spans.peek().is_some_and(|&(start, _)| start <= at);
        cells.extend(sanitize::printable(c).map(|c| Cell { c, matched }));
    }
    cells
}

/// Returns at most about `limit` characters of a text: all of it where it fits, else the passages around the matches
/// with " … " between them, else its beginning.
pub fn excerpt(cells: Vec<Cell>, limit: usize) -> Vec<Cell> {
    if cells.len() <= limit {
        return cells;
    }
    let windows = choose_windows(&cells, limit);
    let mut out: Vec<Cell> = Vec::with_capacity(limit + 16);
    let mut end = 0;
    for (start, stop) in windows {
        if start > end || (start == end && end > 0) {
            out.extend(gap(if out.is_empty() { "… " } else { " … " }));
        }
        out.extend(trimmed(&cells[start..stop]));
        end = stop;
    }
    if end < cells.len() {
        out.extend(gap(" …"));
    }
    out
}

fn gap(text: &str) -> impl Iterator<Item = Cell> + '_ {
    text.chars().map(|c| Cell { c, matched: false })
}

fn trimmed(cells: &[Cell]) -> &[Cell] {
    let start = cells.iter().position(|cell| cell.c != ' ').unwrap_or(0);
    let stop = cells.iter().rposition(|cell| cell.c != ' ').map_or(0, |last| last + 1);
    cells.get(start..stop).unwrap_or(&[])
}

/// Returns ranges of `cells` that start and end at words, ascending and disjoint, with the most matches first served.
fn choose_windows(cells: &[Cell], limit: usize) -> Vec<(usize, usize)> {
    let context = CONTEXT.min(limit / 4);
    let mut windows: Vec<(usize, usize, usize)> = Vec::new();
    for at in match_starts(cells) {
        let (start, stop) = (at.saturating_sub(context), (at + context).min(cells.len()));
        let before = windows.last().map_or(0, |&(_, end, _)| end);
        match windows.last_mut() {
            Some((open, end, matches)) if start <= *end && stop - *open <= limit => {
                *end = stop;
                *matches += 1;
            }
            Some((_, end, _)) if at < *end => {}
            _ => windows.push((start.max(before), stop, 1)),
        }
    }
    // Most matches first; the sort is stable, so the earlier window wins a tie.
    windows.sort_by_key(|&(_, _, matches)| std::cmp::Reverse(matches));
    let mut left = limit;
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    for (start, stop, _) in windows {
        if stop - start <= left {
            left -= stop - start;
            chosen.push((start, stop));
        }
    }
    if chosen.is_empty() {
        chosen.push((0, limit.min(cells.len())));
    }
    chosen.sort_unstable();
    let mut end = 0;
    let whole_words = chosen.into_iter().map(|(start, stop)| {
        let start = word_start(cells, start).max(end);
        end = word_stop(cells, stop).max(start);
        (start, end)
    });
    whole_words.collect()
}

fn match_starts(cells: &[Cell]) -> impl Iterator<Item = usize> + '_ {
    (0..cells.len()).filter(|&at| cells[at].matched && !(at > 0 && cells[at - 1].matched))
}

/// Letters within which the start or the end of a word is looked for: a text may have no spaces at all.
const NEAR: usize = 24;

/// Moves a start forward to the next word; where a match stands before it, back to the start of its word.
fn word_start(cells: &[Cell], start: usize) -> usize {
    if start == 0 || cells.get(start - 1).is_some_and(|cell| cell.c == ' ') {
        return start;
    }
    let space = cells.iter().skip(start).take(NEAR).take_while(|cell| !cell.matched).position(|cell| cell.c == ' ');
    let back = || cells.iter().take(start).rev().take(NEAR).position(|cell| cell.c == ' ');
    space.map(|space| start + space + 1).or_else(|| back().map(|space| start - space)).unwrap_or(start)
}

/// Moves a stop back to the end of a word; where a match stands behind it, on to the end of its word.
fn word_stop(cells: &[Cell], stop: usize) -> usize {
    if stop >= cells.len() || cells.get(stop).is_some_and(|cell| cell.c == ' ') {
        return stop.min(cells.len());
    }
    let space =
        cells.iter().take(stop).rev().take(NEAR).take_while(|cell| !cell.matched).position(|cell| cell.c == ' ');
    let on = || cells.iter().skip(stop).take(NEAR).position(|cell| cell.c == ' ');
    let to_the_end = || (cells.len() - stop <= NEAR).then_some(cells.len());
    space.map(|space| stop - space - 1).or_else(|| on().map(|space| stop + space)).or_else(to_the_end).unwrap_or(stop)
}

/// Returns the lines of a text, each at most `width` columns wide. Words longer than a line are broken.
pub fn wrap(cells: &[Cell], width: usize) -> Vec<&[Cell]> {
    let width = width.max(2);
    let text: String = cells.iter().map(|cell| cell.c).collect();
    let words =
        textwrap::core::break_words(textwrap::WordSeparator::new().find_words(&text).collect::<Vec<Word<'_>>>(), width);
    let mut lines = Vec::new();
    let mut at = 0;
    for line in textwrap::wrap_algorithms::wrap_first_fit(&words, &[width as f64]) {
        let length: usize = line.iter().map(|word| count(word.word) + count(word.whitespace)).sum();
        let blank = line.last().map_or(0, |word| count(word.whitespace));
        lines.push(cells.get(at..at + length - blank).unwrap_or(&[]));
        at += length;
    }
    lines
}

fn count(text: &str) -> usize {
    text.chars().count()
}

/// Returns the columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Returns a text that takes at most `columns`, its end replaced by "…" where it is longer.
pub fn shorten_end(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut head = take_columns(text.chars(), columns.saturating_sub(1));
    head.truncate(head.trim_end().len());
    if columns > 0 {
        head.push('…');
    }
    head
}

/// As [`shorten_end`], for words to read: none is cut in two, save where the first alone is too long, or the script parts
/// no words.
pub fn shorten_words(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let head = take_columns(text.chars(), columns.saturating_sub(1));
    let ends_word = text[head.len()..].starts_with(char::is_whitespace);
    let end = if ends_word { Some(head.len()) } else { head.rfind(char::is_whitespace) };
    let joins = |c: char| c.is_whitespace() || ",;:(–—-".contains(c);
    let words = head[..end.unwrap_or_default()].trim_end_matches(joins);
    match words.chars().next_back() {
        None => shorten_end(text, columns),
        // "V. …": what is left out is no part of the number.
        Some('.') if width(words) + 2 <= columns => format!("{words} …"),
        Some(_) => format!("{words}…"),
    }
}

/// Returns a text that takes at most `columns`, its middle replaced by "…" where it is longer: of a section path the
/// outermost and the innermost words tell most.
pub fn shorten_middle(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let tail_columns = columns.saturating_sub(1) * 3 / 5;
    let tail: String = take_columns(text.chars().rev(), tail_columns).chars().rev().collect();
    let head = take_columns(text.chars(), columns - 1 - width(&tail));
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

/// Returns a path that takes at most `columns`. Where it is longer, the inner parts give way first, then the end of the
/// outermost; of the last part, which stands nearest to the text, as much is kept as there is room for.
pub fn shorten_path(parts: &[impl AsRef<str>], between: &str, columns: usize) -> String {
    let joined = parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(between);
    let [first, inner @ .., last] = parts else { return shorten_words(&joined, columns) };
    if width(&joined) <= columns {
        return joined;
    }
    let gap = if inner.is_empty() { between.to_owned() } else { format!("{between}…{between}") };
    let room = columns.saturating_sub(width(&gap));
    if room < 16 {
        return shorten_words(last.as_ref(), columns);
    }
    let first = shorten_words(first.as_ref(), (room / 3).max(room.saturating_sub(width(last.as_ref()))));
    let last = shorten_words(last.as_ref(), room - width(&first));
    format!("{first}{gap}{last}")
}

fn take_columns(chars: impl Iterator<Item = char>, columns: usize) -> String {
    let mut left = columns;
    let mut taken = String::new();
    for c in chars {
        let Some(rest) = left.checked_sub(c.width().unwrap_or(0)) else { break };
        left = rest;
        taken.push(c);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(cells: &[Cell]) -> String {
        cells.iter().map(|cell| cell.c).collect()
    }

    fn matched(cells: &[Cell]) -> String {
        cells.iter().filter(|cell| cell.matched).map(|cell| cell.c).collect()
    }

    #[test]
    fn cells_mark_matches_and_drop_what_steers() {
        let cells = cells("a\u{202e}birth\u{1b} x", &[(2, 7)]);
        assert_eq!(plain(&cells), "abirth\u{fffd} x");
        assert_eq!(matched(&cells), "birth");
    }

    #[test]
    fn highlights_past_the_text_do_no_harm() {
        assert_eq!(matched(&cells("abc", &[(1, 900), (901, 902)])), "bc");
    }

    #[test]
    fn lines_never_overflow() {
        let texts = [
            "The Committee urges the State party to register every birth, free of charge, in all provinces.",
            "Комитет настоятельно призывает государство-участник регистрировать каждое рождение бесплатно.",
            "https://example.org/a/very/long/address/without/any/white/space/that/does/not/fit/on/one/line/at/all",
            "儿童权利委员会关于买卖儿童、儿童卖淫和儿童色情制品问题的结论性意见",
            "",
        ];
        for text in texts {
            for columns in [10, 40, 80, 120] {
                let cells = cells(text, &[]);
                let lines = wrap(&cells, columns);
                assert!(lines.iter().all(|line| width(&plain(line)) <= columns), "{text} at {columns}");
                let joined: String = lines.iter().map(|line| plain(line)).collect();
                assert_eq!(joined.replace(' ', ""), text.replace(' ', ""), "nothing is lost of {text}");
            }
        }
    }

    #[test]
    fn excerpts_keep_the_matches() {
        let filler = "слово ".repeat(200);
        let text = format!("{filler}birth registration {filler}end birth");
        let start = filler.chars().count() as u32;
        let last = text.chars().count() as u32;
        let shown = excerpt(cells(&text, &[(start, start + 5), (start + 6, start + 18), (last - 5, last)]), 600);
        assert_eq!(matched(&shown), "birthregistrationbirth");
        let shown = plain(&shown);
        assert!(shown.starts_with("… слово") && shown.ends_with("end birth"), "{shown}");
        assert!(shown.contains("слово … слово"), "{shown}");
        assert!(shown.chars().count() <= 620);
    }

    #[test]
    fn excerpts_are_cut_between_words() {
        let text = "prohibition of corporal punishment in every setting and ".repeat(40);
        let letters: Vec<char> = text.chars().collect();
        let sought = ["corporal", "punishment", "every"];
        for wanted in 1..=sought.len() {
            let mut marks: Vec<(u32, u32)> = Vec::new();
            for word in sought.iter().take(wanted) {
                let places = text.match_indices(word).map(|(at, _)| (at as u32, (at + word.len()) as u32));
                // Some of them only, so that windows begin and end at all places.
                marks.extend(places.enumerate().filter(|(nth, _)| nth % (wanted + 2) == 0).map(|(_, place)| place));
            }
            marks.sort_unstable();
            for limit in 60..700 {
                let shown = plain(&excerpt(cells(&text, &marks), limit));
                for word in shown.split(' ').filter(|word| *word != "…" && !word.is_empty()) {
                    assert!(text.split(' ').any(|whole| whole == word), "{word:?} in {shown} at {limit}");
                }
                assert!(shown.chars().count() <= (limit + 60).min(letters.len()), "{limit}");
            }
        }
    }

    #[test]
    fn excerpts_without_matches_are_beginnings() {
        let shown = plain(&excerpt(cells(&"one two ".repeat(100), &[]), 50));
        assert!(shown.starts_with("one two") && shown.ends_with("two …") && shown.len() < 60, "{shown}");
    }

    #[test]
    fn a_text_without_spaces_is_excerpted_too() {
        let shown = excerpt(cells(&"x".repeat(1_000_000), &[(500_000, 500_001)]), 400);
        assert_eq!(matched(&shown), "x");
        assert!(shown.len() < 420);
    }

    #[test]
    fn paths_keep_their_ends() {
        let check = |parts: &[&str], columns: usize, expected: &str| {
            assert_eq!(shorten_path(parts, " › ", columns), expected, "{parts:?} at {columns}");
        };
        check(&["Annex", "II. Situation", "B. Child marriage"], 60, "Annex › II. Situation › B. Child marriage");
        check(&["Annex", "II. Situation", "B. Child marriage"], 40, "Annex › … › B. Child marriage");
        check(&["V. Prevention of the sale", "Measures adopted to prevent"], 40, "V. … › Measures adopted to prevent");
        check(&["V. Prevention of the sale", "Adoption"], 30, "V. Prevention of… › Adoption");
        check(&["V. Prevention of the sale", "Adoption"], 10, "Adoption");
        check(&["V. Prevention of the sale"], 14, "V. Prevention…");
        check(&[], 10, "");
        check(&["IV. Предупреждение торговли детьми", "Принятые меры"], 38, "IV. Предупреждение… › Принятые меры");
        check(&["儿童权利委员会关于买卖儿童", "X"], 20, "儿童权利委员会… › X");
        check(&["Findings", "Rights of the child (arts. 7 and 24)"], 32, "Findings › Rights of the child…");
        for columns in 0..60 {
            let path = shorten_path(&["V. Prevention of the sale", "x", "Measures adopted"], " › ", columns);
            assert!(width(&path) <= columns, "{path} at {columns}");
        }
    }

    #[test]
    fn shortening_keeps_to_the_columns() {
        assert_eq!(shorten_end("birth registration", 8), "birth r…");
        for (text, columns, expected) in [
            ("birth registration", 8, "birth…"),
            ("birth registration", 6, "birth…"),
            ("birth registration", 5, "birt…"),
            ("регистрация рождений", 14, "регистрация…"),
            ("V. Prevention of the sale", 8, "V. …"),
            ("V. Prevention of the sale", 3, "V.…"),
            ("V. Prevention of the sale", 1, "…"),
            ("儿童权利委员会关于买卖儿童", 8, "儿童权…"),
        ] {
            assert_eq!(shorten_words(text, columns), expected, "{text} at {columns}");
        }
        assert_eq!(shorten_middle("V. Prevention › B. Birth registration", 20), "V. Preve…egistration");
        for columns in 0..40 {
            for text in ["V. Prevention › B. Birth registration", "儿童权利委员会关于买卖儿童", "короткий"]
            {
                assert!(width(&shorten_middle(text, columns)) <= columns, "{text} at {columns}");
                assert!(width(&shorten_end(text, columns)) <= columns, "{text} at {columns}");
                assert!(width(&shorten_words(text, columns)) <= columns, "{text} at {columns}");
            }
        }
    }
}
