//! Mentions of treaties and declarations by name; other ways to mention them have modules of their own.

use super::super::names::{convention_of, match_name};
use super::super::registry::{Named, Registry};
use super::super::token::Text;
use super::abbreviations::{is_committee_after, read_abbreviation};
use super::classes::{class_of, english_class};
use super::ilo::{read_ilo, read_year_and_number};
use super::short::{end_of_title, read_generic, read_protocol, row_of_year, skip_definition};
use super::titles::{Title, title_after};
use super::words::{Link, link};
use super::{Class, Mention, Mode, Target};

/// Reads a mention that starts with a word.
pub(super) fn read(text: &Text<'_>, at: usize, mode: Mode) -> Vec<Mention> {
    if let Some(mentions) = read_ilo(text, at, mode).or_else(|| read_named_list(text, at)) {
        return mentions;
    }
    let mention = read_name(text, at, mode)
        .or_else(|| read_abbreviation(text, at, mode))
        .or_else(|| read_protocol(text, at))
        .or_else(|| read_generic(text, at, mode));
    mention.into_iter().collect()
}

/// Reads a name that starts with a number: "2030 Agenda", "1951 Convention".
pub(super) fn read_numbered_name(text: &Text<'_>, at: usize) -> Vec<Mention> {
    if let Some(mention) = read_name(text, at, Mode::Document) {
        return vec![mention];
    }
    if !text.is_year(at) {
        return Vec::new();
    }
    let mut noun = at + 1;
    let hague = matches!(text.norm(noun), "hague" | "geneva" | "refugee");
    noun += usize::from(hague);
    let Some(class) = english_class(text.norm(noun)).filter(|_| text.is_capital(noun)) else { return Vec::new() };
    if match_name(text, at + 1).is_some_and(|name| name.end > noun + 1) {
        return Vec::new();
    }
    let row = row_of_year(class, text.number(at).unwrap_or_default(), text.norm(at + 1) == "hague");
    row.map(|row| Mention { from: at, to: noun + 1, target: Target::Instrument(row) }).into_iter().collect()
}

fn read_name(text: &Text<'_>, at: usize, mode: Mode) -> Option<Mention> {
    let registry = Registry::get();
    let name = match_name(text, at)?;
    let end = name.end;
    let mention = |target, to| Some(Mention { from: at, to, target });
    match name.named {
        Named::Body(body) => mention(Target::Body(registry.body(body)), end),
        Named::Instrument(row) => {
            let id = registry.row(row).map_or("", |row| row.id);
            if matches!(id, "SDG" | "MDG") {
                return None;
            }
            if is_committee_after(text, end) || mode == Mode::Document && !is_proper(text, at, end) {
                return None;
            }
            if let Some(number) = id.strip_prefix("ILO-C") {
                let (named, end) = read_year_and_number(text, end);
                let number = named.or_else(|| number.parse().ok()).unwrap_or_default();
                return mention(Target::Ilo { number, recommendation: false }, end);
            }
            if is_several_protocols(text, at) {
                return None;
            }
            // Other treaties were made in Vienna too: "Vienna Convention on X".
            if id == "VCLT"
                && end <= at + 2
                && (matches!(text.norm(end), "on" | "for") || at > 0 && text.is_number(at - 1))
            {
                return mention(Target::Unknown(Some(Class::Convention)), end);
            }
            let own = registry.row(row)?;
            let end = match title_after(text, at, end, own, mode) {
                Title::Whole => end,
                Title::Own(after) => after,
                Title::Other => {
                    return mention(Target::Unknown(Some(class_of(own.en))), end_of_title(text, end).max(end));
                }
            };
            if id.starts_with("ECHR-P") {
                return mention(Target::Instrument(row), skip_parent(text, end));
            }
            let (ilo, after) = read_year_and_number(text, end);
            if ilo.is_some() {
                return mention(Target::Ilo { number: ilo.unwrap_or_default(), recommendation: false }, after);
            }
            mention(Target::Instrument(row), skip_definition(text, end))
        }
        Named::Law(law) => super::domestic::named(text, at, end, registry.law(law), mode),
    }
}

/// Steps over "to the ECHR" after a protocol's name.
fn skip_parent(text: &Text<'_>, at: usize) -> usize {
    if !matches!(text.norm(at), "to" | "к") {
        return at;
    }
    let parent = at + 1 + usize::from(text.norm(at + 1) == "the");
    let registry = Registry::get();
    let is_parent =
        |named| matches!(named, Named::Instrument(row) if registry.row(row).is_some_and(|row| row.id == "ECHR"));
    if registry.named_by_abbreviation(&text.raw(parent).to_uppercase()).is_some_and(is_parent) {
        return parent + 1;
    }
    match_name(text, parent).filter(|name| is_parent(name.named)).map_or(at, |name| name.end)
}

/// Reads "the Basel, Rotterdam and Stockholm conventions": one head word for several names.
fn read_named_list(text: &Text<'_>, at: usize) -> Option<Vec<Mention>> {
    let mut mentions = Vec::new();
    let mut next = at;
    while mentions.len() < 8 && text.is_capital(next) {
        mentions.push((next, convention_of(text, next)?));
        next = match link(text, next + 1) {
            Some((Link::Comma | Link::And, after)) => after,
            _ => break,
        };
    }
    let noun = mentions.last().map(|(last, _)| last + 1)?;
    let is_plural =
        text.norm(noun) == "conventions" || text.norm(noun) == "конвенций" || text.norm(noun).starts_with("конвенциям");
    (mentions.len() > 1 && is_plural).then(|| {
        let last = mentions.len() - 1;
        let mention = |(index, (from, row)): (usize, (usize, usize))| Mention {
            from,
            to: if index == last { noun + 1 } else { from + 1 },
            target: Target::Instrument(row),
        };
        mentions.into_iter().enumerate().map(mention).collect()
    })
}

/// Names of the registry are proper names: somewhere they have a capital letter.
fn is_proper(text: &Text<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| text.is_capital(at)) || to - from > if text.raw(from).is_ascii() { 3 } else { 2 }
}

/// "the two Optional Protocols to the Convention".
fn is_several_protocols(text: &Text<'_>, at: usize) -> bool {
    matches!(text.norm(at), "protocols" | "протоколы")
}
