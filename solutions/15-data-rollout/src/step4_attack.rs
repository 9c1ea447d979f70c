//! Step 4 · attack: what only the first machines show, once they are a few among many.

use designs::data_rollout::{Attack, Where, hours, percent};

/// At hour 9 the first machines fail 15 % of their requests. With a long first stage these are all that is looked at. With equal
/// stages they are 2 % of those with the change, in each region, and the number rises by a third of a point.
pub fn answer() -> Attack {
    Attack {
        read_from: hours(0),
        shows_after: hours(9),
        fails: percent(15),
        machines: Where::Everywhere,
    }
}
