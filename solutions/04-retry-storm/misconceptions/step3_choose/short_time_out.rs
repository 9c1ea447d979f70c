//! Believes: whoever stops waiting early loses nothing.
//! Seen in: one default time-out for users and for jobs by night.
//! Rejected by: the_batch_gets_everything_done
//! Must hear: how long is the wait when the stall ends, and how long may this item take?

use designs::retry_storm::{Claim, Expect, Limit, NO_BOUND, Plan, Quantity, Settings, ms, percent, secs};

pub fn answer() -> Plan {
    Plan {
        checkout: Settings { queue: 250, time_out: ms(1_000), tries: 3, retry_limit: percent(10), calls: 1 },
        feed: Settings { queue: 20, time_out: ms(400), tries: 1, retry_limit: percent(10), calls: 1 },
        batch: Settings { queue: NO_BOUND, time_out: secs(1), tries: 4, retry_limit: percent(100), calls: 1 },
        claim: Claim {
            binding: Limit::TimeOut,
            expects: [
                Expect::UsersP99(ms(900), ms(1_500)),
                Expect::ExtraTries(percent(1.5), percent(3)),
            ],
            reverses_when: (Quantity::StallSeconds, 0.95),
        },
    }
}
