//! Counts of the values that matching units have.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, RowId, StrColumn};
use tantivy::query::Query;
use tantivy::{DocId, SegmentReader};

use super::filter::Filter;
use super::{FacetCount, Facets, collect};
use crate::index::IndexError;
use crate::index::open::Reader;

/// Columns whose values differ from unit to unit.
const OF_UNITS: [&str; 3] = ["document", "language", "kind"];
/// Columns whose value is that of the document: counted once for all of its units.
const OF_DOCUMENTS: [&str; 3] = ["document_kind", "country", "body"];

/// Counts over all units that match, or without a query over all that pass the filter; of the documents those `most` with
/// the most units. To name all documents of a large index takes longer than to count.
pub(super) fn count(
    reader: &Reader,
    query: Option<&dyn Query>,
    filter: &Filter,
    most: usize,
) -> Result<Facets, IndexError> {
    let parts = collect::fold(reader, query, filter, Part::new, Part::count, |part| part.named(most));
    let mut sums = Named::default();
    for part in parts.map_err(|error| reader.error(error))? {
        sums.append(part);
    }
    let documents_in_all = sums.documents_in_all;
    let [mut documents, languages, unit_kinds] = sums.of_units.map(sorted);
    documents.truncate(most);
    let [kinds, countries, bodies] = sums.of_documents.map(sorted);
    Ok(Facets {
        documents,
        documents_in_all,
        languages,
        kinds,
        unit_kinds,
        countries,
        bodies,
        years: sorted(sums.years),
    })
}

/// Adds up the counts of each value, the most frequent first.
fn sorted(mut counts: Vec<FacetCount>) -> Vec<FacetCount> {
    // Each part of the index comes in the order of its values: what is left to do is to merge.
    counts.sort_by(|a, b| a.value.cmp(&b.value));
    counts.dedup_by(|next, kept| {
        let same = next.value == kept.value;
        kept.count += if same { next.count } else { 0 };
        same
    });
    counts.sort_by_key(|count| Reverse(count.count));
    counts
}

/// Counts under the names of the values, several times where several parts of the index have a value.
#[derive(Default)]
struct Named {
    /// Every document stands in one part of the index.
    documents_in_all: usize,
    of_units: [Vec<FacetCount>; 3],
    of_documents: [Vec<FacetCount>; 3],
    years: Vec<FacetCount>,
}

impl Named {
    fn append(&mut self, mut other: Named) {
        self.documents_in_all += other.documents_in_all;
        let own = self.of_units.iter_mut().chain(&mut self.of_documents).chain([&mut self.years]);
        let others = other.of_units.iter_mut().chain(&mut other.of_documents).chain([&mut other.years]);
        own.zip(others).for_each(|(own, other)| own.append(other));
    }
}

/// Counters of one part of the index.
struct Part<'a> {
    segment: &'a SegmentReader,
    documents: Documents,
    /// Of the columns behind that of the documents.
    counters: Vec<Counter>,
    /// Units of a batch and the places of their values, kept for the next batch.
    units: Vec<DocId>,
    rows: Vec<RowId>,
}

impl<'a> Part<'a> {
    fn new(segment: &'a SegmentReader) -> tantivy::Result<Part<'a>> {
        let [document, others @ ..] = OF_UNITS;
        let columns = segment.fast_fields();
        let documents = Documents::new(columns.str(document)?);
        let counters = others.iter().map(|name| Ok(Counter::new(columns.str(name)?)));
        let counters = counters.collect::<tantivy::Result<_>>()?;
        Ok(Part { segment, documents, counters, units: Vec::new(), rows: Vec::new() })
    }

    fn count(&mut self, units: &[DocId]) {
        let Some(documents) = &self.documents.column else { return };
        self.units.clear();
        self.rows.clear();
        documents.ords().row_ids_for_docs(units, &mut self.units, &mut self.rows);
        let places = documents.ords().values.num_vals();
        self.documents.count(&self.units, &self.rows);
        for counter in &mut self.counters {
            counter.count(units, &self.rows, places);
        }
    }

    /// Returns the counts under the names of the values, in their order, of the documents only those `most` with the most
    /// units.
    fn named(self, most: usize) -> tantivy::Result<Named> {
        let mut named = Named::default();
        let [of_documents, of_others @ ..] = &mut named.of_units;
        if let Some(column) = &self.documents.column {
            let found = self.documents.found().map(|(ord, (count, _))| (ord, count)).collect::<Vec<_>>();
            named.documents_in_all = found.len();
            *of_documents = names(column, most_frequent(found, most))?;
        }
        for (counter, counts) in self.counters.iter().zip(of_others) {
            if let Some(column) = &counter.column {
                *counts = names(column, counter.found().collect())?;
            }
        }
        let columns = self.segment.fast_fields();
        for (name, counts) in OF_DOCUMENTS.iter().zip(&mut named.of_documents) {
            let Some(column) = columns.str(name)? else { continue };
            *counts = names(&column, self.documents.counts_of(column.ords()))?;
        }
        if let Some(years) = columns.column_opt::<u64>("year")? {
            let counts = self.documents.counts_of(&years).into_iter();
            named.years = counts.map(|(year, count)| FacetCount { value: year.to_string(), count }).collect();
        }
        Ok(named)
    }
}

/// Returns the `most` values with the highest counts, the first of equals, in ascending order of the values.
fn most_frequent(mut counts: Vec<(u64, u64)>, most: usize) -> Vec<(u64, u64)> {
    if most < counts.len() {
        counts.select_nth_unstable_by_key(most, |(value, count)| (Reverse(*count), *value));
        counts.truncate(most);
        counts.sort_unstable();
    }
    counts
}

/// Returns counts of values, given in ascending order, under their names. The dictionary is read once from its beginning
/// to its end: to look values up one by one would unpack a block of it for each.
fn names(column: &StrColumn, counts: Vec<(u64, u64)>) -> tantivy::Result<Vec<FacetCount>> {
    let (ords, counts): (Vec<u64>, Vec<u64>) = counts.into_iter().unzip();
    let mut counts = counts.into_iter();
    let mut named = Vec::with_capacity(ords.len());
    column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
        if let (Some(count), Ok(value)) = (counts.next(), std::str::from_utf8(term)) {
            named.push(FacetCount { value: value.to_owned(), count });
        }
    })?;
    Ok(named)
}

/// Counts the units of each document. These follow each other, behind an entry that is no unit: units with the same
/// number of such entries before them are of one document, and its column is read once for all of them.
struct Documents {
    column: Option<StrColumn>,
    /// Units of each document, and one of them.
    counts: Vec<(u64, DocId)>,
}

impl Documents {
    fn new(column: Option<StrColumn>) -> Documents {
        let size = column.as_ref().map_or(0, |column| column.num_terms());
        Documents { column, counts: vec![(0, 0); size] }
    }

    /// Counts units, given with the places of their values in the column.
    fn count(&mut self, units: &[DocId], rows: &[RowId]) {
        let Some(column) = &self.column else { return };
        let mut at = 0;
        let before = |at: usize| Some(units.get(at)? - rows.get(at)?);
        while let (Some(unit), Some(row)) = (units.get(at), rows.get(at)) {
            let first = at;
            while before(at) == before(first) {
                at += 1;
            }
            if let Some((count, sample)) = self.counts.get_mut(column.ords().values.get_val(*row) as usize) {
                *count += (at - first) as u64;
                *sample = *unit;
            }
        }
    }

    fn found(&self) -> impl Iterator<Item = (u64, (u64, DocId))> {
        (0..).zip(self.counts.iter().copied()).filter(|(_, (count, _))| *count > 0)
    }

    /// Returns the counts of a column whose value is that of the document, by ascending values.
    fn counts_of(&self, column: &Column<u64>) -> Vec<(u64, u64)> {
        let mut counts: FxHashMap<u64, u64> = FxHashMap::default();
        for (_, (count, sample)) in self.found() {
            if let Some(value) = column.first(sample) {
                *counts.entry(value).or_default() += count;
            }
        }
        let mut counts: Vec<(u64, u64)> = counts.into_iter().collect();
        counts.sort_unstable();
        counts
    }
}

/// Counts the values of a column.
struct Counter {
    column: Option<StrColumn>,
    counts: Vec<u64>,
    /// Kept for the next batch.
    values: Vec<u64>,
    units: Vec<DocId>,
    own_rows: Vec<RowId>,
}

impl Counter {
    fn new(column: Option<StrColumn>) -> Counter {
        let size = column.as_ref().map_or(0, |column| column.num_terms());
        Counter { column, counts: vec![0; size], values: Vec::new(), units: Vec::new(), own_rows: Vec::new() }
    }

    /// Counts the values of units. `rows` are the places of their values in another column with so many `places`: every
    /// unit has a value in both, so that the places are the same where their number is.
    fn count(&mut self, units: &[DocId], rows: &[RowId], places: u32) {
        let Some(column) = self.column.as_ref().map(|column| column.ords()) else { return };
        let rows = if column.values.num_vals() == places {
            rows
        } else {
            self.units.clear();
            self.own_rows.clear();
            column.row_ids_for_docs(units, &mut self.units, &mut self.own_rows);
            &self.own_rows
        };
        self.values.resize(rows.len(), 0);
        column.values.get_vals(rows, &mut self.values);
        for value in &self.values {
            if let Some(count) = self.counts.get_mut(*value as usize) {
                *count += 1;
            }
        }
    }

    fn found(&self) -> impl Iterator<Item = (u64, u64)> {
        (0..).zip(self.counts.iter().copied()).filter(|(_, count)| *count > 0)
    }
}
