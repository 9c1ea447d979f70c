//! Step 3 · choose: the tool is one; what a stranded write costs decides its waits.

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, secs};

/// Settings for two services.
pub fn answer() -> Plan {
    Plan {
        // Longer than any cut that may not cost a write, with ten seconds between the freeze and the promotion.
        ledger: Settings { promote_after: secs(115), freeze_after: secs(105), max_lag: secs(5) },
        // Back in 15 s means going soon; the freeze bounds what that strands.
        chat: Settings { promote_after: secs(11), freeze_after: secs(8), max_lag: secs(5) },
        claim: Claim {
            // The East's own users write until the freeze; lag, delay and promotion hardly matter.
            binding: Limit::FreezeWait,
            expects: [
                Expect::DownInCut(secs(22), secs(42)),
                Expect::StrandedInCut(2_400, 4_600),
            ],
            // Waiting refuses what comes in 13 s; promoting refuses 11 s and a half, and strands 150 writes.
            reverses_when: (Quantity::OutageLength, 13.0),
        },
    }
}
