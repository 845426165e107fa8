//! Styles of a Word document, with what they inherit.

use std::collections::HashMap;

use crate::extractor::ExtractError;
use crate::extractor::xml::{Event, Events, Tag};

/// Styles inherit from each other so deep at most; files hold cycles.
const MAX_CHAIN: usize = 32;

/// Character formatting that is set (or not said).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RunFormat {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub hidden: Option<bool>,
    pub raised: Option<bool>,
}

impl RunFormat {
    /// Reads a child of `rPr`.
    pub fn read(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "b" => self.bold = Some(tag.is_on()),
            "i" => self.italic = Some(tag.is_on()),
            "vanish" => self.hidden = Some(tag.is_on()),
            "vertAlign" => self.raised = Some(tag.val().is_some_and(|value| value == "superscript")),
            _ => {}
        }
    }

    /// Returns this format with what it does not say taken from another.
    pub fn or(self, below: RunFormat) -> RunFormat {
        RunFormat {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            hidden: self.hidden.or(below.hidden),
            raised: self.raised.or(below.raised),
        }
    }
}

/// Paragraph formatting that matters to reading.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphFormat {
    /// Outline level from 0; 9 is text.
    pub outline: Option<u8>,
    /// The list ("0" ends an inherited one).
    pub list: Option<String>,
    pub level: Option<usize>,
}

impl ParagraphFormat {
    /// Reads a child of `pPr`.
    pub fn read(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "outlineLvl" => self.outline = tag.val().and_then(|value| value.parse().ok()),
            "ilvl" => self.level = tag.val().and_then(|value| value.parse().ok()).filter(|level| *level < 9),
            "numId" => self.list = tag.val(),
            _ => {}
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    run: RunFormat,
    paragraph: ParagraphFormat,
}

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

/// A style with everything that it inherits.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolved {
    pub run: RunFormat,
    pub paragraph: ParagraphFormat,
    /// Depth of a heading from 1.
    pub heading: Option<u8>,
    pub is_contents: bool,
}

impl Styles {
    pub fn read(xml: &str) -> Result<Styles, ExtractError> {
        let mut styles = Styles::default();
        let mut open: Option<(String, Style)> = None;
        let mut events = Events::new(xml);
        while let Some(event) = events.next()? {
            match event {
                Event::Start(tag) => match (tag.name(), &mut open) {
                    ("style", _) => {
                        let id = tag.attribute("styleId").unwrap_or_default();
                        let is_default = tag.attribute("default").is_some_and(|value| value != "0")
                            && tag.attribute("type").is_some_and(|kind| kind == "paragraph");
                        if is_default {
                            styles.default = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                    }
                    ("name", Some((_, style))) => style.name = tag.val().unwrap_or_default().to_lowercase(),
                    ("basedOn", Some((_, style))) => style.parent = tag.val(),
                    (_, Some((_, style))) => {
                        style.run.read(&tag);
                        style.paragraph.read(&tag);
                    }
                    _ => {}
                },
                Event::End(name) if name == "style" => styles.styles.extend(open.take()),
                _ => {}
            }
        }
        Ok(styles)
    }

    /// Returns a style by its id, or the default style of paragraphs.
    pub fn resolve(&self, id: Option<&str>) -> Resolved {
        let mut resolved = Resolved::default();
        let mut next = id.or(self.default.as_deref());
        for _ in 0..MAX_CHAIN {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            resolved.run = resolved.run.or(style.run);
            let known = &mut resolved.paragraph;
            known.outline = known.outline.or(style.paragraph.outline);
            if known.list.is_none() {
                known.list = style.paragraph.list.clone();
                known.level = known.level.or(style.paragraph.level);
            }
            resolved.heading = resolved.heading.or_else(|| heading_depth(&style.name));
            resolved.is_contents |= style.name.starts_with("toc ") || style.name.starts_with("оглавление ");
            next = style.parent.as_deref();
        }
        resolved
    }
}

/// Returns the depth that a style's name gives: "heading 2", "title", and those of the templates of the UN ("_ H_1_G").
fn heading_depth(name: &str) -> Option<u8> {
    if let Some(depth) = name.strip_prefix("heading ").or_else(|| name.strip_prefix("заголовок ")) {
        return depth.trim().parse().ok().filter(|depth| (1..=9).contains(depth));
    }
    if name == "title" {
        return Some(1);
    }
    let plain: String = name.chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
    Some(match plain.as_str() {
        "hmg" => 1,
        "hchg" => 2,
        "h1g" => 3,
        "h23g" | "h2/3g" => 4,
        "h4g" => 5,
        "h56g" | "h5/6g" => 6,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_names_give_depths() {
        for (name, depth) in [
            ("heading 1", Some(1)),
            ("_ h_1_g", Some(3)),
            ("_ h_2/3_g", Some(4)),
            ("normal", None),
            ("heading 12", None),
        ] {
            assert_eq!(heading_depth(name), depth, "{name}");
        }
    }

    #[test]
    fn cycles_of_styles_end() {
        let xml = r#"<styles><style styleId="a"><basedOn val="b"/></style><style styleId="b"><basedOn val="a"/><rPr><b/></rPr></style></styles>"#;
        let resolved = Styles::read(xml).map(|styles| styles.resolve(Some("a")).run.bold);
        assert_eq!(resolved, Ok(Some(true)));
    }
}
