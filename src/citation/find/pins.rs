//! Articles, paragraphs and sub-items with their lists and ranges: "arts. 3; 4, paras. 2 and 3; 5; 6 and 7".
//!
//! A pin is one place in an instrument; whose place it is, this module does not ask. Every loop consumes a token.

mod below;
mod labels;

use super::super::registry::{Named, Registry};
use super::super::token::Text;
use super::classes::english_class;
use super::words::{Head, Link, Unit, ends_number, head, is_month, is_quantity, is_year_word, link, skip_number_sign};
use below::{MOST_LEVELS, Path, cross, read_below, read_paths};
use labels::{LONGEST_RANGE, is_numeric, ordinal, read_article_number};

/// One article (section, rule, paragraph of a document) with the path below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Pin {
    /// "12", "66-4", "6 bis", "12.4"; empty for a paragraph of a document without article.
    pub article: String,
    /// Paragraph, then sub-items: `["1", "a", "i"]`, or `["a"]` where no paragraph is named.
    pub path: Vec<String>,
    /// Tokens, end exclusive.
    pub from: usize,
    pub to: usize,
}

/// A group of pins announced together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Pins {
    pub unit: Unit,
    pub items: Vec<Pin>,
    pub from: usize,
    pub to: usize,
    /// "the same article": the items are to be copied from the reference before.
    pub same: bool,
    /// Whether an article's paragraphs have the sign "§", as the European Court of Human Rights writes them.
    pub signed: bool,
}

impl Pins {
    /// Parts a list where its noun comes again: "art. 4; art. 1".
    pub fn parted(mut self, text: &Text<'_>) -> Vec<Pins> {
        let mut parts: Vec<Pins> = Vec::new();
        for item in std::mem::take(&mut self.items) {
            let is_again = item.from > self.from && head(text, item.from).is_some_and(|again| again.unit == self.unit);
            match parts.last_mut().filter(|_| !is_again) {
                Some(part) => {
                    part.to = part.to.max(item.to);
                    part.items.push(item);
                }
                None => parts.push(Pins { from: item.from, to: item.to, items: vec![item], ..self.clone() }),
            }
        }
        // What the list ends with belongs to its last member.
        if let Some(last) = parts.last_mut() {
            last.to = self.to;
        }
        parts
    }
}

/// Whether the word counts a paragraph: "first", «первой».
pub(super) fn is_ordinal(word: &str) -> bool {
    ordinal(word).is_some()
}

/// Reads the group that starts at a token: articles with what follows, or paragraphs "of article 12".
pub(in super::super) fn read_pins(text: &Text<'_>, at: usize) -> Option<Pins> {
    if let Some(number) = ordinal(text.norm(at)) {
        // "the first paragraph of article 6", «первая часть статьи 180»
        let noun = head(text, at + 1).filter(|noun| noun.unit == Unit::Paragraph)?;
        let path = (vec![number.to_string()], at, noun.end);
        return read_outer(text, at, vec![path], noun.end).filter(|pins| pins.unit != Unit::Paragraph);
    }
    let first = head(text, at)?;
    match first.unit {
        Unit::Article | Unit::Section | Unit::Rule => read_articles(text, at, first),
        Unit::Paragraph | Unit::Subparagraph => read_inverted(text, at, first),
    }
}

/// Reads «31-я статья», and a number right before the short name of a code: «19.3 КоАП».
pub(in super::super) fn read_number_first(text: &Text<'_>, at: usize) -> Option<Pins> {
    let one = |article: String, from: usize, to: usize| {
        let items = vec![Pin { article, path: Vec::new(), from, to }];
        Some(Pins { unit: Unit::Article, items, from, to, same: false, signed: false })
    };
    let is_ending = matches!(text.norm(at + 2), "я" | "й" | "ю" | "ей" | "ая" | "ой" | "ую" | "ого" | "ья");
    if text.is_mark(at + 1, '-') && text.is_glued(at + 1) && text.is_glued(at + 2) && is_ending {
        let is_article = text.norm(at + 3).starts_with("стать") || text.norm(at + 3) == "статей";
        return is_article.then(|| one(text.raw(at).to_owned(), at, at + 4)).flatten();
    }
    // "31st article"
    let is_ordinal = matches!(text.norm(at + 1), "st" | "nd" | "rd" | "th") && text.is_glued(at + 1);
    if is_ordinal && text.norm(at + 2) == "article" {
        return one(text.raw(at).to_owned(), at, at + 3);
    }
    if at > 0 && text.is_glued(at) {
        return None;
    }
    let (article, end) = read_article_number(text, at, Unit::Article)?;
    let is_short = text.is_upper(end) || text.raw(end) == "КоАП";
    let named = is_short.then(|| Registry::get().named_by_abbreviation(text.raw(end))).flatten();
    matches!(named, Some(Named::Law(_))).then(|| one(article, at, end)).flatten()
}

/// "paragraph 1 of article 12", «подпункт a) пункта 1 статьи 3», and paragraphs alone.
fn read_inverted(text: &Text<'_>, at: usize, first: Head) -> Option<Pins> {
    let (paths, end) = read_paths(text, first)?;
    if first.unit == Unit::Subparagraph {
        let is_open = |path: &[String]| path.first().is_some_and(|part| !is_numeric(part));
        let all_open = paths.iter().all(|(path, ..)| is_open(path));
        return read_outer(text, at, paths, end).filter(|pins| {
            !all_open || pins.items.iter().any(|pin| !is_open(&pin.path) || !pin.article.is_empty() || pins.same)
        });
    }
    read_outer(text, at, paths, end)
}

/// Reads what paragraphs are of: paragraphs above them, then articles.
fn read_outer(text: &Text<'_>, at: usize, mut paths: Vec<Path>, mut end: usize) -> Option<Pins> {
    loop {
        let mut next = end + usize::from(text.is_mark(end, ','));
        next += usize::from(matches!(text.norm(next), "of" | "to" | "in" | "under"));
        next += usize::from(matches!(text.norm(next), "the"));
        if let Some(same) = read_same(text, next) {
            let pin = |(index, (path, from, _)): (usize, Path)| Pin {
                article: String::new(),
                path,
                from: if index == 0 { at } else { from },
                to: same.to,
            };
            let items = paths.into_iter().enumerate().map(pin).collect();
            return Some(Pins { items, from: at, ..same });
        }
        let Some(outer) = head(text, next) else { break };
        match outer.unit {
            Unit::Paragraph => {
                let deepest = paths.iter().map(|(path, ..)| path.len()).max().unwrap_or_default();
                if deepest > MOST_LEVELS {
                    break;
                }
                let Some((outer_paths, after)) = read_paths(text, outer) else { break };
                paths = cross(&outer_paths, &paths);
                end = after;
            }
            Unit::Article | Unit::Section | Unit::Rule => {
                let Some(mut pins) = read_articles(text, next, outer) else { break };
                let Some(item) = pins.items.first().cloned() else { break };
                let lead = paths.into_iter().enumerate().map(|(index, (path, from, to))| {
                    let mut full = path;
                    full.extend(item.path.iter().cloned());
                    let is_first = index == 0;
                    Pin { article: item.article.clone(), path: full, from: if is_first { at } else { from }, to }
                });
                let mut items: Vec<Pin> = lead.collect();
                if let Some(last) = items.last_mut() {
                    last.to = item.to;
                }
                items.extend(pins.items.drain(1..));
                return Some(Pins { unit: pins.unit, items, from: at, to: pins.to, same: pins.same, signed: false });
            }
            Unit::Subparagraph => break,
        }
    }
    let pin = |(index, (path, from, to)): (usize, Path)| Pin {
        article: String::new(),
        path,
        from: if index == 0 { at } else { from },
        to,
    };
    let items = paths.into_iter().enumerate().map(pin).collect();
    Some(Pins { unit: Unit::Paragraph, items, from: at, to: end, same: false, signed: false })
}

fn read_articles(text: &Text<'_>, at: usize, first: Head) -> Option<Pins> {
    let mut pins = Pins { unit: first.unit, items: Vec::new(), from: at, to: at, same: false, signed: false };
    let mut plural = first.plural;
    let mut next = first.end;
    let mut from = at;
    while let Some((article, end)) = read_article_number(text, next, first.unit) {
        if is_month(text, end) || text.is_mark(end, '%') {
            break;
        }
        let here = pins.items.len();
        pins.to = read_below(text, end, &article, from, plural, &mut pins.items);
        if pins.items.len() == here {
            break;
        }
        let Some(step) = read_continuation(text, pins.to, first.unit, plural, &article) else { break };
        if let Some(last) = step.range_to {
            let first: u32 = article.parse().ok()?;
            for between in first + 1..last {
                pins.items.push(Pin { article: between.to_string(), path: Vec::new(), from: step.at, to: step.at + 1 });
            }
        }
        plural |= step.plural;
        from = step.from;
        next = step.at;
    }
    pins.signed = first.unit == Unit::Article && (at..pins.to).any(|at| text.is_mark(at, '§'));
    (!pins.items.is_empty()).then_some(pins)
}

/// Reads "Article 19" or "rule 5" and nothing behind it: what is counted, the number, its first token and the one after.
pub(in super::super) fn read_single(text: &Text<'_>, at: usize) -> Option<(Unit, String, usize, usize)> {
    // «ст.» is short for one and for several.
    let head = head(text, at).filter(|head| !head.plural || text.norm(at) == "ст")?;
    let (number, end) = read_article_number(text, head.end, head.unit)?;
    Some((head.unit, number, head.end, end))
}

struct Continuation {
    /// Where the next number stands, and where its words begin.
    at: usize,
    from: usize,
    plural: bool,
    range_to: Option<u32>,
}

/// Looks behind a finished article for the next one of the list.
fn read_continuation(text: &Text<'_>, at: usize, unit: Unit, plural: bool, article: &str) -> Option<Continuation> {
    let (kind, next) = link(text, at)?;
    if let Some(again) = head(text, next).filter(|again| again.unit == unit && kind != Link::Range) {
        read_article_number(text, again.end, unit)?;
        return Some(Continuation { at: again.end, from: next, plural: again.plural, range_to: None });
    }
    let (label, end) = read_article_number(text, next, unit)?;
    if is_year_of_name(text, next, article) {
        return None;
    }
    if kind == Link::Range {
        let (first, last): (u32, u32) = (article.parse().ok()?, label.parse().ok()?);
        if last <= first || last - first > LONGEST_RANGE {
            return None;
        }
        return Some(Continuation { at: next, from: next, plural: true, range_to: Some(last) });
    }
    // "article 9, 15 people", "article 7 and 3 years": a list announced by the singular goes on by "and" only.
    let roman_word = text.is_word(next) && text.raw(next).len() == 1 && !plural;
    let plausible = if plural { !is_quantity(text, end) } else { kind != Link::Comma && ends_number(text, end) };
    (plausible && !roman_word && !is_month(text, end)).then_some(Continuation {
        at: next,
        from: next,
        plural: false,
        range_to: None,
    })
}

/// Whether the next number of a list is the year of what is named behind it: "art. 31; 1951 Refugee Convention". Codes of
/// more than a thousand articles have such numbers too.
fn is_year_of_name(text: &Text<'_>, at: usize, article: &str) -> bool {
    let is_of_long_code = article.split(['.', '-']).next().is_some_and(|number| number.len() > 3);
    let names =
        text.is_capital(at + 1) || is_year_word(text.norm(at + 1)) || english_class(text.norm(at + 1)).is_some();
    text.is_year(at) && names && !is_of_long_code
}

/// Reads "the same article", «той же статьи».
pub(in super::super) fn read_same(text: &Text<'_>, at: usize) -> Option<Pins> {
    let english =
        matches!(text.norm(at), "same" | "that" | "said") && matches!(text.norm(at + 1), "article" | "section");
    let russian = matches!(text.norm(at), "той" | "той-же" | "этой" | "данной" | "указанной" | "упомянутой");
    let after = at + 1 + usize::from(text.norm(at + 1) == "же");
    let russian = russian && head(text, after).is_some_and(|head| head.unit == Unit::Article);
    let noun = if english { at + 1 } else { after };
    let follows = text.is_number(noun + 1) || text.is_mark(noun + 1, '.');
    if !(english || russian) || follows && text.is_number(noun + 1) {
        return None;
    }
    let item = Pin { article: String::new(), path: Vec::new(), from: at, to: noun + 1 };
    Some(Pins { unit: Unit::Article, items: vec![item], from: at, to: noun + 1, same: true, signed: false })
}

/// Reads articles that no word announces, as after "CRC" in a query: "7", "9.3", "3 (1)".
pub(in super::super) fn read_bare(text: &Text<'_>, at: usize) -> Option<Pins> {
    read_articles(text, at, Head { unit: Unit::Article, plural: false, end: at })
}

/// Reads a bracketed number that is no year, as "(No. 182)".
pub(in super::super) fn read_bracketed_number(text: &Text<'_>, at: usize) -> Option<(u32, usize)> {
    let opened = usize::from(text.is_mark(at, '('));
    let number = skip_number_sign(text, at + opened);
    if number == at + opened {
        return None;
    }
    let value = text.number(number)?;
    (opened == 0 || text.is_mark(number + 1, ')')).then_some((value, number + 1 + opened))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the pins of the first group of a text: "3; 4/2; 4/3".
    fn check(source: &str, expected: &str) {
        let text = Text::new(source);
        let pins = (0..text.len()).find_map(|at| read_pins(&text, at));
        let items = pins.map(|pins| pins.items).unwrap_or_default();
        let written: Vec<String> = items
            .iter()
            .map(|pin| std::iter::once(&pin.article).chain(&pin.path).cloned().collect::<Vec<_>>().join("/"))
            .collect();
        assert_eq!(written.join("; "), expected, "{source}");
    }

    #[test]
    fn english_lists() {
        check("article 7", "7");
        check("articles 2 and 3 of the Covenant", "2; 3");
        check("arts. 3; 4, paras. 2 and 3; 5; 6 and 7", "3; 4/2; 4/3; 5; 6; 7");
        check("arts. 8 and 9, paras. 3 and 4", "8; 9/3; 9/4");
        check("article 5 (2) (a) and (b)", "5/2/a; 5/2/b");
        check("articles 6-8", "6; 7; 8");
        check("articles 2 (1)–(3), 3, 24 (1) and (3) and 26–27 of", "2/1; 2/2; 2/3; 3; 24/1; 24/3; 26; 27");
        check("article 2 (c)–(e)", "2/c; 2/d; 2/e");
        check("article 14, paragraphs 1 and 3 (b) and (d), of", "14/1; 14/3/b; 14/3/d");
        check("article 2 (a) and article 3, paragraph 1 (a) (i) of", "2/a; 3/1/a/i");
        check("articles 2, paragraph 3, 7, 9 and 10, paragraph 1, of", "2/3; 7; 9; 10/1");
        check("articles 2 (b), (c), (e) and (f)", "2/b; 2/c; 2/e; 2/f");
        check("articles 11 to 16", "11; 12; 13; 14; 15; 16");
        check("paragraph 1 of article 12", "12/1");
        check("paragraphs 2 and 3 of article 9", "9/2; 9/3");
        check("subparagraph (a) of paragraph 1 of article 3", "3/1/a");
        check("article 66-4", "66-4");
        check("article 6 bis", "6 bis");
        check("article III of the Treaty", "3");
        check("art. 12.4", "12.4");
        check("article 14, paragraph 3(d), the", "14/3/d");
        check("article 341, part 1, and", "341/1");
        check("section 9 (8) of", "9/8");
        check("article 9 and 14 January", "9");
        check("article 9, 15 people", "9");
        check("article 5, paragraph 2, subparagraph (b)", "5/2/b");
        check("rule 99 (b) of", "99/b");
        check("articles 149, 285.I and 287.I of", "149; 285.I; 287.I");
        check("state of the art. The", "");
        check("an article 7-year", "7");
    }

    #[test]
    fn russian_lists() {
        check("статьи 2 и 3", "2; 3");
        check("пункт 1 статьи 12", "12/1");
        check("ст. 7", "7");
        check("подпункт (a) (i) пункта 1 статьи 3", "3/1/a/i");
        check("пунктам 1 и 2 статьи 9", "9/1; 9/2");
        check("п. 1 ст. 12", "12/1");
        check("ч. 2 ст. 20.2", "20.2/2");
        check("статьи 2 (пункт 3), 7 и 10 (пункт 1) Пакта", "2/3; 7; 10/1");
        check("пункт 3 a) и d) статьи 14", "14/3/a; 14/3/d");
        check("статьи 14 (пункты 1, 2 и 3 g)) Пакта", "14/1; 14/2; 14/3/g");
        check("статей 6–8", "6; 7; 8");
        check("статьи 7 и пункт 1 статьи 10 Пакта", "7");
        check("подпункт «а» пункта 2 статьи 5", "5/2/a");
        check("пункт 2 b) статьи 5", "5/2/b");
    }
}
