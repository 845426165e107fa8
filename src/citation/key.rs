//! Canonical keys: one string for one place in one instrument, in whatever language it was cited.
//!
//! `CRC/7/1/a` is article, paragraph, sub-item of an instrument whose id has no slash. Documents whose own names have
//! slashes part their paragraphs by `#`: `UN:CRC/C/LAO/CO/2#45/c`, `HRC:5/1#3`, `CRC:GC13#45`.

use super::registry::Registry;

/// Returns a key and everything above it, outermost first: `CRC`, `CRC/7`, `CRC/7/1`.
///
/// Documents with slashes in their names are one part: `UN:CRC/C/LAO/CO/2`, `UN:CRC/C/LAO/CO/2#45`. A target of the
/// Sustainable Development Goals lies below its goal: `SDG`, `SDG/8`, `SDG/8.7`. Domestic law stands under its country
/// and under `LAW`, as a query names it: `LAW:Penal Code`, `LAW:Penal Code/128`, `LAO:Penal Code`, `LAO:Penal Code/128`.
pub fn prefixes(key: &str) -> Vec<String> {
    if let Some((series, goal)) = goal_of(key) {
        let mut all = vec![series.to_owned()];
        all.extend(cuts(goal, '.').map(|end| format!("{series}/{}", &goal[..end])));
        return all;
    }
    // A law is found under its country and, for those who do not name the country, under its name alone.
    if let Some((country, law)) = key.split_once(':')
        && country.len() == 3
        && !is_body(country)
        && country != "LAW"
    {
        let mut all = prefixes(&format!("LAW:{law}"));
        let own: Vec<String> = all.iter().filter_map(|prefix| Some(format!("{country}{}", prefix.get(3..)?))).collect();
        all.extend(own);
        return all;
    }
    let body_end =
        if has_slashed_name(key) { key.find('#').unwrap_or(key.len()) } else { key.find('/').unwrap_or(key.len()) };
    let mut all = vec![key[..body_end].to_owned()];
    if let Some(below) = key.get(body_end + 1..) {
        all.extend(cuts(below, '/').map(|end| key[..body_end + 1 + end].to_owned()));
    }
    all
}

/// Parts the key of a goal or target into its series and number: "SDG", "8.7".
pub(super) fn goal_of(key: &str) -> Option<(&str, &str)> {
    key.split_once('/').filter(|(series, _)| matches!(*series, "SDG" | "MDG"))
}

/// The ends of the parts of a text.
fn cuts(text: &str, separator: char) -> impl Iterator<Item = usize> + '_ {
    let inner = text.char_indices().filter(move |(_, letter)| *letter == separator).map(|(at, _)| at);
    inner.chain(std::iter::once(text.len()))
}

/// Whether the key's head is the name of a document, which may have slashes: UN documents, resolutions, comments, views.
pub(super) fn has_slashed_name(key: &str) -> bool {
    let Some((space, rest)) = key.split_once(':') else { return false };
    !rest.starts_with("ROP") && (space == "UN" || is_body(space) && !is_country(space))
}

pub(super) fn is_body(space: &str) -> bool {
    BODIES.iter().any(|(body, ..)| *body == space)
}

fn is_country(space: &str) -> bool {
    space == "LAW"
}

/// The name spaces of resolutions, comments and communications with their names.
const BODIES: [(&str, &str, &str); 28] = [
    ("GA", "General Assembly", "Генеральная Ассамблея"),
    ("UNSC", "Security Council", "Совет Безопасности"),
    ("HRC", "Human Rights Council", "Совет по правам человека"),
    ("ECOSOC", "Economic and Social Council", "Экономический и Социальный Совет"),
    ("CHR", "Commission on Human Rights", "Комиссия по правам человека"),
    ("SUBCOM", "Sub-Commission on Human Rights", "Подкомиссия по правам человека"),
    ("WHA", "World Health Assembly", "Всемирная ассамблея здравоохранения"),
    ("PACE", "Parliamentary Assembly of the Council of Europe", "Парламентская ассамблея Совета Европы"),
    ("CM", "Committee of Ministers", "Комитет министров"),
    ("ECLAC", "Economic Commission for Latin America and the Caribbean", "ЭКЛАК"),
    ("ESCAP", "Economic and Social Commission for Asia and the Pacific", "ЭСКАТО"),
    ("ECA", "Economic Commission for Africa", "Экономическая комиссия для Африки"),
    ("ECE", "Economic Commission for Europe", "Европейская экономическая комиссия"),
    ("AU", "African Commission on Human and Peoples' Rights", "Африканская комиссия по правам человека и народов"),
    ("IACHR", "Inter-American Commission on Human Rights", "Межамериканская комиссия по правам человека"),
    ("ECTHR", "European Court of Human Rights", "Европейский суд по правам человека"),
    ("COMM", "Committee", "Комитет"),
    ("CRC", "Committee on the Rights of the Child", "Комитет по правам ребенка"),
    ("CCPR", "Human Rights Committee", "Комитет по правам человека"),
    (
        "CESCR",
        "Committee on Economic, Social and Cultural Rights",
        "Комитет по экономическим, социальным и культурным правам",
    ),
    ("CAT", "Committee against Torture", "Комитет против пыток"),
    (
        "CEDAW",
        "Committee on the Elimination of Discrimination against Women",
        "Комитет по ликвидации дискриминации в отношении женщин",
    ),
    ("CERD", "Committee on the Elimination of Racial Discrimination", "Комитет по ликвидации расовой дискриминации"),
    ("CMW", "Committee on Migrant Workers", "Комитет по трудящимся-мигрантам"),
    ("CRPD", "Committee on the Rights of Persons with Disabilities", "Комитет по правам инвалидов"),
    ("CED", "Committee on Enforced Disappearances", "Комитет по насильственным исчезновениям"),
    ("SPT", "Subcommittee on Prevention of Torture", "Подкомитет по предупреждению пыток"),
    (
        "WGEID",
        "Working Group on Enforced or Involuntary Disappearances",
        "Рабочая группа по насильственным или недобровольным исчезновениям",
    ),
];

/// Returns the readable English name of a key ("Convention on the Rights of the Child, article 7").
pub fn name_of(key: &str) -> Option<String> {
    name(key, false)
}

/// Returns the readable Russian name of a key («Конвенция о правах ребенка, статья 7»).
pub fn russian_name_of(key: &str) -> Option<String> {
    name(key, true)
}

fn name(key: &str, russian: bool) -> Option<String> {
    if let Some((space, rest)) = key.split_once(':') {
        return Some(name_in_space(space, rest, russian));
    }
    let mut parts = key.split('/');
    let id = parts.next()?;
    let name = instrument_name(id, russian)?;
    let Some(article) = parts.next() else { return Some(name) };
    let word = match (id, russian) {
        ("SDG" | "MDG", false) if article.contains('.') => "target",
        ("SDG" | "MDG", false) => "goal",
        ("SDG" | "MDG", true) if article.contains('.') => "задача",
        ("SDG" | "MDG", true) => "цель",
        (_, false) => "article",
        (_, true) => "статья",
    };
    let below: String = parts.map(|part| format!(" ({part})")).collect();
    Some(format!("{name}, {word} {article}{below}"))
}

pub(super) fn instrument_name(id: &str, russian: bool) -> Option<String> {
    if let Some(row) = Registry::get().by_id(id) {
        let names = if russian { &row.ru } else { &row.en };
        let number = id.strip_prefix("ILO-C");
        let name = names.first()?;
        return Some(match number {
            Some(number) if russian => format!("МОТ: {name} (№ {number})"),
            Some(number) => format!("ILO {name}, {} (No. {number})", row.year),
            None => (*name).to_owned(),
        });
    }
    let numbered = |prefix: &str, english: &str, word: &str| {
        let number: u16 = id.strip_prefix(prefix)?.parse().ok()?;
        Some(if russian { format!("{word} МОТ № {number}") } else { format!("ILO {english} No. {number}") })
    };
    numbered("ILO-C", "Convention", "Конвенция").or_else(|| numbered("ILO-R", "Recommendation", "Рекомендация"))
}

fn name_in_space(space: &str, rest: &str, russian: bool) -> String {
    if space == "UN" {
        let (symbol, paragraph) = rest.split_once('#').unwrap_or((rest, ""));
        return join(symbol.to_owned(), paragraph, if russian { "п." } else { "para." });
    }
    let Some((_, english, in_russian)) = BODIES.iter().find(|(body, ..)| *body == space) else {
        let (law, article) = rest.split_once('/').unwrap_or((rest, ""));
        let law = if space == "LAW" { law.to_owned() } else { format!("{law} ({space})") };
        return join(law, article, if russian { "статья" } else { "article" });
    };
    let body = if russian { in_russian } else { english };
    if let Some(rules) = rest.strip_prefix("ROP") {
        let name = if russian { "правила процедуры" } else { "rules of procedure" };
        return join(
            format!("{body}, {name}"),
            rules.trim_start_matches('/'),
            if russian { "правило" } else { "rule" },
        );
    }
    let (number, paragraph) = rest.split_once('#').unwrap_or((rest, ""));
    let comment = number.strip_prefix("GC").map(|number| (number, "general comment", "замечание общего порядка"));
    let comment = comment
        .or_else(|| number.strip_prefix("GR").map(|number| (number, "general recommendation", "общая рекомендация")));
    let is_committee = BODIES.iter().skip_while(|(body, ..)| *body != "COMM").any(|(body, ..)| *body == space);
    let name = match comment {
        Some((number, _, word)) if russian => format!("{body}, {word} № {number}"),
        Some((number, word, _)) => format!("{body}, {word} No. {number}"),
        None if is_committee && russian => format!("{body}, сообщение № {number}"),
        None if is_committee => format!("{body}, communication No. {number}"),
        None if russian => format!("{body}, резолюция {number}"),
        None => format!("{body} resolution {number}"),
    };
    join(name, paragraph, if russian { "п." } else { "para." })
}

/// "name, article 7 (1)".
fn join(name: String, path: &str, word: &str) -> String {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return name };
    let below: String = parts.map(|part| format!(" ({part})")).collect();
    format!("{name}, {word} {first}{below}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_keep_names_with_slashes_whole() {
        for (key, expected) in [
            ("CRC", "CRC"),
            ("CRC/7/1", "CRC CRC/7 CRC/7/1"),
            ("CRC-OP-SC/3/1/a/i", "CRC-OP-SC CRC-OP-SC/3 CRC-OP-SC/3/1 CRC-OP-SC/3/1/a CRC-OP-SC/3/1/a/i"),
            ("UN:CRC/C/LAO/CO/2", "UN:CRC/C/LAO/CO/2"),
            ("UN:CRC/C/LAO/CO/2#45/c", "UN:CRC/C/LAO/CO/2 UN:CRC/C/LAO/CO/2#45 UN:CRC/C/LAO/CO/2#45/c"),
            ("HRC:5/1", "HRC:5/1"),
            ("GA:60/251#5", "GA:60/251 GA:60/251#5"),
            ("CRC:GC13#45", "CRC:GC13 CRC:GC13#45"),
            ("CCPR:470/1991", "CCPR:470/1991"),
            ("CCPR:ROP/93", "CCPR:ROP CCPR:ROP/93"),
            ("SDG/8.7", "SDG SDG/8 SDG/8.7"),
            ("ILO-C182/3", "ILO-C182 ILO-C182/3"),
        ] {
            assert_eq!(prefixes(key).join(" "), expected, "{key}");
        }
        assert_eq!(
            prefixes("LAO:Penal Code/128"),
            ["LAW:Penal Code", "LAW:Penal Code/128", "LAO:Penal Code", "LAO:Penal Code/128"]
        );
    }

    #[test]
    fn keys_have_names() {
        for (key, english, russian) in [
            (
                "CRC/7/1",
                "Convention on the Rights of the Child, article 7 (1)",
                "Конвенция о правах ребенка, статья 7 (1)",
            ),
            (
                "ILO-C182",
                "ILO Worst Forms of Child Labour Convention, 1999 (No. 182)",
                "МОТ: Конвенция о наихудших формах детского труда (№ 182)",
            ),
            ("ILO-C13/2", "ILO Convention No. 13, article 2", "Конвенция МОТ № 13, статья 2"),
            ("UN:A/72/1#98", "A/72/1, para. 98", "A/72/1, п. 98"),
            ("GA:60/251", "General Assembly resolution 60/251", "Генеральная Ассамблея, резолюция 60/251"),
            (
                "CRC:GC13#4",
                "Committee on the Rights of the Child, general comment No. 13, para. 4",
                "Комитет по правам ребенка, замечание общего порядка № 13, п. 4",
            ),
            ("SDG/8.7", "Sustainable Development Goals, target 8.7", "Цели в области устойчивого развития, задача 8.7"),
            ("LAO:Penal Code/128", "Penal Code (LAO), article 128", "Penal Code (LAO), статья 128"),
            (
                "CCPR:ROP/93",
                "Human Rights Committee, rules of procedure, rule 93",
                "Комитет по правам человека, правила процедуры, правило 93",
            ),
        ] {
            assert_eq!(name_of(key).as_deref(), Some(english), "{key}");
            assert_eq!(russian_name_of(key).as_deref(), Some(russian), "{key}");
        }
        assert_eq!(name_of("NONE/7"), None);
    }
}
