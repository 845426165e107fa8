//! Word 97-2003 to blocks: numbers as printed, headings by style, footnotes after the paragraph that cites them.
//!
//! Invariant: whatever a file says of offsets and lengths is looked up with bounds. What is no Word 97 file, or has no
//! sound structure, is read through the intermediate form of `office_oxide`, which mends more and knows less.

mod body;
mod file;
mod ir;
mod list;
mod sprm;
mod style;

use self::body::Body;
use self::file::File;
use super::ExtractError;
use crate::document::Extracted;

/// Returns the blocks of a Word document of the binary format.
///
/// # Errors
/// `Encrypted`, `Damaged` where it cannot be read, `Empty` where it has no text.
pub fn extract(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    if let Some(file) = File::open(bytes)? {
        let blocks = Body::read(&file);
        if !blocks.is_empty() {
            return Ok(Extracted { blocks, properties: file.properties, ..Extracted::default() });
        }
    }
    ir::extract(bytes)
}
