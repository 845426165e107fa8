//! What one text says: pins ("articles 2 and 3") and mentions of what they may belong to.
//!
//! The finder reads left to right, takes the longest reading at each place and never looks at another text; binding is
//! the resolver's. Invariant: time grows in line with the number of tokens (each reading is bounded or consumes).

pub(super) mod decisions;
pub(super) mod domestic;
pub(super) mod goals;
pub(super) mod instruments;
pub(super) mod pins;
pub(super) mod symbols;
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
    /// An instrument that the registry does not have. It takes its articles with it.
    Unknown,
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
        body: Option<&'static str>,
    },
    Communication {
        number: String,
    },
    /// Rules of procedure.
    Rules,
    /// A goal, target or indicator ("8.7"), or the Goals as a whole (empty).
    Goal(String),
    /// Domestic law by name; weak: it takes articles and is no reference by itself.
    Law {
        name: String,
        weak: bool,
    },
    /// "the Law", "the decree": the law of that kind named before.
    SameLaw(&'static str),
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
    let mut at = 0;
    while at < text.len() {
        let before = found.len();
        let next = read_at(text, at, mode, &mut found);
        debug_assert!(next > at || found.len() == before);
        at = next.max(at + 1);
    }
    found
}

/// Reads what starts at a token, pushes it, and returns the token after it (or the same token for nothing).
fn read_at(text: &Text<'_>, at: usize, mode: Mode, found: &mut Vec<Found>) -> usize {
    match text.kind(at) {
        Some(Kind::Word) => {}
        Some(Kind::Mark('§' | '¶')) => return push_pins(read_pins(text, at), at, found),
        Some(Kind::Number) => return push_all(instruments::read_numbered_name(text, at), at, found),
        _ => return at,
    }
    let mut mentions = symbols::read(text, at, mode);
    for reader in [decisions::read, goals::read, instruments::read] {
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
        return push_pins(Some(pins), at, found);
    }
    at
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
