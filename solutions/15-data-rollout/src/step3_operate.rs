//! Step 3 · operate: compare, look at each part, wait for what the change needs, and choose the way back by who can take it.

use designs::data_rollout::{Answer, Claim, Expect, Limit, Next, Policy, Quantity, Seen, hours, percent};

/// Needs no memory.
#[derive(Default)]
pub struct Rollout {}

impl Policy for Rollout {
    fn next(&mut self, seen: &Seen) -> Next {
        // A machine that is down reports no errors and takes no rollback; it looks at the switch when it starts. A few are down on any day,
        // more on a restless one; rows that crash machines take down all that read them.
        if seen.changed.down > seen.changed.machines / 2 {
            return Next::UseLastGood;
        }
        // Each region by itself, against machines without the change: a spike is in both, and a small region in no average.
        for region in &seen.regions {
            if region.errors > seen.unchanged.errors + percent(3) {
                return Next::Rollback;
            }
        }
        // Longer than the slowest known fault, and not before somebody has read the rows; two hours and a few reads would do here too.
        if seen.in_stage >= hours(4) && seen.reads >= 20 {
            return Next::Advance;
        }
        Next::Hold
    }
}

/// Hands in a fresh policy.
pub fn answer() -> Answer {
    Box::new(Rollout::default())
}

/// The reasons.
pub fn claim() -> Claim {
    Claim {
        // Found within one look, then half an hour until the old rows are there: most of the harm falls into that.
        binding: Limit::Rollback,
        expects: [
            // A hundredth of the fleet, five minutes to the look and a few to the next start.
            Expect::CrashHarm(0.06, 0.12),
            Expect::Everywhere(hours(9), hours(16)),
        ],
        // Three stages of four hours.
        reverses_when: (Quantity::DeadlineHours, 12.0),
    }
}
