//! Outside the catalogue: machines for twice the bad hour.
//! Rejected by: the_photos_are_there_at_the_daily_peak

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 12, copies: 3, memory: gb(8) },
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
