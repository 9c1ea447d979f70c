//! Step 3 · choose: the sentence decides which, the loss decides how many, and the caches must survive it too.

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, percent};

/// Two decisions, and a claim.
pub fn answer() -> Plan {
    Plan {
        // One region: (30,000 misses + 2 × 6,000 writes) ÷ (2 machines × 500 × 60 %) = 70 partitions. With one cache copy the other
        // region would lack half of the hot answers, eight times its misses.
        depots: Choice { proposal: Proposal::Regions, partitions: 70, cache_copies: 2 },
        // Two zones: the same sum. One place that knows the last scan; a zone less leaves every answer in another zone's cache.
        customs: Choice { proposal: Proposal::Zones, partitions: 70, cache_copies: 2 },
        claim: Claim {
            binding: Currency::Operations,
            expects: [
                Expect::Bill(dollars(95_000), dollars(140_000)),
                // Half of the depots wait for the switch: 30 of 120 s.
                Expect::ScansWithoutARegion(percent(83), percent(92)),
            ],
            // B costs about $15,000 a month more; A stops the depots for four hours a year. 12 × 15,000 ÷ 4.
            reverses_when: (Quantity::HourWithoutScans, 45_000.0),
        },
    }
}
