//! What one unit holds of a query: every form looked up once, in text and context.

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::schema::Field;

use super::Ranker;
use crate::analyzer::Endings;
use crate::index::lists::Part;
use crate::index::voice::Voice;
use crate::query::lower::{Concept, Form, Variant};
use crate::search::cursor::Cursor;

/// Positions of a word that are looked at in one unit.
const MAX_POSITIONS: usize = 64;
/// What one unit holds of the query.
pub(super) struct Parts<'a> {
    pub seen: Vec<Seen<'a>>,
    pub text_length: f32,
    pub voice: Option<Voice>,
}

#[derive(Default)]
pub(super) struct Seen<'a> {
    /// Of the word and what it is called in its own language.
    pub own: Frequencies,
    /// Of what it is called in the other.
    pub crossing: Frequencies,
    pub exact: bool,
    pub positions: Vec<u32>,
    /// Added words that were found.
    pub via: Vec<&'a str>,
}

/// Weighted frequencies.
#[derive(Default)]
pub(super) struct Frequencies {
    pub text: f32,
    pub context: f32,
}

impl Seen<'_> {
    /// Returns how often the concept is there in the language in which it is there more often.
    pub fn frequency(&self) -> f32 {
        (self.own.text + self.own.context).max(self.crossing.text + self.crossing.context)
    }

    fn of(&mut self, crossing: bool) -> &mut Frequencies {
        if crossing { &mut self.crossing } else { &mut self.own }
    }
}

/// The postings of the concepts in one part of the index.
pub(super) struct Look<'a> {
    ranker: &'a Ranker<'a>,
    forms: Vec<FormLook>,
    concepts: Vec<ConceptLook<'a>>,
    text_lengths: tantivy::fieldnorm::FieldNormReader,
    voices: Vec<(Voice, Cursor)>,
}

/// The forms of a concept by their place in [`Look::forms`].
struct ConceptLook<'a> {
    text: Vec<(usize, &'a Variant)>,
    context: Vec<(usize, &'a Variant)>,
    exact: Option<Exact>,
}

/// How the very word is looked for.
enum Exact {
    /// By its endings among the places of its stem, which is one of [`Look::forms`].
    Written(usize, Endings),
    Apart(Cursor),
}

/// One form, looked up once in each unit for all concepts that share it.
struct FormLook {
    cursor: Cursor,
    /// The unit of the frequency and the positions.
    unit: Option<DocId>,
    frequency: f32,
    /// Empty where positions are not wanted.
    positions: Vec<u32>,
    /// Of a lone term, with which endings it stands there.
    endings: Endings,
}

impl FormLook {
    /// Looks at a unit; 0 where the form does not stand in it.
    pub fn frequency(&mut self, unit: DocId, positions: bool) -> f32 {
        if self.unit != Some(unit) {
            let there = self.cursor.stands_in(unit);
            self.unit = Some(unit);
            self.frequency = if there { self.cursor.frequency() as f32 } else { 0.0 };
            self.positions.clear();
            self.endings = Endings::default();
            if there && positions {
                self.endings = self.cursor.positions(&mut self.positions);
            }
        }
        self.frequency
    }
}

/// Opens forms, each once.
struct Forms<'a> {
    part: Part<'a>,
    places: FxHashMap<(Field, &'a Form), Option<usize>>,
    opened: Vec<FormLook>,
}

impl<'a> Forms<'a> {
    /// Returns the place of a form among those opened; `None` where the part of the index does not hold it.
    pub fn open(&mut self, field: Field, form: &'a Form, positions: bool) -> tantivy::Result<Option<usize>> {
        if let Some(place) = self.places.get(&(field, form)) {
            return Ok(*place);
        }
        let cursor = Cursor::open_to_ask(form, field, self.part, positions)?;
        let place = cursor.map(|cursor| {
            let (unit, frequency, positions, endings) = (None, 0.0, Vec::new(), Endings::default());
            self.opened.push(FormLook { cursor, unit, frequency, positions, endings });
            self.opened.len() - 1
        });
        self.places.insert((field, form), place);
        Ok(place)
    }
}

impl Forms<'_> {
    /// Opens the very word beside the variants of its concept. Where the places of its stem are read, they tell it.
    fn exact(
        &self,
        field: Field,
        term: &str,
        places: bool,
        variants: &[(usize, &Variant)],
    ) -> tantivy::Result<Option<Exact>> {
        if places && let Some((stem, endings)) = self.part.written(field, term) {
            let is_stem = |variant: &Variant| matches!(&variant.form, Form::Term(term) if *term == stem);
            if let Some((form, _)) = variants.iter().find(|(_, variant)| is_stem(variant)) {
                return Ok(Some(Exact::Written(*form, endings)));
            }
        }
        let cursor = Cursor::open_to_ask(&Form::Term(term.to_owned()), field, self.part, false)?;
        Ok(cursor.map(Exact::Apart))
    }
}

impl<'a> Look<'a> {
    pub fn open(ranker: &'a Ranker<'a>, part: Part<'a>) -> tantivy::Result<Look<'a>> {
        let mut concepts = Vec::with_capacity(ranker.sought.len());
        let mut forms = Forms { part, places: FxHashMap::default(), opened: Vec::new() };
        let pairs = ranker.sought.len() > 1;
        for sought in &ranker.sought {
            let concept: &'a Concept = sought.concept;
            let (mut text, mut context) = (Vec::new(), Vec::new());
            for variant in concept.variants.iter().chain(&concept.faint) {
                text.extend(forms.open(ranker.text, &variant.form, pairs)?.map(|form| (form, variant)));
                if matches!(variant.form, Form::Term(_)) {
                    context.extend(forms.open(ranker.context, &variant.form, false)?.map(|form| (form, variant)));
                }
            }
            let exact = concept.exact.as_ref().map(|term| forms.exact(ranker.text, term, pairs, &text));
            let exact = exact.transpose()?.flatten();
            concepts.push(ConceptLook { text, context, exact });
        }
        let mut voices = Vec::new();
        for voice in Voice::ALL {
            let form = Form::Key(ranker.voice, voice.term().to_owned());
            voices.extend(Cursor::open_to_ask(&form, ranker.voice, part, false)?.map(|cursor| (voice, cursor)));
        }
        Ok(Look {
            ranker,
            forms: forms.opened,
            concepts,
            text_lengths: part.segment.get_fieldnorms_reader(ranker.text)?,
            voices,
        })
    }

    /// Looks at a unit; units are visited in ascending order.
    pub fn at(&mut self, unit: DocId) -> Parts<'a> {
        let pairs = self.ranker.sought.len() > 1;
        let mut parts = Parts {
            seen: Vec::with_capacity(self.concepts.len()),
            text_length: self.text_lengths.fieldnorm(unit) as f32,
            voice: self.voices.iter_mut().find_map(|(voice, units)| units.stands_in(unit).then_some(*voice)),
        };
        for concept in &mut self.concepts {
            let mut seen = Seen::default();
            for &(form, variant) in &concept.text {
                let Some(form) = self.forms.get_mut(form) else { continue };
                let frequency = form.frequency(unit, pairs);
                if frequency > 0.0 {
                    seen.of(variant.crossing).text += frequency * variant.weight;
                    seen.positions.extend(&form.positions);
                    seen.via.extend(variant.via.iter().map(|(_, words)| words.as_str()));
                }
            }
            for &(form, variant) in &concept.context {
                let frequency = self.forms.get_mut(form).map_or(0.0, |form| form.frequency(unit, false));
                seen.of(variant.crossing).context += frequency * variant.weight;
            }
            // A concept looked up by its very form alone has nothing more exact to find.
            seen.exact = match &mut concept.exact {
                None => false,
                Some(Exact::Written(form, endings)) => {
                    self.forms.get(*form).is_some_and(|form| form.unit == Some(unit) && form.endings.meet(*endings))
                }
                Some(Exact::Apart(cursor)) => cursor.stands_in(unit),
            };
            seen.positions.sort_unstable();
            seen.positions.truncate(MAX_POSITIONS);
            parts.seen.push(seen);
        }
        parts
    }
}
