//! Believes: the machines that were counted are all there when it matters.
//! Seen in: sizing each of two regions for its half of the load, and calling the other one its backup.
//! Rejected by: depots_scan_while_a_region_is_away
//! Must hear: which loss did the brief tell you to expect, and who does the work of what is lost?

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, percent};

pub fn answer() -> Plan {
    Plan {
        depots: Choice { proposal: Proposal::Regions, partitions: 36, cache_copies: 2 },
        customs: Choice { proposal: Proposal::Zones, partitions: 70, cache_copies: 2 },
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
