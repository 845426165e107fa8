//! Values of filters that nothing in the index has.

use super::failure::Failure;
use super::resolve::{self, Catalogue, Found};
use super::search::shortened;
use crate::annotator::bodies;
use crate::index::open::Reader;
use crate::search::{self, Filters, Request};

/// Says of each filter that alone lets no paragraph through which values it has.
///
/// # Errors
/// Whatever reading the index runs into.
pub fn absent(reader: &Reader, filters: &Filters) -> Result<Vec<String>, Failure> {
    let mut absent = Vec::new();
    let Filters { documents, sections, cites, countries, bodies, kinds, labels, years, .. } = filters;
    type Narrow = fn(&mut Filters, &[String]);
    type Hint = fn(&Reader, &str) -> Result<String, Failure>;
    let none: Hint = |_, _| Ok(String::new());
    let lists: [(&[String], Narrow, &str, Hint); 7] = [
        (documents, |filters, values| filters.documents = values.to_vec(), "no document is called", near_document),
        (sections, |filters, values| filters.sections = values.to_vec(), "no heading holds", none),
        (bodies, |filters, values| filters.bodies = values.to_vec(), "no document is of the body", near_body),
        (countries, |filters, values| filters.countries = values.to_vec(), "no document is about", none),
        (kinds, |filters, values| filters.kinds = values.to_vec(), "nothing is of the kind", none),
        (cites, |filters, values| filters.cites = values.to_vec(), "nothing cites", none),
        (labels, |filters, values| filters.labels = values.to_vec(), "no paragraph has the number", none),
    ];
    for (values, narrow, complaint, hint) in lists {
        let mut alone = Filters::default();
        narrow(&mut alone, values);
        if values.is_empty() || passes(reader, alone)? {
            continue;
        }
        for value in values {
            absent.push(format!("{complaint} \"{}\"{}", shortened(value), hint(reader, value)?));
        }
    }
    if let Some(years) = years
        && !passes(reader, Filters { years: Some(years.clone()), ..Filters::default() })?
    {
        let (from, to) = (years.start(), years.end());
        let span = if from == to { from.to_string() } else { format!("the years {from}..{to}") };
        absent.push(format!("no document is of {span}"));
    }
    Ok(absent)
}

fn passes(reader: &Reader, filters: Filters) -> Result<bool, Failure> {
    let request = Request { filters, limit: 1, ..Request::default() };
    Ok(search::search(reader, &request)?.total > 0)
}

fn near_document(reader: &Reader, name: &str) -> Result<String, Failure> {
    Ok(match Catalogue::new(reader)?.find(name)? {
        Found::Nothing { near } if !near.is_empty() => format!(" (perhaps {}?)", near.join(" or ")),
        _ => " (pincite documents lists them)".to_owned(),
    })
}

/// A body that is known and has no document, or what the index has instead.
fn near_body(reader: &Reader, name: &str) -> Result<String, Failure> {
    if let Some(body) = bodies::by_name(name) {
        return Ok(if body.name().eq_ignore_ascii_case(name) { String::new() } else { format!(", {}", body.name()) });
    }
    let documents = search::documents(reader, &Filters::default())?;
    let held = documents.iter().filter_map(|document| document.metadata.body.as_deref());
    let known =
        bodies::all().iter().flat_map(|body| body.english.iter().chain(&body.russian).copied().chain([body.id]));
    Ok(resolve::nearest_name(name, held.chain(known)).map_or_else(String::new, |near| format!(" (perhaps {near}?)")))
}
