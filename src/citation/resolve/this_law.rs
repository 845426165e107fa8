//! "this Act", «настоящий Федеральный закон»: the document itself, or within the wording that it gives another law, that law.

use super::super::context::Owner;
use super::super::find::Mention;
use super::super::find::pins::Pins;
use super::super::token::{Kind, Text};
use super::{Bound, Resolver};

/// Tokens between the verb of amendment and the law.
const FARTHEST_VERB: usize = 8;

impl Resolver<'_, '_> {
    pub(super) fn bind_this_law(&self, mention: &Mention, noun: &'static str, certain: bool) -> Bound {
        let quoted = self.is_quoted(mention.from);
        let law = match &self.context.own_law {
            Some(_) if quoted => self.context.amended.clone(),
            Some(own) => own.clone(),
            None if quoted || !certain => self.context.law_of(noun),
            // A document that is no law speaks of no law as its own: what is meant was left out.
            None => None,
        };
        let owner = law.map_or(certain.then_some(Owner::Unknown), |law| Some(Owner::Law(law)));
        Bound { implicit: self.context.own_law.is_some(), ..Bound::hidden(owner) }
    }

    /// Whether the words before or after a law say that it is being changed: «внести в Федеральный закон», "the Act is
    /// amended".
    pub(super) fn is_amended(&self, mention: &Mention) -> bool {
        if self.context.own_law.is_none() || self.is_quoted(mention.from) {
            return false;
        }
        let before = mention.from.saturating_sub(FARTHEST_VERB)..mention.from;
        let is_verb = |word: &str| word.starts_with("внест") || word.starts_with("внос") || word.starts_with("внесени");
        before.clone().any(|at| is_verb(self.text.norm(at))) && !before.clone().any(|at| self.text.is_mark(at, ';'))
            || (mention.to..mention.to + 3).any(|at| self.text.norm(at) == "amended")
            || before.rev().take(3).any(|at| self.text.norm(at) == "amending")
    }

    /// Whether a token stands in quotation marks, those of an earlier paragraph included.
    pub(super) fn is_quoted(&self, to: usize) -> bool {
        let quoted = self.quoted.get_or_init(|| {
            let mut depth = u32::from(self.context.quoting);
            let mut after = |at| {
                depth = match quote(self.text, at) {
                    Some(Quote::Opens) => depth + 1,
                    Some(Quote::Closes) => depth.saturating_sub(1),
                    None => depth,
                };
                depth > 0
            };
            std::iter::once(self.context.quoting).chain((0..self.text.len()).map(&mut after)).collect()
        });
        quoted.get(to).copied().unwrap_or_default()
    }

    /// Whether an article is the law's own, numbered at the head of its text: «Статья 5. Порядок», «"Статья 5».
    pub(super) fn is_own_article(&self, pins: &Pins) -> bool {
        let first = usize::from(quote(self.text, 0) == Some(Quote::Opens));
        let is_one = matches!(pins.items.as_slice(), [pin] if pin.path.is_empty());
        let ends = pins.to >= self.text.len() || self.text.is_mark(pins.to, '.');
        self.context.own_law.is_some() && pins.from == first && is_one && ends && !pins.same
    }

    /// Notes whether wording that a law quotes goes on in the next paragraph: only such as begins with its quotation mark,
    /// for a mark left open in a sentence is a slip.
    pub(super) fn note_quoting(&mut self) {
        if self.context.own_law.is_none() || !self.context.quoting && quote(self.text, 0) != Some(Quote::Opens) {
            return;
        }
        let last =
            (0..self.text.len()).rev().find(|at| !matches!(self.text.kind(*at), Some(Kind::Mark('.' | ';' | ','))));
        let closes = last.is_some_and(|last| quote(self.text, last) == Some(Quote::Closes));
        self.context.quoting = !closes || self.is_quoted(self.text.len());
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    Opens,
    Closes,
}

/// What a token does as a quotation mark; a straight one opens before a word that it touches.
fn quote(text: &Text<'_>, at: usize) -> Option<Quote> {
    match text.kind(at)? {
        Kind::Mark('«' | '“' | '„') => Some(Quote::Opens),
        Kind::Mark('»' | '”') => Some(Quote::Closes),
        Kind::Mark('"') if text.is_glued(at + 1) && (!text.is_glued(at) || at == 0) => Some(Quote::Opens),
        Kind::Mark('"') => Some(Quote::Closes),
        _ => None,
    }
}
