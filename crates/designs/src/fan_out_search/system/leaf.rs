//! A leaf machine: slots, a bounded queue, and one request at a time in each slot.

use super::{Job, Msg};
use sim::{Arrival, Cx, Discipline, Id, Station, Time};

/// A leaf machine: one replica of one shard.
pub struct Leaf {
    station: Station<(Id, Job)>,
    running: Vec<Option<(Id, Job)>>,
    phases: Vec<Time>,
    /// Slot time in use in each phase.
    pub(super) work: Vec<Time>,
}

impl Leaf {
    /// A machine of the cell.
    pub(super) fn new(cell: &super::Cell) -> Leaf {
        Leaf {
            station: Station::new(cell.slots, cell.queue, Discipline::Fifo),
            running: vec![None; cell.slots],
            phases: cell.phases.clone(),
            work: vec![Time::ZERO; cell.phases.len()],
        }
    }

    pub(super) fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<Msg>) {
        match msg {
            Msg::Ask(job) => match self.station.arrive((from, job)) {
                Arrival::Start(job) => self.begin(job, cx),
                Arrival::Queued => {}
                Arrival::Rejected((from, job)) => cx.send(from, Msg::Refused(job.key)),
            },
            Msg::Withdraw(key) => {
                self.station.withdraw(|(_, job)| job.key == key);
            }
            Msg::Answer(_) | Msg::Refused(_) => {}
        }
    }

    fn begin(&mut self, job: (Id, Job), cx: &mut Cx<Msg>) {
        let time = cx.stretch(job.1.work);
        self.account(cx.now(), time);
        let free = self
            .running
            .iter()
            .position(Option::is_none)
            .expect("a station starts no more jobs than it has slots");
        self.running[free] = Some(job);
        cx.set_timer(time, free as u64);
    }

    /// Books slot time to the phases in which it passes.
    fn account(&mut self, begin: Time, time: Time) {
        let (mut at, mut left) = (begin, time);
        for (end, work) in self.phases.iter().zip(&mut self.work) {
            if at < *end && left > Time::ZERO {
                let here = left.min(*end - at);
                *work += here;
                at += here;
                left -= here;
            }
        }
    }

    pub(super) fn finished(&mut self, slot: usize, cx: &mut Cx<Msg>) {
        if let Some((from, job)) = self.running[slot].take() {
            cx.send(from, Msg::Answer(job.key));
        }
        if let Some(next) = self.station.leave() {
            self.begin(next, cx);
        }
    }
}
