//! Lists whose members have titles between them: "general comments No. 5 on ..., No. 12 on ... and No. 13".
//!
//! The first member says what is numbered; each "No. 12" after a comma or "and" goes on the list until the sentence ends
//! or something else is numbered.

use super::super::token::{Kind, Text};
use super::domestic::number;
use super::words::{ends_sentence_at, link, skip_number_sign};
use super::{Found, Mention, Target, comments, decisions};

/// Titles are no longer than this many tokens.
const LONGEST_TITLE: usize = 48;

/// What a list counts, and where its last member ended.
#[derive(Debug, Clone, Default)]
pub(super) struct OpenList {
    last: Option<(Target, usize)>,
}

impl OpenList {
    /// Whether no list goes on.
    pub fn is_closed(&self) -> bool {
        self.last.is_none()
    }

    /// Reads the member that starts at a token.
    pub fn read(&self, text: &Text<'_>, at: usize) -> Option<Mention> {
        let (head, end) = self.last.as_ref()?;
        if at < *end || at - end > LONGEST_TITLE || !follows_link(text, at) {
            return None;
        }
        // "ILO Convention 182 on ... and Convention 138": the noun may come again.
        let is_noun = matches!(head, Target::Ilo { .. })
            && (matches!(text.norm(at), "convention" | "conventions") || text.norm(at).starts_with("конвенци"));
        let is_sign = text.is_mark(at, '№') || matches!(text.norm(at), "no" | "nos" | "n");
        // "Decree Law No. 20530 and 19990"
        let is_next_law = matches!(head, Target::Law { .. })
            && at <= end + 2
            && text.is_number(at)
            && text.raw(at).len() > 3
            && !text.is_year(at);
        if !is_sign && !is_noun && !is_next_law {
            return None;
        }
        let number_at = if is_next_law { at } else { skip_number_sign(text, at + usize::from(is_noun)) };
        if number_at == at && !is_next_law {
            return None;
        }
        match head {
            Target::Comment { recommendation, .. } => {
                let mention = comments::read_number(text, at, number_at, *recommendation)?;
                Some(comments::with_list(mention, None, true))
            }
            Target::Ilo { recommendation, .. } => {
                let number = text.number(number_at).filter(|number| *number < 250)?;
                let target = Target::Ilo { number, recommendation: *recommendation };
                Some(Mention { from: at, to: number_at + 1, target })
            }
            Target::Communication { .. } => {
                let (number, to) = decisions::read_communication_number(text, number_at)?;
                Some(Mention { from: at, to, target: Target::Communication { number } })
            }
            Target::Law { name, country, .. } => {
                let (kind, _) = name.split_once(" No. ")?;
                let (number, to) = number::read_law_number(text, number_at);
                let target = Target::Law { name: format!("{kind} No. {number}"), weak: false, country: *country };
                Some(Mention { from: at, to, target })
            }
            _ => None,
        }
    }

    /// Takes note of what was found at a token.
    pub fn note(&mut self, text: &Text<'_>, at: usize, found: &[Found]) {
        if found.is_empty() {
            if self.last.is_some() && text.is_mark(at, '.') && ends_sentence_at(text, at) {
                self.last = None;
            }
            return;
        }
        for entry in found {
            let Found::Mention(mention) = entry else { continue };
            match mention.target {
                Target::Comment { .. } | Target::Ilo { .. } | Target::Communication { .. } | Target::Law { .. } => {
                    self.last = Some((mention.target.clone(), mention.to));
                }
                Target::Resolution { .. } | Target::Unknown(_) => self.last = None,
                _ => {}
            }
        }
    }
}

/// Whether a comma or "and" stands right before a token.
fn follows_link(text: &Text<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    match text.kind(before) {
        Some(Kind::Mark(_) | Kind::Word) => link(text, before).is_some_and(|(_, end)| end == at),
        _ => false,
    }
}
