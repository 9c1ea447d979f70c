//! Step 4 · operate: what each of three orchestrators does, once a second.
//!
//! One policy runs at each orchestrator: in the East's data centre (with the primary), in the cloud, in the West. You return:
//!
//! | action | what happens |
//! |---|---|
//! | `Action::Wait` | nothing; a freeze of this orchestrator ends |
//! | `Action::Freeze` | the primary, if this orchestrator's message reaches it, takes no writes until this one says otherwise |
//! | `Action::Promote(Site::West)` | asks for votes; with a majority the West becomes the primary, without one nothing happens |
//! | `Action::Promote(Site::East)` | the same for the East; it leads with its history, and what only the West took is stranded |
//!
//! `seen` has `here` and `primary` (a `Site`: `East`, `Cloud`, `West`), `with_majority` (true when it hears another
//! orchestrator) and `majority_for` (for how long that has been so; when it hears nobody, since it last heard somebody),
//! `primary_silent` (since the primary answered its probe), `stream_silent` (since data of the primary reached the replica),
//! `replica_behind` and `writes_behind` (when the replica last heard from the primary), `since_promotion`, `now`. All are
//! `Time`s but `with_majority` and `writes_behind`; a `Time` compares with another one: `seen.since_promotion < secs(3)`.
//!
//! | situation | limits |
//! |---|---|
//! | East cut off for 5 s | a page at the end within 500 ms; 1.6 s without writes |
//! | East cut off for 43 s | 8,000 stranded writes; 40 s without writes; 36 h of repair |
//! | East cut off for 90 s | both coasts take writes at once for 1 s; 90 s without writes; 100 h of repair |
//! | East's databases lost for good | 65 s without writes; 6 h of repair |
//! | East cut off for 43 s, the replica 40 s behind | 8,000 stranded writes; 50 s without writes; 36 h of repair |
//! | five cuts of 3 to 25 s | 1.5 promotions a run; 100 s without writes |
//!
//! Each is an upper limit. Seconds without writes are weighted by the share of the writes that cannot be taken; a page is the
//! mean over all users; numbers are means over runs, but the time of writes on both coasts, which is the longest of any run.

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

/// What your policy remembers between ticks. You may add fields; most policies need none.
#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        todo!("step 4: what to do on either side of a cut")
    }
}

/// The reasons for your policy, in the shape of step 3's claim.
///
/// - `binding`: which `Limit` would lower the *hours of repair* after the East's databases were lost most, if it were a tenth
///   less?
/// - `expects` and `reverses_when`: as in step 3, for this policy.
pub fn claim() -> Claim {
    todo!("step 4: the reasons for your policy")
}

/// Hands in a fresh policy. Nothing to do here.
pub fn answer() -> Answer {
    Box::new(Failover::default())
}
