//! Ctrl-C, as a flag that long work looks at.

use std::sync::atomic::{AtomicBool, Ordering};

/// What a signal handler and the work it interrupts share.
#[derive(Debug, Default)]
pub struct Interrupts {
    wanted: AtomicBool,
    watched: AtomicBool,
    ending: AtomicBool,
}

impl Interrupts {
    /// Returns the state before any signal; usable as a `static`.
    pub const fn new() -> Interrupts {
        Interrupts { wanted: AtomicBool::new(false), watched: AtomicBool::new(false), ending: AtomicBool::new(false) }
    }

    /// Notes a signal. Returns whether the program should end at once: nothing watches the flag, or it has been asked
    /// before and the user is impatient.
    pub fn signal(&self) -> bool {
        self.wanted.swap(true, Ordering::SeqCst) || !self.watched.load(Ordering::SeqCst)
    }

    /// Says that work begins that ends itself when the flag is raised, and returns the flag.
    pub fn watch(&self) -> &AtomicBool {
        self.ending.store(false, Ordering::SeqCst);
        self.watched.store(true, Ordering::SeqCst);
        &self.wanted
    }

    /// Says that nothing is waited for any more: the work writes what it has and ends.
    pub fn end(&self) {
        self.ending.store(true, Ordering::SeqCst);
    }

    /// Whether work that was asked to end still waits for something: a disk may never answer.
    pub fn is_waiting(&self) -> bool {
        let [wanted, watched, ending] =
            [&self.wanted, &self.watched, &self.ending].map(|flag| flag.load(Ordering::SeqCst));
        wanted && watched && !ending
    }

    /// Says that the work is over: a signal ends the program at once again.
    pub fn unwatch(&self) {
        self.watched.store(false, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_signal_asks_and_the_second_insists() {
        let interrupts = Interrupts::new();
        let flag = interrupts.watch();
        assert!(!interrupts.signal());
        assert!(flag.load(Ordering::SeqCst));
        assert!(interrupts.signal());
    }

    #[test]
    fn who_waits_after_a_signal_is_told_from_who_ends() {
        let interrupts = Interrupts::new();
        interrupts.watch();
        assert!(!interrupts.is_waiting());
        interrupts.signal();
        assert!(interrupts.is_waiting());
        interrupts.end();
        assert!(!interrupts.is_waiting());
    }

    #[test]
    fn a_signal_ends_what_does_not_watch() {
        let interrupts = Interrupts::new();
        assert!(interrupts.signal());
        let interrupts = Interrupts::new();
        interrupts.watch();
        interrupts.unwatch();
        assert!(interrupts.signal());
    }
}
