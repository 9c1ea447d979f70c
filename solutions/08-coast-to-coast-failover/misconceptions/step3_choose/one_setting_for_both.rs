//! Believes: the best setting belongs to the tool and not to the brief.
//! Seen in: one failover configuration for a whole fleet of clusters.
//! Rejected by: the_ledger_has_one_history_after_a_long_cut
//! Must hear: what does this service lose by waiting that the other does not, and what by going?

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, secs};

pub fn answer() -> Plan {
    Plan {
        ledger: Settings { promote_after: secs(11), freeze_after: secs(8), max_lag: secs(5) },
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
