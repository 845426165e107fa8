//! Which headings a citation must name, because a number alone stands in several places of the document: each article of
//! a treaty has a paragraph 1, each annex begins anew.

use std::collections::{HashMap, HashSet};

use crate::document::{Document, Paragraph, ParagraphKind};

/// The headings of a unit's path that its citation names: from the first number to the second, the latter excluded.
pub(super) type Named = (u8, u8);

/// What is printed at a unit, or counted where nothing is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place<'a> {
    Label(String),
    Mark(&'a str),
    Position(ParagraphKind, u32),
}

/// A unit on the way to its address.
struct Seeker<'a> {
    place: Place<'a>,
    path: &'a [&'a str],
    named: Named,
}

/// Returns for each unit of a document the headings that its citation names: as few as tell it from all others, the
/// innermost first to be named. A unit with a number that only annexes repeat needs none; those of the annexes are told
/// by the heading of their annex where that is enough. `paths` are the headings of each section, outermost first.
pub(super) fn named_headings(document: &Document, paths: &[Vec<&str>]) -> Vec<Option<Named>> {
    let mut seekers: Vec<Seeker> = document.paragraphs.iter().map(|unit| Seeker::of(unit, paths)).collect();
    let deepest = seekers.iter().map(|seeker| seeker.path.len()).max().unwrap_or_default();
    let further = name_further_texts(document, &mut seekers);
    let mut open: Vec<usize> = (0..seekers.len()).filter(|at| !further.contains(at)).collect();
    open = still_shared(&seekers, open, |seeker| seeker.named);
    let plain: Vec<Named> = seekers.iter().map(|seeker| seeker.named).collect();
    // The one outside the annexes keeps its plain number.
    let outside: Vec<usize> =
        open.iter().copied().filter(|at| !seekers.get(*at).is_some_and(Seeker::is_annexed)).collect();
    let repeated: HashSet<usize> = still_shared(&seekers, outside.clone(), |seeker| seeker.named).into_iter().collect();
    open.retain(|at| repeated.contains(at) || !outside.contains(at));
    settle(&mut seekers, &mut open, |seeker| seeker.is_annexed().then_some((0, 1)));
    for count in 1..=deepest {
        settle(&mut seekers, &mut open, |seeker| seeker.innermost(count));
    }
    // What the whole path does not tell apart is not made longer by it.
    for at in open {
        if let (Some(seeker), Some(named)) = (seekers.get_mut(at), plain.get(at)) {
            seeker.named = *named;
        }
    }
    name_alike(&mut seekers);
    seekers.iter().map(|seeker| (seeker.named.0 < seeker.named.1).then_some(seeker.named)).collect()
}

/// Where some numbers of a section need its heading, the others are cited alike: "article 2, paragraph 9", though no other
/// article has nine paragraphs.
fn name_alike(seekers: &mut [Seeker]) {
    let labelled = |seeker: &Seeker| matches!(seeker.place, Place::Label(_));
    let named = seekers.iter().filter(|seeker| labelled(seeker) && seeker.named.0 < seeker.named.1);
    let sections: HashMap<&[&str], Named> = named.map(|seeker| (seeker.path, seeker.named)).collect();
    for seeker in seekers.iter_mut().filter(|seeker| labelled(seeker) && seeker.named.0 == seeker.named.1) {
        seeker.named = sections.get(seeker.path).copied().unwrap_or_default();
    }
}

/// Of several treaties in one document the articles of those behind the first are named with all headings: "article 3" alone
/// is the first one's. Returns which units they are.
fn name_further_texts(document: &Document, seekers: &mut [Seeker]) -> HashSet<usize> {
    let Some(first) = document.provisions.first() else { return HashSet::new() };
    let further = document.provisions.iter().filter(|provision| provision.treaty() != first.treaty());
    let further: HashSet<u32> = further.map(|provision| provision.ordinal).collect();
    let mut named = HashSet::new();
    for (at, (unit, seeker)) in document.paragraphs.iter().zip(seekers).enumerate() {
        if further.contains(&unit.ordinal)
            && let Some(whole) = seeker.innermost(seeker.path.len())
        {
            seeker.named = whole;
            named.insert(at);
        }
    }
    named
}

/// Gives the open units another address, where there is one, and closes those that it tells from all others.
fn settle(seekers: &mut [Seeker], open: &mut Vec<usize>, way: impl Fn(&Seeker) -> Option<Named>) {
    let shared = still_shared(seekers, open.clone(), |seeker| way(seeker).unwrap_or(seeker.named));
    let shared: HashSet<usize> = shared.into_iter().collect();
    for at in open.iter().filter(|at| !shared.contains(at)) {
        if let Some(seeker) = seekers.get_mut(*at)
            && let Some(named) = way(seeker)
        {
            seeker.named = named;
        }
    }
    open.retain(|at| shared.contains(at));
}

/// Returns those of the units that share their place under the headings that `named` chooses.
fn still_shared(seekers: &[Seeker], units: Vec<usize>, named: impl Fn(&Seeker) -> Named) -> Vec<usize> {
    let address = |at: &usize| {
        let seeker = seekers.get(*at)?;
        let (from, to) = named(seeker);
        Some((&seeker.place, seeker.path.get(from.into()..to.into()).unwrap_or_default()))
    };
    let mut counts: HashMap<_, usize> = HashMap::new();
    for address in units.iter().filter_map(address) {
        *counts.entry(address).or_default() += 1;
    }
    units.into_iter().filter(|at| address(at).is_some_and(|address| counts.get(&address) > Some(&1))).collect()
}

impl<'a> Seeker<'a> {
    fn of(unit: &'a Paragraph, paths: &'a [Vec<&'a str>]) -> Seeker<'a> {
        let path = unit.section.and_then(|section| paths.get(section)).map(Vec::as_slice).unwrap_or_default();
        let place = match (&unit.label, &unit.mark) {
            (Some(label), _) => Place::Label(label.to_string()),
            (None, Some(mark)) if unit.kind == ParagraphKind::Footnote => Place::Mark(mark),
            _ => Place::Position(unit.kind, unit.position),
        };
        let mut seeker = Seeker { place, path, named: (0, 0) };
        // A position is counted within its section.
        if matches!(seeker.place, Place::Position(kind, _) if kind != ParagraphKind::Title) {
            seeker.named = seeker.innermost(1).unwrap_or_default();
        }
        seeker
    }

    /// Returns so many headings from the innermost outwards, `None` where there are fewer.
    fn innermost(&self, count: usize) -> Option<Named> {
        let from = self.path.len().checked_sub(count)?;
        Some((u8::try_from(from).ok()?, u8::try_from(self.path.len()).ok()?))
    }

    fn is_annexed(&self) -> bool {
        let heading = self.path.first().map(|heading| heading.to_lowercase()).unwrap_or_default();
        ["annex", "appendix", "приложение"].iter().any(|word| heading.starts_with(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fixture;

    /// Checks what is named beside each unit: "label: heading > heading", lines of `fixture::document`.
    fn check(lines: &[&str], expected: &[&str]) {
        let document = fixture::document("d", "D", lines);
        let paths: Vec<Vec<&str>> =
            (0..document.sections.len()).map(|section| document.section_path(Some(section))).collect();
        let named = named_headings(&document, &paths);
        let written = document.paragraphs.iter().zip(named).map(|(unit, named)| {
            let label = unit.label.as_ref().map(ToString::to_string).unwrap_or_default();
            let path = unit.section.and_then(|section| paths.get(section)).map(Vec::as_slice).unwrap_or_default();
            let (from, to) = named.unwrap_or_default();
            format!("{label}: {}", path.get(from.into()..to.into()).unwrap_or_default().join(" > "))
        });
        assert_eq!(written.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn numbers_printed_once_need_no_heading() {
        check(&["# I. Data", "1|one", "2|two"], &["1: ", "2: "]);
    }

    #[test]
    fn articles_tell_their_paragraphs() {
        check(
            &["# Article 1", "1|one", "2|two", "# Article 2", "1|three", "3|four"],
            &["1: Article 1", "2: Article 1", "1: Article 2", "3: Article 2"],
        );
    }

    #[test]
    fn annexes_are_named_and_the_report_is_not() {
        check(
            &["# I. Data", "1|one", "2|two", "# Annex I", "1|three", "# Annex II", "1|four", "3|five"],
            &["1: ", "2: ", "1: Annex I", "1: Annex II", "3: Annex II"],
        );
    }

    #[test]
    fn what_no_heading_tells_apart_stays_short() {
        check(&["# A", "1|one", "1|two"], &["1: ", "1: "]);
    }
}
