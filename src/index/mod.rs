//! The tantivy index: schema, writing by document, opening.
