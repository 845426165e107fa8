//! The numbering part of a Word document.

use crate::extractor::ExtractError;
use crate::extractor::numbering::{LEVELS, Level, List, Numbering};
use crate::extractor::xml::{Event, Events};

/// Reads the numbering part.
pub(super) fn read(xml: &str) -> Result<Numbering, ExtractError> {
    let mut numbering = Numbering::default();
    let mut reader = PartReader::default();
    let mut events = Events::new(xml);
    while let Some(event) = events.next()? {
        match event {
            Event::Start(tag) => {
                let value = tag.val();
                let level = tag.attribute("ilvl").and_then(|level| level.parse().ok()).filter(|level| *level < LEVELS);
                let id = tag.attribute("abstractNumId").or_else(|| tag.attribute("numId"));
                reader.start(tag.name(), id, level, value.unwrap_or_default());
            }
            Event::End(name) => reader.end(&name, &mut numbering),
            Event::Text(_) => {}
        }
    }
    Ok(numbering)
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
    use crate::extractor::numbering::Label;

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
        let mut numbering = read(XML).unwrap_or_default();
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
