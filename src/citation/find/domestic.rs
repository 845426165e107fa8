//! Domestic law: codes by their common names, acts and decrees by name, number and year.

use super::super::registry::{Named, Registry};
use super::super::token::{Kind, Text};
use super::words::skip_number_sign;
use super::{Mention, Mode, Target};

/// A code of `laws.tsv` found by its name. Single words must be capitals ("the Constitution").
pub(super) fn named(text: &Text<'_>, from: usize, to: usize, key: &str, mode: Mode) -> Option<Mention> {
    if matches!(text.norm(to - 1), "кодексы" | "кодексов" | "кодексах" | "конституций" | "кодексами")
    {
        return None;
    }
    // "Penal Code Act" is a name of its own.
    if text.norm(to) == "act" && text.is_capital(to) {
        return None;
    }
    let capital = (from..to).any(|at| text.is_capital(at));
    let ends_in_law = matches!(text.norm(to - 1), "law" | "act" | "труде" | "семье");
    // Russian texts write «конституция» in small letters; English ones mean no law of a country by them.
    let small = mode == Mode::Document && !capital && (to - from == 1 || ends_in_law);
    let before = from.checked_sub(1).map_or("", |before| text.norm(before));
    let is_draft = ["нов", "местн", "проект", "предлага", "временн"].iter().any(|stem| before.starts_with(stem));
    let weak = small && (text.raw(from).is_ascii() || is_draft);
    if weak && key != "Constitution" {
        return None;
    }
    // "Constitution of the World Health Organization" is no law of a country.
    if key == "Constitution"
        && text.norm(to) == "of"
        && (to..to + 8).any(|at| matches!(text.norm(at), "organization" | "organisation" | "who" | "ilo"))
    {
        return Some(Mention { from, to, target: Target::Unknown });
    }
    Some(Mention { from, to: skip_year(text, to), target: Target::Law { name: key.to_owned(), weak } })
}

/// Reads what starts at a word.
pub(super) fn read(text: &Text<'_>, at: usize) -> Vec<Mention> {
    let mention = read_head_first(text, at)
        .or_else(|| read_head_last(text, at))
        .or_else(|| read_russian(text, at))
        .or_else(|| read_taken_up(text, at));
    mention.into_iter().collect()
}

/// English head words of laws that carry a number or "on".
fn is_head(word: &str) -> bool {
    matches!(
        word,
        "law" | "act" | "decree" | "ordinance" | "order" | "edict" | "regulation" | "statute" | "code" | "bill"
    )
}

/// "Law on Juvenile Criminal Procedure", "Act No. 119/90", "Decree 315", "Code of Military Justice".
fn read_head_first(text: &Text<'_>, at: usize) -> Option<Mention> {
    let word = text.norm(at);
    if !is_head(word) {
        return None;
    }
    let capital = text.is_capital(at);
    let mention =
        |to: usize, name: String, weak: bool| Some(Mention { from: at, to, target: Target::Law { name, weak } });
    let number_at = skip_number_sign(text, at + 1);
    let signed = number_at > at + 1;
    if text.is_number(number_at) && (signed || capital && !super::super::registry::is_year(text, number_at)) {
        let (number, end) = read_law_number(text, number_at);
        if word == "order" && !signed || matches!(word, "bill" | "code") {
            return None;
        }
        let end = skip_subject(text, end);
        return mention(skip_year(text, end), numbered(word, &number), false);
    }
    // "Act XXX of 1989"
    if capital
        && matches!(word, "act" | "law")
        && text.raw(at + 1).len() > 1
        && super::words::roman(text.raw(at + 1)).is_some()
        && text.norm(at + 2) == "of"
        && super::super::registry::is_year(text, at + 3)
    {
        let number = format!("{}-{}", text.raw(at + 1), text.raw(at + 3));
        return mention(at + 4, numbered(word, &number), false);
    }
    let opens = text.norm(at + 1);
    if !matches!(
        opens,
        "on" | "concerning" | "regarding" | "relating" | "for" | "against" | "establishing" | "of" | "to"
    ) && !is_quote(text, at + 1)
    {
        return None;
    }
    if is_quote(text, at + 1) && capital && !text.is_glued(at + 1) {
        let close = (at + 2..(at + 24).min(text.len())).find(|token| is_quote(text, *token))?;
        let name = collect(text, at + 2, close);
        return mention(skip_year(text, close + 1), name, false);
    }
    if opens == "of"
        && (word != "code"
            || !text.is_capital(at + 2)
            || matches!(text.norm(at + 2), "conduct" | "ethics" | "practice"))
    {
        return None;
    }
    if matches!(opens, "for" | "to" | "against") && (!capital || !text.is_capital(at + 2)) {
        return None;
    }
    if !capital {
        // "the law on cybercrime", "the law on preventing and combating cybercrime": the subject is its first noun.
        let before = at.checked_sub(1).map_or("", |before| text.norm(before));
        let subject = at + 2 + usize::from(text.norm(at + 2) == "the");
        return (opens == "on" && word != "order" && matches!(before, "the" | "its" | "this") && text.is_word(subject))
            .then(|| {
                let end = end_of_subject(text, subject);
                let name = format!("Law on {}", collect(text, subject, end));
                Mention { from: at, to: end, target: Target::Law { name, weak: true } }
            });
    }
    if matches!(word, "order" | "bill" | "statute") {
        return None;
    }
    let end = end_of_title(text, at + 2);
    if end <= at + 2 {
        let subject = at + 2;
        return (text.is_word(subject) && opens == "on").then(|| Mention {
            from: at,
            to: subject + 1,
            target: Target::Law { name: collect(text, at, subject + 1), weak: false },
        });
    }
    mention(skip_year(text, end), collect(text, at, end), false)
}

fn is_quote(text: &Text<'_>, at: usize) -> bool {
    ['"', '“', '”', '«', '»', '‘', '’'].iter().any(|mark| text.is_mark(at, *mark))
}

/// The token after a capitalised title: capitals with small words between them.
fn end_of_title(text: &Text<'_>, from: usize) -> usize {
    let mut end = from;
    let mut at = from;
    while at < text.len() && at < from + 28 {
        match text.kind(at) {
            Some(Kind::Word) if super::words::is_month(text, at) => break,
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

/// Steps over " of 11 January on the rights of foreigners": nothing but a date, for a numbered law needs no subject.
fn skip_subject(text: &Text<'_>, at: usize) -> usize {
    if text.norm(at) == "of" && text.is_number(at + 1) && super::words::is_month(text, at + 2) {
        return at + 3 + usize::from(super::super::registry::is_year(text, at + 3));
    }
    at
}

/// Reads "119/90", "54-FZ", "4/2000", "315".
fn read_law_number(text: &Text<'_>, at: usize) -> (String, usize) {
    let mut end = at + 1;
    while text.is_glued(end) && end < at + 8 {
        let goes_on = match text.kind(end) {
            Some(Kind::Number | Kind::Word) => true,
            Some(Kind::Mark('/' | '-' | '.' | '‑' | '–')) => {
                text.is_glued(end + 1) && matches!(text.kind(end + 1), Some(Kind::Number | Kind::Word))
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    let number = text.source.get(text.bytes(at, end)).unwrap_or_default().to_uppercase().replace(['‑', '–', '/'], "-");
    // "18.561" and "18561" are one number.
    let groups: Vec<&str> = number.split('.').collect();
    let is_grouped = groups.len() > 1
        && groups.iter().skip(1).all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    let number = if is_grouped { groups.concat() } else { number };
    (number.replace("ФЗ", "FZ").replace("ФКЗ", "FKZ"), end)
}

/// The key of a numbered law is one in both languages: the kind and the number.
fn numbered(word: &str, number: &str) -> String {
    let kind = match word {
        "decree" | "edict" | "указ" | "декрет" => "Decree",
        "ordinance" | "order" | "приказ" | "распоряжение" => "Order",
        "proclamation" => "Proclamation",
        "regulation" | "постановление" => "Regulation",
        _ => "Law",
    };
    format!("{kind} No. {number}")
}

/// Joins the words of a name with single spaces.
fn collect(text: &Text<'_>, from: usize, to: usize) -> String {
    let mut name = String::new();
    for at in from..to {
        if at > from && !text.is_glued(at) {
            name.push(' ');
        }
        name.push_str(text.raw(at));
    }
    name.replace('’', "'")
}

/// Steps over the year of a law: "(2005)", "of 2014", ", 1985", " 1985".
fn skip_year(text: &Text<'_>, at: usize) -> usize {
    let is_year = |at: usize| super::super::registry::is_year(text, at);
    if text.is_mark(at, '(') && is_year(at + 1) && text.is_mark(at + 2, ')') {
        return at + 3;
    }
    if matches!(text.norm(at), "of" | "от") && is_year(at + 1) {
        return at + 2;
    }
    if is_year(at) && !super::words::is_month(text, at + 1) {
        return at + 1 + usize::from(matches!(text.norm(at + 1), "года" | "г"));
    }
    at
}

/// "Immigration and Refugee Protection Act", "Anti-Trafficking Law", "Lao Penal Law": found from the first capital.
fn read_head_last(text: &Text<'_>, at: usize) -> Option<Mention> {
    if !text.is_capital(at)
        || !text.raw(at).is_ascii() && !text.raw(at).chars().any(|letter| letter.is_ascii_alphabetic())
    {
        return None;
    }
    if at > 0
        && text.is_capital(at - 1)
        && text.tokens.get(at - 1).is_some_and(|token| token.end + 1 == text.tokens[at].start)
    {
        let previous = text.norm(at - 1);
        if !is_opening(previous) && !previous.ends_with("'s") {
            return None;
        }
    }
    let possessive = |at: usize| text.norm(at).ends_with("'s");
    if is_opening(text.norm(at)) || possessive(at) {
        return None;
    }
    let mut end = at;
    while end < text.len() && end < at + 16 {
        let word = text.norm(end);
        match text.kind(end) {
            Some(Kind::Word) if is_law_noun(word) && text.norm(end + 1) == "act" && text.is_capital(end + 1) => {}
            Some(Kind::Word) if end > at && is_law_noun(word) && text.is_capital(end) => {
                if matches!(text.norm(end + 1), "of" | "on") && word == "code" && text.is_capital(end + 2) {
                    return None;
                }
                let goes_on = matches!(text.norm(end + 1), "on" | "concerning") && text.is_capital(end + 2)
                    || text.is_capital(end + 1) && !text.raw(end + 1).starts_with(['N', 'A'])
                    || matches!(text.norm(end + 1), "of") && text.is_capital(end + 2);
                let is_topic =
                    word == "law" && (at..end).any(|at| matches!(text.norm(at), "of" | "for" | "the" | "on" | "to"));
                let is_standard = word == "code" && matches!(text.norm(end + 1), "for" | "of");
                if goes_on || is_topic || is_standard || !is_law_title(text, at, end) {
                    return None;
                }
                let mut name = collect(text, at, end + 1);
                // "Spanish Civil Code": the code by its common name.
                let common = (at + 1..end)
                    .find_map(|at| Registry::get().match_name(text, at).filter(|common| common.end == end + 1));
                if let Some(Named::Law(law)) = common.map(|common| common.named) {
                    name = Registry::get().law(law).to_owned();
                }
                let number_at = skip_number_sign(text, skip_subject(text, end + 1));
                if text.is_number(number_at)
                    && (number_at > end + 1 || !super::super::registry::is_year(text, number_at))
                {
                    let (number, after) = read_law_number(text, number_at);
                    // "Amending Decree 238": the verb is no title.
                    let from = if text.norm(at).ends_with("ing") { end } else { at };
                    return Some(Mention {
                        from,
                        to: skip_year(text, skip_subject(text, after)),
                        target: Target::Law { name: numbered(word, &number), weak: false },
                    });
                }
                return Some(Mention {
                    from: at,
                    to: skip_year(text, end + 1),
                    target: Target::Law { name, weak: false },
                });
            }
            Some(Kind::Word) if text.is_capital(end) => {}
            Some(Kind::Word)
                if matches!(
                    word,
                    "and" | "of" | "to" | "for" | "on" | "the" | "against" | "or" | "in" | "from" | "with"
                ) && end > at => {}
            Some(Kind::Mark('-')) if text.is_glued(end) && text.is_glued(end + 1) => {}
            Some(Kind::Mark(',')) if text.is_capital(end + 1) => {}
            Some(Kind::Mark('(' | ')')) if end > at && !text.is_number(end + 1) => {}
            _ => return None,
        }
        end += 1;
    }
    None
}

fn is_law_noun(word: &str) -> bool {
    matches!(word, "law" | "act" | "code" | "decree" | "ordinance" | "proclamation")
}

/// Words that open a sentence or a phrase and are no part of a title.
fn is_opening(word: &str) -> bool {
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
    )
}

/// What kind of law a name or a head word speaks of: "code", "decree", "act", "law".
pub(in super::super) fn noun_of(name: &str) -> &'static str {
    let name = name.to_lowercase();
    let nouns = [
        ("charter", "charter"),
        ("code", "code"),
        ("кодекс", "code"),
        ("decree", "decree"),
        ("указ", "decree"),
        ("декрет", "decree"),
        ("act", "act"),
    ];
    nouns
        .iter()
        .find(|(word, _)| name.split([' ', '-']).any(|part| part.starts_with(word)))
        .map_or("law", |(_, noun)| noun)
}

/// Whether the capitals before "Law" or "Act" make the title of a law.
fn is_law_title(text: &Text<'_>, from: usize, noun: usize) -> bool {
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

/// «Федеральный закон № 54-ФЗ», «Закон о полиции», «закон "О собраниях"», «Указ № 11».
fn read_russian(text: &Text<'_>, at: usize) -> Option<Mention> {
    let word = text.norm(at);
    let noun = ["закон", "указ", "декрет", "постановлени", "приказ", "распоряжени"].iter().find(|noun| {
        word.strip_prefix(**noun)
            .is_some_and(|ending| matches!(ending, "" | "а" | "у" | "ом" | "е" | "е " | "я" | "ю" | "ем" | "и"))
    })?;
    let nominative = match *noun {
        "постановлени" => "постановление",
        "распоряжени" => "распоряжение",
        noun => noun,
    };
    let mention =
        |to: usize, name: String, weak: bool| Some(Mention { from: at, to, target: Target::Law { name, weak } });
    let mut next = at + 1;
    // «закон Российской Федерации от 7 февраля 2011 года № 3-ФЗ "О полиции"»
    let limit = (at + 14).min(text.len());
    let sign =
        (next..limit).take_while(|at| !is_stop(text, *at) || is_date_stop(text, *at)).find(|at| text.is_mark(*at, '№'));
    if let Some(sign) = sign
        && text.is_number(sign + 1)
    {
        let (number, end) = read_law_number(text, sign + 1);
        return mention(skip_russian_title(text, end), numbered(nominative, &number), false);
    }
    if text.is_capital(at) && text.is_number(next) && !super::super::registry::is_year(text, next) && *noun == "закон"
    {
        let (number, end) = read_law_number(text, next);
        return mention(end, numbered(nominative, &number), false);
    }
    while matches!(text.norm(next), "рф" | "ссср" | "рк" | "рб") {
        next += 1;
    }
    if matches!(text.norm(next), "российской" | "кыргызской" | "чешской" | "республики")
    {
        next += 2;
    }
    if is_quote(text, next) || text.is_mark(next, '<') {
        let end = skip_russian_title(text, next);
        if end > next
            && matches!(text.norm(next + 1 + usize::from(text.is_mark(next + 1, '<'))), "о" | "об" | "обо" | "по")
        {
            let name = collect(text, next, end);
            return mention(
                end,
                format!("Закон {}", name.to_lowercase().trim_matches(['"', '«', '»', '“', '”', '<', '>'])),
                false,
            );
        }
        return None;
    }
    if matches!(text.norm(next), "о" | "об") && *noun == "закон" && text.is_word(next + 1) {
        let end = end_of_russian_subject(text, next + 1);
        let name = format!("Закон {}", (next..end).map(|at| text.norm(at)).collect::<Vec<_>>().join(" "));
        return mention(end, name, !text.is_capital(at));
    }
    None
}

fn is_stop(text: &Text<'_>, at: usize) -> bool {
    matches!(text.kind(at), Some(Kind::Mark('.' | ';' | ',' | ':' | '(' | ')')) | None)
}

fn is_date_stop(text: &Text<'_>, at: usize) -> bool {
    text.is_mark(at, '.') && (text.is_number(at + 1) && text.is_glued(at + 1) || text.norm(at.saturating_sub(1)) == "г")
}

/// Steps over a title in quotation marks.
fn skip_russian_title(text: &Text<'_>, at: usize) -> usize {
    if !is_quote(text, at) && !text.is_mark(at, '<') {
        return at;
    }
    let close = (at + 2..(at + 40).min(text.len())).find(|token| is_quote(text, *token) || text.is_mark(*token, '>'));
    close.map_or(at, |close| close + 1 + usize::from(text.is_mark(close + 1, '>')))
}

/// The subject of «закон о …» ends with its second noun at the latest; more cannot be told without grammar.
fn end_of_russian_subject(text: &Text<'_>, from: usize) -> usize {
    let mut end = from + 1;
    while end < from + 4
        && text.is_word(end)
        && (text.norm(end) == "и" || is_adjective(text.norm(end - 1)) || text.norm(end - 1) == "и")
    {
        end += 1;
    }
    end
}

fn is_adjective(word: &str) -> bool {
    ["ых", "их", "ой", "ом", "ого", "ей", "ную"].iter().any(|ending| word.ends_with(ending))
}

/// The token after the first noun of a subject: gerunds lead to it.
fn end_of_subject(text: &Text<'_>, from: usize) -> usize {
    let mut end = from;
    while end < from + 6
        && (text.norm(end).ends_with("ing") || matches!(text.norm(end), "and" | "the" | "of"))
        && text.is_word(end + 1)
    {
        end += 1;
    }
    end + 1
}

/// "the Law", "the decree", «этого закона»: the law named before.
fn read_taken_up(text: &Text<'_>, at: usize) -> Option<Mention> {
    let word = text.norm(at);
    let english = matches!(word, "law" | "act" | "decree" | "code" | "ordinance" | "legislation")
        && at.checked_sub(1).is_some_and(|before| {
            super::super::registry::is_year(text, before)
                || matches!(
                    text.norm(before),
                    "the"
                        | "this"
                        | "that"
                        | "said"
                        | "same"
                        | "aforementioned"
                        | "new"
                        | "old"
                        | "amended"
                        | "former"
                        | "revised"
                )
        });
    let russian = matches!(
        word,
        "закона"
            | "закону"
            | "законом"
            | "законе"
            | "кодекса"
            | "кодексом"
            | "кодексе"
            | "указа"
            | "декрета"
    );
    (english || russian).then(|| Mention { from: at, to: at + 1, target: Target::SameLaw(noun_of(word)) })
}
