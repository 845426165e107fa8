//! General comments and recommendations: whose number it is.
//!
//! Order of trust: the words beside the number, the list it stands in, the sentence, the document, the year.

use super::super::find::{Found, Mention, Target};
use super::super::registry::Registry;
use super::{Bound, Resolver, keyed, unbound};
use crate::document::ReferenceKind;

/// What the words of a comment say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comment {
    pub recommendation: bool,
    pub number: u32,
    pub year: Option<u32>,
}

impl Comment {
    /// Whether a committee has a comment of this number, and of this year where one is given.
    fn exists(self, committee: &str) -> bool {
        committee == UNLISTED || self.rows(committee).next().is_some()
    }

    fn rows(self, committee: &str) -> impl Iterator<Item = &'static super::super::registry::GeneralComment> {
        Registry::get().comments().iter().filter(move |row| {
            row.committee == committee
                && u32::from(row.number) == self.number
                && self.year.is_none_or(|year| u32::from(row.year) == year)
        })
    }

    /// The one committee that has counted so far.
    fn only_committee(self) -> Option<&'static str> {
        let form = if self.recommendation { "GR" } else { "GC" };
        let mut matching = Registry::get()
            .comments()
            .iter()
            .filter(|row| u32::from(row.number) == self.number && row.form == form && self.year.is_none());
        let first = matching.next()?;
        matching.next().is_none().then_some(first.committee)
    }

    /// The one committee that adopted a comment of this number in this year.
    fn committee_of_year(self) -> Option<&'static str> {
        let year = self.year?;
        let mut matching = Registry::get().comments().iter().filter(|row| {
            u32::from(row.number) == self.number
                && u32::from(row.year) == year
                && (row.form == "GR" || !self.recommendation)
        });
        let first = matching.next()?;
        matching.next().is_none().then_some(first.committee)
    }
}

/// Makes general comments too, but counts them in no published list.
const UNLISTED: &str = "WGEID";

/// The committee's code in the table of comments.
fn committee(body: &str) -> Option<&'static str> {
    if body == UNLISTED {
        return Some(UNLISTED);
    }
    // "HRC" is the Council, save for general comments: the Council makes none.
    let body = if body == "HRC" { "CCPR" } else { body };
    Registry::get().comments().iter().find(|row| row.committee == body).map(|row| row.committee)
}

/// The committee whose treaty an instrument is.
fn committee_of_row(row: usize) -> Option<&'static str> {
    Registry::get().row(row)?.committee.and_then(committee)
}

impl Resolver<'_, '_> {
    pub(super) fn bind_comment(
        &mut self,
        index: usize,
        mention: &Mention,
        comment: Comment,
        body: Option<&'static str>,
        listed: bool,
    ) -> Bound {
        let near = body.or_else(|| self.body_near(index, mention, 30).map(|(body, _)| body)).and_then(committee);
        let own = self.context.committee.and_then(committee);
        let said = near
            .filter(|body| comment.exists(body))
            .or_else(|| self.committee_beside(index, mention))
            .or_else(|| self.committee_of_list(index, listed))
            .or_else(|| self.committee_after(index, mention));
        let own_form = |body: &&str| !comment.recommendation || matches!(*body, "CEDAW" | "CERD");
        let meant = said
            .or_else(|| own.filter(|body| comment.exists(body)).filter(own_form))
            .or_else(|| comment.committee_of_year())
            .or_else(|| comment.only_committee())
            .or_else(|| self.context.comments.get(&comment.number).copied())
            .or(near)
            .or(own.filter(|_| comment.year.is_none()))
            .or_else(|| self.committee_of_sentence(index, mention))
            .or_else(|| self.committee_of_last_comment(index).filter(|body| comment.exists(body)));
        let Some(committee) = meant else {
            return Bound {
                kind: ReferenceKind::GeneralComment,
                instrument: Some(format!("{}{}", if comment.recommendation { "GR" } else { "GC" }, comment.number)),
                ..unbound("which committee's, the text does not say", true)
            };
        };
        let implicit = said.is_none();
        if !implicit {
            self.context.comments.entry(comment.number).or_insert(committee);
        }
        let rows = Registry::get().comments();
        let form = rows.iter().find(|row| row.committee == committee).map_or("GC", |row| row.form);
        let key = format!("{committee}:{form}{}", comment.number);
        let mut bound = keyed(key, ReferenceKind::GeneralComment, implicit);
        if !(Comment { year: None, ..comment }).exists(committee) {
            bound.note = Some(format!("the list of the committee's general comments has no No. {}", comment.number));
        }
        bound
    }

    /// A treaty named right before ("Convention on ..., general recommendation 14"), or a symbol right after
    /// ("general comment No. 14 (E/C.12/2000/4)").
    fn committee_beside(&self, index: usize, mention: &Mention) -> Option<&'static str> {
        if let Some(Found::Mention(Mention { target: Target::Instrument(row), to, .. })) =
            index.checked_sub(1).and_then(|before| self.found.get(before))
            && mention.from <= to + 1
        {
            return committee_of_row(*row);
        }
        match self.found.get(index + 1) {
            Some(Found::Mention(Mention { target: Target::Document(symbol), from, .. })) if *from <= mention.to + 1 => {
                super::super::context::committee_of_symbol(symbol).and_then(committee)
            }
            _ => None,
        }
    }

    /// The committee of the list's member before, or the one named after its last member.
    fn committee_of_list(&self, index: usize, listed: bool) -> Option<&'static str> {
        let before = self.found.get(..index)?.iter().zip(&self.bound).rev();
        let mut before = before.filter(|(found, _)| is_comment(found));
        if listed && let Some((_, bound)) = before.next() {
            return bound.key.as_deref().and_then(|key| key.split(':').next()).and_then(committee);
        }
        let mut last = index;
        let mut next = index + 1;
        while let Some(found) = self.found.get(next) {
            match found {
                Found::Pins(_) => {}
                Found::Mention(Mention { target: Target::Comment { listed: true, body, .. }, .. }) => {
                    if let Some(body) = body {
                        return committee(body);
                    }
                    last = next;
                }
                Found::Mention(_) => break,
            }
            next += 1;
            if next > index + 12 {
                break;
            }
        }
        let Some(Found::Mention(mention)) = self.found.get(last).filter(|_| last > index) else { return None };
        self.body_near(last, mention, 0).and_then(|(body, _)| committee(body))
    }

    /// "general comment No. 13 on freedom from violence of the Committee on the Rights of the Child".
    fn committee_after(&self, index: usize, mention: &Mention) -> Option<&'static str> {
        const FARTHEST: usize = 30;
        for found in self.found.get(index + 1..)?.iter().take(6) {
            if found.from() > mention.to + FARTHEST || self.ends_sentence(mention.to, found.from()) {
                return None;
            }
            match found {
                Found::Mention(Mention { target: Target::Body(body), from, .. }) => {
                    let before = from - usize::from(self.text.norm(from - 1) == "the") - 1;
                    let genitive =
                        matches!(self.text.norm(before), "of" | "by") || self.text.norm(*from).starts_with("комитета");
                    return committee(body).filter(|_| genitive);
                }
                Found::Mention(Mention { target: Target::Comment { listed: false, .. }, .. }) => return None,
                _ => {}
            }
        }
        None
    }

    /// The treaty named last in the sentence before.
    fn committee_of_sentence(&self, index: usize, mention: &Mention) -> Option<&'static str> {
        let before = self.found.get(..index)?.iter().rev().take(6);
        let mut near = before.take_while(|found| !self.ends_sentence(found.to(), mention.from));
        near.find_map(|found| match found {
            Found::Mention(Mention { target: Target::Instrument(row), .. }) => committee_of_row(*row),
            Found::Mention(Mention { target: Target::Document(symbol), .. }) => {
                super::super::context::committee_of_symbol(symbol).and_then(committee)
            }
            _ => None,
        })
    }

    /// The committee of the comment named before in this text.
    fn committee_of_last_comment(&self, index: usize) -> Option<&'static str> {
        let before = self.found.get(..index)?.iter().zip(&self.bound).rev();
        let (_, bound) = before.filter(|(found, _)| is_comment(found)).take(1).next()?;
        bound.key.as_deref().and_then(|key| key.split(':').next()).and_then(committee)
    }
}

fn is_comment(found: &Found) -> bool {
    matches!(found, Found::Mention(Mention { target: Target::Comment { .. }, .. }))
}
