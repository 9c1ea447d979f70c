//! Believes: a terabyte of old photos is read as often as one of new photos.
//! Seen in: one machine type for a whole site; new content gets a hundred times the requests (Muralidhar and others 2014, section 3).
//! Rejected by: the_archive_keeps_its_pictures_for_little
//! Must hear: how many reads a second does a terabyte of this service want, and how many does it get?

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 6, copies: 3, memory: gb(8) },
        archive: Choice { layout: Layout::Needles, machines: 40, copies: 2, memory: gb(8) },
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
