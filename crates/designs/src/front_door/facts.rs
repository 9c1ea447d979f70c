//! Every number that the chapter prints, recomputed: by the lab's own runs (seed 7), so that page, terminal and debrief agree; and by
//! several runs together where one minute is too short to tell.

use super::lab::{DoorLab, system_with};
use super::rules::AtRandom;
use super::system::{SystemRun, Totals};
use crate::lab::{self, Fact, SEED, renamed};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The facts of one lab run of a minute, by key.
fn run(knobs: &[(&str, &str)]) -> BTreeMap<String, Fact> {
    lab::facts_of(&DoorLab, &[&[("run_lasts", "60")], knobs].concat())
}

const SILENT: (&str, &str) = ("fault", "silent");
const SLOW: (&str, &str) = ("fault", "slow");
const WELL: (&str, &str) = ("fault", "none");

/// Minutes that are pooled where one is too short: at a load of 90 % a queue stays long for seconds, and a minute sees few such times.
const MINUTES: u64 = 12;

/// All servers well, at a load of 90 %.
const FULL: [(&str, &str); 3] = [("run_lasts", "60"), WELL, ("load", "90")];

/// Minutes of a full door that picks at random, one a seed, the first of these given.
fn at_random(first: u64) -> Vec<Totals> {
    let system = system_with(&FULL);
    let minute = |seed| {
        SystemRun::new(&system, &mut || Box::new(AtRandom), seed)
            .finish()
            .totals()
    };
    (first..first + MINUTES).map(minute).collect()
}

/// The p99 of users over several minutes together, in ms.
fn p99(minutes: &[Totals]) -> f64 {
    let mut all = Totals::default();
    for minute in minutes {
        all.merge(minute);
    }
    all.users.quantile(0.99).as_ms()
}

/// The users' p99 at random and a load of 90 %: of all minutes together, of the shortest and of the longest.
fn random_p99() -> [Fact; 3] {
    static MEASURED: OnceLock<[f64; 3]> = OnceLock::new();
    let [all, least, most] = *MEASURED.get_or_init(|| {
        let minutes = at_random(SEED);
        let single = || minutes.iter().map(|m| m.users.quantile(0.99).as_ms());
        [
            p99(&minutes),
            single().fold(f64::INFINITY, f64::min),
            single().fold(0.0, f64::max),
        ]
    });
    let fact = |key, label, ms| Fact::new(key, label, ms, "ms", 0);
    [
        fact(
            "random_p99",
            "Users' p99 at a load of 90 %, at random, over twelve minutes",
            all,
        ),
        fact(
            "random_p99_least",
            "The same, of the one minute of these that has the shortest",
            least,
        ),
        fact(
            "random_p99_most",
            "The same, of the one minute of these that has the longest",
            most,
        ),
    ]
}

/// The facts that answer the worksheet's questions.
pub fn answers() -> Vec<Fact> {
    let mut out = Vec::new();
    let fast = run(&[("against", "two")]);
    renamed(
        &mut out,
        &fast,
        &[
            ("share_chosen", "fewest_share"),
            ("busy_chosen", "fewest_busy"),
            ("one_in_other", "two_one_in"),
        ],
    );
    renamed(&mut out, &run(&[SILENT]), &[("one_in_chosen", "silent_one_in")]);
    out.extend(random_p99());
    let stale = run(&[WELL, ("renewed", "1000"), ("against", "two")]);
    renamed(
        &mut out,
        &stale,
        &[
            ("failed_chosen", "stale_fewest"),
            ("failed_other", "stale_two"),
            ("p99_other", "stale_two_p99"),
        ],
    );
    out
}

/// All facts of the chapter.
pub fn all() -> Vec<Fact> {
    let mut out = answers();
    let mut take = |knobs: &[(&str, &str)], names: &[(&str, &str)]| renamed(&mut out, &run(knobs), names);
    take(
        &[("policy", "random"), ("against", "in-turn")],
        &[
            ("share_chosen", "random_share"),
            ("share_other", "turn_share"),
            ("busy_other", "turn_busy"),
        ],
    );
    take(
        &[("policy", "two"), ("against", "aware")],
        &[
            ("share_chosen", "two_share"),
            ("one_in_other", "aware_one_in"),
            ("failed_other", "aware_failed"),
        ],
    );
    take(&[("policy", "fewest-first")], &[("share_chosen", "first_share")]);
    take(&[("load", "95")], &[("share_chosen", "fewest_share_95")]);
    take(&[("load", "10")], &[("share_chosen", "fewest_share_10")]);
    take(&[("takes", "20")], &[("share_chosen", "fewest_share_20ms")]);
    take(&[("takes", "100")], &[("share_chosen", "fewest_share_100ms")]);
    take(&[("slots", "1")], &[("share_chosen", "one_slot_60")]);
    take(&[("slots", "1"), ("load", "95")], &[("share_chosen", "one_slot_95")]);
    take(&[("balancers", "4")], &[("share_chosen", "four_balancers")]);
    take(&[("balancers", "10")], &[("share_chosen", "ten_balancers")]);
    take(
        &[SLOW],
        &[
            ("failed_chosen", "slow_fewest_failed"),
            ("failed_other", "slow_turn_failed"),
            ("share_chosen", "slow_share"),
        ],
    );
    take(
        &[SILENT, ("policy", "two")],
        &[
            ("share_chosen", "silent_two_share"),
            ("failed_other", "silent_turn_failed"),
        ],
    );
    take(
        &[WELL, ("renewed", "100"), ("against", "two")],
        &[
            ("p99_chosen", "stale_100_fewest_p99"),
            ("p99_other", "stale_100_two_p99"),
        ],
    );
    take(
        &[
            ("load", "90"),
            ("broken", "5"),
            ("fails", "20"),
            ("policy", "aware"),
            ("against", "fewest"),
        ],
        &[
            ("p99_chosen", "spread_aware_p99"),
            ("p99_other", "spread_fewest_p99"),
            ("served_other", "spread_fewest_served"),
        ],
    );
    take(
        &[WELL, ("load", "90"), ("against", "random")],
        &[("p99_chosen", "fewest_p99"), ("p99_other", "random_p99_lab")],
    );
    take(
        &[("broken", "10"), ("policy", "aware")],
        &[
            ("served_chosen", "half_aware_served"),
            ("p99_chosen", "half_aware_p99"),
            ("served_other", "half_turn_served"),
        ],
    );
    take(
        &[("broken", "10"), ("against", "two")],
        &[
            ("served_chosen", "half_fewest_served"),
            ("served_other", "half_two_served"),
        ],
    );
    take(
        &[WELL, ("policy", "two"), ("load", "90")],
        &[("p99_chosen", "two_p99"), ("p99_other", "turn_p99")],
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_twelve_minutes_give_the_same_p99_within_a_few_per_cent() {
        let [all, ..] = random_p99();
        let other = p99(&at_random(1_000));
        assert!((other / all.value - 1.0).abs() < 0.08, "{} {other}", all.value);
    }

    /// Users' p99 in M/M/8 at a load of 90 %, of those who have their answer within the time-out of 1 s.
    ///
    /// Source: Erlang C for the wait, and an exponential service after it (Harchol-Balter 2013, chapter 14).
    fn formula() -> f64 {
        let (slots, offered, work) = (8.0_f64, 7.2, 0.1);
        let waits = models::queueing::erlang_c(8, offered).unwrap();
        let spare = slots - 1.0 - offered;
        let later = |t: f64| libm::exp(-t / work) * (1.0 + waits * (1.0 - libm::exp(-t / work * spare)) / spare);
        let there_and_back = 0.001;
        let in_time = 1.0 - later(1.0 - there_and_back);
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let mid = (low + high) / 2.0;
            if 1.0 - later(mid) < 0.99 * in_time {
                low = mid
            } else {
                high = mid
            }
        }
        1e3 * (low + there_and_back)
    }

    #[test]
    fn a_random_choice_makes_twenty_queues_of_their_own() {
        let [all, ..] = random_p99();
        assert!(
            (all.value / formula() - 1.0).abs() < 0.05,
            "{} {}",
            all.value,
            formula()
        );
    }
}
