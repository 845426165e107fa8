//! Entries on their way to the threads that write them: so many at a time that memory does not grow with the corpus.
//!
//! tantivy takes ten thousand batches before it lets the giver wait. A batch here is a whole file: on a busy machine all
//! entries of a large corpus would stand in memory.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::Document;

/// Bytes of text that may wait; an entry takes about three times its text.
const MOST_WAITING: usize = 8 << 20;
/// How long to wait for a writing thread that takes nothing. It has most likely failed, which the next call says.
const PATIENCE: Duration = Duration::from_secs(120);

/// Counts the bytes of text that wait.
#[derive(Debug, Default)]
pub(super) struct Gate {
    waiting: Mutex<usize>,
    taken: Condvar,
}

impl Gate {
    /// Returns the entries of a file with so many bytes of text as soon as there is room for them. A file that is larger
    /// than all the room waits until it is alone.
    pub fn admit(self: &Arc<Gate>, entries: Vec<TantivyDocument>, text: usize) -> Vec<Entry> {
        let share = text.div_ceil(entries.len().max(1));
        let full = |waiting: &mut usize| *waiting > 0 && *waiting + text > MOST_WAITING;
        let waiting = self.taken.wait_timeout_while(self.lock(), PATIENCE, full);
        let (mut waiting, _) = waiting.unwrap_or_else(PoisonError::into_inner);
        *waiting += share * entries.len();
        let share = || Share { gate: Arc::clone(self), bytes: share };
        entries.into_iter().map(|document| Entry { document, _share: share() }).collect()
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An entry of the index that waits to be written.
#[derive(Debug)]
pub(super) struct Entry {
    document: TantivyDocument,
    _share: Share,
}

/// What an entry takes of the room; given back when it is taken up, or dropped unwritten.
#[derive(Debug)]
struct Share {
    gate: Arc<Gate>,
    bytes: usize,
}

impl Drop for Share {
    fn drop(&mut self) {
        *self.gate.lock() -= self.bytes;
        self.gate.taken.notify_all();
    }
}

impl Document for Entry {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{TryRecvError, channel};

    fn file(entries: usize) -> Vec<TantivyDocument> {
        vec![TantivyDocument::default(); entries]
    }

    #[test]
    fn files_wait_until_there_is_room() {
        let gate = Arc::new(Gate::default());
        let first = gate.admit(file(3), MOST_WAITING / 2);
        let second = gate.admit(file(1), MOST_WAITING / 2 - 8);
        let (sender, receiver) = channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let third = gate.admit(file(2), MOST_WAITING / 2);
                sender.send(third.len()).expect("a receiver");
            });
            assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
            drop(second);
            first.into_iter().for_each(|entry| drop(entry.into_tantivy_document()));
            assert_eq!(receiver.recv(), Ok(2));
        });
        assert_eq!(*gate.lock(), 0, "all room is given back");
    }

    #[test]
    fn a_file_larger_than_the_room_goes_alone() {
        let gate = Arc::new(Gate::default());
        let huge = gate.admit(file(2), 3 * MOST_WAITING);
        assert_eq!(huge.len(), 2);
        drop(huge);
        assert!(gate.admit(file(0), 0).is_empty());
        assert_eq!(*gate.lock(), 0);
    }
}
