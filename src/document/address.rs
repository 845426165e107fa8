//! Texts that are nothing but an address: the symbol of a document, a place on the web.

/// Whether a text is nothing but a UN document symbol ("A/HRC/40/51/Add.1", "CRC/C/OPSC/LAO/CO/1").
///
/// A symbol has at least three parts between slashes, capitals in the first and a digit somewhere.
pub fn is_un_symbol(text: &str) -> bool {
    if !text.starts_with(|first: char| first.is_ascii_uppercase()) || text.contains(char::is_whitespace) {
        return false;
    }
    let mut parts = text.split('/');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let part_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '*' | '(' | ')');
    rest.len() >= 2
        && !first.is_empty()
        && first.chars().all(|sign| sign.is_ascii_uppercase())
        && rest.iter().all(|part| !part.is_empty() && part.len() <= 12 && part.chars().all(part_sign))
        && text.chars().any(|sign| sign.is_ascii_digit())
}

/// Whether a text is nothing but a web address, as a printed page has it under a title or in a list of sources: in one
/// word, or in two where a line ended within it.
pub fn is_web_address(text: &str) -> bool {
    const STARTS: [&str; 3] = ["http://", "https://", "www."];
    let text = text.trim().trim_start_matches(['<', '(', '[']);
    let starts = |start: &&str| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    STARTS.iter().any(starts) && text.split_whitespace().count() <= 2
}
