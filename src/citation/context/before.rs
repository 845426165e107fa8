//! What is known of a document before it is read: by its symbol, its issuing body and its title.

use super::super::find::classes::class_of;
use super::super::find::{Class, Found, Mention, Mode, Target, find};
use super::super::registry::Registry;
use super::super::token::Text;
use super::super::{own, own_law};
use super::Context;
use crate::document::{Document, DocumentKind, ParagraphKind};

/// Committees: code, how symbols begin, treaty, protocol on communications.
const COMMITTEES: [(&str, &str, &str, &str); 10] = [
    ("CRC", "CRC/", "CRC", ""),
    ("CCPR", "CCPR/", "ICCPR", "ICCPR-OP1"),
    ("CESCR", "E/C.12/", "ICESCR", "ICESCR-OP"),
    ("CERD", "CERD/", "ICERD", ""),
    ("CEDAW", "CEDAW/", "CEDAW", "CEDAW-OP"),
    ("SPT", "CAT/OP/", "OPCAT", "OPCAT"),
    ("CAT", "CAT/", "CAT", "OPCAT"),
    ("CRPD", "CRPD/", "CRPD", "CRPD-OP"),
    ("CMW", "CMW/", "ICRMW", ""),
    ("CED", "CED/", "ICPPED", ""),
];

impl Context {
    /// Returns what is known of a document before it is read.
    pub fn of(document: &Document) -> Context {
        let metadata = &document.metadata;
        let symbol = metadata.symbol.clone().unwrap_or_default().to_uppercase();
        let mut context = Context {
            country: metadata.country.clone(),
            united_nations: !symbol.is_empty(),
            is_document: true,
            ..Context::default()
        };
        let body = metadata.body.as_deref().unwrap_or_default();
        let from_symbol = COMMITTEES.iter().find(|(_, prefix, ..)| symbol.starts_with(prefix));
        let committee = from_symbol
            .or_else(|| COMMITTEES.iter().find(|(code, ..)| *code == body))
            .or_else(|| committee_of_id(&document.id));
        if let Some((code, _, treaty, protocol)) = committee {
            context.united_nations = true;
            context.committee = Some(code);
            context.is_views = symbol.contains("/D/") || document.id.contains("-d-");
            context.adopt(treaty);
            context.adopt(protocol);
            context.main = Registry::get().index_of(treaty);
            context.adopt_protocol_of_symbol(&symbol, &document.id);
        } else if let Some(row) = instrument_of_symbol(&symbol) {
            context.main = Some(row);
            context.adopt_row(row);
            context.adopt_parent_of_main();
        }
        let id = document.id.to_uppercase().replace('_', "-");
        let in_id = |part: &str| symbol.is_empty() && id.contains(part);
        context.body = match body {
            "HRC" => Some("HRC"),
            "GA" | "UNGA" => Some("GA"),
            "SC" | "UNSC" => Some("UNSC"),
            _ if symbol.starts_with("A/HRC/") || in_id("A-HRC-") => Some("HRC"),
            _ if symbol.starts_with("S/") => Some("UNSC"),
            _ if symbol.starts_with("A/") => Some("GA"),
            _ if symbol.starts_with("E/CN.4/") || in_id("E-CN-4-") => Some("CHR"),
            _ => None,
        };
        match body {
            "ECtHR" => context.adopt("ECHR"),
            "IACtHR" | "IACHR" => context.adopt("ACHR"),
            _ => {}
        }
        context.is_resolution = metadata.kind == Some(DocumentKind::Resolution);
        context.namings.apart = metadata.kind == Some(DocumentKind::UprReport);
        context.of_states = matches!(metadata.kind, Some(DocumentKind::UprReport | DocumentKind::UprSubmission))
            || matches!(body, "UPR" | "HRC" | "GA" | "SC");
        context.united_nations |= matches!(body, "OHCHR" | "HRC" | "GA" | "UN");
        for row in own::instruments(document) {
            context.main = context.main.or(Some(row));
            context.adopt_row(row);
        }
        context.own_law = own_law::of(document);
        context.read_title(document);
        context.subject = context.subject_of(document);
        context
    }

    /// The article that a general comment is on, by its number.
    fn subject_of(&self, document: &Document) -> Option<(usize, String)> {
        let committee = self.committee?;
        let number = comment_number(document.metadata.symbol.as_deref().unwrap_or_default())
            .or_else(|| comment_number(document.id.rsplit('/').next().unwrap_or_default()))
            .or_else(|| comment_of_title(document.metadata.title.as_deref()?))?;
        let comments = Registry::get().comments().iter();
        let mut own = comments.filter(|row| row.committee == committee && u32::from(row.number) == number);
        Some((self.main?, own.next()?.article?.to_owned()))
    }

    /// The protocol that a symbol of the Committee on the Rights of the Child tells.
    fn adopt_protocol_of_symbol(&mut self, symbol: &str, id: &str) {
        for (part, protocol) in [("/OPSC/", "CRC-OP-SC"), ("/OPAC/", "CRC-OP-AC")] {
            if symbol.contains(part) || id.to_uppercase().contains(&part.replace('/', "-")) {
                self.adopt(protocol);
                self.main = Registry::get().index_of(protocol);
            }
        }
        if self.committee == Some("CRC") && self.is_views {
            self.adopt("CRC-OP-IC");
        }
    }

    /// Makes an instrument the one that its head word stands for.
    fn adopt(&mut self, id: &str) {
        if let Some(row) = Registry::get().index_of(id) {
            self.adopt_row(row);
        }
    }

    /// Makes an instrument the one whose text is being read: articles alone and "this Convention" are its own.
    pub fn be_text_of(&mut self, row: usize) {
        self.main = Some(row);
        self.adopt_row(row);
    }

    fn adopt_row(&mut self, row: usize) {
        if let Some(instrument) = Registry::get().row(row) {
            self.defaults.insert(class_of(instrument.en), row);
        }
    }

    /// Reads the title: an instrument that it names is what the document is about.
    fn read_title(&mut self, document: &Document) {
        let title_units = document.paragraphs.iter().filter(|unit| unit.kind == ParagraphKind::Title).take(8);
        let titles = document.metadata.title.as_deref().into_iter().chain(title_units.map(|unit| unit.text.as_str()));
        let mut named: Vec<usize> = Vec::new();
        for title in titles {
            let text = Text::new(title);
            let found = find(&text, Mode::Document);
            named.extend(found.iter().filter_map(|found| match found {
                Found::Mention(mention) => match mention.target {
                    Target::Instrument(row) => Some(row),
                    _ => None,
                },
                Found::Pins(_) => None,
            }));
        }
        let registry = Registry::get();
        let class = |row: usize| registry.row(row).map_or(Class::Other, |row| class_of(row.en));
        for row in &named {
            let owned = self.committee.is_some()
                && self.defaults.contains_key(&class(*row))
                && class(*row) != Class::OptionalProtocol;
            if !owned {
                self.defaults.entry(class(*row)).or_insert(*row);
            }
        }
        let protocol = named.iter().find(|row| class(**row) == Class::OptionalProtocol);
        let monitored = |row: usize| {
            registry.row(row).and_then(|row| row.committee).is_some_and(|code| Some(code) == self.committee)
        };
        if let Some(protocol) = protocol.filter(|row| self.committee.is_none() || monitored(**row)) {
            self.defaults.insert(Class::OptionalProtocol, *protocol);
            if self.committee.is_none() || self.committee == Some("CRC") {
                self.main = Some(*protocol);
            }
        } else if self.main.is_none() {
            self.main = named.first().copied().filter(|row| class(*row) != Class::Other);
        }
        if self.main.is_some() && protocol.is_some() {
            self.adopt_parent_of_main();
        }
    }

    /// "the Convention" in a document on a protocol is the protocol's convention.
    fn adopt_parent_of_main(&mut self) {
        let registry = Registry::get();
        let Some(main) = self.main.and_then(|main| registry.row(main)) else { return };
        if let Some(parent) = parent_of(main.id) {
            let index = registry.index_of(parent);
            let class = registry.by_id(parent).map(|row| class_of(row.en));
            if let (Some(index), Some(class)) = (index, class) {
                self.defaults.entry(class).or_insert(index);
            }
        }
    }
}

/// The instrument whose conference or committee issues documents with such symbols.
fn instrument_of_symbol(symbol: &str) -> Option<usize> {
    let rows = Registry::get().rows().iter().enumerate();
    let issued = rows.filter_map(|(index, row)| {
        let prefixes = row.symbol?.split(';').filter(|prefix| symbol.starts_with(prefix));
        prefixes.map(str::len).max().map(|length| (length, index))
    });
    issued.max().map(|(_, index)| index)
}

/// The number of the general comment that a symbol or a file's name tells: "CCPR/C/GC/34", "ccpr-gc10".
fn comment_number(name: &str) -> Option<u32> {
    let name = name.to_uppercase();
    let at = name.find("GC").or_else(|| name.find("GR"))?;
    let number = name.get(at + 2..)?.trim_start_matches(['/', '-', '_', ' ']);
    let end = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    number.get(..end)?.parse().ok()
}

/// The number of the general comment that a title begins with.
fn comment_of_title(title: &str) -> Option<u32> {
    let text = Text::new(title);
    find(&text, Mode::Document).iter().find_map(|found| match found {
        Found::Mention(Mention { from, target: Target::Comment { number, .. }, .. }) if *from < 12 => Some(*number),
        _ => None,
    })
}

/// The treaty that a committee watches.
pub(in crate::citation) fn treaty_of(committee: &str) -> Option<usize> {
    let (_, _, treaty, _) = COMMITTEES.iter().find(|(code, ..)| *code == committee)?;
    Registry::get().index_of(treaty)
}

/// The committee whose symbols begin as this one.
pub(in crate::citation) fn committee_of_symbol(symbol: &str) -> Option<&'static str> {
    COMMITTEES.iter().find(|(_, prefix, ..)| symbol.starts_with(prefix)).map(|(code, ..)| *code)
}

/// The committee that a file name of the form "ccpr-c-118-d-2157-2012" or "crc-gc25" tells.
fn committee_of_id(id: &str) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    let name = id.rsplit('/').next().unwrap_or(id).to_uppercase().replace(['_', ' '], "-");
    let starts = |code: &str| {
        name.starts_with(&format!("{code}-C-"))
            || name.contains(&format!("{code}-GC"))
            || name.contains(&format!("{code}-GR"))
    };
    COMMITTEES.iter().find(|(code, ..)| {
        starts(code) || *code == "CESCR" && (name.starts_with("E-C-12-") || name.contains("ESCR-GC"))
    })
}

/// The instrument that a protocol is to.
pub(in crate::citation) fn parent_of(id: &str) -> Option<&'static str> {
    Some(match id {
        "ICCPR-OP1" | "ICCPR-OP2" => "ICCPR",
        "ICESCR-OP" => "ICESCR",
        "CEDAW-OP" => "CEDAW",
        "OPCAT" => "CAT",
        "CRPD-OP" => "CRPD",
        "CRC-OP-SC" | "CRC-OP-AC" | "CRC-OP-IC" => "CRC",
        "MONTREAL" => "OZONE",
        "KYOTO" => "UNFCCC",
        "CARTAGENA" | "NAGOYA" => "CBD",
        "REFUGEE-P" => "REFUGEE",
        _ if id.starts_with("UNTOC-") => "UNTOC",
        _ if id.starts_with("ECHR-P") => "ECHR",
        _ => return None,
    })
}

/// The protocol that "the Optional Protocol" to an instrument means by itself.
pub(super) fn only_protocol(parent: &str) -> Option<&'static str> {
    Some(match parent {
        "ICCPR" => "ICCPR-OP1",
        "ICESCR" => "ICESCR-OP",
        "CEDAW" => "CEDAW-OP",
        "CAT" => "OPCAT",
        "CRPD" => "CRPD-OP",
        _ => return None,
    })
}
