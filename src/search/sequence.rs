//! The units of one part of the index in which several terms stand in a row or near each other, or an exact word stands: a
//! row of one.

use tantivy::{DocId, TERMINATED};

use crate::index::lists::Placed;

struct List {
    postings: Placed,
    offset: u32,
    positions: Vec<u32>,
}

/// Units that hold several terms in a row or near each other, or one in certain forms.
pub(super) struct Sequence {
    lists: Vec<List>,
    distance: Option<u32>,
    doc: DocId,
    /// Positions at which a match begins in the current unit.
    starts: Vec<u32>,
}

impl Sequence {
    /// Takes the terms with their offsets. It stands before the first unit, until it is told where to go.
    pub fn new(terms: Vec<(u32, Placed)>, distance: Option<u32>) -> Sequence {
        let list = |(offset, postings)| List { postings, offset, positions: Vec::new() };
        let mut lists: Vec<List> = terms.into_iter().map(list).collect();
        // The rarest term leads.
        lists.sort_by_key(|list| list.postings.doc_freq());
        Sequence { lists, distance, doc: 0, starts: Vec::new() }
    }

    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// Returns how often the words stand so in the current unit.
    pub fn frequency(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Returns where they begin in the current unit.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// Returns in how many units they can stand at most.
    pub fn most_units(&self) -> u32 {
        self.lists.iter().map(|list| list.postings.doc_freq()).min().unwrap_or(0)
    }

    /// Returns whether they stand so in a unit, which must not lie before one that was asked for earlier. Where they do not,
    /// `doc` stays behind, so that a later `seek` finds the next one.
    pub fn stands_in(&mut self, unit: DocId) -> bool {
        if self.doc == unit && !self.starts.is_empty() {
            return true;
        }
        if self.doc > unit || self.lists.iter_mut().any(|list| list.postings.seek(unit) != unit) {
            return false;
        }
        self.find_starts();
        let there = !self.starts.is_empty();
        if there {
            self.doc = unit;
        }
        there
    }

    pub fn advance(&mut self) -> DocId {
        self.advance_to_worthy(&mut |_, _| true)
    }

    /// Goes to the next match among the units that are worth looking at. `worthy` is told a unit that holds all terms
    /// and the most matches it can have; reading the positions is what costs.
    pub fn advance_to_worthy(&mut self, worthy: &mut dyn FnMut(DocId, u32) -> bool) -> DocId {
        let next = self.lists.first_mut().map_or(TERMINATED, |list| list.postings.advance());
        self.settle(next, worthy)
    }

    pub fn seek(&mut self, target: DocId) -> DocId {
        self.seek_worthy(target, &mut |_, _| true)
    }

    /// As `seek`, among the units that are worth looking at.
    pub fn seek_worthy(&mut self, target: DocId, worthy: &mut dyn FnMut(DocId, u32) -> bool) -> DocId {
        let next = self.lists.first_mut().map_or(TERMINATED, |list| list.postings.seek(target));
        self.settle(next, worthy)
    }

    /// Returns the units that hold all terms, each with the most matches that it can have. No positions are read.
    pub fn list_bounds(mut self) -> Vec<(DocId, u32)> {
        let mut units = Vec::new();
        self.seek_worthy(0, &mut |unit, most| {
            units.push((unit, most));
            false
        });
        units
    }

    /// Calls `visit` with the units before `end` that are worth looking at, and goes to the first unit from there on. Both are
    /// handed `sum`, into which the units are added up.
    pub fn each_worthy_before<S>(
        &mut self,
        end: DocId,
        sum: &mut S,
        worthy: impl Fn(&S, DocId, u32) -> bool,
        visit: impl Fn(&mut S, DocId, u32),
    ) {
        while self.doc < end {
            visit(sum, self.doc, self.frequency());
            self.advance_to_worthy(&mut |unit, most| unit >= end || worthy(sum, unit, most));
        }
    }

    /// Finds the first match from a unit on that the leading term has.
    fn settle(&mut self, mut candidate: DocId, worthy: &mut dyn FnMut(DocId, u32) -> bool) -> DocId {
        'candidates: while candidate != TERMINATED {
            for at in 1..self.lists.len() {
                let Some(list) = self.lists.get_mut(at) else { break };
                let found = list.postings.seek(candidate);
                if found != candidate {
                    candidate = self.lists.first_mut().map_or(TERMINATED, |list| list.postings.seek(found));
                    continue 'candidates;
                }
            }
            let most = self.lists.iter().map(|list| list.postings.term_freq()).min().unwrap_or(0);
            if worthy(candidate, most) {
                self.find_starts();
                if !self.starts.is_empty() {
                    break;
                }
            }
            candidate = self.lists.first_mut().map_or(TERMINATED, |list| list.postings.advance());
        }
        self.doc = candidate;
        candidate
    }

    fn find_starts(&mut self) {
        for list in &mut self.lists {
            let offset = if self.distance.is_some() { 0 } else { list.offset };
            list.postings.places(&mut list.positions);
            // A term that stands before its place in the sequence cannot begin it at a negative position.
            list.positions.retain(|position| *position >= offset);
            list.positions.iter_mut().for_each(|position| *position -= offset);
        }
        self.starts.clear();
        match self.distance {
            None => common(&self.lists, &mut self.starts),
            Some(distance) => windows(&self.lists, distance, &mut self.starts),
        }
    }
}

/// Collects the positions that all lists share.
fn common(lists: &[List], starts: &mut Vec<u32>) {
    let Some((first, rest)) = lists.split_first() else { return };
    let shared = |position: &&u32| rest.iter().all(|list| list.positions.binary_search(position).is_ok());
    starts.extend(first.positions.iter().filter(shared));
}

/// Collects the beginnings of windows that hold every term, with at most `distance` other words in them.
fn windows(lists: &[List], distance: u32, starts: &mut Vec<u32>) {
    let mut at = vec![0usize; lists.len()];
    let longest = distance + lists.len() as u32;
    loop {
        let mut window: Option<(u32, usize, u32)> = None;
        for (index, list) in lists.iter().enumerate() {
            let Some(position) = at.get(index).and_then(|at| list.positions.get(*at)).copied() else { return };
            window = Some(match window {
                None => (position, index, position),
                Some((least, _, most)) if position < least => (position, index, most),
                Some((least, least_index, most)) => (least, least_index, most.max(position)),
            });
        }
        let Some((least, least_index, most)) = window else { return };
        let distinct = most > least || lists.len() == 1;
        if distinct && most - least < longest {
            starts.push(least);
            // The next window shares no word with this one.
            for (index, list) in lists.iter().enumerate() {
                if let Some(at) = at.get_mut(index) {
                    *at = list.positions.partition_point(|position| *position <= most);
                }
            }
        } else if let Some(at) = at.get_mut(least_index) {
            *at += 1;
        }
    }
}
