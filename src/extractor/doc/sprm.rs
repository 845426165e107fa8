//! Properties: single modifiers, and the runs of characters and paragraphs that they hold for ([MS-DOC], 2.6, 2.9).

use super::file::{long, short};

/// Bytes of a page of runs.
const PAGE: usize = 512;

/// Returns the modifiers of a list of them with their operands, as far as the list is sound.
pub(super) fn modifiers(mut list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let code = short(list, 0)?;
        let (skip, length) = match code >> 13 {
            0 | 1 => (2, 1),
            3 => (2, 4),
            6 if code == 0xd608 => (4, usize::from(short(list, 2)?).checked_sub(1)?),
            6 => (3, usize::from(*list.get(2)?)),
            7 => (2, 3),
            _ => (2, 2),
        };
        let operand = list.get(skip..skip + length)?;
        list = list.get(skip + length..)?;
        Some((code, operand))
    })
}

/// Modifiers of a stretch of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'f> {
    start: u32,
    end: u32,
    /// The paragraph's style; 0 for characters.
    pub style: u16,
    pub modifiers: &'f [u8],
}

/// Runs in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Runs<'f>(Vec<Run<'f>>);

impl<'f> Runs<'f> {
    /// Reads the pages of runs that a table lists. `of_paragraphs`: they are paragraphs', not characters'.
    pub fn read(main: &'f [u8], table: &[u8], of_paragraphs: bool) -> Runs<'f> {
        let count = table.len().saturating_sub(4) / 8;
        let mut runs = Vec::new();
        for index in 0..count {
            let Some(page) = long(table, 4 * (count + 1) + 4 * index) else { break };
            let start = (page & 0x003f_ffff) as usize * PAGE;
            let Some(page) = main.get(start..start + PAGE) else { continue };
            read_page(page, of_paragraphs, &mut runs);
        }
        runs.sort_by_key(|run| run.start);
        Runs(runs)
    }

    /// Returns the run that an offset stands in.
    pub fn at(&self, offset: u32) -> Option<&Run<'f>> {
        let after = self.0.partition_point(|run| run.start <= offset);
        self.0.get(after.checked_sub(1)?).filter(|run| offset < run.end)
    }
}

fn read_page<'f>(page: &'f [u8], of_paragraphs: bool, runs: &mut Vec<Run<'f>>) {
    let count = page.get(PAGE - 1).map_or(0, |count| usize::from(*count));
    let width = if of_paragraphs { 13 } else { 1 };
    for index in 0..count {
        let place = page.get(4 * (count + 1) + width * index).map_or(0, |place| 2 * usize::from(*place));
        let (Some(start), Some(end)) = (long(page, 4 * index), long(page, 4 * index + 4)) else { break };
        let list = if place == 0 { &[] } else { run_bytes(page, place, of_paragraphs).unwrap_or(&[]) };
        let (style, modifiers) =
            if of_paragraphs { (short(list, 0).unwrap_or(0), list.get(2..).unwrap_or(&[])) } else { (0, list) };
        runs.push(Run { start, end, style, modifiers });
    }
}

fn run_bytes(page: &[u8], place: usize, of_paragraphs: bool) -> Option<&[u8]> {
    let size = usize::from(*page.get(place)?);
    let (from, length) = match (of_paragraphs, size) {
        (false, size) => (place + 1, size),
        (true, 0) => (place + 2, 2 * usize::from(*page.get(place + 1)?)),
        (true, size) => (place + 1, 2 * size - 1),
    };
    page.get(from..from + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_are_read_as_far_as_they_are_sound() {
        let list = [0x35, 0x08, 1, 0x0b, 0x46, 7, 0, 0x15, 0xc6, 2, 9, 9, 0x0a, 0x26, 3, 0x0b, 0x46, 1];
        let read: Vec<(u16, Vec<u8>)> = modifiers(&list).map(|(code, operand)| (code, operand.to_vec())).collect();
        assert_eq!(read, [(0x0835, vec![1]), (0x460b, vec![7, 0]), (0xc615, vec![9, 9]), (0x260a, vec![3])]);
    }
}
