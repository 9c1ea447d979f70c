//! Believes: more memory always makes a store faster.
//! Seen in: reflex of database tuning; behind an edge cache further caching was found to help little (Beaver and others 2010).
//! Rejected by: the_photos_are_there_at_the_daily_peak
//! Must hear: what is in the memory that you bought, once the whole index is?

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 6, copies: 3, memory: gb(192) },
        archive: Choice { layout: Layout::Needles, machines: 16, copies: 2, memory: gb(4) },
        album: Choice { layout: Layout::Files, machines: 2, copies: 2, memory: gb(8) },
        claim: Claim {
            binding: Resource::Operations,
            expects: [
                Expect::Price(dollars(40_000), dollars(60_000)),
                Expect::BadHourBusy(percent(65), percent(75)),
            ],
            reverses_when: (Quantity::Pods, 6.7),
        },
    }
}
