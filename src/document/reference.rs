//! References to law, and the articles that they can lead to.

use serde::{Deserialize, Serialize};

/// A unit that is an article of a treaty, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provision {
    pub ordinal: u32,
    /// As references to it have it ("ICCPR/19/3/a").
    pub key: String,
}

impl Provision {
    /// Returns the id of the treaty whose text it is ("ICCPR").
    pub fn treaty(&self) -> &str {
        self.key.split('/').next().unwrap_or_default()
    }
}

/// What a reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceKind {
    /// A treaty or declaration of the registry, with or without an article.
    Treaty,
    IloConvention,
    /// A UN document by its symbol.
    UnDocument,
    Resolution,
    GeneralComment,
    Communication,
    RulesOfProcedure,
    Sdg,
    DomesticLaw,
    /// An article whose instrument the text does not give.
    Unbound,
}

/// One reference to law found in a paragraph or in a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Ordinal of the paragraph; 0 for a heading or for a query.
    pub ordinal: u32,
    /// Index of the section whose heading holds it, where it stands in a heading.
    pub section: Option<usize>,
    /// Unicode scalar values in the paragraph's text (or the heading), end exclusive.
    pub start: u32,
    pub end: u32,
    /// The words as they stand.
    pub quote: String,
    pub kind: ReferenceKind,
    /// Canonical key with article and paragraph ("CRC-OP-SC/9/3", "ILO-C182", "UN:CRC/C/LAO/CO/2/45").
    /// `None` while unbound.
    pub key: Option<String>,
    pub instrument: Option<String>,
    pub article: Option<String>,
    pub paragraph: Option<String>,
    pub sub: Option<String>,
    /// Bound by context, not by the words themselves.
    pub implicit: bool,
    /// Why it is unbound, or flagged ("the Convention has 54 articles").
    pub note: Option<String>,
}
