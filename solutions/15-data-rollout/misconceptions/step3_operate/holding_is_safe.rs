//! Believes: a change that waits does no harm.
//! Seen in: freezes without an end.
//! Rejected by: lets_a_good_change_through
//! Must hear: who waits for this change, and what would you have to see to let it go on?

use designs::data_rollout::{Answer, Claim, Expect, Limit, Next, Policy, Quantity, Seen, hours, percent};

#[derive(Default)]
pub struct Rollout {}

impl Policy for Rollout {
    fn next(&mut self, seen: &Seen) -> Next {
        if seen.changed.down > seen.changed.machines / 2 {
            return Next::UseLastGood;
        }
        for region in &seen.regions {
            if region.errors > seen.unchanged.errors + percent(3) {
                return Next::Rollback;
            }
        }
        Next::Hold
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
