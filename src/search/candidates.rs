//! The query by which tantivy finds the candidates.

use tantivy::query::{BooleanQuery, Occur, Query as TantivyQuery};

use super::concept::ConceptQuery;
use super::matching::AnyOf;
use super::rank;
use super::union::UnionQuery;
use crate::index::open::Reader;
use crate::query::lower::{Concept, Form, Node, Plan};

/// Returns the query that finds the candidates, or `None` where nothing is sought.
pub(super) fn candidates_query(
    reader: &Reader,
    plan: &Plan,
    weights: rank::Weights,
) -> tantivy::Result<Option<Box<dyn TantivyQuery>>> {
    let Some(root) = &plan.root else { return Ok(None) };
    let builder = CandidateBuilder { reader, plan, weights };
    if let Some(union) = builder.union(root)? {
        return Ok(Some(Box::new(union)));
    }
    let mut clauses = Vec::new();
    builder.add(root, Occur::Should, true, &mut clauses)?;
    // A lone concept is not wrapped: it prunes for itself.
    Ok(match clauses.len() {
        0 => None,
        1 if clauses.iter().all(|(occur, _)| *occur != Occur::MustNot) => clauses.pop().map(|(_, query)| query),
        _ => Some(Box::new(BooleanQuery::new(clauses))),
    })
}

/// Returns the query that finds what the whole query leaves out, or `None` where it leaves out nothing.
pub(super) fn excluded_query(
    reader: &Reader,
    plan: &Plan,
    weights: rank::Weights,
) -> tantivy::Result<Option<Box<dyn TantivyQuery>>> {
    let Some(Node::All { excluded, .. }) = &plan.root else { return Ok(None) };
    if excluded.is_empty() {
        return Ok(None);
    }
    let mut clauses = Vec::new();
    for node in excluded {
        CandidateBuilder { reader, plan, weights }.add(node, Occur::Must, false, &mut clauses)?;
    }
    let any = clauses.into_iter().map(|(_, query)| (Occur::Should, query)).collect();
    Ok(Some(Box::new(BooleanQuery::new(any))))
}

/// Returns a query for the same units as `candidates`, for whoever counts them.
pub(super) fn counting_query(reader: &Reader, plan: &Plan, candidates: Box<dyn TantivyQuery>) -> Box<dyn TantivyQuery> {
    let mut indices = Vec::new();
    if !plan.root.as_ref().is_some_and(|root| flat(root, &mut indices)) {
        return candidates;
    }
    let (text, context) = (reader.fields.text, reader.fields.context);
    let concepts = indices.iter().filter_map(|index| plan.concepts.get(*index));
    let forms = concepts.flat_map(|concept| concept.variants.iter().map(|variant| &variant.form));
    Box::new(AnyOf::new(
        reader,
        forms.flat_map(|form| {
            let in_context = matches!(form, Form::Term(_)).then(|| (context, form.clone()));
            in_context.into_iter().chain([(text, form.clone())])
        }),
    ))
}

/// Collects the concepts of a node that is nothing but a union of them.
fn flat(node: &Node, indices: &mut Vec<usize>) -> bool {
    match node {
        Node::Concept(index) => {
            indices.push(*index);
            true
        }
        Node::Any(parts) => parts.iter().all(|part| flat(part, indices)),
        Node::All { wanted, required, excluded } => {
            required.is_empty() && excluded.is_empty() && wanted.iter().all(|part| flat(part, indices))
        }
    }
}

type Clauses = Vec<(Occur, Box<dyn TantivyQuery>)>;

struct CandidateBuilder<'a> {
    reader: &'a Reader,
    plan: &'a Plan,
    weights: rank::Weights,
}

impl CandidateBuilder<'_> {
    /// Adds a node to a conjunction or disjunction. Wanted concepts are added one by one rather than nested.
    fn add(&self, node: &Node, occur: Occur, context: bool, clauses: &mut Clauses) -> tantivy::Result<()> {
        match node {
            Node::Concept(index) => {
                let Some(concept) = self.plan.concepts.get(*index) else { return Ok(()) };
                if occur == Occur::Should {
                    let queries = self.queries(concept, context)?.into_iter();
                    clauses.extend(queries.map(|query| (occur, Box::new(query) as Box<dyn TantivyQuery>)));
                } else {
                    let query = ConceptQuery::new(self.reader, concept, self.reader.fields.text, 1.0)?;
                    clauses.push((occur, Box::new(query)));
                }
            }
            Node::Any(parts) if occur == Occur::Should => {
                for part in parts {
                    self.add(part, Occur::Should, context, clauses)?;
                }
            }
            Node::All { wanted, required, excluded }
                if occur == Occur::Should && clauses.is_empty() && required.is_empty() =>
            {
                for part in wanted {
                    self.add(part, Occur::Should, context, clauses)?;
                }
                for part in excluded {
                    self.add(part, Occur::MustNot, false, clauses)?;
                }
            }
            Node::Any(parts) => {
                let mut inner = Vec::new();
                for part in parts {
                    self.add(part, Occur::Should, context, &mut inner)?;
                }
                clauses.push((occur, Box::new(BooleanQuery::new(inner))));
            }
            Node::All { wanted, required, excluded } => {
                let mut inner = Vec::new();
                for part in required {
                    self.add(part, Occur::Must, false, &mut inner)?;
                }
                for part in wanted {
                    self.add(part, Occur::Should, context, &mut inner)?;
                }
                for part in excluded {
                    self.add(part, Occur::MustNot, false, &mut inner)?;
                }
                clauses.push((occur, Box::new(BooleanQuery::new(inner))));
            }
        }
        Ok(())
    }

    /// Returns the query of wanted concepts; `None` where something is required or excluded. tantivy's own union of terms
    /// is not for us: it prunes by the best entry of each block, which it chose by other constants than we rank with.
    fn union(&self, root: &Node) -> tantivy::Result<Option<UnionQuery>> {
        let mut indices = Vec::new();
        if !flat(root, &mut indices) {
            return Ok(None);
        }
        let concepts: Vec<&Concept> = indices.iter().filter_map(|index| self.plan.concepts.get(*index)).collect();
        let mut parts = Vec::new();
        for concept in concepts {
            parts.extend(self.queries(concept, true)?);
        }
        Ok(Some(UnionQuery { concepts: parts }))
    }

    /// Returns the queries of a wanted concept: in the text and, where asked for, in the context.
    fn queries(&self, concept: &Concept, context: bool) -> tantivy::Result<Vec<ConceptQuery>> {
        let (fields, weights) = (&self.reader.fields, &self.weights);
        let query = |field, boost| ConceptQuery::by_language(self.reader, concept, field, boost, weights.crossing);
        let mut queries = query(fields.text, 1.0)?;
        if context && concept.variants.iter().any(|variant| matches!(variant.form, Form::Term(_))) {
            queries.extend(query(fields.context, weights.context)?);
        }
        Ok(queries)
    }
}
