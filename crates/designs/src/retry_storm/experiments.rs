//! Published results, simulated again: the ledger calls these as it calls the closed forms.

use super::contention::{self, Backoff};
use super::policy::Policy;
use super::rules::{NeverRetry, RetryUpTo};
use super::system::{System, SystemRun, Trouble};
use judge::percent;
use models::{Model, input, output};
use sim::{Time, secs};

/// The experiments of this design.
pub static ALL: &[Model] = &[BRONSON, BRONSON_THRESHOLD, CONTENTION];

/// The outage of the published example begins here.
const OUTAGE_FROM: Time = secs(20);
/// How long a run goes on after the outage: long enough to drain what can be drained.
const AFTER: Time = secs(1_200);
/// The last part of a run, which is measured.
const LAST: Time = secs(120);

/// A dependency of this capacity through an outage: tries a second and useful answers a second at the end of the run.
fn outage(load: f64, capacity: f64, tries: u32, outage_s: f64, retries_per_s: f64) -> (f64, f64) {
    let lasting = Time::from_ms_f64(outage_s * 1_000.0);
    let end = OUTAGE_FROM + lasting + AFTER;
    let slots = 30;
    let system = System {
        // One process, so that its limit is the whole system's.
        processes: 1,
        rate: load,
        slots,
        work: Time::from_ms_f64(1_000.0 * slots as f64 / capacity),
        trouble: (outage_s > 0.0).then_some(Trouble { from: OUTAGE_FROM, lasting, speed: 0.0 }),
        end,
        ..System::default()
    };
    let budget = percent(100.0 * retries_per_s / load);
    let mut policy = || -> Box<dyn Policy> {
        if tries <= 1 {
            Box::new(NeverRetry)
        } else {
            Box::new(RetryUpTo { budget, ..RetryUpTo::at_once(tries) })
        }
    };
    let totals = SystemRun::new(&system, &mut policy, crate::lab::SEED).finish().totals();
    let last = totals.span(end - LAST, end);
    (
        last.tries() as f64 / LAST.as_secs(),
        last.useful as f64 / LAST.as_secs(),
    )
}

/// Bronson et al., *Metastable Failures in Distributed Systems*, HotOS 2021, section 2.1: load and useful work long after an outage.
pub const BRONSON: Model = Model {
    id: "retry_storm.bronson",
    title: "Load and useful work, 20 minutes after an outage",
    tex: "",
    source: "bronson2021",
    inputs: &[
        input("load", "Requests", "per s", (20.0, 280.0, 600.0), false),
        input(
            "capacity",
            "Tries that can be finished",
            "per s",
            (50.0, 300.0, 600.0),
            false,
        ),
        input(
            "tries",
            "Tries a request, the first included",
            "",
            (1.0, 2.0, 6.0),
            true,
        ),
        input("outage", "The outage lasts", "s", (0.0, 10.0, 60.0), false),
        input(
            "retry_limit",
            "Retries allowed (as many as the load: no limit)",
            "per s",
            (0.0, 600.0, 600.0),
            false,
        ),
    ],
    outputs: &[
        output("tries", "Tries that arrive", "per s", 0),
        output("useful", "Answers in time", "per s", 0),
    ],
    run: |values| {
        let [load, capacity, tries, outage_s, limit] = exactly(values)?;
        let (sent, useful) = outage(load, capacity, tries as u32, outage_s, limit);
        Ok(vec![sent, useful])
    },
};

/// The same example: the highest load at which the system comes back by itself, found by halving.
pub const BRONSON_THRESHOLD: Model = Model {
    id: "retry_storm.bronson_threshold",
    title: "The highest load at which a system comes back from an outage",
    tex: "",
    source: "bronson2021",
    inputs: &[
        input(
            "capacity",
            "Tries that can be finished",
            "per s",
            (50.0, 300.0, 600.0),
            false,
        ),
        input(
            "tries",
            "Tries a request, the first included",
            "",
            (1.0, 2.0, 6.0),
            true,
        ),
        input("outage", "The outage lasts", "s", (1.0, 10.0, 60.0), false),
    ],
    outputs: &[output("load", "Highest load that comes back", "per s", 0)],
    run: |values| {
        let [capacity, tries, outage_s] = exactly(values)?;
        let (mut back, mut down) = (0.2 * capacity / tries, capacity);
        while down - back > 0.005 * capacity {
            let load = 0.5 * (back + down);
            let (_, useful) = outage(load, capacity, tries as u32, outage_s, load);
            if useful > 0.5 * load { back = load } else { down = load }
        }
        Ok(vec![back])
    },
};

/// Brooker, *Exponential backoff and jitter*, 2015: the calls that clients make until each has changed one shared row once.
pub const CONTENTION: Model = Model {
    id: "retry_storm.contention",
    title: "Calls until every client has changed the same row once",
    tex: "",
    source: "brooker2015",
    inputs: &[
        input("clients", "Clients", "", (1.0, 100.0, 200.0), true),
        input("runs", "Runs that are averaged", "", (1.0, 20.0, 100.0), true),
    ],
    outputs: &[
        output("none", "Calls without pauses", "", 0),
        output("exponential", "Calls with pauses that double", "", 0),
        output("equal", "Calls with half of the doubled pause random", "", 0),
        output("full", "Calls with all of the doubled pause random", "", 0),
        output("decorrelated", "Calls with a pause drawn from the last one", "", 0),
        output(
            "full_to_exponential",
            "Full jitter's calls ÷ those without jitter",
            "",
            2,
        ),
    ],
    run: |values| {
        let [clients, runs] = exactly(values)?;
        let calls = Backoff::ALL.map(|backoff| contention::mean_calls(clients as u32, backoff, runs as u64));
        let [none, exponential, equal, full, decorrelated] = calls;
        Ok(vec![none, exponential, equal, full, decorrelated, full / exponential])
    },
};

/// The values as an array of the length that an experiment expects.
fn exactly<const N: usize>(values: &[f64]) -> Result<[f64; N], String> {
    values
        .try_into()
        .map_err(|_| format!("{N} values are needed, {} were given", values.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_comes_out() {
        let down = BRONSON.call(&[280.0, 300.0, 2.0, 10.0, 600.0]).unwrap();
        assert!((down[0] / 560.0 - 1.0).abs() < 0.02 && down[1] < 5.0, "{down:?}");
        let back = BRONSON.call(&[140.0, 300.0, 2.0, 10.0, 600.0]).unwrap();
        assert!(
            (back[0] / 140.0 - 1.0).abs() < 0.02 && (back[1] / 140.0 - 1.0).abs() < 0.02,
            "{back:?}"
        );
        let few = BRONSON.call(&[280.0, 300.0, 2.0, 10.0, 10.0]).unwrap();
        assert!(few[1] > 270.0, "{few:?}");
        let many = BRONSON.call(&[280.0, 300.0, 2.0, 10.0, 30.0]).unwrap();
        assert!(many[1] < 5.0, "{many:?}");
    }

    #[test]
    fn the_threshold_is_the_capacity_over_the_tries() {
        let load = BRONSON_THRESHOLD.call(&[300.0, 2.0, 10.0]).unwrap()[0];
        assert!((load / 150.0 - 1.0).abs() < 0.04, "{load}");
    }

    #[test]
    fn jitter_more_than_halves_the_calls_of_a_hundred_clients() {
        let calls = CONTENTION.call(&[100.0, 10.0]).unwrap();
        assert!(calls[5] < 0.5, "{calls:?}");
        assert!(calls[0] > calls[1] && calls[1] > calls[4], "{calls:?}");
        let half = CONTENTION.call(&[50.0, 10.0]).unwrap();
        // The square of the clients gives 4.
        assert!((2.5..4.5).contains(&(calls[0] / half[0])), "{calls:?} {half:?}");
    }
}
