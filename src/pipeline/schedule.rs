//! Work in parallel, results in order, memory bounded.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// How many results may wait for an earlier one.
const WINDOW: usize = 64;
/// Stack of a worker: some formats nest deeply.
const STACK: usize = 16 << 20;

/// Results that are done and not yet taken, and the next one to take.
struct Shared<R> {
    done: BTreeMap<usize, R>,
    next: usize,
    stopped: bool,
    working: usize,
}

/// Applies `work` to every item on all cores and hands the results to `take` in the order of the items, on this thread.
/// No more items are begun once `interrupted` is set or `take` returns `false`; what was done until then is still taken.
pub fn in_order<I: Sync, R: Send>(
    items: &[I],
    work: impl Fn(&I) -> R + Sync,
    interrupted: &AtomicBool,
    mut take: impl FnMut(&I, R) -> bool,
) {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let workers = cores.min(items.len());
    let cursor = AtomicUsize::new(0);
    let shared = Mutex::new(Shared { done: BTreeMap::new(), next: 0, stopped: false, working: workers });
    let changed = Condvar::new();
    let lock = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    let run_worker = || {
        // Dropped even when the work panics, so that the taker never waits for a worker that is gone.
        let _leaving = Leaving(|| {
            lock().working -= 1;
            changed.notify_all();
        });
        loop {
            let index = cursor.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return };
            let mut state = lock();
            while index >= state.next + WINDOW && !state.stopped {
                state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            if state.stopped || interrupted.load(Ordering::Relaxed) {
                return;
            }
            drop(state);
            let result = work(item);
            lock().done.insert(index, result);
            changed.notify_all();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let spawned = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run_worker);
            if spawned.is_err() {
                lock().working -= 1;
            }
        }
        loop {
            let mut state = lock();
            let ready = loop {
                let next = state.next;
                if let Some(result) = state.done.remove(&next) {
                    break Some(result);
                }
                if state.working == 0 {
                    break None;
                }
                state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            };
            let Some(result) = ready else { break };
            let index = state.next;
            state.next += 1;
            drop(state);
            changed.notify_all();
            if let Some(item) = items.get(index)
                && !take(item, result)
            {
                lock().stopped = true;
                changed.notify_all();
                break;
            }
        }
    });
}

struct Leaving<F: Fn()>(F);

impl<F: Fn()> Drop for Leaving<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let items: Vec<u64> = (0..500).collect();
        let mut taken = Vec::new();
        let work = |item: &u64| {
            std::thread::sleep(std::time::Duration::from_micros((item * 7919) % 50));
            item * 2
        };
        in_order(&items, work, &AtomicBool::new(false), |item, result| {
            taken.push((*item, result));
            true
        });
        assert_eq!(taken, items.iter().map(|item| (*item, item * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn an_interrupt_leaves_a_beginning_without_gaps() {
        let items: Vec<usize> = (0..10_000).collect();
        let interrupted = AtomicBool::new(false);
        let mut taken = Vec::new();
        in_order(
            &items,
            |item| *item,
            &interrupted,
            |item, _| {
                taken.push(*item);
                if *item == 20 {
                    interrupted.store(true, Ordering::Relaxed);
                }
                true
            },
        );
        assert!(taken.len() < items.len() && taken.iter().copied().eq(0..taken.len()), "{}", taken.len());
    }

    #[test]
    fn a_refusal_ends_the_work() {
        let items: Vec<usize> = (0..10_000).collect();
        let done = AtomicUsize::new(0);
        in_order(&items, |_| done.fetch_add(1, Ordering::Relaxed), &AtomicBool::new(false), |item, _| *item < 3);
        assert!(done.load(Ordering::Relaxed) < 500);
    }

    #[test]
    fn nothing_to_do() {
        in_order(&[] as &[u8], |item| *item, &AtomicBool::new(false), |_, _| panic!("nothing to take"));
    }
}
