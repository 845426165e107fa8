//! Line-end hyphens: which belong to the word and which to the line.
//!
//! A soft hyphen always goes. A printed hyphen goes only on evidence in the document itself: the joined word occurs in
//! it, or the document is seen to break words and the halves are no words of it. So "из-" + "за" stays "из-за".

use std::collections::HashSet;

/// Words that take a hyphen whatever follows.
const PREFIXES: [&str; 24] = [
    "non", "self", "co", "ex", "pre", "post", "anti", "inter", "multi", "semi", "sub", "vice", "cross", "well", "long",
    "short", "high", "low", "full", "part", "из", "по", "кое", "во",
];

/// The words of a document, as far as they stand within lines.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashSet<String>,
    breaks_words: bool,
    /// Files of some programs print every hyphen as a soft one.
    soft_is_printed: bool,
}

impl Vocabulary {
    /// Reads the lines of a document in order. `soft_is_printed` says that soft hyphens stand within lines.
    pub fn read<'l>(lines: impl Iterator<Item = &'l str> + Clone, soft_is_printed: bool) -> Vocabulary {
        let mut vocabulary = Vocabulary { soft_is_printed, ..Vocabulary::default() };
        for line in lines.clone() {
            let broken = line.ends_with(['-', '\u{2010}', '\u{ad}']);
            let mut words: Vec<&str> = line.split_whitespace().collect();
            if broken {
                words.pop();
            }
            for word in words {
                let word = bare(word).replace('\u{2010}', "-").to_lowercase();
                for part in word.split('-').filter(|_| word.contains('-')) {
                    vocabulary.words.insert(part.to_owned());
                }
                vocabulary.words.insert(word);
            }
        }
        let mut joined = 0;
        for (line, next) in lines.clone().zip(lines.skip(1)) {
            if let Some((head, tail)) = halves(line, next) {
                joined += usize::from(vocabulary.words.contains(&format!("{head}{tail}")));
            }
        }
        vocabulary.breaks_words = joined >= 2;
        vocabulary
    }

    /// Appends a line to a text, undoing a hyphen between them.
    pub fn join(&self, text: &mut String, next: &str) {
        let soft = text.ends_with('\u{ad}');
        if soft {
            text.pop();
        }
        if soft && self.soft_is_printed {
            text.push('-');
        }
        if soft && !self.soft_is_printed {
            // The line's own: nothing stands in its place.
        } else if let Some((head, tail)) = halves(text, next) {
            if self.belongs_to_line(&head, &tail) {
                text.pop();
            }
        } else if !text.is_empty() && !text.ends_with('/') && !breaks_at_dash(text, next) && !breaks_address(text, next)
        {
            text.push(' ');
        }
        text.push_str(next);
    }

    fn belongs_to_line(&self, head: &str, tail: &str) -> bool {
        if self.words.contains(&format!("{head}{tail}")) {
            return true;
        }
        if self.words.contains(&format!("{head}-{tail}")) || head.contains('-') || PREFIXES.contains(&head) {
            return false;
        }
        self.breaks_words && !(self.words.contains(head) && self.words.contains(tail))
    }
}

/// Returns the two halves of a word broken by a hyphen at the end of a line, in lower case.
fn halves(line: &str, next: &str) -> Option<(String, String)> {
    let line = line.strip_suffix(['-', '\u{2010}'])?;
    let head = line.rsplit(char::is_whitespace).next()?;
    let tail = next.split(char::is_whitespace).next()?;
    let broken = head.ends_with(char::is_alphabetic) && tail.starts_with(char::is_alphabetic);
    broken
        .then(|| (bare(head).to_lowercase(), bare(tail).to_lowercase()))
        .filter(|_| tail.starts_with(char::is_lowercase))
}

/// Whether a dash within figures or words was the place to break: "5–" + "10", "A/HRC/WG.6-" + "7".
fn breaks_at_dash(text: &str, next: &str) -> bool {
    let mut end = text.chars().rev();
    let dash = end.next().is_some_and(|c| matches!(c, '-' | '–' | '\u{2010}' | '\u{2011}'));
    dash && end.next().is_some_and(char::is_alphanumeric) && next.starts_with(char::is_alphanumeric)
}

/// Whether a web address runs over the end of a line: "www.un.org/en/repo" + "rts.pdf".
pub(super) fn breaks_address(text: &str, next: &str) -> bool {
    const SIGNS: [char; 6] = ['/', '?', '=', '&', '_', '%'];
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let address = ["http://", "https://", "www."].iter().any(|start| word.contains(start));
    let ended = word.ends_with(['.', ',', ';', ':', ')', ']', '>', '”', '"']);
    let rest = next.split(char::is_whitespace).next().unwrap_or_default().trim_end_matches(['.', ',', ';', ')', ':']);
    let begins_another = ["http://", "https://", "www."].iter().any(|start| rest.starts_with(start));
    address && !ended && !begins_another && (word.ends_with(SIGNS) || rest.contains(SIGNS) || rest.contains('.'))
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: &str) {
        assert_eq!(join(lines, false), expected);
    }

    fn join(lines: &[&str], soft_is_printed: bool) -> String {
        let vocabulary = Vocabulary::read(lines.iter().copied(), soft_is_printed);
        let mut text = String::new();
        for line in lines.iter().skip_while(|line| **line != "|").skip(1) {
            vocabulary.join(&mut text, line);
        }
        text
    }

    #[test]
    fn soft_hyphens_that_a_program_prints_are_hyphens() {
        assert_eq!(join(&["|", "из\u{ad}", "за угла"], true), "из-за угла");
    }

    #[test]
    fn hyphens_go_on_evidence_only() {
        check(&["|", "soft hy\u{ad}", "phen"], "soft hyphen");
        check(&["the recommendation", "|", "a recommen-", "dation"], "a recommendation");
        check(&["|", "child-", "related"], "child-related");
        check(&["|", "вышел из-", "за угла"], "вышел из-за угла");
        check(&["|", "в 2005–", "2010 годах"], "в 2005–2010 годах");
        check(&["|", "the rights –", "all of them"], "the rights – all of them");
        check(&["|", "Asia-", "Pacific"], "Asia-Pacific");
        check(&["|", "A/HRC/", "11/24"], "A/HRC/11/24");
        check(&["|", "www.un.org/repo", "rts.pdf. See"], "www.un.org/reports.pdf. See");
        check(&["|", "https://a.org/x?", "end=2016&l=LA"], "https://a.org/x?end=2016&l=LA");
        check(&["|", "see www.a.org", "for more."], "see www.a.org for more.");
        check(&["|", "see www.a.org.", "B.C. is"], "see www.a.org. B.C. is");
    }

    #[test]
    fn a_document_that_breaks_words_breaks_them_all() {
        let seen =
            ["about children and recommendations", "chil-", "dren recommenda-", "tions", "|", "legis-", "lation"];
        check(&seen, "legislation");
    }
}
