//! Paragraphs alone: "paragraph 3" of the article just cited, or of the article that a general comment is on.
//!
//! A document's own paragraphs are no references ("see paragraph 12 below"); they are counted much further than those of
//! an article.

use super::super::context::Owner;
use super::super::find::pins::{Pin, Pins};
use super::super::find::words::Unit;
use super::super::token::Kind;
use super::Resolver;

/// Articles have no more paragraphs than this; a higher number is a paragraph of the document.
const MOST_PARAGRAPHS: u32 = 9;

/// An article of a treaty that has been cited, and the token after it.
#[derive(Debug, Clone)]
pub(super) struct CitedArticle {
    pub owner: Owner,
    article: String,
    to: usize,
}

impl CitedArticle {
    /// Returns the last article of a group that is a treaty's.
    pub fn of(owner: &Owner, pins: &Pins) -> Option<CitedArticle> {
        let last = pins.items.last().filter(|_| pins.unit == Unit::Article && !pins.same)?;
        matches!(owner, Owner::Instrument(_)).then(|| CitedArticle {
            owner: owner.clone(),
            article: last.article.clone(),
            to: pins.to,
        })
    }

    /// Returns paragraphs as those of this article.
    pub fn with_paragraphs(&self, pins: &Pins) -> Pins {
        let items = pins.items.iter().map(|pin| Pin { article: self.article.clone(), ..pin.clone() });
        Pins { items: items.collect(), ..pins.clone() }
    }
}

impl Resolver<'_, '_> {
    /// The article whose paragraphs these are: cited before in the sentence, else the subject of the general comment.
    pub(super) fn article_of_paragraph(&self, pins: &Pins, cited: Option<&CitedArticle>) -> Option<CitedArticle> {
        if !self.can_be_of_article(pins) {
            return None;
        }
        let in_sentence = cited.filter(|cited| {
            let between = cited.to..pins.from;
            between.len() <= 40 && !self.ends_sentence(cited.to, pins.from) && !self.names_other(cited.to, pins.from)
        });
        let subject = || {
            let (row, article) = self.context.subject.clone()?;
            Some(CitedArticle { owner: Owner::Instrument(row), article, to: 0 })
        };
        in_sentence.cloned().or_else(subject)
    }

    fn can_be_of_article(&self, pins: &Pins) -> bool {
        let text = self.text;
        let small = |pin: &Pin| {
            let number = pin.path.first().and_then(|number| number.parse::<u32>().ok());
            number.is_some_and(|number| (1..=MOST_PARAGRAPHS).contains(&number))
        };
        let before = pins.from.checked_sub(1).map_or("", |before| text.norm(before));
        let after = text.norm(pins.to + usize::from(text.is_mark(pins.to, ',')));
        // "para." is how documents are cited.
        let is_paragraph = matches!(text.norm(pins.from), "paragraph" | "paragraphs")
            || ["пункт", "подпункт", "subparagraph"].iter().any(|noun| text.norm(pins.from).starts_with(noun));
        is_paragraph
            && pins.items.iter().all(small)
            && !matches!(before, "see" | "cf" | "supra" | "also" | "см" | "также")
            && !matches!(
                after,
                "above"
                    | "below"
                    | "supra"
                    | "infra"
                    | "of"
                    | "hereof"
                    | "выше"
                    | "ниже"
                    | "доклада"
                    | "настоящего"
                    | "повестки"
            )
            && !matches!(text.kind(pins.to), Some(Kind::Mark('.')) if text.is_glued(pins.to) && text.is_number(pins.to + 1))
    }

    /// Whether something that has paragraphs of its own is named between two tokens.
    fn names_other(&self, from: usize, to: usize) -> bool {
        use super::super::find::{Found, Mention, Target};
        self.found.iter().any(|found| {
            let Found::Mention(Mention { target, from: at, .. }) = found else { return false };
            let has_paragraphs = matches!(
                target,
                Target::Document(_) | Target::Resolution { .. } | Target::Comment { .. } | Target::Communication { .. }
            );
            (from..to).contains(at) && has_paragraphs
        })
    }
}
