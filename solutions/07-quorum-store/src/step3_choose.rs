//! Step 3 · choose: what each service may not do decides it.

use designs::quorum_store::{Claim, Expect, Limit, Plan, Quantity, Repair, Settings, ms, percent};

/// Take the limits one by one: a time bounds W or R from above, a staleness from below, a zone by what is left.
pub fn answer() -> Plan {
    Plan {
        // W = 1 for the time, R = 2 for freshness; with R = 3 a lost zone would stop the reads.
        basket: Settings { copies: 3, read: 2, write: 1, repair: Repair::Never },
        // Only R = 1 is quick enough, so every copy has a price before it counts; no price changes without a zone.
        prices: Settings { copies: 3, read: 1, write: 3, repair: Repair::Never },
        // Two copies outlive a zone, and somebody must remember what the lost one missed.
        history: Settings { copies: 2, read: 1, write: 1, repair: Repair::Hints },
        claim: Claim {
            // All copies are on their way at once: only the way there decides who is late.
            binding: Limit::WriteDelay,
            expects: [
                Expect::WritesP999(ms(8), ms(14)),
                Expect::StaleAtOnce(percent(19), percent(29)),
            ],
            // After 20 ms about 1.4 % are stale with one answer, just below the limit.
            reverses_when: (Quantity::ReadAfterMs, 20.0),
        },
    }
}
