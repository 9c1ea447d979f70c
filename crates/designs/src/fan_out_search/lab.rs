//! The lab: waiting for all leaves against sending second requests, on the same arrivals.

use super::pair::{ALLOWED, Names, Pair, Reported, WAIT};
use super::policy::Policy;
use super::rules::{HedgeAfter, NeverHedge};
use super::system::{Cell, LEAF_QUANTILES, Storm};
use crate::lab::{Knob, KnobKind, Lab, MapOf, Run, knob, run_of, snapped};
use judge::percent;
use sim::{Time, ms, secs};

/// The lab of design 02.
pub struct FanOutLab;

const SETTING: KnobKind = KnobKind::Setting;
const ASSUMPTION: KnobKind = KnobKind::Assumption;

/// Where each knob stands in [`KNOBS`].
mod at {
    pub(super) const LEAVES: usize = 0;
    pub(super) const HEDGE_AFTER: usize = 1;
    pub(super) const BUDGET: usize = 2;
    pub(super) const DEADLINE: usize = 3;
    pub(super) const RATE: usize = 4;
    pub(super) const STORM: usize = 5;
    pub(super) const SLOW_MACHINE: usize = 6;
    pub(super) const MACHINE_OFF: usize = 7;
    pub(super) const SHARED: usize = 8;
    pub(super) const TAIL: usize = 9;
    pub(super) const SLOTS: usize = 10;
    pub(super) const QUEUE: usize = 11;
    pub(super) const WITHDRAW: usize = 12;
    pub(super) const NETWORK: usize = 13;
}

static KNOBS: [Knob; 14] = [
    knob!("leaves", "Leaves", "", 1.0..=200.0 by 1.0, 100.0, SETTING, &[], "Leaves that a query asks; each has two replicas.", "a query asks {} leaves", &[(1.0, "a query asks one leaf")]).by_factors(),
    knob!("hedge_after", "Second request after", "ms", 0.0..=1000.0 by 1.0, 18.0, SETTING, &[], "How long the root waits for a leaf before it asks the other replica too.", "the second request goes out after {}", &[(0.0, "the second request goes out at once")]),
    knob!("hedge_budget", "Second requests at most", "%", 0.0..=100.0 by 1.0, 100.0, SETTING, &[(100.0, "no limit")], "Limit on second requests within any second, as a share of first requests. 100 % means no limit.", "second requests are at most {} of the first", &[(0.0, "no second request is allowed"), (100.0, "second requests have no limit")]),
    knob!("deadline", "Deadline", "ms", 20.0..=4000.0 by 10.0, 1000.0, SETTING, &[], "After this long the root answers with what it has.", "the root answers after {} at the latest", &[]),
    knob!("queries_per_second", "Queries", "per s", 20.0..=1000.0 by 10.0, 200.0, SETTING, &[], "Queries a second that the cell takes.", "{n} queries arrive a second", &[]),
    knob!("storm_factor", "Every leaf slower by", "×", 1.0..=10.0 by 0.5, 1.0, SETTING, &[(1.0, "off")], "From second 5.5 to second 10.5 every leaf works this many times slower. Our model: no measurement of it is published.", "every leaf is {n} times slower for a while", &[(1.0, "no leaf becomes slower")]),
    knob!("slow_machine", "One machine slower by", "×", 1.0..=20.0 by 1.0, 1.0, SETTING, &[(1.0, "off")], "One leaf machine works this many times slower all the time.", "one machine is {n} times slower", &[(1.0, "no machine is slow")]),
    knob!("machine_off", "One machine off", "", 0.0..=1.0 by 1.0, 0.0, SETTING, &[(0.0, "no"), (1.0, "yes")], "One leaf machine is silently off.", "one machine is off", &[(0.0, "every machine is on")]),
    knob!("shared_cause", "Slowness common to both replicas", "%", 0.0..=100.0 by 0.1, 0.0, ASSUMPTION, &[], "Share of requests that take equally long on both replicas, because they wait for the same thing.", "{} of requests are as slow on both replicas", &[(0.0, "no slowness is common to both replicas")]),
    knob!("tail", "Slowest 2 % of a leaf", "×", 0.1..=3.0 by 0.1, 1.0, ASSUMPTION, &[], "Stretches the part of a leaf's times beyond its p98.", "the slowest 2 % of a leaf take {n} times as long", &[(1.0, "the slowest 2 % of a leaf take as long as measured")]),
    knob!("slots", "Slots a machine", "", 1.0..=32.0 by 1.0, 8.0, ASSUMPTION, &[], "Requests that a leaf machine works on at once.", "a machine has {} slots", &[(1.0, "a machine has one slot")]),
    knob!("queue", "Queue a machine", "", 0.0..=1000.0 by 1.0, 64.0, ASSUMPTION, &[], "Requests that may wait at a machine; more are refused.", "{} requests may wait at a machine", &[(0.0, "no request may wait at a machine"), (1.0, "one request may wait at a machine")]),
    knob!("withdraw", "Withdraw what still queues", "", 0.0..=1.0 by 1.0, 1.0, ASSUMPTION, &[(0.0, "no"), (1.0, "yes")], "Is a copy that is no longer needed taken out of its queue?", "what still queues is withdrawn", &[(0.0, "what still queues stays")]),
    knob!("network", "Network, one way", "ms", 0.0..=10.0 by 0.05, 0.25, ASSUMPTION, &[], "Delay of a message between root and leaf.", "a message takes {} one way", &[(0.0, "a message takes no time")]),
];

const STORM_FROM: Time = ms(5_500);
const STORM_LASTS: Time = secs(5);

impl Lab for FanOutLab {
    fn title(&self) -> &'static str {
        "Wait, or ask again"
    }

    fn setup(&self) -> &'static str {
        "A search cell takes queries for 15.5 seconds. One policy waits for every leaf until the deadline; the other asks a leaf's second replica when the first is late. Both get the same queries, and every leaf request would take the same time under both."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn map(&self) -> MapOf {
        MapOf { across: "hedge_after", down: "leaves", result: "p99_hedge" }
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let cell = cell(&value);
        let hedge = HedgeAfter { after: Time::from_ms_f64(value[at::HEDGE_AFTER]), budget: percent(value[at::BUDGET]) };
        let stormy = cell.storm.is_some();
        // What is reported on: the storm where there is one, everything after the first half-second otherwise.
        let reported = if stormy {
            Reported {
                phases: 2..3,
                when: "While every leaf was slow".into(),
                caption: "Queries that arrived while every leaf was slow".into(),
            }
        } else {
            let phases = 1..cell.phases.len();
            Reported {
                phases,
                when: "Over the whole run".into(),
                caption: "Queries that arrived after the first half-second".into(),
            }
        };
        let sides: [(Names, Box<dyn Policy>); 2] = [(WAIT, Box::new(NeverHedge)), (ASK_AGAIN, Box::new(hedge))];
        let mut pair = Pair::new(sides, cell, reported, seed);
        pair.over_time = stormy || value[at::RATE] > 400.0;
        pair.allowed = Some(ALLOWED);
        run_of(pair, Pair::advance, Pair::so_far, Pair::view)
    }
}

/// The lab's second policy.
const ASK_AGAIN: Names = Names {
    key: "hedge",
    legend: "ask again",
    column: "ask again",
    label: "with second requests",
    subject: "Second requests",
    asks: true,
};

/// The cell that knob values stand for.
pub(super) fn cell(value: &[f64]) -> Cell {
    let p98 = 25.0;
    let tail = value[at::TAIL];
    Cell {
        leaves: value[at::LEAVES] as u32,
        slots: value[at::SLOTS] as usize,
        queue: value[at::QUEUE] as usize,
        rate: value[at::RATE],
        work: LEAF_QUANTILES
            .iter()
            .map(|&(p, t)| (p, if t > p98 { p98 + (t - p98) * tail } else { t }))
            .collect(),
        network: Time::from_ms_f64(value[at::NETWORK]),
        deadline: Time::from_ms_f64(value[at::DEADLINE]),
        shared: value[at::SHARED] / 100.0,
        withdraw: value[at::WITHDRAW] > 0.0,
        storm: (value[at::STORM] > 1.0).then_some(Storm {
            factor: value[at::STORM],
            share: 1.0,
            from: STORM_FROM,
            lasting: STORM_LASTS,
        }),
        slow_machine: (value[at::SLOW_MACHINE] > 1.0).then_some(value[at::SLOW_MACHINE]),
        machine_off: value[at::MACHINE_OFF] > 0.0,
        phases: vec![
            ms(500),
            STORM_FROM,
            STORM_FROM + STORM_LASTS,
            STORM_FROM + STORM_LASTS * 2,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn knobs_stand_where_their_names_say() {
        let named = [
            ("leaves", at::LEAVES),
            ("hedge_after", at::HEDGE_AFTER),
            ("hedge_budget", at::BUDGET),
            ("deadline", at::DEADLINE),
            ("queries_per_second", at::RATE),
            ("storm_factor", at::STORM),
            ("slow_machine", at::SLOW_MACHINE),
            ("machine_off", at::MACHINE_OFF),
            ("shared_cause", at::SHARED),
            ("tail", at::TAIL),
            ("slots", at::SLOTS),
            ("queue", at::QUEUE),
            ("withdraw", at::WITHDRAW),
            ("network", at::NETWORK),
        ];
        assert_eq!(named.len(), KNOBS.len());
        for (name, i) in named {
            assert_eq!(KNOBS[i].name, name);
            assert_eq!(KNOBS[i].snap(KNOBS[i].default), KNOBS[i].default, "{name}");
        }
    }

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&FanOutLab, &[("storm_factor", "5"), ("leaves", "20")], 10_000);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&FanOutLab, &[("leaves", "3"), ("queries_per_second", "20")]);
    }
}
