//! What people believe when they get this design wrong, and how a run proves it.
//!
//! A belief is named in a verdict only when its signature, a predicate on the measured runs, holds. Where no signature holds
//! the verdict says what was traded for what.

use super::evidence::{BY_HAND, DONE, Evidence, FROZEN, HARM, STOPPED, harm, share, time};
use super::system::hours;
use judge::trial::Belief;
use sim::Time;

/// Does it show in machines that are down?
fn crashes(e: &Evidence) -> bool {
    e.situation.system.fault.is_some_and(|f| f.crashes)
}

/// The beliefs about the policy (step `operate`).
pub static OPERATE: &[Belief<Evidence>] = &[
    Belief {
        key: "data_is_not_code",
        signature: |e, unmet| *unmet == HARM && e.probes.goes_on_with_errors,
        assumes: "data only has to arrive; code is what has to be watched on its way",
        instead: |e| {
            format!(
                "asked while half of the requests to the changed machines fail, your policy goes on; {} of the fleet had the change",
                share(e.reach())
            )
        },
        ask: "what does your rollout look at between the first machine and the last?",
    },
    Belief {
        key: "no_news_is_good_news",
        signature: |e, unmet| {
            (*unmet == HARM || *unmet == BY_HAND)
                && crashes(e)
                && e.totals.share(|run| run.most_down > 0) > 0.0
                && e.probes.stops_at_errors
                && !e.probes.stops_at_silence
        },
        assumes: "a machine that reports no errors is well",
        instead: |e| {
            format!(
                "up to {:.0} machines were down and reported nothing: 0 % of no requests",
                e.totals.mean(|run| f64::from(run.most_down))
            )
        },
        ask: "which number in what you see changes when a machine stops reporting?",
    },
    Belief {
        key: "rollback_reaches_all",
        signature: |e, unmet| {
            (*unmet == HARM || *unmet == BY_HAND)
                && crashes(e)
                && e.by_hand() > 0.0
                && e.probes.stops_at_silence
                && e.stopped().0 > 99.0
                && e.totals.share(|run| run.frozen.is_some()) < 0.5
        },
        assumes: "what is taken back is gone, everywhere and soon",
        instead: |e| {
            format!(
                "the change was taken back, and the machines that were down did not notice: people brought back {:.0} of them, one after the other",
                e.by_hand()
            )
        },
        ask: "what must a machine be able to do before it can take the old rows?",
    },
    Belief {
        key: "faults_show_at_once",
        signature: |e, unmet| {
            *unmet == HARM
                && e.situation.name == "leak"
                && e.all_done().is_some_and(|done| done < hours(3))
                && e.probes.stops_at_errors
                && !e.probes.goes_on_with_errors
        },
        assumes: "a fault shows as soon as the change is there",
        instead: |e| {
            format!(
                "the change was everywhere after {}; the first requests failed after 3 h",
                time(e.all_done().unwrap_or(Time::ZERO))
            )
        },
        ask: "which of the faults in the brief needs longer than you waited?",
    },
    Belief {
        key: "time_is_enough",
        signature: |e, unmet| {
            *unmet == HARM
                && e.situation.name == "dormant"
                && e.all_done().is_some_and(|done| done >= hours(4))
                && e.probes.goes_on_unread
                && e.probes.stops_at_silence
        },
        assumes: "what has run for hours has been tried",
        instead: |e| {
            format!(
                "the change was everywhere after {}, and no machine had read one of its rows",
                time(e.all_done().unwrap_or(Time::ZERO))
            )
        },
        ask: "when did the failing line first run?",
    },
    Belief {
        key: "the_average_shows_it",
        signature: |e, unmet| {
            *unmet == HARM
                && e.situation.name == "region"
                && e.probes.stops_at_all_regions
                && !e.probes.stops_at_one_region
        },
        assumes: "what is bad shows in the average",
        instead: |e| {
            format!(
                "5 % more errors in a twentieth of the machines are 0.25 % on average: {} of harm, and nobody was called",
                harm(e.harm())
            )
        },
        ask: "whose requests are in your number, and how few of them can fail for it to look well?",
    },
    Belief {
        key: "down_by_the_change",
        signature: |e, unmet| {
            (*unmet == DONE || *unmet == STOPPED)
                && e.situation.name == "restless"
                && e.stopped().0 > 0.0
                && e.probes.stops_at_as_many_down
                && !e.probes.stops_at_spike
                && !e.probes.stops_at_one_down
        },
        assumes: "a changed machine that is down is down because of the change",
        instead: |e| {
            format!(
                "asked while three of twenty changed machines are down, and three of twenty of the others too, your policy stops; it \
                 stopped {} of the good changes",
                share(e.stopped())
            )
        },
        ask: "how many of the machines without the change are down at that time?",
    },
    Belief {
        key: "any_alarm_is_true",
        signature: |e, unmet| {
            (*unmet == DONE || *unmet == STOPPED)
                && e.stopped().0 > 0.0
                && (e.probes.stops_at_spike || e.probes.stops_at_one_down)
        },
        assumes: "to stop costs nothing, so every alarm is one",
        instead: |e| {
            let what = if e.probes.stops_at_spike {
                "asked while changed and unchanged machines have the same errors"
            } else {
                "asked while one changed machine of twenty is down, as machines are now and then"
            };
            format!(
                "{what}, your policy stops; it stopped {} of the good changes",
                share(e.stopped())
            )
        },
        ask: "what did the brief promise about good changes, and would you have seen the same without this one?",
    },
    Belief {
        key: "holding_is_safe",
        signature: |e, unmet| *unmet == DONE && e.stopped().0 == 0.0 && e.probes.holds_for_ever,
        assumes: "a change that waits does no harm",
        instead: |e| {
            format!(
                "asked after nine days without an error, your policy holds; {} of the fleet had the good change",
                share(e.reach())
            )
        },
        ask: "who waits for this change, and what would you have to see to let it go on?",
    },
    Belief {
        key: "freezing_is_free",
        signature: |e, unmet| *unmet == FROZEN && e.stopped().0 > 0.0 && e.totals.share(|run| run.most_down > 0) == 0.0,
        assumes: "the surest way to stop is always the right one",
        instead: |e| {
            format!(
                "no machine was down, and the whole fleet took no new data for {}",
                time(e.frozen())
            )
        },
        ask: "which other data did your stop hold up, and what would have reached every running machine without that?",
    },
];
