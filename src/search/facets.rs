//! Counts of the values that matching units have.

use std::collections::HashMap;

use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Query;

use super::filter::Filter;
use super::{FacetCount, Facets, collect};
use crate::index::IndexError;
use crate::index::open::Reader;

const NAMES: [&str; 6] = ["document", "language", "kind", "document_kind", "country", "body"];

/// Counts over all units that match, or without a query over all that pass the filter.
pub(super) fn count(reader: &Reader, query: Option<&dyn Query>, filter: &Filter) -> Result<Facets, IndexError> {
    let error = |error| reader.error(error);
    let mut parts: Vec<Part> =
        reader.searcher.segment_readers().iter().map(Part::new).collect::<Result<_, _>>().map_err(error)?;
    collect::each(reader, query, filter, &mut |segment, unit| {
        if let Some(part) = parts.get_mut(segment as usize) {
            part.count(unit);
        }
    })
    .map_err(error)?;
    let mut sums: [HashMap<String, u64>; 6] = Default::default();
    let mut years: HashMap<String, u64> = HashMap::new();
    for part in parts {
        for (sum, counter) in sums.iter_mut().zip(part.counters) {
            counter.add_to(sum).map_err(error)?;
        }
        for (year, count) in part.years {
            *years.entry(year.to_string()).or_default() += count;
        }
    }
    let [documents, languages, unit_kinds, kinds, countries, bodies] = sums.map(sorted);
    Ok(Facets { documents, languages, kinds, unit_kinds, countries, bodies, years: sorted(years) })
}

fn sorted(counts: HashMap<String, u64>) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}

/// Counters of one part of the index.
struct Part {
    counters: Vec<Counter>,
    year: Option<Column<u64>>,
    years: HashMap<u64, u64>,
}

impl Part {
    fn new(segment: &SegmentReader) -> tantivy::Result<Part> {
        let columns = segment.fast_fields();
        let counters = NAMES.iter().map(|name| Ok(Counter::new(columns.str(name)?)));
        Ok(Part {
            counters: counters.collect::<tantivy::Result<_>>()?,
            year: columns.column_opt::<u64>("year")?,
            years: HashMap::new(),
        })
    }

    fn count(&mut self, unit: u32) {
        for counter in &mut self.counters {
            counter.count(unit);
        }
        if let Some(year) = self.year.as_ref().and_then(|year| year.first(unit)) {
            *self.years.entry(year).or_default() += 1;
        }
    }
}

struct Counter {
    column: Option<StrColumn>,
    counts: Vec<u64>,
}

impl Counter {
    fn new(column: Option<StrColumn>) -> Counter {
        let size = column.as_ref().map_or(0, |column| column.num_terms());
        Counter { column, counts: vec![0; size] }
    }

    fn count(&mut self, unit: u32) {
        let Some(column) = &self.column else { return };
        for ord in column.term_ords(unit) {
            if let Some(count) = self.counts.get_mut(ord as usize) {
                *count += 1;
            }
        }
    }

    fn add_to(self, sum: &mut HashMap<String, u64>) -> tantivy::Result<()> {
        let Some(column) = self.column else { return Ok(()) };
        for (ord, count) in self.counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            let mut value = String::new();
            if column.ord_to_str(ord as u64, &mut value)? {
                *sum.entry(value).or_default() += count;
            }
        }
        Ok(())
    }
}
