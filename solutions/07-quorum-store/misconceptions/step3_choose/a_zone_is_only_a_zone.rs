//! Believes: with two of three zones left, two thirds of everything goes on.
//! Seen in: settings that make R = 3 of 3 copies “to be sure”.
//! Rejected by: baskets_go_on_without_a_zone
//! Must hear: of which copy does an operation that awaits every answer have to hear?

use designs::quorum_store::{Claim, Expect, Limit, Plan, Quantity, Repair, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        basket: Settings { copies: 3, read: 3, write: 1, repair: Repair::Never },
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
