//! Filters: names to values of the index, values to a test of units.
//!
//! Invariant: a filter never changes a score. Filters that leave few units drive the search; others are tested only on
//! units that would enter the result, so that the pruning of the scorers stays alive.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

use super::{Filters, stored};
use crate::analyzer::fold_for_comparison;
use crate::annotator::{bodies, countries};
use crate::document::{ParagraphKind, is_decimal_below};
use crate::index::IndexError;
use crate::index::open::Reader;

/// Filters in the values of the index. Between the members all must hold.
#[derive(Debug)]
pub(super) struct Filter {
    /// Lists of terms of a raw field, one of which a unit must have.
    terms: Vec<(Field, Vec<String>)>,
    /// Folded texts, one of which must stand in a heading above the unit; none where any heading will do.
    sections: Vec<String>,
    section: Field,
    /// Names of a fast field with the values of which a unit must have one.
    values: Vec<(&'static str, Vec<String>)>,
    years: Option<RangeInclusive<u16>>,
    /// The tests of the parts of the index, made when first used.
    parts: Vec<OnceLock<SegmentFilter>>,
}

impl Filter {
    /// Reads the filters against what the index holds.
    pub fn new(reader: &Reader, filters: &Filters) -> Result<Filter, IndexError> {
        let fields = &reader.fields;
        let mut filter = Filter {
            terms: Vec::new(),
            sections: filters.sections.iter().map(|text| fold_for_comparison(text)).collect(),
            section: fields.section,
            values: Vec::new(),
            years: filters.years.clone(),
            parts: reader.searcher.segment_readers().iter().map(|_| OnceLock::new()).collect(),
        };
        if !filters.documents.is_empty() {
            let mut ids = Vec::new();
            for text in &filters.documents {
                ids.extend(stored::find_documents(reader, text)?);
            }
            filter.terms.push((fields.document, ids));
        }
        let lower = |values: &[String]| values.iter().map(|value| value.trim().to_lowercase()).collect::<Vec<_>>();
        if !filters.cites.is_empty() {
            filter.terms.push((fields.cites, lower(&filters.cites)));
        }
        if !filters.labels.is_empty() {
            let wanted: Vec<String> = lower(&filters.labels).iter().map(|label| printed(label)).collect();
            filter.terms.push((fields.label, matching_labels(reader, wanted)?));
        }
        if !filters.languages.is_empty() {
            let codes = filters.languages.iter().map(|language| language.code().to_owned());
            filter.values.push(("language", codes.collect()));
        }
        // The index holds codes and short names; people give either, in both languages.
        let country = |name: &String| countries::by_name(name).map_or(name.clone(), |country| country.code.to_owned());
        let body = |name: &String| bodies::by_name(name).map_or(name.clone(), |body| body.id.to_owned());
        if !filters.countries.is_empty() {
            filter.values.push(("country", filters.countries.iter().map(country).collect()));
        }
        if !filters.bodies.is_empty() {
            filter.values.push(("body", filters.bodies.iter().map(body).collect()));
        }
        filter.add_kinds(&filters.kinds);
        Ok(filter)
    }

    /// Lets some units through and no others.
    pub fn of_units(reader: &Reader, units: impl IntoIterator<Item = DocAddress>) -> Filter {
        let mut by_part: Vec<Vec<DocId>> = vec![Vec::new(); reader.searcher.segment_readers().len()];
        for unit in units {
            if let Some(part) = by_part.get_mut(unit.segment_ord as usize) {
                part.push(unit.doc_id);
            }
        }
        let made = |units| OnceLock::from(SegmentFilter { only: Some(in_order(units)), tests: Vec::new() });
        Filter {
            terms: Vec::new(),
            sections: Vec::new(),
            section: reader.fields.section,
            values: Vec::new(),
            years: None,
            parts: by_part.into_iter().map(made).collect(),
        }
    }

    /// Kinds of units and kinds of documents are told apart by their names, which differ.
    fn add_kinds(&mut self, kinds: &[String]) {
        let unit = |name: &String| ParagraphKind::ALL.iter().any(|(_, known)| known.eq_ignore_ascii_case(name.trim()));
        let (units, documents): (Vec<String>, Vec<String>) = kinds.iter().cloned().partition(unit);
        for (name, wanted) in [("kind", units), ("document_kind", documents)] {
            if !wanted.is_empty() {
                self.values.push((name, wanted));
            }
        }
    }

    /// Returns the test of one part of the index.
    pub fn for_part(&self, ord: u32, segment: &SegmentReader) -> tantivy::Result<&SegmentFilter> {
        // The filter was made for this index: it knows all parts.
        let Some(place) = self.parts.get(ord as usize) else { return Ok(&NOTHING) };
        if let Some(made) = place.get() {
            return Ok(made);
        }
        let made = self.make(segment)?;
        Ok(place.get_or_init(|| made))
    }

    fn make(&self, segment: &SegmentReader) -> tantivy::Result<SegmentFilter> {
        let mut made = SegmentFilter { only: None, tests: Vec::new() };
        for (field, terms) in &self.terms {
            made.narrow(units_with(segment, *field, terms)?);
        }
        if !self.sections.is_empty() {
            made.narrow(units_below(segment, self.section, &self.sections)?);
        }
        for test in self.tests(segment)? {
            if test.is_rare(segment.max_doc()) {
                made.narrow(test.units(segment.max_doc()));
            } else {
                made.tests.push(test);
            }
        }
        Ok(made)
    }

    fn tests(&self, segment: &SegmentReader) -> tantivy::Result<Vec<Test>> {
        let columns = segment.fast_fields();
        let mut tests = Vec::new();
        for (name, wanted) in &self.values {
            let wanted: Vec<String> = wanted.iter().map(|value| fold_for_comparison(value)).collect();
            tests.push(match columns.str(name)? {
                Some(column) => {
                    let ranges = ords_of(&column, &wanted)?;
                    Test { column: Some(column.ords().clone()), ranges }
                }
                None => Test { column: None, ranges: Vec::new() },
            });
        }
        if let Some(years) = &self.years {
            let years = u64::from(*years.start())..=u64::from(*years.end());
            tests.push(Test { column: columns.column_opt::<u64>("year")?, ranges: vec![years] });
        }
        Ok(tests)
    }
}

/// Writes a typed label as the index has it: "21(c)" as "21 (c)", "Annex I" as "annex i".
fn printed(label: &str) -> String {
    crate::document::Label::parse(label).map_or_else(|| label.to_owned(), |label| label.to_string()).to_lowercase()
}

/// Returns the labels with those of the index that are decimal numbers below one: "140.1" for "140". (The items of a
/// number are under its own term already.)
fn matching_labels(reader: &Reader, wanted: Vec<String>) -> Result<Vec<String>, IndexError> {
    let mut found: BTreeSet<String> = wanted.iter().cloned().collect();
    stored::each_term(reader, reader.fields.label, |label| {
        if wanted.iter().any(|above| is_decimal_below(label, above)) {
            found.insert(label.to_owned());
        }
    })?;
    Ok(found.into_iter().collect())
}

/// Returns the units that have one of the terms, in order.
fn units_with(segment: &SegmentReader, field: Field, terms: &[String]) -> tantivy::Result<Vec<DocId>> {
    let index = segment.inverted_index(field)?;
    let mut units = Vec::new();
    for text in terms {
        if let Some(postings) = index.read_postings(&Term::from_field_text(field, text), IndexRecordOption::Basic)? {
            add_all(postings, &mut units);
        }
    }
    Ok(in_order(units))
}

/// Returns the units below a heading that holds one of the texts, in order.
fn units_below(segment: &SegmentReader, section: Field, wanted: &[String]) -> tantivy::Result<Vec<DocId>> {
    let index = segment.inverted_index(section)?;
    let mut headings = index.terms().stream()?;
    let mut units = Vec::new();
    while headings.advance() {
        let Ok(heading) = std::str::from_utf8(headings.key()) else { continue };
        if !wanted.iter().any(|text| !text.is_empty() && heading.contains(text)) {
            continue;
        }
        add_all(index.read_postings_from_terminfo(headings.value(), IndexRecordOption::Basic)?, &mut units);
    }
    Ok(in_order(units))
}

fn add_all(mut postings: impl DocSet, units: &mut Vec<DocId>) {
    while postings.doc() != TERMINATED {
        units.push(postings.doc());
        postings.advance();
    }
}

/// Returns the units in order, each once.
fn in_order(mut units: Vec<DocId>) -> Vec<DocId> {
    units.sort_unstable();
    units.dedup();
    units
}

/// Returns the numbers that a column has for the wanted values, as ranges: ascending, with gaps between them.
fn ords_of(column: &StrColumn, wanted: &[String]) -> tantivy::Result<Vec<RangeInclusive<u64>>> {
    let mut ranges: Vec<RangeInclusive<u64>> = Vec::new();
    let mut value = String::new();
    for ord in 0..column.num_terms() as u64 {
        value.clear();
        if !column.ord_to_str(ord, &mut value)? || !wanted.contains(&fold_for_comparison(&value)) {
            continue;
        }
        match ranges.last_mut() {
            Some(last) if last.end() + 1 == ord => *last = *last.start()..=ord,
            _ => ranges.push(ord..=ord),
        }
    }
    Ok(ranges)
}

/// Units of a part that are looked at to tell whether a test passes few.
const SAMPLE: u32 = 256;
/// A test that passes at most one unit in so many is turned into the list of these.
const RARE: usize = 10;

/// A test of one column of a part of the index.
#[derive(Debug)]
struct Test {
    column: Option<Column<u64>>,
    /// Where the value must lie.
    ranges: Vec<RangeInclusive<u64>>,
}

impl Test {
    fn accepts(&self, unit: DocId) -> bool {
        let value = self.column.as_ref().and_then(|column| column.first(unit));
        value.is_some_and(|value| self.ranges.iter().any(|range| range.contains(&value)))
    }

    /// Whether few of the units pass, by a sample of them.
    fn is_rare(&self, units: u32) -> bool {
        let step = (units / SAMPLE).max(1) as usize;
        let passed = (0..units).step_by(step).filter(|unit| self.accepts(*unit)).count();
        passed * RARE <= (units as usize).div_ceil(step)
    }

    /// Returns the units that pass, in order.
    fn units(&self, end: DocId) -> Vec<DocId> {
        let mut units = Vec::new();
        let Some(column) = &self.column else { return units };
        for range in &self.ranges {
            // tantivy takes a range below the least value for that value.
            let range = column.min_value().max(*range.start())..=column.max_value().min(*range.end());
            if range.is_empty() {
                continue;
            }
            let mut found = Vec::new();
            column.get_docids_for_value_range(range, 0..end, &mut found);
            units.append(&mut found);
        }
        units.sort_unstable();
        units
    }
}

/// The test that no unit passes.
static NOTHING: SegmentFilter = SegmentFilter { only: Some(Vec::new()), tests: Vec::new() };

/// The test of one part of the index.
#[derive(Debug)]
pub(super) struct SegmentFilter {
    /// The units that pass the tests of which few do, in order; `None` without such tests.
    pub only: Option<Vec<DocId>>,
    /// The other tests.
    tests: Vec<Test>,
}

impl SegmentFilter {
    fn narrow(&mut self, units: Vec<DocId>) {
        self.only = Some(match self.only.take() {
            None => units,
            Some(before) => before.into_iter().filter(|unit| units.binary_search(unit).is_ok()).collect(),
        });
    }

    /// Whether every unit passes.
    pub fn is_open(&self) -> bool {
        self.only.is_none() && self.tests.is_empty()
    }

    /// Tests everything but `only`.
    pub fn accepts_values(&self, unit: DocId) -> bool {
        self.tests.iter().all(|test| test.accepts(unit))
    }
}
