//! Automatic numbers as Word counts and prints them (ECMA-376, 17.9; [MS-DOC], 2.4.6.3).

use std::collections::HashMap;

use super::html;

/// Levels of a list.
pub(super) const LEVELS: usize = 9;

/// What stands before a paragraph of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// "21.", "140.10", "(a)", "IV."
    Number(String),
    /// A bullet on a level from 0.
    Bullet(usize),
    None,
}

/// How a level of a list is numbered.
#[derive(Debug, Clone)]
pub(super) struct Level {
    pub start: i64,
    /// In the words of WordprocessingML: "decimal", "lowerRoman", "bullet".
    pub format: String,
    /// The pattern: "%1.", "(%2)", "%1.%2".
    pub text: String,
    /// Figures whatever the levels above have ("legal" numbering).
    pub legal: bool,
    /// Never starts anew after a higher level.
    pub runs_on: bool,
    /// The paragraph style that stands for this level.
    pub style: Option<String>,
}

impl Default for Level {
    fn default() -> Level {
        Level { start: 1, format: "decimal".to_owned(), text: String::new(), legal: false, runs_on: false, style: None }
    }
}

/// A list: a use of an abstract list.
#[derive(Debug, Default)]
pub(super) struct List {
    pub abstract_id: String,
    /// Levels that the list numbers in its own way.
    pub levels: HashMap<usize, Level>,
    pub starts: HashMap<usize, i64>,
    begun: bool,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    pub abstracts: HashMap<String, [Level; LEVELS]>,
    pub lists: HashMap<String, List>,
    /// Counts by abstract list: lists of one kind count on together.
    counts: HashMap<String, [Option<i64>; LEVELS]>,
}

impl Numbering {
    /// Returns the level of a list that a paragraph style stands for.
    pub fn level_of_style(&self, list_id: &str, style: &str) -> Option<usize> {
        let levels = self.abstracts.get(&self.lists.get(list_id)?.abstract_id)?;
        levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts the next paragraph of a list on a level and returns its label.
    pub fn next(&mut self, list_id: &str, level: usize) -> Label {
        let Some(list) = self.lists.get_mut(list_id) else { return Label::None };
        let Some(levels) = self.abstracts.get(&list.abstract_id) else { return Label::None };
        let counts = self.counts.entry(list.abstract_id.clone()).or_default();
        if !list.begun {
            list.begun = true;
            // A list of its own start begins there, whatever its kin has counted.
            for (&at, &start) in &list.starts {
                if let Some(count) = counts.get_mut(at) {
                    *count = Some(start - 1);
                }
            }
        }
        let definition = |at: usize| list.levels.get(&at).or_else(|| levels.get(at));
        for at in 0..=level {
            let start = definition(at).map_or(1, |level| level.start);
            if let Some(count) = counts.get_mut(at) {
                match count {
                    Some(count) if at == level => *count = count.saturating_add(1),
                    None => *count = Some(start),
                    Some(_) => {}
                }
            }
        }
        for at in level + 1..LEVELS {
            if let Some(count) = counts.get_mut(at)
                && !definition(at).is_some_and(|level| level.runs_on)
            {
                *count = list.starts.get(&at).map(|start| start - 1);
            }
        }
        let Some(own) = definition(level) else { return Label::None };
        match own.format.as_str() {
            "bullet" => Label::Bullet(level),
            "none" if !own.text.contains('%') && own.text.trim().is_empty() => Label::None,
            _ => {
                let text = print(own, |at| {
                    let above = definition(at).unwrap_or(own);
                    let format = if own.legal { "decimal" } else { &above.format };
                    number(counts.get(at).copied().flatten().unwrap_or(above.start), format)
                });
                if text.trim().is_empty() { Label::None } else { Label::Number(text.trim().to_owned()) }
            }
        }
    }
}

/// Fills a level's pattern: "%1.", "(%2)", "%1.%2".
fn print(level: &Level, number: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut chars = level.text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek().and_then(|digit| digit.to_digit(10))) {
            ('%', Some(digit)) if digit > 0 => {
                chars.next();
                text.push_str(&number(digit as usize - 1));
            }
            _ => text.push(c),
        }
    }
    text
}

/// Prints a number in one of Word's formats; figures for those of other scripts.
pub(super) fn number(value: i64, format: &str) -> String {
    const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
    let russian = |value: i64| {
        let index = usize::try_from(value - 1).ok()?;
        RUSSIAN.chars().nth(index)
    };
    match format {
        "none" => String::new(),
        "lowerLetter" => html::print_number(value, 'a'),
        "upperLetter" => html::print_number(value, 'A'),
        "lowerRoman" => html::print_number(value, 'i'),
        "upperRoman" => html::print_number(value, 'I'),
        "russianLower" => russian(value).map_or_else(|| value.to_string(), String::from),
        "russianUpper" => russian(value).map_or_else(|| value.to_string(), |letter| letter.to_uppercase().collect()),
        "decimalZero" => format!("{value:02}"),
        _ => value.to_string(),
    }
}
