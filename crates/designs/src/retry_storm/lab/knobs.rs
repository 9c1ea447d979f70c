//! The lab's knobs, and the system and policies that their values stand for.

use crate::lab::{Knob, KnobKind, knob};
use crate::retry_storm::policy::Policy;
use crate::retry_storm::rules::{Breaker, NeverRetry, Opens, RetryUpTo};
use crate::retry_storm::system::{System, Trouble};
use judge::percent;
use sim::{Time, ms, secs};

const SETTING: KnobKind = KnobKind::Setting;
const ASSUMPTION: KnobKind = KnobKind::Assumption;

/// Where each knob stands in [`KNOBS`].
pub(super) mod at {
    pub(crate) const POLICY: usize = 0;
    pub(crate) const AGAINST: usize = 1;
    pub(crate) const TRIES: usize = 2;
    pub(crate) const BUDGET: usize = 3;
    pub(crate) const RATE: usize = 4;
    pub(crate) const STALL: usize = 5;
    pub(crate) const SPEED: usize = 6;
    pub(crate) const TIME_OUT: usize = 7;
    pub(crate) const QUEUE: usize = 8;
    pub(crate) const LOST: usize = 9;
    pub(crate) const FAILING: usize = 10;
    pub(crate) const DEAD_SHARD: usize = 11;
    pub(crate) const FAILURES: usize = 12;
    pub(crate) const SHARE: usize = 13;
    pub(crate) const PAUSE: usize = 14;
    pub(crate) const PROCESSES: usize = 15;
    pub(crate) const CALLS: usize = 16;
    pub(crate) const PATIENCE: usize = 17;
    pub(crate) const WORK: usize = 18;
    pub(crate) const NEWEST: usize = 19;
    pub(crate) const WITHDRAW: usize = 20;
    pub(crate) const OWN_QUEUES: usize = 21;
    pub(crate) const NETWORK: usize = 22;
    pub(crate) const LASTS: usize = 23;
}

/// Value of the queue knob that stands for "no bound".
pub(super) const NO_BOUND: f64 = 100_000.0;

/// The policies that can be compared, by the value of the knob.
pub(super) const POLICIES: &[(f64, &str)] = &[
    (0.0, "never"),
    (1.0, "at-once"),
    (2.0, "pauses"),
    (3.0, "limit"),
    (4.0, "breaker-count"),
    (5.0, "breaker-share"),
];

const NO_YES: &[(f64, &str)] = &[(0.0, "no"), (1.0, "yes")];

#[rustfmt::skip]
pub(super) static KNOBS: [Knob; 24] = [
    knob!("policy", "Retries", "", 0.0..=5.0 by 1.0, 1.0, SETTING, POLICIES, "What a process does when a try fails: never retry; retry at once; after random pauses that double; at once within a limit; or at once, with a breaker that opens at a count or at a share of failures.", "nobody retries", &[(1.0, "processes retry at once"), (2.0, "processes retry after pauses"), (3.0, "processes retry within a limit"), (4.0, "a breaker opens at a count of failures"), (5.0, "a breaker opens at a share of failures")]),
    knob!("against", "Compared with", "", 0.0..=5.0 by 1.0, 0.0, SETTING, POLICIES, "The second policy, on the same requests.", "the other policy never retries", &[(1.0, "the other policy retries at once"), (2.0, "the other policy retries after pauses"), (3.0, "the other policy retries within a limit"), (4.0, "the other policy has a breaker by count"), (5.0, "the other policy has a breaker by share")]),
    knob!("tries", "Tries a request, at most", "", 1.0..=10.0 by 1.0, 4.0, SETTING, &[], "The first try included. Holds for every policy but “never”.", "a request has up to {} tries", &[(1.0, "a request has one try")]),
    knob!("budget", "Limit on retries", "%", 1.0..=100.0 by 1.0, 10.0, SETTING, &[(100.0, "no limit")], "For “limit”: retries in any 10 s, as a share of the process's first tries, and one more.", "retries are at most {} of first tries", &[(100.0, "retries have no limit")]),
    knob!("requests_per_second", "Requests", "per s", 2.0..=800.0 by 2.0, 400.0, SETTING, &[], "Requests a second, over all processes.", "{n} requests arrive a second", &[]),
    knob!("stall_lasts", "Trouble lasts", "s", 0.0..=40.0 by 0.1, 10.0, SETTING, &[(0.0, "none")], "From second 10 on, the dependency has less capacity for this long.", "the trouble lasts {}", &[(0.0, "there is no trouble")]),
    knob!("capacity_left", "Capacity left meanwhile", "%", 0.0..=100.0 by 1.0, 0.0, SETTING, &[(0.0, "a stall")], "Speed of the dependency's work in the trouble, as a share of the usual one.", "the trouble leaves {} of the capacity", &[(0.0, "the trouble is a stall"), (100.0, "the trouble leaves all capacity")]),
    knob!("time_out", "Time-out of a try", "ms", 100.0..=120000.0 by 100.0, 1000.0, SETTING, &[], "How long a process waits for a try.", "a try times out after {}", &[]),
    knob!("queue", "Queue", "tries", 0.0..=100000.0 by 1.0, NO_BOUND, SETTING, &[(NO_BOUND, "no bound")], "Tries that may wait at the dependency; more are refused at once. 500 tries are one second of work.", "{} may wait", &[(0.0, "no try may wait"), (1.0, "one try may wait"), (NO_BOUND, "the queue has no bound")]),
    knob!("lost", "Tries lost", "%", 0.0..=50.0 by 1.0, 0.0, SETTING, &[], "Share of tries that get no answer at all.", "{} of tries are lost", &[(0.0, "no try is lost")]),
    knob!("failing", "Tries that fail at once", "%", 0.0..=90.0 by 1.0, 0.0, SETTING, &[], "Share of tries that are answered with an error, without work.", "{} of tries fail at once", &[(0.0, "no try fails at once")]),
    knob!("dead_shard", "One shard dead", "", 0.0..=1.0 by 1.0, 0.0, SETTING, NO_YES, "One of the ten shards fails every try at once.", "one shard is dead", &[(0.0, "no shard is dead")]),
    knob!("failures", "Breaker opens at", "", 1.0..=500.0 by 1.0, 20.0, SETTING, &[], "For “breaker-count”: failures of a process in the last 10 s.", "the breaker opens at {} failures", &[(1.0, "the breaker opens at one failure")]),
    knob!("share", "Breaker opens at a share of", "%", 1.0..=100.0 by 1.0, 50.0, SETTING, &[], "For “breaker-share”: failures of a process among its last 10 s of tries, 20 tries or more.", "the breaker opens when {} of tries fail", &[]),
    knob!("pause", "First pause, at most", "ms", 10.0..=10000.0 by 10.0, 200.0, SETTING, &[], "For “pauses”: the pause is drawn between zero and this; this doubles with each try, up to 20 s.", "the first pause is at most {}", &[]),
    knob!("processes", "Processes", "", 1.0..=400.0 by 1.0, 10.0, ASSUMPTION, &[], "The same requests spread over this many processes; each sees only its own.", "the requests come from {} processes", &[(1.0, "the requests come from one process")]),
    knob!("calls", "Calls of the layer above", "", 1.0..=5.0 by 1.0, 1.0, ASSUMPTION, &[(1.0, "one")], "Times that the caller of a process asks for the same request, without a limit.", "the layer above calls {} times", &[(1.0, "the layer above calls once")]),
    knob!("patience", "Users wait", "s", 0.1..=400.0 by 0.1, 10.0, ASSUMPTION, &[], "An answer after that counts as a failure.", "users wait {}", &[]),
    knob!("work", "Mean work of a try", "ms", 10.0..=500.0 by 10.0, 100.0, ASSUMPTION, &[], "Exponentially distributed. The dependency works on 50 tries at once.", "a try takes {} of work", &[]),
    knob!("newest_first", "Newest try first", "", 0.0..=1.0 by 1.0, 0.0, ASSUMPTION, NO_YES, "Does the dependency take the newest waiting try first?", "the newest try goes first", &[(0.0, "the oldest try goes first")]),
    knob!("withdraw", "Withdraw what has timed out", "", 0.0..=1.0 by 1.0, 0.0, ASSUMPTION, NO_YES, "Is a try taken out of the queue when its process has stopped waiting?", "what has timed out is withdrawn", &[(0.0, "what has timed out stays in the queue")]),
    knob!("own_queues", "A queue a shard", "", 0.0..=1.0 by 1.0, 0.0, ASSUMPTION, NO_YES, "Has each of the ten shards a tenth of the slots and of the queue to itself?", "each shard has a queue of its own", &[(0.0, "all shards share one queue")]),
    knob!("network", "Network, one way", "ms", 0.0..=50.0 by 0.5, 0.5, ASSUMPTION, &[], "Delay of a message between a process and the dependency.", "a message takes {} one way", &[(0.0, "a message takes no time")]),
    knob!("run_lasts", "The run lasts", "s", 30.0..=300.0 by 10.0, 120.0, ASSUMPTION, &[], "No request arrives after that.", "the run lasts {}", &[]),
];

/// When the trouble begins.
pub(super) const TROUBLE_FROM: Time = secs(10);

/// The system that knob values stand for.
pub(in crate::retry_storm) fn system(value: &[f64]) -> System {
    let lasting = Time::from_ms_f64(value[at::STALL] * 1_000.0);
    let speed = value[at::SPEED] / 100.0;
    System {
        processes: value[at::PROCESSES] as u32,
        rate: value[at::RATE],
        time_out: Time::from_ms_f64(value[at::TIME_OUT]),
        calls: value[at::CALLS] as u32,
        patience: Time::from_ms_f64(value[at::PATIENCE] * 1_000.0),
        work: Time::from_ms_f64(value[at::WORK]),
        queue: if value[at::QUEUE] >= NO_BOUND {
            usize::MAX
        } else {
            value[at::QUEUE] as usize
        },
        newest_first: value[at::NEWEST] > 0.0,
        withdraw: value[at::WITHDRAW] > 0.0,
        own_queues: value[at::OWN_QUEUES] > 0.0,
        network: Time::from_ms_f64(value[at::NETWORK]),
        lost: value[at::LOST] / 100.0,
        failing: value[at::FAILING] / 100.0,
        dead_shard: value[at::DEAD_SHARD] > 0.0,
        trouble: (lasting > ms(0) && speed < 1.0).then_some(Trouble { from: TROUBLE_FROM, lasting, speed }),
        end: secs(value[at::LASTS] as u64),
        ..System::default()
    }
}

/// The policy that a knob (`policy` or `against`) stands for, together with the knobs that refine it.
pub(super) fn policy(which: f64, value: &[f64]) -> Box<dyn Policy> {
    let tries = value[at::TRIES] as u32;
    let pause = Time::from_ms_f64(value[at::PAUSE]);
    match which as u32 {
        0 => Box::new(NeverRetry),
        1 => Box::new(RetryUpTo::at_once(tries)),
        2 => Box::new(RetryUpTo { pause, ..RetryUpTo::at_once(tries) }),
        3 => Box::new(RetryUpTo { budget: percent(value[at::BUDGET]), ..RetryUpTo::at_once(tries) }),
        4 => Box::new(Breaker { tries, opens: Opens::AtFailures(value[at::FAILURES] as u32) }),
        _ => Box::new(Breaker { tries, opens: Opens::AtShare(percent(value[at::SHARE])) }),
    }
}

/// What the figures call a policy.
pub(super) fn name(which: f64) -> &'static str {
    match which as u32 {
        0 => "no retries",
        1 => "retries at once",
        2 => "retries after pauses",
        3 => "retries within a limit",
        4 => "breaker by count",
        _ => "breaker by share",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knobs_stand_where_their_names_say() {
        let named = [
            ("policy", at::POLICY),
            ("against", at::AGAINST),
            ("tries", at::TRIES),
            ("budget", at::BUDGET),
            ("requests_per_second", at::RATE),
            ("stall_lasts", at::STALL),
            ("capacity_left", at::SPEED),
            ("time_out", at::TIME_OUT),
            ("queue", at::QUEUE),
            ("lost", at::LOST),
            ("failing", at::FAILING),
            ("dead_shard", at::DEAD_SHARD),
            ("failures", at::FAILURES),
            ("share", at::SHARE),
            ("pause", at::PAUSE),
            ("processes", at::PROCESSES),
            ("calls", at::CALLS),
            ("patience", at::PATIENCE),
            ("work", at::WORK),
            ("newest_first", at::NEWEST),
            ("withdraw", at::WITHDRAW),
            ("own_queues", at::OWN_QUEUES),
            ("network", at::NETWORK),
            ("run_lasts", at::LASTS),
        ];
        assert_eq!(named.len(), KNOBS.len());
        for (name, i) in named {
            assert_eq!(KNOBS[i].name, name);
            assert!(
                (KNOBS[i].snap(KNOBS[i].default) - KNOBS[i].default).abs() < 1e-9,
                "{name}"
            );
        }
    }

    #[test]
    fn the_knobs_defaults_are_the_briefs_system_with_its_stall() {
        let value: Vec<f64> = KNOBS.iter().map(|k| k.default).collect();
        let brief = System {
            trouble: Some(Trouble { from: TROUBLE_FROM, lasting: secs(10), speed: 0.0 }),
            end: secs(120),
            ..System::default()
        };
        assert_eq!(system(&value), brief);
    }
}
