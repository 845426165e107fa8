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
    let error = |error| reader.error(error);
    let parts = collect::fold(reader, query, filter, Part::new, Part::count, Ok).map_err(error)?;
    // Every document stands in one part of the index.
    let documents_in_all = parts.iter().map(|part| part.documents.found().count()).sum();
    let frequent = Frequent::of(parts.iter().flat_map(|part| part.documents.found()), most);
    let mut sums = Named::default();
    for part in reader.side_by_side(&parts, |part| part.named(frequent)).map_err(error)? {
        sums.append(part);
    }
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
    of_units: [Vec<FacetCount>; 3],
    of_documents: [Vec<FacetCount>; 3],
    years: Vec<FacetCount>,
}

impl Named {
    fn append(&mut self, mut other: Named) {
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

    /// Returns the counts under the names of the values, in their order, of the documents only the frequent ones.
    fn named(&self, frequent: Frequent) -> tantivy::Result<Named> {
        let mut named = Named::default();
        let [of_documents, of_others @ ..] = &mut named.of_units;
        if let Some(column) = &self.documents.column {
            *of_documents = names(column, frequent.among(self.documents.found()))?;
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

/// Which documents are frequent enough to be named, told from their counts in all parts of the index: a name costs more
/// than a count.
#[derive(Clone, Copy)]
struct Frequent {
    /// The least count of a document that is.
    least: u64,
    /// How many with that count are wanted; all that have more are.
    equals: usize,
}

impl Frequent {
    /// Returns the test that `most` documents pass.
    fn of(found: impl Iterator<Item = (u64, (u64, DocId))>, most: usize) -> Frequent {
        let mut counts: Vec<u64> = found.map(|(_, (count, _))| count).collect();
        let Some(last) = most.checked_sub(1) else { return Frequent { least: u64::MAX, equals: 0 } };
        if counts.len() <= most {
            return Frequent { least: 0, equals: 0 };
        }
        let (more, least, _) = counts.select_nth_unstable_by_key(last, |count| Reverse(*count));
        let more = more.iter().filter(|count| **count > *least).count();
        Frequent { least: *least, equals: most - more }
    }

    /// Returns those of a part of the index that may be, in ascending order, with their counts. Of equals each part gives as
    /// many as are wanted of all: which come first is told by their names.
    fn among(self, found: impl Iterator<Item = (u64, (u64, DocId))>) -> Vec<(u64, u64)> {
        let mut equals = self.equals;
        let mut wanted = |count: u64| {
            let equal = count == self.least;
            let admitted = count > self.least || equal && equals > 0;
            equals = equals.saturating_sub(usize::from(equal));
            admitted
        };
        found.map(|(ord, (count, _))| (ord, count)).filter(|(_, count)| wanted(*count)).collect()
    }
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
    /// unit has a value in both, so that the places are the same where their number is. Of a lone value there is nothing to
    /// read: many parts of an index are in one language.
    fn count(&mut self, units: &[DocId], rows: &[RowId], places: u32) {
        let Some(column) = self.column.as_ref().map(|column| column.ords()) else { return };
        if let [count] = self.counts.as_mut_slice()
            && column.values.num_vals() == places
        {
            *count += rows.len() as u64;
            return;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents of two parts by their counts, each at the place of its name.
    #[track_caller]
    fn check(most: usize, parts: [&[u64]; 2], expected: [&[(u64, u64)]; 2]) {
        let found = |part: &[u64]| (0..).zip(part.iter().map(|count| (*count, 0))).collect::<Vec<_>>();
        let frequent = Frequent::of(parts.into_iter().flat_map(found), most);
        assert_eq!(parts.map(|part| frequent.among(found(part).into_iter())), expected);
    }

    #[test]
    fn the_documents_with_most_units_are_named() {
        check(2, [&[1, 7], &[5, 3]], [&[(1, 7)], &[(0, 5)]]);
        check(9, [&[1, 7], &[5]], [&[(0, 1), (1, 7)], &[(0, 5)]]);
        check(3, [&[1, 7], &[5]], [&[(0, 1), (1, 7)], &[(0, 5)]]);
        check(0, [&[1, 7], &[5]], [&[], &[]]);
        check(2, [&[], &[]], [&[], &[]]);
    }

    #[test]
    fn of_equals_each_part_gives_as_many_as_are_wanted() {
        check(2, [&[1, 9, 1, 1], &[1, 1]], [&[(0, 1), (1, 9)], &[(0, 1)]]);
        check(2, [&[4, 4, 4], &[4, 4, 4]], [&[(0, 4), (1, 4)], &[(0, 4), (1, 4)]]);
    }
}
