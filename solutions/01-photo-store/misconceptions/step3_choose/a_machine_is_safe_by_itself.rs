//! Believes: redundant disks inside a machine are redundancy enough.
//! Seen in: "it is on RAID"; Haystack has RAID-6 and three machines (Beaver and others 2010, sections 4.1.2 and 4.4.1).
//! Rejected by: the_photos_bear_their_bad_hour
//! Must hear: what fails besides a disk, and what does it take with it?

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 6, copies: 1, memory: gb(8) },
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
