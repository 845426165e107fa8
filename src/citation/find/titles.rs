//! Titles that go on behind a short name: "the Universal Declaration on Cultural Diversity" is not the Universal
//! Declaration, "the European Convention on Extradition" not the European Convention.

use super::super::countries::country_at;
use super::super::names::match_name;
use super::super::registry::{Instrument, Named};
use super::super::token::Text;
use super::classes::{english_class, russian_class};
use super::short::is_name_part;
use super::{Class, Mode};

/// What follows a short name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    /// Nothing that belongs to the name.
    Whole,
    /// The subject of the instrument itself, in other words than its title ("European Convention of Human Rights"): the
    /// token after it.
    Own(usize),
    /// The subject of another instrument.
    Other,
}

/// Reads what follows a name that ends in a head word. Longer names of the registry have been tried before.
pub(super) fn title_after(text: &Text<'_>, from: usize, end: usize, row: &Instrument, mode: Mode) -> Title {
    let Some(last) = end.checked_sub(1) else { return Title::Whole };
    let english = english_class(text.norm(last)).is_some();
    if !english && russian_class(text, last).is_none() {
        return Title::Whole;
    }
    let link = text.norm(end);
    let links = match english {
        true => matches!(link, "on" | "of" | "for" | "against" | "concerning" | "regarding" | "relating" | "governing"),
        false => matches!(link, "о" | "об" | "против" | "прав"),
    };
    if !links || !is_broad(text, from, last) {
        return Title::Whole;
    }
    let mut subject = if link == "прав" { end } else { end + 1 };
    subject += usize::from(matches!(text.norm(subject), "to" | "the") && english);
    subject += usize::from(text.norm(subject) == "the" && english);
    if let Some(after) = own_subject(text, subject, row) {
        return Title::Own(after);
    }
    let is_other = match english {
        true => is_english_subject(text, from, subject, mode),
        false => !matches!(text.norm(subject), "том" | "этом" | "чем" | "которой" | "котором"),
    };
    if is_other { Title::Other } else { Title::Whole }
}

/// Whether a name says so little that others begin with it: of a region or of all, and whatever was declared somewhere. "The
/// Basel Convention on Hazardous Wastes" is the Basel Convention all the same.
fn is_broad(text: &Text<'_>, from: usize, last: usize) -> bool {
    const BROAD: [&str; 14] = [
        "universal",
        "european",
        "american",
        "african",
        "vienna",
        "geneva",
        "hague",
        "всеобщ",
        "европейск",
        "американск",
        "африканск",
        "венск",
        "женевск",
        "гаагск",
    ];
    let class = english_class(text.norm(last)).or_else(|| russian_class(text, last));
    class == Some(Class::Declaration)
        || text.norm(from) == "united"
        || text.norm(from) == "un"
        || BROAD.iter().any(|broad| text.norm(from).starts_with(broad))
}

/// Returns the token after the first words of the instrument's own subject: "human rights" of one on them, or two words that
/// stand together in a name of it ("the Vienna Convention of the Law on Treaties").
fn own_subject(text: &Text<'_>, at: usize, row: &Instrument) -> Option<usize> {
    let is_small = |word: &str| matches!(word, "on" | "of" | "the" | "for" | "and" | "to" | "in");
    if row.en.iter().any(|name| name.contains("Human")) {
        if text.norm(at).starts_with("прав") && text.norm(at + 1) == "человека" {
            return Some(at + 2);
        }
        if text.norm(at) == "human" && text.norm(at + 1).starts_with("ri") {
            return Some(at + 2);
        }
        if text.norm(at) == "human" && text.norm(at + 1) == "and" {
            let rights = (at + 2..at + 5).find(|next| text.norm(*next) == "rights");
            return Some(rights.map_or(at + 2, |rights| rights + 1));
        }
    }
    let mut words = (at..at + 4).filter(|at| !is_small(text.norm(*at)));
    let (first, second) = (words.next()?, words.next()?);
    let is_own = row.en.iter().any(|name| {
        let mut before = "";
        name.split(' ').filter(|word| !is_small(&word.to_lowercase())).any(|word| {
            let pair = (std::mem::replace(&mut before, word), word);
            pair.0.to_lowercase() == text.norm(first) && pair.1.to_lowercase() == text.norm(second)
        })
    });
    is_own.then_some(second + 1)
}

/// Whether an English title has its subject here: neither who is bound by the instrument nor who made it, or when.
fn is_english_subject(text: &Text<'_>, from: usize, at: usize, mode: Mode) -> bool {
    const MAKERS: [&str; 8] = ["united", "council", "organization", "african", "european", "un", "oau", "ilo"];
    // Queries are typed without capitals.
    let is_title = is_name_part(text, at) || mode == Mode::Query && !text.is_capital(from) && text.is_word(at);
    is_title
        && !MAKERS.contains(&text.norm(at))
        && country_at(text, at).is_none()
        && !match_name(text, at).is_some_and(|name| matches!(name.named, Named::Body(_)))
}
