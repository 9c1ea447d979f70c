//! Changes and their blast radius: what is exposed and for how long, what a small part can show, and how long a whole
//! fleet takes to start.
//!
//! A *fleet-minute* is the whole fleet failing for one minute; a *fleet-hour* of exposure is the whole fleet having a change for
//! an hour.

use crate::{Model, count, exactly, out, real};

/// Share of all requests that fail when a share `part` of them fails with `changed` and the others with `usual`.
///
/// Source: Beyer et al. (eds), *The Site Reliability Workbook*, 2018, chapter 16 (1 % for 20 % in a part of 5 %).
pub fn mixture(usual: f64, changed: f64, part: f64) -> f64 {
    usual * (1.0 - part) + changed * part
}

/// Harm in fleet-minutes: a share `exposed` of the fleet fails a share `failing` of its requests, from the first failure
/// until it is noticed and then taken back, each in minutes.
///
/// Source: arithmetic; that harm goes with the share exposed is said in *The Site Reliability Workbook*, chapter 16.
pub fn harm(exposed: f64, failing: f64, notice: f64, take_back: f64) -> f64 {
    exposed * failing * (notice + take_back)
}

/// Chance that something happens at least once that is expected to happen `mean` times, at random and independently.
///
/// Source: arithmetic, the Poisson distribution.
pub fn at_least_once(mean: f64) -> f64 {
    -libm::expm1(-mean)
}

/// Rounds in which `machines` come back that all ask in the same instant, when `rate` of them are served per second and each waits
/// for `patience` seconds. What is left of a round must be worked off before the next.
///
/// Source: arithmetic.
///
/// # Errors
/// When a round brings nobody back.
pub fn rounds(machines: f64, rate: f64, patience: f64) -> Result<f64, String> {
    let served = rate * patience;
    if served < 1.0 {
        return Err("nobody is served in time, however many rounds there are".into());
    }
    // A hair's breadth of rounding does not cost a round.
    Ok(libm::ceil(machines / served - 1e-9).max(1.0))
}

/// `change.mixture`
pub static MIXTURE: Model = Model {
    id: "change.mixture",
    title: "What does the whole show of a part?",
    tex: r"e = e_0\,(1-s) + e_1\,s",
    source: "beyer2018 ch. 16",
    inputs: &[
        real(
            "usual",
            "e_0",
            "Errors where nothing was changed",
            "%",
            (0.0, 0.2, 100.0),
        ),
        real("changed", "e_1", "Errors where it was", "%", (0.0, 8.0, 100.0)),
        real(
            "part",
            "s",
            "Share of the requests that meet the change",
            "%",
            (0.0, 2.0, 100.0),
        ),
    ],
    outputs: &[
        out("overall", "Errors of the whole", "%", 4),
        out("more", "Of these, because of the change", "%", 4),
    ],
    run: |values| {
        let [usual, changed, part] = exactly(values)?;
        let overall = 100.0 * mixture(usual / 100.0, changed / 100.0, part / 100.0);
        Ok(vec![overall, overall - usual])
    },
};

/// `change.harm`
pub static HARM: Model = Model {
    id: "change.harm",
    title: "What does it cost until it is taken back?",
    tex: r"H = s\,f\,(t_{\text{notice}} + t_{\text{back}})",
    source: "arithmetic",
    inputs: &[
        real("exposed", "s", "Fleet that has the change", "%", (0.0, 5.0, 100.0)),
        real("failing", "f", "Requests that fail there", "%", (0.0, 40.0, 100.0)),
        real(
            "notice",
            r"t_{\text{notice}}",
            "From the first failure until it is noticed",
            "min",
            (0.0, 15.0, 1e6),
        ),
        real(
            "take_back",
            r"t_{\text{back}}",
            "From then until it is taken back",
            "min",
            (0.0, 45.0, 1e6),
        ),
    ],
    outputs: &[
        out("harm", "Harm", "fleet-minutes", 3),
        out("everywhere", "The same, if the whole fleet had it", "fleet-minutes", 2),
    ],
    run: |values| {
        let [exposed, failing, notice, take_back] = exactly(values)?;
        let of = |share: f64| harm(share, failing / 100.0, notice, take_back);
        Ok(vec![of(exposed / 100.0), of(1.0)])
    },
};

/// `change.sees`
pub static SEES: Model = Model {
    id: "change.sees",
    title: "Does the first stage try it at all?",
    tex: r"P = 1 - e^{-m\,\lambda\,t}",
    source: "arithmetic",
    inputs: &[
        count("machines", "m", "Machines that have the change", (1.0, 8.0, 1e6)),
        real(
            "rate",
            r"\lambda",
            "Times that one of them takes the changed path",
            "per hour",
            (0.0, 0.02, 1e9),
        ),
        real("hours", "t", "Time", "h", (0.0, 6.0, 1e6)),
    ],
    outputs: &[
        out("expected", "Times that it is taken, on average", "", 3),
        out("chance", "Chance that it is taken at least once", "%", 2),
        out("for_95", "Time after which that chance is 95 %", "h", 1),
    ],
    run: |values| {
        let [machines, rate, hours] = exactly(values)?;
        if rate == 0.0 {
            return Err("a path that is never taken is never tried, however long the stage".into());
        }
        let mean = machines * rate * hours;
        let enough = -libm::log(0.05) / (machines * rate);
        Ok(vec![mean, 100.0 * at_least_once(mean), enough])
    },
};

/// `change.in_step`
pub static IN_STEP: Model = Model {
    id: "change.in_step",
    title: "When is a fleet back that starts in step?",
    tex: r"T = \left\lceil \frac{N}{\mu\,p} \right\rceil P",
    source: "arithmetic",
    inputs: &[
        count("machines", "N", "Machines that start", (1.0, 500.0, 1e7)),
        real(
            "rate",
            r"\mu",
            "Starts that can be served",
            "per second",
            (0.001, 6.0, 1e7),
        ),
        real("patience", "p", "A start waits for", "s", (0.001, 10.0, 1e5)),
        real("period", "P", "From one start to the next", "s", (0.001, 300.0, 1e6)),
    ],
    outputs: &[
        out("rounds", "Rounds", "", 0),
        out("minutes", "Time until the last round is over", "min", 1),
        out("evenly", "The same machines, asking evenly spread", "min", 2),
        out("drain", "Time to work off one round of all", "s", 0),
    ],
    run: |values| {
        let [machines, rate, patience, period] = exactly(values)?;
        let drain = machines / rate;
        if drain > period {
            return Err(format!(
                "the loads of one round take {drain:.0} s, and the next begins after {period:.0} s: what is left over is still in the way"
            ));
        }
        let rounds = rounds(machines, rate, patience)?;
        Ok(vec![rounds, rounds * period / 60.0, drain / 60.0, drain])
    },
};

/// `change.reach`
pub static REACH: Model = Model {
    id: "change.reach",
    title: "How long is there to stop it?",
    tex: r"T = t_1 + t_2 + t_3, \qquad v = \frac{N}{t_3}",
    source: "tang2015 section 6.3",
    inputs: &[
        real("check", "t_1", "To take it in", "s", (0.0, 20.0, 1e6)),
        real("publish", "t_2", "To hand it to the distributor", "s", (0.0, 10.0, 1e6)),
        real("copy", "t_3", "To copy it to all machines", "s", (0.0, 30.0, 1e6)),
        count("machines", "N", "Machines", (1.0, 1_000.0, 1e8)),
    ],
    outputs: &[
        out("seconds", "From the change to the last machine", "s", 1),
        out("a_second", "Machines a second, while it is copied", "per second", 0),
    ],
    run: |values| {
        let [check, publish, copy, machines] = exactly(values)?;
        Ok(vec![check + publish + copy, machines / copy.max(0.001)])
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_canary_is_one_in_a_hundred() {
        assert!((mixture(0.0, 0.2, 0.05) - 0.01).abs() < 1e-12);
        assert_eq!(mixture(0.3, 0.3, 0.7), 0.3);
    }

    #[test]
    fn chances_do_not_add_up() {
        assert!((at_least_once(2.0) - 0.864_664_7).abs() < 1e-6);
        assert_eq!(at_least_once(0.0), 0.0);
        assert!((at_least_once(1e-9) / 1e-9 - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_round_serves_what_it_can_while_machines_wait() {
        assert_eq!(rounds(600.0, 10.0, 20.0), Ok(3.0));
        assert_eq!(rounds(601.0, 10.0, 20.0), Ok(4.0));
        assert_eq!(rounds(1.0, 10.0, 20.0), Ok(1.0));
        assert!(rounds(600.0, 0.01, 20.0).is_err());
    }

    #[test]
    fn rounds_that_run_into_each_other_are_refused() {
        assert!(
            IN_STEP
                .call(&[3_000.0, 10.0, 20.0, 240.0])
                .unwrap_err()
                .contains("300 s")
        );
    }

    #[test]
    fn harm_is_share_times_time() {
        assert!((harm(0.28, 1.0, 4.0, 21.0) - 7.0).abs() < 1e-12);
    }
}
