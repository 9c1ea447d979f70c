//! Believes: data only has to arrive; code is what has to be watched on its way.
//! Seen in: content and configuration that go to the whole fleet at once while programs go in stages; CrowdStrike's review of July 2024 says so of itself.
//! Rejected by: limits_rows_that_crash_machines
//! Must hear: what does your rollout look at between the first machine and the last?

use designs::data_rollout::{Answer, Claim, Expect, Limit, Next, Policy, Quantity, Seen, hours, percent};

#[derive(Default)]
pub struct Rollout {}

impl Policy for Rollout {
    fn next(&mut self, seen: &Seen) -> Next {
        Next::Advance
    }
}

pub fn answer() -> Answer {
    Box::new(Rollout::default())
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Rollback,
        expects: [Expect::CrashHarm(0.06, 0.12), Expect::Everywhere(hours(9), hours(16))],
        reverses_when: (Quantity::DeadlineHours, 12.0),
    }
}
