use super::*;
use crate::document::ParagraphKind;

#[track_caller]
fn check(texts: &[&str], expected: &[&str]) {
    let mut paragraphs: Vec<Paragraph> = texts
        .iter()
        .map(|text| Paragraph {
            ordinal: 1,
            kind: ParagraphKind::Paragraph,
            label: None,
            mark: None,
            text: (*text).to_owned(),
            section: None,
            parent: None,
            position: 1,
            language: Language::UNKNOWN,
            page: 0,
        })
        .collect();
    annotate(&mut paragraphs);
    let found: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.language.code()).collect();
    assert_eq!(found, expected);
}

#[test]
fn english_and_russian_by_script() {
    check(&["Ibid.", "Birth registration", "Регистрация рождений", "1990"], &["en", "en", "ru", "en"]);
    check(&["КПР ООН", "Ibid."], &["ru", "en"]);
    check(&["Комитет отмечает доклад ЮНИСЕФ «Progress for Children» о положении детей в стране."], &["ru"]);
}

#[test]
fn what_is_plainly_english() {
    for (text, expected) in [
        ("The Committee notes with concern that the State party has not ratified the Convention.", true),
        ("Continue to implement measures to combat violence against women and to provide for their safety.", true),
        ("Het is niet in het belang van de Staat of de raad, en was ook in 1990 niet in orde; and so on.", false),
        ("Recommendations: ratify ICRMW; abolish death penalty; amend press law; train judges.", false),
        ("Le Comité recommande que l'État partie adopte une loi sur les enfants. «The law», dit le rapport.", false),
        ("De commissie merkt op dat this en that geen woorden van de taal zijn, maar of en was wel.", false),
        ("Komiteen har merket seg at staten har en lov om barn, og at den skal endres for fire år.", false),
        ("", false),
    ] {
        assert_eq!(is_plainly_english(text), expected, "{text}");
    }
}

#[test]
fn a_few_foreign_words_are_no_other_language() {
    let text = "Комитет рекомендует государству-участнику принять все необходимые меры для регистрации. ".repeat(8);
    let foreign =
        "Il giornale della sera, Corriere della Sera, La Repubblica e altri giornali italiani di questa settimana.";
    check(&[&text, foreign], &["ru", "en"]);
}

#[test]
fn short_english_in_another_document_stays_english() {
    let dutch = "De Staten die partij zijn bij dit Verdrag erkennen het recht van een ieder op vrijheid van \
                 meningsuiting en nemen passende maatregelen om dat recht te waarborgen voor alle kinderen."
        .repeat(3);
    check(
        &[&dutch, "Everyone shall have the right to hold opinions.", "Het recht op leven.", "Article 6"],
        &["nl", "en", "nl", "nl"],
    );
}

#[test]
fn short_paragraphs_are_in_the_language_of_their_neighbours() {
    let english = "The States Parties to this Treaty shall respect the rights of every person within their territory, \
                   and shall take all measures that are necessary for that.";
    let dutch = "De Staten die partij zijn bij dit Verdrag eerbiedigen de rechten van een ieder die zich op hun \
                 grondgebied bevindt en nemen daartoe alle maatregelen die noodzakelijk zijn."
        .repeat(2);
    let texts = [
        english,
        "No person shall be enslaved.",
        "Denunciations under article 31.",
        english,
        &dutch,
        "Opzeggingen krachtens artikel 31.",
        &dutch,
    ];
    check(&texts, &["en", "en", "en", "en", "nl", "nl", "nl"]);
    // The title tells by its small words.
    check(&["Verdrag inzake de rechten van het kind", english, &dutch, &dutch], &["nl", "en", "nl", "nl"]);
    // At the end nothing stands behind; between two languages the document's own.
    check(&[english, &dutch, &dutch, "Artikel 3"], &["en", "nl", "nl", "nl"]);
    check(&[english, "Protocol", &dutch, &dutch], &["en", "nl", "nl", "nl"]);
}

#[test]
fn other_languages_are_not_called_english_or_russian() {
    check(
        &[
            "Le Comité recommande à l'État partie de prendre toutes les mesures nécessaires pour garantir l'enregistrement des naissances de tous les enfants.",
        ],
        &["fr"],
    );
    check(
        &[
            "Комітет рекомендує державі-учасниці вжити всіх необхідних заходів для забезпечення реєстрації народження всіх дітей.",
        ],
        &["uk"],
    );
    check(
        &[
            "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق، وقد وهبوا عقلاً وضميرًا وعليهم أن يعامل بعضهم بعضًا بروح الإخاء.",
        ],
        &["ar"],
    );
}
