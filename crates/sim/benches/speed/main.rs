//! How fast is the engine, beside a bare loop over a binary heap that does the same work without an engine?
//!
//! `cargo bench -p sim` runs three scenarios, the engines in turn, several rounds, and prints the median ratio to the bare loop.
//! Ratios of neighbouring runs are steadier than times on a busy machine. The bare loop is what one would write first, not a limit.
//!
//! | scenario | what | one event is |
//! |---|---|---|
//! | ring | 64 nodes pass on 64 tokens, each hop 1 to 2,000 µs | a message received |
//! | queue | M/M/8 queue at 90 % load, service 10 ms on average | an arrival or a completion |
//! | gossip | 1,000 nodes, each pings a random other every 200 ms; 1 ms one-way latency, 1 % loss, a 100 ms time-out that the answer cancels | a message received, a ping's tick, a time-out |
//!
//! `cargo bench -p sim -- ring sim 1000000` runs one engine (`bare`, `sim`, `traced`) once on one scenario, to a size (tokens' hops,
//! customers, simulated seconds). For instructions per event, which no other program on the machine disturbs, run it under callgrind at two
//! sizes and divide the difference of instructions by that of events:
//!
//! ```text
//! cargo bench -p sim --no-run                # prints the path of the executable, here $speed
//! valgrind --tool=callgrind --callgrind-out-file=/dev/null $speed ring sim 100000
//! valgrind --tool=callgrind --callgrind-out-file=/dev/null $speed ring sim 300000
//! ```

mod bare;
mod ours;

use std::time::Instant;

/// What a run reports about itself.
struct Done {
    /// Events of the model, the same for every engine: never an engine's internal steps.
    events: u64,
    /// A value that is known from theory.
    check: Check,
}

/// A result beside what theory says about it.
struct Check {
    what: &'static str,
    got: f64,
    want: f64,
    /// Standard error of `got` at this size of run.
    error: f64,
}

impl Check {
    fn good(&self) -> bool {
        (self.got - self.want).abs() < 4.0 * self.error
    }
}

const SCENARIOS: [(&str, u64); 3] = [("ring", 1_500_000), ("queue", 700_000), ("gossip", 60)];
const ENGINES: [&str; 3] = ["bare", "sim", "traced"];

fn run(scenario: &str, engine: &str, size: u64) -> Done {
    match (scenario, engine) {
        ("ring", "bare") => bare::ring(size),
        ("ring", _) => ours::ring(size, engine == "traced"),
        ("queue", "bare") => bare::queue(size),
        ("queue", _) => ours::queue(size, engine == "traced"),
        ("gossip", "bare") => bare::gossip(size),
        ("gossip", _) => ours::gossip(size, engine == "traced"),
        _ => panic!("no scenario {scenario}; there are ring, queue, gossip"),
    }
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn compare(scenario: &str, size: u64, rounds: usize) {
    let mut speeds = vec![Vec::new(); ENGINES.len()];
    let mut checks = Vec::new();
    for round in 0..rounds {
        for (engine, speeds) in ENGINES.iter().zip(&mut speeds) {
            let begun = Instant::now();
            let done = run(scenario, engine, size);
            speeds.push(done.events as f64 / begun.elapsed().as_secs_f64());
            if round == 0 {
                checks.push(done.check);
            }
        }
    }
    for ((engine, speeds), check) in ENGINES.iter().zip(&speeds_of(&speeds)).zip(&checks) {
        let (speed, ratio) = speeds;
        let verdict = if check.good() { "ok" } else { "WRONG" };
        println!(
            "{scenario:<7} {engine:<7} {:>6.1} M events/s   ratio to bare {ratio:.2}   {}: {:.3}, theory {:.3} ± {:.3} {verdict}",
            speed / 1e6,
            check.what,
            check.got,
            check.want,
            check.error,
        );
    }
    assert!(
        checks.iter().all(Check::good),
        "a self-check failed: the speeds above mean nothing"
    );
}

/// For each engine its median speed, and the median over rounds of its speed over the bare loop's in the same round.
fn speeds_of(speeds: &[Vec<f64>]) -> Vec<(f64, f64)> {
    let ratios = |of: &[f64]| of.iter().zip(&speeds[0]).map(|(ours, bare)| ours / bare).collect();
    speeds
        .iter()
        .map(|of| (median(of.clone()), median(ratios(of))))
        .collect()
}

fn main() {
    // Cargo adds `--bench` under `cargo bench` and nothing under `cargo test --benches`, which only wants to know that it works.
    let (flags, words): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let measuring = flags.iter().any(|flag| flag == "--bench");
    match words.as_slice() {
        [scenario, engine, size] => {
            assert!(
                ENGINES.contains(&engine.as_str()),
                "no engine {engine}; there are bare, sim, traced"
            );
            let size = size.parse().expect("a whole number as the size");
            let done = run(scenario, engine, size);
            println!(
                "{scenario} {engine} {size}: {} events, {} {:.3}",
                done.events, done.check.what, done.check.got
            );
        }
        [] => {
            for (scenario, size) in SCENARIOS {
                let (size, rounds) = if measuring { (size, 15) } else { (size / 20, 1) };
                compare(scenario, size, rounds);
            }
        }
        _ => panic!("give nothing, or: scenario engine size"),
    }
}
