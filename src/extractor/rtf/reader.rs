//! What the tokens of RTF mean: groups, formatting, destinations, paragraphs.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::charset::{charset, code_page, printed};
use crate::document::{Block, BlockKind, LeftOutReason, Properties};
use crate::extractor::heading::kind_by_look;
use crate::extractor::label::is_bullet;
use crate::extractor::styled::{Look, Styled};

/// Destinations whose text is not printed where they stand.
const SKIPPED: [&str; 26] = [
    "colortbl",
    "pict",
    "object",
    "themedata",
    "datastore",
    "colorschememapping",
    "latentstyles",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "mmathPr",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "shpinst",
    "filetbl",
    "revtbl",
    "atnid",
    "atnauthor",
    "annotation",
    "pgdsctbl",
    "wgrffmtfilter",
    "passwordhash",
];

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Destination {
    #[default]
    Body,
    Skipped,
    Fonts,
    Styles,
    /// The label of an automatic number, as text.
    Label,
    RunningHead,
    Footnote,
    Title,
    Author,
    Subject,
    /// The creation date, which only control words give.
    Created,
    Info,
}

/// The state that a group inherits and restores.
#[derive(Debug, Clone, Default)]
struct State {
    destination: Destination,
    look: Look,
    hidden: bool,
    font: i32,
    /// Characters that stand for each `\u` in readers without Unicode.
    fallback: usize,
    style: i32,
    outline: Option<u8>,
    in_table: bool,
    starred: bool,
}

#[derive(Debug, Default)]
pub(super) struct Reader {
    blocks: Vec<Block>,
    properties: Properties,
    state: State,
    stack: Vec<State>,
    /// Bytes in the encoding of the font, not yet decoded.
    pending: Vec<u8>,
    surrogate: Option<u16>,
    to_skip: usize,
    text: Styled,
    label: Styled,
    head: Styled,
    note: Styled,
    note_mark: String,
    notes: Vec<Block>,
    note_count: u32,
    aside: String,
    cells: Vec<String>,
    code_page: Option<&'static Encoding>,
    fonts: HashMap<i32, &'static Encoding>,
    headings: HashMap<i32, u8>,
    date: [i32; 3],
    page: u32,
    paged: bool,
    /// An empty paragraph stands before the next one.
    gap: bool,
}

impl Reader {
    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    pub fn open(&mut self) {
        self.flush_bytes();
        self.stack.push(self.state.clone());
        self.state.starred = false;
        self.to_skip = 0;
    }

    pub fn close(&mut self) {
        self.flush_bytes();
        self.to_skip = 0;
        let closed = self.state.clone();
        self.state = self.stack.pop().unwrap_or_default();
        if closed.destination == self.state.destination {
            if closed.destination == Destination::Styles {
                self.end_style(closed.style);
            }
            return;
        }
        let aside = std::mem::take(&mut self.aside);
        let known = Some(aside.trim().to_owned()).filter(|text| !text.is_empty());
        match closed.destination {
            Destination::Title => self.properties.title = known,
            Destination::Author => self.properties.author = known,
            Destination::Subject => self.properties.subject = known,
            Destination::RunningHead => self.end_head(),
            Destination::Footnote => self.end_note(),
            _ => {}
        }
    }

    pub fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if !matches!(self.state.destination, Destination::Skipped | Destination::Fonts | Destination::Created) {
            self.pending.push(byte);
        }
    }

    pub fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.state.starred = true,
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("\u{2011}"),
            // A place where a word may be broken prints nothing.
            b'-' => {}
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'\n' | b'\r' => self.end_paragraph(),
            _ => {}
        }
    }

    pub fn word(&mut self, word: &str, number: Option<i32>) {
        self.flush_bytes();
        let on = number != Some(0);
        match word {
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.state.fallback = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(16) + 1,
            "par" | "sect" => self.end_paragraph(),
            "line" | "softline" => self.put("\n"),
            "tab" => self.put("\t"),
            "page" | "softpage" => self.break_page(),
            "cell" | "nestcell" => self.end_cell(),
            "row" | "nestrow" => self.end_row(),
            "intbl" => self.state.in_table = true,
            "pard" => {
                (self.state.in_table, self.state.style, self.state.outline) = (false, 0, None);
            }
            "plain" => (self.state.look, self.state.hidden) = (Look::default(), false),
            "b" => self.state.look.bold = on,
            "i" => self.state.look.italic = on,
            "super" => self.state.look.raised = on,
            "nosupersub" | "sub" => self.state.look.raised = false,
            "v" | "deleted" => self.state.hidden = on,
            "f" | "deff" => self.state.font = number.unwrap_or(0),
            "s" => self.state.style = number.unwrap_or(0),
            "outlinelevel" => {
                self.state.outline = number.and_then(|level| u8::try_from(level).ok()).filter(|level| *level < 9)
            }
            "fcharset" => {
                if let Some(encoding) = charset(number.unwrap_or(0)) {
                    self.fonts.insert(self.state.font, encoding);
                }
            }
            "ansicpg" => self.code_page = number.and_then(code_page),
            "mac" => self.code_page = Some(encoding_rs::MACINTOSH),
            "chftn" => self.note_reference(),
            "yr" | "mo" | "dy" if self.state.destination == Destination::Created => {
                let at = ["yr", "mo", "dy"].iter().position(|part| *part == word).unwrap_or(0);
                if let Some(part) = self.date.get_mut(at) {
                    *part = number.unwrap_or(0);
                }
            }
            _ => match printed(word) {
                Some(text) => self.put(text),
                None => self.destination(word),
            },
        }
    }

    fn destination(&mut self, word: &str) {
        let destination = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "listtext" | "pntext" => Destination::Label,
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                Destination::RunningHead
            }
            "footnote" => Destination::Footnote,
            "info" => Destination::Info,
            "title" if self.state.destination == Destination::Info => Destination::Title,
            "author" if self.state.destination == Destination::Info => Destination::Author,
            "subject" if self.state.destination == Destination::Info => Destination::Subject,
            "creatim" => Destination::Created,
            word if SKIPPED.contains(&word) => Destination::Skipped,
            // An unknown destination that the file itself calls optional.
            "shptxt" | "shp" | "cs" | "ud" | "fldrslt" | "nesttableprops" | "pnseclvl" | "pn" => return,
            _ if self.state.starred => Destination::Skipped,
            _ => return,
        };
        self.state.starred = false;
        if self.state.destination != Destination::Skipped {
            self.state.destination = destination;
        }
    }

    /// Decodes the bytes that are waiting.
    fn flush_bytes(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let encoding =
            self.fonts.get(&self.state.font).copied().or(self.code_page).unwrap_or(encoding_rs::WINDOWS_1252);
        let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
        self.put_decoded(&text);
    }

    fn put(&mut self, text: &str) {
        self.flush_bytes();
        self.put_decoded(text);
    }

    fn put_decoded(&mut self, text: &str) {
        if self.state.hidden {
            return;
        }
        let look = self.state.look;
        match self.state.destination {
            Destination::Body => self.text.push(text, look),
            Destination::Label => self.label.push(text, look),
            Destination::RunningHead => self.head.push(text, look),
            Destination::Footnote => self.note.push(text, look),
            Destination::Title | Destination::Author | Destination::Subject | Destination::Styles => {
                self.aside.push_str(text)
            }
            _ => {}
        }
    }

    fn unicode(&mut self, number: i32) {
        // Numbers are signed 16-bit; pairs stand for what lies beyond.
        let unit = (number & 0xffff) as u16;
        let decoded = match self.surrogate.take() {
            Some(high) => char::decode_utf16([high, unit]).next().and_then(Result::ok),
            None if (0xd800..0xdc00).contains(&unit) => {
                self.surrogate = Some(unit);
                None
            }
            None => char::from_u32(u32::from(unit)),
        };
        if let Some(c) = decoded {
            self.put(c.encode_utf8(&mut [0; 4]));
        }
        self.to_skip = self.state.fallback.checked_sub(1).unwrap_or(1);
    }

    fn note_reference(&mut self) {
        if self.state.destination == Destination::Footnote {
            return;
        }
        self.note_count += 1;
        self.note_mark = self.note_count.to_string();
        let mark = self.note_mark.clone();
        self.text.push_mark(&mark);
    }

    fn end_note(&mut self) {
        let note = std::mem::take(&mut self.note);
        if note.is_blank() {
            return;
        }
        let mark = std::mem::take(&mut self.note_mark);
        let mut block = note.into_block(BlockKind::Footnote(mark), None);
        block.page = self.page;
        self.notes.push(block);
    }

    fn end_head(&mut self) {
        let head = std::mem::take(&mut self.head);
        let is_new = !self.blocks.iter().any(|block| block.text == head.text());
        if head.text().chars().any(char::is_alphabetic) && is_new {
            self.blocks.push(Block::new(BlockKind::Furniture(LeftOutReason::RunningHead), head.text()));
        }
    }

    /// Notes a style of the style sheet that is a heading.
    fn end_style(&mut self, number: i32) {
        let name = std::mem::take(&mut self.aside).trim().trim_end_matches(';').to_lowercase();
        let depth = name.strip_prefix("heading ").or_else(|| name.strip_prefix("заголовок "));
        let depth = if name == "title" { Some(1) } else { depth.and_then(|depth| depth.trim().parse().ok()) };
        self.headings.extend(depth.map(|depth| (number, depth)));
    }

    fn break_page(&mut self) {
        if self.state.destination == Destination::Body {
            self.page = self.page.saturating_add(1);
            self.paged = true;
        }
    }

    fn end_paragraph(&mut self) {
        self.flush_bytes();
        match self.state.destination {
            Destination::Body if self.state.in_table => self.text.push(" ", Look::default()),
            Destination::Body => self.push_paragraph(),
            Destination::RunningHead => self.head.push(" ", Look::default()),
            Destination::Footnote => self.note.push(" ", Look::default()),
            _ => {}
        }
    }

    fn push_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let label = std::mem::take(&mut self.label);
        if !text.is_blank() {
            let number =
                Some(label.text()).filter(|label| label.chars().any(char::is_alphanumeric) && !is_bullet(label));
            let depth = self.headings.get(&self.state.style).copied().or(self.state.outline.map(|level| level + 1));
            let whole = number.map_or_else(|| text.text().to_owned(), |number| format!("{number} {}", text.text()));
            let kind = match depth {
                Some(depth) => BlockKind::Heading(depth),
                None if !label.is_blank() && number.is_none() => BlockKind::Bullet(0),
                None => kind_by_look(&whole, text.weight()),
            };
            let mut block = text.into_block(kind, number);
            block.page = self.page;
            block.gap_before = std::mem::take(&mut self.gap);
            self.blocks.push(block);
        } else {
            self.gap = true;
        }
        self.blocks.append(&mut self.notes);
    }

    fn end_cell(&mut self) {
        let text = std::mem::take(&mut self.text);
        let label = std::mem::take(&mut self.label);
        let cell = format!("{} {}", label.text(), text.text());
        self.cells.push(cell.trim().replace('\n', " "));
    }

    fn end_row(&mut self) {
        let cells: Vec<String> = std::mem::take(&mut self.cells).into_iter().filter(|cell| !cell.is_empty()).collect();
        if cells.iter().any(|cell| cell.chars().any(char::is_alphanumeric)) {
            let kind = if cells.len() == 1 { BlockKind::Paragraph } else { BlockKind::TableRow };
            let mut block = Block::new(kind, cells.join(" | "));
            block.page = self.page;
            self.blocks.push(block);
        }
        self.blocks.append(&mut self.notes);
    }

    pub fn finish(mut self) -> (Vec<Block>, Properties) {
        self.flush_bytes();
        self.state = State::default();
        self.push_paragraph();
        if self.paged {
            self.blocks.iter_mut().for_each(|block| block.page += 1);
        }
        let [year, month, day] = self.date;
        if (1900..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) {
            self.properties.created = Some(format!("{year:04}-{month:02}-{day:02}"));
        }
        (self.blocks, self.properties)
    }
}
