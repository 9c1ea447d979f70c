//! What is measured about a run.

use sim::{Latencies, Time, secs};

/// Length of a slice.
pub(super) const SLICE: Time = secs(1);

/// What became of the requests of one second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// Requests that users made.
    pub requests: u64,
    /// Of these, the ones that were answered in time.
    pub answered: u64,
}

/// What was measured, over one run or several.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Runs in it.
    pub runs: u64,
    /// Requests of the judged span.
    pub requests: u64,
    /// Of these, answered in time.
    pub answered: u64,
    /// Answered with an error.
    pub errors: u64,
    /// Not answered within the time-out.
    pub timed_out: u64,
    /// Not sent to any server, since every weight was zero.
    pub turned_away: u64,
    /// Requests of the judged span that each server was sent.
    pub sent: Vec<u64>,
    /// Of these, the ones that failed.
    pub lost: Vec<u64>,
    /// How long users waited who were answered.
    pub users: Latencies,
    /// Second by second, over the whole run.
    pub slices: Vec<Slice>,
    /// Work begun in the judged span.
    pub worked: Time,
    /// Length of the judged span, as far as the run has come.
    pub span: Time,
}

impl Totals {
    /// Adds another run's counts.
    pub fn merge(&mut self, o: &Totals) {
        self.runs += o.runs;
        self.requests += o.requests;
        self.answered += o.answered;
        self.errors += o.errors;
        self.timed_out += o.timed_out;
        self.turned_away += o.turned_away;
        add(&mut self.sent, &o.sent);
        add(&mut self.lost, &o.lost);
        self.users.merge(&o.users);
        if self.slices.len() < o.slices.len() {
            self.slices.resize(o.slices.len(), Slice::default());
        }
        for (sum, one) in self.slices.iter_mut().zip(&o.slices) {
            sum.requests += one.requests;
            sum.answered += one.answered;
        }
        self.worked += o.worked;
        self.span += o.span;
    }

    /// Share of the users who got an error, or no answer in time, 0 to 1.
    pub fn failed(&self) -> f64 {
        ratio(self.errors + self.timed_out + self.turned_away, self.decided())
    }

    /// Share of the users who were answered in time.
    pub fn served(&self) -> f64 {
        ratio(self.answered, self.decided())
    }

    /// Requests of which it is known how they ended.
    fn decided(&self) -> u64 {
        self.answered + self.errors + self.timed_out + self.turned_away
    }

    /// Share of the requests that one server was sent, 0 to 1.
    pub fn share(&self, server: usize) -> f64 {
        ratio(self.sent.get(server).copied().unwrap_or(0), self.sent.iter().sum())
    }

    /// Slots at work, on average over the judged span.
    pub fn busy_slots(&self) -> f64 {
        self.worked.as_secs() / self.span.as_secs().max(1e-9)
    }

    /// Share of the users of a span of whole seconds who were answered in time.
    pub fn served_between(&self, from: Time, to: Time) -> f64 {
        let index = |t: Time| (t.as_ns() / SLICE.as_ns()) as usize;
        let seconds = self.slices.iter().take(index(to)).skip(index(from));
        let (mut answered, mut requests) = (0, 0);
        for s in seconds {
            answered += s.answered;
            requests += s.requests;
        }
        ratio(answered, requests)
    }
}

fn add(sum: &mut Vec<u64>, more: &[u64]) {
    sum.resize(sum.len().max(more.len()), 0);
    for (s, m) in sum.iter_mut().zip(more) {
        *s += m;
    }
}

/// One count over another; zero when there is nothing to divide.
pub fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_over_runs() {
        let one = Totals { sent: vec![1, 3], answered: 3, errors: 1, requests: 4, ..Totals::default() };
        let mut sum = one.clone();
        sum.merge(&Totals { sent: vec![4], answered: 4, requests: 4, ..Totals::default() });
        assert_eq!((sum.share(0), sum.share(1), sum.share(9)), (0.625, 0.375, 0.0));
        assert_eq!((sum.failed(), sum.served()), (0.125, 0.875));
    }

    #[test]
    fn spans_take_their_first_second_and_leave_their_last() {
        let slices = [1, 2, 4].map(|answered| Slice { requests: 4, answered });
        let t = Totals { slices: slices.into(), ..Totals::default() };
        assert_eq!(t.served_between(secs(1), secs(2)), 0.5);
        assert_eq!(t.served_between(secs(1), secs(9)), 0.75);
    }
}
