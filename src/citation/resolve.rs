//! From what one text says to references with keys: pins are attached to mentions, short forms bound by the context.
//!
//! Order of trust: the words beside the article, the list it stands in, the sentence, the document.

use super::context::{Context, Owner};
use super::find::pins::{Pin, Pins};
use super::find::words::Unit;
use super::find::{Class, Found, Mention, Target, symbols};
use super::registry::Registry;
use super::token::{Kind, Text};
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

    /// "the Refugee Convention and its Protocol": the protocol of the instrument just named.
    fn protocol_beside(&self, index: usize, mention: &Mention) -> Option<usize> {
        let Some(Found::Mention(Mention { target: Target::Instrument(row), to, .. })) =
            self.found.get(index.checked_sub(1)?)
        else {
            return None;
        };
        let is_its = mention.from <= to + 3
            && (*to..mention.from).any(|at| matches!(self.text.norm(at), "its" | "thereto" | "его" | "ее"));
        let registry = Registry::get();
        let id = registry.row(*row).map(|row| row.id.as_str())?;
        match id {
            _ if !is_its => None,
            "REFUGEE" => registry.index_of("REFUGEE-P"),
            _ => self.context.protocol_to(Some(*row)),
        }
    }

    /// The body named next to a mention: "of the General Assembly" after it, or before it in the sentence.
    /// The distance counts tokens; a body after a mention is always near.
    fn body_near(&self, index: usize, mention: &Mention, reach: usize) -> Option<(&'static str, usize)> {
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

    /// Whether a sentence ends between two tokens.
    fn ends_sentence(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| {
            let closes = self.text.is_mark(at, '.') || self.text.is_mark(at, '?') || self.text.is_mark(at, '!');
            let before = at.checked_sub(1).map_or("", |before| self.text.raw(before));
            let abbreviated = before.chars().count() <= 2
                || matches!(self.text.norm(at.saturating_sub(1)), "art" | "arts" | "para" | "paras" | "nos");
            closes
                && !abbreviated
                && (self.text.is_capital(at + 1) || self.text.is_number(at + 1) || self.text.kind(at + 1).is_none())
        })
    }

    fn bind_resolution(&mut self, index: usize, mention: &Mention, number: &str, form: Option<&'static str>) -> Bound {
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
                    () if dated && (speaks_of("commission") || speaks_of("комиссия") || speaks_of("комиссии")) => {
                        Some("CHR")
                    }
                    () if has_slash && !dated && (speaks_of("council") || speaks_of("совет")) => Some("HRC"),
                    () if dated => Some("ECOSOC"),
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
        keyed(format!("{body}:{number}"), ReferenceKind::Resolution, implicit)
    }

    fn bind_comment(
        &mut self,
        index: usize,
        mention: &Mention,
        recommendation: bool,
        number: u32,
        year: Option<u32>,
    ) -> Bound {
        let comments = Registry::get().comments();
        let is_committee = |body: &str| comments.iter().any(|comment| comment.committee == body);
        let exists = |body: &str| {
            comments.iter().any(|comment| {
                comment.committee == body
                    && u32::from(comment.number) == number
                    && year.is_none_or(|year| u32::from(comment.year) == year)
            })
        };
        let near = self.body_near(index, mention, 30).map(|(body, _)| body).filter(|body| is_committee(body));
        let own = self.context.committee.filter(|body| is_committee(body));
        let listed = index.checked_sub(1).and_then(|before| match (self.found.get(before), self.bound.get(before)) {
            (Some(Found::Mention(earlier)), Some(bound))
                if matches!(earlier.target, Target::Comment { .. }) && mention.from <= earlier.to + 3 =>
            {
                bound.key.as_deref().and_then(|key| key.split(':').next())
            }
            _ => None,
        });
        let mut implicit = false;
        let mut committee = near.filter(|body| exists(body)).or_else(|| {
            listed
                .and_then(|listed| comments.iter().find(|comment| comment.committee == listed))
                .map(|comment| comment.committee)
        });
        if committee.is_none() {
            implicit = true;
            committee = own.filter(|body| exists(body) && (!recommendation || matches!(*body, "CEDAW" | "CERD")));
        }
        if committee.is_none() {
            let mut matching = comments.iter().filter(|comment| {
                u32::from(comment.number) == number
                    && year.is_some_and(|year| u32::from(comment.year) == year)
                    && (comment.form == "GR" || !recommendation)
            });
            let first = matching.next().map(|comment| comment.committee);
            committee = if matching.next().is_none() { first } else { None };
        }
        if committee.is_none() && recommendation && number > 37 && number <= 40 {
            committee = Some("CEDAW");
        }
        let committee = committee
            .or_else(|| self.context.comments.get(&number).copied())
            .or(near)
            .or(own.filter(|_| year.is_none()));
        let Some(committee) = committee else {
            return Bound {
                kind: ReferenceKind::GeneralComment,
                ..unbound("which committee's, the text does not say", true)
            };
        };
        let form = comments.iter().find(|comment| comment.committee == committee).map_or("GC", |comment| comment.form);
        if !implicit {
            self.context.comments.entry(number).or_insert(committee);
        }
        let known =
            comments.iter().any(|comment| comment.committee == committee && u32::from(comment.number) == number);
        let mut bound = keyed(format!("{committee}:{form}{number}"), ReferenceKind::GeneralComment, implicit);
        if !known {
            bound.note = Some(format!("the list of the committee's general comments has no No. {number}"));
        }
        bound
    }

    fn bind_communication(&mut self, index: usize, mention: &Mention, number: &str) -> Bound {
        const ISSUERS: [&str; 8] = ["CCPR", "CAT", "CEDAW", "CERD", "CRC", "CRPD", "CED", "CESCR"];
        let near = self.body_near(index, mention, 30).map(|(body, _)| body).filter(|body| ISSUERS.contains(body));
        let own = self.context.committee.filter(|body| ISSUERS.contains(body));
        let by_size = committee_of_number(number);
        let committee = near
            .or(own.filter(|own| by_size.is_none_or(|size| size == *own || *own != "CCPR" && size != "CCPR")))
            .or(by_size)
            .or(own);
        let space = committee.unwrap_or("COMM");
        Bound {
            instrument: Some(space.to_owned()),
            ..keyed(format!("{space}:{number}"), ReferenceKind::Communication, near.is_none())
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
            && self.links_forward(pins.to, mention.from, pins.unit)
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

    /// Whether such pins can belong to such a mention.
    fn takes(&self, pins: &Pins, mention: &Mention) -> bool {
        match mention.target {
            Target::Body(_) | Target::Goal(_) => false,
            Target::Rules => matches!(pins.unit, Unit::Rule | Unit::Article),
            Target::Document(_) | Target::Resolution { .. } | Target::Comment { .. } | Target::Communication { .. } => {
                pins.unit == Unit::Paragraph
            }
            Target::Instrument(row) => match pins.unit {
                Unit::Paragraph => Registry::get().row(row).is_some_and(|row| row.articles.is_none()),
                Unit::Rule => {
                    Registry::get().row(row).is_some_and(|row| row.en.iter().any(|name| name.contains("Rules")))
                }
                Unit::Section => Registry::get().row(row).is_some_and(|row| row.articles.is_none()),
                _ => true,
            },
            Target::Law { .. } | Target::SameLaw(_) => matches!(pins.unit, Unit::Article | Unit::Section | Unit::Rule),
            _ => pins.unit == Unit::Article,
        }
    }

    /// Whether the tokens between an article and a mention make "of the".
    fn links_forward(&self, from: usize, to: usize, unit: Unit) -> bool {
        let text = self.text;
        let mut at = from;
        let mut linked = false;
        // A remark in brackets, or between commas: "article 6 (right to life) of the Covenant".
        if text.is_mark(at, '(') {
            let close = (at + 1..(at + 16).min(to)).find(|close| text.is_mark(*close, ')'));
            let Some(close) = close else { return false };
            at = close + 1;
        }
        let start = at;
        while at < to {
            let passes = match text.kind(at) {
                Some(Kind::Mark(',' | '"' | '“' | '”' | '«' | '»' | '<' | '>')) => true,
                Some(Kind::Mark('.')) => matches!(text.norm(at - 1), "seq" | "ff"),
                Some(Kind::Number) => super::registry::is_year(text, at),
                Some(Kind::Word) => match text.norm(at) {
                    "of" | "to" | "in" | "under" | "from" => {
                        linked = true;
                        true
                    }
                    "the" | "this" | "that" | "said" | "same" | "present" | "both" | "its" | "their"
                    | "aforementioned" | "united" | "nations" | "international" | "european" | "un" | "common"
                    | "four" | "two" | "all" | "annexed" | "committee's" | "committee’s" | "amended" | "revised"
                    | "new" | "old" | "former" | "state" | "party's" | "above" | "mentioned" | "respectively"
                    | "and" | "thereof" | "provisional" | "et" | "seq" | "ff" | "security" | "council" | "general"
                    | "assembly" | "lao" | "draft" | "current" | "national" | "federal" | "country's" | "relevant"
                    | "thereto" | "first" => !(text.norm(at) == "and" && at == start),
                    "временных"
                    | "года"
                    | "год"
                    | "указанной"
                    | "указанного"
                    | "этой"
                    | "этого"
                    | "данной"
                    | "данного"
                    | "настоящей"
                    | "настоящего"
                    | "упомянутой"
                    | "упомянутого"
                    | "вышеуказанной"
                    | "вышеупомянутой"
                    | "этих"
                    | "его"
                    | "ее"
                    | "их"
                    | "своих"
                    | "своей"
                    | "нового"
                    | "действующего"
                    | "международной"
                    | "международного"
                    | "общей"
                    | "общая"
                    | "для"
                    | "соответственно"
                    | "к"
                    | "названной"
                    | "названного"
                    | "женевских"
                    | "четырех" => {
                        linked = true;
                        true
                    }
                    word => {
                        text.is_upper(at)
                            || text.is_capital(at) && is_country_adjective(word)
                            || is_russian_adjective(word)
                    }
                },
                _ => false,
            };
            if !passes || at - start > 9 {
                return false;
            }
            at += 1;
        }
        // "article 19 ICCPR", «статья 7 Конвенции», "article 5, CRC": no word is needed.
        let adjacent = to - start <= usize::from(unit != Unit::Paragraph);
        linked || adjacent
    }

    /// Whether a mention before an article owns it: "CRC art. 7", "the Convention (arts. 3 and 7)",
    /// "the Covenant, in particular its articles 2 and 3". Returns whether nothing but marks stands between them.
    fn links_backward(&self, from: usize, to: usize) -> Option<bool> {
        let text = self.text;
        if to - from > 7 {
            return None;
        }
        let mut tight = true;
        for at in from..to {
            match text.kind(at) {
                Some(Kind::Mark(',' | '(' | ':' | '[' | '—' | '–' | '-' | '/')) => {}
                Some(Kind::Word) => {
                    tight = false;
                    let passes = matches!(
                        text.norm(at),
                        "in" | "its"
                            | "particular"
                            | "particularly"
                            | "especially"
                            | "notably"
                            | "including"
                            | "under"
                            | "see"
                            | "specifically"
                            | "at"
                            | "namely"
                            | "в"
                            | "частности"
                            | "ее"
                            | "его"
                            | "включая"
                            | "особенно"
                            | "см"
                            | "именно"
                            | "а"
                            | "i"
                            | "e"
                    );
                    if !passes {
                        return None;
                    }
                }
                Some(Kind::Number) if super::registry::is_year(text, at) => {}
                Some(Kind::Mark('.')) if matches!(text.norm(at - 1), "см" | "e" | "i") => {}
                _ => return None,
            }
        }
        // "under the Covenant article 7" needs no mark; "the Convention in article 7" reads the same.
        Some(tight)
    }

    /// Whether two groups of articles make one list.
    fn links_list(&self, from: usize, to: usize) -> bool {
        let text = self.text;
        let mut at = from;
        if text.is_mark(at, '(') {
            let close = (at + 1..(at + 16).min(to)).find(|close| text.is_mark(*close, ')'));
            at = close.map_or(at, |close| close + 1);
        }
        at < to
            && to - at <= 12
            && (at..to).all(|at| match text.kind(at) {
                Some(Kind::Mark(',' | ';')) => true,
                Some(Kind::Word) => matches!(
                    text.norm(at),
                    "and"
                        | "or"
                        | "read"
                        | "in"
                        | "conjunction"
                        | "with"
                        | "together"
                        | "alone"
                        | "both"
                        | "taken"
                        | "separately"
                        | "also"
                        | "as"
                        | "well"
                        | "under"
                        | "thus"
                        | "the"
                        | "combined"
                        | "on"
                        | "its"
                        | "own"
                        | "when"
                        | "of"
                        | "if"
                        | "either"
                        | "to"
                        | "considered"
                        | "light"
                        | "that"
                        | "violation"
                        | "и"
                        | "или"
                        | "а"
                        | "также"
                        | "в"
                        | "сочетании"
                        | "совместно"
                        | "с"
                        | "со"
                        | "рассматриваемой"
                        | "рассматриваемых"
                        | "рассматриваемые"
                        | "взятой"
                        | "взятых"
                        | "отдельности"
                        | "по"
                        | "отдельно"
                        | "увязке"
                        | "рассматриваемая"
                        | "прочтении"
                        | "совокупности"
                        | "во"
                        | "к"
                        | "взаимосвязи"
                        | "читаемой"
                        | "читаемых"
                        | "вместе"
                        | "нарушение"
                ),
                _ => false,
            })
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

    /// An article alone: the last owner near by, else the document's main instrument.
    fn owner_by_context(&self, pins: &Pins, last: Option<&(Owner, usize)>) -> Option<Owner> {
        // "article 132 of the Interim Charter": of something, but of nothing that is known.
        if self.text.norm(pins.to) == "of" && pins.unit == Unit::Article {
            return Some(Owner::Unknown);
        }
        let main = self.context.main.map(Owner::Instrument);
        match pins.unit {
            Unit::Paragraph => return None,
            Unit::Rule if last.is_some_and(|(owner, _)| matches!(owner, Owner::Instrument(row) if is_rules(*row))) => {
                return last.map(|(owner, _)| owner.clone());
            }
            Unit::Rule => {
                return (self.context.rules && self.context.committee.is_some()).then_some(Owner::Rules(None));
            }
            Unit::Section => {
                let article = pins.items.first().map(|pin| pin.article.as_str()).unwrap_or_default();
                let mut cited = self
                    .context
                    .explicit
                    .iter()
                    .filter(|(owner, cited)| matches!(owner, Owner::Law(_)) && cited == article);
                let beside = matches!(self.text.norm(pins.to), "above" | "below" | "of");
                if let (Some((owner, _)), None, false) = (cited.next(), cited.next(), beside) {
                    return Some(owner.clone());
                }
                let near = last.filter(|(owner, to)| matches!(owner, Owner::Law(_)) && pins.from - to < 60);
                return near.map(|(owner, _)| owner.clone());
            }
            _ => {}
        }
        let article = pins.items.first().map(|pin| pin.article.clone()).unwrap_or_default();
        let fits = |owner: &Owner| pins.items.iter().all(|pin| self.has_article(owner, &pin.article));
        let fits_main = main.as_ref().is_some_and(fits);
        if let Some(owner) = self.owner_of_path(pins) {
            return Some(owner);
        }
        let takes_articles = |owner: &Owner| match owner {
            Owner::Document(_) | Owner::Rules(_) => false,
            Owner::Instrument(row) => {
                !is_rules(*row) && Registry::get().row(*row).is_some_and(|row| row.articles.is_some())
            }
            _ => true,
        };
        let Some((owner, to)) = last.filter(|(owner, _)| takes_articles(owner)) else {
            return if fits_main { main } else { None };
        };
        let is_domestic = matches!(owner, Owner::Law(_) | Owner::Unknown);
        if !is_domestic {
            let strays = main.as_ref().is_some_and(|main| main != owner)
                && fits_main
                && self.ends_sentence(to.max(&pins.from.saturating_sub(40)).to_owned(), pins.from);
            let strays =
                strays || fits_main && main.as_ref() != Some(owner) && is_protocol(owner) && self.is_violated(pins);
            return if fits(owner) && !strays { Some(owner.clone()) } else { main.filter(|_| fits_main) };
        }
        let known = main.as_ref().is_some_and(|main| self.context.explicit.contains(&(main.clone(), article.clone())));
        let known_here = self.context.explicit.contains(&(owner.clone(), article.clone()));
        let far = pins.from - to > 80;
        if fits_main && (self.is_violated(pins) || known && !known_here || far) {
            return main;
        }
        Some(owner.clone())
    }

    /// The one law with which the document cites this article elsewhere.
    fn owner_of_article(&self, pins: &Pins) -> Option<Owner> {
        let article = pins.items.first().filter(|_| pins.unit == Unit::Article).map(|pin| pin.article.as_str())?;
        let cited = |entry: &&(Owner, String)| matches!(entry.0, Owner::Law(_)) && entry.1 == article;
        let mut owners = self.context.explicit.iter().filter(cited).map(|(owner, _)| owner);
        let owner = owners.next()?;
        owners.next().is_none().then(|| owner.clone())
    }

    /// The one instrument with which the document cites this very paragraph ("article 5, paragraph 2 (b)").
    fn owner_of_path(&self, pins: &Pins) -> Option<Owner> {
        let pin = pins.items.first().filter(|pin| pin.path.len() > 1)?;
        let place = place_of(pin);
        let mut owners =
            self.context.explicit.iter().filter(|(_, explicit)| *explicit == place).map(|(owner, _)| owner);
        let owner = owners.next()?;
        owners.next().is_none().then(|| owner.clone())
    }

    /// Whether the words before an article speak of a treaty: "violation of article 7", "his rights under article 7".
    fn is_violated(&self, pins: &Pins) -> bool {
        (pins.from.saturating_sub(6)..pins.from).any(|at| {
            let word = self.text.norm(at);
            [
                "violat",
                "right",
                "claim",
                "breach",
                "meaning",
                "conjunction",
                "scope",
                "protect",
                "нарушени",
                "прав",
                "претензи",
                "жалоб",
            ]
            .iter()
            .any(|stem| word.starts_with(stem))
        })
    }

    fn has_article(&self, owner: &Owner, article: &str) -> bool {
        let Owner::Instrument(row) = owner else { return true };
        let Some(row) = Registry::get().row(*row) else { return false };
        article_number(article)
            .is_some_and(|number| row.articles.is_some_and(|articles| (1..=u32::from(articles)).contains(&number)))
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

/// «статья 5 Федерального закона»: an adjective in the genitive.
fn is_russian_adjective(word: &str) -> bool {
    ["ого", "его", "ской", "ной"].iter().any(|ending| word.ends_with(ending))
}

fn is_country_adjective(word: &str) -> bool {
    ["ese", "ian", "ish", "an", "ch", "sh", "i", "eek", "wiss", "utch"].iter().any(|ending| word.ends_with(ending))
        && word.len() > 4
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
