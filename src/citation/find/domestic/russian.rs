//! Russian laws: «Федеральный закон № 54-ФЗ», «Закон о полиции», «закон "О собраниях"», «Указ № 11».

use super::super::super::names::match_name_after;
use super::super::super::registry::{Named, Registry};
use super::super::super::token::{Kind, Text};
use super::super::Mention;
use super::super::words::{is_month, skip_number_sign};
use super::law;
use super::number::{collect, is_quote, numbered, read_law_number};

/// The longest subject of a law, in tokens.
const LONGEST_SUBJECT: usize = 16;

/// Reads what starts at a word.
pub(super) fn read(text: &Text<'_>, at: usize) -> Option<Mention> {
    if text.norm(at).is_ascii() {
        return None;
    }
    if let Some(law) = read_code(text, at).or_else(|| read_federal(text, at)) {
        return Some(law);
    }
    let word = text.norm(at);
    let noun = ["закон", "указ", "декрет", "постановлени", "приказ", "распоряжени"].iter().find(|noun| {
        word.strip_prefix(**noun)
            .is_some_and(|ending| matches!(ending, "" | "а" | "у" | "ом" | "е" | "я" | "ю" | "ем" | "и"))
    })?;
    let nominative = match *noun {
        "постановлени" => "постановление",
        "распоряжени" => "распоряжение",
        noun => noun,
    };
    // «закон Российской Федерации от 7 февраля 2011 года № 3-ФЗ "О полиции"»
    if let Some(number_at) = find_number(text, at + 1) {
        let (number, end) = read_law_number(text, number_at);
        return Some(law(at, skip_title(text, end), numbered(nominative, &number), false));
    }
    let next = at + 1;
    if text.is_capital(at) && text.is_number(next) && !text.is_year(next) && *noun == "закон" {
        let (number, end) = read_law_number(text, next);
        return Some(law(at, end, numbered(nominative, &number), false));
    }
    let next = skip_country(text, skip_date(text, skip_country(text, next)));
    if is_quote(text, next) || text.is_mark(next, '<') {
        return read_quoted(text, at, next);
    }
    if matches!(text.norm(next), "о" | "об") && *noun == "закон" && text.is_word(next + 1) {
        let end = end_of_subject(text, next + 1);
        let subject: Vec<&str> = (next..end).map(|at| text.norm(at)).filter(|word| !word.is_empty()).collect();
        let name = format!("Закон {}", subject.join(" "));
        return Some(law(at, end, name, !text.is_capital(at) && is_any(text, at)));
    }
    None
}

/// «Кодекс Республики Узбекистан об административной ответственности»: the country stands within the name.
fn read_code(text: &Text<'_>, at: usize) -> Option<Mention> {
    if !text.norm(at).starts_with("кодекс") || !text.is_capital(at + 1) {
        return None;
    }
    let after = (at + 2..at + 5).find(|after| matches!(text.norm(*after), "о" | "об"))?;
    let name = match_name_after(text, at, after)?;
    match name.named {
        Named::Law(row) => Some(law(at, name.end, Registry::get().law(row).to_owned(), false)),
        _ => None,
    }
}

/// «ФЗ-83», «ФЗ № 54-ФЗ»
fn read_federal(text: &Text<'_>, at: usize) -> Option<Mention> {
    if !matches!(text.raw(at), "ФЗ" | "ФКЗ") {
        return None;
    }
    let number_at = skip_number_sign(text, at + 1 + usize::from(text.is_mark(at + 1, '-')));
    let is_number = text.is_number(number_at) && !text.is_year(number_at);
    is_number.then(|| {
        let (number, end) = read_law_number(text, number_at);
        let kind = if text.raw(at) == "ФЗ" { "FZ" } else { "FKZ" };
        let number =
            if number.ends_with("FZ") || number.ends_with("FKZ") { number } else { format!("{number}-{kind}") };
        law(at, skip_title(text, end), numbered("закон", &number), false)
    })
}

/// The number of a law after its kind, date and country: «от 19.06.2004 N 54-ФЗ».
fn find_number(text: &Text<'_>, from: usize) -> Option<usize> {
    let limit = (from + 13).min(text.len());
    let inside = (from..limit).take_while(|at| !is_stop(text, *at) || is_date_stop(text, *at));
    // The number of another law: «в законе об охоте и Федеральном законе № 209-ФЗ».
    let inside = inside.take_while(|at| !text.norm(*at).starts_with("закон"));
    let mut signs = inside.filter(|at| text.is_mark(*at, '№') || text.raw(*at) == "N");
    signs.next().filter(|sign| text.is_number(sign + 1)).map(|sign| sign + 1)
}

/// «проект закона о гражданстве», «новый закон о печати»: no law in force is meant.
fn is_any(text: &Text<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| text.norm(before));
    ["проект", "законопроект", "нов", "люб", "так", "отдельн", "специальн", "кажд", "никак", "предлага"]
        .iter()
        .any(|stem| before.starts_with(stem))
}

/// Steps over the country whose law it is: «РФ», «Российской Федерации», «Республики Беларусь», «Украины».
fn skip_country(text: &Text<'_>, at: usize) -> usize {
    let mut end = at;
    while end < at + 3 && text.is_capital(end) {
        end += 1;
    }
    let titled = is_quote(text, end)
        || text.is_mark(end, '<')
        || matches!(text.norm(end), "о" | "об" | "от")
        || text.is_year(end);
    if titled { end } else { at }
}

/// Steps over «2012 года», «от 19 июня 2004 года», «от 19.06.2004».
fn skip_date(text: &Text<'_>, at: usize) -> usize {
    let mut next = at + usize::from(text.norm(at) == "от");
    if text.is_number(next) && is_month(text, next + 1) {
        next += 2;
    } else if text.is_number(next) && text.is_mark(next + 1, '.') && text.is_mark(next + 3, '.') {
        next += 4;
    }
    if !text.is_year(next) {
        return at;
    }
    next += 1;
    next + match text.norm(next) {
        "г" => 1 + usize::from(text.is_mark(next + 1, '.')),
        "года" => 1,
        _ => 0,
    }
}

fn read_quoted(text: &Text<'_>, at: usize, next: usize) -> Option<Mention> {
    let end = skip_title(text, next);
    let first = next + 1 + usize::from(text.is_mark(next + 1, '<'));
    if end <= next || !matches!(text.norm(first), "о" | "об" | "обо" | "по") {
        return None;
    }
    let marks = ['"', '«', '»', '“', '”', '<', '>'];
    let name = collect(text, next, end).to_lowercase();
    Some(law(at, end, format!("Закон {}", name.trim_matches(marks)), false))
}

fn is_stop(text: &Text<'_>, at: usize) -> bool {
    matches!(text.kind(at), Some(Kind::Mark('.' | ';' | ',' | ':' | '(' | ')')) | None)
}

fn is_date_stop(text: &Text<'_>, at: usize) -> bool {
    text.is_mark(at, '.') && (text.is_number(at + 1) && text.is_glued(at + 1) || text.norm(at.saturating_sub(1)) == "г")
}

/// Steps over a title in quotation marks.
fn skip_title(text: &Text<'_>, at: usize) -> usize {
    if !is_quote(text, at) && !text.is_mark(at, '<') {
        return at;
    }
    let close = (at + 2..(at + 40).min(text.len())).find(|token| is_quote(text, *token) || text.is_mark(*token, '>'));
    close.map_or(at, |close| close + 1 + usize::from(text.is_mark(close + 1, '>')))
}

/// The end of the subject of «закон о …»: nouns and adjectives in oblique cases, the prepositions that such titles have,
/// and no verb.
fn end_of_subject(text: &Text<'_>, from: usize) -> usize {
    let mut end = from + 1;
    let mut at = end;
    while at < from + LONGEST_SUBJECT && at < text.len() {
        let word = text.norm(at);
        if text.is_mark(at, '-') && text.is_glued(at) && text.is_glued(at + 1) {
            at += 1;
            continue;
        }
        if text.is_capital(at) && !is_modifier(word) || !text.is_word(at) {
            break;
        }
        match word {
            "и" | "или" if text.norm(at + 1).starts_with("закон") => break,
            "и" | "или" | "с" | "со" | "от" | "к" | "за" | "при" | "против" | "для" | "их" => {
            }
            "в" if matches!(text.norm(at + 1), "области" | "сфере" | "отношении" | "связи") =>
                {}
            _ if is_oblique(word) && !is_verb(word) => end = at + 1,
            // «о правовой защите»: the noun that an adjective waits for.
            _ if word.ends_with('е') && is_modifier(text.norm(at - 1)) => end = at + 1,
            _ => break,
        }
        at += 1;
    }
    end
}

fn is_modifier(word: &str) -> bool {
    ["ого", "ому", "ом", "ой", "ых", "их", "ыми", "ими"].iter().any(|ending| word.ends_with(ending))
}

/// Whether a word has an ending of an oblique case.
fn is_oblique(word: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "ых", "их", "ой", "ей", "ого", "его", "ом", "ем", "ами", "ями", "ах", "ях", "ов", "ев", "ий", "ии", "ию", "ью",
        "ия", "и", "ы", "а",
    ];
    word.chars().count() > 3 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

fn is_verb(word: &str) -> bool {
    let past = ["ла", "ли", "лась", "лись", "ены", "аны", "ена", "ана"];
    let short = word.chars().count();
    past.iter().any(|ending| word.ends_with(ending)) && short > 3 && !word.ends_with("ели")
}

#[cfg(test)]
mod tests {
    use super::super::super::Target;
    use super::*;

    fn check(source: &str, expected: &str) {
        let text = Text::new(source);
        let mention = (0..text.len()).find_map(|at| read(&text, at));
        let name = mention.map(|mention| match mention.target {
            Target::Law { name, .. } => name,
            _ => String::new(),
        });
        assert_eq!(name.unwrap_or_default(), expected, "{source}");
    }

    #[test]
    fn titles_are_read_whole() {
        check("по закону о митингах были", "Закон о митингах");
        check("Закон о правовой защите детей предусматривает", "Закон о правовой защите детей");
        check("Закон 2003 года о борьбе с торговлей людьми (RA 9208)", "Закон о борьбе с торговлей людьми");
        check("Законом Украины <<О временном порядке>> на основе", "Закон о временном порядке");
        check("Федеральный закон от 19.06.2004 N 54-ФЗ действует", "Law No. 54-FZ");
        check("Закон о полиции был принят", "Закон о полиции");
        check("Закон о гражданстве отменили", "Закон о гражданстве");
        check("закон сохранения энергии", "");
    }
}
