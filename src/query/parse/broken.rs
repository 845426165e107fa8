//! Words that are broken at the end of a line.

/// Joins words that a page has broken at the end of a line ("pun-", "ishment"). The hyphen stays, and the word is sought with
/// it and without; in quotes, where only one can be, it goes.
pub(super) fn unbroken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        rest = rest.get(sign.len_utf8()..).unwrap_or_default();
        match sign {
            '"' => quoted = !quoted,
            '“' | '„' | '«' => quoted = true,
            '”' | '»' => quoted = false,
            _ => {}
        }
        let after = rest.trim_start();
        let breaks = rest.len() > after.len() && rest[..rest.len() - after.len()].contains('\n');
        let hyphen = matches!(sign, '-' | '‐' | '\u{ad}') && out.ends_with(char::is_alphabetic);
        if breaks && hyphen && after.starts_with(char::is_alphabetic) {
            if !(quoted && after.starts_with(char::is_lowercase)) {
                out.push(sign);
            }
            rest = after;
        } else {
            out.push(sign);
        }
    }
    out
}
