//! Bytes of a text file to Unicode.
//!
//! Invariant: whatever is decoded is the whole file; a file that cannot be text is refused, never half read.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ExtractError;

/// Returns the text of a file whose encoding is not stated, without a byte order mark.
///
/// In this order: byte order mark, UTF-16 by the position of its zero bytes, valid UTF-8, and last the guess of
/// `chardetng`. Bytes that the encoding does not know become U+FFFD.
///
/// # Errors
/// `Empty` for no bytes, `Binary` where zero bytes or control characters show that the file is no text.
pub fn decode(bytes: &[u8]) -> Result<String, ExtractError> {
    if bytes.is_empty() {
        return Err(ExtractError::Empty);
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => guess(bytes)?,
    };
    let (text, _, _) = encoding.decode(bytes);
    if looks_binary(&text) {
        return Err(ExtractError::Binary);
    }
    if text.trim().is_empty() {
        return Err(ExtractError::Empty);
    }
    Ok(text.into_owned())
}

fn guess(bytes: &[u8]) -> Result<&'static Encoding, ExtractError> {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(encoding);
    }
    if bytes.contains(&0) {
        return Err(ExtractError::Binary);
    }
    // A few damaged bytes in a long UTF-8 text are damage, not another encoding.
    if std::str::from_utf8(bytes).is_ok() || mostly_utf8(bytes) {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(if encoding == WINDOWS_1252 && looks_macintosh(bytes) { MACINTOSH } else { encoding })
}

/// UTF-16 without its mark: text in Latin, digits and spaces leaves zeros in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    // Spaces and line ends alone are about a seventh of a Cyrillic text.
    if low_first * 10 > pairs && high_first * 50 < pairs {
        Some(UTF_16LE)
    } else if high_first * 10 > pairs && low_first * 50 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether at least 9 in 10 of the bytes past ASCII stand in valid UTF-8 sequences.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0x80).count();
        invalid += chunk.invalid().len();
    }
    valid > 9 * invalid && valid > 0
}

/// Tells Mac Roman from windows-1252, which share nothing above ASCII. Typographic quotes and dashes decide: in Mac
/// Roman they are D0..D5, which windows-1252 reads as capital letters in the middle of lower-case words or at their edge.
fn looks_macintosh(bytes: &[u8]) -> bool {
    let (mut macintosh, mut windows) = (0usize, 0usize);
    for window in bytes.windows(3) {
        let [before, byte, after] = [window[0], window[1], window[2]];
        match byte {
            0xD0..=0xD5 if before.is_ascii_lowercase() || !after.is_ascii_lowercase() => macintosh += 1,
            0xD2 | 0xD4 if before == b' ' => macintosh += 1,
            0x8E | 0x8F | 0x87 if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() => macintosh += 1,
            0x91..=0x97 => windows += 1,
            0xE0..=0xFF if before.is_ascii_lowercase() || after.is_ascii_lowercase() => windows += 1,
            _ => {}
        }
    }
    macintosh > windows
}

/// More than one control character in fifty, the usual white space apart.
fn looks_binary(text: &str) -> bool {
    // Nearly all texts have none, which their bytes tell faster than their characters.
    let bytes = text.as_bytes();
    let below_space = bytes.chunks(64).any(|row| {
        // Without a way out of the row, all of its bytes are compared at once.
        row.iter().fold(false, |found, byte| found | matches!(byte, 0..=8 | 0xe..=0x1f | 0x7f))
    });
    let high = |at: usize| matches!(bytes.get(at + 1), Some(0x80..=0x9f));
    if !below_space && !memchr::memchr_iter(0xc2, bytes).any(high) {
        return false;
    }
    let (mut control, mut all) = (0usize, 0usize);
    for character in text.chars().take(65_536) {
        all += 1;
        if character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{1b}')
        {
            control += 1;
        }
    }
    control * 50 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Комитет рекомендует государству-участнику принять меры для регистрации рождений всех детей.";

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes).as_deref(), Ok(expected));
    }

    #[test]
    fn encodings_of_real_files() {
        check(RUSSIAN.as_bytes(), RUSSIAN);
        check("\u{feff}State party’s".as_bytes(), "State party’s");
        check(&encoding_rs::WINDOWS_1251.encode(RUSSIAN).0, RUSSIAN);
        check(&encoding_rs::KOI8_R.encode(RUSSIAN).0, RUSSIAN);
        check(
            &encoding_rs::WINDOWS_1252.encode("the State party’s délégation – “all”").0,
            "the State party’s délégation – “all”",
        );
        check(
            &MACINTOSH.encode("the State party’s délégation – “all” children’s rights").0,
            "the State party’s délégation – “all” children’s rights",
        );
        for text in ["Birth registration", RUSSIAN] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let with_mark: Vec<u8> = [0xff, 0xfe].into_iter().chain(little.iter().copied()).collect();
            check(&with_mark, text);
            if text.is_ascii() {
                check(&little, text);
                check(&big, text);
            }
        }
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.push(0xff);
        let text = decode(&bytes).unwrap_or_default();
        assert!(text.starts_with("Комитет рекомендует") && text.ends_with('\u{fffd}'), "{text}");
    }

    #[test]
    fn no_text() {
        assert_eq!(decode(b""), Err(ExtractError::Empty));
        assert_eq!(decode(b" \n\n\t "), Err(ExtractError::Empty));
        assert_eq!(decode(b"\x7fELF\x01\x01\0\0\0\0\0\0\x02\0\x03\0\x01\x02\x03"), Err(ExtractError::Binary));
        assert_eq!(decode(&[1, 2, 3, 4, 5, 6, 7, 8]), Err(ExtractError::Binary));
    }
}
