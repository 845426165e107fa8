//! HTML to blocks: headings, paragraphs, lists with their numbers, tables, footnotes.
//!
//! Invariant: nothing is fetched, nothing is run, and no recursion follows the depth of the document.

mod list;
mod walk;

pub(super) use self::list::print as print_number;

use encoding_rs::Encoding;
use scraper::{Html, Selector};

use super::ExtractError;
use crate::document::{Extracted, Properties};

/// Elements nested deeper are refused: parsers and walkers slow down with the square of the depth.
const MAX_DEPTH: usize = 2_000;
/// So many bytes of the head are searched for a declared encoding (the HTML standard asks for 1,024).
const HEAD_BYTES: usize = 8_192;

/// Returns the blocks of an HTML document. Scripts and styles are dropped, navigation is kept as furniture.
///
/// # Errors
/// `TooLarge` where elements nest deeper than 2,000 levels, `Empty` where nothing is printed.
pub fn extract(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let text = decode(bytes);
    if depth(&text) > MAX_DEPTH {
        return Err(ExtractError::TooLarge(format!(
            "elements nested deeper than {MAX_DEPTH} levels (save it again from a browser)"
        )));
    }
    let html = Html::parse_document(&text);
    let blocks = walk::blocks(&html);
    if blocks.is_empty() {
        return Err(ExtractError::Empty);
    }
    Ok(Extracted { blocks, properties: properties(&html), ..Extracted::default() })
}

/// Decodes by byte order mark, then the declared encoding, then UTF-8 where it is valid, then by the letters.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or(&[])).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let declared = declared_encoding(bytes.get(..HEAD_BYTES).unwrap_or(bytes));
    let encoding = declared.filter(|encoding| *encoding != encoding_rs::UTF_8).unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Allow)
    });
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Returns the encoding that the head declares: `charset=windows-1251`, in a meta element or an XML declaration.
fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        let rest = head.split_once(key)?.1.trim_start().strip_prefix('=')?.trim_start();
        let label = rest.trim_start_matches(['"', '\'']).split(['"', '\'', ';', '>', ' ', '/']).next()?;
        Encoding::for_label(label.as_bytes())
    })
}

/// Elements that hold nothing or that the next of their kind closes: they do not nest however many there are.
const FLAT: [&str; 26] = [
    "br", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param", "p",
    "li", "dd", "dt", "option", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup",
];

/// Returns the greatest depth of nesting, in one pass and without a parser.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (closing, tag) = match rest.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, rest),
        };
        let name: String =
            tag.chars().take_while(|c| c.is_ascii_alphanumeric()).take(12).map(|c| c.to_ascii_lowercase()).collect();
        if name.is_empty() || FLAT.contains(&name.as_str()) {
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
            deepest = deepest.max(depth);
        }
        if !closing && (name == "script" || name == "style") {
            let end = if name == "script" { "</script" } else { "</style" };
            rest = find_ignoring_case(rest, end).and_then(|at| rest.get(at..)).unwrap_or("");
        }
    }
    deepest
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

fn properties(html: &Html) -> Properties {
    let first = |selector: &str, attribute: Option<&str>| {
        let selector = Selector::parse(selector).ok()?;
        let element = html.select(&selector).next()?;
        let text = match attribute {
            Some(attribute) => element.value().attr(attribute)?.to_owned(),
            None => element.text().collect(),
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let meta = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| first(&format!(r#"meta[name="{name}" i], meta[property="{name}" i]"#), Some("content")))
    };
    Properties {
        title: first("title", None),
        author: meta(&["author", "dc.creator", "dcterms.creator"]),
        subject: meta(&["description", "dc.subject", "dcterms.subject"]),
        created: meta(&["dcterms.created", "dc.date", "date", "article:published_time"])
            .and_then(|date| date.get(..10).map(str::to_owned))
            .filter(|date| is_date(date)),
        language: first("html[lang]", Some("lang")),
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2)
        && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind, LeftOutReason};

    fn show(block: &Block) -> String {
        let raised: String = block.raised.iter().map(|range| format!(" ^{}", &block.text[range.clone()])).collect();
        format!("{:?} {:?}{raised}", block.kind, block.text)
    }

    fn check(html: &str, expected: &[&str]) {
        let blocks = extract(html.as_bytes()).map(|extracted| extracted.blocks).unwrap_or_default();
        assert_eq!(blocks.iter().map(show).collect::<Vec<_>>(), expected, "{html}");
    }

    #[test]
    fn text_is_read_in_blocks() {
        check(
            "<h2>I.  Intro</h2><p>One\n two<p>Three",
            &[r#"Heading(2) "I. Intro""#, r#"Paragraph "One two""#, r#"Paragraph "Three""#],
        );
        check("plain<br>lines<br><br>apart", &[r#"Paragraph "plain\nlines""#, r#"Paragraph "apart""#]);
        check("<p>a residents.<sup>1</sup> Then</p>", &[r#"Paragraph "a residents.1 Then" ^1"#]);
        check(r#"<p>Ст. 16<span style="vertical-align: Super">1</span>.</p>"#, &[r#"Paragraph "Ст. 161." ^1"#]);
        check("<style>p{}</style><p>x<script>alert(1)</script>y</p>", &[r#"Paragraph "xy""#]);
        check(
            "<div>one<div>two</div>three</div>",
            &[r#"Paragraph "one""#, r#"Paragraph "two""#, r#"Paragraph "three""#],
        );
    }

    #[test]
    fn lists_keep_their_numbers() {
        check(
            r#"<ol start="21"><li>The<li value="30">State</ol>"#,
            &[r#"Paragraph "21. The""#, r#"Paragraph "30. State""#],
        );
        check(
            r#"<ol><li>A<ol type="a"><li>b</li><li>c</li></ol></li></ol>"#,
            &[r#"Paragraph "1. A""#, r#"Paragraph "a. b""#, r#"Paragraph "b. c""#],
        );
        check("<ol><li>(a) Printed</ol>", &[r#"Paragraph "(a) Printed""#]);
        check("<ul><li>x<ul><li>y</ul></ul>", &[r#"Bullet(0) "x""#, r#"Bullet(1) "y""#]);
    }

    #[test]
    fn tables_are_rows() {
        check(
            "<table><tr><th>State</th><th>Year</th></tr><tr><td>Lao</td><td>2015</td></tr><tr><td></td><td> </td></tr></table>",
            &[r#"TableRow "State | Year""#, r#"TableRow "Lao | 2015""#],
        );
        check(
            "<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>",
            &[r#"Paragraph "One.""#, r#"Paragraph "Two.""#],
        );
    }

    #[test]
    fn navigation_is_furniture() {
        let blocks = extract(b"<nav><a>Home</a> <a>About</a></nav><p>Text").map(|read| read.blocks).unwrap_or_default();
        assert_eq!(blocks.first().map(|block| block.kind.clone()), Some(BlockKind::Furniture(LeftOutReason::Markup)));
    }

    #[test]
    fn encodings_are_declared_or_guessed() {
        let body = |head: &str| {
            let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("<p>Комитет рекомендует государству-участнику");
            [head.as_bytes(), &bytes].concat()
        };
        for head in
            ["<meta charset=windows-1251>", r#"<meta http-equiv=x content="text/html; charset=Windows-1251">"#, ""]
        {
            let blocks = extract(&body(head)).map(|read| read.blocks).unwrap_or_default();
            assert_eq!(
                blocks.first().map(|block| block.text.as_str()),
                Some("Комитет рекомендует государству-участнику"),
                "{head}"
            );
        }
    }

    #[test]
    fn depth_is_guarded() {
        assert_eq!(depth("<div><p>a<p>b<p>c<br></div>"), 1);
        assert_eq!(depth("<!-- <b><b> --><script>if (a<b) </script>"), 1);
        let deep = "<div>".repeat(100_000);
        assert!(matches!(extract(deep.as_bytes()), Err(ExtractError::TooLarge(_))));
    }
}
