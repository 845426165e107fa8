//! The tree of headings: which kind of heading one is, and what it hangs on.
//!
//! A heading's kind is its numbering, else its place in the table of contents, else its emphasis, else the depth that the
//! format gives it. Kinds nest in the order of their ranks, except where a document shows otherwise by printing one heading
//! right under another.

mod words;

use std::collections::HashMap;

use crate::document::{Emphasis, Format, Section};

use super::furniture::heading_key;
use super::numbering::{HeadingMarker, HeadingStyle, read_heading_number};
pub use words::{is_article, is_in_capitals, keyword_place, opens_annex, opens_first, opens_front_section};

/// What the depths that a format gives its headings are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depths {
    /// Guesses of a converter (Markdown made from PDF): they decide only where nothing else does.
    #[default]
    Hints,
    /// The order of type sizes: it decides between headings without numbers.
    Sizes,
    /// The author's own: headings of styles.
    True,
}

impl Depths {
    /// Returns what the depths of a format are worth.
    pub fn of(format: Format) -> Depths {
        match format {
            Format::Text | Format::Markdown => Depths::Hints,
            Format::Pdf => Depths::Sizes,
            _ => Depths::True,
        }
    }
}

/// Kinds of headings that a document keeps at one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeadingClass {
    /// The title of a further text in the document, whose articles count from 1 again.
    Text,
    /// "Annex", "Part", "Chapter", "Article": as [`keyword_place`] has them.
    Keyword(u8),
    Numbered(HeadingStyle),
    /// Unnumbered, in the table of contents.
    Listed,
    /// By the format's depth.
    Depth(u8),
    /// Unnumbered, in capitals.
    Capitals,
    /// By bold or italic.
    Emphasis(Emphasis),
    /// A short unnumbered line of plain text.
    Plain,
}

impl HeadingClass {
    /// Lower ranks stand higher.
    fn rank(self) -> u16 {
        match self {
            HeadingClass::Text => 0,
            HeadingClass::Keyword(place) => u16::from(place),
            HeadingClass::Numbered(HeadingStyle::Roman) | HeadingClass::Listed => 20,
            HeadingClass::Numbered(HeadingStyle::Letter) => 30,
            HeadingClass::Numbered(HeadingStyle::Arabic) => 40,
            HeadingClass::Numbered(HeadingStyle::Decimal(parts)) => 40 + u16::from(parts),
            HeadingClass::Capitals => 55,
            HeadingClass::Depth(depth) => 60 + u16::from(depth),
            HeadingClass::Emphasis(Emphasis::Bold) => 70,
            HeadingClass::Emphasis(Emphasis::BoldItalic) => 71,
            HeadingClass::Emphasis(_) => 72,
            HeadingClass::Plain => 80,
        }
    }
}

/// Builds the sections of a document, heading by heading.
#[derive(Debug, Default)]
pub struct HeadingTree {
    pub sections: Vec<Section>,
    /// Open headings: class, index in `sections`, the format's depth.
    stack: Vec<(HeadingClass, usize, u8)>,
    contents: Vec<String>,
    depths: Depths,
    last_values: HashMap<HeadingStyle, u32>,
}

impl HeadingTree {
    /// Returns an empty tree. `contents` are the keys of the table of contents.
    pub fn new(contents: Vec<String>, depths: Depths) -> HeadingTree {
        HeadingTree { contents, depths, ..HeadingTree::default() }
    }

    /// Returns the innermost open section.
    pub fn current(&self) -> Option<usize> {
        self.stack.last().map(|(_, index, _)| *index)
    }

    /// Adds a heading and returns its section. `adjacent`: nothing stands between it and the heading before.
    pub fn push(&mut self, text: &str, depth: u8, emphasis: Emphasis, adjacent: bool) -> usize {
        let (class, value) = match self.open_in_capitals(text, depth, emphasis) {
            Some((at, class)) => {
                self.stack.truncate(at);
                (class, 0)
            }
            None => {
                let (class, value) = self.classify(text, depth, emphasis);
                self.close_for(class, depth, value, adjacent);
                (class, value)
            }
        };
        if let HeadingClass::Numbered(style) = class {
            self.last_values.insert(style, value);
        }
        self.open(text, class, depth)
    }

    /// Adds the title of a further text in the document and returns its section: what was open before is at its end.
    pub fn push_text(&mut self, text: &str, depth: u8) -> usize {
        self.stack.clear();
        self.open(text, HeadingClass::Text, depth)
    }

    fn open(&mut self, text: &str, class: HeadingClass, depth: u8) -> usize {
        let section = Section { heading: text.to_owned(), parent: self.current() };
        self.sections.push(section);
        let index = self.sections.len() - 1;
        self.stack.push((class, index, depth));
        index
    }

    /// Whether articles stand among the headings so far.
    pub fn has_articles(&self) -> bool {
        self.sections.iter().any(|section| is_article(&section.heading))
    }

    /// A heading that nothing but its capitals show stands beside the open one in capitals, whatever else shows that one.
    fn open_in_capitals(&self, text: &str, depth: u8, emphasis: Emphasis) -> Option<(usize, HeadingClass)> {
        let shown_by_capitals = depth == 0 && emphasis == Emphasis::None;
        (shown_by_capitals && self.classify(text, depth, emphasis).0 == HeadingClass::Capitals).then_some(())?;
        let unnumbered = |class: &HeadingClass| {
            matches!(class, HeadingClass::Capitals | HeadingClass::Depth(_) | HeadingClass::Emphasis(_))
        };
        let like = |(class, index, _): &(HeadingClass, usize, u8)| {
            unnumbered(class) && self.sections.get(*index).is_some_and(|section| is_in_capitals(&section.heading))
        };
        let at = self.stack.iter().position(like)?;
        Some((at, self.stack.get(at)?.0))
    }

    fn classify(&self, text: &str, depth: u8, emphasis: Emphasis) -> (HeadingClass, u32) {
        if self.depths == Depths::True && depth > 0 {
            return (HeadingClass::Depth(depth), 0);
        }
        if let Some(place) = keyword_place(text) {
            return (HeadingClass::Keyword(place), 0);
        }
        if let Some(marker) = self.choose_marker(&read_heading_number(text)) {
            return (HeadingClass::Numbered(marker.style), marker.value);
        }
        if self.contents.contains(&heading_key(text)) {
            return (HeadingClass::Listed, 0);
        }
        match (emphasis, depth) {
            (_, depth) if self.depths == Depths::Sizes && depth > 0 => (HeadingClass::Depth(depth), 0),
            (Emphasis::None, 0) if is_in_capitals(text) => (HeadingClass::Capitals, 0),
            (Emphasis::None, 0) => (HeadingClass::Plain, 0),
            (Emphasis::None, depth) => (HeadingClass::Depth(depth), 0),
            (emphasis, _) => (HeadingClass::Emphasis(emphasis), 0),
        }
    }

    /// "I." is a roman one after nothing or after a roman heading, a letter after "H.".
    fn choose_marker(&self, markers: &[HeadingMarker]) -> Option<HeadingMarker> {
        let continued = markers.iter().find(|marker| {
            self.is_open(marker.style)
                && self.last_values.get(&marker.style).is_some_and(|last| last + 1 == marker.value)
        });
        continued.or_else(|| markers.first()).copied()
    }

    fn is_open(&self, style: HeadingStyle) -> bool {
        self.stack.iter().any(|(class, _, _)| *class == HeadingClass::Numbered(style))
    }

    /// Closes the headings that a heading of this class does not hang on.
    fn close_for(&mut self, class: HeadingClass, depth: u8, value: u32, adjacent: bool) {
        if self.depths == Depths::True && depth > 0 {
            while self.stack.last().is_some_and(|(_, _, open)| *open >= depth || *open == 0) {
                self.stack.pop();
            }
            return;
        }
        if self.depths == Depths::Sizes && matches!(class, HeadingClass::Depth(_)) {
            // Set larger than the headings before it, a heading without a number stands above them.
            while self.stack.last().is_some_and(|(open, _, size)| *size > depth || *open == class) {
                self.stack.pop();
            }
            return;
        }
        if let Some(at) = self.stack.iter().rposition(|(open, _, _)| *open == class) {
            self.stack.truncate(at);
            return;
        }
        let nests_by_print = adjacent && value <= 1;
        while let Some((top, _, top_depth)) = self.stack.last() {
            let deeper = depth > 0 && *top_depth > 0 && depth > *top_depth;
            // The author's own headings hold those that only look like one.
            let holds = self.depths == Depths::True && *top_depth > 0;
            if holds
                || top.rank() <= class.rank()
                || (nests_by_print && !matches!(class, HeadingClass::Keyword(_)) && (deeper || depth == 0))
            {
                break;
            }
            self.stack.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth_of(tree: &HeadingTree, mut section: usize) -> usize {
        let mut depth = 0;
        while let Some(parent) = tree.sections[section].parent {
            section = parent;
            depth += 1;
        }
        depth
    }

    /// Headings as (text, markdown depth, emphasis, whether text stands before it) and the depth at which each must hang.
    #[track_caller]
    fn check(contents: &[&str], headings: &[(&str, u8, Emphasis, bool)], expected: &[usize]) {
        let mut tree = HeadingTree::new(contents.iter().map(|entry| heading_key(entry)).collect(), Depths::Hints);
        let found: Vec<usize> = headings
            .iter()
            .map(|(text, depth, emphasis, text_before)| {
                let section = tree.push(text, *depth, *emphasis, !text_before);
                depth_of(&tree, section)
            })
            .collect();
        assert_eq!(found, expected);
    }

    const NONE: Emphasis = Emphasis::None;

    #[test]
    fn numbered_headings_nest_by_their_style() {
        let headings = [
            ("I. Introduction", 0, NONE, false),
            ("A. Programme", 0, NONE, false),
            ("B. Context", 0, NONE, true),
            ("II. Scope", 0, NONE, true),
            ("A. Sale", 0, NONE, true),
            ("1. Policies", 0, NONE, true),
            ("Unnumbered", 0, NONE, true),
            ("2. Prosecution", 0, NONE, true),
            ("III. Conclusions", 0, NONE, true),
            ("X. Follow-up", 0, NONE, true),
            ("X. Next report", 0, NONE, true),
        ];
        check(&[], &headings, &[0, 1, 1, 0, 1, 2, 3, 2, 0, 0, 0]);
    }

    #[test]
    fn numbers_under_an_unnumbered_heading() {
        let headings = [
            ("Annex", 2, NONE, true),
            ("Framework", 3, Emphasis::Bold, false),
            ("Implementation", 3, Emphasis::Bold, true),
            ("A. Cross-cutting", 4, Emphasis::Bold, false),
            ("Equality", 5, Emphasis::Italic, false),
            ("Development", 0, Emphasis::Italic, true),
            ("B. Civil rights", 0, Emphasis::Bold, true),
            ("Freedoms", 3, Emphasis::Italic, false),
            ("C. Economic rights", 2, NONE, true),
        ];
        check(&[], &headings, &[0, 1, 1, 2, 3, 3, 2, 3, 2]);
    }

    #[test]
    fn a_roman_section_closes_an_unnumbered_one() {
        let headings =
            [("Introduction", 0, NONE, false), ("I. Proceedings", 0, NONE, true), ("A. Presentation", 0, NONE, false)];
        check(&[], &headings, &[0, 0, 1]);
    }

    #[test]
    fn the_table_of_contents_tells_levels() {
        let headings = [
            ("General Measures", 2, NONE, true),
            ("Legislation", 3, Emphasis::BoldItalic, true),
            ("Prevention", 3, Emphasis::Bold, true),
        ];
        check(&["General Measures.....1", "Prevention.....2"], &headings, &[0, 1, 0]);
    }

    #[test]
    fn letters_past_h() {
        let mut headings: Vec<(String, u8, Emphasis, bool)> = vec![("I. Rights".into(), 0, NONE, true)];
        headings.extend(('A'..='J').map(|letter| (format!("{letter}. Right"), 0, NONE, true)));
        let mut tree = HeadingTree::new(Vec::new(), Depths::Hints);
        let depths: Vec<usize> = headings
            .iter()
            .map(|(text, depth, emphasis, before)| {
                let section = tree.push(text, *depth, *emphasis, !before);
                depth_of(&tree, section)
            })
            .collect();
        assert_eq!(depths, [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    }

    #[test]
    fn headings_in_capitals() {
        let headings = [
            ("PROCEDURE", 1, Emphasis::Bold, true),
            ("THE FACTS", 0, NONE, true),
            ("I. THE CASE", 0, NONE, false),
            ("A. The flat", 0, Emphasis::Bold, true),
            ("II. DOMESTIC LAW", 0, NONE, true),
            ("THE REASONS", 0, NONE, true),
            ("I. ALLEGED VIOLATION", 0, NONE, false),
            ("FOR THESE REASONS", 0, NONE, true),
        ];
        check(&[], &headings, &[0, 0, 1, 2, 1, 0, 1, 0]);
    }
}
