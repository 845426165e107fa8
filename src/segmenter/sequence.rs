//! The count of a document's paragraphs: what a marker means is decided by what came before it.
//!
//! "21." opens a paragraph only after 20, "(b)" an item only after "(a)". Numbers in quoted laws, years at line starts and
//! enumerations within a sentence do not continue the count and stay text.

use crate::document::Label;

use super::numbering::{ItemMarker, ItemStyle, NumberMarker};

/// One open level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Level {
    style: ItemStyle,
    last: u32,
    printed: String,
}

/// Where the count stands.
#[derive(Debug, Clone, Default)]
pub struct Sequence {
    last: Vec<u32>,
    label: Option<Label>,
    levels: Vec<Level>,
}

/// What stands ahead of a marker, for the cases that the past leaves open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ahead<'a> {
    /// Numbers of the markers that follow, nearest first.
    pub numbers: &'a [Vec<u32>],
    /// Whether the next item marker can be read as "(ii)".
    pub roman_two_follows: bool,
    /// Whether a heading stands right before the marker.
    pub after_heading: bool,
    /// Whether the text right before it ends with a colon.
    pub after_colon: bool,
}

/// Markers within which a number's successor must stand for the number to be believed out of turn.
const HORIZON: usize = 40;

impl Sequence {
    /// Whether a number continues the count.
    pub fn continues(&self, marker: &NumberMarker, ahead: Ahead<'_>) -> bool {
        let parts = marker.parts.as_slice();
        if marker.suffix.is_some() && parts == self.last.as_slice() {
            return true;
        }
        if self.is_of_list(marker, ahead) {
            return false;
        }
        if follows(&self.last, parts) {
            return true;
        }
        let supported = ahead.numbers.iter().take(HORIZON).any(|next| follows(parts, next));
        if self.last.is_empty() {
            return supported || parts.iter().all(|part| *part == 1);
        }
        if parts.last() == Some(&1) && parts.len() == 1 {
            return ahead.after_heading && supported || self.label.is_none() && self.begins_anew(ahead);
        }
        // A lost number: the next one stands, its successor too, and the lost one stands nowhere ahead.
        let lost_ahead = ahead.numbers.iter().take(HORIZON).any(|next| follows(&self.last, next));
        let (Some(new), Some(old)) = (parts.last(), self.last.last()) else { return false };
        let same_depth = parts.len() == self.last.len() && parts[..parts.len() - 1] == self.last[..parts.len() - 1];
        same_depth && *new > *old && new - old <= 5 && supported && !lost_ahead
    }

    /// Whether a number that continues both the count and the list of numbers under the current paragraph is the list's: its
    /// own numbers go on, and then the same number comes again. "94. supports: 1. ... 95. ... 124. ..., 95. The State".
    fn is_of_list(&self, marker: &NumberMarker, ahead: Ahead<'_>) -> bool {
        const LONGEST_LIST: usize = 400;
        /// Numbers that are so far off are years, and what is quoted.
        const STRAY: u32 = 50;
        let [value] = marker.parts.as_slice() else { return false };
        if !self.continues_list(marker) {
            return false;
        }
        let mut next = value + 1;
        for number in ahead.numbers.iter().take(LONGEST_LIST) {
            match number.as_slice() {
                [again] if again == value => return true,
                [following] if *following == next => next += 1,
                [stray] if stray.abs_diff(next) > STRAY && *stray != 1 => {}
                [_] => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether "1." behind the unnumbered opening of a section counts the section's own paragraphs, as those of a resolution
    /// behind its preamble: its numbers go on, and the count so far is not taken up again ahead.
    fn begins_anew(&self, ahead: Ahead<'_>) -> bool {
        const REACH: usize = 4 * HORIZON;
        const LOST: u32 = 3;
        let mut next = 2;
        let mut is_run = false;
        for number in ahead.numbers.iter().take(REACH) {
            let goes_on = match number.as_slice() {
                [value] if !is_run => *value == next,
                // A number may be lost.
                [value] => (next..=next + LOST).contains(value),
                _ => false,
            };
            if goes_on {
                is_run = true;
                next = number.last().map_or(next, |value| value + 1);
            } else if *number == [1] {
                next = 2;
            } else if follows(&self.last, number) {
                return false;
            }
            if !is_run {
                return false;
            }
        }
        is_run
    }

    /// Whether "1." and what follows is a list of its own though no colon announces it: after some numbers the count goes on
    /// where it stood. Two alone may be paragraphs of a text that is quoted.
    fn announces_list(&self, ahead: Ahead<'_>) -> bool {
        const LONGEST_LIST: usize = 400;
        const FEWEST: u32 = 3;
        let after_list = (2..).zip(ahead.numbers.iter().take(LONGEST_LIST)).find(|(next, number)| **number != [*next]);
        after_list.is_some_and(|(next, number)| next > FEWEST && follows(&self.last, number))
    }

    /// Takes a number for the next paragraph and returns its label.
    pub fn open_number(&mut self, marker: &NumberMarker) -> Label {
        self.last.clone_from(&marker.parts);
        self.levels.clear();
        let label = Label::number(marker.printed());
        self.label = Some(label.clone());
        label
    }

    /// Returns the label of a number that counts a list of its own under the current paragraph: "1." after a colon, with "2."
    /// ahead, and what follows on it. Recommendations of working groups are printed so.
    pub fn open_listed_number(&mut self, marker: &NumberMarker, ahead: Ahead<'_>) -> Option<Label> {
        let [value] = marker.parts.as_slice() else { return None };
        let mut label = self.label.clone().filter(|_| marker.suffix.is_none())?;
        let open = self.levels.iter().position(|level| level.style == ItemStyle::ArabicPoint);
        let depth = match open {
            Some(depth) if self.levels[depth].last + 1 == *value => depth,
            None if *value == 1 && ahead.after_colon && ahead.numbers.iter().take(HORIZON).any(|next| next == &[2]) => {
                self.levels.len()
            }
            None if *value == 1 && self.levels.is_empty() && self.announces_list(ahead) => 0,
            _ => return None,
        };
        self.levels.truncate(depth);
        self.levels.push(Level { style: ItemStyle::ArabicPoint, last: *value, printed: marker.printed() });
        label.items = self.levels.iter().map(|level| level.printed.clone()).collect();
        Some(label)
    }

    /// Whether a number is the next of the list of numbers that is open under the current paragraph.
    pub fn continues_list(&self, marker: &NumberMarker) -> bool {
        let open = self.levels.iter().find(|level| level.style == ItemStyle::ArabicPoint);
        open.is_some_and(|level| marker.parts == [level.last + 1])
    }

    /// Returns the label of an item where its marker continues a list or opens one, else `None`.
    pub fn open_item(&mut self, marker: &ItemMarker, ahead: Ahead<'_>) -> Option<Label> {
        let (depth, style, value) = self.place_item(marker, ahead)?;
        self.levels.truncate(depth);
        self.levels.push(Level { style, last: value, printed: marker.printed.clone() });
        let mut label = self.label.clone().unwrap_or_else(|| Label::number(""));
        label.items = self.levels.iter().map(|level| level.printed.clone()).collect();
        Some(label)
    }

    /// Whether [`Sequence::open_item`] would return a label.
    pub fn accepts_item(&self, marker: &ItemMarker, ahead: Ahead<'_>) -> bool {
        self.place_item(marker, ahead).is_some()
    }

    /// Whether an item of a list has been opened since the last number.
    pub fn in_list(&self) -> bool {
        !self.levels.is_empty()
    }

    /// How many list levels are open.
    pub fn depth(&self) -> usize {
        self.levels.len()
    }

    /// Forgets the number of the paragraph, as after a heading: items that follow hang on nothing.
    pub fn leave_paragraph(&mut self) {
        self.levels.clear();
        self.label = None;
    }

    /// Starts the count anew, as an annex does.
    pub fn restart(&mut self) {
        *self = Sequence::default();
    }

    fn place_item(&self, marker: &ItemMarker, ahead: Ahead<'_>) -> Option<(usize, ItemStyle, u32)> {
        // What was put in later does not count on.
        let step = u32::from(!marker.put_in);
        let continued = self.levels.iter().enumerate().rev().find_map(|(depth, level)| {
            let reading =
                marker.readings.iter().find(|(style, value)| *style == level.style && *value == level.last + step);
            reading.map(|(style, value)| (depth, *style, *value))
        });
        if marker.put_in {
            return continued;
        }
        let opened = marker
            .readings
            .iter()
            .find(|(_, value)| *value == 1)
            .map(|(style, value)| (self.levels.len(), *style, *value));
        let nested_too_deep = self.levels.len() >= 4;
        match (continued, opened) {
            // "(i)" after "(h)": the ninth letter, unless "(ii)" follows.
            (Some(_), Some(opened)) if ahead.roman_two_follows && opened.1 == ItemStyle::RomanLower => Some(opened),
            (Some(continued), _) => Some(continued),
            (None, Some(opened)) if !nested_too_deep && self.levels.iter().all(|level| level.style != opened.1) => {
                Some(opened)
            }
            _ => None,
        }
    }
}

/// Whether a number comes right after another in a count: 22 after 21, 140.1 after 140, 140.11 after 140.10, 141 after 140.162.
fn follows(last: &[u32], next: &[u32]) -> bool {
    let Some((step, prefix)) = next.split_last() else { return false };
    if last.is_empty() {
        return next.iter().all(|part| *part == 1);
    }
    if prefix == last {
        return *step == 1;
    }
    // "2.1" after "1.4", as the views of committees count.
    if *step == 1 && !prefix.is_empty() && prefix.len() <= last.len() && follows(last, prefix) {
        return true;
    }
    prefix.len() < last.len() && last[..prefix.len()] == *prefix && last[prefix.len()].checked_add(1) == Some(*step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::numbering::{read_item, read_number};

    /// Runs block starts through a sequence; what is not accepted is shown as "-".
    #[track_caller]
    fn check(starts: &[&str], expected: &[&str]) {
        let numbers: Vec<Option<Vec<u32>>> =
            starts.iter().map(|start| read_number(start).map(|marker| marker.parts)).collect();
        let mut sequence = Sequence::default();
        let found: Vec<String> = starts
            .iter()
            .enumerate()
            .map(|(index, start)| {
                let upcoming: Vec<Vec<u32>> = numbers[index + 1..].iter().flatten().cloned().collect();
                let next_item = starts[index + 1..].iter().find_map(|start| read_item(start));
                let roman_two_follows =
                    next_item.is_some_and(|item| item.readings.contains(&(ItemStyle::RomanLower, 2)));
                let after_heading = index > 0 && starts[index - 1].starts_with("Heading");
                let after_colon = index > 0 && starts[index - 1].ends_with(':');
                let ahead = Ahead { numbers: &upcoming, roman_two_follows, after_heading, after_colon };
                if let Some(marker) = read_number(start) {
                    if sequence.continues(&marker, ahead) {
                        return sequence.open_number(&marker).to_string();
                    }
                    if let Some(label) = sequence.open_listed_number(&marker, ahead) {
                        return label.to_string();
                    }
                }
                if start.starts_with("Heading") {
                    sequence.leave_paragraph();
                }
                let item = read_item(start).and_then(|marker| sequence.open_item(&marker, ahead));
                item.map_or("-".to_owned(), |label| label.to_string())
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn counts() {
        check(&["1. a", "2. b", "2014. c", "3. d", "2 bis. e", "4. f"], &["1", "2", "-", "3", "-", "4"]);
        check(&["1. a", "1 bis. b", "2. c"], &["1", "1 bis", "2"]);
        check(
            &["139. a", "140. b", "140.1 c", "140.2 d", "140.3 e", "141. f"],
            &["139", "140", "140.1", "140.2", "140.3", "141"],
        );
        check(&["1.1 a", "1.2 b", "2.1 c", "2.2 d", "3. e", "4.1 f"], &["1.1", "1.2", "2.1", "2.2", "3", "4.1"]);
        check(&["1. a", "2. b", "4. c", "5. d"], &["1", "2", "4", "5"]);
    }

    #[test]
    fn quoted_numbers_stay_text() {
        check(&["5. a", "6. b", "1. quoted", "2. quoted", "7. c"], &["5", "6", "-", "-", "7"]);
    }

    #[test]
    fn a_list_of_numbers_under_a_paragraph() {
        check(
            &["93. z", "94. supports:", "1. a", "2. b", "3. c", "95. d", "1. quoted", "2. quoted"],
            &["93", "94", "94 (1)", "94 (2)", "94 (3)", "95", "-", "-"],
        );
    }

    #[test]
    fn a_list_that_overtakes_the_count_goes_on() {
        check(
            &["1. x", "2. supports:", "1. a", "2. b", "3. c", "4. d", "3. real", "4. real"],
            &["1", "2", "2 (1)", "2 (2)", "2 (3)", "2 (4)", "3", "4"],
        );
        // A list that ends where the count goes on.
        check(&["1. x", "2. supports:", "1. a", "2. b", "3. y", "4. z"], &["1", "2", "2 (1)", "2 (2)", "3", "4"]);
        // Another count begins anew behind it.
        check(
            &["1. x", "2. supports:", "1. a", "2. b", "3. y", "4. z", "Heading", "1. a", "2. b", "3. c"],
            &["1", "2", "2 (1)", "2 (2)", "3", "4", "-", "1", "2", "3"],
        );
    }

    #[test]
    fn a_list_without_a_colon() {
        check(
            &["1. x", "2. will be examined.", "1. a", "2. b", "3. c", "4. d", "3. real", "4. real"],
            &["1", "2", "2 (1)", "2 (2)", "2 (3)", "2 (4)", "3", "4"],
        );
        check(&["5. a", "6. b", "1. q", "2. q", "7. c"], &["5", "6", "-", "-", "7"]);
    }

    #[test]
    fn sections_may_restart() {
        check(&["1. a", "2. b", "Heading", "1. c", "2. d"], &["1", "2", "-", "1", "2"]);
        // Behind the preamble of a resolution.
        check(
            &[
                "1. a",
                "2. b",
                "Heading",
                "The Council,",
                "1. c",
                "2. d",
                "3. e",
                "Heading",
                "Recalling",
                "1. f",
                "2. g",
            ],
            &["1", "2", "-", "-", "1", "2", "3", "-", "-", "1", "2"],
        );
        // What is quoted there, the count goes on behind it.
        check(
            &[
                "20. a",
                "21. b",
                "Heading",
                "It reads:",
                "1. q",
                "2. q",
                "Heading",
                "And:",
                "1. r",
                "2. r",
                "22. c",
                "23. d",
            ],
            &["20", "21", "-", "-", "-", "-", "-", "-", "-", "-", "22", "23"],
        );
    }

    #[test]
    fn items_and_their_levels() {
        check(
            &["30. a", "(a) b", "(i) c", "(ii) d", "(b) e", "31. f", "(a) g"],
            &["30", "30 (a)", "30 (a) (i)", "30 (a) (ii)", "30 (b)", "31", "31 (a)"],
        );
        check(&["1. a", "(g) x", "(b) y"], &["1", "-", "-"]);
        let letters =
            ["1. s", "(a) s", "(b) s", "(c) s", "(d) s", "(e) s", "(f) s", "(g) s", "(h) s", "(i) s", "(j) s"];
        let labels = ["1", "1 (a)", "1 (b)", "1 (c)", "1 (d)", "1 (e)", "1 (f)", "1 (g)", "1 (h)", "1 (i)", "1 (j)"];
        check(&letters, &labels);
        check(&["1. с", "а) одно", "б) другое"], &["1", "1 (а)", "1 (б)"]);
        check(
            &["1. с", "1) одно", "1¹) другое", "1²) третье", "2) иное", "1¹. т", "а) одно", "а¹) другое", "2. у"],
            &["1", "1 (1)", "1 (1.1)", "1 (1.2)", "1 (2)", "1.1", "1.1 (а)", "1.1 (а.1)", "2"],
        );
        check(&["1. с", "1¹) одно", "3¹. т"], &["1", "-", "-"]);
        check(
            &["1. с", "2. т", "1) одно", "2) другое", "3) третье", "3. у"],
            &["1", "2", "2 (1)", "2 (2)", "2 (3)", "3"],
        );
    }
}
