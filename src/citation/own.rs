//! The articles of a treaty that a document itself is: where somebody asks for "ICCPR article 19", the article comes before
//! whatever cites it.
//!
//! Invariant: a document is taken for the text of an instrument only where its title or a heading is the instrument's name
//! and nothing else, and most of its articles stand below as headings in their order. A report that goes through a treaty
//! article by article has neither.

use std::collections::{HashMap, HashSet};

use super::article::{of_heading, without_mark};
use super::names::match_name;
use super::registry::{Named, Registry};
use super::token::Text;
use crate::document::{Document, ParagraphKind, Provision, Section};

/// Of so many articles that an instrument has, as headings.
const MOST: (usize, usize) = (3, 4);
/// Articles that are enough where the registry does not say how many there are.
const SOME: usize = 5;

/// An article heading: its section, whose article it is, and which.
struct Article {
    section: usize,
    row: usize,
    number: String,
}

/// Returns the units of a document that are provisions of an instrument, in the order of the document.
pub(super) fn provisions(document: &Document) -> Vec<Provision> {
    let articles = articles(document);
    if articles.is_empty() {
        return Vec::new();
    }
    let mut of_section: Vec<Option<&Article>> = vec![None; document.sections.len()];
    for article in &articles {
        if let Some(place) = of_section.get_mut(article.section) {
            *place = Some(article);
        }
    }
    let article_of = |section: Option<usize>| -> Option<&Article> {
        let mut next = section;
        for _ in 0..document.sections.len() {
            let index = next?;
            if let Some(article) = of_section.get(index).copied().flatten() {
                return Some(article);
            }
            next = document.sections.get(index)?.parent;
        }
        None
    };
    let registry = Registry::get();
    let text = document.paragraphs.iter().filter(|unit| unit.kind != ParagraphKind::Footnote);
    let provision = |unit: &crate::document::Paragraph| {
        let article = article_of(unit.section)?;
        let mut key = format!("{}/{}", registry.row(article.row)?.id, article.number);
        if let Some(label) = &unit.label {
            let number = Some(label.number.as_str()).filter(|number| !number.is_empty());
            for part in number.into_iter().chain(label.items.iter().map(String::as_str)) {
                key.push('/');
                key.push_str(&part.to_lowercase());
            }
        }
        Some(Provision { ordinal: unit.ordinal, key })
    };
    text.filter_map(provision).collect()
}

/// Returns the instruments that the document is the text of, in its order.
pub(super) fn instruments(document: &Document) -> Vec<usize> {
    let rows = document.provisions.iter().filter_map(|provision| Registry::get().index_of(provision.treaty()));
    let mut rows: Vec<usize> = rows.collect();
    rows.dedup();
    rows
}

/// Returns whose text each unit is, by ordinal, where a document is the text of several instruments.
pub(super) fn texts(document: &Document) -> HashMap<u32, usize> {
    if instruments(document).len() < 2 {
        return HashMap::new();
    }
    let row = |provision: &Provision| Some((provision.ordinal, Registry::get().index_of(provision.treaty())?));
    document.provisions.iter().filter_map(row).collect()
}

/// Returns the sections that are headed by an article of the document itself.
pub(super) fn headings(document: &Document) -> HashSet<usize> {
    let ordinals: HashSet<u32> = document.provisions.iter().map(|provision| provision.ordinal).collect();
    let own = document.paragraphs.iter().filter(|unit| ordinals.contains(&unit.ordinal));
    let mut sections: HashSet<usize> = own.filter_map(|unit| unit.section).collect();
    sections.retain(|section| document.sections.get(*section).is_some_and(|entry| article(&entry.heading).is_some()));
    sections
}

fn articles(document: &Document) -> Vec<Article> {
    let title = document.metadata.title.as_deref().and_then(instrument);
    let mut row = title;
    let mut found: Vec<Article> = Vec::new();
    for (section, heading) in document.sections.iter().enumerate() {
        if let Some(named) = instrument(&heading.heading).or_else(|| instrument_in_two(&document.sections, section)) {
            row = Some(named);
        } else if let (Some(row), Some(number)) = (row, article(&heading.heading)) {
            found.push(Article { section, row, number });
        }
    }
    let mut rows: Vec<usize> = found.iter().map(|article| article.row).collect();
    rows.sort_unstable();
    rows.dedup();
    let whole: Vec<usize> = rows.into_iter().filter(|row| is_whole(*row, &found)).collect();
    found.retain(|article| whole.contains(&article.row));
    found
}

/// Whether most articles of an instrument are there, in their order.
fn is_whole(row: usize, articles: &[Article]) -> bool {
    let mut last = 0;
    let mut ascending = 0;
    for article in articles.iter().filter(|article| article.row == row) {
        let number: u16 = article.number.parse().unwrap_or(0);
        if number > last {
            (last, ascending) = (number, ascending + 1);
        }
    }
    match Registry::get().row(row).and_then(|row| row.articles) {
        Some(count) => ascending * MOST.1 >= usize::from(count) * MOST.0,
        None => ascending >= SOME,
    }
}

/// Returns the row of the instrument that a heading names and does no more.
pub(super) fn instrument(heading: &str) -> Option<usize> {
    let text = Text::new(heading);
    let from = (0..text.len()).find(|at| text.is_word(*at) && text.norm(*at) != "the")?;
    let name = match_name(&text, from)?;
    let Named::Instrument(row) = name.named else { return None };
    let adds_nothing = |at: usize| !text.is_word(at) || matches!(text.norm(at), "год" | "года" | "г");
    (name.end..text.len()).all(adds_nothing).then_some(row)
}

/// Returns the row of the instrument whose name stands in a heading and the one before it: "Convention", "against Torture
/// and Other ...".
fn instrument_in_two(sections: &[Section], at: usize) -> Option<usize> {
    const MOST_WORDS: usize = 3;
    let first = &sections.get(at.checked_sub(1)?)?.heading;
    let rest = &sections.get(at)?.heading;
    if first.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    instrument(&format!("{first} {rest}"))
}

/// Returns the number of the article that a heading announces: "Article 19", «Статья 19. Свобода мнений».
fn article(heading: &str) -> Option<String> {
    of_heading(&Text::new(heading)).map(|article| without_mark(&article.number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_a_name_and_no_more() {
        for (heading, expected) in [
            ("International Covenant on Civil and Political Rights", Some("ICCPR")),
            ("CONVENTION ON THE RIGHTS OF THE CHILD", Some("CRC")),
            ("Конвенция о правах ребенка (1989 год)", Some("CRC")),
            ("Implementation of the Convention on the Rights of the Child", None),
            ("Convention on the Rights of the Child: general measures", None),
            ("PART I", None),
        ] {
            let id = instrument(heading).and_then(|row| Registry::get().row(row)).map(|row| row.id);
            assert_eq!(id, expected, "{heading}");
        }
        for (headings, expected) in [
            (
                ["Convention", "against torture and other cruel, inhuman or degrading treatment or punishment"],
                Some("CAT"),
            ),
            (["Covenant", "PART I"], None),
            (["Annex to the report on the Convention", "on the Rights of the Child"], None),
        ] {
            let sections = headings.map(|heading| Section { heading: heading.to_owned(), parent: None });
            let id = instrument_in_two(&sections, 1).and_then(|row| Registry::get().row(row)).map(|row| row.id);
            assert_eq!(id, expected, "{headings:?}");
        }
    }
}
