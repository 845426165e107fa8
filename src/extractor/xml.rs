//! XML parts of office files as plain events.
//!
//! Invariant: no entity but the five of XML and character references is ever resolved, and nesting is bounded.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event as Raw};

use super::ExtractError;

/// Elements nested deeper are refused.
const MAX_DEPTH: usize = 2_000;

/// An opening tag. Names are without their prefix.
#[derive(Debug)]
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    pub fn name(&self) -> &str {
        let name = self.0.local_name().into_inner();
        name
    }

    /// Returns the value of an attribute by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.0.attributes().with_checks(false).flatten().find_map(|attribute| {
            let found = attribute.key.local_name().into_inner() == name;
            found.then(|| unescape(&attribute.value))
        })
    }

    /// Whether a switch like `<w:b/>` is on: present and not "0", "false", "off" or "none".
    pub fn is_on(&self) -> bool {
        self.attribute("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }

    pub fn val(&self) -> Option<String> {
        self.attribute("val")
    }
}

/// What is read from a part.
#[derive(Debug)]
pub(super) enum Event<'x> {
    Start(Tag<'x>),
    /// The name without its prefix.
    End(String),
    Text(String),
}

/// Reads a part from its start to its end; an empty element is a start and an end.
pub(super) struct Events<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
}

impl<'x> Events<'x> {
    pub fn new(text: &'x str) -> Events<'x> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Events { reader, depth: 0 }
    }

    /// Returns the next event, or `None` at the end.
    ///
    /// # Errors
    /// `Damaged` where it is no well-formed XML, `TooLarge` past 2,000 levels.
    pub fn next(&mut self) -> Result<Option<Event<'x>>, ExtractError> {
        loop {
            let event = self.reader.read_event().map_err(|error| {
                ExtractError::Damaged(format!("XML error at byte {}: {error}", self.reader.error_position()))
            })?;
            return Ok(Some(match event {
                Raw::Start(tag) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(ExtractError::TooLarge(format!(
                            "elements nested deeper than {MAX_DEPTH} levels (save it again in its program)"
                        )));
                    }
                    Event::Start(Tag(tag))
                }
                Raw::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::End(tag.local_name().into_inner().to_owned())
                }
                Raw::Text(text) => Event::Text(text.xml10_content().into_owned()),
                Raw::CData(text) => Event::Text(text.xml10_content().into_owned()),
                Raw::GeneralRef(reference) => Event::Text(resolve(&reference)),
                Raw::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }
}

fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    named(reference).unwrap_or_default().to_owned()
}

fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

fn unescape(value: &str) -> String {
    quick_xml::escape::unescape(value).map(|text| text.into_owned()).unwrap_or_else(|_| value.to_owned())
}

/// Decodes a part: UTF-8, or UTF-16 by its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> String {
    let (encoding, length) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or(&[])).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> Result<String, ExtractError> {
        let mut events = Events::new(xml);
        let mut text = String::new();
        while let Some(event) = events.next()? {
            if let Event::Text(part) = event {
                text.push_str(&part);
            }
        }
        Ok(text)
    }

    #[test]
    fn entities_of_a_document_are_never_resolved() {
        assert_eq!(text("<a>x &amp; &#1055;</a>"), Ok("x & П".to_owned()));
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>"#;
        assert_eq!(text(bomb), Ok(String::new()));
    }

    #[test]
    fn depth_is_guarded() {
        assert!(matches!(text(&"<a>".repeat(5_000)), Err(ExtractError::TooLarge(_))));
    }
}
