//! The titles of English laws: where they end, and which words are none.

use super::super::super::names::match_name;
use super::super::super::registry::Named;
use super::super::super::token::{Kind, Text};
use super::super::words::is_month;
use super::english::is_head;

/// The end of a title in small letters: "Law on child care and protection"; it ends before a verb or a mark.
pub(super) fn end_of_small_title(text: &Text<'_>, from: usize) -> usize {
    const LONGEST: usize = 9;
    let mut end = from + 1;
    for at in from..(from + LONGEST).min(text.len()) {
        let word = text.norm(at);
        match text.kind(at) {
            Some(Kind::Mark('-')) if text.is_glued(at) && text.is_glued(at + 1) => {}
            Some(Kind::Word) if text.is_capital(at) && at > from => break,
            Some(Kind::Word) if matches!(word, "and" | "of" | "the" | "against" | "for" | "or") => {}
            Some(Kind::Word) if is_verb_or_link(word) => break,
            Some(Kind::Word) => end = at + 1,
            _ => break,
        }
    }
    end
}

/// Words that cannot stand in the title of a law, and those that follow one most often.
pub(super) fn is_verb_or_link(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "has"
            | "had"
            | "have"
            | "shall"
            | "should"
            | "will"
            | "would"
            | "may"
            | "can"
            | "could"
            | "must"
            | "does"
            | "did"
            | "do"
            | "in"
            | "to"
            | "by"
            | "as"
            | "so"
            | "that"
            | "which"
            | "who"
            | "with"
            | "from"
            | "on"
            | "at"
            | "since"
            | "after"
            | "before"
            | "but"
            | "also"
            | "until"
            | "not"
            | "came"
            | "sets"
            | "makes"
            | "gives"
            | "under"
            | "it"
            | "this"
            | "its"
            | "when"
            | "where"
            | "if"
            | "while"
            | "enacted"
            | "adopted"
            | "amended"
            | "passed"
            | "entered"
            | "currently"
    ) || [
        "provide",
        "prohibit",
        "allow",
        "establish",
        "require",
        "guarantee",
        "state",
        "define",
        "stipulate",
        "contain",
        "include",
        "regulate",
        "recognize",
        "protect",
        "oblige",
        "permit",
        "grant",
        "apply",
        "applie",
        "impose",
    ]
    .iter()
    .any(|verb| word.strip_prefix(verb).is_some_and(|ending| matches!(ending, "s" | "d" | "ed")))
}

/// "Law on Assemblies and the Penal Code": a code after "and" or a comma.
pub(super) fn begins_another(text: &Text<'_>, at: usize) -> bool {
    let before = at - 1 - usize::from(text.norm(at - 1) == "the");
    let listed = text.norm(before) == "and" || text.is_mark(before, ',');
    listed && match_name(text, at).is_some_and(|name| matches!(name.named, Named::Law(_)))
}

/// The token after a capitalised title: capitals with small words between them.
pub(super) fn end_of_title(text: &Text<'_>, from: usize) -> usize {
    let mut end = from;
    let mut at = from;
    while at < text.len() && at < from + 28 {
        match text.kind(at) {
            Some(Kind::Word) if is_month(text, at) => break,
            Some(Kind::Word) if at > from && text.is_capital(at) && begins_another(text, at) => break,
            // "Law on X and Law on Y" are two.
            Some(Kind::Word) if at > from && is_head(text.norm(at)) && matches!(text.norm(at + 1), "on" | "no") => {
                break;
            }
            Some(Kind::Word) if text.is_capital(at) => {
                end = at + 1;
            }
            Some(Kind::Word)
                if matches!(
                    text.norm(at),
                    "and"
                        | "of"
                        | "the"
                        | "on"
                        | "for"
                        | "against"
                        | "in"
                        | "to"
                        | "with"
                        | "from"
                        | "by"
                        | "a"
                        | "at"
                        | "between"
                        | "among"
                        | "or"
                ) => {}
            Some(Kind::Mark('-' | '/')) if text.is_glued(at) && text.is_glued(at + 1) => {
                if at == end && text.is_word(at + 1) {
                    end = at + 2;
                    at += 1;
                }
            }
            Some(Kind::Mark(',')) if text.is_capital(at + 1) => {}
            _ => break,
        }
        at += 1;
    }
    end
}

pub(super) fn is_small_word(word: &str) -> bool {
    matches!(word, "and" | "of" | "to" | "for" | "on" | "the" | "against" | "or" | "in" | "from" | "with")
}

pub(super) fn is_law_noun(word: &str) -> bool {
    matches!(word, "law" | "act" | "code" | "decree" | "ordinance" | "proclamation")
}

/// Words that open a sentence or a phrase and are no part of a title.
pub(super) fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "under"
            | "in"
            | "of"
            | "this"
            | "that"
            | "these"
            | "by"
            | "and"
            | "article"
            | "articles"
            | "section"
            | "sections"
            | "its"
            | "their"
            | "as"
            | "according"
            | "since"
            | "pursuant"
            | "while"
            | "although"
            | "if"
            | "on"
            | "to"
            | "for"
            | "with"
            | "new"
            | "draft"
            | "however"
            | "when"
            | "where"
            | "both"
            | "no"
            | "chapter"
            | "part"
            | "title"
            | "art"
            | "arts"
            | "amend"
            | "amending"
            | "amendments"
            | "regarding"
            | "repeal"
            | "see"
            | "neither"
            | "report"
            | "reports"
            | "comments"
            | "review"
            | "analysis"
    )
}

/// Whether the capitals before "Law" or "Act" make the title of a law.
pub(super) fn is_law_title(text: &Text<'_>, from: usize, noun: usize) -> bool {
    let word = text.norm(noun);
    let mut titled = false;
    for at in from..noun {
        if !text.is_capital(at) {
            continue;
        }
        let part = text.norm(at);
        if matches!(
            part,
            "international"
                | "humanitarian"
                | "customary"
                | "common"
                | "islamic"
                | "sharia"
                | "shariah"
                | "roman"
                | "comparative"
                | "public"
                | "model"
                | "final"
                | "space"
                | "environmental"
                | "maritime"
                | "constitutional"
                | "single"
                | "applicable"
                | "constitutive"
                | "convention"
                | "covenant"
                | "committee"
                | "professor"
                | "court"
                | "council"
                | "rights"
                | "ministry"
                | "institute"
                | "university"
                | "faculty"
                | "association"
                | "society"
                | "centre"
                | "center"
        ) && (word == "law" || matches!(part, "final" | "constitutive" | "convention" | "covenant"))
        {
            return false;
        }
        titled = true;
    }
    titled
        && !(word == "code"
            && matches!(text.norm(noun + 1), "of")
            && matches!(text.norm(noun + 2), "conduct" | "ethics" | "practice"))
}

/// The token after the first noun of a subject: gerunds lead to it.
pub(super) fn end_of_subject(text: &Text<'_>, from: usize) -> usize {
    let mut end = from;
    while end < from + 6
        && (text.norm(end).ends_with("ing") || matches!(text.norm(end), "and" | "the" | "of"))
        && text.is_word(end + 1)
    {
        end += 1;
    }
    end + 1
}
