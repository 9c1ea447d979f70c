//! Step 3 · choose: three services, three promises, one mechanism.

use designs::fan_out_search::{at_least, at_most, choose, ms, percent};
use fan_out_search::step3_choose::answer;

#[test]
fn web_search_keeps_its_promise() {
    choose::web_search()
        .run(answer)
        .users_p99(at_most(ms(90)))
        .extra_requests(at_most(percent(8)))
        .complete_answers(at_least(percent(98)))
        .or_explain();
}

#[test]
fn web_search_stays_within_its_limit_in_a_storm() {
    choose::web_search_in_a_storm()
        .run(answer)
        .extra_requests(at_most(percent(8)))
        .complete_answers(at_least(percent(55)))
        .or_explain();
}

#[test]
fn suggestions_come_while_the_user_types() {
    choose::suggestions()
        .run(answer)
        .complete_answers(at_least(percent(90)))
        .extra_requests(at_most(percent(75)))
        .or_explain();
}

#[test]
fn the_archive_spares_its_disks() {
    choose::archive()
        .run(answer)
        .extra_requests(at_most(percent(1)))
        .users_p99(at_most(ms(370)))
        .complete_answers(at_least(percent(70)))
        .or_explain();
}

#[test]
fn the_claim_about_web_search_holds() {
    choose::claim_of(answer).or_explain();
}
