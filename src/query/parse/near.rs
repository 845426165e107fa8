//! NEAR between words, phrases, beginnings of words and groups of them.

use super::lex::Lexeme;
use super::{MAX_WAYS, Parser, Query, all};

impl Parser {
    /// Reads `a NEAR/n b NEAR/n c`, of words, phrases, prefixes and groups of them.
    pub(super) fn near(&mut self, depth: usize) -> Query {
        let mut parts = vec![self.primary(depth)];
        let mut distance = 0;
        while let Some(Lexeme::Near(near)) = self.peek() {
            let near = *near;
            let follows = self.tokens.get(self.next + 1);
            let joins =
                matches!(follows, Some(Lexeme::Word(_) | Lexeme::Phrase { .. } | Lexeme::Prefix(_) | Lexeme::Open));
            if !joins {
                break;
            }
            self.next += 1;
            parts.push(self.primary(depth));
            distance = near.max(distance);
        }
        parts.retain(|part| *part != Query::Empty);
        if parts.len() < 2 {
            return parts.pop().unwrap_or_default();
        }
        let near = Query::Near { parts, distance };
        match (ways(&near), near) {
            (Some(1..=MAX_WAYS), near) => near,
            (ways, Query::Near { parts, .. }) => {
                self.warn(match ways {
                    None => "NEAR is left out: what is excluded can be near nothing",
                    Some(_) => "NEAR is left out: its groups have too many words (at most 16 pairs)",
                });
                all(parts)
            }
            (_, other) => other,
        }
    }

    pub(super) fn warn(&mut self, warning: &str) {
        if !self.warnings.iter().any(|known| known == warning) {
            self.warnings.push(warning.to_owned());
        }
    }
}

/// Returns in how many ways one of each alternatives can be chosen; `None` where something is excluded.
fn ways(query: &Query) -> Option<usize> {
    match query {
        Query::Not(_) => None,
        Query::Must(part) => ways(part),
        Query::Any(parts) => parts.iter().try_fold(0_usize, |sum, part| Some(sum.saturating_add(ways(part)?))),
        Query::All(parts) | Query::Near { parts, .. } => {
            parts.iter().try_fold(1_usize, |product, part| Some(product.saturating_mul(ways(part)?)))
        }
        Query::Empty | Query::Word(_) | Query::Phrase { .. } | Query::Prefix(_) => Some(1),
    }
}
