//! The fewest and mildest faults that still show what went wrong.
//!
//! A generated situation can hold many faults of which one matters. After a failing run the schedule is made as small as it can
//! be while the run still shows the same, and the verdict names what is left.

use super::evidence::Situation;
use super::policy::Policy;
use super::system::{BEGIN, FailoverRun, Setup, Trouble, Way};
use super::words::seconds;
use sim::fault::{Fault, Schedule, What, Who, shrink};
use sim::secs;
use std::cell::Cell;

/// Runs that the search may take for a verdict: it does not keep a learner waiting.
const MOST_RUNS: u32 = 60;

/// In words, what is left of a generated situation's faults when the primary changes more than once; nothing for another
/// situation, or for a run in which it does not.
pub(super) fn faults(situation: &Situation, policy: &dyn Fn() -> Box<dyn Policy>, seed: u64) -> Option<String> {
    if situation.flaps == 0 {
        return None;
    }
    let setup = situation.of(seed);
    let restless = |setup: &Setup| FailoverRun::new(setup, policy, seed).finish().outcome().promotions > 1;
    if !restless(&setup) {
        return None;
    }
    let (least, _) = least(&setup, MOST_RUNS, restless);
    Some(in_words(&least.troubles).join(", "))
}

/// The set-up with the fewest and mildest cuts under which a run still goes wrong, and how many runs the search took, at most
/// `most`. In the set-up as it is, it goes wrong.
pub(super) fn least(setup: &Setup, most: u32, goes_wrong: impl Fn(&Setup) -> bool) -> (Setup, u32) {
    let with = |tried: &Schedule| Setup { troubles: troubles(tried), ..setup.clone() };
    let runs = Cell::new(0);
    let least = shrink(&strikes(&setup.troubles), |tried| {
        runs.set(runs.get() + 1);
        runs.get() <= most && goes_wrong(&with(tried))
    });
    (with(&least), runs.get().min(most))
}

/// Cuts as a person reads them, one after the other.
pub(super) fn in_words(troubles: &[Trouble]) -> Vec<String> {
    let word = |t: &Trouble| format!("a cut of {} at {}", seconds(t.end() - t.from()), seconds(t.from()));
    troubles.iter().map(word).collect()
}

/// Troubles as strikes, one fault each, so that a cut is made smaller in both directions at once, and counted from the moment
/// at which trouble may begin.
fn strikes(troubles: &[Trouble]) -> Schedule {
    let strike = |t: &Trouble| match *t {
        Trouble::Cut { from, lasting, .. } | Trouble::Away { from, lasting } | Trouble::Crash { from, lasting } => {
            Fault { who: Who::One(0), what: What::Down, from: from - BEGIN, lasting }
        }
    };
    Schedule(troubles.iter().map(strike).collect())
}

/// And back. What is shorter than a tick is nobody's business.
fn troubles(strikes: &Schedule) -> Vec<Trouble> {
    let long = strikes.0.iter().filter(|f| f.lasting >= secs(1));
    long.map(|f| Trouble::Cut { way: Way::Both, from: BEGIN + f.from, lasting: f.lasting })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::operate;
    use super::super::policy::{Action, Seen, Site};
    use super::super::rules::Timed;
    use super::*;
    use sim::Time;

    /// Promotes the West after 12 s and the East as soon as it is back.
    struct Restless;

    impl Policy for Restless {
        fn tick(&mut self, seen: &Seen) -> Action {
            if seen.here == Site::East && seen.with_majority && seen.primary == Site::West {
                return Action::Promote(Site::East);
            }
            Timed { promote_after: secs(12), freeze_after: Time::MAX, max_lag: secs(5) }.tick(seen)
        }
    }

    #[test]
    fn one_cut_that_is_just_long_enough_is_left() {
        let situation = operate::flapping().0;
        let restless = || -> Box<dyn Policy> { Box::new(Restless) };
        let found = (1..=5)
            .find_map(|seed| faults(&situation, &restless, seed))
            .expect("a run with two promotions");
        assert!(!found.contains(','), "{found}");
        let lasting: f64 = found["a cut of ".len()..]
            .split_whitespace()
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!((12.0..14.0).contains(&lasting), "{found}");
    }

    #[test]
    fn a_run_that_is_well_has_nothing_to_name() {
        let situation = operate::flapping().0;
        let calm = || -> Box<dyn Policy> { Box::new(super::super::rules::NeverPromote) };
        assert_eq!(faults(&situation, &calm, 1), None);
    }
}
