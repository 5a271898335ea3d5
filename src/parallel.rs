//! Threads: who runs what, in which order results come back, how work is stopped and how far it got.
//!
//! [`Workers`] owns the threads of one operation and nothing outlives it: there is no global pool, so a process may fork
//! before, after or between operations. Work is cut by its *content* (documents, bytes, rows), never by the number of
//! threads, and results come back in the order of the work; whatever is built from them is therefore the same for any
//! number of threads.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::error::{Error, Result};

/// Shared between an operation and whoever waits for it: a wish to stop, and how much is done.
#[derive(Debug, Default)]
pub struct Signal {
    cancelled: AtomicBool,
    is_part: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Signal {
    /// Asks the operation to stop at its next check.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Fails once somebody has asked to stop. Called often by long loops.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Cancelled`].
    pub fn check(&self) -> Result<()> {
        if self.cancelled.load(Ordering::Relaxed) { Err(Error::cancelled()) } else { Ok(()) }
    }

    /// Announces the amount of work ahead, in whatever unit the operation counts, and starts at zero.
    pub fn begin(&self, total: u64) {
        if !self.is_part.load(Ordering::Relaxed) {
            self.done.store(0, Ordering::Relaxed);
            self.total.store(total, Ordering::Relaxed);
        }
    }

    /// Records finished work.
    pub fn advance(&self, amount: u64) {
        if !self.is_part.load(Ordering::Relaxed) {
            self.done.fetch_add(amount, Ordering::Relaxed);
        }
    }

    /// Runs one step of a larger operation, which announces and records work by itself: what the step announces and
    /// records is left out.
    pub fn part<R>(&self, step: impl FnOnce() -> R) -> R {
        self.is_part.store(true, Ordering::Relaxed);
        let result = step();
        self.is_part.store(false, Ordering::Relaxed);
        result
    }

    /// Work done and work in all; `(0, 0)` before an operation has announced any.
    pub fn progress(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// Results of one thread with the numbers of their items.
type Finished<R> = Mutex<Vec<(usize, Result<R>)>>;

/// More threads than this are a mistake, and the system would starve before it refuses.
const MOST_THREADS: usize = 1024;

/// The threads of one operation.
#[derive(Debug)]
pub struct Workers {
    pool: Option<rayon::ThreadPool>,
    n_threads: usize,
    signal: Arc<Signal>,
}

impl Workers {
    /// Workers for one operation; `None` means one thread for each processor this process may use.
    ///
    /// # Errors
    /// `n_threads` of zero, or a system that refuses to start threads.
    pub fn new(n_threads: Option<usize>, signal: Arc<Signal>) -> Result<Self> {
        let n_threads = match n_threads {
            Some(n) if n == 0 || n > MOST_THREADS => {
                let allowed = format!("1 to {MOST_THREADS}, or None for all processors");
                return Err(Error::parameter("n_threads", n, allowed));
            }
            Some(n) => n,
            None => std::thread::available_parallelism().map_or(1, usize::from),
        };
        let pool = if n_threads == 1 {
            None
        } else {
            let builder = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
            let builder = builder.thread_name(|i| format!("kolloc-{i}"));
            Some(builder.build().map_err(Error::system)?)
        };
        Ok(Self { pool, n_threads, signal })
    }

    /// The calling thread alone.
    pub fn serial() -> Self {
        Self { pool: None, n_threads: 1, signal: Arc::default() }
    }

    /// Number of threads that work at the same time.
    pub fn n_threads(&self) -> usize {
        self.n_threads
    }

    /// The signal shared with whoever waits.
    pub fn signal(&self) -> &Signal {
        &self.signal
    }

    /// Results of `work` on each item, in the order of the items.
    ///
    /// # Errors
    /// The first error in the order of the items, or [`crate::ErrorKind::Cancelled`].
    pub fn map<T, R>(&self, items: Vec<T>, work: impl Fn(T) -> Result<R> + Sync) -> Result<Vec<R>>
    where
        T: Send,
        R: Send,
    {
        let mut states = vec![(); self.n_threads];
        self.map_with(&mut states, items, |(), item| work(item))
    }

    /// Like [`Workers::map`], each thread with a state of its own that survives the call.
    ///
    /// At most `states.len()` threads work. Which items meet which state depends on timing; whatever is kept in a state
    /// must therefore not depend on it. Each thread takes items in increasing order.
    ///
    /// # Errors
    /// As [`Workers::map`].
    pub fn map_with<S, T, R>(
        &self,
        states: &mut [S],
        items: Vec<T>,
        work: impl Fn(&mut S, T) -> Result<R> + Sync,
    ) -> Result<Vec<R>>
    where
        S: Send,
        T: Send,
        R: Send,
    {
        if states.is_empty() {
            return Err(Error::system("no worker state"));
        }
        let Some(pool) = self.pool.as_ref().filter(|_| items.len() > 1 && states.len() > 1) else {
            let state = &mut states[0];
            return items.into_iter().map(|item| self.signal.check().and_then(|()| work(state, item))).collect();
        };
        let n_items = items.len();
        let queue: Vec<Mutex<Option<T>>> = items.into_iter().map(|item| Mutex::new(Some(item))).collect();
        let next = AtomicUsize::new(0);
        let failed = AtomicBool::new(false);
        let finished: Vec<Finished<R>> = states.iter().map(|_| Mutex::new(Vec::new())).collect();
        pool.scope(|scope| {
            for (state, finished) in states.iter_mut().zip(&finished) {
                let (queue, next, failed, work) = (&queue, &next, &failed, &work);
                scope.spawn(move |_| {
                    let mut results = Vec::new();
                    while !failed.load(Ordering::Relaxed) {
                        let i = next.fetch_add(1, Ordering::Relaxed);
                        let Some(slot) = queue.get(i) else { break };
                        let Some(item) = take(slot) else { break };
                        let result = self.signal.check().and_then(|()| work(state, item));
                        failed.fetch_or(result.is_err(), Ordering::Relaxed);
                        results.push((i, result));
                    }
                    *lock(finished) = results;
                });
            }
        });
        let mut all: Vec<(usize, Result<R>)> = finished.into_iter().flat_map(into_inner).collect();
        all.sort_unstable_by_key(|(i, _)| *i);
        let results: Vec<R> = all.into_iter().map(|(_, result)| result).collect::<Result<_>>()?;
        debug_assert_eq!(results.len(), n_items);
        Ok(results)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn take<T>(slot: &Mutex<Option<T>>) -> Option<T> {
    lock(slot).take()
}

fn into_inner<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Cuts `0..weights.len()` into consecutive ranges of at least one item and, where possible, about `target` weight each.
///
/// Depends on the weights alone, never on the number of threads.
pub fn ranges_by_weight(n: usize, weight: impl Fn(usize) -> u64, target: u64) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut sum = 0;
    for i in 0..n {
        sum += weight(i);
        if sum >= target {
            ranges.push(start..i + 1);
            start = i + 1;
            sum = 0;
        }
    }
    if start < n {
        ranges.push(start..n);
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_back_in_the_order_of_the_items() {
        for n_threads in [1, 2, 3, 8] {
            let workers = Workers::new(Some(n_threads), Arc::default()).unwrap();
            let squares = workers.map((0..1000u64).collect(), |x| Ok(x * x)).unwrap();
            assert_eq!(squares, (0..1000u64).map(|x| x * x).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_error_is_reported_and_a_cancelled_signal_stops_the_work() {
        let workers = Workers::new(Some(2), Arc::default()).unwrap();
        let work = |x: usize| if x >= 7 { Err(Error::document(x, "no")) } else { Ok(x) };
        assert!(workers.map((0..100).collect(), work).is_err());
        workers.signal().cancel();
        let error = workers.map(vec![1, 2, 3], Ok).unwrap_err();
        assert_eq!(error.kind(), &crate::ErrorKind::Cancelled);
    }

    #[test]
    fn the_progress_of_a_part_is_left_to_the_whole() {
        let signal = Signal::default();
        signal.begin(10);
        let result = signal.part(|| {
            signal.begin(3);
            signal.advance(3);
            7
        });
        signal.advance(4);
        assert_eq!((result, signal.progress()), (7, (4, 10)));
    }

    #[test]
    fn zero_threads_are_refused() {
        let error = Workers::new(Some(0), Arc::default()).unwrap_err();
        assert_eq!(error.to_string(), "n_threads must be 1 to 1024, or None for all processors, got 0");
    }

    #[test]
    fn ranges_cover_everything_once() {
        assert_eq!(ranges_by_weight(5, |i| [1, 9, 1, 1, 1][i], 3), vec![0..2, 2..5]);
        assert_eq!(ranges_by_weight(0, |_| 1, 3), Vec::<std::ops::Range<usize>>::new());
        assert_eq!(ranges_by_weight(3, |_| 0, 3), vec![0..3]);
    }
}
