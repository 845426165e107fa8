//! What a document says about the short forms in it: whose "Convention" and whose "general comment" it is.
//!
//! Known from the symbol, the issuing body and the title before reading; kept up with every full naming while reading.

mod before;

use std::collections::{HashMap, HashSet};

use super::find::classes::class_of;
use super::find::domestic::noun_of;
use super::find::{Class, Series};
use super::namings::Namings;
use super::registry::Registry;
use before::only_protocol;
pub(super) use before::{committee_of_symbol, parent_of, treaty_of};

/// To whom an article belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    Instrument(usize),
    Ilo(u32),
    IloRecommendation(u32),
    Law(Law),
    /// A document by its key.
    Document(String),
    /// Rules of procedure of a body, or of the document's own committee.
    Rules(Option<&'static str>),
    Unknown,
}

/// A law by its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Law {
    pub name: String,
    /// ISO code of the country whose law it is, where the text says so; else it is the document's.
    pub country: Option<&'static str>,
}

/// More owners of one article than this tell nothing, and looking through them would cost.
const MOST_OWNERS: usize = 16;

#[derive(Debug, Default)]
pub(super) struct Context {
    /// The committee whose document this is.
    pub committee: Option<&'static str>,
    /// The council or assembly whose document this is.
    pub body: Option<&'static str>,
    /// ISO code of the country that the document is about.
    pub country: Option<String>,
    /// The instrument that an article alone belongs to.
    pub main: Option<usize>,
    /// What the head words stand for throughout.
    pub defaults: HashMap<Class, usize>,
    /// What "the Convention" is defined to be: "the Convention against Torture (the Convention)".
    pub defined: HashMap<Class, usize>,
    pub namings: Namings,
    /// The laws named last, by what they are called ("code", "decree").
    pub laws: HashMap<&'static str, Law>,
    pub law: Option<Law>,
    /// The law that the document is the text of; the inner option is empty where its name cannot be told.
    pub own_law: Option<Option<Law>>,
    /// The law into which the document, a law, brings new wording.
    pub amended: Option<Law>,
    /// Whether the wording quoted by an earlier paragraph goes on.
    pub quoting: bool,
    /// The country that the document names with a law, for where it names the law alone; none where it names several.
    pub law_countries: HashMap<String, Option<&'static str>>,
    /// Whether the document is on one case of one State: views on a communication.
    pub is_views: bool,
    /// How often the document names a law with each country.
    pub country_counts: HashMap<&'static str, usize>,
    /// The country of most laws that it names with one: of several, a law is a country's by its own words or its heading only.
    pub main_country: Option<&'static str>,
    /// The country that the heading above says.
    pub section_country: Option<&'static str>,
    /// Laws that the document names where it speaks of no country but its own.
    pub own_laws: HashSet<String>,
    /// Whether States speak in the document: another country in the sentence says nothing of a law then.
    pub of_states: bool,
    /// The article cited last.
    pub article: Option<(Owner, String)>,
    /// Articles that the document cites with their instrument.
    pub explicit: HashMap<String, Vec<Owner>>,
    /// Whose general comment a number was, where the document says so.
    pub comments: HashMap<u32, &'static str>,
    /// The series of goals named last, or first in the text.
    pub goals: Option<Series>,
    /// The article that the document, a general comment, is on.
    pub subject: Option<(usize, String)>,
    /// Of the bodies that number their resolutions by years, the one named last.
    pub dated: Option<&'static str>,
    /// Whether the text speaks of the European Court of Human Rights or counts paragraphs by its sign.
    pub strasbourg: bool,
    /// Whether the document speaks of rules of procedure.
    pub rules: bool,
    /// Whether the text stands alone, without a document around it.
    pub alone: bool,
    /// Whether this is a document of the United Nations.
    pub united_nations: bool,
    pub is_resolution: bool,
    /// Whether this is the context of a document: of more than one text, or one query.
    pub is_document: bool,
}

impl Context {
    /// Returns whose rules of procedure the document speaks of: its committee's, or those of the Court of Strasbourg.
    pub fn court(&self) -> Option<&'static str> {
        self.committee.or(self.strasbourg.then_some("ECTHR"))
    }

    /// Whether the document speaks of the Convention of Strasbourg or its Court.
    pub fn is_on_strasbourg(&self) -> bool {
        let convention = Registry::get().index_of("ECHR");
        let is_named =
            |row: usize| self.namings.names(Class::Convention, row) || self.defaults.values().any(|own| *own == row);
        self.strasbourg || convention.is_some_and(is_named)
    }

    /// Forgets what was named last, to read the document again from its beginning.
    pub fn forget_what_was_last(&mut self) {
        self.namings.rewind();
        self.main_country = self.most_named_country();
        self.section_country = None;
        self.explicit = std::mem::take(&mut self.explicit)
            .into_iter()
            .map(|(place, owners)| {
                let mut known: Vec<Owner> = Vec::with_capacity(owners.len());
                for owner in owners {
                    let owner = match owner {
                        Owner::Law(law) => Owner::Law(self.with_country(law)),
                        owner => owner,
                    };
                    if !known.contains(&owner) {
                        known.push(owner);
                    }
                }
                (place, known)
            })
            .collect();
        self.law = None;
        self.amended = None;
        self.quoting = false;
        self.laws.clear();
        self.article = None;
    }

    /// Goes on to the next paragraph or heading, under a heading on a country or on none.
    pub fn begin_unit(&mut self, country: Option<&'static str>) {
        self.section_country = country;
        self.namings.next_unit();
    }

    /// Notes a full naming.
    pub fn note_naming(&mut self, row: usize) {
        let registry = Registry::get();
        let Some(instrument) = registry.row(row) else { return };
        let class = class_of(instrument.en);
        // "the Istanbul Protocol" is a manual by its full name.
        let is_protocol = class == Class::Other && instrument.en.iter().any(|name| name.ends_with("Protocol"));
        self.namings.note(if is_protocol { Class::Protocol } else { class }, Some(row));
        if let Some(parent) = parent_of(instrument.id)
            && let Some(index) = registry.index_of(parent)
            && let Some(parent) = registry.row(index)
        {
            self.namings.note(class_of(parent.en), Some(index));
        }
    }

    /// Notes that the document cites a place (an article, or an article with its path) together with its owner.
    pub fn note_place(&mut self, place: String, owner: &Owner) {
        let owners = self.explicit.entry(place).or_default();
        if owners.len() < MOST_OWNERS && !owners.contains(owner) {
            owners.push(owner.clone());
        }
    }

    /// Whether the document cites a place together with this owner.
    pub fn cites(&self, place: &str, owner: &Owner) -> bool {
        self.explicit.get(place).is_some_and(|owners| owners.contains(owner))
    }

    /// Returns the one owner of a kind with which the document cites a place.
    pub fn only_owner(&self, place: &str, fits: fn(&Owner) -> bool) -> Option<Owner> {
        let mut owners = self.explicit.get(place)?.iter().filter(|owner| fits(owner));
        let owner = owners.next()?;
        owners.next().is_none().then(|| owner.clone())
    }

    /// Notes a law by its name.
    pub fn note_law(&mut self, law: &Law) {
        if let Some(country) = law.country {
            let known = self.law_countries.entry(law.name.clone()).or_insert(Some(country));
            *known = known.filter(|known| *known == country);
        }
        self.laws.insert(noun_of(&law.name), law.clone());
        self.law = Some(law.clone());
    }

    /// Returns a law with its country: none for the document's own, else the one that the heading above says, or the document
    /// elsewhere.
    pub fn with_country(&self, law: Law) -> Law {
        let country = law.country.or(self.section_country).or_else(|| self.country_elsewhere(&law.name));
        Law { country: country.filter(|country| Some(*country) != self.country.as_deref()), ..law }
    }

    /// The country that a document names with its laws, or nearly so: in others' laws it may be once.
    fn most_named_country(&self) -> Option<&'static str> {
        /// Of so many namings.
        const MOST: (usize, usize) = (3, 4);
        let all: usize = self.country_counts.values().sum();
        let most = self.country_counts.iter().max_by_key(|(_, count)| **count);
        most.filter(|(_, count)| **count * MOST.1 >= all * MOST.0).map(|(country, _)| *country)
    }

    /// The country that a document about one country, which does not say so of itself, names with the law elsewhere.
    fn country_elsewhere(&self, name: &str) -> Option<&'static str> {
        if self.country.is_some() || !self.is_views && self.united_nations && Registry::get().has_law(name) {
            return None;
        }
        let named = self.law_countries.get(name).copied().flatten();
        named.filter(|country| self.is_views || self.main_country == Some(country))
    }

    /// Returns the law that "the Law", "the Code" or "the decree" takes up. A decree that has no name is "Decree".
    pub fn law_of(&self, noun: &'static str) -> Option<Law> {
        let named = self.laws.get(noun).cloned();
        match noun {
            "decree" => named.or_else(|| Some(Law { name: "Decree".to_owned(), country: None })),
            "code" => named,
            _ => named.or_else(|| self.law.clone()),
        }
    }

    /// Returns what a head word stands for here, or why that cannot be told.
    pub fn resolve(&self, class: Class) -> Result<usize, &'static str> {
        let classes: &[Class] = match class {
            Class::Protocol => &[Class::Protocol, Class::OptionalProtocol],
            Class::OptionalProtocol => &[Class::OptionalProtocol],
            _ => &[class],
        };
        // A protocol of another kind named in the same paragraph comes before the document's own.
        if class == Class::Protocol
            && let Some(row) = self
                .namings
                .in_unit(classes)
                .filter(|row| Registry::get().row(*row).is_some_and(|row| class_of(row.en) != Class::OptionalProtocol))
        {
            return Ok(row);
        }
        let lookup = |table: &HashMap<Class, usize>| classes.iter().find_map(|class| table.get(class)).copied();
        let only = || classes.iter().find_map(|class| self.namings.prevalent(*class));
        if let Some(row) = lookup(&self.defaults)
            .or_else(|| lookup(&self.defined))
            .or_else(|| self.namings.near(classes))
            .or_else(only)
        {
            return Ok(row);
        }
        if class == Class::OptionalProtocol
            && let Some(row) = self.protocol_to(None)
        {
            return Ok(row);
        }
        if class == Class::Charter && self.united_nations && self.committee.is_none() {
            let charter = Registry::get().index_of("UN-CHARTER").ok_or("")?;
            if self.is_resolution || self.namings.first(class) == Some(charter) {
                return Ok(charter);
            }
        }
        let first = self.namings.first(class);
        if class == Class::Convention && self.strasbourg && first.is_none() {
            return Registry::get().index_of("ECHR").ok_or("");
        }
        match first {
            Some(row) if self.alone => Ok(row),
            Some(_) => Err("the document names several instruments of this kind, none of them near"),
            None => Err("the document names no instrument of this kind in full"),
        }
    }

    /// Returns the protocol to an instrument, or to "the Convention" or "the Covenant" of this document.
    pub fn protocol_to(&self, parent: Option<usize>) -> Option<usize> {
        let registry = Registry::get();
        let parent_id = match parent {
            Some(row) => registry.row(row).map(|row| row.id),
            None => [Class::Covenant, Class::Convention]
                .iter()
                .find_map(|class| self.defaults.get(class).copied().or_else(|| self.namings.near(&[*class])))
                .and_then(|row| registry.row(row))
                .map(|row| row.id),
        }?;
        // The document's own protocol first: of several to one convention, it is the one meant.
        let own = self.defaults.get(&Class::OptionalProtocol).copied();
        for row in own.into_iter().chain(self.namings.in_unit(&[Class::OptionalProtocol])) {
            if registry.row(row).and_then(|row| parent_of(row.id)) == Some(parent_id) {
                return Some(row);
            }
        }
        only_protocol(parent_id).and_then(|id| registry.index_of(id))
    }
}
