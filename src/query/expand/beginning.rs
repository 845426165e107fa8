//! How the forms of a table of concepts begin: the lines that may name a word of the query are found by it, and no other
//! line is taken apart. The tables of the program are sorted into drawers when it is compiled.

/// Marks a form that counts only as capitalised in the table.
const AS_WRITTEN: char = '=';

/// Drawers of a table; several beginnings share one.
pub(super) const DRAWERS: usize = 4096;

/// Three letters, filled up with zeros.
pub(super) type Beginning = [char; 3];

/// Returns the form as it is printed.
pub(super) fn plain(form: &str) -> &str {
    form.strip_prefix(AS_WRITTEN).unwrap_or(form)
}

/// The lines of a table that hold concepts: all but comments and the head.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1)
}

pub(super) fn drawer_of(beginning: Beginning) -> usize {
    beginning.iter().fold(0, |sum: usize, letter| sum.wrapping_mul(31).wrapping_add(*letter as usize)) % DRAWERS
}

/// The beginning of a form, and of what follows an article that opens it.
pub(super) fn beginnings_of(form: &str) -> impl Iterator<Item = Beginning> {
    let after_article = form.split_once(' ').filter(|(first, _)| first.len() <= 4).map(|(_, rest)| beginning(rest));
    std::iter::once(beginning(form)).chain(after_article)
}

/// Returns the first three letters of the first word in lower case without accents.
pub(super) fn beginning(text: &str) -> Beginning {
    let is_letter = |c: char| matches!(c, 'a'..='z' | 'а'..='я') || c.is_alphanumeric();
    let word = text.trim_start_matches(|c| !is_letter(c)).chars().take_while(|c| is_letter(*c));
    let mut letters = word.map(|c| {
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
    [(); 3].map(|()| letters.next().unwrap_or('\0'))
}
