//! The smallest schedule that still does it.

use super::{Schedule, What, Who};
use crate::{Time, ms};

/// How often [`shrink`] asks at most whether a schedule fails.
pub const TRIES: usize = 500;

/// A time that is known this well is not searched any further.
const FINEST: Time = ms(1);

/// Makes a schedule that fails as small as it can: it drops faults, strikes fewer nodes, shortens what is left and moves it earlier,
/// in this order and again until nothing helps, and keeps each step after which `fails` is still true. Lengths and moments are found to within
/// a sixteenth, or 1 ms.
///
/// `fails` runs the simulation with the schedule, best under one fixed seed, and says whether that one thing goes wrong. It is
/// asked at most [`TRIES`] times. The same answers give the same result. A schedule that does not fail comes back as it is.
///
/// ```
/// use sim::fault::{Fault, Schedule, What, Who, shrink};
/// use sim::secs;
/// let crash = |node, from, lasting| Fault { who: Who::One(node), what: What::Crash, from: secs(from), lasting: secs(lasting) };
/// let found = Schedule(vec![crash(4, 3, 60), crash(1, 20, 11), crash(2, 25, 30), crash(1, 50, 9)]);
/// // Say that it goes wrong when nodes 1 and 2 are down together.
/// let fails = |s: &Schedule| {
///     let spans = |node| s.0.iter().filter(move |f| f.who == Who::One(node));
///     spans(1).any(|a| spans(2).any(|b| a.from < b.end() && b.from < a.end()))
/// };
/// let least = shrink(&found, fails);
/// assert_eq!(least.0.len(), 2);
/// assert!(fails(&least) && least.end() < secs(1));
/// ```
pub fn shrink(schedule: &Schedule, fails: impl FnMut(&Schedule) -> bool) -> Schedule {
    let mut search = Search { best: schedule.clone(), fails, tries: TRIES };
    search.tries -= 1;
    if !(search.fails)(schedule) {
        return search.best;
    }
    loop {
        let before = search.best.clone();
        search.drop_faults();
        for index in 0..search.best.0.len() {
            search.strike_fewer(index, |fault| Some(&mut fault.who));
            search.strike_fewer(index, |fault| match &mut fault.what {
                What::Cut { to } => Some(to),
                _ => None,
            });
        }
        for index in 0..search.best.0.len() {
            let lasting = search.best.0[index].lasting;
            search.reduce(lasting, |candidate, t| candidate.0[index].lasting = t);
        }
        search.move_earlier();
        if search.best == before || search.tries == 0 {
            return search.best;
        }
    }
}

struct Search<F> {
    /// The smallest so far; it fails.
    best: Schedule,
    fails: F,
    tries: usize,
}

impl<F: FnMut(&Schedule) -> bool> Search<F> {
    /// Takes the candidate if it still fails.
    fn accept(&mut self, candidate: Schedule) -> bool {
        if self.tries == 0 || candidate == self.best {
            return false;
        }
        self.tries -= 1;
        let smaller = (self.fails)(&candidate);
        if smaller {
            self.best = candidate;
        }
        smaller
    }

    /// Half of the faults at a time, then a quarter, down to one.
    fn drop_faults(&mut self) {
        let mut chunk = self.best.0.len();
        while chunk > 0 {
            let mut place = 0;
            while place < self.best.0.len() {
                let mut candidate = self.best.clone();
                candidate.0.drain(place..(place + chunk).min(candidate.0.len()));
                if !self.accept(candidate) {
                    place += chunk;
                }
            }
            chunk /= 2;
        }
    }

    /// Leaves out one node after the other of a list, as long as one is left.
    fn strike_fewer(&mut self, index: usize, list: fn(&mut super::Fault) -> Option<&mut Who>) {
        let mut place = 0;
        loop {
            let mut candidate = self.best.clone();
            let Some(Who::Some(nodes)) = list(&mut candidate.0[index]) else {
                return;
            };
            if nodes.len() < 2 || place >= nodes.len() {
                return;
            }
            nodes.remove(place);
            if !self.accept(candidate) {
                place += 1;
            }
        }
    }

    /// Moves each fault with all that begin no sooner, so that their order and their gaps stay, and then each on its own.
    fn move_earlier(&mut self) {
        for index in 0..self.best.0.len() {
            let before = self.best.clone();
            let at = before.0[index].from;
            self.reduce(at, |candidate, t| {
                for (fault, was) in candidate.0.iter_mut().zip(&before.0).filter(|(_, was)| was.from >= at) {
                    fault.from = t + (was.from - at);
                }
            });
        }
        for index in 0..self.best.0.len() {
            let from = self.best.0[index].from;
            self.reduce(from, |candidate, t| candidate.0[index].from = t);
        }
    }

    /// Brings a time as close to zero as it goes, to within a sixteenth or [`FINEST`].
    fn reduce(&mut self, mut enough: Time, set: impl Fn(&mut Schedule, Time)) {
        let mut accept = |t| {
            let mut candidate = self.best.clone();
            set(&mut candidate, t);
            self.accept(candidate)
        };
        if accept(Time::ZERO) {
            return;
        }
        let mut too_little = Time::ZERO;
        while enough - too_little > (enough / 16).max(FINEST) {
            let between = middle(too_little, enough);
            if accept(between) {
                enough = between;
            } else {
                too_little = between;
            }
        }
    }
}

/// A round number near the middle, so that what is found reads well.
fn middle(low: Time, high: Time) -> Time {
    let width = (high - low).as_ns();
    let unit = 10_u64.pow((width / 4).max(1).ilog10());
    crate::ns((low.as_ns() + width / 2) / unit * unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::{Fault, Generator, Kind};
    use crate::{Dist, ns, secs};

    fn storm(seed: u64) -> Schedule {
        let kinds = vec![Kind::Down, Kind::Crash, Kind::Slow { most: 3.0 }, Kind::Cut];
        let lasting = Dist::Uniform(secs(5), secs(50));
        Schedule::generate(
            seed,
            &Generator { nodes: (0..6).collect(), kinds, strikes: 40, from: secs(1), until: secs(300), lasting },
        )
    }

    #[test]
    fn one_fault_that_matters_is_found_with_its_length() {
        // Wrong as soon as node 3 is away for 7 s in one piece.
        let fails = |s: &Schedule| {
            s.0.iter()
                .any(|f| f.who == Who::One(3) && matches!(f.what, What::Down | What::Crash) && f.lasting >= secs(7))
        };
        let mut shrunk = 0;
        for found in (0..20).map(storm).filter(|s| fails(s)) {
            let least = shrink(&found, fails);
            assert_eq!(least.0.len(), 1, "{least:?}");
            assert!(fails(&least));
            assert_eq!(least.0[0].from, Time::ZERO);
            assert!(least.0[0].lasting <= secs(7) + secs(7) / 15, "{least:?}");
            shrunk += 1;
        }
        assert!(shrunk > 10, "{shrunk}");
    }

    #[test]
    fn two_faults_that_must_meet_move_together() {
        let fails = |s: &Schedule| {
            let [a, b] = &s.0[..] else { return false };
            b.from > a.from + secs(2) && b.from < a.end()
        };
        let fault = |from, lasting| Fault { who: Who::All, what: What::Down, from: secs(from), lasting: secs(lasting) };
        let least = shrink(&Schedule(vec![fault(100, 60), fault(140, 10)]), fails);
        let [a, b] = &least.0[..] else { panic!("{least:?}") };
        assert_eq!((a.from, b.lasting), (Time::ZERO, Time::ZERO));
        assert!(b.from < secs(2) + ms(130) && a.lasting < secs(2) + ms(300), "{least:?}");
    }

    #[test]
    fn those_that_must_stay_together_move_away_from_the_rest() {
        // The second and the third belong together, and keep away from the first.
        let fails = |s: &Schedule| {
            let [a, b, c] = &s.0[..] else { return false };
            b.from >= a.from + secs(50) && c.from > b.from && c.from < b.from + secs(6)
        };
        let fault = |from| Fault { who: Who::All, what: What::Down, from: secs(from), lasting: secs(1) };
        let least = shrink(&Schedule(vec![fault(10), fault(200), fault(205)]), fails);
        assert_eq!(least.0[0].from, Time::ZERO);
        assert!(fails(&least) && least.0[1].from < secs(54), "{least}");
    }

    #[test]
    fn groups_become_as_small_as_they_go() {
        let who = Who::Some(vec![0, 1, 2, 3]);
        let cut = Fault { who, what: What::Cut { to: Who::Some(vec![4, 5, 6]) }, from: secs(5), lasting: Time::MAX };
        // Wrong when nodes 1 and 3 do not reach node 6 at 100 s.
        let fails = |s: &Schedule| {
            let Some(Fault { who, what: What::Cut { to }, from, .. }) = s.0.first() else {
                return false;
            };
            let in_force = *from <= secs(100) && s.0[0].end() > secs(100);
            in_force && who.includes(1) && who.includes(3) && to.includes(6)
        };
        let least = shrink(&Schedule(vec![cut]), fails).0.remove(0);
        assert_eq!(
            (&least.who, &least.what),
            (&Who::Some(vec![1, 3]), &What::Cut { to: Who::Some(vec![6]) })
        );
        // It is shortened until it ends just after 100 s, and then it cannot move.
        assert!(least.end() > secs(100) && least.end() < secs(108), "{least:?}");
    }

    #[test]
    fn it_asks_a_bounded_number_of_times_and_the_same_each_time() {
        let run = || {
            let mut asked = Vec::new();
            // A moody failure that depends on everything.
            let least = shrink(&storm(5), |s| {
                asked.push(s.clone());
                let sum =
                    s.0.iter()
                        .map(|f| f.from.as_ns() ^ f.lasting.as_ns())
                        .fold(7, |h: u64, x| (h ^ x).wrapping_mul(0x0000_0100_0000_01b3));
                asked.len() == 1 || (sum >> 40) % 3 == 0 && s.0.len() > 5
            });
            (least, asked)
        };
        let (least, asked) = run();
        assert!(asked.len() <= TRIES, "{}", asked.len());
        assert!(asked.len() > 40, "{}", asked.len());
        assert!(least.0.len() < 40);
        assert_eq!(run(), (least, asked));
    }

    #[test]
    fn it_gives_up_after_its_tries_with_the_smallest_so_far() {
        let one = |n| Fault { who: Who::One(n), what: What::Down, from: secs(9), lasting: secs(9) };
        // All but the first 300 are needed: more faults to ask about, one by one, than there are tries.
        let found = Schedule((0..1_000).map(one).collect());
        let fails = |s: &Schedule| (300..1_000).all(|n| s.0.iter().any(|f| f.who == Who::One(n)));
        let mut asked = 0;
        let least = shrink(&found, |s| {
            asked += 1;
            fails(s)
        });
        assert_eq!(asked, TRIES);
        assert!(fails(&least) && least.0.len() < 800, "{}", least.0.len());
    }

    #[test]
    fn it_never_asks_about_what_it_has() {
        let only = Fault { who: Who::One(1), what: What::Crash, from: Time::ZERO, lasting: Time::ZERO };
        let mut asked = Vec::new();
        let found = Schedule(vec![only]);
        shrink(&found, |s| {
            asked.push(s.0.len());
            s.0.len() == 1
        });
        // It has nothing but to drop it, in two rounds at most.
        assert!(asked == [1, 0] || asked == [1, 0, 0], "{asked:?}");
    }

    #[test]
    fn what_does_not_fail_is_left_alone() {
        let mut asked = 0;
        let same = shrink(&storm(1), |_| {
            asked += 1;
            false
        });
        assert_eq!((same, asked), (storm(1), 1));
    }

    #[test]
    fn what_always_fails_shrinks_to_nothing() {
        assert_eq!(shrink(&storm(1), |_| true), Schedule(vec![]));
    }

    #[test]
    fn the_middle_is_round_and_inside() {
        assert_eq!(middle(Time::ZERO, secs(43)), secs(20));
        assert_eq!(middle(secs(20), secs(43)), secs(31));
        for (low, high) in [(0, 2), (0, 3), (1, 3), (5, 9), (0, u64::MAX), (999, 1_001)] {
            let m = middle(ns(low), ns(high)).as_ns();
            assert!(low < m && m < high, "{low} < {m} < {high}");
        }
    }
}
