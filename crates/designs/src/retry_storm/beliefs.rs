//! What people believe when they get this design wrong, and how a run proves it.
//!
//! A belief is named in a verdict only when its signature, a predicate on the measured runs, holds. Where no signature holds
//! the verdict says what was traded for what.

use super::evidence::{EXTRA_TRIES, Evidence, HELD_BACK, PEAK_TRIES, SERVED, WELL_AGAIN, share, time};
use super::system::ratio;
use judge::Percent;
use judge::trial::{Belief, Objective};

/// Tries sent per arriving request at the peak from which on a policy is one that does not hold back.
const MANY: f64 = 1.8;

/// Is the unmet objective one of those that too many tries spoil?
fn spoiled_by_tries(unmet: &Objective) -> bool {
    [&WELL_AGAIN, &PEAK_TRIES, &SERVED, &EXTRA_TRIES].contains(&unmet)
}

/// Many tries a request while nothing comes back, and nothing held back.
fn floods(e: &Evidence, unmet: &Objective) -> bool {
    spoiled_by_tries(unmet) && e.situation.system.trouble.is_some() && e.counts().held_back == 0 && e.peak() >= MANY
}

/// Were answers late for the time-out that somebody would still have taken?
fn gave_up_while_wanted(e: &Evidence) -> bool {
    let system = &e.situation.system;
    let seconds = (system.queue as f64 / system.capacity()).min(system.patience.as_secs());
    system.trouble.is_some()
        && system.patience > system.time_out * 2
        && seconds > system.time_out.as_secs()
        && e.late().0 > 20.0
}

/// What was sent at the peak.
fn flood(e: &Evidence) -> String {
    format!("{:.1} tries for each arriving request were sent at the peak", e.peak())
}

/// The beliefs about the policy (step `operate`).
pub static OPERATE: &[Belief<Evidence>] = &[
    Belief {
        key: "never_retry",
        signature: |e, unmet| {
            *unmet == SERVED && e.counts().retries == 0 && !e.probes.retries_time_outs && !e.probes.retries_errors
        },
        assumes: "rare errors are somebody else's business",
        instead: |e| {
            format!(
                "no retry was sent; of the users {} were not served",
                share(Percent::of(1.0 - e.served().fraction()))
            )
        },
        ask: "what does one lost call in fifty cost the user, and what would one more try cost you?",
    },
    Belief {
        key: "endless",
        signature: |e, unmet| {
            spoiled_by_tries(unmet) && e.counts().held_back == 0 && e.totals.most_tries >= 8 && e.extra().0 >= 50.0
        },
        assumes: "whoever tries long enough gets through",
        instead: |e| {
            format!(
                "single requests were tried {} times, {} more tries in all: what had failed again and again was sent once more",
                e.totals.most_tries,
                share(e.extra())
            )
        },
        ask: "after how many failures, and how many seconds, is one more try of no use to anybody?",
    },
    Belief {
        key: "spread_out",
        signature: |e, unmet| floods(e, unmet) && !e.mostly_at_once() && e.totals.most_tries >= 3,
        assumes: "retries that are spread out are fewer",
        instead: |e| format!("{}, pauses and all: they came later and not less", flood(e)),
        ask: "what is the total sent for each request, while time-outs last?",
    },
    Belief {
        key: "few_for_each",
        signature: |e, unmet| floods(e, unmet) && e.totals.most_tries <= 3,
        assumes: "a few tries for each request are few in all",
        instead: |e| format!("{}: in trouble every request uses up its allowance", flood(e)),
        ask: "how many requests need a retry on a good day, and how many when nothing is answered?",
    },
    Belief {
        key: "at_once",
        signature: |e, unmet| floods(e, unmet) && e.totals.most_tries >= 4,
        assumes: "what failed just now will work in a moment",
        instead: |e| format!("{}: each failure was answered with the next try", flood(e)),
        ask: "what does a failure tell you about the next try, when everybody's tries fail?",
    },
    Belief {
        key: "any_limit_will_do",
        signature: |e, unmet| {
            let system = &e.situation.system;
            let spare = system.capacity() - e.last_tries();
            (*unmet == WELL_AGAIN || *unmet == SERVED)
                && system.trouble.is_some()
                && e.counts().held_back == 0
                && e.counts().retries > 0
                && e.peak() < MANY
                && spare < 0.4 * (system.capacity() - system.rate)
        },
        assumes: "any limit on retries is small enough",
        instead: |e| {
            format!(
                "at the end {:.0} tries/s arrived and {:.0} can be finished: the queue hardly shrinks",
                e.last_tries(),
                e.situation.system.capacity()
            )
        },
        ask: "how much capacity is left beside the first tries, and who uses it first?",
    },
    Belief {
        key: "share_of_nothing",
        signature: |e, unmet| {
            let c = e.counts();
            *unmet == SERVED
                && e.situation.name == "quiet"
                && c.held_back == 0
                && e.probes.retries_time_outs
                && !e.probes.retries_when_quiet
                && ratio(c.retries, c.requests) < 0.03
        },
        assumes: "a share of a few says something",
        instead: |e| {
            format!(
                "asked after two requests of which one timed out, your policy gives up, and a busy process of yours retries: {} more tries where 5 % of them were lost",
                share(e.extra())
            )
        },
        ask: "what share is one failure of two tries, and how many retries is a tenth of two requests?",
    },
    Belief {
        key: "count_is_a_rate",
        signature: |e, unmet| {
            (*unmet == HELD_BACK || *unmet == SERVED) && e.probes.stops_at_few && e.counts().held_back > 0
        },
        assumes: "a number of failures says how ill the dependency is",
        instead: |_| {
            "asked with 40 failures beside 1,960 successes your policy stops as well, and there 98 of 100 tries succeed"
                .into()
        },
        ask: "which callers did you refuse that would have been served, and what does a failure count say without its successes?",
    },
    Belief {
        key: "a_part_is_the_whole",
        signature: |e, unmet| {
            (*unmet == HELD_BACK || *unmet == SERVED) && e.probes.stops_at_a_part && e.counts().held_back > 0
        },
        assumes: "what some requests meet, all would meet",
        instead: |_| {
            "asked with 15 % of all tries failing, and none at the shard of the request, your policy stops as well"
                .into()
        },
        ask: "from which share of failures on is it better for everybody to send nothing?",
    },
    Belief {
        key: "latched_brake",
        signature: |e, unmet| {
            let to = e.situation.judged.1;
            let last = e.totals.span(to - super::evidence::LAST, to);
            (*unmet == WELL_AGAIN || *unmet == SERVED)
                && e.situation.system.trouble.is_some()
                && 10 * last.held_back > 9 * last.requests
                && e.last_tries() < 0.5 * e.situation.system.capacity()
        },
        assumes: "a brake that was right in the trouble is right for ever",
        instead: |e| {
            format!(
                "long after the trouble {:.0} tries/s arrived at a dependency that can finish {:.0}",
                e.last_tries(),
                e.situation.system.capacity()
            )
        },
        ask: "what would your policy have to see to start again, and can it still see it?",
    },
];

/// The beliefs about the settings of three services (step `choose`).
pub static CHOOSE: &[Belief<Evidence>] = &[
    Belief {
        key: "one_setting_for_all",
        signature: |e, _| e.as_checkout,
        assumes: "good settings belong to the technique and not to the service",
        instead: |e| {
            format!(
                "with the checkout's settings {} of the users were served here",
                share(e.served())
            )
        },
        ask: "how long is an answer worth waiting for in this service, and in the checkout?",
    },
    Belief {
        key: "longer_is_safer",
        signature: |e, unmet| {
            let system = &e.situation.system;
            let seconds = system.queue as f64 / system.capacity();
            (*unmet == WELL_AGAIN || *unmet == SERVED)
                && system.trouble.is_some()
                && e.situation.name != "batch"
                && seconds > 0.5 * system.time_out.min(system.patience).as_secs()
                && e.late().0 > 20.0
        },
        assumes: "a longer queue is safer: nothing is turned away",
        instead: |e| {
            format!(
                "of the tries that the dependency finished, {} came too late for their callers",
                share(e.late())
            )
        },
        ask: "how long does the last one in your queue wait, and who is still there when its turn comes?",
    },
    Belief {
        key: "short_time_out",
        signature: |e, unmet| *unmet == SERVED && gave_up_while_wanted(e),
        assumes: "whoever stops waiting early loses nothing",
        instead: |e| {
            format!(
                "{} of the answers came too late: a try was given up after {}, and waited for longer than that in the queue",
                share(e.late()),
                time(e.situation.system.time_out)
            )
        },
        ask: "how long is the wait when the stall ends, and how long may this item take?",
    },
    Belief {
        key: "few_for_each",
        signature: |e, unmet| {
            *unmet == PEAK_TRIES && e.situation.system.calls == 1 && floods(e, unmet) && e.probes.retries_when_all_fails
        },
        assumes: "a limit for each request limits the load",
        instead: |e| format!("{}: in trouble every request uses up its allowance", flood(e)),
        ask: "how many requests need a retry on a good day, and how many when nothing is answered?",
    },
    Belief {
        key: "every_layer_retries",
        signature: |e, unmet| {
            [&PEAK_TRIES, &EXTRA_TRIES].contains(&unmet)
                && e.situation.system.calls > 1
                && e.totals.most_tries > 1
                && e.peak() >= MANY
        },
        assumes: "each layer does well to retry what fails",
        instead: |e| {
            format!(
                "{}: the layer above began anew whenever the process had given up, limit or not",
                flood(e)
            )
        },
        ask: "which one layer knows best whether another try is worth it?",
    },
];
