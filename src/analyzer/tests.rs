use proptest::prelude::*;

use super::*;

/// Checks the stems of a text, positions left out; a joined compound carries a plus.
fn check(text: &str, expected: &str) {
    let tokens = analyze(text);
    let stems: Vec<String> =
        tokens.iter().map(|token| format!("{}{}", if token.joined { "+" } else { "" }, token.text)).collect();
    assert_eq!(stems.join(" "), expected, "{text:?}");
}

/// Checks that all the words have one stem.
fn check_merged(words: &str) {
    let stems: Vec<String> = words.split_whitespace().filter_map(|word| Some(analyze(word).pop()?.text)).collect();
    assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words}: {stems:?}");
}

/// Checks that every two of the words have different stems.
fn check_apart(words: &str) {
    let mut stems: Vec<String> = words.split_whitespace().filter_map(|word| Some(analyze(word).pop()?.text)).collect();
    let all = stems.len();
    stems.sort();
    stems.dedup();
    assert_eq!(stems.len(), all, "{words}: {stems:?}");
}

#[test]
fn splits_and_folds() {
    check("Children's rights", "child right");
    check("the State’s duty", "the state duti");
    check("non-refoulement", "+nonrefoul non refoul");
    check("2014-2015", "2014 2015");
    check("A/HRC/40/51/Add.1", "a hrc 40 51 add 1");
    check("the U.N. and U.S.A.", "the un and usa");
    check("co\u{ad}operation", "cooper");
    check("residents²", "resid 2");
    check("ＵＮ ﬁnance", "un financ");
    check("за\u{301}мок", "замк");
    check("и\u{306}", "й");
    check("ещё", "еще");
    check("Côte", "cote");
    check("儿童权利", "儿 童 权 利");
    check("Laos ເດັກ", "lao ເ ດັ ກ");
    check("مُحَمَّد", "محمد");
    check("''' --- ...", "");
}

#[test]
fn mends_look_alikes() {
    // The first letter of each is Latin, then Cyrillic.
    assert_eq!(analyze("cвобода")[0].exact, "свобода");
    assert_eq!(analyze("Сhildren")[0].exact, "children");
}

#[test]
fn british_and_american_are_one() {
    check_merged("organise organize organised organizing");
    check_merged("labour labor");
    check_merged("labourers laborers");
    check_merged("analyse analyze");
    check_merged("programme program programmes");
    check_merged("centre center");
    check_merged("defence defense");
}

#[test]
fn offsets_are_of_the_original() {
    let text = "« Дети\u{301}» – State’s";
    let spans: Vec<&str> = analyze(text).iter().map(|token| &text[token.start..token.end]).collect();
    assert_eq!(spans, ["Дети\u{301}", "State’s"]);
}

#[test]
fn long_words_are_not_lost() {
    let long = "ж".repeat(1000);
    let tokens = analyze(&long);
    assert_eq!(tokens.iter().map(|token| token.exact.chars().count()).sum::<usize>(), 1000);
}

proptest! {
    #[test]
    fn no_word_is_passed_over_that_comes_to_a_wanted_stem(text in "([a-eEoöœа-еёЕі\u{301}'-]{1,6} ?){0,8}|\\PC{0,40}") {
        let tokens = analyze(&text);
        for token in &tokens {
            let mut initials = Initials::default();
            initials.insert(&token.text);
            let stems: Vec<&Token> = tokens.iter().filter(|other| other.text == token.text).collect();
            let found = tokens_where(&text, initials, |stem, _| stem == token.text);
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), stems);
        }
    }

    #[test]
    fn never_panics_and_loses_nothing(text in "\\PC{0,80}") {
        let tokens = analyze(&text);
        for token in &tokens {
            prop_assert!(text.get(token.start..token.end).is_some());
            prop_assert!(!token.exact.is_empty());
        }
        // Two letters of Unicode serve as apostrophes.
        let counts = |character: char| character.is_alphanumeric() && !matches!(character, 'ʼ' | 'ʹ');
        for (at, character) in text.char_indices().filter(|(_, character)| counts(*character)) {
            let covered = tokens.iter().any(|token| token.start <= at && at < token.end);
            prop_assert!(covered, "{:?} at {} of {:?}", character, at, text);
        }
    }

    #[test]
    fn capitals_do_not_matter(text in "[а-я' -]{0,20} [a-z' -]{0,20}") {
        let stems = |text: &str| analyze(text).into_iter().map(|token| token.text).collect::<Vec<_>>();
        prop_assert_eq!(stems(&text), stems(&text.to_uppercase()));
    }
}

#[test]
fn words_of_different_meaning_are_apart() {
    check_apart("universal university universe");
    check_apart("organ organism organisation");
    check_apart("international intern");
    check_apart("emergency emerge");
    check_apart("author authority authorisation");
    check_apart("minor minority");
    check_apart("refuge refugee");
    check_apart("institute institution");
    check_apart("identity identical");
    check_apart("policy police");
    check_apart("general generation");
    check_apart("business busy");
    check_apart("several severe");
    check_apart("interpreter interpretation");
    check_apart("internal internment intern");
    check_apart("object objection");
    check_apart("transit transition");
    check_apart("право правило");
    check_apart("показать показание");
    check_apart("собрать собрание");
    check_apart("заключение заключенный");
    check_apart("лишний лишение");
    check_apart("место месть");
    check_apart("друг другой");
    check_apart("суд судно судан");
    check_apart("орган организация");
}

#[test]
fn forms_of_one_word_are_together() {
    check_merged("child children");
    check_merged("woman women");
    check_merged("ratify ratified ratification ratifications");
    check_merged("register registration registered");
    check_merged("detained detainees detention");
    check_merged("slave slavery");
    check_merged("religion religious");
    check_merged("discrimination discriminatory");
    check_merged("held holding");
    check_merged("пытка пытки пыток пыткам");
    check_merged("орган органы органов органам");
    check_merged("беженец беженцы беженцев беженцами");
    check_merged("ребенок ребёнка детей дети детьми");
    check_merged("человек люди людям");
    check_merged("оценка оценки оценок");
    check_merged("список списка списков");
    check_merged("охрана охраны охране охраной");
    check_merged("материал материала материалов");
    check_merged("уровень уровня уровней");
    check_merged("задержание задержать задержан");
    check_merged("владелец владельца владельцев");
    check_merged("система систем системы");
    check_merged("защита защиты защиту защищать");
    check_merged("показания показаний показаниями");
    check_merged("лишение лишен лишенных лишить");
    check_merged("инвалиды инвалидность");
    check_merged("европеец европейца");
}

#[test]
fn the_table_of_stems_has_every_form_once() {
    let rows = include_str!("data/stems.tsv").lines().filter(|row| !row.starts_with('#'));
    let mut forms = std::collections::HashSet::new();
    for row in rows {
        let (stem, row_forms) = row.split_once('\t').expect("stem and forms");
        assert!(!stem.is_empty() && !row_forms.is_empty(), "{row}");
        for form in row_forms.split_whitespace() {
            assert!(forms.insert(form), "{form} stands twice");
            assert_eq!(analyze(form).pop().expect("a token").text, stem, "{form} is indexed under another spelling");
        }
    }
}
