//! Text to words and their parts, by the classes of characters alone.

use unicode_normalization::char::is_combining_mark;

/// Longest word in bytes; longer runs of letters (encoded data, texts without spaces) are cut into several words, so
/// that every piece stays searchable and no term of the index grows without bound.
const LONGEST_WORD: usize = 255;
/// Letters of an acronym with full stops.
const LONGEST_ACRONYM: usize = 16;
/// Compounds of more parts than this are read as a list of words; "one-of-a-kind" is still a compound.
const MOST_PARTS: usize = 5;

/// A word as it stands in the text.
#[derive(Debug, Default)]
pub struct Word {
    pub start: usize,
    pub end: usize,
    pub parts: Vec<Part>,
    /// The parts written in one, where the word is a compound.
    pub joined: Option<String>,
}

/// Bytes of a part; `shown_end` lies behind a possessive ending that `end` leaves out.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub start: usize,
    pub end: usize,
    pub shown_end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    /// Combining marks, soft hyphens, zero-width characters: they continue a word and never begin one.
    Inside,
    Apostrophe,
    Hyphen,
    /// A character of a script written without spaces: a word of its own.
    Alone,
    /// A raised or lowered digit: never part of the word it follows.
    Raised,
    Gap,
}

fn class(character: char) -> Class {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Letter,
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | 'ʹ' | '＇' => Class::Apostrophe,
        '-' | '\u{2010}' | '\u{2011}' | '﹣' | '－' => Class::Hyphen,
        '\u{0}'..='\u{7f}' | '\u{2012}'..='\u{2027}' => Class::Gap,
        '²' | '³' | '¹' | '\u{2070}'..='\u{209c}' => Class::Raised,
        '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}' => Class::Inside,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => Class::Inside,
        // Thai, Lao, Myanmar, Khmer, kana, Han.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' if is_combining_mark(character) => {
            Class::Inside
        }
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => alone_if_letter(character),
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => alone_if_letter(character),
        '\u{20000}'..='\u{3ffff}' => alone_if_letter(character),
        _ if character.is_alphanumeric() => Class::Letter,
        _ if is_combining_mark(character) => Class::Inside,
        _ => Class::Gap,
    }
}

/// Whether a byte is a character that belongs to no word and joins none: told at once, as it is what stands between most
/// words.
fn is_plain_gap(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'.' | b',' | b';' | b':' | b'(' | b')')
}

fn alone_if_letter(character: char) -> Class {
    if character.is_alphanumeric() { Class::Alone } else { Class::Gap }
}

/// Calls `sink` with the words of the text in order.
pub fn scan(text: &str, sink: &mut dyn FnMut(&Word)) {
    let mut scanner = Scanner { text, word: Word::default(), sink };
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        if is_plain_gap(byte) {
            at += 1;
            continue;
        }
        let Some(character) = scanner.at(at) else { break };
        at = match class(character) {
            Class::Letter => scanner.word(at),
            Class::Alone => scanner.alone(at),
            Class::Raised => scanner.raised(at),
            // A vowel sign with nothing to stand on is still a letter.
            Class::Inside if character.is_alphanumeric() => scanner.alone(at),
            _ => at + character.len_utf8(),
        };
    }
}

struct Scanner<'a> {
    text: &'a str,
    /// Kept between words for its buffer.
    word: Word,
    sink: &'a mut dyn FnMut(&Word),
}

impl Scanner<'_> {
    fn at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Returns the first character from `at` on that has a class other than `Inside`, with its offset.
    fn next_visible(&self, at: usize) -> Option<(usize, char)> {
        self.text
            .get(at..)?
            .char_indices()
            .map(|(offset, c)| (at + offset, c))
            .find(|(_, c)| class(*c) != Class::Inside)
    }

    /// Reads the run of letters from `start`; returns where it ends.
    fn letters(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = start;
        let mut at = start;
        let limit = bytes.len().min(start.saturating_add(LONGEST_WORD));
        while at < limit {
            let rest = bytes.get(at..limit).unwrap_or_default();
            let plain = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if plain > 0 {
                at += plain;
                end = at;
                continue;
            }
            let Some(character) = self.at(at) else { break };
            match class(character) {
                Class::Letter | Class::Inside if at + character.len_utf8() - start > LONGEST_WORD => break,
                Class::Letter => {
                    at += character.len_utf8();
                    end = at;
                }
                Class::Inside => {
                    at += character.len_utf8();
                    if is_combining_mark(character) {
                        end = at;
                    }
                }
                _ => break,
            }
        }
        end
    }

    /// Reads a word with its joiners and hands it on; returns where to go on.
    fn word(&mut self, start: usize) -> usize {
        let end = self.letters(start);
        self.word.parts.clear();
        self.word.joined = None;
        self.word.start = start;
        if let Some(end) = self.acronym(start, end) {
            return self.finish(end);
        }
        self.word.parts.push(Part { start, end, shown_end: end });
        let mut end = end;
        let mut joiners = false;
        if self.text.as_bytes().get(end).is_none_or(is_plain_gap) {
            return self.finish(end);
        }
        while let Some((at, joiner)) = self.next_visible(end) {
            let joiner_class = class(joiner);
            if !matches!(joiner_class, Class::Apostrophe | Class::Hyphen) {
                break;
            }
            let Some((next, letter)) = self.next_visible(at + joiner.len_utf8()) else { break };
            if class(letter) != Class::Letter {
                break;
            }
            let next_end = self.letters(next);
            let possessive = joiner_class == Class::Apostrophe
                && matches!(self.text.get(next..next_end), Some("s" | "S"))
                && !self.next_visible(next_end).is_some_and(|(_, after)| class(after) == Class::Apostrophe);
            if possessive {
                if let Some(last) = self.word.parts.last_mut() {
                    last.shown_end = next_end;
                }
            } else {
                self.word.parts.push(Part { start: next, end: next_end, shown_end: next_end });
                joiners = true;
            }
            end = next_end;
        }
        if joiners && self.word.parts.len() <= MOST_PARTS {
            self.word.joined = self.join();
        }
        self.finish(end)
    }

    /// Returns the parts written in one, or `None` where every part is a number ("2014-2015").
    fn join(&self) -> Option<String> {
        let parts = self.word.parts.iter().filter_map(|part| self.text.get(part.start..part.end));
        let joined: String = parts.collect();
        (!joined.bytes().all(|byte| byte.is_ascii_digit())).then_some(joined)
    }

    /// Reads "U.N." or "U.S.A": single capitals with full stops between them. Returns its end.
    fn acronym(&mut self, start: usize, first_end: usize) -> Option<usize> {
        self.single_capital(start, first_end)?;
        let mut end = first_end;
        let mut letters = 1;
        while self.at(end) == Some('.') && letters < LONGEST_ACRONYM {
            let next = end + 1;
            if !self.at(next).is_some_and(|letter| class(letter) == Class::Letter) {
                break;
            }
            let next_end = self.letters(next);
            self.single_capital(next, next_end)?;
            letters += 1;
            end = next_end;
        }
        if letters == 1 {
            return None;
        }
        self.word.parts.push(Part { start, end, shown_end: end });
        Some(end)
    }

    fn single_capital(&self, start: usize, end: usize) -> Option<char> {
        let mut characters = self.text.get(start..end)?.chars();
        let letter = characters.next().filter(|letter| letter.is_uppercase())?;
        characters.next().is_none().then_some(letter)
    }

    /// Reads one character of a script without spaces with its marks.
    fn alone(&mut self, start: usize) -> usize {
        let mut end = start + self.at(start).map_or(1, char::len_utf8);
        while let Some(mark) = self.at(end).filter(|mark| class(*mark) == Class::Inside) {
            if end - start > LONGEST_WORD {
                break;
            }
            end += mark.len_utf8();
        }
        self.single(start, end)
    }

    fn raised(&mut self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        let length =
            rest.chars().take(32).take_while(|c| class(*c) == Class::Raised).map(char::len_utf8).sum::<usize>();
        self.single(start, start + length.max(1))
    }

    fn single(&mut self, start: usize, end: usize) -> usize {
        self.word.parts.clear();
        self.word.parts.push(Part { start, end, shown_end: end });
        self.word.joined = None;
        self.word.start = start;
        self.finish(end)
    }

    fn finish(&mut self, end: usize) -> usize {
        self.word.end = end;
        (self.sink)(&self.word);
        end
    }
}
