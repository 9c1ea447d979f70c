//! Step 4 · attack: show what a plausible plan lets through.
//!
//! Two plans take a change to the fleet, and both take 12 hours. Both throw the switch when more than a tenth of the changed machines are
//! down, roll back when the changed machines of any region have over 3 points more errors than the unchanged machines, and do not go on
//! before the rows have been read 20 times.
//!
//! | plan | on 1 % of the fleet | on 10 % | on 50 % |
//! |---|---|---|---|
//! | equal stages | 4 h | 4 h | 4 h |
//! | long first stage | 10 h | 1 h | 1 h |
//!
//! Find a fault that the first plan lets through to the whole fleet: at least 3 fleet-minutes of harm within 96 hours. The second must
//! stop it: at most 1 fleet-minute. A person is called when 2 % of all requests fail because of the
//! change, and throws the switch 20 minutes later, unless no machine has the change any more. A look shows the errors of all requests
//! here, not of a sample: chance stops no plan.
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Attack { read_from: hours(1), shows_after: hours(2), fails: percent(3), machines: Where::Region(3) }
//! ```
//!
//! | field | type | is |
//! |---|---|---|
//! | `read_from` | `Time`: `hours(5)`, `minutes(30)` | when the changed rows are first read, by any machine, after the first stage began; 0 to 48 h |
//! | `shows_after` | `Time` | how long a machine then works with them before it fails; 0 to 48 h |
//! | `fails` | `Percent`: `percent(40)` | the share of its requests that it then fails; 0 % to 100 % |
//! | `machines` | `Where` | which of the machines that have the change have the fault: `Where::Everywhere`, or `Where::Region(1)` (40 % of the fleet) to `Where::Region(5)` (5 %) |

use designs::data_rollout::{Attack, Where, hours, minutes, percent};

/// The fault.
pub fn answer() -> Attack {
    todo!("step 4: a fault that only the plan with equal stages lets through")
}
