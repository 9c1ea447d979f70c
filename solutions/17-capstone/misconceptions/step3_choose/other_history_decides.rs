//! Outside the catalogue: a quantity that turns nothing.
//! Rejected by: the_claim_about_the_depots_holds

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, percent};

pub fn answer() -> Plan {
    Plan {
        depots: Choice { proposal: Proposal::Regions, partitions: 70, cache_copies: 2 },
        customs: Choice { proposal: Proposal::Zones, partitions: 70, cache_copies: 2 },
        claim: Claim {
            binding: Currency::Operations,
            expects: [
                Expect::Bill(dollars(95_000), dollars(140_000)),
                Expect::ScansWithoutARegion(percent(83), percent(92)),
            ],
            reverses_when: (Quantity::HistoryDays, 90.0),
        },
    }
}
