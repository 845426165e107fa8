//! Printed numbers, bullets and marks at the start of a line, by their form alone.

/// Returns whether a word is printed before paragraphs: "21.", "140.10", "(a)", "(iv)", "b)", "IV.", "а)".
pub(super) fn is_label(word: &str) -> bool {
    let (open, core) = match word.strip_prefix(['(', '[']) {
        Some(core) => (true, core),
        None => (false, word),
    };
    let (closed, core) = match core.strip_suffix([')', ']']) {
        Some(core) => (true, core),
        None => (false, core),
    };
    if open && !closed {
        return false;
    }
    let (stopped, core) = match core.strip_suffix('.') {
        Some(core) => (true, core),
        None => (false, core),
    };
    if core.is_empty() || core.chars().count() > 9 {
        return false;
    }
    if is_number(core) {
        return closed || stopped || core.contains('.');
    }
    (closed || stopped) && (is_letter(core) || is_roman(core))
}

/// "21", "140.10", "2.1.3": up to three digits each, as years are no numbers of paragraphs.
fn is_number(core: &str) -> bool {
    core.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_letter(core: &str) -> bool {
    let mut letters = core.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(first), None, _) => first.is_alphabetic(),
        (Some(first), Some(second), None) => first.is_lowercase() && first == second,
        _ => false,
    }
}

/// Returns whether a word is a Roman numeral in one case.
pub(super) fn is_roman(core: &str) -> bool {
    !core.is_empty() && (core.chars().all(|c| "ivxlc".contains(c)) || core.chars().all(|c| "IVXLC".contains(c)))
}

/// Returns whether a word is a bullet whatever follows it.
pub(super) fn is_bullet(word: &str) -> bool {
    let mut chars = word.chars();
    let single = chars.next().filter(|_| chars.next().is_none());
    single.is_some_and(|c| "•●○◦▪▫■□◆◇►▶➢➤✓✔❖‣⁃∙·".contains(c) || ('\u{f020}'..='\u{f0ff}').contains(&c))
}

/// Returns whether a word is a bullet where a wide gap follows it.
pub(super) fn is_dash_bullet(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "o" | "§" | "*" | "¾" | "Ø" | "ü" | "→")
}

/// Returns whether a word can be the mark of a footnote: "3", "12", "*", "**", "a", "iv", "†".
pub(super) fn is_mark(word: &str) -> bool {
    let count = word.chars().count();
    (1..=3).contains(&count)
        && (word.chars().all(|c| c.is_ascii_digit() || ('⁰'..='⁹').contains(&c) || "¹²³".contains(c))
            || word.chars().all(|c| "*†‡§#".contains(c))
            || (count == 1 && word.chars().all(char::is_alphabetic))
            || is_roman(word))
}

/// Returns whether a paragraph that ends so may go on: no closing full stop, colon or the like.
pub(super) fn is_unfinished(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(['"', '”', '»', ')', ']', '’']);
    !end.ends_with(['.', '!', '?', ':', ';', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_words() {
        for label in ["1.", "21.", "140.10", "140.10.", "(a)", "(iv)", "(aa)", "b)", "IV.", "A.", "а)", "1.1", "(12)"]
        {
            assert!(is_label(label), "{label}");
        }
        for word in ["2009.", "The", "(the", "a", "21", "etc.", "(a", "article", "3,", "No."] {
            assert!(!is_label(word), "{word}");
        }
    }

    #[test]
    fn marks_are_short() {
        for mark in ["1", "12", "*", "**", "a", "iv", "²"] {
            assert!(is_mark(mark), "{mark}");
        }
        for word in ["", "2009", "the", "CO"] {
            assert!(!is_mark(word), "{word}");
        }
    }
}
