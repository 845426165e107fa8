//! From what one text says to references with keys: pins are attached to mentions, short forms bound by the context.
//!
//! Order of trust: the words beside the article, the list it stands in, the sentence, the document.

mod alone;
mod links;
mod numbered;

use super::context::{Context, Owner};
use super::find::pins::{Pin, Pins};
use super::find::words::Unit;
use super::find::{Class, Found, Mention, Target, symbols};
use super::registry::Registry;
use super::token::Text;
use crate::document::{Reference, ReferenceKind};

/// What a mention stands for in its context.
#[derive(Debug, Clone)]
struct Bound {
    owner: Option<Owner>,
    kind: ReferenceKind,
    key: Option<String>,
    instrument: Option<String>,
    implicit: bool,
    note: Option<String>,
    /// Whether it is a reference when it stands alone.
    shown: bool,
}

impl Bound {
    fn hidden(owner: Option<Owner>) -> Bound {
        Bound {
            owner,
            kind: ReferenceKind::Unbound,
            key: None,
            instrument: None,
            implicit: false,
            note: None,
            shown: false,
        }
    }
}

/// A reference with byte offsets of the text.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub start: usize,
    pub end: usize,
    pub reference: Reference,
}

/// Returns the references of one text in its order, and takes what it names into the context.
pub(super) fn resolve(text: &Text<'_>, found: &[Found], context: &mut Context) -> Vec<Resolved> {
    let mut resolver = Resolver { text, found, context, bound: Vec::with_capacity(found.len()), out: Vec::new() };
    resolver.bind_mentions();
    let owners = resolver.attach();
    resolver.emit(&owners);
    resolver.out.sort_by_key(|resolved| (resolved.start, resolved.end));
    resolver.out
}

/// How a group of pins found its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attachment {
    /// The mention at this index follows ("article 7 of the Convention").
    Forward(usize),
    /// The mention at this index stands before ("CRC art. 7"); tight: nothing but marks between them.
    Backward(usize, bool),
    /// Shares the owner of the group at this index ("article 2 read with article 7 of the Covenant").
    Chain(usize),
    None,
}

struct Resolver<'a, 't> {
    text: &'a Text<'t>,
    found: &'a [Found],
    context: &'a mut Context,
    bound: Vec<Bound>,
    out: Vec<Resolved>,
}

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
        match &mention.target {
            Target::Instrument(row) => {
                self.context.note_naming(*row);
                instrument(*row, false)
            }
            Target::Ilo { number, recommendation } => ilo(*number, *recommendation),
            Target::Generic { class: Class::Protocol, .. } if self.protocol_beside(index, mention).is_some() => {
                self.protocol_beside(index, mention).map_or_else(|| Bound::hidden(None), |row| instrument(row, true))
            }
            // A charter of a country's own law ("the Canadian Charter") is taken up like a treaty.
            Target::Generic { class: Class::Charter, weak } if self.context.laws.contains_key("charter") => {
                let name = self.context.law_of("charter").unwrap_or_default();
                Bound { implicit: true, ..law(&name, self.context.country.as_deref(), !weak) }
            }
            Target::Generic { class, weak } => match self.context.resolve(*class) {
                Ok(row) => Bound { shown: !weak, ..instrument(row, true) },
                Err(note) => {
                    unbound(note, !weak && !matches!(class, Class::Treaty | Class::Declaration | Class::Statute))
                }
            },
            Target::ProtocolTo(parent) => match self.context.protocol_to(*parent) {
                Some(row) => instrument(row, true),
                None => unbound("which of the Optional Protocols is meant, the document does not say", true),
            },
            Target::Unknown => Bound::hidden(Some(Owner::Unknown)),
            Target::Body(_) => Bound::hidden(None),
            Target::Document(symbol) => document(symbols::key_of(symbol)),
            Target::Resolution { number, body } => self.bind_resolution(index, mention, number, *body),
            Target::Comment { recommendation, number, year, .. } => {
                self.bind_comment(index, mention, *recommendation, *number, *year)
            }
            Target::Communication { number } => self.bind_communication(index, mention, number),
            Target::Rules => {
                self.context.rules = true;
                let body = self.body_near(index, mention, 2).map(|(body, _)| body);
                Bound::hidden(Some(Owner::Rules(body)))
            }
            Target::Goal(number) => goal(number),
            Target::Law { name, weak } => {
                self.context.note_law(name);
                let mut bound = law(name, self.context.country.as_deref(), !weak);
                if self.context.alone && !is_one_in_both_languages(name) {
                    bound.key = None;
                    bound.note = Some(LAW_OF_NO_COUNTRY.to_owned());
                }
                bound
            }
            Target::SameLaw(noun) => Bound::hidden(self.context.law_of(noun).map(Owner::Law)),
        }
    }

    /// Finds the owner of each group of pins, from the last to the first, so that a list can pass its owner on.
    fn attach(&self) -> Vec<Attachment> {
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
        let mut next = index + 1;
        // "rule 93 of the Committee's rules of procedure", with the committee named.
        if let Some(Found::Mention(Mention { target: Target::Body(_), to: body_end, .. })) = self.found.get(next)
            && let Some(Found::Mention(Mention { target, from, .. })) = self.found.get(next + 1)
            && (*target == Target::Rules
                || matches!(target, Target::Resolution { .. } | Target::Comment { .. }) && *from <= body_end + 3)
        {
            next += 1;
        }
        if let Some(Found::Mention(mention)) = self.found.get(next)
            && self.takes(pins, mention)
            && self.links_forward(pins.to, mention, pins.unit)
        {
            return Attachment::Forward(next);
        }
        if let Some(Found::Mention(mention)) = index.checked_sub(1).and_then(|before| self.found.get(before))
            && self.takes(pins, mention)
            && let Some(tight) = self.links_backward(mention.to, pins.from)
        {
            return Attachment::Backward(index - 1, tight);
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
                    let owner = self.owner_of(index, pins, attachments, last.as_ref());
                    if let Some((owner, _, _)) = &owner {
                        last = Some((owner.clone(), pins.to));
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
        let article = bound.key.as_deref().and_then(|key| key.strip_prefix("SDG/")).map(str::to_owned);
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
        if owner.is_none() && pins.unit != Unit::Article {
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
                    self.context.explicit.insert((owner.clone(), pin.article.clone()));
                    if pin.path.len() > 1 {
                        self.context.explicit.insert((owner.clone(), place_of(&pin)));
                    }
                }
                self.context.article = Some((owner.clone(), pin.article.clone()));
            }
            let bytes = self.text.bytes(from, to.max(from + 1));
            let quote = self.text.source.get(bytes.clone()).unwrap_or_default().to_owned();
            self.out.push(Resolved { start: bytes.start, end: bytes.end, reference: Reference { quote, ..pinned } });
        }
    }

    /// Writes the reference of one pin.
    fn pin(&self, pin: &Pin, owner: Option<&(Owner, bool, bool)>) -> Reference {
        let mut reference = Reference {
            ordinal: 0,
            section: None,
            start: 0,
            end: 0,
            quote: String::new(),
            kind: ReferenceKind::Unbound,
            key: None,
            instrument: None,
            article: Some(pin.article.clone()).filter(|article| !article.is_empty()),
            paragraph: None,
            sub: None,
            implicit: false,
            note: None,
        };
        let mut article = pin.article.clone();
        let mut path = pin.path.clone();
        let Some((owner, implicit, _)) = owner else {
            place(&mut reference, &article, &path);
            reference.note = Some("the text names no instrument".to_owned());
            return reference;
        };
        reference.implicit = *implicit;
        match owner {
            Owner::Instrument(_) | Owner::Ilo(_) | Owner::IloRecommendation(_) => split_dotted(&mut article, &mut path),
            _ => {}
        }
        place(&mut reference, &article, &path);
        let joined = |head: &str, separator: &str| {
            let mut key = head.to_owned();
            let parts = std::iter::once(article.as_str())
                .chain(path.iter().map(String::as_str))
                .filter(|part| !part.is_empty());
            for (index, part) in parts.enumerate() {
                key.push_str(if index == 0 { separator } else { "/" });
                key.push_str(part);
            }
            key
        };
        match owner {
            Owner::Instrument(row) => {
                let Some(row) = Registry::get().row(*row) else { return reference };
                reference.kind = ReferenceKind::Treaty;
                if row.id.starts_with("ILO-") {
                    reference.kind = ReferenceKind::IloConvention;
                }
                reference.instrument = Some(row.id.clone());
                match missing_article(&article, row.articles) {
                    Some(articles) => reference.note = Some(format!("{} has {articles} articles", row.id)),
                    None => reference.key = Some(joined(&row.id, "/")),
                }
            }
            Owner::Ilo(number) => {
                let head = ilo_id(*number, false);
                reference.kind = ReferenceKind::IloConvention;
                let articles = Registry::get().by_id(&head).and_then(|row| row.articles);
                match missing_article(&article, articles) {
                    Some(articles) => reference.note = Some(format!("{head} has {articles} articles")),
                    None => reference.key = Some(joined(&head, "/")),
                }
                reference.instrument = Some(head);
            }
            Owner::IloRecommendation(number) => {
                let head = ilo_id(*number, true);
                reference.kind = ReferenceKind::IloConvention;
                reference.key = Some(joined(&head, "/"));
                reference.instrument = Some(head);
            }
            Owner::Law(name) => {
                let head = law_key(name, self.context.country.as_deref());
                reference.kind = ReferenceKind::DomesticLaw;
                if self.context.alone && !is_one_in_both_languages(name) {
                    reference.note = Some(LAW_OF_NO_COUNTRY.to_owned());
                } else {
                    reference.key = Some(joined(&head, "/"));
                }
                reference.instrument = Some(head);
            }
            Owner::Document(head) => {
                reference.kind = kind_of_key(head);
                reference.key = Some(joined(head, "#"));
                reference.instrument = Some(head.clone());
            }
            Owner::Rules(body) => {
                reference.kind = ReferenceKind::RulesOfProcedure;
                match body.or(self.context.committee) {
                    Some(committee) => {
                        let head = format!("{committee}:ROP");
                        reference.key = Some(joined(&head, "/"));
                        reference.instrument = Some(head);
                        reference.implicit = body.is_none();
                    }
                    None => reference.note = Some("whose rules of procedure, the text does not say".to_owned()),
                }
            }
            Owner::Unknown => {
                reference.implicit = false;
                reference.note = Some("the registry does not have the instrument".to_owned());
            }
        }
        reference
    }
}

/// An article with its whole path, as one word.
fn place_of(pin: &Pin) -> String {
    format!("{}/{}", pin.article, pin.path.join("/"))
}

/// Puts article, paragraph and the rest of the path in their fields.
fn place(reference: &mut Reference, article: &str, path: &[String]) {
    reference.article = Some(article.to_owned()).filter(|article| !article.is_empty());
    let mut path = path.iter();
    reference.paragraph = path.next().cloned();
    let sub: Vec<&str> = path.map(String::as_str).collect();
    reference.sub = (!sub.is_empty()).then(|| sub.join("/"));
}

/// "12.1" of a treaty is article 12, paragraph 1.
fn split_dotted(article: &mut String, path: &mut Vec<String>) {
    if let Some((number, paragraph)) = article.clone().split_once('.') {
        path.splice(0..0, paragraph.split('.').map(str::to_owned));
        *article = number.to_owned();
    }
}

fn is_protocol(owner: &Owner) -> bool {
    let Owner::Instrument(row) = owner else { return false };
    Registry::get().row(*row).is_some_and(|row| super::find::instruments::class_of(&row.en) == Class::OptionalProtocol)
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

/// Returns how many articles the instrument has where it lacks this one.
fn missing_article(article: &str, articles: Option<u16>) -> Option<u16> {
    let number = article_number(article)?;
    articles.filter(|articles| number == 0 || number > u32::from(*articles))
}

fn instrument(row: usize, implicit: bool) -> Bound {
    let id = Registry::get().row(row).map(|row| row.id.clone()).unwrap_or_default();
    Bound {
        owner: Some(Owner::Instrument(row)),
        kind: ReferenceKind::Treaty,
        key: Some(id.clone()),
        instrument: Some(id),
        implicit,
        note: None,
        shown: true,
    }
}

fn unbound(note: &str, shown: bool) -> Bound {
    Bound { note: Some(note.to_owned()), shown, ..Bound::hidden(None) }
}

fn keyed(key: String, kind: ReferenceKind, implicit: bool) -> Bound {
    Bound {
        owner: Some(Owner::Document(key.clone())),
        kind,
        instrument: Some(key.clone()),
        key: Some(key),
        implicit,
        note: None,
        shown: true,
    }
}

fn document(key: String) -> Bound {
    let kind = kind_of_key(&key);
    keyed(key, kind, false)
}

fn kind_of_key(key: &str) -> ReferenceKind {
    let (space, rest) = key.split_once(':').unwrap_or((key, ""));
    match space {
        "UN" => ReferenceKind::UnDocument,
        _ if rest.starts_with("GC") || rest.starts_with("GR") => ReferenceKind::GeneralComment,
        "CRC" | "CCPR" | "CAT" | "CEDAW" | "CERD" | "CRPD" | "CED" | "CESCR" | "CMW" | "COMM" => {
            ReferenceKind::Communication
        }
        _ => ReferenceKind::Resolution,
    }
}

fn goal(number: &str) -> Bound {
    let key = if number.is_empty() { "SDG".to_owned() } else { format!("SDG/{number}") };
    Bound {
        owner: None,
        kind: ReferenceKind::Sdg,
        key: Some(key),
        instrument: Some("SDG".to_owned()),
        implicit: false,
        note: None,
        shown: true,
    }
}

fn ilo_id(number: u32, recommendation: bool) -> String {
    format!("ILO-{}{number}", if recommendation { 'R' } else { 'C' })
}

/// The highest number of an ILO convention (2019) and recommendation (2023).
const ILO_LAST: (u32, u32) = (191, 209);

fn ilo(number: u32, recommendation: bool) -> Bound {
    let id = ilo_id(number, recommendation);
    let last = if recommendation { ILO_LAST.1 } else { ILO_LAST.0 };
    let exists = (1..=last).contains(&number);
    Bound {
        owner: Some(if recommendation { Owner::IloRecommendation(number) } else { Owner::Ilo(number) })
            .filter(|_| exists),
        kind: ReferenceKind::IloConvention,
        key: Some(id.clone()).filter(|_| exists),
        instrument: Some(id),
        implicit: false,
        note: (!exists).then(|| format!("the ILO has no such number (the last is {last})")),
        shown: true,
    }
}

/// Why the title of a law is no key by itself.
const LAW_OF_NO_COUNTRY: &str = "the text does not say which country's law it is";

/// Whether a law has one key in both languages: the codes of `laws.tsv`, and laws with a number.
fn is_one_in_both_languages(name: &str) -> bool {
    name.contains(" No. ") || Registry::get().has_law(name)
}

fn law_key(name: &str, country: Option<&str>) -> String {
    format!("{}:{name}", country.unwrap_or("LAW"))
}

fn law(name: &str, country: Option<&str>, shown: bool) -> Bound {
    let key = law_key(name, country);
    Bound {
        owner: Some(Owner::Law(name.to_owned())),
        kind: ReferenceKind::DomesticLaw,
        key: Some(key.clone()),
        instrument: Some(key),
        implicit: false,
        note: None,
        shown,
    }
}
