//! The child's side: shuts itself in, then reads one file after the other.

use std::io::{self, Read, Write};
use std::thread;

use super::message::{Reply, Request, read_request, write_reply};
use crate::document::{Extracted, Format};
use crate::extractor::{ExtractError, doc, docx, html, odt, pdf, rtf, zip};

/// Stack of the thread that reads: readers may recurse deeper than a usual stack lets them.
const STACK: usize = 64 << 20;
/// Bytes of memory of a child. Its program and the part of the stack that is never touched take address space, but no
/// memory.
#[cfg(unix)]
const MEMORY: u64 = 512 << 20;
#[cfg(unix)]
const UNTOUCHED: u64 = 64 << 20;
/// Seconds of processor time of a child over all its files; the parent's clock is what bounds one file.
#[cfg(unix)]
const PROCESSOR_TIME: u64 = 3_600;

/// Serves as a child until `input` ends: gives up files, network and most memory, then answers one request after the
/// other on `output`.
///
/// # Errors
/// Where `input` or `output` fail; limits that the system does not know are no errors.
pub fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    // A reader's panic is an answer, not a message for the terminal.
    std::panic::set_hook(Box::new(|_| {}));
    confine();
    answer_all(&mut input, &mut output)
}

/// Answers requests until `input` ends.
pub(super) fn answer_all(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    while let Some((request, bytes)) = read_request(input)? {
        let reply = answer_aside(request, bytes).unwrap_or_else(|error| match request {
            Request::Read(_) => Reply::Read(Err(error)),
            Request::Unpack => Reply::Unpacked(Err(error)),
        });
        write_reply(output, &reply)?;
    }
    Ok(())
}

/// Answers a request on a thread with a large stack; a panic there is an error here.
pub(super) fn answer_aside(request: Request, bytes: Vec<u8>) -> Result<Reply, ExtractError> {
    let answer = move || match request {
        Request::Read(format) => Reply::Read(read(format, &bytes)),
        Request::Unpack => Reply::Unpacked(zip::entries(&bytes)),
    };
    let thread = thread::Builder::new().name("extract".to_owned()).stack_size(STACK).spawn(answer);
    let thread = thread.map_err(|error| ExtractError::NoWorker(error.to_string()))?;
    thread.join().map_err(|_| ExtractError::Crashed)
}

fn read(format: Format, bytes: &[u8]) -> Result<Extracted, ExtractError> {
    match format {
        Format::Pdf => pdf::extract(bytes),
        Format::Docx => docx::extract(bytes),
        Format::Doc => doc::extract(bytes),
        Format::Odt => odt::extract(bytes),
        Format::Rtf => rtf::extract(bytes),
        Format::Html => html::extract(bytes),
        Format::Text | Format::Markdown | Format::Wiki | Format::JsonLines => Err(ExtractError::Unsupported),
    }
}

/// Gives up whatever reading bytes does not need. What the system does not know stays as it is: the parent's clock
/// and the bounds of the readers still hold.
#[cfg(unix)]
fn confine() {
    use rlimit::Resource;
    let limits = [
        (Resource::AS, MEMORY + UNTOUCHED),
        (Resource::DATA, MEMORY),
        (Resource::CPU, PROCESSOR_TIME),
        (Resource::CORE, 0),
        (Resource::FSIZE, 0),
    ];
    for (resource, limit) in limits {
        let _ = resource.set(limit, limit);
    }
    #[cfg(target_os = "linux")]
    let _ = give_up_files();
}

#[cfg(not(unix))]
fn confine() {}

/// Forbids opening files and connections from here on, as far as the kernel can.
#[cfg(target_os = "linux")]
fn give_up_files() -> Result<(), landlock::RulesetError> {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr};
    let rules =
        Ruleset::default().handle_access(AccessFs::from_all(ABI::V5))?.handle_access(AccessNet::from_all(ABI::V5))?;
    rules.create()?.restrict_self().map(|_| ())
}
