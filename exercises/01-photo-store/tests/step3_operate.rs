//! Step 3 · operate: a rule that serves nearly everybody on an ordinary day, and keeps a rush from becoming everybody's wait.

use designs::photo_store::{at_least, at_most, ms, operate, percent};
use photo_store::step3_operate::{answer, claim};

#[test]
fn serves_an_ordinary_day() {
    operate::ordinary_day()
        .run(answer)
        .users_p99(at_most(ms(150)))
        .served(at_least(percent(98)))
        .or_explain();
}

#[test]
fn keeps_waits_short_in_a_rush() {
    operate::rush()
        .run(answer)
        .users_p99(at_most(ms(150)))
        .served(at_least(percent(50)))
        .or_explain();
}

#[test]
fn the_claim_holds() {
    operate::claim_of(answer, claim).or_explain();
}
