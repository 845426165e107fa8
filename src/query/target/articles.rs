//! Bare numbers after the name of a law or a treaty: its units are articles, and "5" is the fifth of them.
//!
//! A report that goes through a treaty has headings of articles too; its paragraphs count on from one to the next, where
//! those of a law begin anew.

use super::{Place, Target};
use crate::citation::{article_of_heading, article_value, is_same_article};
use crate::document::Label;
use crate::search::StoredUnit;

impl Target {
    /// Returns a target of bare numbers as it is to be read in a document with these units: where it is made of articles, a
    /// number that no paragraph outside them bears is that of an article.
    pub fn read_in(mut self, units: &[StoredUnit]) -> Target {
        if is_made_of_articles(units) {
            let outside: Vec<&Label> =
                units.iter().filter(|unit| article_of(unit).is_none()).filter_map(|unit| unit.label.as_ref()).collect();
            let is_free = |label: &Label| outside.iter().all(|other| other.number != label.number);
            for place in &mut self.places {
                if let Some(article) = as_article(place, is_free, units) {
                    *place = article;
                }
            }
        }
        self
    }
}

/// Returns the number of the article that a unit stands in, as the document prints it.
fn article_of(unit: &StoredUnit) -> Option<&str> {
    unit.section.iter().rev().find_map(|heading| article_of_heading(heading))
}

/// Returns the number of an article as the document prints it: "18-1" where "18.1" is asked for and stands nowhere.
pub(super) fn printed_as<'u>(number: &'u str, units: &'u [StoredUnit]) -> &'u str {
    let printed = || units.iter().flat_map(|unit| &unit.section).filter_map(|heading| article_of_heading(heading));
    if printed().any(|printed| printed == number) {
        return number;
    }
    printed().find(|printed| is_same_article(printed, number)).unwrap_or(number)
}

/// Whether the units stand in articles, most of which count their paragraphs from the first, or by their own number
/// ("16.1."), or not at all.
fn is_made_of_articles(units: &[StoredUnit]) -> bool {
    let inside: Vec<(&str, &StoredUnit)> = units.iter().filter_map(|unit| Some((article_of(unit)?, unit))).collect();
    let articles: Vec<&[(&str, &StoredUnit)]> = inside.chunk_by(|one, next| one.0 == next.0).collect();
    let counts_on = |article: &&&[(&str, &StoredUnit)]| {
        let mut labels = article.iter().filter_map(|(number, unit)| Some((*number, unit.label.as_ref()?)));
        let first = labels.find(|(_, label)| !label.number.is_empty());
        first.is_some_and(|(article, label)| {
            let head = label.number.split(['.', ' ']).next();
            head != Some("1") && head != Some(article)
        })
    };
    articles.len() > 1 && articles.iter().filter(counts_on).count() * 2 < articles.len()
}

/// Returns a place as one of articles, where its numbers can be theirs.
fn as_article(place: &Place, is_free: impl Fn(&Label) -> bool, units: &[StoredUnit]) -> Option<Place> {
    match place {
        Place::Label(label) if is_free(label) => Some(Place::Article(
            printed_as(&label.number, units).to_owned(),
            label.items.split_first().map(|(number, items)| {
                let is_number = number.starts_with(|sign: char| sign.is_ascii_digit());
                match is_number {
                    true => Label { number: number.clone(), items: items.to_vec() },
                    false => Label { number: String::new(), items: label.items.clone() },
                }
            }),
        )),
        Place::Range(first, last) if first.items.is_empty() && last.items.is_empty() => {
            let range = (article_value(&first.number)?, article_value(&last.number)?);
            (is_free(first) && is_free(last)).then_some(Place::Articles(range.0, range.1))
        }
        _ => None,
    }
}
