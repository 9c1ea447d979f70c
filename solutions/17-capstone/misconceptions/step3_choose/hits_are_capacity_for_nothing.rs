//! Believes: a hit rate is a property of the readers, and stays when machines go.
//! Seen in: sizing a store by the misses of last month; both proposals do it on their pages.
//! Rejected by: customs_and_readers_do_without_a_zone
//! Must hear: of ten reads, how many did the lost caches answer, and who answers them now?

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, percent};

pub fn answer() -> Plan {
    Plan {
        depots: Choice { proposal: Proposal::Regions, partitions: 70, cache_copies: 2 },
        customs: Choice { proposal: Proposal::Zones, partitions: 70, cache_copies: 1 },
        claim: Claim {
            binding: Currency::Operations,
            expects: [
                Expect::Bill(dollars(95_000), dollars(140_000)),
                Expect::ScansWithoutARegion(percent(83), percent(92)),
            ],
            reverses_when: (Quantity::HourWithoutScans, 45_000.0),
        },
    }
}
