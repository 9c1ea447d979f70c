//! Believes: the store should bear every read that a cache may lose.
//! Seen in: reviews that call any dependence on a cache a fault, whatever it costs to do without.
//! Rejected by: customs_see_the_last_scan
//! Must hear: which is cheaper: to keep an answer in memory twice, or to keep machines that could find it again?

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, percent};

pub fn answer() -> Plan {
    Plan {
        depots: Choice { proposal: Proposal::Regions, partitions: 70, cache_copies: 2 },
        customs: Choice { proposal: Proposal::Zones, partitions: 280, cache_copies: 1 },
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
