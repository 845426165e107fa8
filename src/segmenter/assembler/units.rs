//! Drafts and footnotes to units, each with its ordinal and position.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Label, Language, Paragraph, ParagraphKind, Section};

use super::super::footnote::Note;
use super::super::heading::is_article;

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
    sections: &[Section],
) -> Vec<Paragraph> {
    let last = drafts.len().saturating_sub(1);
    let mut notes_of: HashMap<usize, Vec<(Note, bool)>> = HashMap::new();
    for (note, unit) in notes.into_iter().zip(tied) {
        let at = unit.unwrap_or_else(|| note.position.saturating_sub(1)).min(last);
        notes_of.entry(at).or_default().push((note, unit.is_some()));
    }
    let mut units = Units { same: same_headings(sections), ..Units::default() };
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
    units.leave_lone_ones_uncounted(sections);
    units.counted
}

/// Returns for each section the first one under the same headings: where "Recommendations" comes again, the count of what is
/// below goes on.
fn same_headings(sections: &[Section]) -> Vec<usize> {
    let mut first: HashMap<(Option<usize>, &str), usize> = HashMap::new();
    let mut same: Vec<usize> = Vec::with_capacity(sections.len());
    for (index, section) in sections.iter().enumerate() {
        let parent = section.parent.and_then(|parent| same.get(parent).copied());
        same.push(*first.entry((parent, &section.heading)).or_insert(index));
    }
    same
}

/// Units in order, and how many without a label stand under the same headings of each kind.
#[derive(Default)]
struct Units {
    counted: Vec<Paragraph>,
    positions: HashMap<(Option<usize>, ParagraphKind), u32>,
    same: Vec<usize>,
}

impl Units {
    /// Adds a unit, giving it its ordinal and position, and returns the ordinal.
    fn add(&mut self, mut unit: Paragraph) -> u32 {
        let ordinal = u32::try_from(self.counted.len() + 1).unwrap_or(u32::MAX);
        unit.ordinal = ordinal;
        if unit.label.is_none() {
            let section = self.first_alike(unit.section);
            let position = self.positions.entry((section, unit.kind)).or_insert(0);
            *position += 1;
            unit.position = *position;
        }
        self.counted.push(unit);
        ordinal
    }

    fn first_alike(&self, section: Option<usize>) -> Option<usize> {
        section.and_then(|section| self.same.get(section).copied())
    }

    /// The text of an article that is one paragraph has no number, and needs none: "article 18".
    fn leave_lone_ones_uncounted(&mut self, sections: &[Section]) {
        // How many texts stand under each heading and those below it.
        let mut texts = vec![0; sections.len()];
        for unit in self.counted.iter().filter(|unit| unit.kind != ParagraphKind::Footnote) {
            let mut above = self.first_alike(unit.section);
            while let Some((section, count)) = above.and_then(|at| Some((sections.get(at)?, texts.get_mut(at)?))) {
                *count += 1;
                above = self.first_alike(section.parent);
            }
        }
        let is_lone = |at: usize| {
            texts.get(at) == Some(&1) && sections.get(at).is_some_and(|section| is_article(&section.heading))
        };
        let same = &self.same;
        for unit in self.counted.iter_mut().filter(|unit| unit.kind == ParagraphKind::Paragraph) {
            if unit.section.and_then(|section| same.get(section).copied()).is_some_and(is_lone) {
                unit.position = 0;
            }
        }
    }
}
