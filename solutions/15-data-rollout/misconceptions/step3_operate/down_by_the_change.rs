//! Believes: a changed machine that is down is down because of the change.
//! Seen in: gates that compare errors with the rest of the fleet and count machines against a fixed limit.
//! Rejected by: lets_a_good_change_through_on_a_restless_day
//! Must hear: how many of the machines without the change are down at that time?

use designs::data_rollout::{Answer, Claim, Expect, Limit, Next, Policy, Quantity, Seen, hours, percent};

#[derive(Default)]
pub struct Rollout {}

impl Policy for Rollout {
    fn next(&mut self, seen: &Seen) -> Next {
        if seen.changed.down > seen.changed.machines / 10 {
            return Next::UseLastGood;
        }
        for region in &seen.regions {
            if region.errors > seen.unchanged.errors + percent(3) {
                return Next::Rollback;
            }
        }
        if seen.in_stage >= hours(4) && seen.reads >= 20 {
            return Next::Advance;
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
