//! The units of a document that a target names.

use super::articles::printed_as;
use super::{Place, Target};
use crate::analyzer::fold_for_comparison;
use crate::citation::{article_of_heading, article_value};
use crate::document::{Label, ParagraphKind, is_decimal_below};
use crate::search::StoredUnit;

impl Target {
    /// Returns the places where the document has nothing, for a message.
    pub fn missing(&self, units: &[StoredUnit]) -> Vec<&Place> {
        let alone = |place: &Place| Target { places: vec![place.clone()], ..self.clone() };
        self.places.iter().filter(|place| alone(place).select(units).is_empty()).collect()
    }

    /// Returns the units that the target names, in the order of the document, each once.
    ///
    /// `units` are all units of one document in order. Bullets that follow a chosen unit directly belong to it.
    pub fn select<'a>(&self, units: &'a [StoredUnit]) -> Vec<&'a StoredUnit> {
        let section = self.section.as_deref().map(fold_for_comparison);
        let wanted = self.article.as_deref().map(|number| printed_as(number, units));
        let in_article = |unit: &StoredUnit| {
            let below = |number: &str| is_in_article(unit, |own| own == number);
            let within = |name: &String| unit.section.iter().any(|heading| is_heading(heading, name));
            wanted.is_none_or(below) && section.as_ref().is_none_or(within)
        };
        if self.places.is_empty() {
            return units.iter().filter(|unit| in_article(unit)).collect();
        }
        let mut chosen = vec![false; units.len()];
        for place in &self.places {
            let mut open = false;
            let mut in_items = false;
            for (unit, chosen) in units.iter().zip(&mut chosen) {
                let bullet = open && unit.kind == ParagraphKind::Bullet && unit.label.is_none();
                open = in_article(unit) && (bullet || place.holds(unit, &mut in_items));
                *chosen |= open;
            }
        }
        units.iter().zip(chosen).filter_map(|(unit, chosen)| chosen.then_some(unit)).collect()
    }
}

impl Place {
    /// Tells whether a unit belongs to the place. `in_items` is the state of a range between sub-items, whose order is
    /// that of the document: "(ix)" stands before "(v)" in no other order.
    fn holds(&self, unit: &StoredUnit, in_items: &mut bool) -> bool {
        let label = unit.label.as_ref();
        match self {
            Place::Ordinal(ordinal) => unit.ordinal == *ordinal,
            Place::Footnote(mark) => unit.kind == ParagraphKind::Footnote && unit.mark.as_deref() == Some(mark),
            Place::Pages(first, last) => (first..=last).contains(&&unit.page),
            Place::Label(wanted) => label.is_some_and(|label| is_below(label, wanted)),
            Place::Article(number, wanted) => {
                let holds = |wanted: &Label| label.is_some_and(|label| is_below(label, wanted));
                is_in_article(unit, |own| own == number) && wanted.as_ref().is_none_or(holds)
            }
            Place::Articles(first, last) => {
                is_in_article(unit, |own| article_value(own).is_some_and(|own| (first..=last).contains(&&own)))
            }
            Place::Range(first, last) if first.items.is_empty() && last.items.is_empty() => {
                label.is_some_and(|label| {
                    let number = Label::number(label.number.clone());
                    (first..=last).contains(&&number) || is_below(label, last)
                })
            }
            Place::Range(first, last) => label.is_some_and(|label| {
                let ends = is_below(label, last);
                let inside = ends || *in_items || is_below(label, first);
                *in_items = inside && !ends;
                inside
            }),
        }
    }
}

/// Whether a unit stands below the heading of such an article.
fn is_in_article(unit: &StoredUnit, is_wanted: impl Fn(&str) -> bool) -> bool {
    unit.section.iter().filter_map(|heading| article_of_heading(heading)).any(is_wanted)
}

/// Whether a heading begins with a name, word by word, or holds one that is long enough to tell it: "II" is not "III".
fn is_heading(heading: &str, name: &str) -> bool {
    const TELLING: usize = 4;
    let heading = fold_for_comparison(heading);
    let begins = heading.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    begins || (name.chars().count() >= TELLING && heading.contains(name))
}

/// Returns a unit with its sub-items and the bullets below them, as [`Place::Label`] holds them. It ends where another
/// number is printed: the same one may stand again in an annex.
pub fn with_sub_items(units: &[StoredUnit], at: usize) -> Vec<&StoredUnit> {
    let Some((first, following)) = units.get(at..).and_then(<[StoredUnit]>::split_first) else { return Vec::new() };
    let mut chosen = vec![first];
    let Some(wanted) = &first.label else { return chosen };
    let mut open = true;
    for unit in following {
        open = match &unit.label {
            Some(label) if label == wanted || !is_below(label, wanted) => break,
            Some(_) => true,
            None => open && unit.kind == ParagraphKind::Bullet,
        };
        chosen.extend(open.then_some(unit));
    }
    chosen
}

/// Tells whether a label is the wanted one or a sub-item of it, without regard to case or to Cyrillic look-alikes.
fn is_below(label: &Label, wanted: &Label) -> bool {
    let (number, wanted_number) = (fold(&label.number), fold(&wanted.number));
    if wanted.items.is_empty() && !wanted_number.is_empty() && is_decimal_below(&number, &wanted_number) {
        return true;
    }
    number == wanted_number
        && label.items.len() >= wanted.items.len()
        && label.items.iter().zip(&wanted.items).all(|(item, wanted)| fold(item) == fold(wanted))
}

/// Returns a label's part in lower case with Cyrillic letters that look Latin made Latin: nobody can see which was typed.
fn fold(part: &str) -> String {
    const LOOK_ALIKES: &[(char, char)] =
        &[('а', 'a'), ('е', 'e'), ('о', 'o'), ('р', 'p'), ('с', 'c'), ('х', 'x'), ('і', 'i'), ('ѕ', 's'), ('ј', 'j')];
    part.to_lowercase()
        .chars()
        .map(|c| LOOK_ALIKES.iter().find(|(cyrillic, _)| *cyrillic == c).map_or(c, |(_, latin)| *latin))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Language, Metadata};

    #[test]
    fn sections_are_known_by_their_beginning_or_by_telling_words() {
        assert!(is_heading("II. General observations", "ii") && !is_heading("III. Data", "ii"));
        assert!(is_heading("A. Right to health", "right to health") && !is_heading("Data", "a"));
    }

    fn unit(ordinal: u32, kind: ParagraphKind, label: Option<&str>) -> StoredUnit {
        StoredUnit {
            document: "d".into(),
            metadata: Metadata::default(),
            ordinal,
            kind,
            label: label.and_then(Label::parse),
            mark: (kind == ParagraphKind::Footnote).then(|| "4".to_owned()),
            position: 0,
            named: Vec::new(),
            section: Vec::new(),
            language: Language::ENGLISH,
            page: 0,
            text: String::new(),
            cites: Vec::new(),
        }
    }

    #[test]
    fn a_unit_has_what_hangs_on_it() {
        use ParagraphKind::{Bullet, Footnote, Item, Paragraph};
        let units = [
            unit(1, Paragraph, Some("21")),
            unit(2, Footnote, None),
            unit(3, Item, Some("21 (a)")),
            unit(4, Bullet, None),
            unit(5, Item, Some("21 (b)")),
            unit(6, Paragraph, None),
            unit(7, Bullet, None),
            unit(8, Paragraph, Some("22")),
            unit(9, Item, Some("21 (c)")),
            unit(10, Paragraph, Some("140")),
            unit(11, Paragraph, Some("140.1")),
            unit(12, Paragraph, Some("140")),
        ];
        let below = |at: usize| with_sub_items(&units, at).iter().map(|unit| unit.ordinal).collect::<Vec<_>>();
        assert_eq!(below(0), [1, 3, 4, 5]);
        assert_eq!(below(2), [3, 4]);
        assert_eq!(below(5), [6]);
        assert_eq!(below(9), [10, 11]);
        assert_eq!(below(12), [0; 0]);
    }

    fn check_selected(target: &str, expected: &[u32]) {
        use ParagraphKind::{Bullet, Footnote, Item, Paragraph, Title};
        let units = [
            unit(1, Title, None),
            unit(2, Paragraph, Some("9")),
            unit(3, Paragraph, Some("21")),
            unit(4, Item, Some("21 (a)")),
            unit(5, Item, Some("21 (ix)")),
            unit(6, Item, Some("21 (v)")),
            unit(7, Bullet, None),
            unit(8, Paragraph, Some("22")),
            unit(9, Footnote, None),
            unit(10, Paragraph, Some("100")),
            unit(11, Item, Some("100 (с)")), // the letter is Cyrillic
            unit(12, Paragraph, Some("140")),
            unit(13, Paragraph, Some("140.1")),
            unit(14, Item, Some("140.1 (a)")),
            unit(15, Paragraph, Some("140.10")),
            unit(16, Paragraph, Some("141.1")),
        ];
        let target = Target::parse(&format!("d/1 {target}")).expect("a readable target");
        let got: Vec<u32> = target.select(&units).iter().map(|unit| unit.ordinal).collect();
        assert_eq!(got, expected, "{target:?}");
    }

    #[test]
    fn units_are_selected_in_document_order() {
        check_selected("para 21", &[3, 4, 5, 6, 7]);
        check_selected("para 21 (a)", &[4]);
        check_selected("para 21 (V)", &[6, 7]);
        check_selected("para 21 (a)-(ix)", &[4, 5]);
        check_selected("paras. 9-21", &[2, 3, 4, 5, 6, 7]);
        check_selected("paras. 22 and 9", &[2, 8]);
        check_selected("paras. 22-120", &[8, 10, 11]);
        check_selected("п. 100 c)", &[11]);
        check_selected("para 140", &[12, 13, 14, 15]);
        check_selected("para 140.1", &[13, 14]);
        check_selected("para 14", &[]);
        check_selected("para 141", &[16]);
        check_selected("paras. 100-140", &[10, 11, 12, 13, 14, 15]);
        check_selected("para 140.1-140.10", &[13, 14, 15]);
        check_selected("footnote 4", &[9]);
        check_selected("footnote 5", &[]);
        check_selected("#1", &[1]);
    }
}
