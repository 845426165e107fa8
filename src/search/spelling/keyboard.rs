//! Words typed on the other keyboard: "ghfdf" for "права".

use std::ops::Range;

use super::{Correction, is_known};
use crate::index::open::Reader;
use crate::query::expansion::Expander;
use crate::query::parse::plain_tokens;

/// Keys of the usual English and Russian keyboards.
const KEYS: [(&str, &str); 2] = [
    ("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё"),
    ("QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~", "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"),
];

/// Returns the word that the same keys write on the other keyboard, where the index holds it: "ghfdf" for "права". Keys
/// that write punctuation on one keyboard and letters on the other belong to the word.
pub(super) fn other_layout(
    reader: &Reader,
    text: &str,
    span: &Range<usize>,
    lexicon: &dyn Expander,
) -> tantivy::Result<Option<Correction>> {
    let is_key = |c: char| KEYS.iter().any(|(latin, _)| latin.contains(c)) && !matches!(c, '"' | '<' | '>' | '~');
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.trim_end_matches(is_key).len();
    let after = text.get(span.end..).unwrap_or_default();
    let end = text.len() - after.trim_start_matches(is_key).len();
    for range in [start..end, span.clone()] {
        let Some(typed) = text.get(range.clone()) else { continue };
        let Some(meant) = on_other_keyboard(typed) else { continue };
        let tokens = plain_tokens(&meant);
        if let [token] = tokens.as_slice()
            && token.end - token.start == meant.len()
            && (is_known(reader, token)? || lexicon.knows(&token.exact))
        {
            return Ok(Some(Correction { span: range, replacement: meant.to_lowercase() }));
        }
    }
    Ok(None)
}

fn on_other_keyboard(typed: &str) -> Option<String> {
    let map = |c: char, from: fn(&(&'static str, &'static str)) -> (&'static str, &'static str)| {
        KEYS.iter().map(from).find_map(|(from, to)| to.chars().nth(from.chars().position(|key| key == c)?))
    };
    let to_russian: Option<String> = typed.chars().map(|c| map(c, |keys| *keys)).collect();
    to_russian.or_else(|| typed.chars().map(|c| map(c, |(latin, russian)| (russian, latin))).collect())
}
