//! Filters: names to values of the index, values to a test of units.
//!
//! Invariant: a filter never changes a score. Filters that leave few units drive the search; others are tested only on
//! units that would enter the result, so that the pruning of the scorers stays alive.

use std::collections::HashSet;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use super::{Filters, stored};
use crate::analyzer::fold_for_comparison;
use crate::annotator::{bodies, countries};
use crate::document::{ParagraphKind, is_decimal_below};
use crate::index::IndexError;
use crate::index::open::Reader;

/// Filters in the values of the index. Between the members all must hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    /// Lists of terms of a raw field, one of which a unit must have.
    terms: Vec<(Field, Vec<String>)>,
    /// Names of a fast field with the values of which a unit must have one.
    values: Vec<(&'static str, Vec<String>)>,
    years: Option<std::ops::RangeInclusive<u16>>,
}

impl Filter {
    /// Reads the filters against what the index holds.
    pub fn new(reader: &Reader, filters: &Filters) -> Result<Filter, IndexError> {
        let fields = &reader.fields;
        let mut filter = Filter { years: filters.years.clone(), ..Filter::default() };
        if !filters.documents.is_empty() {
            let mut ids = Vec::new();
            for text in &filters.documents {
                ids.extend(stored::find_documents(reader, text)?);
            }
            filter.terms.push((fields.document, ids));
        }
        if !filters.sections.is_empty() {
            filter.terms.push((fields.section, matching_sections(reader, &filters.sections)?));
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

    /// Prepares the test for one part of the index.
    pub fn for_segment(&self, segment: &SegmentReader) -> tantivy::Result<SegmentFilter> {
        let mut only: Option<Vec<DocId>> = None;
        for (field, terms) in &self.terms {
            let units = units_with(segment, *field, terms)?;
            only = Some(match only {
                None => units,
                Some(before) => before.into_iter().filter(|unit| units.binary_search(unit).is_ok()).collect(),
            });
        }
        let columns = segment.fast_fields();
        let mut values = Vec::new();
        for (name, wanted) in &self.values {
            let wanted: Vec<String> = wanted.iter().map(|value| fold_for_comparison(value)).collect();
            values.push(match columns.str(name)? {
                Some(column) => ValueTest::new(column, &wanted)?,
                None => ValueTest { column: None, ords: HashSet::new() },
            });
        }
        let years = match &self.years {
            Some(range) => {
                Some((columns.column_opt::<u64>("year")?, u64::from(*range.start())..=u64::from(*range.end())))
            }
            None => None,
        };
        Ok(SegmentFilter { only, values, years })
    }
}

/// Writes a typed label as the index has it: "21(c)" as "21 (c)".
fn printed(label: &str) -> String {
    crate::document::Label::parse(label).map_or_else(|| label.to_owned(), |label| label.to_string().to_lowercase())
}

/// Returns the headings of the index that hold one of the texts.
fn matching_sections(reader: &Reader, wanted: &[String]) -> Result<Vec<String>, IndexError> {
    let wanted: Vec<String> =
        wanted.iter().map(|text| fold_for_comparison(text)).filter(|text| !text.is_empty()).collect();
    let mut found = HashSet::new();
    stored::each_term(reader, reader.fields.section, |heading| {
        if wanted.iter().any(|text| heading.contains(text)) {
            found.insert(heading.to_owned());
        }
    })?;
    Ok(found.into_iter().collect())
}

/// Returns the labels with those of the index that are decimal numbers below one: "140.1" for "140". (The items of a
/// number are under its own term already.)
fn matching_labels(reader: &Reader, wanted: Vec<String>) -> Result<Vec<String>, IndexError> {
    let mut found: HashSet<String> = wanted.iter().cloned().collect();
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
        let Some(mut postings) = index.read_postings(&Term::from_field_text(field, text), IndexRecordOption::Basic)?
        else {
            continue;
        };
        while postings.doc() != TERMINATED {
            units.push(postings.doc());
            postings.advance();
        }
    }
    units.sort_unstable();
    units.dedup();
    Ok(units)
}

struct ValueTest {
    column: Option<StrColumn>,
    ords: HashSet<u64>,
}

impl ValueTest {
    fn new(column: StrColumn, wanted: &[String]) -> tantivy::Result<ValueTest> {
        let mut ords = HashSet::new();
        for ord in 0..column.num_terms() as u64 {
            let mut value = String::new();
            if column.ord_to_str(ord, &mut value)? && wanted.contains(&fold_for_comparison(&value)) {
                ords.insert(ord);
            }
        }
        Ok(ValueTest { column: Some(column), ords })
    }

    fn accepts(&self, unit: DocId) -> bool {
        let ord = self.column.as_ref().and_then(|column| column.ords().first(unit));
        ord.is_some_and(|ord| self.ords.contains(&ord))
    }
}

/// The test of one part of the index.
pub(super) struct SegmentFilter {
    /// The units that have the wanted terms, in order; `None` where no terms are wanted.
    pub only: Option<Vec<DocId>>,
    values: Vec<ValueTest>,
    years: Option<(Option<Column<u64>>, std::ops::RangeInclusive<u64>)>,
}

impl SegmentFilter {
    /// Tests everything but `only`.
    pub fn accepts_values(&self, unit: DocId) -> bool {
        let in_years = self.years.as_ref().is_none_or(|(column, range)| {
            column.as_ref().and_then(|column| column.first(unit)).is_some_and(|year| range.contains(&year))
        });
        in_years && self.values.iter().all(|test| test.accepts(unit))
    }
}
