//! Footnotes and endnotes of a Word document.

use std::collections::HashMap;

use crate::extractor::ExtractError;
use crate::extractor::numbering::number;
use crate::extractor::xml::{Event, Events};

/// Which of the two a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Foot,
    End,
}

/// The text of notes by kind and id.
pub(super) type Notes = HashMap<(Kind, String), String>;

/// How automatic marks are printed, and how far they have counted.
#[derive(Debug)]
pub(super) struct NoteFormats {
    formats: HashMap<Kind, String>,
    counts: HashMap<Kind, i64>,
}

impl Default for NoteFormats {
    /// Figures for footnotes, small Roman numerals for endnotes (ECMA-376, 17.11.17 and 17.11.18).
    fn default() -> NoteFormats {
        let formats = HashMap::from([(Kind::Foot, "decimal".to_owned()), (Kind::End, "lowerRoman".to_owned())]);
        NoteFormats { formats, counts: HashMap::new() }
    }
}

impl NoteFormats {
    /// Reads `footnotePr` and `endnotePr` of the settings or of a section.
    pub fn read(&mut self, xml: &str) -> Result<(), ExtractError> {
        if !xml.contains("notePr") {
            return Ok(());
        }
        let mut open = None;
        let mut events = Events::new(xml);
        while let Some(event) = events.next()? {
            match event {
                Event::Start(tag) => match (tag.name(), open) {
                    ("footnotePr", _) => open = Some(Kind::Foot),
                    ("endnotePr", _) => open = Some(Kind::End),
                    ("numFmt", Some(kind)) => {
                        self.formats.insert(kind, tag.val().unwrap_or_default());
                    }
                    _ => {}
                },
                Event::End(name) if name == "footnotePr" || name == "endnotePr" => open = None,
                _ => {}
            }
        }
        Ok(())
    }

    /// Returns the next automatic mark.
    pub fn next(&mut self, kind: Kind) -> String {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        number(*count, self.formats.get(&kind).map_or("decimal", String::as_str))
    }
}
