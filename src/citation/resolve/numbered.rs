//! Resolutions and communications: whose number it is.

use super::super::find::{Found, Mention, Target};
use super::super::registry::Registry;
use super::{Bound, Resolver, keyed};
use crate::document::ReferenceKind;

/// Tokens between an instrument and its protocol.
const FARTHEST_PARENT: usize = 5;

impl Resolver<'_, '_> {
    /// "the Convention against Torture and its Optional Protocol", "... and the Protocol thereto": the protocol of what was just
    /// named. `None` where the words do not say so, `Some(None)` where they do and it cannot be told which protocol that is.
    pub(super) fn protocol_beside(&self, index: usize, mention: &Mention) -> Option<Option<usize>> {
        let before = match self.found.get(index.checked_sub(1)?)? {
            Found::Mention(before) if mention.from.saturating_sub(before.to) <= FARTHEST_PARENT => Some(before),
            _ => None,
        };
        let from = before.map_or(mention.from.saturating_sub(FARTHEST_PARENT), |before| before.to);
        let its = (from..mention.from).any(|at| matches!(self.text.norm(at), "its" | "thereto" | "его" | "ее"));
        let thereto = self.text.norm(mention.to) == "thereto"
            || (self.text.norm(mention.to) == "к" && matches!(self.text.norm(mention.to + 1), "ней" | "нему"));
        if !its && !thereto || self.ends_sentence(from, mention.from) {
            return None;
        }
        let Some(Mention { target: Target::Instrument(row), .. }) = before else {
            // "the Convention and its Optional Protocol" is for the context to tell.
            let generic = matches!(before, Some(Mention { target: Target::Generic { .. }, to, .. })
                if !self.names_more(*to, mention.from));
            return (!generic).then_some(None);
        };
        let registry = Registry::get();
        Some(match registry.row(*row).map(|row| row.id)? {
            "REFUGEE" => registry.index_of("REFUGEE-P"),
            _ => self.context.protocol_to(Some(*row)),
        })
    }

    /// Whether a name goes on behind its head word: "Convention against Women".
    fn names_more(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.text.is_capital(at))
    }

    /// The body named next to a mention: "of the General Assembly" after it, or before it in the sentence.
    /// The distance counts tokens; a body after a mention is always near.
    pub(super) fn body_near(&self, index: usize, mention: &Mention, reach: usize) -> Option<(&'static str, usize)> {
        if let Some(Found::Mention(Mention { target: Target::Body(body), from, .. })) = self.found.get(index + 1) {
            let between = mention.to..*from;
            let linked = between.clone().all(|at| {
                matches!(self.text.norm(at), "of" | "the" | "adopted" | "by" | "") || self.text.is_mark(at, ',')
            });
            if between.len() <= 4 && linked {
                return Some((body, 0));
            }
        }
        for earlier in self.found.get(..index)?.iter().rev().take(6) {
            let Found::Mention(Mention { target, to, .. }) = earlier else { continue };
            let distance = mention.from.saturating_sub(*to);
            if distance > reach || self.ends_sentence(*to, mention.from) {
                return None;
            }
            if let Target::Body(body) = target {
                return Some((body, distance));
            }
        }
        None
    }

    pub(super) fn bind_resolution(
        &mut self,
        index: usize,
        mention: &Mention,
        number: &str,
        form: Option<&'static str>,
    ) -> Bound {
        const ISSUERS: [&str; 13] =
            ["GA", "UNSC", "HRC", "ECOSOC", "CHR", "SUBCOM", "WHA", "PACE", "CM", "ECLAC", "ESCAP", "ECA", "ECE"];
        let near = self.body_near(index, mention, 25).filter(|(body, _)| ISSUERS.contains(body));
        let tight = near.filter(|(_, distance)| *distance <= 4).map(|(body, _)| body);
        let has_slash = number.contains('/');
        let dated = has_slash && number.starts_with(['1', '2']) && number.find('/') == Some(4);
        let bare = !has_slash && !number.contains('(');
        let mut implicit = false;
        let previous = index.checked_sub(1).and_then(|before| match (self.found.get(before), self.bound.get(before)) {
            (Some(Found::Mention(Mention { target: Target::Resolution { .. }, .. })), Some(bound)) => {
                bound.key.as_deref()
            }
            _ => None,
        });
        let listed = previous.and_then(|key| key.split(':').next()).filter(|_| bare || has_slash && form.is_none());
        let fits = |body: &str| match body {
            "UNSC" => !has_slash,
            "GA" => !bare && !dated,
            "HRC" => has_slash && !dated,
            "ECOSOC" | "CHR" | "SUBCOM" => dated || number.contains('('),
            _ => true,
        };
        let body = match (tight.filter(|body| fits(body)), form) {
            (Some(body), _) => Some(body),
            (None, Some(form)) => Some(form),
            (None, None) => {
                implicit = true;
                let sentence = near.map(|(body, _)| body).filter(|body| fits(body));
                let own = self.context.body.filter(|body| fits(body));
                let speaks_of = |word: &str| {
                    (mention.from.saturating_sub(12)..mention.to + 6).any(|at| {
                        self.text.norm(at) == word
                            && !matches!(self.text.norm(at.saturating_sub(1)), "security" | "social")
                    })
                };
                let by_form = match () {
                    () if dated => Some(self.issuer_of_dated(index, mention, number)),
                    () if has_slash && !dated && (speaks_of("council") || speaks_of("совет")) => Some("HRC"),
                    () if number.starts_with("S-") => Some("HRC"),
                    () if has_slash => Some("GA"),
                    () if bare && number.len() >= 3 => Some("UNSC"),
                    () => None,
                };
                sentence
                    .or_else(|| listed.and_then(|listed| ISSUERS.iter().find(|issuer| **issuer == listed).copied()))
                    .or(own)
                    .or(by_form)
            }
        };
        let Some(body) = body.filter(|_| !bare || number.len() >= 2) else {
            return Bound::hidden(None);
        };
        if bare && body != "UNSC" && tight.is_none() {
            return Bound::hidden(None);
        }
        // A number alone is the Council's only where nobody else has passed it, and the Council may have come so far.
        let so_far = number.parse().is_ok_and(|number: u32| (1000..3000).contains(&number));
        if bare
            && form.is_none()
            && tight.is_none()
            && listed.is_none()
            && (!so_far || self.is_issued_otherwise(mention))
        {
            return Bound::hidden(None);
        }
        keyed(format!("{body}:{number}"), ReferenceKind::Resolution, implicit)
    }

    /// Of the bodies that number their resolutions by years: the one named in the sentence or last in the text. The
    /// Commission on Human Rights ended in 2006.
    fn issuer_of_dated(&self, index: usize, mention: &Mention, number: &str) -> &'static str {
        let year: u32 = number.split('/').next().and_then(|year| year.parse().ok()).unwrap_or_default();
        if year > 2006 {
            return "ECOSOC";
        }
        let around = mention.from.saturating_sub(12)..mention.to + 6;
        let speaks_of_commission =
            around.clone().any(|at| matches!(self.text.norm(at), "commission" | "комиссия" | "комиссии"));
        if speaks_of_commission {
            return "CHR";
        }
        let named = self.found.get(..index).unwrap_or_default().iter().rev().find_map(|found| match found {
            Found::Mention(Mention { target: Target::Body(body @ ("CHR" | "SUBCOM" | "ECOSOC")), .. }) => Some(*body),
            _ => None,
        });
        named.or(self.context.dated).unwrap_or("ECOSOC")
    }

    /// "Customs Authority resolution 2412": a capital before the word that is no organ of the United Nations.
    fn is_issued_otherwise(&self, mention: &Mention) -> bool {
        let Some(before) = mention.from.checked_sub(1) else { return false };
        let word = self.text.norm(before);
        let opens = matches!(word, "the" | "in" | "under" | "by" | "see" | "un" | "nations" | "council" | "security");
        let domestic = ["ministerial", "cabinet", "government", "presidential", "supreme", "administrative", "joint"];
        let after = self.text.norm(mention.to) == "of"
            && matches!(
                self.text.norm(mention.to + 1 + usize::from(self.text.norm(mention.to + 1) == "the")),
                "ministry" | "cabinet" | "government" | "president" | "plenum" | "supreme" | "national"
            );
        after
            || domestic.contains(&word)
            || self.text.is_capital(before) && !opens && !super::links::starts_sentence(self.text, before)
    }

    pub(super) fn bind_communication(&mut self, index: usize, mention: &Mention, number: &str) -> Bound {
        const ISSUERS: [&str; 8] = ["CCPR", "CAT", "CEDAW", "CERD", "CRC", "CRPD", "CED", "CESCR"];
        let near = self.body_near(index, mention, 30).map(|(body, _)| body).filter(|body| ISSUERS.contains(body));
        let own = self.context.committee.filter(|body| ISSUERS.contains(body));
        let by_size = committee_of_number(number);
        let committee = near
            .or(own.filter(|own| by_size.is_none_or(|size| size == *own || *own != "CCPR" && size != "CCPR")))
            .or(by_size)
            .or(own);
        let space = committee.unwrap_or("COMM");
        keyed(format!("{space}:{number}"), ReferenceKind::Communication, near.is_none())
    }
}

/// How many communications two committees had registered by the start of a year. Their numbers run so far apart that a
/// number tells its committee; the others' numbers are too small to.
const REGISTERED: [(&str, &[(u32, u32)]); 2] = [
    (
        "CCPR",
        &[
            (1977, 5),
            (1985, 180),
            (1990, 400),
            (1995, 620),
            (2000, 920),
            (2005, 1350),
            (2010, 1990),
            (2015, 2550),
            (2020, 3700),
            (2026, 5200),
        ],
    ),
    ("CAT", &[(1988, 1), (1995, 25), (2000, 155), (2005, 260), (2010, 410), (2015, 650), (2020, 980), (2026, 1300)]),
];

/// Returns the committee whose count by that year is near the number.
fn committee_of_number(number: &str) -> Option<&'static str> {
    let (number, year) = number.split_once('/')?;
    let (number, year): (u32, u32) = (number.parse().ok()?, year.parse().ok()?);
    let near = REGISTERED.iter().find(|(_, counts)| {
        counts.windows(2).any(|pair| {
            let [(from, low), (to, high)] = pair else { return false };
            let margin = (high - low) / 4 + 10;
            (*from..*to).contains(&year) && (low.saturating_sub(margin)..=high + margin).contains(&number)
        })
    });
    near.filter(|_| number > 170 || year < 1988).map(|(committee, _)| *committee)
}
