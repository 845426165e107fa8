//! Footnotes: their marks at the foot of a page and in the text, and which paragraph each hangs on.
//!
//! A mark is taken out of a text only where it is the next expected one and its footnote exists: "5.3, 8.7 and 16.2",
//! "art. 12.4" and "(No. 138)" are no marks, "2015.4" before the fourth footnote is one.

use std::ops::Range;

use memchr::memmem;

/// Reads the mark that a printed footnote opens with ("3 See …", "* Adopted …"), and its bytes with the space after it.
pub fn read_mark(text: &str) -> Option<(String, usize)> {
    let stars = text.bytes().take_while(|byte| *byte == b'*').count();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let width = match (stars, digits) {
        (1..=4, _) => stars,
        (0, 1..=3) => digits,
        _ => return None,
    };
    let after = &text[width..];
    let body = after.strip_prefix('/').unwrap_or(after);
    let content = body.trim_start();
    let spaced = content.len() < body.len() || stars > 0;
    let opens_note = content
        .starts_with(|sign: char| sign.is_uppercase() || matches!(sign, '“' | '"' | '«' | '(' | '['))
        || content.starts_with("http")
        || content.starts_with("www.");
    (spaced && opens_note && !content.is_empty()).then(|| (text[..width].to_owned(), text.len() - content.len()))
}

/// Returns the bytes of a mark in a text from an offset on, with the white space that its removal would leave double.
/// Marks that stand glued to a word are preferred to those set off by a space.
pub fn find_mark(text: &str, from: usize, mark: &str) -> Option<Range<usize>> {
    let places = || occurrences(text, from, mark);
    if mark.starts_with('*') {
        return places()
            .find(|range| !text[range.end..].starts_with('*') && !text[..range.start].ends_with('*'))
            .map(|range| with_space(text, range));
    }
    places()
        .find(|range| is_glued(text, range))
        .or_else(|| places().find(|range| is_set_off(text, range)).map(|range| with_space(text, range)))
}

fn occurrences<'t>(text: &'t str, from: usize, mark: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let start = (from..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    memmem::find_iter(&text.as_bytes()[start..], mark).map(move |at| start + at..start + at + mark.len())
}

/// "areas.1 ", "2012,5 and", "Rights3", but not "12.4)", "52.5 per cent", "CO2".
fn is_glued(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let mut previous = before.chars().rev();
    let Some(sign) = previous.next() else { return false };
    let ends_word = after.is_empty()
        || after.starts_with(|next: char| {
            next.is_whitespace() || matches!(next, '.' | ',' | ';' | ':' | ')' | '”' | '"' | '»')
        });
    if !ends_word {
        return false;
    }
    let after_digits = previous.next().is_some_and(|other| other.is_ascii_digit());
    match sign {
        '.' | ',' if after_digits => {
            let digits = before[..before.len() - 1].chars().rev().take_while(char::is_ascii_digit).count();
            let next = after.trim_start().chars().next();
            let spaced = after.is_empty() || after.starts_with(char::is_whitespace);
            spaced && (digits == 4 || next.is_none_or(char::is_uppercase))
        }
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | '”' | '"' | '»' | '’' => true,
        letter => letter.is_lowercase(),
    }
}

/// "in 2014. 6 Figures": a lone number between two sentences.
fn is_set_off(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let sentence_before = before.ends_with(' ') && super::piece::ends_sentence(before);
    let sentence_after = after.starts_with(' ') && after.trim_start().starts_with(char::is_uppercase);
    sentence_before && (sentence_after || after.trim().is_empty())
}

/// Takes in the space before a mark.
fn with_space(text: &str, range: Range<usize>) -> Range<usize> {
    let kept = text[..range.start].trim_end().len();
    kept..range.end
}

/// A footnote that waits for its paragraph.
#[derive(Debug, Clone)]
pub struct Note {
    pub mark: String,
    pub text: String,
    pub page: u32,
    /// How many units stand before it in the flow.
    pub position: usize,
    /// The first unit that may bear its mark.
    pub earliest: usize,
}

/// A text that may bear marks.
#[derive(Debug)]
pub struct Bearer<'a> {
    pub text: &'a mut String,
    /// Raised ranges; where a document has any, only raised marks are marks.
    pub raised: &'a mut Vec<Range<usize>>,
    /// Index of the unit, or of the unit after a heading.
    pub unit: usize,
}

/// Takes the marks of the notes out of the texts, in the order of the notes, and returns for each note the unit that bears
/// its mark.
pub fn tie(notes: &[Note], bearers: &mut [Bearer<'_>]) -> Vec<Option<usize>> {
    let uses_raised = bearers.iter().any(|bearer| {
        bearer.raised.iter().any(|range| bearer.text.get(range.clone()).is_some_and(|mark| is_mark(mark.trim())))
    });
    let mut cursor = (0usize, 0usize);
    let mut tied = Vec::with_capacity(notes.len());
    for note in notes {
        // Stars count anew on every page and may stand in the title; numbers go on.
        let start = if note.mark.starts_with('*') { (0, 0) } else { cursor };
        let earliest = bearers.partition_point(|bearer| bearer.unit < note.earliest);
        let start = if earliest > start.0 { (earliest, 0) } else { start };
        // The paragraph that a page's end breaks goes on after its notes, so it may come one unit later.
        let end = bearers.iter().rposition(|bearer| bearer.unit <= note.position).map_or(0, |last| last + 1);
        let place = |mark: &str, end: usize| {
            (start.0..end.max(start.0)).find_map(|index| {
                let from = if index == start.0 { start.1 } else { 0 };
                let range = mark_in(&bearers[index], from, mark, uses_raised)?;
                Some((index, range))
            })
        };
        let later = |mark: &str| place(mark, bearers.len());
        let found = place(&note.mark, end).or_else(|| first_of_two(notes, &note.mark, |mark| place(mark, end), later));
        tied.push(found.map(|(index, range)| {
            let bearer = &mut bearers[index];
            remove(bearer, range.clone());
            if !note.mark.starts_with('*') {
                cursor = (index, range.start);
            }
            bearer.unit
        }));
    }
    tied
}

/// A bearer and the bytes of a mark in its text.
type Place = (usize, Range<usize>);

/// Two marks at one place are printed as one figure: "89" for the eighth and the ninth. Returns the place of the first
/// where neither stands alone and the tenth, if there is one, stands later.
fn first_of_two(
    notes: &[Note],
    mark: &str,
    place: impl Fn(&str) -> Option<Place>,
    later: impl Fn(&str) -> Option<Place>,
) -> Option<Place> {
    let first = mark.parse::<u32>().ok()?;
    let (second, third) = (first.checked_add(1)?.to_string(), first.checked_add(2)?.to_string());
    let both = format!("{mark}{second}");
    let (index, range) = place(&both)?;
    let is_mark = notes.iter().any(|note| note.mark == both);
    // Where there is a twelfth note too, "12" is its mark unless the third stands later.
    let third_later = match later(&third) {
        Some((at, other)) => (at, other.start) > (index, range.start),
        None => !is_mark,
    };
    let is_pair = place(&second).is_none() && third_later;
    is_pair.then(|| (index, range.start..range.start + mark.len()))
}

fn mark_in(bearer: &Bearer<'_>, from: usize, mark: &str, uses_raised: bool) -> Option<Range<usize>> {
    if uses_raised && !mark.starts_with('*') {
        let raised = bearer.raised.iter().filter(|range| range.start >= from);
        let is_mark = |range: &&Range<usize>| bearer.text.get((*range).clone()).is_some_and(|text| text.trim() == mark);
        return raised.into_iter().find(is_mark).cloned();
    }
    find_mark(bearer.text, from, mark)
}

fn remove(bearer: &mut Bearer<'_>, range: Range<usize>) {
    let width = range.len();
    bearer.text.replace_range(range.clone(), "");
    bearer.raised.retain(|other| other.end <= range.start || other.end > range.end);
    for other in bearer.raised.iter_mut().filter(|other| other.start < range.end && other.end > range.end) {
        other.start = range.end;
    }
    for other in bearer.raised.iter_mut().filter(|other| other.start >= range.end) {
        *other = other.start - width..other.end - width;
    }
}

/// Digits, stars or a single letter.
pub fn is_mark(text: &str) -> bool {
    let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let stars = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte == b'*');
    digits || stars || (text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_printed_footnotes() {
        let read = |text| read_mark(text).map(|(mark, width)| (mark, text[width..].to_owned()));
        let some = |mark: &str, text: &str| Some((mark.to_owned(), text.to_owned()));
        assert_eq!(read("4 United Nations Office"), some("4", "United Nations Office"));
        assert_eq!(read("** В связи с"), some("**", "В связи с"));
        assert_eq!(read("12/ See A/HRC"), some("12", "See A/HRC"));
        assert_eq!(read("6 See https://x"), some("6", "See https://x"));
        for none in ["15 to marry", "4. United", "2014", "15–19 married", "* * *", "1000 People"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[track_caller]
    fn check(text: &str, mark: &str, expected: Option<&str>) {
        let found = find_mark(text, 0, mark).map(|range| format!("{}|{}", &text[..range.start], &text[range.end..]));
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn marks_in_running_text() {
        check("resided in rural areas.1", "1", Some("resided in rural areas.|"));
        check("in 2011–2012,5 and the", "5", Some("in 2011–2012,| and the"));
        check("between 2012 and 2015.4", "4", Some("between 2012 and 2015.|"));
        check("aged 15–19 in 2014. 6 Figures from 2015", "6", Some("aged 15–19 in 2014.| Figures from 2015"));
        check("child pornography*", "*", Some("child pornography|"));
        check("о детях* **", "**", Some("о детях*|"));
        check("Human Rights3 and", "3", Some("Human Rights| and"));
    }

    #[test]
    fn numbers_that_are_no_marks() {
        check("targets 5.3, 8.7 and 16.2", "3", None);
        check("(art. 12.4) authorizes", "4", None);
        check("52.5 per cent of", "5", None);
        check("emissions of CO2 in", "2", None);
        check("in 2 of which", "2", None);
        check("aged 14 or 15 to marry", "15", None);
    }

    #[test]
    fn two_marks_at_one_place() {
        let mut text = "It fell.89 Then it rose.10".to_owned();
        let mut raised = vec![8..10, 24..26];
        let note = |mark: &str| Note { mark: mark.into(), text: String::new(), page: 0, position: 1, earliest: 0 };
        let mut bearers = [Bearer { text: &mut text, raised: &mut raised, unit: 0 }];
        assert_eq!(tie(&[note("8"), note("9"), note("10")], &mut bearers), [Some(0); 3]);
        assert_eq!(text, "It fell. Then it rose.");
    }

    #[test]
    fn notes_are_tied_in_their_order() {
        let mut texts =
            [("Areas.1 It fell.2".to_owned(), vec![]), ("In 2015.4 Then 28 per cent.3 However".to_owned(), vec![])];
        let notes: Vec<Note> = ["1", "2", "3"]
            .iter()
            .map(|mark| Note { mark: (*mark).into(), text: String::new(), page: 0, position: 2, earliest: 0 })
            .collect();
        let mut bearers: Vec<Bearer<'_>> =
            texts.iter_mut().enumerate().map(|(unit, (text, raised))| Bearer { text, raised, unit }).collect();
        assert_eq!(tie(&notes, &mut bearers), [Some(0), Some(0), Some(1)]);
        assert_eq!(texts[0].0, "Areas. It fell.");
        assert_eq!(texts[1].0, "In 2015.4 Then 28 per cent. However");
    }
}
