//! Dictionaries of the parts of an index, each opened once, and where the lists of terms lie, each looked up once.
//!
//! A word of a query is asked for many times on the way to an answer: whether the index holds it, how many units do, for
//! candidates, for the second look and for the count, in every part of the index.

use std::path::Path;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::directory::CompositeFile;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Directory, DocId, DocSet, Index, Searcher, SegmentReader};

use super::columns::once;
use super::open::Reader;
use crate::analyzer::{self, EXACT_PREFIX, Endings};

/// Entries of a part below which it may lack a field: it holds the records of files that gave nothing, or little more.
const SMALL: u32 = 64;
/// Terms that are remembered at most.
const MOST_TERMS: usize = 10_000;

/// The terms of every field in every part of an index.
pub(super) struct Dictionaries {
    /// The fields that the small parts have. To open the terms of a field that a part does not have takes longer than to
    /// answer a query: tantivy builds an empty dictionary for it.
    small: FxHashMap<u32, CompositeFile>,
    parts: usize,
    /// By field and part; empty where the part has nothing in the field.
    opened: Vec<OnceLock<Option<Arc<InvertedIndexReader>>>>,
}

impl Dictionaries {
    /// Looks into the small parts of an index.
    pub(super) fn of(index: &Index, searcher: &Searcher) -> tantivy::Result<Dictionaries> {
        let mut small = FxHashMap::default();
        for (ord, part) in (0..).zip(searcher.segment_readers()).filter(|(_, part)| part.max_doc() < SMALL) {
            let dictionaries = format!("{}.term", part.segment_id().uuid_string());
            let file = index.directory().open_read(Path::new(&dictionaries))?;
            small.insert(ord, CompositeFile::open(&file)?);
        }
        let parts = searcher.segment_readers().len();
        let opened = (0..parts * index.schema().num_fields()).map(|_| OnceLock::new()).collect();
        Ok(Dictionaries { small, parts, opened })
    }
}

/// Where the terms that were looked up have their lists in each part of an index.
type Places = Arc<[Option<TermInfo>]>;

/// The terms that were looked up.
#[derive(Default)]
pub(super) struct LookedUp(RwLock<FxHashMap<Field, FxHashMap<Box<str>, Places>>>);

impl LookedUp {
    fn get(&self, field: Field, text: &str) -> Option<Places> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(&field)?.get(text).cloned()
    }

    fn remember(&self, field: Field, text: &str, places: &Places) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let of_field = known.entry(field).or_default();
        if of_field.len() < MOST_TERMS {
            of_field.insert(text.into(), Arc::clone(places));
        }
    }
}

impl Reader {
    /// Whether a part has anything in a field; may be wrong only by saying yes.
    pub(crate) fn has(&self, part: u32, field: Field) -> bool {
        self.dictionaries.small.get(&part).is_none_or(|fields| fields.open_read(field).is_some())
    }

    /// Returns the terms of a field in a part of the index, `None` where it has none.
    pub(crate) fn dictionary(&self, part: u32, field: Field) -> tantivy::Result<Option<Arc<InvertedIndexReader>>> {
        let at = field.field_id() as usize * self.dictionaries.parts + part as usize;
        once(self.dictionaries.opened.get(at), || {
            let there = self.has(part, field);
            there.then(|| self.searcher.segment_reader(part).inverted_index(field)).transpose()
        })
    }

    /// Returns where a term has its list in each part of the index.
    fn places(&self, field: Field, text: &str) -> tantivy::Result<Places> {
        if let Some(known) = self.looked_up.get(field, text) {
            return Ok(known);
        }
        let place = |(part, _)| match self.dictionary(part, field)? {
            Some(terms) => Ok(terms.terms().get(text)?),
            None => Ok(None),
        };
        let places: Places = self.parts().map(place).collect::<tantivy::Result<Vec<_>>>()?.into();
        self.looked_up.remember(field, text, &places);
        Ok(places)
    }

    /// Returns how many entries have a term in a field, deleted ones included. Of an exact word, how many have a word of
    /// its stem.
    pub(crate) fn frequency(&self, field: Field, text: &str) -> tantivy::Result<u64> {
        let written = self.written(field, text);
        let text = written.as_ref().map_or(text, |(stem, _)| stem);
        Ok(self.places(field, text)?.iter().flatten().map(|place| u64::from(place.doc_freq)).sum())
    }

    /// Returns the stem of an exact word and its ending among the places of the stem; `None` for what is a term by itself.
    pub(crate) fn written(&self, field: Field, text: &str) -> Option<(String, Endings)> {
        let word = text.strip_prefix(EXACT_PREFIX).filter(|_| field == self.fields.text)?;
        let (stem, ending) = analyzer::stem_and_ending(word);
        ending.map(|ending| (stem, ending))
    }

    /// Returns a part of the index by its number.
    pub(crate) fn part(&self, ord: u32) -> Part<'_> {
        Part { reader: self, ord, segment: self.searcher.segment_reader(ord) }
    }

    /// Returns a part of the index by its reader.
    pub(crate) fn part_of<'a>(&'a self, segment: &'a SegmentReader) -> Part<'a> {
        let same = |(_, other): &(u32, &SegmentReader)| other.segment_id() == segment.segment_id();
        // The reader of a part comes from this reader of the index; of any other there would be no terms.
        let ord = self.parts().find(same).map_or(u32::MAX, |(ord, _)| ord);
        Part { reader: self, ord, segment }
    }
}

/// The units that hold a stem, and its places there.
pub(crate) struct Placed {
    postings: SegmentPostings,
    /// With which it is looked for; in any form where there are none.
    endings: Option<Endings>,
}

impl Placed {
    /// Returns the current unit. It may hold the stem with other endings only.
    pub fn doc(&self) -> DocId {
        self.postings.doc()
    }

    pub fn advance(&mut self) -> DocId {
        self.postings.advance()
    }

    /// Goes to the first unit from `target` on; never back.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target { self.doc() } else { self.postings.seek(target) }
    }

    /// Returns how often the stem stands in the current unit, with whatever endings.
    pub fn term_freq(&self) -> u32 {
        self.postings.term_freq()
    }

    /// Returns how many units hold the stem, with whatever endings.
    pub fn doc_freq(&self) -> u32 {
        self.postings.doc_freq()
    }

    /// Puts the places in the current unit in place of what `places` holds, and returns the endings there.
    pub fn places(&mut self, places: &mut Vec<u32>) -> Endings {
        self.postings.positions(places);
        analyzer::unmark(places, self.endings)
    }
}

/// A part of an index.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    reader: &'a Reader,
    ord: u32,
    pub segment: &'a SegmentReader,
}

impl Part<'_> {
    /// Opens what `open` makes of the place of a term; `None` where the part does not hold it.
    fn open<T>(
        self,
        field: Field,
        text: &str,
        open: impl FnOnce(&InvertedIndexReader, &TermInfo) -> std::io::Result<T>,
    ) -> tantivy::Result<Option<T>> {
        let places = self.reader.places(field, text)?;
        let Some(Some(place)) = places.get(self.ord as usize) else { return Ok(None) };
        let Some(terms) = self.reader.dictionary(self.ord, field)? else { return Ok(None) };
        Ok(Some(open(&terms, place)?))
    }

    /// As [`Reader::written`].
    pub(crate) fn written(self, field: Field, text: &str) -> Option<(String, Endings)> {
        self.reader.written(field, text)
    }

    /// Opens the list of a term with the places in each unit. An exact word has the list of its stem.
    pub(crate) fn placed(self, field: Field, text: &str) -> tantivy::Result<Option<Placed>> {
        match self.reader.written(field, text) {
            Some((stem, endings)) => self.placed_with(field, &stem, endings),
            None => Ok(self.postings(field, text)?.map(|postings| Placed { postings, endings: None })),
        }
    }

    /// Opens the list of a stem, with the places in each unit where it has one of these endings.
    pub(crate) fn placed_with(self, field: Field, stem: &str, endings: Endings) -> tantivy::Result<Option<Placed>> {
        let endings = Some(endings);
        Ok(self.postings(field, stem)?.map(|postings| Placed { postings, endings }))
    }

    fn postings(self, field: Field, text: &str) -> tantivy::Result<Option<SegmentPostings>> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        self.open(field, text, |terms, place| terms.read_postings_from_terminfo(place, option))
    }

    /// Opens the list of a term to be read some units at a time.
    pub(crate) fn blocks(
        self,
        field: Field,
        text: &str,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<BlockSegmentPostings>> {
        self.open(field, text, |terms, place| terms.read_block_postings_from_terminfo(place, option))
    }
}
