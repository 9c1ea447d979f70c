//! Counts over the last few seconds.

use sim::Time;

/// Parts in which a window forgets.
const PARTS: u64 = 20;

/// What a balancer counted of one server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that were answered.
    pub answers: u32,
    /// Requests that failed: an error, or no reply in time.
    pub errors: u32,
    /// Time that all of these took, together.
    pub time: Time,
}

impl Counts {
    /// Adds another's counts.
    pub fn add(&mut self, o: &Counts) {
        self.answers += o.answers;
        self.errors += o.errors;
        self.time += o.time;
    }

    fn take(&mut self, o: &Counts) {
        self.answers -= o.answers;
        self.errors -= o.errors;
        self.time -= o.time;
    }
}

/// Counts over a window of time, forgotten a twentieth of it at a time.
#[derive(Clone, Debug)]
pub(super) struct Window {
    part: Time,
    parts: [Counts; PARTS as usize],
    sum: Counts,
    /// Number of the part that is being filled, counted from the start of the run.
    at: u64,
}

impl Window {
    /// An empty window of this length.
    pub(super) fn new(length: Time) -> Window {
        let part = (length / PARTS).max(sim::ns(1));
        Window { part, parts: [Counts::default(); PARTS as usize], sum: Counts::default(), at: 0 }
    }

    /// The counts up to now.
    pub(super) fn counts(&mut self, now: Time) -> Counts {
        let at = now.as_ns() / self.part.as_ns();
        if at - self.at >= PARTS {
            *self = Window { at, ..Window::new(self.part * PARTS) };
        }
        while self.at < at {
            self.at += 1;
            let old = std::mem::take(&mut self.parts[(self.at % PARTS) as usize]);
            self.sum.take(&old);
        }
        self.sum
    }

    /// Counts one reply, or one that did not come.
    pub(super) fn count(&mut self, now: Time, one: &Counts) {
        self.counts(now);
        self.parts[(self.at % PARTS) as usize].add(one);
        self.sum.add(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim::{ms, secs};

    #[test]
    fn a_window_forgets_what_is_older_than_it_is_long() {
        let mut w = Window::new(secs(10));
        let one = Counts { answers: 1, errors: 0, time: ms(3) };
        for s in 0..30 {
            w.count(secs(s), &one);
        }
        assert_eq!(w.counts(secs(29)), Counts { answers: 10, errors: 0, time: ms(30) });
        assert_eq!(w.counts(secs(34)).answers, 5);
        assert_eq!(w.counts(secs(300)), Counts::default());
        w.count(secs(300), &one);
        assert_eq!(w.counts(secs(309)).answers, 1);
        assert_eq!(w.counts(secs(310)).answers, 0);
    }
}
