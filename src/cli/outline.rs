//! `pincite outline DOC`

use super::args::{OutlineArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::resolve::{self, Catalogue};
use super::{Console, Surroundings, first_run};
use crate::printer::json::{OutlineRecord, print_line, print_pretty};
use crate::printer::palette::painted;
use crate::printer::{OutlineEntry, csv, sanitize, tables};
use crate::search::{self, OutlineSection, StoredUnit};

pub fn run(args: &OutlineArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let name = args.document.join(" ");
    let name = resolve::without_address(&name);
    let reader = first_run::open_or_build(&args.output, around, console)?;
    if search::is_empty(&reader)? {
        return Err(first_run::no_documents(&reader));
    }
    let versions = resolve::expect_document(Catalogue::new(&reader)?.find(name)?, name)?;
    let several = versions.len() > 1;
    let palette = around.palette(args.output.color);
    for version in &versions {
        let entries = outline_of(&search::sections(&reader, &version.id)?, &search::units(&reader, &version.id)?);
        let mut records = entries.iter().map(OutlineRecord::from);
        match args.output.format {
            OutputFormat::Text => {
                if several {
                    writeln!(console.out, "{}", painted(palette.document, sanitize::name(&version.id)))?;
                }
                tables::print_outline(console.out, &entries, around.columns, &palette)?;
            }
            OutputFormat::Json => print_pretty(console.out, &records.collect::<Vec<_>>())?,
            OutputFormat::Jsonl => records.try_for_each(|record| print_line(console.out, &record))?,
            OutputFormat::Csv => csv::print_outline(console.out, &entries)?,
        }
        if entries.is_empty() {
            console.note(&format!("{} has no headings", sanitize::name(&version.id)));
        }
    }
    Ok(Exit::Done)
}

/// Returns the headings with the printed numbers that each spans. Sections hold consecutive units: one ends where the
/// next that is no deeper begins.
fn outline_of(sections: &[OutlineSection], units: &[StoredUnit]) -> Vec<OutlineEntry> {
    let entry = |(index, section): (usize, &OutlineSection)| {
        let after = sections.get(index + 1..).unwrap_or_default();
        let end =
            after.iter().find(|next| next.depth <= section.depth && next.first > 0).map_or(u32::MAX, |next| next.first);
        let mut numbers = units
            .iter()
            .filter(|unit| section.first > 0 && (section.first..end).contains(&unit.ordinal))
            .filter_map(|unit| unit.label.as_ref())
            .map(|label| label.number.clone())
            .filter(|number| !number.is_empty());
        let first = numbers.next();
        let last = numbers.next_back().or_else(|| first.clone());
        OutlineEntry {
            heading: section.heading.clone(),
            depth: section.depth.saturating_sub(1),
            labels: first.zip(last),
            units: section.paragraphs,
        }
    };
    sections.iter().enumerate().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Label, Language, Metadata, ParagraphKind};

    fn unit(ordinal: u32, label: Option<&str>) -> StoredUnit {
        StoredUnit {
            document: "d".into(),
            metadata: Metadata::default(),
            ordinal,
            kind: ParagraphKind::Paragraph,
            label: label.and_then(Label::parse),
            mark: None,
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
    fn sections_span_their_numbers() {
        let section = |heading: &str, depth: usize, first: u32| OutlineSection {
            heading: heading.into(),
            depth,
            parent: None,
            paragraphs: 1,
            paragraphs_with_subsections: 1,
            first,
        };
        let sections = [
            section("I. Introduction", 1, 2),
            section("II. Prevention", 1, 3),
            section("A. Measures", 2, 3),
            section("B. Empty", 2, 0),
            section("C. More", 2, 5),
            section("Annex", 1, 6),
        ];
        let labels = [None, Some("1"), Some("2"), Some("2 (a)"), Some("3"), None];
        let units: Vec<StoredUnit> = labels.iter().zip(1..).map(|(label, ordinal)| unit(ordinal, *label)).collect();
        let lines: Vec<String> = outline_of(&sections, &units)
            .iter()
            .map(|entry| match &entry.labels {
                Some((first, last)) => format!("{} {} {first}-{last}", entry.depth, entry.heading),
                None => format!("{} {}", entry.depth, entry.heading),
            })
            .collect();
        assert_eq!(
            lines,
            [
                "0 I. Introduction 1-1",
                "0 II. Prevention 2-3",
                "1 A. Measures 2-2",
                "1 B. Empty",
                "1 C. More 3-3",
                "0 Annex"
            ]
        );
    }
}
