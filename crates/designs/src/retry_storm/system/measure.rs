//! What is measured about a run: counts second by second, and the users' times.

use sim::{Latencies, Time, ms, secs};

/// Length of a [`Slice`].
pub const SLICE: Time = secs(1);
/// Slices that are looked at together when the question is whether users are served again: 5 s.
pub const WINDOW: usize = 5;
/// Share of its users that a window must serve to count as well.
pub const WELL: f64 = 0.99;

/// What happened in one second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// Requests that users made in this second.
    pub requests: u64,
    /// Of these, the ones that need a shard that is not dead.
    pub good: u64,
    /// Of all, the ones that succeeded while the user still waited.
    pub succeeded: u64,
    /// First tries that left in this second.
    pub first_tries: u64,
    /// Retries that left in this second.
    pub retries: u64,
    /// Tries on which the dependency ended its work in this second.
    pub served: u64,
    /// Answers that came in this second to a caller who still waited for them.
    pub useful: u64,
    /// Tries that a full queue refused in this second.
    pub queue_full: u64,
    /// First tries that policies held back in this second.
    pub held_back: u64,
    /// Of these, the ones that needed a shard that is not dead.
    pub good_held_back: u64,
    /// Tries that arrived in this second and on which work has begun since.
    pub begun: u64,
    /// How long these waited for that, in all, in microseconds.
    pub waits_us: u64,
}

impl Slice {
    /// Adds another's counts.
    pub fn merge(&mut self, o: &Slice) {
        self.requests += o.requests;
        self.good += o.good;
        self.succeeded += o.succeeded;
        self.first_tries += o.first_tries;
        self.retries += o.retries;
        self.served += o.served;
        self.useful += o.useful;
        self.queue_full += o.queue_full;
        self.held_back += o.held_back;
        self.good_held_back += o.good_held_back;
        self.begun += o.begun;
        self.waits_us += o.waits_us;
    }

    /// Tries that left in this second.
    pub fn tries(&self) -> u64 {
        self.first_tries + self.retries
    }
}

/// What was measured, over one run or several.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Runs in it.
    pub runs: u64,
    /// Second by second, all runs together.
    pub slices: Vec<Slice>,
    /// How long users waited who were served, of the requests made in the judged span.
    pub users: Latencies,
    /// Retries that were asked for with a pause of less than [`AT_ONCE`].
    pub at_once: u64,
    /// The most tries of one request.
    pub most_tries: u32,
}

/// A pause shorter than this is none.
pub const AT_ONCE: Time = ms(20);

impl Totals {
    /// Adds another run's counts.
    pub fn merge(&mut self, other: &Totals) {
        self.runs += other.runs;
        if self.slices.len() < other.slices.len() {
            self.slices.resize(other.slices.len(), Slice::default());
        }
        for (sum, one) in self.slices.iter_mut().zip(&other.slices) {
            sum.merge(one);
        }
        self.users.merge(&other.users);
        self.at_once += other.at_once;
        self.most_tries = self.most_tries.max(other.most_tries);
    }

    /// The counts from one second (included) to another (excluded), together.
    pub fn span(&self, from: Time, to: Time) -> Slice {
        let index = |t: Time| (t.as_ns() / SLICE.as_ns()) as usize;
        let mut sum = Slice::default();
        for slice in self.slices.iter().take(index(to)).skip(index(from)) {
            sum.merge(slice);
        }
        sum
    }

    /// Share of the users of a span who were served, 0 to 1.
    pub fn success(&self, from: Time, to: Time) -> f64 {
        let s = self.span(from, to);
        ratio(s.succeeded, s.requests)
    }

    /// Tries a request in a span.
    pub fn tries_per_request(&self, from: Time, to: Time) -> f64 {
        let s = self.span(from, to);
        ratio(s.tries(), s.requests)
    }

    /// The most tries that left in any [`WINDOW`] of a span, for each request that was made in it.
    pub fn peak_tries(&self, from: Time, to: Time) -> f64 {
        self.windows(from, to)
            .map(|(_, w)| ratio(w.tries(), w.requests))
            .fold(0.0, f64::max)
    }

    /// How long after `from` it takes until every window up to `to` is well. `None` when the last one is not.
    pub fn well_after(&self, from: Time, to: Time) -> Option<Time> {
        let mut well = Some(Time::ZERO);
        for (begin, window) in self.windows(from, to) {
            if ratio(window.succeeded, window.requests) < WELL {
                well = None;
            } else if well.is_none() {
                well = Some(begin - from);
            }
        }
        well
    }

    /// The windows of a span, one begun each second, each with its begin.
    fn windows(&self, from: Time, to: Time) -> impl Iterator<Item = (Time, Slice)> {
        let length = SLICE * WINDOW as u64;
        (0..)
            .map(move |i| from + SLICE * i)
            .take_while(move |begin| *begin + length <= to)
            .map(move |begin| (begin, self.span(begin, begin + length)))
    }
}

/// A part of a whole; 0 when there is no whole.
pub fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(succeeded: &[u64]) -> Totals {
        let slices =
            succeeded
                .iter()
                .map(|&s| Slice { requests: 100, succeeded: s, first_tries: 100, ..Slice::default() });
        Totals { runs: 1, slices: slices.collect(), ..Totals::default() }
    }

    #[test]
    fn well_again_is_the_begin_of_the_first_window_after_the_last_bad_one() {
        let t = seconds(&[100, 100, 0, 0, 100, 100, 100, 100, 100, 100, 100]);
        assert_eq!(t.well_after(secs(2), secs(11)), Some(secs(2)));
        assert_eq!(t.well_after(secs(4), secs(11)), Some(Time::ZERO));
        let relapse = seconds(&[100, 100, 100, 100, 100, 100, 90, 100, 100, 100, 100, 100]);
        assert_eq!(relapse.well_after(secs(0), secs(12)), Some(secs(7)));
        assert_eq!(relapse.well_after(secs(0), secs(11)), None);
    }

    #[test]
    fn spans_take_their_first_second_and_leave_their_last() {
        let t = seconds(&[1, 2, 4, 8]);
        assert_eq!(t.span(secs(1), secs(3)).succeeded, 6);
        assert_eq!(t.span(secs(3), secs(99)).succeeded, 8);
        assert_eq!(t.success(secs(0), secs(2)), 0.015);
        assert_eq!(t.peak_tries(secs(0), secs(4)), 0.0, "no window of five seconds fits");
    }
}
