//! Believes: a limit for each request limits the load.
//! Seen in: settings of two or three tries without a limit over all requests.
//! Rejected by: the_checkout_comes_back_from_a_stall
//! Must hear: how many requests need a retry on a good day, and how many when nothing is answered?

use designs::retry_storm::{Claim, Expect, Limit, NO_BOUND, Plan, Quantity, Settings, ms, percent, secs};

pub fn answer() -> Plan {
    Plan {
        checkout: Settings { queue: 250, time_out: ms(1_000), tries: 3, retry_limit: percent(100), calls: 1 },
        feed: Settings { queue: 20, time_out: ms(400), tries: 1, retry_limit: percent(10), calls: 1 },
        batch: Settings { queue: NO_BOUND, time_out: secs(30), tries: 4, retry_limit: percent(100), calls: 1 },
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
