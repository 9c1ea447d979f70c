//! Believes: two copies are two chances.
//! Seen in: availability sums that multiply; Dean and Barroso 2013 state the condition after table 2.
//! Rejected by: the_archive_spares_its_disks
//! Must hear: what do the two copies have in common on the day that one of them is slow?

use designs::fan_out_search::{Claim, Expect, Hedge, Limit, Plan, Quantity, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        web_search: Settings { hedge: Hedge::After { delay: ms(20), budget: percent(6) }, deadline: ms(1_000) },
        suggestions: Settings { hedge: Hedge::After { delay: ms(10), budget: percent(100) }, deadline: ms(26) },
        archive: Settings { hedge: Hedge::After { delay: ms(20), budget: percent(6) }, deadline: ms(290) },
        claim: Claim {
            binding: Limit::LeafTail,
            expects: [
                Expect::UsersP99(ms(45), ms(85)),
                Expect::ExtraRequests(percent(3.5), percent(6)),
            ],
            reverses_when: (Quantity::Leaves, 2.0),
        },
    }
}
