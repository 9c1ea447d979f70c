//! Believes: what is acknowledged can be read.
//! Seen in: designs that write to a log and read from what is built of it, with one word, "saved", for both.
//! Rejected by: customs_see_the_last_scan
//! Must hear: who has the scan when the depot gets its receipt, and who answers the officer?

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, percent};

pub fn answer() -> Plan {
    Plan {
        depots: Choice { proposal: Proposal::Regions, partitions: 70, cache_copies: 2 },
        customs: Choice { proposal: Proposal::Regions, partitions: 70, cache_copies: 2 },
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
