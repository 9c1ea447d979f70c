//! Step 3 · choose: what to buy for three services, and the reasons for one of them.
//!
//! | service | holds | requests/s at the edge, hit rate | promise | price at most |
//! |---|---|---|---|---|
//! | photos (a pod of the brief) | 450 million images | 21,000, 90 % | at the peak p99 within 110 ms; in the bad hour 130 ms; two dead machines lose nothing | $65,000 |
//! | archive (a pod) | 3,500 million images | 500, 40 % | in the bad hour p99 within 110 ms; one dead machine loses nothing | $155,000 |
//! | a club's album (all of it) | 20 million images | 1,500, 90 % | in the bad hour p99 within 110 ms; one dead machine loses nothing | $39,000 |
//!
//! In the bad hour the hit rate is ten points lower and one machine is gone. Images have 80 KB; a machine has 12 disks and 36 TB.
//! "Nothing" is measured: before the loss there must be room for all copies, and after it 99.9 % of the photos must have a copy left.
//!
//! | layout | machine without memory | index of an image | operations of a read | software |
//! |---|---|---|---|---|
//! | `Layout::Files` | $10,000 | 536 bytes | 1, and 2 more if the metadata is not in memory | bought with the machine |
//! | `Layout::Needles` | $7,200 | 10 bytes | 1, and 1 more if the index entry is not in memory | $300,000, shared by 50 pods; the album pays all |
//!
//! Memory costs $40 a GB. All of these prices are the brief's. A machine keeps as much metadata in memory as fits, of any images alike.
//!
//! | field of a `Choice` | type and unit | what it is |
//! |---|---|---|
//! | `layout` | `Layout` | one of the two above |
//! | `machines`, `copies` | `u32` | whole numbers: machines of the pod, and those of them that hold a copy of each image |
//! | `memory` | `Bytes`: `gb(100)` | memory of one machine for metadata |
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Plan {
//!     photos: Choice { layout: Layout::Files, machines: 20, copies: 1, memory: gb(100) },
//!     archive: Choice { layout: Layout::Files, machines: 20, copies: 1, memory: gb(100) },
//!     album: Choice { layout: Layout::Files, machines: 20, copies: 1, memory: gb(100) },
//!     claim: Claim {
//!         binding: Resource::Memory,
//!         expects: [Expect::Price(dollars(500_000), dollars(700_000)), Expect::BadHourBusy(percent(5), percent(15))],
//!         reverses_when: (Quantity::ImageSize, 7.0),
//!     },
//! }
//! ```

use designs::photo_store::{Choice, Claim, Expect, Layout, Plan, Quantity, Resource, dollars, gb, ms, percent};

/// Your choices, and your claim about the photos.
///
/// - `binding`, a `Resource`: which of `Resource::Space`, `Operations`, `Memory` would shorten the reads' p99 in the bad hour most, if there were a
///   tenth more of it.
/// - `expects`: two of `Expect::Price` in `dollars(…)`, `OrdinaryP99` (at the daily peak) and `BadHourP99` in `ms(…)`, each an interval
///   whose high end is at most twice its low end, and `BadHourBusy` in `percent(…)`, at most ten points wide.
/// - `reverses_when`: a quantity (`Pods` that share the software, `MemoryPrice` in dollars a GB, `Requests` a second, `ImageSize` in KB
///   with as many terabytes as before) and, as an `f64`, the value of it at which the better layout changes. Better is the one that keeps the
///   promise of the bad hour for less, in three copies and with the machines and the memory that suit it. It is tried at 0.8 and at 1.25 times your value.
pub fn answer() -> Plan {
    todo!("step 3: what to buy for three services, and a claim")
}
