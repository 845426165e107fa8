//! Styles and the formatting that they and single modifiers give ([MS-DOC], 2.9.260 and 2.6).

use super::file::short;
use super::sprm::modifiers;

/// Styles inherit from each other so deep at most; files hold cycles.
const MAX_CHAIN: usize = 32;
/// The style that inherits from none.
const NO_BASE: u16 = 0x0fff;

/// Paragraph formatting that matters to reading.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParagraphFormat {
    /// The list from 1; 0 ends an inherited one.
    pub list: Option<u16>,
    pub level: Option<u8>,
    /// Outline level from 0; 9 is text.
    pub outline: Option<u8>,
    pub in_table: bool,
    pub ends_row: bool,
    pub is_contents: bool,
}

impl ParagraphFormat {
    /// Changes this format as modifiers say.
    pub fn apply(&mut self, list: &[u8]) {
        for (code, operand) in modifiers(list) {
            let byte = operand.first().copied().unwrap_or(0);
            match code {
                0x460b => self.list = short(operand, 0),
                0x260a => self.level = Some(byte),
                0x2640 => self.outline = Some(byte),
                0x2416 => self.in_table = byte != 0,
                0x2417 => self.ends_row = byte != 0,
                _ => {}
            }
        }
    }
}

/// Character formatting that matters to reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RunFormat {
    pub bold: bool,
    pub italic: bool,
    pub raised: bool,
    /// Hidden, or deleted by a reviewer.
    pub hidden: bool,
    /// A character of a symbol font.
    pub symbol: Option<u16>,
}

impl RunFormat {
    /// Changes this format as modifiers say; `below` is what the style gives.
    pub fn apply(&mut self, list: &[u8], below: RunFormat) {
        let toggled = |operand: &[u8], below: bool| match operand.first() {
            Some(0x80) => below,
            Some(0x81) => !below,
            Some(value) => *value != 0,
            None => below,
        };
        for (code, operand) in modifiers(list) {
            match code {
                0x0835 => self.bold = toggled(operand, below.bold),
                0x0836 => self.italic = toggled(operand, below.italic),
                0x083c => self.hidden = toggled(operand, below.hidden),
                0x0800 => self.hidden |= operand.first().is_some_and(|value| *value != 0),
                0x2a48 => self.raised = operand.first() == Some(&1),
                0x6a09 => self.symbol = short(operand, 2),
                _ => {}
            }
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Style<'f> {
    /// The number of a built-in style: 1 to 9 are headings, 19 to 27 tables of contents.
    built_in: u16,
    base: u16,
    paragraph: &'f [u8],
    run: &'f [u8],
}

/// The styles of a document by their numbers.
#[derive(Debug, Default)]
pub(super) struct Styles<'f>(Vec<Option<Style<'f>>>);

impl<'f> Styles<'f> {
    /// Reads the style sheet, as far as it is sound.
    pub fn read(table: &'f [u8]) -> Styles<'f> {
        let mut styles = Vec::new();
        let head = usize::from(short(table, 0).unwrap_or(0));
        let base_length = usize::from(short(table, 4).unwrap_or(10));
        let mut rest = table.get(2 + head..).unwrap_or(&[]);
        while let Some(length) = short(rest, 0).map(usize::from)
            && let Some(style) = rest.get(2..2 + length)
        {
            styles.push(read_style(style, base_length));
            rest = rest.get(2 + length + length % 2..).unwrap_or(&[]);
        }
        Styles(styles)
    }

    fn get(&self, number: u16) -> Option<&Style<'f>> {
        self.0.get(usize::from(number))?.as_ref()
    }

    /// Returns a style and those it inherits from, outermost first.
    fn chain(&self, number: u16) -> Vec<&Style<'f>> {
        let mut chain = Vec::new();
        let mut next = number;
        while let Some(style) = self.get(next)
            && chain.len() < MAX_CHAIN
        {
            chain.push(style);
            next = style.base;
        }
        chain.reverse();
        chain
    }

    /// Returns the formatting of paragraphs of a style.
    pub fn paragraph(&self, number: u16) -> ParagraphFormat {
        let mut format = ParagraphFormat::default();
        for style in self.chain(number) {
            match style.built_in {
                level @ 1..=9 => format.outline = Some((level - 1) as u8),
                19..=27 => format.is_contents = true,
                _ => {}
            }
            format.apply(style.paragraph);
        }
        format
    }

    /// Returns the formatting of characters of a style.
    pub fn run(&self, number: u16) -> RunFormat {
        let mut format = RunFormat::default();
        for style in self.chain(number) {
            let below = format;
            format.apply(style.run, below);
        }
        format
    }
}

fn read_style(bytes: &[u8], base_length: usize) -> Option<Style<'_>> {
    let built_in = short(bytes, 0)? & 0x0fff;
    let kind = short(bytes, 2)?;
    let name = usize::from(short(bytes, base_length)?);
    let mut at = base_length + 2 + 2 * name + 2;
    let mut next = || {
        at += at % 2;
        let length = usize::from(short(bytes, at)?);
        let part = bytes.get(at + 2..at + 2 + length)?;
        at += 2 + length;
        Some(part)
    };
    let (paragraph, run) = match kind & 0x000f {
        // A paragraph style repeats its own number before its modifiers.
        1 => (next().and_then(|part| part.get(2..)), next()),
        2 => (None, next()),
        _ => (None, None),
    };
    let base = kind >> 4;
    let base = if base == NO_BASE { u16::MAX } else { base };
    Some(Style { built_in, base, paragraph: paragraph.unwrap_or(&[]), run: run.unwrap_or(&[]) })
}
