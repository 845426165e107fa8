//! Filters and counts against the units themselves.

use super::*;

#[test]
fn filters_and_facets_agree_with_the_units() {
    let (_dir, reader) = many();
    let all = |filters: Filters| {
        let request = Request { limit: 1000, facets: true, filters, ..Request::default() };
        super::search(&reader, &request).expect("an answer")
    };
    let whole = all(Filters { years: Some(0..=9999), ..Filters::default() });
    assert!(reader.searcher.segment_readers().len() > 1);
    assert_eq!(whole.hits.len(), whole.total);
    let place = |hit: &Hit| (hit.unit.document.clone(), hit.unit.ordinal);
    assert!(whole.hits.is_sorted_by_key(place));
    let years = Filters { years: Some(0..=9999), ..Filters::default() };
    let page = Request { limit: 3, offset: 7, filters: years, ..Request::default() };
    let page = super::search(&reader, &page).expect("an answer");
    assert_eq!(page.total, whole.total);
    assert!(page.hits.iter().map(place).eq(whole.hits.iter().skip(7).take(3).map(place)));
    type Passes = fn(&StoredUnit) -> bool;
    let cases: [(Filters, Passes); 8] = [
        (Filters { years: Some(1991..=1991), ..Filters::default() }, |unit| year_of(unit) == 1991),
        (Filters { years: Some(1995..=2004), ..Filters::default() }, |unit| (1995..=2004).contains(&year_of(unit))),
        (Filters { years: Some(1900..=1989), ..Filters::default() }, |_| false),
        (Filters { years: Some(2030..=2040), ..Filters::default() }, |_| false),
        (Filters { countries: vec!["Laos".to_owned()], ..Filters::default() }, |unit| {
            unit.metadata.country.as_deref() == Some("LAO")
        }),
        (Filters { languages: vec![Language::RUSSIAN], ..Filters::default() }, |unit| {
            unit.language == Language::RUSSIAN
        }),
        (Filters { sections: vec!["right".to_owned()], ..Filters::default() }, |unit| unit.section == ["Rights"]),
        (Filters { sections: vec!["labour".to_owned()], years: Some(1990..=1992), ..Filters::default() }, |unit| {
            unit.section == ["Labour"] && (1990..=1992).contains(&year_of(unit))
        }),
    ];
    for (filters, passes) in cases {
        let answer = all(filters.clone());
        let wanted: Vec<&StoredUnit> = whole.hits.iter().map(|hit| &hit.unit).filter(|unit| passes(unit)).collect();
        let found: Vec<&StoredUnit> = answer.hits.iter().map(|hit| &hit.unit).collect();
        assert_eq!(found, wanted, "{filters:?}");
        let facets = answer.facets.expect("facets");
        let mut documents: BTreeMap<&str, u64> = BTreeMap::new();
        let mut years: BTreeMap<String, u64> = BTreeMap::new();
        for unit in wanted {
            *documents.entry(&unit.document).or_default() += 1;
            *years.entry(year_of(unit).to_string()).or_default() += 1;
        }
        let counted = |counts: &[FacetCount]| -> BTreeMap<String, u64> {
            counts.iter().map(|count| (count.value.clone(), count.count)).collect()
        };
        assert_eq!(
            counted(&facets.documents),
            documents.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect()
        );
        assert_eq!(counted(&facets.years), years);
        assert!(facets.documents.windows(2).all(|pair| pair[0].count >= pair[1].count));
    }
}

#[test]
fn the_documents_with_the_most_units_are_named_and_all_counted() {
    let (_dir, reader) = many();
    let filter = filter::Filter::new(&reader, &Filters::default()).expect("no filter");
    let count = |most| facets::count(&reader, None, &filter, most).expect("counts");
    let all = count(usize::MAX);
    assert_eq!((all.documents.len(), all.documents_in_all), (32, 32));
    for most in [0, 1, 7, 31, 32] {
        let documents = all.documents[..most].to_vec();
        assert_eq!(count(most), Facets { documents, ..all.clone() }, "{most}");
    }
}

fn year_of(unit: &StoredUnit) -> u16 {
    unit.metadata.date.as_ref().and_then(|date| date.parse().ok()).unwrap_or_default()
}
