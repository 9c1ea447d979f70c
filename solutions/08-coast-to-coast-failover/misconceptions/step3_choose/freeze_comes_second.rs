//! Believes: it is enough that both things happen, in whatever order.
//! Seen in: time-outs of two teams that were never laid side by side.
//! Rejected by: the_ledger_never_writes_on_two_coasts
//! Must hear: what does each coast do between your promotion and your freeze?

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, secs};

pub fn answer() -> Plan {
    Plan {
        ledger: Settings { promote_after: secs(115), freeze_after: secs(135), max_lag: secs(5) },
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
