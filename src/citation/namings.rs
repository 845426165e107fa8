//! Which instruments a document names, and where: what "the Convention" may take up in a document that is on no one treaty.
//!
//! Invariant: of several instruments of one head word, only one named near by is taken up.

use std::collections::HashMap;

use super::find::Class;

/// Paragraphs over which a naming holds where no other instrument of that head word is named.
const REACH: u32 = 3;

#[derive(Debug, Default)]
pub(super) struct Namings {
    /// What the document names anywhere and how often, by its head word; `None` for instruments that the registry does not
    /// have.
    all: HashMap<Class, Vec<(Option<usize>, usize)>>,
    recent: HashMap<Class, Recent>,
    /// Paragraphs and headings read so far.
    unit: u32,
    /// Namings so far.
    count: u32,
    /// Whether each paragraph stands for itself, as recommendations of different States do.
    pub apart: bool,
}

/// The last naming under a head word.
#[derive(Debug, Clone, Copy)]
struct Recent {
    row: Option<usize>,
    unit: u32,
    /// Its place among all namings.
    count: u32,
    /// Where another instrument was named last.
    rival: Option<u32>,
}

impl Namings {
    /// Notes an instrument that the document names somewhere.
    pub fn note_anywhere(&mut self, class: Class, row: Option<usize>) {
        let rows = self.all.entry(class).or_default();
        match rows.iter_mut().find(|(known, _)| *known == row) {
            Some((_, count)) => *count += 1,
            None => rows.push((row, 1)),
        }
    }

    /// Returns the first instrument of a head word that the document names.
    pub fn first(&self, class: Class) -> Option<usize> {
        self.all.get(&class)?.iter().find_map(|(row, _)| *row)
    }

    /// Returns the instrument of a head word that the document names, or nearly always names.
    pub fn prevalent(&self, class: Class) -> Option<usize> {
        /// Of so many namings, the least number of them.
        const MOST: (usize, usize) = (2, 3);
        const LEAST: usize = 4;
        let rows = self.all.get(&class)?;
        let all: usize = rows.iter().map(|(_, count)| count).sum();
        let (row, count) = rows.iter().max_by_key(|(_, count)| *count)?;
        let prevails = !self.apart && *count >= LEAST && count * MOST.1 >= all * MOST.0;
        row.filter(|_| rows.len() == 1 || prevails)
    }

    pub fn names(&self, class: Class, row: usize) -> bool {
        self.all.get(&class).is_some_and(|rows| rows.iter().any(|(known, _)| *known == Some(row)))
    }

    /// Goes on to the next paragraph or heading.
    pub fn next_unit(&mut self) {
        self.unit += 1;
    }

    /// Goes back to the beginning of the document.
    pub fn rewind(&mut self) {
        (self.unit, self.count) = (0, 0);
        self.recent.clear();
    }

    pub fn note(&mut self, class: Class, row: Option<usize>) {
        self.count += 1;
        let (unit, count) = (self.unit, self.count);
        let recent = self.recent.entry(class).or_insert(Recent { row, unit, count, rival: None });
        let rival = if recent.row == row { recent.rival } else { Some(recent.unit) };
        *recent = Recent { row, unit, count, rival };
    }

    /// Returns the instrument named last under one of some head words: in this paragraph, or a little before it if no other
    /// was named there.
    pub fn near(&self, classes: &[Class]) -> Option<usize> {
        let recent = self.last(classes)?;
        let reach = if self.apart { 0 } else { REACH };
        let is_near = |unit: u32| self.unit - unit <= reach;
        let rivals = || classes.iter().filter_map(|class| self.recent.get(class));
        let is_rivalled =
            recent.rival.is_some_and(is_near) || rivals().any(|other| other.row != recent.row && is_near(other.unit));
        recent.row.filter(|_| recent.unit == self.unit || is_near(recent.unit) && !is_rivalled)
    }

    /// Returns the instrument named last in this paragraph under one of some head words.
    pub fn in_unit(&self, classes: &[Class]) -> Option<usize> {
        self.last(classes).filter(|recent| recent.unit == self.unit)?.row
    }

    fn last(&self, classes: &[Class]) -> Option<&Recent> {
        classes.iter().filter_map(|class| self.recent.get(class)).max_by_key(|recent| recent.count)
    }
}
