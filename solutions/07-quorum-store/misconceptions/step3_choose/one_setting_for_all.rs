//! Believes: the best setting belongs to the store and not to what is stored.
//! Seen in: stores that are set up once, with N = 3 and quorums, for every team.
//! Rejected by: baskets_are_quick_and_fresh_enough
//! Must hear: which of the three would notice a stale read, which a slow write, and which a refused one?

use designs::quorum_store::{Claim, Expect, Limit, Plan, Quantity, Repair, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        basket: Settings { copies: 3, read: 2, write: 2, repair: Repair::Never },
        prices: Settings { copies: 3, read: 2, write: 2, repair: Repair::Never },
        history: Settings { copies: 3, read: 2, write: 2, repair: Repair::Never },
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
