//! Believes: a fault shows as soon as the change is there.
//! Seen in: canaries of ten minutes for every kind of change.
//! Rejected by: limits_rows_that_wear_machines_out
//! Must hear: which of the faults in the brief needs longer than you waited?

use designs::data_rollout::{Answer, Claim, Expect, Limit, Next, Policy, Quantity, Seen, hours, minutes, percent};

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
        if seen.in_stage >= minutes(10) {
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
