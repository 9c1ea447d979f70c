//! Believes: ten points of hit rate are about ten per cent of load.
//! Seen in: capacity plans that add a margin to the peak; a miss rate is what a back end sees.
//! Rejected by: the_photos_bear_their_bad_hour
//! Must hear: of a hundred requests, how many missed before, and how many miss now?

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 4, copies: 3, memory: gb(8) },
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
