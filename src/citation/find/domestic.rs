//! Domestic law: codes by their common names, acts and decrees by name, number and year.

mod english;
pub(in super::super) mod number;
mod russian;
mod title;

use super::super::countries::{country_at, country_of_law};
use super::super::token::Text;
use super::pins::Pins;
use super::words::{Unit, roman};
use super::{Mention, Mode, Target};
pub(super) use english::is_resolution_of_state;
use number::skip_year;

/// A code of `laws.tsv` found by its name. Single words must be capitals ("the Constitution").
pub(super) fn named(text: &Text<'_>, from: usize, to: usize, key: &str, mode: Mode) -> Option<Mention> {
    if matches!(text.norm(to - 1), "кодексы" | "кодексов" | "кодексах" | "конституций" | "кодексами")
    {
        return None;
    }
    // "Penal Code Act" is a name of its own.
    if text.norm(to) == "act" && text.is_capital(to) {
        return None;
    }
    let capital = (from..to).any(|at| text.is_capital(at));
    let ends_in_law = matches!(text.norm(to - 1), "law" | "act" | "труде" | "семье");
    // Russian texts write «конституция» in small letters; English ones mean no law of a country by them.
    let small = mode == Mode::Document && !capital && (to - from == 1 || ends_in_law);
    let before = from.checked_sub(1).map_or("", |before| text.norm(before));
    let is_draft = ["нов", "местн", "проект", "предлага", "временн"].iter().any(|stem| before.starts_with(stem));
    let weak = small && (text.raw(from).is_ascii() || is_draft) || is_common_abbreviation(text, from, to);
    if weak && key != "Constitution" && !is_common_abbreviation(text, from, to) {
        return None;
    }
    // "Constitution of the World Health Organization" is no law of a country.
    let mut owner =
        (to + 1..to + 9).take_while(|at| text.is_capital(*at) || matches!(text.norm(*at), "the" | "of" | "and"));
    if key == "Constitution"
        && text.norm(to) == "of"
        && owner.any(|at| matches!(text.norm(at), "organization" | "organisation" | "who" | "ilo" | "union"))
    {
        return Some(Mention { from, to, target: Target::Unknown(None) });
    }
    // "Model Code of Criminal Procedure": a draft for any country.
    if before == "model" {
        return None;
    }
    // "place it within a civil code": one that there may be.
    if mode == Mode::Document && !capital && matches!(before, "a" | "an" | "any" | "every" | "each") {
        return None;
    }
    let country = country_of_law(text, from, to);
    Some(Mention { from, to: skip_year(text, to), target: Target::Law { name: key.to_owned(), weak, country } })
}

/// «СК» is the Investigative Committee as well as the Family Code: such letters are a law's with an article, or with the
/// country.
fn is_common_abbreviation(text: &Text<'_>, from: usize, to: usize) -> bool {
    to == from + 1
        && text.raw(from).chars().count() == 2
        && text.is_upper(from)
        && text.raw(from) != "УК"
        && country_at(text, to).is_none()
}

/// Reads what starts at a word.
pub(super) fn read(text: &Text<'_>, at: usize) -> Vec<Mention> {
    let this = read_this(text, at);
    // "this Decree No. 315" says its name.
    let mut mention = english::read_head_first(text, at)
        .or(this)
        .or_else(|| english::read_head_last(text, at))
        .or_else(|| russian::read(text, at))
        .or_else(|| read_taken_up(text, at));
    if let Some(Mention { from, to, target: Target::Law { country, .. } }) = &mut mention {
        *country = country.or_else(|| country_of_law(text, *from, *to));
    }
    mention.into_iter().collect()
}

/// Laws by number that only one country counts so: «54-ФЗ» is a federal law of Russia.
fn law(from: usize, to: usize, name: String, weak: bool) -> Mention {
    let is_russian = name.starts_with("Law No. ") && (name.ends_with("-FZ") || name.ends_with("-FKZ"));
    Mention { from, to, target: Target::Law { name, weak, country: is_russian.then_some("RUS") } }
}

/// «54-ФЗ»: a federal law of Russia by its number alone.
pub(super) fn numbered_first(text: &Text<'_>, at: usize) -> Option<Mention> {
    let is_federal = matches!(text.raw(at + 2), "ФЗ" | "ФКЗ") && text.is_mark(at + 1, '-') && text.is_glued(at + 2);
    (is_federal && text.is_glued(at + 1)).then(|| {
        let (number, end) = number::read_law_number(text, at);
        law(at, end, number::numbered("закон", &number), false)
    })
}

/// "article 55 CC", "section 97 of the IRPA": a law by an abbreviation that only its articles tell to be one.
pub(super) fn abbreviated_after(text: &Text<'_>, at: usize, pins: &Pins) -> Option<Mention> {
    let raw = text.raw(at);
    let is_numeral = roman(raw).is_some() && raw.contains(['I', 'V', 'X']);
    let is_short = text.is_upper(at) && (2..=6).contains(&raw.chars().count()) && !is_numeral;
    let of_articles = matches!(pins.unit, Unit::Article | Unit::Section);
    if !is_short || !of_articles || at > pins.to + 2 || pins.to > at {
        return None;
    }
    let linked = (pins.to..at).all(|between| matches!(text.norm(between), "of" | "the"));
    let is_name = !text.is_capital(at + 1) && !text.is_mark(at + 1, '/') && !text.is_glued(at + 1)
        || text.is_mark(at + 1, ')')
        || text.is_mark(at + 1, ',')
        || text.is_mark(at + 1, '.');
    (linked && is_name && !matches!(raw, "UN" | "EU" | "ООН" | "ЕС" | "AND" | "OR" | "OF" | "И" | "ИЛИ")).then(|| {
        let country = country_of_law(text, at, at + 1);
        Mention { from: at, to: at + 1, target: Target::Law { name: raw.to_owned(), weak: false, country } }
    })
}

/// What kind of law a name or a head word speaks of: "code", "decree", "act", "law".
pub(in super::super) fn noun_of(name: &str) -> &'static str {
    let name = name.to_lowercase();
    let nouns = [
        ("charter", "charter"),
        ("code", "code"),
        ("кодекс", "code"),
        ("decree", "decree"),
        ("указ", "decree"),
        ("декрет", "decree"),
        ("act", "act"),
    ];
    nouns
        .iter()
        .find(|(word, _)| name.split([' ', '-']).any(|part| part.starts_with(word)))
        .map_or("law", |(_, noun)| noun)
}

/// «настоящего Федерального закона», "the present Law", "this Act": the law that speaks.
fn read_this(text: &Text<'_>, at: usize) -> Option<Mention> {
    const NOUNS: [&str; 9] =
        ["закон", "кодекс", "указ", "декрет", "постановлени", "приказ", "распоряжени", "конституци", "устав"];
    let word = text.norm(at);
    let before = |back: usize| at.checked_sub(back).map_or("", |before| text.norm(before));
    let certain = match word {
        "law" | "act" | "decree" | "code" | "ordinance" => match before(1) {
            "present" => true,
            "this" => false,
            _ => return None,
        },
        // A number or a subject after the noun names another law.
        _ if !word.is_ascii() && NOUNS.iter().any(|noun| word.starts_with(noun)) => {
            const MOST_ADJECTIVES: usize = 3;
            let is_adjective = |word: &str| {
                ["ый", "ий", "ого", "ому", "ым", "им", "ом", "ая", "ой"].iter().any(|end| word.ends_with(end))
            };
            let this =
                (1..=MOST_ADJECTIVES).find(|back| !is_adjective(before(*back)) || before(*back).starts_with("настоящ"));
            if !this.is_some_and(|back| before(back).starts_with("настоящ")) {
                return None;
            }
            true
        }
        _ => return None,
    };
    Some(Mention { from: at, to: at + 1, target: Target::ThisLaw { noun: noun_of(word), certain } })
}

/// "the Law", "the decree", «этого закона»: the law named before.
fn read_taken_up(text: &Text<'_>, at: usize) -> Option<Mention> {
    let word = text.norm(at);
    let english = matches!(word, "law" | "act" | "decree" | "code" | "ordinance" | "legislation")
        && at.checked_sub(1).is_some_and(|before| {
            text.is_year(before)
                || matches!(
                    text.norm(before),
                    "the"
                        | "this"
                        | "that"
                        | "said"
                        | "same"
                        | "aforementioned"
                        | "new"
                        | "old"
                        | "amended"
                        | "former"
                        | "revised"
                )
        });
    let russian = matches!(
        word,
        "закона"
            | "закону"
            | "законом"
            | "законе"
            | "кодекса"
            | "кодексом"
            | "кодексе"
            | "указа"
            | "декрета"
    );
    (english || russian).then(|| Mention { from: at, to: at + 1, target: Target::SameLaw(noun_of(word)) })
}
