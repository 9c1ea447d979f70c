//! Step `calculate`: four formulas, held against published numbers, properties and the simulator.

use super::FOLDER;
use super::operate::{Answer, CRASH, LEAK, with};
use super::rules::{AlwaysOn, Staged};
use super::system::{System, hours, minutes};
use super::trial::pooled;
use judge::formula::{Formula, Mistake};
use judge::{Percent, percent};

/// One stage of a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    /// Share of the fleet that has the change.
    pub share: Percent,
    /// How long the stage lasts, in hours.
    pub hours: f64,
}

/// Exposure up to an instant, in fleet-hours: `(stages, hours since the first began)`; everywhere comes after the last stage.
pub type Exposure = fn(&[Stage], f64) -> f64;
/// Chance that at least one machine reads the rows: `(machines, reads of a machine per hour, hours)`.
pub type ChanceOfARead = fn(f64, f64, f64) -> Percent;
/// Errors of the whole service: `(usual errors, errors of the changed machines, their share of the requests)`.
pub type OverallErrors = fn(Percent, Percent, Percent) -> Percent;
/// Minutes until all machines have their data, all starting at the same instants:
/// `(machines, loads per second, seconds that a machine waits, seconds from one start to the next)`.
pub type MinutesInStep = fn(f64, f64, f64, f64) -> f64;

static LAST_STAGE_ONLY: Mistake = Mistake {
    key: "last_stage_counts_for_all",
    assumes: "the share at the end was there from the begin",
    instead: "the earlier stages were counted with the share of the last one",
    ask: "how much of the fleet had the change in the first stage, and for how long?",
};

static WHOLE_STAGES: Mistake = Mistake {
    key: "stages_are_whole",
    assumes: "every stage of the plan takes place",
    instead: "stages were counted that had not begun, or not ended, when it was stopped",
    ask: "at the instant that you are given, which stage is it, and how long has it lasted?",
};

static CHANCES_ADD_UP: Mistake = Mistake {
    key: "chances_add_up",
    assumes: "expected reads are the chance of a read",
    instead: "several reads may fall to one run and none to another; the mean counts them all",
    ask: "with two reads expected, how often is there none at all?",
};

static TIME_ALONE: Mistake = Mistake {
    key: "time_alone",
    assumes: "a canary tries a change for as long as it lasts, however small it is",
    instead: "the number of machines made no difference",
    ask: "which reads more rows in an hour, one machine or a hundred?",
};

static THE_GRAPH_SHOWS_IT: Mistake = Mistake {
    key: "the_graph_shows_it",
    assumes: "the errors of the changed machines are those of the service",
    instead: "all other requests, which go as usual, were left out",
    ask: "of a hundred requests to the service, how many meet a changed machine?",
};

static FULL_RATE: Mistake = Mistake {
    key: "busy_is_useful",
    assumes: "a store that works at its full rate brings machines back at its full rate",
    instead: "loads whose machines had stopped waiting were counted as machines brought back",
    ask: "of the loads that arrive in one instant, how many are finished while their machines still wait?",
};

static PART_OF_A_ROUND: Mistake = Mistake {
    key: "part_of_a_round",
    assumes: "a part of a round takes a part of the time",
    instead: "the last machines were counted as back before the period of their start was over",
    ask: "if one machine is left over, at which instant does it start?",
};

static ONE_ROUND_SHORT: Mistake = Mistake {
    key: "one_round_short",
    assumes: "the round that is not full does not count",
    instead: "the last machines to start were left out",
    ask: "who comes in the last round, and when is that over?",
};

static START_TO_START: Mistake = Mistake {
    key: "from_start_to_start",
    assumes: "the time is over when the last machines start",
    instead: "the time was counted to the last start, and not to the end of its period",
    ask: "from which instant to which does the function count?",
};

static WHOLE_HOURS: Mistake = Mistake {
    key: "reads_are_tosses",
    assumes: "a machine reads once an hour or not at all, as a coin falls",
    instead: "reads at random within an hour were counted as one toss for the hour",
    ask: "what would you get if you counted half hours instead of hours?",
};

static THE_REST_IS_FORGOTTEN: Mistake = Mistake {
    key: "the_rest_is_added_whole",
    assumes: "the errors of the changed part come on top of the usual errors of all",
    instead: "the changed part was counted twice: with its own errors, and with the usual ones",
    ask: "if all machines were changed, what would your formula give?",
};

/// `exposure`, against arithmetic and the simulator.
#[track_caller]
pub fn exposure(f: Exposure) -> Formula {
    static FOUR: [Stage; 3] = [
        Stage { share: Percent(1.0), hours: 4.0 },
        Stage { share: Percent(10.0), hours: 4.0 },
        Stage { share: Percent(50.0), hours: 4.0 },
    ];
    static SHORT: [Stage; 1] = [Stage { share: Percent(1.0), hours: 1.0 / 6.0 }];
    let of = |stages: &[Stage], until: f64| {
        let (mut sum, mut left) = (0.0, until);
        for stage in stages {
            let span = stage.hours.min(left);
            sum += stage.share.fraction() * span;
            left -= span;
        }
        sum + left
    };
    let whole = |stages: &[Stage]| stages.iter().map(|s| s.share.fraction() * s.hours).sum::<f64>();
    let at = |stages: &[Stage], until: f64| {
        let mut gone = 0.0;
        for stage in stages {
            gone += stage.hours;
            if until <= gone {
                return stage.share.fraction() * until;
            }
        }
        until
    };
    let case = |checks: Formula, stages: &'static [Stage], until: f64, what: &str| {
        let wrong: &[(f64, &Mistake)] = &[(at(stages, until), &LAST_STAGE_ONLY), (whole(stages), &WHOLE_STAGES)];
        checks.expect(what, move || f(stages, until), of(stages, until), 1e-9, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " fleet-hours",
        "try one stage of 100 %; a stop before anything began; a stop in the middle of the second stage",
    );
    let c = case(c, &FOUR, 6.0, "1 %, 10 % and 50 % for 4 h each, stopped after 6 h");
    let c = case(c, &FOUR, 0.0, "1 %, 10 % and 50 % for 4 h each, stopped after 0 h");
    let c = case(c, &FOUR, 14.0, "1 %, 10 % and 50 % for 4 h each, stopped after 14 h");
    let c = case(c, &SHORT, 3.0, "1 % for ten minutes, stopped after 3 h");
    let c = case(c, &[], 0.5, "everywhere at once, stopped after half an hour");
    // The simulator: rows that wear machines out, stopped by the plan, and half an hour until the rollback has arrived.
    let plan = Staged { bake: hours(2), margin: percent(3), by_region: true, reads: 0 };
    let system = with(LEAK, hours(24));
    let totals = pooled(&system, 3, &mut || -> Answer { Box::new(plan) });
    let until = totals.mean(|run| run.stopped.unwrap_or(system.end).as_secs() / 3_600.0) + 0.5;
    static TWO: [Stage; 3] = [
        Stage { share: Percent(1.0), hours: 2.0 },
        Stage { share: Percent(10.0), hours: 2.0 },
        Stage { share: Percent(50.0), hours: 2.0 },
    ];
    let measured = totals.mean(|run| run.exposure);
    c.expect(
        "stages of 2 h, taken back when machines wear out, against the simulator",
        move || f(&TWO, until),
        measured,
        0.02 * measured,
        &[(at(&TWO, until), &LAST_STAGE_ONLY), (whole(&TWO), &WHOLE_STAGES)],
    )
}

/// `chance_of_a_read`, against arithmetic and the simulator.
#[track_caller]
pub fn chance_of_a_read(f: ChanceOfARead) -> Formula {
    let chance = |mean: f64| -100.0 * libm::expm1(-mean);
    let case = |checks: Formula, machines: f64, reads: f64, hours: f64, what: &str| {
        let mean = machines * reads * hours;
        let wrong: &[(f64, &Mistake)] = &[
            (100.0 * mean, &CHANCES_ADD_UP),
            (100.0 * mean.min(1.0), &CHANCES_ADD_UP),
            (chance(reads * hours), &TIME_ALONE),
            (100.0 * (1.0 - libm::pow(1.0 - reads, machines * hours)), &WHOLE_HOURS),
        ];
        let gives = move || f(machines, reads, hours).0;
        checks.expect(what, gives, chance(mean), 0.01, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "what is the chance of no read at all in a very short time, and how do the chances of many short times go together?",
    );
    let c = case(c, 20.0, 0.01, 4.0, "20 machines, a read in a hundred hours each, 4 h");
    let c = case(c, 20.0, 0.05, 4.0, "20 machines, a read in twenty hours each, 4 h");
    let c = case(c, 1.0, 0.01, 4.0, "1 machine, a read in a hundred hours, 4 h");
    let c = case(c, 200.0, 0.0, 4.0, "200 machines, rows that nobody reads, 4 h");
    // The simulator: 600 canaries of four hours, which go on at their end if one of their machines has read a row.
    let system = System {
        machines: 200,
        stages: vec![0.1, 0.5],
        reads: 0.01,
        end: hours(4) + minutes(1),
        ..System::default()
    };
    let plan = Staged { bake: hours(4), margin: percent(50), by_region: false, reads: 1 };
    let totals = pooled(&system, 600, &mut || -> Answer { Box::new(plan) });
    let read = 100.0 * totals.share(|run| run.reach > 0.2);
    c.expect(
        "20 machines, a read in a hundred hours each, 4 h, against the simulator",
        move || f(20.0, 0.01, 4.0).0,
        read,
        8.0,
        &[],
    )
}

/// `overall_errors`, against the published case and its limits.
#[track_caller]
pub fn overall_errors(f: OverallErrors) -> Formula {
    let case = |checks: Formula, usual: f64, changed: f64, share: f64, what: &str| {
        let should = usual * (1.0 - share / 100.0) + changed * share / 100.0;
        let on_top = usual + changed * share / 100.0;
        let wrong: &[(f64, &Mistake)] = &[(changed, &THE_GRAPH_SHOWS_IT), (on_top, &THE_REST_IS_FORGOTTEN)];
        let gives = move || f(percent(usual), percent(changed), percent(share)).0;
        checks.expect(what, gives, should, 1e-6, wrong)
    };
    let c = Formula::new(FOLDER, " %", "what if nobody has the change? what if everybody has it?");
    let c = case(c, 0.0, 20.0, 5.0, "no errors as usual, 20 % in 5 % of the requests");
    let c = case(c, 0.5, 5.5, 1.0, "0.5 % as usual, 5.5 % in 1 % of the requests");
    let c = case(c, 0.5, 0.5, 30.0, "0.5 % as usual, 0.5 % in 30 % of the requests");
    case(c, 0.5, 60.0, 0.0, "0.5 % as usual, and no changed machine")
}

/// `minutes_in_step`, against arithmetic and the simulator.
#[track_caller]
pub fn minutes_in_step(f: MinutesInStep) -> Formula {
    let case = |checks: Formula, machines: f64, rate: f64, patience: f64, period: f64, what: &str| {
        let should = (machines / (rate * patience)).ceil() * period / 60.0;
        let (rounds, round) = (machines / (rate * patience), period / 60.0);
        let wrong: &[(f64, &Mistake)] = &[
            (machines / rate / 60.0, &FULL_RATE),
            (rounds * round, &PART_OF_A_ROUND),
            (rounds.floor() * round, &ONE_ROUND_SHORT),
            ((rounds.ceil() - 1.0) * round, &START_TO_START),
        ];
        let gives = move || f(machines, rate, patience, period);
        checks.expect(what, gives, should, 1e-6, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " min",
        "how many machines get their data in one round, and how many rounds does that make?",
    );
    let c = case(
        c,
        3_000.0,
        10.0,
        20.0,
        300.0,
        "3,000 machines, 10 loads/s, waits of 20 s, a start in 5 min",
    );
    let c = case(
        c,
        150.0,
        10.0,
        20.0,
        300.0,
        "150 machines, 10 loads/s, waits of 20 s, a start in 5 min",
    );
    let c = case(
        c,
        450.0,
        10.0,
        20.0,
        300.0,
        "450 machines, 10 loads/s, waits of 20 s, a start in 5 min",
    );
    // The simulator: the whole fleet down, the switch thrown by a person.
    let system = System { stages: Vec::new(), ..with(CRASH, hours(6)) };
    let totals = pooled(&system, 3, &mut || -> Answer { Box::new(AlwaysOn) });
    let measured = totals.mean(|run| run.recovery().as_secs() / 60.0);
    let machines = f64::from(system.machines);
    let rate = system.slots as f64 / system.work.as_secs();
    let (patience, period) = (system.patience.as_secs(), system.period.as_secs());
    c.expect(
        "the brief's fleet, all of it down, against the simulator",
        move || f(machines, rate, patience, period),
        measured,
        0.15 * measured,
        &[(machines / rate / 60.0, &FULL_RATE)],
    )
}
