//! What is stored beside the text, as JSON arrays: unit, document, file.

use serde::{Deserialize, Serialize};

use crate::document::{Format, Label, Language, Metadata, ParagraphKind, Reference, ReferenceKind, Section};

/// Stored with every unit. A tuple, because the names of fields would weigh more than their values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct UnitRecord(
    pub u32,
    pub ParagraphKind,
    #[serde(with = "stored_label")] pub Option<Label>,
    pub Option<String>,
    /// Position among the unlabelled units of its section.
    pub u32,
    /// Index of the section in the document's record.
    pub Option<usize>,
    pub Language,
    pub u32,
    /// Ordinal of the parent.
    pub Option<u32>,
    pub Vec<ReferenceRecord>,
    /// The headings of its path that a citation names (`address`).
    pub Option<(u8, u8)>,
);

/// A label as text where reading gives back the same, else as its parts: what is printed before a paragraph may be
/// anything ("IV", "Preamble"), and no record may be written that cannot be read.
mod stored_label {
    use std::fmt;

    use serde::de::{Deserializer, Error, SeqAccess, Visitor};
    use serde::ser::Serializer;

    use crate::document::Label;

    pub fn serialize<S: Serializer>(label: &Option<Label>, serializer: S) -> Result<S::Ok, S::Error> {
        match label {
            None => serializer.serialize_none(),
            Some(label) => {
                let text = label.to_string();
                match Label::parse(&text) {
                    Some(read) if read == *label => serializer.serialize_str(&text),
                    _ => serializer.collect_seq(std::iter::once(&label.number).chain(&label.items)),
                }
            }
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Label>, D::Error> {
        deserializer.deserialize_any(Stored)
    }

    struct Stored;

    impl<'de> Visitor<'de> for Stored {
        type Value = Option<Label>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a paragraph label")
        }

        fn visit_unit<E: Error>(self) -> Result<Option<Label>, E> {
            Ok(None)
        }

        // Earlier versions wrote every label as text.
        fn visit_str<E: Error>(self, text: &str) -> Result<Option<Label>, E> {
            Ok(Some(Label::parse(text).unwrap_or_else(|| Label::number(text))))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Option<Label>, A::Error> {
            let mut label = Label::number(parts.next_element::<String>()?.unwrap_or_default());
            while let Some(item) = parts.next_element()? {
                label.items.push(item);
            }
            Ok(Some(label))
        }
    }
}

/// A reference without what its paragraph tells: the quote is read from the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReferenceRecord(
    pub u32,
    pub u32,
    pub ReferenceKind,
    pub Option<String>,
    pub Option<String>,
    pub Option<String>,
    pub Option<String>,
    pub Option<String>,
    pub bool,
    pub Option<String>,
);

impl ReferenceRecord {
    pub fn of(reference: &Reference) -> ReferenceRecord {
        ReferenceRecord(
            reference.start,
            reference.end,
            reference.kind,
            reference.key.clone(),
            reference.instrument.clone(),
            reference.article.clone(),
            reference.paragraph.clone(),
            reference.sub.clone(),
            reference.implicit,
            reference.note.clone(),
        )
    }

    pub fn key(&self) -> Option<&str> {
        self.3.as_deref()
    }

    /// Returns the reference as it stood in `text`, which is a unit's text or a heading.
    pub fn restore(&self, ordinal: u32, section: Option<usize>, text: &str) -> Reference {
        let ReferenceRecord(start, end, kind, key, instrument, article, paragraph, sub, implicit, note) = self.clone();
        let length = end.saturating_sub(start) as usize;
        Reference {
            ordinal,
            section,
            start,
            end,
            quote: text.chars().skip(start as usize).take(length).collect(),
            kind,
            key,
            instrument,
            article,
            paragraph,
            sub,
            implicit,
            note,
        }
    }
}

/// Stored once for every document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DocumentRecord {
    pub id: String,
    /// Key of the file.
    pub file: String,
    pub format: Format,
    pub metadata: Metadata,
    pub sections: Vec<Section>,
    /// Number of units whose innermost section this is, per section.
    pub section_units: Vec<u32>,
    /// Ordinal of the first unit at or below the section, per section; 0 for an empty one.
    pub section_starts: Vec<u32>,
    pub units: u32,
    /// Units per language, most first.
    pub languages: Vec<(Language, u32)>,
    /// References in headings: index of the section, reference.
    pub heading_references: Vec<(usize, ReferenceRecord)>,
}

/// What the index knows of a file of the corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Path below the corpus folder, by which the file is known from run to run.
    pub key: String,
    /// Hash of the content as the reader writes it.
    pub hash: String,
    /// Bytes.
    pub size: u64,
    /// Time of the last change in nanoseconds since 1970, or 0.
    pub modified: i128,
    /// Ids of the documents that the file gave, in order.
    pub documents: Vec<String>,
    /// Units in all of them.
    pub units: u32,
    /// Whatever else the pipeline wants to find again in the next run (warnings, why a file gave nothing).
    pub notes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(label: Option<Label>) -> UnitRecord {
        UnitRecord(1, ParagraphKind::Paragraph, label, None, 0, None, Language::ENGLISH, 0, None, Vec::new(), None)
    }

    fn check(label: Option<Label>) {
        let written = record(label);
        let json = serde_json::to_string(&written).unwrap_or_default();
        assert_eq!(serde_json::from_str::<UnitRecord>(&json).ok(), Some(written), "{json}");
    }

    #[test]
    fn common_labels_are_stored_as_printed() {
        check(None);
        check(Label::parse("21 (c) (ii)"));
        let json = serde_json::to_string(&record(Label::parse("21 (c)"))).unwrap_or_default();
        assert!(json.contains("\"21 (c)\""), "{json}");
        let json =
            serde_json::to_string(&record(None)).unwrap_or_default().replace("paragraph\",null", "paragraph\",\"IV\"");
        let read = serde_json::from_str::<UnitRecord>(&json).ok().and_then(|record| record.2);
        assert_eq!(read, Some(Label::number("IV")), "as an earlier version wrote it");
    }

    proptest! {
        #[test]
        fn whatever_is_written_can_be_read(
            number in "[0-9a-zA-Z .()§\n-]{0,8}|\\PC{0,8}",
            items in proptest::collection::vec("[a-z(). ]{0,4}|\\PC{0,4}", 0..3),
        ) {
            check(Some(Label { number, items }));
        }
    }
}
