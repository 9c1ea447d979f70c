//! A server of the dependency: slots, a queue, and trouble.

use super::{Key, Msg, System, Trouble};
use sim::{Arrival, Cx, Discipline, Id, Station, Time};

/// A try as a server sees it.
#[derive(Clone, Copy, Debug)]
struct Job {
    from: Id,
    key: Key,
    work: Time,
    arrived: Time,
}

/// A server: the whole dependency, or one of its shards where each has a queue of its own.
pub struct Server {
    station: Station<Job>,
    running: Vec<Option<Job>>,
    trouble: Option<Trouble>,
    withdraw: bool,
    /// What it did, second by second.
    pub(super) seconds: Vec<Second>,
}

/// What a server did in one second.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Second {
    /// Tries on which work ended in this second.
    pub(super) served: u32,
    /// Of the tries that arrived in this second: those on which work has begun …
    pub(super) begun: u32,
    /// … and how long they waited for that, in all.
    pub(super) waits: Time,
}

impl Server {
    /// One of the system's servers; each has the same part of its slots and of its queue.
    pub(super) fn new(system: &System) -> Server {
        let discipline = if system.newest_first {
            Discipline::Lifo
        } else {
            Discipline::Fifo
        };
        let servers = system.servers() as usize;
        let slots = (system.slots / servers).max(1);
        let queue = if system.queue == usize::MAX {
            usize::MAX
        } else {
            system.queue / servers
        };
        Server {
            station: Station::new(slots, queue, discipline),
            running: vec![None; slots],
            trouble: system.trouble,
            withdraw: system.withdraw,
            seconds: Vec::new(),
        }
    }

    fn second(&mut self, at: Time) -> &mut Second {
        let i = at.as_secs() as usize;
        if self.seconds.len() <= i {
            self.seconds.resize(i + 1, Second::default());
        }
        &mut self.seconds[i]
    }

    pub(super) fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<Msg>) {
        match msg {
            Msg::Ask { key, work: None } => cx.send(from, Msg::Error(key)),
            Msg::Ask { key, work: Some(work) } => {
                match self.station.arrive(Job { from, key, work, arrived: cx.now() }) {
                    Arrival::Start(job) => self.begin(job, cx),
                    Arrival::Queued => {}
                    Arrival::Rejected(job) => cx.send(from, Msg::Full(job.key)),
                }
            }
            Msg::Withdraw(key) if self.withdraw => {
                self.station.withdraw(|job| job.key == key);
            }
            _ => {}
        }
    }

    fn begin(&mut self, job: Job, cx: &mut Cx<Msg>) {
        let free = self
            .running
            .iter()
            .position(Option::is_none)
            .expect("a station starts no more jobs than it has slots");
        let now = cx.now();
        let done = match self.trouble {
            Some(trouble) => trouble.done(now, job.work),
            None => now + job.work,
        };
        let second = self.second(job.arrived);
        second.begun += 1;
        second.waits += now - job.arrived;
        self.running[free] = Some(job);
        cx.set_timer(done - now, free as u64);
    }

    pub(super) fn finished(&mut self, slot: usize, cx: &mut Cx<Msg>) {
        if let Some(job) = self.running[slot].take() {
            self.second(cx.now()).served += 1;
            cx.send(job.from, Msg::Answer(job.key));
        }
        if let Some(next) = self.station.leave() {
            self.begin(next, cx);
        }
    }
}
