//! From what one text says to references with keys: pins are attached to mentions, short forms bound by the context.
//!
//! Order of trust: the words beside the article, the list it stands in, the sentence, the document.

mod alone;
mod attach;
mod bound;
mod comments;
mod conventions;
mod foreign;
mod links;
mod numbered;
mod paragraphs;
mod place;
mod this_law;

use std::cell::OnceCell;

use super::context::{Context, Law, Owner};
use super::find::pins::{Pin, Pins};
use super::find::words::Unit;
use super::find::{Class, Found, Mention, Target, symbols};
use super::registry::Registry;
use super::token::Text;
use crate::document::Reference;
use attach::Attachment;
use bound::*;
use comments::Comment;
use paragraphs::CitedArticle;

/// A reference with byte offsets of the text.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub start: usize,
    pub end: usize,
    pub reference: Reference,
}

/// Returns the references of one text in its order, and takes what it names into the context.
pub(super) fn resolve(text: &Text<'_>, found: &[Found], context: &mut Context) -> Vec<Resolved> {
    let bound = Vec::with_capacity(found.len());
    let mut resolver = Resolver { text, found, context, bound, quoted: OnceCell::new(), out: Vec::new() };
    resolver.bind_mentions();
    let owners = resolver.attach();
    resolver.emit(&owners);
    resolver.note_quoting();
    resolver.out.sort_by_key(|resolved| (resolved.start, resolved.end));
    resolver.out
}

/// Headings are no longer than this many tokens.
const LONGEST_HEADING: usize = 16;

struct Resolver<'a, 't> {
    text: &'a Text<'t>,
    found: &'a [Found],
    context: &'a mut Context,
    bound: Vec<Bound>,
    /// For every place between tokens whether it lies in quotation marks; counted where it is asked for.
    quoted: OnceCell<Vec<bool>>,
    out: Vec<Resolved>,
}

/// Why a protocol has no key.
const WHICH_PROTOCOL: &str = "which of the Optional Protocols is meant, the document does not say";

impl Resolver<'_, '_> {
    fn bind_mentions(&mut self) {
        for index in 0..self.found.len() {
            let bound = match self.found.get(index) {
                Some(Found::Mention(mention)) => self.bind(index, mention),
                _ => Bound::hidden(None),
            };
            self.bound.push(bound);
        }
    }

    fn bind(&mut self, index: usize, mention: &Mention) -> Bound {
        if let Target::Generic { class: Class::Protocol | Class::OptionalProtocol, .. } = mention.target
            && let Some(protocol) = self.protocol_beside(index, mention)
        {
            return protocol.map_or_else(|| unbound(WHICH_PROTOCOL, true), |row| instrument(row, true));
        }
        match &mention.target {
            Target::Instrument(row) if self.is_protocol_elsewhere(mention, *row) => Bound::hidden(None),
            Target::Instrument(row) => {
                self.context.note_naming(*row);
                self.note_definition(mention, *row);
                instrument(*row, false)
            }
            Target::Ilo { number, recommendation } => ilo(*number, *recommendation),
            // A charter of a country's own law ("the Canadian Charter") is taken up like a treaty.
            Target::Generic { class: Class::Charter, weak } if self.context.laws.contains_key("charter") => {
                match self.context.law_of("charter") {
                    Some(charter) => Bound { implicit: true, ..law(&charter, self.context.country.as_deref(), !weak) },
                    None => Bound::hidden(None),
                }
            }
            Target::Generic { class, weak } => {
                match self.treaty_of_body(index, *class).map_or_else(|| self.context.resolve(*class), Ok) {
                    Ok(row) => {
                        self.context.namings.note(*class, Some(row));
                        Bound { shown: !weak, ..instrument(row, true) }
                    }
                    Err(note) => {
                        unbound(note, !weak && !matches!(class, Class::Treaty | Class::Declaration | Class::Statute))
                    }
                }
            }
            Target::ProtocolTo(parent) => match self.context.protocol_to(*parent) {
                Some(row) => {
                    self.context.namings.note(Class::OptionalProtocol, Some(row));
                    instrument(row, true)
                }
                None => unbound(WHICH_PROTOCOL, true),
            },
            Target::Unknown(class) => {
                if let Some(class) = class {
                    self.context.namings.note(*class, None);
                }
                Bound::hidden(Some(Owner::Unknown))
            }
            Target::Body(body) => {
                if matches!(*body, "CHR" | "SUBCOM" | "ECOSOC") {
                    self.context.dated = Some(body);
                }
                Bound::hidden(None)
            }
            Target::Document(symbol) => document(symbols::key_of(symbol)),
            Target::Resolution { number, body } => self.bind_resolution(index, mention, number, *body),
            Target::Comment { recommendation, number, year, body, listed } => {
                let comment = Comment { recommendation: *recommendation, number: *number, year: *year };
                self.bind_comment(index, mention, comment, *body, *listed)
            }
            Target::Communication { number } => self.bind_communication(index, mention, number),
            Target::Rules => {
                self.context.rules = true;
                let body = self.body_near(index, mention, 15).map(|(body, _)| body);
                Bound::hidden(Some(Owner::Rules(body)))
            }
            Target::Goal { series, number } => {
                let implicit = series.is_none();
                match series.or(self.context.goals) {
                    Some(series) => {
                        self.context.goals = Some(series);
                        goal(series, number, implicit)
                    }
                    None => Bound::hidden(None),
                }
            }
            Target::Law { name, weak, country } => {
                if let Some(country) = country {
                    *self.context.country_counts.entry(country).or_default() += 1;
                }
                let named = Law { name: name.clone(), country: country.or_else(|| self.foreign(mention, name)) };
                let named = self.context.with_country(named);
                self.context.note_law(&named);
                if self.is_amended(mention) {
                    self.context.amended = Some(named.clone());
                }
                let mut bound = law(&named, self.context.country.as_deref(), !weak);
                if self.context.alone && !is_one_in_both_languages(name) {
                    bound.key = None;
                    bound.note = Some(LAW_OF_NO_COUNTRY.to_owned());
                }
                bound
            }
            Target::ThisLaw { noun, certain } => self.bind_this_law(mention, noun, *certain),
            Target::SameLaw(noun) => Bound::hidden(self.context.law_of(noun).map(Owner::Law)),
        }
    }

    fn emit(&mut self, attachments: &[Attachment]) {
        let mut consumed = vec![false; self.found.len()];
        for attachment in attachments {
            match attachment {
                Attachment::Forward(mention) | Attachment::Backward(mention, true) => {
                    if let Some(consumed) = consumed.get_mut(*mention) {
                        *consumed = true;
                    }
                }
                _ => {}
            }
        }
        let mut last: Option<(Owner, usize)> = None;
        let mut article: Option<CitedArticle> = None;
        for index in 0..self.found.len() {
            match self.found.get(index) {
                Some(Found::Mention(mention)) => {
                    let Some(bound) = self.bound.get(index).cloned() else { continue };
                    if let Some(owner) = &bound.owner
                        && (bound.shown || matches!(owner, Owner::Law(_)))
                    {
                        last = Some((owner.clone(), mention.to));
                    }
                    if bound.shown && !consumed.get(index).copied().unwrap_or(false) {
                        self.push_mention(mention, &bound);
                    }
                }
                Some(Found::Pins(pins)) => {
                    let alone = attachments.get(index).is_none_or(|attachment| *attachment == Attachment::None);
                    if alone
                        && pins.unit == Unit::Paragraph
                        && let Some(cited) = self.article_of_paragraph(pins, article.as_ref())
                    {
                        let pins = cited.with_paragraphs(pins);
                        self.push_pins(index, &pins, attachments, Some((cited.owner, true, false)));
                        continue;
                    }
                    let owner = self.owner_of(index, pins, attachments, last.as_ref());
                    if let Some((owner, _, _)) = &owner {
                        last = Some((owner.clone(), pins.to));
                        article = CitedArticle::of(owner, pins).or(article);
                    }
                    self.push_pins(index, pins, attachments, owner);
                }
                None => {}
            }
        }
    }

    /// Returns the owner of a group, whether it was bound by context, and the note of its mention.
    fn owner_of(
        &self,
        index: usize,
        pins: &Pins,
        attachments: &[Attachment],
        last: Option<&(Owner, usize)>,
    ) -> Option<(Owner, bool, bool)> {
        let root = match attachments.get(index)? {
            Attachment::Chain(root) => *root,
            _ => index,
        };
        if let Some(Attachment::Forward(mention) | Attachment::Backward(mention, _)) = attachments.get(root) {
            let bound = self.bound.get(*mention)?;
            return bound.owner.clone().map(|owner| (owner, bound.implicit, true));
        }
        if pins.same {
            return self.context.article.clone().map(|(owner, _)| (owner, true, false));
        }
        let owner = self.owner_by_context(pins, last).or_else(|| self.owner_of_article(pins));
        owner.map(|owner| (owner, true, false))
    }

    fn push_mention(&mut self, mention: &Mention, bound: &Bound) {
        let bytes = self.text.bytes(mention.from, mention.to);
        let article = bound.key.as_deref().and_then(|key| super::key::goal_of(key)).map(|(_, goal)| goal.to_owned());
        let reference = Reference {
            ordinal: 0,
            section: None,
            start: 0,
            end: 0,
            quote: self.text.source.get(bytes.clone()).unwrap_or_default().to_owned(),
            kind: bound.kind,
            key: bound.key.clone(),
            instrument: bound.instrument.clone(),
            article,
            paragraph: None,
            sub: None,
            implicit: bound.implicit,
            note: bound.note.clone(),
        };
        self.out.push(Resolved { start: bytes.start, end: bytes.end, reference });
    }

    fn push_pins(&mut self, index: usize, pins: &Pins, attachments: &[Attachment], owner: Option<(Owner, bool, bool)>) {
        // "Article 22" at the head of a text, of nothing that is known, is how that text is numbered.
        let is_numbering = pins.from == 0 && self.text.len() <= LONGEST_HEADING;
        if self.is_own_article(pins) {
            return;
        }
        if owner.is_none() && (pins.unit != Unit::Article || is_numbering && !pins.same) {
            return;
        }
        let attachment = attachments.get(index).copied().unwrap_or(Attachment::None);
        let count = pins.items.len();
        for (position, pin) in pins.items.iter().enumerate() {
            let mut pin = pin.clone();
            if pins.same {
                let Some((_, article)) = self.context.article.clone() else { return };
                pin.article = article;
            }
            let mut from = pin.from;
            let mut to = pin.to;
            match attachment {
                Attachment::Forward(mention) if position + 1 == count => {
                    to = self.found.get(mention).map_or(to, Found::to)
                }
                Attachment::Backward(mention, true) if position == 0 => {
                    from = self.found.get(mention).map_or(from, Found::from)
                }
                _ => {}
            }
            let pinned = self.pin(&pin, owner.as_ref());
            if let Some((owner, _, named)) = &owner {
                if *named {
                    self.context.note_place(pin.article.clone(), owner);
                    if pin.path.len() > 1 {
                        self.context.note_place(place_of(&pin), owner);
                    }
                }
                self.context.article = Some((owner.clone(), pin.article.clone()));
            }
            let bytes = self.text.bytes(from, to.max(from + 1));
            let quote = self.text.source.get(bytes.clone()).unwrap_or_default().to_owned();
            self.out.push(Resolved { start: bytes.start, end: bytes.end, reference: Reference { quote, ..pinned } });
        }
    }
}

/// An article with its whole path, as one word.
fn place_of(pin: &Pin) -> String {
    format!("{}/{}", pin.article, pin.path.join("/"))
}

fn is_protocol(owner: &Owner) -> bool {
    let Owner::Instrument(row) = owner else { return false };
    Registry::get().row(*row).is_some_and(|row| super::find::classes::class_of(row.en) == Class::OptionalProtocol)
}

/// Whether an instrument counts in rules.
fn is_rules(row: usize) -> bool {
    Registry::get().row(row).is_some_and(|row| row.en.iter().any(|name| name.contains("Rules")))
}

/// The leading number of an article.
fn article_number(article: &str) -> Option<u32> {
    let end = article.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(article.len());
    article.get(..end)?.parse().ok()
}
