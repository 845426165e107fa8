//! What a mention stands for: its owner for articles, its key where it stands alone.

use super::super::context::{Law, Owner};
use super::super::find::Series;
use super::super::registry::Registry;
use crate::document::ReferenceKind;

/// What a mention stands for in its context.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    pub owner: Option<Owner>,
    pub kind: ReferenceKind,
    pub key: Option<String>,
    pub instrument: Option<String>,
    pub implicit: bool,
    pub note: Option<String>,
    /// Whether it is a reference when it stands alone.
    pub shown: bool,
}

impl Bound {
    pub fn hidden(owner: Option<Owner>) -> Bound {
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

pub(super) fn instrument(row: usize, implicit: bool) -> Bound {
    let id = Registry::get().row(row).map_or("", |row| row.id);
    Bound {
        owner: Some(Owner::Instrument(row)),
        kind: ReferenceKind::Treaty,
        key: Some(id.to_owned()),
        instrument: Some(id.to_owned()),
        implicit,
        note: None,
        shown: true,
    }
}

pub(super) fn unbound(note: &str, shown: bool) -> Bound {
    Bound { note: Some(note.to_owned()), shown, ..Bound::hidden(None) }
}

pub(super) fn keyed(key: String, kind: ReferenceKind, implicit: bool) -> Bound {
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

pub(super) fn document(key: String) -> Bound {
    let kind = kind_of_key(&key);
    keyed(key, kind, false)
}

pub(super) fn kind_of_key(key: &str) -> ReferenceKind {
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

pub(super) fn goal(series: Series, number: &str, implicit: bool) -> Bound {
    let (id, kind) = match series {
        Series::Sustainable => ("SDG", ReferenceKind::Sdg),
        Series::Millennium => ("MDG", ReferenceKind::Treaty),
    };
    Bound {
        owner: None,
        kind,
        key: Some(if number.is_empty() { id.to_owned() } else { format!("{id}/{number}") }),
        instrument: Some(id.to_owned()),
        implicit,
        note: None,
        shown: true,
    }
}

pub(super) fn ilo_id(number: u32, recommendation: bool) -> String {
    format!("ILO-{}{number}", if recommendation { 'R' } else { 'C' })
}

/// The highest number of an ILO convention (2019) and recommendation (2023).
pub(super) const ILO_LAST: (u32, u32) = (191, 209);

pub(super) fn ilo(number: u32, recommendation: bool) -> Bound {
    let id = ilo_id(number, recommendation);
    let last = if recommendation { ILO_LAST.1 } else { ILO_LAST.0 };
    let exists = (1..=last).contains(&number);
    Bound {
        owner: Some(if recommendation { Owner::IloRecommendation(number) } else { Owner::Ilo(number) })
            .filter(|_| exists),
        kind: ReferenceKind::IloConvention,
        key: Some(id.to_owned()).filter(|_| exists),
        instrument: Some(id.to_owned()),
        implicit: false,
        note: (!exists).then(|| format!("the ILO has no such number (the last is {last})")),
        shown: true,
    }
}

/// Why the title of a law is no key by itself.
pub(super) const LAW_OF_NO_COUNTRY: &str = "the text does not say which country's law it is";

/// Whether a law has one key in both languages: the codes of `laws.tsv`, and laws with a number.
pub(super) fn is_one_in_both_languages(name: &str) -> bool {
    name.contains(" No. ") || Registry::get().has_law(name)
}

/// What stands for the country of a law of which it is not known.
pub(super) const NO_COUNTRY: &str = "LAW";

pub(super) fn law_key(law: &Law, country: Option<&str>) -> String {
    format!("{}:{}", law.country.or(country).unwrap_or(NO_COUNTRY), law.name)
}

pub(super) fn law(law: &Law, country: Option<&str>, shown: bool) -> Bound {
    let key = law_key(law, country);
    Bound {
        owner: Some(Owner::Law(law.clone())),
        kind: ReferenceKind::DomesticLaw,
        key: Some(key.clone()),
        instrument: Some(key),
        implicit: false,
        note: None,
        shown,
    }
}
