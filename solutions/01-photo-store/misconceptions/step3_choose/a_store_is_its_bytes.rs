//! Believes: machines that hold the photos can also read them.
//! Seen in: storage bought by the terabyte; the reverse is reported in Pan and others 2021, section 2.1.
//! Rejected by: the_photos_bear_their_bad_hour
//! Must hear: how many times a second must one of your disks move its arm, and how many times can it?

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 3, copies: 3, memory: gb(8) },
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
