//! Drafts and footnotes to units, each with its ordinal and position.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Label, Language, Paragraph, ParagraphKind};

use super::super::footnote::Note;

/// A unit before it has its place in the count.
#[derive(Debug)]
pub struct Draft {
    pub kind: ParagraphKind,
    pub label: Option<Label>,
    pub text: String,
    pub raised: Vec<Range<usize>>,
    pub section: Option<usize>,
    /// Index of the draft it hangs on.
    pub parent: Option<usize>,
    pub page: u32,
}

impl Draft {
    /// Returns the unit, without its place in the count, below a unit with this ordinal.
    fn into_unit(self, parent: Option<u32>) -> Paragraph {
        Paragraph {
            ordinal: 0,
            kind: self.kind,
            label: self.label,
            mark: None,
            text: self.text.trim().to_owned(),
            section: self.section,
            parent,
            position: 0,
            language: Language::UNKNOWN,
            page: self.page,
        }
    }
}

/// Returns a footnote as a unit, without its place in the count.
fn unit_of_note(note: Note, section: Option<usize>, parent: Option<u32>) -> Paragraph {
    Paragraph {
        ordinal: 0,
        kind: ParagraphKind::Footnote,
        label: None,
        mark: Some(note.mark),
        text: note.text,
        section,
        parent,
        position: 0,
        language: Language::UNKNOWN,
        page: note.page,
    }
}

/// Puts footnotes after their units and gives everything its ordinal and position.
///
/// `tied` has the draft of each note, where it is known; the others follow the draft before which they were printed.
/// Ready paragraphs keep the ordinals that they came with: notes out of their texts stand behind the last of them.
pub(super) fn number_units(
    drafts: Vec<Draft>,
    notes: Vec<Note>,
    tied: &[Option<usize>],
    are_ready: bool,
) -> Vec<Paragraph> {
    let last = drafts.len().saturating_sub(1);
    let mut notes_of: HashMap<usize, Vec<(Note, bool)>> = HashMap::new();
    for (note, unit) in notes.into_iter().zip(tied) {
        let at = unit.unwrap_or_else(|| note.position.saturating_sub(1)).min(last);
        notes_of.entry(at).or_default().push((note, unit.is_some()));
    }
    let mut units = Units::default();
    let mut ordinals: Vec<u32> = Vec::with_capacity(drafts.len());
    let mut behind = Vec::new();
    for (index, draft) in drafts.into_iter().enumerate() {
        let section = draft.section;
        let parent = draft.parent.and_then(|parent| ordinals.get(parent).copied());
        let ordinal = units.add(draft.into_unit(parent));
        ordinals.push(ordinal);
        for (note, is_tied) in notes_of.remove(&index).unwrap_or_default() {
            let unit = unit_of_note(note, section, is_tied.then_some(ordinal));
            if are_ready {
                behind.push(unit);
            } else {
                units.add(unit);
            }
        }
    }
    for unit in behind {
        units.add(unit);
    }
    units.counted.retain(|unit| !unit.text.is_empty());
    units.counted
}

/// Units in order, and how many without a label each section has of each kind.
#[derive(Default)]
struct Units {
    counted: Vec<Paragraph>,
    positions: HashMap<(Option<usize>, ParagraphKind), u32>,
}

impl Units {
    /// Adds a unit, giving it its ordinal and position, and returns the ordinal.
    fn add(&mut self, mut unit: Paragraph) -> u32 {
        let ordinal = u32::try_from(self.counted.len() + 1).unwrap_or(u32::MAX);
        unit.ordinal = ordinal;
        if unit.label.is_none() {
            let position = self.positions.entry((unit.section, unit.kind)).or_insert(0);
            *position += 1;
            unit.position = *position;
        }
        self.counted.push(unit);
        ordinal
    }
}
