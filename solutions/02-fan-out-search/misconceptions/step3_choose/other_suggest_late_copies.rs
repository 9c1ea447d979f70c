//! Outside the catalogue: suggestions with a late second request.
//! Rejected by: suggestions_come_while_the_user_types

use designs::fan_out_search::{Claim, Expect, Hedge, Limit, Plan, Quantity, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        web_search: Settings { hedge: Hedge::After { delay: ms(20), budget: percent(6) }, deadline: ms(1_000) },
        suggestions: Settings { hedge: Hedge::After { delay: ms(18), budget: percent(100) }, deadline: ms(26) },
        archive: Settings { hedge: Hedge::Never, deadline: ms(290) },
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
