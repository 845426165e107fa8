//! One place of one owner as a reference with its key.

use super::super::article::without_mark;
use super::super::context::Owner;
use super::super::find::pins::Pin;
use super::super::registry::Registry;
use super::{LAW_OF_NO_COUNTRY, Resolver, article_number, ilo_id, is_one_in_both_languages, kind_of_key, law_key};
use crate::document::{Reference, ReferenceKind, with_points};

impl Resolver<'_, '_> {
    /// Writes the reference of one pin.
    pub(super) fn pin(&self, pin: &Pin, owner: Option<&(Owner, bool, bool)>) -> Reference {
        let mut reference = Reference {
            ordinal: 0,
            section: None,
            start: 0,
            end: 0,
            quote: String::new(),
            kind: ReferenceKind::Unbound,
            key: None,
            instrument: None,
            article: None,
            paragraph: None,
            sub: None,
            implicit: false,
            note: None,
        };
        let number = match owner {
            None | Some((Owner::Law(_), ..)) => with_points,
            Some(_) => without_mark,
        };
        let mut article = number(&pin.article);
        let mut path: Vec<String> = pin.path.iter().map(|part| number(part)).collect();
        let Some((owner, implicit, _)) = owner else {
            place(&mut reference, &article, &path);
            reference.note = Some("the text names no instrument".to_owned());
            return reference;
        };
        reference.implicit = *implicit;
        match owner {
            Owner::Instrument(_) | Owner::Ilo(_) | Owner::IloRecommendation(_) => split_dotted(&mut article, &mut path),
            _ => {}
        }
        place(&mut reference, &article, &path);
        let joined = |head: &str, separator: &str| {
            let mut key = head.to_owned();
            let parts = std::iter::once(article.as_str())
                .chain(path.iter().map(String::as_str))
                .filter(|part| !part.is_empty());
            for (index, part) in parts.enumerate() {
                key.push_str(if index == 0 { separator } else { "/" });
                key.push_str(part);
            }
            key
        };
        match owner {
            Owner::Instrument(row) => {
                let Some(row) = Registry::get().row(*row) else { return reference };
                reference.kind = ReferenceKind::Treaty;
                if row.id.starts_with("ILO-") {
                    reference.kind = ReferenceKind::IloConvention;
                }
                reference.instrument = Some(row.id.to_owned());
                match missing_article(&article, row.articles) {
                    Some(articles) => reference.note = Some(format!("{} has {articles} articles", row.id)),
                    None => reference.key = Some(joined(row.id, "/")),
                }
            }
            Owner::Ilo(number) => {
                let head = ilo_id(*number, false);
                reference.kind = ReferenceKind::IloConvention;
                let articles = Registry::get().by_id(&head).and_then(|row| row.articles);
                match missing_article(&article, articles) {
                    Some(articles) => reference.note = Some(format!("{head} has {articles} articles")),
                    None => reference.key = Some(joined(&head, "/")),
                }
                reference.instrument = Some(head);
            }
            Owner::IloRecommendation(number) => {
                let head = ilo_id(*number, true);
                reference.kind = ReferenceKind::IloConvention;
                reference.key = Some(joined(&head, "/"));
                reference.instrument = Some(head);
            }
            Owner::Law(law) => {
                let head = law_key(law, self.context.country.as_deref());
                reference.kind = ReferenceKind::DomesticLaw;
                if self.context.alone && !is_one_in_both_languages(&law.name) {
                    reference.note = Some(LAW_OF_NO_COUNTRY.to_owned());
                } else {
                    reference.key = Some(joined(&head, "/"));
                }
                reference.instrument = Some(head);
            }
            Owner::Document(head) => {
                reference.kind = kind_of_key(head);
                reference.key = Some(joined(head, "#"));
                reference.instrument = Some(head.clone());
            }
            Owner::Rules(body) => {
                reference.kind = ReferenceKind::RulesOfProcedure;
                match body.or(self.context.court()) {
                    Some(committee) => {
                        let head = format!("{committee}:ROP");
                        reference.key = Some(joined(&head, "/"));
                        reference.instrument = Some(head);
                        reference.implicit = body.is_none();
                    }
                    None => reference.note = Some("whose rules of procedure, the text does not say".to_owned()),
                }
            }
            Owner::Unknown => {
                reference.implicit = false;
                reference.note = Some("the registry does not have the instrument".to_owned());
            }
        }
        reference
    }
}

/// Puts article, paragraph and the rest of the path in their fields.
fn place(reference: &mut Reference, article: &str, path: &[String]) {
    reference.article = Some(article.to_owned()).filter(|article| !article.is_empty());
    let mut path = path.iter();
    reference.paragraph = path.next().cloned();
    let sub: Vec<&str> = path.map(String::as_str).collect();
    reference.sub = (!sub.is_empty()).then(|| sub.join("/"));
}

/// "12.1" of a treaty is article 12, paragraph 1.
fn split_dotted(article: &mut String, path: &mut Vec<String>) {
    if let Some((number, paragraph)) = article.clone().split_once('.') {
        path.splice(0..0, paragraph.split('.').map(str::to_owned));
        *article = number.to_owned();
    }
}

/// Returns how many articles the instrument has where it lacks this one.
fn missing_article(article: &str, articles: Option<u16>) -> Option<u16> {
    let number = article_number(article)?;
    articles.filter(|articles| number == 0 || number > u32::from(*articles))
}
