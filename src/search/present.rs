//! Leaves out of a query what the index does not hold.
//!
//! Every translation and synonym that stands in no unit would be looked up again by every later step, and would keep a
//! plain word from being searched as one. Invariant: what is left out could match nothing, so no answer changes.

use crate::index::open::Reader;
use crate::query::lower::{Form, Plan};

/// Removes the variants that no unit can hold; a concept keeps its first one where it would have none.
pub(super) fn without_absent(plan: &mut Plan, reader: &Reader) -> tantivy::Result<()> {
    for concept in plan.concepts.iter_mut().filter(|concept| concept.variants.len() > 1) {
        let first = concept.variants.first().cloned();
        let mut held = Vec::with_capacity(concept.variants.len());
        for variant in std::mem::take(&mut concept.variants) {
            if is_held(reader, &variant.form)? {
                held.push(variant);
            }
        }
        if held.is_empty() {
            held.extend(first);
        }
        concept.variants = held;
    }
    Ok(())
}

fn is_held(reader: &Reader, form: &Form) -> tantivy::Result<bool> {
    let fields = &reader.fields;
    let holds = |field, text: &str| Ok::<_, tantivy::TantivyError>(reader.frequency(field, text)? > 0);
    match form {
        Form::Term(text) => Ok(holds(fields.text, text)? || holds(fields.context, text)?),
        Form::Key(field, key) => holds(*field, key),
        Form::Sequence { terms, .. } => {
            for (_, text) in terms {
                if !holds(fields.text, text)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}
