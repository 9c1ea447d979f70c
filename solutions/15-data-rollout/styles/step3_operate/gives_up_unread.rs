//! Another way: a change whose rows nobody reads within 20 hours is taken back; it was never tried.

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
        if seen.since_start >= hours(20) && seen.reads == 0 {
            return Next::Rollback;
        }
        if seen.in_stage >= hours(4) && seen.reads > 0 {
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
        expects: [Expect::CrashHarm(0.06, 0.12), Expect::LeakHarm(0.14, 0.28)],
        reverses_when: (Quantity::LeakHours, 8.0),
    }
}
