//! Outside the catalogue: an expectation that cannot be wrong.
//! Rejected by: the_claim_about_the_photos_holds

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 6, copies: 3, memory: gb(8) },
        archive: Choice { layout: Layout::Needles, machines: 16, copies: 2, memory: gb(4) },
        album: Choice { layout: Layout::Files, machines: 2, copies: 2, memory: gb(8) },
        claim: Claim {
            binding: Resource::Operations,
            expects: [
                Expect::Price(dollars(10_000), dollars(90_000)),
                Expect::BadHourBusy(percent(65), percent(75)),
            ],
            reverses_when: (Quantity::Pods, 6.7),
        },
    }
}
