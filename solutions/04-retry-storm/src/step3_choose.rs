//! Step 3 · choose: a place in the queue is worth as much as the answer still is when its turn comes.

use designs::retry_storm::{Claim, Expect, Limit, NO_BOUND, Plan, Quantity, Settings, ms, percent, secs};

/// Settings for three services.
pub fn answer() -> Plan {
    Plan {
        // Half a second of work in the queue, half of the time-out; one layer retries, within a tenth.
        checkout: Settings { queue: 250, time_out: ms(1_000), tries: 3, retry_limit: percent(10), calls: 1 },
        // After 400 ms nobody looks: no time to wait in a queue, and none for a second try.
        feed: Settings { queue: 20, time_out: ms(400), tries: 1, retry_limit: percent(10), calls: 1 },
        // Nobody waits: queue up the whole stall, and be patient for longer than the queue lasts.
        batch: Settings { queue: NO_BOUND, time_out: secs(30), tries: 4, retry_limit: percent(100), calls: 1 },
        claim: Claim {
            // The slowest in a hundred are the lost ones: they wait for the time-out and then start again.
            binding: Limit::TimeOut,
            expects: [
                Expect::UsersP99(ms(900), ms(1_500)),
                Expect::ExtraTries(percent(1.5), percent(3)),
            ],
            // 400 a second fill a queue of 250 in 0.6 s; up to about a second what waits beyond that is still answered in time.
            reverses_when: (Quantity::StallSeconds, 0.95),
        },
    }
}
