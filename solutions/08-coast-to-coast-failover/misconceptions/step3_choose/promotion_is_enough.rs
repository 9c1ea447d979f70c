//! Believes: a promotion moves the writes.
//! Seen in: runbooks in which the last step is to promote; GitHub 2018 tells what the old primary still took.
//! Rejected by: the_chat_bounds_what_a_long_cut_strands
//! Must hear: who moved the East's own users, while nothing from elsewhere reached them?

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, Time, secs};

pub fn answer() -> Plan {
    Plan {
        ledger: Settings { promote_after: secs(115), freeze_after: secs(105), max_lag: secs(5) },
        chat: Settings { promote_after: secs(11), freeze_after: Time::MAX, max_lag: secs(5) },
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
