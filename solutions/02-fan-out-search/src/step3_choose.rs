//! Step 3 · choose: the mechanism is one; what a service promises, and has to spare, decides its settings.

use designs::fan_out_search::{Claim, Expect, Hedge, Limit, Plan, Quantity, Settings, ms, percent};

/// Settings for three services.
pub fn answer() -> Plan {
    Plan {
        // Just beyond the leaf's p95, so that an ordinary day needs under 5 %; the limit is for the day that is not ordinary.
        web_search: Settings { hedge: Hedge::After { delay: ms(20), budget: percent(6) }, deadline: ms(1_000) },
        // Capacity is there to be used: ask early, and send what there is while the page still listens.
        suggestions: Settings { hedge: Hedge::After { delay: ms(10), budget: percent(100) }, deadline: ms(26) },
        // A copy waits for the same disks. What shortens the tail here is to stop waiting for it.
        archive: Settings { hedge: Hedge::Never, deadline: ms(290) },
        claim: Claim {
            // Both copies of a late request are in the leaf's tail; more slots or a faster network change little.
            binding: Limit::LeafTail,
            expects: [
                Expect::UsersP99(ms(45), ms(85)),
                Expect::ExtraRequests(percent(3.5), percent(6)),
            ],
            // One leaf answers 99 % within 40 ms and needs no copies; of two, the slower one's p99 is the leaf's p99.5: 100 ms.
            reverses_when: (Quantity::Leaves, 2.0),
        },
    }
}
