//! The store that a machine loads its data from when it starts: slots, and a queue without a bound.
//!
//! A load whose machine has given up stays in the queue and is worked off like any other.

use super::{FLEET, Msg, System};
use sim::{Arrival, Cx, Discipline, Station, Time};

/// The store.
pub struct Store {
    station: Station<(u32, u32)>,
    running: Vec<Option<(u32, u32)>>,
    work: Time,
}

impl Store {
    pub(super) fn new(system: &System) -> Store {
        Store {
            station: Station::new(system.slots, usize::MAX, Discipline::Fifo),
            running: vec![None; system.slots],
            work: system.work,
        }
    }

    pub(super) fn asked(&mut self, machine: u32, start: u32, cx: &mut Cx<Msg>) {
        match self.station.arrive((machine, start)) {
            Arrival::Start(job) => self.begin(job, cx),
            Arrival::Queued => {}
            Arrival::Rejected(_) => unreachable!("the queue has no bound"),
        }
    }

    fn begin(&mut self, job: (u32, u32), cx: &mut Cx<Msg>) {
        let free = self
            .running
            .iter()
            .position(Option::is_none)
            .expect("a station starts no more jobs than it has slots");
        self.running[free] = Some(job);
        let work = cx.rng().exponential(self.work);
        cx.set_timer(work, free as u64);
    }

    pub(super) fn finished(&mut self, slot: usize, cx: &mut Cx<Msg>) {
        if let Some((machine, start)) = self.running[slot].take() {
            cx.send(FLEET, Msg::Loaded { machine, start });
        }
        if let Some(next) = self.station.leave() {
            self.begin(next, cx);
        }
    }
}
