//! A server: slots, a queue without a bound, and what may be wrong with it.

use super::{Key, Msg, System};
use sim::{Arrival, Cx, Discipline, Id, Station, Time};

#[derive(Clone, Copy, Debug)]
struct Job {
    from: Id,
    key: Key,
    work: Time,
}

/// One server.
pub struct Server {
    system: System,
    number: u32,
    station: Station<Job>,
    running: Vec<Option<Job>>,
    /// Failed replies that are on their way out.
    failing: Vec<Option<(Id, Key)>>,
    /// Work begun on requests in the judged span, in all.
    pub(super) worked: Time,
}

/// Tags of timers for failed replies begin here; those below are slots.
const FAILED: u64 = 1 << 32;

impl Server {
    /// The server of a number.
    pub(super) fn new(system: &System, number: u32) -> Server {
        Server {
            number,
            station: Station::new(system.slots, usize::MAX, Discipline::Fifo),
            running: vec![None; system.slots],
            failing: Vec::new(),
            worked: Time::ZERO,
            system: system.clone(),
        }
    }

    pub(super) fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<Msg>) {
        let Msg::Ask { key, mut work, luck } = msg else { return };
        let now = cx.now();
        // A number below `errors` is an ordinary error. The rest, spread over 0 to 1 again, is the luck at a failing server.
        if luck < self.system.errors {
            return self.fail(from, key, sim::ms(1), cx);
        }
        let luck = (luck - self.system.errors) / (1.0 - self.system.errors);
        for fault in &self.system.faults {
            if !fault.strikes(self.number, now) {
                continue;
            }
            if luck < fault.fails {
                let takes = fault.takes;
                if !fault.silent {
                    self.fail(from, key, takes, cx);
                }
                return;
            }
            work = work.scale(fault.slower);
        }
        match self.station.arrive(Job { from, key, work }) {
            Arrival::Start(job) => self.begin(job, cx),
            Arrival::Queued => {}
            Arrival::Rejected(_) => unreachable!("the queue has no bound"),
        }
    }

    fn fail(&mut self, from: Id, key: Key, takes: Time, cx: &mut Cx<Msg>) {
        let free = self.failing.iter().position(Option::is_none).unwrap_or_else(|| {
            self.failing.push(None);
            self.failing.len() - 1
        });
        self.failing[free] = Some((from, key));
        cx.set_timer(takes, FAILED + free as u64);
    }

    fn begin(&mut self, job: Job, cx: &mut Cx<Msg>) {
        let free = self.running.iter().position(Option::is_none);
        let free = free.expect("a station starts no more jobs than it has slots");
        let (from, to) = self.system.judged;
        if (from..to.min(self.system.end)).contains(&cx.now()) {
            self.worked += job.work;
        }
        self.running[free] = Some(job);
        cx.set_timer(job.work, free as u64);
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<Msg>) {
        if let Some(failed) = tag.checked_sub(FAILED) {
            if let Some((from, key)) = self.failing[failed as usize].take() {
                cx.send(from, Msg::Error(key));
            }
            return;
        }
        if let Some(job) = self.running[tag as usize].take() {
            cx.send(job.from, Msg::Answer(job.key));
        }
        if let Some(next) = self.station.leave() {
            self.begin(next, cx);
        }
    }
}
