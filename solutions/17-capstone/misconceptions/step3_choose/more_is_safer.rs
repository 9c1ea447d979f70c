//! Believes: what is not needed today will be of use one day.
//! Seen in: budgets that are spent at the end of a year.
//! Rejected by: the_depots_busiest_hour_is_paid_for
//! Must hear: for which hour of which day did you buy the last fifty machines?

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, percent};

pub fn answer() -> Plan {
    Plan {
        depots: Choice { proposal: Proposal::Regions, partitions: 190, cache_copies: 2 },
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
