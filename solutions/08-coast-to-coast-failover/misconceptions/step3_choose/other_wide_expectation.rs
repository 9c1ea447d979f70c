//! Outside the catalogue: an expectation too wide to be wrong.
//! Rejected by: the_claim_about_the_chat_holds

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, secs};

pub fn answer() -> Plan {
    Plan {
        ledger: Settings { promote_after: secs(115), freeze_after: secs(105), max_lag: secs(5) },
        chat: Settings { promote_after: secs(11), freeze_after: secs(8), max_lag: secs(5) },
        claim: Claim {
            binding: Limit::FreezeWait,
            expects: [
                Expect::DownInCut(secs(10), secs(60)),
                Expect::StrandedInCut(2_400, 4_600),
            ],
            reverses_when: (Quantity::OutageLength, 13.0),
        },
    }
}
