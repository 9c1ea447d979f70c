//! Random schedules of faults.

use super::{Fault, Schedule, What, Who, partition};
use crate::{Dist, Id, Stream, Time};

/// What a random schedule is made of: see [`Schedule::generate`].
#[derive(Clone, Debug, PartialEq)]
pub struct Generator {
    /// The nodes that may be struck.
    pub nodes: Vec<Id>,
    /// What may happen. Each entry is as likely as every other, so one that stands twice happens twice as often.
    pub kinds: Vec<Kind>,
    /// How many times something happens.
    pub strikes: u32,
    /// Nothing happens before.
    pub from: Time,
    /// All is over by then, so that a run that goes on can show whether the system recovers.
    pub until: Time,
    /// For how long a strike stays in force, if `until` does not end it earlier.
    pub lasting: Dist,
}

/// One kind of strike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// One node is slower by a factor between 1 and this, each equally likely.
    Slow {
        /// The largest factor.
        most: f64,
    },
    /// One node stands still.
    Down,
    /// One node crashes.
    Crash,
    /// The nodes fall into two groups of random sizes, and one does not reach the other. The way back stays open.
    Cut,
    /// The nodes fall into two groups of random sizes, and neither reaches the other: two faults.
    Partition,
}

/// The streams of strikes are those of other seeds, so that a schedule and a run with the same seed have nothing in common.
const STRIKES: u64 = u64::from_be_bytes(*b"strikes.");

impl Schedule {
    /// A random schedule, in order of time. One seed gives one schedule, on every platform.
    ///
    /// Each strike has its own stream of random numbers: with one strike more, the others stay as they are.
    ///
    /// ```
    /// use sim::fault::{Generator, Kind, Schedule};
    /// use sim::{Dist, secs};
    /// let storm = Generator {
    ///     nodes: (0..5).collect(),
    ///     kinds: vec![Kind::Crash, Kind::Crash, Kind::Partition],
    ///     strikes: 6,
    ///     from: secs(10),
    ///     until: secs(60),
    ///     lasting: Dist::Exponential { mean: secs(5) },
    /// };
    /// let schedule = Schedule::generate(7, &storm);
    /// assert_eq!(schedule, Schedule::generate(7, &storm));
    /// assert!(schedule.0.len() >= 6 && schedule.end() <= secs(60));
    /// ```
    ///
    /// # Panics
    /// When there is nothing to choose from: no kind, no node (for a cut, fewer than two), no time between `from` and `until`; or when a factor
    /// is below 1.
    pub fn generate(seed: u64, generator: &Generator) -> Schedule {
        let strikes = (0..generator.strikes).flat_map(|n| generator.strike(&mut Stream::new(seed ^ STRIKES, n.into())));
        let mut faults: Vec<Fault> = strikes.collect();
        faults.sort_by_key(|fault| fault.from);
        Schedule(faults)
    }
}

impl Generator {
    fn strike(&self, luck: &mut Stream) -> Vec<Fault> {
        assert!(
            self.from < self.until,
            "no time is left between {} and {}",
            self.from,
            self.until
        );
        assert!(!self.kinds.is_empty(), "a schedule is made of some kind of fault");
        let kind = self.kinds[luck.below(0, self.kinds.len() as u64) as usize];
        let from = crate::ns(luck.below(self.from.as_ns(), self.until.as_ns()));
        let lasting = self.lasting.sample(luck).min(self.until - from);
        let one = |what, luck: &mut Stream| {
            assert!(!self.nodes.is_empty(), "a fault strikes some node");
            let node = self.nodes[luck.below(0, self.nodes.len() as u64) as usize];
            vec![Fault { who: Who::One(node), what, from, lasting }]
        };
        match kind {
            Kind::Slow { most } => {
                assert!(
                    most >= 1.0 && most.is_finite(),
                    "a factor of {most} makes no node slower"
                );
                // In hundredths: a schedule is read by people, too.
                let factor = 1.0 + libm::floor((most - 1.0) * luck.unit() * 100.0) / 100.0;
                one(What::Slow { factor }, luck)
            }
            Kind::Down => one(What::Down, luck),
            Kind::Crash => one(What::Crash, luck),
            Kind::Cut => {
                let (who, to) = self.split(luck);
                vec![Fault { who, what: What::Cut { to }, from, lasting }]
            }
            Kind::Partition => {
                let (a, b) = self.split(luck);
                partition(a, b, from, lasting).to_vec()
            }
        }
    }

    /// The nodes in two groups, neither of them empty; every size of the first is as likely as every other.
    fn split(&self, luck: &mut Stream) -> (Who, Who) {
        assert!(self.nodes.len() > 1, "a cut needs two nodes at least");
        let mut nodes = self.nodes.clone();
        let size = luck.below(1, nodes.len() as u64) as usize;
        for place in 0..size {
            let other = luck.below(place as u64, nodes.len() as u64) as usize;
            nodes.swap(place, other);
        }
        let mut rest = nodes.split_off(size);
        nodes.sort_unstable();
        rest.sort_unstable();
        (Who::Some(nodes), Who::Some(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secs;

    fn generator(kinds: Vec<Kind>, strikes: u32) -> Generator {
        let lasting = Dist::Exponential { mean: secs(8) };
        Generator { nodes: vec![2, 3, 5, 7], kinds, strikes, from: secs(10), until: secs(40), lasting }
    }

    #[test]
    fn every_fault_keeps_to_its_window_and_its_nodes() {
        let all = vec![
            Kind::Slow { most: 4.0 },
            Kind::Down,
            Kind::Crash,
            Kind::Cut,
            Kind::Partition,
        ];
        let schedule = Schedule::generate(3, &generator(all, 500));
        assert!(schedule.0.is_sorted_by_key(|fault| fault.from));
        let mut seen = [0; 4];
        for fault in &schedule.0 {
            assert!(fault.from >= secs(10) && fault.from < secs(40) && fault.end() <= secs(40));
            assert!([0, 1, 4, 6, 8].iter().all(|id| !fault.who.includes(*id)));
            let place = match &fault.what {
                What::Slow { factor } => {
                    assert!((1.0..=4.0).contains(factor), "{factor}");
                    0
                }
                What::Down => 1,
                What::Crash => 2,
                What::Cut { to } => {
                    let sides = [2, 3, 5, 7].map(|id| (fault.who.includes(id), to.includes(id)));
                    assert!(sides.iter().all(|(a, b)| a != b), "{fault:?}");
                    assert!(sides.iter().any(|s| s.0) && sides.iter().any(|s| s.1), "{fault:?}");
                    3
                }
            };
            seen[place] += 1;
        }
        // Of 500 strikes about 100 of each kind (standard error 9), and a partition is two cuts.
        assert!(
            seen[..3].iter().all(|n| (60..140).contains(n)) && (230..370).contains(&seen[3]),
            "{seen:?}"
        );
    }

    #[test]
    fn a_group_has_each_size_and_each_node_equally_often() {
        let schedule = Schedule::generate(4, &generator(vec![Kind::Cut], 3_000));
        let (mut sizes, mut nodes) = ([0_u32; 5], [0_u32; 8]);
        for fault in &schedule.0 {
            let Who::Some(group) = &fault.who else {
                panic!("{fault:?}")
            };
            sizes[group.len()] += 1;
            group.iter().for_each(|id| nodes[*id as usize] += 1);
        }
        assert_eq!((sizes[0], sizes[4]), (0, 0));
        assert!(sizes[1..4].iter().all(|n| n.abs_diff(1_000) < 110), "{sizes:?}"); // standard error 26
        assert!(
            [2, 3, 5, 7].iter().all(|id| nodes[*id as usize].abs_diff(1_500) < 120),
            "{nodes:?}"
        ); // 27
    }

    #[test]
    fn one_strike_more_leaves_the_others_as_they_are() {
        let few = Schedule::generate(9, &generator(vec![Kind::Crash, Kind::Partition], 5));
        let more = Schedule::generate(9, &generator(vec![Kind::Crash, Kind::Partition], 6));
        assert!(more.0.len() > few.0.len());
        assert!(few.0.iter().all(|fault| more.0.contains(fault)));
        assert_ne!(
            few,
            Schedule::generate(10, &generator(vec![Kind::Crash, Kind::Partition], 5))
        );
        // A change here changes every published schedule.
        let known = Schedule::generate(1, &generator(vec![Kind::Crash], 1));
        assert_eq!(known.to_string(), "from 27.46 s for 1.726 s: node 3 crashed\n");
    }

    #[test]
    #[should_panic(expected = "a cut needs two nodes at least")]
    fn one_node_cannot_be_cut_in_two() {
        let mut lonely = generator(vec![Kind::Cut], 1);
        lonely.nodes = vec![1];
        Schedule::generate(1, &lonely);
    }
}
