//! References in a query, typed in haste: "CRC art. 7", "crc 7", "OPSC 9.3", "SDG 16.2", «ст. 24 МПГПП».

use super::context::Context;
use super::countries::is_code;
use super::find::decisions::read_resolution_number;
use super::find::pins::Pins;
use super::find::words::{Unit, head};
use super::find::{Class, Found, Mention, Mode, Target, find, symbols};
use super::key::{instrument_name, is_body};
use super::registry::Registry;
use super::resolve::resolve;
use super::token::Text;

/// One reference of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryReference {
    /// Bytes of the query, end exclusive.
    pub start: usize,
    pub end: usize,
    /// Canonical keys, several where the words leave open which instrument is meant.
    pub keys: Vec<String>,
    /// One line for the user ("Convention on the Rights of the Child, article 7").
    pub description: String,
}

/// Returns the references of a query in its order.
pub fn read_query(text: &str) -> Vec<QueryReference> {
    let has_letter = text.chars().any(char::is_alphabetic);
    if !has_letter || text.len() > 4096 {
        return Vec::new();
    }
    if let Some(reference) = read_whole_key(text) {
        return vec![reference];
    }
    let tokens = Text::new(text);
    let mut found = find(&tokens, Mode::Query);
    add_bare_numbers(&tokens, &mut found);
    let mut references = Vec::new();
    for class in [Class::OptionalProtocol, Class::Convention, Class::Covenant, Class::Protocol] {
        read_ambiguous(&tokens, &found, class, &mut references);
    }
    read_open_comments(&tokens, &found, &mut references);
    // The articles of a range stand in one place: only what was read in another way takes it.
    let open = references.len();
    for resolved in resolve(&tokens, &found, &mut Context::default()) {
        let Some(key) = resolved.reference.key else { continue };
        let is_taken = |other: &QueryReference| other.start < resolved.end && resolved.start < other.end;
        let overlaps = references.iter().take(open).any(is_taken);
        if overlaps {
            continue;
        }
        let keys = match key.strip_prefix("COMM:") {
            Some(number) => std::iter::once(key.clone())
                .chain(
                    ["CCPR", "CAT", "CEDAW", "CERD", "CRC", "CRPD", "CESCR", "CED"]
                        .map(|body| format!("{body}:{number}")),
                )
                .collect(),
            None => vec![key],
        };
        let description = describe(&keys);
        references.push(QueryReference { start: resolved.start, end: resolved.end, keys, description });
    }
    references.sort_by_key(|reference| (reference.start, reference.end));
    merge_beginnings(text, &mut references);
    references
}

/// Drops a reading that is the beginning of the one right beside it: whoever writes "the Constitution of X, art. 31" means the
/// article.
fn merge_beginnings(text: &str, references: &mut Vec<QueryReference>) {
    let is_beginning = |short: &QueryReference, long: &QueryReference| match (&short.keys[..], &long.keys[..]) {
        ([short], [long]) => long.strip_prefix(short.as_str()).is_some_and(|below| below.starts_with('/')),
        _ => false,
    };
    references.dedup_by(|later, kept| {
        let (start, end) = (kept.start.min(later.start), kept.end.max(later.end));
        let between = text.get(kept.end..later.start).unwrap_or_default();
        if between.contains(char::is_alphanumeric) {
            return false;
        }
        if is_beginning(kept, later) {
            std::mem::swap(kept, later);
        } else if !is_beginning(later, kept) {
            return false;
        }
        (kept.start, kept.end) = (start, end);
        true
    });
}

/// Whether a word of a reference only says where in an instrument: "art", «статья», a number, a letter.
pub fn says_place(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    first.is_some_and(char::is_numeric)
        || (first.is_some() && letters.next().is_none())
        || head(&Text::new(&format!("{word} 1")), 0).is_some()
}

/// A query that is a key and nothing else: "LAO:Penal Code/128", "ECHR/P1/1".
fn read_whole_key(text: &str) -> Option<QueryReference> {
    let key = parse_canonical(text.trim()).filter(|_| text.contains([':', '/']))?;
    let keys = vec![key];
    Some(QueryReference { start: 0, end: text.len(), description: describe(&keys), keys })
}

/// "general comment no. 14": every committee that has one of that number.
fn read_open_comments(text: &Text<'_>, found: &[Found], references: &mut Vec<QueryReference>) {
    let names_body = found.iter().any(|entry| matches!(entry, Found::Mention(Mention { target: Target::Body(_), .. })));
    if names_body {
        return;
    }
    for entry in found {
        let Found::Mention(Mention { from, to, target: Target::Comment { recommendation, number, year, .. } }) = entry
        else {
            continue;
        };
        let comments = Registry::get().comments().iter().filter(|comment| {
            u32::from(comment.number) == *number
                && year.is_none_or(|year| u32::from(comment.year) == year)
                && (comment.form == "GR" || !recommendation)
        });
        let keys: Vec<String> =
            comments.map(|comment| format!("{}:{}{number}", comment.committee, comment.form)).collect();
        if !keys.is_empty() {
            let bytes = text.bytes(*from, *to);
            references.push(QueryReference { start: bytes.start, end: bytes.end, description: describe(&keys), keys });
        }
    }
}

fn describe(keys: &[String]) -> String {
    let names = keys.iter().take(4).map(|key| super::key::name_of(key).unwrap_or_else(|| key.clone()));
    let mut names: Vec<String> = names.collect();
    if keys.len() > 4 {
        names.push(format!("{} more", keys.len() - 4));
    }
    names.join("; or ")
}

/// "crc 7", "CRC/7", "OPSC 9.3", "ILO Convention 29 2": a number after an instrument is its article.
fn add_bare_numbers(text: &Text<'_>, found: &mut Vec<Found>) {
    let mut added = Vec::new();
    for (index, entry) in found.iter().enumerate() {
        // "UNSC 1325", "GA 60/251"
        if let Found::Mention(Mention { from, to, target: Target::Body(body) }) = entry
            && text.is_number(*to)
            && let Some((number, _, end)) = read_resolution_number(text, *to, true)
        {
            let target = Target::Resolution { number, body: Some(body) };
            added.push((index + 1, Found::Mention(Mention { from: *from, to: end, target })));
            continue;
        }
        let Found::Mention(Mention { to, target: Target::Instrument(_) | Target::Law { .. }, .. }) = entry else {
            continue;
        };
        let at = *to + usize::from(text.is_mark(*to, '/') || text.is_mark(*to, ','));
        let taken = found.get(index + 1).is_some_and(|next| next.from() <= at);
        if !taken && text.is_number(at) && !text.is_year(at) {
            let mut pins = super::find::pins::read_bare(text, at);
            if let Some(pins) = pins.as_mut() {
                pins.from = at;
            }
            added.extend(pins.map(|pins| (index + 1, Found::Pins(pins))));
        }
    }
    for (index, entry) in added.into_iter().rev() {
        found.insert(index, entry);
    }
}

/// "article 10 paragraph 1 of the Optional Protocol": every instrument of that class that has the article.
fn read_ambiguous(text: &Text<'_>, found: &[Found], class: Class, references: &mut Vec<QueryReference>) {
    let registry = Registry::get();
    for pair in found.windows(2) {
        let (pins, mention) = match pair {
            [Found::Pins(pins), Found::Mention(mention)] | [Found::Mention(mention), Found::Pins(pins)] => {
                (pins, mention)
            }
            _ => continue,
        };
        let generic = matches!(&mention.target, Target::Generic { class: named, .. } if *named == class);
        if !generic || pins.unit != Unit::Article || mention.from > pins.to + 4 || pins.from > mention.to + 2 {
            continue;
        }
        let core = ["CRC", "CCPR", "CESCR", "CERD", "CEDAW", "CAT", "CMW", "CRPD", "CED", "SPT"];
        // Judgments of these courts call it "the Convention" as views of a committee do.
        let of_courts = ["ECHR", "ACHR"];
        let rows = registry.rows().iter().filter(|row| {
            let core = row.committee.is_some_and(|committee| core.contains(&committee)) || of_courts.contains(&row.id);
            core && super::find::classes::class_of(row.en) == class
        });
        let keys: Vec<String> = rows.flat_map(|row| keys_in(pins, row.id, row.articles)).collect();
        if keys.is_empty() {
            continue;
        }
        let bytes = text.bytes(pins.from.min(mention.from), pins.to.max(mention.to));
        let description = describe(&keys);
        references.push(QueryReference { start: bytes.start, end: bytes.end, keys, description });
    }
}

fn keys_in(pins: &Pins, id: &str, articles: Option<u16>) -> Vec<String> {
    let keys = pins.items.iter().filter_map(|pin| {
        let number: u16 = pin.article.split('.').next()?.parse().ok()?;
        let path: String = pin.path.iter().map(|part| format!("/{part}")).collect();
        articles
            .is_some_and(|articles| (1..=articles).contains(&number))
            .then(|| format!("{id}/{}{path}", pin.article.replace('.', "/")))
    });
    keys.collect()
}

/// Returns the canonical key of what a user types: a key in any letter case, an id, an abbreviation, a name in either
/// language with or without an article, a symbol. `None` where nothing is recognised or several are meant.
pub fn parse_key(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(key) = parse_canonical(text) {
        return Some(key);
    }
    let mut references = read_query(text).into_iter();
    let first = references.next()?;
    match first.keys.as_slice() {
        [key] if references.next().is_none() => Some(key.clone()),
        _ => None,
    }
}

/// Reads a key as it is printed, save for letter case.
fn parse_canonical(text: &str) -> Option<String> {
    if let Some((space, rest)) = text.split_once(':') {
        let space = space.trim().to_uppercase();
        let rest = rest.trim();
        if rest.is_empty() || !space.chars().all(|letter| letter.is_ascii_uppercase()) {
            return None;
        }
        if space == "UN" {
            let (symbol, paragraph) =
                rest.split_once('#').map_or((rest, None), |(symbol, paragraph)| (symbol, Some(paragraph)));
            let key = symbols::key_of(&symbols::canonical(symbol));
            return Some(paragraph.map_or(key.clone(), |paragraph| format!("{key}#{paragraph}")));
        }
        if is_body(&space) {
            return Some(format!("{space}:{}", rest.to_uppercase().replace(' ', "")));
        }
        return (space == "LAW" || is_code(&space)).then(|| format!("{space}:{rest}"));
    }
    let (id, path) = text.split_once('/').map_or((text, None), |(id, path)| (id, Some(path)));
    let id = id.to_uppercase();
    let registry = Registry::get();
    // "ECHR/P1/1": the first part may go on the id.
    if let Some((part, below)) = path.map(|path| path.split_once('/').unwrap_or((path, "")))
        && registry.by_id(&format!("{id}-{}", part.to_uppercase())).is_some()
    {
        let whole = format!("{id}-{part}{}{below}", if below.is_empty() { "" } else { "/" });
        return parse_canonical(&whole);
    }
    let known = registry.by_id(&id).is_some() || instrument_name(&id, false).is_some();
    if !known {
        return None;
    }
    let Some(path) = path else { return Some(id) };
    let plain = !path.is_empty()
        && path.split('/').all(|part| {
            !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || ". -".contains(letter))
        });
    // "CRC/C/LAO/CO/2" is a symbol.
    let numbered = path.starts_with(|first: char| first.is_ascii_digit());
    (plain && numbered).then(|| format!("{id}/{}", path.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &str) {
        let keys: Vec<String> = read_query(query).into_iter().map(|reference| reference.keys.join("|")).collect();
        assert_eq!(keys.join(" "), expected, "{query}");
    }

    #[test]
    fn sloppy_queries_are_read() {
        check("CRC art. 7", "CRC/7");
        check("crc 7", "CRC/7");
        check("CRC/7", "CRC/7");
        check("OPSC 9.3", "CRC-OP-SC/9/3");
        check("статья 7 КПР", "CRC/7");
        check("ст. 24 МПГПП", "ICCPR/24");
        check("ст 24 мпгпп", "ICCPR/24");
        check("ICCPR-OP2", "ICCPR-OP2");
        check("SDG 16.2", "SDG/16.2");
        check("sdg 16.2 violence", "SDG/16.2");
        check("ILO Convention 29", "ILO-C29");
        check("ilo convention no 182 child labour", "ILO-C182");
        check("Labour Law article 101", "LAW:Labour Law/101");
        check("article 128 penal code rape", "LAW:Penal Code/128");
        check("A/HRC/40/51/Add.1", "UN:A/HRC/40/51/Add.1");
        check("a/hrc/40/51/add.1", "UN:A/HRC/40/51/Add.1");
        check("resolution 1325 (2000) women", "UNSC:1325");
        check("birth registration", "");
        check("children aged 7", "");
        check("cat 3", "CAT/3");
        check("cat and mouse", "");
        check("who cites CED", "ICPPED");
        check("LAO:Penal Code/128", "LAO:Penal Code/128");
        check("CRC GC 13", "CRC:GC13");
        check("CEDAW general recommendation 35", "CEDAW:GR35");
        check("general comment no. 26", "CRC:GC26|CCPR:GC26|CESCR:GC26|CEDAW:GR26|CERD:GR26");
        check("UNSC 1325", "UNSC:1325");
        check("GA 60/251", "GA:60/251");
        check("communication 470/1991", "CCPR:470/1991");
        check("Конвенция МОТ 182", "ILO-C182");
        check("crc/c/lao/co/2 para 45", "UN:CRC/C/LAO/CO/2#45");
    }

    #[test]
    fn a_convention_without_a_name_may_be_that_of_a_court() {
        let references = read_query("статья 8 Конвенции жилище");
        let keys = &references[0].keys;
        assert!(["CRC/8", "ECHR/8", "ACHR/8"].iter().all(|key| keys.iter().any(|known| known == key)), "{keys:?}");
    }

    #[test]
    fn lists_and_ranges_of_articles() {
        check("ICCPR art. 6-7", "ICCPR/6 ICCPR/7");
        check("ICCPR 6-9", "ICCPR/6 ICCPR/7 ICCPR/8 ICCPR/9");
        check("articles 9 and 14 ICCPR", "ICCPR/9 ICCPR/14");
        check("ст. 9–11 МПГПП", "ICCPR/9 ICCPR/10 ICCPR/11");
        check("ICCPR arts. 2(1) and 26", "ICCPR/2/1 ICCPR/26");
        check("Факультативный протокол о торговле детьми ст. 3", "CRC-OP-SC/3");
        check("Optional Protocol on the sale of children art. 3", "CRC-OP-SC/3");
    }

    #[test]
    fn an_open_reference_has_every_key_it_may_have() {
        assert_eq!(read_query("optional protocol article 3").len(), 1);
        let references = read_query("article 10 paragraph 1 of the Optional Protocol cooperation");
        assert_eq!(references.len(), 1);
        let keys = &references[0].keys;
        assert!(keys.contains(&"CRC-OP-SC/10/1".to_owned()) && keys.contains(&"ICCPR-OP1/10/1".to_owned()), "{keys:?}");
        assert!(references[0].description.contains("article 10 (1)"), "{}", references[0].description);
    }

    #[test]
    fn what_users_type_becomes_a_key() {
        for (typed, expected) in [
            ("CRC/7", Some("CRC/7")),
            ("crc/7/1", Some("CRC/7/1")),
            ("CRC art. 7", Some("CRC/7")),
            ("OPSC 9.3", Some("CRC-OP-SC/9/3")),
            ("OPSC", Some("CRC-OP-SC")),
            ("статья 7 КПР", Some("CRC/7")),
            ("ICCPR-OP2", Some("ICCPR-OP2")),
            ("Convention on the Rights of the Child", Some("CRC")),
            ("Конвенция о правах ребенка", Some("CRC")),
            ("crc/c/lao/co/2", Some("UN:CRC/C/LAO/CO/2")),
            ("UN:crc/c/lao/co/2#45", Some("UN:CRC/C/LAO/CO/2#45")),
            ("unsc:1325", Some("UNSC:1325")),
            ("ILO-C182", Some("ILO-C182")),
            ("GA:60/251", Some("GA:60/251")),
            ("LAO:Penal Code/128", Some("LAO:Penal Code/128")),
            ("UDHR", Some("UDHR")),
            ("ECHR/P1/1", Some("ECHR-P1/1")),
            ("echr/p1", Some("ECHR-P1")),
            ("article 1 of Protocol No. 1 to the ECHR", Some("ECHR-P1/1")),
            ("article 269 of the Penal Code", Some("LAW:Penal Code/269")),
            ("статья 6 Конвенции о защите прав человека", Some("ECHR/6")),
            ("CED", Some("ICPPED")),
            ("CED:GC1", Some("CED:GC1")),
            ("MDG 4", Some("MDG/4")),
            ("ILO 182", Some("ILO-C182")),
            ("Конституция РФ ст. 31", Some("RUS:Constitution/31")),
            ("ст. 31 Конституции РФ", Some("RUS:Constitution/31")),
            ("УК РФ ст. 228", Some("RUS:Penal Code/228")),
            ("Constitution of Georgia, art. 31", Some("GEO:Constitution/31")),
            ("Constitution of Georgia: article 31", Some("GEO:Constitution/31")),
            ("CRC/7, CRC/8", None),
            ("Universal Declaration on Cultural Diversity", Some("UNESCO-CULTURAL-DIVERSITY")),
            ("universal declaration on cultural diversity", Some("UNESCO-CULTURAL-DIVERSITY")),
            ("Universal Declaration on Water", None),
            ("universal declaration on water", None),
            ("Всеобщая декларация о воде", None),
            ("birth registration", None),
            ("", None),
        ] {
            assert_eq!(parse_key(typed).as_deref(), expected, "{typed}");
        }
    }
}
