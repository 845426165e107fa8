//! Styles and list styles of an OpenDocument text.

use std::collections::HashMap;

use crate::extractor::ExtractError;
use crate::extractor::html::print_number;
use crate::extractor::xml::{Event, Events, Tag};

/// Styles inherit from each other so deep at most; files hold cycles.
const MAX_CHAIN: usize = 32;
/// OpenDocument lists have ten levels.
pub(super) const LEVELS: usize = 10;

/// Text formatting that is set (or not said).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TextFormat {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub raised: Option<bool>,
    pub hidden: Option<bool>,
}

impl TextFormat {
    pub fn or(self, below: TextFormat) -> TextFormat {
        TextFormat {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            raised: self.raised.or(below.raised),
            hidden: self.hidden.or(below.hidden),
        }
    }

    fn read(&mut self, tag: &Tag<'_>) {
        if let Some(weight) = tag.attribute("font-weight") {
            self.bold = Some(weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600));
        }
        if let Some(style) = tag.attribute("font-style") {
            self.italic = Some(style != "normal");
        }
        if let Some(position) = tag.attribute("text-position") {
            let rise = position.split(' ').next().unwrap_or("");
            let percent = rise.trim_end_matches('%').parse::<f32>().is_ok_and(|percent| percent > 0.0);
            self.raised = Some(rise == "super" || percent);
        }
        if let Some(display) = tag.attribute("display") {
            self.hidden = Some(display == "none" || display == "true" && tag.name() == "hidden-text");
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    format: TextFormat,
    list: Option<String>,
}

/// How a level of a list is numbered.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    pub is_bullet: bool,
    kind: Option<char>,
    prefix: String,
    suffix: String,
    pub start: i64,
    /// So many levels are printed, this one the last.
    display: usize,
}

/// Everything that styles say.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    lists: HashMap<String, Vec<Level>>,
    outline: Vec<Level>,
}

impl Styles {
    /// Reads the styles of a part.
    pub fn read(&mut self, xml: &str) -> Result<(), ExtractError> {
        let mut style: Option<(String, Style)> = None;
        let mut list: Option<(Option<String>, Vec<Level>)> = None;
        let mut events = Events::new(xml);
        while let Some(event) = events.next()? {
            match event {
                Event::Start(tag) => match tag.name() {
                    "style" => {
                        let name = key(
                            &tag.attribute("family").unwrap_or_default(),
                            &tag.attribute("name").unwrap_or_default(),
                        );
                        let family = tag.attribute("family").unwrap_or_default();
                        let parent = tag.attribute("parent-style-name").map(|parent| key(&family, &parent));
                        let list = tag.attribute("list-style-name").filter(|name| !name.is_empty());
                        style = Some((name, Style { parent, list, ..Style::default() }));
                    }
                    "text-properties" => {
                        if let Some((_, style)) = &mut style {
                            style.format.read(&tag);
                        }
                    }
                    "list-style" => list = Some((tag.attribute("name"), Vec::new())),
                    "outline-style" => list = Some((None, Vec::new())),
                    "list-level-style-number"
                    | "list-level-style-bullet"
                    | "list-level-style-image"
                    | "outline-level-style" => {
                        if let Some((_, levels)) = &mut list {
                            add_level(levels, &tag);
                        }
                    }
                    _ => {}
                },
                Event::End(name) => match name.as_str() {
                    "style" => self.styles.extend(style.take()),
                    "list-style" => {
                        if let Some((Some(name), levels)) = list.take() {
                            self.lists.insert(name, levels);
                        }
                    }
                    "outline-style" => {
                        if let Some((None, levels)) = list.take() {
                            self.outline = levels;
                        }
                    }
                    _ => {}
                },
                Event::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Returns the format of a text or paragraph style with what it inherits.
    pub fn format(&self, family: &str, name: &str) -> TextFormat {
        let mut format = TextFormat::default();
        let mut next = Some(key(family, name));
        for _ in 0..MAX_CHAIN {
            let Some(style) = next.as_ref().and_then(|name| self.styles.get(name)) else { break };
            format = format.or(style.format);
            next = style.parent.clone();
        }
        format
    }

    /// Returns the list style that a paragraph style sets.
    pub fn list_of(&self, paragraph_style: &str) -> Option<&str> {
        let mut next = Some(key("paragraph", paragraph_style));
        for _ in 0..MAX_CHAIN {
            let style = next.as_ref().and_then(|name| self.styles.get(name))?;
            if let Some(list) = &style.list {
                return Some(list);
            }
            next = style.parent.clone();
        }
        None
    }

    pub fn level(&self, list: &str, level: usize) -> Option<&Level> {
        self.lists.get(list)?.get(level)
    }

    pub fn outline_level(&self, level: usize) -> Option<&Level> {
        self.outline.get(level).filter(|level| level.kind.is_some())
    }

    /// Prints the label of an item from the counts of its level and those above.
    pub fn label(&self, list: Option<&str>, level: usize, counts: &[i64]) -> Option<String> {
        let find = |at: usize| match list {
            Some(list) => self.level(list, at),
            None => self.outline_level(at),
        };
        let own = find(level)?;
        own.kind?;
        let first = (level + 1).saturating_sub(own.display.max(1));
        let numbers: Vec<String> =
            (first..=level).filter_map(|at| Some(print_number(*counts.get(at)?, find(at)?.kind?))).collect();
        let label = format!("{}{}{}", own.prefix, numbers.join("."), own.suffix);
        (!label.trim().is_empty()).then(|| label.trim().to_owned())
    }
}

fn key(family: &str, name: &str) -> String {
    format!("{family}/{name}")
}

fn add_level(levels: &mut Vec<Level>, tag: &Tag<'_>) {
    let Some(at) =
        tag.attribute("level").and_then(|level| level.parse::<usize>().ok()).and_then(|at| at.checked_sub(1))
    else {
        return;
    };
    if at >= LEVELS {
        return;
    }
    levels.resize_with(levels.len().max(at + 1), Level::default);
    let is_number = matches!(tag.name(), "list-level-style-number" | "outline-level-style");
    let kind = tag.attribute("num-format").and_then(|kind| kind.chars().next()).filter(|kind| "1aAiI".contains(*kind));
    if let Some(level) = levels.get_mut(at) {
        *level = Level {
            is_bullet: !is_number,
            kind: kind.filter(|_| is_number),
            prefix: tag.attribute("num-prefix").unwrap_or_default(),
            suffix: tag.attribute("num-suffix").unwrap_or_default(),
            start: tag.attribute("start-value").and_then(|start| start.parse().ok()).unwrap_or(1),
            display: tag.attribute("display-levels").and_then(|count| count.parse().ok()).unwrap_or(1).min(LEVELS),
        };
    }
}
