//! Keeps what documents and file names hold from acting on the terminal.
//!
//! Invariant: no text of a document, a query or a file name is written for people except through this module. The
//! machine formats escape or quote it by their own rules.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

/// Returns the character to print in place of `c`: itself, a space for white space of any kind, U+FFFD for a control
/// character, `None` for an invisible character that only steers layout (bidi controls, soft hyphen, tags).
///
/// Bidi controls are those of Unicode UAX #9; unseen, they let a line show other words than it holds.
pub fn printable(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{a0}' => Some(' '),
        '\u{ad}' | '\u{feff}' => None,
        c if is_bidi_control(c) || is_invisible(c) => None,
        c if c.is_control() => Some(char::REPLACEMENT_CHARACTER),
        c => Some(c),
    }
}

/// Tells whether a character steers the direction of text.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Word joiners, invisible operators, deprecated format characters, interlinear annotation and tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns a text fit for a terminal, on one line.
pub fn text(raw: &str) -> Cow<'_, str> {
    if raw.chars().all(|c| printable(c) == Some(c)) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.chars().filter_map(printable).collect())
}

/// Returns a name fit for a terminal in which every odd character shows as an escape (`\n`, `\u{1b}`), so that the
/// user can tell which file is meant.
pub fn name(raw: &str) -> Cow<'_, str> {
    if raw.chars().all(|c| printable(c) == Some(c)) {
        return Cow::Borrowed(raw);
    }
    let mut shown = String::with_capacity(raw.len() + 8);
    for c in raw.chars() {
        if c == ' ' || printable(c) == Some(c) {
            shown.push(c);
        } else if c.is_control() {
            shown.extend(c.escape_default());
        } else {
            // Writing to a string never fails.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        }
    }
    Cow::Owned(shown)
}

/// Returns a path fit for a terminal; bytes that are not UTF-8 show as U+FFFD.
pub fn path(raw: &Path) -> String {
    name(&raw.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, as_text: &str, as_name: &str) {
        assert_eq!(text(raw), as_text, "text of {raw:?}");
        assert_eq!(name(raw), as_name, "name of {raw:?}");
    }

    #[test]
    fn nothing_acts_on_the_terminal() {
        check("plain – «текст»", "plain – «текст»", "plain – «текст»");
        check("a\u{1b}[31mred", "a\u{fffd}[31mred", "a\\u{1b}[31mred");
        check("two\nlines\tand\r\n", "two lines and  ", "two\\nlines\\tand\\r\\n");
        check("gnp.\u{202e}txt", "gnp.txt", "gnp.\\u{202e}txt");
        check("\u{9b}31m", "\u{fffd}31m", "\\u{9b}31m");
        check("a\u{a0}b\u{ad}c", "a bc", "a\\u{a0}b\\u{ad}c");
        check("\u{7f}", "\u{fffd}", "\\u{7f}");
    }

    #[test]
    fn no_control_or_bidi_character_is_left() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let raw = c.to_string();
            for shown in [text(&raw), name(&raw)] {
                assert!(!shown.chars().any(|c| c.is_control() || is_bidi_control(c)), "{:x}", u32::from(c));
            }
        }
    }
}
