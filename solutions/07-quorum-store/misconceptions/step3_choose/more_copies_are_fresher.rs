//! Believes: the more copies there are, the sooner a read meets a new one.
//! Seen in: replication factors that are raised after a complaint about old data.
//! Rejected by: baskets_are_quick_and_fresh_enough
//! Must hear: how many of the copies have the write when its client is told so, and what share of all is that?

use designs::quorum_store::{Claim, Expect, Limit, Plan, Quantity, Repair, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        basket: Settings { copies: 5, read: 1, write: 1, repair: Repair::Never },
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
