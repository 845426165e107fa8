//! `pincite outline DOC`

use super::args::{OutlineArgs, OutputFormat};
use super::failure::{Exit, Failure};
use super::{Console, Surroundings, first_run, resolve};
use crate::printer::json::{OutlineRecord, print_line, print_pretty};
use crate::printer::palette::painted;
use crate::printer::{OutlineEntry, csv, sanitize, tables};
use crate::search::StoredUnit;

pub fn run(args: &OutlineArgs, around: &Surroundings<'_>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let name = args.document.join(" ");
    let session = first_run::open_or_build(&args.output, around, console)?;
    let versions = resolve::expect_document(resolve::find_document(&session.documents()?, &name), &name)?;
    let several = versions.len() > 1;
    let palette = around.palette(args.output.color);
    for version in &versions {
        let entries = outline_of(&session.units(&version.id)?);
        let records = entries.iter().map(OutlineRecord::from);
        match args.output.format {
            OutputFormat::Text => {
                if several {
                    writeln!(console.out, "{}", painted(palette.document, sanitize::name(&version.id)))?;
                }
                tables::print_outline(console.out, &entries, around.columns, &palette)?;
            }
            OutputFormat::Json => print_pretty(console.out, &records.collect::<Vec<_>>())?,
            OutputFormat::Jsonl => records.map(|record| print_line(console.out, &record)).collect::<Result<_, _>>()?,
            OutputFormat::Csv => csv::print_outline(console.out, &entries)?,
        }
        if entries.is_empty() {
            console.note(&format!("{} has no headings", sanitize::name(&version.id)));
        }
    }
    Ok(Exit::Done)
}

/// Returns the sections of a document in the order of its units, with the printed numbers that each spans.
pub(super) fn outline_of(units: &[StoredUnit]) -> Vec<OutlineEntry> {
    let mut entries: Vec<OutlineEntry> = Vec::new();
    // Indexes into `entries` of the headings that are open, outermost first.
    let mut open: Vec<usize> = Vec::new();
    for unit in units {
        let same = open.iter().zip(&unit.section).take_while(|(entry, heading)| entries[**entry].heading == **heading);
        let same = same.count();
        open.truncate(same);
        for heading in unit.section.iter().skip(same) {
            open.push(entries.len());
            entries.push(OutlineEntry { heading: heading.clone(), depth: open.len() - 1, labels: None, units: 0 });
        }
        if let Some(entry) = open.last().and_then(|&innermost| entries.get_mut(innermost)) {
            entry.units += 1;
        }
        if let Some(label) = &unit.label {
            for &above in &open {
                let labels = &mut entries[above].labels;
                let first = labels.take().map_or_else(|| label.number.clone(), |(first, _)| first);
                *labels = Some((first, label.number.clone()));
            }
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Label, Language, Metadata, ParagraphKind};

    fn unit(section: &[&str], label: Option<&str>) -> StoredUnit {
        StoredUnit {
            document: "d".into(),
            metadata: Metadata::default(),
            ordinal: 1,
            kind: ParagraphKind::Paragraph,
            label: label.and_then(Label::parse),
            mark: None,
            position: 0,
            section: section.iter().map(|heading| (*heading).to_owned()).collect(),
            language: Language::ENGLISH,
            page: 0,
            text: String::new(),
            cites: Vec::new(),
        }
    }

    #[test]
    fn sections_span_their_numbers() {
        let units = [
            unit(&[], None),
            unit(&["I. Introduction"], Some("1")),
            unit(&["II. Prevention", "A. Measures"], Some("2")),
            unit(&["II. Prevention", "A. Measures"], Some("2 (a)")),
            unit(&["II. Prevention", "B. More"], Some("3")),
            unit(&["Annex"], None),
        ];
        let lines: Vec<String> = outline_of(&units)
            .iter()
            .map(|entry| format!("{} {} {:?} {}", entry.depth, entry.heading, entry.labels, entry.units))
            .collect();
        assert_eq!(
            lines,
            [
                r#"0 I. Introduction Some(("1", "1")) 1"#,
                r#"0 II. Prevention Some(("2", "3")) 0"#,
                r#"1 A. Measures Some(("2", "2")) 2"#,
                r#"1 B. More Some(("3", "3")) 1"#,
                "0 Annex None 1",
            ]
        );
    }
}
