//! What people believe when they get this design wrong, and how a run proves it.
//!
//! A belief is named in a verdict only when its signature, a predicate on the measured runs, holds. Where no signature holds
//! the verdict says what was traded for what.

use super::evidence::{ACCEPTED, AGE, ANSWERED, BAD_P99, BILL, Evidence};
use super::sizing::{Loss, Proposal};
use super::system::Fault;
use judge::Percent;
use judge::trial::Belief;
use sim::{Time, secs};

/// A share as a verdict prints it: one digit after the point.
pub fn share(p: Percent) -> String {
    format!("{:.1} %", p.0)
}

/// A time as a verdict prints it.
pub fn time(t: Time) -> String {
    if t >= secs(1) {
        return format!("{:.1} s", t.as_secs());
    }
    let digits = usize::from(t < sim::ms(10));
    format!("{:.digits$} ms", t.as_ms())
}

fn of(share_of_one: f64) -> String {
    share(Percent::of(share_of_one))
}

/// Above this share of their time machines fall behind.
const FULL: f64 = 0.97;
/// Up to this share they are as busy as a plan allows, with a little room for rounding.
const PLANNED: f64 = 0.8;

/// The beliefs about a decision (step `choose`).
pub static CHOOSE: &[Belief<Evidence>] = &[
    Belief {
        key: "zones_are_far_enough",
        signature: |e, unmet| {
            let s = &e.situation.scenario;
            (*unmet == ACCEPTED || *unmet == ANSWERED)
                && s.choice.proposal == Proposal::Zones
                && s.fault == Fault::Region
                && e.judged().accepted == 0
        },
        assumes: "three copies in three places outlive whatever happens to one place",
        instead: |e| {
            format!(
                "all three places were in the region that went away: of {} scans none was acknowledged",
                e.judged().scans
            )
        },
        ask: "what do your three zones have in common, besides the bill?",
    },
    Belief {
        key: "a_view_is_the_truth",
        signature: |e, unmet| {
            *unmet == AGE && e.situation.scenario.choice.proposal == Proposal::Regions && !e.judged().ages.is_empty()
        },
        assumes: "what is acknowledged can be read",
        instead: |e| {
            format!(
                "the log had acknowledged the scan; readers saw half of the scans after {} and 99 % after {}",
                time(e.judged().ages.quantile(0.5)),
                time(e.judged().ages.quantile(0.99))
            )
        },
        ask: "who has the scan when the depot gets its receipt, and who answers the officer?",
    },
    Belief {
        key: "hits_are_capacity_for_nothing",
        signature: |e, unmet| {
            (*unmet == ANSWERED || *unmet == BAD_P99)
                && e.loss() != Loss::Nothing
                && e.situation.scenario.choice.cache_copies == 1
                && e.busy(e.loss(), true) <= PLANNED
                && e.busy(e.loss(), false) > FULL
        },
        assumes: "a hit rate is a property of the readers, and stays when machines go",
        instead: |e| {
            format!(
                "with warm caches the machines that were left would have been {} busy; what the lost caches had held came on top, and they were asked for {} of their time",
                of(e.busy(e.loss(), true)),
                of(e.busy(e.loss(), false))
            )
        },
        ask: "of ten reads, how many did the lost caches answer, and who answers them now?",
    },
    Belief {
        key: "every_machine_is_there",
        signature: |e, unmet| {
            (*unmet == ANSWERED || *unmet == BAD_P99)
                && e.loss() != Loss::Nothing
                && e.situation.scenario.choice.cache_copies >= 2
                && e.busy(Loss::Nothing, true) <= 0.9
                && e.busy(e.loss(), true) > FULL
        },
        assumes: "the machines that were counted are all there when it matters",
        instead: |e| {
            format!(
                "with everything there the machines would have been {} busy; those that were left were asked for {} of their time",
                of(e.busy(Loss::Nothing, true)),
                of(e.busy(e.loss(), true))
            )
        },
        ask: "which loss did the brief tell you to expect, and who does the work of what is lost?",
    },
    Belief {
        key: "a_cache_is_a_luxury",
        signature: |e, unmet| {
            let s = &e.situation.scenario;
            *unmet == BILL
                && s.choice.cache_copies == 1
                && e.world().month(&doubled(e)).0 < 0.9 * e.world().month(&s.choice).0
        },
        assumes: "the store should bear every read that a cache may lose",
        instead: |e| {
            let c = &e.situation.scenario.choice;
            format!(
                "{} partitions are {:.0} machines; a second copy of all cached answers is {:.0}",
                c.partitions,
                e.world().machines(c),
                e.world().caches(&doubled(e)) - e.world().caches(c)
            )
        },
        ask: "which is cheaper: to keep an answer in memory twice, or to keep machines that could find it again?",
    },
    Belief {
        key: "more_is_safer",
        signature: |e, unmet| {
            let s = &e.situation.scenario;
            *unmet == BILL
                && s.choice.cache_copies >= 2
                && f64::from(s.choice.partitions) >= 1.6 * f64::from(e.world().suited(s.choice.proposal).partitions)
        },
        assumes: "what is not needed today will be of use one day",
        instead: |e| {
            let c = &e.situation.scenario.choice;
            let loss = match c.proposal {
                Proposal::Zones => Loss::Zone,
                Proposal::Regions => Loss::Region,
            };
            format!(
                "even after the loss that this proposal is bought for, its machines would be {} busy; the owner plans with 60 %",
                of(e.busy(loss, true))
            )
        },
        ask: "for which hour of which day did you buy the last fifty machines?",
    },
];

/// The least choice of the same proposal that keeps its answers twice.
fn doubled(e: &Evidence) -> super::Choice {
    e.world().suited(e.situation.scenario.choice.proposal)
}
