//! What people believe when they get this design wrong, and how a run proves it.
//!
//! A belief is named in a verdict only when its signature, a predicate on the measured runs, holds. Where no signature holds
//! the verdict says what was traded for what.

use super::evidence::{COMPLETE_ANSWERS, EXTRA_REQUESTS, Evidence, USERS_P99};
use judge::Percent;
use judge::trial::Belief;
use sim::Time;

/// A share as a verdict prints it: one digit after the point.
pub fn share(p: Percent) -> String {
    format!("{:.1} %", p.0)
}

/// A time as a verdict prints it: in milliseconds.
pub fn time(t: Time) -> String {
    let digits = usize::from(t < sim::ms(100));
    format!("{:.digits$} ms", t.as_ms())
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The beliefs about the policy (step `operate`).
pub static OPERATE: &[Belief<Evidence>] = &[
    Belief {
        key: "never_hedge",
        signature: |e, unmet| *unmet != EXTRA_REQUESTS && !e.hedges_when_late && e.phases.iter().all(|p| p.hedges == 0),
        assumes: "a leaf that is fast for 99 of 100 requests makes a query that is fast for 99 of 100 users",
        instead: |e| {
            let t = e.judged();
            format!(
                "no second request was sent; the median user waited {}, one in a hundred {}",
                time(t.users.quantile(0.5)),
                time(t.users.quantile(0.99))
            )
        },
        ask: "of a hundred leaves, how many must be well for one user to be well?",
    },
    Belief {
        key: "hedge_at_once",
        signature: |e, unmet| {
            let t = e.judged();
            *unmet == EXTRA_REQUESTS && t.extra() >= 0.5 && ratio(t.hedges_at_once, t.hedges) >= 0.5
        },
        assumes: "a second request is free",
        instead: |e| {
            let t = e.judged();
            format!(
                "{} of the second requests left before any leaf could have answered: a second fleet does the work twice",
                Percent::of(ratio(t.hedges_at_once, t.hedges))
            )
        },
        ask: "whose capacity does the copy use, and what would you have learned by waiting a little?",
    },
    Belief {
        key: "hedge_at_the_median",
        signature: |e, unmet| {
            let t = e.judged();
            let wait = t.hedge_waits.quantile(0.5);
            e.situation.name == "ordinary"
                && *unmet == EXTRA_REQUESTS
                && wait >= sim::ms(8)
                && wait <= sim::ms(14)
                && ratio(t.hedges_at_once, t.hedges) < 0.5
        },
        assumes: "slower than usual means stuck",
        instead: |e| {
            let t = e.judged();
            format!(
                "half of the second requests left after {}; most of the first ones were about to be answered",
                time(t.hedge_waits.quantile(0.5))
            )
        },
        ask: "of the requests you copied, how many would have answered within the next few milliseconds?",
    },
    Belief {
        key: "only_rare_stalls",
        signature: |e, unmet| {
            let t = e.judged();
            *unmet == USERS_P99 && t.hedges > 0 && t.hedge_waits.quantile(0.5) >= sim::ms(100)
        },
        assumes: "only the rarest stalls of a leaf matter to the whole",
        instead: |e| {
            let t = e.judged();
            format!(
                "second requests left after {} in the middle; by then the user had waited for longer than the promise",
                time(t.hedge_waits.quantile(0.5))
            )
        },
        ask: "with a hundred leaves, how rare is a leaf's one in a hundred?",
    },
    Belief {
        key: "lifetime_budget",
        signature: |e, unmet| {
            let before = e.before();
            let t = e.judged();
            let overall = ratio(before.hedges + t.hedges, before.requests + t.requests);
            e.situation.name == "storm"
                && *unmet == EXTRA_REQUESTS
                && before.hedges > 0
                && t.extra() >= 2.5 * before.extra()
                && overall <= 0.105
        },
        assumes: "a limit on the average of the day is a limit on its worst minute",
        instead: |e| {
            let before = e.before();
            format!(
                "{} before the storm and {} in it: what was saved on good days was spent at the worst moment",
                Percent::of(before.extra()),
                Percent::of(e.judged().extra())
            )
        },
        ask: "over which stretch of time must a limit hold to protect a machine that is full now?",
    },
    Belief {
        key: "no_budget",
        signature: |e, unmet| {
            let t = e.judged();
            e.situation.name == "storm"
                && *unmet == EXTRA_REQUESTS
                && t.extra() >= 0.5
                && e.before().extra() <= 0.10
                && ratio(t.hedges_in_crowd, t.hedges) >= 0.5
        },
        assumes: "slowness is always one leaf's own",
        instead: |e| {
            let t = e.judged();
            format!(
                "{} of the second requests left while at least half of the query's leaves were still out",
                Percent::of(ratio(t.hedges_in_crowd, t.hedges))
            )
        },
        ask: "what does your policy send when nothing is wrong with this leaf in particular?",
    },
    Belief {
        key: "latched_brake",
        signature: |e, unmet| {
            e.situation.name == "after" && *unmet != EXTRA_REQUESTS && e.judged().hedges == 0 && e.phases[1].hedges > 0
        },
        assumes: "a brake that was right in the storm is right for ever",
        instead: |e| {
            format!(
                "no second request left after the storm; users' p99 stayed at {}",
                time(e.judged().users.quantile(0.99))
            )
        },
        ask: "what would your policy have to see to start again, and does it still look?",
    },
];

/// The beliefs about the settings of three services (step `choose`).
pub static CHOOSE: &[Belief<Evidence>] = &[
    Belief {
        key: "early_is_complete",
        signature: |e, unmet| {
            let t = e.judged();
            *unmet == COMPLETE_ANSWERS && t.users.quantile(0.5) >= e.situation.cell.deadline * 9 / 10
        },
        assumes: "an answer that leaves early is as good as a full one",
        instead: |e| {
            format!(
                "half of the answers left at the deadline of {} with leaves missing",
                time(e.situation.cell.deadline)
            )
        },
        ask: "which of a query's hundred answers comes last, and did you wait for it?",
    },
    Belief {
        key: "copies_fail_apart",
        signature: |e, unmet| {
            let t = e.judged();
            e.situation.cell.shared >= 0.5 && *unmet == EXTRA_REQUESTS && t.hedges > 0
        },
        assumes: "two copies are two chances",
        instead: |e| {
            format!(
                "{} more requests went to the same disks, which were slow for both copies in {} of cases",
                Percent::of(e.judged().extra()),
                Percent::of(e.situation.cell.shared)
            )
        },
        ask: "what do the two copies have in common on the day that one of them is slow?",
    },
    Belief {
        key: "one_setting_for_all",
        signature: |e, _| e.situation.name == "suggestions: same settings as web search",
        assumes: "the best setting belongs to the technique and not to the service",
        instead: |e| {
            let t = e.judged();
            format!(
                "with web search's settings, suggestions came with a p99 of {} for {} more requests",
                time(t.users.quantile(0.99)),
                Percent::of(t.extra())
            )
        },
        ask: "what does this service promise, and what has it to spare, that the other has not?",
    },
];
