//! The walk over the text of a Word document, its notes and its running heads.

mod finish;

use super::note::{Kind, NoteFormats, Notes};
use super::style::{ParagraphFormat, RunFormat, Styles};
use crate::document::{Block, BlockKind, LeftOutReason};
use crate::extractor::ExtractError;
use crate::extractor::numbering::Numbering;
use crate::extractor::styled::{Look, Styled};
use crate::extractor::xml::{Event, Events, Tag};
use finish::Table;

/// Elements whose content is not part of the text: deleted and moved words, the fallback of a drawing, comments.
const LEFT_OUT: [&str; 7] = ["del", "moveFrom", "Fallback", "instrText", "delText", "rPrChange", "pPrChange"];

/// What reading one document needs and changes.
pub(super) struct Context {
    pub styles: Styles,
    pub numbering: Numbering,
    pub notes: Notes,
    pub note_formats: NoteFormats,
}

impl Context {
    pub fn new(styles: Styles, numbering: Numbering) -> Context {
        Context { styles, numbering, notes: Notes::new(), note_formats: NoteFormats::default() }
    }
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Open {
    styled: Styled,
    style: Option<String>,
    format: ParagraphFormat,
    /// Formatting of the open run and its style.
    run: RunFormat,
    in_paragraph_format: bool,
    in_run_format: bool,
    in_run: bool,
    in_text: bool,
    /// A note whose mark the author types: it is the next text.
    typed_mark: Option<(Kind, String)>,
    notes: Vec<Block>,
    /// Blocks of text boxes, which follow the paragraph that anchors them.
    boxes: Vec<Block>,
}

/// The reader of one part.
pub(super) struct Body<'c> {
    context: &'c mut Context,
    blocks: Vec<Block>,
    open: Vec<Open>,
    tables: Vec<Table>,
    left_out: usize,
    page: u32,
    paged: bool,
    /// Numbers are counted only in the text itself.
    counts: bool,
    /// An empty paragraph stands before the next one.
    gap: bool,
    /// The control that was opened last shows a prompt.
    prompts: bool,
    prompt: Prompt,
}

/// What a control for input shows as long as nobody has filled it in ("Choose an item."): no word of the author's.
#[derive(Debug, Default)]
struct Prompt {
    /// Open elements within it.
    depth: usize,
    text: String,
}

impl<'c> Body<'c> {
    fn new(context: &'c mut Context, counts: bool) -> Body<'c> {
        let (blocks, open, tables) = (Vec::new(), Vec::new(), Vec::new());
        Body {
            context,
            blocks,
            open,
            tables,
            left_out: 0,
            page: 1,
            paged: false,
            counts,
            gap: false,
            prompts: false,
            prompt: Prompt::default(),
        }
    }

    /// Returns the blocks of the document part.
    pub fn read(xml: &str, context: &'c mut Context) -> Result<Vec<Block>, ExtractError> {
        let mut body = Body::new(context, true);
        let mut events = Events::new(xml);
        while let Some(event) = events.next()? {
            body.event(&event);
        }
        if !body.paged {
            // Without a single break the pages are not known.
            body.blocks.iter_mut().for_each(|block| block.page = 0);
        }
        Ok(body.blocks)
    }

    /// Returns the blocks of a header or footer, which counts no paragraphs and no notes.
    pub fn read_aside(xml: &str, context: &'c mut Context) -> Result<Vec<Block>, ExtractError> {
        let mut body = Body::new(context, false);
        let mut events = Events::new(xml);
        while let Some(event) = events.next()? {
            body.event(&event);
        }
        Ok(body.blocks)
    }

    /// Returns the blocks of each note of a part with its id.
    pub fn read_notes(
        xml: &str,
        element: &str,
        context: &'c mut Context,
    ) -> Result<Vec<(String, Vec<Block>)>, ExtractError> {
        let mut body = Body::new(context, false);
        let mut notes = Vec::new();
        let mut id = None;
        let mut events = Events::new(xml);
        while let Some(event) = events.next()? {
            match &event {
                Event::Start(tag) if tag.name() == element => {
                    let separator = tag.attribute("type").is_some_and(|kind| kind != "normal");
                    id = tag.attribute("id").filter(|_| !separator);
                }
                Event::End(name) if name == element => {
                    let blocks = std::mem::take(&mut body.blocks);
                    notes.extend(id.take().map(|id| (id, blocks)));
                }
                _ => body.event(&event),
            }
        }
        Ok(notes)
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) if self.left_out > 0 || LEFT_OUT.contains(&tag.name()) => self.left_out += 1,
            Event::End(_) if self.left_out > 0 => self.left_out -= 1,
            Event::Start(tag) => {
                let opens = tag.name() == "sdtContent" && std::mem::take(&mut self.prompts);
                if opens || self.prompt.depth > 0 {
                    self.prompt.depth += 1;
                }
                self.start(tag);
            }
            Event::End(name) => {
                self.end(name);
                self.end_in_prompt();
            }
            Event::Text(text) if self.left_out == 0 => self.text(text),
            Event::Text(_) => {}
        }
    }

    /// Reports a prompt when it ends.
    fn end_in_prompt(&mut self) {
        if self.prompt.depth > 0 {
            self.prompt.depth -= 1;
            if self.prompt.depth == 0 && !self.prompt.text.trim().is_empty() {
                let text = std::mem::take(&mut self.prompt.text);
                let mut block = Block::new(BlockKind::Furniture(LeftOutReason::Markup), text.trim());
                block.page = self.page;
                self.blocks.push(block);
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "p" => return self.open.push(Open::default()),
            "tbl" => return self.tables.push(Table::default()),
            "lastRenderedPageBreak" => return self.break_page(),
            "sdt" => self.prompts = false,
            "showingPlcHdr" => self.prompts = tag.is_on(),
            _ => {}
        }
        self.start_in_paragraph(tag);
    }

    /// Reads an element inside a paragraph: what its runs say and how they look.
    fn start_in_paragraph(&mut self, tag: &Tag<'_>) {
        let Some(open) = self.open.last_mut() else { return };
        match tag.name() {
            "pPr" => open.in_paragraph_format = true,
            "rPr" => open.in_run_format = true,
            "r" => {
                open.in_run = true;
                open.run = RunFormat::default();
            }
            "t" => open.in_text = true,
            "pStyle" => open.style = tag.val(),
            "rStyle" if open.in_run => {
                let style = self.context.styles.resolve(tag.val().as_deref()).run;
                open.run = open.run.or(style);
            }
            "tab" | "ptab" if open.in_run && !open.in_paragraph_format => self.put(" "),
            "br" | "cr" if open.in_run => match tag.attribute("type").as_deref() {
                Some("page") => self.break_page(),
                Some("column") => self.put(" "),
                _ => self.put("\n"),
            },
            "noBreakHyphen" => self.put("\u{2011}"),
            "sym" => {
                let symbol = symbol(tag);
                self.put(&symbol);
            }
            "footnoteReference" => self.cite_note(Kind::Foot, tag),
            "endnoteReference" => self.cite_note(Kind::End, tag),
            _ if open.in_run_format && open.in_run => open.run.read(tag),
            _ if open.in_paragraph_format => open.format.read(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "tc" => self.end_cell(),
            "tr" => self.end_row(),
            "tbl" => self.end_table(),
            _ => {}
        }
        let Some(open) = self.open.last_mut() else { return };
        match name {
            "pPr" => open.in_paragraph_format = false,
            "rPr" => open.in_run_format = false,
            "t" => open.in_text = false,
            "r" => open.in_run = false,
            _ => {}
        }
    }

    fn break_page(&mut self) {
        if self.counts {
            self.page = self.page.saturating_add(1);
            self.paged = true;
        }
    }

    fn text(&mut self, text: &str) {
        // Other elements of a run have text too: offsets of drawings, field codes.
        if self.open.last().is_some_and(|open| open.in_text) {
            self.put(text);
        }
    }

    fn put(&mut self, text: &str) {
        if self.prompt.depth > 0 {
            return self.prompt.text.push_str(text);
        }
        let Some(open) = self.open.last_mut() else { return };
        let style = self.context.styles.resolve(open.style.as_deref()).run;
        let format = open.run.or(style);
        if format.hidden == Some(true) {
            return;
        }
        let typed_mark = if text.trim().is_empty() { None } else { open.typed_mark.take() };
        let [bold, italic, raised] = [format.bold, format.italic, format.raised].map(|set| set == Some(true));
        let look = Look { bold, italic, raised: raised || typed_mark.is_some() };
        // Line ends of the file are spaces; breaks have an element of their own.
        if text == "\n" {
            open.styled.push(text, look)
        } else {
            open.styled.push(&text.replace('\n', " "), look)
        }
        if let Some(key) = typed_mark {
            let mark = text.trim().to_owned();
            self.add_note(&key, mark);
        }
    }

    fn cite_note(&mut self, kind: Kind, tag: &Tag<'_>) {
        let Some(id) = tag.attribute("id").filter(|_| self.counts) else { return };
        let key = (kind, id);
        if tag.attribute("customMarkFollows").is_some_and(|value| value != "0") {
            if let Some(open) = self.open.last_mut() {
                open.typed_mark = Some(key);
            }
            return;
        }
        let mark = self.context.note_formats.next(kind);
        if let Some(open) = self.open.last_mut() {
            open.styled.push_mark(&mark);
        }
        self.add_note(&key, mark);
    }

    fn add_note(&mut self, key: &(Kind, String), mark: String) {
        let Some(text) = self.context.notes.get(key) else { return };
        // A typed mark is repeated at the start of the note.
        let text = text.strip_prefix(mark.as_str()).unwrap_or(text).trim_start().to_owned();
        let mut block = Block::new(BlockKind::Footnote(mark), text);
        block.page = self.page;
        if let Some(open) = self.open.last_mut() {
            open.notes.push(block);
        }
    }
}

/// A symbol of a symbol font: its character where the font has one of Unicode, else a bullet.
fn symbol(tag: &Tag<'_>) -> String {
    let code = tag.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).and_then(char::from_u32);
    match code {
        Some('\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}') | None => "•".to_owned(),
        Some('\u{f02a}') => "*".to_owned(),
        Some('\u{f02d}') => "-".to_owned(),
        Some(c) if ('\u{f000}'..='\u{f0ff}').contains(&c) => "•".to_owned(),
        Some(c) => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractor::docx::numbering;

    fn read(xml: &str) -> Vec<(BlockKind, String)> {
        let mut context = Context::new(Styles::default(), numbering::read("<numbering/>").unwrap_or_default());
        let blocks = Body::read(&format!("<document><body>{xml}</body></document>"), &mut context).unwrap_or_default();
        blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn prompts_of_controls_are_no_text() {
        let control = |state: &str, text: &str| {
            format!("<sdt><sdtPr>{state}</sdtPr><sdtContent><p><r><t>{text}</t></r></p></sdtContent></sdt>")
        };
        let prompt = || (BlockKind::Furniture(LeftOutReason::Markup), "Choose an item.".to_owned());
        let text = |text: &str| (BlockKind::Paragraph, text.to_owned());
        assert_eq!(read(&control("<showingPlcHdr/>", "Choose an item.")), [prompt()]);
        assert_eq!(read(&control("", "Laos")), [text("Laos")]);
        let both = control("<showingPlcHdr/>", "Choose an item.") + &control("", "Laos") + "<p><r><t>End</t></r></p>";
        assert_eq!(read(&both), [prompt(), text("Laos"), text("End")]);
        let inline = "<p><r><t>Country: </t></r><sdt><sdtPr><showingPlcHdr/></sdtPr><sdtContent><r><t>Choose an item.</t>\
                      </r></sdtContent></sdt><r><t>!</t></r></p>";
        assert_eq!(read(inline), [prompt(), text("Country: !")]);
        let nested = format!("<sdt><sdtPr/><sdtContent>{both}</sdtContent></sdt>");
        assert_eq!(read(&nested), [prompt(), text("Laos"), text("End")]);
    }
}
