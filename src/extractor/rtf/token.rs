//! The tokens of RTF.

/// A piece of an RTF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    Open,
    Close,
    /// A control word and its number.
    Word(&'b str, Option<i32>),
    /// A control symbol: `\~`, `\*`.
    Symbol(u8),
    /// A byte of text, plain or written `\'xx`.
    Byte(u8),
}

/// Reads bytes to tokens; binary data is skipped. Any bytes are a list of tokens.
pub(super) struct Tokens<'b> {
    rest: &'b [u8],
}

impl<'b> Tokens<'b> {
    pub fn new(bytes: &'b [u8]) -> Tokens<'b> {
        Tokens { rest: bytes }
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let letters = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            let (&symbol, rest) = self.rest.split_first()?;
            self.rest = rest;
            if symbol == b'\'' {
                let hex = rest.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
                let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
                self.rest = rest.get(2..).unwrap_or(&[]);
                return Some(byte.map_or(Token::Symbol(b'\''), Token::Byte));
            }
            return Some(Token::Symbol(symbol));
        }
        let (word, rest) = self.rest.split_at_checked(letters)?;
        let word = std::str::from_utf8(word).ok()?;
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest.iter().skip(sign).take_while(|byte| byte.is_ascii_digit()).count();
        let (number, mut rest) = rest.split_at_checked(if digits > 0 { sign + digits } else { 0 })?;
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        if let Some((b' ', after)) = rest.split_first() {
            rest = after;
        }
        if word == "bin" {
            let length = number.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
            rest = rest.get(length..).unwrap_or(&[]);
        }
        self.rest = rest;
        Some(Token::Word(word, number))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let (&first, rest) = self.rest.split_first()?;
            self.rest = rest;
            return Some(match first {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => self.control()?,
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}
