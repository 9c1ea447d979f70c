//! What people believe when they get this design wrong, and how a run proves it.
//!
//! A belief is named in a verdict only when its signature, a predicate on the measured runs, holds. Where no signature holds
//! the verdict says what was traded for what.

use super::evidence::{Evidence, FAILED, SERVED, share};
use judge::trial::{Belief, Objective};

/// Is the unmet objective about what became of the users?
fn about_users(unmet: &Objective) -> bool {
    *unmet == FAILED || *unmet == SERVED
}

/// Does every probe get the weight of a well server?
fn all_alike(e: &Evidence) -> bool {
    let p = &e.probes;
    [p.failing, p.red, p.one_error, p.half_fail, p.slow, p.unheard, p.idle]
        .iter()
        .all(|w| (0.9..1.1).contains(w))
}

/// Weights so small that a server gets next to nothing.
const NOTHING: f64 = 0.1;

/// The beliefs about the weights (step `operate`).
pub static OPERATE: &[Belief<Evidence>] = &[
    Belief {
        key: "no_news_is_bad_news",
        signature: |e, unmet| about_users(unmet) && e.probes.unheard < 0.05 && e.probes.one_error > 0.5,
        assumes: "a server that has answered nothing lately cannot answer",
        instead: |e| {
            format!(
                "who once had nothing was sent nothing, and so had nothing to answer; {} of the users were served",
                share(e.served())
            )
        },
        ask: "how would you find out that a server is well again?",
    },
    Belief {
        key: "equal_is_fair",
        signature: |e, unmet| about_users(unmet) && all_alike(e),
        assumes: "whoever treats all servers alike does nothing wrong",
        instead: |e| {
            format!(
                "a failing server kept its equal share, and {} of the users failed",
                share(e.failed())
            )
        },
        ask: "which of your servers would you not send your own request to, and what told you?",
    },
    Belief {
        key: "green_is_well",
        signature: |e, unmet| {
            about_users(unmet) && e.probes.failing > 0.8 && e.probes.red < NOTHING && e.first().0 > 3.0
        },
        assumes: "a server whose health check is green serves its users",
        instead: |e| {
            format!(
                "the server that failed was sent {} of the requests; its check was green throughout",
                share(e.first())
            )
        },
        ask: "what does a health check ask of a server, and what does a user ask?",
    },
    Belief {
        key: "red_is_dead",
        signature: |e, unmet| {
            about_users(unmet) && e.probes.red < NOTHING && e.probes.failing < 0.5 && e.probes.one_error > 0.5
        },
        assumes: "a red health check tells you which servers to leave out",
        instead: |e| {
            format!(
                "every check that saw the fault was red; {} of the users were served",
                share(e.served())
            )
        },
        ask: "when all checks are red, what have you learnt about one server compared with the others?",
    },
    Belief {
        key: "one_error_is_enough",
        signature: |e, unmet| about_users(unmet) && e.probes.one_error < NOTHING && e.probes.unheard > 0.5,
        assumes: "a server that makes an error is a bad one",
        instead: |e| {
            format!(
                "asked about a server with one error in 481 replies, your weights give it next to nothing; {} of the users failed",
                share(e.failed())
            )
        },
        ask: "how many of your servers make an error in ten seconds of an ordinary day?",
    },
    Belief {
        key: "quick_is_well",
        signature: |e, unmet| about_users(unmet) && e.probes.failing > 3.0 && e.probes.idle < 1.5,
        assumes: "a server that replies quickly has room for more",
        instead: |e| {
            format!(
                "the server that replied most quickly was sent {} of the requests",
                share(e.first())
            )
        },
        ask: "which work takes less time than any other?",
    },
    Belief {
        key: "few_open_is_room",
        signature: |e, _| e.probes.idle > 2.5 && e.probes.failing > 1.2,
        assumes: "few open requests mean room to spare, for as long as the weights stand",
        instead: |e| {
            format!(
                "for a second at a time the servers that had been least busy got most; {} of the users waited for too long, and {} of the requests went to one server",
                share(e.too_late()),
                share(e.largest())
            )
        },
        ask: "what has become of that room half a second after everybody was told of it?",
    },
    Belief {
        key: "half_can_carry_all",
        signature: |e, _| e.situation.name == "half" && e.probes.half_fail < NOTHING && e.probes.most_fail > 0.5,
        assumes: "the fleet can do without half of its servers",
        instead: |e| {
            format!(
                "the half that was left got all of the requests, and {} of the users waited for too long",
                share(e.too_late())
            )
        },
        ask: "how many servers does the load need, and how many are left?",
    },
    Belief {
        key: "errors_are_ones_own",
        signature: |e, unmet| {
            about_users(unmet)
                && e.situation.name == "half"
                && e.probes.one_error > 0.5
                && e.probes.half_fail < NOTHING
                && e.probes.most_fail < NOTHING
        },
        assumes: "a server that fails can always be left out: there are enough others",
        instead: |e| {
            format!(
                "the servers that were left got more than they can do, and {} of the users waited for too long",
                share(e.too_late())
            )
        },
        ask: "how many are left after a fault that several share, and what do they have to carry?",
    },
    Belief {
        key: "slow_is_sick",
        signature: |e, unmet| {
            about_users(unmet) && e.situation.name == "slow" && e.probes.slow < 0.25 && e.probes.one_error > 0.5
        },
        assumes: "a slow server is a bad server",
        instead: |e| {
            format!(
                "the quick ones were left with all of the requests, and {} of the users waited for too long",
                share(e.too_late())
            )
        },
        ask: "how many requests a second can the slow ones still answer, and who answers them now?",
    },
    Belief {
        key: "answering_is_alike",
        signature: |e, unmet| {
            about_users(unmet) && e.situation.name == "slow" && (0.85..1.15).contains(&e.probes.slow) && !all_alike(e)
        },
        assumes: "servers that answer are all alike",
        instead: |e| {
            format!(
                "the slow servers got as much as the quick ones; their queues grew, and {} of the users waited for too long",
                share(e.too_late())
            )
        },
        ask: "how many requests a second can a server finish whose requests take twice as long?",
    },
];
