//! Step 4 · attack: show what a plausible plan lets through.
//!
//! Two plans take a change through stages of 1 %, 10 % and 50 %, 4 hours each, and then everywhere. Both throw the switch when more
//! than a tenth of the changed machines are down.
//!
//! | plan | takes the change back when | goes on when |
//! |---|---|---|
//! | by the clock | all changed machines together have over 2 points more errors than the unchanged ones | the stage has lasted 4 h |
//! | by region and reads | the changed machines of any region have over 3 points more | the same, and the rows have been read 20 times |
//!
//! Find a fault that the first plan lets through to the whole fleet: at least 5 fleet-minutes of harm within 96 hours. The second must
//! stop it: at most 1 fleet-minute. A person is called when 2 % of all requests fail, and throws the switch 20 minutes later.
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Attack { read_from: hours(1), shows_after: hours(2), fails: percent(3), machines: Where::Region(3) }
//! ```

use designs::data_rollout::{Attack, Where, hours, minutes, percent};

/// `read_from` is when the changed rows are first read, 0 to 48 h after the first stage began; `shows_after` how long a machine then works with
/// them before it fails, 0 to 48 h; `fails` the share of its requests that it then fails; `machines` which of the machines that have the
/// change have the fault: `Where::Everywhere`, or `Where::Region(1)` (40 % of the fleet) to `Where::Region(5)` (5 %).
pub fn answer() -> Attack {
    todo!("step 4: a fault that only the plan by the clock lets through")
}
