//! Another way: reads mend the baskets, hints mend the rest, and the claim is about the speed of writes.

use designs::quorum_store::{Claim, Expect, Limit, Plan, Quantity, Repair, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        basket: Settings { copies: 3, read: 2, write: 1, repair: Repair::AfterReads },
        prices: Settings { copies: 3, read: 1, write: 3, repair: Repair::Hints },
        history: Settings { copies: 2, read: 1, write: 1, repair: Repair::Hints },
        claim: Claim {
            binding: Limit::WriteDelay,
            expects: [
                Expect::ReadsP999(ms(1), ms(2)),
                Expect::StaleAtOnce(percent(19), percent(29)),
            ],
            reverses_when: (Quantity::WriteDelayPercent, 50.0),
        },
    }
}
