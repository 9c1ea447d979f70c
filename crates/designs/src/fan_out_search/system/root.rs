//! The root: takes queries, asks the leaves, lets its policy decide about second requests, answers by the deadline.

use super::measure::{SLICE, Slice, Totals};
use super::{Job, Key, Msg, phase_of};
use crate::fan_out_search::policy::{Action, Policy, Seen};
use sim::{Cx, Id, Quantiles, Stream, Time, TimerId, ms, ns};

/// How many times a policy is asked about one request before its answer is taken as "wait".
const MOST_QUESTIONS: u8 = 50;
/// The shortest time after which a policy is asked again.
const SHORTEST_PAUSE: Time = ms(1);
/// Counters of the last second are kept in this many slices.
const SLICES: usize = 10;

#[derive(Clone)]
struct Shard {
    primary: u8,
    hedged: bool,
    answered: bool,
    questions: u8,
    refused: u8,
    work: [Time; 2],
    check: Option<TimerId>,
}

struct Query {
    live: bool,
    generation: u32,
    began: Time,
    phase: usize,
    waiting: u32,
    refused: u64,
    deadline: Option<TimerId>,
    shards: Vec<Shard>,
}

/// What a timer of the root is for, packed into its tag.
#[derive(Clone, Copy)]
enum Wake {
    Arrival,
    Deadline { slot: u32 },
    Check { slot: u32, shard: u16 },
}

impl Wake {
    fn tag(self) -> u64 {
        match self {
            Wake::Arrival => 0,
            Wake::Deadline { slot } => 1 | u64::from(slot) << 32,
            Wake::Check { slot, shard } => 2 | u64::from(shard) << 8 | u64::from(slot) << 32,
        }
    }

    fn of(tag: u64) -> Wake {
        let slot = (tag >> 32) as u32;
        match tag & 0xff {
            0 => Wake::Arrival,
            1 => Wake::Deadline { slot },
            _ => Wake::Check { slot, shard: (tag >> 8) as u16 },
        }
    }
}

/// The root: takes queries, asks the leaves, lets its policy decide about second requests, answers by the deadline.
pub struct Root {
    policy: Box<dyn Policy>,
    workload: Stream,
    work: Quantiles,
    gap: Time,
    leaves: u32,
    deadline: Time,
    fastest: Time,
    shared: f64,
    withdraw: bool,
    phases: Vec<Time>,
    queries: Vec<Query>,
    free: Vec<u32>,
    recent: [(u32, u32); SLICES],
    recent_at: u64,
    /// What was measured, one entry a phase and one for whatever comes after the last.
    pub(super) totals: Vec<Totals>,
    /// Kept only where pictures over time are wanted.
    pub(super) slices: Option<Vec<Slice>>,
}

/// The leaf machine that holds a copy of a shard. The root is node 0.
fn machine(shard: u16, copy: u8) -> Id {
    1 + 2 * Id::from(shard) + Id::from(copy)
}

impl Root {
    /// The root of a cell.
    ///
    /// # Panics
    /// When the cell's table of work is not a table of quantiles; the built-in one is.
    pub(super) fn new(cell: &super::Cell, policy: Box<dyn Policy>, seed: u64) -> Root {
        let work = cell.leaf_times();
        Root {
            policy,
            workload: Stream::new(seed, u64::MAX),
            fastest: work.at(0.0),
            work,
            gap: ns((1e9 / cell.rate) as u64),
            leaves: cell.leaves,
            deadline: cell.deadline,
            shared: cell.shared,
            withdraw: cell.withdraw,
            phases: cell.phases.clone(),
            queries: Vec::new(),
            free: Vec::new(),
            recent: [(0, 0); SLICES],
            recent_at: 0,
            totals: vec![Totals::default(); cell.phases.len() + 1],
            slices: None,
        }
    }

    pub(super) fn next_arrival(&mut self, cx: &mut Cx<Msg>) {
        let after = self.workload.exponential(self.gap);
        if self.phases.last().is_some_and(|end| cx.now() + after < *end) {
            cx.set_timer(after, Wake::Arrival.tag());
        }
    }

    pub(super) fn timer(&mut self, tag: u64, cx: &mut Cx<Msg>) {
        match Wake::of(tag) {
            Wake::Arrival => {
                self.arrive(cx);
                self.next_arrival(cx);
            }
            Wake::Deadline { slot } => self.finish(slot, cx),
            Wake::Check { slot, shard } => {
                self.queries[slot as usize].shards[usize::from(shard)].check = None;
                self.consult(slot, shard, cx);
            }
        }
    }

    pub(super) fn message(&mut self, msg: Msg, cx: &mut Cx<Msg>) {
        match msg {
            Msg::Answer(key) => self.answered(key, cx),
            Msg::Refused(key) => self.refused(key, cx),
            Msg::Ask(_) | Msg::Withdraw(_) => {}
        }
    }

    fn arrive(&mut self, cx: &mut Cx<Msg>) {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.queries.push(Query {
                live: false,
                generation: 0,
                began: Time::ZERO,
                phase: 0,
                waiting: 0,
                refused: 0,
                deadline: None,
                shards: Vec::with_capacity(self.leaves as usize),
            });
            self.queries.len() as u32 - 1
        });
        let phase = phase_of(&self.phases, cx.now());
        let query = &mut self.queries[slot as usize];
        query.live = true;
        query.generation = query.generation.wrapping_add(1);
        query.began = cx.now();
        query.phase = phase;
        query.waiting = self.leaves;
        query.refused = 0;
        query.deadline = Some(cx.set_timer(self.deadline, Wake::Deadline { slot }.tag()));
        query.shards.clear();
        let generation = query.generation;
        for shard in 0..self.leaves as u16 {
            // Always the same number of draws, whatever the policy does: see the module's head.
            let primary = (self.workload.below(0, 2)) as u8;
            let first = self.workload.unit();
            let other = self.workload.unit();
            let alike = self.workload.unit() < self.shared;
            let work = [self.work.at(first), self.work.at(if alike { first } else { other })];
            query.shards.push(Shard {
                primary,
                hedged: false,
                answered: false,
                questions: 0,
                refused: 0,
                work,
                check: None,
            });
            let key = Key { slot, generation, shard, copy: primary };
            cx.send(machine(shard, primary), Msg::Ask(Job { key, work: work[0] }));
        }
        let leaves = self.leaves;
        self.totals[phase].requests += u64::from(leaves);
        self.recently(cx.now()).0 += leaves;
        if let Some(slice) = self.slice(cx.now()) {
            slice.requests += leaves;
        }
        for shard in 0..leaves as u16 {
            self.consult(slot, shard, cx);
        }
    }

    /// Asks the policy about one request that has no answer yet.
    fn consult(&mut self, slot: u32, shard: u16, cx: &mut Cx<Msg>) {
        self.recently(cx.now());
        let (requests, hedges) = self.recent.iter().fold((0, 0), |(r, h), s| (r + s.0, h + s.1));
        let query = &mut self.queries[slot as usize];
        let state = &mut query.shards[usize::from(shard)];
        if state.answered || state.hedged || state.questions >= MOST_QUESTIONS {
            return;
        }
        state.questions += 1;
        let seen = Seen {
            waited: cx.now() - query.began,
            leaves: self.leaves,
            still_waiting: query.waiting,
            requests_last_second: requests,
            hedges_last_second: hedges,
        };
        match self.policy.decide(&seen) {
            Action::Wait => state.questions = MOST_QUESTIONS,
            Action::AskAgain(after) => {
                state.check = Some(cx.set_timer(after.max(SHORTEST_PAUSE), Wake::Check { slot, shard }.tag()));
            }
            Action::Hedge => self.hedge(slot, shard, seen, cx),
        }
    }

    fn hedge(&mut self, slot: u32, shard: u16, seen: Seen, cx: &mut Cx<Msg>) {
        let query = &mut self.queries[slot as usize];
        let state = &mut query.shards[usize::from(shard)];
        state.hedged = true;
        let copy = 1 - state.primary;
        let key = Key { slot, generation: query.generation, shard, copy };
        cx.send(machine(shard, copy), Msg::Ask(Job { key, work: state.work[1] }));
        let totals = &mut self.totals[query.phase];
        totals.hedges += 1;
        totals.hedges_at_once += u64::from(seen.waited < self.fastest);
        totals.hedges_in_crowd += u64::from(2 * seen.still_waiting >= seen.leaves);
        totals.hedge_waits.record(seen.waited);
        let began = query.began;
        self.recently(cx.now()).1 += 1;
        if let Some(slice) = self.slice(began) {
            slice.hedges += 1;
        }
    }

    fn live(&self, key: Key) -> bool {
        let query = &self.queries[key.slot as usize];
        query.live && query.generation == key.generation && !query.shards[usize::from(key.shard)].answered
    }

    fn answered(&mut self, key: Key, cx: &mut Cx<Msg>) {
        if !self.live(key) {
            return;
        }
        let query = &mut self.queries[key.slot as usize];
        let state = &mut query.shards[usize::from(key.shard)];
        state.answered = true;
        if let Some(check) = state.check.take() {
            cx.cancel(check);
        }
        if state.hedged && self.withdraw {
            let other = 1 - key.copy;
            cx.send(machine(key.shard, other), Msg::Withdraw(Key { copy: other, ..key }));
        }
        query.waiting -= 1;
        if query.waiting == 0 {
            self.finish(key.slot, cx);
        }
    }

    /// A leaf refused: nothing more comes from it. The root learns it at once; what remains is the other copy, if one was sent.
    fn refused(&mut self, key: Key, cx: &mut Cx<Msg>) {
        if !self.live(key) {
            return;
        }
        let query = &mut self.queries[key.slot as usize];
        query.refused += 1;
        let state = &mut query.shards[usize::from(key.shard)];
        state.refused += 1;
        // The shard is lost for this query when no copy is under way and the policy has nothing more to say.
        let lost = state.refused == 1 + u8::from(state.hedged) && (state.hedged || state.check.is_none());
        if lost {
            state.answered = true;
            query.waiting -= 1;
            // Counted as missing: `complete` below looks at refusals.
            if query.waiting == 0 {
                self.finish(key.slot, cx);
            }
        }
    }

    fn finish(&mut self, slot: u32, cx: &mut Cx<Msg>) {
        let query = &mut self.queries[slot as usize];
        let lost = query
            .shards
            .iter()
            .filter(|s| s.refused == 1 + u8::from(s.hedged))
            .count() as u32;
        let complete = query.waiting == 0 && lost == 0;
        if let Some(deadline) = query.deadline.take() {
            cx.cancel(deadline);
        }
        for (shard, state) in query.shards.iter_mut().enumerate() {
            if let Some(check) = state.check.take() {
                cx.cancel(check);
            }
            if !state.answered && self.withdraw {
                for copy in [state.primary, 1 - state.primary]
                    .into_iter()
                    .take(1 + usize::from(state.hedged))
                {
                    let key = Key { slot, generation: query.generation, shard: shard as u16, copy };
                    cx.send(machine(key.shard, copy), Msg::Withdraw(key));
                }
            }
        }
        query.live = false;
        let took = cx.now() - query.began;
        let totals = &mut self.totals[query.phase];
        totals.users.record(took);
        totals.queries += 1;
        totals.complete += u64::from(complete);
        totals.refused += query.refused;
        let began = query.began;
        self.free.push(slot);
        if let Some(slice) = self.slice(began) {
            slice.users_us.push((took.as_ns() / 1_000) as u32);
            slice.complete += u32::from(complete);
        }
    }

    /// The counters of the present tenth of a second, after those that are older than a second were cleared.
    fn recently(&mut self, now: Time) -> &mut (u32, u32) {
        let tenth = now.as_ns() / ms(100).as_ns();
        if tenth > self.recent_at {
            for old in self.recent_at + 1..=tenth.min(self.recent_at + SLICES as u64) {
                self.recent[(old % SLICES as u64) as usize] = (0, 0);
            }
            self.recent_at = tenth;
        }
        &mut self.recent[(tenth % SLICES as u64) as usize]
    }

    fn slice(&mut self, at: Time) -> Option<&mut Slice> {
        let i = (at.as_ns() / SLICE.as_ns()) as usize;
        let slices = self.slices.as_mut()?;
        if slices.len() <= i {
            slices.resize_with(i + 1, Slice::default);
        }
        slices.get_mut(i)
    }
}
