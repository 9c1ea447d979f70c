//! The policies that are built in: the rules of the lab, and those that answers are held against.

use super::policy::{Choice, Fleet, Policy, Server, View, Weights};
use super::system::Counts;
use sim::{Stream, Time};
use std::cell::Cell;
use std::rc::Rc;

/// One after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct InTurn {
    next: usize,
}

impl Policy for InTurn {
    fn choose(&mut self, view: &View, _: &mut Stream) -> Choice {
        let server = self.next % view.open.len();
        self.next = server + 1;
        Choice::Server(server)
    }
}

/// Any server, at random.
#[derive(Clone, Copy, Debug)]
pub struct AtRandom;

impl Policy for AtRandom {
    fn choose(&mut self, view: &View, random: &mut Stream) -> Choice {
        Choice::Server(random.below(0, view.open.len() as u64) as usize)
    }
}

/// Which of several servers with equally few open requests is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// Any of them, at random.
    Random,
    /// The one that stands first in the list.
    First,
}

/// The server with the fewest open requests.
#[derive(Clone, Copy, Debug)]
pub struct FewestOpen {
    /// What decides between equals.
    pub ties: Ties,
    /// Do errors of the last seconds count as open requests?
    pub count_errors: bool,
}

impl FewestOpen {
    /// By open requests alone.
    pub fn new(ties: Ties) -> FewestOpen {
        FewestOpen { ties, count_errors: false }
    }
}

impl Policy for FewestOpen {
    fn choose(&mut self, view: &View, random: &mut Stream) -> Choice {
        let (mut best, mut fewest, mut equals) = (0, u32::MAX, 0);
        for (i, open) in view.open.iter().enumerate() {
            let open = if self.count_errors {
                open + view.counts[i].errors
            } else {
                *open
            };
            if open < fewest {
                (best, fewest, equals) = (i, open, 1);
            } else if open == fewest && self.ties == Ties::Random {
                equals += 1;
                // The n-th of equals takes the place with chance 1/n, so that each has the same in the end.
                if random.below(0, equals) == 0 {
                    best = i;
                }
            }
        }
        Choice::Server(best)
    }

    fn needs_counts(&self) -> bool {
        self.count_errors
    }
}

/// The one with fewer open requests of a few that are drawn at random.
#[derive(Clone, Copy, Debug)]
pub struct FewestOfSome {
    /// How many different servers are drawn.
    pub drawn: u32,
}

impl Policy for FewestOfSome {
    fn choose(&mut self, view: &View, random: &mut Stream) -> Choice {
        let servers = view.open.len() as u64;
        let (mut best, mut fewest) = (0, u32::MAX);
        let mut taken: Vec<u64> = Vec::with_capacity(self.drawn as usize);
        for k in 0..u64::from(self.drawn).min(servers) {
            // The k-th of those that are left: skips the ones taken, which are kept in order.
            let mut at = random.below(0, servers - k);
            for t in &taken {
                at += u64::from(at >= *t);
            }
            let place = taken.partition_point(|t| *t < at);
            taken.insert(place, at);
            // The order of drawing is random, so the first of equals is any of them.
            if view.open[at as usize] < fewest {
                (best, fewest) = (at as usize, view.open[at as usize]);
            }
        }
        Choice::Server(best)
    }
}

/// Something given as a weight that is none: not a number, infinite, or less than nothing.
#[derive(Clone, Copy, Debug)]
pub struct NoWeight {
    /// Number of the server that it was given for, counted from 0.
    pub server: usize,
    /// Time since the run began.
    pub at: Time,
    /// What was given.
    pub given: f64,
}

/// The first of these in some runs, if there was any.
pub type FirstNoWeight = Rc<Cell<Option<NoWeight>>>;

/// In proportion to weights that are set anew once in a while.
pub struct ByWeight<W> {
    weights: W,
    /// Sums of the weights up to each server.
    sums: Vec<f64>,
    no_weight: FirstNoWeight,
}

impl<W: Weights> ByWeight<W> {
    /// With these weights.
    pub fn new(weights: W) -> Self {
        ByWeight::watched(weights, FirstNoWeight::default())
    }

    /// With these weights, of which the first that is none is noted.
    pub fn watched(weights: W, no_weight: FirstNoWeight) -> Self {
        ByWeight { weights, sums: Vec::new(), no_weight }
    }
}

impl Weights for Box<dyn Weights> {
    fn weight(&mut self, server: &Server, fleet: &Fleet) -> f64 {
        (**self).weight(server, fleet)
    }
}

impl<W: Weights> Policy for ByWeight<W> {
    fn choose(&mut self, _: &View, random: &mut Stream) -> Choice {
        let all = self.sums.last().copied().unwrap_or(0.0);
        if all <= 0.0 {
            return Choice::Nobody;
        }
        let at = random.unit() * all;
        Choice::Server(self.sums.partition_point(|s| *s <= at).min(self.sums.len() - 1))
    }

    fn refresh(&mut self, view: &View) {
        let (servers, fleet) = seen(view);
        let mut sum = 0.0;
        self.sums.clear();
        for server in &servers {
            let weight = self.weights.weight(server, &fleet);
            if !(weight.is_finite() && weight >= 0.0) && self.no_weight.get().is_none() {
                let found = NoWeight { server: server.number, at: view.now, given: weight };
                self.no_weight.set(Some(found));
            }
            // Less than nothing, or no number at all, is nothing; more than a million is a million.
            sum += if weight > 0.0 { weight.min(1e6) } else { 0.0 };
            self.sums.push(sum);
        }
    }
}

fn mean(counts: &Counts) -> Option<Time> {
    let replies = u64::from(counts.answers + counts.errors);
    (replies > 0).then(|| counts.time / replies)
}

/// A view as weights see it.
pub(super) fn seen(view: &View) -> (Vec<Server>, Fleet) {
    let mut all = Counts::default();
    let mut failing = 0.0;
    for counts in view.counts {
        all.add(counts);
        failing += f64::from(u8::from(counts.errors > 0 && counts.errors >= counts.answers));
    }
    let usual = mean(&all).unwrap_or(sim::ms(100));
    let fleet = Fleet {
        servers: view.open.len() as f64,
        failing,
        answers: all.answers.into(),
        errors: all.errors.into(),
        mean_time: usual,
    };
    let server = |(i, counts): (usize, &Counts)| Server {
        number: i,
        check_ok: (view.check)(i),
        open: view.open[i].into(),
        answers: counts.answers.into(),
        errors: counts.errors.into(),
        mean_time: mean(counts).unwrap_or(usual),
    };
    (view.counts.iter().enumerate().map(server).collect(), fleet)
}

/// The same weight for all.
#[derive(Clone, Copy, Debug)]
pub struct AllAlike;

impl Weights for AllAlike {
    fn weight(&mut self, _: &Server, _: &Fleet) -> f64 {
        1.0
    }
}

/// Nothing for every server that fails half of its requests, however many these are.
#[derive(Clone, Copy, Debug)]
pub struct WithoutFailing;

impl Weights for WithoutFailing {
    fn weight(&mut self, server: &Server, _: &Fleet) -> f64 {
        let failing = server.errors > 0.0 && server.errors >= server.answers;
        if failing { 0.0 } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view<'a>(open: &'a [u32], counts: &'a [Counts]) -> View<'a> {
        View { now: Time::ZERO, open, counts, check: &|_| true }
    }

    fn share(policy: &mut dyn Policy, open: &[u32], server: usize) -> f64 {
        let mut random = Stream::new(1, 1);
        let counts = vec![Counts::default(); open.len()];
        let of = |_| policy.choose(&view(open, &counts), &mut random) == Choice::Server(server);
        (0..10_000).map(of).filter(|hit| *hit).count() as f64 / 1e4
    }

    #[test]
    fn equals_are_drawn_alike_or_the_first_is_taken() {
        let open = [3, 1, 2, 1, 1];
        for server in [1, 3, 4] {
            assert!((share(&mut FewestOpen::new(Ties::Random), &open, server) - 0.333).abs() < 0.02);
        }
        assert_eq!(share(&mut FewestOpen::new(Ties::First), &open, 1), 1.0);
    }

    #[test]
    fn of_some_that_differ_the_one_with_fewer_is_taken() {
        // Server 1 is drawn in two of five, and wins; server 0 never does.
        let open = [9, 0, 2, 3, 4];
        assert!((share(&mut FewestOfSome { drawn: 2 }, &open, 1) - 0.4).abs() < 0.02);
        assert_eq!(share(&mut FewestOfSome { drawn: 2 }, &open, 0), 0.0);
        assert!((share(&mut FewestOfSome { drawn: 1 }, &open, 0) - 0.2).abs() < 0.02);
        assert_eq!(share(&mut FewestOfSome { drawn: 5 }, &open, 1), 1.0);
    }

    struct Open;
    impl Weights for Open {
        fn weight(&mut self, server: &Server, _: &Fleet) -> f64 {
            server.open - 1.0
        }
    }

    #[test]
    fn the_first_weight_that_is_none_is_noted() {
        let counts = [Counts::default(); 3];
        let first = FirstNoWeight::default();
        let mut policy = ByWeight::watched(Open, first.clone());
        policy.refresh(&view(&[1, 1, 9], &counts));
        assert!(first.get().is_none());
        policy.refresh(&view(&[1, 0, 0], &counts));
        assert_eq!(first.get().map(|n| (n.server, n.given)), Some((1, -1.0)));
    }

    #[test]
    fn weights_spread_in_proportion_and_none_is_nobody() {
        let counts = [Counts::default(); 3];
        let mut policy = ByWeight::new(Open);
        policy.refresh(&view(&[0, 2, 4], &counts));
        assert_eq!(share(&mut policy, &[0; 3], 0), 0.0);
        assert!((share(&mut policy, &[0; 3], 1) - 0.25).abs() < 0.02);
        policy.refresh(&view(&[0, 1, 0], &counts));
        assert_eq!(
            policy.choose(&view(&[0; 3], &counts), &mut Stream::new(1, 1)),
            Choice::Nobody
        );
    }
}
