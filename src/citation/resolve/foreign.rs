//! Laws of other countries in a document about one: "Bush's Patriot Act" in an article on Laos.

use super::super::countries::country_at;
use super::super::find::Mention;
use super::Resolver;
use super::bound::{NO_COUNTRY, is_one_in_both_languages};

/// Tokens of a sentence that are looked at on each side of a law.
const REACH: usize = 60;

impl Resolver<'_, '_> {
    /// Returns that a law is of no known country, where its sentence speaks of another country and not of the document's,
    /// and the document names the law nowhere else. Codes, which every country has, are the document's own.
    pub(super) fn foreign(&mut self, mention: &Mention, name: &str) -> Option<&'static str> {
        let own = self.context.country.as_deref()?;
        if self.context.of_states || is_one_in_both_languages(name) {
            return None;
        }
        let (mut speaks_of_own, mut speaks_of_other) = (false, false);
        for at in self.sentence(mention) {
            if let Some(code) = country_at(self.text, at) {
                speaks_of_own |= code == own;
                speaks_of_other |= code != own;
            }
        }
        if speaks_of_own || !speaks_of_other {
            self.context.own_laws.insert(name.to_owned());
            return None;
        }
        (!self.context.own_laws.contains(name)).then_some(NO_COUNTRY)
    }

    /// The tokens of the sentence around a mention, without those of the mention.
    fn sentence(&self, mention: &Mention) -> impl Iterator<Item = usize> + use<> {
        let before = (mention.from.saturating_sub(REACH)..mention.from).rev();
        let from = before.take_while(|at| !self.ends_sentence(*at, at + 1)).last().unwrap_or(mention.from);
        let last = (mention.to + REACH).min(self.text.len());
        let to = (mention.to..last).find(|at| self.ends_sentence(*at, at + 1)).unwrap_or(last);
        (from..mention.from).chain(mention.to..to)
    }
}
