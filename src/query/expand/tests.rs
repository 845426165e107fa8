use super::*;
use crate::query::parse;

/// The words of a few documents.
struct Words(&'static [&'static str]);

impl TermSource for Words {
    fn words_like(&self, beginning: &str, sounds: &names::Sounds, visit: &mut dyn FnMut(&str, u64)) {
        let like = |word: &&&str| word.starts_with(beginning) && sounds.admit(word);
        self.0.iter().filter(like).for_each(|word| visit(word, 1));
    }
}

const INDEX: Words = Words(&[
    "jahangir",
    "savannakhet",
    "sombath",
    "somphone",
    "tsely",
    "bachelor",
    "backlog",
    "джахангир",
    "бачило",
    "саваннакхета",
    "саванна",
    "сомбата",
    "сомпхона",
    "сомпхон",
    "право",
    "ребенка",
    "климата",
    "квартале",
    "зыков",
    "зика",
    "фбр",
]);

fn expand(query: &str) -> Vec<Expansion> {
    let parsed = parse::parse(query);
    Lexicon::new().with_terms(&INDEX).expand(query, &parsed.words())
}

/// Returns the alternatives of the query, each as "words of the query > alternative".
fn alternatives_of(query: &str) -> Vec<String> {
    expand(query)
        .into_iter()
        .flat_map(|expansion| {
            let source = query.get(expansion.source_span).expect("a span of the query").to_owned();
            expansion.alternatives.into_iter().map(move |alternative| format!("{source} > {}", alternative.text))
        })
        .collect()
}

fn check(query: &str, expected: &[&str]) {
    let found = alternatives_of(query);
    for wanted in expected {
        assert!(found.iter().any(|found| found == wanted), "{query}: no {wanted} in {found:#?}");
    }
}

fn check_without(query: &str, unwanted: &[&str]) {
    let found = alternatives_of(query);
    for unwanted in unwanted {
        assert!(!found.iter().any(|found| found == unwanted), "{query}: {unwanted} in {found:#?}");
    }
}

fn check_nothing(query: &str) {
    assert_eq!(expand(query), [], "{query}");
}

#[test]
fn everyday_words_lead_to_the_terms_of_the_field_and_not_back() {
    check("baby selling", &["baby selling > sale of children", "baby selling > торговля детьми"]);
    check("уволить", &["уволить > увольнение", "уволить > dismissal"]);
    check_without("sale of children", &["sale of children > baby selling"]);
    // What their parts mean is not forgotten.
    check("уволить беременную", &["уволить беременную > pregnancy discrimination", "уволить > dismissal"]);
    check_without("увольнение", &["увольнение > выгнать с работы"]);
}

#[test]
fn terms_of_the_field_both_ways() {
    check("birth registration", &["birth registration > регистрация рождений"]);
    // What has the same words finds nothing that they do not.
    check_without("birth registration", &["birth registration > registration of births"]);
    check_without("forced eviction", &["forced eviction > eviction"]);
    check("регистрации рождений", &["регистрации рождений > birth registration"]);
    check("arbitrary detention", &["arbitrary detention > произвольное задержание"]);
    check("насильственные исчезновения", &["насильственные исчезновения > enforced disappearance"]);
    check(
        "child pornography in Laos",
        &[
            "child pornography > child sexual abuse material",
            "child pornography > детская порнография",
            "Laos > Lao People's Democratic Republic",
            "Laos > Лаосская Народно-Демократическая Республика",
        ],
    );
    check("свобода вероисповедания", &["свобода вероисповедания > freedom of religion or belief"]);
}

#[test]
fn abbreviations_in_any_case() {
    check("NHRI", &["NHRI > national human rights institution", "NHRI > НПЗУ"]);
    check("nhri", &["nhri > национальное правозащитное учреждение"]);
    check("УПО", &["УПО > universal periodic review", "УПО > UPR", "УПО > универсальный периодический обзор"]);
    check("МОТ", &["МОТ > ILO", "МОТ > Международная организация труда"]);
    check("WHO guidelines", &["WHO > ВОЗ"]);
    // Also by its parts, which often stand alone; no part of one word, which says too little.
    check(
        "SOGI",
        &["SOGI > sexual orientation and gender identity", "SOGI > sexual orientation", "SOGI > gender identity"],
    );
    check_without("SRHR", &["SRHR > sexual", "SRHR > rights"]);
}

#[test]
fn names_of_instruments_are_not_taken_apart() {
    check("МПГПП", &["МПГПП > International Covenant on Civil and Political Rights"]);
    check_without("МПГПП", &["МПГПП > International Covenant on Civil", "МПГПП > Political Rights"]);
    check_without("МПГПП", &["МПГПП > политических правах"]);
}

#[test]
fn abbreviations_of_the_tables_need_no_learned_translations() {
    check("ст. 13 КЛДЖ", &["КЛДЖ > CEDAW"]);
    check_without("ст. 13 КЛДЖ", &["КЛДЖ > relationship", "КЛДЖ > отношении"]);
}

#[test]
fn words_that_training_saw_often_are_no_names() {
    let names = |query: &str| {
        let alternatives = expand(query).into_iter().flat_map(|expansion| expansion.alternatives);
        alternatives.filter(|alternative| alternative.origin == Origin::Name).count()
    };
    assert_eq!(names("соблюдения целях"), 0);
    assert!(names("сомбат") > 0);
}

#[test]
fn words_that_are_translated_alike() {
    check("deaths", &["deaths > mortality"]);
    check("смерть", &["смерть > смертности"]);
    check_without("deaths", &["deaths > death"]);
}

#[test]
fn short_names_in_small_letters_are_words() {
    check("доклад Дании", &["Дании > Denmark"]);
    check_without("сбор данных", &["данных > Denmark"]);
    check_without("малых групп", &["малых > Mali"]);
    check("мали", &["мали > Mali"]);
}

#[test]
fn knows_and_mends_words_of_the_table() {
    let lexicon = Lexicon::new();
    assert!(lexicon.knows("пытки") && lexicon.knows("torture"));
    assert!(!lexicon.knows("пытик") && !lexicon.knows("") && !lexicon.knows("123"));
    for (typed, errors, meant) in
        [("свбода", 1, Some("свобода")), ("беженцыв", 1, Some("беженцев")), ("zzyzxq", 2, None)]
    {
        let stem = lexicon.nearest(typed, errors).map(|found| stems(&found).concat());
        assert_eq!(stem.as_deref(), meant.map(|meant| stems(meant).concat()).as_deref(), "{typed}");
    }
}

#[test]
fn bodies_by_their_names() {
    check("Комитет против пыток", &["Комитет против пыток > Committee against Torture"]);
    check("Human Rights Committee", &["Human Rights Committee > Комитет по правам человека"]);
}

#[test]
fn names_by_their_sound() {
    check("Jahangir", &["Jahangir > джахангир"]);
    check("джахангир", &["джахангир > jahangir"]);
    check("Savannakhet", &["Savannakhet > саваннакхета"]);
    check("Сомбата Сомпхона", &["Сомбата > sombath", "Сомпхона > somphone"]);
    let found = expand("Bachelor");
    assert!(found.iter().flat_map(|found| &found.alternatives).all(|found| found.text != "бачило"), "{found:?}");
}

#[test]
fn words_in_quotes_excluded_and_common_are_left_alone() {
    check_nothing("\"birth registration\"");
    check_nothing("-torture");
    check_nothing("and the of");
    check_nothing("и не или");
    check_nothing("which of them");
    check_nothing("12 345");
    check_nothing("");
}

#[test]
fn quotes_part_what_stands_on_both_sides() {
    let found = expand("birth \"certificate\" registration");
    assert!(found.iter().all(|found| found.source_span.len() < 13), "{found:?}");
}

#[test]
fn weights_are_shares_and_spans_lie_in_the_query() {
    for query in
        ["freedom of expresion", "права детей в Лаосе", "ILO Convention No. 182", "a-b c/d «е» 'f'", "Côte d’Ivoire"]
    {
        for expansion in expand(query) {
            assert!(
                query.get(expansion.source_span.clone()).is_some_and(|span| !span.is_empty()),
                "{query} {expansion:?}"
            );
            assert!(
                expansion.alternatives.iter().all(|found| found.weight > 0.0 && found.weight <= 1.0),
                "{expansion:?}"
            );
            assert!(expansion.alternatives.is_sorted_by(|left, right| left.weight >= right.weight), "{expansion:?}");
            assert!(expansion.alternatives.len() <= found::MOST_ALTERNATIVES);
        }
    }
}

#[test]
fn ordinary_words_and_what_nobody_can_say_are_no_names() {
    // Words that the index does not hold.
    for query in ["kalamata", "Kalamata", "qwerty"] {
        let mut words = parse::parse(query).words();
        assert!(words.iter().all(|word| word.known));
        let names = |words: &[QueryWord]| {
            let found = Lexicon::new().with_terms(&INDEX).expand(query, words);
            found.into_iter().flat_map(|found| found.alternatives).filter(|found| found.origin == Origin::Name).count()
        };
        assert_eq!(names(&words), 1, "{query}: what the index holds may have a twin");
        words.iter_mut().for_each(|word| word.known = false);
        assert_eq!(names(&words), 0, "{query}");
    }
    check_without("zzzzqqq", &["zzzzqqq > зика", "zzzzqqq > зыков"]);
    check_without("Zzzkv", &["Zzzkv > зыков"]);
    check_without("foobar", &["foobar > фбр"]);
    check("report of Zykov", &["Zykov > зыков"]);
}

#[test]
fn terms_of_the_user_are_named_as_such() {
    let terms = UserTerms::from_tsv("village court\tсуд аксакалов".as_bytes()).expect("well-formed");
    let query = "village courts";
    let found = Lexicon::new().with_user_terms(&terms).expand(query, &parse::parse(query).words());
    let own = found.iter().flat_map(|found| &found.alternatives).find(|found| found.text == "суд аксакалов");
    assert_eq!(own.map(|own| own.origin), Some(Origin::User));
}

#[test]
fn the_shipped_table_fits_the_analyzer() {
    let table = shipped_translations().expect("translations.bin was learned with another analyzer: learn it again");
    for (word, direction, expected) in [
        ("torture", Direction::EnglishToRussian, "пыток"),
        ("detention", Direction::EnglishToRussian, "задержания"),
        ("education", Direction::EnglishToRussian, "образования"),
        ("ребенка", Direction::RussianToEnglish, "child"),
        ("беженцев", Direction::RussianToEnglish, "refugees"),
    ] {
        let stem = stems(word).concat();
        let found = table.lookup(&stem, direction);
        let expected = stems(expected).concat();
        assert!(found.iter().any(|found| found.stem == expected), "{word}: {found:?}");
    }
}

#[test]
fn long_queries_are_bounded() {
    let query = "detention ".repeat(5000);
    let words = parse::parse(&query).words();
    assert!(Lexicon::new().expand(&query, &words).len() <= MOST_WORDS);
}

#[test]
fn who_asks_for_a_definition_is_given_its_formulas() {
    check("definition of torture", &["definition > torture means", "definition > term torture"]);
    check("definition of discrimination against women in law", &["definition > term discrimination against women"]);
    check("refugee definition", &["definition > refugee means"]);
    check("понятие дискриминации в отношении женщин", &["понятие > дискриминации означает"]);
    check("определение пытки", &["определение > пытки означает", "определение > термин пытки"]);
    for query in [
        "meaning of the term \u{201c}x\u{201d}",
        "definition",
        "\"definition\" of torture",
        "definition of",
        "a definition in law",
    ] {
        let found = alternatives_of(query);
        assert!(!found.iter().any(|found| found.contains("means") || found.contains("> term ")), "{query}: {found:?}");
    }
}

#[test]
fn what_training_saw_by_chance_is_no_translation() {
    check("допустимы ли показания", &["допустимы > admissibility"]);
    check_without("допустимы ли показания", &["допустимы > delegations", "допустимы > делегаций"]);
    check("взятка", &["взятка > bribe"]);
}
