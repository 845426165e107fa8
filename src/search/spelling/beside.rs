//! Which of several words was meant, by the words beside it: "solitary" for "soliery" beside "confinement", not "society".

use std::cell::OnceCell;

use tantivy::TERMINATED;

use crate::index::open::Reader;
use crate::query::lower::Form;
use crate::query::parse::plain_tokens;
use crate::search::cursor::Cursor;

/// Candidates that are weighed, and how much less than the best one another may be worth at first.
const MOST_WEIGHED: usize = 8;
const MOST_BEHIND: f32 = 6.0;
/// Words beside them that are asked, the rarest ones.
const MOST_BESIDE: usize = 6;
/// Units of a candidate that are looked at.
const MOST_UNITS: u32 = 256;
/// Units without any word beside that are added to those of a candidate: two that met once may have met by chance.
const DOUBT: f32 = 20.0;
/// Share of all units in which a word stands at least: a rarer one tells no more.
const RAREST: f32 = 0.01;

/// The words of a query that the index holds and that are no stop words.
pub(super) struct Beside<'a> {
    reader: &'a Reader,
    /// Their stems.
    pub held: &'a [String],
    /// Stems of words that others were mended to.
    mended: Vec<String>,
    /// The rarest of them, with their share of all units.
    telling: OnceCell<Vec<(String, f32)>>,
}

impl<'a> Beside<'a> {
    pub fn new(reader: &'a Reader, held: &'a [String]) -> Beside<'a> {
        Beside { reader, held, mended: Vec::new(), telling: OnceCell::new() }
    }

    /// Adds words that others were mended to.
    pub fn and(&self, mended: Vec<String>) -> Beside<'a> {
        Beside { mended, ..Beside::new(self.reader, self.held) }
    }

    /// Adds to the value of candidates how much more often than other units theirs hold one of the words, as a logarithm.
    pub fn weigh(&self, candidates: &mut Vec<(String, f32)>) -> tantivy::Result<()> {
        candidates.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        candidates.dedup_by(|left, right| left.0 == right.0);
        let least = candidates.first().map_or(0.0, |(_, value)| value - MOST_BEHIND);
        if candidates.get(1).is_none_or(|(_, value)| *value < least) {
            return Ok(());
        }
        for (word, value) in candidates.iter_mut().take(MOST_WEIGHED).filter(|(_, value)| *value >= least) {
            *value += self.association(word)?;
        }
        Ok(())
    }

    /// Leaves the candidates whose units hold one of the words so many times more often than others, as a logarithm.
    pub fn keep_bound(&self, candidates: &mut Vec<(String, f32)>, least: f32) -> tantivy::Result<()> {
        let mut bound = Vec::new();
        for (word, value) in candidates.drain(..).take(MOST_WEIGHED) {
            let association = self.association(&word)?;
            if association >= least {
                bound.push((word, value + association));
            }
        }
        *candidates = bound;
        Ok(())
    }

    fn telling(&self) -> tantivy::Result<&[(String, f32)]> {
        if let Some(known) = self.telling.get() {
            return Ok(known);
        }
        let all = self.reader.searcher.num_docs().max(1) as f32;
        let mut words = Vec::new();
        for stem in self.held.iter().chain(&self.mended) {
            let units = self.reader.frequency(self.reader.fields.text, stem)?;
            if units > 0 {
                words.push((stem.clone(), (units as f32 / all).max(RAREST)));
            }
        }
        words.sort_by(|left, right| left.1.total_cmp(&right.1));
        words.truncate(MOST_BESIDE);
        Ok(self.telling.get_or_init(|| words))
    }

    /// Returns the logarithm of how many times more often the word most bound to another one stands in its units than in
    /// all.
    fn association(&self, word: &str) -> tantivy::Result<f32> {
        let tokens = plain_tokens(word);
        let [token] = tokens.as_slice() else { return Ok(0.0) };
        let (reader, beside) = (self.reader, self.telling()?);
        let mut together = vec![0u32; beside.len()];
        let mut seen = 0;
        for (ord, _) in reader.parts() {
            let open = |stem: &str| Cursor::open(&Form::Term(stem.to_owned()), reader.fields.text, reader.part(ord));
            let Some(mut units) = open(&token.text)? else { continue };
            let mut others = Vec::with_capacity(beside.len());
            for (stem, _) in beside {
                others.push(open(stem)?);
            }
            while seen < MOST_UNITS && units.doc() != TERMINATED {
                seen += 1;
                for (times, other) in together.iter_mut().zip(&mut others) {
                    *times += u32::from(other.as_mut().is_some_and(|other| other.stands_in(units.doc())));
                }
                units.advance();
            }
        }
        let bound = |(times, (_, share)): (&u32, &(String, f32))| {
            ((*times as f32 + DOUBT * share) / (seen as f32 + DOUBT) / share).ln()
        };
        // A word that was mended says nothing for itself.
        let others = together.iter().zip(beside).filter(|(_, (stem, _))| *stem != token.text);
        Ok(others.map(bound).fold(0.0, f32::max))
    }
}
