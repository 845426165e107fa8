//! The units of one part of the index in which one form stands.

use std::sync::Arc;

use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, TERMINATED};

use super::sequence::Sequence;
use crate::analyzer::{EXACT_PREFIX, Endings};
use crate::index::lists::{Part, Placed};
use crate::index::open::Reader;
use crate::query::lower::Form;

/// What it costs to compare the places of several terms in a unit, beside reading one entry of a list.
const COST_OF_PLACES: u64 = 16;

/// The units in which one variant stands, in order.
pub(super) enum Cursor {
    Term(Box<Blocks>),
    /// A term with its places.
    Placed(Box<Placed>),
    /// Words in a row or near each other, or one exact word.
    Sequence(Sequence),
    Listed(Listed),
}

/// Units that were found before, with the frequency in each.
pub(super) struct Listed {
    units: Arc<[(DocId, u32)]>,
    at: usize,
}

impl Listed {
    pub fn new(units: Arc<[(DocId, u32)]>) -> Listed {
        Listed { units, at: 0 }
    }

    fn here(&self) -> (DocId, u32) {
        self.units.get(self.at).copied().unwrap_or((TERMINATED, 0))
    }

    fn advance(&mut self) -> DocId {
        self.at = self.units.len().min(self.at + 1);
        self.here().0
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.units.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|(unit, _)| *unit < target);
        self.here().0
    }
}

impl From<BlockSegmentPostings> for Cursor {
    fn from(postings: BlockSegmentPostings) -> Cursor {
        Cursor::Term(Box::new(Blocks { postings, at: 0 }))
    }
}

impl Cursor {
    /// Opens a variant at its first unit; `None` where the part of the index does not hold it.
    pub fn open(form: &Form, field: Field, part: Part<'_>) -> tantivy::Result<Option<Cursor>> {
        let mut cursor = Cursor::open_to_ask(form, field, part, false)?;
        cursor.iter_mut().for_each(Cursor::seek_first);
        Ok(cursor)
    }

    /// Goes to the first unit; what was opened to ask does not stand at one.
    pub fn seek_first(&mut self) {
        if let Cursor::Sequence(sequence) = self {
            sequence.seek(0);
        }
    }

    /// Opens a variant for whoever asks for single units, by [`Cursor::stands_in`] alone, and perhaps for its places there.
    pub fn open_to_ask(form: &Form, field: Field, part: Part<'_>, places: bool) -> tantivy::Result<Option<Cursor>> {
        Ok(match form {
            Form::Key(field, key) => part.blocks(*field, key, IndexRecordOption::Basic)?.map(Cursor::from),
            Form::Term(text) => match part.written(field, text) {
                Some((stem, endings)) => Cursor::of_written(&stem, endings, field, part)?,
                None if places => part.placed(field, text)?.map(|list| Cursor::Placed(Box::new(list))),
                None => part.blocks(field, text, IndexRecordOption::WithFreqs)?.map(Cursor::from),
            },
            Form::Sequence { terms, distance } => {
                let mut lists = Vec::with_capacity(terms.len());
                for (offset, text) in terms {
                    let Some(list) = part.placed(field, text)? else { return Ok(None) };
                    lists.push((*offset, list));
                }
                Some(Cursor::Sequence(Sequence::new(lists, *distance)))
            }
        })
    }

    /// Opens the list of a stem where it has one of these endings, for whoever asks for single units or seeks first.
    pub fn of_written(stem: &str, endings: Endings, field: Field, part: Part<'_>) -> tantivy::Result<Option<Cursor>> {
        let list = part.placed_with(field, stem, endings)?;
        Ok(list.map(|list| Cursor::Sequence(Sequence::new(vec![(0, list)], None))))
    }

    pub fn doc(&self) -> DocId {
        match self {
            Cursor::Term(blocks) => blocks.doc(),
            Cursor::Placed(postings) => postings.doc(),
            Cursor::Sequence(sequence) => sequence.doc(),
            Cursor::Listed(listed) => listed.here().0,
        }
    }

    pub fn advance(&mut self) -> DocId {
        match self {
            Cursor::Term(blocks) => blocks.advance(),
            Cursor::Placed(postings) => postings.advance(),
            Cursor::Sequence(sequence) => sequence.advance(),
            Cursor::Listed(listed) => listed.advance(),
        }
    }

    /// Goes to the first unit from `target` on; never back.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        match self {
            Cursor::Term(blocks) => blocks.seek(target),
            Cursor::Placed(postings) => postings.seek(target),
            Cursor::Sequence(sequence) => sequence.seek(target),
            Cursor::Listed(listed) => listed.seek(target),
        }
    }

    /// Returns whether the variant stands in a unit, which must not lie before one that was asked for earlier. Only this unit
    /// is looked at: to seek the next one in which words stand in a row may lead through the whole index.
    pub fn stands_in(&mut self, unit: DocId) -> bool {
        match self {
            Cursor::Sequence(sequence) => sequence.stands_in(unit),
            _ => self.seek(unit) == unit,
        }
    }

    /// Calls `visit` with the units before `end` and the frequency in each, and goes to the first unit from there on.
    pub fn each_before(&mut self, end: DocId, mut visit: impl FnMut(DocId, u32)) {
        match self {
            Cursor::Term(blocks) => blocks.each_before(end, visit),
            Cursor::Placed(postings) => {
                let mut unit = postings.doc();
                while unit < end {
                    visit(unit, postings.term_freq());
                    unit = postings.advance();
                }
            }
            Cursor::Sequence(sequence) => {
                while sequence.doc() < end {
                    visit(sequence.doc(), sequence.frequency());
                    sequence.advance();
                }
            }
            Cursor::Listed(listed) => {
                while listed.here().0 < end {
                    let (unit, frequency) = listed.here();
                    visit(unit, frequency);
                    listed.advance();
                }
            }
        }
    }

    /// Returns all units with the most that the frequency in each can be. The cursor must stand before the first one.
    pub fn list_bounds(self) -> Arc<[(DocId, u32)]> {
        match self {
            Cursor::Sequence(sequence) => sequence.list_bounds().into(),
            other => other.list(),
        }
    }

    /// Returns all units from here on with the frequency in each.
    pub fn list(mut self) -> Arc<[(DocId, u32)]> {
        let mut units = Vec::new();
        self.each_before(TERMINATED, |unit, frequency| units.push((unit, frequency)));
        units.into()
    }

    pub fn frequency(&self) -> u32 {
        match self {
            Cursor::Term(blocks) => blocks.frequency(),
            Cursor::Placed(postings) => postings.term_freq(),
            Cursor::Sequence(sequence) => sequence.frequency(),
            Cursor::Listed(listed) => listed.here().1,
        }
    }

    /// Puts where the variant begins in the current unit in place of `positions`, and returns with which endings a lone term
    /// stands there. What was opened without places has none.
    pub fn positions(&mut self, positions: &mut Vec<u32>) -> Endings {
        match self {
            Cursor::Placed(list) => return list.places(positions),
            Cursor::Sequence(sequence) => sequence.starts().clone_into(positions),
            Cursor::Term(_) | Cursor::Listed(_) => positions.clear(),
        }
        Endings::default()
    }

    /// Returns what it costs to read all units, in entries of a list.
    pub fn cost_of_all(&self) -> u64 {
        let entries = u64::from(self.size_hint());
        if matches!(self, Cursor::Sequence(_)) { entries * COST_OF_PLACES } else { entries }
    }

    pub fn size_hint(&self) -> u32 {
        match self {
            Cursor::Term(blocks) => blocks.postings.doc_freq(),
            Cursor::Placed(postings) => postings.doc_freq(),
            Cursor::Sequence(sequence) => sequence.most_units(),
            Cursor::Listed(listed) => listed.units.len() as u32,
        }
    }
}

/// Units of a stem that are looked through for one of its words before the list of all words is read.
const MOST_LOOKED_THROUGH: u32 = 128;

/// Whether an exact word stands in some text. The list of all words is read only where none of the first units of its stem
/// has it: that costs more than the rest of a query.
pub(super) fn is_written(reader: &Reader, exact: &str) -> tantivy::Result<bool> {
    let form = Form::Term(format!("{EXACT_PREFIX}{exact}"));
    let mut left = MOST_LOOKED_THROUGH;
    for (ord, _) in reader.parts() {
        match Cursor::open_to_ask(&form, reader.fields.text, reader.part(ord), false)? {
            None => {}
            Some(Cursor::Sequence(mut row)) => {
                let mut look = |_, _| {
                    left = left.saturating_sub(1);
                    left > 0
                };
                if row.seek_worthy(0, &mut look) != TERMINATED {
                    return Ok(true);
                }
            }
            Some(_) => return Ok(true),
        }
    }
    Ok(left == 0 && reader.vocabulary()?.contains(exact))
}

/// Returns the share of the units of its stem in which an exact word stands, by some of the first ones.
pub(super) fn written_share(reader: &Reader, exact: &str) -> tantivy::Result<f32> {
    let term = format!("{EXACT_PREFIX}{exact}");
    let (mut seen, mut written) = (0, 0);
    let mut places = Vec::new();
    for (ord, _) in reader.parts() {
        let Some(mut list) = reader.part(ord).placed(reader.fields.text, &term)? else { continue };
        while seen < MOST_LOOKED_THROUGH && list.doc() != TERMINATED {
            list.places(&mut places);
            written += u32::from(!places.is_empty());
            seen += 1;
            list.advance();
        }
    }
    Ok(written as f32 / seen.max(1) as f32)
}

/// The units of a term, which are unpacked some at a time: to read them as they come costs half of asking for one after
/// the other.
pub(super) struct Blocks {
    postings: BlockSegmentPostings,
    /// Place in the block that is unpacked. Behind the last unit a block of no units follows, in which the end of all stands.
    at: usize,
}

impl Blocks {
    fn doc(&self) -> DocId {
        self.postings.doc(self.at)
    }

    fn frequency(&self) -> u32 {
        self.postings.freq(self.at)
    }

    fn advance(&mut self) -> DocId {
        self.go_on(1);
        self.doc()
    }

    /// Goes on by so many units of the block.
    fn go_on(&mut self, units: usize) {
        self.at += units;
        if self.at == self.postings.block_len() {
            self.postings.advance();
            self.at = 0;
        }
    }

    /// Goes to the first unit from `target` on, which lies behind the current one.
    fn seek(&mut self, target: DocId) -> DocId {
        self.at = match self.postings.docs().get(self.at + 1) {
            Some(next) if *next >= target => self.at + 1,
            _ => self.postings.seek(target),
        };
        self.doc()
    }

    fn each_before(&mut self, end: DocId, mut visit: impl FnMut(DocId, u32)) {
        while self.doc() < end {
            let rest = self.postings.docs().get(self.at..).unwrap_or_default();
            let count = match rest.last() {
                Some(last) if *last < end => rest.len(),
                _ => rest.partition_point(|unit| *unit < end),
            };
            for (at, unit) in (self.at..).zip(rest.get(..count).unwrap_or_default()) {
                visit(*unit, self.postings.freq(at));
            }
            self.go_on(count);
        }
    }
}
