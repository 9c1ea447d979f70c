//! Believes: to stop writing is the safe side, so it costs nothing.
//! Seen in: leases of a few seconds on primaries whose successor waits for minutes.
//! Rejected by: the_ledger_has_one_history_after_a_long_cut
//! Must hear: against what does a freeze protect before anybody has been promoted?

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, secs};

pub fn answer() -> Plan {
    Plan {
        ledger: Settings { promote_after: secs(120), freeze_after: secs(5), max_lag: secs(5) },
        chat: Settings { promote_after: secs(11), freeze_after: secs(8), max_lag: secs(5) },
        claim: Claim {
            binding: Limit::FreezeWait,
            expects: [
                Expect::DownInCut(secs(22), secs(42)),
                Expect::StrandedInCut(2_400, 4_600),
            ],
            reverses_when: (Quantity::OutageLength, 13.0),
        },
    }
}
