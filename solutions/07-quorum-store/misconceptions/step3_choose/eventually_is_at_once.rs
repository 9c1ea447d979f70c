//! Believes: by the time anybody looks, the copies are equal.
//! Seen in: defaults of R = W = 1 that nobody measured.
//! Rejected by: baskets_are_quick_and_fresh_enough
//! Must hear: how long is a write on its way to the slower copies, and how long does your reader wait?

use designs::quorum_store::{Claim, Expect, Limit, Plan, Quantity, Repair, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        basket: Settings { copies: 3, read: 1, write: 1, repair: Repair::Hints },
        prices: Settings { copies: 3, read: 1, write: 3, repair: Repair::Never },
        history: Settings { copies: 2, read: 1, write: 1, repair: Repair::Hints },
        claim: Claim {
            binding: Limit::WriteDelay,
            expects: [
                Expect::WritesP999(ms(8), ms(14)),
                Expect::StaleAtOnce(percent(19), percent(29)),
            ],
            reverses_when: (Quantity::ReadAfterMs, 20.0),
        },
    }
}
