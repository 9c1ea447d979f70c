//! Step 4 · attack: two fault cards, one for each proposal, and on each the load at which proposal B's promise turns.
//!
//! Both proposals stand as their pages have them: 70 partitions, each answer in one cache. Both promise for any fault of a card: from
//! 40 seconds after its beginning until its end, in every ten seconds, 95 % of the reads are answered and 95 % of the scans acknowledged;
//! 60 seconds after its end views are current again, so that no scan is more than 5 seconds past its receipt when readers of a region
//! first see it.
//!
//! | card | at 0.8 × its load | at 1.25 × its load |
//! |---|---|---|
//! | against A | A breaks its promise, B keeps its own | B breaks it too |
//! | against B | B keeps its promise | B breaks its promise, A keeps its own |
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Cards {
//!     against_a: Card { fault: Fault::Zone, seconds: 150, load: percent(25) },
//!     against_b: Card { fault: Fault::Zone, seconds: 150, load: percent(25) },
//! }
//! ```

use designs::capstone::{Card, Cards, Fault, percent};

/// `against_a`: a fault that A does not bear, and the highest load at which B does. `against_b`: a fault that A bears, and the lowest
/// load at which B does not.
///
/// `fault` is one of `Fault::Zone` (a zone is away; in B one of the first region), `Region` (a region; in A the only one), `Cut` (the
/// regions cannot reach each other), `ColdCaches` (the caches of a region are restarted, empty: all of A's, or those of B's first
/// region), `Login` (the identity service is away).
/// `seconds` is 120 to 180, `load` 10 % to 100 % of the busiest hour's.
pub fn answer() -> Cards {
    todo!("step 4: two fault cards")
}
