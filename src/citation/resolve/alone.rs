//! An article alone: bound by what stands near it, by what the document cites elsewhere, by what the document is on.

use super::super::context::Owner;
use super::super::find::pins::Pins;
use super::super::find::words::Unit;
use super::super::registry::Registry;
use super::{Resolver, article_number, is_protocol, is_rules, place_of};

impl Resolver<'_, '_> {
    /// An article alone: the last owner near by, else the document's main instrument.
    pub(super) fn owner_by_context(&self, pins: &Pins, last: Option<&(Owner, usize)>) -> Option<Owner> {
        // "article 132 of the Interim Charter": of something, but of nothing that is known.
        if self.text.norm(pins.to) == "of" && pins.unit == Unit::Article {
            return Some(Owner::Unknown);
        }
        let main = self.context.main.map(Owner::Instrument);
        match pins.unit {
            Unit::Paragraph => return None,
            Unit::Rule if last.is_some_and(|(owner, _)| matches!(owner, Owner::Instrument(row) if is_rules(*row))) => {
                return last.map(|(owner, _)| owner.clone());
            }
            Unit::Rule if self.follows_rules_of_evidence(pins) => return Some(Owner::Unknown),
            Unit::Rule => {
                return (self.context.rules && self.context.court().is_some()).then_some(Owner::Rules(None));
            }
            Unit::Section => {
                let article = pins.items.first().map(|pin| pin.article.as_str()).unwrap_or_default();
                let beside = matches!(self.text.norm(pins.to), "above" | "below" | "of");
                let cited = self.context.only_owner(article, |owner| matches!(owner, Owner::Law(_)));
                if cited.is_some() && !beside {
                    return cited;
                }
                let near = last.filter(|(owner, to)| matches!(owner, Owner::Law(_)) && pins.from - to < 60);
                return near.map(|(owner, _)| owner.clone());
            }
            _ => {}
        }
        let article = pins.items.first().map(|pin| pin.article.clone()).unwrap_or_default();
        let fits = |owner: &Owner| pins.items.iter().all(|pin| self.has_article(owner, &pin.article));
        let fits_main = main.as_ref().is_some_and(fits);
        if let Some(owner) = self.owner_of_path(pins) {
            return Some(owner);
        }
        let takes_articles = |owner: &Owner| match owner {
            Owner::Document(_) | Owner::Rules(_) => false,
            Owner::Instrument(row) => {
                !is_rules(*row) && Registry::get().row(*row).is_some_and(|row| row.articles.is_some())
            }
            _ => true,
        };
        let Some((owner, to)) = last.filter(|(owner, _)| takes_articles(owner)) else {
            return if fits_main { main } else { None };
        };
        let is_domestic = matches!(owner, Owner::Law(_) | Owner::Unknown);
        if !is_domestic {
            let strays = main.as_ref().is_some_and(|main| main != owner)
                && fits_main
                && self.ends_sentence(to.max(&pins.from.saturating_sub(40)).to_owned(), pins.from);
            let strays =
                strays || fits_main && main.as_ref() != Some(owner) && is_protocol(owner) && self.is_violated(pins);
            return if fits(owner) && !strays { Some(owner.clone()) } else { main.filter(|_| fits_main) };
        }
        let known = main.as_ref().is_some_and(|main| self.context.cites(&article, main));
        let known_here = self.context.cites(&article, owner);
        // The law with which the document cites this article elsewhere, rather than the one named last.
        if !known_here
            && !known
            && let Some(law) = self.owner_of_article(pins)
        {
            return Some(law);
        }
        let far = pins.from - to > 80;
        if fits_main && (self.is_violated(pins) || known && !known_here || far) {
            return main;
        }
        Some(owner.clone())
    }

    /// Whether the sentence speaks of rules of procedure and evidence, which are those of a criminal tribunal.
    fn follows_rules_of_evidence(&self, pins: &Pins) -> bool {
        const REACH: usize = 16;
        let from = pins.from.saturating_sub(REACH);
        let at = (from..pins.from).rev().find(|at| self.text.norm(*at) == "evidence");
        at.is_some_and(|at| at > 0 && self.text.norm(at - 1) == "and" && !self.ends_sentence(at, pins.from))
    }

    /// The one law with which the document cites this article elsewhere.
    pub(super) fn owner_of_article(&self, pins: &Pins) -> Option<Owner> {
        let article = pins.items.first().filter(|_| pins.unit == Unit::Article).map(|pin| pin.article.as_str())?;
        self.context.only_owner(article, |owner| matches!(owner, Owner::Law(_)))
    }

    /// The one instrument with which the document cites this very paragraph ("article 5, paragraph 2 (b)").
    pub(super) fn owner_of_path(&self, pins: &Pins) -> Option<Owner> {
        let pin = pins.items.first().filter(|pin| pin.path.len() > 1)?;
        self.context.only_owner(&place_of(pin), |_| true)
    }

    /// Whether the words before an article speak of a treaty: "violation of article 7", "his rights under article 7".
    pub(super) fn is_violated(&self, pins: &Pins) -> bool {
        (pins.from.saturating_sub(6)..pins.from).any(|at| {
            let word = self.text.norm(at);
            [
                "violat",
                "right",
                "claim",
                "breach",
                "meaning",
                "conjunction",
                "scope",
                "protect",
                "нарушени",
                "прав",
                "претензи",
                "жалоб",
            ]
            .iter()
            .any(|stem| word.starts_with(stem))
        })
    }

    pub(super) fn has_article(&self, owner: &Owner, article: &str) -> bool {
        let Owner::Instrument(row) = owner else { return true };
        let Some(row) = Registry::get().row(*row) else { return false };
        article_number(article)
            .is_some_and(|number| row.articles.is_some_and(|articles| (1..=u32::from(articles)).contains(&number)))
    }
}
