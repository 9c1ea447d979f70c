//! Step 3 · choose: one tool, two briefs.

use coast_to_coast_failover::step3_choose::answer;
use designs::coast_to_coast_failover::{at_most, choose, hours, ms, secs};

#[test]
fn the_ledger_has_one_history_after_a_long_cut() {
    choose::ledger_in_a_long_cut()
        .run(answer)
        .stranded(at_most(50))
        .down(at_most(secs(25)))
        .page_afterwards(at_most(ms(500)))
        .or_explain();
}

#[test]
fn the_ledger_never_writes_on_two_coasts() {
    choose::ledger_in_a_very_long_cut()
        .run(answer)
        .both_coasts(at_most(secs(1)))
        .down(at_most(secs(105)))
        .or_explain();
}

#[test]
fn the_ledger_is_back_after_a_loss() {
    choose::ledger_after_a_loss()
        .run(answer)
        .down(at_most(secs(150)))
        .repair(at_most(hours(6)))
        .or_explain();
}

#[test]
fn the_ledger_refuses_a_stale_replica() {
    choose::ledger_with_a_stale_replica()
        .run(answer)
        .stranded(at_most(500))
        .repair(at_most(hours(1)))
        .or_explain();
}

#[test]
fn the_chat_sleeps_through_a_short_cut() {
    choose::chat_in_a_short_cut()
        .run(answer)
        .page_afterwards(at_most(ms(500)))
        .down(at_most(ms(1_600)))
        .or_explain();
}

#[test]
fn the_chat_bounds_what_a_long_cut_strands() {
    choose::chat_in_a_long_cut()
        .run(answer)
        .stranded(at_most(5_000))
        .down(at_most(secs(90)))
        .repair(at_most(hours(24)))
        .or_explain();
}

#[test]
fn the_chat_is_back_after_a_loss() {
    choose::chat_after_a_loss()
        .run(answer)
        .down(at_most(secs(15)))
        .repair(at_most(hours(6)))
        .or_explain();
}

#[test]
fn the_chat_refuses_a_stale_replica() {
    choose::chat_with_a_stale_replica()
        .run(answer)
        .stranded(at_most(5_000))
        .down(at_most(secs(50)))
        .repair(at_most(hours(1)))
        .or_explain();
}

#[test]
fn the_claim_about_the_chat_holds() {
    choose::claim_of(answer).or_explain();
}
