//! Articles to the mentions that they belong to, by the words around them.

use super::super::find::pins::Pins;
use super::super::find::words::{Unit, link};
use super::super::find::{Found, Mention, Target};
use super::Resolver;
use super::links::Joint;

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
        let behind = self.behind_names();
        let mut attachments = vec![Attachment::None; self.found.len()];
        for index in (0..self.found.len()).rev() {
            let Some(Found::Pins(pins)) = self.found.get(index) else { continue };
            attachments[index] = self.attachment(index, pins, behind[index], &attachments);
        }
        self.go_on_lists(&mut attachments);
        attachments
    }

    fn attachment(&self, index: usize, pins: &Pins, is_behind: bool, later: &[Attachment]) -> Attachment {
        if pins.same {
            return Attachment::None;
        }
        // "the Paris Principles (see paragraph 24 above)"
        if pins.unit == Unit::Paragraph && matches!(self.text.norm(pins.to), "above" | "below" | "выше" | "ниже")
        {
            return Attachment::None;
        }
        if let Some((mention, _)) = self.name_behind(index, pins).filter(|_| !is_behind) {
            return Attachment::Forward(mention);
        }
        if let Some((mention, tight)) = self.name_before(index, pins) {
            return Attachment::Backward(mention, tight);
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

    /// The mention behind a group of pins that owns it, and how they are joined.
    fn name_behind(&self, index: usize, pins: &Pins) -> Option<(usize, Joint)> {
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
            && let Some(joint) = self.links_forward(pins.to, mention, pins.unit, aside)
        {
            return Some((next, joint));
        }
        // "article 7, paragraph 1, A/CONF.183/9, of the Rome Statute"
        if pins.unit == Unit::Article
            && let Some(Found::Mention(Mention { target: Target::Document(_), from, to })) = self.found.get(index + 1)
            && let Some(Found::Mention(mention)) = self.found.get(index + 2)
            && *from <= pins.to + 2
            && self.takes(pins, mention)
        {
            return self.links_forward(pins.to, mention, pins.unit, *from..*to).map(|joint| (index + 2, joint));
        }
        None
    }

    /// The mention before a group of pins that may own it, and whether nothing but marks stands between them.
    fn name_before(&self, index: usize, pins: &Pins) -> Option<(usize, bool)> {
        let (before, to) = self.mention_before(index, pins)?;
        let Found::Mention(mention) = self.found.get(before)? else { return None };
        let tight = self.takes(pins, mention).then(|| self.links_backward(to, pins.from)).flatten()?;
        // "in the light of article 2 of the Constitution of France, article 30 is not applicable"
        let is_far = (to..pins.from).any(|at| self.text.norm(at) == "of");
        let is_taken = || match before.checked_sub(1).and_then(|earlier| Some((earlier, self.found.get(earlier)?))) {
            Some((earlier, Found::Pins(pins))) => {
                self.name_behind(earlier, pins).is_some_and(|(name, _)| name == before)
            }
            _ => false,
        };
        (!is_far || !is_taken()).then_some((before, tight))
    }

    /// For each group of pins between two names whether it is of the one before it. Names and articles take turns, and
    /// which of them comes first tells: "ICCPR, art. 9, CRC, art. 37", but "art. 9, ICCPR, art. 37, CRC".
    fn behind_names(&self) -> Vec<bool> {
        let mut behind = vec![false; self.found.len()];
        // The mention that the articles before it have taken.
        let mut taken = None;
        for (index, found) in self.found.iter().enumerate() {
            let Found::Pins(pins) = found else { continue };
            let Some((next, joint)) = self.name_behind(index, pins) else { continue };
            let before = self.name_before(index, pins).filter(|(before, tight)| *tight && taken != Some(*before));
            let is_behind = joint == Joint::Beside
                && before.is_some()
                && (self.text.is_mark(pins.to, ',') || self.has_pins_behind(next));
            match is_behind {
                true => behind[index] = true,
                false => taken = Some(next),
            }
        }
        behind
    }

    /// Whether articles stand right behind a mention: "CRC art. 37".
    fn has_pins_behind(&self, mention: usize) -> bool {
        matches!(self.found.get(mention + 1), Some(Found::Pins(pins))
            if self.name_before(mention + 1, pins).is_some_and(|(before, tight)| tight && before == mention))
    }

    /// Gives the parts of one list that nothing else owns the owner of its first: "the Covenant: art. 3; art. 4".
    fn go_on_lists(&self, attachments: &mut [Attachment]) {
        for index in 1..attachments.len() {
            let (Some(Found::Pins(before)), Some(Found::Pins(pins))) =
                (self.found.get(index - 1), self.found.get(index))
            else {
                continue;
            };
            let goes_on = attachments[index] == Attachment::None
                && !pins.same
                && pins.unit == before.unit
                && link(self.text, before.to).is_some_and(|(_, next)| next == pins.from);
            let root = match attachments[index - 1] {
                Attachment::Backward(..) => index - 1,
                Attachment::Chain(root) if matches!(attachments[root], Attachment::Backward(..)) => root,
                _ => continue,
            };
            if goes_on {
                attachments[index] = Attachment::Chain(root);
            }
        }
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
