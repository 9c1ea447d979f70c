//! Step 3 · choose: one brief in two versions that differ in one sentence, and the reasons for one of the decisions.
//!
//! | version | its sentence |
//! |---|---|
//! | depots | A depot keeps scanning while a region is away; readers see a scan within 60 s. |
//! | customs | A customs officer's read sees the last acknowledged scan; a region may be away for hours. |
//!
//! Both have the load of the brief. Both must answer their readers while a zone is away. Neither may cost more than 130 % of what
//! proposal B costs as its page has it. The owner's rule binds both: after the loss that a proposal is bought for, a zone (A) or a
//! region (B), the machines of its store or views are at most 60 % busy, with warm caches; that is arithmetic. The two decisions come
//! first; the claim has a test of its own, the last of the file, and comes afterwards: until then leave it as in the example.
//!
//! `Proposal::Zones` is proposal A: each of the `partitions` lies on three machines, one in each zone. `Proposal::Regions` is B: each
//! lies on two machines in each region. `cache_copies` is 1, or 2: then each answer lies in the caches of two zones (A) or of both
//! regions (B). Fronts, disks and traffic follow from the load. An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Plan {
//!     depots: Choice { proposal: Proposal::Zones, partitions: 300, cache_copies: 1 },
//!     customs: Choice { proposal: Proposal::Regions, partitions: 300, cache_copies: 1 },
//!     claim: Claim {
//!         binding: Currency::Bits,
//!         expects: [Expect::Bill(dollars(10_000), dollars(15_000)), Expect::ScansWithoutARegion(percent(10), percent(20))],
//!         reverses_when: (Quantity::HistoryDays, 3.0),
//!     },
//! }
//! ```
//!
//! `dollars(10_000)`, `ms(20)` and `percent(10)` are values with their units; the value in `reverses_when` is a plain number with a point,
//! whatever its unit.

use designs::capstone::{Choice, Claim, Currency, Expect, Plan, Proposal, Quantity, dollars, ms, percent};

/// Your decisions, and your claim about the one for the depots.
///
/// - `binding`: a tenth less of which, `Currency::Operations`, `Bytes` or `Bits`, would save the most machines of the store or the views.
/// - `expects`: two of `Expect::Bill` (high at most 1.67 times low: a quarter up and down), `OrdinaryP99` (of the reads in the busiest
///   hour; high at most twice low), `ReadsWithoutARegion` and `ScansWithoutARegion` (answered or acknowledged in the first two minutes;
///   at most ten points wide).
/// - `reverses_when`: a quantity (`HourWithoutScans` in dollars, `HoursAway` a year, `Reads` a second, `SeenWithin` in seconds,
///   `HistoryDays`) and the value of it, a plain number, at which the other proposal becomes the better one. Better is the one that
///   costs less in a year, hours without scans included, and shows scans soon enough. Each is taken with the fewest partitions that
///   keep the owner's rule, and both with the same number of caches for an answer. It is tried at 0.8 and at 1.25 times your value.
pub fn answer() -> Plan {
    todo!("step 3: two decisions, and a claim")
}
