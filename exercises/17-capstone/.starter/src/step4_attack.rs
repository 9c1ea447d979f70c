//! Step 4 · attack: two fault cards, one for each proposal.
//!
//! Both proposals stand as their pages have them: 70 partitions, each answer in one cache. Both promise for any fault of a card, from 40
//! seconds after its beginning until its end: 95 % of the reads are answered, 95 % of the scans are acknowledged, and readers see
//! 99 of 100 of these scans within 30 seconds. In B a scan counts once for each region whose readers are served there. Without the
//! fault both must keep that promise at your load.

use designs::capstone::{Card, Cards, Fault, percent};

/// `against_a` breaks the promise of proposal A while B keeps it; `against_b` breaks B's while A keeps it.
///
/// `fault` is one of `Fault::Zone` (a zone is away; in B one of the first region), `Region` (a region; in A the only one), `Cut` (the
/// regions cannot reach each other), `ColdCaches` (the caches of a region are restarted, empty: all of A's, or those of B's first
/// region), `Login` (the identity service is away).
/// `seconds` is 60 to 180, `load` 10 % to 100 % of the busiest hour's.
pub fn answer() -> Cards {
    todo!("step 4: two fault cards")
}
