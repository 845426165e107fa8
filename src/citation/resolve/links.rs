//! The words between an article and what it belongs to: "of the", "in particular its", "read in conjunction with".

use std::ops::Range;

use super::super::countries::country_at;
use super::super::find::pins::Pins;
use super::super::find::words::{Unit, ends_sentence_at, skip_year_of_name};
use super::super::find::{Class, Mention, Target};
use super::super::registry::Registry;
use super::super::token::{Kind, Text};
use super::{Resolver, is_rules};

/// How an article is joined to the name behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// "article 7 of the Convention".
    Worded,
    /// "article 7, CRC": side by side, which alone does not tell whether the article is of the name before it.
    Beside,
}

impl Resolver<'_, '_> {
    /// Whether such pins can belong to such a mention.
    pub(super) fn takes(&self, pins: &Pins, mention: &Mention) -> bool {
        match mention.target {
            Target::Body(_) | Target::Goal { .. } => false,
            Target::Rules => matches!(pins.unit, Unit::Rule | Unit::Article),
            Target::Document(_) | Target::Resolution { .. } | Target::Comment { .. } | Target::Communication { .. } => {
                pins.unit == Unit::Paragraph
            }
            Target::Instrument(row) => match pins.unit {
                Unit::Paragraph => Registry::get().row(row).is_some_and(|row| row.articles.is_none()),
                Unit::Rule => is_rules(row),
                Unit::Section => Registry::get().row(row).is_some_and(|row| row.articles.is_none()),
                _ => true,
            },
            Target::Generic { class: Class::Charter, .. } if self.context.laws.contains_key("charter") => {
                matches!(pins.unit, Unit::Article | Unit::Section)
            }
            // "paragraph 34 (1) of the Act": some laws call their sections so.
            Target::Law { .. } if pins.unit == Unit::Paragraph => pins.from < mention.from,
            Target::Law { .. } | Target::SameLaw(_) | Target::ThisLaw { .. } => {
                matches!(pins.unit, Unit::Article | Unit::Section | Unit::Rule)
            }
            Target::Unknown(None) => matches!(pins.unit, Unit::Article | Unit::Rule),
            _ => pins.unit == Unit::Article,
        }
    }

    /// How the tokens between an article and a mention join them. What is named `aside` is passed over.
    pub(super) fn links_forward(
        &self,
        from: usize,
        mention: &Mention,
        unit: Unit,
        aside: Range<usize>,
    ) -> Option<Joint> {
        let to = mention.from;
        let is_law = matches!(mention.target, Target::Law { .. });
        let text = self.text;
        let mut at = from;
        let mut linked = false;
        // A remark in brackets, or between commas: "article 6 (right to life) of the Covenant".
        if text.is_mark(at, '(') {
            let close = (at + 1..(at + 16).min(to)).find(|close| text.is_mark(*close, ')'));
            at = close? + 1;
        }
        let mut start = at;
        while at < to {
            if aside.contains(&at) {
                start += aside.len();
                at = aside.end;
                continue;
            }
            let passes = match text.kind(at) {
                Some(Kind::Mark(',' | '"' | '“' | '”' | '«' | '»' | '<' | '>')) => true,
                Some(Kind::Mark('.')) => matches!(text.norm(at - 1), "seq" | "ff"),
                Some(Kind::Number) => text.is_year(at),
                Some(Kind::Word) => match text.norm(at) {
                    "of" | "to" | "in" | "under" | "from" => {
                        linked = true;
                        true
                    }
                    "the" | "this" | "that" | "said" | "same" | "present" | "both" | "its" | "their"
                    | "aforementioned" | "united" | "nations" | "international" | "european" | "un" | "common"
                    | "four" | "two" | "all" | "annexed" | "committee's" | "committee’s" | "amended" | "revised"
                    | "new" | "old" | "former" | "state" | "party's" | "above" | "mentioned" | "respectively"
                    | "and" | "thereof" | "provisional" | "et" | "seq" | "ff" | "security" | "council" | "general"
                    | "assembly" | "lao" | "draft" | "current" | "national" | "federal" | "country's" | "relevant"
                    | "thereto" | "first" => !(text.norm(at) == "and" && at == start),
                    "временных"
                    | "года"
                    | "год"
                    | "указанной"
                    | "указанного"
                    | "этой"
                    | "этого"
                    | "данной"
                    | "данного"
                    | "настоящей"
                    | "настоящего"
                    | "упомянутой"
                    | "упомянутого"
                    | "вышеуказанной"
                    | "вышеупомянутой"
                    | "этих"
                    | "его"
                    | "ее"
                    | "их"
                    | "своих"
                    | "своей"
                    | "нового"
                    | "действующего"
                    | "международной"
                    | "международного"
                    | "общей"
                    | "общая"
                    | "для"
                    | "соответственно"
                    | "к"
                    | "названной"
                    | "названного"
                    | "женевских"
                    | "четырех" => {
                        linked = true;
                        true
                    }
                    word => {
                        is_law && text.is_capital(at)
                            || text.is_upper(at)
                            || text.is_capital(at) && is_country_adjective(word)
                            || is_russian_adjective(word)
                    }
                },
                _ => false,
            };
            if !passes || at - start > 9 {
                return None;
            }
            at += 1;
        }
        // "article 19 ICCPR", «статья 7 Конвенции», "article 5, CRC", "article 3, 1950 Convention": no word is needed.
        let years = (start..to).filter(|at| text.is_year(*at)).count();
        let adjacent = to - start - years <= usize::from(unit != Unit::Paragraph);
        if linked { Some(Joint::Worded) } else { adjacent.then_some(Joint::Beside) }
    }

    /// Whether a mention before an article owns it: "CRC art. 7", "the Convention (arts. 3 and 7)",
    /// "the Covenant, in particular its articles 2 and 3". Returns whether nothing but marks stands between them.
    pub(super) fn links_backward(&self, from: usize, to: usize) -> Option<bool> {
        let text = self.text;
        if to - from > 7 {
            return None;
        }
        let mut tight = true;
        let from = skip_year_of_name(text, from).min(to);
        for at in from..to {
            match text.kind(at) {
                Some(Kind::Mark(',' | '(' | ':' | '[' | '—' | '–' | '-' | '/')) => {}
                // «Конституция Республики, статья 12», «УК РФ ст. 228»
                Some(Kind::Word) if text.is_capital(at) && self.is_of_country(from, at) => {}
                // "the Constitution of Georgia, article 31"
                Some(Kind::Word)
                    if text.norm(at) == "of" && (at + 1..to.min(at + 3)).any(|of| country_at(text, of).is_some()) => {}
                Some(Kind::Word) if text.norm(at) == "the" && at > from && text.norm(at - 1) == "of" => {}
                Some(Kind::Word) => {
                    tight = false;
                    let passes = matches!(
                        text.norm(at),
                        "in" | "its"
                            | "particular"
                            | "particularly"
                            | "especially"
                            | "notably"
                            | "including"
                            | "under"
                            | "see"
                            | "specifically"
                            | "at"
                            | "namely"
                            | "в"
                            | "частности"
                            | "ее"
                            | "его"
                            | "включая"
                            | "особенно"
                            | "см"
                            | "именно"
                            | "а"
                            | "i"
                            | "e"
                    );
                    if !passes {
                        return None;
                    }
                }
                Some(Kind::Number) if text.is_year(at) => {}
                Some(Kind::Mark('.')) if matches!(text.norm(at - 1), "см" | "e" | "i") => {}
                _ => return None,
            }
        }
        // "under the Covenant article 7" needs no mark; "the Convention in article 7" reads the same.
        Some(tight)
    }

    /// Whether a word after a law's name belongs to the country whose law it is.
    fn is_of_country(&self, from: usize, at: usize) -> bool {
        let text = self.text;
        let republic = text.norm(at).starts_with("республик") || text.norm(at) == "republic";
        republic || (from..=at).any(|start| country_at(text, start).is_some())
    }

    /// Whether two groups of articles make one list.
    pub(super) fn links_list(&self, from: usize, to: usize) -> bool {
        let text = self.text;
        let mut at = from;
        if text.is_mark(at, '(') {
            let close = (at + 1..(at + 16).min(to)).find(|close| text.is_mark(*close, ')'));
            at = close.map_or(at, |close| close + 1);
        }
        at < to
            && to - at <= 12
            && (at..to).all(|at| match text.kind(at) {
                Some(Kind::Mark(',' | ';')) => true,
                Some(Kind::Word) => matches!(
                    text.norm(at),
                    "and"
                        | "or"
                        | "read"
                        | "in"
                        | "conjunction"
                        | "with"
                        | "together"
                        | "alone"
                        | "both"
                        | "taken"
                        | "separately"
                        | "also"
                        | "as"
                        | "well"
                        | "under"
                        | "thus"
                        | "the"
                        | "combined"
                        | "on"
                        | "its"
                        | "own"
                        | "when"
                        | "of"
                        | "if"
                        | "either"
                        | "to"
                        | "considered"
                        | "light"
                        | "that"
                        | "violation"
                        | "и"
                        | "или"
                        | "а"
                        | "также"
                        | "в"
                        | "сочетании"
                        | "совместно"
                        | "с"
                        | "со"
                        | "рассматриваемой"
                        | "рассматриваемых"
                        | "рассматриваемые"
                        | "взятой"
                        | "взятых"
                        | "отдельности"
                        | "по"
                        | "отдельно"
                        | "увязке"
                        | "рассматриваемая"
                        | "прочтении"
                        | "совокупности"
                        | "во"
                        | "к"
                        | "взаимосвязи"
                        | "читаемой"
                        | "читаемых"
                        | "вместе"
                        | "нарушение"
                ),
                _ => false,
            })
    }

    /// Whether a sentence ends between two tokens.
    pub(super) fn ends_sentence(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| ends_sentence_at(self.text, at))
    }
}

/// Whether a sentence or the text begins with a token.
pub(super) fn starts_sentence(text: &Text<'_>, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| ends_sentence_at(text, before))
}

fn is_country_adjective(word: &str) -> bool {
    ["ese", "ian", "ish", "an", "ch", "sh", "i", "eek", "wiss", "utch"].iter().any(|ending| word.ends_with(ending))
        && word.len() > 4
}

/// «статья 5 Федерального закона»: an adjective in the genitive.
fn is_russian_adjective(word: &str) -> bool {
    ["ого", "его", "ской", "ной"].iter().any(|ending| word.ends_with(ending))
}
