//! Automatic numbers as Word prints them (ECMA-376, 17.9).

use std::collections::HashMap;

use crate::extractor::ExtractError;
use crate::extractor::html;
use crate::extractor::xml::{Event, Events};

const LEVELS: usize = 9;

/// What stands before a paragraph of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// "21.", "140.10", "(a)", "IV."
    Number(String),
    /// A bullet on a level from 0.
    Bullet(usize),
    None,
}

#[derive(Debug, Clone)]
struct Level {
    start: i64,
    format: String,
    text: String,
    /// Figures whatever the levels above have ("legal" numbering).
    legal: bool,
    /// Never starts anew after a higher level.
    runs_on: bool,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Level {
        Level { start: 1, format: "decimal".to_owned(), text: String::new(), legal: false, runs_on: false, style: None }
    }
}

#[derive(Debug, Default)]
struct List {
    abstract_id: String,
    /// Levels that the list numbers in its own way.
    levels: HashMap<usize, Level>,
    starts: HashMap<usize, i64>,
    begun: bool,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<String, [Level; LEVELS]>,
    lists: HashMap<String, List>,
    /// Counts by abstract list: lists of one kind count on together.
    counts: HashMap<String, [Option<i64>; LEVELS]>,
}

impl Numbering {
    pub fn read(xml: &str) -> Result<Numbering, ExtractError> {
        let mut numbering = Numbering::default();
        let mut reader = PartReader::default();
        let mut events = Events::new(xml);
        while let Some(event) = events.next()? {
            match event {
                Event::Start(tag) => {
                    let value = tag.val();
                    let level =
                        tag.attribute("ilvl").and_then(|level| level.parse().ok()).filter(|level| *level < LEVELS);
                    let id = tag.attribute("abstractNumId").or_else(|| tag.attribute("numId"));
                    reader.start(tag.name(), id, level, value.unwrap_or_default());
                }
                Event::End(name) => reader.end(&name, &mut numbering),
                Event::Text(_) => {}
            }
        }
        Ok(numbering)
    }

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

/// Where the reader stands in the part.
#[derive(Default)]
struct PartReader {
    abstract_list: Option<(String, [Level; LEVELS])>,
    list: Option<(String, List)>,
    level: Option<(usize, Level)>,
    override_level: Option<usize>,
}

impl PartReader {
    fn start(&mut self, name: &str, id: Option<String>, level: Option<usize>, value: String) {
        match name {
            "abstractNum" => self.abstract_list = Some((id.unwrap_or_default(), Default::default())),
            "num" => self.list = Some((id.unwrap_or_default(), List::default())),
            "abstractNumId" => {
                if let Some((_, list)) = &mut self.list {
                    list.abstract_id = value;
                }
            }
            "lvlOverride" => self.override_level = level,
            "startOverride" => {
                if let (Some((_, list)), Some(level), Ok(start)) = (&mut self.list, self.override_level, value.parse())
                {
                    list.starts.insert(level, start);
                }
            }
            "lvl" => self.level = level.map(|at| (at, Level::default())),
            _ => {
                if let Some((_, level)) = &mut self.level {
                    match name {
                        "start" => level.start = value.parse().unwrap_or(1),
                        "numFmt" => level.format = value,
                        "lvlText" => level.text = value,
                        "isLgl" => level.legal = value != "0",
                        "pStyle" => level.style = Some(value),
                        "lvlRestart" => level.runs_on = value == "0",
                        _ => {}
                    }
                }
            }
        }
    }

    fn end(&mut self, name: &str, numbering: &mut Numbering) {
        match name {
            "lvl" => {
                let Some((at, level)) = self.level.take() else { return };
                if let Some((_, list)) = &mut self.list {
                    list.levels.insert(at, level);
                } else if let Some(slot) = self.abstract_list.as_mut().and_then(|(_, levels)| levels.get_mut(at)) {
                    *slot = level;
                }
            }
            "lvlOverride" => self.override_level = None,
            "abstractNum" => numbering.abstracts.extend(self.abstract_list.take()),
            "num" => numbering.lists.extend(self.list.take()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = r#"<numbering>
        <abstractNum abstractNumId="0">
          <lvl ilvl="0"><start val="21"/><numFmt val="decimal"/><lvlText val="%1."/></lvl>
          <lvl ilvl="1"><start val="1"/><numFmt val="lowerLetter"/><lvlText val="(%2)"/></lvl>
          <lvl ilvl="2"><start val="9"/><numFmt val="decimal"/><lvlText val="%1.%3"/></lvl>
        </abstractNum>
        <num numId="1"><abstractNumId val="0"/></num>
        <num numId="2"><abstractNumId val="0"/><lvlOverride ilvl="0"><startOverride val="140"/></lvlOverride></num>
        </numbering>"#;

    #[test]
    fn numbers_are_counted_as_printed() {
        let mut numbering = Numbering::read(XML).unwrap_or_default();
        let printed = [
            ("1", 0, "21."),
            ("1", 1, "(a)"),
            ("1", 1, "(b)"),
            ("1", 0, "22."),
            ("1", 1, "(a)"),
            ("2", 0, "140."),
            ("2", 2, "140.9"),
            ("2", 2, "140.10"),
        ];
        for (list, level, expected) in printed {
            assert_eq!(numbering.next(list, level), Label::Number(expected.to_owned()));
        }
        assert_eq!(numbering.next("9", 0), Label::None);
    }
}
