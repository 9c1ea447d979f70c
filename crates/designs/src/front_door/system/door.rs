//! The front door: balancers that take requests, ask their policies where to send each, and tell users what came back.

use super::measure::{SLICE, Slice, Totals};
use super::window::{Counts, Window};
use super::{Key, Msg, System};
use crate::front_door::policy::{Choice, Policy, View};
use sim::{Cx, Stream, Time, TimerId, ns};

/// A request and what became of it so far.
struct Request {
    live: bool,
    generation: u32,
    began: Time,
    balancer: u32,
    server: u32,
    judged: bool,
    timer: Option<TimerId>,
}

/// One balancer: what it knows of each server, and what decides for it.
struct Balancer {
    policy: Box<dyn Policy>,
    /// Requests that it sent and that are not answered, for each server.
    open: Vec<u32>,
    /// The same, as old as its policy sees it.
    seen: Vec<u32>,
    /// What came back.
    back: Vec<Window>,
    /// Picks at random: a stream of its own, so that picking changes no request's luck.
    random: Stream,
}

/// What a timer is for, packed into its tag.
const ARRIVAL: u64 = 0;
const REFRESH: u64 = 1;
const RENEW: u64 = 2;
const END: u64 = 3;
/// From here on: the time-out of the request in this slot.
const TIME_OUT: u64 = 1 << 32;

/// All balancers.
pub struct Door {
    system: System,
    balancers: Vec<Balancer>,
    arrivals: Stream,
    seed: u64,
    requests: Vec<Request>,
    free: Vec<u32>,
    arrived: u64,
    counts: Vec<Counts>,
    /// What was measured.
    pub(super) totals: Totals,
}

/// Requests draw from streams of this number and above.
const FIRST_REQUEST: u64 = 1 << 32;

impl Door {
    /// The balancers of a system, each with a fresh policy.
    pub(super) fn new(system: &System, policy: &mut dyn FnMut() -> Box<dyn Policy>, seed: u64) -> Door {
        let servers = system.servers as usize;
        let balancer = |number: u32| Balancer {
            policy: policy(),
            open: vec![0; servers],
            seen: vec![0; servers],
            back: vec![Window::new(system.window); servers],
            random: Stream::new(seed, u64::MAX - 1 - u64::from(number)),
        };
        Door {
            balancers: (0..system.balancers).map(balancer).collect(),
            arrivals: Stream::new(seed, u64::MAX),
            seed,
            requests: Vec::new(),
            free: Vec::new(),
            arrived: 0,
            counts: vec![Counts::default(); servers],
            totals: Totals { runs: 1, sent: vec![0; servers], lost: vec![0; servers], ..Totals::default() },
            system: system.clone(),
        }
    }

    pub(super) fn start(&mut self, cx: &mut Cx<Msg>) {
        cx.set_timer(self.system.end + self.system.time_out, END);
        self.refresh(cx);
        self.renew(cx);
        self.next_arrival(cx);
    }

    fn next_arrival(&mut self, cx: &mut Cx<Msg>) {
        let after = self.arrivals.exponential(ns((1e9 / self.system.rate()) as u64));
        if cx.now() + after < self.system.end {
            cx.set_timer(after, ARRIVAL);
        }
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<Msg>) {
        match tag {
            ARRIVAL => {
                self.arrive(cx);
                self.next_arrival(cx);
            }
            REFRESH => self.refresh(cx),
            RENEW => self.renew(cx),
            END => cx.stop(),
            slot => {
                let slot = (slot - TIME_OUT) as u32;
                self.requests[slot as usize].timer = None;
                self.over(slot, Ending::TimedOut, cx.now());
            }
        }
    }

    /// Lets policies that work with weights set them anew.
    fn refresh(&mut self, cx: &mut Cx<Msg>) {
        let now = cx.now();
        for balancer in &mut self.balancers {
            for (counts, back) in self.counts.iter_mut().zip(&mut balancer.back) {
                *counts = back.counts(now);
            }
            let (counts, system) = (&self.counts, &self.system);
            let check = |server: usize| !(system.check_sees && system.struck(server as u32, now));
            balancer
                .policy
                .refresh(&View { now, open: &balancer.open, counts, check: &check });
        }
        cx.set_timer(self.system.refresh, REFRESH);
    }

    /// Renews what policies see of the open requests.
    fn renew(&mut self, cx: &mut Cx<Msg>) {
        if self.system.renewed > Time::ZERO {
            for balancer in &mut self.balancers {
                balancer.seen.copy_from_slice(&balancer.open);
            }
            cx.set_timer(self.system.renewed, RENEW);
        }
    }

    fn arrive(&mut self, cx: &mut Cx<Msg>) {
        let now = cx.now();
        let mut luck = Stream::new(self.seed, FIRST_REQUEST + self.arrived);
        self.arrived += 1;
        // Three draws a request, whatever comes of it.
        let number = luck.below(0, self.system.balancers.into()) as usize;
        let work = luck.exponential(self.system.work);
        let luck = luck.unit();
        let judged = (self.system.judged.0..self.system.judged.1).contains(&now);
        self.slice(now).requests += 1;
        self.totals.requests += u64::from(judged);
        let balancer = &mut self.balancers[number];
        let fresh = self.system.renewed == Time::ZERO;
        let open = if fresh { &balancer.open } else { &balancer.seen };
        let needs_counts = balancer.policy.needs_counts();
        if needs_counts {
            for (counts, back) in self.counts.iter_mut().zip(&mut balancer.back) {
                *counts = back.counts(now);
            }
        }
        let check = |_: usize| true;
        let view = View { now, open, counts: &self.counts, check: &check };
        let server = match balancer.policy.choose(&view, &mut balancer.random) {
            Choice::Server(server) => server,
            Choice::Nobody => {
                self.totals.turned_away += u64::from(judged);
                return;
            }
        };
        balancer.open[server] += 1;
        self.totals.sent[server] += u64::from(judged);
        let slot = self.free.pop().unwrap_or(self.requests.len() as u32);
        let generation = self
            .requests
            .get(slot as usize)
            .map_or(0, |r| r.generation.wrapping_add(1));
        let timer = Some(cx.set_timer(self.system.time_out, TIME_OUT + u64::from(slot)));
        let (balancer, server) = (number as u32, server as u32);
        let request = Request { live: true, generation, began: now, balancer, server, judged, timer };
        match self.requests.get_mut(slot as usize) {
            Some(free) => *free = request,
            None => self.requests.push(request),
        }
        cx.send(1 + server, Msg::Ask { key: Key { slot, generation }, work, luck });
    }

    pub(super) fn message(&mut self, msg: Msg, cx: &mut Cx<Msg>) {
        let (key, ending) = match msg {
            Msg::Answer(key) => (key, Ending::Answered),
            Msg::Error(key) => (key, Ending::Failed),
            Msg::Ask { .. } => return,
        };
        let request = &mut self.requests[key.slot as usize];
        // What comes after the time-out finds nobody.
        if !request.live || request.generation != key.generation {
            return;
        }
        if let Some(timer) = request.timer.take() {
            cx.cancel(timer);
        }
        self.over(key.slot, ending, cx.now());
    }

    fn over(&mut self, slot: u32, ending: Ending, now: Time) {
        let request = &mut self.requests[slot as usize];
        request.live = false;
        let (began, judged) = (request.began, request.judged);
        let server = request.server as usize;
        let took = now - began;
        let balancer = &mut self.balancers[request.balancer as usize];
        balancer.open[server] -= 1;
        let answered = ending == Ending::Answered;
        let one = Counts { answers: answered.into(), errors: (!answered).into(), time: took };
        balancer.back[server].count(now, &one);
        self.free.push(slot);
        if answered {
            self.slice(began).answered += 1;
        }
        if !judged {
            return;
        }
        match ending {
            Ending::Answered => {
                self.totals.answered += 1;
                self.totals.users.record(took);
            }
            Ending::Failed => self.totals.errors += 1,
            Ending::TimedOut => self.totals.timed_out += 1,
        }
        self.totals.lost[server] += u64::from(!answered);
    }

    fn slice(&mut self, at: Time) -> &mut Slice {
        let i = (at.as_ns() / SLICE.as_ns()) as usize;
        if self.totals.slices.len() <= i {
            self.totals.slices.resize(i + 1, Slice::default());
        }
        &mut self.totals.slices[i]
    }
}

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Answered,
    Failed,
    TimedOut,
}
