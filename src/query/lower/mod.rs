//! A parsed query to concepts: what is sought, each with all the terms of the index that name it.

mod near;
mod variants;

use std::ops::Range;

use tantivy::schema::Field;

use super::expansion::{Expansion, Origin};
use super::parse::{Query, Words};
use crate::analyzer;
use crate::citation;
use crate::index::open::Reader;
use variants::hyphenated;
pub(crate) use variants::{exact_term, own};

/// Weight of a part of a hyphenated word beside the whole. A third is enough to find what holds only the part; more lifts
/// it above what holds the whole.
const PART_WEIGHT: f32 = 0.3;
/// Weight below which another word of the same language does not make a unit a hit.
const FAINT: f32 = 0.05;
/// Weight from which on words in a row are what the word abbreviates.
const SAME: f32 = 0.85;
/// Weight of a passage that cites an instrument in other words beside one that holds its abbreviation.
const CITED: f32 = 0.5;

/// One thing that is sought.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Concept {
    /// As typed.
    pub text: String,
    /// Bytes of the query text.
    pub span: Range<usize>,
    /// Ways to say it. Their weighted frequencies add up before the frequency saturates.
    pub variants: Vec<Variant>,
    /// Ways that are too unlikely to make a unit a hit, but add to the rank of one.
    pub faint: Vec<Variant>,
    /// Term of the very word as typed, where it is not among the variants: its presence is a better match.
    pub exact: Option<String>,
    /// Factor of its BM25 weight.
    pub weight: f32,
    /// Says little: ranks, with less weight, but does not make a unit a hit.
    pub stop: bool,
    pub excluded: bool,
    /// Place among the words of the query, and how many places it takes.
    pub place: usize,
    pub places: usize,
}

impl Concept {
    /// Returns the variants of the other language, or those of the word's own.
    pub fn variants_that(&self, crossing: bool) -> impl Iterator<Item = &Variant> + Clone {
        self.variants.iter().filter(move |variant| variant.crossing == crossing)
    }
}

/// One way to say a concept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Variant {
    pub form: Form,
    /// 1 for the word itself.
    pub weight: f32,
    /// By which means it was added, with its words; `None` for the word itself.
    pub via: Option<(Origin, String)>,
    /// Whether it is of another language than the word.
    pub crossing: bool,
}

/// What is looked up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// A term of the text field.
    Term(String),
    /// Terms at these offsets; with a distance, anywhere in a window with that many other words at most.
    Sequence { terms: Vec<(u32, String)>, distance: Option<u32> },
    /// A term of another field that says of whole units what they cite.
    Key(Field, String),
}

/// What is added to the words of a query.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Additions<'a> {
    pub expansions: &'a [Expansion],
    /// What the words between these bytes name, as units that cite it hold it.
    pub cited: &'a [(Range<usize>, Form)],
    /// Bytes of references to an article or a document.
    pub references: &'a [Range<usize>],
    /// Whether some unit answers them: units that cite the article are found by that, not by its number.
    pub found: bool,
    /// Whether only such units are ranked: the name of the treaty says no more of them than the number.
    pub citing: bool,
}

/// Which units are candidates.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// Index of a concept.
    Concept(usize),
    /// Required parts must match, wanted ones should, and without required parts one of them must.
    All {
        wanted: Vec<Node>,
        required: Vec<Node>,
        excluded: Vec<Node>,
    },
    Any(Vec<Node>),
}

/// A query in the terms of the index.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    pub concepts: Vec<Concept>,
    /// `None` where nothing is sought.
    pub root: Option<Node>,
}

/// Lowers a query. With `exact`, words are not stemmed.
pub(crate) fn lower(query: &Query, additions: Additions<'_>, exact: bool, reader: &Reader) -> tantivy::Result<Plan> {
    let mut lowering = Lowering { additions, exact, reader, concepts: Vec::new(), place: 0 };
    let root = lowering.node(query, false)?;
    let mut concepts = lowering.concepts;
    // A query of nothing but stop words is about them.
    if concepts.iter().filter(|concept| !concept.excluded).all(|concept| concept.stop) {
        for concept in &mut concepts {
            concept.stop = false;
        }
    }
    let root = root.and_then(|root| without_stop_words(root, &concepts));
    Ok(Plan { concepts, root })
}

/// Leaves stop words out of what makes a candidate.
fn without_stop_words(node: Node, concepts: &[Concept]) -> Option<Node> {
    let prune = |nodes: Vec<Node>| -> Vec<Node> {
        nodes.into_iter().filter_map(|node| without_stop_words(node, concepts)).collect()
    };
    match node {
        Node::Concept(index) if concepts.get(index).is_none_or(|concept| concept.stop && !concept.excluded) => None,
        Node::Concept(index) => Some(Node::Concept(index)),
        Node::Any(parts) => Some(prune(parts)).filter(|parts| !parts.is_empty()).map(Node::Any),
        Node::All { wanted, required, excluded } => {
            let (wanted, required) = (prune(wanted), prune(required));
            (!wanted.is_empty() || !required.is_empty()).then_some(Node::All { wanted, required, excluded })
        }
    }
}

struct Lowering<'a> {
    additions: Additions<'a>,
    exact: bool,
    reader: &'a Reader,
    concepts: Vec<Concept>,
    place: usize,
}

impl Lowering<'_> {
    fn node(&mut self, query: &Query, excluded: bool) -> tantivy::Result<Option<Node>> {
        Ok(match query {
            Query::Empty => None,
            Query::Word(words) => {
                let place = self.place;
                let variants = self.word_variants(&words.text);
                let whole = self.concept(words, variants, excluded);
                if excluded || self.exact {
                    whole
                } else {
                    whole.map(|whole| self.with_parts(whole, words, place)).transpose()?
                }
            }
            Query::Phrase { words, distance } => {
                let variants = self.exact_sequences(&words.text, *distance)?;
                self.concept(words, variants, excluded)
            }
            Query::Near { parts, distance } => {
                let variants = self.near_variants(parts, *distance)?;
                self.concept(&near::joined(parts), variants, excluded)
            }
            Query::Prefix(words) => {
                let variants = self.prefix_variants(&words.text)?;
                self.concept(words, variants, excluded)
            }
            Query::Must(part) => self.node(part, excluded)?,
            Query::Not(part) => self.node(part, true)?,
            Query::Any(parts) => {
                let nodes: Vec<Node> =
                    parts.iter().filter_map(|part| self.node(part, excluded).transpose()).collect::<Result<_, _>>()?;
                (!nodes.is_empty()).then_some(Node::Any(nodes))
            }
            Query::All(parts) => self.all(parts, excluded)?,
        })
    }

    fn all(&mut self, parts: &[Query], excluded: bool) -> tantivy::Result<Option<Node>> {
        let (mut wanted, mut required, mut unwanted) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            let Some(node) = self.node(part, excluded)? else { continue };
            match part {
                Query::Not(_) => unwanted.push(node),
                // What stands in quotes or beside AND was asked for in so many words. So was everything that is to be excluded
                // together: "-(a b)" excludes units with both.
                Query::Phrase { .. } | Query::Near { .. } | Query::Must(_) => required.push(node),
                _ if excluded => required.push(node),
                _ => wanted.push(node),
            }
        }
        let some = !wanted.is_empty() || !required.is_empty();
        Ok(some.then_some(Node::All { wanted, required, excluded: unwanted }))
    }

    fn concept(&mut self, words: &Words, variants: Vec<Variant>, excluded: bool) -> Option<Node> {
        let tokens = super::parse::plain_tokens(&words.text);
        if variants.is_empty() {
            return None;
        }
        let only = match tokens.as_slice() {
            [token] => Some(token),
            _ => None,
        };
        let within = |span: &Range<usize>| span.start <= words.span.start && words.span.end <= span.end;
        let place = self.additions.references.iter().any(within)
            && (self.additions.citing
                || only.is_some_and(|token| {
                    let number = token.exact.starts_with(char::is_numeric);
                    citation::says_place(&token.exact) && (self.additions.found || !number)
                }));
        let stop = place || only.is_some_and(|token| analyzer::is_stop_word(&token.exact));
        let exact = only
            .map(exact_term)
            .filter(|term| !variants.iter().any(|variant| variant.form == Form::Term(term.clone())));
        let mut concept = Concept {
            text: words.text.clone(),
            span: words.span.clone(),
            variants,
            faint: Vec::new(),
            exact,
            weight: 1.0,
            stop,
            excluded,
            place: self.place,
            places: tokens.len(),
        };
        if !excluded && !place {
            self.expand(&mut concept);
        }
        self.place += tokens.len();
        self.concepts.push(concept);
        Some(Node::Concept(self.concepts.len() - 1))
    }

    /// Adds the parts of a hyphenated word, which a unit may hold apart: "Huguenot-descended" is of Huguenots as well. Where
    /// no unit writes it with a hyphen or in one, they are all there is to find (measured: Cranfield .370 to .374).
    fn with_parts(&mut self, whole: Node, words: &Words, place: usize) -> tantivy::Result<Node> {
        let parts = hyphenated(&words.text);
        if parts.len() < 2 {
            return Ok(whole);
        }
        let written = self.word_variants(&words.text).into_iter();
        let in_one: Vec<Variant> = written.filter(|variant| matches!(variant.form, Form::Term(_))).collect();
        let held = document_frequency(&in_one, self.reader)? > 0.0;
        let mut nodes = vec![whole];
        for (offset, token) in parts {
            let form = Form::Term(self.term(&token));
            self.concepts.push(Concept {
                text: token.exact,
                span: words.span.clone(),
                variants: vec![own(form)],
                faint: Vec::new(),
                exact: None,
                weight: if held { PART_WEIGHT } else { 1.0 },
                stop: false,
                excluded: false,
                place: place + offset,
                places: 1,
            });
            nodes.push(Node::Concept(self.concepts.len() - 1));
        }
        Ok(Node::Any(nodes))
    }

    /// Adds the alternatives of the expansions that cover the concept.
    fn expand(&self, concept: &mut Concept) {
        let own_language = analyzer::language_of(&concept.text);
        let own_stems: Vec<String> = super::parse::plain_tokens(&concept.text).into_iter().map(|t| t.text).collect();
        let covers = |span: &Range<usize>| span.start <= concept.span.start && concept.span.end <= span.end;
        for (span, form) in self.additions.cited {
            // Only where one word names it: of several words each would count for the whole.
            if concept.span.start <= span.start && span.end <= concept.span.end {
                let via = Some((Origin::Glossary, concept.text.clone()));
                concept.variants.push(Variant { form: form.clone(), weight: CITED, via, crossing: false });
            }
        }
        for expansion in self.additions.expansions.iter().filter(|expansion| covers(&expansion.source_span)) {
            for alternative in &expansion.alternatives {
                let via = Some((alternative.origin, alternative.text.clone()));
                let weight = alternative.weight.clamp(0.0, 1.0);
                let crossing = own_language.is_some_and(|own| own != alternative.language);
                // Where the word stands in the alternative, the word itself is found there: it would count twice.
                let tokens = super::parse::plain_tokens(&alternative.text);
                if tokens.len() > 1 && tokens.iter().any(|token| own_stems.contains(&token.text)) {
                    continue;
                }
                for variant in self.word_variants(&alternative.text) {
                    let known = concept.variants.iter_mut().find(|known| known.form == variant.form);
                    match known {
                        Some(known) => known.weight = known.weight.max(weight),
                        // Nothing is found by it, so there is nothing to say of it.
                        None if !crossing && weight < FAINT => {
                            concept.faint.push(Variant { weight, via: None, crossing, ..variant });
                        }
                        None => concept.variants.push(Variant { weight, via: via.clone(), crossing, ..variant }),
                    }
                }
            }
        }
    }
}

/// Returns in how many units a concept is expected to occur: that of its variants by their weights. Exact words of one stem
/// count as the stem, once.
pub(crate) fn document_frequency<'v>(
    variants: impl IntoIterator<Item = &'v Variant>,
    reader: &Reader,
) -> tantivy::Result<f32> {
    let text = reader.fields.text;
    let frequency = |term: &str| reader.frequency(text, term);
    let mut stems: Vec<String> = Vec::new();
    let mut sum = 0.0;
    for variant in variants {
        let units = match &variant.form {
            Form::Term(term) => match reader.written(text, term) {
                Some((stem, _)) if stems.contains(&stem) => 0,
                Some((stem, _)) => {
                    let units = frequency(&stem)?;
                    stems.push(stem);
                    units
                }
                None => frequency(term)?,
            },
            Form::Sequence { terms, .. } => {
                let mut least = u64::MAX;
                for (_, term) in terms {
                    least = least.min(frequency(term)?);
                }
                least
            }
            Form::Key(field, key) => reader.frequency(*field, key)?,
        };
        sum += variant.weight * units as f32;
    }
    Ok(sum)
}

/// Returns the frequency that tells the weight of a word: its own, and where no unit holds it, that of all else that it is
/// called. Common words that a rare one is translated by must not make it common (measured: blind needs at scale .670 to
/// .694, over five documents .849 to .853, own needs .794 to .798). An abbreviation is as common as what it stands for: hardly a
/// unit holds "ECtHR" (measured: other needs at scale .615 to .631 and .606 to .609, over five documents .922 to .925).
pub(crate) fn telling_frequency<'v>(
    variants: impl Iterator<Item = &'v Variant> + Clone,
    reader: &Reader,
) -> tantivy::Result<f32> {
    let own = document_frequency(variants.clone().filter(|variant| variant.via.is_none()), reader)?;
    if own == 0.0 {
        return document_frequency(variants, reader);
    }
    let written_out = |variant: &&Variant| {
        let known = variant.via.as_ref().is_some_and(|(origin, _)| *origin == Origin::Glossary);
        known && variant.weight >= SAME && matches!(variant.form, Form::Sequence { .. })
    };
    Ok(own.max(document_frequency(variants.filter(written_out), reader)?))
}
