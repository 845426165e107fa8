//! How the lines of a text are laid out.

use crate::document::Block;
use crate::segmenter::piece::{ends_clause, starts_lower};

/// How a text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Paragraphs run over several lines.
    pub wrapped: bool,
    /// A blank line follows every line.
    pub double_spaced: bool,
    /// Characters of a full line.
    pub width: usize,
}

impl Layout {
    /// Measures the layout of a text by its lines.
    pub fn measure(lines: &[Block]) -> Layout {
        let mut lengths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
        lengths.sort_unstable();
        let width = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
        // Lines that end in the middle of a sentence and go on in small letters are wrapped ones.
        let pairs = lines.windows(2).filter(|pair| !ends_clause(&pair[0].text) && starts_lower(&pair[1].text));
        let (mut broken, mut spaced) = (0usize, 0usize);
        for pair in pairs {
            broken += 1;
            spaced += usize::from(pair[1].gap_before);
        }
        Layout {
            wrapped: broken * 10 >= lines.len() && width <= 200,
            double_spaced: spaced * 2 > broken,
            width: width.max(1),
        }
    }
}
