//! Believes: one copy more costs nothing.
//! Seen in: three copies as a rule for everything; warm content went from 3.6 to 2.1 bytes a byte (Muralidhar and others 2014, abstract).
//! Rejected by: the_archive_keeps_its_pictures_for_little
//! Must hear: which disks would stand empty without that copy?

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 6, copies: 3, memory: gb(8) },
        archive: Choice { layout: Layout::Needles, machines: 24, copies: 3, memory: gb(8) },
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
