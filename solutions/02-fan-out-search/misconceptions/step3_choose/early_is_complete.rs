//! Believes: an answer that leaves early is as good as a full one.
//! Seen in: deadlines set to the promised latency and nothing else.
//! Rejected by: web_search_keeps_its_promise
//! Must hear: which of a query's hundred answers comes last, and did you wait for it?

use designs::fan_out_search::{Claim, Expect, Hedge, Limit, Plan, Quantity, Settings, ms, percent};

pub fn answer() -> Plan {
    Plan {
        web_search: Settings { hedge: Hedge::After { delay: ms(20), budget: percent(6) }, deadline: ms(24) },
        suggestions: Settings { hedge: Hedge::After { delay: ms(10), budget: percent(100) }, deadline: ms(26) },
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
