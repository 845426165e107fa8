//! The walk over the tree of an HTML document, start and end of each element in turn.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::list::List;
use crate::document::{Block, BlockKind, Emphasis, LeftOutReason};
use crate::extractor::label::is_label;

/// Elements whose text is never printed.
const UNSEEN: [&str; 16] = [
    "script", "style", "head", "noscript", "template", "svg", "math", "select", "button", "iframe", "object", "canvas",
    "audio", "video", "datalist", "textarea",
];

/// Elements that start and end a paragraph.
const BLOCKS: [&str; 36] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "blockquote",
    "pre",
    "address",
    "figure",
    "figcaption",
    "center",
    "form",
    "fieldset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "hr",
    "body",
    "details",
];

/// Returns the blocks of a document.
pub(super) fn blocks(html: &Html) -> Vec<Block> {
    let mut walker = Walker::default();
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => walker.text(text),
                Node::Element(element) => walker.start(element, ElementRef::wrap(node)),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walker.end(element);
                }
            }
        }
    }
    walker.flush();
    walker.blocks
}

#[derive(Debug, Default)]
struct Walker {
    blocks: Vec<Block>,
    text: String,
    raised: Vec<std::ops::Range<usize>>,
    /// Printed characters of the open block, and how many are bold and italic.
    printed: usize,
    bold: usize,
    italic: usize,
    kind: Option<BlockKind>,
    /// What is printed before the text: the number of a list item.
    number: Option<String>,
    lists: Vec<List>,
    /// Cells of the open table row; `None` outside of tables of data.
    row: Option<Vec<String>>,
    /// Depth of open tables, and how deep the table of data is.
    tables: usize,
    data_table: Option<usize>,
    bold_depth: usize,
    italic_depth: usize,
    raised_depth: usize,
    pre_depth: usize,
    unseen_depth: usize,
    furniture_depth: usize,
    heading: Option<u8>,
    pending_space: bool,
}

impl Walker {
    fn start(&mut self, element: &Element, node: Option<ElementRef<'_>>) {
        let name = element.name();
        if self.unseen_depth > 0 || is_unseen(element) {
            self.unseen_depth += 1;
            return;
        }
        if name == "br" {
            return self.line_break();
        }
        if BLOCKS.contains(&name) {
            self.edge(name);
        }
        if self.furniture_depth > 0 || is_navigation(element) {
            if self.furniture_depth == 0 {
                self.flush();
            }
            self.furniture_depth += 1;
        }
        self.raised_depth += usize::from(is_raised(element));
        match name {
            "b" | "strong" => self.bold_depth += 1,
            "i" | "em" | "cite" => self.italic_depth += 1,
            "pre" => self.pre_depth += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = name.get(1..).and_then(|depth| depth.parse().ok())
            }
            "ul" | "ol" | "menu" => self.lists.push(list(element)),
            "li" => self.start_item(element),
            "table" => self.start_table(node),
            "tr" if self.data_table.is_some() => self.row = Some(Vec::new()),
            _ => {}
        }
        if element.attr("role").is_some_and(|role| role == "doc-footnote" || role == "doc-endnote") {
            self.kind = Some(BlockKind::Footnote(String::new()));
        }
    }

    fn end(&mut self, element: &Element) {
        let name = element.name();
        if self.unseen_depth > 0 {
            self.unseen_depth -= 1;
            return;
        }
        if BLOCKS.contains(&name) {
            self.edge(name);
        }
        self.raised_depth = self.raised_depth.saturating_sub(usize::from(is_raised(element)));
        match name {
            "b" | "strong" => self.bold_depth = self.bold_depth.saturating_sub(1),
            "i" | "em" | "cite" => self.italic_depth = self.italic_depth.saturating_sub(1),
            "pre" => self.pre_depth = self.pre_depth.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "ul" | "ol" | "menu" => {
                self.lists.pop();
            }
            "li" => {
                self.kind = None;
                self.number = None;
            }
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            "table" => {
                if self.data_table == Some(self.tables) {
                    self.data_table = None;
                    self.row = None;
                }
                self.tables = self.tables.saturating_sub(1);
            }
            _ => {}
        }
        if self.furniture_depth > 0 {
            if self.furniture_depth == 1 {
                self.flush();
            }
            self.furniture_depth -= 1;
        }
    }

    /// The edge of a block: ends the paragraph, save within a cell of data, where it is a space.
    fn edge(&mut self, name: &str) {
        let inside_cell = self.row.is_some() && !matches!(name, "table" | "tr" | "td" | "th" | "caption");
        if inside_cell || self.furniture_depth > 0 {
            self.pending_space = !self.text.is_empty();
        } else if !(self.row.is_some() && matches!(name, "td" | "th")) {
            self.flush();
        }
    }

    fn start_item(&mut self, element: &Element) {
        let value = element.attr("value").and_then(|value| value.trim().parse().ok());
        let depth = self.lists.iter().filter(|list| list.numbers.is_none()).count();
        match self.lists.last_mut() {
            Some(list) => match list.number(value) {
                Some(number) if list.notes => self.kind = Some(BlockKind::Footnote(number)),
                Some(number) => self.number = Some(number),
                None => self.kind = Some(BlockKind::Bullet(depth.saturating_sub(1).min(255) as u8)),
            },
            None => self.kind = Some(BlockKind::Bullet(0)),
        }
    }

    fn start_table(&mut self, node: Option<ElementRef<'_>>) {
        self.tables += 1;
        if self.data_table.is_none() && node.is_some_and(holds_data) {
            self.data_table = Some(self.tables);
        }
    }

    fn end_cell(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.raised.clear();
        self.pending_space = false;
        match &mut self.row {
            Some(cells) => cells.push(text.split_whitespace().collect::<Vec<_>>().join(" ")),
            None => self.text = text,
        }
    }

    fn end_row(&mut self) {
        let Some(cells) = self.row.take() else { return };
        self.clear();
        let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        if cells.iter().any(|cell| cell.chars().any(char::is_alphanumeric)) {
            self.blocks.push(Block::new(BlockKind::TableRow, cells.join(" | ")));
        }
    }

    fn line_break(&mut self) {
        if self.row.is_some() || self.furniture_depth > 0 {
            self.pending_space = true;
        } else if self.text.ends_with('\n') {
            self.flush();
        } else if !self.text.is_empty() {
            self.text.push('\n');
            self.pending_space = false;
        }
    }

    fn text(&mut self, text: &str) {
        if self.unseen_depth > 0 {
            return;
        }
        for c in text.chars() {
            if self.pre_depth > 0 && c == '\n' {
                self.line_break();
            } else if c.is_ascii_whitespace() {
                self.pending_space = true;
            } else {
                self.push(c);
            }
        }
    }

    fn push(&mut self, c: char) {
        if self.pending_space && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        self.pending_space = false;
        let start = self.text.len();
        self.text.push(c);
        if self.raised_depth > 0 {
            match self.raised.last_mut() {
                Some(range) if range.end == start => range.end = self.text.len(),
                _ => self.raised.push(start..self.text.len()),
            }
            return;
        }
        self.printed += 1;
        self.bold += usize::from(self.bold_depth > 0);
        self.italic += usize::from(self.italic_depth > 0);
    }

    /// Ends the open paragraph.
    fn flush(&mut self) {
        let text = self.text.trim_end();
        if text.chars().all(char::is_whitespace) {
            return self.clear();
        }
        let kind = match (&self.kind, self.heading) {
            _ if self.furniture_depth > 0 => BlockKind::Furniture(LeftOutReason::Markup),
            (Some(kind), _) => kind.clone(),
            (None, Some(depth)) => BlockKind::Heading(depth),
            (None, None) => BlockKind::Paragraph,
        };
        let mut block = Block::new(kind, text);
        block.raised = std::mem::take(&mut self.raised);
        block.raised.retain(|range| range.end <= text.len());
        if let Some(number) = self.number.take().filter(|_| !starts_with_label(text)) {
            let prefix = format!("{number}. ");
            block.text.insert_str(0, &prefix);
            for range in &mut block.raised {
                *range = range.start + prefix.len()..range.end + prefix.len();
            }
        }
        block.emphasis = self.emphasis();
        self.blocks.push(block);
        self.kind = None;
        self.clear();
    }

    fn emphasis(&self) -> Emphasis {
        let most = |count: usize| self.printed > 0 && count * 20 >= self.printed * 19;
        match (most(self.bold), most(self.italic)) {
            (true, true) => Emphasis::BoldItalic,
            (true, false) => Emphasis::Bold,
            (false, true) => Emphasis::Italic,
            (false, false) => Emphasis::None,
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.raised.clear();
        (self.printed, self.bold, self.italic) = (0, 0, 0);
        self.pending_space = false;
    }
}

fn starts_with_label(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(is_label)
}

fn is_unseen(element: &Element) -> bool {
    UNSEEN.contains(&element.name()) || element.attr("hidden").is_some() || is_styled(element, "display:none")
}

fn is_raised(element: &Element) -> bool {
    element.name() == "sup" || is_styled(element, "vertical-align:super")
}

/// Whether the element's own style has a declaration, which is given in small letters without spaces.
fn is_styled(element: &Element, declaration: &str) -> bool {
    element.attr("style").is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains(declaration))
}

fn is_navigation(element: &Element) -> bool {
    element.name() == "nav" || element.attr("role") == Some("navigation")
}

fn list(element: &Element) -> List {
    let attribute = |name: &str| element.attr(name).map(str::trim);
    let unmarked = ["list-style:none", "list-style-type:none"].iter().any(|style| is_styled(element, style));
    let kind = attribute("type").and_then(|kind| kind.chars().next()).filter(|kind| "1aAiI".contains(*kind));
    let numbers = (element.name() == "ol" && !unmarked).then(|| kind.unwrap_or('1'));
    let named =
        |name: &str| attribute(name).is_some_and(|value| value.contains("footnote") || value.contains("endnote"));
    List {
        numbers,
        next: attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1),
        step: if attribute("reversed").is_some() { -1 } else { 1 },
        notes: named("class") || named("id") || named("role"),
    }
}

/// Whether a table holds data: tables that lay out a page hold others, headings, or several paragraphs in a cell.
fn holds_data(table: ElementRef<'_>) -> bool {
    let mut paragraphs_in_cell = 0;
    let mut columns: usize = 0;
    let mut widest = 0;
    for edge in table.traverse() {
        let (Edge::Open(node), true) = (&edge, true) else { continue };
        let Node::Element(element) = node.value() else { continue };
        match element.name() {
            "table" if node.id() != table.id() => return false,
            "h1" | "h2" | "h3" | "ol" => return false,
            "tr" => columns = 0,
            "td" | "th" => {
                columns += 1;
                widest = widest.max(columns);
                paragraphs_in_cell = 0;
            }
            "p" => {
                paragraphs_in_cell += 1;
                if paragraphs_in_cell > 6 {
                    return false;
                }
            }
            _ => {}
        }
    }
    widest > 1
}
