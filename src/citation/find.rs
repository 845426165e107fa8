//! What one text says: pins ("articles 2 and 3") and mentions of what they may belong to.
//!
//! The finder reads left to right, takes the longest reading at each place and never looks at another text; binding is
//! the resolver's. Invariant: time grows in line with the number of tokens (each reading is bounded or consumes).

mod abbreviations;
pub(super) mod classes;
pub(super) mod comments;
pub(super) mod decisions;
pub(super) mod domestic;
pub(super) mod goals;
mod ilo;
pub(super) mod instruments;
mod lists;
pub(super) mod opens;
pub(super) mod pins;
mod short;
pub(super) mod symbols;
mod titles;
pub(super) mod words;

use super::token::{Kind, Text};
use pins::{Pins, read_pins, read_same};

/// The head word by which an instrument is taken up again ("the Convention").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Convention,
    Covenant,
    OptionalProtocol,
    Protocol,
    Charter,
    Declaration,
    Statute,
    Treaty,
    /// Known by its name alone ("Paris Principles").
    Other,
}

/// The two series of numbered goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Series {
    Sustainable,
    Millennium,
}

/// The document, resolution or comment that a mention names, as far as its own words tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A row of the registry.
    Instrument(usize),
    /// An ILO convention (or recommendation) by number.
    Ilo {
        number: u32,
        recommendation: bool,
    },
    /// "the Convention"; weak where written in small letters: it takes articles and is no reference by itself.
    Generic {
        class: Class,
        weak: bool,
    },
    /// "the Optional Protocol to the Convention on the Rights of the Child": one of several.
    ProtocolTo(Option<usize>),
    /// An instrument that the registry does not have, with its head word. It takes its articles with it.
    Unknown(Option<Class>),
    /// A committee, council or assembly: no reference, but it tells whose comment or resolution is meant.
    Body(&'static str),
    /// A UN document.
    Document(String),
    Resolution {
        number: String,
        body: Option<&'static str>,
    },
    Comment {
        recommendation: bool,
        number: u32,
        year: Option<u32>,
        /// The committee, where the words between head and number name it.
        body: Option<&'static str>,
        /// Whether it goes on a list: "... and No. 14".
        listed: bool,
    },
    Communication {
        number: String,
    },
    /// Rules of procedure.
    Rules,
    /// A goal, target or indicator ("8.7"), or the Goals as a whole (empty); `None`: the context tells of which series.
    Goal {
        series: Option<Series>,
        number: String,
    },
    /// Domestic law by name; weak: it takes articles and is no reference by itself.
    Law {
        name: String,
        weak: bool,
        /// ISO code of the country, where the words beside the name tell it.
        country: Option<&'static str>,
    },
    /// "the Law", "the decree": the law of that kind named before.
    SameLaw(&'static str),
    /// «настоящий Федеральный закон», "this Act": the law that speaks.
    ThisLaw {
        noun: &'static str,
        /// Whether the words mean nothing else ("the present Law"); "this Act" may take up an act just named.
        certain: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub from: usize,
    pub to: usize,
    pub target: Target,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Pins(Pins),
    Mention(Mention),
}

impl Found {
    pub fn from(&self) -> usize {
        match self {
            Found::Pins(pins) => pins.from,
            Found::Mention(mention) => mention.from,
        }
    }

    pub fn to(&self) -> usize {
        match self {
            Found::Pins(pins) => pins.to,
            Found::Mention(mention) => mention.to,
        }
    }
}

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Printed text: abbreviations and capitals count.
    Document,
    /// A query: typed in haste, without capitals.
    Query,
}

/// Finds everything in a text, in its order.
pub(super) fn find(text: &Text<'_>, mode: Mode) -> Vec<Found> {
    let mut found = Vec::new();
    let mut list = lists::OpenList::default();
    let mut at = 0;
    while at < text.len() {
        if mode == Mode::Document && list.is_closed() && text.is_idle(at) {
            at += 1;
            continue;
        }
        if let Some(end) = skip_gazette_entries(text, at) {
            at = end;
            continue;
        }
        let before = found.len();
        let next = match list.read(text, at) {
            Some(mention) => push_all(vec![mention], at, &mut found),
            None => read_at(text, at, mode, &mut found),
        };
        debug_assert!(next > at || found.len() == before);
        list.note(text, at, found.get(before..).unwrap_or_default());
        at = next.max(at + 1);
    }
    found
}

/// Reads what starts at a token, pushes it, and returns the token after it (or the same token for nothing).
fn read_at(text: &Text<'_>, at: usize, mode: Mode, found: &mut Vec<Found>) -> usize {
    match text.kind(at) {
        Some(Kind::Word) if mode == Mode::Document && text.is_mere_name(at) => read_mere_name(text, at, found),
        Some(Kind::Word) if mode == Mode::Document && !text.may_open(at) => at,
        Some(Kind::Word) => read_word_first(text, at, mode, found),
        Some(Kind::Mark('§' | '¶')) => push_pins(read_pins(text, at), at, found),
        Some(Kind::Number) => read_number_first(text, at, found),
        _ => at,
    }
}

/// Steps over where a law was printed: "2006, № 31, ст. 3448; 2010, № 31, ст. 4196" names issues of a gazette and their
/// entries, no laws and no articles.
fn skip_gazette_entries(text: &Text<'_>, at: usize) -> Option<usize> {
    let past_year = |at: usize| (text.is_year(at) && text.is_mark(at + 1, ',')).then_some(at + 2);
    let mut end = read_gazette_entry(text, past_year(at)?)?;
    while text.is_mark(end, ';')
        && let Some(next) = read_gazette_entry(text, past_year(end + 1).unwrap_or(end + 1))
    {
        end = next;
    }
    Some(end)
}

/// Reads "№ 31, ст. 3448".
fn read_gazette_entry(text: &Text<'_>, at: usize) -> Option<usize> {
    let past_dot = |at: usize| at + usize::from(text.is_mark(at, '.'));
    let number = past_dot(at + 1);
    let is_issue = text.is_mark(at, '№') || matches!(text.norm(at), "n" | "no");
    let entry = past_dot(number + 3);
    let whole = is_issue
        && text.is_number(number)
        && text.is_mark(number + 1, ',')
        && matches!(text.norm(number + 2), "ст" | "статья")
        && text.is_number(entry);
    whole.then_some(entry + 1)
}

/// Reads what may start with a name of which nothing is known: a symbol, or a law of some country.
fn read_mere_name(text: &Text<'_>, at: usize, found: &mut Vec<Found>) -> usize {
    let mut mentions = symbols::read(text, at, Mode::Document);
    if mentions.is_empty() {
        mentions = domestic::read(text, at);
    }
    push_all(mentions, at, found)
}

/// Reads what starts with a word.
fn read_word_first(text: &Text<'_>, at: usize, mode: Mode, found: &mut Vec<Found>) -> usize {
    let mut mentions = symbols::read(text, at, mode);
    for reader in [comments::read, decisions::read, goals::read, instruments::read] {
        if mentions.is_empty() {
            mentions = reader(text, at, mode);
        }
    }
    if mentions.is_empty() {
        mentions = domestic::read(text, at);
    }
    if !mentions.is_empty() {
        return push_all(mentions, at, found);
    }
    if let Some(pins) = read_same(text, at).or_else(|| read_pins(text, at)) {
        return push_articles(text, pins, at, found);
    }
    if let Some(Found::Pins(pins)) = found.last()
        && let Some(mention) = domestic::abbreviated_after(text, at, pins)
    {
        return push_all(vec![mention], at, found);
    }
    at
}

/// Reads what starts with a number: "1951 Convention", «31-я статья», «54-ФЗ», «19.3 КоАП».
fn read_number_first(text: &Text<'_>, at: usize, found: &mut Vec<Found>) -> usize {
    let mut mentions = instruments::read_numbered_name(text, at);
    if mentions.is_empty() {
        mentions.extend(domestic::numbered_first(text, at));
    }
    if !mentions.is_empty() {
        return push_all(mentions, at, found);
    }
    push_pins(pins::read_number_first(text, at), at, found)
}

fn push_all(mentions: Vec<Mention>, at: usize, found: &mut Vec<Found>) -> usize {
    let end = mentions.iter().map(|mention| mention.to).max().unwrap_or(at);
    found.extend(mentions.into_iter().map(Found::Mention));
    end
}

fn push_pins(pins: Option<Pins>, at: usize, found: &mut Vec<Found>) -> usize {
    let Some(pins) = pins else { return at };
    let end = pins.to;
    found.push(Found::Pins(pins));
    end
}

/// Pushes a list of articles. Right behind a name it may be of two instruments, "Protocol No. 7, art. 4; art. 1 of Protocol
/// No. 1": it is parted where its noun comes again.
fn push_articles(text: &Text<'_>, pins: Pins, at: usize, found: &mut Vec<Found>) -> usize {
    let is_named = found.last().is_some_and(|last| match last {
        Found::Mention(name) => {
            let after = words::skip_year_of_name(text, name.to);
            let marks = [',', '(', ':', '['];
            (after..at).all(|between| marks.iter().any(|mark| text.is_mark(between, *mark)))
        }
        Found::Pins(_) => false,
    });
    // "article 26 of the Constitution, article 17 and article 88 of the Code": the name has its article.
    const OF_THE: usize = 3;
    let is_taken = match &found[..] {
        [.., Found::Pins(before), Found::Mention(name)] => name.from <= before.to + OF_THE,
        _ => false,
    };
    if !is_named || is_taken {
        return push_pins(Some(pins), at, found);
    }
    let end = pins.to;
    found.extend(pins.parted(text).into_iter().map(Found::Pins));
    end
}
