//! Articles to the mentions that they belong to, by the words around them.

use super::super::find::pins::Pins;
use super::super::find::words::Unit;
use super::super::find::{Found, Mention, Target};
use super::Resolver;

/// How a group of pins found its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attachment {
    /// The mention at this index follows ("article 7 of the Convention").
    Forward(usize),
    /// The mention at this index stands before ("CRC art. 7"); tight: nothing but marks between them.
    Backward(usize, bool),
    /// Shares the owner of the group at this index ("article 2 read with article 7 of the Covenant").
    Chain(usize),
    None,
}

impl Resolver<'_, '_> {
    /// Finds the owner of each group of pins, from the last to the first, so that a list can pass its owner on.
    pub(super) fn attach(&self) -> Vec<Attachment> {
        let mut attachments = vec![Attachment::None; self.found.len()];
        for index in (0..self.found.len()).rev() {
            let Some(Found::Pins(pins)) = self.found.get(index) else { continue };
            attachments[index] = self.attachment(index, pins, &attachments);
        }
        attachments
    }

    fn attachment(&self, index: usize, pins: &Pins, later: &[Attachment]) -> Attachment {
        if pins.same {
            return Attachment::None;
        }
        // "the Paris Principles (see paragraph 24 above)"
        if pins.unit == Unit::Paragraph && matches!(self.text.norm(pins.to), "above" | "below" | "выше" | "ниже")
        {
            return Attachment::None;
        }
        let mut next = index + 1;
        let mut aside = 0..0;
        // "rule 93 of the Committee's rules of procedure", with the committee named.
        if let Some(Found::Mention(Mention { target: Target::Body(_), from: body, to: body_end })) =
            self.found.get(next)
            && let Some(Found::Mention(Mention { target, from, .. })) = self.found.get(next + 1)
            && (*target == Target::Rules
                || matches!(target, Target::Resolution { .. } | Target::Comment { .. }) && *from <= body_end + 3)
        {
            next += 1;
            aside = *body..*body_end;
        }
        if let Some(Found::Mention(mention)) = self.found.get(next)
            && self.takes(pins, mention)
            && self.links_forward(pins.to, mention, pins.unit, aside)
        {
            return Attachment::Forward(next);
        }
        // "article 7, paragraph 1, A/CONF.183/9, of the Rome Statute"
        if pins.unit == Unit::Article
            && let Some(Found::Mention(Mention { target: Target::Document(_), from, to })) = self.found.get(index + 1)
            && let Some(Found::Mention(mention)) = self.found.get(index + 2)
            && *from <= pins.to + 2
            && self.takes(pins, mention)
            && self.links_forward(pins.to, mention, pins.unit, *from..*to)
        {
            return Attachment::Forward(index + 2);
        }
        if let Some((before, to)) = self.mention_before(index, pins)
            && let Some(Found::Mention(mention)) = self.found.get(before)
            && self.takes(pins, mention)
            && let Some(tight) = self.links_backward(to, pins.from)
        {
            return Attachment::Backward(before, tight);
        }
        if let Some(Found::Pins(following)) = self.found.get(index + 1)
            && !following.same
            && pins.unit == following.unit
            && self.links_list(pins.to, following.from)
            && later
                .get(index + 1)
                .is_some_and(|attachment| !matches!(attachment, Attachment::None | Attachment::Backward(..)))
        {
            return match later.get(index + 1) {
                Some(Attachment::Chain(root)) => Attachment::Chain(*root),
                _ => Attachment::Chain(index + 1),
            };
        }
        Attachment::None
    }

    /// The mention before a group of pins, and the token from which words may link them: for articles an instrument with
    /// its symbol in brackets ("Rome Statute (A/CONF.183/9), article 7") ends after the bracket.
    fn mention_before(&self, index: usize, pins: &Pins) -> Option<(usize, usize)> {
        let before = index.checked_sub(1)?;
        let Found::Mention(mention) = self.found.get(before)? else { return None };
        if pins.unit == Unit::Article
            && matches!(mention.target, Target::Document(_))
            && self.text.is_mark(mention.to, ')')
            && let Some(named) = before.checked_sub(1)
            && self.found.get(named).is_some_and(|named| named.to() + 1 == mention.from)
        {
            return Some((named, mention.to + 1));
        }
        Some((before, mention.to))
    }
}
