//! Step 3 · choose: three needs, one of which decides; which one is the workload's business.

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, percent};

/// What to buy for three services.
pub fn answer() -> Plan {
    Plan {
        // 4,200 reads/s ÷ (100 × 70 %) = 60 disks, on five machines, and one that may be gone. Their bytes fill 60 % of six, so the
        // third copy costs nothing. The index of a machine takes 2.25 GB.
        photos: Choice { layout: Layout::Needles, machines: 6, copies: 3, memory: gb(8) },
        // 280 TB twice are 16 machines. A few hundred reads a second are nothing to their 192 disks, even if now and then an entry of
        // the index must be read too.
        archive: Choice { layout: Layout::Needles, machines: 16, copies: 2, memory: gb(4) },
        // One dead machine may lose nothing: two machines with a copy each. Either of them alone bears the reads; what would cost is
        // software for so few.
        album: Choice { layout: Layout::Files, machines: 2, copies: 2, memory: gb(8) },
        claim: Claim {
            binding: Resource::Operations,
            expects: [
                Expect::Price(dollars(40_000), dollars(60_000)),
                Expect::BadHourBusy(percent(65), percent(75)),
            ],
            // Files need the metadata in memory: about $90,000 against $45,000 and the software. $300,000 ÷ 45,000 are 6 to 7 pods.
            reverses_when: (Quantity::Pods, 6.7),
        },
    }
}
