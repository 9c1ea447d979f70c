//! Simulated experiments that the ledger recomputes, declared like closed forms.

use super::policy::Policy;
use super::rules::Timed;
use super::system::{BEGIN, FailoverRun, Outcome, Setup, Trouble, Way};
use models::{Model, input, output};
use sim::{Time, secs};

/// All of them.
pub static ALL: &[Model] = &[CUT, LOSS];

const RUNS: u64 = 5;

/// The East cut off from the rest.
pub const CUT: Model = Model {
    id: "coast_to_coast_failover.cut",
    title: "What a cut of the primary's site strands and stops, simulated",
    tex: "",
    source: "github2018 for the shape; the waits and the load are the reader's",
    inputs: &[
        input("cut", "Length of the cut", "s", (1.0, 43.0, 600.0), false),
        input("promote_after", "Promote after", "s", (1.0, 10.0, 600.0), false),
        input("freeze_after", "Freeze after", "s", (1.0, 600.0, 600.0), false),
        input("writes", "Writes", "per second", (10.0, 500.0, 1_400.0), false),
        input(
            "east_share",
            "Writes from the cut-off site",
            "%",
            (0.0, 80.0, 100.0),
            false,
        ),
        input("lag", "Replication lag", "s", (0.0, 0.3, 5.0), false),
    ],
    outputs: &[
        output("stranded", "Stranded writes", "", 0),
        output("down", "Seconds without writes, weighted", "s", 1),
        output("repair", "Hours of repair", "h", 1),
    ],
    run: |v| {
        let [cut, promote, freeze, writes, share, lag] = six(v)?;
        let trouble = Trouble::Cut { way: Way::Both, from: BEGIN, lasting: time(cut) };
        let setup = Setup { writes_per_s: writes, east_share: share / 100.0, lag: time(lag), ..Setup::with(trouble) };
        let o = pooled(&setup, promote, freeze);
        Ok(vec![o.stranded_each(), o.down().as_secs(), o.repair()])
    },
};

/// The primary's site lost for good.
pub const LOSS: Model = Model {
    id: "coast_to_coast_failover.loss",
    title: "What is lost with the primary's databases, simulated",
    tex: "",
    source: "github2018 for the shape; the waits and the load are the reader's",
    inputs: &[
        input("promote_after", "Promote after", "s", (1.0, 10.0, 120.0), false),
        input("writes", "Writes", "per second", (10.0, 500.0, 1_400.0), false),
        input("lag", "Replication lag", "s", (0.0, 0.3, 5.0), false),
    ],
    outputs: &[
        output("stranded", "Lost writes", "", 0),
        output("down", "Seconds without writes", "s", 1),
    ],
    run: |v| {
        let [promote, writes, lag] = v else {
            return Err(format!("3 values are needed, {} were given", v.len()));
        };
        let trouble = Trouble::Away { from: BEGIN, lasting: Time::MAX };
        let setup = Setup { writes_per_s: *writes, lag: time(*lag), ..Setup::with(trouble) };
        let o = pooled(&setup, *promote, 0.0);
        Ok(vec![o.stranded_each(), o.down().as_secs()])
    },
};

fn six(v: &[f64]) -> Result<[f64; 6], String> {
    v.try_into()
        .map_err(|_| format!("6 values are needed, {} were given", v.len()))
}

fn time(s: f64) -> Time {
    Time::from_ms_f64(s * 1_000.0)
}

fn pooled(setup: &Setup, promote_after: f64, freeze_after: f64) -> Outcome {
    let wait = |s: f64| if s > 0.0 { time(s) } else { Time::MAX };
    let timed = Timed { promote_after: wait(promote_after), freeze_after: wait(freeze_after), max_lag: secs(10) };
    let mut pooled = Outcome::default();
    for seed in 1..=RUNS {
        let run = FailoverRun::new(setup, || -> Box<dyn Policy> { Box::new(timed) }, seed);
        pooled.merge(&run.finish().outcome());
    }
    pooled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_freeze_bounds_what_a_cut_strands() {
        let bare = CUT.call(&[43.0, 10.0, 600.0, 500.0, 80.0, 0.3]).unwrap();
        let frozen = CUT.call(&[43.0, 10.0, 8.0, 500.0, 80.0, 0.3]).unwrap();
        assert!(bare[0] > 4.0 * frozen[0], "{bare:?} {frozen:?}");
        assert!(bare[1] < frozen[1]);
        let longer = CUT.call(&[90.0, 10.0, 8.0, 500.0, 80.0, 0.3]).unwrap();
        assert!((longer[0] / frozen[0] - 1.0).abs() < 0.02, "{longer:?} {frozen:?}");
    }

    #[test]
    fn a_loss_costs_the_lag() {
        let lost = LOSS.call(&[10.0, 500.0, 0.3]).unwrap();
        assert!((lost[0] - 150.0).abs() < 30.0, "{lost:?}");
        assert!((10.0..12.0).contains(&lost[1]), "{lost:?}");
    }
}
