//! Counts of the values that matching units have.

use std::collections::{BTreeMap, HashMap};

use tantivy::columnar::StrColumn;
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

type Counts = HashMap<String, u64>;

/// Counts over all units that match, or without a query over all that pass the filter.
pub(super) fn count(reader: &Reader, query: Option<&dyn Query>, filter: &Filter) -> Result<Facets, IndexError> {
    let error = |error| reader.error(error);
    let parts = collect::fold(reader, query, filter, Part::new, Part::count).map_err(error)?;
    let mut sums = Sums::default();
    for (part, segment) in parts.iter().zip(reader.searcher.segment_readers()) {
        part.add_to(segment, &mut sums).map_err(error)?;
    }
    let [documents, languages, unit_kinds] = sums.of_units.map(sorted);
    let [kinds, countries, bodies] = sums.of_documents.map(sorted);
    Ok(Facets { documents, languages, kinds, unit_kinds, countries, bodies, years: sorted(sums.years) })
}

#[derive(Default)]
struct Sums {
    of_units: [Counts; 3],
    of_documents: [Counts; 3],
    years: Counts,
}

fn sorted(counts: Counts) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}

/// Counters of one part of the index.
struct Part {
    counters: Vec<Counter>,
}

impl Part {
    fn new(segment: &SegmentReader) -> tantivy::Result<Part> {
        let counters = OF_UNITS.iter().map(|name| Ok(Counter::new(segment.fast_fields().str(name)?)));
        Ok(Part { counters: counters.collect::<tantivy::Result<_>>()? })
    }

    fn count(&mut self, unit: DocId) {
        for counter in &mut self.counters {
            counter.count(unit);
        }
    }

    fn add_to(&self, segment: &SegmentReader, sums: &mut Sums) -> tantivy::Result<()> {
        for (counter, sum) in self.counters.iter().zip(&mut sums.of_units) {
            let Some(column) = &counter.column else { continue };
            add(column, counter.found().map(|(ord, (count, _))| (ord, count)).collect(), sum)?;
        }
        let Some(documents) = self.counters.first() else { return Ok(()) };
        let columns = segment.fast_fields();
        for (name, sum) in OF_DOCUMENTS.iter().zip(&mut sums.of_documents) {
            let Some(column) = columns.str(name)? else { continue };
            let mut by_value: BTreeMap<u64, u64> = BTreeMap::new();
            for (_, (count, sample)) in documents.found() {
                if let Some(ord) = column.ords().first(sample) {
                    *by_value.entry(ord).or_default() += count;
                }
            }
            add(&column, by_value.into_iter().collect(), sum)?;
        }
        if let Some(years) = columns.column_opt::<u64>("year")? {
            for (_, (count, sample)) in documents.found() {
                if let Some(year) = years.first(sample) {
                    *sums.years.entry(year.to_string()).or_default() += count;
                }
            }
        }
        Ok(())
    }
}

/// Adds counts of values, given in ascending order, under their names. The dictionary is read once from its beginning to
/// its end: to look values up one by one would unpack a block of it for each.
fn add(column: &StrColumn, counts: Vec<(u64, u64)>, sum: &mut Counts) -> tantivy::Result<()> {
    let (ords, counts): (Vec<u64>, Vec<u64>) = counts.into_iter().unzip();
    let mut counts = counts.into_iter();
    column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
        if let (Some(count), Ok(value)) = (counts.next(), std::str::from_utf8(term)) {
            *sum.entry(value.to_owned()).or_default() += count;
        }
    })?;
    Ok(())
}

struct Counter {
    column: Option<StrColumn>,
    /// Units with each value, and one of them.
    counts: Vec<(u64, DocId)>,
}

impl Counter {
    fn new(column: Option<StrColumn>) -> Counter {
        let size = column.as_ref().map_or(0, |column| column.num_terms());
        Counter { column, counts: vec![(0, 0); size] }
    }

    fn count(&mut self, unit: DocId) {
        let ord = self.column.as_ref().and_then(|column| column.ords().first(unit));
        if let Some((count, sample)) = ord.and_then(|ord| self.counts.get_mut(ord as usize)) {
            *count += 1;
            *sample = unit;
        }
    }

    fn found(&self) -> impl Iterator<Item = (u64, (u64, DocId))> {
        (0..).zip(self.counts.iter().copied()).filter(|(_, (count, _))| *count > 0)
    }
}
