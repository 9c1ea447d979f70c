//! Another way: the first stage bears the whole wait; what it has shown is known for the later ones.

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
        if seen.stage == 1 && (seen.in_stage < hours(5) || seen.reads < 20) {
            return Next::Hold;
        }
        if seen.in_stage >= minutes(30) {
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
        expects: [Expect::LeakHarm(0.14, 0.28), Expect::Everywhere(hours(4), hours(8))],
        reverses_when: (Quantity::DeadlineHours, 6.0),
    }
}
