//! Believes: a copy that is back soon has what the others have.
//! Seen in: “eventually consistent” taken for a mechanism.
//! Rejected by: the_history_is_right_again_when_the_zone_is_back
//! Must hear: who still knows which writes the lost copies never saw?

use designs::quorum_store::{Claim, Expect, Limit, Plan, Quantity, Repair, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        basket: Settings { copies: 3, read: 2, write: 1, repair: Repair::Never },
        prices: Settings { copies: 3, read: 1, write: 3, repair: Repair::Never },
        history: Settings { copies: 2, read: 1, write: 1, repair: Repair::Never },
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
