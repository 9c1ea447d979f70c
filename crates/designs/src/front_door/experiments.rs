//! Published results, simulated again: the ledger calls these as it calls the closed forms.

use super::rules::FewestOfSome;
use super::subsets;
use super::system::{System, SystemRun};
use models::{Model, input, output};
use sim::{Time, ms, secs};

/// The experiments of this design.
pub static ALL: &[Model] = &[CHOICES, SUBSETS, HASHED];

/// Mean time in mean services when each request goes to the shortest of `choices` queues out of `servers`.
fn mean_time(servers: u32, load: f64, choices: u32) -> f64 {
    let judged = (secs(200), secs(600));
    let system = System {
        servers,
        slots: 1,
        work: ms(100),
        load,
        network: Time::ZERO,
        time_out: secs(10_000),
        refresh: secs(1_000),
        judged,
        end: judged.1,
        ..System::default()
    };
    let run = SystemRun::new(
        &system,
        &mut || Box::new(FewestOfSome { drawn: choices }),
        crate::lab::SEED,
    );
    run.finish().totals().users.mean().as_ms() / 100.0
}

/// Mitzenmacher, 2001: the mean time with one choice and with several, simulated.
pub const CHOICES: Model = Model {
    id: "front_door.choices",
    title: "Mean time with one choice and with several, simulated",
    tex: "",
    source: "mitzenmacher2001",
    inputs: &[
        input("servers", "Queues, each with one server", "", (2.0, 100.0, 500.0), true),
        input("load", "Utilisation", "%", (5.0, 90.0, 98.0), false),
        input("choices", "Queues that are looked at", "", (1.0, 2.0, 10.0), true),
    ],
    outputs: &[
        output("one", "Mean time with one choice, in mean services", "×", 2),
        output("several", "Mean time with several choices, in mean services", "×", 2),
    ],
    run: |values| {
        let [servers, load, choices] = exactly(values)?;
        let time = |d: u32| mean_time(servers as u32, load / 100.0, d);
        Ok(vec![time(1), time(choices as u32)])
    },
};

/// *Site Reliability Engineering*, chapter 20: connections of the least and the most loaded backend with random subsets.
pub const SUBSETS: Model = Model {
    id: "front_door.subsets",
    title: "Connections of backends when each client draws its own subset",
    tex: "",
    source: "forerocuervo2016",
    inputs: &[
        input("clients", "Clients", "", (1.0, 300.0, 2_000.0), true),
        input("backends", "Backends", "", (1.0, 300.0, 2_000.0), true),
        input(
            "subset",
            "Backends that a client draws, as a share of all",
            "%",
            (1.0, 30.0, 100.0),
            false,
        ),
        input("runs", "Runs that are averaged", "", (1.0, 50.0, 500.0), true),
    ],
    outputs: &[
        output("least", "Least loaded backend, in percent of the mean", "%", 0),
        output("most", "Most loaded backend, in percent of the mean", "%", 0),
    ],
    run: |values| {
        let [clients, backends, subset, runs] = exactly(values)?;
        let ends = subsets::random_subsets(clients as u32, backends as u32, subset / 100.0, runs as u64);
        Ok(ends.map(|share| 100.0 * share).into())
    },
};

/// *Maglev*, section 5.3: how much more than its share the fullest backend has when each entry of the table is hashed by itself.
pub const HASHED: Model = Model {
    id: "front_door.hashed_table",
    title: "Room that the fullest backend needs when each entry of a table is hashed by itself",
    tex: "",
    source: "eisenbud2016",
    inputs: &[
        input("backends", "Backends", "", (2.0, 1_000.0, 10_000.0), true),
        input(
            "entries",
            "Entries of the table",
            "",
            (2.0, 65_537.0, 1_000_000.0),
            true,
        ),
        input("runs", "Runs that are averaged", "", (1.0, 20.0, 100.0), true),
    ],
    outputs: &[output("over", "Largest share, above the mean", "%", 1)],
    run: |values| {
        let [backends, entries, runs] = exactly(values)?;
        Ok(vec![
            100.0 * subsets::hashed_table(backends as u32, entries as u32, runs as u64),
        ])
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
    fn two_choices_come_near_the_formula() {
        let times = CHOICES.call(&[100.0, 80.0, 2.0]).unwrap();
        assert!((times[0] / 5.0 - 1.0).abs() < 0.06, "{times:?}");
        let formula = models::balancing::d_choices_time(0.8, 2);
        assert!((times[1] / formula - 1.0).abs() < 0.06, "{times:?} {formula}");
    }

    #[test]
    fn small_subsets_are_uneven() {
        let ends = SUBSETS.call(&[300.0, 300.0, 10.0, 20.0]).unwrap();
        assert!(
            (45.0..58.0).contains(&ends[0]) && (142.0..158.0).contains(&ends[1]),
            "{ends:?}"
        );
    }
}
