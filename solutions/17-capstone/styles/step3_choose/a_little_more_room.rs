//! Another way: a few partitions more, and other reasons.

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, percent};

pub fn answer() -> Plan {
    Plan {
        depots: Choice { proposal: Proposal::Regions, partitions: 78, cache_copies: 2 },
        customs: Choice { proposal: Proposal::Zones, partitions: 78, cache_copies: 2 },
        claim: Claim {
            binding: Currency::Operations,
            expects: [
                Expect::Bill(dollars(100_000), dollars(150_000)),
                Expect::ReadsWithoutARegion(percent(83), percent(92)),
            ],
            reverses_when: (Quantity::HoursAway, 1.8),
        },
    }
}
