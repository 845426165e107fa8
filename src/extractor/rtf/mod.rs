//! RTF to blocks (Rich Text Format 1.9.1).
//!
//! Invariant: groups are followed on a stack of our own and pictures and objects are skipped unread, so that neither
//! depth nor size of what they hold matters.

mod charset;
mod reader;
mod token;

use self::reader::Reader;
use self::token::{Token, Tokens};
use super::ExtractError;
use crate::document::Extracted;

/// Groups nested deeper are refused.
const MAX_DEPTH: usize = 2_000;

/// Returns the blocks of an RTF document. Automatic numbers come as the file prints them for readers without lists.
///
/// # Errors
/// `Damaged` where it is no RTF, `TooLarge` where groups nest deeper than 2,000 levels, `Empty` where it has no text.
pub fn extract(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !start.starts_with(b"{\\rtf") {
        return Err(ExtractError::Damaged("it does not start as RTF".to_owned()));
    }
    let mut reader = Reader::default();
    for token in Tokens::new(start) {
        match token {
            Token::Open => reader.open(),
            Token::Close => reader.close(),
            Token::Word(word, number) => reader.word(word, number),
            Token::Symbol(symbol) => reader.symbol(symbol),
            Token::Byte(byte) => reader.byte(byte),
        }
        if reader.depth() > MAX_DEPTH {
            return Err(ExtractError::TooLarge(format!(
                "groups nested deeper than {MAX_DEPTH} levels (save it again in its program)"
            )));
        }
    }
    let (blocks, properties) = reader.finish();
    if blocks.is_empty() {
        return Err(ExtractError::Empty);
    }
    Ok(Extracted { blocks, properties, ..Extracted::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rtf: &str, expected: &[&str]) {
        let blocks = extract(rtf.as_bytes()).map(|read| read.blocks).unwrap_or_default();
        let shown: Vec<String> = blocks
            .iter()
            .map(|block| {
                let raised: String =
                    block.raised.iter().map(|range| format!(" ^{}", &block.text[range.clone()])).collect();
                format!("{:?} {}{raised}", block.kind, block.text)
            })
            .collect();
        assert_eq!(shown, expected, "{rtf}");
    }

    #[test]
    fn text_is_read_in_paragraphs() {
        check(r"{\rtf1\ansi One\par Two {\b three}\line four\par}", &["Paragraph One", "Paragraph Two three\nfour"]);
        check(r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e0\'e2\'e0\par}", &["Paragraph Права"]);
        check(r"{\rtf1 \u1055?\u1088\'3fa\uc0\u1074 b\par}", &["Paragraph Прaвb"]);
        check(r"{\rtf1{\fonttbl{\f0\fcharset204 Times;}}\f0 \'e4\'e0\par}", &["Paragraph да"]);
        check(r"{\rtf1 a\emdash b\~c \ldblquote d\rdblquote\par}", &["Paragraph a—b\u{a0}c “d”"]);
    }

    #[test]
    fn numbers_notes_and_tables_are_kept() {
        check(r"{\rtf1{\listtext 21.\tab}The Committee\par}", &["Paragraph 21. The Committee"]);
        check(r"{\rtf1{\listtext\f3 \'b7\tab}Item\par}", &["Bullet(0) Item"]);
        check(
            r"{\rtf1 Text{\super\chftn}{\footnote {\super\chftn} A note.} goes on\par}",
            &["Paragraph Text1 goes on ^1", "Footnote(\"1\") A note."],
        );
        check(r"{\rtf1\trowd\intbl a\cell b\cell\row\pard After\par}", &["TableRow a | b", "Paragraph After"]);
        check(
            r"{\rtf1{\stylesheet{\s1 heading 1;}}\pard\s1 Title\par\pard Text\par}",
            &["Heading(1) Title", "Paragraph Text"],
        );
    }

    #[test]
    fn what_is_not_text_is_skipped() {
        check(r"{\rtf1{\*\generator X;}{\pict\bin4 }}}}}{\info{\title T}}x\par}", &["Paragraph x"]);
        check(r"{\rtf1{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par}", &["Paragraph link"]);
        assert!(matches!(extract("{\\rtf1".repeat(9_000).as_bytes()), Err(ExtractError::TooLarge(_))));
        assert!(matches!(extract(b"plain"), Err(ExtractError::Damaged(_))));
    }
}
