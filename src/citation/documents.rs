//! Tests of binding over a document: what only its title, its symbol or an earlier sentence can tell.

use std::time::{Duration, Instant};

use super::read;
use crate::document::{
    Document, Format, Language, Metadata, Paragraph, ParagraphKind, Reference, ReferenceKind, Section,
};

/// A document of headings ("# ...") and paragraphs, a line each.
fn document(metadata: Metadata, text: &str) -> Document {
    let mut document = Document {
        id: "folder/file".into(),
        format: Format::Text,
        metadata,
        sections: Vec::new(),
        paragraphs: Vec::new(),
        references: Vec::new(),
        provisions: Vec::new(),
        left_out: Vec::new(),
        warnings: Vec::new(),
    };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("# ") {
            document.sections.push(Section { heading: heading.into(), parent: None });
            continue;
        }
        document.paragraphs.push(Paragraph {
            ordinal: document.paragraphs.len() as u32 + 1,
            kind: ParagraphKind::Paragraph,
            label: None,
            mark: None,
            text: line.into(),
            section: document.sections.len().checked_sub(1),
            parent: None,
            position: 0,
            language: Language::ENGLISH,
            page: 0,
        });
    }
    document
}

fn of_symbol(symbol: &str) -> Metadata {
    Metadata { symbol: Some(symbol.into()), ..Metadata::default() }
}

/// Writes the references as "KEY", "KEY~" where bound by context, "?" where unbound.
fn written(references: &[Reference]) -> String {
    let one = |reference: &Reference| {
        let mark = if reference.implicit { "~" } else { "" };
        format!("{}{mark}", reference.key.as_deref().unwrap_or("?"))
    };
    references.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn check(metadata: Metadata, text: &str, expected: &str) {
    assert_eq!(written(&read(&document(metadata, text))), expected, "{text}");
}

#[test]
fn a_document_on_a_protocol_binds_articles_alone_to_it() {
    check(
        of_symbol("CRC/C/OPSC/XYZ/CO/1"),
        "# V. Prevention (art. 9, paras. 1 and 2)
         The State party should apply the Optional Protocol.
         # VI. Prohibition (arts. 3; 4, paras. 2 and 3; 5; 6 and 7)
         In accordance with article 12, paragraph 2, it should report, and under article 44 of the Convention likewise.
         It should ratify the Optional Protocol on a communications procedure.
         The Committee regrets the delay under the Optional Protocol.",
        "CRC-OP-SC/9/1~ CRC-OP-SC/9/2~ CRC-OP-SC~ CRC-OP-SC/3~ CRC-OP-SC/4/2~ CRC-OP-SC/4/3~ CRC-OP-SC/5~ \
         CRC-OP-SC/6~ CRC-OP-SC/7~ CRC-OP-SC/12/2~ CRC/44~ CRC-OP-IC CRC-OP-SC~",
    );
}

#[test]
fn views_bind_to_the_covenant_and_domestic_law_keeps_its_articles() {
    check(
        of_symbol("CCPR/C/110/D/2000/2010"),
        "The author claims a violation of article 14 of the Covenant.
         He was convicted under article 105 of the Criminal Code, and article 222 was applied too.
         The Committee has ascertained under article 5 (2) (a) of the Optional Protocol that nothing is pending.
         Article 5 (2) (a) is no obstacle. The facts disclose a violation of articles 7 and 10.
         In accordance with rule 93 of its rules of procedure the Committee decides.
         See its general comment No. 32, paragraph 15, and communication No. 1000/2001.",
        "ICCPR/14~ LAW:Penal Code/105 LAW:Penal Code/222~ ICCPR-OP1/5/2/a~ ICCPR-OP1/5/2/a~ ICCPR/7~ ICCPR/10~ \
         CCPR:ROP/93~ CCPR:GC32#15~ CCPR:1000/2001~",
    );
}

#[test]
fn short_forms_follow_the_last_full_naming_where_no_committee_speaks() {
    check(
        Metadata { country: Some("LAO".into()), ..Metadata::default() },
        "The country joined the Convention on the Rights of Persons with Disabilities.
         Under article 24 of the Convention schools are open to all. The same article speaks of teachers.
         The Penal Code was amended. Article 128 of the Code is stricter now.
         Конвенция против пыток также действует. Согласно статье 3 Конвенции высылка запрещена.",
        "CRPD CRPD/24~ CRPD/24~ LAO:Penal Code LAO:Penal Code/128 CAT CAT/3~",
    );
}

#[test]
fn a_charter_of_domestic_law_is_taken_up_by_its_head_word() {
    check(
        of_symbol("CCPR/C/70/D/736/1997"),
        "The Canadian Charter of Rights and Freedoms protects belief. Section 2 (a) of the Charter was invoked.",
        "CAN:Canadian Charter of Rights and Freedoms CAN:Canadian Charter of Rights and Freedoms/2/a~",
    );
}

#[test]
fn what_cannot_be_bound_says_why() {
    let references =
        read(&document(Metadata::default(), "It relied on article 7. It relied on article 99 of the CRC."));
    assert_eq!(written(&references), "? ?");
    assert_eq!(references[0].kind, ReferenceKind::Unbound);
    assert_eq!(references[0].note.as_deref(), Some("the text names no instrument"));
    assert_eq!(references[1].note.as_deref(), Some("CRC has 54 articles"));
    assert_eq!(references[1].instrument.as_deref(), Some("CRC"));
}

#[test]
fn headings_and_paragraphs_are_told_apart() {
    let references =
        read(&document(of_symbol("CAT/C/XYZ/CO/3"), "# Torture (art. 1)\nUnder article 2 it is absolute."));
    assert_eq!(written(&references), "CAT/1~ CAT/2~");
    assert_eq!((references[0].ordinal, references[0].section), (0, Some(0)));
    assert_eq!((references[1].ordinal, references[1].section), (1, None));
    assert_eq!((references[1].start, references[1].end, references[1].quote.as_str()), (6, 15, "article 2"));
}

#[test]
fn a_symbol_left_by_a_page_break_is_no_reference() {
    check(
        of_symbol("CCPR/C/117/D/2000/2010"),
        "The author was CCPR/C/117/D/2000/2010 not heard, as in CCPR/C/116/D/1999/2010.",
        "UN:CCPR/C/116/D/1999/2010",
    );
    let mut unnamed = document(Metadata::default(), "Care ccpr/c CCPR/C/117/D/2000/2010 is due; see A/72/1.");
    unnamed.id = "views/ccpr-c-117-d-2000-2010".into();
    assert_eq!(written(&read(&unnamed)), "UN:A/72/1");
}

#[test]
fn a_symbol_of_a_conference_tells_the_treaty() {
    check(
        of_symbol("NPT/CONF.2015/WP.9"),
        "Государства — участники Договора подтверждают обязательство по статье II Договора.",
        "NPT~ NPT/2~",
    );
    check(
        of_symbol("UNEP/OZL.PRO.WG.1/35/3"),
        "After paragraph 8 ter of article 5 of the Protocol a paragraph is added.",
        "MONTREAL/5/8 ter~",
    );
    check(of_symbol("CAC/COSP/IRG/I/4/1"), "Nothing was done in accordance with article 37.", "UNCAC/37~");
}

#[test]
fn paragraphs_alone_are_of_the_article_discussed() {
    check(
        of_symbol("CCPR/C/GC/34"),
        "Paragraph 3 lays down conditions. As said in paragraph 12 above and in paragraph 2 below, they are strict.",
        "ICCPR/19/3~",
    );
    check(
        of_symbol("CCPR/C/120/D/2362/2014"),
        "Article 9 protects liberty, and paragraph 4 is part of it. The author was released (see paragraph 4).
         He repeats what he said in paragraph 3 of his submission.",
        "ICCPR/9~ ICCPR/9/4~",
    );
}

#[test]
fn an_article_of_a_law_is_known_from_elsewhere_in_the_document() {
    check(
        Metadata { country: Some("RUS".into()), ..Metadata::default() },
        "Применялась статья 20.2 КоАП РФ. Конституция гарантирует свободу собраний, но статья 20.2 ее ограничивает.",
        "RUS:Administrative Offences Code/20.2 RUS:Constitution RUS:Administrative Offences Code/20.2~",
    );
    check(
        Metadata { country: Some("LAO".into()), ..Metadata::default() },
        "Article 5 of the Thai Penal Code differs from article 6 of the Penal Code.",
        "THA:Penal Code/5 LAO:Penal Code/6",
    );
}

#[test]
fn goals_are_of_the_series_that_the_document_speaks_of() {
    check(
        Metadata::default(),
        "The Sustainable Development Goals are many.
         Goal 5 is on women; Strategic Goal 5 is not.
         Of the Millennium Development Goals, Goal 4 was on children.",
        "SDG SDG/5~ MDG MDG/4~",
    );
}

#[test]
fn a_judgment_of_the_european_court_is_on_its_convention() {
    check(
        Metadata { body: Some("ECtHR".into()), ..Metadata::default() },
        "There has been a violation of Article 6 § 1 of the Convention and of rule 75 of the Rules of Court.",
        "ECHR/6/1~ ECTHR:ROP/75~",
    );
}

#[test]
fn a_law_speaks_of_itself() {
    let law = |title: &str| Metadata {
        title: Some(title.into()),
        country: Some("RUS".into()),
        kind: Some(crate::document::DocumentKind::Law),
        ..Metadata::default()
    };
    check(
        law("ФЕДЕРАЛЬНЫЙ ЗАКОН О маяках"),
        "Сведения даются в соответствии с Федеральным законом от 1 мая 2009 года № 8-ФЗ.
         (Утратил силу - Федеральный закон от 25 июля 2011 года N 261-ФЗ)
         Огни, указанные в статьях 10 и 11 настоящего Федерального закона, гасятся по части 2 статьи 9 Федерального закона № 8-ФЗ.
         27 июля 2006 года N 152-ФЗ",
        "RUS:Law No. 8-FZ RUS:Law No. 261-FZ RUS:Law No. 152-FZ/10~ RUS:Law No. 152-FZ/11~ RUS:Law No. 8-FZ/9/2 \
         RUS:Law No. 152-FZ",
    );
    check(
        law("Федеральный закон О внесении изменений в Федеральный закон «О маяках»"),
        "Внести в Федеральный закон от 1 мая 2009 года № 8-ФЗ «О маяках» следующие изменения:
         статью 5 дополнить словами «в порядке статьи 7 настоящего Федерального закона»;
         дополнить статьей следующего содержания:
         «Статья 9. Огни гасятся.
         Указанное в статье 8 настоящего Федерального закона не гасится.».
         Положения статьи 2 настоящего Федерального закона действуют с 2010 года.
         № 9-ФЗ",
        "RUS:Law No. 8-FZ RUS:Law No. 8-FZ/7~ RUS:Law No. 8-FZ/8~ RUS:Law No. 9-FZ/2~ \
         RUS:Law No. 9-FZ",
    );
    check(
        Metadata { title: Some("Lighthouses Act 2005".into()), country: Some("GUY".into()), ..Metadata::default() },
        "The Harbours Act is repealed. Under section 5 of this Act no light is put out.",
        "GUY:Harbours Act GUY:Lighthouses Act/5~",
    );
    check(
        Metadata { country: Some("GUY".into()), ..Metadata::default() },
        "The Harbours Act was passed in 2005. Section 5 of this Act is strict; article 3 of the present Law is not.",
        "GUY:Harbours Act GUY:Harbours Act/5 ?",
    );
}

#[test]
fn a_law_is_a_countrys_by_its_clause_its_heading_or_a_document_about_one() {
    check(
        of_symbol("A/HRC/14/99"),
        "# Qatar
         It was against the Constitution and the Penal Code.
         # B. Outcome of the review: Italy
         It was against the Constitution.
         # Panels
         The Constitution of Norway was praised. Another speaker praised the Constitution, and article 5 of the Penal Code.",
        "QAT:Constitution QAT:Penal Code ITA:Constitution NOR:Constitution LAW:Constitution LAW:Penal Code/5",
    );
    check(
        Metadata { country: Some("LAO".into()), ..Metadata::default() },
        "Those who fled to the United States are shut out by the new Lighthouse Act and Harbour Act.
         The Forestry Law protects trees. Wood goes to Thailand in spite of the Forestry Law.
         In Thailand, too, the Penal Code forbids it.",
        "LAW:Lighthouse Act LAW:Harbour Act LAO:Forestry Law LAO:Forestry Law LAO:Penal Code",
    );
    check(
        of_symbol("CCPR/C/110/D/2000/2010"),
        "The Criminal Code of Belarus was applied. Article 5 of the Criminal Code says so.",
        "BLR:Penal Code BLR:Penal Code/5",
    );
}

#[test]
fn short_forms_take_up_what_is_named_near_where_several_are_named() {
    let report = || Metadata {
        symbol: Some("A/HRC/10/99".into()),
        kind: Some(crate::document::DocumentKind::UprReport),
        ..Metadata::default()
    };
    check(
        report(),
        "Ratify the Convention against Torture and translate the Convention (Chile).
         Reflect the best interest of the child, as contained in article 3 of the Convention (Peru).
         Withdraw the reservations to the Convention on the Rights of the Child (Norway).
         Recognize the competence of the Committee on Enforced Disappearances and apply the Convention (France).
         It ratified the relevant United Nations Convention. It signed the Protocol to the Lighthouse Convention.",
        "CAT CAT~ ? CRC ICPPED~ ?",
    );
    check(
        of_symbol("A/HRC/10/99"),
        "The Convention on the Rights of Persons with Disabilities entered into force.
         Article 24 of the Convention is on schools.
         The Convention against Torture is older, and so is the Convention on the Rights of the Child.
         The Convention has many parties.",
        "CRPD CRPD/24~ CAT CRC ?",
    );
    check(
        of_symbol("A/HRC/10/99"),
        "The European Convention on Human Rights (hereinafter “the Convention”) and the Convention against Torture apply.
         They apply.
         They do.
         They do apply.
         Under article 5 of the Convention and Protocol No. 7 they apply.",
        "ECHR CAT ECHR/5~ ECHR-P7",
    );
    check(
        of_symbol("CAT/C/59/D/600/2014"),
        "The Istanbul Protocol was followed. The Protocol was not followed fully. The Optional Protocol binds the State.",
        "ISTANBUL-PROTOCOL ISTANBUL-PROTOCOL~ OPCAT~",
    );
    check(
        of_symbol("CCPR/C/110/D/2000/2010"),
        "Протокол судебного заседания не велся. Протокол допроса подписан. Статья 2 Факультативного протокола.",
        "ICCPR-OP1/2~",
    );
    check(Metadata::default(), "Протокол № 1 собрания жильцов. See Protocol No. 1.", "");
}

/// As the hostile texts of the tables, where the document says what the words mean.
#[test]
fn hostile_documents_take_time_in_line_with_their_length() {
    let law = Metadata { title: Some("Lighthouses Act 2005".into()), ..Metadata::default() };
    let on_laos = Metadata { country: Some("LAO".into()), ..Metadata::default() };
    let pieces = [
        (law.clone(), "this Act and the Trees Act 2001 or "),
        (law.clone(), "настоящий закон и "),
        (law, "внести в Закон № 1-ФЗ \" "),
        (Metadata::default(), "it noted the Convention and "),
        (Metadata::default(), "the Optional Protocol and "),
        (Metadata::default(), "general comment No. 1 of it and "),
        (of_symbol("A/HRC/10/99"), "the Committee and the Covenant, the Convention, "),
        (on_laos, "Patriot Act of Norway and "),
    ];
    for (metadata, piece) in pieces {
        let time = |length: usize| {
            let document = document(metadata.clone(), &piece.repeat(length / piece.len()));
            let start = Instant::now();
            let found = read(&document).len();
            (start.elapsed(), found)
        };
        // Sixteen times the text; 256 times the time would be quadratic. The allowance is for a busy machine, and so are the
        // three attempts.
        let is_linear = || {
            let ((short, _), (long, found)) = (time(10_000), time(160_000));
            println!("{found} references in {long:?} after {short:?}: {piece:?}");
            long < short * 40 + Duration::from_millis(500)
        };
        assert!((0..3).any(|_| is_linear()), "{piece:?}");
    }
}
