//! Believes: the better machine is the better choice, whatever the size of the site.
//! Seen in: designs of large sites copied by small ones, without the number of machines over which they are spread.
//! Rejected by: the_album_is_what_a_club_can_pay
//! Must hear: over how many machines is the work of writing it spread?

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

pub fn answer() -> Plan {
    Plan {
        photos: Choice { layout: Layout::Needles, machines: 6, copies: 3, memory: gb(8) },
        archive: Choice { layout: Layout::Needles, machines: 16, copies: 2, memory: gb(4) },
        album: Choice { layout: Layout::Needles, machines: 2, copies: 2, memory: gb(8) },
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
