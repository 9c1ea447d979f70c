//! Outside the catalogue: a chat that waits for 25 s.
//! Rejected by: the_chat_is_back_after_a_loss

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, secs};

pub fn answer() -> Plan {
    Plan {
        ledger: Settings { promote_after: secs(115), freeze_after: secs(105), max_lag: secs(5) },
        chat: Settings { promote_after: secs(25), freeze_after: secs(8), max_lag: secs(5) },
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
