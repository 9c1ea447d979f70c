//! Step 4 · operate: a policy that helps when one leaf is slow and does no harm when all are.

use designs::fan_out_search::{at_least, at_most, ms, operate, percent};
use fan_out_search::step4_operate::{answer, claim};

#[test]
fn cuts_the_tail_of_an_ordinary_day() {
    operate::ordinary_day() // arrivals, leaves, faults: documented there, drawn in the lab
        .run(answer) // your policy, made afresh for every run
        .extra_requests(at_most(percent(8))) // an objective on one axis …
        .users_p99(at_most(ms(90))) // … and always a second one
        .or_explain(); // the verdict
}

#[test]
fn works_around_one_slow_machine() {
    operate::one_machine_slow()
        .run(answer)
        .extra_requests(at_most(percent(8)))
        .users_p99(at_most(ms(130)))
        .or_explain();
}

#[test]
fn keeps_extra_work_within_the_limit_in_a_storm() {
    operate::every_leaf_slow()
        .run(answer)
        .extra_requests(at_most(percent(8)))
        .complete_answers(at_least(percent(55)))
        .or_explain();
}

#[test]
fn is_back_to_normal_after_the_storm() {
    operate::after_the_storm()
        .run(answer)
        .extra_requests(at_most(percent(8)))
        .users_p99(at_most(ms(90)))
        .or_explain();
}

#[test]
fn the_claim_holds() {
    operate::claim_of(answer, claim).or_explain();
}
