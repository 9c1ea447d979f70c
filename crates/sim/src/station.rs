//! A server with a few slots and a bounded queue.

use std::collections::VecDeque;

/// Which waiting job is served next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Discipline {
    /// First come, first served.
    Fifo,
    /// Last come, first served: under overload some jobs stay fast and the others wait for very long.
    Lifo,
}

/// What became of a job that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a job that starts must be served, and a rejected one answered"]
pub enum Arrival<J> {
    /// A slot was free and is now taken: serve the job, then call [`Station::leave`].
    Start(J),
    /// Every slot is busy: the job waits in the station.
    Queued,
    /// The queue is full: here is the job back.
    Rejected(J),
}

/// A server with `slots` places to work at and a queue of at most `bound` waiting jobs.
///
/// It keeps the count; when a job is done is the owner's business, usually a timer's.
///
/// ```
/// use sim::station::{Arrival, Discipline, Station};
/// let mut desk = Station::new(1, 1, Discipline::Fifo);
/// assert_eq!(desk.arrive("Ann"), Arrival::Start("Ann"));
/// assert_eq!(desk.arrive("Bob"), Arrival::Queued);
/// assert_eq!(desk.arrive("Cyd"), Arrival::Rejected("Cyd"));
/// assert_eq!(desk.leave(), Some("Bob")); // Ann is done and Bob takes the slot
/// assert_eq!(desk.leave(), None);
/// assert_eq!(desk.busy(), 0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Station<J> {
    slots: usize,
    bound: usize,
    discipline: Discipline,
    busy: usize,
    queue: VecDeque<J>,
}

impl<J> Station<J> {
    /// An idle station. A `bound` of 0 makes it a pure loss system, `usize::MAX` leaves the queue unbounded.
    ///
    /// # Panics
    /// Without slots.
    pub fn new(slots: usize, bound: usize, discipline: Discipline) -> Self {
        assert!(slots > 0, "a station needs at least one slot");
        Station { slots, bound, discipline, busy: 0, queue: VecDeque::new() }
    }

    /// A job arrives.
    #[inline]
    pub fn arrive(&mut self, job: J) -> Arrival<J> {
        if self.busy < self.slots {
            self.busy += 1;
            Arrival::Start(job)
        } else if self.queue.len() < self.bound {
            self.queue.push_back(job);
            Arrival::Queued
        } else {
            Arrival::Rejected(job)
        }
    }

    /// A job in service is done (or given up). Its slot goes to the next waiting job, which is returned to be served.
    ///
    /// # Panics
    /// When no slot is busy.
    #[inline]
    pub fn leave(&mut self) -> Option<J> {
        assert!(self.busy > 0, "a job left a station with no slot busy");
        let next = match self.discipline {
            Discipline::Fifo => self.queue.pop_front(),
            Discipline::Lifo => self.queue.pop_back(),
        };
        if next.is_none() {
            self.busy -= 1;
        }
        next
    }

    /// Takes the first waiting job (in order of arrival) for which `is_it` holds out of the queue. Looks at each waiting job at most once.
    pub fn withdraw(&mut self, is_it: impl FnMut(&J) -> bool) -> Option<J> {
        let place = self.queue.iter().position(is_it)?;
        self.queue.remove(place)
    }

    /// Slots in use.
    pub fn busy(&self) -> usize {
        self.busy
    }

    /// Jobs waiting.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(discipline: Discipline) -> Station<u32> {
        let mut s = Station::new(2, 3, discipline);
        assert_eq!(s.arrive(1), Arrival::Start(1));
        assert_eq!(s.arrive(2), Arrival::Start(2));
        for job in 3..=5 {
            assert_eq!(s.arrive(job), Arrival::Queued);
        }
        assert_eq!(s.arrive(6), Arrival::Rejected(6));
        assert_eq!((s.busy(), s.waiting()), (2, 3));
        s
    }

    fn drain(s: &mut Station<u32>) -> Vec<u32> {
        std::iter::from_fn(|| s.leave()).collect()
    }

    #[test]
    fn fifo_serves_in_order_of_arrival() {
        let mut s = full(Discipline::Fifo);
        assert_eq!(drain(&mut s), [3, 4, 5]);
        assert_eq!((s.busy(), s.waiting()), (1, 0)); // the drain's last leave freed one slot
    }

    #[test]
    fn lifo_serves_the_latest_first() {
        assert_eq!(drain(&mut full(Discipline::Lifo)), [5, 4, 3]);
    }

    #[test]
    fn a_place_in_the_queue_opens_when_one_leaves() {
        let mut s = full(Discipline::Fifo);
        assert_eq!(s.leave(), Some(3));
        assert_eq!(s.arrive(7), Arrival::Queued);
        assert_eq!(s.arrive(8), Arrival::Rejected(8));
    }

    #[test]
    fn withdraw_takes_one_and_keeps_the_order() {
        let mut s = full(Discipline::Fifo);
        assert_eq!(s.withdraw(|j| *j == 4), Some(4));
        assert_eq!(s.withdraw(|j| *j == 4), None);
        assert_eq!(s.withdraw(|j| *j == 1), None, "a job in service is not in the queue");
        assert_eq!(s.arrive(9), Arrival::Queued);
        assert_eq!(drain(&mut s), [3, 5, 9]);
    }

    #[test]
    fn no_queue_at_all() {
        let mut s = Station::new(1, 0, Discipline::Fifo);
        assert_eq!(s.arrive(1), Arrival::Start(1));
        assert_eq!(s.arrive(2), Arrival::Rejected(2));
        assert_eq!(s.leave(), None);
        assert_eq!(s.arrive(3), Arrival::Start(3));
    }

    #[test]
    #[should_panic(expected = "no slot busy")]
    fn leaving_an_idle_station_is_a_mistake() {
        Station::<u32>::new(1, 1, Discipline::Fifo).leave();
    }
}
