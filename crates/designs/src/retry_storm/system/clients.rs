//! The processes: they take requests, send tries, wait for them, and ask their policies what to do when one fails.

use super::measure::{AT_ONCE, SLICE, Slice, Totals};
use super::window::Window;
use super::{Key, Msg, System};
use crate::retry_storm::policy::{Counts, Failure, Gate, Next, Policy, Seen};
use sim::{Cx, Stream, Time, TimerId, ns};

/// The most tries of one request, whatever its policy says.
const MOST_TRIES: u32 = 10;

/// The shard that can be dead.
const DEAD_SHARD: u32 = 0;

/// A request and what became of it so far.
struct Request {
    live: bool,
    generation: u32,
    began: Time,
    process: u32,
    shard: u32,
    /// Tries of this call.
    tries: u32,
    /// Calls so far: the caller of the process may ask again.
    calls: u32,
    /// Tries over all calls.
    attempt: u32,
    luck: Stream,
    timer: Option<TimerId>,
}

/// What a timer is for, packed into its tag.
#[derive(Clone, Copy)]
enum Wake {
    Arrival,
    TimeOut(u32),
    Retry(u32),
    End,
}

impl Wake {
    fn tag(self) -> u64 {
        match self {
            Wake::Arrival => 0,
            Wake::TimeOut(slot) => 1 | u64::from(slot) << 32,
            Wake::Retry(slot) => 2 | u64::from(slot) << 32,
            Wake::End => 3,
        }
    }

    fn of(tag: u64) -> Wake {
        let slot = (tag >> 32) as u32;
        match tag & 0xff {
            0 => Wake::Arrival,
            1 => Wake::TimeOut(slot),
            2 => Wake::Retry(slot),
            _ => Wake::End,
        }
    }
}

/// One process.
struct Process {
    policy: Box<dyn Policy>,
    all: Window,
    shards: Vec<Window>,
}

/// All processes.
pub struct Clients {
    system: System,
    processes: Vec<Process>,
    arrivals: Stream,
    /// What policies see as `random` before a try; a stream of its own, so that asking changes no request's luck.
    gates: Stream,
    seed: u64,
    requests: Vec<Request>,
    free: Vec<u32>,
    arrived: u64,
    /// What was measured.
    pub(super) totals: Totals,
}

/// Requests draw from streams of this number and above.
const FIRST_REQUEST: u64 = 1 << 32;

impl Clients {
    /// The processes of a system, each with a fresh policy.
    pub(super) fn new(system: &System, policy: &mut dyn FnMut() -> Box<dyn Policy>, seed: u64) -> Clients {
        let process = |_| Process {
            policy: policy(),
            all: Window::default(),
            shards: vec![Window::default(); system.shards as usize],
        };
        Clients {
            processes: (0..system.processes).map(process).collect(),
            arrivals: Stream::new(seed, u64::MAX),
            gates: Stream::new(seed, u64::MAX - 1),
            seed,
            requests: Vec::new(),
            free: Vec::new(),
            arrived: 0,
            totals: Totals { runs: 1, ..Totals::default() },
            system: system.clone(),
        }
    }

    pub(super) fn start(&mut self, cx: &mut Cx<Msg>) {
        // After this nothing can be of use to a user.
        cx.set_timer(self.system.end + self.system.patience, Wake::End.tag());
        self.next_arrival(cx);
    }

    fn next_arrival(&mut self, cx: &mut Cx<Msg>) {
        let after = self.arrivals.exponential(ns((1e9 / self.system.rate) as u64));
        if cx.now() + after < self.system.end {
            cx.set_timer(after, Wake::Arrival.tag());
        }
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<Msg>) {
        match Wake::of(tag) {
            Wake::Arrival => {
                self.arrive(cx);
                self.next_arrival(cx);
            }
            Wake::TimeOut(slot) => {
                let request = &mut self.requests[slot as usize];
                request.timer = None;
                if self.system.withdraw {
                    let key = Key { slot, generation: request.generation, attempt: request.attempt };
                    cx.send(self.system.server_of(request.shard), Msg::Withdraw(key));
                }
                self.failed(slot, Failure::TimedOut, cx);
            }
            Wake::Retry(slot) => self.attempt(slot, cx),
            Wake::End => cx.stop(),
        }
    }

    pub(super) fn message(&mut self, msg: Msg, cx: &mut Cx<Msg>) {
        let key = match msg {
            Msg::Answer(key) | Msg::Error(key) | Msg::Full(key) => key,
            Msg::Ask { .. } | Msg::Withdraw(_) => return,
        };
        let request = &mut self.requests[key.slot as usize];
        let awaited = request.live && request.generation == key.generation && request.attempt == key.attempt;
        // An answer to a try that has timed out finds nobody.
        let Some(timer) = request.timer.take_if(|_| awaited) else {
            return;
        };
        cx.cancel(timer);
        match msg {
            Msg::Answer(_) => self.succeeded(key.slot, cx),
            Msg::Full(_) => {
                self.slice(cx.now()).queue_full += 1;
                self.failed(key.slot, Failure::Refused, cx);
            }
            _ => self.failed(key.slot, Failure::Failed, cx),
        }
    }

    fn arrive(&mut self, cx: &mut Cx<Msg>) {
        let mut luck = Stream::new(self.seed, FIRST_REQUEST + self.arrived);
        self.arrived += 1;
        let process = luck.below(0, self.system.processes.into()) as u32;
        let shard = luck.below(0, self.system.shards.into()) as u32;
        let slot = self.free.pop().unwrap_or(self.requests.len() as u32);
        let generation = self
            .requests
            .get(slot as usize)
            .map_or(0, |r| r.generation.wrapping_add(1));
        let request = Request {
            live: true,
            generation,
            began: cx.now(),
            process,
            shard,
            tries: 0,
            calls: 1,
            attempt: 0,
            luck,
            timer: None,
        };
        match self.requests.get_mut(slot as usize) {
            Some(free) => *free = request,
            None => self.requests.push(request),
        }
        let good = self.is_good(slot);
        let slice = self.slice(cx.now());
        slice.requests += 1;
        slice.good += u64::from(good);
        self.attempt(slot, cx);
    }

    /// What the request's policy sees.
    fn seen(&mut self, slot: u32, failure: Failure, now: Time) -> Seen {
        let request = &mut self.requests[slot as usize];
        let process = &mut self.processes[request.process as usize];
        Seen {
            tries: request.tries,
            failure,
            waited: now - request.began,
            now,
            shard: request.shard,
            random: 0.0,
            process: process.all.counts(now),
            this_shard: process.shards[request.shard as usize].counts(now),
        }
    }

    fn count(&mut self, slot: u32, now: Time, which: impl Fn(&mut Counts) -> &mut u32) {
        let request = &self.requests[slot as usize];
        let process = &mut self.processes[request.process as usize];
        process.all.add(now, &which);
        process.shards[request.shard as usize].add(now, &which);
    }

    fn policy(&mut self, slot: u32) -> &mut dyn Policy {
        let process = self.requests[slot as usize].process;
        &mut *self.processes[process as usize].policy
    }

    /// Sends a try, if the policy lets it.
    fn attempt(&mut self, slot: u32, cx: &mut Cx<Msg>) {
        let now = cx.now();
        let random = self.gates.unit();
        let seen = Seen { random, ..self.seen(slot, Failure::None, now) };
        let first = self.requests[slot as usize].attempt == 0;
        if self.policy(slot).may_send(&seen) == Gate::Refuse {
            if first {
                let good = self.is_good(slot);
                let slice = self.slice(now);
                slice.held_back += 1;
                slice.good_held_back += u64::from(good);
            }
            return self.end(slot);
        }
        let slice = self.slice(now);
        if first {
            slice.first_tries += 1;
            self.count(slot, now, |c| &mut c.first_tries);
        } else {
            slice.retries += 1;
        }
        let (lost, failing) = (self.system.lost, self.system.failing);
        let request = &mut self.requests[slot as usize];
        request.tries += 1;
        request.attempt += 1;
        request.timer = Some(cx.set_timer(self.system.time_out, Wake::TimeOut(slot).tag()));
        // Three draws a try, whatever comes of it; a request's n-th try has the same luck under every policy.
        let lost = request.luck.chance(lost);
        let failing = request.luck.chance(failing);
        let work = request.luck.exponential(self.system.work);
        self.totals.most_tries = self.totals.most_tries.max(request.tries);
        let key = Key { slot, generation: request.generation, attempt: request.attempt };
        if !lost {
            let dead = self.system.dead_shard && request.shard == DEAD_SHARD;
            let work = (!failing && !dead).then_some(work);
            cx.send(self.system.server_of(request.shard), Msg::Ask { key, work });
        }
    }

    fn succeeded(&mut self, slot: u32, cx: &mut Cx<Msg>) {
        let now = cx.now();
        self.count(slot, now, |c| &mut c.successes);
        self.slice(now).useful += 1;
        let seen = self.seen(slot, Failure::None, now);
        self.policy(slot).on_success(&seen);
        let began = self.requests[slot as usize].began;
        let took = now - began;
        if took <= self.system.patience {
            self.slice(began).succeeded += 1;
            if (self.system.judged.0..self.system.judged.1).contains(&began) {
                self.totals.users.record(took);
            }
        }
        self.end(slot);
    }

    fn failed(&mut self, slot: u32, failure: Failure, cx: &mut Cx<Msg>) {
        let now = cx.now();
        self.count(slot, now, |c| &mut c.failures);
        let random = cx.rng().unit();
        let seen = Seen { random, ..self.seen(slot, failure, now) };
        match self.policy(slot).on_failure(&seen) {
            Next::Retry(after) if self.requests[slot as usize].attempt < MOST_TRIES => {
                self.count(slot, now, |c| &mut c.retries);
                self.totals.at_once += u64::from(after < AT_ONCE);
                cx.set_timer(after, Wake::Retry(slot).tag());
            }
            _ => {
                let request = &mut self.requests[slot as usize];
                if request.calls >= self.system.calls {
                    return self.end(slot);
                }
                // The caller does not know what was tried for it, and begins anew.
                request.calls += 1;
                request.tries = 0;
                cx.set_timer(Time::ZERO, Wake::Retry(slot).tag());
            }
        }
    }

    /// Does the request need a shard that is not dead?
    fn is_good(&self, slot: u32) -> bool {
        !(self.system.dead_shard && self.requests[slot as usize].shard == DEAD_SHARD)
    }

    fn end(&mut self, slot: u32) {
        self.requests[slot as usize].live = false;
        self.free.push(slot);
    }

    fn slice(&mut self, at: Time) -> &mut Slice {
        let i = (at.as_ns() / SLICE.as_ns()) as usize;
        if self.totals.slices.len() <= i {
            self.totals.slices.resize(i + 1, Slice::default());
        }
        &mut self.totals.slices[i]
    }
}
