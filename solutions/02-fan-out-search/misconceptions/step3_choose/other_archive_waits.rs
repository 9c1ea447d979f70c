//! Outside the catalogue: an archive that waits for its disks.
//! Rejected by: the_archive_spares_its_disks

use designs::fan_out_search::{Claim, Expect, Hedge, Limit, Plan, Quantity, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        web_search: Settings { hedge: Hedge::After { delay: ms(20), budget: percent(6) }, deadline: ms(1_000) },
        suggestions: Settings { hedge: Hedge::After { delay: ms(10), budget: percent(100) }, deadline: ms(26) },
        archive: Settings { hedge: Hedge::Never, deadline: ms(1_000) },
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
