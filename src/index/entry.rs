//! Documents to the entries of the index: one for the file, one for each document, one for each unit.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::TantivyDocument;

use super::address::{Named, named_headings};
use super::record::{DocumentRecord, FileRecord, ReferenceRecord, UnitRecord};
use super::schema::Fields;
use super::voice::Voice;
use crate::analyzer::fold_for_comparison;
use crate::document::{Document, Format, Language, Paragraph, ParagraphKind, Reference};

/// Longest term of a raw field in bytes; tantivy silently drops terms of 64 KB and more.
const LONGEST_TERM: usize = 4096;
/// How many lead-ins above a sub-item are indexed with it ("21", "21 (a)", "21 (a) (i)").
const LEAD_DEPTH: usize = 3;

/// Returns the term, among those of citations, by which the text of a treaty's article itself is found.
pub(crate) fn provision_term(key: &str) -> String {
    format!("={}", key.to_lowercase())
}

/// Returns the term, among those of citations, by which the record of a document is found whose headings cite a key or
/// something below it.
pub(crate) fn heading_term(key: &str) -> String {
    format!("^{}", key.to_lowercase())
}

/// Calls `sink` with the entries of a file: its own, then each document's followed by its units in order.
pub(super) fn entries(
    fields: &Fields,
    file: &FileRecord,
    documents: &[Document],
    keys: fn(&Reference) -> Vec<String>,
    mut sink: impl FnMut(TantivyDocument),
) -> serde_json::Result<()> {
    let mut entry = TantivyDocument::default();
    entry.add_text(fields.file, &file.key);
    entry.add_text(fields.owner, &file.key);
    entry.add_text(fields.record, serde_json::to_string(file)?);
    sink(entry);
    for document in documents {
        sink(document_entry(fields, file, document, keys)?);
        let builder = UnitBuilder::new(fields, file, document, keys);
        for (unit, named) in document.paragraphs.iter().zip(named_headings(document, &builder.paths)) {
            sink(builder.entry(unit, named)?);
        }
    }
    Ok(())
}

fn document_entry(
    fields: &Fields,
    file: &FileRecord,
    document: &Document,
    keys: fn(&Reference) -> Vec<String>,
) -> serde_json::Result<TantivyDocument> {
    let mut entry = TantivyDocument::default();
    let headings = document.references.iter().filter(|reference| reference.ordinal == 0);
    let cited: BTreeSet<String> = headings.flat_map(keys).map(|key| heading_term(&key)).collect();
    cited.iter().for_each(|term| entry.add_text(fields.cites, term));
    entry.add_text(fields.described, &document.id);
    entry.add_text(fields.owner, &file.key);
    let metadata = &document.metadata;
    let folded = |text: Option<&String>| {
        let text = text.map(|text| fold_for_comparison(text)).unwrap_or_default();
        text.get(..text.floor_char_boundary(LONGEST_TERM)).unwrap_or_default().to_owned()
    };
    let handle = format!(
        "{}\u{0}{}\u{0}{}\u{0}{}",
        fold_for_comparison(&document.id),
        folded(metadata.symbol.as_ref()),
        folded(metadata.title.as_ref()),
        document.id
    );
    entry.add_text(fields.handle, handle);
    entry.add_text(fields.record, serde_json::to_string(&document_record(file, document))?);
    Ok(entry)
}

fn document_record(file: &FileRecord, document: &Document) -> DocumentRecord {
    let mut languages: BTreeMap<Language, u32> = BTreeMap::new();
    let mut section_units = vec![0; document.sections.len()];
    let mut section_starts = vec![0; document.sections.len()];
    for unit in &document.paragraphs {
        *languages.entry(unit.language).or_default() += 1;
        if let Some(count) = unit.section.and_then(|section| section_units.get_mut(section)) {
            *count += 1;
        }
        let mut above = unit.section;
        let mut steps = 0;
        while let Some(section) = above.filter(|_| steps < document.sections.len()) {
            if let Some(start) = section_starts.get_mut(section).filter(|start| **start == 0) {
                *start = unit.ordinal;
            }
            above = document.sections.get(section).and_then(|section| section.parent);
            steps += 1;
        }
    }
    let mut languages: Vec<(Language, u32)> = languages.into_iter().collect();
    languages.sort_by_key(|(language, count)| (std::cmp::Reverse(*count), *language));
    let headings = document.references.iter().filter_map(|reference| {
        let section = reference.section.filter(|_| reference.ordinal == 0)?;
        Some((section, ReferenceRecord::of(reference)))
    });
    DocumentRecord {
        id: document.id.clone(),
        file: file.key.clone(),
        format: document.format,
        metadata: document.metadata.clone(),
        sections: document.sections.clone(),
        section_units,
        section_starts,
        units: document.paragraphs.len() as u32,
        languages,
        heading_references: headings.collect(),
    }
}

/// Makes the entries of one document's units.
struct UnitBuilder<'a> {
    fields: &'a Fields,
    file: &'a FileRecord,
    document: &'a Document,
    keys: fn(&Reference) -> Vec<String>,
    by_ordinal: BTreeMap<u32, &'a Paragraph>,
    references: BTreeMap<u32, Vec<&'a Reference>>,
    /// Headings of each section with those above it, outermost first.
    paths: Vec<Vec<&'a str>>,
    /// The same folded for comparison, and who speaks below them.
    folded: Vec<(Vec<String>, Option<Voice>)>,
}

impl<'a> UnitBuilder<'a> {
    fn new(
        fields: &'a Fields,
        file: &'a FileRecord,
        document: &'a Document,
        keys: fn(&Reference) -> Vec<String>,
    ) -> UnitBuilder<'a> {
        let mut references: BTreeMap<u32, Vec<&Reference>> = BTreeMap::new();
        for reference in document.references.iter().filter(|reference| reference.ordinal > 0) {
            references.entry(reference.ordinal).or_default().push(reference);
        }
        let paths: Vec<Vec<&str>> =
            (0..document.sections.len()).map(|section| document.section_path(Some(section))).collect();
        UnitBuilder {
            folded: paths.iter().map(|path| folded(path)).collect(),
            fields,
            file,
            document,
            keys,
            by_ordinal: document.paragraphs.iter().map(|unit| (unit.ordinal, unit)).collect(),
            references,
            paths,
        }
    }

    fn entry(&self, unit: &Paragraph, named: Option<Named>) -> serde_json::Result<TantivyDocument> {
        let fields = self.fields;
        let mut entry = TantivyDocument::default();
        let mut add = |field, text: &str| {
            if !text.is_empty() {
                entry.add_text(field, text.get(..text.floor_char_boundary(LONGEST_TERM)).unwrap_or_default());
            }
        };
        add(fields.document, &self.document.id);
        add(fields.owner, &self.file.key);
        add(fields.kind, unit.kind.name());
        add(fields.language, unit.language.code());
        let metadata = &self.document.metadata;
        add(fields.document_kind, metadata.kind.map_or("", |kind| kind.name()));
        add(fields.country, metadata.country.as_deref().unwrap_or_default());
        add(fields.body, metadata.body.as_deref().unwrap_or_default());
        let path = unit.section.and_then(|section| self.paths.get(section)).map(Vec::as_slice).unwrap_or_default();
        let (headings, mut voice) = match unit.section.and_then(|section| self.folded.get(section)) {
            Some((headings, voice)) => (headings.as_slice(), *voice),
            None => (&[][..], None),
        };
        headings.iter().for_each(|heading| add(fields.section, heading));
        if unit.kind == ParagraphKind::Footnote && self.document.format == Format::JsonLines {
            voice = Some(Voice::Note);
        }
        add(fields.voice, voice.map_or("", Voice::term));
        if let Some(label) = &unit.label {
            for end in 0..=label.items.len() {
                let mut beginning = label.clone();
                beginning.items.truncate(end);
                add(fields.label, &beginning.to_string().to_lowercase());
            }
        }
        let references = self.references.get(&unit.ordinal).map(Vec::as_slice).unwrap_or_default();
        let mut keys: Vec<String> =
            references.iter().flat_map(|reference| (self.keys)(reference)).map(|key| key.to_lowercase()).collect();
        keys.sort();
        keys.dedup();
        for key in &keys {
            add(fields.cites, key);
        }
        let provisions = &self.document.provisions;
        if let Ok(at) = provisions.binary_search_by_key(&unit.ordinal, |provision| provision.ordinal)
            && let Some(provision) = provisions.get(at)
        {
            let ends = provision.key.match_indices('/').map(|(end, _)| end).skip(1).chain([provision.key.len()]);
            for end in ends {
                add(fields.cites, &provision_term(&provision.key[..end]));
            }
        }
        if let Some(year) = metadata.year() {
            entry.add_u64(fields.year, year.into());
        }
        entry.add_u64(fields.ordinal, unit.ordinal.into());
        entry.add_text(fields.text, &unit.text);
        entry.add_text(fields.shown, &unit.text);
        entry.add_text(fields.context, self.context(unit, path));
        entry.add_text(fields.record, serde_json::to_string(&record(unit, references, named))?);
        Ok(entry)
    }

    /// Returns what the unit stands under: lead-ins, headings, title.
    fn context(&self, unit: &Paragraph, path: &[&str]) -> String {
        let mut context = String::new();
        let mut parent = unit.parent.filter(|_| matches!(unit.kind, ParagraphKind::Item | ParagraphKind::Bullet));
        for _ in 0..LEAD_DEPTH {
            let Some(lead) = parent.and_then(|ordinal| self.by_ordinal.get(&ordinal)) else { break };
            context.push_str(&lead.text);
            context.push('\n');
            parent = lead.parent;
        }
        for heading in path.iter().rev() {
            context.push_str(heading);
            context.push('\n');
        }
        if unit.kind != ParagraphKind::Title {
            context.push_str(self.document.metadata.title.as_deref().unwrap_or_default());
        }
        context
    }
}

/// Returns headings folded for comparison, and who speaks below them.
fn folded(path: &[&str]) -> (Vec<String>, Option<Voice>) {
    let headings: Vec<String> = path.iter().map(|heading| fold_for_comparison(heading)).collect();
    let voice = Voice::of(headings.iter().rev().map(String::as_str));
    (headings, voice)
}

fn record(unit: &Paragraph, references: &[&Reference], named: Option<Named>) -> UnitRecord {
    UnitRecord(
        unit.ordinal,
        unit.kind,
        unit.label.clone(),
        unit.mark.clone(),
        unit.position,
        unit.section,
        unit.language,
        unit.page,
        unit.parent,
        references.iter().map(|reference| ReferenceRecord::of(reference)).collect(),
        named,
    )
}
