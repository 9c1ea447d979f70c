//! Believes: the best setting belongs to the technique and not to the service.
//! Seen in: client libraries with one hedging default for every call.
//! Rejected by: suggestions_come_while_the_user_types
//! Must hear: what does this service promise, and what has it to spare, that the other has not?

use designs::fan_out_search::{Claim, Expect, Hedge, Limit, Plan, Quantity, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        web_search: Settings { hedge: Hedge::After { delay: ms(20), budget: percent(6) }, deadline: ms(1_000) },
        suggestions: Settings { hedge: Hedge::After { delay: ms(20), budget: percent(6) }, deadline: ms(1_000) },
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
