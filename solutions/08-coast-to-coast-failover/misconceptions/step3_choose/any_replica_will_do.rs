//! Believes: a replica is a copy.
//! Seen in: failover tools whose limit on the lag of a candidate is off by default; orchestrator documents such a switch.
//! Rejected by: the_chat_refuses_a_stale_replica
//! Must hear: how old may a copy be before leading with it costs more than waiting?

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, secs};

pub fn answer() -> Plan {
    Plan {
        ledger: Settings { promote_after: secs(115), freeze_after: secs(105), max_lag: secs(5) },
        chat: Settings { promote_after: secs(11), freeze_after: secs(8), max_lag: secs(60) },
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
