//! How the forms of a table of concepts begin: the lines that may name a word of the query are found by it, and no other
//! line is taken apart. The tables of the program are sorted into drawers when it is compiled.

/// Marks a form that counts only as capitalised in the table.
const AS_WRITTEN: char = '=';

/// Drawers of a table; several beginnings share one.
pub(super) const DRAWERS: usize = 1024;

/// Returns the form as it is printed.
pub(super) fn plain(form: &str) -> &str {
    form.strip_prefix(AS_WRITTEN).unwrap_or(form)
}

/// The lines of a table that hold concepts: all but comments and the head.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1)
}

pub(super) fn drawer_of([first, second]: [char; 2]) -> usize {
    (first as usize).wrapping_mul(31).wrapping_add(second as usize) % DRAWERS
}

/// The beginning of a form, and of what follows an article that opens it.
pub(super) fn beginnings_of(form: &str) -> impl Iterator<Item = [char; 2]> {
    let after_article = form.split_once(' ').filter(|(first, _)| first.len() <= 4).map(|(_, rest)| beginning(rest));
    std::iter::once(beginning(form)).chain(after_article)
}

/// Returns the first two letters in lower case without accents.
pub(super) fn beginning(text: &str) -> [char; 2] {
    let is_letter = |c: &char| matches!(c, 'a'..='z' | 'а'..='я') || c.is_alphanumeric();
    let mut letters = text.chars().filter(is_letter).map(|c| {
        let lower = match c {
            'a'..='z' | 'а'..='я' => return c,
            'A'..='Z' => return c.to_ascii_lowercase(),
            _ => c.to_lowercase().next().unwrap_or(c),
        };
        match lower {
            'ё' => 'е',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'ô' | 'ö' | 'ó' => 'o',
            'ü' | 'ú' => 'u',
            'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
            'í' | 'î' => 'i',
            'ç' => 'c',
            other => other,
        }
    });
    [letters.next().unwrap_or('\0'), letters.next().unwrap_or('\0')]
}
