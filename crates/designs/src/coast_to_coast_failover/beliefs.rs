//! What people believe when they get this design wrong, and how a run proves it.
//!
//! A belief is named in a verdict only when its signature, a predicate on the measured runs and on what the policy does in plain
//! cases, holds. Where no signature holds the verdict says what was traded for what.

use super::evidence::{BOTH, DOWN, Evidence, PAGE, PROMOTIONS, STRANDED};
use super::words::{page_afterwards, seconds, writes};
use judge::trial::{Belief, Objective};
use sim::{Time, secs};

/// Did a promotion leave writes on one side only, in a cut?
fn split(e: &Evidence, unmet: &Objective) -> bool {
    (*unmet == STRANDED || *unmet == BOTH) && e.outcome.promotions > 0 && e.situation.name.starts_with("cut")
}

/// How long both coasts took writes, in words.
fn both(e: &Evidence) -> String {
    format!(
        "both coasts took writes for {}; {} are in the East only",
        seconds(e.outcome.both),
        writes(e.outcome.stranded_each())
    )
}

/// Was there a freeze, and after the promotion?
fn second(e: &Evidence) -> bool {
    let (freezes, promotes) = (e.habits.freezes_after, e.habits.promotes_after);
    e.outcome.freezes > 0 && e.outcome.both > Time::ZERO && freezes > promotes && promotes.is_some()
}

/// The beliefs about the policy (step `operate`).
pub static OPERATE: &[Belief<Evidence>] = &[
    Belief {
        key: "silence_means_death",
        signature: |e, unmet| e.situation.name == "blip" && *unmet == PAGE && e.outcome.promotions > 0,
        assumes: "silence means death",
        instead: |e| {
            format!(
                "the primary was well and back after 5 s; by then the West led, and {}",
                page_afterwards(e.outcome.page(true))
            )
        },
        ask: "how long are the cuts in this network's own record?",
    },
    Belief {
        key: "every_hiccup_is_a_cut",
        signature: |e, unmet| {
            e.situation.name == "blip" && *unmet == DOWN && e.habits.freezes_after.is_some_and(|t| t < secs(4))
        },
        assumes: "to stop writing is the safe side, so it costs nothing",
        instead: |e| {
            format!(
                "the East, with most of the users, stood still in a cut that nobody would have promoted in: {} without writes",
                seconds(e.outcome.down())
            )
        },
        ask: "against what does a freeze protect before anybody has been promoted?",
    },
    Belief {
        key: "freeze_from_afar",
        signature: |e, unmet| split(e, unmet) && e.habits.freezes_after.is_none() && e.habits.freezes_afar,
        assumes: "the side that decides can stop the side that it cannot reach",
        instead: both,
        ask: "on which side of the cut does your freeze run, and which link does it take?",
    },
    Belief {
        key: "the_deposed_know",
        signature: |e, unmet| split(e, unmet) && e.habits.freezes_after.is_none(),
        assumes: "the old primary knows that it was deposed",
        instead: both,
        ask: "who tells it, over which link?",
    },
    Belief {
        key: "freeze_comes_second",
        signature: |e, unmet| split(e, unmet) && second(e),
        assumes: "it is enough that both things happen, in whatever order",
        instead: both,
        ask: "what does each coast do between your promotion and your freeze?",
    },
    Belief {
        key: "the_site_comes_back",
        signature: |e, unmet| {
            e.situation.name == "lost" && *unmet == DOWN && e.outcome.promotions == 0 && !e.habits.asks
        },
        assumes: "the site will come back",
        instead: |_| "nobody was promoted, and until the end of the run nobody could write".into(),
        ask: "how long may users wait by the brief, and how long does a person need to be sure?",
    },
    Belief {
        key: "a_majority_keeps_the_data",
        signature: |e, unmet| {
            e.situation.name.starts_with("behind")
                && *unmet == STRANDED
                && e.outcome.promotions > 0
                && e.habits.promotes_stale
        },
        assumes: "what a majority has decided keeps the data",
        instead: |e| {
            format!(
                "the majority made a replica the primary that lacked 40 s of writes: {} stranded",
                writes(e.outcome.stranded_each())
            )
        },
        ask: "what did the majority agree on, and what did nobody ask the replica?",
    },
    Belief {
        key: "home_at_once",
        signature: |e, unmet| e.situation.name == "flapping" && *unmet == PROMOTIONS && e.habits.goes_home,
        assumes: "when the link is back, things can go back to where they were",
        instead: |e| {
            format!(
                "{:.1} promotions a run; what the leader of the moment had taken alone was left behind each time: {} stranded",
                e.outcome.promotions_each(),
                writes(e.outcome.stranded_each())
            )
        },
        ask: "which writes would the East lack, if it led again at this moment?",
    },
];

/// The beliefs about the settings for two briefs (step `choose`).
pub static CHOOSE: &[Belief<Evidence>] = &[
    Belief {
        key: "any_replica_will_do",
        signature: |e, unmet| {
            e.situation.name.starts_with("behind")
                && *unmet == STRANDED
                && e.outcome.promotions > 0
                && e.habits.promotes_stale
        },
        assumes: "a replica is a copy",
        instead: |e| {
            format!(
                "the replica was 40 s behind when it was promoted: {} stranded",
                writes(e.outcome.stranded_each())
            )
        },
        ask: "how old may a copy be before leading with it costs more than waiting?",
    },
    Belief {
        key: "promotion_is_enough",
        signature: |e, unmet| split(e, unmet) && e.habits.freezes_after.is_none(),
        assumes: "a promotion moves the writes",
        instead: both,
        ask: "who moved the East's own users, while nothing from elsewhere reached them?",
    },
    Belief {
        key: "freeze_comes_second",
        signature: |e, unmet| !e.situation.same && split(e, unmet) && second(e),
        assumes: "it is enough that both things happen, in whatever order",
        instead: both,
        ask: "what does each coast do between your promotion and your freeze?",
    },
    Belief {
        key: "to_stop_is_safe",
        signature: |e, unmet| {
            let cut_off = e.situation.name == "blip" || e.situation.name.starts_with("cut");
            !e.situation.same && cut_off && *unmet == DOWN && e.outcome.freezes > 0 && e.outcome.promotions == 0
        },
        assumes: "to stop writing is the safe side, so it costs nothing",
        instead: |e| {
            format!(
                "nobody was promoted, so nothing would have been stranded without the freeze; the East, with most of the users, stood still: {} without writes",
                seconds(e.outcome.down())
            )
        },
        ask: "against what does a freeze protect before anybody has been promoted?",
    },
    Belief {
        key: "one_setting_for_both",
        signature: |e, _| e.situation.same,
        assumes: "the best setting belongs to the tool and not to the brief",
        instead: |e| {
            format!(
                "with one setting for both services this one had {} without writes and {} stranded",
                seconds(e.outcome.down()),
                writes(e.outcome.stranded_each())
            )
        },
        ask: "what does this service lose by waiting that the other does not, and what by going?",
    },
];
