//! Believes: what is bad shows in the average.
//! Seen in: dashboards of the whole service, beside which chapter 16 of the Site Reliability Workbook puts the canary's own.
//! Rejected by: limits_rows_that_do_not_suit_one_region
//! Must hear: whose requests are in your number, and how few of them can fail for it to look well?

use designs::data_rollout::{Answer, Claim, Expect, Limit, Next, Policy, Quantity, Seen, hours, percent};

#[derive(Default)]
pub struct Rollout {}

impl Policy for Rollout {
    fn next(&mut self, seen: &Seen) -> Next {
        if seen.changed.down > seen.changed.machines / 2 {
            return Next::UseLastGood;
        }
        if seen.changed.errors > seen.unchanged.errors + percent(2) {
            return Next::Rollback;
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
