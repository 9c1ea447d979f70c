//! Believes: the owner's limit is for ordinary days.
//! Seen in: capacity plans that hold a limit of use against last month's graph, on which nothing was lost.
//! Rejected by: machines_keep_the_owners_rule_after_a_loss
//! Must hear: for which hour does the brief set that limit, and which machines are there then?

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, percent};

pub fn answer() -> Plan {
    Plan {
        depots: Choice { proposal: Proposal::Regions, partitions: 52, cache_copies: 2 },
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
