//! "the Convention" in a document on no one treaty: what the words around it say.

use super::super::context::treaty_of;
use super::super::find::classes::{class_of, english_class, russian_class};
use super::super::find::{Class, Found, Mention, Target};
use super::super::registry::Registry;
use super::Resolver;

/// Mentions before a convention among which its committee is sought.
const LOOK_BACK: usize = 32;

impl Resolver<'_, '_> {
    /// The treaty of the committee that speaks in the paragraph: "CESCR noted the obligations under the Covenant". None where
    /// the document has a treaty of its own, or another was named since.
    pub(super) fn treaty_of_body(&self, index: usize, class: Class) -> Option<usize> {
        if !matches!(class, Class::Convention | Class::Covenant) || self.context.defaults.contains_key(&class) {
            return None;
        }
        for earlier in self.found.get(..index)?.iter().rev().take(LOOK_BACK) {
            let Found::Mention(Mention { target, .. }) = earlier else { continue };
            let class_of_row = |row: usize| Registry::get().row(row).map_or(Class::Other, |row| class_of(row.en));
            match target {
                Target::Body(body) => {
                    if let Some(row) = treaty_of(body) {
                        return Some(row).filter(|row| class_of_row(*row) == class);
                    }
                }
                Target::Instrument(row) if class_of_row(*row) == class => return None,
                Target::Unknown(Some(unknown)) if *unknown == class => return None,
                _ => {}
            }
        }
        None
    }

    /// Takes note of a definition: "the Convention against Torture (hereinafter “the Convention”)".
    pub(super) fn note_definition(&mut self, mention: &Mention, row: usize) {
        let Some(open) = (mention.from..mention.to).find(|at| self.text.is_mark(*at, '(')) else { return };
        let heads = (open + 1..mention.to)
            .find_map(|at| english_class(self.text.norm(at)).or_else(|| russian_class(self.text, at)));
        let Some(class) = heads else { return };
        let own = Registry::get().row(row).map_or(Class::Other, |row| class_of(row.en));
        if own == class || own == Class::OptionalProtocol && class == Class::Protocol {
            self.context.defined.entry(own).or_insert(row);
        }
    }

    /// Whether "Protocol No. 1" is a paper of its own: without the Convention of Strasbourg in the document it is none of its
    /// protocols.
    pub(super) fn is_protocol_elsewhere(&self, mention: &Mention, row: usize) -> bool {
        /// Tokens of "Protocol No. 12".
        const BARE: usize = 4;
        let is_bare = mention.to - mention.from <= BARE
            && Registry::get().row(row).is_some_and(|row| row.id.starts_with("ECHR-P"));
        is_bare && self.context.is_document && !self.context.is_on_strasbourg()
    }
}
