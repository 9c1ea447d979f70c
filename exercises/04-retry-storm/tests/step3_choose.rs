//! Step 3 · choose: three services, three promises, one kind of dependency.

use designs::retry_storm::{at_least, at_most, choose, ms, percent, secs};
use retry_storm::step3_choose::answer;

#[test]
fn the_checkout_hides_lost_tries() {
    choose::checkout()
        .run(answer)
        .users_served(at_least(percent(99.5)))
        .users_p99(at_most(ms(1_600)))
        .or_explain();
}

#[test]
fn the_checkout_comes_back_from_a_stall() {
    choose::checkout_in_a_stall()
        .run(answer)
        .well_again(at_most(secs(10)))
        .tries_at_the_peak(at_most(2.0))
        .or_explain();
}

#[test]
fn the_feed_is_there_when_the_page_is() {
    choose::feed()
        .run(answer)
        .users_served(at_least(percent(93.5)))
        .extra_tries(at_most(percent(1)))
        .or_explain();
}

#[test]
fn the_feed_serves_most_pages_in_a_slow_down() {
    choose::feed_in_a_slow_down()
        .run(answer)
        .users_served(at_least(percent(67)))
        .extra_tries(at_most(percent(5)))
        .or_explain();
}

#[test]
fn the_batch_gets_everything_done() {
    choose::batch()
        .run(answer)
        .users_served(at_least(percent(99)))
        .extra_tries(at_most(percent(10)))
        .or_explain();
}

#[test]
fn the_claim_about_the_checkout_holds() {
    choose::claim_of(answer).or_explain();
}
