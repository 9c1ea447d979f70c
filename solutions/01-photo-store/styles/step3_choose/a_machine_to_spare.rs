//! Another way: a machine more for the photos and the archive, and a third copy of the album, which its price allows.

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, ms, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 7, copies: 3, memory: gb(16) },
        archive: Choice { layout: Layout::Needles, machines: 17, copies: 2, memory: gb(4) },
        album: Choice { layout: Layout::Files, machines: 3, copies: 3, memory: gb(8) },
        claim: Claim {
            binding: Resource::Operations,
            expects: [
                Expect::OrdinaryP99(ms(22), ms(42)),
                Expect::BadHourBusy(percent(53), percent(63)),
            ],
            reverses_when: (Quantity::Pods, 7.0),
        },
    }
}
