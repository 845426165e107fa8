//! English laws: by name, number and year.

use super::super::super::countries::country_at;
use super::super::super::names::match_name;
use super::super::super::registry::{Named, Registry};
use super::super::super::token::{Kind, Text};
use super::super::Mention;
use super::super::words::{is_month, roman, skip_number_sign};
use super::law;
use super::number::{collect, is_quote, numbered, read_law_number, skip_date, skip_year};
use super::title::{
    end_of_small_title, end_of_subject, end_of_title, is_law_noun, is_law_title, is_opening, is_small_word,
};

/// English head words of laws that carry a number or "on".
pub(super) fn is_head(word: &str) -> bool {
    matches!(
        word,
        "law"
            | "laws"
            | "act"
            | "acts"
            | "decree"
            | "decrees"
            | "ordinance"
            | "ordinances"
            | "order"
            | "edict"
            | "regulation"
            | "regulations"
            | "statute"
            | "code"
            | "bill"
            | "instruction"
    )
}

/// "Law on Juvenile Criminal Procedure", "Act No. 119/90", "Decree 315", "Decree-Law No. 5", "Code of Military Justice".
pub(super) fn read_head_first(text: &Text<'_>, at: usize) -> Option<Mention> {
    // "Model Code of Criminal Procedure": a draft for any country.
    if at.checked_sub(1).is_some_and(|before| text.norm(before) == "model") {
        return None;
    }
    if !is_head(text.norm(at)) && !is_resolution_of_state(text, at) {
        return None;
    }
    let head = compound_end(text, at);
    read_numbered(text, at, head).or_else(|| read_titled(text, at, head)).or_else(|| read_dated(text, at, head))
}

/// The last word of "Decree-Law", or the word itself.
fn compound_end(text: &Text<'_>, at: usize) -> usize {
    let joined =
        text.is_mark(at + 1, '-') && text.is_glued(at + 1) && text.is_glued(at + 2) && is_head(text.norm(at + 2));
    if joined { at + 2 } else { at }
}

/// "Cabinet resolution No. 1505": the resolutions of a State's own organs are its law.
pub(in super::super) fn is_resolution_of_state(text: &Text<'_>, at: usize) -> bool {
    const ORGANS: [&str; 10] = [
        "cabinet",
        "ministerial",
        "government",
        "governmental",
        "ministry",
        "ministers",
        "presidential",
        "plenum",
        "executive",
        "parliamentary",
    ];
    text.norm(at) == "resolution"
        && (at.saturating_sub(3)..at).any(|before| ORGANS.contains(&text.norm(before)) && text.is_capital(before))
        && text.is_number(skip_number_sign(text, at + 1))
}

fn read_numbered(text: &Text<'_>, from: usize, head: usize) -> Option<Mention> {
    let word = text.norm(head);
    let capital = text.is_capital(from);
    // "Act. No. 87/1991"
    let stopped = head + 1 + usize::from(text.is_mark(head + 1, '.') && text.norm(head + 2) == "no");
    let number_at = skip_number_sign(text, stopped);
    let signed = number_at > stopped;
    let is_parted = text.is_mark(number_at + 1, '/') && text.is_glued(number_at + 1);
    let unsigned = (capital || word == "resolution") && (!text.is_year(number_at) || is_parted);
    if text.is_number(number_at) && (signed || unsigned) || signed && starts_lettered_number(text, number_at) {
        let (number, end) = read_law_number(text, number_at);
        let is_executive = from > 0 && text.norm(from - 1) == "executive" && capital;
        if matches!(word, "order" | "instruction") && !(signed && capital || is_executive)
            || matches!(word, "bill" | "code")
        {
            return None;
        }
        return Some(law(from, skip_year(text, skip_date(text, end)), numbered(word, &number), false));
    }
    // "Act XXX of 1989"
    let is_roman = text.raw(head + 1).len() > 1 && roman(text.raw(head + 1)).is_some();
    if capital && matches!(word, "act" | "law") && is_roman && text.norm(head + 2) == "of" && text.is_year(head + 3) {
        let number = format!("{}-{}", text.raw(head + 1), text.raw(head + 3));
        return Some(law(from, head + 4, numbered(word, &number), false));
    }
    None
}

/// "No. R-33/2014"
fn starts_lettered_number(text: &Text<'_>, at: usize) -> bool {
    text.is_upper(at) | text.is_upper_letter(at)
        && text.raw(at).chars().count() <= 4
        && text.is_mark(at + 1, '-')
        && text.is_glued(at + 1)
        && text.is_number(at + 2)
}

/// "the Act of 4 July 1991": known by its date.
fn read_dated(text: &Text<'_>, from: usize, head: usize) -> Option<Mention> {
    let is_kind = matches!(text.norm(head), "law" | "act" | "decree" | "ordinance" | "order");
    let dated =
        text.norm(head + 1) == "of" && text.is_number(head + 2) && is_month(text, head + 3) && text.is_year(head + 4);
    (is_kind && dated && is_plain(text, from) && text.is_capital(from))
        .then(|| law(from, head + 5, collect(text, from, head + 5), false))
}

/// Whether no capital before a head word makes it the end of another name.
fn is_plain(text: &Text<'_>, at: usize) -> bool {
    let small = at.checked_sub(1).is_none_or(|before| !text.is_capital(before) || is_opening(text.norm(before)));
    small && text.is_capital(at)
}

fn read_titled(text: &Text<'_>, at: usize, head: usize) -> Option<Mention> {
    let word = text.norm(head);
    let capital = text.is_capital(at);
    let opens = text.norm(head + 1);
    let on = text.norm(head + 2) == "on";
    if is_quote(text, head + 1) && (capital || on) && !text.is_glued(head + 1) {
        return read_quoted(text, at, head);
    }
    if !matches!(
        opens,
        "on" | "concerning" | "regarding" | "relating" | "for" | "against" | "establishing" | "of" | "to"
    ) || word.ends_with('s')
    {
        return None;
    }
    // "Act of Civil Liability" is one; "Act of Parliament", "Law of Treaties" and "Code of Conduct" are none.
    let is_none = matches!(
        text.norm(head + 2),
        "conduct"
            | "ethics"
            | "practice"
            | "parliament"
            | "congress"
            | "nations"
            | "treaties"
            | "war"
            | "armed"
            | "god"
            | "state"
            | "states"
            | "accession"
            | "union"
    );
    let is_kind = word == "code" || matches!(word, "act" | "law") && is_plain(text, at);
    // "European Code of Police Ethics"
    if opens == "of" && word == "code" && (head + 2..head + 6).any(|at| matches!(text.norm(at), "ethics" | "conduct")) {
        return None;
    }
    if opens == "of" && (!is_kind || !text.is_capital(head + 2) || is_none) {
        return None;
    }
    if matches!(opens, "for" | "to" | "against") && (!capital || !text.is_capital(head + 2)) {
        return None;
    }
    if !capital {
        return read_small(text, at, opens);
    }
    if matches!(word, "order" | "bill" | "statute" | "instruction") {
        return None;
    }
    // "Act on its promise" is no title.
    if matches!(
        text.norm(head + 2),
        "its" | "their" | "this" | "that" | "any" | "his" | "her" | "these" | "those" | "behalf"
    ) {
        return None;
    }
    let end = end_of_title(text, head + 2);
    if end <= head + 2 {
        let subject = head + 2;
        return (text.is_word(subject) && opens == "on").then(|| {
            let end = end_of_small_title(text, subject);
            law(at, skip_year(text, end), collect(text, at, end), false)
        });
    }
    Some(law(at, skip_year(text, end), collect(text, at, end), false))
}

/// "the law on cybercrime", "the law on preventing and combating cybercrime": the subject is its first noun.
fn read_small(text: &Text<'_>, at: usize, opens: &str) -> Option<Mention> {
    let before = at.checked_sub(1).map_or("", |before| text.norm(before));
    let subject = at + 2 + usize::from(text.norm(at + 2) == "the");
    let named =
        opens == "on" && text.norm(at) != "order" && matches!(before, "the" | "its" | "this") && text.is_word(subject);
    named.then(|| {
        let end = end_of_subject(text, subject);
        law(at, end, format!("Law on {}", collect(text, subject, end)), true)
    })
}

/// "the Law “On Mass Events”"
fn read_quoted(text: &Text<'_>, at: usize, head: usize) -> Option<Mention> {
    let open = head + 1;
    let close = (open + 1..(open + 23).min(text.len())).find(|token| is_quote(text, *token))?;
    let title = collect(text, open + 1, close);
    let name = match title.strip_prefix("On ").or_else(|| title.strip_prefix("on ")) {
        Some(subject) => format!("{} on {subject}", capitalised(&collect(text, at, open))),
        None => title,
    };
    Some(law(at, skip_year(text, close + 1), name, false))
}

/// "Immigration and Refugee Protection Act", "Anti-Trafficking Law", "Lao Penal Law": found from the first capital.
pub(super) fn read_head_last(text: &Text<'_>, at: usize) -> Option<Mention> {
    if !text.is_capital(at)
        || !text.raw(at).is_ascii() && !text.raw(at).chars().any(|letter| letter.is_ascii_alphabetic())
        || goes_on_before(text, at)
        || is_opening(text.norm(at))
        || text.norm(at).ends_with("'s")
    {
        return None;
    }
    for end in at..(at + 16).min(text.len()) {
        let word = text.norm(end);
        match text.kind(end) {
            // "Royal Decree-Law", "the Law Act": the last noun is the head.
            Some(Kind::Word) if is_law_noun(word) && (text.norm(end + 1) == "act" || compound_end(text, end) > end) => {
            }
            Some(Kind::Word) if end > at && is_law_noun(word) && text.is_capital(end) => {
                return read_with_head(text, at, end);
            }
            Some(Kind::Word) if text.is_capital(end) => {}
            Some(Kind::Word) if end > at && is_small_word(word) => {}
            Some(Kind::Mark('-')) if text.is_glued(end) && text.is_glued(end + 1) => {}
            // "Victims’ Act"
            Some(Kind::Mark('’' | '\'')) if text.is_glued(end) && end > at => {}
            Some(Kind::Mark(',')) if text.is_capital(end + 1) => {}
            Some(Kind::Mark('(' | ')')) if end > at && !text.is_number(end + 1) => {}
            _ => return None,
        }
    }
    None
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a name that has begun before goes on: a capital stands before, white space between, or a hyphen.
fn goes_on_before(text: &Text<'_>, at: usize) -> bool {
    if at > 1 && text.is_glued(at) && text.is_mark(at - 1, '-') && text.is_glued(at - 1) {
        return true;
    }
    let Some(before) = at.checked_sub(1).filter(|before| text.is_capital(*before)) else { return false };
    is_beside(text, at) && !is_opening(text.norm(before)) && !text.norm(before).ends_with("'s")
}

/// Whether one space parts a token from the one before; where a footnote's mark stood, more does.
fn is_beside(text: &Text<'_>, at: usize) -> bool {
    match (at.checked_sub(1).and_then(|before| text.tokens.get(before)), text.tokens.get(at)) {
        (Some(before), Some(token)) => before.end + 1 == token.start,
        _ => false,
    }
}

/// Whether the brackets of a name are all opened and closed in it.
fn is_balanced(text: &Text<'_>, from: usize, to: usize) -> bool {
    let mut depth = 0_i32;
    for at in from..to {
        depth += i32::from(text.is_mark(at, '(')) - i32::from(text.is_mark(at, ')'));
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// The law whose name runs from a capital to its head word.
fn read_with_head(text: &Text<'_>, at: usize, end: usize) -> Option<Mention> {
    let word = text.norm(end);
    if matches!(text.norm(end + 1), "of" | "on") && word == "code" && text.is_capital(end + 2) {
        return None;
    }
    let goes_on =
        matches!(text.norm(end + 1), "on" | "concerning" | "for" | "to" | "against" | "regarding" | "relating")
            && text.is_capital(end + 2)
            && is_head(word)
            || text.is_capital(end + 1) && is_beside(text, end + 1) && !text.raw(end + 1).starts_with(['N', 'A'])
            || matches!(text.norm(end + 1), "of") && text.is_capital(end + 2);
    let is_topic =
        word == "law" && (at..end).any(|at| matches!(text.norm(at), "of" | "for" | "the" | "on" | "to" | "with"));
    // A list goes on to its next member: "Al-Haq, Law in the Service of Man"; "Argentina, Act No. 26" is that country's.
    let is_listed = end > at && text.is_mark(end - 1, ',') && country_at(text, at).is_none();
    let is_standard = word == "code" && matches!(text.norm(end + 1), "for" | "of");
    if goes_on || is_topic || is_listed || is_standard || !is_balanced(text, at, end) || !is_law_title(text, at, end) {
        return None;
    }
    let number_at = skip_number_sign(text, skip_date(text, end + 1));
    if text.is_number(number_at) && (number_at > end + 1 || !text.is_year(number_at)) {
        // "police Action Code 100": codes have no numbers.
        if word == "code" {
            return None;
        }
        let (number, after) = read_law_number(text, number_at);
        // "Amending Decree 238": the verb is no title.
        let from = if text.norm(at).ends_with("ing") { end } else { at };
        return Some(law(from, skip_year(text, skip_date(text, after)), numbered(word, &number), false));
    }
    // "Spanish Civil Code": the code by its common name.
    let common =
        (at + 1..end).find_map(|at| match_name(text, at).filter(|common| common.end == end + 1)).map(|name| name.named);
    let name = match common {
        Some(Named::Law(row)) => Registry::get().law(row).to_owned(),
        _ => collect(text, at, end + 1),
    };
    Some(law(at, skip_year(text, end + 1), name, false))
}
