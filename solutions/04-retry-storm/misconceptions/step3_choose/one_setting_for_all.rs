//! Believes: good settings belong to the technique and not to the service.
//! Seen in: one company-wide client library with one set of defaults.
//! Rejected by: the_feed_is_there_when_the_page_is
//! Must hear: how long is an answer worth waiting for in this service, and in the checkout?

use designs::retry_storm::{Claim, Expect, Limit, Plan, Quantity, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        checkout: Settings { queue: 250, time_out: ms(1_000), tries: 3, retry_limit: percent(10), calls: 1 },
        feed: Settings { queue: 250, time_out: ms(1_000), tries: 3, retry_limit: percent(10), calls: 1 },
        batch: Settings { queue: 250, time_out: ms(1_000), tries: 3, retry_limit: percent(10), calls: 1 },
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
