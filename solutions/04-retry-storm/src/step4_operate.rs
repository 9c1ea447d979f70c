//! Step 4 · operate: a limit on retries that fits into the room to spare, and is never nothing.

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

/// Needs no memory: the process counts for it.
#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, _: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        // A tenth of the first tries: 40 of the 100 tries/s to spare. “At most” and not “less than”, so that a quiet process, whose
        // tenth is nothing, may retry once.
        if seen.tries < 3 && seen.process.retries <= seen.process.first_tries / 10 {
            // A short random pause costs nothing and keeps processes from trying in step.
            return Next::Retry(ms(100).scale(seen.random));
        }
        Next::GiveUp
    }
}

/// Hands in a fresh policy.
pub fn answer() -> Answer {
    Box::new(Retrier::default())
}

/// The reasons.
pub fn claim() -> Claim {
    Claim {
        // A tenth more capacity nearly doubles what is to spare, and the backlog shrinks by that alone.
        binding: Limit::Capacity,
        expects: [
            // 400 × 1.1 × 10 s wait at the end; 500 − 440 a second are worked off.
            Expect::WellAgain(secs(52), secs(100)),
            Expect::ServedWithErrors(percent(83), percent(92)),
        ],
        // Four tries a request fit into 500 tries/s up to 125 requests/s.
        reverses_when: (Quantity::RequestsPerSecond, 125.0),
    }
}
