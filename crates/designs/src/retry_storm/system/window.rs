//! Counts over the last ten seconds.

use crate::retry_storm::policy::Counts;
use sim::{Time, ms};

/// Length of one slot of a window.
const SLOT: Time = ms(500);
/// Slots of a window: 10 s.
const SLOTS: usize = 20;

/// Counts over the last ten seconds, forgotten half a second at a time.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    slots: [Counts; SLOTS],
    sum: Counts,
    /// Number of the slot that is being filled, counted from the start of the run.
    at: u64,
}

impl Window {
    /// The counts over the last ten seconds.
    pub(super) fn counts(&mut self, now: Time) -> Counts {
        let at = now.as_ns() / SLOT.as_ns();
        if at - self.at >= SLOTS as u64 {
            *self = Window { at, ..Window::default() };
        }
        while self.at < at {
            self.at += 1;
            let old = std::mem::take(&mut self.slots[self.at as usize % SLOTS]);
            self.sum.first_tries -= old.first_tries;
            self.sum.retries -= old.retries;
            self.sum.successes -= old.successes;
            self.sum.failures -= old.failures;
        }
        self.sum
    }

    /// Adds to one of the counts.
    pub(super) fn add(&mut self, now: Time, which: impl Fn(&mut Counts) -> &mut u32) {
        self.counts(now);
        *which(&mut self.slots[self.at as usize % SLOTS]) += 1;
        *which(&mut self.sum) += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim::secs;

    #[test]
    fn a_window_forgets_what_is_older_than_ten_seconds() {
        let mut w = Window::default();
        for s in 0..30 {
            w.add(secs(s), |c| &mut c.failures);
        }
        assert_eq!(w.counts(secs(29)).failures, 10);
        assert_eq!(w.counts(secs(34)).failures, 5);
        assert_eq!(w.counts(secs(300)), Counts::default());
        w.add(secs(300), |c| &mut c.retries);
        assert_eq!(w.counts(secs(309)), Counts { retries: 1, ..Counts::default() });
        assert_eq!(w.counts(secs(310)), Counts::default());
    }
}
