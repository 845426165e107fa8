//! What parent and child say to each other: lengths, then bytes.

use std::io::{self, ErrorKind, Read, Write};

use serde::{Deserialize, Serialize};

use crate::document::{Extracted, Format};
use crate::extractor::ExtractError;

/// No file and no answer is longer, in bytes.
const MAX_LENGTH: u64 = 1 << 30;

/// What to do with the bytes that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Request {
    Read(Format),
    Unpack,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    Read(Result<Extracted, ExtractError>),
    Unpacked(Result<Vec<(String, Vec<u8>)>, ExtractError>),
}

pub(super) fn write_request(output: &mut impl Write, request: Request, bytes: &[u8]) -> io::Result<()> {
    let head = postcard::to_stdvec(&request).map_err(invalid)?;
    write_frame(output, &head)?;
    write_frame(output, bytes)?;
    output.flush()
}

/// Returns the next request with its bytes, or `None` where the parent has closed its end.
pub(super) fn read_request(input: &mut impl Read) -> io::Result<Option<(Request, Vec<u8>)>> {
    let Some(head) = read_frame(input)? else { return Ok(None) };
    let request = postcard::from_bytes(&head).map_err(invalid)?;
    let bytes = read_frame(input)?.ok_or(ErrorKind::UnexpectedEof)?;
    Ok(Some((request, bytes)))
}

pub(super) fn write_reply(output: &mut impl Write, reply: &Reply) -> io::Result<()> {
    write_frame(output, &postcard::to_stdvec(reply).map_err(invalid)?)?;
    output.flush()
}

pub(super) fn read_reply(input: &mut impl Read) -> io::Result<Reply> {
    let frame = read_frame(input)?.ok_or(ErrorKind::UnexpectedEof)?;
    postcard::from_bytes(&frame).map_err(invalid)
}

fn write_frame(output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)
}

fn read_frame(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u64::from_le_bytes(length);
    if length > MAX_LENGTH {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    // Reading grows the buffer, so that a lying length costs nothing.
    if input.take(length).read_to_end(&mut bytes)? as u64 == length {
        Ok(Some(bytes))
    } else {
        Err(ErrorKind::UnexpectedEof.into())
    }
}

fn invalid(error: postcard::Error) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, error)
}
