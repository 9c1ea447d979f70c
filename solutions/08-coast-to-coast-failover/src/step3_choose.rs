//! Step 3 · choose: the tool is one; what a stranded write costs decides its waits.

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, secs};

/// Settings for two services.
pub fn answer() -> Plan {
    Plan {
        // Both waits outlast the longest cut in the record, so that nothing changes or halts in it, and ten seconds lie between
        // them: in a longer cut writes are stranded, and never are there two coasts that take them.
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
